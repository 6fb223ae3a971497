#include "near_duplicate_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <iterator>

#include "copydesk/error.h"

namespace copydesk::tools {

void NearDuplicateFlags::add_to(CLI::App& command) {
  corpus.add_to(command);
  add_run_options(command);
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Similarity")->capture_default_str();
  };
  add("-t,--threshold", options.threshold, "Jaccard similarity from which two texts are copies");
  add("--recall", options.recall,
      "Share of pairs at the threshold to find; higher ones more often");
  add("--shingle", shingle, "Compare by word or char n-grams");
  add("--shingle-size", options.shingles.size, "Words (or characters) in a shingle");
  add("--sketch", sketch, "fast (fast similarity sketching) or minhash");
  add("--slots", options.sketch.slots, "Slots in a sketch, a multiple of 8");
  add("--seed", options.sketch.seed, "Seed of the sketches")
      ->check([](const std::string& text) {  // the parser would wrap it round
        return text.starts_with('-') ? std::string("must not be negative") : std::string();
      });
}

void NearDuplicateFlags::add_run_options(CLI::App& command) {
  command
      .add_flag("--resume", options.resume,
                "Go on with the unfinished run of this command in --work-dir, if there is one")
      ->group("Run");
  command
      .add_flag("--dry-run", options.dry_run,
                "Print the plan (documents, memory, disk, bands, time) and end")
      ->group("Run");
}

std::string plan_lines(const RunPlan& plan, std::size_t threads) {
  if (plan.stored_bytes == 0) return "plan      nothing is known of the input\n";
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out,
                 "plan      about {} documents, {} of records; {} bands of {} rows find a pair "
                 "at the threshold with probability {:.3f}\n",
                 format_count(plan.documents), format_bytes(static_cast<double>(plan.text_bytes)),
                 plan.bands, plan.rows, plan.recall_at_threshold);
  fmt::format_to(out, "          about {} on {} thread{}, {} of memory ({} allowed), ",
                 format_seconds(plan.seconds), threads, threads == 1 ? "" : "s",
                 format_bytes(static_cast<double>(plan.memory_needed)),
                 format_bytes(static_cast<double>(plan.memory_allowed)));
  if (plan.disk_needed == 0) {
    fmt::format_to(out, "no disk\n");
  } else {
    fmt::format_to(out, "{} of disk in {}\n", format_bytes(static_cast<double>(plan.disk_needed)),
                   printable(plan.work_folder));
  }
  return text;
}

void show_plan(const RunPlan& plan, const NearDuplicateFlags& flags) {
  if (flags.corpus.quiet && !flags.options.dry_run) return;
  fmt::print(stderr, "{}", plan_lines(plan, flags.options.corpus.threads));
  if (plan.memory_needed <= plan.memory_allowed) return;
  print_message(fmt::format("the tables of so many documents will not fit in --memory {}",
                            format_bytes(static_cast<double>(plan.memory_allowed))));
}

void NearDuplicateFlags::finish() {
  corpus.finish();
  options.corpus = corpus.corpus;
  options.checkpoint = !options.corpus.work_folder.empty();
  if (shingle != "word" && shingle != "char") {
    throw Error(ErrorCode::kInvalidOption, "is neither word nor char", "--shingle");
  }
  options.shingles.unit = shingle == "char" ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  if (sketch != "fast" && sketch != "minhash") {
    throw Error(ErrorCode::kInvalidOption, "is neither fast nor minhash", "--sketch");
  }
  options.sketch.kind = sketch == "fast" ? SketchKind::kFastSimilarity : SketchKind::kMinHash;
}

}  // namespace copydesk::tools
