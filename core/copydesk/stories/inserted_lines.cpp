// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/inserted_lines.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_ending.h"
#include "copydesk/text/line_label.h"

namespace copydesk {
namespace {

constexpr std::size_t kFewestStamped = 3;     // lines in a row
constexpr std::size_t kMostWordsOfLabel = 3;  // of a field of mail
constexpr std::size_t kFewestFields = 3;
constexpr std::size_t kFewestDashes = 3;
constexpr std::size_t kFewestProse = 2;     // lines that are left
constexpr unsigned kManyWords = 25;         // or one with so many
constexpr std::size_t kNumbersOfClock = 3;  // with seconds, which only machines write
constexpr std::size_t kFewestEntries = 3;   // of a table of contents
constexpr unsigned kMostWordsOfEntry = 10;
constexpr std::size_t kMostBytesOfLink = 24;  // "[edit]"
constexpr std::size_t kMostBytesOfMonth = 9, kMostBytesOfStamp = 64;

// What stands between the numbers of a date or time; 0 bytes if nothing such.
std::size_t size_of_joint(std::string_view rest) {
  for (const std::string_view joint : {":", ".", "/", "-", "h", "T", "\u5E74", "\u6708"}) {
    if (rest.starts_with(joint) && rest.size() > joint.size() &&
        is_ascii_digit(rest[joint.size()])) {
      return joint.size();
    }
  }
  return 0;
}

struct Numbers {
  std::size_t joined = 0;  // how many the line begins with
  std::size_t colons = 0;  // between them
  std::size_t end = 0;
};

// The joined numbers at `at`, of at most four digits.
Numbers numbers_at(std::string_view line, std::size_t at) {
  Numbers found;
  for (;;) {
    const std::size_t begin = at;
    while (at < line.size() && is_ascii_digit(line[at])) ++at;
    if (at == begin || at - begin > 4) return found;
    ++found.joined;
    found.end = at;
    const std::size_t joint = size_of_joint(line.substr(at));
    if (joint == 0) return found;
    found.colons += line[at] == ':' ? 1 : 0;
    at += joint;
  }
}

enum class Stamp : std::uint8_t { kNone, kSome, kMachine };

// Machines write seconds, or a date and a time of day behind it.
Stamp stamp_of(std::string_view line) {
  std::size_t at = 0;
  if (!line.empty() && (line[0] == '[' || line[0] == '(')) ++at;
  if (at < line.size() && !is_ascii_digit(line[at])) {
    // "Mar  3 06:25:01": a month, a day and a time with seconds.
    const std::size_t month = std::min(line.find(' ', at), line.size());
    if (month == at || month - at > kMostBytesOfMonth) return Stamp::kNone;
    std::size_t day = std::min(line.find_first_not_of(' ', month), line.size());
    const std::size_t day_begin = day;
    while (day < line.size() && is_ascii_digit(line[day])) ++day;
    if (day == day_begin || day - day_begin > 2 || day >= line.size() || line[day] != ' ') {
      return Stamp::kNone;
    }
    return numbers_at(line, day + 1).colons + 1 >= kNumbersOfClock ? Stamp::kMachine : Stamp::kNone;
  }
  const Numbers first = numbers_at(line, at);
  if (first.joined < 2) {
    // "03/Mar/2026:06:25:24"
    const bool has_month = first.joined == 1 && first.end + 5 < line.size() &&
                           line[first.end] == '/' && line[first.end + 4] == '/';
    return has_month && numbers_at(line, first.end + 5).colons + 1 >= kNumbersOfClock
               ? Stamp::kMachine
               : Stamp::kNone;
  }
  if (first.colons + 1 >= kNumbersOfClock) return Stamp::kMachine;
  if (first.joined >= 3 && first.end + 1 < line.size() && line[first.end] == ' ' &&
      numbers_at(line, first.end + 1).colons > 0) {
    return Stamp::kMachine;
  }
  return Stamp::kSome;
}

std::string_view line_at(std::string_view text, const LineShape& line) {
  return trimmed_line(text, line.begin).of(text);
}

// What a mail answers: lines that begin with ">", from one that says when or to whom and goes on,
// "On Mon, 3 Jun 2024 at 16:40, Jon <jon@example.org> wrote:", to the end.
void leave_out_quoted_mail(std::string_view text, const ShapedText& shaped, TextSpan lines,
                           std::span<std::uint8_t> is_body) {
  const auto is_quoted = [&](std::size_t line) { return text[shaped.lines[line].begin] == '>'; };
  bool is_answer = false;
  for (std::size_t i = lines.begin; i < lines.end; ++i) {
    if (is_quoted(i)) {
      if (is_answer) is_body[i] = 0;
    } else if (!is_answer && i + 1 < lines.end && is_quoted(i + 1)) {
      is_answer = shaped.lines[i].is(kMetaLine) && goes_on(line_at(text, shaped.lines[i]));
    }
  }
}

// "-----Original Message-----" in front of three fields and more: what is behind is another mail.
void leave_out_answered_mail(std::string_view text, const ShapedText& shaped, TextSpan lines,
                             std::span<std::uint8_t> is_body) {
  for (std::size_t i = lines.begin; i + kFewestFields < lines.end; ++i) {
    if (text[shaped.lines[i].begin] != '-') continue;
    const std::string_view line = line_at(text, shaped.lines[i]);
    const std::size_t front = std::min(line.find_first_not_of('-'), line.size());
    const std::size_t last = line.find_last_not_of('-');
    if (front < kFewestDashes || last == line.npos || line.size() - last <= kFewestDashes) continue;
    std::size_t fields = 0;
    while (fields < kFewestFields &&
           !find_line_label(line_at(text, shaped.lines[i + 1 + fields]), kMostWordsOfLabel)
                .name.empty()) {
      ++fields;
    }
    if (fields < kFewestFields) continue;
    std::fill(is_body.begin() + static_cast<std::ptrdiff_t>(i),
              is_body.begin() + static_cast<std::ptrdiff_t>(lines.end), std::uint8_t{0});
    return;
  }
}

// Lines in a row that begin with dates or times are those of a log if machines wrote the times, and
// of a programme if most of them do not end as sentences do. News as they come in, hour by hour,
// are neither.
std::vector<TextSpan> find_stamped_runs(std::string_view text, const ShapedText& shaped,
                                        TextSpan lines) {
  std::vector<TextSpan> runs;
  for (std::size_t i = lines.begin; i < lines.end; ++i) {
    std::size_t open = 0, machine = 0;
    const std::size_t begin = i;
    for (; i < lines.end; ++i) {
      const LineShape& line = shaped.lines[i];
      const Stamp stamp = stamp_of(text.substr(line.begin, kMostBytesOfStamp));
      if (stamp == Stamp::kNone) break;
      open += line.is(kClosedLine) ? 0 : 1;
      machine += stamp == Stamp::kMachine ? 1 : 0;
    }
    const std::size_t count = i - begin;
    if (count < kFewestStamped) continue;
    if (2 * machine >= count || 3 * open >= 2 * count) runs.push_back({begin, i});
  }
  return runs;
}

void leave_out_stamped_lines(std::string_view text, const ShapedText& shaped, TextSpan lines,
                             std::span<std::uint8_t> is_body) {
  const std::vector<TextSpan> runs = find_stamped_runs(text, shaped, lines);
  if (runs.empty()) return;
  std::size_t prose = 0;
  const auto for_each_outside = [&](auto&& take) {
    auto run = runs.begin();
    for (std::size_t i = lines.begin; i < lines.end; ++i) {
      while (run != runs.end() && run->end <= i) ++run;
      const bool is_inside = run != runs.end() && run->begin <= i;
      const LineShape& line = shaped.lines[i];
      if (!is_inside && line.is(kProseLine) && !line.is(kLaterCopy)) take(i, line);
    }
  };
  for_each_outside([&](std::size_t, const LineShape& line) {
    prose += line.words >= kManyWords ? kFewestProse : 1;
  });
  if (prose < kFewestProse) return;
  bool was_body = false;
  for (const TextSpan& stamped : runs) {
    for (std::size_t i = stamped.begin; i < stamped.end; ++i) {
      was_body |= is_body[i] != 0;
      is_body[i] = 0;
    }
  }
  // Beside a log that counted as the text what is written for the reader looked like a stranger.
  if (was_body) for_each_outside([&](std::size_t i, const LineShape&) { is_body[i] = 1; });
}

std::string_view without_number(std::string_view line) {
  std::size_t at = 0;
  while (at < line.size() && (is_ascii_digit(line[at]) || line[at] == '.')) ++at;
  if (at == 0 || at == line.size() || !is_ascii_space(line[at])) return line;
  while (at < line.size() && is_ascii_space(line[at])) ++at;
  return line.substr(at);
}

// Notes that lead back to where they are referred to: "^ Teague, Lights of the north", "2. \u2191
// County archive, box 212".
void leave_out_notes(std::string_view text, const ShapedText& shaped, TextSpan lines,
                     std::span<std::uint8_t> is_body) {
  for (std::size_t i = lines.begin; i < lines.end; ++i) {
    const char first = text[shaped.lines[i].begin];
    if (first != '^' && first != '\xE2' && !is_ascii_digit(first)) continue;
    const std::string_view line = without_number(line_at(text, shaped.lines[i]));
    for (const std::string_view arrow : {"^", "\u2191", "\u21A9", "\u2B06"}) {
      if (line.starts_with(arrow)) is_body[i] = 0;
    }
  }
}

// What a heading and its entry in a table of contents have in common: "History" of "2 History",
// "History[edit]" and "History ..... 14".
std::string_view name_of_section(std::string_view line) {
  line = without_number(line);
  if (line.ends_with(']')) {
    const std::size_t open = line.find_last_of('[');
    if (open != line.npos && line.size() - open <= kMostBytesOfLink) line = line.substr(0, open);
  }
  const auto is_leader = [](char c) { return c == '.' || is_ascii_digit(c) || is_ascii_space(c); };
  while (!line.empty() && is_leader(line.back())) line.remove_suffix(1);
  return line;
}

// A table of contents: of short lines in a row three and more, and half of those from the first of
// them to the last, name later headings; with the short line in front.
void leave_out_contents(std::string_view text, const ShapedText& shaped, TextSpan lines,
                        std::span<std::uint8_t> is_body) {
  const auto is_short = [&](std::size_t i) {
    const LineShape& line = shaped.lines[i];
    return line.words <= kMostWordsOfEntry && !line.is(kClosedLine | kProseLine | kMetaLine);
  };
  const auto is_heading = [&](std::size_t i) {  // in front of prose
    return is_short(i) && i + 1 < lines.end && !is_short(i + 1);
  };
  std::size_t places = 0;  // of headings
  for (std::size_t i = lines.begin; i < lines.end && places < kFewestEntries; ++i) {
    places += is_heading(i) ? 1 : 0;
  }
  if (places < kFewestEntries) return;
  std::vector<std::pair<std::string_view, std::size_t>> headings;
  const auto find_headings = [&] {
    for (std::size_t i = lines.begin; i < lines.end; ++i) {
      if (!is_heading(i)) continue;
      headings.emplace_back(name_of_section(line_at(text, shaped.lines[i])), i);
    }
    std::sort(headings.begin(), headings.end());
  };
  // The last of the name, if it stands behind `line`.
  const auto heading_behind = [&](std::string_view name, std::size_t line) {
    const auto behind =
        std::upper_bound(headings.begin(), headings.end(), std::pair(name, lines.end));
    const bool is_found = behind != headings.begin() && !name.empty() &&
                          std::prev(behind)->first == name && std::prev(behind)->second > line;
    return is_found ? std::prev(behind)->second : lines.end;
  };
  for (std::size_t begin = lines.begin, end = 0; begin < lines.end; begin = end + 1) {
    end = begin;
    while (end < lines.end && is_short(end)) ++end;
    if (end - begin <= kFewestEntries) continue;
    if (headings.empty()) find_headings();
    std::size_t first = end, last = begin, named = 0;
    for (std::size_t i = begin; i < end; ++i) {
      if (heading_behind(name_of_section(line_at(text, shaped.lines[i])), i) == lines.end) continue;
      first = std::min(first, i);
      last = i + 1;
      ++named;
    }
    if (named < kFewestEntries || 2 * named < last - first) continue;
    for (std::size_t i = first - (first > begin ? 1 : 0); i < last; ++i) is_body[i] = 0;
    // Without the entry, which it may be a copy of, the heading is text as what it heads is.
    for (std::size_t i = first; i < last; ++i) {
      const std::size_t heading =
          heading_behind(name_of_section(line_at(text, shaped.lines[i])), i);
      if (heading + 1 < lines.end) is_body[heading] = is_body[heading + 1];
    }
    return;
  }
}

}  // namespace

bool has_stamped_lines(std::string_view text, const ShapedText& shaped) {
  return !find_stamped_runs(text, shaped, {0, shaped.lines.size()}).empty();
}

void leave_out_inserted_lines(std::string_view text, const ShapedText& shaped, TextSpan lines,
                              std::span<std::uint8_t> is_body) {
  leave_out_quoted_mail(text, shaped, lines, is_body);
  leave_out_answered_mail(text, shaped, lines, is_body);
  leave_out_stamped_lines(text, shaped, lines, is_body);
  leave_out_notes(text, shaped, lines, is_body);
  leave_out_contents(text, shaped, lines, is_body);
}

}  // namespace copydesk
