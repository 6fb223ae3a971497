// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/text_outline.h"

#include <algorithm>
#include <array>
#include <string>

#include "copydesk/text/line_ending.h"
#include "copydesk/text/line_label.h"
#include "copydesk/text/sentence_class.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kDepthsOfOneText = 3;
constexpr std::string_view kSubject = "Subject";  // of mail, by RFC 5322: that is a title
constexpr std::size_t kDeepestMark = 6;           // of "######"
constexpr std::size_t kMostBytesOfLine = 1024;
constexpr std::size_t kFewestUnderlineSigns = 3;
constexpr std::size_t kMostDifference = 3;  // of an underline and its heading, in characters
constexpr std::size_t kMostWordsOfLabel = 3;
constexpr std::size_t kFieldsInRow = 2;  // beside one
constexpr std::ptrdiff_t kFewestWordsOfTitle = 5;
constexpr std::ptrdiff_t kFewestCommasOfList = 3;
// Of indented documents.
constexpr std::size_t kFewestLines = 12, kWidestColumn = 110, kFewestOfFull = 50,
                      kMostWideLines = 20;
constexpr std::size_t kFewestBraces = 2;  // of code
constexpr std::size_t kFewestQuestions = 3;
constexpr std::size_t kDeepest = 31;  // columns; deeper lines count as so deep

bool is_space(char c) {
  return c == ' ' || c == '\t';
}

// How many "#" stand before a heading; 0 if it has none.
std::size_t mark_of_heading(std::string_view line) {
  const std::size_t level = std::min(line.find_first_not_of('#'), line.size());
  return level <= kDeepestMark && level < line.size() && is_space(line[level]) ? level : 0;
}

// A sign that stands in front of items, code, cells and quoted mail, and never of a headline: that
// begins with a letter, a digit, a quotation mark or an opening bracket.
bool begins_with_sign(std::string_view line) {
  constexpr std::string_view kSigns = "*-+|>/\\=~^_%&;:,!)]}{`";
  const char first = line.front();
  if (kSigns.find(first) != std::string_view::npos) return true;
  if (first == '$') return line.size() > 1 && !(line[1] >= '0' && line[1] <= '9');
  if (first == 'o') return line.size() > 2 && line[1] == ' ';
  for (const std::string_view bullet :
       {"\u2022", "\u2023", "\u25AA", "\u25CF", "\u25E6", "\u00B7", "\u2013 ", "\u2014 ",
        "\u2605\u2605", "\u2605\u2606", "\u2606\u2606"}) {  // and stars of a rating
    if (line.starts_with(bullet)) return true;
  }
  // Boxes of tables.
  const std::uint32_t c = decode_utf8(line.data()).code_point;
  return c >= 0x2500 && c < 0x2580;
}

// "(2)", "(b)", "b)".
bool begins_with_label_of_item(std::string_view line) {
  std::size_t at = line.front() == '(' ? 1 : 0;
  const std::size_t begin = at;
  while (at < line.size() && at < begin + 3 &&
         ((line[at] >= '0' && line[at] <= '9') || (line[at] >= 'a' && line[at] <= 'z'))) {
    ++at;
  }
  return at > begin && at + 1 < line.size() && line[at] == ')' && is_space(line[at + 1]);
}

// "Reported-by" of "Reported-by: Ann Lee", "Change Date" of "Change Date:  2030"; empty if the line
// begins with no label.
std::string_view label_of(std::string_view line) {
  return find_line_label(line, kMostWordsOfLabel).name;
}

// "DEFENDANT", "INTIM\u00C9": no small letter of ASCII.
bool is_in_capitals(std::string_view label) {
  return std::any_of(label.begin(), label.end(), [](char c) { return c >= 'A' && c <= 'Z'; }) &&
         std::none_of(label.begin(), label.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (is_space(line.back()) || line.back() == '\r')) line.remove_suffix(1);
  while (!line.empty() && is_space(line.front())) line.remove_prefix(1);
  return line;
}

