#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What dedup and pairs do alike: from options to a scanned corpus whose equal documents are known,
// with a plan where one is wanted and a checkpoint where one is kept.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/decide/decider.h"
#include "copydesk/decide/keep_policy.h"
#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/content_groups.h"
#include "copydesk/pipeline/dedup/index_side.h"
#include "copydesk/pipeline/dedup/near_duplicate_options.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/process_usage.h"

namespace copydesk {

// One run, on one thread (its stages use more).
class NearDuplicateRun {
 public:
  // What tells one command from the other.
  struct Command {
    std::string name;  // "dedup"
    KeepPolicy keep;
    double containment = 0.0;
    std::vector<std::pair<std::string, std::string>> options;  // of its own, that change the result
    const IndexReader* index = nullptr;  // whose documents come before all others
    bool is_added = false;               // to an index: ScanOptions::for_index, are_keys_needed
    TakeSet take_set;                    // if set, ScanOptions::stores_sets
  };

  // Options and control are kept by reference. Opens the corpus; no output yet. Throws
  // Error{kInvalidOption}, and as open_corpus does.
  NearDuplicateRun(const NearDuplicateOptions& options, Command command,
                   std::vector<WantedOutput> outputs, const RunControl& control);

  // Scans the corpus and does `work`, which commits the outputs; does nothing where the plan is all
  // that is wanted. The checkpoint is gone when the work is done, and stays for a later run if that
  // can go on.
  void run(const std::function<void()>& work);

  // From here on: for the work.
  [[nodiscard]] SearchContext context() const {
    return {options_.corpus, scan_, rule_, memory_, control_};
  }
  [[nodiscard]] const MemoryBudget& memory() const { return memory_; }
  [[nodiscard]] CorpusReader& reader() { return *reader_; }
  [[nodiscard]] OutputSet& outputs() { return outputs_; }
  [[nodiscard]] ScannedCorpus& corpus() { return *corpus_; }
  [[nodiscard]] const std::vector<std::uint32_t>& ranks() const { return ranks_; }
  [[nodiscard]] const ContentGroups& groups() const { return groups_; }
  // Documents below it are old: they come before all others and stay.
  [[nodiscard]] std::uint32_t first_new() const { return first_new_; }
  // Documents whose id one before them has.
  [[nodiscard]] std::uint64_t repeated_ids() const { return repeated_ids_; }
  // Null without an index.
  [[nodiscard]] const IndexSide* index_side() const { return side_ ? &*side_ : nullptr; }
  [[nodiscard]] OldDocuments old() const {
    if (!side_) return {first_new_};
    return {first_new_, side_->first(), &side_->is_removed()};
  }
  [[nodiscard]] const ScanOptions& scan() const { return scan_; }
  [[nodiscard]] StageClock& clock() { return clock_; }
  [[nodiscard]] const Checkpoint& checkpoint() const { return *checkpoint_; }

  // What the reports of both commands begin and end with.
  void begin_report(RunReport& report) const;
  void end_report(RunReport& report);

 private:
  void check_fields() const;
  void rank();

  StageClock clock_;
  const NearDuplicateOptions& options_;
  Command command_;
  const RunControl& control_;
  ScanOptions scan_;
  VerifyRule rule_;
  MemoryBudget memory_;
  OutputSet outputs_;
  std::unique_ptr<CorpusReader> reader_;
  std::unique_ptr<Checkpoint> checkpoint_;
  std::optional<ScannedCorpus> corpus_;
  std::optional<IndexSide> side_;
  std::vector<std::uint32_t> ranks_;
  ContentGroups groups_;
  std::uint32_t first_new_ = 0;
  std::uint64_t repeated_ids_ = 0;
};

}  // namespace copydesk
