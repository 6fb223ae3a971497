#include "copydesk/read/time_value.h"

#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <vector>

namespace copydesk {

namespace {

// A run of digits, a run of letters, or one other character.
struct Piece {
  enum class Kind { kNumber, kWord, kMark } kind;
  std::string_view text;
  int number = 0;
};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::vector<Piece> split(std::string_view text) {
  std::vector<Piece> pieces;
  for (std::size_t begin = 0, end = 0; begin < text.size(); begin = end) {
    const char first = text[begin];
    end = begin + 1;
    Piece piece{Piece::Kind::kMark, {}};
    if (is_digit(first)) {
      while (end < text.size() && is_digit(text[end])) ++end;
      piece.kind = Piece::Kind::kNumber;
    } else if (is_letter(first)) {
      while (end < text.size() && is_letter(text[end])) ++end;
      piece.kind = Piece::Kind::kWord;
    }
    piece.text = text.substr(begin, end - begin);
    if (piece.kind == Piece::Kind::kNumber && piece.text.size() <= 9) {
      std::from_chars(piece.text.data(), piece.text.data() + piece.text.size(), piece.number);
    }
    if (first != ' ' || !pieces.empty()) pieces.push_back(piece);
  }
  return pieces;
}

// 1 to 12 for the name of a month or its first three letters, else 0.
int month_number(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kNames = {
      "january", "february", "march",     "april",   "may",      "june",
      "july",    "august",   "september", "october", "november", "december"};
  if (word.size() < 3) return 0;
  for (std::size_t month = 0; month < kNames.size(); ++month) {
    if (word.size() > kNames[month].size()) continue;
    bool equal = true;
    for (std::size_t i = 0; i < word.size(); ++i) {
      equal = equal && std::tolower(static_cast<unsigned char>(word[i])) == kNames[month][i];
    }
    if (equal) return static_cast<int>(month) + 1;
  }
  return 0;
}

// Days from 1970-01-01 in the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level
// date algorithms").
std::int64_t days_from_civil(int year, int month, int day) {
  const std::int64_t y = month <= 2 ? year - 1 : year;
  const std::int64_t era = (y >= 0 ? y : y - 399) / 400;
  const std::int64_t year_of_era = y - era * 400;
  const std::int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

bool is_date(int year, int month, int day) {
  static constexpr std::array<int, 12> kDays = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1000 || month < 1 || month > 12 || day < 1) return false;
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return day <= (month == 2 && !leap ? 28 : kDays[static_cast<std::size_t>(month - 1)]);
}

class TimeParser {
 public:
  TimeParser(std::string_view text, DateOrder order) : pieces_(split(text)), order_(order) {}

  std::optional<double> parse() {
    if (!parse_date()) return std::nullopt;
    double seconds = 86400.0 * static_cast<double>(days_from_civil(year_, month_, day_));
    skip_to_clock();
    if (!parse_clock(seconds)) return std::nullopt;
    return seconds;
  }

 private:
  bool number_at(std::size_t i, std::size_t digits) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::kNumber &&
           (digits == 0 || pieces_[i].text.size() == digits);
  }
  bool mark_at(std::size_t i, char mark) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::kMark && pieces_[i].text[0] == mark;
  }
  void skip_separators() {
    while (mark_at(at_, ' ') || mark_at(at_, ',') || mark_at(at_, '-') || mark_at(at_, '.')) ++at_;
  }
  int month_at(std::size_t i) const {
    return i < pieces_.size() && pieces_[i].kind == Piece::Kind::kWord
               ? month_number(pieces_[i].text)
               : 0;
  }

