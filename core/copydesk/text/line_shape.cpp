// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/line_shape.h"

#include <algorithm>

#include "copydesk/kernels/word_mask.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_break.h"
#include "copydesk/text/line_ending.h"
#include "copydesk/text/line_terms.h"
#include "copydesk/text/text_folder.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr unsigned kFewestWordsOfTitle = 4;
constexpr std::size_t kNarrowestColumn = 20, kWidestColumn = 220;  // bytes
constexpr std::size_t kShortLine = 40;
constexpr std::size_t kLinesAtTop = 64;      // where a headline may have two words
constexpr std::size_t kLinesPerLook = 4096;  // at the stop flag
constexpr unsigned kFewestProseWords = 6, kMostOpenWords = 25, kMostQuestionWords = 16;
constexpr unsigned kMostDateWords = 14, kMostBracketedWords = 20, kMostNoticeWords = 40;

// White space at the ends of lines: that of ASCII, no-break and ideographic space, byte order mark
// and zero-width space.
std::size_t space_at(std::string_view text, std::size_t at, std::size_t end) {
  const char c = text[at];
  if (is_ascii_space(c)) return 1;
  if (static_cast<unsigned char>(c) < 0xC2) return 0;
  const std::string_view rest = text.substr(at, end - at);
  if (rest.starts_with("\u00A0")) return 2;
  return rest.starts_with("\u3000") || rest.starts_with("\uFEFF") || rest.starts_with("\u200B") ? 3
                                                                                                : 0;
}

std::size_t space_before(std::string_view text, std::size_t end, std::size_t begin) {
  const char c = text[end - 1];
  if (is_ascii_space(c)) return 1;
  if (static_cast<unsigned char>(c) < 0x80) return 0;
  const std::string_view front = text.substr(begin, end - begin);
  if (front.ends_with("\u00A0")) return 2;
  return front.ends_with("\u3000") || front.ends_with("\uFEFF") || front.ends_with("\u200B") ? 3
                                                                                             : 0;
}

TextSpan trimmed(std::string_view text, std::size_t begin, std::size_t end) {
  while (begin < end) {
    const std::size_t size = space_at(text, begin, end);
    if (size == 0) break;
    begin += size;
  }
  while (end > begin) {
    const std::size_t size = space_before(text, end, begin);
    if (size == 0) break;
    end -= size;
  }
  return {begin, end};
}

// Half of the characters of scripts without spaces; Thai, Lao, Burmese, Khmer, Kana, Han.
std::size_t half_of_spaceless(std::string_view line) {
  std::size_t characters = 0;
  for (std::size_t at = 0; at < line.size(); ++at) {
    const auto lead = static_cast<unsigned char>(line[at]);
    if (lead < 0xE0) continue;
    const std::uint32_t c = decode_utf8(line.data() + at).code_point;
    characters += (c >= 0x0E00 && c <= 0x0EFF) || (c >= 0x1000 && c <= 0x109F) ||
                  (c >= 0x1780 && c <= 0x17FF) || (c >= 0x3041 && c <= 0x30FF) ||
                  (c >= 0x3400 && c <= 0x9FFF) || (c >= 0x20000 && c <= 0x3FFFF);
  }
  return characters / 2;
}

bool is_bracketed(std::string_view line) {
  const bool opens = line.starts_with('(') || line.starts_with('[') || line.starts_with("\uFF08") ||
                     line.starts_with("\u3010");
  if (!opens) return false;
  while (line.ends_with('.')) line.remove_suffix(1);
  while (line.ends_with("\u3002")) line.remove_suffix(3);
  return line.ends_with(')') || line.ends_with(']') || line.ends_with("\uFF09") ||
         line.ends_with("\u3011");
}

// A line of one word of a few letters of ASCII, as a cell of a table: nothing more is to be said.
bool is_short_word(std::string_view line) {
  if (line.size() > 8) return false;
  for (const char c : line) {
    const char lower = static_cast<char>(c | 0x20);
    if (lower < 'a' || lower > 'z') return false;
  }
  return true;
}

// As add_words() has it.
std::uint64_t key_of_short_word(std::string_view line) {
  char word[8] = {};
  for (std::size_t i = 0; i < line.size(); ++i) word[i] = static_cast<char>(line[i] | 0x20);
  return mixed(key_with(0, word, line.size(), first_bytes(word, line.size()))) | 1;
}

