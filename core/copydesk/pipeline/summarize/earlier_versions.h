#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The texts of an earlier state of a corpus, by id, for `summarize --since FILE`: an abstract is
// then made of what the text of the same id did not say. If yesterday's file has one record without
// an id, it is the earlier version of every text.

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "copydesk/run/corpus_options.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// All texts are held in memory. Immutable once made, so safe to use from several threads.
class EarlierVersions {
 public:
  // Reads `path` with the field names of `options`. Of records with the same id the last counts.
  // Throws Error{kLimitExceeded} if the texts are larger than their part of the memory of the run (a
  // third of summary_memory), Error{kCannotOpen} if there is nothing to read.
  EarlierVersions(const std::string& path, const CorpusOptions& options, const RunControl& control);

  // Records that could not be used; they were handed to the control as well.
  [[nodiscard]] std::uint64_t faults() const { return faults_; }

  // Empty if there is none. A single text without an id is the earlier version of every text.
  [[nodiscard]] std::string_view text_of(const std::string& id) const;

 private:
  std::unordered_map<std::string, std::string> texts_;
  std::string only_;
  std::uint64_t faults_ = 0;
};

}  // namespace copydesk
