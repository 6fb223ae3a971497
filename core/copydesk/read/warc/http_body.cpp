// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/warc/http_body.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>

#include "copydesk/read/html/ascii.h"

namespace copydesk {
namespace {

enum class Chunks { kWhole, kNone, kBroken };

// Joins the chunks of `body`: "3;x\r\nabc\r\n0\r\n\r\n" is "abc".
Chunks join_chunks(std::string_view body, std::string& out) {
  out.clear();
  for (bool first = true;; first = false) {
    const std::size_t end = body.find('\n');
    std::string_view line = trim_html_space(body.substr(0, end));
    line = trim_html_space(line.substr(0, line.find(';')));
    std::size_t size = 0;
    const auto [rest, error] = std::from_chars(line.data(), line.data() + line.size(), size, 16);
    if (end == std::string_view::npos || error != std::errc{} ||
        rest != line.data() + line.size()) {
      return first ? Chunks::kNone : Chunks::kBroken;
    }
    body.remove_prefix(end + 1);
    if (size == 0) return Chunks::kWhole;
    if (size > body.size()) return Chunks::kBroken;
    out.append(body.substr(0, size));
    body.remove_prefix(size);
    if (body.starts_with('\r')) body.remove_prefix(1);
    if (body.starts_with('\n')) body.remove_prefix(1);
  }
}

// gzip and zlib by their headers, "deflate" without one too. Empty if it worked, else why not.
std::string_view inflate_body(std::string_view body, int window_bits, std::size_t limit,
                              std::string& out) {
  z_stream stream{};
  if (inflateInit2(&stream, window_bits) != Z_OK) return "out of memory";
  out.clear();
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(body.data()));
  stream.avail_in = static_cast<uInt>(body.size());
  int code = Z_OK;
  while (code == Z_OK && out.size() <= limit) {
    const std::size_t before = out.size();
    out.resize(before +
               std::min<std::size_t>(std::max<std::size_t>(body.size() * 4, 4096), limit + 1));
    stream.next_out = reinterpret_cast<Bytef*>(out.data() + before);
    stream.avail_out = static_cast<uInt>(out.size() - before);
    code = inflate(&stream, Z_NO_FLUSH);
    out.resize(out.size() - stream.avail_out);
    if (code == Z_BUF_ERROR) break;
  }
  inflateEnd(&stream);
  if (out.size() > limit) return "HTTP body longer than the limit of a record";
  return code == Z_STREAM_END ? std::string_view() : "damaged or truncated HTTP compression";
}

}  // namespace

std::string_view header_value(std::string_view headers, std::string_view lower_name) {
  for (std::size_t at = 0; at < headers.size();) {
    const std::size_t end = std::min(headers.find('\n', at), headers.size());
    const std::string_view line = headers.substr(at, end - at);
    if (line.size() > lower_name.size() && line[lower_name.size()] == ':' &&
        equal_ignoring_case(line.substr(0, lower_name.size()), lower_name)) {
      return trim_html_space(line.substr(lower_name.size() + 1));
    }
    at = end + 1;
  }
  return {};
}

std::size_t end_of_headers(std::string_view bytes) {
  for (std::size_t at = bytes.find('\n'); at != std::string_view::npos;
       at = bytes.find('\n', at + 1)) {
    const std::string_view rest = bytes.substr(at + 1, 2);
    if (rest.starts_with('\n')) return at + 2;
    if (rest == "\r\n") return at + 3;
  }
  return std::string_view::npos;
}

HttpResponse read_http_response(std::string_view response, std::size_t limit, std::string& buffer) {
  HttpResponse result;
  if (!response.starts_with("HTTP/")) {
    result.body = response;
    return result;
  }
  const std::size_t end = std::min(end_of_headers(response), response.size());
  const std::string_view headers = response.substr(0, end);
  const std::size_t space = std::min(headers.find(' '), headers.size());
  const std::string_view status = trim_html_space(headers.substr(space));
  std::from_chars(status.data(), status.data() + std::min<std::size_t>(3, status.size()),
                  result.status);
  result.content_type = header_value(headers, "content-type");
  result.body = response.substr(end);
  if (find_ignoring_case(header_value(headers, "transfer-encoding"), "chunked", 0) !=
      std::string_view::npos) {
    const Chunks chunks = join_chunks(result.body, buffer);
    if (chunks == Chunks::kBroken) result.fault = "broken chunks in an HTTP body";
    if (chunks == Chunks::kWhole) result.body = buffer;
  }
  const std::string encoding = ascii_lower(header_value(headers, "content-encoding"));
  const std::string_view body = result.body;
  const bool is_gzip = body.starts_with("\x1f\x8b");
  const bool is_deflate = encoding == "deflate" && !body.empty();
  if (result.fault.empty() && (is_gzip || is_deflate)) {
    std::string plain;
    result.fault = inflate_body(body, is_gzip ? 15 + 16 : 15, limit, plain);
    if (is_deflate && !is_gzip && !result.fault.empty()) {
      result.fault = inflate_body(body, -15, limit, plain);
    }
    if (result.fault.empty()) {
      buffer = std::move(plain);
      result.body = buffer;
    }
  } else if (encoding == "br" || encoding == "zstd") {
    result.fault = "HTTP body in a compression that is not read";
  }
  return result;
}

}  // namespace copydesk
