// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/reuse_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>

#include "copydesk/write/page_text.h"
#include "copydesk/write/reuse_report_assets.h"

namespace copydesk {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;
constexpr std::size_t kColors = 6;
constexpr std::size_t kMostListed = 200;

std::string with_commas(std::uint64_t number) {
  std::string digits = fmt::format("{}", number);
  for (std::size_t i = digits.size(); i > 3;) digits.insert(i -= 3, 1, ',');
  return digits;
}

std::string percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? "0 %" : fmt::format("{} %", (200 * part + whole) / (2 * whole));
}

// One side of a comparison, with its passages marked.
class MarkedText {
 public:
  MarkedText(std::string& out, const ShownText& shown, bool is_fullest, std::string_view anchor)
      : out_(out), shown_(shown), is_fullest_(is_fullest), anchor_(anchor) {
    limit_ = shown.text.size();
    if (limit_ > ReuseReport::kMostTextBytes) {
      limit_ = 0;
      for (const TextSpan& token : shown.tokens) {
        if (token.end > ReuseReport::kMostTextBytes) break;
        limit_ = token.end;
      }
    }
  }

  // Takes those passages off `can_show` that overlap the one before on this side, or are cut off.
  void restrict(std::span<const Passage> passages, std::vector<bool>& can_show) const {
    std::size_t last = 0;
    for (const std::size_t i : in_order(passages)) {
      if (!can_show[i]) continue;
      const std::size_t begin = shown_.tokens[begin_of(passages[i])].begin;
      const std::size_t end_token = is_fullest_ ? passages[i].end_a : passages[i].end_b;
      can_show[i] = begin >= last && begin < limit_;
      if (can_show[i]) last = shown_.tokens[end_token - 1].end;
    }
  }

  void write(std::span<const Passage> passages, const std::vector<bool>& can_show) {
    for (const std::size_t i : in_order(passages)) {
      if (!can_show[i]) continue;
      copy_until(shown_.tokens[begin_of(passages[i])].begin);
      const char side = is_fullest_ ? 'a' : 'b';
      const char other = is_fullest_ ? 'b' : 'a';
      fmt::format_to(std::back_inserter(out_),
                     "<a class=\"p c{}\" id=\"{}p{}{}\" href=\"#{}p{}{}\">", i % kColors, anchor_,
                     i, side, anchor_, i, other);
      write_runs(passages[i]);
      out_ += "</a>";
    }
    copy_until(limit_);
    if (limit_ < shown_.text.size()) out_ += " <span class=\"note\">[cut here]</span>";
  }

 private:
  std::vector<std::size_t> in_order(std::span<const Passage> passages) const {
    std::vector<std::size_t> order(passages.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t x, std::size_t y) {
      return begin_of(passages[x]) < begin_of(passages[y]);
    });
    return order;
  }

  std::size_t begin_of(const Passage& passage) const {
    return is_fullest_ ? passage.begin_a : passage.begin_b;
  }

  void write_runs(const Passage& passage) {
    std::size_t next_token = begin_of(passage);
    for (const SharedRun& run : passage.runs) {
      const std::size_t begin = is_fullest_ ? run.begin_a : run.begin_b;
      if (begin > next_token) {
        // What stands between two runs is this side's own.
        copy_until(shown_.tokens[next_token].begin);
        out_ += is_fullest_ ? "<del>" : "<ins>";
        copy_until(shown_.tokens[begin - 1].end);
        out_ += is_fullest_ ? "</del>" : "</ins>";
      }
      next_token = begin + run.length;
      copy_until(shown_.tokens[next_token - 1].end);
    }
  }

  void copy_until(std::size_t end) {
    end = std::min(end, limit_);
    if (end <= place_) return;
    append_page_text(out_, shown_.text.substr(place_, end - place_));
    place_ = end;
  }

  std::string& out_;
  const ShownText& shown_;
  bool is_fullest_;
  std::string_view anchor_;
  std::size_t limit_ = 0;
  std::size_t place_ = 0;
};

