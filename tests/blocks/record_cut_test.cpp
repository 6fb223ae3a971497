// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

#include "copydesk/read/uncut_text.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/record_cut.h"
#include "copydesk/write/story_record.h"

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

// The text of a record that was cut once, twice or three times is found as it was, and so is where
// each of its places went.
BOOST_AUTO_TEST_CASE(texts_are_found_as_they_were) {
  const char* const kCharacters[] = {"a", "b ", "\n", "\"", "\\", "\t", "\u00E9", "\u4E2D", "\U0001F600",
                                     "\x01", "\"}]"};
  UncutText uncut;
  for (unsigned seed = 1; seed <= 2000; ++seed) {
    std::mt19937 random(seed);
    std::vector<std::string> text;
    for (unsigned i = 0, count = 1 + static_cast<unsigned>(random() % 20); i < count; ++i) {
      text.emplace_back(kCharacters[random() % std::size(kCharacters)]);
    }
    std::string original;
    std::vector<std::size_t> places{0};  // where each character of `text` begins, and the end
    for (const std::string& character : text) {
      original += character;
      places.push_back(original.size());
    }
    std::string record = "{\"text\":";
    append_json_string(record, original);
    record += "}";
    std::vector<bool> is_gone(text.size(), false);
    unsigned cuts = 0;
    for (unsigned round = 0; round < 3; ++round) {
      // Offsets are those of what is left.
      std::vector<TextSpan> spans;
      std::size_t at = 0;
      for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_gone[i]) continue;
        if (random() % 4 == 0) {
          if (!spans.empty() && spans.back().end == at) {
            spans.back().end += text[i].size();
          } else {
            spans.push_back({at, at + text[i].size()});
          }
          is_gone[i] = true;
        }
        at += text[i].size();
      }
      cuts += spans.empty() ? 0 : 1;
      record = cut(record, "text", spans);
    }
    std::string now;
    std::vector<std::size_t> places_now;
    for (std::size_t i = 0; i < text.size(); ++i) {
      places_now.push_back(now.size());
      if (!is_gone[i]) now += text[i];
    }
    places_now.push_back(now.size());
    BOOST_TEST_CONTEXT("seed " << seed << " " << record) {
      BOOST_REQUIRE(uncut.find(record, now) == (cuts > 0));
      if (cuts == 0) continue;
      BOOST_TEST(uncut.text() == original);
      for (std::size_t i = 0; i < places.size(); ++i) {
        BOOST_TEST(uncut.place_now(places[i]) == places_now[i]);
      }
    }
  }
  BOOST_TEST(!uncut.find(R"({"text":"a","copydesk_removed":[{"begin":9,"text":"b"}]})", "a"));
  BOOST_TEST(!uncut.find(R"({"text":"\u00e9","copydesk_removed":[{"begin":1,"text":"b"}]})", "\u00E9"));
  BOOST_TEST(!uncut.find(R"({"text":"a","tags":[{"name":"b"}]})", "a"));
}

BOOST_AUTO_TEST_CASE(a_body_is_read_as_it_was_written) {
  const std::string text = "Head\nOne. \u00E9\nTwo.";
  std::string record = R"({"id":"p","text":"...")";
  append_body_field(record, std::vector<TextSpan>{{5, 10}, {13, 17}});
  record += '}';
  BOOST_TEST(record == R"({"id":"p","text":"...","copydesk_body":[[5,10],[13,17]]})");
  std::vector<TextSpan> parts;
  const std::vector<TextSpan> expected{{5, 10}, {13, 17}};
  BOOST_TEST((read_body_field(record, text, parts) && parts == expected));
  // As other programs write it again.
  const std::string spaced = R"({"text": "...", "copydesk_body": [[5, 10], [13, 17]]} )";
  BOOST_TEST((read_body_field(spaced, text, parts) && parts == expected));
  for (const std::string_view other :
       {R"({"text":"...","copydesk_body":[[5,10],[13,17]],"more":1})", R"({"text":"..."})", R"({"a":[[1,2]]})",
        R"({"xcopydesk_body":[[5,10]]})", R"({"copydesk_body":[[5,10],[9,12]]})",
        R"({"copydesk_body":[[5,99]]})", R"({"copydesk_body":[[5,11]]})", R"({"copydesk_body":[[5]]})",
        R"({"copydesk_body":[]})", R"({"copydesk_body":[[5,99999999999999999999999]]})", "", "]}", "}"}) {
    BOOST_TEST_CONTEXT(other) {
      BOOST_TEST(!read_body_field(other, "Head\nOne. \u00E9\nTwo.", parts));
      BOOST_TEST(parts.empty());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
