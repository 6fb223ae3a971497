#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How a caller watches and stops a run.
//
// Example:
//   const std::vector<std::string> texts = {"One.", "Two."};
//   const std::atomic<bool> stop = true;  // another thread or a signal would set it
//   bool was_stopped = false;
//   try {
//     static_cast<void>(dedup(texts, {}, {.stop = &stop}));
//   } catch (const Cancelled&) {
//     was_stopped = true;
//   }
//   assert(was_stopped);

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "copydesk/read/record_fault.h"
#include "copydesk/run/run_plan.h"

namespace copydesk {

struct Progress {
  std::string_view stage;       // "read", "join", "verify", "write"
  std::uint64_t done = 0;       // in units of the stage
  std::uint64_t total = 0;      // 0 where it is not known
  std::string_view unit;        // "bytes", "bands", "pairs"
  std::uint64_t documents = 0;  // so far
};

// Thrown out of a run that was asked to stop. Nothing was written under a final name.
struct Cancelled {};

// All members may be empty. The functions are called from one thread at a time.
struct RunControl {
  std::function<void(const Progress&)> on_progress;
  // Every record that could not be used, in input order. The path is empty where the fault is not
  // inside one input; its reason then names what it is about.
  std::function<void(const std::string& path, const RecordFault&)> on_fault;
  // Before the work begins, where a plan is made.
  std::function<void(const RunPlan&)> on_plan;
  // A sentence for people about the run as a whole, lower case, without a full stop.
  std::function<void(const std::string&)> on_note;
  // The run looks at it between batches and throws Cancelled once it is true.
  const std::atomic<bool>* stop = nullptr;

  void report(const Progress& progress) const {
    if (on_progress) on_progress(progress);
  }
  void note(const std::string& sentence) const {
    if (on_note) on_note(sentence);
  }
  void check_stop() const {
    if (stop != nullptr && stop->load(std::memory_order_relaxed)) throw Cancelled{};
  }
};

}  // namespace copydesk
