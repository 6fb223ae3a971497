#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Families of copies as one HTML file for people: works offline, loads nothing, runs no code but
// its own (a content security policy says so to the browser), and escapes every text. Texts stand
// side by side with their passages colored and linked.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/reuse_lines.h"

namespace copydesk {

// A text and the places of its tokens.
struct ShownText {
  std::string_view text;  // valid UTF-8
  std::vector<TextSpan> tokens;
};

// A version beside the fullest one. Passages: a is the fullest text, b the version; with their
// runs.
struct ShownComparison {
  std::size_t version = 0;  // index into the family's versions
  ShownText fullest, own;
  std::vector<Passage> passages;
};

class ReuseReport {
 public:
  static constexpr std::size_t kFamiliesPerPage = 40;
  static constexpr std::size_t kMostTextBytes = 20'000;  // of a text that are shown

  // Begins the document. REQUIRES: `sink` outlives this object.
  ReuseReport(ByteSink& sink, std::uint64_t documents, std::uint64_t families);

  // `comparisons` may be empty: the family is then listed without its texts.
  void add_family(std::size_t number, const StoryFamily& family,
                  std::span<const ShownComparison> comparisons);

  // Ends the document. Call once, last.
  void finish();

 private:
  void flush_if_large();

  ByteSink& sink_;
  std::string html_;
  std::size_t families_ = 0;
};

}  // namespace copydesk
