#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The last pass of dedup: kept records as they were read, decisions with their shared passages, and
// clusters.

#include "copydesk/cluster/connected_components.h"
#include "copydesk/decide/decider.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"

namespace copydesk {

class DedupOutputs {
 public:
  // Holds references to all arguments. The outputs of `run` are open: --output, --decisions,
  // --clusters. Old documents are written nowhere.
  DedupOutputs(const DedupOptions& options, NearDuplicateRun& run, const DecisionList& decisions,
               const ShingleSetStore& sets);

  // Writes what the options ask for and gives the files their final names.
  void write(const ClusterList& clusters);

 private:
  void hand_over() const;
  void write_records();
  void write_clusters(const ClusterList& clusters);

  const DedupOptions& options_;
  NearDuplicateRun& run_;
  ByteSink* kept_;  // null where it is not wanted, as the next two
  ByteSink* lines_;
  ByteSink* clusters_;
  const DecisionList& decisions_;
  const ShingleSetStore& sets_;
};

}  // namespace copydesk
