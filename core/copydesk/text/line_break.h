#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the lines of a text end: at LF, CR, CR LF, VT, FF, U+0085, U+2028 and U+2029, the mandatory
// breaks of UAX #14. "a\r\nb\u2028c" has three lines.

#include <cstddef>
#include <cstring>
#include <string_view>

namespace copydesk {

// Cuts one text into lines, front to back. Does not own the text.
class LineBreaks {
 public:
  explicit LineBreaks(std::string_view text) : text_(text), has_others_(find_others(text)) {}
  // `has_others`: whether a line of the text ends otherwise than at a line feed.
  LineBreaks(std::string_view text, bool has_others) : text_(text), has_others_(has_others) {}

  struct Line {
    std::size_t end = 0;   // of the line, in front of its break
    std::size_t next = 0;  // behind the break: where the next line begins
  };

  // The line that begins at `begin`. REQUIRES: begin < size of the text.
  [[nodiscard]] Line line_at(std::size_t begin) const {
    const void* const feed = std::memchr(text_.data() + begin, '\n', text_.size() - begin);
    std::size_t end = text_.size();
    if (feed != nullptr) {
      end = static_cast<std::size_t>(static_cast<const char*>(feed) - text_.data());
    }
    if (!has_others_) return {end, feed == nullptr ? end : end + 1};
    return line_with_others(begin, end);
  }

 private:
  static bool is_single(char c) { return c == '\r' || c == '\v' || c == '\f'; }

  // The length of a break of several bytes at `at`: U+0085, U+2028, U+2029; 0 if there is none.
  static std::size_t wide_break(std::string_view text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
      return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0u;
    };
    if (byte(0) == 0xC2 && byte(1) == 0x85) return 2;
    return byte(0) == 0xE2 && byte(1) == 0x80 && (byte(2) & 0xFE) == 0xA8 ? 3 : 0;
  }

  // Most texts have line feeds only, which this loop, that compilers turn into vector code, tells:
  // whether a character below or the bytes of a wide break stand anywhere.
  static bool find_others(std::string_view text) {
    constexpr std::size_t kStride = 4096;
    const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
    const std::size_t whole =
        text.size() < 2 ? 0 : text.size() - 2;  // places with two bytes behind
    for (std::size_t from = 0; from < whole; from += kStride) {
      const std::size_t to = whole - from < kStride ? whole : from + kStride;
      unsigned char found = 0;
      for (std::size_t i = from; i < to; ++i) {
        const unsigned char a = bytes[i], b = bytes[i + 1], c = bytes[i + 2];
        found |= static_cast<unsigned char>(static_cast<unsigned char>(a >= 0x0B) &
                                            static_cast<unsigned char>(a <= 0x0D));
        found |= static_cast<unsigned char>(static_cast<unsigned char>(a == 0xC2) &
                                            static_cast<unsigned char>(b == 0x85));
        found |= static_cast<unsigned char>(static_cast<unsigned char>(a == 0xE2) &
                                            static_cast<unsigned char>(b == 0x80) &
                                            static_cast<unsigned char>((c & 0xFE) == 0xA8));
      }
      if (found != 0) return true;
    }
    for (std::size_t i = whole; i < text.size(); ++i) {
      if (is_single(text[i]) || wide_break(text, i) > 0) return true;
    }
    return false;
  }

  // The first break of any kind in [begin, feed], `feed` being that of the line feed.
  [[nodiscard]] Line line_with_others(std::size_t begin, std::size_t feed) const {
    for (std::size_t i = begin; i < feed; ++i) {
      if (is_single(text_[i])) {
        const bool is_pair = text_[i] == '\r' && i + 1 < text_.size() && text_[i + 1] == '\n';
        return {i, i + (is_pair ? 2 : 1)};
      }
      const std::size_t wide = wide_break(text_, i);
      if (wide > 0) return {i, i + wide};
    }
    return {feed, feed < text_.size() ? feed + 1 : feed};
  }

  std::string_view text_;
  bool has_others_;
};

}  // namespace copydesk
