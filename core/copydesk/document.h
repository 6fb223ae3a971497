#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What flows through the library: documents as views into the batch they were read from, spans of
// their text, and where they came from.
//
// Example:
//   const std::string_view text = "Rain. Sun.";
//   const TextSpan second{6, 10};
//   assert(second.of(text) == "Sun." && second.size() == 4);

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace copydesk {

// A half-open range of bytes [begin, end) of a UTF-8 text. Offsets never fall inside a character.
struct TextSpan {
  std::size_t begin = 0;
  std::size_t end = 0;

  [[nodiscard]] std::size_t size() const { return end - begin; }
  [[nodiscard]] bool empty() const { return begin == end; }
  [[nodiscard]] std::string_view of(std::string_view text) const {
    return text.substr(begin, end - begin);
  }
  friend bool operator==(const TextSpan&, const TextSpan&) = default;
};

// Where a record stands in the input.
struct Origin {
  std::uint32_t source = 0;  // index into the list of inputs, in reading order
  std::uint64_t offset = 0;  // of the record's first byte in the decompressed source
  std::uint64_t line = 0;    // from 1
};

// One record. All views point into the batch it was parsed from and die with it.
struct Document {
  std::string_view id;      // the id field as written; empty if the record has none (see has_id)
  std::string_view title;   // empty if absent
  std::string_view url;     // empty if absent
  std::string_view time;    // empty if absent
  std::string_view site;    // empty if absent
  std::string_view order;   // of the field named for a keep policy; empty if absent
  std::string_view tokens;  // "words" or "code", of the field named for it; empty if absent
  std::string_view source;  // of the field named for reports by source; empty if absent
  std::string_view key;     // of the field named for exact deduplication; empty if absent
  std::string_view text;    // unescaped, valid UTF-8
  std::string_view record;  // the record's own bytes, without the line feed
  Origin origin;
  bool has_id = false;  // a record without an id is known as PATH:LINE
};

}  // namespace copydesk
