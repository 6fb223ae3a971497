// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/page/page.h"

#include <fmt/format.h>

#include <cstddef>
#include <iterator>

#include "copydesk/ascii.h"
#include "copydesk/write/page/page_script.h"
#include "copydesk/write/page/page_style.h"
#include "copydesk/write/page/page_text.h"

namespace copydesk {

namespace {

bool begins_with(std::string_view address, std::string_view scheme) {
  return address.size() > scheme.size() &&
         equal_ignoring_case(address.substr(0, scheme.size()), scheme);
}

}  // namespace

void append_page_begin(std::string& out, std::string_view title) {
  fmt::format_to(std::back_inserter(out),
                 "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                 "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                 "style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action "
                 "'none'\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
                 "<meta name=\"referrer\" content=\"no-referrer\"><title>{}</title><style>{}</style>"
                 "<script>{}</script></head><body><main>\n<h1>{}</h1>\n",
                 kPageStyleDigest, kPageScriptDigest, title, kPageStyle, kPageScript, title);
}

void append_page_end(std::string& out) {
  out += "</main></body></html>\n";
}

std::string with_commas(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, 1, ',');
  return digits;
}

std::string counted_noun(std::uint64_t count, std::string_view noun, std::string_view plural) {
  if (count == 1) return fmt::format("1 {}", noun);
  if (plural.empty()) return fmt::format("{} {}s", with_commas(count), noun);
  return fmt::format("{} {}", with_commas(count), plural);
}

std::string rounded_percent(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? "0 %" : fmt::format("{} %", (200 * part + whole) / (2 * whole));
}

std::string share_in_percent(std::uint64_t part, std::uint64_t whole) {
  if (whole == 0) return "0.0";
  return fmt::format("{:.1f}", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
}

std::string with_byte_unit(std::uint64_t bytes) {
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB", "PB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; value >= 999.5 && unit + 1 < std::size(kUnits); ++unit) value /= 1000.0;
  return fmt::format("{:.{}f} {}", value, unit == 0 || value >= 99.5 ? 0 : 1, kUnits[unit]);
}

std::string span_of_time(double seconds) {
  constexpr double kMinute = 60.0;
  constexpr double kHour = 60 * kMinute;
  constexpr double kDay = 24 * kHour;
  if (seconds < 0.5) return "at once";
  if (seconds < 1.5) return "1 second";
  if (seconds < 2 * kMinute) return fmt::format("{:.0f} seconds", seconds);
  if (seconds < 2 * kHour) return fmt::format("{:.0f} minutes", seconds / kMinute);
  if (seconds < 2 * kDay) return fmt::format("{:.0f} hours", seconds / kHour);
  return fmt::format("{:.0f} days", seconds / kDay);
}

bool is_web_address(std::string_view address) {
  return begins_with(address, "http://") || begins_with(address, "https://");
}

void append_page_link(std::string& out, std::string_view address, std::string_view text) {
  const bool is_link = is_web_address(address);
  if (is_link) {
    out += "<a rel=\"noreferrer noopener\" href=\"";
    append_page_text(out, address);
    out += "\">";
  }
  append_page_text(out, text);
  if (is_link) out += "</a>";
}

void append_figures(std::string& out, std::span<const PageFigure> figures) {
  out += "<dl class=\"figures\">";
  for (const PageFigure& figure : figures) {
    fmt::format_to(std::back_inserter(out), "<div><dt>{}</dt><dd>{}</dd></div>", figure.label,
                   figure.value);
  }
  out += "</dl>\n";
}

void append_page_parts(std::string& out, std::span<const PagePart> parts) {
  out += "<nav aria-label=\"parts of this page\"><ul class=\"toc\">";
  for (const PagePart& part : parts) {
    fmt::format_to(std::back_inserter(out), "<li><a href=\"#{}\">{}</a></li>", part.id, part.words);
  }
  out += "</ul></nav>\n";
}

void append_text_cell(std::string& out, std::string_view text, std::string_view label) {
  fmt::format_to(std::back_inserter(out), "<td dir=\"auto\" data-l=\"{}\">", label);
  append_page_text(out, text);
  out += "</td>";
}

void append_number_cell(std::string& out, std::uint64_t number, std::string_view label) {
  fmt::format_to(std::back_inserter(out), "<td class=\"n\" data-l=\"{}\">{}</td>", label,
                 with_commas(number));
}

}  // namespace copydesk
