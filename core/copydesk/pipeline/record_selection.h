#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <vector>

#include "copydesk/pipeline/corpus_table.h"
#include "copydesk/read/record_block.h"

namespace copydesk {

// Makes `selected` a block of only those records of `block` (number block.sequence of the table)
// whose documents are `wanted`, ready to be parsed, and appends their numbers to `documents`.
void select_records(const RecordBlock& block, const CorpusTable& table,
                    const std::vector<bool>& wanted, RecordBlock& selected,
                    std::vector<std::uint32_t>& documents);

}  // namespace copydesk
