#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A folder of outputs, one for each input: `--output-dir`. Inputs keep their compression, and their
// names below the folder that was given; of several folders and files, below the deepest folder that
// holds them all. Of crawl/a.jsonl.zst and crawl/b/c.csv come a.jsonl.zst and b/c.csv.jsonl. The
// folder appears as a whole, or not at all.
//
//   ShardFolder shards("clean");
//   shards.name(inputs, 0);
//   shards.open();
//   shards.sink(0).write("...");  // of inputs[0]
//   shards.commit();

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

// Not thread-safe.
class ShardFolder {
 public:
  // Throws Error{kInvalidOption} if `path` is there and is no empty folder, Error{kCannotWrite} if
  // the folder it is to stand in is none.
  explicit ShardFolder(std::string path);
  // Without commit() before it, removes what was written.
  ~ShardFolder();
  ShardFolder(const ShardFolder&) = delete;
  ShardFolder& operator=(const ShardFolder&) = delete;

  // Gives the inputs from number `first` on their names; with `copies_stay` those of tables and
  // archives are what they are (see copied_kind), and whoever writes an archive compresses it. Throws Error{kInvalidOption} if one has no name (standard input), or two would have
  // the same.
  void name(std::span<const Input> inputs, std::size_t first, bool copies_stay = false);
  // Without the slashes that it may have been given at its end.
  [[nodiscard]] const std::string& path() const { return path_; }
  // Below the folder, by input; empty for those before the first.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }

  // Makes a hidden folder beside the final one, where everything is written. Throws
  // Error{kCannotWrite}, as all below do.
  void open();
  // Where the records of inputs[source] go. REQUIRES: open() was called; sources ascend.
  ByteSink& sink(std::size_t source);
  // Brings everything to the disk, with an empty file for each input of which nothing was written.
  void finish();
  // Finishes, and gives the folder its name.
  void commit();
  [[nodiscard]] bool has_final_name() const { return has_final_name_; }

 private:
  void close_up_to(std::size_t source);

  std::string path_;
  std::string temporary_;           // the hidden folder; empty if there is none
  std::vector<std::string> names_;  // by input
  std::vector<bool> packed_;        // by input: what is written is compressed
  std::size_t next_ = 0;            // the first input whose shard is not closed
  std::unique_ptr<ByteSink> sink_;  // of inputs[next_], if it is open
  bool is_finished_ = false;
  bool has_final_name_ = false;
};

}  // namespace copydesk
