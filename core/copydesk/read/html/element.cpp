// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/element.h"

#include <array>
#include <string_view>

#include "copydesk/read/html/ascii.h"

namespace copydesk {
namespace {

struct Name {
  std::string_view name;
  Element element;
};

constexpr Name kNames[] = {
    {"a", Element::kLink},
    {"p", Element::kParagraph},
    {"div", Element::kDiv},
    {"li", Element::kListItem},
    {"ul", Element::kUnorderedList},
    {"ol", Element::kOrderedList},
    {"h1", Element::kH1},
    {"h2", Element::kH2},
    {"h3", Element::kH3},
    {"h4", Element::kH4},
    {"h5", Element::kH5},
    {"h6", Element::kH6},
    {"table", Element::kTable},
    {"tr", Element::kRow},
    {"td", Element::kCell},
    {"th", Element::kHeadCell},
    {"section", Element::kSection},
    {"article", Element::kArticle},
    {"main", Element::kMain},
    {"header", Element::kHeader},
    {"footer", Element::kFooter},
    {"nav", Element::kNav},
    {"aside", Element::kAside},
    {"blockquote", Element::kBlockquote},
    {"pre", Element::kPreformatted},
    {"listing", Element::kPreformatted},
    {"xmp", Element::kPreformatted},
    {"figure", Element::kFigure},
    {"figcaption", Element::kFigureCaption},
    {"dl", Element::kDefinitionList},
    {"dt", Element::kTerm},
    {"dd", Element::kDefinition},
    {"form", Element::kForm},
    {"hr", Element::kRule},
    {"body", Element::kBody},
    {"details", Element::kDetails},
    {"summary", Element::kSummary},
    {"address", Element::kAddress},
    {"fieldset", Element::kFieldset},
    {"center", Element::kCenter},
    {"tbody", Element::kTableBody},
    {"thead", Element::kTableHead},
    {"tfoot", Element::kTableFoot},
    {"caption", Element::kTableCaption},
    {"legend", Element::kLegend},
    {"menu", Element::kMenu},
    {"dialog", Element::kDialog},
    {"search", Element::kSearch},
    {"noscript", Element::kNoscript},
    {"title", Element::kTitle},
    {"script", Element::kScript},
    {"style", Element::kStyle},
    {"template", Element::kTemplate},
    {"svg", Element::kSvg},
    {"iframe", Element::kIframe},
    {"select", Element::kSelect},
    {"textarea", Element::kTextarea},
    {"object", Element::kObject},
    {"video", Element::kVideo},
    {"audio", Element::kAudio},
    {"canvas", Element::kCanvas},
    {"option", Element::kOption},
    {"math", Element::kMath},
    {"button", Element::kButton},
    {"head", Element::kHead},
    {"html", Element::kHtml},
    {"time", Element::kTime},
    {"br", Element::kBreak},
    {"img", Element::kImage},
    {"input", Element::kInput},
    {"meta", Element::kMeta},
    {"link", Element::kReference},
    {"wbr", Element::kVoid},
    {"source", Element::kVoid},
    {"col", Element::kVoid},
    {"embed", Element::kVoid},
    {"area", Element::kVoid},
    {"base", Element::kVoid},
    {"track", Element::kVoid},
    {"param", Element::kVoid},
};

// Open addressing with the hash alone as key: no two of the names share one, and an unknown name
// that did by chance would only be taken for a known one.
struct Table {
  static constexpr std::size_t kSlots = 256;
  std::array<std::uint32_t, kSlots> hashes{};
  std::array<Element, kSlots> elements{};

  constexpr Table() {
    for (const Name& name : kNames) {
      const std::uint32_t hash = name_hash(name.name);
      std::size_t slot = hash % kSlots;
      while (hashes[slot] != 0) slot = (slot + 1) % kSlots;
      hashes[slot] = hash;
      elements[slot] = name.element;
    }
  }
};

constexpr Table kTable;

}  // namespace

Element find_element(std::uint32_t name_hash) {
  for (std::size_t slot = name_hash % Table::kSlots; kTable.hashes[slot] != 0;
       slot = (slot + 1) % Table::kSlots) {
    if (kTable.hashes[slot] == name_hash) return kTable.elements[slot];
  }
  return Element::kOther;
}

}  // namespace copydesk
