// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/reuse/number_slots.h"
#include "copydesk/text/tokenizer.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::Tokens;

Tokens tokens_of(const std::string& text) {
  TokenList list;
  Tokenizer().tokenize(text, list);
  Tokens tokens;
  for (const std::uint64_t hash : list.hashes) tokens.push_back(static_cast<std::uint32_t>(hash));
  return tokens;
}

NumberSlots slots(const std::string& a, const std::string& b) {
  static const NumberTokens numbers;
  PassageOptions options;
  options.minimum_tokens = 8;
  const Tokens tokens_a = tokens_of(a);
  const Tokens tokens_b = tokens_of(b);
  const std::vector<Passage> passages = align(tokens_a, tokens_b, options);
  NumberSlotFinder finder(numbers);
  const NumberSlots found = finder.find(passages, tokens_a, tokens_b);
  // Knowing where the numbers stand saves looking for them, and changes nothing.
  Tokens before{0};
  for (const std::uint32_t token : tokens_a) {
    before.push_back(before.back() + (numbers.contains(token) ? 1 : 0));
  }
  const NumberSlots again = finder.find(passages, tokens_a, tokens_b, before);
  BOOST_TEST(again.slots == found.slots);
  BOOST_TEST(again.shifted_alike == found.shifted_alike);
  BOOST_TEST(again.distinct_alike == found.distinct_alike);
  BOOST_TEST(again.ascending == found.ascending);
  return found;
}

const std::vector<std::string> kSentences{
    "whoever finds a lost net on the shore hands it to the harbor master",
    "the harbor master keeps it dry for a year and a day at his own cost",
    "if nobody asks for it by then the finder may take it home again",
    "a boat that drifts into the port is towed to the eastern quay",
    "the owner pays for the rope and for the hours of the pilot",
    "nets with a mesh below the measure are cut and burned in public"};

// The sentences one after the other, each behind what `mark` gives for its number.
template <class Mark>
std::string numbered(Mark&& mark) {
  std::string text;
  for (int i = 0; i < static_cast<int>(kSentences.size()); ++i) {
    text += std::string(mark(i)) + " " + kSentences[static_cast<std::size_t>(i)] + ". ";
  }
  return text;
}

std::string clock(int seconds) {
  const auto two = [](int n) { return (n < 10 ? "0" : "") + std::to_string(n); };
  return "00:" + two(seconds / 60) + ":" + two(seconds % 60);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(number_slots)

BOOST_AUTO_TEST_CASE(what_is_numbered_anew_is_a_row_of_counters) {
  const NumberSlots laws = slots(numbered([](int i) { return std::to_string(i + 1) + "."; }),
                                 numbered([](int i) { return std::to_string(i + 11) + "."; }));
  // The first number stands before the first equal word and belongs to no passage.
  BOOST_TEST(laws.slots == 5u);
  BOOST_TEST(laws.shifted_alike == 5u);
  BOOST_TEST(laws.distinct_alike == 5u);
  BOOST_TEST(laws.ascending == 4u);
  BOOST_TEST(laws.are_counters());
  BOOST_TEST(slots(numbered([](int i) { return "3:" + std::to_string(i + 1); }),
                   numbered([](int i) { return "5:" + std::to_string(i + 1); }))
                 .are_counters());
}

BOOST_AUTO_TEST_CASE(times_that_are_shifted_count_up_on_both_sides) {
  const NumberSlots times = slots(numbered([](int i) { return clock(25 + 13 * i); }),
                                  numbered([](int i) { return clock(55 + 13 * i); }));
  BOOST_TEST(times.slots == 6u);
  BOOST_TEST(times.ascending == 5u);
  BOOST_TEST(times.are_counters());
}

BOOST_AUTO_TEST_CASE(figures_without_order_are_none) {
  const int first[] = {41, 7, 90, 12, 66, 30};
  const int second[] = {3, 55, 19, 80, 21, 4};
  const NumberSlots form = slots(numbered([&](int i) { return std::to_string(first[i]); }),
                                 numbered([&](int i) { return std::to_string(second[i]); }));
  BOOST_TEST(form.slots == 5u);
  BOOST_TEST(!form.are_counters());
  // The same shift of one number again and again is a date, no numbering.
  const NumberSlots dated = slots(numbered([](int) { return "1998"; }),
                                  numbered([](int) { return "1999"; }));
  BOOST_TEST(dated.shifted_alike == 5u);
  BOOST_TEST(dated.distinct_alike == 1u);
  BOOST_TEST(!dated.are_counters());
}

BOOST_AUTO_TEST_CASE(equal_texts_and_words_have_no_slots) {
  const std::string text = numbered([](int i) { return std::to_string(i); });
  BOOST_TEST(slots(text, text).slots == 0u);
  BOOST_TEST(slots(numbered([](int i) { return std::string(1, static_cast<char>('a' + i)); }),
                   numbered([](int i) { return std::string(1, static_cast<char>('k' + i)); }))
                 .slots == 0u);
  // One number beside two.
  BOOST_TEST(slots(numbered([](int) { return std::string("999"); }),
                   numbered([](int) { return std::string("1,000"); }))
                 .slots == 0u);
  BOOST_TEST(slots("", text).slots == 0u);
}

BOOST_AUTO_TEST_CASE(a_stretch_of_numbers_goes_over_equal_ones) {
  // 1 2 3 beside 1 9 3: one slot, whose shift is 7, as that of 4 2 beside 4 9.
  const NumberSlots found = slots("the gauge reads 1 2 3 " + kSentences[0] + " 4 2 " + kSentences[1],
                                  "the gauge reads 1 9 3 " + kSentences[0] + " 4 9 " + kSentences[1]);
  BOOST_TEST(found.slots == 2u);
  BOOST_TEST(found.shifted_alike == 2u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
