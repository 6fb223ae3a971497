#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Registers a benchmark once for every instruction set this machine has.

#include <string>
#include <utility>

#include <benchmark/benchmark.h>

#include "only_target.h"

namespace copydesk {

// `body(state)` runs with kernels restricted to the instruction set in its name and label.
// `arguments(benchmark)` adds the sizes.
template <typename Body, typename Arguments>
void register_per_target(const std::string& name, Body body, Arguments arguments,
                         const std::vector<std::int64_t>& targets = supported_targets()) {
  for (const std::int64_t target : targets) {
    const std::string target_name = hwy::TargetName(target);
    auto* const registered = benchmark::RegisterBenchmark((name + "/" + target_name).c_str(),
                                                          [=](benchmark::State& state) {
                                                            const OnlyTarget only(target);
                                                            body(state);
                                                            state.SetLabel(target_name);
                                                          });
    arguments(registered);
  }
}

}  // namespace copydesk
