#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// An HTTP response as archives keep it: status line, headers, body, the body perhaps in chunks and
// compressed.

#include <cstddef>
#include <string>
#include <string_view>

namespace copydesk {

// The value of a header in a block of lines "Name: value"; empty if it is not there.
[[nodiscard]] std::string_view header_value(std::string_view headers, std::string_view lower_name);

// The position behind the empty line that ends the headers, or npos.
[[nodiscard]] std::size_t end_of_headers(std::string_view bytes);

struct HttpResponse {
  int status = 0;  // 0 if there is no status line: then all is body
  std::string_view content_type;
  std::string_view body;   // within the response, or within `buffer`
  std::string_view fault;  // why there is no body, if there is none
};

// `buffer` is overwritten where a body has to be decoded; one of more than `limit` bytes is a
// fault. A body that is said to be in chunks or compressed but is not is taken as it is, as
// browsers do it.
[[nodiscard]] HttpResponse read_http_response(std::string_view response, std::size_t limit,
                                              std::string& buffer);

}  // namespace copydesk
