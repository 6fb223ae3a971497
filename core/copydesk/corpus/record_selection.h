#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/read/record_block.h"

namespace copydesk {

// Fills `bytes` with those of a block from `offset` on.
using ReadOfBlock = std::function<void(std::uint32_t offset, std::span<char> bytes)>;

// Makes `selected` a block of only those records of `block` (number block.sequence of the table)
// whose documents are `wanted`, ready to be parsed, and appends their numbers to `documents`.
void select_records(const RecordBlock& block, const CorpusTable& table,
                    const std::vector<bool>& wanted, RecordBlock& selected,
                    std::vector<std::uint32_t>& documents);

// The same for a block whose bytes are elsewhere: block.bytes is not looked at.
void select_records(const RecordBlock& block, const CorpusTable& table,
                    const std::vector<bool>& wanted, const ReadOfBlock& read, RecordBlock& selected,
                    std::vector<std::uint32_t>& documents);

}  // namespace copydesk
