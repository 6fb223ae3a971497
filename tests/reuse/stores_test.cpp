// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

#include "copydesk/reuse/entry_partitions.h"
#include "copydesk/reuse/text_store.h"
#include "copydesk/reuse/token_frequencies.h"
#include "reuse/made_tokens.h"
#include "temporary_folder.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(stores)

BOOST_AUTO_TEST_CASE(partitions_give_everything_back_sorted_with_and_without_a_file) {
  const tests::TemporaryFolder folder;
  for (const std::size_t memory :
       {std::size_t{0}, std::size_t{100'000}, std::size_t{100'000'000}}) {
    BOOST_TEST_CONTEXT("memory " << memory) {
      tests::Random random(20);
      EntryPartitions partitions(folder.path(), memory);
      std::vector<std::vector<JoinEntry>> expected(EntryPartitions::kCount);
      for (std::uint32_t i = 0; i < 100'000; ++i) {
        const JoinEntry entry{static_cast<std::uint32_t>(random()) % 50,
                              static_cast<std::uint32_t>(random()) % 50, i};
        const std::size_t partition = random() % (EntryPartitions::kCount - 1);
        partitions.add(partition, entry);
        expected[partition].push_back(entry);
      }
      BOOST_TEST(partitions.size() == 100'000u);
      BOOST_TEST((partitions.bytes_on_disk() > 0) == (memory < 10'000'000));
      std::vector<JoinEntry> found;
      for (std::size_t partition = 0; partition < expected.size(); ++partition) {
        std::sort(expected[partition].begin(), expected[partition].end());
        partitions.take_sorted(partition, found);
        BOOST_REQUIRE(found == expected[partition]);
        partitions.take_sorted(partition, found);
        BOOST_REQUIRE(found.empty());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(entries_of_every_kind_come_back_sorted) {
  tests::Random random(22);
  // How far keys and values spread: hashes, numbers that recur, one value, two far apart.
  const auto draw = [&](int kind) -> std::uint32_t {
    const auto value = static_cast<std::uint32_t>(random());
    switch (kind) {
      case 0:
        return value;
      case 1:
        return value % 40;
      case 2:
        return 7;
      default:
        return value % 100 == 0 ? ~std::uint32_t{0} : value % 3;
    }
  };
  for (int kinds = 0; kinds < 64; ++kinds) {
    for (const std::size_t count : {0u, 1u, 24u, 25u, 3000u}) {
      BOOST_TEST_CONTEXT("kinds " << kinds << ", " << count << " entries") {
        EntryPartitions partitions("", std::size_t{1} << 30);
        std::vector<JoinEntry> expected;
        for (std::size_t i = 0; i < count; ++i) {
          expected.push_back({draw(kinds % 4), draw(kinds / 4 % 4), draw(kinds / 16)});
          partitions.add(3, expected.back());
        }
        std::sort(expected.begin(), expected.end());
        std::vector<JoinEntry> found;
        partitions.take_sorted(3, found);
        BOOST_REQUIRE(found == expected);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_only_one_value_has_is_mostly_left_out) {
  tests::Random random(23);
  EntryPartitions partitions("", std::size_t{1} << 30);
  std::vector<JoinEntry> shared, all;
  for (std::uint32_t key = 0; key < 4000; ++key) {
    const auto high = static_cast<std::uint32_t>(random());
    const auto low = static_cast<std::uint32_t>(random());
    const std::uint32_t holders = key % 4 == 0 ? 3 : 1;
    for (std::uint32_t holder = 0; holder < holders; ++holder) {
      all.push_back({high, low, key + holder});
      all.push_back({high, low, key + holder});  // twice in one text
      if (holders > 1) shared.insert(shared.end(), 2, all.back());
    }
  }
  for (const JoinEntry& entry : all) partitions.add(0, entry);
  std::vector<JoinEntry> found;
  partitions.take_shared(0, found);
  std::sort(shared.begin(), shared.end());
  BOOST_TEST(std::is_sorted(found.begin(), found.end()));
  BOOST_TEST(std::includes(found.begin(), found.end(), shared.begin(), shared.end()));
  BOOST_TEST(found.size() < shared.size() + all.size() / 4);
}

BOOST_AUTO_TEST_CASE(texts_come_back_with_their_places_from_memory_and_file) {
  const tests::TemporaryFolder folder;
  for (const std::size_t memory : {std::size_t{0}, std::size_t{1} << 30}) {
    TextStore store(folder.path(), memory);
    std::vector<TokenList> lists;
    tests::Random random(21);
    for (std::uint32_t document = 0; document < 600; ++document) {
      TokenList tokens;
      const std::size_t count = random() % 2000;
      for (std::size_t i = 0; i < count; ++i) {
        tokens.hashes.push_back(std::uint64_t{random()} << 32 | random());
        tokens.spans.push_back({6 * i, 6 * i + 1 + random() % 5});
      }
      store.add(3 * document, tokens);
      lists.push_back(tokens);
    }
    BOOST_TEST((store.bytes_on_disk() > 0) == (memory == 0));
    TextStore::Buffer buffer;
    for (std::uint32_t document = 600; document-- > 0;) {
      const TextStore::View view = store.get(3 * document, buffer);
      const TokenList& expected = lists[document];
      BOOST_REQUIRE_EQUAL(view.tokens.size(), expected.size());
      BOOST_REQUIRE_EQUAL(store.token_count(3 * document), expected.size());
      for (std::size_t i = 0; i < expected.size(); ++i) {
        BOOST_REQUIRE_EQUAL(view.tokens[i], static_cast<std::uint32_t>(expected.hashes[i]));
        BOOST_REQUIRE(view.bytes(i, i + 1) == expected.spans[i]);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(rare_is_relative_to_the_corpus) {
  TokenFrequencies frequencies;
  const std::vector<std::uint32_t> common{TokenFrequencies::slot_of(11)};
  const std::vector<std::uint32_t> both{TokenFrequencies::slot_of(11),
                                        TokenFrequencies::slot_of(12)};
  for (int i = 0; i < 19'700; ++i) frequencies.add_document(common);
  for (int i = 0; i < 300; ++i) frequencies.add_document(both);
  BOOST_TEST(frequencies.rare_limit() == 200u);
  BOOST_TEST(!frequencies.is_rare(11));
  BOOST_TEST(!frequencies.is_rare(12));
  BOOST_TEST(frequencies.is_rare(13));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
