#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A part of an index, written once and never changed: the documents of one `add`, or of several that
// were merged. Of each document there is a row, its id, and a key for each band; of those that were not
// the same words as an earlier one also what an exact comparison needs.

#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copydesk/index/block_file.h"
#include "copydesk/index/key_columns.h"
#include "copydesk/index/manifest.h"
#include "copydesk/index/text_blocks.h"
#include "copydesk/shingle/shingler.h"

namespace copydesk {

inline constexpr std::int64_t kNoIndexTime = std::numeric_limits<std::int64_t>::min();
// Of a document of which no set, or no text, is kept.
inline constexpr std::uint64_t kNoStoredPlace = std::numeric_limits<std::uint64_t>::max();

// A document that was removed when it came: for which one, and why. It stays in the index as evidence,
// because what is like it is likely to be like that one.
struct SegmentRemoval {
  std::uint32_t document = 0;  // of the segment
  std::uint32_t kept = 0;      // number of a document of the index
  std::uint32_t rule = 0;      // RemovalRule
  std::uint32_t shared = 0, size_removed = 0, size_kept = 0;  // Overlap; zeros where texts are equal
  friend bool operator==(const SegmentRemoval&, const SegmentRemoval&) = default;
};

// What is known of a document, without its texts. Views as long as the segment, or the caller's.
struct IndexedDocument {
  std::uint32_t number = 0;  // in the index
  std::uint64_t exact_low = 0, exact_high = 0;  // XXH3-128 of its tokens
  std::uint64_t text_hash = 0;                  // XXH3-64 of the bytes of its text
  std::int64_t time = kNoIndexTime;             // seconds since 1970
  std::uint32_t line = 0;                       // in its file, from 1
  std::uint32_t tokens = 0;
  TextClass text_class = TextClass::kEmpty;
  std::string id;  // empty if it has none of its own
  std::string_view file, source;
};

// Not thread-safe.
class SegmentWriter {
 public:
  // Writes into a folder that exists and is empty. Throws Error{kCannotWrite}, as all below do, and
  // Error{kLimitExceeded} where it becomes too large.
  SegmentWriter(std::string folder, std::uint64_t number, const IndexParameters& parameters);

  // Documents ascend by their numbers. `set` is as append_stored_set() has it; it and the text are left
  // out where the index does not keep them, or an earlier document has the same words.
  struct Content {
    std::optional<std::string_view> set;
    std::optional<StoredText> text;
  };
  void add(const IndexedDocument& document, const Content& content);
  // In two steps: contents in any order, and documents that say where theirs stand.
  struct Places {
    std::uint64_t set = kNoStoredPlace;
    std::uint64_t text = kNoStoredPlace;
  };
  // REQUIRES: the index keeps such a thing.
  [[nodiscard]] std::uint64_t put_set(std::string_view set);
  [[nodiscard]] std::uint64_t put_text(const StoredText& text);
  void add(const IndexedDocument& document, const Places& places);
  // Leaves out sets that were put and are not wanted, if they are more than an eighth of the bytes. `places`
  // are those of all sets put so far, ascending, or kNoStoredPlace; they become the new ones, and
  // kNoStoredPlace for what was left out.
  void drop_sets(std::span<std::uint64_t> places, const std::function<bool(std::size_t)>& is_wanted);
  // The bytes of a set that was put, and more behind them, valid until the buffer is used again. Safe to
  // call from several threads while nothing is put.
  [[nodiscard]] std::string_view read_set(std::uint64_t place, BlockFile::Buffer& buffer) const;
  // Of the document added last; its number in the segment is filled in.
  void add_removal(SegmentRemoval removal);
  [[nodiscard]] std::uint32_t documents() const { return documents_; }

  // `keys` are of documents of the segment. Brings everything to the disk. REQUIRES: there are
  // documents.
  SegmentEntry finish(const KeySource& keys);

 private:
  struct Run;  // of documents that follow each other in one file
  std::uint32_t number_of(std::string_view name, std::vector<std::string>& names,
                          std::unordered_map<std::string, std::uint32_t>& numbers);

