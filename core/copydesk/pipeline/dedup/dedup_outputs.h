#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The last pass of dedup: kept records as they were read, decisions with their shared passages, and
// clusters.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "copydesk/cluster/connected_components.h"
#include "copydesk/decide/decider.h"
#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/copied_outputs.h"

namespace copydesk {

class DedupOutputs {
 public:
  // Holds references to all arguments. `files` are open: --output, --decisions, --clusters. What
  // stands below `first_new` is written nowhere.
  DedupOutputs(const DedupOptions& options, OutputSet& files, CorpusReader& reader,
               const ScannedCorpus& corpus, std::span<const std::uint32_t> ranks,
               const ContentGroups& groups, const DecisionList& decisions,
               const ShingleSetStore& sets, std::uint32_t first_new);

  // Writes what the options ask for and gives the files their final names.
  void write(const ClusterList& clusters);

  // After write(), where kept records went to archives.
  [[nodiscard]] const std::optional<CopiedRecords>& copied() const { return copied_; }

 private:
  void copy_before(std::size_t source, const std::vector<bool>& removed, CopiedOutputs& copies);
  void hand_over() const;
  void write_records();
  void write_clusters(const ClusterList& clusters);

  const DedupOptions& options_;
  OutputSet& files_;
  ByteSink* lines_;  // null where it is not wanted, as the next
  ByteSink* clusters_;
  CorpusReader& reader_;
  const ScannedCorpus& corpus_;
  std::span<const std::uint32_t> ranks_;
  const ContentGroups& groups_;
  const DecisionList& decisions_;
  const ShingleSetStore& sets_;
  std::uint32_t first_new_;
  std::size_t next_batch_ = 0;  // the first of which the copies do not know
  std::optional<CopiedRecords> copied_;
};

}  // namespace copydesk
