#include "console.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iterator>

#include "copydesk/write/page/page.h"

namespace copydesk::tools {

namespace {

std::size_t terminal_width() {
  winsize size{};
  if (::ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

bool is_terminal() {
  const char* const kind = std::getenv("TERM");
  return ::isatty(STDERR_FILENO) == 1 && (kind == nullptr || std::strcmp(kind, "dumb") != 0);
}

}  // namespace

std::string format_bytes(double bytes) {
  static constexpr std::array<const char*, 5> kUnits = {"B", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 1000.0 && unit + 1 < kUnits.size()) {
    bytes /= 1000.0;
    ++unit;
  }
  return fmt::format("{:.{}f} {}", bytes, unit == 0 || bytes >= 100.0 ? 0 : 1, kUnits[unit]);
}

std::string format_count(std::uint64_t count) {
  return with_commas(count);
}

std::string counted(std::uint64_t count, std::string_view noun, std::string_view plural) {
  return counted_noun(count, noun, plural);
}

std::string written_lines(std::initializer_list<std::string_view> paths) {
  std::string text;
  for (const std::string_view path : paths) {
    if (path.empty() || path == "-") continue;
    fmt::format_to(std::back_inserter(text), "written   {}\n", printable(path));
  }
  return text;
}

std::string format_seconds(double seconds) {
  if (seconds < 60.0) return fmt::format("{:.{}f} s", seconds, seconds < 10.0 ? 2 : 1);
  const auto whole = static_cast<std::uint64_t>(seconds + 0.5);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

void print_to_people(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

void print_message(std::string_view message) {
  print_to_people(fmt::format("copydesk: {}\n", message));
}

ProgressLine::ProgressLine(ProgressMode mode)
    : enabled_(mode == ProgressMode::kAlways || (mode == ProgressMode::kAuto && is_terminal())),
      terminal_(is_terminal()),
      last_shown_(std::chrono::steady_clock::now()) {}

ProgressLine::~ProgressLine() { clear(); }

void ProgressLine::clear() {
  if (!visible_) return;
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
  visible_ = false;
}

void ProgressLine::show(const Progress& progress) {
  if (!enabled_) return;
  const auto now = std::chrono::steady_clock::now();
  if (progress.stage != stage_) {
    stage_ = progress.stage;
    stage_start_ = now;
    if (terminal_) last_shown_ = now;
  }
  // What is short is not shown; elsewhere one line a minute, whatever the stage.
  constexpr auto kFirst = std::chrono::milliseconds(100);
  const auto interval = terminal_ ? kFirst : std::chrono::seconds(60);
  if (now - last_shown_ < interval || now - stage_start_ < kFirst) return;
  last_shown_ = now;

  const double seconds = std::chrono::duration<double>(now - stage_start_).count();
  const double rate = static_cast<double>(progress.done) / std::max(seconds, 1e-9);
  const bool bytes = progress.unit == "bytes";
  std::string line = fmt::format("{:8}", progress.stage);
  if (progress.total > 0) {
    const double share = static_cast<double>(progress.done) / static_cast<double>(progress.total);
    fmt::format_to(std::back_inserter(line), " {:3.0f} %", 100.0 * std::min(share, 1.0));
  }
  fmt::format_to(std::back_inserter(line), "  {}",
                 bytes ? format_bytes(static_cast<double>(progress.done))
                       : format_count(progress.done) + " " + std::string(progress.unit));
  if (progress.documents > 0 && bytes) {
    fmt::format_to(std::back_inserter(line), "  {}", counted(progress.documents, "document"));
  }
  if (bytes) fmt::format_to(std::back_inserter(line), "  {}/s", format_bytes(rate));
  if (progress.total > progress.done && rate > 0.0) {
    fmt::format_to(std::back_inserter(line), "  {} left",
                   format_seconds(static_cast<double>(progress.total - progress.done) / rate));
  }
  if (terminal_) {
    line.resize(std::min(line.size(), terminal_width() - 1));
    print_to_people("\r" + line + "\033[K");
    visible_ = true;
  } else {
    print_to_people(line + "\n");
  }
  std::fflush(stderr);
}

}  // namespace copydesk::tools
