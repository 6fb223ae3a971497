#include "corpus_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cmath>
#include <fstream>
#include <iostream>
#include <iterator>

#include "copydesk/error.h"
#include "copydesk/kernels/target.h"
#include "copydesk/parallel/available_threads.h"
#include "copydesk/read/html/character_set.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/result_lines.h"
#include "count_options.h"
#include "exit_code.h"
#include "signals.h"

namespace copydesk::tools {

namespace {

// Faults beyond this many are counted and written to --rejects, but not printed one by one.
constexpr std::uint64_t kMostMessages = 10;

// A size, or a share of what there is.
std::uint64_t parse_memory(const std::string& text) {
  if (text.ends_with('%')) {
    const std::optional<double> share = read_percent(text);
    if (!share || !(*share > 0.0 && *share <= 100.0)) {
      throw Error(ErrorCode::kInvalidOption, "\"" + text + "\" is no share of the memory: write 50%",
                  "--memory");
    }
    // The default is three quarters of it.
    return static_cast<std::uint64_t>(static_cast<double>(default_memory_bytes()) / 75.0 * *share);
  }
  const std::uint64_t bytes = parse_size(text, "--memory");
  constexpr std::uint64_t kLeastWithoutUnit = 1'000'000;
  const bool has_unit = text.find_first_not_of("0123456789.") != std::string::npos;
  if (!has_unit && bytes < kLeastWithoutUnit) {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("{0} would be {0} byte{1}: write {0}G or {0}M", text, bytes == 1 ? "" : "s"),
                "--memory");
  }
  return bytes;
}

}  // namespace

std::uint64_t parse_size(std::string_view text, const std::string& option) {
  double number = 0.0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit;
  for (const char c : std::string_view(rest, text.data() + text.size() - rest)) {
    if (c != ' ') unit.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
  }
  if (unit.ends_with('b')) unit.pop_back();
  const double base = unit.ends_with('i') ? 1024.0 : 1000.0;
  if (unit.ends_with('i')) unit.pop_back();
  static constexpr std::string_view kUnits = "kmgt";
  const std::size_t power = unit.empty() ? 0 : kUnits.find(unit[0]) + 1;
  const double bytes = number * std::pow(base, static_cast<double>(power));
  const bool understood = error == std::errc{} && unit.size() <= 1 &&
                          (unit.empty() || kUnits.find(unit[0]) != std::string_view::npos);
  if (!understood || !(bytes >= 1.0 && bytes < 1e18)) {
    throw Error(ErrorCode::kInvalidOption,
                "\"" + std::string(text) + "\" is no size: write 500M, 2G, 1.5Gi", option);
  }
  return static_cast<std::uint64_t>(bytes);
}

void CorpusFlags::add_to(CLI::App& command) {
  command_ = &command;
  corpus.threads = available_threads();
  command.add_option("INPUT", corpus.inputs, "Files, folders (searched), or - for standard input");
  const auto input = [&](const char* name, std::string& value, const char* help) {
    command.add_option(name, value, help)->group("Input")->capture_default_str();
  };
  input("--files-from", files_from, "A file with further inputs, one a line; - is standard input");
  command.add_flag("-0,--null", are_paths_ended_by_nul, "The paths of --files-from end in NUL")
      ->group("Input");
  const auto select = [&](const char* name, std::vector<std::string>& patterns, const char* help) {
    command.add_option(name, patterns, help)->group("Input")->expected(1)->take_all();
  };
  select("--include", corpus.selection.include, "Of folders only files like this: '*.jsonl*'");
  select("--exclude", corpus.selection.exclude, "Of folders no files like this");
  input("--format", format,
        "auto, jsonl, text (one document a file), lines (one a line), html, warc, csv, tsv, json "
        "(array), wiki (<doc>) or parquet");
  input("--main-text", main_text, "Of pages: main (without navigation, comments ...) or all");
  input("--encoding", corpus.reading.conversion.encoding,
        "Character set of texts and tables that are not UTF-8: windows-1251, utf-16le ...; auto: by "
        "the look of UTF-16 and of lines that are not UTF-8");
  input("--text-field", corpus.fields.text,
        "Field with the text; a.b reaches into objects, a[*].b into all of a list");
  input("--id-field", corpus.fields.id, "Field with the id; without one a record is PATH:LINE");
  input("--title-field", corpus.fields.title, "Field with the title");
  input("--url-field", corpus.fields.url, "Field with the address");
  input("--time-field", corpus.fields.time, "Field with the time");
  input("--site-field", corpus.fields.site, "Field with the site");
  input("--date-order", date_order, "Of dates in numbers such as 3/4/2026: dmy or mdy");
  input("--on-bad", on_bad, "What a bad record does: skip (count, report, go on) or stop");
  input("--rejects", rejects_path, "Write bad records here, with place and reason");
  input("--max-record", max_record, "Longest record accepted, default 64Mi");
  command
      .add_option("--max-ratio", corpus.reading.source.max_ratio,
                  "An archive that gives more than 1 GiB may give so many times its size")
      ->group("Input")
      ->capture_default_str();

  const auto run = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Run");
  };
  run("-j,--threads", corpus.threads, "Threads; the results do not depend on it")
      ->default_str("one a processor");
  run("--memory", memory,
      "Memory to use, such as 2G or 50%; what is more goes to the work folder. Default 3/4 of what "
      "there is");
  run("--work-dir", corpus.work_folder,
      "Folder for temporary files, default $TMPDIR or /tmp; an unfinished run is kept there");
  run("--report", report_path, "Write counts, parameters and times here, as JSON");
  run("--simd", simd, "Instruction set for the kernels, for measurements; default the best");
  command.add_flag("-q,--quiet", quiet, "No summary, no progress; errors only")->group("Run");
  command.add_flag("--progress", progress, "Progress even where standard error is no terminal: a line a minute")
      ->group("Run");
}

