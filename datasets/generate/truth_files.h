#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The truth about a corpus, collected document by document. Only the numbers of copies are held
// (16 bytes each); clusters and counts, which need all documents, are written at the end.

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "generate/corpus.h"
#include "generate/output_file.h"

namespace copydesk::datasets {

struct TruthOptions {
  std::string folder;           // created if it is not there
  std::uint64_t documents = 0;  // of the whole corpus
  bool with_jaccard = false;    // in pairs.jsonl; takes several times as long as the text itself
  bool with_siblings = false;   // all pairs of a cluster, not only copy and direct source
};

class TruthFiles {
 public:
  // Throws Error{kCannotWrite}.
  explicit TruthFiles(const TruthOptions& options);

  // Takes documents in ascending order.
  void add(const Printed& printed, const std::string& site_name);

  // Writes what is left and gives the files their names. Call once, last.
  void commit();

 private:
  struct File {
    OutputFile file;
    std::string lines;

    explicit File(const std::string& path) : file(path) {}
    void flush_if_full();
    void commit();
  };
  struct Member {
    std::uint64_t root = 0, number = 0;
    auto operator<=>(const Member&) const = default;
  };
  struct Block {
    PartKind kind = PartKind::kChrome;
    std::uint64_t count = 0;
  };

  void count_blocks(const Story& story);
  void write_clusters();
  void write_siblings(const std::vector<std::uint64_t>& cluster);
  void write_block_counts();

  TruthOptions options_;
  File pairs_, clusters_, passages_, blocks_, block_counts_, stories_, families_, templates_;
  std::vector<Member> members_;  // of clusters
  std::vector<Member> direct_;   // source and copy; for siblings only
  std::map<std::uint64_t, Block> counts_;
};

}  // namespace copydesk::datasets
