// SPDX-License-Identifier: Apache-2.0
//
// Tags to nodes: a stack of open elements that follows the standard where it changes which text is
// in which block (ends that are implied, ends that reach through), and nowhere else.
#include "copydesk/read/html/html_page.h"

#include <array>
#include <utility>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/block_builder.h"
#include "copydesk/read/html/class_words.h"
#include "copydesk/read/html/html_scanner.h"
#include "copydesk/read/html/page_statements.h"

namespace copydesk {
namespace {

class PageParser {
 public:
  PageParser(std::string_view source, HtmlPage& page)
      : scanner_(source), page_(page), builder_(page) {
    page.nodes.assign(1, HtmlNode());
    page.statements = {};
    open_.push_back({0, {}});
  }

  void run() {
    for (;;) {
      const HtmlScanner::Token token = scanner_.next();
      if (token == HtmlScanner::Token::kEnd) break;
      if (token == HtmlScanner::Token::kText) {
        after_link_ = false;
        builder_.add_text(scanner_.text(), open_.back().context);
      } else if (scanner_.tag().is_end) {
        end_tag();
      } else {
        start_tag();
      }
    }
    builder_.finish_block();
    while (open_.size() > 1) close();
    page_.nodes[0].end = static_cast<std::uint32_t>(page_.nodes.size());
    page_.nodes[0].end_block = builder_.finished();
    // Elements that were still open when the last block was empty may count one too many.
    for (HtmlNode& node : page_.nodes) {
      node.end_block = std::min(node.end_block, builder_.finished());
    }
  }

 private:
  struct Open {
    std::uint32_t node = 0;
    HtmlContext context;
  };

  [[nodiscard]] Element element_of(const Open& open) const {
    return page_.nodes[open.node].element;
  }
  [[nodiscard]] std::size_t& count(Element element) {
    return counts_[static_cast<std::size_t>(element)];
  }

  void close() {
    const std::uint32_t number = open_.back().node;
    HtmlNode& node = page_.nodes[number];
    node.end = static_cast<std::uint32_t>(page_.nodes.size());
    --count(node.element);
    end_content(node);
    open_.pop_back();
  }

  void end_content(HtmlNode& node) {
    if (node.element == Element::kLink || node.element == Element::kButton) after_link_ = true;
    if (is_block_level(node.element)) builder_.end_block();
    node.end_block = builder_.size();
    if (node.element == Element::kSvg || node.element == Element::kMath) set_foreign();
  }

  // <title> within a drawing says what it shows; it neither ends a paragraph nor is the page's.
  [[nodiscard]] Element element_in_place(Element element) {
    return element == Element::kTitle && count(Element::kSvg) > 0 ? Element::kOther : element;
  }

  void set_foreign() { scanner_.set_foreign(count(Element::kSvg) + count(Element::kMath) > 0); }

  // Closes the innermost element for which `is` holds and all within it, unless one for which
  // `stop` holds is open in between. At most kMostDepth steps.
  template <class Is, class Stop>
  void close_to(Is is, Stop stop) {
    for (std::size_t k = open_.size(); k-- > 1;) {
      if (is(page_.nodes[open_[k].node])) {
        while (open_.size() > k) close();
        return;
      }
      if (stop(element_of(open_[k]))) return;
    }
  }
  template <class Stop>
  void close_implied(Element element, Stop stop) {
    if (count(element) == 0) return;
    close_to([element](const HtmlNode& node) { return node.element == element; }, stop);
  }

  void end_tag() {
    const HtmlTag tag = scanner_.tag();
    scanner_.skip_attributes();
    const Element element = element_in_place(tag.element);
    if (element == Element::kBody || element == Element::kHtml || element == Element::kHead) return;
    if (element == Element::kBreak) {  // "</br>" is a line break
      builder_.add_line_break(open_.back().context);
      return;
    }
    if (count(element) == 0) return;
    const bool is_inline = !is_block_level(element) && element != Element::kSvg;
    close_to(
        [&](const HtmlNode& node) {
          return node.element == element && node.name_hash == tag.name_hash;
        },
        [&](Element open) {
          return (open == Element::kTable && !is_table_part(element)) ||
                 (is_inline && is_block_level(open));
        });
  }

