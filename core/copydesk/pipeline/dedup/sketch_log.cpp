// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/sketch_log.h"

#include <algorithm>
#include <numeric>

#include "copydesk/error.h"

namespace copydesk {

namespace {

// What later stages rely on, so that a file made for the purpose is refused, too.
bool is_sound(const BatchScan& scan) {
  if (scan.batch.format > InputFormat::kText) return false;
  if (scan.id_sizes.size() != scan.documents.size()) return false;
  if (!scan.keep_values.empty() && scan.keep_values.size() != scan.documents.size()) return false;
  if (std::accumulate(scan.id_sizes.begin(), scan.id_sizes.end(), std::uint64_t{0}) !=
      scan.ids.size()) {
    return false;
  }
  return std::all_of(scan.documents.begin(), scan.documents.end(), [&](const DocumentRow& row) {
    return row.text_class <= TextClass::kRegular && row.offset <= scan.batch.size &&
           row.size <= scan.batch.size - row.offset;
  });
}

}  // namespace

void BatchScan::clear() {
  documents.clear(), keys.clear(), slots.clear(), keep_values.clear();
  ids.clear(), id_sizes.clear(), faults.clear();
  unusable_keep_values = 0;
}

void pack(const BatchScan& scan, PackedBytes& bytes) {
  bytes.put(scan.batch.source);
  bytes.put(scan.batch.size);
  bytes.put(scan.batch.first_offset);
  bytes.put(scan.batch.first_line);
  bytes.put(scan.batch.checksum);
  bytes.put(static_cast<std::uint8_t>(scan.batch.format));
  bytes.put(static_cast<std::uint8_t>(scan.batch.can_be_reread));
  bytes.put(static_cast<std::uint64_t>(scan.documents.size()));
  for (const DocumentRow& row : scan.documents) {
    bytes.put(row.exact_low);
    bytes.put(row.exact_high);
    bytes.put(row.offset);
    bytes.put(row.size);
    bytes.put(row.line);
    bytes.put(row.tokens);
    bytes.put(static_cast<std::uint8_t>(row.text_class));
  }
  bytes.put_all<std::uint64_t>(scan.keys);
  bytes.put_all<std::uint8_t>(scan.slots);
  bytes.put_all<double>(scan.keep_values);
  bytes.put(scan.unusable_keep_values);
  bytes.put_text(scan.ids);
  bytes.put_all<std::uint32_t>(scan.id_sizes);
  bytes.put(static_cast<std::uint64_t>(scan.faults.size()));
  for (const RecordFault& fault : scan.faults) {
    bytes.put(fault.origin.source);
    bytes.put(fault.origin.offset);
    bytes.put(fault.origin.line);
    bytes.put_text(fault.reason);
    bytes.put_text(fault.bytes);
  }
}

void unpack(PackedReader& bytes, BatchScan& scan) {
  scan.clear();
  scan.batch.source = bytes.get<std::uint32_t>();
  scan.batch.size = bytes.get<std::uint32_t>();
  scan.batch.first_offset = bytes.get<std::uint64_t>();
  scan.batch.first_line = bytes.get<std::uint64_t>();
  scan.batch.checksum = bytes.get<std::uint64_t>();
  scan.batch.format = static_cast<InputFormat>(bytes.get<std::uint8_t>());
  scan.batch.can_be_reread = bytes.get<std::uint8_t>() != 0;
  scan.documents.resize(bytes.get_count(37));
  for (DocumentRow& row : scan.documents) {
    row.exact_low = bytes.get<std::uint64_t>();
    row.exact_high = bytes.get<std::uint64_t>();
    row.offset = bytes.get<std::uint32_t>();
    row.size = bytes.get<std::uint32_t>();
    row.line = bytes.get<std::uint32_t>();
    row.tokens = bytes.get<std::uint32_t>();
    row.text_class = static_cast<TextClass>(bytes.get<std::uint8_t>());
  }
  bytes.get_all(scan.keys);
  bytes.get_all(scan.slots);
  bytes.get_all(scan.keep_values);
  scan.unusable_keep_values = bytes.get<std::uint64_t>();
  scan.ids = bytes.get_text();
  bytes.get_all(scan.id_sizes);
  scan.faults.resize(bytes.get_count(20));
  for (RecordFault& fault : scan.faults) {
    fault.origin.source = bytes.get<std::uint32_t>();
    fault.origin.offset = bytes.get<std::uint64_t>();
    fault.origin.line = bytes.get<std::uint64_t>();
    fault.reason = bytes.get_text();
    fault.bytes = bytes.get_text();
  }
  if (!bytes.at_end() || !is_sound(scan)) bytes.fail();
}

}  // namespace copydesk
