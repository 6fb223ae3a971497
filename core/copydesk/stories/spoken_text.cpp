// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/spoken_text.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_ending.h"
#include "copydesk/text/line_label.h"
#include "copydesk/text/time_stamp.h"

namespace copydesk {
namespace {

constexpr std::size_t kFewestBytesOfProse = 60, kFewestProse = 2;  // in front of a log
constexpr std::size_t kFewestCues = 3, kFewestStamped = 4, kFewestHeaded = 4, kFewestNamed = 4;
constexpr std::size_t kMostLinesBefore = 4;  // of a record
constexpr std::size_t kLinesAtTop = 24;      // with one such line the text is none
constexpr std::size_t kMostNames = 64;       // of a text with speakers
constexpr std::size_t kMostWordsOfName = 4;
constexpr std::size_t kPiecesOfSentence = 8;  // of captions, at most

// A line without white space around it, and where the next one begins.
struct TextLine {
  TextSpan span;
  std::size_t next = 0;
};

TextLine line_at(std::string_view text, std::size_t begin) {
  const std::size_t feed = std::min(text.find('\n', begin), text.size());
  TextSpan span{begin, feed};
  while (span.begin < span.end && is_ascii_space(text[span.begin])) ++span.begin;
  if (text.substr(span.begin).starts_with("\uFEFF")) span.begin += 3;
  while (span.end > span.begin && is_ascii_space(text[span.end - 1])) --span.end;
  return {{std::min(span.begin, span.end), span.end}, std::min(feed + 1, text.size())};
}

bool is_name_of_speaker(std::string_view name) {
  constexpr std::string_view kSigns = ".!?,;\"/<>()[]{}=|*-+#`'$@~";
  return !name.empty() && kSigns.find(name.front()) == std::string_view::npos &&
         std::string_view("!?,;\"/=").find(name.back()) == std::string_view::npos;
}

// Of what follows a stamp, how much is the name of who speaks: "<ann> yes", "< ann> yes",
// "Ann\tyes", "Ann: yes", "From Ann Lee to all: yes".
std::size_t size_of_name(std::string_view line) {
  constexpr std::size_t kMostWords = 6;
  const std::string_view front = line.substr(0, kMostBytesOfLabel);
  std::size_t size = 0;
  if (line.starts_with('<')) {
    const std::size_t end = front.find('>');
    if (end == std::string_view::npos || front.find(' ', 2) < end) return 0;
    size = end + 1;
  } else if (const std::size_t tab = front.find('\t'); tab != std::string_view::npos) {
    size = tab;
  } else {
    const LineLabel label = find_line_label(line, kMostWords);
    return is_name_of_speaker(label.name) ? label.end : 0;
  }
  while (size < line.size() && is_ascii_space(line[size])) ++size;
  return size;
}

// "HOST" of "HOST [00:12]".
std::string_view without_stamp(std::string_view name) {
  const std::size_t stamp = name.find_first_of("[(");
  if (stamp == std::string_view::npos || stamp == 0) return name;
  if (size_of_stamp(name.substr(stamp)) == 0) return name;
  std::string_view bare = name.substr(0, stamp);
  while (!bare.empty() && is_ascii_space(bare.back())) bare.remove_suffix(1);
  return bare;
}

// "Q." and "A." of questions and answers, "Q1:" and "A1:", which are turns of Q and A; else a name
// in front of a colon.
LineLabel find_turn_label(std::string_view line) {
  constexpr std::string_view kFirstBytes = "QA\xEF";
  if (kFirstBytes.find(line.front()) == kFirstBytes.npos) {
    return find_line_label(line, kMostWordsOfName);
  }
  for (const std::string_view letter : {"Q", "A", "\uFF31", "\uFF21"}) {
    if (!line.starts_with(letter)) continue;
    std::size_t end = letter.size();
    while (end < line.size() && line[end] >= '0' && line[end] <= '9') ++end;
    for (const std::string_view sign : {".", ":", ")", "\uFF0E", "\uFF1A", "\u3001", "\u3000"}) {
      if (!line.substr(end).starts_with(sign)) continue;
      end += sign.size();
      if (sign.size() == 1 && (end == line.size() || !is_ascii_space(line[end]))) break;
      while (end < line.size() && is_ascii_space(line[end])) ++end;
      return {line.substr(0, letter.size()), end};
    }
  }
  return find_line_label(line, kMostWordsOfName);
}

// "<Media omitted>", "[laughs]", "(applause)": nothing that was said.
bool is_remark(std::string_view said) {
  for (const std::string_view pair : {"<>", "[]", "()"}) {
    if (said.starts_with(pair[0]) && said.ends_with(pair[1]) &&
        said.find(pair[1]) + 1 == said.size())
      return true;
  }
  return false;
}

// "* ann joined", "-!- ann joined", "*** ann joined", "--> ann".
bool is_event(std::string_view said) {
  return said.starts_with("* ") || said.starts_with("*** ") || said.starts_with("-!-") ||
         said.starts_with("-->") || said.starts_with("<--");
}

// A line that is a name of up to four words and a time of day: where the time begins; 0 if it is
// none.
std::size_t size_of_header(std::string_view line) {
  const char last = line.back();
  const bool may_be = (last >= '0' && last <= '9') || last == ']' || last == ')' || last == 'M' ||
                      last == 'm' || last == '.';
  if (!may_be) return 0;
  const std::size_t stamp = find_stamp_at_end(line);
  return stamp == std::string_view::npos ? 0 : stamp;
}

// The name in front of a stamp, without what parts them.
std::string_view name_before(std::string_view line, std::size_t stamp) {
  std::string_view name = line.substr(0, stamp);
  for (;;) {
    const std::size_t size = name.size();
    while (!name.empty() && (is_ascii_space(name.back()) || name.back() == ',' ||
                             name.back() == '-' || name.back() == '|')) {
      name.remove_suffix(1);
    }
    for (const std::string_view dash : {"\u2013", "\u2014", "\u2022", "\u00B7"}) {
      if (name.ends_with(dash)) name.remove_suffix(dash.size());
    }
    if (name.size() == size) break;
  }
  const auto gaps = std::count_if(name.begin(), name.end(), is_ascii_space);
  return static_cast<std::size_t>(gaps) < kMostWordsOfName ? name : std::string_view();
}

// How many lines at the top are prose.
std::size_t prose_in(std::string_view text) {
  std::size_t lines = 0, prose = 0;
  for (std::size_t begin = 0; begin < text.size() && lines < kLinesAtTop;) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    if (line.span.empty()) continue;
    ++lines;
    const std::string_view content = line.span.of(text);
    const bool is_long = content.size() >= kFewestBytesOfProse && !is_time_code(content);
    prose += is_long && find_line_ending(content).is_closed ? 1 : 0;
  }
  return prose;
}

}  // namespace

