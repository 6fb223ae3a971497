#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which words end on a full stop without ending a sentence, and which words open sentences. In
// English "Dr." is among the first and "however" among the second.

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

namespace copydesk {

struct LanguageLists;

enum class AbbreviationKind : std::uint8_t {
  kNone,
  kTitle,    // stands in front of what it belongs to: never ends a sentence
  kNumber,   // goes on if a number follows
  kMonth,    // goes on if a number follows; a full stop after a number goes on if it follows
  kGeneral,  // ends a sentence only in front of a word that often opens one
};

class Abbreviations {
 public:
  // `language` is an ISO 639-1 code; empty stands for English. Lists for scripts that only
  // few languages use are always in.
  explicit Abbreviations(const std::string& language);

  // Whether a language has lists of its own; others have those of the default.
  [[nodiscard]] static bool has_lists(std::string_view language);

  // `word` is without its last full stop. Case matters only to ICU's suppressions.
  [[nodiscard]] AbbreviationKind kind_of(std::string_view word) const;
  [[nodiscard]] bool opens_sentences(std::string_view word) const;

  // In such languages "12." and "XII." are ordinal numbers.
  [[nodiscard]] bool has_ordinal_stop() const { return has_ordinal_stop_; }

  static constexpr std::size_t kLongestWord = 32;  // in bytes; longer words are never looked up

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  // Which hashes the words of a list may have: most words of a text are in no list, and are found
  // not to be without looking there.
  struct Filter {
    std::array<std::uint64_t, 128> bits{};
    void add(std::string_view word);
    [[nodiscard]] bool may_have(std::string_view word) const;
  };
  using Words = std::unordered_map<std::string, AbbreviationKind, Hash, std::equal_to<>>;

  void add(const LanguageLists& lists);
  void add(std::string_view list, AbbreviationKind kind);
  void add_suppressions(const std::string& language);

  // Words in lower case; ASCII only, others are looked up without it.
  Filter abbreviation_filter_, opener_filter_;
  Words words_;                                                     // lower case
  Words suppressions_;                                              // as ICU writes them
  std::unordered_set<std::string, Hash, std::equal_to<>> openers_;  // lower case
  bool has_ordinal_stop_ = false;
};

// Lower case by simple case mapping. REQUIRES: `word` is valid UTF-8.
void lower_case(std::string_view word, std::string& out);

}  // namespace copydesk
