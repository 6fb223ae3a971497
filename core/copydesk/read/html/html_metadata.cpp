// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/html_metadata.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/class_words.h"
#include "copydesk/read/html/html_entities.h"
#include "copydesk/read/html/text_date.h"
#include "copydesk/read/time_value.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostTitleBytes = 500;
constexpr std::size_t kMostAuthorBytes = 160;

// "Mill burns | The Daily": what is before the last separator, and behind it.
struct TitleParts {
  std::string before, behind;  // empty if there is none
};
TitleParts split_title(const std::string& title) {
  std::size_t at = std::string::npos;
  std::size_t size = 0;
  for (const std::string_view mark : {" | ", " - ", " – ", " — ", " » ", " :: ", " · ", " • "}) {
    const std::size_t found = title.rfind(mark);
    if (found != std::string::npos && (at == std::string::npos || found > at)) {
      at = found;
      size = mark.size();
    }
  }
  if (at == std::string::npos) return {};
  return {title.substr(0, at), title.substr(at + size)};
}

// Without the part that names the site, unless what would be left is much the shorter one.
std::string without_site(const std::string& title, const std::string& site) {
  TitleParts parts = split_title(title);
  if (parts.behind.empty()) return title;
  if (!site.empty() && equal_ignoring_case(parts.before, site)) return std::move(parts.behind);
  const bool is_long = parts.before.size() >= parts.behind.size() || parts.before.size() >= 20;
  return is_long ? std::move(parts.before) : title;
}

// Share of the words of `text` that stand in `other`.
double share_of_words(std::string_view text, const std::string& other) {
  const std::string lower = ascii_lower(text);
  const std::string within = ascii_lower(other);
  std::size_t words = 0;
  std::size_t shared = 0;
  for (std::size_t i = 0; i < lower.size();) {
    const std::size_t end = std::min(lower.find(' ', i), lower.size());
    if (end > i) {
      ++words;
      shared += within.find(lower.substr(i, end - i)) != std::string::npos ? 1 : 0;
    }
    i = end + 1;
  }
  return words == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(words);
}

std::string one_line(std::string_view text) {
  std::string line(text);
  std::replace(line.begin(), line.end(), '\n', ' ');
  return line;
}

// Of "Slices - The Manual", where "The Manual" is the first heading: the heading or the part of the
// title that says what this page is about. Empty if the first heading is that, as far as one can
// tell.
std::string headline_behind_site(const HtmlPage& page, std::size_t first,
                                 const std::string& headline, const std::string& element,
                                 const std::string& shared) {
  constexpr int kMostHeadings = 8;
  if (shared.find(headline) != std::string::npos) return {};
  const TitleParts parts = split_title(element);
  if (parts.before.empty() || !equal_ignoring_case(parts.behind, headline)) return {};
  int headings = 0;
  for (std::size_t i = first + 1; i < page.blocks.size() && headings < kMostHeadings; ++i) {
    const int level = page.blocks[i].heading;
    if (level == 0) continue;
    ++headings;
    std::string heading = one_line(page.text_of(page.blocks[i]));
    if (level == 1 && heading.size() <= kMostTitleBytes &&
        share_of_words(parts.before, heading) >= 0.5) {
      return heading;
    }
    // Signs that link to a section stand beside its heading.
    std::string_view bare = heading;
    while (bare.ends_with('#')) bare.remove_suffix(1);
    while (bare.ends_with("\u00B6") || bare.ends_with("\u00A7")) bare.remove_suffix(2);
    if (equal_ignoring_case(trim_html_space(bare), parts.before)) return parts.before;
  }
  return {};
}

std::string find_title(const HtmlPage& page, const LinkedData& data, const std::string& site) {
  const std::string element = plain_value(page.statements.title.substr(0, 4 * kMostTitleBytes));
  const std::string shared = plain_value(page.statements.og_title);
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    if (page.blocks[i].heading != 1) continue;
    std::string headline = one_line(page.text_of(page.blocks[i]));
    if (headline.size() <= kMostTitleBytes &&
        (share_of_words(headline, element) >= 0.5 || share_of_words(headline, shared) >= 0.5)) {
      std::string own = headline_behind_site(page, i, headline, element, shared);
      return own.empty() ? headline : own;
    }
    break;  // the first heading only
  }
  if (!shared.empty()) return without_site(shared, site);
  if (!element.empty()) return without_site(element, site);
  return data.headline;
}

// A value that states a time: as it is if the program's own readers of times understand it.
std::string stated_time(std::string_view value) {
  value = trim_html_space(value.substr(0, 200));
  if (value.empty()) return {};
  const std::string day = find_iso_day(value);
  if (!day.empty()) {
    return value.starts_with(day) && parse_time(value) ? std::string(value) : day;
  }
  std::string named = find_named_day(value);
  if (!named.empty()) return named;
  return value.size() >= 8 && parse_time(value) ? std::string(value) : std::string();
}

