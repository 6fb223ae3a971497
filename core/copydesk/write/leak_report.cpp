// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/leak_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

constexpr std::size_t kAround = 240;         // bytes beside what is marked
constexpr std::size_t kMostMarked = 2'000;   // bytes of it that are shown
constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

void append_excerpt(std::string& out, std::string_view name, const LeakExcerpt& excerpt) {
  out += "<section><h4><bdi>";
  append_page_text(out, name);
  out += "</bdi></h4><div class=\"text\" dir=\"auto\">";
  append_page_text(out, excerpt.before);
  out += "<mark>";
  append_page_text(out, excerpt.marked);
  out += "</mark>";
  append_page_text(out, excerpt.after);
  out += "</div></section>";
}

void append_counts(std::string& out, std::span<const LeakCounts> counts) {
  out +=
      "<div class=\"wide\"><table class=\"sort fold\"><thead><tr><th>evaluation set</th>"
      "<th class=\"n\">items</th><th class=\"n\">too short</th><th class=\"n\">found</th><th "
      "class=\"n\">with answer</th><th class=\"n\">documents</th><th class=\"n\">places</th><th "
      "class=\"n\">whole</th><th class=\"n\">run</th><th class=\"n\">passage</th></tr></thead><tbody>\n";
  for (const LeakCounts& set : counts) {
    out += "<tr>";
    append_text_cell(out, set.set, "evaluation set");
    append_number_cell(out, set.items, "items");
    append_number_cell(out, set.items_too_short, "too short");
    append_number_cell(out, set.items_found, "found");
    append_number_cell(out, set.items_with_answer, "with answer");
    append_number_cell(out, set.documents, "documents");
    append_number_cell(out, set.hits, "places");
    append_number_cell(out, set.whole, "whole");
    append_number_cell(out, set.run, "run");
    append_number_cell(out, set.passage, "passage");
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
}

void append_row(std::string& out, std::size_t number, const ShownLeak& leak) {
  fmt::format_to(std::back_inserter(out), "<tr><td class=\"t\" dir=\"auto\"><a href=\"#h{}\">", number);
  append_page_text(out, leak.item);
  out += "</a></td>";
  append_text_cell(out, leak.set, "set");
  append_text_cell(out, leak.strength, "strength");
  append_text_cell(out, leak.place, "training record");
  out += "</tr>\n";
}

void append_leak(std::string& out, std::size_t number, const ShownLeak& leak) {
  fmt::format_to(std::back_inserter(out),
                 "<details class=\"item\" id=\"h{}\" open><summary><span class=\"k\">", number);
  append_page_text(out, leak.strength);
  out += "</span> <bdi>";
  append_page_text(out, leak.set + ", " + leak.item);
  out += "</bdi><span class=\"s\">in ";
  append_page_text(out, leak.place);
  out += "</span></summary><div class=\"both\">";
  append_excerpt(out, leak.item, leak.in_item);
  append_excerpt(out, leak.place, leak.in_text);
  out += "</div></details>\n";
}

}  // namespace

LeakExcerpt make_excerpt(std::string_view text, const TextSpan& span) {
  LeakExcerpt excerpt;
  std::size_t begin = span.begin - std::min(span.begin, kAround);
  while (begin < span.begin && is_continuation(text[begin])) ++begin;
  if (begin > 0) excerpt.before = "… ";
  excerpt.before += text.substr(begin, span.begin - begin);
  excerpt.marked = cut_between_characters(span.of(text), kMostMarked);
  if (excerpt.marked.size() < span.size()) excerpt.marked += " …";
  excerpt.after = cut_between_characters(text.substr(span.end), kAround);
  if (excerpt.after.size() < text.size() - span.end) excerpt.after += " …";
  return excerpt;
}

void write_leak_report(ByteSink& sink, std::uint64_t documents, std::span<const LeakCounts> counts,
                       std::span<const ShownLeak> leaks, std::uint64_t more) {
  std::string html;
  append_page_begin(html, "Evaluation items in training text");
  std::uint64_t items = 0, found = 0, places = 0;
  for (const LeakCounts& set : counts) {
    items += set.items;
    found += set.items_found;
    places += set.hits;
  }
  const std::array<PageFigure, 4> figures = {{
      {documents == 1 ? "training document" : "training documents", with_commas(documents)},
      {items == 1 ? "item looked for" : "items looked for", with_commas(items)},
      {found == 1 ? "item found" : "items found", with_commas(found)},
      {places == 1 ? "place" : "places", with_commas(places)},
  }};
  append_figures(html, figures);
  html += "<h2>Sets</h2>\n";
  append_counts(html, counts);
  if (leaks.empty()) {
    html += "<p>Nothing was found.</p>\n";
  } else {
    html +=
        "<h2>Places</h2>\n<form class=\"filter\" data-table=\"places\"><label>find <input name=\"text\" "
        "type=\"search\" title=\"in items and places; Enter looks into the texts, too\"></label><button "
        "class=\"go\">Find in texts</button></form>\n<div class=\"wide\"><table class=\"list fold\" "
        "id=\"places\"><thead><tr><th>item</th><th>set</th><th>strength</th><th>training record</th></tr>"
        "</thead><tbody>\n";
  }
  const auto flush = [&] {
    if (html.size() < kFlushBytes) return;
    sink.write(html);
    html.clear();
  };
  for (std::size_t i = 0; i < leaks.size(); ++i) {
    append_row(html, i, leaks[i]);
    flush();
  }
  if (!leaks.empty()) html += "</tbody></table></div>\n";
  if (more > 0) {
    fmt::format_to(std::back_inserter(html),
                   "<p class=\"note\">and {} more, which are in the list of hits only</p>\n",
                   with_commas(more));
  }
  if (!leaks.empty()) {
    html += "<h2>Side by side</h2>\n<p class=\"note\">The item, and what was found of it.</p>\n"
            "<p class=\"note hint\">Choose a place above.</p>\n<div class=\"items\">\n";
  }
  for (std::size_t i = 0; i < leaks.size(); ++i) {
    append_leak(html, i, leaks[i]);
    flush();
  }
  if (!leaks.empty()) html += "</div>\n";
  append_page_end(html);
  sink.write(html);
}

}  // namespace copydesk
