// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/sketch_log.h"

#include <algorithm>
#include <numeric>

#include "copydesk/error.h"

namespace copydesk {

namespace {

// What later stages rely on, so that a file made for the purpose is refused, too.
bool is_sound(const ReadBatch<BatchScan>& scan) {
  const auto& [rows, ids, id_sizes] = scan.found.documents;
  const std::vector<double>& keep_values = scan.found.keep_values;
  if (scan.row.format > InputFormat::kText) return false;
  if (id_sizes.size() != rows.size()) return false;
  if (scan.found.text_hashes.size() != rows.size()) return false;
  if (!keep_values.empty() && keep_values.size() != rows.size()) return false;
  if (std::accumulate(id_sizes.begin(), id_sizes.end(), std::uint64_t{0}) != ids.size()) {
    return false;
  }
  return std::all_of(rows.begin(), rows.end(), [&](const DocumentRow& row) {
    return row.text_class <= TextClass::kRegular && row.offset <= scan.row.size &&
           row.size <= scan.row.size - row.offset;
  });
}

}  // namespace

void BatchScan::clear() {
  documents.clear(), keys.clear(), slots.clear(), text_hashes.clear(), keep_values.clear();
  unusable_keep_values = 0;
}

void pack(const ReadBatch<BatchScan>& scan, PackedBytes& bytes) {
  bytes.put(scan.row.source);
  bytes.put(scan.row.size);
  bytes.put(scan.row.first_offset);
  bytes.put(scan.row.first_line);
  bytes.put(scan.row.checksum);
  bytes.put(static_cast<std::uint8_t>(scan.row.format));
  bytes.put(static_cast<std::uint8_t>(scan.row.can_be_reread));
  bytes.put(static_cast<std::uint64_t>(scan.found.documents.rows.size()));
  for (const DocumentRow& row : scan.found.documents.rows) {
    bytes.put(row.exact_low);
    bytes.put(row.exact_high);
    bytes.put(row.offset);
    bytes.put(row.size);
    bytes.put(row.line);
    bytes.put(row.tokens);
    bytes.put(static_cast<std::uint8_t>(row.text_class));
  }
  bytes.put_all<std::uint64_t>(scan.found.keys);
  bytes.put_all<std::uint8_t>(scan.found.slots);
  bytes.put_all<std::uint64_t>(scan.found.text_hashes);
  bytes.put_all<double>(scan.found.keep_values);
  bytes.put(scan.found.unusable_keep_values);
  bytes.put_text(scan.found.documents.ids);
  bytes.put_all<std::uint32_t>(scan.found.documents.id_sizes);
  bytes.put(static_cast<std::uint64_t>(scan.faults.size()));
  for (const RecordFault& fault : scan.faults) {
    bytes.put(fault.origin.source);
    bytes.put(fault.origin.offset);
    bytes.put(fault.origin.line);
    bytes.put_text(fault.reason);
    bytes.put_text(fault.bytes);
  }
}

void unpack(PackedReader& bytes, ReadBatch<BatchScan>& scan) {
  scan.found.clear();
  scan.row.source = bytes.get<std::uint32_t>();
  scan.row.size = bytes.get<std::uint32_t>();
  scan.row.first_offset = bytes.get<std::uint64_t>();
  scan.row.first_line = bytes.get<std::uint64_t>();
  scan.row.checksum = bytes.get<std::uint64_t>();
  scan.row.format = static_cast<InputFormat>(bytes.get<std::uint8_t>());
  scan.row.can_be_reread = bytes.get<std::uint8_t>() != 0;
  scan.found.documents.rows.resize(bytes.get_count(37));
  for (DocumentRow& row : scan.found.documents.rows) {
    row.exact_low = bytes.get<std::uint64_t>();
    row.exact_high = bytes.get<std::uint64_t>();
    row.offset = bytes.get<std::uint32_t>();
    row.size = bytes.get<std::uint32_t>();
    row.line = bytes.get<std::uint32_t>();
    row.tokens = bytes.get<std::uint32_t>();
    row.text_class = static_cast<TextClass>(bytes.get<std::uint8_t>());
  }
  bytes.get_all(scan.found.keys);
  bytes.get_all(scan.found.slots);
  bytes.get_all(scan.found.text_hashes);
  bytes.get_all(scan.found.keep_values);
  scan.found.unusable_keep_values = bytes.get<std::uint64_t>();
  scan.found.documents.ids = bytes.get_text();
  bytes.get_all(scan.found.documents.id_sizes);
  scan.faults.resize(bytes.get_count(20));
  for (RecordFault& fault : scan.faults) {
    fault.origin.source = bytes.get<std::uint32_t>();
    fault.origin.offset = bytes.get<std::uint64_t>();
    fault.origin.line = bytes.get<std::uint64_t>();
    fault.reason = bytes.get_text();
    fault.bytes = bytes.get_text();
  }
  scan.documents = scan.found.documents.rows.size();
  if (!bytes.at_end() || !is_sound(scan)) bytes.fail();
}

}  // namespace copydesk
