#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What `blocks --cut --removed FILE` took out of records, for `restore --removed FILE`: JSON Lines,
// one for each record that was cut. The record is known by a hash of its bytes as they are now, so
// that records may be dropped, and put in another order, before what is left is restored.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/stream/temporary_file.h"
#include "copydesk/write/record_place.h"

namespace simdjson::dom {
class parser;
}

namespace copydesk {

// Appends {"id","file","line","cut","copydesk_removed"} and a line feed; "cut" is XXH3-128 of the
// record without its line end, 32 hexadecimal digits.
void append_removed_line(std::string& out, const RecordPlace& place, std::string_view cut_record,
                         std::string_view removed);

// Not thread-safe.
class RemovedFile {
 public:
  // Reads a file, compressed or not; the texts go to the work folder, in memory 32 bytes a record
  // are kept. Throws Error{kCannotOpen}, {kCannotRead}, {kCannotWrite}, and {kCorruptFile} at a
  // line that is none of the above; Interrupted if `stop` is set while it waits for bytes.
  RemovedFile(const std::string& path, const std::string& work_folder,
              const std::atomic<bool>* stop = nullptr);

  // What was taken out of a record, as append_cut_record() has it; none if the record was not cut.
  // Of equal records that lost different texts each asks for its own, in their order.
  [[nodiscard]] std::optional<std::string> take(std::string_view cut_record);

  [[nodiscard]] std::size_t size() const { return entries_.size(); }
  [[nodiscard]] std::size_t taken() const { return taken_; }

 private:
  struct Entry {
    std::uint64_t low, high;  // the hash
    std::uint64_t offset;     // in texts_
    std::uint32_t size;
    bool is_taken;
  };

  void add(std::string_view line, std::uint64_t number, const std::string& path,
           simdjson::dom::parser& parser);

  TemporaryFile texts_;
  std::vector<Entry> entries_;  // sorted by hash, then as in the file
  std::size_t taken_ = 0;
};

}  // namespace copydesk
