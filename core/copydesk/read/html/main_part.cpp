// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/main_part.h"

#include "copydesk/read/html/class_words.h"

namespace copydesk {
namespace {

class Search {
 public:
  Search(const HtmlPage& page, const PageSums& sums, const PageMarks& marks)
      : page_(page),
        sums_(sums),
        marks_(marks),
        strong_(marks.unmarked_strong[0]),
        text_(marks.unmarked_text[0]) {}

  MainPart run() {
    MainPart part;
    const bool is_list =
        !is_story() && strong_ < 0.25 * text_ && !(sums_.is_article && strong_ > 400);
    part.is_list = is_list;
    part.kind = sums_.is_forum  ? PageKind::kForum
                : is_list       ? PageKind::kList
                : strong_ > 300 ? PageKind::kArticle
                                : PageKind::kOther;
    if (is_list) {
      part.node = list_part();
    } else if (part.kind == PageKind::kArticle || (sums_.is_article && !sums_.is_forum)) {
      part.node = article_part();
    } else {
      part.node = descend(marks_.unmarked_strong, 0.7);
    }
    if (sums_.is_forum) part.node = widen_to_posts(part.node);
    if (sums_.is_article && part.kind == PageKind::kArticle)
      part.node = headline_article(part.node);
    return part;
  }

 private:
  [[nodiscard]] const HtmlNode& node(std::uint32_t number) const { return page_.nodes[number]; }
  [[nodiscard]] bool is_usable(std::uint32_t number) const {
    return !marks_.is_marked(number) && marks_.unmarked_strong[number] > 0;
  }
  [[nodiscard]] bool has(std::uint32_t number, std::uint32_t bits) const {
    return (node(number).hints & bits) != 0;
  }
  [[nodiscard]] bool is_box(std::uint32_t number) const {
    return is_block_level(node(number).element) && !is_running_text(node(number).element);
  }

  // The usable node with most strong text among those for which `is` holds, the innermost of
  // equals; 0 if there is none.
  template <class Is>
  [[nodiscard]] std::uint32_t top(Is is) const {
    std::uint32_t best = 0;
    for (std::uint32_t k = 1; k < page_.nodes.size(); ++k) {
      if (is_usable(k) && is(k) &&
          (best == 0 || marks_.unmarked_strong[k] >= marks_.unmarked_strong[best]))
        best = k;
    }
    return best;
  }

  template <class Is>
  [[nodiscard]] int count_outermost(Is is) const {
    int count = 0;
    for_outermost(
        page_, [&](std::uint32_t k) { return is_usable(k) && is(k); },
        [&](std::uint32_t) { ++count; });
    return count;
  }

  // A page with one element, at most three, that is an article by its class.
  [[nodiscard]] bool is_story() const {
    if (strong_ < 250) return false;
    const auto is = [this](std::uint32_t k) {
      return has(k, kHintStory | kHintEntry) && is_block_level(node(k).element);
    };
    const std::uint32_t best = top(is);
    return best != 0 && count_outermost(is) <= 3 && marks_.unmarked_strong[best] >= 0.5 * strong_ &&
           marks_.unmarked_strong[best] >= 0.4 * marks_.unmarked_text[best];
  }

  // Goes down to the child that holds most as long as it holds `share` of all, then up to an
  // element that is no part of the running text.
  [[nodiscard]] std::uint32_t descend(const NodeSums& sums, double share) const {
    std::uint32_t at = 0;
    for (;;) {
      std::uint32_t best = 0;
      for (std::uint32_t k = at + 1; k < node(at).end; k = node(k).end) {
        if (best == 0 || sums[k] > sums[best]) best = k;
      }
      if (best == 0 || sums[best] == 0 || sums[best] < share * sums[0]) break;
      at = best;
    }
    while (at > 0 && !is_box(at)) at = node(at).parent;
    return at;
  }

