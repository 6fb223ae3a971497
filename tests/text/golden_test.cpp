// SPDX-License-Identifier: Apache-2.0
//
// tests/golden/tokens.tsv: a text, its folded tokens, their hashes. These are data that runs of
// different versions exchange: whoever changes a line has changed the rules and must raise
// kTextRulesVersion.

#include <boost/test/unit_test.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "copydesk/text/sentence_splitter.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// \u{HEX} stands for a character that an editor would not show.
std::string unescape(const std::string& field) {
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field.compare(i, 3, "\\u{") != 0) {
      text += field[i];
      continue;
    }
    const std::size_t end = field.find('}', i);
    char bytes[4];
    const auto code_point =
        static_cast<std::uint32_t>(std::stoul(field.substr(i + 3, end - i - 3), nullptr, 16));
    text.append(bytes, encode_utf8(code_point, bytes));
    i = end;
  }
  return text;
}

bool is_word_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
}

std::string join_words(std::string_view folded) {
  std::string words;
  bool is_inside = false;
  for (const char c : folded) {
    if (is_word_byte(c)) {
      if (!is_inside && !words.empty()) words += '|';
      words += c;
    }
    is_inside = is_word_byte(c);
  }
  return words;
}

std::string join_hashes(const std::vector<std::uint64_t>& hashes) {
  std::string joined;
  for (const std::uint64_t hash : hashes) {
    char digits[24];
    std::snprintf(digits, sizeof(digits), "%016llx", static_cast<unsigned long long>(hash));
    if (!joined.empty()) joined += '|';
    joined += digits;
  }
  return joined;
}

BOOST_AUTO_TEST_SUITE(golden)

BOOST_AUTO_TEST_CASE(tokens_and_hashes_stay_as_they_are) {
  std::ifstream file(COPYDESK_SOURCE_DIR "/tests/golden/tokens.tsv");
  Tokenizer tokenizer;
  TokenList tokens;
  std::string line;
  int lines = 0;
  while (std::getline(file, line)) {
    const std::size_t first = line.find('\t');
    const std::size_t second = line.find('\t', first + 1);
    BOOST_REQUIRE_MESSAGE(first != std::string::npos && second != std::string::npos, line);
    tokenizer.tokenize(unescape(line.substr(0, first)), tokens);
    const std::string actual = line.substr(0, first) + '\t' + join_words(tokenizer.folded()) +
                               '\t' + join_hashes(tokens.hashes);
    BOOST_TEST(actual == line);
    ++lines;
  }
  BOOST_TEST(lines >= 40);
}

// tests/golden/sentences.txt: what the marks in it mean stands at its head.
BOOST_AUTO_TEST_CASE(sentences_end_where_they_are_marked) {
  std::ifstream file(COPYDESK_SOURCE_DIR "/tests/golden/sentences.txt");
  const auto trimmed = [](const std::string& part) {
    const std::size_t begin = part.find_first_not_of(" \n");
    const std::size_t end = part.find_last_not_of(" \n");
    return begin == part.npos ? std::string() : part.substr(begin, end + 1 - begin);
  };
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    const std::size_t tab = line.find('\t');
    BOOST_REQUIRE_MESSAGE(tab != line.npos, line);
    const std::string language = line.substr(0, tab);
    std::string text, piece;
    std::vector<std::string> wanted;
    for (std::size_t i = tab + 1; i < line.size(); ++i) {
      if (line[i] == '|') {
        wanted.push_back(trimmed(piece));
        piece.clear();
        continue;
      }
      const bool is_line_end = line.compare(i, 2, "\\n") == 0;
      text += is_line_end ? '\n' : line[i];
      piece += text.back();
      i += is_line_end ? 1 : 0;
    }
    wanted.push_back(trimmed(piece));
    SentenceSplitter splitter({language == "-" ? "" : language, Quotations::kSplit});
    SentenceList list;
    splitter.split(text, list);
    std::vector<std::string> sentences;
    for (const TextSpan& span : list.spans) sentences.emplace_back(span.of(text));
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(sentences == wanted, boost::test_tools::per_element());
    }
    ++cases;
  }
  BOOST_TEST(cases >= 70);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
