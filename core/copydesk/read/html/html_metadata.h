#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Title, time, author, site, language and address of a page, from what it states (meta elements,
// JSON-LD) and shows (headline, byline).

#include <string>
#include <string_view>

#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/linked_data.h"

namespace copydesk {

// All empty where the page does not say.
struct HtmlMetadata {
  std::string title;
  std::string time;  // as the page writes it if parse_time() understands that, else a day
  std::string author;
  std::string site_name;
  std::string language;  // "en-US"
  std::string url;       // canonical address, absolute
};

// `url` is where the page came from, if that is known; it may hold a day.
[[nodiscard]] HtmlMetadata read_metadata(const HtmlPage& page, const LinkedData& data,
                                         std::string_view url);

// Where a page is from. An address that is known wins over the one that the page gives as its own,
// and the host of that over the name that the site gives itself.
struct PageAddress {
  std::string_view url, site;  // of `given` or `metadata`
};
[[nodiscard]] PageAddress page_address(std::string_view given, const HtmlMetadata& metadata);

// "example.org" of "https://www.example.org:8080/a"; empty if `url` is no http address.
[[nodiscard]] std::string_view host_of(std::string_view url);

}  // namespace copydesk
