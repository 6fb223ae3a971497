// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/address_key.h"

#include <algorithm>
#include <optional>
#include <vector>

#include "copydesk/ascii.h"

namespace copydesk {
namespace {

bool is_letter_or_digit(char c) {
  return is_ascii_letter(c) || is_ascii_digit(c);
}

int hex_value(char c) {
  if (is_ascii_digit(c)) return c - '0';
  const char letter = to_ascii_lower(c);
  return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

// %7E is a tilde, %2f stays %2F. Bytes that must be encoded are: "é" becomes %C3%A9.
std::string with_fewest_signs(std::string_view text) {
  static constexpr char kDigits[] = "0123456789ABCDEF";
  std::string result;
  const auto append_encoded = [&](unsigned char byte) {
    result += '%';
    result += kDigits[byte >> 4];
    result += kDigits[byte & 15];
  };
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool is_encoded = c == '%' && i + 2 < text.size() && hex_value(text[i + 1]) >= 0 &&
                            hex_value(text[i + 2]) >= 0;
    if (is_encoded) {
      const char byte = static_cast<char>(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
      i += 2;
      if (is_letter_or_digit(byte) || byte == '-' || byte == '.' || byte == '_' || byte == '~') {
        result += byte;
      } else {
        append_encoded(static_cast<unsigned char>(byte));
      }
    } else if (static_cast<unsigned char>(c) <= ' ' || static_cast<unsigned char>(c) >= 0x7f) {
      append_encoded(static_cast<unsigned char>(c));
    } else {
      result += c;
    }
  }
  return result;
}

// Without ".", ".." and empty segments at the end: "/a/./b/../c/" is "/a/c".
std::string plain_path(std::string_view path) {
  std::vector<std::string_view> segments;
  while (!path.empty()) {
    if (path.front() == '/') path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    if (segment == "..") {
      if (!segments.empty()) segments.pop_back();
    } else if (segment != ".") {
      segments.push_back(segment);
    }
  }
  while (!segments.empty() && segments.back().empty()) segments.pop_back();
  std::string result;
  for (const std::string_view segment : segments) result.append("/").append(segment);
  return result;
}

bool says_only_where_from(std::string_view parameter) {
  static constexpr std::string_view kNames[] = {
      "fbclid", "gclid",  "dclid",   "gclsrc", "msclkid", "yclid",   "twclid", "igshid",
      "mc_cid", "mc_eid", "_hsenc",  "_hsmi",  "mkt_tok", "cmpid",   "ncid",   "ocid",
      "wt_mc",  "_ga",    "gbraid",  "wbraid", "icid",    "ref_src"};
  const std::string name = ascii_lower(parameter.substr(0, parameter.find('=')));
  return name.starts_with("utm_") || std::ranges::find(kNames, name) != std::end(kNames);
}

std::string plain_query(std::string_view query) {
  std::string result;
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(query.size(), parameter.size() + 1));
    if (parameter.empty() || says_only_where_from(parameter)) continue;
    result.append(result.empty() ? "?" : "&").append(parameter);
  }
  return result;
}

// "https" of "https://a", and takes it and "://" away. Nothing of "a/b".
std::optional<std::string> take_scheme(std::string_view& address) {
  const std::size_t end = address.find("://");
  if (end == address.npos || end == 0) return std::nullopt;
  const std::string_view scheme = address.substr(0, end);
  if (!std::ranges::all_of(scheme, [](char c) {
        return is_letter_or_digit(c) || c == '+' || c == '-' || c == '.';
      })) {
    return std::nullopt;
  }
  std::string result = ascii_lower(scheme);
  address.remove_prefix(end + 3);
  return result;
}

std::string plain_host(std::string_view host, bool is_web) {
  std::string result = ascii_lower(host);
  for (std::size_t before = result.size() + 1; result.size() < before;) {
    before = result.size();
    for (const std::string_view port : {":", ":80", ":443"}) {
      if ((is_web || port == ":") && result.ends_with(port)) result.resize(before - port.size());
      if (result.size() < before) break;
    }
    while (result.ends_with('.')) result.pop_back();
  }
  while (is_web && result.starts_with("www.")) result.erase(0, 4);
  return result;
}

}  // namespace

std::string address_key(std::string_view address) {
  const auto is_space = [](char c) { return static_cast<unsigned char>(c) <= ' '; };
  while (!address.empty() && is_space(address.front())) address.remove_prefix(1);
  while (!address.empty() && is_space(address.back())) address.remove_suffix(1);
  const std::string plain = with_fewest_signs(address);
  std::string_view rest = plain;
  const std::optional<std::string> scheme = take_scheme(rest);
  // What has no scheme may be an address all the same: a key is one.
  const bool is_web = !scheme || *scheme == "http" || *scheme == "https";
  rest = rest.substr(0, rest.find('#'));
  const std::size_t question = std::min(rest.find('?'), rest.size());
  const std::string_view before = rest.substr(0, question);
  const std::size_t slash = std::min(before.find('/'), before.size());
  std::string key = is_web ? "" : *scheme + "://";
  key += plain_host(before.substr(0, slash), is_web);
  key += plain_path(before.substr(slash));
  return key + plain_query(rest.substr(std::min(question + 1, rest.size())));
}

}  // namespace copydesk
