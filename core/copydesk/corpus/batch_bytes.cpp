// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/batch_bytes.h"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace copydesk {

namespace {

// What later passes rely on, so that a file made for the purpose is refused, too.
bool is_sound(const BatchRow& batch, const DocumentList& documents) {
  const auto& [rows, ids, id_sizes] = documents;
  if (batch.format > InputFormat::kText && !is_table(batch.format)) return false;
  if (id_sizes.size() != rows.size()) return false;
  if (std::accumulate(id_sizes.begin(), id_sizes.end(), std::uint64_t{0}) != ids.size()) {
    return false;
  }
  return std::all_of(rows.begin(), rows.end(), [&](const DocumentRow& row) {
    return row.text_class <= TextClass::kRegular && row.offset <= batch.size &&
           row.size <= batch.size - row.offset;
  });
}

}  // namespace

void pack(const BatchRow& row, const DocumentList& documents,
          const std::vector<RecordFault>& faults, PackedBytes& bytes) {
  bytes.put(row.source);
  bytes.put(row.size);
  bytes.put(row.first_offset);
  bytes.put(row.first_line);
  bytes.put(row.checksum);
  bytes.put(static_cast<std::uint8_t>(row.format));
  bytes.put(static_cast<std::uint8_t>(row.can_be_reread));
  bytes.put(static_cast<std::uint64_t>(documents.rows.size()));
  for (const DocumentRow& document : documents.rows) {
    bytes.put(document.exact_low);
    bytes.put(document.exact_high);
    bytes.put(document.offset);
    bytes.put(document.size);
    bytes.put(document.line);
    bytes.put(document.tokens);
    bytes.put(static_cast<std::uint8_t>(document.text_class));
  }
  bytes.put_text(documents.ids);
  bytes.put_all<std::uint32_t>(documents.id_sizes);
  bytes.put(static_cast<std::uint64_t>(faults.size()));
  for (const RecordFault& fault : faults) {
    bytes.put(fault.origin.source);
    bytes.put(fault.origin.offset);
    bytes.put(fault.origin.line);
    bytes.put_text(fault.reason);
    bytes.put_text(fault.bytes);
  }
}

void unpack(PackedReader& bytes, BatchRow& row, DocumentList& documents,
            std::vector<RecordFault>& faults) {
  row.source = bytes.get<std::uint32_t>();
  row.size = bytes.get<std::uint32_t>();
  row.first_offset = bytes.get<std::uint64_t>();
  row.first_line = bytes.get<std::uint64_t>();
  row.checksum = bytes.get<std::uint64_t>();
  row.format = static_cast<InputFormat>(bytes.get<std::uint8_t>());
  row.can_be_reread = bytes.get<std::uint8_t>() != 0;
  documents.rows.resize(bytes.get_count(37));
  for (DocumentRow& document : documents.rows) {
    document.exact_low = bytes.get<std::uint64_t>();
    document.exact_high = bytes.get<std::uint64_t>();
    document.offset = bytes.get<std::uint32_t>();
    document.size = bytes.get<std::uint32_t>();
    document.line = bytes.get<std::uint32_t>();
    document.tokens = bytes.get<std::uint32_t>();
    document.text_class = static_cast<TextClass>(bytes.get<std::uint8_t>());
  }
  documents.ids = bytes.get_text();
  bytes.get_all(documents.id_sizes);
  faults.resize(bytes.get_count(20));
  for (RecordFault& fault : faults) {
    fault.origin.source = bytes.get<std::uint32_t>();
    fault.origin.offset = bytes.get<std::uint64_t>();
    fault.origin.line = bytes.get<std::uint64_t>();
    fault.reason = bytes.get_text();
    fault.bytes = bytes.get_text();
  }
  if (!is_sound(row, documents)) bytes.fail();
}

}  // namespace copydesk