// Where the line ends that `begin` is in; longer ones than any that is looked at end sooner, so
// that a text without a line feed costs no more than another.
std::size_t end_of_line(std::string_view text, std::size_t begin) {
  const std::size_t most = std::min(text.size(), begin + kMostBytesOfLine);
  while (begin < most && text[begin] != '\n' && text[begin] != '\r') ++begin;
  return begin;
}

// As much of the line that begins at `begin` as labels and signs are looked for in.
std::string_view beginning_of_line(std::string_view text, std::size_t begin) {
  const std::string_view line = text.substr(begin, 2 * kMostBytesOfLabel);
  return line.substr(0, end_of_line(line, 0));
}

// The line behind the one that ends at `end`, and the one in front of that which begins at `begin`,
// without white space around them; empty if there is none.
std::string_view line_behind(std::string_view text, std::size_t end) {
  if (text.substr(end).starts_with("\r\n")) ++end;
  if (end + 1 >= text.size()) return {};
  return trimmed(text.substr(end + 1, end_of_line(text, end + 1) - end - 1));
}
std::string_view line_before(std::string_view text, std::size_t begin) {
  if (begin == 0) return {};
  const std::size_t least = begin - std::min(begin, kMostBytesOfLine);
  const std::string_view front = text.substr(least, begin - 1 - least);
  return trimmed(front.substr(front.find_last_of('\n') + 1));
}

bool is_underline(std::string_view line, std::string_view heading) {
  if (line.size() < kFewestUnderlineSigns || line.find(' ') != std::string_view::npos) return false;
  if (!is_rule_of_signs(line)) return false;
  const std::size_t length = count_characters(line), wanted = count_characters(heading);
  return length + kMostDifference >= wanted && length <= wanted + kMostDifference;
}

// How the lines of a text stand on the page.
struct Setting {
  bool has_column = false;  // hardly a line is wider than one that a reader's window shows
  bool is_narrow = false;   // none is
  // A fifth of the lines are indented behind a full one that is indented, too, and lines stand at
  // two depths and more. Paragraphs of wire copy whose first lines are indented do not, nor do
  // tables.
  bool has_depths = false;
};

// `breaks` is how many line ends the text has at most.
Setting setting_of(std::string_view text, std::size_t breaks) {
  std::array<std::size_t, kDeepest + 1> lines_at{};
  std::size_t lines = 0, wide = 0, deep = 0;
  bool is_behind_full = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::size_t first = begin;
    while (first < end && is_space(text[first])) ++first;
    const std::size_t indent = first - begin;
    if (first == end || text[first] == '\r') {
      is_behind_full = false;
    } else {
      ++lines;
      wide += end - begin > kWidestColumn ? 1 : 0;
      if (kMostWideLines * wide > breaks + 1) return {};
      deep += indent > 0 && is_behind_full ? 1 : 0;
      is_behind_full = indent > 0 && end - begin >= kFewestOfFull;
      ++lines_at[std::min(indent, kDeepest)];
    }
    begin = end + 1;
  }
  Setting setting;
  setting.has_column = lines >= kFewestLines && kMostWideLines * wide <= lines;
  setting.is_narrow = lines >= kFewestLines && wide == 0;
  const auto depths = std::count_if(lines_at.begin(), lines_at.end(),
                                    [&](std::size_t count) { return 12 * count >= lines; });
  setting.has_depths = setting.has_column && 5 * deep >= lines && depths >= 2;
  return setting;
}

// Whether a fourth of the lines end in a semicolon or a brace, and at least two in braces, which
// no prose does: a program, a patch to one.
bool is_code(std::string_view text) {
  if (text.find('{') == text.npos && text.find('}') == text.npos) return false;
  std::size_t lines = 0, semicolons = 0, braces = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    std::size_t last = end;
    while (last > begin && (is_space(text[last - 1]) || text[last - 1] == '\r')) --last;
    if (last > begin) {
      const char c = text[last - 1];
      ++lines;
      semicolons += c == ';' ? 1 : 0;
      braces += c == '{' || c == '}' ? 1 : 0;
    }
    begin = end + 1;
  }
  return braces >= kFewestBraces && 4 * (semicolons + braces) >= lines;
}

