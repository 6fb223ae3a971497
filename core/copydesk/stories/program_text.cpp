// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/program_text.h"

#include <algorithm>

#include "copydesk/ascii.h"
#include "copydesk/stories/program_comments.h"
#include "copydesk/stories/said_lines.h"
#include "copydesk/text/line_label.h"

namespace copydesk {
namespace {

constexpr std::size_t kFewestDigits = 7, kMostDigits = 64;  // of the number of a version
constexpr std::size_t kFewestVersions = 3;                  // of a log with a line for each
constexpr std::size_t kMostWordsOfLabel = 3;
constexpr std::size_t kIndentOfMessage = 4;  // in a log

// How many digits of base sixteen the line begins with, if they are the number of a version.
std::size_t size_of_number(std::string_view line) {
  std::size_t size = 0, digits = 0;
  for (; size < line.size(); ++size) {
    const char c = line[size];
    if (is_ascii_digit(c)) {
      ++digits;
    } else if (c < 'a' || c > 'f') {
      break;
    }
  }
  const bool is_number = size >= kFewestDigits && size <= kMostDigits && digits > 0;
  return is_number && (size == line.size() || line[size] == ' ') ? size : 0;
}

bool begins_version(std::string_view line) {
  constexpr std::string_view kCommit = "commit ";
  return line.starts_with(kCommit) && size_of_number(line.substr(kCommit.size())) > 0;
}

bool has_label(std::string_view line) {
  return !line.empty() && !find_line_label(line, kMostWordsOfLabel).name.empty();
}

// The last paragraphs of a message may be of labels alone: who signed it off, what it closes.
void end_message_paragraph(SaidLines& said, bool is_first) {
  const bool has_others =
      said.any_of([](std::string_view line) { return !has_label(line) || is_closed(line); });
  said.end_paragraph(!is_first && !has_others);
}

bool read_log(std::string_view text, ProgramText& found) {
  SaidLines said(text, found.said);
  std::size_t versions = 0, paragraphs = 0;
  bool is_message = false;
  TextSpan subject;
  const auto end_paragraph = [&] {
    if (said.is_open()) end_message_paragraph(said, paragraphs++ == 0);
  };
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const std::string_view content = line.span.of(text);
    if (begins_version(content)) {
      end_paragraph();
      ++versions;
      paragraphs = 0;
      is_message = true;
    } else if (content.empty()) {
      end_paragraph();
    } else if (is_message) {
      const TextSpan message = without_indent(text, line.span);
      if (message.begin - line.span.begin >= kIndentOfMessage) {
        if (versions == 1 && subject.empty()) subject = message;
        said.add(message, line);
      } else {
        // Who wrote it when; or, behind the message, what was changed.
        is_message = paragraphs == 0;
      }
    }
  }
  end_paragraph();
  // Of one version the first line is the title, if there is more.
  if (versions == 1 && found.said.size() > 1) {
    found.title = subject;
    found.said.erase(found.said.begin());
  }
  return !found.said.empty();
}

// "4f1d2aa parser: numbers may end in a point"
bool read_short_log(std::string_view text, ProgramText& found) {
  std::size_t versions = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    if (line.span.empty()) continue;
    const std::size_t number = size_of_number(line.span.of(text));
    if (number == 0 || number == line.span.size()) return false;
    ++versions;
    if (!found.said.empty()) found.said.push_back({line.span.begin, line.span.begin});
    found.said.push_back({line.span.begin + number + 1, line.next});
  }
  return versions >= kFewestVersions;
}

bool begins_part(std::string_view line) {
  return line.starts_with("@@ -") && line.find(" @@", 4) != std::string_view::npos;
}

bool begins_file(std::string_view line) {
  return line.starts_with("diff --git ") || line.starts_with("Index: ") || line == "---" ||
         line.starts_with("--- ");
}

