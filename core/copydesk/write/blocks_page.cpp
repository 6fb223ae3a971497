// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/blocks_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <numeric>
#include <string_view>

#include "copydesk/write/page/charts.h"
#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"

namespace copydesk {

namespace {

// What each kind is, for people.
std::string_view words_of(BlockKind kind) {
  switch (kind) {
    case BlockKind::kTitle:
      return "title again (page)";
    case BlockKind::kCaption:
      return "caption again (page)";
    case BlockKind::kTeaser:
      return "teaser (page)";
    case BlockKind::kChrome:
      return "label between repeats (page)";
    case BlockKind::kSite:
      return "line of the site";
    case BlockKind::kOutside:
      return "before or behind the article (site)";
    case BlockKind::kParagraph:
      return "paragraph (corpus)";
    case BlockKind::kNearParagraph:
      return "near-equal paragraph (corpus)";
    case BlockKind::kSentence:
      return "sentence (corpus)";
    case BlockKind::kSpan:
      return "run of words (corpus)";
  }
  return {};
}

void append_list(std::string& out, const std::vector<ListedBlock>& blocks) {
  out +=
      "<div class=\"wide\"><table class=\"sort fold\"><thead><tr><th class=\"n\">times</th><th>text</th>"
      "<th>kind</th><th class=\"n\">bytes in all</th></tr></thead><tbody>\n";
  for (const ListedBlock& block : blocks) {
    out += "<tr>";
    append_number_cell(out, block.times, "times");
    out += "<td class=\"t\" dir=\"auto\">";
    append_page_text(out, block.text);
    fmt::format_to(std::back_inserter(out), "</td><td data-l=\"kind\">{}</td>",
                   words_of(block.kind));
    append_number_cell(out, block.bytes, "bytes in all");
    out += "</tr>\n";
  }
  out += "</tbody></table></div>\n";
}

void append_sites(std::string& out, const BlocksPage& page) {
  fmt::format_to(
      std::back_inserter(out),
      "<h2 id=\"sites\">By site</h2>\n<p class=\"note\">{}</p>\n<div class=\"wide\"><table class=\"sort "
      "fold\"><thead><tr><th>site</th><th class=\"n\">pages</th><th class=\"n\">bytes of text</th><th "
      "class=\"n\">in blocks, %</th></tr></thead><tbody>\n",
      page.sites > page.by_site.size() ? "The sites with most text in blocks."
                                       : "All sites with text in blocks.");
  for (std::size_t i = 0; i < page.by_site.size(); ++i) {
    const SiteBlocks& site = page.by_site[i];
    out += "<tr><td class=\"t\" dir=\"auto\">";
    if (!site.blocks.empty()) fmt::format_to(std::back_inserter(out), "<a href=\"#s{}\">", i);
    append_page_text(out, site.site);
    if (!site.blocks.empty()) out += "</a>";
    out += "</td>";
    append_number_cell(out, site.pages, "pages");
    append_number_cell(out, site.text_bytes, "bytes of text");
    fmt::format_to(std::back_inserter(out), "<td class=\"n\" data-l=\"in blocks, %\">{}</td></tr>\n",
                   share_in_percent(site.block_bytes, site.text_bytes));
  }
  out += "</tbody></table></div>\n";
  for (std::size_t i = 0; i < page.by_site.size(); ++i) {
    const SiteBlocks& site = page.by_site[i];
    if (site.blocks.empty()) continue;
    fmt::format_to(std::back_inserter(out), "<details class=\"item\" id=\"s{}\"><summary><bdi>", i);
    append_page_text(out, site.site);
    fmt::format_to(std::back_inserter(out),
                   "</bdi><span class=\"s\">{}, {} % in blocks</span></summary>\n",
                   counted_noun(site.pages, "page"),
                   share_in_percent(site.block_bytes, site.text_bytes));
    append_list(out, site.blocks);
    out += "</details>\n";
  }
}

void append_sample(std::string& out, const MarkedDocument& document, bool is_open) {
  const auto to = std::back_inserter(out);
  fmt::format_to(to, "<details class=\"item\"{}><summary><bdi>", is_open ? " open" : "");
  append_page_text(out, cut_name(document.name));
  fmt::format_to(to, "</bdi> <span class=\"s\">{}</span></summary>\n",
                 counted_noun(document.blocks.size(), "block"));
  if (const std::string link = document.link(); !link.empty()) {
    out += "<p class=\"meta\">" + link + "</p>\n";
  }
  out += "<div class=\"text\" dir=\"auto\" tabindex=\"0\">";
  std::size_t place = 0;
  for (const MarkedBlock& block : document.blocks) {
    const std::size_t begin = std::min(block.span.begin, document.text.size());
    const std::size_t end = std::min(block.span.end, document.text.size());
    if (begin < place || begin == end) continue;
    append_page_text(out, std::string_view(document.text).substr(place, begin - place));
    fmt::format_to(to, "<mark class=\"cut\" title=\"{}", words_of(block.kind));
    if (block.count > 1) fmt::format_to(to, ", {} times", with_commas(block.count));
    out += "\">";
    append_page_text(out, std::string_view(document.text).substr(begin, end - begin));
    out += "</mark>";
    place = end;
  }
  append_page_text(out, std::string_view(document.text).substr(place));
  if (document.is_cut_off) out += " <span class=\"skip\">[cut here]</span>";
  out += "</div></details>\n";
}

}  // namespace

void write_blocks_page(ByteSink& sink, const BlocksPage& page) {
  std::string html;
  append_page_begin(html, "Text that repeats");
  const std::uint64_t blocks =
      std::accumulate(page.blocks.begin(), page.blocks.end(), std::uint64_t{0});
  const std::uint64_t bytes =
      std::accumulate(page.block_bytes.begin(), page.block_bytes.end(), std::uint64_t{0});
  const std::vector<PageFigure> figures = {
      {page.documents == 1 ? "document" : "documents", with_commas(page.documents)},
      {page.sites == 1 ? "site" : "sites", with_commas(page.sites)},
      {"of text", with_byte_unit(page.text_bytes)},
      {page.are_cut ? "blocks cut" : "blocks found", with_commas(blocks)},
      {"of the text is in blocks", share_in_percent(bytes, page.text_bytes) + " %"},
  };
  append_figures(html, figures);
  if (blocks == 0) {
    html += "<p>Nothing repeats.</p>\n";
    append_page_end(html);
    sink.write(html);
    return;
  }
  std::vector<PagePart> parts = {{"kinds", "Kinds"}};
  if (!page.most_frequent.empty()) parts.push_back({"frequent", "Most frequent"});
  if (!page.by_site.empty()) parts.push_back({"sites", "By site"});
  if (!page.samples.empty()) parts.push_back({"samples", "In their texts"});
  append_page_parts(html, parts);
  html += "<h2 id=\"kinds\">Kinds</h2>\n<div class=\"charts\">\n";
  std::vector<ChartBar> by_count, by_bytes;
  for (std::size_t kind = 0; kind < kBlockKinds; ++kind) {
    if (page.blocks[kind] == 0) continue;
    const std::string words(words_of(static_cast<BlockKind>(kind)));
    by_count.push_back({words, page.blocks[kind]});
    by_bytes.push_back({words, page.block_bytes[kind]});
  }
  append_bars(html, "Blocks by kind", "kind", by_count);
  append_bars(html, "Bytes of text in them", "kind", by_bytes);
  html += "</div>\n";
  if (!page.most_frequent.empty()) {
    html += "<h2 id=\"frequent\">Most frequent</h2>\n<p class=\"note\">Over all documents; numbers in a line "
            "do not make it another.</p>\n";
    append_list(html, page.most_frequent);
  }
  if (!page.by_site.empty()) append_sites(html, page);
  if (!page.samples.empty()) {
    fmt::format_to(std::back_inserter(html),
                   "<h2 id=\"samples\">In their texts</h2>\n<p class=\"note\">{} with blocks: what {} is "
                   "marked.</p>\n",
                   page.samples.size() == 1 ? "A document" : "Some of the documents",
                   page.are_cut ? "was cut" : "--cut would take out");
    bool is_open = true;
    for (const MarkedDocument& document : page.samples) {
      append_sample(html, document, is_open);
      is_open = false;
    }
  }
  append_page_end(html);
  sink.write(html);
}

}  // namespace copydesk
