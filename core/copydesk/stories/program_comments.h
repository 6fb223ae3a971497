#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the comments of a program say. " * The writer never waits." says "The writer never waits."

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/stories/said_lines.h"

namespace copydesk {

// What stands in comments.
class CommentReader {
 public:
  // `has_number_signs`: comments begin with "#" or stand between three quotation marks.
  // `line_sign`: they begin with that sign, "#" or "--", and nothing else.
  explicit CommentReader(bool has_number_signs) : has_number_signs_(has_number_signs) {}
  explicit CommentReader(std::string_view line_sign) : line_sign_(line_sign) {}

  // Whether the line is within a comment or is one from its first sign on; then `contents` is what
  // it says, maybe nothing. REQUIRES: no white space at either end of the line.
  bool read(std::string_view text, TextSpan line, TextSpan& contents) {
    contents = {line.end, line.end};
    was_text_ = false;
    const std::string_view content = line.of(text);
    if (!line_sign_.empty()) return read_after(line_sign_, text, line, contents);
    if (!end_.empty()) {
      was_text_ = end_ != kEndOfBlock;
      take(text, line, was_text_ ? "" : "*", contents);
      return true;
    }
    if (content.starts_with("/*")) {
      end_ = kEndOfBlock;
      take(text, {line.begin + 2, line.end}, "*!", contents);
      return true;
    }
    if (content.starts_with("//")) {
      contents = without_indent(
          text, {line.begin + std::min(content.find_first_not_of("/!"), content.size()), line.end});
      return true;
    }
    if (!has_number_signs_) return false;
    for (const std::string_view quotes : {"\"\"\"", "'''"}) {
      if (!content.starts_with(quotes)) continue;
      end_ = quotes;
      was_text_ = true;
      take(text, {line.begin + quotes.size(), line.end}, "", contents);
      return true;
    }
    return read_after("#", text, line, contents);
  }
  // Whether a text between quotation marks ended in the line read last: comments behind it go on
  // with nothing.
  [[nodiscard]] bool has_ended() const { return was_text_ && end_.empty(); }

 private:
  static constexpr std::string_view kEndOfBlock = "*/";

  // Behind the sign, which may stand several times as in "## ", is a space or nothing.
  static bool read_after(std::string_view sign, std::string_view text, TextSpan line,
                         TextSpan& contents) {
    const std::string_view content = line.of(text);
    if (!content.starts_with(sign)) return false;
    const std::size_t signs = std::min(content.find_first_not_of(sign.back()), content.size());
    if (signs == content.size() || content[signs] == ' ') {
      contents = without_indent(text, {line.begin + signs, line.end});
      return true;
    }
    return content.starts_with("#!");
  }

  // Up to the end of the comment, if that is in the line, and without `signs` in front.
  void take(std::string_view text, TextSpan line, std::string_view signs, TextSpan& contents) {
    const std::size_t end = line.of(text).find(end_);
    if (end != std::string_view::npos) {
      line.end = line.begin + end;
      end_ = {};
    }
    line.begin += std::min(line.of(text).find_first_not_of(signs), line.size());
    contents = without_indent(text, line);
    while (!contents.empty() && (is_ascii_space(text[contents.end - 1]) ||
                                 signs.find(text[contents.end - 1]) != std::string_view::npos)) {
      --contents.end;
    }
  }

  bool has_number_signs_ = false;
  std::string_view line_sign_;
  bool was_text_ = false;  // the line read last was between quotation marks
  std::string_view end_;   // of the comment that is open
};

// Six words and the end of a sentence, outside of comments: a text about programs, and no program.
[[nodiscard]] bool is_like_prose(std::string_view line);

// Appends what the comments of a program say (see SaidLines), all but whose it is at its top. False
// if the text is no program or they say less than two sentences; `said` is then of no use.
[[nodiscard]] bool read_comments(std::string_view text, std::vector<TextSpan>& said);

}  // namespace copydesk