void CorpusFlags::add_resume(CLI::App& command) {
  has_resume_ = true;
  command
      .add_flag("--resume", corpus.resume,
                "Go on with the unfinished run of this command in --work-dir, if there is one")
      ->group("Run");
}

void CorpusFlags::add_output_folder(CLI::App& command, std::string& output_path) {
  output_path_ = &output_path;
  command.add_option("--output-dir", corpus.output_folder,
                     "Instead of --output: a new folder with a file for each input, under its name");
}

// Empty lines are passed over; the last line need not have a line feed.
void CorpusFlags::read_paths() {
  if (files_from.empty()) return;
  std::ifstream file;
  if (files_from != "-") {
    file.open(files_from, std::ios::binary);
    if (!file) throw_cannot_open(errno, files_from);
  }
  std::istream& lines = files_from == "-" ? std::cin : file;
  for (std::string path; std::getline(lines, path, are_paths_ended_by_nul ? '\0' : '\n');) {
    if (!path.empty()) corpus.inputs.push_back(path);
  }
  if (lines.bad()) throw Error(ErrorCode::kCannotRead, "the list of inputs ends early", files_from);
}

void CorpusFlags::finish() {
  if (corpus.inputs.empty() && files_from.empty()) {
    throw Error(ErrorCode::kInvalidOption,
                "INPUT is required: files, folders, or - for standard input");
  }
  read_paths();
  if (!corpus.output_folder.empty()) {
    if (command_->get_option("--output")->count() > 0) {
      throw Error(ErrorCode::kInvalidOption, "takes the place of --output", "--output-dir");
    }
    output_path_->clear();
  }
  const std::optional<InputFormat> known = parse_input_format(format);
  if (!known) {
    throw Error(ErrorCode::kInvalidOption, "is none of " + input_format_names(), "--format");
  }
  corpus.format = *known;
  if (main_text != "main" && main_text != "all") {
    throw Error(ErrorCode::kInvalidOption, "is neither main nor all", "--main-text");
  }
  corpus.reading.conversion.all_text = main_text == "all";
  if (on_bad != "skip" && on_bad != "stop") {
    throw Error(ErrorCode::kInvalidOption, "is neither skip nor stop", "--on-bad");
  }
  finish_fields();
  corpus.on_bad = on_bad == "stop" ? OnBad::kStop : OnBad::kSkip;
  corpus.memory_bytes = memory.empty() ? default_memory_bytes() : parse_memory(memory);
  // A window of zstd may take an eighth of it.
  int& window = corpus.reading.source.zstd_window_log_max;
  while (window < 31 && std::uint64_t{1} << (window + 1) <= corpus.memory_bytes / 8) ++window;
  if (!max_record.empty()) {
    corpus.reading.max_record_bytes = parse_size(max_record, "--max-record");
  }
  if (!(corpus.reading.source.max_ratio >= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "must be at least 1", "--max-ratio");
  }
  corpus.checkpoint = has_resume_ && !corpus.work_folder.empty();
  collect_run_options();
  corpus.other_outputs = {{"--rejects", rejects_path}, {"--report", report_path}};
  if (!restrict_simd_target(simd)) {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("this machine offers {}", fmt::join(simd_targets(), ", ")), "--simd");
  }
}

