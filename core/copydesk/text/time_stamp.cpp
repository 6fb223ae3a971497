// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/time_stamp.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostBytesOfStamp = 48;
constexpr std::size_t kMostDigits = 4;  // of a number: a year

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads dates and one time of day.
class StampReader {
 public:
  explicit StampReader(std::string_view line) : line_(line.substr(0, kMostBytesOfStamp)) {}

  // Behind the time and its "PM" or "Z"; 0 if there is none.
  std::size_t read(std::size_t at) {
    bool has_clock = false;
    std::size_t end = 0;  // of what belongs to the stamp for sure
    while (at < line_.size()) {
      if (is_digit(line_[at])) {
        const std::size_t number = at;
        while (digit(at)) ++at;
        if (at - number > kMostDigits) return end;
        if (is_clock(number, at)) {
          if (has_clock) return end;
          has_clock = true;
          at = end_of_clock(at);
          end = at = end_of_half_day(at);
          continue;
        }
        // Of a date the numbers are joined: "12/03/24", "05.11.2023".
        const bool joins = at < line_.size() && is_joint(line_[at]) && digit(at + 1);
        const bool is_joined =
            number > 0 && is_joint(line_[number - 1]) && number > 1 && is_digit(line_[number - 2]);
        if (!joins && !is_joined) return end;
        if (has_clock) end = at;
        continue;
      }
      const char c = line_[at];
      const bool parts = c == ' ' || c == ',' || is_joint(c) || (c == 'T' && digit(at + 1));
      if (!parts) return end;
      ++at;
    }
    return end;
  }

 private:
  static bool is_joint(char c) { return c == '/' || c == '.' || c == '-'; }
  [[nodiscard]] bool digit(std::size_t at) const {
    return at < line_.size() && is_digit(line_[at]);
  }
  // Whether number [begin, end) is the hours, or the minutes, of a time.
  [[nodiscard]] bool is_clock(std::size_t begin, std::size_t end) const {
    return end - begin <= 3 && end < line_.size() && line_[end] == ':' && digit(end + 1) &&
           line_[end + 1] <= '5' && digit(end + 2) && !digit(end + 3);
  }
  [[nodiscard]] std::size_t end_of_clock(std::size_t at) const {
    while (at < line_.size() && line_[at] == ':' && digit(at + 1) && digit(at + 2)) at += 3;
    if (at < line_.size() && (line_[at] == '.' || line_[at] == ',') && digit(at + 1)) {
      ++at;
      while (digit(at)) ++at;
    }
    return at;
  }
  // "PM", "p.m.", "Z" behind a time.
  [[nodiscard]] std::size_t end_of_half_day(std::size_t at) const {
    std::size_t word = at;
    for (const std::string_view space : {" ", "\u202F", "\u00A0"}) {
      if (line_.substr(word).starts_with(space)) {
        word += space.size();
        break;
      }
    }
    for (const std::string_view half : {"AM", "PM", "am", "pm", "a.m.", "p.m.", "Z"}) {
      if (!line_.substr(word).starts_with(half)) continue;
      const std::size_t end = word + half.size();
      const bool ends = end >= line_.size() || is_ascii_space(line_[end]) ||
                        std::string_view("]),-").find(line_[end]) != std::string_view::npos;
      if (ends) return end;
    }
    return at;
  }

  std::string_view line_;
};

char closer_of(char opener) {
  return opener == '[' ? ']' : opener == '(' ? ')' : '\0';
}

// Behind the stamp that begins at the beginning of `line`, with its brackets.
std::size_t end_of_stamp(std::string_view line) {
  if (line.empty()) return 0;
  const char closer = closer_of(line.front());
  const std::size_t begin = closer != '\0' ? 1 : 0;
  if (begin >= line.size() || !is_digit(line[begin])) return 0;
  const std::size_t end = StampReader(line).read(begin);
  if (end == 0) return 0;
  if (closer == '\0') {
    const bool ends = end == line.size() || is_ascii_space(line[end]) || line[end] == ',' ||
                      line[end] == '-' || line[end] == '|';
    return ends ? end : 0;
  }
  return end < line.size() && line[end] == closer ? end + 1 : 0;
}

}  // namespace

std::size_t size_of_stamp(std::string_view line) {
  std::size_t end = end_of_stamp(line);
  if (end == 0) return 0;
  for (;;) {
    const std::string_view rest = line.substr(end);
    if (rest.empty()) return end;
    const bool is_ascii = is_ascii_space(rest.front()) || rest.front() == '-' ||
                          rest.front() == '|' || rest.front() == ',' || rest.front() == ':';
    if (is_ascii) {
      ++end;
    } else if (rest.starts_with("\u2013") || rest.starts_with("\u2014")) {
      end += 3;
    } else {
      return end;
    }
  }
}

std::size_t find_stamp_at_end(std::string_view line) {
  constexpr std::size_t kMostBytes = 96;
  if (line.size() > kMostBytes || line.find(':') == std::string_view::npos) return line.npos;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (!is_digit(line[at]) && closer_of(line[at]) == '\0') continue;
    if (!is_ascii_space(line[at - 1])) continue;
    if (end_of_stamp(line.substr(at)) == line.size() - at) return at;
  }
  return line.npos;
}

bool is_time_code(std::string_view line) {
  constexpr std::string_view kArrow = "-->";
  if (line.empty() || !is_digit(line.front())) return false;
  // Of SBV: "0:00:01.000,0:00:04.200".
  if (const std::size_t end = StampReader(line).read(0); end > 0 && end + 1 < line.size()) {
    const std::string_view second = line.substr(end + 1);
    if (line[end] == ',' && is_digit(second.front()) &&
        StampReader(second).read(0) == second.size())
      return true;
  }
  const std::size_t arrow = line.substr(0, kMostBytesOfStamp).find(kArrow);
  if (arrow == std::string_view::npos) return false;
  std::string_view behind = line.substr(arrow + kArrow.size());
  while (!behind.empty() && behind.front() == ' ') behind.remove_prefix(1);
  return StampReader(line.substr(0, arrow)).read(0) > 0 && StampReader(behind).read(0) > 0;
}

}  // namespace copydesk
