// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/reuse_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <string_view>

#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"

namespace copydesk {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;
constexpr std::size_t kMostRoundUps = 200;  // that have a part of a family
constexpr std::size_t kMostFiltered = 40;   // outlets of a family that the filter knows
constexpr std::size_t kMostOutlets = 3;     // in a row of the table

// "2026-02-26 15:01", of an unknown time nothing.
std::string minute_of(const std::optional<double>& time) {
  if (!time) return {};
  std::string text = format_time(*time);
  const std::size_t date = text.find('T');
  if (date != std::string::npos) text = text.substr(0, date) + " " + text.substr(date + 1, 5);
  return text;
}

struct TimeRange {
  std::size_t timed = 0;  // versions with a time
  double first = 0.0, last = 0.0;
};

TimeRange times_of(const StoryFamily& family) {
  TimeRange range;
  for (const StoryVersion& version : family.versions) {
    if (!version.time) continue;
    range.first = range.timed == 0 ? *version.time : std::min(range.first, *version.time);
    range.last = range.timed == 0 ? *version.time : std::max(range.last, *version.time);
    ++range.timed;
  }
  return range;
}

// Of the versions in their order, each once.
std::vector<std::string_view> outlets_of(const StoryFamily& family) {
  std::vector<std::string_view> outlets;
  for (const StoryVersion& version : family.versions) {
    if (outlets.size() == kMostFiltered) break;
    if (version.site.empty()) continue;
    if (std::find(outlets.begin(), outlets.end(), version.site) == outlets.end()) {
      outlets.push_back(version.site);
    }
  }
  return outlets;
}

std::string_view headline_of(const StoryFamily& family) {
  for (const StoryVersion& version : family.versions) {
    if (!version.title.empty()) return version.title;
  }
  return family.versions.front().place.id;
}

std::string_view printer_of(const StoryVersion& version) {
  return version.site.empty() ? std::string_view(version.place.id) : version.site;
}

void append_time_line(std::string& out, const StoryFamily& family) {
  const TimeRange times = times_of(family);
  if (times.timed < 2 || times.first == times.last) return;
  const auto to = std::back_inserter(out);
  out +=
      "<div class=\"times\"><svg role=\"img\" aria-label=\"when the versions were printed\">"
      "<line class=\"axis\" x1=\"1%\" x2=\"99%\" y1=\"50%\" y2=\"50%\"/>";
  for (std::size_t i = family.versions.size(); i-- > 0;) {
    const StoryVersion& version = family.versions[i];
    if (!version.time) continue;
    fmt::format_to(to, "<circle cx=\"{:.2f}%\" cy=\"50%\" r=\"{}\" class=\"{}\"><title>",
                   1.5 + 97.0 * (*version.time - times.first) / (times.last - times.first),
                   i == 0 ? 8 : 5, i == 0 && family.has_source() ? "first" : "dot");
    append_page_text(out, printer_of(version));
    fmt::format_to(to, ", {}</title></circle>", format_time(*version.time));
  }
  fmt::format_to(to, "</svg><div><span>{}</span><span>{} later</span></div></div>\n",
                 minute_of(times.first), span_of_time(times.last - times.first));
}

void append_ground(std::string& out, const StoryFamily& family) {
  const auto to = std::back_inserter(out);
  if (!family.has_source()) {
    out += "source unknown";
    return;
  }
  out += "likely source <b class=\"source\">";
  append_page_text(out, printer_of(family.versions.front()));
  fmt::format_to(to, "</b>, confidence {}",
                 rounded_percent(static_cast<std::uint64_t>(family.confidence * 1000), 1000));
  if (family.ground == SourceGround::kTime) {
    fmt::format_to(to, ": printed first, {} before the next text",
                   span_of_time(family.lead_seconds));
  } else if (family.ground == SourceGround::kContainment) {
    out += ": most of what the others share is found in it";
  } else if (family.ground == SourceGround::kAgency) {
    out += ": printed by the agency that others name";
  }
}

bool has_agency(const StoryFamily& family) {
  return std::any_of(family.versions.begin(), family.versions.end(),
                     [](const StoryVersion& version) { return !version.agency.empty(); });
}

void append_version(std::string& out, std::size_t rank, const StoryFamily& family,
                    bool with_agency) {
  const auto to = std::back_inserter(out);
  const StoryVersion& version = family.versions[rank];
  const StoryVersion& fullest = family.versions[family.fullest];
  fmt::format_to(to, "<tr><td class=\"n\" data-l=\"rank\">{}</td><td class=\"t\" dir=\"auto\">", rank + 1);
  append_page_link(out, version.url,
                   version.title.empty() ? std::string_view(version.place.id) : version.title);
  out += "</td>";
  append_text_cell(out, version.site, "outlet");
  fmt::format_to(to, "<td class=\"w\" data-l=\"time\" data-v=\"{:.0f}\">{}</td>",
                 version.time.value_or(0.0), minute_of(version.time));
  if (with_agency) append_text_cell(out, version.agency, "agency");
  fmt::format_to(to, "<td data-l=\"relation\">{}</td>",
                 rank == family.fullest ? "fullest" : to_string(version.relation));
  append_number_cell(out, version.tokens, "words");
  fmt::format_to(to, "<td class=\"n\" data-l=\"in the fullest\">{}</td>",
                 rounded_percent(version.shared_tokens, version.tokens));
  append_number_cell(out, version.tokens - version.shared_tokens, "words added");
  append_number_cell(out, fullest.tokens - version.shared_tokens, "words cut");
  append_text_cell(out, version.place.id, "id");
  out += "</tr>\n";
}

void append_versions(std::string& out, const StoryFamily& family) {
  out +=
      "<div class=\"wide\"><table class=\"sort fold\"><thead><tr><th class=\"n\">#</th>"
      "<th>headline</th><th>outlet</th><th class=\"w\">time</th>";
  const bool with_agency = has_agency(family);
  if (with_agency) out += "<th>agency</th>";
  out +=
      "<th>relation</th><th class=\"n\">words</th><th class=\"n\">in fullest</th><th class=\"n\">added</th>"
      "<th class=\"n\">cut</th><th>id</th></tr></thead><tbody>\n";
  const std::size_t listed = std::min(ReuseReport::kMostVersions, family.versions.size());
  for (std::size_t i = 0; i < listed; ++i) append_version(out, i, family, with_agency);
  out += "</tbody></table></div>\n";
  if (family.versions.size() > listed) {
    fmt::format_to(std::back_inserter(out), "<p class=\"note\">and {} more</p>\n",
                   with_commas(family.versions.size() - listed));
  }
  if (!family.quoted_by.empty()) {
    out += "<p class=\"note\">also in round-ups: ";
    for (std::size_t i = 0; i < std::min(kMostRoundUps, family.quoted_by.size()); ++i) {
      if (i > 0) out += ", ";
      append_page_text(out, family.quoted_by[i]);
    }
    out += "</p>\n";
  }
}

// "wire-7, agency.example" of a version, escaped.
std::string name_above(const StoryVersion& version) {
  std::string name = "<bdi>";
  append_page_text(name, version.place.id);
  name += "</bdi>";
  if (!version.site.empty()) {
    name += ", <bdi>";
    append_page_text(name, version.site);
    name += "</bdi>";
  }
  return name;
}

void append_comparison(std::string& out, std::size_t number, const StoryFamily& family,
                       const ShownComparison& comparison) {
  out += "<details><summary>";
  append_page_text(out, family.versions[comparison.version].place.id);
  fmt::format_to(std::back_inserter(out), " beside the fullest version, {}</summary>",
                 counted_noun(comparison.passages.size(), "passage"));
  append_side_by_side(
      out, {comparison.fullest, comparison.own, comparison.passages,
            name_above(family.versions[family.fullest]) + ": the fullest version",
            name_above(family.versions[comparison.version]),
            fmt::format("f{}v{}", number, comparison.version), ReuseReport::kMostTextBytes});
  out += "</details>\n";
}

}  // namespace

