// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/program_comments.h"

#include <string>

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

namespace {

// What stands outside of comments.
struct Outside {
  std::size_t lines = 0, code = 0, prose = 0;
};

// What the comments say, paragraph by paragraph; false as soon as as much prose stands outside of
// them as no program has.
template <class IsCode, class IsProse>
bool read_program(std::string_view text, CommentReader comments, std::size_t fewest_prose,
                  IsCode&& is_code, IsProse&& is_prose, SaidLines& said, Outside& outside) {
  // In front of all code may stand whose it is: from the first paragraph of that to the last.
  std::size_t licence = text.size();
  const auto end_paragraph = [&] {
    if (outside.lines == 0 && said.is_open() && said.any_of(is_of_licence)) {
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
      ++outside.lines;
      if (is_code(bare.of(text))) {
        ++outside.code;
      } else if (is_prose(bare.of(text)) && ++outside.prose == fewest_prose) {
        return false;
      }
    }
  }
  end_paragraph();
  return true;
}

// Signs that comments of scripts, settings and statements begin with, each alone or several times:
// of shells and YAML; SQL, Lua and Ada; TeX, Prolog and PostScript; Lisp and initialisations;
// Fortran.
constexpr std::string_view kLineSigns[] = {"#", "--", "%", ";", "!"};

bool has_sign_of_code(std::string_view line) {
  return line.find_first_of("=:$(){};[]/\"\\") != std::string_view::npos;
}

bool is_statement(std::string_view line) {
  if (line.ends_with(';') || line.starts_with('(')) return true;
  for (const std::string_view sign : {" = ", ":=", "::", ":-", "->"}) {
    if (line.find(sign) != std::string_view::npos) return true;
  }
  return false;
}

// With words between spaces, or in a script without spaces or with long words.
bool may_be_sentence(std::string_view line) {
  constexpr std::ptrdiff_t kFewestForeign = 24;
  const auto foreign =
      std::count_if(line.begin(), line.end(), [](char c) { return (c & 0x80) != 0; });
  return is_like_prose(line) || (foreign >= kFewestForeign && is_closed(line));
}

// Nothing outside of the comments is a sentence, and half of the lines there have signs of code.
// What people say is behind dashes as well as comments are, because of which of such languages two
// lines are statements.
bool read_script(std::string_view text, std::vector<TextSpan>& said_spans) {
  constexpr std::size_t kBytesAtTop = 1024, kFewestLines = 3, kFewestStatements = 2;
  std::string at_top;  // what lines there begin with
  for (std::size_t begin = 0; begin < std::min(text.size(), kBytesAtTop);) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const std::string_view content = without_indent(text, line.span).of(text);
    if (!content.empty()) at_top += content.front();
  }
  for (const std::string_view sign : kLineSigns) {
    if (at_top.find(sign.front()) == at_top.npos) continue;
    said_spans.clear();
    SaidLines said(text, said_spans);
    Outside outside;
    std::size_t statements = 0;
    const auto is_code = [&](std::string_view line) {
      statements += is_statement(line) ? 1 : 0;
      return !may_be_sentence(line) && has_sign_of_code(line);
    };
    if (!read_program(text, CommentReader(sign), 1, is_code, may_be_sentence, said, outside))
      continue;
    const bool is_script = outside.lines >= kFewestLines && 2 * outside.code >= outside.lines &&
                           (sign == "#" || statements >= kFewestStatements);
    if (is_script && said.sentences() >= kFewestSentences && !said_spans.empty()) return true;
  }
  return false;
}

}  // namespace

bool read_comments(std::string_view text, std::vector<TextSpan>& said_spans) {
  if (may_be_code(text)) {
    SaidLines said(text, said_spans);
    Outside outside;
    if (read_program(text, CommentReader(!has_braces(text)), kFewestProse, is_like_code,
                     is_like_prose, said, outside) &&
        outside.code >= kFewestCodeLines && 2 * outside.code >= outside.lines &&
        said.sentences() >= kFewestSentences && !said_spans.empty()) {
      return true;
    }
  }
  return read_script(text, said_spans);
}

}  // namespace copydesk
