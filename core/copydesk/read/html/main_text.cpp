// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/main_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unordered_set>

#include "copydesk/read/html/class_words.h"
#include "copydesk/read/html/main_part.h"
#include "copydesk/read/html/page_marks.h"
#include "copydesk/read/html/page_sums.h"

namespace copydesk {
namespace {

constexpr std::array<std::string_view, 24> kReasonNames = {
    "text",    "short_text", "listed",      "lead",       "navigation", "noscript",
    "hidden",  "role",       "consent",     "author",     "reviews",    "furniture",
    "related", "comments",   "form",        "outside",    "data",       "caption",
    "links",   "alone",      "before_text", "after_text", "repeated",   "replaced"};

// A short block is kept within so many blocks of a paragraph.
constexpr std::uint32_t kNear = 20;
constexpr std::size_t kLeastRepeated = 16;  // bytes

// JSON or other machine text that a page shows where its script did not run.
bool is_data(std::string_view text, const HtmlBlock& block) {
  if ((text[0] == '{' || text[0] == '[') && text.size() > 20 &&
      text.find("\":") != std::string_view::npos) {
    return true;
  }
  return block.size > 120 && block.size > 60 * block.words &&
         static_cast<unsigned char>(text[text.size() / 2]) < 0x80;
}

bool is_mostly_links(const HtmlBlock& block) {
  const double share = block.link_share();
  return share > 0.6 && block.heading == 0 &&
         !(share < 0.7 && block.size > 60 && block.punctuated >= 1);
}

}  // namespace

std::string_view to_string(BlockReason reason) {
  return kReasonNames[static_cast<std::size_t>(reason)];
}

std::string_view to_string(PageKind kind) {
  constexpr std::array<std::string_view, 4> kNames = {"article", "forum", "list", "other"};
  return kNames[static_cast<std::size_t>(kind)];
}

struct MainTextFinder::State {
  PageSums sums;
  PageMarks marks;
  MainPart part;
  std::unordered_set<std::string_view> seen;

  void judge_blocks(const HtmlPage& page, std::vector<BlockReason>& reasons) const;
  void drop_far_short_blocks(const HtmlPage& page, std::vector<BlockReason>& reasons) const;
  void trim_article(const HtmlPage& page, std::vector<BlockReason>& reasons) const;
  void restore_list(const HtmlPage& page, std::vector<BlockReason>& reasons) const;
  void drop_repeated(const HtmlPage& page, std::vector<BlockReason>& reasons);
  void add_lead(const HtmlPage& page, std::vector<BlockReason>& reasons) const;