ReuseReport::ReuseReport(ByteSink& sink, const ReuseOverview& overview) : sink_(sink) {
  append_page_begin(html_, "Families of copies");
  html_ += "<p>Who printed whose story: versions that share their text, and the likely source of each "
           "family.</p>\n";
  const std::array<PageFigure, 5> figures = {{
      {overview.documents == 1 ? "document" : "documents", with_commas(overview.documents)},
      {overview.families == 1 ? "family" : "families", with_commas(overview.families)},
      {"versions in families", with_commas(overview.versions)},
      {"with a likely source", with_commas(overview.known_sources)},
      {overview.round_ups == 1 ? "round-up" : "round-ups", with_commas(overview.round_ups)},
  }};
  append_figures(html_, figures);
  if (overview.families == 0) {
    html_ += "<p>No two documents share a story.</p>\n";
    return;
  }
  const std::array<PagePart, 3> parts = {
      {{"sizes", "Sizes and outlets"}, {"list", "All families"}, {"stories", "The stories"}}};
  append_page_parts(html_, parts);
  html_ += "<h2 id=\"sizes\">Sizes and outlets</h2>\n";
  append_bars(html_, "Families by their number of versions", "versions", overview.sizes.bars());
  if (!overview.printers.rows.empty()) append_matrix(html_, overview.printers);
  html_ += "<h2 id=\"list\">All families</h2>\n";
  if (overview.listed < overview.families) {
    fmt::format_to(std::back_inserter(html_),
                   "<p class=\"note\">The largest {} of {}; all are in the file of --families.</p>\n",
                   with_commas(overview.listed), with_commas(overview.families));
  }
  if (overview.shown < overview.listed) {
    fmt::format_to(std::back_inserter(html_),
                   "<p class=\"note\">The largest {} are shown below with their versions; of the others "
                   "these are in the file of --families.</p>\n",
                   with_commas(overview.shown));
  }
  html_ +=
      "<form class=\"filter\" data-table=\"families\"><label>find <input name=\"text\" type=\"search\" "
      "title=\"in headlines and outlets; Enter looks into the texts, too\"></label>"
      "<label>outlet <input name=\"outlet\" list=\"outlets\"></label><datalist "
      "id=\"outlets\"></datalist><label>printed from <input name=\"from\" type=\"date\"></label>"
      "<label>to <input name=\"to\" type=\"date\"></label><button class=\"go\">Find in texts</button>"
      "</form>\n"
      "<div class=\"wide\"><table class=\"list fold\" id=\"families\"><thead><tr><th>headline</th>"
      "<th>outlets</th><th>likely source</th><th class=\"w\">first</th><th class=\"w\">spread</th><th "
      "class=\"n\">versions</th></tr></thead><tbody>\n";
}