  // 26.02.1987, 26/2/87, 26-02-1987: three numbers, the last of two or four digits.
  [[nodiscard]] bool is_in_numbers() const {
    const bool marks = mark_at(at_ + 1, '.') || mark_at(at_ + 1, '/') || mark_at(at_ + 1, '-');
    return marks && number_at(at_, 0) && pieces_[at_].text.size() <= 2 && number_at(at_ + 2, 0) &&
           at_ + 3 < pieces_.size() && pieces_[at_ + 3].text == pieces_[at_ + 1].text &&
           (number_at(at_ + 4, 2) || number_at(at_ + 4, 4));
  }
  void take_numbers() {
    const bool is_day_first = order_ == DateOrder::kDayFirst;
    day_ = pieces_[at_ + (is_day_first ? 0 : 2)].number;
    month_ = pieces_[at_ + (is_day_first ? 2 : 0)].number;
    year_ = pieces_[at_ + 4].number;
    if (number_at(at_ + 4, 2)) year_ += year_ < 70 ? 2000 : 1900;
    at_ += 5;
  }

  // "Feb 26 15:01:01 +0000 1987", the day of the week before it passed.
  [[nodiscard]] bool is_twitters() const {
    return month_at(at_) != 0 && mark_at(at_ + 1, ' ') && number_at(at_ + 2, 0) &&
           mark_at(at_ + 3, ' ') && number_at(at_ + 4, 0) && mark_at(at_ + 5, ':') &&
           pieces_.size() > at_ + 6 && number_at(pieces_.size() - 1, 4) &&
           mark_at(pieces_.size() - 2, ' ');
  }

  // 19870226150101: the clock stands in the same number.
  void take_digits() {
    const std::string_view digits = pieces_[at_].text;
    const auto value = [&](std::size_t begin, std::size_t size) {
      int number = 0;
      std::from_chars(digits.data() + begin, digits.data() + begin + size, number);
      return number;
    };
    year_ = value(0, 4), month_ = value(4, 2), day_ = value(6, 2);
    clock_ = {value(8, 2), value(10, 2), value(12, 2)};
    has_clock_ = true;
    ++at_;
  }

  bool parse_date() {
    // A leading day of the week.
    if (!pieces_.empty() && pieces_[0].kind == Piece::Kind::kWord && month_at(0) == 0) {
      at_ = 1;
      skip_separators();
    }
    if (order_ != DateOrder::kUnknown && is_in_numbers()) {
      take_numbers();
    } else if (is_twitters()) {
      month_ = month_at(at_);
      day_ = pieces_[at_ + 2].number;
      year_ = pieces_.back().number;
      pieces_.pop_back();
      at_ += 3;
    } else if (number_at(at_, 14)) {
      take_digits();
    } else if (number_at(at_, 8)) {
      const int number = pieces_[at_++].number;
      is_basic_ = true;
      year_ = number / 10000, month_ = number / 100 % 100, day_ = number % 100;
    } else if (number_at(at_, 4)) {
      year_ = pieces_[at_++].number;
      month_ = day_ = 1;
      if ((mark_at(at_, '-') || mark_at(at_, '/')) && number_at(at_ + 1, 0)) {
        month_ = pieces_[at_ + 1].number;
        at_ += 2;
        if ((mark_at(at_, '-') || mark_at(at_, '/')) && number_at(at_ + 1, 0)) {
          day_ = pieces_[at_ + 1].number;
          at_ += 2;
        }
      }
    } else if (number_at(at_, 0)) {
      day_ = pieces_[at_++].number;
      skip_separators();
      month_ = month_at(at_++);
      skip_separators();
      if (!number_at(at_, 4)) return false;
      year_ = pieces_[at_++].number;
    } else if (month_at(at_) != 0) {
      month_ = month_at(at_++);
      skip_separators();
      if (!number_at(at_, 0)) return false;
      day_ = pieces_[at_++].number;
      skip_separators();
      if (!number_at(at_, 4)) return false;
      year_ = pieces_[at_++].number;
    } else {
      return false;
    }
    return is_date(year_, month_, day_);
  }

  void skip_to_clock() {
    skip_separators();
    if (at_ < pieces_.size() && pieces_[at_].kind == Piece::Kind::kWord &&
        (pieces_[at_].text == "T" || pieces_[at_].text == "t" || pieces_[at_].text == "at")) {
      ++at_;
      skip_separators();
    }
  }

