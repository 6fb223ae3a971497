// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/batch_copies.h"

#include <boost/test/unit_test.hpp>

#include <memory>
#include <string>
#include <vector>

#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

constexpr std::uint64_t kMany = 1'000'000;

RecordBatch owned(std::uint64_t sequence, const std::string& bytes) {
  RecordBatch batch;
  batch.sequence = sequence;
  const auto owner = std::make_shared<std::string>(bytes);
  batch.owner = owner;
  batch.owned_bytes = *owner;
  return batch;
}

std::vector<std::string> texts() {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < 20; ++i)
    all.push_back(std::string(50 + i, static_cast<char>('a' + i)));
  return all;
}

// Every second batch has no copy, and they come in any order.
void keep_all(BatchCopies& copies) {
  const std::vector<std::string> all = texts();
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t next = i * 7 % all.size();
    copies.keep(owned(2 * next, all[next]));
  }
}

void check_all(const BatchCopies& copies, bool in_memory) {
  const std::vector<std::string> expected = texts();
  for (std::size_t i = 0; i < expected.size(); ++i) {
    BOOST_TEST_REQUIRE(copies.has(2 * i));
    BOOST_TEST(!copies.has(2 * i + 1));
    BOOST_TEST(copies.is_in_memory(2 * i) == in_memory);
    std::string part(expected[i].size() - 3, '\0');
    copies.read(2 * i, 2, part);
    BOOST_TEST(part == expected[i].substr(2, part.size()));
    if (!in_memory) continue;
    RecordBatch batch;
    batch.bytes = "what was here before";
    copies.share(2 * i, batch);
    BOOST_TEST(batch.text() == expected[i]);
  }
  BOOST_TEST(!copies.has(2 * expected.size()));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(batch_copies)

BOOST_AUTO_TEST_CASE(stay_in_memory_up_to_a_bound_and_move_to_a_file_beyond) {
  for (const std::uint64_t memory :
       {std::uint64_t{0}, std::uint64_t{49}, std::uint64_t{700}, kMany}) {
    const TemporaryFolder folder;
    BatchCopies copies(folder.path(), memory, kMany);
    keep_all(copies);
    BOOST_TEST_CONTEXT(memory << " bytes of memory") check_all(copies, memory == kMany);
  }
}

BOOST_AUTO_TEST_CASE(the_memory_of_owners_is_given_back) {
  const TemporaryFolder folder;
  BatchCopies copies(folder.path(), 100, kMany);
  RecordBatch batch = owned(0, std::string(60, 'x'));
  const std::weak_ptr<const void> memory = batch.owner;
  copies.keep(batch);
  batch = {};
  BOOST_TEST(!memory.expired());
  copies.keep(owned(1, std::string(60, 'y')));
  BOOST_TEST(memory.expired());
}

BOOST_AUTO_TEST_CASE(a_batch_without_an_owner_goes_to_the_file) {
  const TemporaryFolder folder;
  BatchCopies copies(folder.path(), kMany, kMany);
  RecordBatch batch;
  copies.keep(batch);  // empty: there is nothing to own
  BOOST_TEST(copies.is_in_memory(0));
  copies.keep(owned(1, "in memory"));
  batch.sequence = 2;
  batch.bytes = "on its own";
  copies.keep(batch);
  for (const std::size_t i : {0, 1, 2}) {
    BOOST_TEST(copies.has(i));
    BOOST_TEST(!copies.is_in_memory(i));
  }
  std::string bytes(9, '\0');
  copies.read(1, 0, bytes);
  BOOST_TEST(bytes == "in memory");
  bytes.resize(10);
  copies.read(2, 0, bytes);
  BOOST_TEST(bytes == "on its own");
}

BOOST_AUTO_TEST_CASE(all_are_given_up_beyond_the_bound_or_where_no_file_can_be) {
  const TemporaryFolder folder;
  for (const auto& [path, most] :
       {std::pair(folder.path(), std::uint64_t{500}), std::pair(folder.path("missing"), kMany)}) {
    for (const std::uint64_t memory : {std::uint64_t{10}, std::uint64_t{400}}) {
      BatchCopies copies(path, memory, most);
      keep_all(copies);
      for (std::size_t i = 0; i < 50; ++i) BOOST_TEST(!copies.has(i));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk::tests
