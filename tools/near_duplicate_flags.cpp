#include "near_duplicate_flags.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iterator>
#include <system_error>

#include "copydesk/error.h"
#include "copydesk/index/index_folder.h"

namespace copydesk::tools {

void NearDuplicateFlags::refuse_similarity(const std::string& why) const {
  for (const CLI::Option* const option : command_->get_options()) {
    const std::string name = option->get_name();
    const bool is_of_texts = option->get_group() == "Similarity" || name == "--mask" ||
                             option->get_group().starts_with("With --method");
    if (is_of_texts && option->count() > 0) throw Error(ErrorCode::kInvalidOption, why, name);
  }
}

void NearDuplicateFlags::add_to(CLI::App& command) {
  command_ = &command;
  corpus.add_to(command);
  add_run_options(command);
  mask.add_to(command);
  add_texts(command);
  command.add_option("--tokens-field", tokens_field,
                     "Field in which a record says words or code of itself")
      ->group("Similarity");
  command
      .add_option("--against", corpus.corpus.old_inputs,
                  "Files or folders to compare with: what of INPUT is in them counts as a copy; "
                  "they stay as they are")
      ->expected(1, 1 << 20);
  add_methods(command);
}

void NearDuplicateFlags::add_similarity(CLI::App& command) {
  command_ = &command;
  add_texts(command);
  add_minhash(command);
}

void NearDuplicateFlags::add_for_index(CLI::App& command) {
  corpus.add_to(command);
  add_similarity(command);
  command.add_option("--tokens-field", tokens_field,
                     "Field in which a record says words or code of itself")
      ->group("Similarity");
}

void NearDuplicateFlags::add_texts(CLI::App& command) {
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group("Similarity")->capture_default_str();
  };
  add("-t,--threshold", options.threshold, "Jaccard similarity from which two texts are copies");
  add("--shingle", shingle, "Compare by word or char n-grams");
  add("--shingle-size", options.shingles.size, "Words (or characters) in a shingle");
  add("--tokens", tokens, "What texts are: words, or code (keeps case, operators and signs)");
  add("--fold", fold,
      "accents=no keeps letters with accents apart; chinese=yes makes traditional and simplified "
      "equal");
}

void NearDuplicateFlags::add_minhash(CLI::App& command) {
  constexpr const char* kMinHash = "With --method minhash";
  const auto add = [&](const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group(kMinHash)->capture_default_str();
  };
  of_minhash_ = {
      add("--recall", options.recall,
          "Share of pairs at the threshold to find; higher ones more often"),
      add("--sketch", sketch, "fast (fast similarity sketching) or minhash"),
      add("--slots", options.sketch.slots, "Slots in a sketch, a multiple of 8"),
      add("--seed", options.sketch.seed, "Seed of the sketches")};
}

void NearDuplicateFlags::add_methods(CLI::App& command) {
  const auto add = [&](const char* group, const char* name, auto& value, const char* help) {
    return command.add_option(name, value, help)->group(group)->capture_default_str();
  };
  add("Similarity", "--method", method,
      "What finds candidates: minhash, or simhash (promises no recall: docs/simhash.md)");
  add_minhash(command);
  constexpr const char* kSimHash = "With --method simhash";
  of_simhash_ = {
      add(kSimHash, "--distance", distance,
          "Bits in which fingerprints may differ [3 of 64, 12 of 128]"),
      add(kSimHash, "--simhash-bits", options.simhash.bits, "Bits of a fingerprint: 64 or 128"),
      add(kSimHash, "--simhash-features", simhash_features,
          "What a fingerprint is made of: words or shingles"),
      add(kSimHash, "--simhash-weights", simhash_weights,
          "plain, or tfidf: rare words count more, after a pass that counts them")};
}

void NearDuplicateFlags::add_run_options(CLI::App& command) {
  corpus.add_resume(command);
  command
      .add_flag("--dry-run", options.dry_run,
                "Print the plan (documents, memory, disk, bands, time) and end")
      ->group("Run");
}

std::string plan_lines(const RunPlan& plan, std::size_t threads) {
  if (plan.stored_bytes == 0) return "plan      nothing is known of the input\n";
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "plan      about {}, {} of records\n          ",
                 counted(plan.documents, "document"),
                 format_bytes(static_cast<double>(plan.text_bytes)));
  if (plan.fingerprint_bits == 0 && plan.bands == 0) {
    fmt::format_to(out, "equal keys are found by their hashes\n");
  } else if (plan.fingerprint_bits > 0) {
    fmt::format_to(out,
                   "fingerprints of {} bits that differ in at most {}; no recall is promised\n",
                   plan.fingerprint_bits, plan.distance);
  } else {
    fmt::format_to(
        out, "{} of {} find a pair at the threshold with probability {:.3f}\n",
        counted(plan.bands, "band"), counted(plan.rows, "row"), plan.recall_at_threshold);
  }
  fmt::format_to(out, "          about {} on {}, {} of memory ({} allowed)\n          ",
                 format_seconds(plan.seconds), counted(threads, "thread"),
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
  if (plan.memory_needed > plan.memory_allowed) {
    print_message(fmt::format("the tables of so many documents will not fit in --memory {}",
                              format_bytes(static_cast<double>(plan.memory_allowed))));
  }
  std::error_code error;
  const std::filesystem::space_info space = std::filesystem::space(plan.work_folder, error);
  if (!error && plan.disk_needed > space.available) {
    print_message(fmt::format("{} has only {} free; --work-dir names another folder",
                              printable(plan.work_folder),
                              format_bytes(static_cast<double>(space.available))));
  }
}

