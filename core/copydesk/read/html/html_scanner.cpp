// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/html_scanner.h"

#include <algorithm>
#include <cstring>

#include "copydesk/read/html/ascii.h"

namespace copydesk {

HtmlScanner::Token HtmlScanner::next() {
  while (at_ < html_.size()) {
    const std::size_t begin = at_;
    // A '<' that begins no tag is text and stands at the front of the next one.
    const std::size_t found = html_.find('<', begin);
    if (found != begin) {
      at_ = std::min(found, html_.size());
      text_ = html_.substr(begin, at_ - begin);
      return Token::kText;
    }
    const char mark = begin + 1 < html_.size() ? html_[begin + 1] : '\0';
    if (mark == '!' || mark == '?') {
      pass_declaration();
      continue;
    }
    const bool is_end = mark == '/';
    const std::size_t name = begin + 1 + (is_end ? 1 : 0);
    if (name < html_.size() && is_ascii_letter(html_[name])) {
      begin_tag(name);
      tag_.is_end = is_end;
      return Token::kTag;
    }
    if (is_end && name < html_.size()) {  // a comment, by the standard
      pass_behind(">", begin);
      continue;
    }
    ++at_;
    text_ = html_.substr(begin, 1);
    return Token::kText;
  }
  return Token::kEnd;
}

void HtmlScanner::pass_behind(std::string_view mark, std::size_t from) {
  const std::size_t found = html_.find(mark, from);
  at_ = found == std::string_view::npos ? html_.size() : found + mark.size();
}

void HtmlScanner::pass_declaration() {
  const std::string_view rest = html_.substr(at_);
  if (rest.starts_with("<!--")) {
    if (rest.substr(4).starts_with(">") || rest.substr(4).starts_with("->")) {
      return pass_behind(">", at_);
    }
    // Pages that forget "-->" but have "--!>" somewhere are cut there, as browsers do it. That
    // there is no "-->" is found out once, or a page of such comments would take the square of its
    // size.
    const std::size_t from = at_ + 4;
    const std::size_t end = has_comment_end_ ? html_.find("-->", from) : std::string_view::npos;
    has_comment_end_ = end != std::string_view::npos;
    if (has_comment_end_) {
      at_ = end + 3;
    } else {
      pass_behind("--!>", from);
    }
    return;
  }
  if (foreign_ && rest.starts_with("<![CDATA[")) return pass_behind("]]>", at_);
  pass_behind(">", at_);
}

void HtmlScanner::begin_tag(std::size_t name) {
  std::uint32_t hash = kNameHashStart;
  bool hyphen = false;
  std::size_t i = name;
  for (; i < html_.size(); ++i) {
    const char c = html_[i];
    if (c == '>' || c == '/' || is_html_space(c)) break;
    hash = add_to_name_hash(hash, to_ascii_lower(c));
    hyphen |= c == '-';
  }
  at_ = i;
  name_size_ = i - name;
  tag_ = {};
  tag_.position = name;
  tag_.name_hash = hash;
  tag_.element = hyphen ? Element::kCustom : find_element(hash);
}

bool HtmlScanner::next_attribute(HtmlAttribute& attribute) {
  const char* const begin = html_.data();
  const std::size_t size = html_.size();
  std::size_t i = at_;
  for (; i < size; ++i) {
    const char c = begin[i];
    if (c == '/') {
      tag_.is_self_closing = true;
    } else if (!is_html_space(c)) {
      break;
    }
  }
  if (i >= size || begin[i] == '>') {
    at_ = std::min(size, i + 1);
    return false;
  }
  tag_.is_self_closing = false;
  const std::size_t name = i;
  if (begin[i] == '=') ++i;  // belongs to the name, by the standard
  while (i < size && begin[i] != '=' && begin[i] != '>' && begin[i] != '/' &&
         !is_html_space(begin[i])) {
    ++i;
  }
  attribute.name = {begin + name, i - name};
  attribute.value = {};
  while (i < size && is_html_space(begin[i])) ++i;
  if (i < size && begin[i] == '=') {
    ++i;
    while (i < size && is_html_space(begin[i])) ++i;
    if (i < size && (begin[i] == '"' || begin[i] == '\'')) {
      const std::size_t end = std::min(html_.find(begin[i], i + 1), size);
      attribute.value = {begin + i + 1, end - i - 1};
      i = std::min(size, end + 1);
    } else {
      const std::size_t value = i;
      while (i < size && begin[i] != '>' && !is_html_space(begin[i])) ++i;
      attribute.value = {begin + value, i - value};
    }
  }
  at_ = i;
  return true;
}

std::string_view HtmlScanner::take_raw_text() {
  const std::string_view name = html_.substr(tag_.position, name_size_);
  const std::size_t begin = at_;
  for (std::size_t i = begin;; ++i) {
    i = html_.find('<', i);
    if (i == std::string_view::npos) {
      at_ = html_.size();
      return html_.substr(begin);
    }
    const std::string_view rest = html_.substr(i + 1);
    if (!rest.starts_with('/') || !equal_ignoring_case(rest.substr(1, name.size()), name)) continue;
    const std::size_t end = 1 + name.size();
    if (end < rest.size() && rest[end] != '>' && rest[end] != '/' && !is_html_space(rest[end])) {
      continue;  // "</scripts"
    }
    pass_behind(">", i);
    return html_.substr(begin, i - begin);
  }
}

}  // namespace copydesk
