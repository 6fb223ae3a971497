// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/frequent_blocks.h"

#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

namespace copydesk {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{1} << 18;  // as the header says

void add(FrequentBlocks& blocks, std::uint64_t key, std::uint64_t times) {
  for (; times > 0; --times) blocks.add({BlockKind::kSite, key, 10}, fmt::format("{}", key));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(frequent_blocks)

// Whatever comes in between, and however often: once the table is full, what was found least often
// goes first, so that the blocks found most are those of a table without a bound.
BOOST_AUTO_TEST_CASE(what_is_found_most_is_never_forgotten) {
  for (const std::uint64_t times : {1, 2, 3}) {
    BOOST_TEST_CONTEXT("others are found " << times << " times each") {
      FrequentBlocks blocks;
      add(blocks, 1, 1000);
      add(blocks, 2, 900);
      for (std::uint64_t key = 0; key < kLimit + kLimit / 2; ++key) add(blocks, 100 + key, times);
      add(blocks, 1, 1);
      const std::vector<FrequentBlock> found = blocks.most_frequent();
      BOOST_TEST_REQUIRE(found.size() == (times == 1 ? 2u : 20u));
      BOOST_TEST(found[0].text == "1");
      BOOST_TEST(found[0].times == 1001u);
      BOOST_TEST(found[0].bytes == 10'010u);
      BOOST_TEST(found[1].text == "2");
      BOOST_TEST(found[1].times == 900u);
    }
  }
}

// A line of a site and a passage of the corpus may have the same key.
BOOST_AUTO_TEST_CASE(kinds_of_keys_stay_apart) {
  FrequentBlocks blocks;
  for (const BlockKind kind : {BlockKind::kSite, BlockKind::kParagraph, BlockKind::kParagraph}) {
    blocks.add({kind, 7, 10}, to_string(kind));
  }
  const std::vector<FrequentBlock> found = blocks.most_frequent();
  BOOST_TEST_REQUIRE(found.size() == 1u);
  BOOST_TEST((found[0].kind == BlockKind::kParagraph));
  BOOST_TEST(found[0].times == 2u);
}

BOOST_AUTO_TEST_CASE(the_sites_with_most_in_blocks_stay) {
  SiteShares sites;
  sites.add({"most.example", 2, 900, 800});
  for (std::uint64_t i = 0; i < kLimit + 10; ++i) {
    sites.add({fmt::format("{}.example", i), 1, 100, i % 2});
  }
  sites.add({"most.example", 1, 100, 50});
  const std::vector<SiteShare> found = sites.most_cut();
  BOOST_TEST_REQUIRE(found.size() == 20u);
  BOOST_TEST(found[0].site == "most.example");
  BOOST_TEST(found[0].pages == 3u);
  BOOST_TEST(found[0].block_bytes == 850u);
  BOOST_TEST(found[1].block_bytes == 1u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
