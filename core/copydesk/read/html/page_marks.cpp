// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/page_marks.h"

#include <algorithm>

#include "copydesk/read/html/class_words.h"

namespace copydesk {
namespace {

constexpr int kPasses = 3;

bool is_around_tag(Element e, bool in_main) {
  return e == Element::kNav || e == Element::kFooter || e == Element::kAside ||
         e == Element::kDialog || e == Element::kSearch || e == Element::kMenu ||
         (e == Element::kHeader && !in_main);
}

// Quotations and program text are content, whatever the class around them says.
bool holds_quotation(const HtmlPage& page, std::uint32_t node) {
  constexpr std::uint32_t kMostNodes = 400;  // of what is called furniture; looked at once each
  const std::uint32_t end = page.nodes[node].end;
  if (end - node >= kMostNodes) return false;
  return std::any_of(page.nodes.begin() + node, page.nodes.begin() + end, [](const HtmlNode& n) {
    return n.element == Element::kBlockquote || n.element == Element::kPreformatted;
  });
}

}  // namespace

// The first rule that fits decides. Each has a bound on the share of the page it may take away,
// because pages put everything into <form>, "sidebar-layout" or role=dialog.
BlockReason PageMarks::judge(const HtmlPage& page, const PageSums& sums, std::uint32_t number,
                             int pass) const {
  const HtmlNode& node = page.nodes[number];
  const Element e = node.element;
  const auto has = [hints = node.hints](std::uint32_t bits) { return (hints & bits) != 0; };
  const double text = sums.text[number];
  const double strong = sums.strong[number];
  const double page_text = sums.all_text();
  const double page_strong = sums.all_strong();
  const bool is_half = text < 0.5 * page_text;

  if (e == Element::kNoscript) {
    return strong * 2 < page_strong || strong == 0 ? BlockReason::kNoscript : kNone;
  }
  if (has(kHintHidden) && !has(kHintStreamed) && pass < 2 && sums.is_article) {
    return is_half ? BlockReason::kHidden : kNone;
  }
  if (!is_block_level(e)) return kNone;
  if (is_around_tag(e, in_main_[number] != 0) && is_half) return BlockReason::kNavigation;
  if (has(kHintRoleAround) && is_half) return BlockReason::kRole;
  if (has(kHintConsent)) return text < 0.8 * page_text ? BlockReason::kConsent : kNone;

  const bool is_main = e == Element::kMain;
  const bool may_be_furniture = !is_main && e != Element::kArticle;
  const bool is_body = has(kHintBody);
  if ((sums.is_article || (!sums.is_product && !sums.is_forum)) && has(kHintAuthor) &&
      may_be_furniture && !is_body && text < 0.15 * page_text && text < 1200) {
    return BlockReason::kAuthor;
  }
  if (sums.is_product && has(kHintReviews) && !is_body && !is_main && text < 0.7 * page_text &&
      strong < 0.5 * page_strong) {
    return BlockReason::kReviews;
  }
  const bool is_structure = has(kHintStructure);
  const bool is_big = text > page_text * (is_structure ? 0.4 : 0.3) ||
                      strong > page_strong * (is_structure ? 0.5 : 0.3);
  if (may_be_furniture && pass == 0 && has(kHintFurniture) && !is_body && !is_big) {
    return strong > 0 && holds_quotation(page, number) ? kNone : BlockReason::kFurniture;
  }
  if (may_be_furniture && pass == 0 && has(kHintRelated) && text <= 0.3 * page_text) {
    return BlockReason::kRelated;
  }
  if (!is_main && (pass == 0 || (pass == 1 && has(kHintCommentArea))) && has(kHintComments) &&
      (!sums.is_forum || (sums.is_questions && !sums.says_forum && !is_big))) {
    return BlockReason::kComments;
  }
  return e == Element::kForm && is_half ? BlockReason::kForm : kNone;
}

double PageMarks::mark(const HtmlPage& page, const PageSums& sums, int pass) {
  double no_loss = 0.0;
  for (std::uint32_t number = 1; number < page.nodes.size(); ++number) {
    const HtmlNode& node = page.nodes[number];
    const Element e = node.element;
    in_main_[number] = in_main_[node.parent] != 0 || e == Element::kArticle ||
                               e == Element::kMain || (node.hints & kHintRoleMain) != 0
                           ? 1
                           : 0;
    marks_[number] = marks_[node.parent];
    if (marks_[number] != kNone) continue;
    BlockReason reason = judge(page, sums, number, pass);
    const double strong = sums.strong[number];
    constexpr std::uint32_t kTelling =
        kHintFurniture | kHintRelated | kHintAuthor | kHintRoleAround | kHintConsent;
    // An aside in an article with sentences of its own is a box of it, not what surrounds it.
    if (e == Element::kAside && in_main_[number] != 0 && strong >= 60 &&
        sums.link[number] < 0.25 * sums.text[number] && (node.hints & kTelling) == 0) {
      reason = kNone;
    }
    marks_[number] = reason;
    if (reason == kNone) continue;
    if (e == Element::kNav || e == Element::kFooter || e == Element::kAside ||
        e == Element::kDialog || e == Element::kHeader || e == Element::kNoscript ||
        (node.hints & (kHintRoleAround | kHintConsent | kHintHidden)) != 0 ||
        (sums.is_product && (node.hints & kHintReviews) != 0) ||
        (sums.is_article && (node.hints & kHintComments) != 0)) {
      no_loss += strong;
    }
  }
  return no_loss;
}

void PageMarks::compute(const HtmlPage& page, const PageSums& sums) {
  const std::size_t count = page.nodes.size();
  in_main_.assign(count, 0);
  marks_.assign(count, kNone);
  for (int pass = 0; pass < kPasses; ++pass) {
    const double no_loss = mark(page, sums, pass);
    unmarked_strong.assign(count, 0);
    unmarked_text.assign(count, 0);
    for (std::size_t i = 0; i < page.blocks.size(); ++i) {
      const HtmlBlock& block = page.blocks[i];
      if (is_marked(block.node)) continue;
      unmarked_strong[block.node] += sums.strong_of_block[i];
      unmarked_text[block.node] += block.size;
    }
    sum_over_subtrees(page, unmarked_strong);
    sum_over_subtrees(page, unmarked_text);
    const bool enough_strong =
        unmarked_strong[0] >= 0.35 * (sums.all_strong() - no_loss) || unmarked_strong[0] > 2000;
    if (unmarked_text[0] > 0 && enough_strong && unmarked_text[0] >= 0.05 * sums.all_text()) return;
  }
}

}  // namespace copydesk