std::ptrdiff_t words_of(std::string_view line) {
  return 1 + std::count_if(line.begin(), line.end(), is_space);
}

// Whether the line that begins at `begin` is a label with its value among others: three in a row,
// or two between blank lines or in a text set at a column. One may be "Opinion: ...".
bool is_field(std::string_view text, std::size_t begin, bool has_column) {
  const std::string_view front = text.substr(begin, kMostBytesOfLabel + 2);
  const bool may_have_label =
      front.find(':') != front.npos || static_cast<unsigned char>(front.front()) >= 0x80;
  if (!may_have_label) return false;
  const std::string_view line = beginning_of_line(text, begin);
  const std::string_view label = label_of(line);
  if (label.empty() || label == kSubject) return false;
  std::size_t before = 0, behind = 0;
  bool is_alone = true;  // nothing but such lines up to a blank one, as far as is looked
  const auto is_label = [&](std::string_view neighbor) {
    const std::string_view other = neighbor.empty() ? neighbor : label_of(neighbor);
    is_alone &= neighbor.empty() || !other.empty();
    return !other.empty() && other != label;
  };
  std::size_t at = start_of_line(text, begin);
  for (; before < kFieldsInRow; ++before) {
    const std::string_view other = line_before(text, at);
    if (!is_label(other)) break;
    at = start_of_line(text, static_cast<std::size_t>(other.data() - text.data()));
  }
  at = end_of_line(text, begin);
  for (; behind < kFieldsInRow; ++behind) {
    const std::string_view other = line_behind(text, at);
    if (!is_label(other)) break;
    at = end_of_line(text, static_cast<std::size_t>(other.data() - text.data()));
  }
  if (has_column) return before + behind > 0;
  // A long first one may be the title of what is behind, but not "APPELLANT: ..." over
  // "RESPONDENT: ...", nor "Present: Mrs Hale, Mr Odum, Ms Brandt, Mr Lyle".
  if (before == 0 && words_of(line) >= kFewestWordsOfTitle) {
    const std::string_view next = line_behind(text, end_of_line(text, begin));
    const bool are_parties = is_in_capitals(label) && is_in_capitals(label_of(next));
    const bool is_list = std::count(line.begin(), line.end(), ',') >= kFewestCommasOfList;
    if (is_list && behind > 0) return true;
    if (!are_parties) return false;
  }
  return before + behind >= kFieldsInRow || (before + behind > 0 && is_alone);
}

// Whether the line is a question that prose follows at once.
bool is_answered(std::string_view text, const ShapedText& shaped, std::size_t line) {
  const LineShape& shape = shaped.lines[line];
  if (!shape.is(kQuestionLine) || shape.is(kLaterCopy) || line + 1 == shaped.lines.size()) {
    return false;
  }
  if (!shaped.lines[line + 1].is(kProseLine)) return false;
  const std::string_view content = trimmed_line(text, shape.begin).of(text);
  for (const std::string_view sign : {"?", "\uFF1F", "\u061F", "\u037E"}) {
    if (content.ends_with(sign)) return true;
  }
  return false;
}

bool begins_small(std::string_view line) {
  const CharacterReader reader(line);
  const ClassifiedCharacter first = reader.at(0, line.size());
  if (first.kind != SentenceClass::kLower) return false;
  return first.length >= line.size() ||  // and no "iPhone"
         reader.at(first.length, line.size()).kind != SentenceClass::kUpper;
}

}  // namespace

