// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "datasets/corpus_fixture.h"
#include "sample/wire.h"

using namespace copydesk::datasets;

namespace {

const std::string kFolder = std::string(COPYDESK_SOURCE_DIR) + "/datasets/sample";

std::string bytes_of(const std::string& name) {
  std::ifstream file(kFolder + "/" + name, std::ios::binary);
  BOOST_TEST_REQUIRE(file.good(), name);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::size_t count_of(const std::string& bytes, const std::string& containing) {
  std::size_t count = 0;
  for (std::size_t at = bytes.find(containing); at != std::string::npos;
       at = bytes.find(containing, at + 1)) {
    ++count;
  }
  return count;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sample)

// The files in the tree are what the material gives; run copydesk-sample after a change of either.
BOOST_AUTO_TEST_CASE(wire_is_reproducible) {
  const WireFiles wire = make_wire(kFolder + "/material", kSampleSeed);
  BOOST_TEST((wire.documents == bytes_of("wire.jsonl")));
  BOOST_TEST((wire.truth == bytes_of("truth.jsonl")));
}

BOOST_AUTO_TEST_CASE(pages_are_reproducible) {
  const PageFiles pages = make_pages(kFolder + "/material", kSampleSeed);
  BOOST_TEST((pages.documents == bytes_of("pages.jsonl")));
  BOOST_TEST((pages.blocks == bytes_of("pages_blocks.jsonl")));
  BOOST_TEST((pages.stories == bytes_of("pages_stories.jsonl")));
}

BOOST_AUTO_TEST_CASE(another_seed_gives_another_sample) {
  const WireFiles wire = make_wire(kFolder + "/material", kSampleSeed + 1);
  BOOST_TEST((wire.documents != bytes_of("wire.jsonl")));
}

// The generator promises less than a tenth in its own words; this counts words between spaces.
BOOST_AUTO_TEST_CASE(stories_are_unlike) {
  const std::vector<Story> stories = tell_stories(kFolder + "/material", kSampleSeed);
  BOOST_TEST(stories.size() > 400);
  std::map<std::vector<std::string>, std::vector<std::size_t>> stories_with;
  std::vector<std::size_t> sizes;
  for (std::size_t index = 0; index < stories.size(); ++index) {
    const auto runs = word_runs(stories[index].text, 5);
    sizes.push_back(runs.size());
    for (const auto& run : runs) stories_with[run].push_back(index);
  }
  std::map<std::pair<std::size_t, std::size_t>, std::size_t> shared;
  for (const auto& [run, holders] : stories_with) {
    for (std::size_t right = 1; right < holders.size(); ++right) {
      for (std::size_t left = 0; left < right; ++left) ++shared[{holders[left], holders[right]}];
    }
  }
  for (const auto& [pair, count] : shared) {
    const std::size_t all = sizes[pair.first] + sizes[pair.second] - count;
    BOOST_TEST(static_cast<double>(count) < 0.2 * static_cast<double>(all));
  }
}

// The README counts on these being there.
BOOST_AUTO_TEST_CASE(every_kind_of_copy_is_in_the_truth) {
  const std::string truth = bytes_of("truth.jsonl");
  for (const char* kind : {"exact", "headline", "trimmed_tail", "trimmed_half", "first_paragraphs",
                           "reordered", "edited", "ocr_1", "case", "punctuation", "quotes",
                           "white_space", "unicode_form", "update", "family", "siblings"}) {
    BOOST_TEST(count_of(truth, std::string("\"kind\":\"") + kind + "\"") >= 6, kind);
  }
}

BOOST_AUTO_TEST_CASE(every_script_is_there) {
  const std::string documents = bytes_of("wire.jsonl");
  for (const char* words : {"本报讯", "Соседний посёлок", "Bürgermeisterin", "\"text\":\"\""}) {
    BOOST_TEST(count_of(documents, words) >= 2, words);
  }
}

BOOST_AUTO_TEST_SUITE_END()
