// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/sketch_log.h"

#include <algorithm>

#include "copydesk/corpus/batch_bytes.h"

namespace copydesk {

void BatchScan::clear() {
  documents.clear(), keys.clear(), slots.clear(), text_hashes.clear(), keep_values.clear();
  sources.clear(), source_names.clear(), times.clear(), sets.clear(), set_sizes.clear();
  unusable_keep_values = without_key = 0;
}

void pack(const ReadBatch<BatchScan>& scan, PackedBytes& bytes) {
  const BatchScan& found = scan.found;
  pack(scan.row, found.documents, scan.faults, bytes);
  bytes.put_all<std::uint64_t>(found.keys);
  bytes.put_all<std::uint8_t>(found.slots);
  bytes.put_all<std::uint64_t>(found.text_hashes);
  bytes.put_all<double>(found.keep_values);
  bytes.put(found.unusable_keep_values);
  bytes.put_all<std::uint32_t>(found.sources);
  bytes.put(static_cast<std::uint64_t>(found.source_names.size()));
  for (const std::string& name : found.source_names) bytes.put_text(name);
  bytes.put(found.without_key);
}

void unpack(PackedReader& bytes, ReadBatch<BatchScan>& scan) {
  BatchScan& found = scan.found;
  found.clear();
  unpack(bytes, scan.row, found.documents, scan.faults);
  bytes.get_all(found.keys);
  bytes.get_all(found.slots);
  bytes.get_all(found.text_hashes);
  bytes.get_all(found.keep_values);
  found.unusable_keep_values = bytes.get<std::uint64_t>();
  bytes.get_all(found.sources);
  for (std::size_t left = bytes.get_count(sizeof(std::uint64_t)); left > 0; --left) {
    found.source_names.push_back(bytes.get_text());
  }
  found.without_key = bytes.get<std::uint64_t>();
  scan.documents = found.documents.rows.size();
  // What later stages rely on, so that a file made for the purpose is refused, too.
  if (!bytes.at_end() || found.text_hashes.size() != scan.documents ||
      (!found.keep_values.empty() && found.keep_values.size() != scan.documents) ||
      (!found.sources.empty() && found.sources.size() != scan.documents) ||
      std::ranges::any_of(found.sources, [&](std::uint32_t source) {
        return source >= found.source_names.size();
      })) {
    bytes.fail();
  }
}

}  // namespace copydesk
