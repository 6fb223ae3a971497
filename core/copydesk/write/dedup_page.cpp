// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/dedup_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"
#include "copydesk/write/page/side_by_side.h"

namespace copydesk {

namespace {

// Of equal words in a row so many are shown at either end.
constexpr std::size_t kEndsShown = 12;

// What stands above a text: its name, and its title, which leads to its address.
std::string head_of(const ShownDocument& document, std::string_view role) {
  std::string head(role);
  head += " <bdi>";
  append_page_text(head, cut_name(document.name));
  head += "</bdi>";
  if (const std::string link = document.link(); !link.empty()) head += "<br>" + link;
  return head;
}

void append_pair(std::string& out, const ShownPair& pair, bool is_removed, bool is_open) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "<details class=\"item\"{}><summary><bdi>", is_open ? " open" : "");
  append_page_text(out, cut_name(pair.left.name));
  out += is_removed ? "</bdi> went in favor of <bdi>" : "</bdi> and <bdi>";
  append_page_text(out, cut_name(pair.right.name));
  out += is_removed ? "</bdi>" : "</bdi> both stay";
  const Overlap& overlap = pair.overlap;
  if (overlap.size_a > 0 || overlap.size_b > 0) {
    fmt::format_to(to,
                   " <span class=\"s\">Jaccard {:.3f}; {:.0f} % of the left text is in the right one, {:.0f} % "
                   "of the right one in the left</span>",
                   overlap.jaccard(), 100.0 * overlap.containment_a(),
                   100.0 * overlap.containment_b());
  }
  out += "</summary>\n";
  SideBySide texts;
  texts.left = {pair.left.text, pair.left.tokens};
  texts.right = {pair.right.text, pair.right.tokens};
  texts.passages = pair.passages;
  texts.left_name = head_of(pair.left, is_removed ? "removed:" : "kept:");
  texts.right_name = head_of(pair.right, "kept:");
  texts.most_bytes = DedupPage::kMostTextBytes;
  texts.ends_shown = kEndsShown;
  texts.marks_all = true;
  append_side_by_side(out, texts);
  out += "</details>\n";
}

void append_samples(std::string& out, const std::vector<ShownPairs>& groups, bool is_removed) {
  for (const ShownPairs& group : groups) {
    if (group.count == 0) continue;
    fmt::format_to(std::back_inserter(out), "<h3>{}: {}</h3>\n", group.caption,
                   counted_noun(group.count, "pair"));
    if (group.sample.empty()) {
      out += "<p class=\"note\">Of those that were looked at, one or the other text was removed for a third "
             "one.</p>\n";
    } else if (group.sample.size() < group.count) {
      fmt::format_to(std::back_inserter(out), "<p class=\"note\">{} of them:</p>\n",
                     group.sample.size());
    }
    bool is_open = true;
    for (const ShownPair& pair : group.sample) {
      append_pair(out, pair, is_removed, is_open);
      is_open = false;
    }
  }
}

void append_sources(std::string& out, const DedupPage& page) {
  if (page.sources.size() < 2) return;
  fmt::format_to(std::back_inserter(out),
                 "<h2 id=\"sources\">Who lost to whom</h2>\n<div class=\"wide\"><table class=\"sort "
                 "fold\"><thead><tr><th>{}</th><th class=\"n\">documents</th><th class=\"n\">removed</th><th "
                 "class=\"n\">removed, %</th><th class=\"n\">kept in place of others</th></tr></thead><tbody>\n",
                 page.source_label);
  for (const SourceCounts& source : page.sources) {
    out += "<tr>";
    append_text_cell(out, source.name.empty() ? "all others" : cut_name(source.name),
                     page.source_label);
    append_number_cell(out, source.documents, "documents");
    append_number_cell(out, source.removed, "removed");
    fmt::format_to(std::back_inserter(out), "<td class=\"n\" data-l=\"removed, %\">{}</td>",
                   share_in_percent(source.removed, source.documents));
    append_number_cell(out, source.kept_for, "kept in place of others");
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
  if (!page.who_lost.rows.empty()) append_matrix(out, page.who_lost);
}

void append_overview(std::string& out, const DedupPage& page) {
  out += "<h2 id=\"overview\">What was removed</h2>\n<div class=\"charts\">\n";
  append_bars(out, "Removed documents by rule", "rule", page.rules);
  const std::vector<ChartBar> clusters = page.cluster_sizes.bars();
  if (!clusters.empty()) {
    append_bars(out, "Clusters by their number of documents", "documents", clusters,
                "A cluster is what hangs together by pairs; more than one document of it may stay.");
  }
  if (!page.similarity.empty()) {
    append_bars(out, "Pairs by similarity", "Jaccard", page.similarity, page.similarity_note);
  }
  if (page.curve) append_curve(out, *page.curve);
  out += "</div>\n";
}

}  // namespace

void write_dedup_page(ByteSink& sink, const DedupPage& page) {
  std::string html;
  append_page_begin(html, "What dedup removed, and why");
  fmt::format_to(std::back_inserter(html), "<p>{}</p>\n", page.rule);
  const std::uint64_t removed = page.documents - page.kept;
  std::vector<PageFigure> figures = {
      {page.documents == 1 ? "document" : "documents", with_commas(page.documents)},
      {"removed", with_commas(removed)},
      {"kept", with_commas(page.kept)},
      {"of the documents stay",
       page.documents == 0 ? "–" : share_in_percent(page.kept, page.documents) + " %"},
      {page.clusters == 1 ? "cluster" : "clusters", with_commas(page.clusters)},
      {"read", with_byte_unit(page.bytes)},
  };
  if (page.old_documents > 0) {
    figures.push_back({page.old_documents == 1 ? "old document to compare with"
                                               : "old documents to compare with",
                       with_commas(page.old_documents)});
  }
  append_figures(html, figures);
  const auto has_any = [](const std::vector<ShownPairs>& groups) {
    return std::any_of(groups.begin(), groups.end(),
                       [](const ShownPairs& group) { return group.count > 0; });
  };
  std::vector<PagePart> parts = {{"overview", "What was removed"}};
  if (page.sources.size() > 1) parts.push_back({"sources", "Who lost to whom"});
  if (has_any(page.removed)) parts.push_back({"removed", "Removals side by side"});
  if (has_any(page.missed)) parts.push_back({"missed", "Near misses"});
  append_page_parts(html, parts);
  append_overview(html, page);
  append_sources(html, page);
  if (has_any(page.removed)) {
    html += "<h2 id=\"removed\">Removals side by side</h2>\n<p class=\"note\">A sample of each kind. What "
            "only the removed text has is struck through, what only the kept one has is underlined; of "
            "equal words in a row the ends are shown.</p>\n";
    append_samples(html, page.removed, true);
  }
  if (has_any(page.missed)) {
    html += "<h2 id=\"missed\">Near misses</h2>\n<p class=\"note\">Pairs that were compared and fall short "
            "of the threshold: a lower one would take them for copies.</p>\n";
    append_samples(html, page.missed, false);
  }
  append_page_end(html);
  sink.write(html);
}

}  // namespace copydesk
