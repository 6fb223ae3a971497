// SPDX-License-Identifier: Apache-2.0
#include "config_file.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <utility>

#include "application.h"
#include "copydesk/error.h"
#include "suggestion.h"

namespace copydesk::tools {

namespace {

constexpr const char* kFileName = "copydesk.toml";

// Thrown when the words have been read, so that no command runs.
struct WordsRead {};

// What the command line says before any file is looked at. Mistakes in it are for the parser that
// comes later.
void read_words(CLI::App& app, const std::vector<std::string>& words) {
  app.parse_complete_callback([] { throw WordsRead{}; });
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const WordsRead&) {
  } catch (const CLI::ParseError&) {
  }
}

CLI::App* innermost(CLI::App& app) {
  CLI::App* command = &app;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  return command;
}

std::string value_of(const CLI::App& command, const std::string& name) {
  const CLI::Option* const option = command.get_option_no_throw(name);
  return option == nullptr || option->count() == 0 ? std::string() : option->results().back();
}

std::string found_file() {
  std::error_code none;
  if (std::filesystem::is_regular_file(kFileName, none)) return kFileName;
  const char* const base = std::getenv("XDG_CONFIG_HOME");
  const char* const home = std::getenv("HOME");
  std::filesystem::path folder;
  if (base != nullptr && *base != '\0') {
    folder = base;
  } else if (home != nullptr && *home != '\0') {
    folder = std::filesystem::path(home) / ".config";
  } else {
    return {};
  }
  const std::filesystem::path path = folder / "copydesk" / kFileName;
  return std::filesystem::is_regular_file(path, none) ? path.string() : std::string();
}

// Of all commands, so that a key above all tables is known if one of them has it.
void append_names(const CLI::App& command, std::vector<std::string>& names) {
  for (const std::string& name : long_names(command)) names.push_back(name);
  for (const CLI::App* const below : command.get_subcommands({})) append_names(*below, names);
}

[[noreturn]] void fail(const std::string& path, const std::string& what, const std::string& word,
                       const std::vector<std::string>& known) {
  const std::string nearest = nearest_word(word, known);
  const std::string advice = nearest.empty() ? "" : fmt::format("; did you mean {}?", nearest);
  throw Error(ErrorCode::kInvalidOption, what + advice, path);
}

// The values of a file by the name of the option, for one command.
using Values = std::map<std::string, std::vector<std::string>>;

class ConfigReader {
 public:
  ConfigReader(CLI::App& app, const CLI::App& command, std::string path)
      : app_(app), command_(command), path_(std::move(path)) {
    append_names(app_, known_);
  }

  Values read(std::istream& file) const {
    Values shared, own;
    for (const CLI::ConfigItem& item : CLI::ConfigTOML().from_config(file)) {
      if (item.name == "++" || item.name == "--") continue;  // where a table begins and ends
      const CLI::App* const table = table_of(item.parents);
      if (table == &app_) {
        check(item.name, known_, "no command has an option");
        if (command_.get_option_no_throw("--" + item.name) != nullptr) {
          shared[item.name] = item.inputs;
        }
        continue;
      }
      check(item.name, long_names(*table),
            fmt::format("[{}] has no option", fmt::join(item.parents, ".")));
      if (table == &command_) own[item.name] = item.inputs;
    }
    own.merge(shared);
    return own;
  }

 private:
  const CLI::App* table_of(const std::vector<std::string>& parents) const {
    const CLI::App* table = &app_;
    for (const std::string& parent : parents) {
      std::vector<std::string> names;
      const CLI::App* found = nullptr;
      for (const CLI::App* const below : table->get_subcommands({})) {
        names.push_back(below->get_name());
        if (below->get_name() == parent) found = below;
      }
      if (found == nullptr) {
        fail(path_, fmt::format("there is no command \"{}\"", parent), parent, names);
      }
      table = found;
    }
    return table;
  }

  void check(const std::string& name, const std::vector<std::string>& known,
             const std::string& otherwise) const {
    const bool is_meta = name == "config" || name == "print-config" || name == "help";
    if (is_meta) fail(path_, fmt::format("{} \"{}\"", otherwise, name), {}, {});
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      fail(path_, fmt::format("{} \"{}\"", otherwise, name), name, known);
    }
  }

  CLI::App& app_;
  const CLI::App& command_;
  std::string path_;
  std::vector<std::string> known_;
};

bool is_switch(const CLI::Option& option) {
  return option.get_items_expected_max() == 0;
}

