#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Text to the tokens that ROUGE counts, as numbers.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace copydesk {

enum class RougeTokens {
  // As rouge_score: lower-cased runs of a-z and 0-9; everything else separates. Text in another
  // script has no tokens and accented letters split words.
  kAscii,
  // Letters, marks and digits of any script, after NFKC case folding; characters of scripts written
  // without spaces (Han, kana, Thai, Lao, Khmer, Myanmar) are tokens of their own.
  kUnicode,
};

// The tokens of one text, line by line: line i is tokens[line_begin[i], line_begin[i + 1]).
struct RougeText {
  std::vector<std::uint32_t> tokens;
  std::vector<std::size_t> line_begin;  // one entry more than there are lines

  [[nodiscard]] std::size_t lines() const { return line_begin.size() - 1; }
};

// Gives equal tokens equal numbers, from 0 on, as long as the object lives or until forget().
// One object per thread.
class RougeTokenizer {
 public:
  // With `stem`, tokens of more than 3 ASCII letters and digits are stemmed (porter_stem).
  RougeTokenizer(RougeTokens rule, bool stem) : rule_(rule), stem_(stem) {}

  // Replaces the contents of `result`. Lines end at "\n" only; empty ones are kept.
  // Bytes that are not UTF-8 separate tokens.
  void tokenize(std::string_view text, RougeText& result);

  // How many numbers have been given out.
  [[nodiscard]] std::size_t vocabulary() const { return numbers_; }

  // Starts again from 0. Numbers given out before have no meaning any more.
  void forget();

 private:
  void tokenize_ascii(std::string_view text, RougeText& result);
  void tokenize_unicode(std::string_view text, RougeText& result);
  std::uint32_t number_of(const std::string& token);

  RougeTokens rule_;
  bool stem_;
  std::uint32_t numbers_ = 0;
  std::unordered_map<std::string, std::uint32_t> number_of_token_;  // before stemming
  std::unordered_map<std::string, std::uint32_t> number_of_stem_;
  std::string token_;
  std::vector<std::uint32_t> folded_;  // of the text in hand
};

}  // namespace copydesk
