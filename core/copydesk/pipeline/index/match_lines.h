#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What of an index is like a record, as a line of JSON (docs/indexes.md).

#include <string>

#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/write/record_place.h"

namespace copydesk {

// Appends "match_id":"b2", ... "contained":1: the members of an object that tell of a match.
void append_match(std::string& out, const SearchedText& text, const IndexMatch& match,
                  const IndexReader& index);

// And behind those that tell of the record, as an object with its line feed.
void append_match_line(std::string& out, const RecordPlace& record, const SearchedText& text,
                       const IndexMatch& match, const IndexReader& index);

}  // namespace copydesk
