// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/list_items.h"

#include <string>

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_small(char c) {
  return c >= 'a' && c <= 'z';
}

// The bytes of a bullet at the start of `text`; 0 if there is none.
std::size_t bullet_size(std::string_view text) {
  if (text.size() < 3) return 0;
  switch (static_cast<unsigned char>(text[0]) == 0xE2 ? decode_utf8(text.data()).code_point : 0) {
    case 0x2022:  // bullet
    case 0x2023:  // triangular bullet
    case 0x2043:  // hyphen bullet
    case 0x204C:
    case 0x204D:
    case 0x207B:  // superscript minus, an accident of some converters
    case 0x25AA:
    case 0x25CF:
    case 0x25E6:
      return 3;
    default:
      return 0;
  }
}

}  // namespace

void find_list_items(std::string_view text, TextSpan line, std::vector<std::size_t>& items) {
  items.clear();
  const std::string_view part = line.of(text);
  if (const std::size_t size = bullet_size(part); size > 0) {
    const std::string_view bullet = part.substr(0, size);
    for (std::size_t i = part.find(bullet, size); i != part.npos; i = part.find(bullet, i + size)) {
      if (part[i - 1] == ' ') items.push_back(line.begin + i);
    }
    return;
  }

  // A number or a small letter, then ".", ")" or ".)", then a space.
  std::size_t label = 0;
  const bool is_numbered = !part.empty() && is_digit(part[0]);
  if (is_numbered) {
    while (label < part.size() && label < 3 && is_digit(part[label])) ++label;
  } else if (!part.empty() && (part[0] == 'a' || part[0] == 'i')) {
    label = 1;
  }
  if (label == 0) return;
  std::size_t end = label;
  if (end < part.size() && part[end] == '.') ++end;
  if (end < part.size() && part[end] == ')') ++end;
  if (end == label || end >= part.size() || part[end] != ' ') return;
  const std::string closing(part.substr(label, end - label));

  std::size_t number = is_numbered ? std::stoul(std::string(part.substr(0, label))) : 0;
  char letter = part[0];
  for (std::size_t from = end; from < part.size();) {
    const std::string wanted =
        ' ' + (is_numbered ? std::to_string(++number) : std::string(1, ++letter)) + closing + ' ';
    if (!is_numbered && !is_small(letter)) break;
    const std::size_t found = part.find(wanted, from);
    if (found == part.npos) break;
    items.push_back(line.begin + found + 1);
    from = found + wanted.size() - 1;
  }
}

}  // namespace copydesk
