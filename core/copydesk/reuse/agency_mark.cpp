// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/agency_mark.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace copydesk {

namespace {

struct Agency {
  std::string_view name;  // as it is written, compared without regard to case
  std::string_view mark;
};

// Longer names first, so that "AP" is not found in them.
constexpr std::array kAgencies = {
    Agency{"Associated Press", "AP"},
    Agency{"Agence France-Presse", "AFP"},
    Agency{"United Press International", "UPI"},
    Agency{"Deutsche Presse-Agentur", "DPA"},
    Agency{"Thomson Reuters", "REUTERS"},
    Agency{"Canadian Press", "CP"},
    Agency{"Press Association", "PA"},
    Agency{"Interfax", "INTERFAX"},
    Agency{"Bloomberg", "BLOOMBERG"},
    Agency{"Reuters", "REUTERS"},
    Agency{"Reuter", "REUTERS"},
    Agency{"Xinhua", "XINHUA"},
    Agency{"新华社", "XINHUA"},
    Agency{"ТАСС", "TASS"},
    Agency{"РИА Новости", "RIA"},
    Agency{"Интерфакс", "INTERFAX"},
    Agency{"Kyodo", "KYODO"},
    Agency{"Yonhap", "YONHAP"},
    Agency{"ANSA", "ANSA"},
    Agency{"TASS", "TASS"},
    Agency{"AFP", "AFP"},
    Agency{"UPI", "UPI"},
    Agency{"DPA", "DPA"},
    Agency{"EFE", "EFE"},
    Agency{"APA", "APA"},
    Agency{"AAP", "AAP"},
    Agency{"AP", "AP"},
};

constexpr std::size_t kDatelineBytes = 160;
constexpr std::size_t kCreditBytes = 48;

constexpr char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

// By byte: whether a name begins with it. Nearly all places in a text are passed over by this.
constexpr std::array<bool, 256> first_bytes() {
  std::array<bool, 256> begins{};
  for (const Agency& agency : kAgencies) {
    const char first = agency.name.front();
    begins[static_cast<unsigned char>(first)] = true;
    begins[static_cast<unsigned char>(lower(first))] = true;
  }
  return begins;
}
constexpr std::array<bool, 256> kFirstBytes = first_bytes();

// Whether a name may stand at `place`: behind nothing, or behind what is neither letter nor digit.
bool may_begin(std::string_view text, std::size_t place) {
  return kFirstBytes[static_cast<unsigned char>(text[place])] &&
         (place == 0 || !is_letter_or_digit(text[place - 1]));
}

bool begins_with_name(std::string_view text, std::string_view name) {
  return text.size() >= name.size() &&
         std::equal(name.begin(), name.end(), text.begin(),
                    [](char x, char y) { return lower(x) == lower(y); });
}

// Where it stands a name means the agency and not its subject: in brackets, or before a dash.
bool is_marked(std::string_view text, std::size_t begin, std::size_t end) {
  const std::string_view after = text.substr(end);
  if (begin > 0 && text[begin - 1] == '(') return true;
  for (const std::string_view dash : {" - ", " -- ", " \u2013 ", " \u2014 ", " \u2015 "}) {
    if (after.starts_with(dash)) return true;
  }
  return after.starts_with("\u7535");  // 电, "wire": how Chinese datelines end
}

}  // namespace

std::string find_agency_mark(std::string_view text) {
  const std::string_view begin = text.substr(0, kDatelineBytes);
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  for (std::size_t i = 0; i < begin.size(); ++i) {
    if (!may_begin(begin, i)) continue;
    for (const Agency& agency : kAgencies) {
      if (begins_with_name(begin.substr(i), agency.name) &&
          is_marked(begin, i, i + agency.name.size())) {
        return std::string(agency.mark);
      }
    }
  }
  const std::size_t newline = text.rfind('\n');
  if (newline == std::string_view::npos) return {};
  const std::string_view last = text.substr(newline + 1);
  if (last.size() > kCreditBytes) return {};
  for (const Agency& agency : kAgencies) {
    for (std::size_t i = 0; i < last.size(); ++i) {
      if (!may_begin(last, i) || !begins_with_name(last.substr(i), agency.name)) continue;
      const std::size_t end = i + agency.name.size();
      if (end == last.size() || !is_letter_or_digit(last[end])) return std::string(agency.mark);
    }
  }
  return {};
}

}  // namespace copydesk