bool has_hint_around(const HtmlPage& page, std::uint32_t node, std::uint32_t bits) {
  for (int level = 0; level < 3 && node > 0; ++level) {
    if ((page.nodes[node].hints & bits) != 0) return true;
    node = page.nodes[node].parent;
  }
  return false;
}

// A day near the headline: up to four short blocks before it, eight behind it.
std::string day_near_headline(const HtmlPage& page) {
  constexpr int kMostHeadlines = 4;
  int headlines = 0;
  for (std::size_t i = 0; i < page.blocks.size() && headlines < kMostHeadlines; ++i) {
    if (page.blocks[i].heading != 1) continue;
    ++headlines;
    const std::size_t end = std::min(page.blocks.size(), i + 9);
    for (std::size_t k = i - std::min<std::size_t>(i, 4); k < end; ++k) {
      if (page.blocks[k].size >= 120) continue;
      std::string day = find_named_day(page.text_of(page.blocks[k]));
      if (!day.empty()) return day;
    }
  }
  return {};
}

// In what the page marks as a date or a byline.
std::string marked_day(const HtmlPage& page) {
  constexpr int kMostBlocks = 200;
  int blocks = 0;
  for (const HtmlBlock& block : page.blocks) {
    if (block.size >= 160 || !has_hint_around(page, block.node, kHintDate | kHintAuthor)) continue;
    std::string day = find_named_day(page.text_of(block));
    if (!day.empty()) return day;
    if (++blocks == kMostBlocks) break;
  }
  return {};
}

// The order is that of how often each was right on 274 dated pages: address 1.0, meta elements .96,
// what readers see .88, JSON-LD .86 (its zone is often another than the page's), others less.
std::string find_time(const HtmlPage& page, const LinkedData& data, std::string_view url) {
  const HtmlStatements& said = page.statements;
  std::string time = stated_time(said.published);
  const std::string address = find_address_day(url);
  if (!address.empty()) return time.starts_with(address) ? time : address;
  if (!time.empty()) return time;
  const std::string shown = day_near_headline(page);
  const std::string linked = stated_time(data.published);
  // The hour of the linked data where both mean the same day.
  if (!shown.empty()) return linked.starts_with(shown) ? linked : shown;
  if (!linked.empty()) return linked;
  for (const std::string_view value : {said.item_published, said.time_element}) {
    time = stated_time(value);
    if (!time.empty()) return time;
  }
  return marked_day(page);
}

// "By Ann Berg" without the "By".
std::string without_by(std::string author) {
  author = std::string(trim_html_space(author));
  for (const std::string_view by : {"written by ", "posted by ", "by ", "von ", "par ", "por "}) {
    if (author.size() > by.size() && equal_ignoring_case(author.substr(0, by.size()), by)) {
      author.erase(0, by.size());
      break;
    }
  }
  return author.size() <= kMostAuthorBytes ? author : std::string();
}

std::string find_author(const HtmlPage& page, const LinkedData& data) {
  std::string author = without_by(data.author);
  if (author.empty()) author = without_by(plain_value(page.statements.author.substr(0, 400)));
  for (std::size_t i = 0; i < page.blocks.size() && author.empty(); ++i) {
    const HtmlBlock& block = page.blocks[i];
    if (block.size < 80 && has_hint_around(page, block.node, kHintAuthor)) {
      author = without_by(one_line(page.text_of(block)));
    }
  }
  return author;
}

}  // namespace

std::string_view host_of(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!equal_ignoring_case(url.substr(0, scheme.size()), scheme)) continue;
    url.remove_prefix(scheme.size());
    std::string_view host = url.substr(0, url.find_first_of("/?#"));
    if (const std::size_t user = host.find('@'); user != std::string_view::npos) {
      host.remove_prefix(user + 1);
    }
    host = host.substr(0, host.find(':'));
    if (host.starts_with("www.")) host.remove_prefix(4);
    return host;
  }
  return {};
}

PageAddress page_address(std::string_view given, const HtmlMetadata& metadata) {
  const std::string_view url = given.empty() ? std::string_view(metadata.url) : given;
  const std::string_view host = host_of(url);
  return {url, host.empty() ? std::string_view(metadata.site_name) : host};
}

HtmlMetadata read_metadata(const HtmlPage& page, const LinkedData& data, std::string_view url) {
  const HtmlStatements& said = page.statements;
  HtmlMetadata metadata;
  metadata.site_name = plain_value(said.og_site_name);
  if (metadata.site_name.empty()) metadata.site_name = data.site;
  if (metadata.site_name.empty()) metadata.site_name = data.publisher;
  for (const std::string_view address : {said.canonical, said.og_url}) {
    std::string value = plain_value(address);
    if (metadata.url.empty() && !host_of(value).empty()) metadata.url = std::move(value);
  }
  metadata.title = find_title(page, data, metadata.site_name);
  metadata.time = find_time(page, data, url.empty() ? std::string_view(metadata.url) : url);
  metadata.author = find_author(page, data);
  metadata.language = plain_value(said.language.empty() ? said.og_locale : said.language);
  std::replace(metadata.language.begin(), metadata.language.end(), '_', '-');
  return metadata;
}

}  // namespace copydesk
