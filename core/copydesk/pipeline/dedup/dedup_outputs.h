#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The last pass of dedup: kept records as they were read, decisions with their shared passages, and
// clusters.

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "copydesk/cluster/connected_components.h"
#include "copydesk/decide/decider.h"
#include "copydesk/pipeline/dedup/candidate_pairs.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/stream/byte_sink.h"

namespace copydesk {

// The files a run writes, opened before its work begins, so that a folder that does not exist ends it
// at once. Null where nothing is wanted.
struct DedupSinks {
  explicit DedupSinks(const DedupOptions& options);
  std::unique_ptr<ByteSink> kept, decisions, clusters;
};

class DedupOutputs {
 public:
  // Holds references to all arguments.
  DedupOutputs(const DedupOptions& options, DedupSinks& sinks, CorpusReader& reader, const ScannedCorpus& corpus,
               std::span<const std::uint32_t> ranks, const ContentGroups& groups,
               const DecisionList& decisions, const ShingleSetStore& sets);

  // Writes what the options ask for and gives the files their final names.
  void write(const ClusterList& clusters);

 private:
  void hand_over() const;
  void write_records();
  void write_clusters(const ClusterList& clusters);

  const DedupOptions& options_;
  DedupSinks& sinks_;
  CorpusReader& reader_;
  const ScannedCorpus& corpus_;
  std::span<const std::uint32_t> ranks_;
  const ContentGroups& groups_;
  const DecisionList& decisions_;
  const ShingleSetStore& sets_;
};

}  // namespace copydesk
