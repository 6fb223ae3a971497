#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What of an index is like a record, as a line of JSON (docs/index.md).

#include <string>

#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/write/record_place.h"

namespace copydesk {

void append_match_line(std::string& out, const RecordPlace& record, const SearchedText& text,
                       const IndexMatch& match, const IndexReader& index);

}  // namespace copydesk
