#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A list of records, as `filter` goes by: ids, places, or whatever a run of copydesk has said of
// records. The list "a7\nnews.jsonl:12\n" has the record whose id is a7, and the one in line 12 of
// news.jsonl whatever its id is.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/name_table.h"

namespace copydesk {

class RecordList {
 public:
  // Reads a list, compressed or not: lines of text, each an id or FILE:LINE; JSON Lines, a JSON
  // array, CSV or TSV of records with "id", or "file" and "line" (or "row"), or all three, as
  // decisions have them. Where there are file and line they say which record is meant, unless `by_id`. Throws
  // Error{kCannotOpen}, Error{kCannotRead}, and Error{kCorruptFile} at a line that names no record;
  // Interrupted if `stop` is set while it waits for bytes.
  [[nodiscard]] static RecordList read(const std::string& path, bool by_id,
                                       const std::atomic<bool>* stop = nullptr);

  // Adds an id, or a place, as a line of text has it.
  void add_name(std::string_view name);
  void add_place(std::string_view file, std::uint64_t line);

  // Different entries.
  [[nodiscard]] std::size_t size() const { return names_.size(); }
  // Appends the numbers of the entries, below size(), that mean the record at `file`, `line`. An
  // empty `id` stands for none. Safe to call from several threads at once.
  void find(std::string_view id, std::string_view file, std::uint64_t line,
            std::vector<std::uint32_t>& entries) const;
  // The entry as it is to be shown.
  [[nodiscard]] std::string_view name(std::uint32_t entry) const { return names_[entry].substr(1); }

 private:
  NameTable names_;  // behind a letter: N as a line of text has it, P a place
};

// "./a//b.jsonl" and "a/b.jsonl" are one file.
[[nodiscard]] std::string normal_path(std::string_view path);

}  // namespace copydesk
