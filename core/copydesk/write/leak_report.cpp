// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/leak_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "copydesk/write/page_text.h"
#include "copydesk/write/result_lines.h"
#include "copydesk/write/reuse_report_assets.h"

namespace copydesk {

namespace {

constexpr std::size_t kAround = 240;         // bytes beside what is marked
constexpr std::size_t kMostMarked = 2'000;   // bytes of it that are shown
constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

bool is_continuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

void append_excerpt(std::string& out, const LeakExcerpt& excerpt) {
  out += "<div dir=\"auto\">";
  append_page_text(out, excerpt.before);
  out += "<a class=\"p c0\">";
  append_page_text(out, excerpt.marked);
  out += "</a>";
  append_page_text(out, excerpt.after);
  out += "</div>";
}

void append_counts(std::string& out, std::span<const LeakCounts> counts) {
  out +=
      "<div class=\"wide\"><table><tr><th>evaluation set</th><th class=\"n\">items</th>"
      "<th class=\"n\">too short</th><th class=\"n\">found</th><th class=\"n\">with answer</th>"
      "<th class=\"n\">documents</th><th class=\"n\">places</th><th class=\"n\">whole</th>"
      "<th class=\"n\">run</th><th class=\"n\">passage</th></tr>\n";
  for (const LeakCounts& set : counts) {
    out += "<tr><td><bdi>";
    append_page_text(out, set.set);
    out += "</bdi></td>";
    for (const std::uint64_t count :
         {set.items, set.items_too_short, set.items_found, set.items_with_answer, set.documents,
          set.hits, set.whole, set.run, set.passage}) {
      fmt::format_to(std::back_inserter(out), "<td class=\"n\">{}</td>", count);
    }
    out += "</tr>\n";
  }
  out += "</table></div>\n";
}

void append_leak(std::string& out, const ShownLeak& leak) {
  out += "<details class=\"family\" open><summary><span class=\"n\">";
  append_page_text(out, leak.strength);
  out += "</span><bdi>";
  append_page_text(out, leak.set + ", " + leak.item);
  out += "</bdi><span class=\"s\">in ";
  append_page_text(out, leak.place);
  out += "</span></summary><div class=\"both\"><h4>";
  append_page_text(out, leak.item);
  out += "</h4><h4>";
  append_page_text(out, leak.place);
  out += "</h4>";
  append_excerpt(out, leak.in_item);
  append_excerpt(out, leak.in_text);
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
  append_page_head(html, "Evaluation items in training text", {kReportStyle, kReportStyleDigest});
  fmt::format_to(std::back_inserter(html),
                 "<h1>Evaluation items in training text</h1><p class=\"note\">{} training "
                 "documents. Items on the left, what was found on the right.</p>\n",
                 documents);
  append_counts(html, counts);
  for (const ShownLeak& leak : leaks) {
    append_leak(html, leak);
    if (html.size() < kFlushBytes) continue;
    sink.write(html);
    html.clear();
  }
  if (more > 0) {
    fmt::format_to(std::back_inserter(html),
                   "<p class=\"note\">and {} more, which are in the list of hits only</p>\n", more);
  }
  html += "</body></html>\n";
  sink.write(html);
}

}  // namespace copydesk
