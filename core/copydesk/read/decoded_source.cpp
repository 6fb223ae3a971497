// SPDX-License-Identifier: Apache-2.0
//
// Text in another character set to UTF-8, line by line, so that no character is cut: in none of the
// sets of the web a line feed is a part of another character.
#include <algorithm>
#include <optional>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/read/content_kind.h"
#include "copydesk/read/converted_source.h"
#include "copydesk/read/html/character_guess.h"
#include "copydesk/read/html/character_set.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kChunk = 64 * 1024;

class DecodedSource : public ConvertedSource {
 public:
  DecodedSource(std::unique_ptr<ByteSource> source, const ConversionOptions& options)
      : ConvertedSource(std::move(source), options), is_auto_(options.encoding == "auto") {
    if (is_auto_) return;
    set_ = find_character_set(options.encoding);
    if (!set_ || *set_ == CharacterSet::kReplacement) {
      throw Error(ErrorCode::kInvalidOption,
                  "\"" + options.encoding + "\" is neither auto nor a character set of the web",
                  "--encoding");
    }
  }

 protected:
  bool convert(std::string& lines) override {
    std::string_view bytes = fill(kChunk);
    if (bytes.empty()) return false;
    if (!has_begun_) {
      has_begun_ = true;
      if (is_auto_) set_ = utf16_of(bytes.substr(0, 4096));
      if (is_utf16()) bytes = without_mark(bytes);
    }
    if (bytes.empty()) return false;
    std::size_t size = end_of_lines(bytes);
    for (std::size_t wanted = bytes.size() * 2; size == 0; wanted *= 2) {
      // A line of more than a chunk, or the last one.
      bytes = fill(wanted);
      size = end_of_lines(bytes);
      if (size > 0) break;
      // No record is as long; an even number of bytes is as good as any.
      const std::size_t limit = (options().max_record_bytes + 2) & ~std::size_t{1};
      if (bytes.size() < wanted) size = bytes.size();
      if (bytes.size() > limit) size = limit;
    }
    const std::string_view whole = bytes.substr(0, size);
    if (set_ && *set_ != CharacterSet::kUtf8) {
      count(is_utf16() ? 0 : count_lines(whole), whole);
      lines += decode_to_utf8(whole, *set_, buffer_);
    } else {
      append_by_line(whole, lines);
    }
    pass(size);
    return true;
  }

 private:
  [[nodiscard]] bool is_utf16() const {
    return set_ == CharacterSet::kUtf16le || set_ == CharacterSet::kUtf16be;
  }

  std::string_view without_mark(std::string_view bytes) {
    const bool has_mark = bytes.starts_with(set_ == CharacterSet::kUtf16le ? "\xff\xfe" : "\xfe\xff");
    if (has_mark) pass(2);
    return has_mark ? fill(kChunk) : bytes;
  }

  // Behind the last line feed; 0 if there is none.
  [[nodiscard]] std::size_t end_of_lines(std::string_view bytes) const {
    if (!is_utf16()) return bytes.rfind('\n') + 1;
    const bool is_little = set_ == CharacterSet::kUtf16le;
    for (std::size_t i = bytes.size() / 2; i > 0; --i) {
      const char low = bytes[2 * i - (is_little ? 2 : 1)], high = bytes[2 * i - (is_little ? 1 : 2)];
      if (low == '\n' && high == '\0') return 2 * i;
    }
    return 0;
  }

  static std::uint64_t count_lines(std::string_view bytes) {
    std::uint64_t lines = bytes.ends_with('\n') ? 0 : 1;
    for (const char c : bytes) lines += c == '\n' ? 1 : 0;
    return lines;
  }

  void count(std::uint64_t lines, std::string_view bytes) {
    if (!options().recoded_lines) return;
    if (is_utf16()) {
      for (std::size_t i = 0; i + 1 < bytes.size(); i += 2) {
        const char low = bytes[i], high = bytes[i + 1];
        lines += (low == '\n' && high == '\0') || (low == '\0' && high == '\n') ? 1 : 0;
      }
    }
    *options().recoded_lines += lines;
  }

  // With auto: each line is UTF-8, or in the set that the first lines of the source that are not
  // speak for. With utf-8: broken characters are U+FFFD.
  void append_by_line(std::string_view bytes, std::string& lines) {
    if (is_valid_utf8(bytes)) {
      lines += bytes;
      return;
    }
    if (is_auto_ && !older_set_) older_set_ = guess(bytes);
    while (!bytes.empty()) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
      const std::string_view line = bytes.substr(0, end);
      bytes.remove_prefix(end);
      if (is_valid_utf8(line)) {
        lines += line;
        continue;
      }
      count(1, {});
      lines += decode_to_utf8(line, older_set_.value_or(CharacterSet::kUtf8), buffer_);
    }
  }

  // By the lines that are not UTF-8, as far as they have been read.
  static CharacterSet guess(std::string_view bytes) {
    std::string sample;
    while (!bytes.empty() && sample.size() < kMostGuessedBytes) {
      const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
      if (!is_valid_utf8(bytes.substr(0, end))) sample += bytes.substr(0, end);
      bytes.remove_prefix(end);
    }
    return guess_character_set(sample);
  }

  static std::optional<CharacterSet> utf16_of(std::string_view begin) {
    switch (utf16_order(begin)) {
      case ByteOrder::kLittle:
        return CharacterSet::kUtf16le;
      case ByteOrder::kBig:
        return CharacterSet::kUtf16be;
      case ByteOrder::kNone:
        break;
    }
    return std::nullopt;
  }

  const bool is_auto_;
  std::optional<CharacterSet> set_;
  std::optional<CharacterSet> older_set_;  // with auto, once a line was no UTF-8
  bool has_begun_ = false;
  std::string buffer_;
};

}  // namespace

std::unique_ptr<ConvertedSource> make_decoded_source(std::unique_ptr<ByteSource> source,
                                                     const ConversionOptions& options) {
  return std::make_unique<DecodedSource>(std::move(source), options);
}

}  // namespace copydesk