// The words that give an option the values of a file.
std::vector<std::string> words_of(const CLI::Option& option, const std::string& name,
                                  const std::vector<std::string>& values, const std::string& path) {
  std::vector<std::string> words;
  if (is_switch(option)) {
    const std::string value = values.size() == 1 ? values.front() : std::string();
    if (value != "true" && value != "false") {
      throw Error(ErrorCode::kInvalidOption, fmt::format("\"{}\" is true or false", name), path);
    }
    if (value == "true") words.push_back("--" + name);
    return words;
  }
  for (const std::string& value : values) words.push_back(fmt::format("--{}={}", name, value));
  return words;
}

std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string printed_values(const std::vector<std::string>& values) {
  if (values.size() == 1) return quoted(values.front());
  std::string out = "[";
  for (const std::string& value : values) out += (out.size() == 1 ? "" : ", ") + quoted(value);
  return out + ']';
}

// All options of the command as a table that can be read again, each with where it comes from.
std::string printed(const std::string& command_name, const CLI::App& command, const Values& values,
                    const std::string& path) {
  std::string out = fmt::format(
      "# {}\n[{}]\n", path.empty() ? "no configuration file" : "with " + path, command_name);
  for (const CLI::Option* const option : command.get_options()) {
    if (option->get_lnames().empty()) continue;
    const std::string& name = option->get_lnames().front();
    if (name == "help" || name == "config" || name == "print-config") continue;
    std::string line, origin;
    const auto found = values.find(name);
    if (option->count() > 0) {
      line = is_switch(*option) ? "true" : printed_values(option->results());
      origin = "command line";
    } else if (found != values.end()) {
      line = is_switch(*option) ? found->second.front() : printed_values(found->second);
      origin = path;
    }
    if (!origin.empty()) {
      out += fmt::format("{} = {}  # {}\n", name, line, origin);
    } else if (is_switch(*option) || !option->get_default_str().empty()) {
      // Not as a value: some may be given only with others.
      const std::string value = is_switch(*option) ? "false" : quoted(option->get_default_str());
      out += fmt::format("# {} = {}  # default\n", name, value);
    } else {
      out += fmt::format("# {} is not set\n", name);
    }
  }
  return out;
}

}  // namespace

Configuration configure(std::vector<std::string> words) {
  Configuration configuration;
  configuration.words = std::move(words);
  // An application of its own takes as long as all else that a small run does.
  const bool is_asked = std::any_of(
      configuration.words.begin(), configuration.words.end(), [](const std::string& word) {
        return word.starts_with("--config") || word == "--print-config";
      });
  std::string usual = found_file();
  if (usual.empty() && !is_asked) return configuration;
  int exit_code = 0;
  const std::unique_ptr<CLI::App> app = make_application(exit_code);
  read_words(*app, configuration.words);
  const CLI::App& command = *innermost(*app);
  if (command.get_option_no_throw("--config") == nullptr) return configuration;  // no command yet

  const std::string named = value_of(command, "--config");
  configuration.path = named.empty() ? std::move(usual) : named;
  Values values;
  if (!configuration.path.empty()) {
    std::ifstream file(configuration.path);
    if (!file) {
      throw Error(ErrorCode::kCannotOpen, "cannot be read", configuration.path);
    }
    values = ConfigReader(*app, command, configuration.path).read(file);
  }
  // Before "--", behind which all words are inputs.
  auto place = std::find(configuration.words.begin(), configuration.words.end(), "--");
  for (const auto& [name, given] : values) {
    const CLI::Option& option = *command.get_option("--" + name);
    if (option.count() > 0) continue;
    const std::vector<std::string> added = words_of(option, name, given, configuration.path);
    place = configuration.words.insert(place, added.begin(), added.end()) +
            static_cast<std::ptrdiff_t>(added.size());
    configuration.applied.push_back(name);
  }
  const CLI::Option* const quiet = command.get_option_no_throw("--quiet");
  const auto said = values.find("quiet");
  configuration.is_quiet =
      quiet != nullptr &&
      (quiet->count() > 0 || (said != values.end() && said->second.back() == "true"));
  if (command.count("--print-config") > 0) {
    std::string name = command.get_name();
    for (const CLI::App* above = command.get_parent(); above != app.get();
         above = above->get_parent()) {
      name = above->get_name() + "." + name;
    }
    configuration.printed = printed(name, command, values, configuration.path);
  }
  return configuration;
}

}  // namespace copydesk::tools
