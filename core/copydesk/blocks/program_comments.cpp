// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/program_comments.h"

#include "copydesk/ascii.h"
#include "copydesk/text/line_label.h"

namespace copydesk {
namespace {

constexpr std::size_t kLinesAtTop = 12;      // by which most texts are told to be none
constexpr std::size_t kFewestCodeAtTop = 3;  // of them
constexpr std::size_t kLinesWithout = 6;     // one of the first so many is such
constexpr std::size_t kFewestCodeLines = 5;  // of a program
constexpr std::size_t kFewestSentences = 2;  // that end lines of its comments
constexpr std::size_t kFewestProse = 2;      // lines outside of comments, of what is no program
constexpr std::size_t kMostWordsOfLabel = 3;

// "Signed-off-by: Ann Lee", "SPDX-License-Identifier: MIT".
bool has_joined_label(std::string_view line) {
  if (line.empty()) return false;
  return find_line_label(line, kMostWordsOfLabel).name.find('-') != std::string_view::npos;
}

bool begins_like_comment(std::string_view line) {
  return line.starts_with("/*") || line.starts_with("* ") || line.starts_with("//") ||
         line.starts_with('#') || line.starts_with("\"\"\"") || line == "*" || line == "*/";
}

bool ends_like_code(std::string_view line) {
  return std::string_view(";{}()[],:\\>").find(line.back()) != std::string_view::npos;
}

bool is_like_code(std::string_view line) {
  return ends_like_code(line) || line.front() == '}' || line.front() == '@' ||
         line.find(" = ") != std::string_view::npos || line.find("()") != std::string_view::npos;
}

// Most texts have a dozen lines that are prose, or fewer.
bool may_be_code(std::string_view text) {
  std::size_t lines = 0, code = 0;
  for (std::size_t begin = 0; begin < text.size() && lines < kLinesAtTop;) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const std::string_view content = without_indent(text, line.span).of(text);
    if (content.empty()) continue;
    ++lines;
    code += begins_like_comment(content) || ends_like_code(content) ? 1 : 0;
    if (code + kLinesAtTop < lines + kFewestCodeAtTop) return false;
    if (code == 0 && lines == kLinesWithout) return false;
  }
  return code >= kFewestCodeAtTop;
}

// Whose it is and what may be done with it.
bool is_of_licence(std::string_view line) {
  for (const std::string_view word : {"copyright", "licens", "licenc", "warrant"}) {
    const auto at = std::search(line.begin(), line.end(), word.begin(), word.end(),
                                [](char a, char b) { return to_ascii_lower(a) == b; });
    if (at != line.end()) return true;
  }
  return false;
}

// Python and its like mark no ends of statements; blocks are what is indented behind a colon.
bool has_braces(std::string_view text) {
  return text.find("{\n") != std::string_view::npos || text.find(";\n") != std::string_view::npos;
}

}  // namespace

bool is_like_prose(std::string_view line) {
  constexpr std::ptrdiff_t kFewestSpaces = 5;
  return std::count(line.begin(), line.end(), ' ') >= kFewestSpaces && is_closed(line);
}

bool read_comments(std::string_view text, std::vector<TextSpan>& said_spans) {
  if (!may_be_code(text)) return false;
  CommentReader comments(!has_braces(text));
  SaidLines said(text, said_spans);
  std::size_t lines = 0, code = 0, prose = 0;
  // In front of all code may stand whose it is: from the first paragraph of that to the last.
  std::size_t licence = text.size();
  const auto end_paragraph = [&] {
    if (lines == 0 && said.is_open() && said.any_of(is_of_licence)) {
      licence = std::min(licence, said.paragraph());
      said.drop_from(licence);
    } else {
      said.end_paragraph();
    }
  };
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const TextSpan bare = without_indent(text, line.span);
    TextSpan contents;
    if (bare.empty()) {
      end_paragraph();
    } else if (comments.read(text, bare, contents)) {
      if (contents.empty() || has_joined_label(contents.of(text))) {
        end_paragraph();
      } else {
        said.add(contents, line);
        if (comments.has_ended()) end_paragraph();
      }
    } else {
      end_paragraph();
      ++lines;
      if (is_like_code(bare.of(text))) {
        ++code;
      } else if (is_like_prose(bare.of(text)) && ++prose == kFewestProse) {
        return false;
      }
    }
  }
  end_paragraph();
  return code >= kFewestCodeLines && 2 * code >= lines && said.sentences() >= kFewestSentences &&
         !said_spans.empty();
}

}  // namespace copydesk
