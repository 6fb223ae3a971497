// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_structure.h"

#include <algorithm>
#include <array>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/reference_marks.h"

namespace copydesk {
namespace {

constexpr std::size_t kNarrowestColumn = 20, kWidestColumn = 110;
// One in so many of the column, by which the columns of the paragraphs of a page may differ.
constexpr std::size_t kSlack = 24;
constexpr std::size_t kSureColumn = 55, kSureReadings = 3;
constexpr std::size_t kLongShortLine = 40;  // bytes: headlines and entries of lists are shorter
constexpr std::size_t kMostOutliers = 50;   // one line in so many may stand out behind the column

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
  void add(std::size_t value) {
    ++counts_[std::min(value, kLargest)];
    ++all_;
  }
  [[nodiscard]] std::size_t all() const { return all_; }
  // The smallest value that at most `outliers` are above.
  [[nodiscard]] std::size_t most_below(std::size_t outliers) const {
    std::size_t value = kLargest, above = 0;
    while (value > 0 && above + counts_[value] <= outliers) above += counts_[value--];
    return value;
  }

 private:
  static constexpr std::size_t kLargest = 191;
  std::array<std::uint32_t, kLargest + 1> counts_{};
  std::size_t all_ = 0;
};

}  // namespace

void LineStructure::find(std::string_view text, const TextMarks& marks, bool has_no_capitals,
                         std::vector<TextSegment>& segments) {
  segments.clear();
  text_ = text;
  marks_ = &marks;
  reader_ = CharacterReader(text);
  has_no_capitals_ = has_no_capitals;
  column_ = readings_ = 0;
  if (find_lone_lines(segments)) return;
  keep_lines();
  find_column();
  std::uint32_t paragraph = 0;
  Line before, line;
  Block block;
  std::size_t lines = 0;  // of the block so far
  for (Place place; place.at < text.size();) {
    const Place begin = place;
    if (!next_line(place, line)) {
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

bool LineStructure::find_lone_lines(std::vector<TextSegment>& segments) const {
  bool was_blank = true;
  std::uint32_t paragraph = 0;
  for (std::size_t at = 0; at < text_.size();) {
    const std::size_t end = marks_->next_break(at, text_.size());
    const TextSpan span = without_space(text_, {at, end});
    at = end + 1;
    if (!span.empty() && !was_blank) {
      segments.clear();
      return false;
    }
    was_blank = span.empty();
    if (!was_blank) segments.push_back({span, paragraph++});
  }
  return true;
}

void LineStructure::keep_lines() {
  kept_.clear();
  nexts_.clear();
  for (std::size_t at = 0; at < text_.size();) {
    if (kept_.size() == kMostKept) {
      kept_.clear();
      return;
    }
    read_line(at, kept_.emplace_back());
    nexts_.push_back(at);
  }
}

bool LineStructure::next_line(Place& place, Line& line) const {
  if (kept_.empty()) return read_line(place.at, line);
  line = kept_[place.number];
  place.at = nexts_[place.number++];
  return !line.span.empty();
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
  line.has_hyphen = reader_.hyphen_before(last, line.span.begin) > 0;
  while (character.kind == SentenceClass::kClose || character.kind == SentenceClass::kQuote) {
    last -= character.length;
    character = reader_.before(last, line.span.begin);
  }
  line.is_closed =
      character.kind == SentenceClass::kStop || character.kind == SentenceClass::kStrong;
  return true;
}

LineStructure::Block LineStructure::read_block(Place place) const {
  Block block;
  Line line;
  while (place.at < text_.size() && next_line(place, line)) {
    block.is_prose |= line.is_closed || (block.lines > 0 && begins_small(line));
    block.end = line.span.end;
    ++block.lines;
  }
  return block;
}

// Calls `take` with each line, the one before it if no blank line stands between, else null, and
// how many lines stand before it without a blank one between.
template <class Take>
void LineStructure::for_each_line(Take&& take) const {
  Line before, line;
  std::size_t lines = 0;
  for (Place place; place.at < text_.size();) {
    if (!next_line(place, line)) {
      lines = 0;
      continue;
    }
    take(lines > 0 ? &before : nullptr, line, lines);
    ++lines;
    std::swap(before, line);
  }
}

// The width of full lines if the text is wrapped; 0 if it has none.
std::size_t LineStructure::width_of_lines() const {
  Histogram widths, flowing;  // of lines that another follows; of those that read on
  for_each_line([&](const Line* before, const Line& line, std::size_t) {
    if (before == nullptr) return;
    if (line.indent <= before->indent + 1) {
      widths.add(before->width);
      if (begins_small(line) && !before->is_closed) flowing.add(before->width);
    }
    widths.add(line.width);
  });
  const std::size_t known = flowing.all() >= 3 ? flowing.all() : widths.all();
  if (known == 0) return 0;
  return (flowing.all() >= 3 ? flowing : widths).most_below(known / kMostOutliers);
}

// A text is wrapped at a column if at two of three ends of its lines the first word of the next
// would not have fitted, and if it reads on there: a quarter of the lines behind open ones begin
// in small letters, where a script has them. Headlines of like length do not. Paragraphs of one
// page may be wrapped at several columns near each other, if they read on often enough.
void LineStructure::find_column() {
  column_ = 0;
  const std::size_t column = width_of_lines();
  if (column < kNarrowestColumn || column > kWidestColumn) return;
  if (is_wrapped_at(column, 0, 0) ||
      (column >= kSureColumn && is_wrapped_at(column, column / kSlack, kSureReadings))) {
    column_ = column;
  }
}

bool LineStructure::is_wrapped_at(std::size_t column, std::size_t slack,
                                  std::size_t fewest_readings) {
  // Where a line and the next word would have taken more columns: all; behind closed lines, too
  // wide or not; where the next reads on; where it begins with a capital behind an open one.
  std::size_t pairs = 0, full = 0, last = 0, reads_on = 0, starts = 0, closed = 0;
  for_each_line([&](const Line* before, const Line& line, std::size_t lines) {
    closed += line.is_closed ? 1 : 0;
    if (before == nullptr || line.indent > before->indent + 1) return;
    const bool is_small = begins_small(line) && !before->is_closed;
    const bool is_full = before->width + 1 + line.opening + slack > column;
    // A dateline was cut from the first line, or it was indented by other means.
    const bool may_lack_dateline =
        lines == 1 && !before->is_closed &&
        (is_small || (has_no_capitals_ && line.first == SentenceClass::kLower));
    // A short open line is an entry of a list or a menu, wherever the rest is wrapped.
    const bool is_entry =
        slack > 0 && !before->is_closed && !is_small && 2 * before->width < column;
    if (!may_lack_dateline && !is_entry) {
      ++pairs;
      full += is_full ? 1 : 0;
    }
    // The last line of a paragraph tells little.
    if (before->is_closed && !is_full) ++last;
    if (!is_full) return;
    reads_on += is_small ? 1 : 0;
    starts += !before->is_closed && line.first == SentenceClass::kUpper ? 1 : 0;
  });
  if (pairs == 0 || 3 * full < 2 * pairs - last) return false;
  if (4 * reads_on < reads_on + starts && (4 * closed < pairs || closed == 0)) return false;
  if (reads_on < fewest_readings || (slack > 0 && 3 * reads_on < pairs)) return false;
  readings_ = reads_on;
  const std::size_t fewest = has_no_capitals_ ? 1 : 2;
  const bool is_sure = reads_on >= 1 || (full >= fewest && closed > 0);
  return reads_on >= 2 || (is_sure && column >= kLongShortLine);
}

bool LineStructure::goes_on(const Line& line, const Line& next, const Block& block,
                            bool is_first) const {
  const bool reads_on = !line.is_closed && begins_small(next);
  if (line.has_hyphen && begins_small(next)) return true;
  const bool is_wrapped = column_ > 0 && block.is_prose;
  const bool is_full = is_wrapped && line.width + 1 + next.opening + column_ / kSlack > column_;
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
