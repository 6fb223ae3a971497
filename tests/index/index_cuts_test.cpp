// SPDX-License-Identifier: Apache-2.0
//
// Adding is deduplicating: a corpus that is cut anywhere, and added part by part, gives the decisions of
// one run over all of it that keeps the first.
#include <boost/test/unit_test.hpp>
#include <set>
#include <string>
#include <vector>

#include "small_index.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

struct Difference {
  std::size_t documents = 0;
  std::uint64_t counted = 0;  // by the reports
};

// All parts into an index, against one run.
Difference compare_cut(const std::vector<std::string>& texts, const std::vector<std::size_t>& cuts,
                       const IndexParameters& parameters, const Removals& whole) {
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  create_index(path, parameters);
  Difference difference;
  Removals found;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= cuts.size(); ++i) {
    const std::size_t end = i < cuts.size() ? cuts[i] : texts.size();
    const IndexRun run = add_to_index(path, texts, begin, end);
    found.insert(run.removed.begin(), run.removed.end());
    difference.counted += run.alike_in_index;
    begin = end;
  }
  // Whatever was removed was removed for a document that is kept.
  for (const auto& [id, why] : found) BOOST_TEST(!found.contains(std::get<0>(why)));
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const std::string id = std::to_string(i);
    const auto one = whole.find(id);
    const auto other = found.find(id);
    const bool is_same = (one == whole.end()) == (other == found.end()) &&
                         (one == whole.end() || one->second == other->second);
    difference.documents += is_same ? 0 : 1;
  }
  const IndexReader index(path);
  BOOST_TEST(index.count().documents + index.count().evidence == texts.size());
  BOOST_TEST(index.count().evidence == found.size());
  return difference;
}

std::vector<std::size_t> random_cuts(RandomValues& random, std::size_t documents) {
  std::set<std::size_t> cuts;
  const std::size_t wanted = 1 + random.next() % 4;
  while (cuts.size() < wanted) cuts.insert(random.next() % (documents + 1));
  return {cuts.begin(), cuts.end()};
}

BOOST_AUTO_TEST_SUITE(index_cuts)

BOOST_AUTO_TEST_CASE(random_cuts_give_the_decisions_of_one_run) {
  RandomValues random(18);
  std::size_t removed = 0;
  for (std::uint64_t seed = 1; seed <= 24; ++seed) {
    const std::vector<std::string> texts = family_texts(seed, 400);
    IndexParameters parameters;
    parameters.verify = seed % 3 == 0 ? IndexVerify::kText : IndexVerify::kSets;
    parameters.threshold = seed % 2 == 0 ? 0.8 : 0.6;
    const IndexRun whole = run_dedup_of(texts, 0, texts.size(), dedup_options(parameters));
    const Difference difference =
        compare_cut(texts, random_cuts(random, texts.size()), parameters, whole.removed);
    removed += whole.removed.size();
    BOOST_TEST_CONTEXT("seed " << seed) {
      // What the two may differ in is what the report counts.
      BOOST_TEST((difference.documents == 0 || difference.counted > 0));
      BOOST_TEST(difference.documents <= 4 * difference.counted);
    }
  }
  BOOST_TEST(removed > 2000u);
}

// By characters, where counts decide with sets; and with every keep policy among what is new.
BOOST_AUTO_TEST_CASE(characters_and_code) {
  RandomValues random(19);
  for (std::uint64_t seed = 40; seed < 46; ++seed) {
    const std::vector<std::string> texts = family_texts(seed, 200);
    IndexParameters parameters;
    parameters.shingles.unit = seed % 2 == 0 ? ShingleUnit::kCharacter : ShingleUnit::kWord;
    parameters.shingles.size = seed % 2 == 0 ? 9 : 2;
    parameters.with_text = seed % 3 == 0;
    const IndexRun whole = run_dedup_of(texts, 0, texts.size(), dedup_options(parameters));
    const Difference difference =
        compare_cut(texts, random_cuts(random, texts.size()), parameters, whole.removed);
    BOOST_TEST_CONTEXT("seed " << seed) {
      BOOST_TEST((difference.documents == 0 || difference.counted > 0));
    }
  }
}

// In a family of so many, which document is compared with which depends on all of them: decisions may
// differ, but what is left is about as much, and nothing is removed for what is gone.
BOOST_AUTO_TEST_CASE(a_template_of_ten_thousand) {
  constexpr std::size_t kTemplate = 10'000;
  const std::vector<std::string> texts = family_texts(7, 300, kTemplate);
  const IndexParameters parameters;
  const IndexRun whole = run_dedup_of(texts, 0, texts.size(), dedup_options(parameters));
  BOOST_TEST(whole.removed.size() > kTemplate - 10);
  for (const std::size_t cut : {texts.size() / 2, texts.size() - 40}) {
    const Difference difference = compare_cut(texts, {cut}, parameters, whole.removed);
    BOOST_TEST_CONTEXT("cut at " << cut) {
      BOOST_TEST_MESSAGE(difference.documents << " of " << texts.size() << " differ");
      BOOST_TEST(difference.documents <= texts.size() / 100);
    }
  }
}

BOOST_AUTO_TEST_CASE(kept_stays_kept_whatever_the_policy) {
  const std::vector<std::string> texts = {
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen",
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
      "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
      "sixteen"};
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  create_index(path, {});
  BOOST_TEST(add_to_index(path, texts, 0, 1).removed.empty());
  DedupOptions options = dedup_options(read_newest_manifest(path).parameters);
  options.index_path = path;
  options.keep = parse_keep_policy("longest");
  const IndexRun run = run_dedup_of(texts, 1, 3, options);
  BOOST_TEST(run.removed.size() == 2u);
  for (const auto& [id, why] : run.removed) BOOST_TEST(std::get<0>(why) == "0");
  BOOST_TEST(run.summary.removed_for_old == 2u);
  // Without --add nothing was added.
  BOOST_TEST(IndexReader(path).count().documents == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