void ReuseReport::add_row(std::size_t number, const StoryFamily& family, bool is_shown) {
  const auto to = std::back_inserter(html_);
  const std::vector<std::string_view> outlets = outlets_of(family);
  const TimeRange times = times_of(family);
  html_ += "<tr";
  if (!outlets.empty()) {
    html_ += " data-o=\"";
    for (const std::string_view outlet : outlets) {
      append_page_text(html_, outlet);
      html_ += '\n';
    }
    html_ += '"';
  }
  if (times.timed > 0) {
    fmt::format_to(to, " data-a=\"{:.0f}\" data-b=\"{:.0f}\"", times.first, times.last);
  }
  html_ += "><td class=\"t\" dir=\"auto\">";
  if (is_shown) {
    fmt::format_to(to, "<a href=\"#f{}\">", number);
    append_page_text(html_, headline_of(family));
    html_ += "</a>";
  } else {
    append_page_link(html_, family.versions.front().url, headline_of(family));
  }
  // Isolates, so that no outlet changes the direction of another; elements would be many.
  html_ += "</td><td data-l=\"outlets\">";
  for (std::size_t i = 0; i < std::min(kMostOutlets, outlets.size()); ++i) {
    html_ += i > 0 ? ", \u2068" : "\u2068";
    append_page_text(html_, outlets[i]);
    html_ += "\u2069";
  }
  if (outlets.size() > kMostOutlets) {
    fmt::format_to(to, " and {}{} more", outlets.size() - kMostOutlets,
                   outlets.size() == kMostFiltered ? "+" : "");
  }
  html_ += "</td>";
  append_text_cell(html_,
                   family.has_source() ? printer_of(family.versions.front()) : std::string_view(),
                   "likely source");
  fmt::format_to(to, "<td class=\"w\" data-l=\"first\" data-v=\"{:.0f}\">{}</td>",
                 times.timed > 0 ? times.first : 0.0,
                 times.timed > 0 ? minute_of(times.first) : std::string());
  fmt::format_to(to, "<td class=\"w\" data-l=\"spread\" data-v=\"{:.0f}\">{}</td>",
                 times.last - times.first,
                 times.timed > 1 ? span_of_time(times.last - times.first) : std::string());
  append_number_cell(html_, family.versions.size(), "versions");
  html_ += "</tr>\n";
  flush_if_large();
}

void ReuseReport::end_rows() {
  if (has_rows_ended_) return;
  has_rows_ended_ = true;
  html_ +=
      "</tbody></table></div>\n<h2 id=\"stories\">The stories</h2>\n<p class=\"note\">Colored passages "
      "lead to each other; struck-through words are only in the fullest version, underlined ones only in "
      "the other. Versions are ranked: the likeliest source first.</p>\n<p class=\"note hint\">Choose a "
      "family above.</p>\n<div class=\"items\">\n";
}

void ReuseReport::add_family(std::size_t number, const StoryFamily& family,
                             std::span<const ShownComparison> comparisons) {
  end_rows();
  fmt::format_to(std::back_inserter(html_),
                 "<details class=\"item\" id=\"f{}\"><summary><span class=\"k\">{}</span> <bdi>",
                 number, counted_noun(family.versions.size(), "version"));
  append_page_text(html_, headline_of(family));
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
  if (has_rows_ended_) html_ += "</div>\n";
  append_page_end(html_);
  sink_.write(html_);
  html_.clear();
}

}  // namespace copydesk
