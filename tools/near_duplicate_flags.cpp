#include "near_duplicate_flags.h"

#include <CLI/CLI.hpp>

#include "copydesk/error.h"

namespace copydesk::tools {

void NearDuplicateFlags::add_to(CLI::App& command) {
  corpus.add_to(command);
  const auto add = [&](const char* name, auto& value, const char* help) {
    command.add_option(name, value, help)->group("Similarity")->capture_default_str();
  };
  add("-t,--threshold", options.threshold, "Jaccard similarity from which two texts are copies");
  add("--recall", options.recall, "Share of pairs at the threshold to find; higher ones more often");
  add("--shingle", shingle, "Compare by word or char n-grams");
  add("--shingle-size", options.shingles.size, "Words (or characters) in a shingle");
  add("--sketch", sketch, "fast (fast similarity sketching) or minhash");
  add("--slots", options.sketch.slots, "Slots in a sketch, a multiple of 8");
  add("--seed", options.sketch.seed, "Seed of the sketches");
}

void NearDuplicateFlags::finish() {
  corpus.finish();
  options.corpus = corpus.corpus;
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