FoldOptions parse_fold(std::string_view text) {
  FoldOptions fold;
  while (!text.empty()) {
    const std::string_view part = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), part.size() + 1));
    const std::size_t sign = part.find('=');
    const std::string_view name = part.substr(0, sign);
    const std::string_view value = sign == part.npos ? "" : part.substr(sign + 1);
    bool* const choice = name == "accents"   ? &fold.accents
                         : name == "chinese" ? &fold.chinese
                                             : nullptr;
    if (choice == nullptr || (value != "yes" && value != "no")) {
      throw Error(ErrorCode::kInvalidOption,
                  fmt::format("\"{}\" is none of accents=yes, accents=no, chinese=yes, chinese=no",
                              part),
                  "--fold");
    }
    *choice = value == "yes";
  }
  return fold;
}

void NearDuplicateFlags::finish() {
  corpus.finish();
  options.corpus = corpus.corpus;
  options.corpus.fields.tokens = tokens_field;
  options.mask = mask.options(options.corpus);
  finish_similarity();
  finish_method();
}

void NearDuplicateFlags::take_from_index(const std::string& path) {
  const IndexParameters index = read_newest_manifest(path).parameters;
  const auto take = [&](const char* name, auto& value, const auto& other) {
    if (command_->get_option(name)->count() == 0) value = other;
  };
  take("--threshold", options.threshold, index.threshold);
  take("--shingle", options.shingles.unit, index.shingles.unit);
  take("--shingle-size", options.shingles.size, index.shingles.size);
  take("--tokens", options.shingles.tokens, index.shingles.tokens);
  take("--fold", options.shingles.fold, index.shingles.fold);
  take("--recall", options.recall, index.recall);
  take("--sketch", options.sketch.kind, index.sketch.kind);
  take("--slots", options.sketch.slots, index.sketch.slots);
  take("--seed", options.sketch.seed, index.sketch.seed);
}

void NearDuplicateFlags::finish_similarity() {
  if (shingle != "word" && shingle != "char") {
    throw Error(ErrorCode::kInvalidOption, "is neither word nor char", "--shingle");
  }
  options.shingles.unit = shingle == "char" ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  if (tokens != "words" && tokens != "code") {
    throw Error(ErrorCode::kInvalidOption, "is neither words nor code", "--tokens");
  }
  options.shingles.tokens = tokens == "code" ? TokenKind::kCode : TokenKind::kWords;
  options.shingles.fold = parse_fold(fold);
  if (sketch != "fast" && sketch != "minhash") {
    throw Error(ErrorCode::kInvalidOption, "is neither fast nor minhash", "--sketch");
  }
  options.sketch.kind = sketch == "fast" ? SketchKind::kFastSimilarity : SketchKind::kMinHash;
}

void NearDuplicateFlags::finish_method() {
  const auto choose = [](const std::string& text, const char* first, const char* second,
                         const char* option) {
    if (text != first && text != second) {
      throw Error(ErrorCode::kInvalidOption, fmt::format("is neither {} nor {}", first, second),
                  option);
    }
    return text == first;
  };
  const bool is_minhash = choose(method, "minhash", "simhash", "--method");
  for (const CLI::Option* const option : is_minhash ? of_simhash_ : of_minhash_) {
    if (option->count() == 0) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("is an option of --method {}", is_minhash ? "simhash" : "minhash"),
                option->get_name());
  }
  options.method = is_minhash ? CandidateMethod::kMinHash : CandidateMethod::kSimHash;
  SimHashOptions& simhash = options.simhash;
  simhash.features = choose(simhash_features, "words", "shingles", "--simhash-features")
                         ? SimHashFeatures::kWords
                         : SimHashFeatures::kShingles;
  simhash.weights = choose(simhash_weights, "plain", "tfidf", "--simhash-weights")
                        ? SimHashWeights::kPlain
                        : SimHashWeights::kTfIdf;
  simhash.distance = distance.value_or(simhash.bits == 128 ? 12 : 3);
}

std::string merged_line(const DedupSummary& summary) {
  if (summary.segments_merged == 0) return {};
  return fmt::format("merged    {} segments of the index, which has {} now\n", summary.segments_merged,
                     summary.segments);
}

}  // namespace copydesk::tools