void TextOutline::find(std::string_view text, ShapedText& shaped) {
  kinds_.assign(shaped.lines.size(), kNone);
  marked_ = depths_ = 0;
  top_heading_ = kNoHeading;
  const Setting setting = setting_of(text, shaped.breaks);
  is_narrow_ = setting.is_narrow;
  is_indented_ = setting.has_depths;
  is_code_ = is_code(text);
  find_fences(text);
  find_items(text, shaped, setting.has_column);
  find_marked_headings(text, shaped);
  find_underlines(text, shaped);
  find_questions(text, shaped);
  // Headings of two depths may be those of a site and its stories.
  const bool is_one_text = depths_ >= kDepthsOfOneText || !fences_.empty();
  for (std::size_t i = 0; i < kinds_.size(); ++i) {
    if (kinds_[i] == kTopHeading || (kinds_[i] == kHeading && !is_one_text)) {
      kinds_[i] = kNone;
    } else if (kinds_[i] == kNone && has_marks() && shaped.lines[i].is(kHeadLine)) {
      kinds_[i] = kItem;
    }
  }
}

bool TextOutline::holds_section(TextSpan lines) const {
  if (is_indented()) return true;
  return std::any_of(kinds_.begin() + static_cast<std::ptrdiff_t>(lines.begin),
                     kinds_.begin() + static_cast<std::ptrdiff_t>(lines.end),
                     [](std::uint8_t kind) { return kind == kHeading; });
}

// Code stands between lines of "```" or "~~~".
void TextOutline::find_fences(std::string_view text) {
  constexpr std::string_view kLineEnds = "\n\r\v\f";
  constexpr std::size_t kMostSignsOfFence = 8;
  fences_.clear();
  for (const std::string_view fence : {"```", "~~~"}) {
    if (!fences_.empty()) return;
    for (std::size_t at = text.find(fence); at != std::string_view::npos;
         at = text.find(fence, at + 1)) {
      const std::size_t begin = start_of_line(text, at);
      // Not the beginning of a line where it only stops at a word.
      const bool is_first = begin == 0 || kLineEnds.find(text[begin - 1]) != kLineEnds.npos;
      // More signs are a rule across the page.
      const std::size_t end = std::min(text.find_first_not_of(fence.front(), at), text.size());
      if (is_first && end - at <= kMostSignsOfFence) fences_.push_back(at);
      at = std::min(text.find('\n', at), text.size() - 1);
    }
  }
}

// "#", "##" and so on. Those of the highest depth head the text, or stories.
void TextOutline::find_marked_headings(std::string_view text, const ShapedText& shaped) {
  const auto line_at = [&](std::size_t line) {
    const std::size_t begin = shaped.lines[line].begin;
    return text.substr(begin, end_of_line(text, begin) - begin);
  };
  std::array<bool, kDeepestMark + 1> has_level{};
  for (std::size_t i = 0; i < shaped.lines.size(); ++i) {
    const std::size_t begin = shaped.lines[i].begin;
    if (text[begin] != '#' || kinds_[i] >= kItem) continue;
    const std::size_t level = mark_of_heading(line_at(i));
    if (level == 0) continue;
    // Several in a row are comments.
    if (line_behind(text, end_of_line(text, begin)).starts_with('#') ||
        line_before(text, start_of_line(text, begin)).starts_with('#')) {
      kinds_[i] = kItem;
      continue;
    }
    ++marked_;
    has_level[level] = true;
  }
  if (marked_ == 0) return;
  depths_ = static_cast<std::size_t>(std::count(has_level.begin(), has_level.end(), true));
  const auto highest = static_cast<std::size_t>(
      std::find(has_level.begin(), has_level.end(), true) - has_level.begin());
  for (std::size_t i = 0; i < shaped.lines.size(); ++i) {
    if (text[shaped.lines[i].begin] != '#' || kinds_[i] >= kItem) continue;
    const std::size_t level = mark_of_heading(line_at(i));
    if (level > 0) kinds_[i] = level > highest ? kHeading : kTopHeading;
  }
  if (kinds_.front() == kTopHeading && marked_ >= kFewestMarked &&
      std::count(kinds_.begin(), kinds_.end(), kTopHeading) == 1) {
    top_heading_ = 0;
  }
}

