#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// An index as it is at one moment: whatever is added, taken out or merged meanwhile, a reader goes on
// seeing what it opened. Documents go by their numbers, which are those of the order in which they came,
// and stay what they are.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "copydesk/index/index_folder.h"
#include "copydesk/index/key_columns.h"
#include "copydesk/index/segment.h"
#include "copydesk/index/stored_set.h"

namespace copydesk {

// A document of the index that has a key in common with what was asked for.
struct IndexHit {
  std::uint32_t query = 0;
  std::uint32_t number = 0;
  std::uint32_t keys = 1;   // in common
  bool is_whole = false;    // that of the whole text among them
};

// Makes what an exact comparison needs of a text. Called from the thread that asks.
using SetOfText = std::function<void(std::string_view text, TokenKind kind, StoredSet& out)>;

// One a thread.
struct IndexBuffers {
  BlockFile::Buffer bytes;
  TextBuffers texts;
};

// Thread-safe. Everything may throw as BlockFile does.
class IndexReader {
 public:
  // Throws as read_newest_manifest does.
  explicit IndexReader(const std::string& path, bool allow_older = false);

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const IndexManifest& manifest() const { return manifest_; }
  [[nodiscard]] const IndexParameters& parameters() const { return manifest_.parameters; }
  [[nodiscard]] std::span<const std::unique_ptr<Segment>> segments() const { return segments_; }

  struct Counts {
    std::uint64_t documents = 0;  // that are there: kept ones, and
    std::uint64_t evidence = 0;   // those that were removed when they came
    std::uint64_t taken_out = 0;  // until compact
    std::uint64_t disk_bytes = 0, memory_bytes = 0;
  };
  [[nodiscard]] Counts count() const;

  // Where a document is.
  struct Place {
    const Segment* segment = nullptr;
    std::uint32_t document = 0;  // of the segment
  };
  // Nothing if it was taken out, or removed for one that was.
  [[nodiscard]] std::optional<Place> find(std::uint32_t number) const;
  [[nodiscard]] bool is_taken_out(std::uint32_t number) const {
    return std::binary_search(taken_out_.begin(), taken_out_.end(), number);
  }

  // Appends the documents that have an asked key in `column`, those of texts as they are in the last
  // one. REQUIRES: `asked` ascends by key.
  void look_up(std::size_t column, std::span<const AskedKey> asked, BlockFile::Buffer& buffer,
               std::vector<IndexHit>& hits) const;
  // The same, document by document: of which segment, and which there.
  void look_up(std::size_t column, std::span<const AskedKey> asked, BlockFile::Buffer& buffer,
               const std::function<void(std::uint32_t query, std::size_t segment,
                                        std::uint32_t document)>& take) const;
  [[nodiscard]] std::size_t bands() const { return bands_; }

  // What an exact comparison with a document needs; false where nothing is kept of it.
  [[nodiscard]] bool read_set(const Place& place, const SetOfText& set_of_text,
                              IndexBuffers& buffers, StoredSet& out) const;

  // False for a document that shares too little with a set, counts aside; found out without reading all of
  // its own. REQUIRES: the index keeps sets.
  [[nodiscard]] bool may_be_alike(const Place& place, std::span<const std::uint64_t> set,
                                  const VerifyRule& rule, IndexBuffers& buffers) const;

 private:
  [[noreturn]] void fail_set(const Place& place) const;
  void open_segments();
  [[nodiscard]] std::optional<Place> locate(std::uint32_t number) const;

  std::string path_;
  IndexManifest manifest_;
  std::size_t bands_ = 0;
  std::vector<std::unique_ptr<Segment>> segments_;
  std::vector<std::uint32_t> taken_out_;  // numbers, ascending
};

}  // namespace copydesk
