#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a line of a page looks like, by itself: prose, a headline, a caption with its credit, a
// date, a notice. No word list but the signs of notices; the rules are in docs/blocks.md. "Fire
// destroys old mill" is a headline, "The mill burns. (Photo: Bob Lee)" a caption, "Updated 4:15
// p.m." a date.

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/line_notices.h"
#include "copydesk/text/line_structure.h"
#include "copydesk/text/text_marks.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// A set of them is what is known of a line.
enum LineSign : std::uint16_t {
  kProseLine = 1 << 0,      // ends a sentence and has 6 words, or has 25
  kHeadLine = 1 << 1,       // may be a headline: 3 to 25 words, open, or short and a question
  kClosedLine = 1 << 2,     // ends in the sign of a sentence's end, quotes and brackets apart
  kCreditLine = 1 << 3,     // ends in a credit: "(AFP)", "... Friday. AP Photo/Joe Doe"
  kDatedLine = 1 << 4,      // short, with a time of day or a date
  kBracketedLine = 1 << 5,  // stands in brackets as a whole
  kNoticeLine = 1 << 6,     // holds a sign of copyright, or an address of the web or of mail
  kQuestionLine = 1 << 7,   // 3 to 16 words, ends in a question mark, exclamation mark or ellipsis
  kCapitalsLine = 1 << 8,   // every word begins in a capital, or with no small letter
  kAfterBlank = 1 << 9,     // there is a blank line before it
  kAfterRule = 1 << 10,     // there is a rule of signs before it, such as *** or -30-
  kLaterCopy = 1 << 11,     // by find_line_copies: the same words stand further up
  kNearCopy = 1 << 12,      // by find_line_copies: the same words stand at most 8 lines away
  kWideGap = 1 << 13,       // there is more than one blank line before it
  kNumberedLine = 1 << 14,  // begins with the number of a section: "3.", "4.2", "\u00A7"
  kSpeechLine = 1 << 15,    // is closed and begins with a quotation mark or the dash of speech
};
inline constexpr std::uint16_t kMetaLine = kDatedLine | kBracketedLine | kNoticeLine;

// 16 bytes: a page of one-letter lines has one for every two bytes.
struct LineShape {
  std::uint64_t key = 0;    // of the words, folded; equal for lines that say the same
  std::uint32_t begin = 0;  // offset of the first character that is no white space
  std::uint16_t signs = 0;
  std::uint8_t words = 0;   // pieces between white space, half the characters of a script without;
                            // no more than 255
  std::uint8_t copies = 1;  // in the page, itself included, by find_line_copies; no more than 255

  [[nodiscard]] bool is(std::uint16_t any_of) const { return (signs & any_of) != 0; }
};

// A term is a hash of the first five characters of a word, or of two characters where a script has
// no spaces. Its low bits tell how long it is.
inline constexpr std::uint32_t kTermOfTwo = 1;   // two characters and more
inline constexpr std::uint32_t kTermOfFour = 2;  // four and more, or a pair of a script without

// The terms of one line.
struct LineTerms {
  std::uint32_t line = 0;
  std::uint32_t first = 0;  // into ShapedText::terms
  std::uint32_t count = 0;
};

struct ShapedText {
  std::vector<LineShape> lines;     // those with a word
  std::vector<LineTerms> of_lines;  // of prose, credits and open lines of 3 to 25 words, ascending
  std::vector<std::uint32_t> terms;
  std::size_t breaks = 0;   // line feeds of the text
  bool is_stopped = false;  // the stop flag was seen: what is here is not whole

  // The first entry of of_lines that is of `line` or of a line behind it.
  [[nodiscard]] std::vector<LineTerms>::const_iterator terms_from(std::uint32_t line) const {
    return std::lower_bound(
        of_lines.begin(), of_lines.end(), line,
        [](const LineTerms& entry, std::uint32_t number) { return entry.line < number; });
  }
  // Empty where the line has none.
  [[nodiscard]] std::span<const std::uint32_t> terms_of(std::uint32_t line) const {
    const auto found = terms_from(line);
    if (found == of_lines.end() || found->line != line) return {};
    return terms_of(*found);
  }
  [[nodiscard]] std::span<const std::uint32_t> terms_of(const LineTerms& entry) const {
    return std::span(terms).subspan(entry.first, entry.count);
  }
};

// Reuses its buffers; one object per thread.
class LineShaper {
 public:
  // Lines of more terms lose the rest: no paragraph has so many.
  static constexpr std::size_t kMostTerms = 1024;

  // Replaces the contents of `shaped`. Where a text is wrapped at a column, its paragraphs are the
  // lines. Looks at `stop`, which may be null, every few thousand lines.
  // `is_known` says that the call before was is_plain() of this text: it need not be looked through
  // for signs again. REQUIRES: `text` is valid UTF-8 of less than 4 GiB.
  void shape(std::string_view text, ShapedText& shaped, const std::atomic<bool>* stop = nullptr,
             bool is_known = false);

  // Whether nothing of the text is like a page: its lines are sentences, but for one headline at
  // the top; none bears a credit, date or notice, no gap is wider than the others. Much faster than
  // shape(), which then need not be asked. `headline` is then the line at the top, or empty.
  [[nodiscard]] bool is_plain(std::string_view text, TextSpan& headline);

 private:
  [[nodiscard]] LineShape shape_line(std::string_view text, TextSpan span) const;
  void add_words(std::string_view text, TextSpan span, ShapedText& shaped, LineShape& line);

  void find_signs(std::string_view text);
  bool find_paragraphs(std::string_view text);
  std::string_view fold(std::string_view line, bool& is_ascii);
  template <bool kIsAscii, bool kWithTerms>
  struct Words;
  template <bool kIsAscii, bool kWithTerms>
  std::uint64_t read_words(std::string_view folded, std::vector<std::uint32_t>& terms);

  TextMarks marks_;
  LineStructure structure_;
  std::vector<TextSegment> segments_;
  Tokenizer tokenizer_;
  std::vector<std::uint64_t> mask_;
  std::vector<char> lower_;
  std::vector<std::uint16_t> bounds_;
  NoticeSigns notices_;
};

// The line that begins at `begin`, without white space at its end.
[[nodiscard]] TextSpan trimmed_line(std::string_view text, std::size_t begin);

// Where the line begins whose first character that is no white space stands at `begin`.
[[nodiscard]] std::size_t start_of_line(std::string_view text, std::size_t begin);

}  // namespace copydesk
