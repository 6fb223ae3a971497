#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A batch cut down to the records that a later pass wants, so that only these are read and parsed
// again. Records that follow each other are read in one go, with the line end between them: where
// lines 2, 3 and 5 of a batch are wanted, one reading brings lines 2 and 3 and another brings line
// 5.

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/read/record_batch.h"

namespace copydesk {

// Fills `bytes` with those of a batch from `offset` on.
using ReadOfBatch = std::function<void(std::uint32_t offset, std::span<char> bytes)>;

// Makes `selected` a batch of only those records of `batch` (number batch.sequence of the table)
// whose documents are `wanted`, ready to be parsed, and appends their numbers to `documents`.
void select_records(const RecordBatch& batch, const CorpusTable& table,
                    const std::vector<bool>& wanted, RecordBatch& selected,
                    std::vector<std::uint32_t>& documents);

// The same for a batch whose bytes are elsewhere: batch.bytes is not looked at.
void select_records(const RecordBatch& batch, const CorpusTable& table,
                    const std::vector<bool>& wanted, const ReadOfBatch& read, RecordBatch& selected,
                    std::vector<std::uint32_t>& documents);

}  // namespace copydesk
