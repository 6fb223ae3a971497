#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Words to people: messages and the progress line, both on standard error.

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "copydesk/run/run_control.h"

namespace copydesk::tools {

// Corpus text as it may be shown on a terminal: control characters, invisible direction marks and
// invalid UTF-8 become visible escapes.
[[nodiscard]] std::string printable(std::string_view text);

// The same line by line: line feeds stay.
[[nodiscard]] std::string printable_lines(std::string_view text);

// "1.2 GB", "640 B": decimal units, two significant digits and more.
[[nodiscard]] std::string format_bytes(double bytes);
// "12,345,678".
[[nodiscard]] std::string format_count(std::uint64_t count);
// "1 document", "12,345 documents"; what does not take an s, in full: counted(2, "copy", "copies").
[[nodiscard]] std::string counted(std::uint64_t count, std::string_view noun,
                                  std::string_view plural = {});
// A line "written   PATH" for each file; nothing for empty names and standard output.
[[nodiscard]] std::string written_lines(std::initializer_list<std::string_view> paths);
// "0.84 s", "2 min 05 s".
[[nodiscard]] std::string format_seconds(double seconds);

// Prints "copydesk: MESSAGE" to standard error.
void print_message(std::string_view message);

// Prints `text` to standard error. Where that cannot be written to, there is nobody to tell.
void print_to_people(std::string_view text);

enum class ProgressMode { kAuto, kAlways, kNever };

// One line that is rewritten in place while standard error is a terminal; with kAlways elsewhere,
// a plain line a minute. Not thread-safe: the pipeline calls it from one thread at a time.
class ProgressLine {
 public:
  explicit ProgressLine(ProgressMode mode);
  ~ProgressLine();
  void show(const Progress& progress);
  // Takes the line away, so that a message can be printed.
  void clear();

 private:
  bool enabled_;
  bool terminal_;
  bool visible_ = false;
  std::string stage_;
  std::chrono::steady_clock::time_point stage_start_, last_shown_;
};

}  // namespace copydesk::tools
