#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Records of what was said: chats, subtitles, transcripts. "[14:02] <ann> the server is down" says
// "the server is down"; when and by whom it was said is no part of the sentence. Such a text is one
// text, however many dates and short open lines it has.
//
// Told by structure, and only where it is sure; never if of the first 24 lines fewer than two are
// such:
// - cues: three time codes, "00:00:01,000 --> 00:00:04,200"
// - stamped lines: four and more that begin with a time of day, and half of all lines, or a fifth
// if
//   names follow the times
// - headed turns: a fourth of the lines are a name and a time of day, "Ann Lee 9:14 AM", most of
// the
//   names come again, and one stands at the top
// - named turns: of the lines that begin with a label as "CHAIR: ", those of labels that come again
//   are four and a third of all lines, two labels and more do, and most are sentences.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class SpokenText {
 public:
  // Time is linear in the text. REQUIRES: `text` is valid UTF-8, and outlives what is asked of it.
  void find(std::string_view text);

  // Whether all of the text is such a record: cues, stamped lines or headed turns.
  [[nodiscard]] bool is_record() const { return !said_.empty(); }
  // What was said, of a record: ascending, disjoint, each with the end of its line. Empty ones
  // stand between turns: what somebody says does not go on with what was said before.
  [[nodiscard]] std::span<const TextSpan> said() const { return said_; }
  // Of a record: the only line in front of it; empty if there is none, or several.
  [[nodiscard]] TextSpan title() const { return title_; }

  // Of a text with named turns: where the names stand, ascending; each begins where its line's
  // first word does. None of a record.
  [[nodiscard]] std::span<const TextSpan> names() const { return names_; }

 private:
  enum class Form : std::uint8_t { kNone, kCues, kStamped, kHeaded, kNamed };
  struct Name {
    std::string_view name;
    std::size_t lines = 0, closed = 0;  // how many have it, and of those how many are sentences
  };
  struct Names {
    std::vector<Name> all;

    // False if there are too many.
    bool add(std::string_view name, bool is_closed);
    [[nodiscard]] bool comes_again(std::string_view name) const;
    [[nodiscard]] Name sum_of_repeated(std::size_t& names) const;
  };
  [[nodiscard]] Form form_of(std::string_view text);
  void read_turns(std::string_view text);
  void read_cues(std::string_view text);
  void read_named(std::string_view text);
  void add_said(std::string_view text, TextSpan said, std::size_t next);
  void begin_turn(std::size_t at);
  void join_pieces(std::string_view text);
  void add_cue(std::string_view text, TextSpan line, std::size_t next);

  std::vector<TextSpan> said_, names_;
  Names speakers_;  // labels of lines
  Names headers_;   // names in front of times
  TextSpan title_;
  bool has_names_ = false;  // behind stamps
};

}  // namespace copydesk