// Whether two lines begin alike but for digits, and with some: lines of a log. No two lines of a
// paragraph do.
bool begin_alike(std::string_view text, std::size_t a, std::size_t b) {
  constexpr std::size_t kBytes = 8;
  bool has_digit = false;
  for (std::size_t i = 0; i < kBytes; ++i) {
    if (a + i >= text.size() || b + i >= text.size()) return false;
    const auto is_digit = [&](std::size_t at) { return text[at] >= '0' && text[at] <= '9'; };
    if (is_digit(a + i) && is_digit(b + i)) {
      has_digit = true;
    } else if (text[a + i] != text[b + i]) {
      return false;
    }
  }
  return has_digit;
}

}  // namespace

TextSpan trimmed_line(std::string_view text, std::size_t begin) {
  const std::size_t feed = std::min(text.find('\n', begin), text.size());
  const std::string_view rest = text.substr(begin, feed - begin);
  return trimmed(text, begin, rest.empty() ? begin : begin + LineBreaks(rest).line_at(0).end);
}

std::size_t start_of_line(std::string_view text, std::size_t begin) {
  while (begin > 0) {
    const char c = text[begin - 1];
    if (c == '\n' || c == '\r' || c == '\v' || c == '\f') break;
    const std::size_t size = space_before(text, begin, 0);
    if (size == 0) break;
    begin -= size;
  }
  return begin;
}

// All but key, terms and what the lines around it say.
LineShape LineShaper::shape_line(std::string_view text, TextSpan span) const {
  const std::string_view line = span.of(text);
  LineShape shape;
  shape.begin = static_cast<std::uint32_t>(span.begin);
  const TextMarks::Counts counts = marks_.count(span);
  std::size_t words = counts.words;
  if (3 * counts.tails >= line.size()) words = std::max(words, half_of_spaceless(line));
  shape.words = static_cast<std::uint8_t>(std::min<std::size_t>(words, 255));
  const LineEnding ending = find_line_ending(line);
  unsigned signs = 0;
  if (ending.is_closed) signs |= kClosedLine;
  if (ending.has_credit) signs |= kCreditLine;
  const LineBeginning beginning = find_line_beginning(line);
  if (beginning.is_numbered) signs |= kNumberedLine;
  if (beginning.is_speech && ending.is_closed) signs |= kSpeechLine;
  if (counts.tails == 0 && !counts.has_digit) {
    const bool is_looked_at = words <= 8 || (words <= kMostDateWords && counts.has_mark);
    if (is_looked_at && is_capital_throughout(line)) signs |= kCapitalsLine;
  } else if (words <= kMostDateWords && (counts.has_digit || words <= 8 || counts.has_mark)) {
    const ShortLineLook look = look_at_short_line(line, ending.is_closed);
    if (look.is_dated) signs |= kDatedLine;
    if (look.is_all_capital) signs |= kCapitalsLine;
  }
  if (words <= kMostBracketedWords && is_bracketed(line)) signs |= kBracketedLine;
  if (words <= kMostNoticeWords && is_notice(line, notices_.in(span))) signs |= kNoticeLine;
  const bool is_aside = (signs & (kCreditLine | kMetaLine)) != 0;
  if (!is_aside && ((ending.is_closed && words >= kFewestProseWords) || words >= kMostOpenWords)) {
    signs |= kProseLine;
  }
  if (ending.is_question && words >= 3 && words <= kMostQuestionWords) signs |= kQuestionLine;
  const bool is_open_head =
      !ending.is_closed && words >= 3 && words <= kMostOpenWords && !is_aside && !goes_on(line);
  if (is_open_head || ((signs & kQuestionLine) != 0 && !ending.has_credit)) signs |= kHeadLine;
  shape.signs = static_cast<std::uint16_t>(signs);
  return shape;
}

// Lower case and words of a line, folded if it is not of ASCII.
std::string_view LineShaper::fold(std::string_view line, bool& is_ascii) {
  const auto make_room = [&](std::size_t size) {
    if (mask_.size() < word_mask_size(size)) mask_.resize(word_mask_size(size));
    if (lower_.size() < size + 8) lower_.resize(size + 8);
  };
  make_room(line.size());
  is_ascii = ascii_word_mask(line.data(), line.size(), lower_.data(), mask_.data());
  if (is_ascii) return {lower_.data(), line.size()};
  const std::string_view folded = tokenizer_.fold(line);
  make_room(folded.size());
  word_mask(folded.data(), folded.size(), lower_.data(), mask_.data());
  return {lower_.data(), folded.size()};
}

// Words of a folded line, one after the other: their key and, in `out` where they are wanted, their
// terms.
template <bool kIsAscii, bool kWithTerms>
struct LineShaper::Words {
  const char* lower = nullptr;
  std::uint32_t* out = nullptr;
  std::size_t terms = 0, last_end = 0;
  std::uint64_t key = 0, last_hash = 0;
  bool was_joined = false, any = false;

