// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/key_columns.h"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <utility>
#include <vector>

#include "random_sets.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

constexpr std::size_t kColumns = 3;
constexpr std::uint64_t kMask = (std::uint64_t{1} << kIndexKeyBits) - 1;

BOOST_AUTO_TEST_SUITE(key_columns)

// Against comparing every key with every other.
BOOST_AUTO_TEST_CASE(all_documents_with_an_asked_key_are_found) {
  RandomValues random(5);
  for (const std::uint32_t documents : {1u, 31u, 700u, 20'000u, 70'000u}) {
    const TemporaryFolder folder;
    std::vector<std::vector<std::uint64_t>> keys(kColumns);
    for (std::size_t column = 0; column < kColumns; ++column) {
      for (std::uint32_t document = 0; document < documents; ++document) {
        // In the second column many documents share a few keys, some of them the ends of the range.
        const std::uint64_t value = random.next() & kMask;
        keys[column].push_back(column != 1     ? value
                               : value % 3 == 0 ? 0
                               : value % 3 == 1 ? kMask
                                                : value % 16 << 36);
      }
    }
    const IndexFileIdentity identity{IndexFileKind::kKeys, 4, {1, 2}};
    BlockFileWriter writer(folder.path("keys"), identity, 4096);
    write_key_columns(writer, kColumns, documents, [&](std::size_t column, const auto& take) {
      for (std::uint32_t i = documents; i > 0; --i) take(keys[column][i - 1] | ~kMask, i - 1);
    });
    const IndexFileSeal seal = writer.finish();
    const BlockFile file(folder.path("keys"), identity, seal);
    const KeyColumns columns(file, kColumns, documents);
    for (std::size_t column = 0; column < kColumns; ++column) {
      for (const std::size_t queries : {1u, 40u, 2000u}) {
        if (column == 1 && queries * documents > 1'000'000) continue;  // each would find a third
        std::vector<AskedKey> asked;
        for (std::uint32_t i = 0; i < queries; ++i) {
          const bool is_there = random.next() % 2 == 0;
          asked.push_back({is_there ? keys[column][random.next() % documents] : random.next() & kMask, i});
        }
        std::sort(asked.begin(), asked.end(),
                  [](const AskedKey& x, const AskedKey& y) { return x.key < y.key; });
        Pairs found;
        BlockFile::Buffer buffer;
        columns.look_up(column, asked, buffer, [&](std::uint32_t query, std::uint32_t document) {
          found.emplace_back(query, document);
        });
        Pairs expected;
        std::vector<std::pair<std::uint64_t, std::uint32_t>> sorted;
        for (std::uint32_t i = 0; i < documents; ++i) sorted.emplace_back(keys[column][i], i);
        std::sort(sorted.begin(), sorted.end());
        for (const AskedKey& one : asked) {
          for (auto at = std::lower_bound(sorted.begin(), sorted.end(), std::pair(one.key, 0u));
               at != sorted.end() && at->first == one.key; ++at) {
            expected.emplace_back(one.query, at->second);
          }
        }
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        BOOST_TEST_CONTEXT(documents << " documents, column " << column << ", " << queries) {
          BOOST_TEST((found == expected));
        }
      }
      std::uint64_t count = 0;
      std::uint64_t before = 0;
      bool is_right = true;
      columns.for_each(column, 0, 0, [&](std::uint64_t key, std::uint32_t document) {
        is_right = is_right && key >= before && keys[column][document] == key;
        before = key;
        ++count;
      });
      BOOST_TEST(is_right);
      BOOST_TEST(count == documents);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