bool SpokenText::Names::add(std::string_view name, bool is_closed) {
  const auto known =
      std::find_if(all.begin(), all.end(), [&](const Name& other) { return other.name == name; });
  if (known != all.end()) {
    ++known->lines;
    known->closed += is_closed ? 1 : 0;
    return true;
  }
  if (all.size() == kMostNames) return false;
  all.push_back({name, 1, is_closed ? std::size_t{1} : 0});
  return true;
}

bool SpokenText::Names::comes_again(std::string_view name) const {
  return std::any_of(all.begin(), all.end(),
                     [&](const Name& other) { return other.lines > 1 && other.name == name; });
}

SpokenText::Name SpokenText::Names::sum_of_repeated(std::size_t& names) const {
  Name sum;
  names = 0;
  for (const Name& name : all) {
    if (name.lines < 2) continue;
    ++names;
    sum.lines += name.lines;
    sum.closed += name.closed;
  }
  return sum;
}

void SpokenText::find(std::string_view text) {
  said_.clear();
  names_.clear();
  title_ = {};
  switch (form_of(text)) {
    case Form::kNone:
      return;
    case Form::kCues:
      read_cues(text);
      return;
    case Form::kNamed:
      read_named(text);
      return;
    case Form::kStamped:
    case Form::kHeaded:
      read_turns(text);
      return;
  }
}

SpokenText::Form SpokenText::form_of(std::string_view text) {
  speakers_.all.clear();
  headers_.all.clear();
  std::size_t lines = 0, codes = 0, stamped = 0, with_name = 0, first_stamped = 0;
  std::size_t headed = 0, first_headed = 0, labels = 0, begin_of_stamped = 0;
  bool has_few_names = true, has_few_headers = true;
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    if (line.span.empty()) continue;
    if (++lines == kLinesAtTop && codes == 0 && stamped + headed + labels < 2) return Form::kNone;
    const std::string_view content = line.span.of(text);
    const char first = content.front();
    if ((first >= '0' && first <= '9') || first == '[' || first == '(') {
      if (is_time_code(content)) {
        ++codes;
        continue;
      }
      const std::size_t stamp = size_of_stamp(content);
      if (stamp > 0) {
        if (stamped++ == 0) {
          first_stamped = lines;
          begin_of_stamped = line.span.begin;
        }
        with_name += size_of_name(content.substr(stamp)) > 0 ? 1 : 0;
        continue;
      }
    }
    if (has_few_headers) {
      const std::size_t stamp = size_of_header(content);
      const std::string_view name = stamp > 0 ? name_before(content, stamp) : std::string_view();
      if (!name.empty()) {
        if (headed++ == 0) first_headed = lines;
        has_few_headers = headers_.add(name, false);
        continue;
      }
    }
    if (!has_few_names) continue;
    const LineLabel label = find_turn_label(content);
    if (label.end < content.size() && is_name_of_speaker(label.name)) {
      ++labels;
      has_few_names = speakers_.add(without_stamp(label.name), find_line_ending(content).is_closed);
    }
  }
  if (codes >= kFewestCues) return Form::kCues;
  has_names_ = 3 * with_name >= 2 * stamped;
  // Nobody says what stands behind paragraphs without a name: that is a log.
  if (stamped >= kFewestStamped &&
      (has_names_ || prose_in(text.substr(0, begin_of_stamped)) < kFewestProse)) {
    const bool is_at_top = first_stamped <= kMostLinesBefore;
    if (2 * stamped >= lines || (has_names_ && is_at_top && 5 * stamped >= lines)) {
      return Form::kStamped;
    }
  }
  std::size_t names = 0;
  if (headed >= kFewestHeaded && has_few_headers && first_headed <= kMostLinesBefore &&
      4 * headed >= lines && 2 * headers_.sum_of_repeated(names).lines >= headed) {
    return Form::kHeaded;
  }
  const Name repeated = speakers_.sum_of_repeated(names);
  const bool are_turns = has_few_names && names >= 2 && repeated.lines >= kFewestNamed &&
                         3 * repeated.lines >= lines && 3 * repeated.closed >= 2 * repeated.lines;
  return are_turns ? Form::kNamed : Form::kNone;
}

