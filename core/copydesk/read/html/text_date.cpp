// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/text_date.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "copydesk/read/html/ascii.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostBytes = 160;

std::string day_text(int year, int month, int day) {
  const bool good =
      year >= 1990 && year < 2100 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
  return good ? fmt::format("{:04}-{:02}-{:02}", year, month, day) : std::string();
}

// Digits from `at` on, at most four; `at` goes behind them.
struct Number {
  int value = 0;
  std::size_t digits = 0;
};
Number take_number(std::string_view text, std::size_t& at) {
  Number number;
  while (at < text.size() && is_ascii_digit(text[at]) && number.digits < 5) {
    number.value = number.value * 10 + (text[at++] - '0');
    ++number.digits;
  }
  return number;
}

// English, German, French, Spanish, Italian, Portuguese, Dutch, Swedish, Polish (genitive).
constexpr std::array<std::string_view, 12> kMonths = {
    " jan january januar jänner janvier enero gennaio janeiro januari stycznia ",
    " feb february februar février febrero febbraio fevereiro februari lutego ",
    " mar march märz mars marzo março maart marca ",
    " apr april avril abril aprile kwietnia ",
    " may mai mayo maggio maio mei maj maja ",
    " jun june juni juin junio giugno junho czerwca ",
    " jul july juli juillet julio luglio julho lipca ",
    " aug august août agosto augustus augusti sierpnia ",
    " sep sept september septembre septiembre settembre setembro września ",
    " oct okt october oktober octobre octubre ottobre outubro października ",
    " nov november novembre noviembre novembro listopada ",
    " dec dez december dezember décembre diciembre dicembre dezembro grudnia "};

int find_month(std::string_view lower_word) {
  const std::string padded = fmt::format(" {} ", lower_word);
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (kMonths[i].find(padded) != std::string_view::npos) return static_cast<int>(i) + 1;
  }
  return 0;
}

bool is_word_byte(char c) {
  return is_ascii_letter(c) || (c & 0x80) != 0;
}
bool is_between(char c) {
  return c == ' ' || c == '.' || c == ',' || c == '/' || c == '-';
}

std::size_t pass_between(std::string_view text, std::size_t at) {
  while (at < text.size() && is_between(text[at])) ++at;
  // Spanish and Portuguese: "4 de septiembre de 2025".
  for (const std::string_view of : {"de ", "del "}) {
    if (text.substr(at).starts_with(of)) return at + of.size();
  }
  return at;
}

// The day in front of position `at`: "4", "4.", "4th", "4 de".
int day_before(std::string_view text, std::size_t at) {
  const auto pass_back = [&] {
    while (at > 0 && is_between(text[at - 1])) --at;
  };
  pass_back();
  if (text.substr(0, at).ends_with(" de")) {
    at -= 3;
    pass_back();
  }
  for (const std::string_view ending : {"st", "nd", "rd", "th", "er", "º"}) {
    if (text.substr(0, at).ends_with(ending)) {
      at -= ending.size();
      break;
    }
  }
  const std::size_t end = at;
  while (at > 0 && end - at < 3 && is_ascii_digit(text[at - 1])) --at;
  if (end - at < 1 || end - at > 2) return 0;
  return static_cast<int>(take_number(text, at).value);
}

// Around the month that stands at [begin, end) in `text`.
std::string day_around(std::string_view text, std::size_t begin, std::size_t end, int month) {
  std::size_t at = pass_between(text, end);
  const Number after = take_number(text, at);
  if (after.digits == 4) return day_text(after.value, month, day_before(text, begin));
  if (after.digits < 1 || after.digits > 2) return {};
  while (at < text.size() && is_ascii_letter(text[at])) ++at;  // 4th
  at = pass_between(text, at);
  const Number year = take_number(text, at);
  return year.digits == 4 ? day_text(year.value, month, after.value) : std::string();
}

std::string find_sign_day(std::string_view text) {
  constexpr std::string_view kYear = "\u5e74";
  constexpr std::string_view kMonth = "\u6708";
  const std::size_t sign = text.find(kYear);
  if (sign == std::string_view::npos || sign < 4) return {};
  std::size_t at = sign - 4;
  const Number year = take_number(text, at);
  if (at != sign) return {};
  at += kYear.size();
  const Number month = take_number(text, at);
  if (!text.substr(at).starts_with(kMonth)) return {};
  at += kMonth.size();
  return day_text(year.value, month.value, take_number(text, at).value);
}

}  // namespace

std::string find_iso_day(std::string_view text) {
  for (std::size_t i = 0; i + 10 <= text.size(); ++i) {
    if (!is_ascii_digit(text[i]) || (text[i + 4] != '-' && text[i + 4] != '/') ||
        text[i + 7] != text[i + 4]) {
      continue;
    }
    std::size_t at = i;
    const Number year = take_number(text, at);
    const Number month = take_number(text, ++at);
    const Number day = take_number(text, ++at);
    if (year.digits != 4 || month.digits != 2 || day.digits < 2) continue;
    std::string found = day_text(year.value, month.value, day.digits == 2 ? day.value : 0);
    if (!found.empty()) return found;
  }
  return {};
}

std::string find_named_day(std::string_view text) {
  // Small letters; of the capitals outside ASCII the names have only "MÄRZ" and "AOÛT".
  const std::string lower = ascii_lower(text.substr(0, kMostBytes));
  for (std::size_t i = 0; i < lower.size();) {
    if (!is_word_byte(lower[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < lower.size() && is_word_byte(lower[end])) ++end;
    if (end - i >= 3 && end - i <= 16) {
      if (const int month = find_month(std::string_view(lower).substr(i, end - i)); month > 0) {
        std::string found = day_around(lower, i, end, month);
        if (!found.empty()) return found;
      }
    }
    i = end;
  }
  return find_sign_day(lower);
}

std::string find_address_day(std::string_view url) {
  for (std::size_t i = url.find('/'); i != std::string_view::npos; i = url.find('/', i + 1)) {
    std::size_t at = i + 1;
    const Number year = take_number(url, at);
    if (year.digits != 4 || at >= url.size() || (url[at] != '/' && url[at] != '-')) continue;
    const char between = url[at];
    const Number month = take_number(url, ++at);
    if (month.digits < 1 || month.digits > 2 || at >= url.size() || url[at] != between) continue;
    const Number day = take_number(url, ++at);
    if (day.digits < 1 || day.digits > 2) continue;
    if (at < url.size() && url[at] != '/' && url[at] != '-') continue;
    std::string found = day_text(year.value, month.value, day.value);
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace copydesk
