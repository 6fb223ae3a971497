// SPDX-License-Identifier: Apache-2.0
//
// The join and the clustering alone, on sketches that are made up: a quarter of the documents are
// copies of earlier ones that agree in nine of ten slots. Shows what both cost a document, in time
// and in memory, without a corpus of that size.
//
//   lsh_synthetic_join DOCUMENTS MEMORY_BYTES [THREADS [WORK_FOLDER]]

#include <sys/resource.h>

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <mutex>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/cluster/connected_components.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/lsh/candidate_join.h"
#include "copydesk/lsh/pair_comparison.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/sketch/similarity_estimate.h"

namespace copydesk {
namespace {

constexpr std::size_t kSlots = 128;
constexpr Banding kBanding{16, 8};
constexpr std::size_t kCopyEvery = 4;

std::uint64_t mix(std::uint64_t value) {
  value += 0x9E3779B97F4A7C15;
  value = (value ^ value >> 30) * 0xBF58476D1CE4E5B9;
  value = (value ^ value >> 27) * 0x94D049BB133111EB;
  return value ^ value >> 31;
}

// Of a document that copies none.
void make_original(std::uint64_t document, std::vector<std::uint32_t>& sketch) {
  for (std::size_t slot = 0; slot < kSlots; slot += 2) {
    const std::uint64_t value = mix(document << 8 | slot);
    sketch[slot] = static_cast<std::uint32_t>(value);
    sketch[slot + 1] = static_cast<std::uint32_t>(value >> 32);
  }
}

void make_sketch(std::uint64_t document, std::vector<std::uint32_t>& sketch) {
  if (document % kCopyEvery != kCopyEvery - 1) return make_original(document, sketch);
  std::uint64_t source = mix(document ^ 77) % document;
  if (source % kCopyEvery == kCopyEvery - 1) --source;
  make_original(source, sketch);
  for (std::size_t slot = 0; slot < kSlots; ++slot) {
    const std::uint64_t value = mix(document << 8 | slot);
    if (value % 10 == 0) sketch[slot] = static_cast<std::uint32_t>(value >> 32);
  }
}

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double peak_gigabytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024 / 1e9;
}

class Clock {
 public:
  // Prints what the step that ends here took.
  void step(const char* name, double documents) {
    const auto now = std::chrono::steady_clock::now();
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double cpu = cpu_seconds() - cpu_start_;
    fmt::print("{:10} {:8.2f} s, of processors {:8.2f} s: {:6.3f} us a document; peak {:.3f} GB\n",
               name, seconds, cpu, cpu / documents * 1e6, peak_gigabytes());
    std::fflush(stdout);
    start_ = std::chrono::steady_clock::now();
    cpu_start_ = cpu_seconds();
  }

 private:
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
  double cpu_start_ = cpu_seconds();
};

void run(std::uint32_t documents, std::uint64_t memory_bytes, std::size_t threads,
         const std::string& folder) {
  const MemoryBudget memory = divide_memory(memory_bytes, threads);
  Clock clock;
  BandKeyTable keys(kBanding.bands, KeyWidth::k40, folder, memory.keys);
  PackedSketches sketches(kSlots, folder, memory.sketches);
  std::vector<std::uint32_t> sketch(kSlots);
  std::vector<std::uint64_t> row(kBanding.bands);
  std::vector<std::uint8_t> packed(kSlots);
  for (std::uint32_t document = 0; document < documents; ++document) {
    make_sketch(document, sketch);
    compute_band_keys(sketch, kBanding, row);
    pack_slots(sketch, packed);
    keys.append(row);
    sketches.append(packed);
  }
  clock.step("make", documents);

  std::vector<std::uint32_t> all(documents);
  std::iota(all.begin(), all.end(), 0U);
  BucketOptions options;
  options.minimum_agreement = minimum_agreement(kSlots, 0.8, 1e-5);
  options.sure_agreement = sure_agreement(kSlots, 0.8, 0.5);
  PairRuns runs(folder, memory.pairs);
  std::vector<CandidateJoin> workers;
  for (std::size_t i = 0; i < threads; ++i) {
    BucketPairs buckets(
        sketches, [](std::uint32_t document) { return mix(document); }, options);
    workers.emplace_back(keys, all, kBanding.rows,
                         JoinMemory{memory.join_entries, memory.join_pairs, memory.join_sketches},
                         std::move(buckets), runs);
  }
  parallel_for(threads, kBanding.bands, 1, [&](std::size_t band, std::size_t, std::size_t worker) {
    workers[worker].join_band(band);
  });
  workers.clear();
  clock.step("join", documents);

  std::vector<ScoredPair> pairs;
  const PairComparison comparison{options.minimum_agreement, memory.join_sketches * threads,
                                  threads};
  compare_merged_pairs(runs, sketches, comparison, [&](std::span<const CandidatePair> part) {
    for (const CandidatePair& pair : part) pairs.push_back({pair.a, pair.b, {9, 10, 10}});
  });
  clock.step("compare", documents);
  const ClusterList clusters = connected_components(all, pairs);
  clock.step("cluster", documents);
  fmt::print("{} pairs, {} clusters; on disk: keys {:.2f}, sketches {:.2f}, pairs {:.2f} GB\n",
             pairs.size(), clusters.size(), static_cast<double>(keys.bytes_on_disk()) / 1e9,
             static_cast<double>(sketches.bytes_on_disk()) / 1e9,
             static_cast<double>(runs.bytes_on_disk()) / 1e9);
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  if (argc < 3) {
    fmt::print(stderr, "usage: lsh_synthetic_join DOCUMENTS MEMORY_BYTES [THREADS [FOLDER]]\n");
    return 2;
  }
  copydesk::run(static_cast<std::uint32_t>(std::strtoul(argv[1], nullptr, 10)),
                std::strtoull(argv[2], nullptr, 10),
                argc > 3 ? std::strtoul(argv[3], nullptr, 10) : 1, argc > 4 ? argv[4] : "");
}