  void close_what_ends_before(Element element) {
    using enum Element;
    if (is_block_level(element)) {
      close_implied(kParagraph, [](Element e) {
        return e == kTable || e == kCell || e == kListItem || e == kDiv || e == kButton;
      });
    }
    const auto is_list = [](Element e) {
      return e == kUnorderedList || e == kOrderedList || e == kTable || e == kMenu;
    };
    const auto is_table = [](Element e) { return e == kTable; };
    if (element == kListItem) close_implied(kListItem, is_list);
    if (element == kRow) close_implied(kRow, is_table);
    if (element == kCell || element == kHeadCell) {
      close_to(
          [](const HtmlNode& node) { return node.element == kCell || node.element == kHeadCell; },
          [](Element e) { return e == kRow || e == kTable; });
    }
    if (element == kTerm || element == kDefinition) {
      close_to(
          [](const HtmlNode& node) { return node.element == kTerm || node.element == kDefinition; },
          [](Element e) { return e == kDefinitionList; });
    }
    if (element == kLink) close_implied(kLink, is_block_level);
    if (element == kOption) close_implied(kOption, [](Element e) { return e == kSelect; });
  }

  void start_tag() {
    const HtmlTag& tag = scanner_.tag();
    statements_.begin(tag);
    HtmlAttribute attribute;
    while (scanner_.next_attribute(attribute)) statements_.add(attribute);
    statements_.finish(page_.statements);
    const Element element = element_in_place(tag.element);
    if (element == Element::kHtml || element == Element::kHead) return;
    if (element == Element::kBody) {
      page_.nodes[0].hints |= statements_.hints() & ~(kHintFurniture | kHintHidden | kHintComments |
                                                      kHintRelated | kHintAuthor);
      return;
    }
    close_what_ends_before(element);
    HtmlContext context = open_.back().context;
    if (is_block_level(element)) builder_.end_block();
    const bool has_room = page_.nodes.size() < HtmlPage::kMostNodes;
    const auto number = static_cast<std::uint32_t>(page_.nodes.size());
    if (has_room) {
      HtmlNode node;
      node.parent = open_.back().node;
      node.end = number + 1;
      node.position = static_cast<std::uint32_t>(tag.position);
      node.name_hash = tag.name_hash;
      node.hints = statements_.hints();
      node.first_block = node.end_block = builder_.finished();
      node.element = element;
      page_.nodes.push_back(node);
    }
    const bool in_foreign = count(Element::kSvg) + count(Element::kMath) > 0;
    if (element == Element::kBreak) builder_.add_line_break(context);
    if (has_no_content(element) ||
        (tag.is_self_closing && (element == Element::kSvg || in_foreign))) {
      if (is_block_level(element)) builder_.end_block();
      return;
    }
    if (is_raw_text(element)) {
      statements_.add_content(element, scanner_.take_raw_text(), page_.statements);
      return;
    }
    if (!has_room || open_.size() >= HtmlPage::kMostDepth) return;
    if (after_link_ && (element == Element::kLink || element == Element::kButton)) {
      builder_.add_space();
    }
    enter(element, number, context);
    open_.push_back({number, context});
    ++count(element);
    if (element == Element::kSvg || element == Element::kMath) set_foreign();
  }

  static void enter(Element element, std::uint32_t number, HtmlContext& context) {
    if (is_block_level(element)) context.block_node = number;
    if (is_hidden_content(element)) context.hidden = true;
    if (element == Element::kLink || element == Element::kButton) context.link = true;
    if (is_heading(element)) {
      context.heading =
          static_cast<std::uint8_t>(1 + static_cast<int>(element) - static_cast<int>(Element::kH1));
    }
    if (element == Element::kPreformatted) context.preformatted = true;
    if (element == Element::kListItem) context.list_item = true;
    if (element == Element::kCell || element == Element::kHeadCell) context.cell = true;
  }

  HtmlScanner scanner_;
  HtmlPage& page_;
  BlockBuilder builder_;
  StatementReader statements_;
  std::vector<Open> open_;
  std::array<std::size_t, 256> counts_{};  // of open elements
  bool after_link_ = false;                // nothing since the end of a link
};

}  // namespace

void parse_html(std::string_view source, HtmlPage& page) {
  page.source = source;
  PageParser(source, page).run();
}

}  // namespace copydesk
