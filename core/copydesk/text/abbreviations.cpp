// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/abbreviations.h"

#include <algorithm>

#include "copydesk/text/abbreviation_lists.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::string_view kEnglish = "en";

bool is_ordinal(std::string_view language) {
  return std::any_of(kLanguageLists.begin(), kLanguageLists.end(), [&](const LanguageLists& lists) {
    return lists.language == language && lists.has_ordinal_stop;
  });
}

template <class Visit>
void for_each_word(std::string_view list, Visit&& visit) {
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(' ', begin), list.size());
    visit(list.substr(begin, end - begin));
    begin = end + 1;
  }
}

// A hash of the letters of ASCII, whatever their case, in [0, 8192).
std::uint32_t place_in_filter(std::string_view word) {
  std::uint32_t hash = static_cast<std::uint32_t>(word.size());
  for (const char c : word) hash = (hash ^ (static_cast<unsigned char>(c) | 0x20U)) * 0x9E3779B1U;
  return hash >> 19;
}

bool is_ascii(std::string_view word) {
  return std::all_of(word.begin(), word.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

}  // namespace

void Abbreviations::Filter::add(std::string_view word) {
  const std::uint32_t place = place_in_filter(word);
  bits[place / 64] |= std::uint64_t{1} << place % 64;
}

bool Abbreviations::Filter::may_have(std::string_view word) const {
  const std::uint32_t place = place_in_filter(word);
  return (bits[place / 64] >> place % 64 & 1) != 0;
}

void lower_case(std::string_view word, std::string& out) {
  out.clear();
  for (std::size_t i = 0; i < word.size();) {
    const DecodedCharacter decoded = decode_utf8(word.data() + i);
    i += decoded.length;
    if (decoded.code_point < 0x80) {
      const char letter = static_cast<char>(decoded.code_point);
      out += letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
      continue;
    }
    char bytes[4];
    out.append(bytes, encode_utf8(lower_case_of(decoded.code_point), bytes));
  }
}

Abbreviations::Abbreviations(const std::string& language) {
  const std::string chosen = language.empty() ? "en" : language;
  // The first list to name a word decides: the language, the lists of scripts, then English, whose
  // abbreviations turn up in every language's news.
  for (const std::string_view wanted : {std::string_view(chosen), std::string_view(), kEnglish}) {
    for (const LanguageLists& lists : kLanguageLists) {
      if (lists.language == wanted) add(lists);
    }
    if (wanted == chosen) has_ordinal_stop_ = is_ordinal(chosen);
  }
  if (has_ordinal_stop_) {
    add(kMonthNames, AbbreviationKind::kMonth);
  }
  if (chosen == kEnglish) {
    for_each_word(kCapitalizedAbbreviations, [&](std::string_view word) {
      suppressions_.emplace(word, AbbreviationKind::kGeneral);
    });
  }
  add_suppressions(chosen);
  for (const auto& [word, kind] : words_) abbreviation_filter_.add(word);
  for (const auto& [word, kind] : suppressions_) abbreviation_filter_.add(word);
  for (const std::string& word : openers_) opener_filter_.add(word);
}

bool Abbreviations::has_lists(std::string_view language) {
  const bool has_own =
      std::any_of(kLanguageLists.begin(), kLanguageLists.end(),
                  [&](const LanguageLists& lists) { return lists.language == language; });
  return !language.empty() && (has_own || !sentence_suppressions(language).empty());
}

void Abbreviations::add(const LanguageLists& lists) {
  add(lists.titles, AbbreviationKind::kTitle);
  add(lists.numbers, AbbreviationKind::kNumber);
  add(lists.months, AbbreviationKind::kMonth);
  add(lists.general, AbbreviationKind::kGeneral);
  for_each_word(lists.openers, [&](std::string_view word) { openers_.emplace(word); });
}

void Abbreviations::add(std::string_view list, AbbreviationKind kind) {
  for_each_word(list, [&](std::string_view word) { words_.emplace(word, kind); });
}

// The list is the one FilteredBreakIteratorBuilder of ICU works with. A language without a list
// gets no other language's.
void Abbreviations::add_suppressions(const std::string& language) {
  std::string_view list = sentence_suppressions(language);
  while (!list.empty()) {
    const std::size_t end = list.find('\n');
    std::string_view word = list.substr(0, end);
    list.remove_prefix(end + 1);
    if (word.ends_with('.')) word.remove_suffix(1);
    // In "a. b." the part behind the last space decides.
    word.remove_prefix(word.rfind(' ') + 1);
    suppressions_.emplace(word, AbbreviationKind::kGeneral);
  }
}

AbbreviationKind Abbreviations::kind_of(std::string_view word) const {
  if (word.empty() || word.size() > kLongestWord) return AbbreviationKind::kNone;
  if (is_ascii(word) && !abbreviation_filter_.may_have(word)) return AbbreviationKind::kNone;
  std::string lower;
  lower_case(word, lower);
  if (const auto found = words_.find(lower); found != words_.end()) return found->second;
  if (const auto found = suppressions_.find(word); found != suppressions_.end()) {
    return found->second;
  }
  return AbbreviationKind::kNone;
}

bool Abbreviations::opens_sentences(std::string_view word) const {
  if (word.empty() || word.size() > kLongestWord) return false;
  if (is_ascii(word) && !opener_filter_.may_have(word)) return false;
  std::string lower;
  lower_case(word, lower);
  return openers_.contains(lower);
}

}  // namespace copydesk