  bool parse_clock(double& seconds) {
    if (at_ >= pieces_.size() && !has_clock_) return true;
    int hour = 0, minute = 0, second = 0;
    double fraction = 0.0;
    if (has_clock_) {
      hour = clock_[0], minute = clock_[1], second = clock_[2];
    } else if (number_at(at_, 6) || (number_at(at_, 4) && is_basic_)) {
      // 150101 behind 19870226T
      const int number = pieces_[at_].number;
      const bool has_seconds = number_at(at_, 6);
      hour = number / (has_seconds ? 10000 : 100);
      minute = number / (has_seconds ? 100 : 1) % 100;
      second = has_seconds ? number % 100 : 0;
      ++at_;
    } else {
      if (!number_at(at_, 0) || !mark_at(at_ + 1, ':') || !number_at(at_ + 2, 2)) return false;
      hour = pieces_[at_].number;
      minute = pieces_[at_ + 2].number;
      at_ += 3;
    }
    if (mark_at(at_, ':') && number_at(at_ + 1, 2)) {
      second = pieces_[at_ + 1].number;
      at_ += 2;
      if (mark_at(at_, '.') && number_at(at_ + 1, 0)) {
        const std::string_view digits = pieces_[at_ + 1].text;
        fraction = pieces_[at_ + 1].number * std::pow(10.0, -static_cast<double>(digits.size()));
        at_ += 2;
      }
    }
    while (mark_at(at_, ' ')) ++at_;
    if (at_ < pieces_.size() && pieces_[at_].kind == Piece::Kind::kWord) {
      const char first = static_cast<char>(std::tolower(pieces_[at_].text[0]));
      if (pieces_[at_].text.size() == 2 && (first == 'a' || first == 'p')) {
        if (hour < 1 || hour > 12) return false;
        hour = hour % 12 + (first == 'p' ? 12 : 0);
        ++at_;
        while (mark_at(at_, ' ')) ++at_;
      }
    }
    if (hour > 24 || minute > 59 || second > 60) return false;
    seconds += hour * 3600.0 + minute * 60.0 + second + fraction;
    if (mark_at(at_, '+') || mark_at(at_, '-')) {
      const double sign = mark_at(at_, '+') ? 1.0 : -1.0;
      if (number_at(at_ + 1, 4)) {
        const int zone = pieces_[at_ + 1].number;
        seconds -= sign * (zone / 100 * 3600.0 + zone % 100 * 60.0);
      } else if (number_at(at_ + 1, 2)) {
        seconds -= sign * pieces_[at_ + 1].number * 3600.0;
        if (mark_at(at_ + 2, ':') && number_at(at_ + 3, 2)) {
          seconds -= sign * pieces_[at_ + 3].number * 60.0;
        }
      }
    }
    return true;
  }

  std::vector<Piece> pieces_;
  std::size_t at_ = 0;
  int year_ = 0, month_ = 0, day_ = 0;
  const DateOrder order_;
  bool is_basic_ = false;   // the date was written without marks
  bool has_clock_ = false;  // and the clock with it
  std::array<int, 3> clock_{};
};

std::optional<double> parse_plain_number(std::string_view text) {
  double value = 0.0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(value)) {
    return std::nullopt;
  }
  return value;
}

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<double> parse_time(std::string_view text, DateOrder order) {
  text = trim(text);
  if (const std::optional<double> time = TimeParser(text, order).parse()) return time;
  const std::optional<double> number = parse_plain_number(text);
  if (!number || text.size() < 5) return std::nullopt;
  constexpr double kFirstMilliseconds = 1e11;
  return std::fabs(*number) >= kFirstMilliseconds ? *number / 1000.0 : *number;
}

std::optional<double> parse_number_or_time(std::string_view text, DateOrder order) {
  text = trim(text);
  if (const std::optional<double> number = parse_plain_number(text)) return number;
  return TimeParser(text, order).parse();
}

}  // namespace copydesk