void append_time_line(std::string& out, const StoryFamily& family) {
  double first = 0.0;
  double last = 0.0;
  std::size_t timed = 0;
  for (const StoryVersion& version : family.versions) {
    if (!version.time) continue;
    first = timed == 0 ? *version.time : std::min(first, *version.time);
    last = timed == 0 ? *version.time : std::max(last, *version.time);
    ++timed;
  }
  if (timed < 2 || first == last) return;
  const auto to = std::back_inserter(out);
  out +=
      "<div class=\"wide\"><svg viewBox=\"0 0 1000 48\" role=\"img\" "
      "aria-label=\"time line\"><line x1=\"10\" x2=\"990\" y1=\"18\" y2=\"18\" "
      "stroke=\"currentColor\" stroke-opacity=\".4\"/>";
  for (std::size_t i = family.versions.size(); i-- > 0;) {
    const StoryVersion& version = family.versions[i];
    if (!version.time) continue;
    fmt::format_to(to, "<circle cx=\"{:.1f}\" cy=\"18\" r=\"{}\" fill=\"{}\"><title>",
                   10.0 + 980.0 * (*version.time - first) / (last - first), i == 0 ? 8 : 5,
                   i == 0 && family.has_source() ? "#d60" : "#48c");
    append_page_text(out, version.site.empty() ? version.place.id : version.site);
    fmt::format_to(to, ", {}</title></circle>", format_time(*version.time));
  }
  fmt::format_to(to,
                 "<text x=\"10\" y=\"44\">{}</text>"
                 "<text x=\"990\" y=\"44\" text-anchor=\"end\">{}</text></svg></div>\n",
                 format_time(first), format_time(last));
}

std::string span_of_time(double seconds) {
  constexpr double kMinute = 60.0;
  constexpr double kHour = 60 * kMinute;
  constexpr double kDay = 24 * kHour;
  if (seconds < 1.5) return "1 second";
  if (seconds < 2 * kMinute) return fmt::format("{:.0f} seconds", seconds);
  if (seconds < 2 * kHour) return fmt::format("{:.0f} minutes", seconds / kMinute);
  if (seconds < 2 * kDay) return fmt::format("{:.0f} hours", seconds / kHour);
  return fmt::format("{:.0f} days", seconds / kDay);
}

void append_ground(std::string& out, const StoryFamily& family) {
  const auto to = std::back_inserter(out);
  if (!family.has_source()) {
    out += "source unknown";
    return;
  }
  const StoryVersion& source = family.versions.front();
  out += "likely source <b>";
  append_page_text(out, source.site.empty() ? source.place.id : source.site);
  fmt::format_to(to, "</b>, confidence {}",
                 percent(static_cast<std::size_t>(family.confidence * 1000), 1000));
  if (family.ground == SourceGround::kTime) {
    fmt::format_to(to, ": printed first, {} before the next text",
                   span_of_time(family.lead_seconds));
  } else if (family.ground == SourceGround::kContainment) {
    out += ": most of what the others share is found in it";
  } else if (family.ground == SourceGround::kAgency) {
    out += ": printed by the agency that others name";
  }
}

void append_versions(std::string& out, const StoryFamily& family) {
  const auto to = std::back_inserter(out);
  const StoryVersion& fullest = family.versions[family.fullest];
  out +=
      "<div "
      "class=\"wide\"><table><tr><th>version</th><th>headline</th><th>outlet</th><th>time</"
      "th><th>agency</th>"
      "<th>relation</th><th class=\"n\">words</th><th class=\"n\">in fullest</th>"
      "<th class=\"n\">added</th><th class=\"n\">cut</th></tr>\n";
  for (std::size_t i = 0; i < std::min(kMostListed, family.versions.size()); ++i) {
    const StoryVersion& version = family.versions[i];
    out += "<tr><td><bdi>";
    append_page_text(out, version.place.id);
    out += "</bdi></td><td dir=\"auto\">";
    append_page_text(out, version.title);
    out += "</td><td><bdi>";
    append_page_text(out, version.site);
    fmt::format_to(to, "</bdi></td><td>{}</td><td>",
                   version.time ? format_time(*version.time) : "");
    append_page_text(out, version.agency);
    fmt::format_to(to,
                   "</td><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>"
                   "<td class=\"n\">{}</td><td class=\"n\">{}</td></tr>\n",
                   i == family.fullest ? "fullest" : to_string(version.relation), version.tokens,
                   percent(version.shared_tokens, version.tokens),
                   version.tokens - version.shared_tokens, fullest.tokens - version.shared_tokens);
  }
  out += "</table></div>\n";
  if (family.versions.size() > kMostListed) {
    fmt::format_to(to, "<p class=\"note\">and {} more</p>\n", family.versions.size() - kMostListed);
  }
  if (!family.quoted_by.empty()) {
    out += "<p class=\"note\">also in round-ups: ";
    for (std::size_t i = 0; i < std::min(kMostListed, family.quoted_by.size()); ++i) {
      if (i > 0) out += ", ";
      append_page_text(out, family.quoted_by[i]);
    }
    out += "</p>\n";
  }
}

