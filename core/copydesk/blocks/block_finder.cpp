// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/block_finder.h"

#include "copydesk/blocks/article_edges.h"
#include "copydesk/blocks/page_part.h"

namespace copydesk {
namespace {

// Whether this line and the one before are copies of two lines of prose in a row.
bool is_passage(const PageLayout& layout, std::size_t line) {
  const PageLineRole &before = layout.roles[line - 1], &role = layout.roles[line];
  return before.is_cut(line - 1) && role.is_cut(line) && role.kind == before.kind &&
         role.kind != PageLine::kChrome && role.first == before.first + 1;
}

}  // namespace

std::string_view to_string(BlockKind kind) {
  switch (kind) {
    case BlockKind::kTitle:
      return "title";
    case BlockKind::kCaption:
      return "caption";
    case BlockKind::kTeaser:
      return "teaser";
    case BlockKind::kChrome:
      return "chrome";
    case BlockKind::kSite:
      return "site";
    case BlockKind::kOutside:
      return "outside";
    case BlockKind::kParagraph:
      return "paragraph";
    case BlockKind::kNearParagraph:
      return "near-paragraph";
    case BlockKind::kSentence:
      return "sentence";
    case BlockKind::kSpan:
      return "span";
  }
  return {};
}

void BlockFinder::find(std::string_view whole, std::uint64_t site, const SiteModel* model,
                       std::vector<BlockSpan>& spans) {
  spans.clear();
  const std::string_view text = page_part(whole);
  const bool with_site = options_.site && site != 0 && model != nullptr;
  scanner_.scan(text, lines_, with_site ? LineForms::kMaskedAndShape : LineForms::kNone);
  if (options_.page) find_page_layout(text, lines_, options_.layout, layout_);
  if (with_site) {
    model->pages_with(site, lines_, pages_with_);
    label_site_lines(lines_, pages_with_, model->pages_of(site), options_.site_rule, labels_);
    if (options_.site_rule.rule == SiteRule::kArticle) {
      keep_article_edges(lines_, scanner_.tokens(), labels_);
    }
  }
  for (std::size_t i = 0; i < lines_.size(); ++i) {
    const Line& line = lines_[i];
    BlockSpan span{line.whole, BlockKind::kSite, 0, line.whole.begin, line.masked_key};
    if (with_site && labels_[i] == SiteLine::kRepeated) {
      span.count = pages_with_[i];
    } else if (options_.page && layout_.roles[i].is_cut(i)) {
      const PageLineRole& role = layout_.roles[i];
      span.kind = role.kind == PageLine::kTitle     ? BlockKind::kTitle
                  : role.kind == PageLine::kCaption ? BlockKind::kCaption
                  : role.kind == PageLine::kTeaser  ? BlockKind::kTeaser
                                                    : BlockKind::kChrome;
      span.count = role.count;
      span.first_begin = lines_[role.first].whole.begin;
    } else if (with_site && labels_[i] == SiteLine::kOutside) {
      span.kind = BlockKind::kOutside;
    } else {
      continue;
    }
    if (!with_site) span.key = scanner_.masked_key_of(text, line);
    const bool goes_on = options_.page && !spans.empty() && i > 0 &&
                         spans.back().kind == span.kind &&
                         spans.back().span.end == span.span.begin && is_passage(layout_, i);
    if (goes_on) {
      spans.back().span.end = span.span.end;
    } else {
      spans.push_back(span);
    }
  }
}

}  // namespace copydesk
