// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/page_statements.h"

#include <algorithm>
#include <array>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/class_words.h"

namespace copydesk {
namespace {

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

template <std::size_t kSize>
bool is_any(std::string_view value, const std::array<std::string_view, kSize>& list) {
  return std::find(list.begin(), list.end(), value) != list.end();
}

constexpr std::array<std::string_view, 11> kRolesAround = {
    "navigation",  "banner", "contentinfo", "complementary", "search", "dialog",
    "alertdialog", "menu",   "menubar",     "toolbar",       "tooltip"};
constexpr std::array<std::string_view, 4> kCommentIds = {"comments", "respond", "disqus_thread",
                                                         "fb-comments"};
constexpr std::array<std::string_view, 6> kAuthorNames = {
    "author", "dc.creator", "parsely-author", "sailthru.author", "citation_author", "byl"};
constexpr std::array<std::string_view, 19> kPublishedNames = {"article:published_time",
                                                              "og:article:published_time",
                                                              "date",
                                                              "dc.date",
                                                              "dc.date.issued",
                                                              "dcterms.created",
                                                              "pubdate",
                                                              "publishdate",
                                                              "publish-date",
                                                              "parsely-pub-date",
                                                              "sailthru.date",
                                                              "datepublished",
                                                              "article.published",
                                                              "citation_publication_date",
                                                              "citation_date",
                                                              "publication_date",
                                                              "og:pubdate",
                                                              "og:published_time",
                                                              "cxenseparse:recs:publishtime"};

// "display: none" or "visibility: hidden" in a style attribute.
bool hides(std::string_view style) {
  const auto value_of = [&](std::string_view property) {
    const std::size_t at = style.find(property);
    if (at == std::string_view::npos) return std::string_view();
    const std::size_t begin = style.find_first_not_of(" :", at + property.size());
    return begin == std::string_view::npos ? std::string_view() : style.substr(begin);
  };
  return value_of("display").starts_with("none") || value_of("visibility").starts_with("hidden");
}

}  // namespace

void StatementReader::begin(const HtmlTag& tag) {
  element_ = tag.element;
  hints_ = 0;
  name_ = content_ = relation_ = address_ = type_ = item_type_ = datetime_ = language_ = {};
  is_published_item_ = false;
}

// Most attributes are class, id and href: the first letter and the length decide before the name is
// compared.
void StatementReader::add(const HtmlAttribute& attribute) {
  const std::string_view name = attribute.name;
  const std::string_view value = attribute.value;
  const auto is = [&](std::string_view other) { return equal_ignoring_case(name, other); };
  switch (static_cast<char>(name[0] | 32)) {
    case 'c':
      if (is("class")) {
        hints_ |= known_hints_.hints_of(value);
      } else if (is("content")) {
        content_ = value;
      }
      break;
    case 'i':
      if (is("id")) {
        hints_ |= known_hints_.hints_of(value);
        if (value.size() > 2 && value.starts_with("S:")) hints_ |= kHintStreamed;
        if (is_any(value, kCommentIds)) hints_ |= kHintCommentArea | kHintComments;
      } else {
        add_item(attribute);
      }
      break;
    case 'r':
      if (is("role")) {
        if (value == "main") hints_ |= kHintRoleMain;
        if (is_any(value, kRolesAround) || value == "alert") hints_ |= kHintRoleAround;
      } else if (is("rel")) {
        relation_ = value;
      }
      break;
    case 'h':
      if (is("hidden")) {
        hints_ |= kHintHidden;
      } else if (is("href")) {
        address_ = value;
      } else if (is("http-equiv") && element_ == Element::kMeta) {
        name_ = value;
      }
      break;
    case 'a':
      if (is("aria-modal")) hints_ |= kHintRoleAround;
      break;
    case 's':
      if (is("style") && hides(value)) hints_ |= kHintHidden;
      break;
    case 'n':
      if (element_ == Element::kMeta && is("name")) name_ = value;
      break;
    case 'p':
      if (!is("property")) break;
      if (element_ == Element::kMeta) {
        name_ = value;
      } else if (contains(value, "articleBody")) {
        hints_ |= kHintItemBody;
      }
      break;
    case 't':
      if (is("type")) type_ = value;
      break;
    case 'd':
      if (is("datetime")) datetime_ = value;
      break;
    case 'l':
      if (is("lang")) language_ = value;
      break;
    default:
      break;
  }
}

// itemprop and itemtype.
void StatementReader::add_item(const HtmlAttribute& attribute) {
  const std::string_view value = attribute.value;
  if (equal_ignoring_case(attribute.name, "itemtype")) {
    item_type_ = value;
  } else if (equal_ignoring_case(attribute.name, "itemprop")) {
    if (contains(value, "articleBody")) hints_ |= kHintItemBody | kHintStory;
    if (value == "text") hints_ |= kHintItemBody;
    if (value == "author") hints_ |= kHintAuthor;
    if (value == "comment") hints_ |= kHintComments;
    is_published_item_ = value == "datePublished";
    if (element_ == Element::kMeta && name_.empty()) name_ = value;
  }
}

void StatementReader::finish(HtmlStatements& statements) const {
  const auto set = [](std::string_view& place, std::string_view value) {
    if (place.empty()) place = value;
  };
  if (!item_type_.empty()) {
    statements.is_forum |= contains(item_type_, "DiscussionForumPosting");
    statements.is_questions |= contains(item_type_, "QAPage");
    statements.is_product |= contains(item_type_, "schema.org/Product");
  }
  if (is_published_item_) {
    set(statements.item_published, content_.empty() ? datetime_ : content_);
  }
  switch (element_) {
    case Element::kMeta:
      if (!name_.empty() && !content_.empty()) finish_meta(statements);
      break;
    case Element::kReference:
      if (equal_ignoring_case(relation_, "canonical")) set(statements.canonical, address_);
      break;
    case Element::kTime:
      set(statements.time_element, datetime_);
      break;
    case Element::kHtml:
      if (!language_.empty()) statements.language = language_;
      break;
    default:
      break;
  }
}

void StatementReader::finish_meta(HtmlStatements& statements) const {
  const std::string name = ascii_lower(name_.substr(0, 40));
  const auto set = [&](std::string_view& place) {
    if (place.empty()) place = content_;
  };
  if (name == "og:title") set(statements.og_title);
  if (name == "og:site_name") set(statements.og_site_name);
  if (name == "og:type") set(statements.og_type);
  if (name == "og:url") set(statements.og_url);
  if (name == "og:locale") set(statements.og_locale);
  if (name == "content-language") set(statements.language);
  if (is_any(name, kAuthorNames)) set(statements.author);
  if (is_any(name, kPublishedNames)) set(statements.published);
}

void StatementReader::add_content(Element element, std::string_view content,
                                  HtmlStatements& statements) const {
  if (element == Element::kTitle && statements.title.empty()) statements.title = content;
  if (element == Element::kScript &&
      find_ignoring_case(type_, "ld+json", 0) != std::string_view::npos) {
    statements.linked_data.push_back(content);
  }
}

}  // namespace copydesk
