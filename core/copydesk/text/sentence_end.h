#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Whether a full stop, question mark or the like ends a sentence.

#include <cstddef>
#include <string>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/text/abbreviations.h"
#include "copydesk/text/sentence_class.h"

namespace copydesk {

struct SentenceEnd {
  bool is_end = false;
  std::size_t end = 0;   // behind the marks that belong to the sentence
  std::size_t next = 0;  // where the next sentence begins, or else where to look on
};

class SentenceEnds {
 public:
  explicit SentenceEnds(const std::string& language)
      : abbreviations_(language), is_ordinal_(abbreviations_.has_ordinal_stop()) {}

  // Of the texts to come: sentences begin in small letters (case_use.h).
  void set_lacks_capitals(bool lacks_capitals) { lacks_capitals_ = lacks_capitals; }

  // The calls below are about `segment` of `text`, whose views must stay valid.
  void begin_segment(std::string_view text, TextSpan segment);

  // Whether the character at `at`, which is not ASCII, is a sentence terminator.
  [[nodiscard]] bool may_end(std::size_t at) const {
    const SentenceClass kind = reader_.at(at, segment_.end).kind;
    return kind == SentenceClass::kStop || kind == SentenceClass::kStrong;
  }

  // Judges the terminator at `at` of a sentence that began at `sentence`.
  [[nodiscard]] SentenceEnd judge(std::size_t sentence, std::size_t at) const;

 private:
  // The marks from the first terminator to the last closing quotation mark.
  struct Marks {
    std::size_t terminators_end = 0, end = 0;
    std::size_t stops = 0;
    bool is_strong = false;       // has "?", "!" or the like
    bool needs_no_space = false;  // has one of a script written without spaces
    bool is_quoted = false;       // closed by a quotation mark
    bool is_bracketed = false;    // closed by a bracket
  };
  // What follows the marks.
  struct Following {
    std::size_t begin = 0;  // of the first character that is no space
    std::size_t word = 0;   // of the first letter or digit behind opening marks
    ClassifiedCharacter first;
    SentenceClass kind = SentenceClass::kOther;  // of the word's first character
  };

  [[nodiscard]] bool is_of_other_script(std::size_t at) const;
  [[nodiscard]] Marks read_marks(std::size_t at) const;
  [[nodiscard]] Following look_ahead(std::size_t at) const;
  [[nodiscard]] std::size_t skip_space(std::size_t at) const;
  [[nodiscard]] SentenceEnd judge_spaced_dots(std::size_t at, const Marks& marks,
                                              const Following& following) const;
  [[nodiscard]] bool stop_ends(std::size_t sentence, std::size_t at,
                               const Following& following) const;
  [[nodiscard]] bool follows_opener(const Following& following) const;
  [[nodiscard]] bool is_bracketed_abbreviation(std::size_t sentence, std::size_t at) const;
  [[nodiscard]] bool follows_label(const Following& following) const;
  [[nodiscard]] bool is_only_marks(std::size_t begin, std::size_t end) const;
  [[nodiscard]] std::string_view word_at(std::size_t at) const;
  [[nodiscard]] bool previous_word_is_lower(std::size_t word) const;

  Abbreviations abbreviations_;
  bool is_ordinal_;
  bool lacks_capitals_ = false;
  std::string_view text_;
  TextSpan segment_;
  CharacterReader reader_{std::string_view()};
};

}  // namespace copydesk