// What was asked for by name is to be there.
void CorpusFlags::finish_fields() {
  using enum RecordField;
  static constexpr std::pair<RecordField, const char*> kOptions[] = {
      {kId, "--id-field"},         {kTitle, "--title-field"},   {kUrl, "--url-field"},
      {kTime, "--time-field"},     {kSite, "--site-field"},     {kTokens, "--tokens-field"},
      {kSource, "--source-field"}, {kOrder, "--language-field"}, {kOrder, "--family"}};
  for (const auto& [field, name] : kOptions) {
    const CLI::Option* const option = command_->get_option_no_throw(name);
    if (option != nullptr && option->count() > 0) corpus.asked_fields.emplace_back(field, name);
  }
  if (!date_order.empty() && date_order != "dmy" && date_order != "mdy") {
    throw Error(ErrorCode::kInvalidOption, "is neither dmy nor mdy", "--date-order");
  }
  corpus.date_order = date_order.empty() ? DateOrder::kUnknown
                      : date_order == "dmy" ? DateOrder::kDayFirst
                                            : DateOrder::kMonthFirst;
  ConversionOptions& conversion = corpus.reading.conversion;
  if (conversion.encoding.empty()) return;
  if (conversion.encoding != "auto" && !find_character_set(conversion.encoding)) {
    throw Error(ErrorCode::kInvalidOption,
                "\"" + conversion.encoding + "\" is neither auto nor a character set of the web",
                "--encoding");
  }
  conversion.recoded_lines = std::make_shared<std::atomic<std::uint64_t>>(0);
}

// All that was given, but what does not change the result, and the names of inputs and outputs,
// which a checkpoint knows anyway.
void CorpusFlags::collect_run_options() {
  static constexpr std::array<std::string_view, 20> kOthers = {
      "--help",  "--threads",  "--memory",    "--work-dir",  "--resume",  "--report", "--rejects",
      "--simd",  "--quiet",    "--progress",  "--dry-run",   "--output",  "--output-dir",  "--html",   "--idf-out",
      "--pairs", "--families", "--model-out", "--decisions", "--clusters"};
  corpus.run_options.clear();
  for (const CLI::Option* const option : command_->get_options()) {
    const std::string name = option->get_name();
    if (option->count() == 0 || !name.starts_with('-')) continue;
    if (std::find(kOthers.begin(), kOthers.end(), name) != kOthers.end()) continue;
    std::string values;
    for (const std::string& value : option->results()) {
      if (!values.empty()) values += ", ";
      append_json_string(values, value);
    }
    corpus.run_options.emplace_back(name.substr(name.find_first_not_of('-')), values);
  }
}

CorpusRun::CorpusRun(const CorpusFlags& flags)
    : flags_(flags),
      progress_(flags.quiet      ? ProgressMode::kNever
                : flags.progress ? ProgressMode::kAlways
                                 : ProgressMode::kAuto) {
  // The outputs of the command itself are checked where it runs, with these.
  static_cast<void>(OutputSet({}, flags.corpus.other_outputs));
  if (!flags.rejects_path.empty()) rejects_ = open_byte_sink(flags.rejects_path);
  control_.stop = &stop_requested();
  control_.on_progress = [this](const Progress& progress) { progress_.show(progress); };
  control_.on_note = [this](const std::string& sentence) {
    progress_.clear();
    if (!flags_.quiet) print_message(printable(sentence));
  };
  control_.on_fault = [this](const std::string& path, const RecordFault& fault) {
    on_fault(path, fault);
  };
}

CorpusRun::~CorpusRun() = default;

void CorpusRun::on_fault(const std::string& path, const RecordFault& fault) {
  if (rejects_) {
    std::string line;
    const CorpusOptions& corpus = flags_.corpus;
    append_reject_line(line, path, fault, is_parquet_input({path, corpus.format}));
    rejects_->write(line);
  }
  if (++messages_ > kMostMessages) return;
  progress_.clear();
  std::string place = printable(path);
  if (fault.origin.line > 0) {
    place += fmt::format(":{}: (byte {})", fault.origin.line, fault.origin.offset);
  }
  print_message(place.empty() ? printable(fault.reason) : place + " " + printable(fault.reason));
  if (messages_ == kMostMessages) print_message("further bad records are only counted");
}

int CorpusRun::finish(const RunReport& report, std::string_view summary, std::uint64_t faults) {
  progress_.clear();
  if (!flags_.report_path.empty()) {
    const std::unique_ptr<ByteSink> sink = open_byte_sink(flags_.report_path);
    sink->write(report.to_json());
    sink->commit();
  }
  if (rejects_) rejects_->commit();
  if (!flags_.quiet) print_to_people(summary);
  if (!flags_.quiet && report.side_files > 0) {
    print_to_people(fmt::format("left out  {} of folders (README, checksums, names with _)\n",
                                counted(report.side_files, "side file")));
  }
  if (faults == 0) return kDone;
  if (!flags_.quiet) {
    print_to_people(fmt::format("skipped   {}{}\n", counted(faults, "bad record"),
                                flags_.rejects_path.empty()
                                    ? " (--rejects FILE writes them out)"
                                    : ", written to " + printable(flags_.rejects_path)));
  }
  return kDoneWithFaults;
}

std::string cost_line(const RunReport& report, std::uint64_t bytes) {
  return fmt::format("took      {} ({}/s), peak memory {}, {}\n",
                     format_seconds(report.wall_seconds),
                     format_bytes(static_cast<double>(bytes) / std::max(report.wall_seconds, 1e-6)),
                     format_bytes(static_cast<double>(report.peak_bytes)), report.simd);
}

}  // namespace copydesk::tools
