// SPDX-License-Identifier: Apache-2.0
#include "copydesk/lsh/hamming_join.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "copydesk/lsh/fingerprint_bits.h"
#include "copydesk/lsh/pair_sort.h"
#include "copydesk/parallel/parallel_for.h"

namespace copydesk {

namespace {

// Repeated pairs are merged when this many have gathered.
constexpr std::size_t kMergeAt = 4 << 20;
// A table is made in two steps. The first leaves parts of about so many fingerprints, by the first
// bits of their keys (more parts than 2^kMostPartBits cost more than larger parts); the second
// sorts a part by further bits in the second-level cache, where it is compared at once.
constexpr std::size_t kPartSize = 16384;
constexpr std::size_t kMostPartBits = 9;
constexpr std::size_t kMostCountedBits = 11;
// Groups by those bits up to this size are compared, though their keys may go on.
constexpr std::size_t kSmallGroup = 32;
// Fingerprints the kernel likes to read behind the last.
constexpr std::size_t kBehind = 32;

template <class Fingerprint>
class HammingJoin {
 public:
  HammingJoin(DistinctFingerprints<Fingerprint> distinct, const HammingPlan& plan,
              const HammingLimits& limits, std::size_t threads)
      : threads_(threads), limits_(limits), distinct_(std::move(distinct)) {
    tables_.plan = plan;
    tables_.crowded.resize(distinct_.size());
    for (const HammingTable& table : tables_.plan.tables) {
      tables_.masks.push_back(mask_of(table));
    }
    for (std::size_t thread = 0; thread < threads; ++thread) {
      workers_.push_back(
          {HammingGroups<Fingerprint>(distinct_, tables_, limits_), {}, {}, {}, {}, {}});
    }
    fingerprints_.resize(distinct_.size());
    numbers_.resize(distinct_.size());
  }
  HammingJoin(const HammingJoin&) = delete;
  HammingJoin& operator=(const HammingJoin&) = delete;

  HammingCandidates run(const HammingProgress& progress) {
    for (std::size_t i = 0; i < distinct_.size(); ++i) {
      workers_.front().groups.add_equal(i, workers_.front().pairs);
      workers_.front().merge_if_many();
    }
    const std::size_t tables = distinct_.size() < 2 ? 0 : tables_.plan.tables.size();
    for (std::size_t table = 0; table < tables; ++table) {
      progress(table, tables);
      distribute(tables_.plan.tables[table]);
      compare(table);
      take_pairs();
    }
    take_pairs();
    merge_pairs(pairs_);
    HammingCandidates candidates;
    candidates.pairs = std::move(pairs_);
    for (const Worker& worker : workers_) candidates.statistics.add(worker.groups.statistics());
    candidates.statistics.fingerprints = distinct_.size();
    return candidates;
  }

 private:
  struct Worker {
    HammingGroups<Fingerprint> groups;
    std::vector<CandidatePair> pairs;
    std::vector<Fingerprint> sorted;     // the part at hand: fingerprints by key ...
    std::vector<std::uint32_t> numbers;  // ... and which of the distinct ones they are
    std::vector<std::uint32_t> starts;   // of the groups of each counted key
    std::vector<std::pair<std::uint64_t, std::uint32_t>> keyed;
    std::size_t merge_at = kMergeAt;

    void merge_if_many() {
      if (pairs.size() < merge_at) return;
      merge_pairs(pairs);
      merge_at = std::max(kMergeAt, 2 * pairs.size());
    }
  };

  static Fingerprint mask_of(const HammingTable& table) {
    Fingerprint mask{};
    for (const BitBlock& block : table.key) {
      for (std::size_t bit = block.begin; bit < std::size_t{block.begin} + block.width; ++bit) {
        set_bit(mask, bit);
      }
    }
    return mask;
  }

  static std::uint64_t key_of(const Fingerprint& fingerprint, const HammingTable& table) {
    std::uint64_t key = 0;
    for (const BitBlock& block : table.key) {
      key = (key << block.width) | bits_of(fingerprint, block.begin, block.width);
    }
    return key;
  }

  // A stable distribution by the first bits of the key, in slices: each thread counts a slice of
  // the fingerprints and then places it, so that the result is that of one thread.
  void distribute(const HammingTable& table) {
    const auto wanted = static_cast<std::size_t>(std::bit_width(distinct_.size() / kPartSize));
    part_bits_ = std::min({table.key_bits, wanted, kMostPartBits});
    const std::size_t shift = table.key_bits - part_bits_;
    const std::size_t parts = std::size_t{1} << part_bits_;
    const std::size_t count = distinct_.size();
    const std::size_t slice = (count + threads_ - 1) / threads_;
    std::vector<std::uint32_t> places(threads_ * parts);
    const auto part_of = [&](std::size_t i) {
      return shift == 64 ? 0 : key_of(distinct_.fingerprints[i], table) >> shift;
    };
    parallel_for(threads_, count, slice, [&](std::size_t begin, std::size_t end, std::size_t) {
      std::uint32_t* const counts = places.data() + begin / slice * parts;
      for (std::size_t i = begin; i < end; ++i) ++counts[part_of(i)];
    });
    starts_.resize(parts + 1);
    std::uint32_t next = 0;
    for (std::size_t part = 0; part < parts; ++part) {
      starts_[part] = next;
      for (std::size_t thread = 0; thread < threads_; ++thread) {
        next += std::exchange(places[thread * parts + part], next);
      }
    }
    starts_[parts] = next;
    parallel_for(threads_, count, slice, [&](std::size_t begin, std::size_t end, std::size_t) {
      std::uint32_t* const next_places = places.data() + begin / slice * parts;
      for (std::size_t i = begin; i < end; ++i) {
        const std::uint32_t place = next_places[part_of(i)]++;
        fingerprints_[place] = distinct_.fingerprints[i];
        numbers_[place] = static_cast<std::uint32_t>(i);
      }
    });
  }

