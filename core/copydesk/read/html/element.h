#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The elements of HTML that the reader tells apart, and what it needs to know of each. <q> and <b>
// are both kOther: they change nothing about where a block of text begins and ends.

#include <cstdint>

namespace copydesk {

// clang-format off
enum class Element : std::uint8_t {
  kNone, kLink,  // <a>
  // Block level: text before and after their tags is in different blocks.
  kParagraph, kDiv, kListItem, kUnorderedList, kOrderedList, kH1, kH2, kH3, kH4, kH5, kH6,
  kTable, kRow, kCell, kHeadCell, kSection, kArticle, kMain, kHeader, kFooter, kNav, kAside,
  kBlockquote, kPreformatted, kFigure, kFigureCaption, kDefinitionList, kTerm, kDefinition, kForm,
  kRule, kBody, kDetails, kSummary, kAddress, kFieldset, kCenter, kCustom, kTableBody, kTableHead,
  kTableFoot, kTableCaption, kLegend, kMenu, kDialog, kSearch, kNoscript, kTitle,
  // Their content is no text of the page.
  kScript, kStyle, kTemplate, kSvg, kIframe, kSelect, kTextarea, kObject, kVideo, kAudio, kCanvas,
  kOption,
  // Inline.
  kMath, kButton, kHead, kHtml, kTime, kOther,
  // Without content and end tag.
  kBreak, kImage, kInput, kMeta, kReference,  // <link>
  kVoid,
};
// clang-format on

constexpr bool is_block_level(Element e) {
  return e >= Element::kParagraph && e <= Element::kTitle;
}
constexpr bool is_heading(Element e) {
  return e >= Element::kH1 && e <= Element::kH6;
}
constexpr bool is_hidden_content(Element e) {
  return e >= Element::kTitle && e <= Element::kOption;
}
constexpr bool has_no_content(Element e) {
  return e >= Element::kBreak || e == Element::kRule;
}
// Up to their end tag nothing in them is markup.
constexpr bool is_raw_text(Element e) {
  return e == Element::kScript || e == Element::kStyle || e == Element::kTitle ||
         e == Element::kTextarea || e == Element::kIframe;
}
// Elements of the running text, in which a main text is looked for no deeper.
constexpr bool is_running_text(Element e) {
  return e == Element::kParagraph || (e >= Element::kListItem && e <= Element::kH6) ||
         e == Element::kBlockquote || e == Element::kPreformatted || e == Element::kFigure ||
         e == Element::kFigureCaption || e == Element::kDefinitionList || e == Element::kTerm ||
         e == Element::kDefinition || e == Element::kRow || e == Element::kTableBody;
}
constexpr bool is_table_part(Element e) {
  return (e >= Element::kTable && e <= Element::kHeadCell) || e == Element::kTableBody ||
         e == Element::kTableHead || e == Element::kTableFoot;
}

// By the hash (name_hash in ascii.h) of the name in lower case. Names with a hyphen are the page's
// own and at block level.
[[nodiscard]] Element find_element(std::uint32_t name_hash);

}  // namespace copydesk