void TextOutline::find_underlines(std::string_view text, ShapedText& shaped) {
  std::string signs;
  for (std::size_t i = 1; i < shaped.lines.size(); ++i) {
    LineShape& behind = shaped.lines[i];
    if (!behind.is(kAfterRule)) continue;
    LineShape& line = shaped.lines[i - 1];
    const std::size_t end = end_of_line(text, line.begin);
    const std::string_view heading = trimmed(text.substr(line.begin, end - line.begin));
    const std::string_view rule = line_behind(text, end);
    if (!is_underline(rule, heading)) continue;
    if (signs.find(rule.front()) == std::string::npos) signs += rule.front();
    behind.signs = static_cast<std::uint16_t>(behind.signs & ~kAfterRule);
    kinds_[i - 1] = kHeading;
    ++marked_;
    // A line above it belongs to the heading, too.
    if (is_underline(line_before(text, start_of_line(text, line.begin)), heading)) {
      line.signs = static_cast<std::uint16_t>(line.signs & ~kAfterRule);
    }
  }
  depths_ += signs.size();
}

// Three questions and more with their answers, and as many as other headlines in front of prose,
// are parts of one text.
void TextOutline::find_questions(std::string_view text, const ShapedText& shaped) {
  std::size_t questions = 0, others = 0;
  for (std::size_t i = 0; i + 1 < shaped.lines.size(); ++i) {
    if (!shaped.lines[i].is(kHeadLine) || !shaped.lines[i + 1].is(kProseLine)) continue;
    ++(is_answered(text, shaped, i) ? questions : others);
  }
  if (questions < kFewestQuestions || questions < others) return;
  for (std::size_t i = 1; i < shaped.lines.size(); ++i) {
    if (kinds_[i] < kItem && is_answered(text, shaped, i)) kinds_[i] = kItem;
  }
}

void TextOutline::find_items(std::string_view text, const ShapedText& shaped, bool has_column) {
  std::size_t fence = 0, prose = 0, small = 0;
  for (std::size_t i = 0; i < shaped.lines.size(); ++i) {
    const LineShape& line = shaped.lines[i];
    // The second line of a paragraph begins as it comes.
    const bool goes_on =
        has_column && i > 0 && !line.is(kAfterBlank) && !shaped.lines[i - 1].is(kClosedLine);
    if (!line.is(kProseLine) || goes_on) continue;
    ++prose;
    small += begins_small(text.substr(line.begin, kMostBytesOfLabel)) ? 1 : 0;
  }
  const bool has_capitals = 4 * small <= prose;
  for (std::size_t i = 0; i < shaped.lines.size(); ++i) {
    const LineShape& shape = shaped.lines[i];
    while (fence < fences_.size() && fences_[fence] <= shape.begin) ++fence;
    const bool is_code = fence % 2 == 1;
    if (!is_code && !shape.is(kClosedLine) && is_field(text, shape.begin, has_column)) {
      kinds_[i] = kLabel;
      continue;
    }
    if (!shape.is(kHeadLine) && !is_code) continue;
    const std::string_view line = beginning_of_line(text, shape.begin);
    if (is_code_ || begins_with_sign(line)) {
      kinds_[i] = kSign;
      continue;
    }
    bool is_item =
        is_code || begins_with_label_of_item(line) || (has_capitals && begins_small(line));
    if (!is_item && has_column) {
      const std::string_view next = line_behind(text, end_of_line(text, shape.begin));
      const std::string_view before = line_before(text, start_of_line(text, shape.begin));
      // A part of a paragraph.
      is_item |= before.size() >= kFewestOfFull && !find_line_ending(before).is_closed;
      is_item |= has_capitals && !next.empty() && begins_small(next);
    }
    if (is_item) kinds_[i] = kItem;
  }
}

}  // namespace copydesk
