// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/sentence_end.h"

#include <algorithm>

#include "copydesk/text/glued_ends.h"
#include "copydesk/text/reference_marks.h"

namespace copydesk {
namespace {

using Kind = SentenceClass;

constexpr std::size_t kLongestMarker = 6;  // bytes of bullets and spaces in front of a list number

bool is_ascii_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(Kind kind) {
  return kind == Kind::kLower || kind == Kind::kUpper || kind == Kind::kLetter;
}
bool is_dash(std::uint32_t c) {
  return c == '-' || (c >= 0x2010 && c <= 0x2015);
}
bool is_greek(std::uint32_t c) {
  return (c >= 0x370 && c < 0x400) || (c >= 0x1F00 && c < 0x2000);
}
bool is_armenian(std::uint32_t c) {
  return c >= 0x530 && c < 0x590;
}
bool is_single_quote(std::uint32_t c) {
  return c == '\'' || c == 0x2019 || c == 0x2018;
}

// "U.S", "a.m", "н.э": single letters with full stops between them.
bool is_acronym(std::string_view word) {
  bool expects_letter = true;
  std::size_t letters = 0;
  for (std::size_t i = 0; i < word.size();) {
    const DecodedCharacter decoded = decode_utf8(word.data() + i);
    const bool is_stop = decoded.code_point == '.';
    const bool is_word = decoded.code_point >= 0x80 || is_ascii_alphanumeric(word[i]);
    if (expects_letter ? !is_word || is_digit(word[i]) : !is_stop) return false;
    letters += expects_letter ? 1 : 0;
    expects_letter = !expects_letter;
    i += decoded.length;
  }
  return letters >= 2 && !expects_letter;
}

bool is_tibetan_mark(std::uint32_t c) {
  return c == 0xF0D || c == 0xF0E || c == 0xF11;
}

bool is_roman(std::string_view word) {
  return word.size() >= 2 && std::all_of(word.begin(), word.end(), [](char c) {
           return c == 'I' || c == 'V' || c == 'X' || c == 'L' || c == 'C';
         });
}

}  // namespace

void SentenceEnds::begin_segment(std::string_view text, TextSpan segment) {
  text_ = text;
  segment_ = segment;
  reader_ = CharacterReader(text);
}

std::size_t SentenceEnds::skip_space(std::size_t at) const {
  while (at < segment_.end) {
    if (text_[at] == ' ') {
      ++at;
      continue;
    }
    const ClassifiedCharacter character = reader_.at(at, segment_.end);
    if (character.kind != Kind::kSpace && character.kind != Kind::kBreak) break;
    at += character.length;
  }
  return at;
}

// ":" ends sentences in Armenian, ";" is the question mark of Greek.
bool SentenceEnds::is_of_other_script(std::size_t at) const {
  const std::uint32_t before = reader_.before(at, segment_.begin).code_point;
  const bool is_script = text_[at] == ':' ? is_armenian(before) || before == '.' || before == 0x2026
                                          : is_greek(before);
  if (!is_script) return true;
  if (text_[at] == ':' && !is_armenian(before)) {
    // "...:" counts only behind an Armenian word.
    std::size_t back = at;
    ClassifiedCharacter character = reader_.before(back, segment_.begin);
    while (character.length > 0 && !is_letter(character.kind)) {
      back -= character.length;
      character = reader_.before(back, segment_.begin);
    }
    if (!is_armenian(character.code_point)) return true;
  }
  return false;
}

SentenceEnds::Marks SentenceEnds::read_marks(std::size_t at) const {
  Marks marks;
  std::size_t end = at;
  bool in_terminators = true;
  for (;;) {
    const ClassifiedCharacter character = reader_.at(end, segment_.end);
    if (character.length == 0) break;
    const bool is_first = end == at;
    if (is_first || character.kind == Kind::kStop || character.kind == Kind::kStrong) {
      // A terminator behind a closing mark ends the sentence instead: He asked: "Who?".
      marks.stops += character.kind == Kind::kStop ? 1 : 0;
      marks.stops += character.code_point == 0x2026 ? 2 : 0;
      marks.is_strong |= character.kind != Kind::kStop;
      marks.needs_no_space |= (character.kind == Kind::kStrong && character.code_point >= 0x0589 &&
                               character.code_point != 0x203C && character.code_point != 0x203D) ||
                              character.code_point == 0xFF0E;
      end += character.length;
      if (in_terminators) marks.terminators_end = end;
      continue;
    }
    if (character.kind == Kind::kClose || character.kind == Kind::kQuote ||
        character.kind == Kind::kOpen || character.kind == Kind::kExtend) {
      if (character.kind == Kind::kQuote || character.kind == Kind::kOpen) {
        // Closes only if nothing is opened by it.
        const ClassifiedCharacter after = reader_.at(end + character.length, segment_.end);
        const bool is_bracket = character.code_point == '(' || character.code_point == '[' ||
                                character.code_point >= 0x3000;
        if (is_bracket || is_letter(after.kind) || after.kind == Kind::kDigit) break;
      }
      in_terminators = false;
      const bool is_bracket = character.code_point == ')' || character.code_point == ']';
      marks.is_bracketed |= is_bracket;
      marks.is_quoted |= !is_bracket && character.kind != Kind::kExtend;
      end += character.length;
      continue;
    }
    break;
  }
  marks.end = end;
  return marks;
}

SentenceEnds::Following SentenceEnds::look_ahead(std::size_t at) const {
  Following following;
  following.begin = at;
  following.first = reader_.at(at, segment_.end);
  std::size_t word = at;
  for (int steps = 0; steps < 8; ++steps) {
    const ClassifiedCharacter character = reader_.at(word, segment_.end);
    const std::uint32_t c = character.code_point;
    const bool is_passed = character.kind == Kind::kOpen || character.kind == Kind::kQuote ||
                           character.kind == Kind::kExtend || c == 0xBF || c == 0xA1 ||
                           is_dash(c) || (steps > 0 && character.kind == Kind::kSpace);
    if (character.length == 0 || !is_passed) break;
    word += character.length;
  }
  following.word = word;
  const ClassifiedCharacter first = reader_.at(word, segment_.end);
  following.kind = first.kind;
  if (first.kind == Kind::kLower && lacks_capitals_) {
    following.kind = Kind::kUpper;
  } else if (first.kind == Kind::kLower) {
    // "iPhone", "eBay".
    const ClassifiedCharacter second = reader_.at(word + first.length, segment_.end);
    if (second.kind == Kind::kUpper) following.kind = Kind::kUpper;
  }
  return following;
}

SentenceEnd SentenceEnds::judge(std::size_t sentence, std::size_t at) const {
  const char byte = text_[at];
  if ((byte == ':' || byte == ';') && is_of_other_script(at)) return {false, at, at + 1};
  if (byte == '.' && at + 1 < segment_.end && is_ascii_alphanumeric(text_[at + 1])) {
    const std::size_t end = find_glued_end(text_, segment_, at, abbreviations_);
    return {end > 0, std::max(end, at + 1), end > 0 ? skip_space(end) : at + 1};
  }
  Marks marks = read_marks(at);
  const ClassifiedCharacter before = reader_.before(at, segment_.begin);
  if (marks.stops >= 2 && !marks.is_strong &&
      (before.code_point == '[' || before.code_point == '(')) {
    return {false, at, marks.end};  // "[...]"
  }
  const std::size_t references = skip_reference_marks(text_, marks.end, segment_.end);
  const bool has_note = references > marks.end && text_[references - 1] == ']';
  marks.end = references;
  if (marks.end >= segment_.end) return {true, segment_.end, segment_.end};

  std::size_t next = skip_space(marks.end);
  const bool has_space = next > marks.end;
  if (has_space) {
    // « Il dort. » : French sets a space in front of the closing mark.
    const ClassifiedCharacter closing = reader_.at(next, segment_.end);
    if (closing.code_point == 0xBB) {
      const std::size_t behind = skip_space(next + closing.length);
      const bool is_clause_end = behind < segment_.end && text_[behind] == ',';
      if (behind > next + closing.length || behind >= segment_.end || is_clause_end) {
        marks.end = next + closing.length;
        marks.is_quoted = true;
        next = behind;
        if (next >= segment_.end) return {true, segment_.end, segment_.end};
      }
    }
  } else if (!marks.needs_no_space &&
             !(has_note && reader_.at(next, segment_.end).kind == Kind::kUpper)) {
    return {false, at, marks.end};
  }
  // Tibetan closes verses and chapters with two marks, a space between them.
  while (is_tibetan_mark(reader_.at(next, segment_.end).code_point)) {
    marks.end = next + reader_.at(next, segment_.end).length;
    next = skip_space(marks.end);
    if (next >= segment_.end) return {true, segment_.end, segment_.end};
  }

  const Following following = look_ahead(next);
  const SentenceEnd goes_on{false, at, marks.end};
  const SentenceEnd ends{true, marks.end, next};
  const std::uint32_t c = following.first.code_point;
  if (c == ',' || c == ';' || c == ':' || c == 0x60C || c == 0x3001 || c == 0xFF0C) return goes_on;
  if (!has_space) {
    if (marks.is_quoted || marks.is_bracketed) {
      // Japanese goes on behind a quotation with a particle in Hiragana.
      return c >= 0x3041 && c <= 0x3096 ? goes_on : ends;
    }
    const bool is_number = following.kind == Kind::kDigit && before.kind == Kind::kDigit;
    return is_number ? goes_on : ends;
  }
  if (c == '.' && !marks.is_strong) return judge_spaced_dots(at, marks, following);
  if (following.kind == Kind::kLower) return goes_on;
  if (marks.is_bracketed && marks.stops == 1 && !marks.is_strong && !marks.is_quoted &&
      is_bracketed_abbreviation(sentence, at)) {
    return follows_opener(following) ? ends : goes_on;
  }
  if (marks.is_strong || marks.stops >= 2 || marks.is_quoted) return ends;
  if (c == 0x2116 || c == '#') return goes_on;
  return stop_ends(sentence, at, following) ? ends : goes_on;
}

// "Gen. (ret.) Holt", "(approx.)": the full stop at `at` closes the only word of a bracket that
// begins in small letters inside the sentence.
bool SentenceEnds::is_bracketed_abbreviation(std::size_t sentence, std::size_t at) const {
  std::size_t begin = at;
  ClassifiedCharacter first;
  for (;;) {
    const ClassifiedCharacter character = reader_.before(begin, segment_.begin);
    if (character.length == 0 || character.kind == Kind::kSpace ||
        at - begin > Abbreviations::kLongestWord) {
      return false;
    }
    if (character.code_point == '(' || character.code_point == '[') break;
    first = character;
    begin -= character.length;
  }
  return first.kind == Kind::kLower && begin > sentence + 1;
}

// "Vol. II", "App. C", "Cf. Eq. 2": what is counted has a label instead of a number, or another
// abbreviation of the kind follows. "A" and "I" are words.
bool SentenceEnds::follows_label(const Following& following) const {
  if (following.kind != Kind::kUpper) return false;
  const std::string_view word = word_at(following.word);
  const std::size_t end = following.word + word.size();
  if (is_roman(word)) return true;
  if (word.size() == 1) return word != "A" && word != "I";
  return end < segment_.end && text_[end] == '.' &&
         abbreviations_.kind_of(word) == AbbreviationKind::kNumber;
}

// Omissions written with spaces: three dots stand inside a sentence, four also end it; where the
// first of four touches a word, it is the full stop.
SentenceEnd SentenceEnds::judge_spaced_dots(std::size_t at, const Marks& marks,
                                            const Following& following) const {
  const ClassifiedCharacter before = reader_.before(at, segment_.begin);
  const bool is_attached = before.length > 0 && before.kind != Kind::kSpace;
  std::size_t dots = marks.stops;
  std::size_t end = marks.end;
  for (std::size_t next = following.begin; next < segment_.end && text_[next] == '.';
       next = skip_space(end)) {
    ++dots;
    end = next + 1;
  }
  const std::size_t begin_next = skip_space(end);
  const ClassifiedCharacter after = reader_.at(end, segment_.end);
  if (is_attached && begin_next == end && (is_letter(after.kind) || after.kind == Kind::kDigit)) {
    return {true, marks.end, following.begin};  // the next sentence begins with an ellipsis
  }
  const bool opens = look_ahead(begin_next).kind == Kind::kUpper && begin_next > end;
  if (dots < 4 || !opens) return {false, at, end};
  return is_attached ? SentenceEnd{true, marks.end, following.begin}
                     : SentenceEnd{true, end, begin_next};
}

std::string_view SentenceEnds::word_at(std::size_t at) const {
  std::size_t end = at;
  for (;;) {
    const ClassifiedCharacter character = reader_.at(end, segment_.end);
    if (character.length == 0 || (!is_letter(character.kind) && character.kind != Kind::kDigit &&
                                  character.kind != Kind::kExtend)) {
      break;
    }
    end += character.length;
  }
  return text_.substr(at, end - at);
}

bool SentenceEnds::follows_opener(const Following& following) const {
  if (following.kind != Kind::kUpper) return false;
  const std::string_view word = word_at(following.word);
  const std::size_t end = following.word + word.size();
  const bool is_initial = word.size() <= 2 && end < segment_.end && text_[end] == '.';
  return !is_initial && abbreviations_.opens_sentences(word);
}

bool SentenceEnds::is_only_marks(std::size_t begin, std::size_t end) const {
  for (std::size_t at = begin; at < end;) {
    const ClassifiedCharacter character = reader_.at(at, end);
    if (is_letter(character.kind) || character.kind == Kind::kDigit) return false;
    at += character.length;
  }
  return true;
}

bool SentenceEnds::previous_word_is_lower(std::size_t word) const {
  std::size_t at = word;
  while (at > segment_.begin && text_[at - 1] == ' ') --at;
  ClassifiedCharacter first;
  for (;;) {
    const ClassifiedCharacter character = reader_.before(at, segment_.begin);
    if (character.length == 0 || character.kind == Kind::kSpace) break;
    first = character;
    at -= character.length;
  }
  return first.kind == Kind::kLower;
}

// A single full stop without a quotation mark behind it, in front of a word that could begin a
// sentence: the word in front of it decides.
bool SentenceEnds::stop_ends(std::size_t sentence, std::size_t at,
                             const Following& following) const {
  std::size_t begin = at;
  std::size_t characters = 0;
  ClassifiedCharacter first;
  for (;;) {
    const ClassifiedCharacter character = reader_.before(begin, segment_.begin);
    if (character.length == 0 || character.kind == Kind::kSpace || character.kind == Kind::kBreak ||
        character.kind == Kind::kOpen ||
        (character.kind == Kind::kQuote && !is_single_quote(character.code_point))) {
      break;
    }
    if (at - begin > Abbreviations::kLongestWord) return true;
    begin -= character.length;
    characters += character.kind == Kind::kExtend ? 0 : 1;
    first = character;
  }
  std::string_view word = text_.substr(begin, at - begin);
  if (word.empty()) return true;
  // Marks in front of a word: bullets and dashes.
  for (;;) {
    const ClassifiedCharacter character = reader_.at(begin, at);
    if (character.length == 0 || is_letter(character.kind) || character.kind == Kind::kDigit ||
        begin > sentence + kLongestMarker) {
      break;
    }
    if (begin != sentence && character.code_point < 0x80) break;
    begin += character.length;
    --characters;
    first = reader_.at(begin, at);
  }
  word = text_.substr(begin, at - begin);
  const bool is_at_start =
      begin <= sentence || (begin <= sentence + kLongestMarker && is_only_marks(sentence, begin));

  const bool is_number = std::all_of(word.begin(), word.end(), is_digit);
  if (is_at_start && (characters == 1 || (is_number && word.size() <= 3))) {
    return false;  // the marker of a list item
  }
  if (is_number && word.size() <= 2) {
    const std::string_view next = word_at(following.word);
    if (abbreviations_.kind_of(next) == AbbreviationKind::kMonth) return false;
    if (is_ordinal_ && following.kind == Kind::kUpper) return follows_opener(following);
  }
  if (is_number) return true;
  if (is_ordinal_ && is_roman(word)) return follows_opener(following);
  if (characters == 1 && is_letter(first.kind)) {
    if (first.code_point == 'i' && lacks_capitals_) return previous_word_is_lower(begin);
    if (first.kind != Kind::kUpper) return false;
    if (first.code_point == 'I' && previous_word_is_lower(begin)) return true;
    return follows_opener(following);
  }
  AbbreviationKind kind = abbreviations_.kind_of(word);
  if (is_acronym(word)) return kind != AbbreviationKind::kTitle && follows_opener(following);

  // "D-Calif", "mid-Sept", "l'Avv".
  if (const std::size_t joint = word.find_last_of("-'");
      kind == AbbreviationKind::kNone && joint != word.npos) {
    word.remove_prefix(joint + 1);
    kind = abbreviations_.kind_of(word);
  }
  const bool is_before_number = following.kind == Kind::kDigit;
  switch (kind) {
    case AbbreviationKind::kNone:
      return true;
    case AbbreviationKind::kTitle:
      return false;
    case AbbreviationKind::kNumber:
      if (is_before_number || follows_label(following)) return false;
      return static_cast<unsigned char>(word[0]) < 0x80 || follows_opener(following);
    case AbbreviationKind::kMonth:
      if (is_before_number) return false;
      return first.kind != Kind::kUpper || follows_opener(following);
    case AbbreviationKind::kGeneral:
      return follows_opener(following);
  }
  return true;
}

}  // namespace copydesk
