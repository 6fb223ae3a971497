// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/converted_source.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "copydesk/read/content_kind.h"
#include "copydesk/read/html/ascii.h"

namespace copydesk {
namespace {

constexpr std::size_t kReadBytes = 64 * 1024;
constexpr std::size_t kSmallReadBytes = 4096;

// The name without .gz, .zst ..., in lower case.
std::string name_for_format(std::string_view path) {
  return ascii_lower(without_compression_ending(path));
}

bool ends_in(const std::string& name, std::initializer_list<std::string_view> suffixes) {
  return std::any_of(suffixes.begin(), suffixes.end(),
                     [&](std::string_view suffix) { return name.ends_with(suffix); });
}

bool begins(std::string_view text, std::string_view lower) {
  return equal_ignoring_case(text.substr(0, lower.size()), lower);
}

// One object over several lines: the first line does not end where an object does.
bool is_pretty_printed(std::string_view text) {
  const std::size_t second = text.find_first_not_of(" \t\r\n", 1);
  if (second == std::string_view::npos || text[second] != '"') return false;
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return false;
  const std::string_view line = trim_html_space(text.substr(0, end));
  return !line.empty() && (line.back() == '{' || line.back() == ',' || line.back() == '[');
}

}  // namespace

std::size_t ConvertedSource::read(std::span<char> buffer) {
  while (lines_begin_ == lines_.size()) {
    if (done_) return 0;
    lines_.clear();
    lines_begin_ = 0;
    done_ = !convert(lines_);
  }
  const std::size_t count = std::min(buffer.size(), lines_.size() - lines_begin_);
  std::memcpy(buffer.data(), lines_.data() + lines_begin_, count);
  lines_begin_ += count;
  return count;
}

std::string_view ConvertedSource::fill(std::size_t size) {
  if (begin_ > kReadBytes && begin_ * 2 > bytes_.size()) {
    bytes_.erase(0, begin_);
    begin_ = 0;
  }
  std::size_t asked = kReadBytes;
  while (!ended_ && bytes_.size() - begin_ < size) {
    const std::size_t before = bytes_.size();
    bytes_.resize(before + asked);
    const std::size_t count = source_->read({bytes_.data() + before, asked});
    bytes_.resize(before + count);
    ended_ = count == 0;
    // Behind a short read mostly comes the end, for which the buffer need not grow.
    asked = count < asked ? kSmallReadBytes : kReadBytes;
  }
  return waiting();
}

void ConvertedSource::pass(std::size_t size) {
  begin_ += size;
  offset_ += size;
}

void ConvertedSource::pass_byte_order_mark() {
  if (fill(kByteOrderMark.size()).starts_with(kByteOrderMark)) pass(kByteOrderMark.size());
}

void ConvertedSource::report(std::uint64_t record, std::string reason, std::string_view bytes) {
  RecordFault fault;
  fault.origin = {0, offset_, record};
  fault.reason = std::move(reason);
  fault.bytes = bytes.substr(0, RecordFault::kMaxBytes);
  faults_.push_back(std::move(fault));
}

void ConvertedSource::report_long(std::uint64_t record) {
  report(record, fmt::format("record longer than {} bytes", options_.max_record_bytes), waiting());
}

bool may_be_converted(std::string_view path) {
  return !ends_in(name_for_format(path), {".jsonl", ".ndjson", ".txt"});
}

ConvertedFormat recognize_converted(std::string_view path, ByteSource& source) {
  const std::string name = name_for_format(path);
  std::string beginning(4096, '\0');
  std::size_t size = 0;
  while (size < beginning.size()) {
    const std::size_t count = source.read(std::span(beginning).subspan(size));
    if (count == 0) break;
    size += count;
  }
  std::string_view text = std::string_view(beginning).substr(0, size);
  if (text.starts_with("WARC/1.") || text.starts_with("WARC/0.") ||
      text.starts_with("filedesc://")) {
    return ConvertedFormat::kWarc;
  }
  if (ends_in(name, {".html", ".htm", ".xhtml"})) return ConvertedFormat::kHtml;
  if (ends_in(name, {".csv"})) return ConvertedFormat::kCsv;
  if (ends_in(name, {".tsv"})) return ConvertedFormat::kTsv;
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  text = trim_html_space(text);
  if (begins(text, "<!doctype html") || begins(text, "<html") ||
      (begins(text, "<?xml") && find_ignoring_case(text, "<html", 0) != std::string_view::npos)) {
    return ConvertedFormat::kHtml;
  }
  if (begins(text, "<doc ") && text.substr(0, text.find('>')).find('\n') == text.npos) {
    return ConvertedFormat::kWiki;
  }
  if (text.starts_with('[') && trim_html_space(text.substr(1)).starts_with('{')) {
    return ConvertedFormat::kJson;
  }
  if (text.starts_with('{') && is_pretty_printed(text)) {
    return ConvertedFormat::kJson;
  }
  return ConvertedFormat::kNone;
}

std::unique_ptr<ConvertedSource> make_converted_source(std::unique_ptr<ByteSource> source,
                                                       ConvertedFormat format,
                                                       const ConversionOptions& options) {
  switch (format) {
    case ConvertedFormat::kJson:
      return make_json_value_source(std::move(source), options);
    case ConvertedFormat::kLines:
      return make_text_line_source(std::move(source), options);
    case ConvertedFormat::kWiki:
      return make_wiki_source(std::move(source), options);
    default:
      return make_delimited_source(std::move(source), format, options);
  }
}

}  // namespace copydesk
