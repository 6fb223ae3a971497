// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/page/page_document.h"

#include "copydesk/write/page/page.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

std::string_view cut_name(std::string_view name) {
  return cut_between_characters(name, kMostNameBytes);
}

void PageDocument::take(const Document& document) {
  title = cut_name(document.title);
  // A byte too many tells that an address was cut.
  url = cut_between_characters(document.url, kMostNameBytes + 1);
}

std::string PageDocument::link() const {
  const std::string_view address = url.size() <= kMostNameBytes ? url : std::string_view();
  const std::string_view words = title.empty() ? address : title;
  if (words.empty()) return {};
  std::string html = "<bdi>";
  append_page_link(html, address, cut_name(words));
  return html += "</bdi>";
}

}  // namespace copydesk
