// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_structure.h"

#include <algorithm>
#include <array>

#include "copydesk/text/reference_marks.h"

namespace copydesk {
namespace {

constexpr std::size_t kNarrowestColumn = 20, kWidestColumn = 110;
constexpr std::size_t kLongShortLine = 40;  // bytes: headlines and entries of lists are shorter
constexpr std::size_t kMostOutliers = 50;   // one line in so many may stand out behind the column

bool is_ascii_space(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Han, Kana, Hangul and full-width forms take two columns and may be wrapped anywhere.
bool is_wide(std::uint32_t c) {
  return (c >= 0x2E80 && c < 0xA4D0) || (c >= 0xAC00 && c < 0xD7A4) ||
         (c >= 0xF900 && c < 0xFB00) || (c >= 0xFF01 && c < 0xFF61) || c >= 0x20000;
}

// The white space of Unicode that stands at the ends of lines: no-break, ideographic and zero-width
// spaces, line and paragraph separators among it.
TextSpan without_space(std::string_view text, TextSpan span) {
  const CharacterReader reader(text);
  const auto is_space = [](const ClassifiedCharacter& character) {
    return character.kind == SentenceClass::kSpace || character.kind == SentenceClass::kBreak ||
           character.code_point == 0xFEFF;
  };
  while (span.begin < span.end) {
    if (is_ascii_space(text[span.begin])) {
      ++span.begin;
      continue;
    }
    if (static_cast<unsigned char>(text[span.begin]) < 0x80) break;
    const ClassifiedCharacter character = reader.at(span.begin, span.end);
    if (!is_space(character)) break;
    span.begin += character.length;
  }
  while (span.begin < span.end) {
    if (is_ascii_space(text[span.end - 1])) {
      --span.end;
      continue;
    }
    if (static_cast<unsigned char>(text[span.end - 1]) < 0x80) break;
    const ClassifiedCharacter character = reader.before(span.end, span.begin);
    if (!is_space(character)) break;
    span.end -= character.length;
  }
  return span;
}

// "- ", "* ", "• ", "3. ", "(b) ", "12) ".
bool begins_item(std::string_view line) {
  if (line.size() < 3) return false;
  if ((line[0] == '-' || line[0] == '*' || line[0] == '+') && line[1] == ' ') return true;
  for (const std::string_view bullet : {"•", "‣", "▪", "●", "◦", "–", "—", "·"}) {
    if (line.starts_with(bullet)) return line.substr(bullet.size()).starts_with(' ');
  }
  std::size_t at = line[0] == '(' ? 1 : 0;
  const std::size_t label = at;
  while (at < line.size() && at < label + 3 && is_digit(line[at])) ++at;
  if (at == label && line[at] >= 'a' && line[at] <= 'z') ++at;
  if (at == label || at + 1 >= line.size()) return false;
  return (line[at] == ')' || (line[at] == '.' && label == 0)) && line[at + 1] == ' ';
}

// How many values there are of each size up to `kLargest`; larger ones count as that.
class Histogram {
 public:
  void add(std::size_t value) { ++counts_[std::min(value, kLargest)]; }
  [[nodiscard]] std::size_t above(std::size_t value) const {
    std::size_t sum = 0;
    for (std::size_t i = value + 1; i < counts_.size(); ++i) sum += counts_[i];
    return sum;
  }
  [[nodiscard]] std::size_t all() const { return counts_[0] + above(0); }
  // The smallest value that at most `outliers` are above.
  [[nodiscard]] std::size_t most_below(std::size_t outliers) const {
    std::size_t value = kLargest, above = 0;
    while (value > 0 && above + counts_[value] <= outliers) above += counts_[value--];
    return value;
  }

 private:
  static constexpr std::size_t kLargest = 191;
  std::array<std::size_t, kLargest + 1> counts_{};
};

}  // namespace

void LineStructure::find(std::string_view text, const TextMarks& marks, bool has_no_capitals,
                         std::vector<TextSegment>& segments) {
  segments.clear();
  text_ = text;
  marks_ = &marks;
  reader_ = CharacterReader(text);
  has_no_capitals_ = has_no_capitals;
  find_column();
  std::uint32_t paragraph = 0;
  Line before, line;
  Block block;
  std::size_t lines = 0;  // of the block so far
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (!read_line(at, line)) {
      lines = 0;
      continue;
    }
    // A text that is not wrapped has no use for blocks.
    if (lines == 0 && column_ > 0) block = read_block(begin);
    if (lines > 0 && goes_on(before, line, block, lines == 1)) {
      segments.back().span.end = line.span.end;
    } else {
      segments.push_back({line.span, paragraph++});
    }
    ++lines;
    std::swap(before, line);
  }
}

bool LineStructure::read_line(std::size_t& at, Line& line) const {
  const std::size_t begin = at;
  const std::size_t end = marks_->next_break(at, text_.size());
  at = end + 1;
  line.span = without_space(text_, {begin, end});
  if (line.span.empty()) return false;
  line.indent = line.span.begin - begin;
  const std::string_view shown = line.span.of(text_);
  const bool may_be_wrapped = shown.size() <= 4 * kWidestColumn;
  const ClassifiedCharacter first = reader_.at(line.span.begin, line.span.end);
  line.first = first.kind;
  for (std::size_t letter = line.span.begin + first.length;
       line.first == SentenceClass::kOpen || line.first == SentenceClass::kQuote;) {
    const ClassifiedCharacter next = reader_.at(letter, line.span.end);
    line.first = next.kind;
    letter += next.length;
  }
  line.width = line.span.end - begin;
  line.opening = std::min(shown.find(' '), shown.size());
  if (may_be_wrapped) {
    const TextMarks::Counts counts = marks_->count({begin, line.span.end});
    line.width -= counts.tails;
    if (is_wide(first.code_point)) {
      // Three bytes, two of them tails, take two columns.
      line.width += counts.tails / 2;
      line.opening = 2;
    } else if (counts.tails > 0) {
      line.opening -= marks_->count({line.span.begin, line.span.begin + line.opening}).tails;
    }
  }
  line.is_item = begins_item(shown);

  std::size_t last = before_reference_marks(text_, line.span.begin, line.span.end);
  ClassifiedCharacter character = reader_.before(last, line.span.begin);
  line.has_hyphen =
      character.code_point == '-' || character.code_point == 0xAD || character.code_point == 0x2010;
  if (line.has_hyphen) {
    const SentenceClass letter = reader_.before(last - character.length, line.span.begin).kind;
    line.has_hyphen = letter == SentenceClass::kLower || letter == SentenceClass::kUpper;
  }
  while (character.kind == SentenceClass::kClose || character.kind == SentenceClass::kQuote) {
    last -= character.length;
    character = reader_.before(last, line.span.begin);
  }
  line.is_closed =
      character.kind == SentenceClass::kStop || character.kind == SentenceClass::kStrong;
  return true;
}

LineStructure::Block LineStructure::read_block(std::size_t begin) const {
  Block block;
  Line line;
  for (std::size_t at = begin; at < text_.size() && read_line(at, line);) {
    block.is_prose |= line.is_closed || (block.lines > 0 && begins_small(line));
    block.end = line.span.end;
    ++block.lines;
  }
  return block;
}

// A text is wrapped at a column if at two of three ends of its lines the first word of the next
// would not have fitted, and if it reads on there: a quarter of the lines behind open ones begin
// in small letters, where a script has them. Headlines of like length do not.
void LineStructure::find_column() {
  column_ = 0;
  Histogram widths, flowing;  // of lines that another follows; of those that read on
  // Columns that a line and the next word would have taken: all; closed lines; lines that read on;
  // open ones in front of a capital.
  Histogram needs, ended, small, capital;
  std::size_t closed = 0;
  Line before, line;
  std::size_t lines = 0;
  for (std::size_t at = 0; at < text_.size();) {
    if (!read_line(at, line)) {
      lines = 0;
      continue;
    }
    closed += line.is_closed ? 1 : 0;
    const bool is_paragraph = line.indent > before.indent + 1;
    if (lines > 0 && !is_paragraph) {
      const bool is_small = begins_small(line) && !before.is_closed;
      const std::size_t need = before.width + 1 + line.opening;
      widths.add(before.width);
      if (is_small) flowing.add(before.width);
      // A dateline was cut from the first line, or it was indented by other means.
      const bool may_lack_dateline =
          lines == 1 && !before.is_closed &&
          (is_small || (has_no_capitals_ && line.first == SentenceClass::kLower));
      if (!may_lack_dateline) needs.add(need);
      if (before.is_closed) ended.add(need);
      if (is_small) small.add(need);
      if (!before.is_closed && line.first == SentenceClass::kUpper) capital.add(need);
    }
    if (lines > 0) widths.add(line.width);
    ++lines;
    std::swap(before, line);
  }
  const std::size_t pairs = needs.all();
  if (pairs == 0) return;
  const Histogram& known = flowing.all() >= 3 ? flowing : widths;
  const std::size_t column = known.most_below(known.all() / kMostOutliers);
  if (column < kNarrowestColumn || column > kWidestColumn) return;
  const std::size_t full = needs.above(column);
  // The last line of a paragraph tells little.
  const std::size_t last = ended.all() - ended.above(column);
  if (3 * full < 2 * pairs - last) return;
  const std::size_t reads_on = small.above(column), starts = capital.above(column);
  if (4 * reads_on < reads_on + starts && (4 * closed < pairs || closed == 0)) return;
  const std::size_t fewest = has_no_capitals_ ? 1 : 2;
  const bool is_sure = reads_on >= 1 || (full >= fewest && closed > 0);
  if (reads_on >= 2 || (is_sure && column >= kLongShortLine)) column_ = column;
}

bool LineStructure::goes_on(const Line& line, const Line& next, const Block& block,
                            bool is_first) const {
  const bool reads_on = !line.is_closed && begins_small(next);
  if (line.has_hyphen && begins_small(next)) return true;
  const bool is_wrapped = column_ > 0 && block.is_prose;
  const bool is_full = is_wrapped && line.width + 1 + next.opening > column_;
  if (next.is_item && (line.is_closed || !is_full)) return false;
  if (next.indent > line.indent + 1) return reads_on && (line.is_item || is_full);
  if (is_wrapped) {
    // The first line of a block may lack its dateline. What an abbreviation ends reads on, too.
    const bool is_long = 2 * line.width >= column_;
    if (has_no_capitals_) return is_full || (is_first && is_long && !line.is_closed);
    return is_full || (begins_small(next) && (is_long || is_first)) || (reads_on && next.is_closed);
  }
  // A line that begins in lower case goes on with the one before, unless both look like entries of
  // a list: short and without a full stop.
  return reads_on && (line.span.size() >= kLongShortLine || next.is_closed ||
                      next.span.size() >= kLongShortLine);
}

}  // namespace copydesk
