// SPDX-License-Identifier: Apache-2.0
#include "application.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <string>

#include "command.h"
#include "copydesk/kernels/target.h"
#include "copydesk/version.h"
#include "count_options.h"
#include "help_text.h"

namespace copydesk::tools {

namespace {

std::string version_text() {
  return fmt::format("copydesk {}\ntext rules {}\nkernels {} (this machine offers {})", version(),
                     kTextRulesVersion, simd_target(), fmt::join(simd_targets(), ", "));
}

// What kind of value an option takes, where the parser would only say TEXT.
std::string value_name(const std::string& option) {
  if (option.ends_with("-field")) return "FIELD";
  static const std::map<std::string, std::string> kNames = {{"against", "PATH..."},
                                                            {"as", "FORM"},
                                                            {"clusters", "FILE"},
                                                            {"cut", "FILE"},
                                                            {"decisions", "FILE"},
                                                            {"drop", "FILE"},
                                                            {"exclude", "PATTERN"},
                                                            {"families", "FILE"},
                                                            {"family", "FIELD"},
                                                            {"files-from", "FILE"},
                                                            {"format", "FORMAT"},
                                                            {"host", "ADDRESS"},
                                                            {"html", "FILE"},
                                                            {"idf", "FILE"},
                                                            {"idf-out", "FILE"},
                                                            {"file", "FILE"},
                                                            {"ids", "FILE"},
                                                            {"in", "PATH..."},
                                                            {"include", "PATTERN"},
                                                            {"language", "LANG"},
                                                            {"mark", "FILE"},
                                                            {"max-record", "SIZE"},
                                                            {"memory", "SIZE"},
                                                            {"model", "FILE"},
                                                            {"model-out", "FILE"},
                                                            {"must-include", "TERM"},
                                                            {"output", "FILE"},
                                                            {"output-format", "FORMAT"},
                                                            {"pairs", "FILE"},
                                                            {"prepared", "FILE"},
                                                            {"rejects", "FILE"},
                                                            {"report", "FILE"},
                                                            {"socket", "PATH"},
                                                            {"sqlite", "FILE"},
                                                            {"stem", "LANG"},
                                                            {"work-dir", "FOLDER"}};
  const auto found = kNames.find(option);
  return found == kNames.end() ? "WORD" : found->second;
}

// A command that was made by itself, as those of evaluate are, has inherited nothing.
void set_help(CLI::App& command, const std::shared_ptr<CLI::FormatterBase>& formatter) {
  command.formatter(formatter);
  for (CLI::Option* const option : command.get_options()) {
    const std::string type = option->get_type_name();
    if (type == "UINT") {
      option->type_name("N");
    } else if (type == "FLOAT") {
      option->type_name("NUMBER");
    } else if (type == "TEXT" && !option->get_lnames().empty()) {
      option->type_name(value_name(option->get_lnames().front()));
    }
  }
  for (CLI::App* const inner : command.get_subcommands({})) set_help(*inner, formatter);
}

// Of each command that does something. config_file.h acts on them before the command is run.
void add_configuration(CLI::App& command) {
  if (command.get_subcommands({}).empty()) {
    command.add_option("--config", "Options from this file instead of copydesk.toml")
        ->type_name("FILE")
        ->group("Configuration");
    command
        .add_flag_callback(
            "--print-config", [] {}, "Print each option, its value and where it comes from; end")
        ->group("Configuration");
  }
  for (CLI::App* const inner : command.get_subcommands({})) add_configuration(*inner);
}

}  // namespace

std::unique_ptr<CLI::App> make_application(int& exit_code) {
  auto app = std::make_unique<CLI::App>(
      "Takes in scraped text, throws out the copies, writes the abstracts.", "copydesk");
  app->footer(
      "Examples:\n"
      "  copydesk dedup crawl.warc.gz -o clean.jsonl.zst --decisions why.jsonl\n"
      "  copydesk blocks pages/ --scope page,site --cut -o cleaned.jsonl\n"
      "  copydesk summarize news.jsonl --sentences 3 -o abstracts.jsonl\n"
      "  copydesk help dedup");
  app->set_version_flag("-V,--version", version_text);
  app->require_subcommand(1);
  add_dedup_command(*app, exit_code);
  add_pairs_command(*app, exit_code);
  add_blocks_command(*app, exit_code);
  add_restore_command(*app, exit_code);
  add_extract_command(*app, exit_code);
  add_filter_command(*app, exit_code);
  add_index_command(*app, exit_code);
  add_serve_command(*app, exit_code);
  add_split_command(*app, exit_code);
  add_reuse_command(*app, exit_code);
  add_decontaminate_command(*app, exit_code);
  add_compare_command(*app, exit_code);
  add_why_command(*app, exit_code);
  add_summarize_command(*app, exit_code);
  add_evaluate_command(*app, exit_code);
  read_counts_alike(*app);
  read_shares_alike(*app);
  add_configuration(*app);
  set_help(*app, make_help_formatter());
  return app;
}

std::vector<std::string> long_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back(name);
  }
  return names;
}

}  // namespace copydesk::tools
