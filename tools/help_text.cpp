// SPDX-License-Identifier: Apache-2.0
#include "help_text.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>

namespace copydesk::tools {

namespace {

constexpr std::size_t kDescriptionColumn = 30;
constexpr std::size_t kMostColumns = 100, kColumnsWithoutTerminal = 80, kFewestColumns = 60;

// Appends `text`, broken at spaces, to a line that is at `column`; further lines are indented.
void append_wrapped(std::string& out, std::string_view text, std::size_t column, std::size_t indent,
                    std::size_t width) {
  bool is_first = true;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!is_first && column + 1 + word.size() > width) {
      out += '\n';
      out.append(indent, ' ');
      column = indent;
      is_first = true;
    }
    if (!is_first) out += ' ', ++column;
    out += word;
    column += word.size();
    is_first = false;
  }
  out += '\n';
}

// Appends an example, which a shell understands as well where it is broken: at spaces outside of
// quotes.
void append_example(std::string& out, std::string_view line, std::size_t width) {
  constexpr std::string_view kContinued = " \\\n      ";
  std::size_t column = 0;
  while (column + line.size() > width) {
    std::size_t at = std::string_view::npos;  // of the last space at which it may be broken
    char quote = 0;
    for (std::size_t i = 0; i + column + 2 <= width; ++i) {
      const char c = line[i];
      if (c == quote) {
        quote = 0;
      } else if (quote == 0 && (c == '\'' || c == '"')) {
        quote = c;
      } else if (quote == 0 && c == ' ' && i > 2) {
        at = i;
      }
    }
    if (at == std::string_view::npos) break;
    out.append(line.substr(0, at));
    out += kContinued;
    column = 6;
    line.remove_prefix(at + 1);
  }
  out.append(line);
  out += '\n';
}

void append_row(std::string& out, const std::string& name, const std::string& description,
                std::size_t width) {
  std::string row = "  " + name;
  if (row.size() + 2 > kDescriptionColumn) {
    out += row + '\n';
    row.clear();
  }
  row.resize(kDescriptionColumn, ' ');
  out += row;
  append_wrapped(out, description, kDescriptionColumn, kDescriptionColumn, width);
}

std::string described(const OptionReference& option) {
  std::string text = option.description;
  if (option.is_required && !option.is_positional) text += " (required)";
  const bool says_so = text.find("default") != std::string::npos;
  if (!option.default_value.empty() && !says_so) text += " [" + option.default_value + "]";
  return text;
}

std::size_t terminal_width() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) == 0 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 ||
      size.ws_col == 0) {
    return kColumnsWithoutTerminal;
  }
  return std::clamp<std::size_t>(size.ws_col, kFewestColumns, kMostColumns);
}

class HelpFormatter : public CLI::FormatterBase {
 public:
  std::string make_help(const CLI::App* app, std::string, CLI::AppFormatMode) const override {
    return help_text(read_reference(*app), terminal_width());
  }
};

}  // namespace

std::string help_text(const CommandReference& command, std::size_t width) {
  std::string out;
  append_wrapped(out, command.description, 0, 0, width);
  const std::string program = command.name == "copydesk" ? "" : "copydesk ";
  out += "\nUsage: " + program + usage_of(command) + "\n";
  if (!command.positionals.empty()) out += '\n';
  for (const OptionReference& positional : command.positionals) {
    append_row(out, spelled(positional), described(positional), width);
  }
  if (!command.commands.empty()) out += "\nCommands:\n";
  for (const CommandReference& below : command.commands) {
    append_row(out, own_name(below), below.description, width);
  }
  for (const OptionGroup& group : command.groups) {
    out += fmt::format("\n{}:\n", group.name);
    for (const OptionReference& option : group.options) {
      append_row(out, spelled(option), described(option), width);
    }
  }
  if (!command.footer.empty()) out += '\n';
  for (std::string_view rest = command.footer; !rest.empty();) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with(' ')) {
      append_example(out, line, width);
    } else {
      append_wrapped(out, line, 0, 0, width);
    }
  }
  return out;
}

std::shared_ptr<CLI::FormatterBase> make_help_formatter() {
  return std::make_shared<HelpFormatter>();
}

}  // namespace copydesk::tools
