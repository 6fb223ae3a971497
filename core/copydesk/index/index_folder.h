#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The folder of an index, and how it changes: what is new is written beside, brought to the disk, and
// named by the next manifest, whose renaming is the one moment at which the index becomes another.
// Whoever is ended before it leaves the index as it was, and what it left behind is swept away by the
// next one who writes.
//
//   news.index/LOCK              held by the one who writes; its process and machine, for messages
//              manifest-000042   see manifest.h; the last two are kept
//              seg-000017/       see segment.h
//              del-000041        numbers of documents that were taken out

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "copydesk/index/manifest.h"

namespace copydesk {

// Makes a folder with an index without documents. Throws Error{kCannotWrite} if there is something by
// that name that is no empty folder, Error{kInvalidOption} for parameters out of range.
void create_index(const std::string& path, const IndexParameters& parameters);

// The newest manifest. Throws Error{kCannotOpen} if `path` is no index, Error{kCorruptFile} if the
// newest manifest is damaged; with `allow_older` then the newest that is not.
[[nodiscard]] IndexManifest read_newest_manifest(const std::string& path, bool allow_older = false);

// The numbers of documents that were taken out, ascending. Throws Error{kCorruptFile}.
[[nodiscard]] std::vector<std::uint32_t> read_removals(const std::string& path,
                                                       const IndexManifest& manifest);

// The right to change an index: nobody else has it. Not thread-safe.
class IndexWriter {
 public:
  // Throws Error{kCannotOpen} at once if somebody else writes, naming the process. The lock is the
  // system's, so that one whose owner has died is free. Sweeps what unfinished runs left.
  explicit IndexWriter(const std::string& path);
  ~IndexWriter();
  IndexWriter(const IndexWriter&) = delete;
  IndexWriter& operator=(const IndexWriter&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  // As it is; to be changed and handed to publish().
  [[nodiscard]] const IndexManifest& manifest() const { return manifest_; }

  // A new folder for the segment of that number, under a name that nobody reads. Throws
  // Error{kCannotWrite}, as all below do.
  [[nodiscard]] std::string make_segment_folder(std::uint64_t number);
  // Gives it its name.
  void name_segment(std::uint64_t number);
  // Writes a list of removals and says so in `manifest`. `documents` ascend.
  void write_removals(const std::vector<std::uint32_t>& documents, IndexManifest& manifest);

  // The index is what `next` says, from here on. With `forget` nothing is left of what it was.
  void publish(IndexManifest next, bool forget = false);

 private:
  void sweep(bool forget);

  std::string path_;
  int lock_ = -1;
  IndexManifest manifest_;
};

}  // namespace copydesk
