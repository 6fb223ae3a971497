// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/segment_merger.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/pipeline/index/index_upkeep.h"
#include "small_index.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

std::vector<SegmentEntry> entries(const std::vector<std::uint32_t>& documents) {
  std::vector<SegmentEntry> found;
  for (const std::uint32_t count : documents) {
    found.emplace_back();
    found.back().documents = count;
  }
  return found;
}

BOOST_AUTO_TEST_SUITE(segment_merger)

BOOST_AUTO_TEST_CASE(what_is_brought_together) {
  const auto first = [](const std::vector<std::uint32_t>& documents) {
    return first_to_merge(entries(documents));
  };
  BOOST_TEST(first({}) == 0u);
  // Sizes in front of ones, up to seventeen.
  const auto with_ones = [&](std::vector<std::uint32_t> documents) {
    documents.resize(17, 1);
    return first(documents);
  };
  BOOST_TEST(first(std::vector<std::uint32_t>(16, 1)) == 16u);
  BOOST_TEST(with_ones({}) == 0u);
  BOOST_TEST(with_ones({17}) == 1u);
  BOOST_TEST(with_ones({16}) == 0u);
  BOOST_TEST(with_ones({5, 1000}) == 0u);
  BOOST_TEST(with_ones({2000, 1000}) == 2u);
  BOOST_TEST(with_ones({600, 300, 150, 70, 30}) == 5u);
  BOOST_TEST(with_ones({600, 300, 150, 70, 12}) == 4u);
  std::vector<std::uint32_t> halves;
  for (std::uint32_t i = 18; i > 1; --i) halves.push_back(1u << i);
  BOOST_TEST(halves.size() == 17u);
  BOOST_TEST(first(halves) == 17u);  // each larger than all behind it
  halves.back() = halves[15];
  BOOST_TEST(first(halves) == 0u);  // each is as large as all behind it
}

// In n equal additions no more segments than are said, and no document copied more often.
BOOST_AUTO_TEST_CASE(few_segments_for_few_copies) {
  for (const std::uint32_t size : {1u, 7u}) {
    std::vector<std::uint32_t> sizes;
    std::uint64_t copied = 0;
    constexpr std::size_t kAdditions = 5000;
    for (std::size_t i = 0; i < kAdditions; ++i) {
      sizes.push_back(size + (size > 1 ? static_cast<std::uint32_t>(i * 2654435761u % 1000) : 0));
      const std::size_t first = first_to_merge(entries(sizes));
      std::uint32_t merged = 0;
      for (std::size_t k = first; k < sizes.size(); ++k) merged += sizes[k];
      if (first < sizes.size()) {
        sizes.resize(first);
        sizes.push_back(merged);
        copied += merged;
      }
      BOOST_TEST(sizes.size() <= 32u);
    }
    std::uint64_t all = 0;
    for (const std::uint32_t one : sizes) all += one;
    BOOST_TEST(static_cast<double>(copied) / static_cast<double>(all) < 10.0);
  }
}

// Part by part the decisions are those of one run, and answers those of an index that was merged by
// hand.
BOOST_AUTO_TEST_CASE(many_additions_are_as_one) {
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  const std::vector<std::string> texts = family_texts(31, 600);
  create_index(path, {});
  Removals found;
  std::size_t most = 0, merged = 0;
  constexpr std::size_t kParts = 60;
  for (std::size_t part = 0; part < kParts; ++part) {
    const IndexRun run =
        add_to_index(path, texts, texts.size() * part / kParts, texts.size() * (part + 1) / kParts);
    found.insert(run.removed.begin(), run.removed.end());
    const std::size_t segments = IndexReader(path).segments().size();
    BOOST_TEST(run.summary.segments == segments);
    merged += run.summary.segments_merged > 0 ? 1 : 0;
    most = std::max(most, segments);
    if (part == kParts / 2) {  // something that was taken out goes along
      RecordList list;
      list.add_name("0");
      remove_from_index(path, {&list, "", ""}, {});
    }
  }
  BOOST_TEST(most <= kSegmentsUnmerged);
  BOOST_TEST(merged > 2u);
  BOOST_TEST(check_index(path, [](const std::string& fault) { BOOST_ERROR(fault); }, {}) == 0u);
  const IndexRun whole = run_dedup_of(texts, 0, texts.size(), dedup_options({}));
  // Decisions before the removal of one document are those of one run.
  std::size_t removed = 0, same = 0;
  for (std::size_t i = 0; i < texts.size() / 2; ++i) {
    const auto one = whole.removed.find(std::to_string(i));
    const auto other = found.find(std::to_string(i));
    BOOST_TEST((one == whole.removed.end()) == (other == found.end()));
    if (one == whole.removed.end() || other == found.end()) continue;
    ++removed;
    same += one->second == other->second ? 1 : 0;
  }
  BOOST_TEST(removed > 50u);
  BOOST_TEST(same == removed);
  const IndexReader index(path);
  BOOST_TEST(!index.find(0));
  BOOST_TEST(index.count().documents + index.count().evidence + index.count().taken_out <=
             texts.size());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
