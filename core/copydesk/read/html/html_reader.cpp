// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/html_reader.h"

#include <algorithm>
#include <vector>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/character_set.h"
#include "copydesk/read/html/html_entities.h"

namespace copydesk {
namespace {

// A page larger than this does not keep its memory.
constexpr std::size_t kKeptBytes = 4 * 1024 * 1024;

// Linked data hold markup: entities once more, tags, white space.
std::string without_markup(std::string_view value) {
  const std::string text = plain_value(value);
  std::string out;
  bool in_tag = false;
  for (const char c : text) {
    if (c == '<') {
      in_tag = true;
      out += ' ';
    } else if (c == '>' && in_tag) {
      in_tag = false;
    } else if (!in_tag) {
      out += c;
    }
  }
  return plain_value(out);
}

// Whether fewer than half of the longer words of `description` stand in `text`.
bool says_else(const std::string& description, const std::string& text) {
  const std::string words = ascii_lower(description);
  const std::string within = ascii_lower(text);
  std::size_t count = 0;
  std::size_t found = 0;
  for (std::size_t i = 0; i < words.size();) {
    const std::size_t end = std::min(words.find(' ', i), words.size());
    if (end - i > 4) {
      ++count;
      found += within.find(words.substr(i, end - i)) != std::string::npos ? 1 : 0;
    }
    i = end + 1;
  }
  return count > 0 && found * 2 < count;
}

}  // namespace

void HtmlReader::read(std::string_view bytes, std::string_view url, std::string_view charset,
                      TextChoice choice, HtmlDocument& document) {
  if (page_.source.size() > kKeptBytes) *this = {};
  const CharacterSet set = detect_character_set(bytes, charset);
  parse_html(decode_to_utf8(bytes, set, decoded_), page_);
  data_.read(page_.statements.linked_data);
  document.text.clear();
  if (choice == TextChoice::kMain || page_.blocks.size() < 2) {
    finder_.find(page_, data_, main_);
  } else {
    main_.kind = PageKind::kOther;
    main_.reasons.assign(page_.blocks.size(), BlockReason::kText);
  }
  append_blocks(choice, document.text);
  if (choice == TextChoice::kMain && replace_by_linked_data(document.text)) {
    for (BlockReason& reason : main_.reasons) {
      if (is_kept(reason)) reason = BlockReason::kReplaced;
    }
  }
  document.metadata = read_metadata(page_, data_, url);
}

void HtmlReader::append_blocks(TextChoice choice, std::string& text) const {
  const auto around = [this](std::uint32_t node, Element element) -> std::uint32_t {
    for (int level = 0; level < 5 && node > 0; ++level) {
      if (page_.nodes[node].element == element) return node;
      node = page_.nodes[node].parent;
    }
    return 0;
  };
  std::uint32_t last_row = 0;
  std::uint32_t last_item = 0;
  for (std::size_t i = 0; i < page_.blocks.size(); ++i) {
    if (choice == TextChoice::kMain && !is_kept(main_.reasons[i])) continue;
    const HtmlBlock& block = page_.blocks[i];
    const std::uint32_t row = block.in_cell ? around(block.node, Element::kRow) : 0;
    const std::uint32_t item = block.in_list ? around(block.node, Element::kListItem) : 0;
    if (!text.empty()) {
      const bool goes_on = (row != 0 && last_row != 0) || (item != 0 && last_item != 0);
      text += row != 0 && row == last_row ? "\t" : goes_on ? "\n" : "\n\n";
    }
    if (item != 0 && item != last_item && row == 0) text += "- ";
    text += page_.text_of(block);
    last_row = row;
    last_item = item;
  }
}

// Some pages show only a part of what their linked data have: the text of an article whose rest
// comes by a script, the description of a product between lists of others.
bool HtmlReader::replace_by_linked_data(std::string& text) {
  if (!data_.has_product && !page_.statements.is_product) {
    if (data_.article_body.size() <= 500 || text.size() >= 3000) return false;
    std::string body = without_markup(data_.article_body);
    if (text.size() * 2 >= body.size()) return false;
    text = std::move(body);
    return true;
  }
  if (main_.kind == PageKind::kForum || data_.has_article ||
      page_.statements.og_type == "article" || data_.product_description.size() < 200) {
    return false;
  }
  std::string description = without_markup(data_.product_description);
  if (description.size() < 200) return false;
  if (description.size() < 500 && !says_else(description, text)) return false;
  text = std::move(description);
  return true;
}

std::string HtmlReader::tag_path(const HtmlBlock& block) const {
  std::vector<std::string> names;
  for (std::uint32_t node = block.node; node > 0 && names.size() < 8;
       node = page_.nodes[node].parent) {
    const std::string_view rest = page_.source.substr(page_.nodes[node].position, 32);
    names.push_back(ascii_lower(rest.substr(0, rest.find_first_of(" \t\r\n\f/>"))));
  }
  std::string path = "body";
  for (std::size_t i = names.size(); i-- > 0;) path.append(" > ").append(names[i]);
  return path;
}

}  // namespace copydesk
