#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a first pass learnt of the place of one batch, its documents and its faults, to bytes and
// back, for checkpoints: a run that goes on has its CorpusTable without reading the corpus. A batch
// of 200 documents whose ids have eight letters takes about 10 kB.

#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

void pack(const BatchRow& row, const DocumentList& documents,
          const std::vector<RecordFault>& faults, PackedBytes& bytes);

// Replaces all three. What it gives is sound: every record lies within its batch, and every document
// has an id. Throws Error{kCorruptFile}.
void unpack(PackedReader& bytes, BatchRow& row, DocumentList& documents,
            std::vector<RecordFault>& faults);

}  // namespace copydesk