  std::string folder_;
  std::uint64_t number_;
  IndexParameters parameters_;
  ContentHash hash_;
  SegmentEntry entry_;
  std::uint32_t documents_ = 0;
  std::uint64_t id_bytes_ = 0;
  std::unique_ptr<BlockFileWriter> rows_, ids_, sets_, set_places_, texts_, text_places_;
  std::optional<TextBlocks> blocks_;
  std::vector<std::uint32_t> runs_;  // three numbers each
  std::uint32_t next_number_ = 0, run_file_ = 0;
  std::vector<std::string> files_, sources_;
  std::unordered_map<std::string, std::uint32_t> file_numbers_, source_numbers_;
  std::vector<SegmentRemoval> removals_;
};

// Reads what a SegmentWriter wrote. Thread-safe. Everything may throw as BlockFile does.
class Segment {
 public:
  Segment(const std::string& folder, const SegmentEntry& entry, const IndexParameters& parameters);

  [[nodiscard]] const SegmentEntry& entry() const { return entry_; }
  [[nodiscard]] std::uint32_t documents() const { return entry_.documents; }
  // The document with that number in the index, if it is here.
  [[nodiscard]] std::optional<std::uint32_t> find(std::uint32_t number) const;
  [[nodiscard]] std::uint32_t number_of(std::uint32_t document) const;
  // Null if it was kept.
  [[nodiscard]] const SegmentRemoval* removal_of(std::uint32_t document) const;
  [[nodiscard]] std::span<const SegmentRemoval> removals() const { return removals_; }

  [[nodiscard]] IndexedDocument read(std::uint32_t document, BlockFile::Buffer& buffer) const;
  // The same without its id, for one read instead of two.
  [[nodiscard]] IndexedDocument read_row(std::uint32_t document, BlockFile::Buffer& buffer) const;
  // Calls take(IndexedDocument, document) for all.
  void for_each(const std::function<void(const IndexedDocument&, std::uint32_t)>& take) const;
  // The bytes of a stored set, and more behind them; none if there is none.
  [[nodiscard]] std::optional<std::string_view> read_set(std::uint32_t document,
                                                         BlockFile::Buffer& buffer) const;
  // As much of it as is read at once, a block as a rule: most of what is unlike a set is known by that.
  struct SetBegin {
    std::string_view bytes;
    bool is_whole = true;
  };
  [[nodiscard]] std::optional<SetBegin> read_set_begin(std::uint32_t document,
                                                       BlockFile::Buffer& buffer) const;
  [[nodiscard]] std::optional<StoredText> read_text(std::uint32_t document,
                                                    TextBuffers& buffers) const;
  [[nodiscard]] const KeyColumns& keys() const { return *keys_; }

  // Reads all there is, and whether it fits together.
  void check() const;
  [[nodiscard]] std::uint64_t memory_bytes() const;
  [[nodiscard]] std::uint64_t disk_bytes() const;

 private:
  struct Run {
    std::uint32_t document = 0, number = 0, file = 0;
  };

  [[nodiscard]] const Run& run_of(std::uint32_t document) const;
  [[nodiscard]] IndexedDocument make(const char* row, std::uint32_t document) const;
  void read_notes();
  // Of a set: where it begins and ends, with up to kSetUnit - 1 bytes behind it.
  struct Span {
    std::uint64_t begin = 0, end = 0;
  };
  [[nodiscard]] std::optional<Span> set_span(std::uint32_t document, BlockFile::Buffer& buffer) const;
  [[nodiscard]] std::uint64_t place(const BlockFile& places, std::uint32_t document,
                                    BlockFile::Buffer& buffer) const;

  SegmentEntry entry_;
  std::unique_ptr<BlockFile> rows_, ids_, keys_file_, notes_, sets_, set_places_, texts_, text_places_;
  std::unique_ptr<KeyColumns> keys_;
  std::vector<Run> runs_;
  std::vector<std::string> files_, sources_;
  std::vector<SegmentRemoval> removals_;  // by document
};

}  // namespace copydesk