  void add(std::size_t begin, std::size_t end) {
    const std::size_t size = end - begin;
    const std::uint64_t bytes = first_bytes(lower + begin, size);
    key = key_with(key, lower + begin, size, bytes);
    if constexpr (kWithTerms && kIsAscii) {
      if (terms < kMostTerms) out[terms++] = ascii_term_of(size, bytes);
    } else if constexpr (kWithTerms) {
      if (terms < kMostTerms) add_term(begin, end, bytes);
    }
    any = true;
  }

  // U+001F stands between the tokens of a script without spaces: their pairs are terms.
  void add_term(std::size_t begin, std::size_t end, std::uint64_t bytes) {
    const std::uint64_t hash = key_with(0, lower + begin, end - begin, bytes);
    const bool joins = any && begin == last_end + 1 && lower[last_end] == kTokenBoundary;
    if (joins) {
      if (!was_joined) --terms;
      out[terms++] =
          (static_cast<std::uint32_t>(mixed(last_hash * kKeyFactor + hash) >> 32) & ~3u) |
          kTermOfTwo | kTermOfFour;
    } else {
      out[terms++] = term_of(lower + begin, end - begin, bytes);
    }
    was_joined = joins;
    last_hash = hash;
    last_end = end;
  }
};

// Returns the key of the line, 0 if it has no word; its terms are appended to `terms`.
template <bool kIsAscii, bool kWithTerms>
std::uint64_t LineShaper::read_words(std::string_view folded, std::vector<std::uint32_t>& terms) {
  const std::size_t size = word_mask_size(folded.size());
  const std::size_t first = terms.size();
  Words<kIsAscii, kWithTerms> words;
  words.lower = folded.data();
  std::size_t open = 0;
  bool inside = false;
  constexpr std::size_t kBlock = 64;
  bounds_.resize(positions_capacity(kBlock));
  const std::uint16_t* const bounds = bounds_.data();
  for (std::size_t word = 0; word < size; word += kBlock) {
    const bool was_inside = inside;
    const std::size_t count =
        word_bounds(mask_.data() + word, std::min(kBlock, size - word), inside, bounds_.data());
    if constexpr (kWithTerms) {
      terms.resize(first + std::min(kMostTerms, words.terms + count / 2 + 2));
      words.out = terms.data() + first;
    }
    std::size_t i = 0;
    if (was_inside && count > 0) words.add(open, word * 64 + bounds[i++]);
    for (; i + 1 < count; i += 2) words.add(word * 64 + bounds[i], word * 64 + bounds[i + 1]);
    if (i < count) open = word * 64 + bounds[i];
  }
  if (inside) words.add(open, folded.size());
  if constexpr (kWithTerms) terms.resize(first + words.terms);
  return words.any ? mixed(words.key) | 1 : 0;
}

void LineShaper::add_words(std::string_view text, TextSpan span, ShapedText& shaped,
                           LineShape& line) {
  const bool is_at_top = shaped.lines.size() < kLinesAtTop;
  const bool is_open = line.words <= kMostOpenWords && !line.is(kClosedLine);
  const bool with_terms = line.is(kProseLine | kHeadLine | kCreditLine) ||
                          (is_open && (line.words >= 3 || is_at_top)) ||
                          (line.is(kClosedLine) && line.words >= kFewestWordsOfTitle);
  bool is_ascii = false;
  const std::string_view folded = fold(span.of(text), is_ascii);
  std::vector<std::uint32_t>& terms = shaped.terms;
  if (!with_terms) {
    line.key =
        is_ascii ? read_words<true, false>(folded, terms) : read_words<false, false>(folded, terms);
    return;
  }
  const std::size_t first = terms.size();
  line.key =
      is_ascii ? read_words<true, true>(folded, terms) : read_words<false, true>(folded, terms);
  if (line.key == 0) return;  // no word: it will be no line
  shaped.of_lines.push_back({static_cast<std::uint32_t>(shaped.lines.size()),
                             static_cast<std::uint32_t>(first),
                             static_cast<std::uint32_t>(terms.size() - first)});
}

void LineShaper::find_signs(std::string_view text) {
  notices_.find(text);
  marks_.find(text);
}

