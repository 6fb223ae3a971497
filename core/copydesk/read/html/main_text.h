#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which blocks of a page are its main text: an article without navigation, captions and comments, a
// list page's list, a forum's posts. By rules on tags, class words, lengths and link shares;
// nothing is trained. Every block gets a reason, so that whoever reads a result can see how it came
// about.
//
//   <nav><a>Home</a></nav><article><h1>Mill burns</h1><p>A fire destroyed the old mill in Norvik on
//   Monday night, hours before builders were to start.</p><p>Nobody was hurt.</p></article>
//   gives kNavigation, kShortText, kText, kShortText: the menu alone is left out.

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/linked_data.h"

namespace copydesk {

enum class BlockReason : std::uint8_t {
  // Kept.
  kText,       // a paragraph: long, punctuated, not mostly links
  kShortText,  // within 20 blocks of one
  kListed,     // all of the main part of a page whose body is a list
  kLead,       // a paragraph between the headline and the main part
  // Left out because of an element around it.
  kNavigation,  // nav, footer, aside, header, dialog, search, menu
  kNoscript,
  kHidden,
  kRole,  // role=navigation, banner, dialog ...
  kConsent,
  kAuthor,
  kReviews,    // of a product
  kFurniture,  // share, newsletter, sidebar ...
  kRelated,
  kComments,
  kForm,
  // Left out for its own sake.
  kOutside,  // not in the main part
  kData,     // looks like data of a script
  kCaption,
  kLinks,       // mostly links
  kAlone,       // short, and far from any paragraph
  kBeforeText,  // the headline and what stands before it
  kAfterText,   // headings and scraps behind the last paragraph
  kRepeated,    // stood in the page before
  kReplaced,    // the page's linked data have the text
};

[[nodiscard]] std::string_view to_string(BlockReason reason);
constexpr bool is_kept(BlockReason reason) {
  return reason <= BlockReason::kLead;
}

enum class PageKind : std::uint8_t { kArticle, kForum, kList, kOther };
[[nodiscard]] std::string_view to_string(PageKind kind);

struct MainText {
  PageKind kind = PageKind::kOther;
  std::vector<BlockReason> reasons;  // of page.blocks, one each
};

// Reuses its memory; one object per thread.
class MainTextFinder {
 public:
  MainTextFinder();
  ~MainTextFinder();
  MainTextFinder(MainTextFinder&&) noexcept;
  MainTextFinder& operator=(MainTextFinder&&) noexcept;

  // Replaces `main`. `data` are the page's linked data. Time is linear in nodes and blocks.
  void find(const HtmlPage& page, const LinkedData& data, MainText& main);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
