// SPDX-License-Identifier: Apache-2.0
//
// Each allocation of a run fails once, the n-th for every n: the run must end with std::bad_alloc
// and leave nothing but whole outputs behind, or do without that memory and give what it always
// gives.
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <new>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "temporary_folder.h"

namespace {

constexpr std::int64_t kNever = -1;
std::atomic<std::int64_t> allocations_left{kNever};  // until one fails
std::atomic<std::int64_t> allocations{0};

bool fails_now() {
  ++allocations;
  return allocations_left >= 0 && allocations_left-- == 0;
}

void* allocate(std::size_t size, std::size_t alignment) {
  if (fails_now()) return nullptr;
  if (alignment <= alignof(std::max_align_t)) return std::malloc(size == 0 ? 1 : size);
  return std::aligned_alloc(alignment, (size + alignment - 1) / alignment * alignment);
}

void* allocate_or_throw(std::size_t size, std::size_t alignment) {
  if (void* const memory = allocate(size, alignment)) return memory;
  throw std::bad_alloc();
}

constexpr std::size_t kUsual = alignof(std::max_align_t);

}  // namespace

void* operator new(std::size_t size) { return allocate_or_throw(size, kUsual); }
void* operator new[](std::size_t size) { return allocate_or_throw(size, kUsual); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return allocate_or_throw(size, static_cast<std::size_t>(alignment));
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, kUsual);
}
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept {
  return allocate(size, kUsual);
}
// What these give back was allocated by those above; once inlined, GCC takes them for a mismatch.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
#endif
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { std::free(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { std::free(memory); }

namespace copydesk::tests {
namespace {

// Runs over in.jsonl of the folder and returns how many records were skipped.
using Run = std::function<std::uint64_t(const TemporaryFolder&)>;

CorpusOptions corpus_in(const TemporaryFolder& folder, std::size_t threads) {
  CorpusOptions corpus;
  corpus.inputs = {folder.path("in.jsonl")};
  corpus.work_folder = folder.path();
  corpus.threads = threads;
  corpus.reading.batch_bytes = 4000;
  return corpus;
}

const std::vector<std::string> kOnlyTheInput = {"in.jsonl"};
const std::vector<std::string> kInputAndOutput = {"in.jsonl", "out"};

void fail_each_allocation(const char* name, const Run& run) {
  const TemporaryFolder folder;
  folder.write("in.jsonl", stories(12));
  static_cast<void>(run(folder));  // what is made once for all runs is made now
  const std::int64_t before = allocations;
  BOOST_TEST(run(folder) == 0u);
  const std::int64_t in_a_run = allocations - before;
  const std::string expected = folder.read("out");
  // Every one of the first hundreds, then a sample.
  constexpr std::int64_t kTrials = 400;
  const std::int64_t step = std::max<std::int64_t>(1, in_a_run / kTrials);
  int failed = 0;
  for (std::int64_t n = 0; n < in_a_run; n += n < 100 ? 1 : step) {
    std::filesystem::remove(folder.path("out"));
    std::uint64_t skipped = 0;
    bool ended_well = false;
    allocations_left = n;
    try {
      skipped = run(folder);
      ended_well = true;
    } catch (const std::bad_alloc&) {
    }
    allocations_left = kNever;
    BOOST_TEST_CONTEXT(name << ", allocation " << n << " of " << in_a_run) {
      if (ended_well) {
        BOOST_TEST(skipped == 0u);
        BOOST_TEST((folder.read("out") == expected));
      } else {
        ++failed;
        // What fails behind the last rename leaves a whole output.
        if (folder.names() != kOnlyTheInput) {
          BOOST_TEST(folder.names() == kInputAndOutput, boost::test_tools::per_element());
          BOOST_TEST((folder.read("out") == expected));
        }
      }
    }
  }
  BOOST_TEST_CONTEXT(name) { BOOST_TEST(failed > 50); }
}

BOOST_AUTO_TEST_SUITE(allocation)

BOOST_AUTO_TEST_CASE(dedup) {
  for (const std::size_t threads : {1, 3}) {
    fail_each_allocation("dedup", [&](const TemporaryFolder& folder) {
      DedupOptions options;
      options.search.corpus = corpus_in(folder, threads);
      options.kept_path = folder.path("out");
      return run_dedup(options, {}).summary.faults;
    });
  }
}

BOOST_AUTO_TEST_CASE(pairs) {
  fail_each_allocation("pairs", [](const TemporaryFolder& folder) {
    PairsOptions options;
    options.search.corpus = corpus_in(folder, 1);
    options.pairs_path = folder.path("out");
    return run_pairs(options, {}).summary.faults;
  });
}

BOOST_AUTO_TEST_CASE(reuse) {
  fail_each_allocation("reuse", [](const TemporaryFolder& folder) {
    ReuseOptions options;
    options.corpus = corpus_in(folder, 1);
    options.passages_path = folder.path("out");
    return run_reuse(options, {}).summary.faults;
  });
}

BOOST_AUTO_TEST_CASE(blocks) {
  fail_each_allocation("blocks", [](const TemporaryFolder& folder) {
    BlocksOptions options;
    options.corpus = corpus_in(folder, 1);
    options.output_path = folder.path("out");
    return run_blocks(options, {}).summary.faults;
  });
}

BOOST_AUTO_TEST_CASE(split) {
  fail_each_allocation("split", [](const TemporaryFolder& folder) {
    SplitOptions options;
    options.corpus = corpus_in(folder, 2);
    options.output_path = folder.path("out");
    return run_split(options, {}).summary.faults;
  });
}

BOOST_AUTO_TEST_CASE(summarize) {
  fail_each_allocation("summarize", [](const TemporaryFolder& folder) {
    SummarizeOptions options;
    options.corpus = corpus_in(folder, 1);
    options.output_path = folder.path("out");
    return run_summarize(options, {}).summary.faults;
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
