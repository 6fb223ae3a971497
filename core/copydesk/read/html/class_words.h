#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the words in the classes and ids of a page say about its parts. Whole words count, not
// substrings ("header" is not "ad"), split at everything that is no letter and where small letters
// turn into capitals: "relatedPosts" and "related-posts" say the same.

#include <array>
#include <cstdint>
#include <string_view>

namespace copydesk {

// Bits of HtmlNode::hints. The first come from words, the rest from other attributes.
enum Hint : std::uint32_t {
  kHintFurniture = 1U << 0,     // share, newsletter, pagination ...; parts of the structure too
  kHintStructure = 1U << 1,     // nav, footer, sidebar ...
  kHintConsent = 1U << 2,       // cookie, gdpr ...
  kHintRelated = 1U << 3,       // related, trending, upsell ...
  kHintComments = 1U << 4,      // comments, replies ...
  kHintReviews = 1U << 5,       // review, testimonials ...
  kHintAuthor = 1U << 6,        // byline, author ...
  kHintCaption = 1U << 7,       // caption, credit, gallery ...
  kHintDate = 1U << 8,          // date, published ...
  kHintBody = 1U << 9,          // article-body, post-content, richtext ...
  kHintStory = 1U << 10,        // of these, what only articles have
  kHintEntry = 1U << 11,        // entry, hentry, blogpost
  kHintHidden = 1U << 12,       // hidden, display:none, visibility:hidden
  kHintStreamed = 1U << 13,     // id "S:0": hidden until a script puts it in its place
  kHintItemBody = 1U << 14,     // itemprop or property articleBody, itemprop text
  kHintRoleMain = 1U << 15,     // role=main
  kHintRoleAround = 1U << 16,   // role=navigation, banner, dialog ...; aria-modal
  kHintCommentArea = 1U << 17,  // the ids of one widely used blog program
};

// Hints of the value of a class or id attribute, of which the first 400 bytes are looked at.
[[nodiscard]] std::uint32_t hints_of_words(std::string_view value);

// The same for the values of one page, most of which stand there many times. Values are kept by
// reference.
class HintMemory {
 public:
  [[nodiscard]] std::uint32_t hints_of(std::string_view value);

 private:
  struct Entry {
    std::string_view value;
    std::uint32_t hints = 0;
  };
  std::array<Entry, 512> entries_;  // by hash; the last value of several with the same
};

}  // namespace copydesk
