// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

#include "copydesk/write/record_cut.h"

namespace copydesk {
namespace {

std::string cut(std::string_view record, std::string_view field, std::vector<TextSpan> spans) {
  std::string out;
  append_cut_record(out, record, field, spans);
  return out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(record_cut)

BOOST_AUTO_TEST_CASE(other_bytes_stay_as_they_are) {
  BOOST_TEST(
      cut(R"({ "n" : 1e400, "text":"ab\u00e9c" ,"z":[]} )", "text", {{1, 4}}) ==
      R"({ "n" : 1e400, "text":"ac" ,"z":[],"copydesk_removed":[{"begin":1,"text":"b\u00e9"}]} )");
  const std::string_view plain = R"({"text":"a"})";
  BOOST_TEST(cut(plain, "text", {}) == plain);
  BOOST_TEST(!restore_record(plain, "text"));
  BOOST_TEST(
      !restore_record(R"({"text":"a","copydesk_removed":[{"begin":9,"text":"b"}]})", "text"));
  BOOST_TEST(!restore_record(R"({"text":"a","copydesk_removed":17})", "text"));
  // What cannot be undone is told from what was never cut.
  bool is_damaged = true;
  BOOST_TEST(!restore_record(plain, "text", &is_damaged));
  BOOST_TEST(!is_damaged);
  for (const std::string_view record :
       {R"({"text":"a","copydesk_removed":[{"begin":9,"text":"b"}]})",
        "{\"text\":\"Gr\u00F6\u00DFe\",\"copydesk_removed\":[{\"begin\":3,\"text\":\"X\"}]}",
        R"({"text":"Gr\u00f6e","copydesk_removed":[{"begin":3,"text":"X"}]})",
        R"({"text":"abc","copydesk_removed":[{"begin":2,"text":"X"},{"begin":1,"text":"Y"}]})"}) {
    BOOST_TEST_CONTEXT(record) {
      BOOST_TEST(!restore_record(record, "text", &is_damaged));
      BOOST_TEST(is_damaged);
    }
  }
}

// Characters as a writer may spell them, with the bytes they have in the text.
BOOST_AUTO_TEST_CASE(any_cuts_of_any_spelling_are_restored) {
  const struct {
    const char* written;
    std::size_t bytes;
  } kSpellings[] = {{"a", 1},
                    {"\\n", 1},
                    {"\\u0041", 1},
                    {"\\\"", 1},
                    {"\\\\", 1},
                    {"\\/", 1},
                    {"\u00E9", 2},
                    {"\\u00e9", 2},
                    {"\u4E2D", 3},
                    {"\\u4e2d", 3},
                    {"\\ud83d\\ude00", 4},
                    {"\U0001F600", 4},
                    {"copydesk_removed\\\":[", 19}};
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    std::mt19937 random(seed);
    std::string written;
    std::vector<std::size_t> bounds{0};
    for (unsigned i = 0, count = static_cast<unsigned>(random() % 20); i < count; ++i) {
      const auto& spelling = kSpellings[random() % std::size(kSpellings)];
      written += spelling.written;
      bounds.push_back(bounds.back() + spelling.bytes);
    }
    std::vector<TextSpan> spans;
    for (std::size_t i = 0; i + 1 < bounds.size(); ++i) {
      if (random() % 3 != 0) continue;
      const std::size_t end = i + 1 + random() % (bounds.size() - i - 1);
      spans.push_back({bounds[i], bounds[end]});
      i = end;
    }
    const bool nested = random() % 2 == 0;
    const std::string record = nested ? "{\"meta\":{\"text\":\"" + written + "\"},\"id\":7}"
                                      : "{\"id\":7,\"text\": \"" + written + "\" }";
    const std::string field = nested ? "meta.text" : "text";
    const std::string result = cut(record, field, spans);
    BOOST_TEST_CONTEXT("seed " << seed << " " << record << " " << result) {
      if (spans.empty()) {
        BOOST_TEST(result == record);
        continue;
      }
      const auto restored = restore_record(result, field);
      BOOST_REQUIRE(restored.has_value());
      BOOST_TEST(*restored == record);
    }
  }
}

BOOST_AUTO_TEST_CASE(two_cuts_are_restored_one_by_one) {
  const std::string record = R"({"text":"one two three"})";
  const std::string once = cut(record, "text", {{0, 4}});
  const std::string twice = cut(once, "text", {{0, 4}});
  BOOST_TEST(restore_record(twice, "text").value() == once);
  BOOST_TEST(restore_record(once, "text").value() == record);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
