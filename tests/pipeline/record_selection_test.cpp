// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/record_selection.h"

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "random_sets.h"

namespace copydesk::tests {

BOOST_AUTO_TEST_SUITE(record_selection)

// Records of a batch between line ends of both kinds, blank lines and lines that are no records.
BOOST_AUTO_TEST_CASE(what_is_wanted_and_no_more_is_read) {
  RandomValues random(8);
  for (int round = 0; round < 300; ++round) {
    RecordBatch batch;
    CorpusTable table;
    table.batches.emplace_back();
    std::vector<std::string> records;
    const std::size_t count = random.next() % 12;
    for (std::size_t i = 0; i < count; ++i) {
      constexpr std::string_view kBetween[] = {"", "", "\n", "\r\n", "not a record\n"};
      batch.bytes += kBetween[random.next() % std::size(kBetween)];
      records.push_back("record " + std::string(random.next() % 20, 'x') + std::to_string(i));
      DocumentRow row;
      row.offset = static_cast<std::uint32_t>(batch.bytes.size());
      row.size = static_cast<std::uint32_t>(records.back().size());
      table.documents.push_back(row);
      batch.bytes += records.back() + (random.next() % 2 == 0 ? "\n" : "\r\n");
    }
    std::vector<bool> wanted(count);
    std::vector<std::uint32_t> expected;
    std::string lines;
    for (std::uint32_t i = 0; i < count; ++i) {
      wanted[i] = random.next() % 3 != 0;
      if (!wanted[i]) continue;
      expected.push_back(i);
      lines += records[i] + '\n';
    }
    std::vector<bool> is_read(batch.bytes.size());
    const auto read = [&](std::uint32_t offset, std::span<char> bytes) {
      BOOST_TEST_REQUIRE(offset + bytes.size() <= batch.bytes.size());
      for (std::size_t i = 0; i < bytes.size(); ++i) {
        bytes[i] = batch.bytes[offset + i];
        is_read[offset + i] = true;
      }
    };
    RecordBatch elsewhere = batch;
    elsewhere.bytes.clear();
    for (const bool from_batch : {true, false}) {
      RecordBatch selected;
      selected.bytes = "left over";
      std::vector<std::uint32_t> documents;
      if (from_batch) {
        select_records(batch, table, wanted, selected, documents);
      } else {
        select_records(elsewhere, table, wanted, read, selected, documents);
      }
      BOOST_TEST(documents == expected, boost::test_tools::per_element());
      // Line ends apart, which the parser passes over.
      std::string found = selected.bytes;
      std::erase(found, '\r');
      for (std::size_t at; (at = found.find("\n\n")) != std::string::npos;) found.erase(at, 1);
      BOOST_TEST((found.starts_with('\n') ? found.substr(1) : found) == lines);
    }
    for (std::uint32_t i = 0; i < count; ++i) {
      if (!wanted[i]) BOOST_TEST(!is_read[table.documents[i].offset]);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk::tests
