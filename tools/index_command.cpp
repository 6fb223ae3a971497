// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <optional>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "copydesk/read/record_list.h"
#include "exit_code.h"
#include "index_commands.h"
#include "index_export.h"
#include "signals.h"

namespace copydesk::tools {

namespace {

struct UpkeepCommand {
  std::string path;
  std::string ids;
  std::string where;
  bool by_id = false;
  std::string sqlite;
  bool texts = false;
  bool quiet = false;
  bool allow_older = false;
};

RunControl control_of_signals() {
  RunControl control;
  control.stop = &stop_requested();
  return control;
}

int show_info(const UpkeepCommand& command) {
  fmt::print("{}", describe_index(IndexReader(command.path, command.allow_older)));
  return kDone;
}

int check(const UpkeepCommand& command) {
  const RunControl control = control_of_signals();
  const std::uint64_t faults = check_index(
      command.path, [](const std::string& sentence) { print_message(printable(sentence)); }, control);
  if (faults == 0 && !command.quiet) {
    print_to_people(fmt::format("sound     {}\n", printable(command.path)));
  }
  return faults == 0 ? kDone : kFailed;
}

// "source=X" or "file=X".
IndexSelection parse_where(const std::string& text) {
  IndexSelection selection;
  const std::size_t sign = text.find('=');
  const std::string name = text.substr(0, sign);
  const std::string value = sign == text.npos ? "" : text.substr(sign + 1);
  if (value.empty() || (name != "source" && name != "file")) {
    throw Error(ErrorCode::kInvalidOption, "is neither source=NAME nor file=PATH", "--where");
  }
  (name == "source" ? selection.source : selection.file) = value;
  return selection;
}

int remove(const UpkeepCommand& command) {
  if (command.ids.empty() && command.where.empty()) {
    throw Error(ErrorCode::kInvalidOption,
                "this list or --where says which documents are taken out", "--ids");
  }
  const RunControl control = control_of_signals();
  IndexSelection selection;
  if (!command.where.empty()) selection = parse_where(command.where);
  std::optional<RecordList> list;
  if (!command.ids.empty()) {
    list.emplace(RecordList::read(command.ids, command.by_id, control.stop));
    selection.list = &*list;
  }
  const IndexRemoval result = remove_from_index(command.path, selection, control);
  if (command.quiet) return kDone;
  std::string text = fmt::format("taken out {}, and {} that were removed for copies\n",
                                 counted(result.removed, "document"), format_count(result.evidence));
  if (result.found < result.named) {
    text += fmt::format("note      {} of the list {} not in the index\n",
                        counted(result.named - result.found, "record"),
                        result.named - result.found == 1 ? "is" : "are");
  }
  print_to_people(text + "note      their bytes are there until `copydesk index compact`\n");
  return kDone;
}

int rewrite(const UpkeepCommand& command, bool forget) {
  const IndexRewriting result = rewrite_index(command.path, forget, control_of_signals());
  if (command.quiet) return kDone;
  print_to_people(fmt::format(
      "segments  {}, before {}\ndropped   {} that were taken out\nbytes     {}, before {}\n",
      result.segments, result.segments_before, counted(result.dropped, "document"),
      format_bytes(static_cast<double>(result.bytes)),
      format_bytes(static_cast<double>(result.bytes_before))));
  return kDone;
}

int upgrade(const UpkeepCommand& command) {
  const std::string format = upgrade_index(command.path);
  if (!command.quiet) {
    print_to_people(fmt::format("newest    {} has the format {}, and this program no newer one\n",
                                printable(command.path), format));
  }
  return kDone;
}

int write_database(const UpkeepCommand& command) {
  if (command.sqlite.empty()) {
    throw Error(ErrorCode::kInvalidOption, "this says which file is written", "--sqlite");
  }
  const IndexReader index(command.path, command.allow_older);
  const ExportedRows rows =
      export_to_sqlite(index, command.sqlite, command.texts, StopFlag(&stop_requested()));
  if (!command.quiet) {
    print_to_people(fmt::format("exported  {}, {}\n{}", counted(rows.documents, "document"),
                                counted(rows.decisions, "decision"), written_lines({command.sqlite})));
  }
  return kDone;
}

template <class Run>
CLI::App* add(CLI::App& index, const char* name, const char* help, const char* footer,
              int& exit_code, const std::shared_ptr<UpkeepCommand>& state, Run run) {
  CLI::App* const command = index.add_subcommand(name, help);
  command->add_option("INDEX", state->path, "An index")->required();
  command->footer(std::string("Examples:\n") + footer);
  command->callback([state, &exit_code, run] { exit_code = run(*state); });
  return command;
}

void add_quiet(CLI::App* command, UpkeepCommand& state) {
  command->add_flag("-q,--quiet", state.quiet, "No summary; errors only");
}

void add_upkeep(CLI::App& index, int& exit_code) {
  auto state = std::make_shared<UpkeepCommand>();
  CLI::App* command = add(index, "remove", "Take documents out: from then on nothing is like them",
                          "  copydesk index remove news.index --ids withdrawn.txt\n"
                          "  copydesk index remove news.index --where source=example.org",
                          exit_code, state, remove);
  command->add_option("--ids", state->ids,
                      "These: a list of ids or FILE:LINE, CSV or JSON Lines with id, or file and line");
  command->add_flag("--by-id", state->by_id, "Go by the ids of a list that has places, too");
  command->add_option("--where", state->where, "All of a source, or of a file: source=NAME, file=PATH");
  add_quiet(command, *state);

  state = std::make_shared<UpkeepCommand>();
  command = add(index, "info", "Tell what an index is and what is in it, as JSON",
                "  copydesk index info news.index\n"
                "  copydesk index info news.index | jq .documents",
                exit_code, state, show_info);
  command->add_flag("--allow-older", state->allow_older,
                    "If the newest state of the index is damaged, take the one before it");

  state = std::make_shared<UpkeepCommand>();
  command = add(index, "check", "Read everything; name each fault with its file and place",
                "  copydesk index check news.index\n"
                "  copydesk index check news.index -q || echo damaged",
                exit_code, state, check);
  add_quiet(command, *state);

  state = std::make_shared<UpkeepCommand>();
  command = add(index, "merge", "Bring segments together, so that queries are faster",
                "  copydesk index merge news.index\n"
                "  copydesk index merge news.index -q",
                exit_code, state, [](const UpkeepCommand& one) { return rewrite(one, false); });
  add_quiet(command, *state);

  state = std::make_shared<UpkeepCommand>();
  command = add(index, "compact",
                "Write the index anew, so that what was taken out is gone from the disk",
                "  copydesk index compact news.index\n"
                "  copydesk index compact news.index -q",
                exit_code, state, [](const UpkeepCommand& one) { return rewrite(one, true); });
  add_quiet(command, *state);

  state = std::make_shared<UpkeepCommand>();
  command = add(index, "upgrade", "Make an index of an earlier format one of the newest",
                "  copydesk index upgrade news.index\n"
                "  copydesk index upgrade news.index -q",
                exit_code, state, upgrade);
  add_quiet(command, *state);

  state = std::make_shared<UpkeepCommand>();
  command = add(index, "export", "Write documents and decisions as a database, to ask questions of",
                "  copydesk index export news.index --sqlite news.db\n"
                "  copydesk index export news.index --sqlite texts.db --texts",
                exit_code, state, write_database);
  command->add_option("--sqlite", state->sqlite, "The SQLite database that is written");
  command->add_flag("--texts", state->texts, "With texts, where the index keeps them");
  command->add_flag("--allow-older", state->allow_older,
                    "If the newest state of the index is damaged, take the one before it");
  add_quiet(command, *state);
}

}  // namespace

void add_index_command(CLI::App& app, int& exit_code) {
  CLI::App* const index = app.add_subcommand(
      "index", "An index of documents that stays: each new one is compared with all before it");
  index->require_subcommand(1);
  index->footer(
      "Examples:\n"
      "  copydesk index create archive.index --threshold 0.8\n"
      "  copydesk index add news.index yesterday.jsonl\n"
      "  copydesk dedup today.jsonl --index news.index --add -o new.jsonl");
  add_index_corpus_commands(*index, exit_code);
  add_upkeep(*index, exit_code);
}

}  // namespace copydesk::tools
