// SPDX-License-Identifier: Apache-2.0
//
// Writes man pages, completions and the table of options from the command line itself:
//   write_reference man FOLDER            copydesk.1, copydesk-dedup.1, ...
//   write_reference completions FOLDER    copydesk.bash, _copydesk (zsh), copydesk.fish
//   write_reference markdown FILE         docs/options.md
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "application.h"
#include "command_reference.h"
#include "copydesk/version.h"

namespace copydesk::tools {
namespace {

void write_file(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::string replace_all(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// All commands that do something, in order; `evaluate` itself only has others below it.
void collect(const CommandReference& command, std::vector<const CommandReference*>& all) {
  for (const CommandReference& below : command.commands) {
    all.push_back(&below);
    collect(below, all);
  }
}

// ---- man pages

std::string roff(std::string text) {
  text = replace_all(replace_all(std::move(text), "\\", "\\e"), "-", "\\-");
  text = replace_all(std::move(text), "\n.", "\n\\&.");
  text = replace_all(std::move(text), "\n'", "\n\\&'");
  return text.starts_with('.') || text.starts_with('\'') ? "\\&" + text : text;
}

std::string page_name(const CommandReference& command, bool is_top) {
  return is_top ? "copydesk" : "copydesk-" + replace_all(command.name, " ", "-");
}

void append_options(const std::vector<OptionReference>& options, std::string& page) {
  for (const OptionReference& option : options) {
    page += ".TP\n.B " + roff(spelled(option)) + "\n" + roff(option.description);
    if (!option.default_value.empty()) page += ". Default: " + roff(option.default_value);
    page += ".\n";
  }
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return text;
}

std::string man_page(const CommandReference& command, bool is_top) {
  const std::string name = page_name(command, is_top);
  std::string page =
      fmt::format(".TH {} 1 \"\" \"copydesk {}\" \"copydesk\"\n", roff(upper(name)), version());
  page += ".SH NAME\n" + roff(name) + " \\- " + roff(command.description) + "\n.SH SYNOPSIS\n.B " +
          roff((is_top ? "" : "copydesk ") + usage_of(command)) + "\n";
  if (!command.positionals.empty()) {
    page += ".SH ARGUMENTS\n";
    append_options(command.positionals, page);
  }
  for (const OptionGroup& group : command.groups) {
    page += ".SH " + roff(upper(group.name)) + "\n";
    append_options(group.options, page);
  }
  if (!command.commands.empty()) {
    page += ".SH COMMANDS\n";
    for (const CommandReference& below : command.commands) {
      page +=
          ".TP\n.BR " + roff(page_name(below, false)) + " (1)\n" + roff(below.description) + ".\n";
    }
  }
  if (!command.footer.empty()) {
    std::string examples = command.footer;
    if (examples.starts_with("Examples:\n")) examples = examples.substr(10);
    page += ".SH EXAMPLES\n.nf\n" + roff(examples) + "\n.fi\n";
  }
  page +=
      ".SH EXIT STATUS\n.TP\n.B 0\nDone.\n.TP\n.B 1\nFailed: what was to be written is as it was "
      "before.\n.TP\n.B 2\nWrong usage.\n.TP\n.B 3\nDone, but records were skipped and "
      "counted.\n";
  if (!is_top) page += ".SH SEE ALSO\n.BR copydesk (1)\n";
  return page;
}

// ---- completions

// Whether the value of an option is a file, or several: "PATH...".
bool is_file(const OptionReference& option) {
  const auto begins = [&](const char* kind) { return option.value.starts_with(kind); };
  return begins("FILE") || begins("PATH") || begins("FOLDER");
}

std::vector<const OptionReference*> options_of(const CommandReference& command) {
  std::vector<const OptionReference*> all;
  for (const OptionGroup& group : command.groups) {
    for (const OptionReference& option : group.options) all.push_back(&option);
  }
  return all;
}

std::string names_of(const CommandReference& command) {
  std::string names;
  for (const OptionReference* const option : options_of(command)) {
    for (const std::string& name : option->names) names += (names.empty() ? "" : " ") + name;
  }
  for (const CommandReference& below : command.commands) {
    names += " " + own_name(below);
  }
  return names;
}

std::string bash_completion(const CommandReference& top) {
  std::vector<const CommandReference*> all;
  collect(top, all);
  std::string text =
      "# bash completion of copydesk; written by write_reference.\n"
      "_copydesk() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} command= options i\n"
      "  for ((i = 1; i < COMP_CWORD; ++i)); do\n"
      "    case ${COMP_WORDS[i]} in\n"
      "      -*) ;;\n"
      "      *) case \"$command ${COMP_WORDS[i]}\" in\n";
  for (const CommandReference* const command : all) {
    text += fmt::format("        \" {}\") command=\" {}\" ;;\n", command->name, command->name);
  }
  text +=
      "      esac ;;\n"
      "    esac\n"
      "  done\n"
      "  case $command in\n";
  for (const CommandReference* const command : all) {
    text += fmt::format("    \" {}\") options=\"{}\" ;;\n", command->name, names_of(*command));
  }
  text += fmt::format("    *) options=\"{}\" ;;\n", names_of(top));
  text +=
      "  esac\n"
      "  COMPREPLY=()\n"
      "  if [[ -z $command || $command == \" evaluate\" || $word == -* ]]; then\n"
      "    COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
      "  fi\n"
      "  if [[ ${#COMPREPLY[@]} -eq 0 && $word != -* ]]; then\n"
      "    compopt -o filenames 2> /dev/null\n"
      "    mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
      "  fi\n"
      "}\n"
      "complete -F _copydesk copydesk\n";
  return text;
}

std::string zsh_quoted(std::string text) {
  text = replace_all(std::move(text), "'", "'\\''");
  for (const char* const c : {"[", "]", ":"}) {
    text = replace_all(std::move(text), c, std::string("\\") + c);
  }
  return text;
}

void append_zsh_arguments(const CommandReference& command, std::string& text) {
  for (const OptionReference* const option : options_of(command)) {
    for (const std::string& name : option->names) {
      text += fmt::format(" \\\n    '{}{}[{}]{}'", option->takes_several ? "*" : "", name,
                          zsh_quoted(option->description),
                          option->value.empty() ? ""
                          : is_file(*option)    ? ":" + zsh_quoted(option->value) + ":_files"
                                                : ":" + zsh_quoted(option->value) + ":");
    }
  }
}

std::string zsh_completion(const CommandReference& top) {
  std::vector<const CommandReference*> all;
  collect(top, all);
  std::string text =
      "#compdef copydesk\n# zsh completion of copydesk; written by write_reference.\n";
  const auto function_of = [](const CommandReference& command) {
    return "_copydesk_" + replace_all(command.name, " ", "_");
  };
  const auto append_function = [&](const std::string& name, const CommandReference& command) {
    text += name + "() {\n";
    if (command.commands.empty()) {
      text += "  _arguments -s";
      append_zsh_arguments(command, text);
      text += " \\\n    '*:file:_files'\n}\n";
      return;
    }
    text += "  local line state\n  _arguments -C";
    append_zsh_arguments(command, text);
    text +=
        " \\\n    '1:command:->command' '*::argument:->argument'\n  case $state in\n"
        "    command) _values command";
    for (const CommandReference& below : command.commands) {
      text += fmt::format(" \\\n      '{}[{}]'", own_name(below),
                          zsh_quoted(below.description));
    }
    text += " ;;\n    argument) case $line[1] in\n";
    for (const CommandReference& below : command.commands) {
      text += fmt::format("      {}) {} ;;\n", own_name(below),
                          function_of(below));
    }
    text += "    esac ;;\n  esac\n}\n";
  };
  for (const CommandReference* const command : all)
    append_function(function_of(*command), *command);
  append_function("_copydesk", top);
  return text + "_copydesk \"$@\"\n";
}

std::string fish_quoted(std::string text) {
  return replace_all(replace_all(std::move(text), "\\", "\\\\"), "'", "\\'");
}

void append_fish_options(const CommandReference& command, const std::string& condition,
                         std::string& text) {
  for (const OptionReference* const option : options_of(command)) {
    text += "complete -c copydesk -n '" + condition + "'";
    for (const std::string& name : option->names) {
      text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
    }
    if (!option->value.empty()) text += is_file(*option) ? " -r -F" : " -x";
    text += " -d '" + fish_quoted(option->description) + "'\n";
  }
}

std::string fish_completion(const CommandReference& top) {
  std::string text = "# fish completion of copydesk; written by write_reference.\n";
  append_fish_options(top, "__fish_use_subcommand", text);
  for (const CommandReference& command : top.commands) {
    text += fmt::format("complete -c copydesk -f -n __fish_use_subcommand -a {} -d '{}'\n",
                        command.name, fish_quoted(command.description));
    const std::string within = "__fish_seen_subcommand_from " + command.name;
    if (command.commands.empty()) {
      append_fish_options(command, within, text);
      continue;
    }
    std::string others;
    for (const CommandReference& below : command.commands) {
      others += " " + own_name(below);
    }
    for (const CommandReference& below : command.commands) {
      const std::string name = own_name(below);
      text += fmt::format(
          "complete -c copydesk -f -n '{}; and not __fish_seen_subcommand_from{}' -a {} -d '{}'\n",
          within, others, name, fish_quoted(below.description));
      append_fish_options(below, within + "; and __fish_seen_subcommand_from " + name, text);
    }
  }
  return text;
}

// ---- docs/options.md

std::string cell(std::string text) {
  return replace_all(std::move(text), "|", "\\|");
}

std::string markdown(const CommandReference& top) {
  std::vector<const CommandReference*> all;
  collect(top, all);
  std::string text =
      "# All options\n\nWritten by `write_reference markdown docs/options.md` from the command "
      "line "
      "itself; a test tells when it is\nout of date. `copydesk COMMAND --help` shows the same.\n";
  for (const CommandReference* const command : all) {
    text += fmt::format("\n## copydesk {}\n\n{}.\n\n```\ncopydesk {}\n```\n", command->name,
                        command->description, usage_of(*command));
    if (!command->commands.empty()) continue;
    for (const OptionGroup& group : command->groups) {
      text += fmt::format("\n| {} | default | |\n|---|---|---|\n", group.name);
      for (const OptionReference& option : group.options) {
        text += fmt::format("| `{}` | {} | {} |\n", spelled(option), cell(option.default_value),
                            cell(option.description));
      }
    }
  }
  return text;
}

int run(const std::string& what, const std::string& where) {
  int exit_code = 0;
  const auto app = make_application(exit_code);
  const CommandReference top = read_reference(*app);
  if (what == "man") {
    std::vector<const CommandReference*> all;
    collect(top, all);
    write_file(where + "/copydesk.1", man_page(top, true));
    for (const CommandReference* const command : all) {
      write_file(where + "/" + page_name(*command, false) + ".1", man_page(*command, false));
    }
  } else if (what == "completions") {
    write_file(where + "/copydesk.bash", bash_completion(top));
    write_file(where + "/_copydesk", zsh_completion(top));
    write_file(where + "/copydesk.fish", fish_completion(top));
  } else if (what == "markdown") {
    write_file(where, markdown(top));
  } else {
    return 2;
  }
  return 0;
}

}  // namespace
}  // namespace copydesk::tools

int main(int argc, char** argv) {
  try {
    if (argc == 3) return copydesk::tools::run(argv[1], argv[2]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "write_reference: {}\n", error.what());
    return 1;
  }
  fmt::print(stderr, "usage: write_reference man|completions FOLDER, or markdown FILE\n");
  return 2;
}
