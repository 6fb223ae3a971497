// SPDX-License-Identifier: Apache-2.0
#include <set>

#include <boost/test/unit_test.hpp>

#include "archives.h"
#include "copydesk/kernels/target.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

void check_same(const DedupOutput& output, const DedupOutput& expected) {
  BOOST_TEST((output.kept == expected.kept));
  BOOST_TEST((output.decisions == expected.decisions));
  BOOST_TEST((output.clusters == expected.clusters));
}

// The ids of every cluster, without their order.
std::set<std::multiset<std::string>> cluster_sets(const std::string& clusters) {
  std::set<std::multiset<std::string>> sets;
  for (const std::string& line : lines_of(clusters)) {
    const std::string ids = line.substr(line.find("\"ids\":"));
    std::multiset<std::string> members;
    for (std::size_t at = ids.find('"', 6); at != std::string::npos;) {
      const std::size_t end = ids.find('"', at + 1);
      members.insert(ids.substr(at + 1, end - at - 1));
      at = ids.find('"', end + 1);
    }
    sets.insert(members);
  }
  return sets;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dedup_invariance)

BOOST_AUTO_TEST_CASE(threads_blocks_and_memory_do_not_show) {
  const std::string corpus = random_corpus(1, 600);
  const DedupOutput expected = dedup_text(corpus);
  BOOST_TEST(expected.result.summary.removed_near > 50U);
  for (const std::size_t threads : {1, 2, 8}) {
    for (const std::size_t batch_bytes : {1, 700, 10'000, 1'000'000}) {
      DedupOptions options;
      options.search.corpus.threads = threads;
      options.search.corpus.reading.batch_bytes = batch_bytes;
      options.search.corpus.memory_bytes = batch_bytes == 700 ? 1 : 0;
      BOOST_TEST_CONTEXT(threads << " threads, batches of " << batch_bytes) {
        check_same(dedup_text(corpus, options), expected);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(instruction_sets_do_not_show) {
  for (const SketchKind kind : {SketchKind::kFastSimilarity, SketchKind::kMinHash}) {
    DedupOptions options;
    options.search.sketch.kind = kind;
    const std::string corpus = random_corpus(2, 300);
    const DedupOutput expected = dedup_text(corpus, options);
    for (const std::string& target : simd_targets()) {
      BOOST_TEST_CONTEXT(target) {
        BOOST_TEST_REQUIRE(restrict_simd_target(target));
        const DedupOutput output = dedup_text(corpus, options);
        restrict_simd_target({});
        check_same(output, expected);
        BOOST_TEST(output.result.report.simd == target);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(compressed_inputs_do_not_show) {
  const std::string corpus = random_corpus(3, 200);
  const DedupOutput expected = dedup_text(corpus);
  const TemporaryFolder folder;
  check_same(dedup(folder, {folder.write("in.jsonl.gz", gzip_member(corpus))}), expected);
  check_same(dedup(folder, {folder.write("in.jsonl.zst", zstd_frame(corpus))}), expected);
}

BOOST_AUTO_TEST_CASE(clusters_do_not_depend_on_the_order_of_files) {
  const TemporaryFolder folder;
  std::vector<std::string> inputs;
  const std::vector<std::string> lines = lines_of(random_corpus(4, 400));
  for (std::size_t file = 0; file < 4; ++file) {
    std::string part;
    for (std::size_t i = file; i < lines.size(); i += 4) part += lines[i] + '\n';
    inputs.push_back(folder.write(fmt::format("{}.jsonl", file), part));
  }
  const auto expected = cluster_sets(dedup(folder, inputs).clusters);
  BOOST_TEST(expected.size() > 10U);
  for (int order = 0; order < 5; ++order) {
    std::next_permutation(inputs.begin(), inputs.end());
    BOOST_TEST((cluster_sets(dedup(folder, inputs).clusters) == expected));
  }
  std::sort(inputs.rbegin(), inputs.rend());
  BOOST_TEST((cluster_sets(dedup(folder, inputs).clusters) == expected));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