void LineShaper::shape(std::string_view text, ShapedText& shaped, const std::atomic<bool>* stop,
                       bool is_known) {
  shaped.lines.clear();
  shaped.of_lines.clear();
  shaped.terms.clear();
  shaped.is_stopped = false;
  if (!is_known) find_signs(text);
  // Exactly as much as is needed, because a page may have a line for every two bytes.
  shaped.breaks = marks_.breaks();
  shaped.lines.reserve(shaped.breaks + 1);
  unsigned blanks = 0, rules = 0;
  const auto add = [&](TextSpan span) {
    if (span.size() <= 120 && is_rule_of_signs(span.of(text))) {
      ++rules;
      return;
    }
    LineShape line;
    if (shaped.lines.size() >= kLinesAtTop && is_short_word(span.of(text))) {
      line.begin = static_cast<std::uint32_t>(span.begin);
      line.words = 1;
      line.key = key_of_short_word(span.of(text));
    } else {
      line = shape_line(text, span);
      add_words(text, span, shaped, line);
      if (line.key == 0) return;  // no word
    }
    unsigned signs = line.signs;
    if (blanks > 0) signs |= kAfterBlank;
    if (blanks > 1) signs |= kWideGap;
    if (rules > 0) signs |= kAfterRule;
    line.signs = static_cast<std::uint16_t>(signs);
    blanks = rules = 0;
    shaped.lines.push_back(line);
  };
  std::size_t looked = 0;
  const auto is_stopped = [&] {
    shaped.is_stopped = ++looked % kLinesPerLook == 0 && stop != nullptr && *stop;
    return shaped.is_stopped;
  };
  if (find_paragraphs(text)) {
    std::size_t end = 0;
    for (const TextSegment& segment : segments_) {
      if (is_stopped()) return;
      for (std::size_t seen = 0; end < segment.span.begin; ++end) {
        if (text[end] == '\n' && ++seen > 1) ++blanks;
      }
      add(segment.span);
      end = segment.span.end;
    }
    return;
  }
  const LineBreaks breaks(text, notices_.has_other_breaks());
  for (std::size_t begin = 0; begin < text.size();) {
    if (is_stopped()) return;
    const LineBreaks::Line bounds = breaks.line_at(begin);
    const TextSpan span = trimmed(text, begin, bounds.end);
    begin = bounds.next;
    if (span.empty()) {
      ++blanks;
    } else {
      add(span);
    }
  }
}

// Whether the text is wrapped at a column. Then paragraphs stand for lines: `segments_`. Short
// lines behind short ones tell nothing of it: they are menus and lists.
bool LineShaper::find_paragraphs(std::string_view text) {
  std::size_t lines = 0, short_lines = 0, full = 0, short_full = 0, last = 0, last_begin = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = marks_.next_break(begin, text.size());
    const std::size_t size = end - begin;
    const std::size_t first = begin;
    begin = end + 1;
    if (size <= 1) {
      last = 0;
      continue;
    }
    ++lines;
    const bool is_full =
        last >= kNarrowestColumn && last <= kWidestColumn && !begin_alike(text, last_begin, first);
    const bool is_short = size < kShortLine && last < kShortLine;
    full += is_full ? 1 : 0;
    short_lines += is_short ? 1 : 0;
    short_full += is_full && is_short ? 1 : 0;
    last = size;
    last_begin = first;
  }
  const bool is_full = 3 * full >= lines,
             is_longer_full = 3 * (full - short_full) >= lines - short_lines;
  if (!is_full && !is_longer_full) return false;
  structure_.find(text, marks_, false, segments_);
  if (is_full && 5 * segments_.size() < 4 * lines) return true;
  return is_longer_full && structure_.column() >= kShortLine &&
         3 * structure_.readings() >= lines - short_lines;
}

bool LineShaper::is_plain(std::string_view text, TextSpan& headline) {
  headline = {};
  find_signs(text);
  if (notices_.any()) return false;
  const LineBreaks breaks(text, notices_.has_other_breaks());
  bool has_prose = false, has_open_line = false;
  std::size_t blanks = 0, gap = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const LineBreaks::Line bounds = breaks.line_at(begin);
    const TextSpan span = trimmed(text, begin, bounds.end);
    begin = bounds.next;
    if (span.empty()) {
      ++blanks;
      continue;
    }
    const LineShape line = shape_line(text, span);
    if (line.is(kCreditLine | kMetaLine)) return false;
    if (!line.is(kProseLine)) {
      const bool is_short_sentence = line.is(kClosedLine) && !line.is(kHeadLine);
      if (!is_short_sentence) {
        if (has_open_line || has_prose) return false;
        has_open_line = true;
        if (!goes_on(span.of(text))) headline = span;
      }
    } else {
      // All gaps between lines of prose are the same.
      if (has_prose && gap != blanks + 1) {
        if (gap != 0) return false;
        gap = blanks + 1;
      }
      has_prose = true;
    }
    blanks = 0;
  }
  return true;
}

}  // namespace copydesk
