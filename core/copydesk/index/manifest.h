#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What an index consists of at one time: a small JSON file whose name counts up, "manifest-000042", and
// whose last line is the XXH3-128 of those before it. What no manifest names is not there.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/index/block_file.h"
#include "copydesk/index/index_parameters.h"

namespace copydesk {

// A segment holds documents of ascending numbers; segments follow each other.
struct SegmentEntry {
  std::uint64_t number = 0;  // of its folder, "seg-000017"
  std::uint32_t documents = 0;
  std::uint32_t removed = 0;  // of these, kept as evidence only: see SegmentRemoval
  std::uint32_t first = 0, last = 0;  // numbers of documents
  std::vector<std::pair<std::string, IndexFileSeal>> files;  // by name

  [[nodiscard]] const IndexFileSeal* file(std::string_view name) const;
};

struct IndexManifest {
  std::uint64_t generation = 0;
  IndexParameters parameters;
  std::uint32_t next_document = 0;  // documents are numbered in the order in which they came
  std::uint64_t next_segment = 1;   // of removal lists, too
  std::vector<SegmentEntry> segments;
  // The list of documents that were taken out: "del-000041".
  struct Removals {
    std::uint64_t number = 0;
    std::uint32_t documents = 0;
    IndexFileSeal seal;
  };
  std::optional<Removals> removals;

  [[nodiscard]] std::string to_text() const;
};

// "manifest-000042", "seg-000042", "del-000042".
[[nodiscard]] std::string numbered_name(std::string_view kind, std::uint64_t number);
// The number of such a name, if it is one.
[[nodiscard]] std::optional<std::uint64_t> number_of_name(std::string_view kind,
                                                          std::string_view name);

// Throws Error{kCorruptFile} about `path` for what is no manifest of the generation in its name.
[[nodiscard]] IndexManifest read_manifest(std::string_view text, const std::string& path);

}  // namespace copydesk
