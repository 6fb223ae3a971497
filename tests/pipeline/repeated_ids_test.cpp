// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/repeated_ids.h"

#include <boost/test/unit_test.hpp>
#include <random>
#include <set>
#include <string>
#include <vector>

namespace copydesk {

namespace {

CorpusTable table_of(const std::vector<std::string>& ids) {
  CorpusTable table;
  DocumentList documents;
  for (const std::string& id : ids) {
    documents.rows.emplace_back();
    documents.ids += id;
    documents.id_sizes.push_back(static_cast<std::uint32_t>(id.size()));
  }
  table.append({}, documents);
  return table;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repeated_ids)

BOOST_AUTO_TEST_CASE(all_but_the_first_of_an_id_are_counted) {
  BOOST_TEST(count_repeated_ids(table_of({})) == 0u);
  BOOST_TEST(count_repeated_ids(table_of({"7", "8", "7", "7"})) == 2u);
  BOOST_TEST(count_repeated_ids(table_of({"7", "8", "7", "7"}), 1) == 1u);
  BOOST_TEST(count_repeated_ids(table_of({"", "", "a", "", "a"})) == 1u);
}

BOOST_AUTO_TEST_CASE(more_than_are_counted_at_once) {
  std::mt19937_64 random(15);
  std::vector<std::string> ids;
  std::set<std::string> distinct;
  for (int i = 0; i < 2'200'000; ++i) {
    ids.push_back(i % 7 == 0 ? std::to_string(random() % 1000) : "n" + std::to_string(i));
  }
  distinct.insert(ids.begin(), ids.end());
  BOOST_TEST(count_repeated_ids(table_of(ids)) == ids.size() - distinct.size());
}

BOOST_AUTO_TEST_CASE(the_user_is_told) {
  std::string note;
  RunControl control;
  control.on_note = [&](const std::string& sentence) { note = sentence; };
  note_repeated_ids(table_of({"a", "b"}), 0, control);
  BOOST_TEST(note.empty());
  note_repeated_ids(table_of({"a", "a"}), 0, control);
  BOOST_TEST(note.starts_with("1 record has an id"));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