// "Read tables in pieces" of "Subject: [PATCH 1/2] Read tables in pieces".
TextSpan subject_of(std::string_view text, TextSpan line) {
  constexpr std::string_view kSubject = "Subject: ";
  if (!line.of(text).starts_with(kSubject)) return {};
  TextSpan subject = without_indent(text, {line.begin + kSubject.size(), line.end});
  if (subject.of(text).starts_with('[')) {
    const std::size_t end = subject.of(text).find(']');
    if (end != std::string_view::npos) {
      subject = without_indent(text, {subject.begin + end + 1, subject.end});
    }
  }
  return subject;
}

// What is said in front of a patch; returns where the patch begins.
std::size_t read_message(std::string_view text, SaidLines& said, ProgramText& found) {
  bool is_head = true;  // fields of mail
  std::size_t paragraphs = 0, begin = 0;
  while (begin < text.size()) {
    const TextLine line = line_at(text, begin);
    const std::string_view content = line.span.of(text);
    if (begins_file(content) || begins_part(content)) break;
    begin = line.next;
    if (content.empty()) {
      if (said.is_open()) end_message_paragraph(said, paragraphs++ == 0);
      is_head = false;
    } else if (is_head && (has_label(content) || content.starts_with("From "))) {
      if (found.title.empty()) found.title = subject_of(text, line.span);
    } else {
      is_head = false;
      said.add(without_indent(text, line.span), line);
    }
  }
  if (said.is_open()) end_message_paragraph(said, paragraphs == 0);
  return begin;
}

// The lines that a patch adds, with what their comments say in place of comments.
void read_added(std::string_view text, std::size_t begin, SaidLines& said) {
  CommentReader comments(false);
  while (begin < text.size()) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const std::string_view content = line.span.of(text);
    const bool is_added = content.starts_with('+') && !content.starts_with("+++");
    const TextSpan bare =
        is_added ? without_indent(text, {line.span.begin + 1, line.span.end}) : TextSpan{};
    if (bare.empty()) {
      said.end_paragraph();
      continue;
    }
    TextSpan contents;
    if (!comments.read(text, bare, contents)) contents = bare;
    if (contents.empty()) continue;
    said.add(contents, line);
  }
  said.end_paragraph();
}

// Whether somebody goes on writing behind the patch that begins at `begin`, or between its parts.
bool goes_on_behind(std::string_view text, std::size_t begin) {
  bool has_begun = false;
  while (begin < text.size()) {
    const TextLine line = line_at(text, begin);
    begin = line.next;
    const std::string_view content = line.span.of(text);
    has_begun |= begins_part(content);
    if (!has_begun || content.empty()) continue;
    const bool is_part = std::string_view(" \t+-@\\").find(content.front()) != content.npos;
    if (!is_part && is_like_prose(content)) return true;
  }
  return false;
}

bool read_patch(std::string_view text, ProgramText& found) {
  SaidLines said(text, found.said);
  const std::size_t begin = read_message(text, said, found);
  if (goes_on_behind(text, begin)) return false;
  if (said.sentences() == 0) {
    found.said.clear();
    read_added(text, begin, said);
  }
  return !found.said.empty();
}

bool is_patch(std::string_view text) {
  // Signs of which most texts have none are looked for, not line ends.
  for (std::size_t at = text.find("@@ -"); at != text.npos; at = text.find("@@ -", at + 1)) {
    if (at == 0 || text[at - 1] == '\n') return begins_part(line_at(text, at).span.of(text));
  }
  return false;
}

bool find_any(std::string_view text, ProgramText& found) {
  const std::size_t first = std::min(text.find_first_not_of("\r\n"), text.size());
  const std::string_view line = line_at(text, first).span.of(text);
  if (begins_version(line)) return read_log(text, found);
  if (size_of_number(line) > 0) return read_short_log(text, found);
  return is_patch(text) ? read_patch(text, found) : read_comments(text, found.said);
}

}  // namespace

bool find_program_text(std::string_view text, ProgramText& found) {
  found.said.clear();
  found.title = {};
  if (find_any(text, found)) return true;
  found.said.clear();
  found.title = {};
  return false;
}

}  // namespace copydesk
