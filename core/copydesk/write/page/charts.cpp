// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/page/charts.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <iterator>

#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"

namespace copydesk {

namespace {

void append_note(std::string& out, std::string_view note) {
  if (!note.empty()) fmt::format_to(std::back_inserter(out), "<p class=\"note\">{}</p>", note);
}

// 1, 2, 3, 4, 5 to 7, 8 to 15, 16 to 31, ... are 0, 1, 2, ...
std::size_t class_of(std::uint64_t size) {
  if (size <= 4) return static_cast<std::size_t>(std::max<std::uint64_t>(1, size) - 1);
  return size < 8 ? 4 : 2 + static_cast<std::size_t>(std::bit_width(size) - 1);
}

std::string name_of_class(std::size_t number) {
  if (number < 4) return fmt::format("{}", number + 1);
  if (number == 4) return "5-7";
  const std::uint64_t first = std::uint64_t{1} << (number - 2);
  return with_commas(first) + "-" + with_commas(2 * first - 1);
}

}  // namespace

void append_bars(std::string& out, std::string_view caption, std::string_view what,
                 std::span<const ChartBar> bars, std::string_view note) {
  std::uint64_t most = 1;
  for (const ChartBar& bar : bars) most = std::max(most, bar.count);
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "<figure><figcaption>{}</figcaption><table class=\"bars\"><thead><tr><th>{}</th>"
                 "<th></th><th class=\"n\">count</th></tr></thead><tbody>\n",
                 caption, what);
  for (const ChartBar& bar : bars) {
    // What is there is seen, however little.
    const double width =
        bar.count == 0 ? 0.0
                       : std::max(0.6, 100.0 * static_cast<double>(bar.count) /
                                           static_cast<double>(most));
    fmt::format_to(to,
                   "<tr{}><td>{}</td><td class=\"b\"><svg aria-hidden=\"true\"><rect width=\"{:.1f}%\" "
                   "height=\"100%\" rx=\"2\"/></svg></td><td class=\"n\">{}</td></tr>\n",
                   bar.is_other ? " class=\"x\"" : "", bar.label, width, with_commas(bar.count));
  }
  out += "</tbody></table>";
  append_note(out, note);
  out += "</figure>\n";
}

void SizeClasses::add(std::uint64_t size) {
  const std::size_t number = class_of(size);
  if (counts_.size() <= number) counts_.resize(number + 1);
  ++counts_[number];
}

std::vector<ChartBar> SizeClasses::bars() const {
  std::vector<ChartBar> bars;
  for (std::size_t i = 0; i < counts_.size(); ++i) {
    if (bars.empty() && counts_[i] == 0) continue;
    bars.push_back({name_of_class(i), counts_[i]});
  }
  return bars;
}

void append_curve(std::string& out, const ChartCurve& curve) {
  constexpr double kLeft = 38.0, kTop = 10.0, kWidth = 310.0, kHeight = 170.0;
  const auto x_of = [](double x) { return kLeft + kWidth * x; };
  const auto y_of = [](double y) { return kTop + kHeight * (1.0 - y); };
  const auto to = std::back_inserter(out);
  fmt::format_to(to,
                 "<figure><figcaption>{}</figcaption><svg class=\"curve\" viewBox=\"0 0 360 220\" "
                 "role=\"img\" aria-label=\"{}: {} over {}\">",
                 curve.caption, curve.caption, curve.y_label, curve.x_label);
  for (const double tick : {0.0, 0.25, 0.5, 0.75, 1.0}) {
    fmt::format_to(to,
                   "<line class=\"axis\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
                   "<line class=\"axis\" x1=\"{3:.1f}\" x2=\"{4:.1f}\" y1=\"{5:.1f}\" y2=\"{5:.1f}\"/>"
                   "<text x=\"{0:.1f}\" y=\"{6:.1f}\" text-anchor=\"middle\">{7}</text>"
                   "<text x=\"{8:.1f}\" y=\"{9:.1f}\" text-anchor=\"end\">{7}</text>",
                   x_of(tick), y_of(0), y_of(1), x_of(0), x_of(1), y_of(tick), y_of(0) + 16, tick,
                   kLeft - 5, y_of(tick) + 4);
  }
  fmt::format_to(to,
                 "<text x=\"{:.1f}\" y=\"216\" text-anchor=\"middle\">{}</text><polyline "
                 "class=\"trace\" points=\"",
                 x_of(0.5), curve.x_label);
  for (const auto& [x, y] : curve.points) fmt::format_to(to, "{:.1f},{:.1f} ", x_of(x), y_of(y));
  fmt::format_to(to,
                 "\"/><line class=\"mark\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" "
                 "y2=\"{2:.1f}\"/></svg>",
                 x_of(curve.mark), y_of(0), y_of(1));
  append_note(out, curve.note);
  out += "</figure>\n";
}

void append_matrix(std::string& out, const ChartMatrix& matrix) {
  std::uint64_t most = 1;
  for (const std::uint64_t count : matrix.counts) most = std::max(most, count);
  const auto append_name = [&out](const std::string& name) {
    out += "<th><bdi>";
    append_page_text(out, name.empty() ? "all others" : name);
    out += "</bdi></th>";
  };
  fmt::format_to(std::back_inserter(out),
                 "<h3>{0}</h3><div class=\"wide\" tabindex=\"0\" role=\"region\" "
                 "aria-label=\"{0}\"><table class=\"matrix\"><thead><tr><th>{1}</th>",
                 matrix.caption, matrix.corner);
  for (const std::string& column : matrix.columns) append_name(column);
  out += "</tr></thead><tbody>\n";
  for (std::size_t row = 0; row < matrix.rows.size(); ++row) {
    out += "<tr>";
    append_name(matrix.rows[row]);
    for (std::size_t column = 0; column < matrix.columns.size(); ++column) {
      const std::uint64_t count = matrix.counts[row * matrix.columns.size() + column];
      if (count == 0) {
        out += "<td></td>";
        continue;
      }
      // Five shades, by the logarithm: one of a thousand is to be seen beside the thousand.
      const double share = std::log1p(static_cast<double>(count)) / std::log1p(static_cast<double>(most));
      const auto shade = std::clamp<std::size_t>(static_cast<std::size_t>(5.0 * share + 0.5), 1, 5);
      fmt::format_to(std::back_inserter(out), "<td class=\"h{}\">{}</td>", shade, with_commas(count));
    }
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
  append_note(out, matrix.note);
}

}  // namespace copydesk