  [[nodiscard]] std::uint32_t list_part() const {
    std::uint32_t main = 0;
    for (std::uint32_t k = 1; k < page_.nodes.size(); ++k) {
      if (marks_.is_marked(k)) continue;
      if (node(k).element != Element::kMain && !has(k, kHintRoleMain)) continue;
      if (main == 0 || marks_.unmarked_text[k] > marks_.unmarked_text[main]) main = k;
    }
    return main != 0 && marks_.unmarked_text[main] > 0.3 * text_
               ? main
               : descend(marks_.unmarked_text, 0.8);
  }

  // What the page itself calls the article's body, where enough of the text is in it.
  [[nodiscard]] std::uint32_t article_part() const {
    const auto is_item_body = [this](std::uint32_t k) { return has(k, kHintItemBody); };
    const auto is_story_box = [this](std::uint32_t k) { return has(k, kHintStory) && is_box(k); };
    const std::uint32_t found = descend(marks_.unmarked_strong, 0.8);
    // The first of the item bodies with most text, unlike top(): some pages nest them.
    std::uint32_t item = 0;
    for (std::uint32_t k = 1; k < page_.nodes.size(); ++k) {
      if (is_usable(k) && is_item_body(k) &&
          (item == 0 || marks_.unmarked_strong[k] > marks_.unmarked_strong[item])) {
        item = k;
      }
    }
    if (item != 0 && item_bodies() >= 2) return found;
    if (item != 0 && marks_.unmarked_strong[item] >= 0.2 * strong_) return item;
    const std::uint32_t story = top(is_story_box);
    if (story != 0 && marks_.unmarked_strong[story] >=
                          (count_outermost(is_story_box) == 1 ? 0.35 : 0.7) * strong_) {
      return story;
    }
    const std::uint32_t body =
        top([this](std::uint32_t k) { return has(k, kHintBody) && is_box(k); });
    return body != 0 && marks_.unmarked_strong[body] >= 0.4 * strong_ ? body : found;
  }

  // Outermost ones with strong text, marked or not.
  [[nodiscard]] int item_bodies() const {
    int count = 0;
    for_outermost(
        page_, [&](std::uint32_t k) { return has(k, kHintItemBody) && sums_.strong[k] > 0; },
        [&](std::uint32_t) { ++count; });
    return count;
  }

  // Posts repeat itemprop=text: the part holds them all.
  [[nodiscard]] std::uint32_t widen_to_posts(std::uint32_t part) const {
    if (item_bodies() < 2) return part;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    for (std::uint32_t k = 1; k < page_.nodes.size(); ++k) {
      if (!has(k, kHintItemBody) || sums_.strong[k] == 0 || marks_.is_marked(k)) continue;
      if (first == 0) first = k;
      last = k;
    }
    if (first == 0) return part;
    std::uint32_t around = first;
    while (around > 0 && node(around).end <= last) around = node(around).parent;
    return part > around && part < node(around).end ? around : part;
  }

  // Of several <article> in the part the one with the headline; the others are teasers.
  [[nodiscard]] std::uint32_t headline_article(std::uint32_t part) const {
    std::uint32_t headline = node(part).end_block;
    for (std::uint32_t i = node(part).first_block; i < node(part).end_block; ++i) {
      if (page_.blocks[i].heading == 1 && !marks_.is_marked(page_.blocks[i].node)) {
        headline = i;
        break;
      }
    }
    if (headline == node(part).end_block) return part;
    int articles = 0;
    std::uint32_t with_headline = 0;
    for (std::uint32_t k = part + 1; k < node(part).end;) {
      if (node(k).element != Element::kArticle || marks_.is_marked(k) ||
          marks_.unmarked_strong[k] <= 100) {
        ++k;
        continue;
      }
      ++articles;
      if (node(k).first_block <= headline && headline < node(k).end_block) with_headline = k;
      k = node(k).end;
    }
    return articles >= 2 && with_headline != 0 && marks_.unmarked_strong[with_headline] >= 200
               ? with_headline
               : part;
  }

  const HtmlPage& page_;
  const PageSums& sums_;
  const PageMarks& marks_;
  const double strong_;  // of what is not marked
  const double text_;
};

}  // namespace

MainPart find_main_part(const HtmlPage& page, const PageSums& sums, const PageMarks& marks) {
  return Search(page, sums, marks).run();
}

}  // namespace copydesk
