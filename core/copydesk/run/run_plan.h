#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a search for near-duplicates will take, told before it begins.
//
// Example:
//   std::uint64_t documents = 0;
//   RunControl control;
//   control.on_plan = [&](const RunPlan& plan) { documents = plan.documents; };
//   RunPlan plan;  // as a run makes it
//   plan.documents = 60'000;
//   control.on_plan(plan);
//   assert(documents == 60'000);

#include <cstdint>
#include <string>

namespace copydesk {

struct RunPlan {
  std::uint64_t inputs = 0;
  std::uint64_t stored_bytes = 0;  // of the inputs as they are
  // The rest are estimates, from the sample.
  std::uint64_t text_bytes = 0;  // decompressed
  std::uint64_t documents = 0;
  std::uint64_t bands = 0;  // with fingerprint_bits both 0: only equal keys are looked for
  std::uint64_t rows = 0;
  double recall_at_threshold = 0.0;
  // With SimHash; bands, rows and the recall then mean nothing.
  std::uint64_t fingerprint_bits = 0;
  std::uint64_t distance = 0;
  std::uint64_t memory_allowed = 0;
  std::uint64_t memory_needed = 0;
  std::uint64_t disk_needed = 0;
  std::string work_folder;
  double seconds = 0.0;
};

}  // namespace copydesk