  void compare(std::size_t table) {
    parallel_for(threads_, starts_.size() - 1, 1,
                 [&](std::size_t begin, std::size_t end, std::size_t thread) {
                   for (std::size_t part = begin; part < end; ++part) {
                     compare_part(table, starts_[part], starts_[part + 1], workers_[thread]);
                   }
                 });
  }

  // Sorts by the bits behind those that all of the part share, as many as it has members for.
  void compare_part(std::size_t table, std::size_t begin, std::size_t end, Worker& worker) {
    const HammingTable& key = tables_.plan.tables[table];
    const auto wanted = static_cast<std::size_t>(std::bit_width((end - begin) / 4));
    const std::size_t bits = std::min({key.key_bits - part_bits_, wanted, kMostCountedBits});
    const std::size_t shift = key.key_bits - part_bits_ - bits;
    const std::size_t mask = (std::size_t{1} << bits) - 1;
    std::vector<std::uint32_t>& starts = worker.starts;
    // Counts move up by two places, so that placing moves the starts to where they belong.
    starts.assign(mask + 3, 0);
    const auto counted_key = [&](std::size_t i) {
      return shift == 64 ? 0 : key_of(fingerprints_[i], key) >> shift & mask;
    };
    for (std::size_t i = begin; i < end; ++i) ++starts[counted_key(i) + 2];
    for (std::size_t value = 2; value < starts.size(); ++value) starts[value] += starts[value - 1];
    worker.sorted.resize(end - begin + kBehind);
    worker.numbers.resize(end - begin);
    for (std::size_t i = begin; i < end; ++i) {
      const std::uint32_t place = starts[counted_key(i) + 1]++;
      worker.sorted[place] = fingerprints_[i];
      worker.numbers[place] = numbers_[i];
    }
    for (std::size_t value = 0; value <= mask; ++value) {
      if (shift > 0 && starts[value + 1] - starts[value] > kSmallGroup) {
        compare_by_whole_key(table, starts[value], starts[value + 1], worker);
      } else {
        worker.groups.add_group(table, worker.sorted, worker.numbers, starts[value],
                                starts[value + 1], worker.pairs);
      }
      worker.merge_if_many();
    }
  }

  // Brings equal keys of [begin, end) of the worker's part together, and compares each group of
  // them.
  void compare_by_whole_key(std::size_t table, std::size_t begin, std::size_t end, Worker& worker) {
    const HammingTable& key = tables_.plan.tables[table];
    worker.keyed.clear();
    for (std::size_t i = begin; i < end; ++i) {
      worker.keyed.emplace_back(key_of(worker.sorted[i], key), worker.numbers[i]);
    }
    std::sort(worker.keyed.begin(), worker.keyed.end());
    for (std::size_t i = begin; i < end; ++i) {
      worker.numbers[i] = worker.keyed[i - begin].second;
      worker.sorted[i] = distinct_.fingerprints[worker.numbers[i]];
    }
    const auto key_at = [&](std::size_t i) { return worker.keyed[i - begin].first; };
    for (std::size_t first = begin, last = begin; first < end; first = last) {
      while (last < end && key_at(last) == key_at(first)) ++last;
      worker.groups.add_group(table, worker.sorted, worker.numbers, first, last, worker.pairs);
    }
  }

  void take_pairs() {
    for (Worker& worker : workers_) {
      pairs_.insert(pairs_.end(), worker.pairs.begin(), worker.pairs.end());
      std::vector<CandidatePair>().swap(worker.pairs);
    }
    if (pairs_.size() < merge_at_) return;
    merge_pairs(pairs_);
    merge_at_ = std::max(kMergeAt, 2 * pairs_.size());
  }

  std::size_t threads_;
  HammingLimits limits_;
  DistinctFingerprints<Fingerprint> distinct_;
  HammingTables<Fingerprint> tables_;
  std::vector<Worker> workers_;
  // The table at hand: fingerprints in parts, and which of the distinct ones they are.
  std::vector<Fingerprint> fingerprints_;
  std::vector<std::uint32_t> numbers_;
  std::vector<std::uint32_t> starts_;  // of the parts
  std::size_t part_bits_ = 0;
  std::vector<CandidatePair> pairs_;
  std::size_t merge_at_ = kMergeAt;
};

template <class Fingerprint>
HammingCandidates join(std::span<const Fingerprint> fingerprints,
                       std::span<const std::uint32_t> documents,
                       std::span<const std::uint64_t> content_keys, const HammingPlan& plan,
                       const HammingLimits& limits, std::size_t threads,
                       const HammingProgress& progress) {
  return HammingJoin<Fingerprint>(collapse_equal(fingerprints, documents, content_keys, threads),
                                  plan, limits, threads)
      .run(progress);
}

}  // namespace

HammingCandidates join_by_hamming_distance(std::span<const std::uint64_t> fingerprints,
                                           std::span<const std::uint32_t> documents,
                                           std::span<const std::uint64_t> content_keys,
                                           const HammingPlan& plan, const HammingLimits& limits,
                                           std::size_t threads, const HammingProgress& progress) {
  return join(fingerprints, documents, content_keys, plan, limits, threads, progress);
}

HammingCandidates join_by_hamming_distance(std::span<const Fingerprint128> fingerprints,
                                           std::span<const std::uint32_t> documents,
                                           std::span<const std::uint64_t> content_keys,
                                           const HammingPlan& plan, const HammingLimits& limits,
                                           std::size_t threads, const HammingProgress& progress) {
  return join(fingerprints, documents, content_keys, plan, limits, threads, progress);
}

}  // namespace copydesk
