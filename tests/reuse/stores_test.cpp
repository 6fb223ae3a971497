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