  [[nodiscard]] bool is_caption(const HtmlPage& page, std::uint32_t node) const;
  [[nodiscard]] std::uint32_t begin(const HtmlPage& page) const {
    return page.nodes[part.node].first_block;
  }
  [[nodiscard]] std::uint32_t end(const HtmlPage& page) const {
    return page.nodes[part.node].end_block;
  }
  [[nodiscard]] bool is_headline(const HtmlPage& page, std::uint32_t i) const {
    return page.blocks[i].heading == 1 && !marks.is_marked(page.blocks[i].node);
  }
};

// A figure, or in an article what is called a caption, up to four elements out.
bool MainTextFinder::State::is_caption(const HtmlPage& page, std::uint32_t number) const {
  for (int level = 0; level < 4 && number > part.node; ++level) {
    const HtmlNode& node = page.nodes[number];
    const bool is = node.element == Element::kFigureCaption || node.element == Element::kFigure ||
                    (sums.is_article && (node.hints & kHintCaption) != 0);
    if (is && sums.strong[number] < 0.3 * marks.unmarked_strong[0]) return true;
    number = node.parent;
  }
  return false;
}

void MainTextFinder::State::judge_blocks(const HtmlPage& page,
                                         std::vector<BlockReason>& reasons) const {
  for (std::uint32_t i = 0; i < page.blocks.size(); ++i) {
    const HtmlBlock& block = page.blocks[i];
    BlockReason& reason = reasons[i];
    if (!block.preformatted && is_data(page.text_of(block), block)) {
      reason = BlockReason::kData;
    } else if (i < begin(page) || i >= end(page)) {
      reason = marks.is_marked(block.node) ? marks.reason(block.node) : BlockReason::kOutside;
    } else if (marks.is_marked(block.node)) {
      reason = marks.reason(block.node);
    } else if (part.is_list) {
      reason = BlockReason::kListed;
    } else if (part.kind == PageKind::kArticle && is_caption(page, block.node)) {
      reason = BlockReason::kCaption;
    } else if (!block.preformatted && is_mostly_links(block)) {
      reason = BlockReason::kLinks;
    } else {
      reason = is_strong(block) ? BlockReason::kText : BlockReason::kShortText;
    }
  }
}

void MainTextFinder::State::drop_far_short_blocks(const HtmlPage& page,
                                                  std::vector<BlockReason>& reasons) const {
  const std::uint32_t first = begin(page);
  const std::uint32_t last = end(page);
  std::uint32_t next = first;  // the first strong block at or after i, or `last`
  std::int64_t before = -1000;
  for (std::uint32_t i = first; i < last; ++i) {
    if (reasons[i] == BlockReason::kText) before = i;
    if (reasons[i] != BlockReason::kShortText) continue;
    if (next < i) next = i;
    while (next < last && reasons[next] != BlockReason::kText) ++next;
    const bool near_next = next < last && next - i <= kNear;
    if (!near_next && i - before > kNear) reasons[i] = BlockReason::kAlone;
  }
}

// An article begins behind its headline and ends with its last paragraph.
void MainTextFinder::State::trim_article(const HtmlPage& page,
                                         std::vector<BlockReason>& reasons) const {
  const std::uint32_t first = begin(page);
  const std::uint32_t last = end(page);
  std::uint32_t headline = last;
  std::uint32_t first_strong = last;
  std::uint32_t last_strong = last;
  for (std::uint32_t i = first; i < last; ++i) {
    if (reasons[i] == BlockReason::kText) {
      if (first_strong == last) first_strong = i;
      last_strong = i;
    }
    if (headline == last && is_headline(page, i)) headline = i;
  }
  if (headline < last && (first_strong == last || headline <= first_strong + 2)) {
    for (std::uint32_t i = first; i <= headline; ++i) {
      if (is_kept(reasons[i])) reasons[i] = BlockReason::kBeforeText;
    }
  }
  for (std::uint32_t i = last_strong + 1; i < last; ++i) {
    const HtmlBlock& block = page.blocks[i];
    if (is_kept(reasons[i]) && !block.in_list && !block.in_cell &&
        (block.size < 30 || block.heading != 0)) {
      reasons[i] = BlockReason::kAfterText;
    }
  }
}

// If too much of the part fell as links or scraps, its body is a list, and all of it is kept.
void MainTextFinder::State::restore_list(const HtmlPage& page,
                                         std::vector<BlockReason>& reasons) const {
  double dropped = 0.0;
  for (std::uint32_t i = begin(page); i < end(page); ++i) {
    if (reasons[i] == BlockReason::kLinks || reasons[i] == BlockReason::kAlone) {
      dropped += page.blocks[i].size;
    }
  }
  if (dropped <= 0.4 * marks.unmarked_text[part.node]) return;
  for (std::uint32_t i = begin(page); i < end(page); ++i) {
    if (!marks.is_marked(page.blocks[i].node) && !is_kept(reasons[i])) {
      reasons[i] = BlockReason::kListed;
    }
  }
}

void MainTextFinder::State::drop_repeated(const HtmlPage& page, std::vector<BlockReason>& reasons) {
  seen.clear();
  for (std::uint32_t i = 0; i < page.blocks.size(); ++i) {
    const HtmlBlock& block = page.blocks[i];
    if (!is_kept(reasons[i]) || block.size < kLeastRepeated || block.preformatted ||
        block.in_cell) {
      continue;
    }
    if (!seen.insert(page.text_of(block)).second) reasons[i] = BlockReason::kRepeated;
  }
}

// Paragraphs between a headline that stands before the part and the part.
void MainTextFinder::State::add_lead(const HtmlPage& page,
                                     std::vector<BlockReason>& reasons) const {
  const std::uint32_t first = begin(page);
  std::uint32_t headline = first;
  for (std::uint32_t i = 0; i < first; ++i) {
    if (is_headline(page, i)) headline = i;
  }
  if (headline == first || first - headline > 30) return;
  for (std::uint32_t i = headline + 1; i < first; ++i) {
    const HtmlBlock& block = page.blocks[i];
    if (!marks.is_marked(block.node) && sums.strong_of_block[i] >= 100 && block.punctuated >= 1 &&
        !is_caption(page, block.node)) {
      reasons[i] = BlockReason::kLead;
    }
  }
}

MainTextFinder::MainTextFinder() : state_(std::make_unique<State>()) {}
MainTextFinder::~MainTextFinder() = default;
MainTextFinder::MainTextFinder(MainTextFinder&&) noexcept = default;
MainTextFinder& MainTextFinder::operator=(MainTextFinder&&) noexcept = default;

void MainTextFinder::find(const HtmlPage& page, const LinkedData& data, MainText& main) {
  State& state = *state_;
  main.reasons.assign(page.blocks.size(), BlockReason::kOutside);
  state.sums.compute(page, data);
  state.marks.compute(page, state.sums);
  state.part = find_main_part(page, state.sums, state.marks);
  main.kind = state.part.kind;
  const bool is_article = main.kind == PageKind::kArticle;
  state.judge_blocks(page, main.reasons);
  state.drop_far_short_blocks(page, main.reasons);
  if (is_article && state.sums.is_article) state.trim_article(page, main.reasons);
  if (!state.part.is_list) state.restore_list(page, main.reasons);
  state.drop_repeated(page, main.reasons);
  if (is_article) state.add_lead(page, main.reasons);
}

}  // namespace copydesk
