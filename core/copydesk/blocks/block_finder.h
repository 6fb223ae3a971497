#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The spans of a document that are boilerplate: what repeats within its page, and what belongs to
// its site. For cleaning pages, and for comparing documents without what they all share. Of a page
// that prints its headline twice, the second copy is a block of the kind title.

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/page_layout.h"
#include "copydesk/blocks/site_blocks.h"
#include "copydesk/blocks/site_model.h"

namespace copydesk {

enum class BlockKind : std::uint8_t {
  kTitle,      // page: later copy of a title
  kCaption,    // page: later copy of a caption
  kTeaser,     // page: later copy far from the first
  kChrome,     // page: label between repeats; all copies
  kSite,       // site: line on several pages
  kOutside,    // site: before or after the article
  kParagraph,  // corpus: paragraph that occurs several times
  kNearParagraph,  // corpus: paragraph that is near-equal to another
  kSentence,   // corpus: sentence that occurs several times
  kSpan,       // corpus: run of words that occurs several times
};
inline constexpr std::size_t kBlockKinds = 10;

// "title", "caption", ...
[[nodiscard]] std::string_view to_string(BlockKind kind);

struct BlockSpan {
  TextSpan span;  // whole lines, with their line feeds
  BlockKind kind = BlockKind::kTitle;
  std::uint32_t count = 0;  // copies in the page, or pages of the site with the line; 0: none known
  std::size_t first_begin = 0;  // of the first copy in this document; span.begin if it is not known
  std::uint64_t key = 0;        // equal for equal blocks, up to numbers
};

struct BlockFinderOptions {
  bool page = true;
  bool site = true;
  PageLayoutOptions layout;
  // For masking before a comparison nothing of the article may be lost: then use
  // {SiteRule::kRepeats, 3}.
  SiteBlockOptions site_rule;
};

// Reuses its buffers; one object per thread.
class BlockFinder {
 public:
  explicit BlockFinder(const BlockFinderOptions& options) : options_(options) {}

  // Replaces `spans` by the boilerplate of the document, ascending and disjoint. `site` is
  // site_key() of the document's site; with 0 only the page is looked at. `model` may be null where
  // options.site is false. REQUIRES: `text` is valid UTF-8.
  void find(std::string_view text, std::uint64_t site, const SiteModel* model,
            std::vector<BlockSpan>& spans);

  // The lines of the text looked at last.
  [[nodiscard]] const std::vector<Line>& lines() const { return lines_; }

 private:
  BlockFinderOptions options_;
  LineScanner scanner_;
  std::vector<Line> lines_;
  PageLayout layout_;
  std::vector<std::uint32_t> pages_with_;
  std::vector<SiteLine> labels_;
};

}  // namespace copydesk