void append_comparison(std::string& out, std::size_t number, const StoryFamily& family,
                       const ShownComparison& comparison) {
  const std::string anchor = fmt::format("f{}v{}", number, comparison.version);
  out += "<details><summary>";
  append_page_text(out, family.versions[comparison.version].place.id);
  fmt::format_to(std::back_inserter(out), " beside the fullest version, {} passage{}</summary>",
                 comparison.passages.size(), comparison.passages.size() == 1 ? "" : "s");
  out += "<div class=\"both\"><h4>";
  append_page_text(out, family.versions[family.fullest].place.id);
  out += "</h4><h4>";
  append_page_text(out, family.versions[comparison.version].place.id);
  MarkedText fullest(out, comparison.fullest, true, anchor);
  MarkedText own(out, comparison.own, false, anchor);
  std::vector<bool> can_show(comparison.passages.size(), true);
  fullest.restrict(comparison.passages, can_show);
  own.restrict(comparison.passages, can_show);
  out += "</h4><div dir=\"auto\">";
  fullest.write(comparison.passages, can_show);
  out += "</div><div dir=\"auto\">";
  own.write(comparison.passages, can_show);
  out += "</div></div></details>\n";
}

}  // namespace

ReuseReport::ReuseReport(ByteSink& sink, std::uint64_t documents, std::uint64_t families)
    : sink_(sink) {
  append_page_head(html_, "Families of copies", {kReportStyle, kReportStyleDigest},
                   {kReportScript, kReportScriptDigest});
  fmt::format_to(
      std::back_inserter(html_),
      "<h1>Families of copies</h1><p class=\"note\">{} document{}, {} famil{}, largest first. "
      "Colored passages lead to each other; struck-through words are only in the fullest version, "
      "underlined ones only in the other.</p>\n"
      "<nav><button id=\"back\" title=\"or the left arrow key\">previous</button> "
      "<button id=\"on\" title=\"or the right arrow key\">next</button> "
      "<label>page <input id=\"page\" type=\"number\" min=\"1\"></label> "
      "<span id=\"where\" role=\"status\"></span> "
      "<label>find <input id=\"seek\" type=\"search\" title=\"Enter leads to the next family with "
      "this in its headlines, outlets or texts; / comes here\"></label></nav>\n",
      with_commas(documents),
      documents == 1 ? "" : "s", with_commas(families), families == 1 ? "y" : "ies");
}

void ReuseReport::add_family(std::size_t number, const StoryFamily& family,
                             std::span<const ShownComparison> comparisons) {
  if (families_ % kFamiliesPerPage == 0) {
    if (families_ > 0) html_ += "</section>\n";
    html_ += "<section class=\"page\">\n";
  }
  ++families_;
  const StoryVersion& first = family.versions.front();
  fmt::format_to(
      std::back_inserter(html_),
      "<details class=\"family\" id=\"f{}\"><summary><span class=\"n\">{} versions</span>"
      "<bdi>",
      number, family.versions.size());
  append_page_text(html_, first.title.empty() ? first.place.id : first.title);
  html_ += "</bdi><span class=\"s\">";
  append_ground(html_, family);
  html_ += "</span></summary>\n";
  append_time_line(html_, family);
  append_versions(html_, family);
  for (const ShownComparison& comparison : comparisons) {
    append_comparison(html_, number, family, comparison);
  }
  html_ += "</details>\n";
  flush_if_large();
}

void ReuseReport::flush_if_large() {
  if (html_.size() < kFlushBytes) return;
  sink_.write(html_);
  html_.clear();
}

void ReuseReport::finish() {
  if (families_ > 0) html_ += "</section>\n";
  fmt::format_to(std::back_inserter(html_), "<script>{}</script></body></html>\n", kReportScript);
  sink_.write(html_);
  html_.clear();
}

}  // namespace copydesk
