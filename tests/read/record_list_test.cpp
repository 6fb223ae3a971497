// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/record_list.h"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "temporary_folder.h"

namespace copydesk {

namespace {

bool has(const RecordList& list, std::string_view id, std::string_view file, std::uint64_t line) {
  std::vector<std::uint32_t> entries;
  list.find(id, file, line, entries);
  return !entries.empty();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_lists)

BOOST_AUTO_TEST_CASE(places_say_more_than_ids) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.write(
      "list.jsonl", "\xef\xbb\xbf{\"id\":7,\"file\":\"a/./b\",\"line\":3}\r\n\n{\"id\":true}\n");
  const RecordList list = RecordList::read(path, false);
  BOOST_TEST(list.size() == 2u);
  BOOST_TEST(has(list, "other", "a/b", 3));
  BOOST_TEST(!has(list, "7", "c", 1));
  BOOST_TEST(!has(list, "7", "a/b", 4));
  BOOST_TEST(has(list, "true", "c", 1));
  const RecordList by_id = RecordList::read(path, true);
  BOOST_TEST(has(by_id, "7", "c", 1));
  BOOST_TEST(!has(by_id, "other", "a/b", 3));
}

BOOST_AUTO_TEST_CASE(lines_of_text_are_ids_or_places) {
  const tests::TemporaryFolder folder;
  const RecordList list = RecordList::read(folder.write("list", "a\nb.jsonl:2\n  \n"), false);
  BOOST_TEST(has(list, "a", "x", 1));
  BOOST_TEST(has(list, "b.jsonl:2", "x", 1));
  BOOST_TEST(has(list, "", "./b.jsonl", 2));
  BOOST_TEST(!has(list, "", "b.jsonl", 20));
  BOOST_TEST(!has(list, "", "a", 1));
}

BOOST_AUTO_TEST_CASE(what_names_no_record_is_refused_with_its_line) {
  const tests::TemporaryFolder folder;
  for (const char* const bad :
       {"{\"id\":1}\n{\"kept_id\":2}\n", "{\"id\":1}\n{\"id\":\n", "{\"id\":1}\n[1]\n",
        "{\"id\":1}\n{\"id\":1.5}\n", "{\"id\":1}\n{\"file\":\"a\",\"line\":\"x\"}\n"}) {
    const std::string path = folder.write("list", bad);
    BOOST_CHECK_EXCEPTION(RecordList::read(path, false), Error, [&](const Error& error) {
      return error.code() == ErrorCode::kCorruptFile && error.where() == path + ":2";
    });
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
