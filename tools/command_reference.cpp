// SPDX-License-Identifier: Apache-2.0
#include "command_reference.h"

#include <CLI/CLI.hpp>
#include <algorithm>

namespace copydesk::tools {

namespace {

OptionReference read_option(const CLI::Option& option) {
  OptionReference read;
  read.is_positional = option.nonpositional() ? false : option.get_positional();
  if (read.is_positional) {
    read.names = {option.get_name(true)};
  } else {
    for (const std::string& name : option.get_snames()) read.names.push_back("-" + name);
    for (const std::string& name : option.get_lnames()) read.names.push_back("--" + name);
  }
  read.value = option.get_type_name();  // switches have none
  if (!read.value.empty()) {
    read.default_value = option.get_default_str();
    if (read.default_value == "[]") read.default_value.clear();
  }
  read.description = option.get_description();
  read.is_required = option.get_required();
  read.takes_several = option.get_items_expected_max() > 1;
  return read;
}

CommandReference read_command(const CLI::App& app, const std::string& name) {
  CommandReference read;
  read.name = name;
  read.description = app.get_description();
  read.footer = app.get_footer();
  for (const CLI::Option* const option : app.get_options()) {
    if (option->get_group().empty()) continue;  // hidden
    OptionReference one = read_option(*option);
    if (one.is_positional) {
      read.positionals.push_back(std::move(one));
      continue;
    }
    auto group = std::find_if(read.groups.begin(), read.groups.end(),
                              [&](const OptionGroup& g) { return g.name == option->get_group(); });
    if (group == read.groups.end()) {
      read.groups.push_back({option->get_group(), {}});
      group = read.groups.end() - 1;
    }
    group->options.push_back(std::move(one));
  }
  for (const CLI::App* const below : app.get_subcommands({})) {
    const std::string prefix = app.get_parent() == nullptr ? "" : name + " ";
    read.commands.push_back(read_command(*below, prefix + below->get_name()));
  }
  return read;
}

}  // namespace

CommandReference read_reference(const CLI::App& app) {
  std::string name = app.get_name();
  for (const CLI::App* above = app.get_parent(); above != nullptr && above->get_parent() != nullptr;
       above = above->get_parent()) {
    name = above->get_name() + " " + name;
  }
  return read_command(app, name);
}

std::string spelled(const OptionReference& option) {
  std::string text;
  for (const std::string& name : option.names) text += (text.empty() ? "" : ", ") + name;
  if (option.is_positional) return option.takes_several ? text + "..." : text;
  if (!option.value.empty()) text += " " + option.value;
  return text;
}

std::string own_name(const CommandReference& command) {
  return command.name.substr(command.name.rfind(' ') + 1);
}

std::string usage_of(const CommandReference& command) {
  std::string usage = command.name;
  if (!command.groups.empty()) usage += " [OPTIONS]";
  if (!command.commands.empty()) usage += " COMMAND";
  for (const OptionReference& positional : command.positionals) {
    std::string name = positional.names.front();
    if (positional.takes_several) name += "...";
    usage += positional.is_required ? " " + name : " [" + name + "]";
  }
  return usage;
}

}  // namespace copydesk::tools