// Each with the end of its line.
void SpokenText::add_said(std::string_view text, TextSpan said, std::size_t next) {
  const std::string_view content = said.of(text);
  if (!content.empty() && !is_remark(content)) said_.push_back({said.begin, next});
}

void SpokenText::begin_turn(std::size_t at) {
  if (!said_.empty() && !said_.back().empty()) said_.push_back({at, at});
}

// Speech in pieces that have no sentences of their own, as lines of captions, is read through where
// it has the signs of sentences; else each piece is left alone.
void SpokenText::join_pieces(std::string_view text) {
  std::size_t pieces = 0, ends = 0;
  for (const TextSpan& said : said_) {
    pieces += said.empty() ? 0 : 1;
    ends += said.of(text).find_first_of(".?!") != std::string_view::npos ? 1 : 0;
  }
  if (kPiecesOfSentence * ends < pieces) return;
  std::erase_if(said_, [](const TextSpan& said) { return said.empty(); });
}

// Stamped lines and headed turns; lines without a stamp go on with what was said.
void SpokenText::read_turns(std::string_view text) {
  bool has_begun = false;
  std::size_t before = 0, bare = 0, stamped = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    if (line.span.empty()) continue;
    const std::string_view content = line.span.of(text);
    const std::size_t stamp = size_of_stamp(content);
    if (stamp > 0) {
      has_begun = true;
      begin_turn(line.span.begin);
      ++stamped;
      bare += stamp == content.size() ? 1 : 0;
      const std::size_t name = size_of_name(content.substr(stamp));
      // Where all others have names, a line without is the program's.
      if (has_names_ && name == 0 && stamp < content.size()) continue;
      const std::size_t said = line.span.begin + stamp + name;
      if (!is_event(text.substr(said, line.span.end - said))) {
        add_said(text, {said, line.span.end}, line.next);
      }
    } else if (const std::size_t at = size_of_header(content);
               at > 0 && headers_.comes_again(name_before(content, at))) {
      has_begun = true;
      begin_turn(line.span.begin);
    } else if (has_begun) {
      add_said(text, line.span, line.next);
    } else {
      title_ = before++ == 0 ? line.span : TextSpan{};
    }
  }
  if (2 * bare > stamped) join_pieces(text);
}

// Behind a time code, up to a blank line, stands what is said. What is in front of all of them, the
// numbers and notes between are not. Tags are left out.
void SpokenText::read_cues(std::string_view text) {
  bool is_cue = false;
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const std::string_view content = line.span.of(text);
    if (is_time_code(content)) {
      is_cue = true;
      begin_turn(line.span.begin);
    } else if (content.empty()) {
      is_cue = false;
    } else if (is_cue) {
      add_cue(text, line.span, line.next);
    }
  }
  join_pieces(text);
}

void SpokenText::add_cue(std::string_view text, TextSpan line, std::size_t next) {
  const std::size_t first = said_.size();
  std::size_t at = line.begin;
  const std::string_view front = text.substr(0, line.end);
  bool may_close = true;  // there may be the end of a tag
  const auto end_of_tag = [&](std::size_t begin) {
    const bool is_tag = front[begin] == '<' || front.substr(begin).starts_with("{\\");
    if (!is_tag || !may_close) return begin;
    const std::size_t end = front.find(front[begin] == '<' ? '>' : '}', begin);
    may_close = end != front.npos;
    return may_close ? end + 1 : begin;
  };
  while (at < line.end) {
    const std::size_t tag = end_of_tag(at);
    if (tag > at) {
      at = tag;
      continue;
    }
    const bool goes_on = said_.size() > first && said_.back().end == at;
    if (!goes_on) said_.push_back({at, at});
    said_.back().end = ++at;
  }
  if (said_.size() == first) return;
  if (said_.size() == first + 1 && is_remark(said_.back().of(text))) {
    said_.pop_back();
  } else if (said_.back().end == line.end) {
    said_.back().end = next;
  } else if (line.end < next) {
    said_.push_back({line.end, next});
  }
}

void SpokenText::read_named(std::string_view text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    if (line.span.empty()) continue;
    const LineLabel label = find_turn_label(line.span.of(text));
    if (label.name.empty() || !speakers_.comes_again(without_stamp(label.name))) continue;
    names_.push_back({line.span.begin, line.span.begin + label.end});
  }
}

}  // namespace copydesk
