#include "copydesk/pipeline/compare/compare.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <charconv>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/kernels/intersection.h"
#include "copydesk/kernels/slot_agreement.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/reuse/gram_index.h"
#include "copydesk/reuse/pair_aligner.h"
#include "copydesk/reuse/pair_judge.h"
#include "copydesk/run/run_control.h"
#include "copydesk/sketch/simhash.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/stream/byte_source.h"
#include "copydesk/verify/shared_run.h"

namespace copydesk {

namespace {

struct Side {
  ShingledText shingled;           // without its shingles
  std::uint64_t fingerprint = 0;   // SimHash of them
  std::vector<std::uint64_t> set;  // of them
  std::vector<std::uint32_t> sketch;
  std::vector<TextSpan> spans;  // of the tokens
  std::vector<std::uint32_t> token_ids;
};

// Of a long text no list is kept that another one follows from.
Side examine(std::string_view text, const CompareOptions& options) {
  Side side;
  options.stop.check();
  Shingler(options.shingles).shingle(text, side.shingled);
  options.stop.check();
  side.fingerprint = simhash_64(side.shingled.shingles);
  side.set = std::move(side.shingled.shingles);
  options.stop.check();
  make_shingle_set(side.set);
  side.set.shrink_to_fit();
  side.sketch.resize(options.sketch.slots);
  options.stop.check();
  Sketcher(options.sketch).sketch(side.set, side.sketch);
  options.stop.check();
  TokenList tokens;
  Tokenizer().tokenize_with_spans(text, tokens);
  take_low_halves(tokens.hashes, side.token_ids);
  side.spans = std::move(tokens.spans);
  return side;
}

TextSpan span_of(std::span<const TextSpan> tokens, std::size_t begin, std::size_t length) {
  return {tokens[begin].begin, tokens[begin + length - 1].end};
}

std::size_t count_shared_grams(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  GramIndex index;
  index.build(a, kGramTokens);
  std::vector<std::uint32_t> hits, places;
  for (const std::uint32_t hit : index.find_hits(b, hits)) {
    const std::uint32_t place = index.first(&b[hit]);
    if (place != GramIndex::kNone) places.push_back(place);
  }
  std::sort(places.begin(), places.end());
  return static_cast<std::size_t>(std::unique(places.begin(), places.end()) - places.begin());
}

// What reuse goes by.
void relate(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b, StopFlag stop,
            Comparison& result) {
  PassageOptions options;
  options.stop = stop;
  PairAligner aligner(options);
  aligner.prepare(a);
  const AlignedPair pair = aligner.align(b);
  if (pair.passages.empty()) return;
  result.relation = pair.relation;
  const TokenFrequencies none;
  const NumberTokens numbers;
  PairJudge judge(none, numbers, {});
  judge.prepare(a);
  judge.judge_passages(pair.passages, b, {}, false, result.evidence);
  result.is_serial_report = result.evidence.is_serial_report({});
}

// The first document for which `wanted` holds.
template <class Wanted>
std::optional<LoadedDocument> find_document(std::vector<Input> inputs, const CorpusOptions& corpus,
                                            Wanted&& wanted) {
  std::optional<LoadedDocument> found;
  BatchReaderOptions reading = corpus.reading;
  reading.conversion.fields = corpus.fields;
  BatchReader reader(inputs, reading);
  RecordParser parser(corpus.fields);
  RecordBatch batch;
  std::string fault;
  const auto next = [&] {
    try {
      return reader.next(batch);
    } catch (const Interrupted&) {
      throw Cancelled{};
    }
  };
  while (!found && next()) {
    parser.parse(
        batch,
        {[&](const Document& document) {
           const std::string name =
               document.has_id ? std::string(document.id)
                               : fmt::format("{}:{}", batch.source_name, document.origin.line);
           if (found || !wanted(document, name)) return;
           found = LoadedDocument{name, std::string(document.title), std::string(document.text),
                                  batch.source_name, document.origin.line};
         },
         [&](RecordFault&& bad) {
           if (fault.empty()) fault = std::move(bad.reason);
         }});
  }
  if (!found && !fault.empty()) {
    // What is wrong with a whole file names it already.
    const std::string& path = inputs.front().path;
    if (fault.starts_with(path + ": ")) fault.erase(0, path.size() + 2);
    throw Error(ErrorCode::kCannotOpen, fault, path);
  }
  return found;
}

// "PATH:LINE" to its parts; line 0 where there is no number.
std::pair<std::string, std::uint64_t> split_place(const std::string& place) {
  const std::size_t colon = place.rfind(':');
  std::error_code ignored;
  if (colon == std::string::npos || std::filesystem::exists(place, ignored)) return {place, 0};
  std::uint64_t line = 0;
  const char* const end = place.data() + place.size();
  const auto [rest, error] = std::from_chars(place.data() + colon + 1, end, line);
  if (error != std::errc{} || rest != end) return {place, 0};
  return {place.substr(0, colon), line};
}

// Of `inputs` the record at PATH:LINE, if `place` is one and the file is among them.
std::optional<LoadedDocument> find_place(const std::vector<Input>& inputs, const std::string& place,
                                         const CorpusOptions& corpus) {
  const auto [path, line] = split_place(place);
  if (line == 0) return std::nullopt;
  const auto normal = [](const std::string& name) {
    return std::filesystem::path(name).lexically_normal();
  };
  for (const Input& input : inputs) {
    if (normal(input.path) != normal(path)) continue;
    return find_document({input}, corpus,
                         [wanted = line](const Document& document, const std::string&) {
                           return document.origin.line == wanted;
                         });
  }
  return std::nullopt;
}

}  // namespace

Comparison compare_texts(std::string_view a, std::string_view b, const CompareOptions& options) {
  if (options.minimum_tokens < 1) {
    throw Error(ErrorCode::kInvalidOption, "must be at least 1", "--min-tokens");
  }
  const Side side_a = examine(a, options);
  const Side side_b = examine(b, options);
  Comparison result;
  result.tokens_a = side_a.token_ids.size();
  result.tokens_b = side_b.token_ids.size();
  result.same_bytes = a == b;
  result.same_tokens = side_a.shingled.exact_low == side_b.shingled.exact_low &&
                       side_a.shingled.exact_high == side_b.shingled.exact_high &&
                       side_a.shingled.text_class == side_b.shingled.text_class;
  result.overlap = {static_cast<std::uint32_t>(intersection_size(side_a.set, side_b.set)),
                    static_cast<std::uint32_t>(side_a.set.size()),
                    static_cast<std::uint32_t>(side_b.set.size())};
  std::uint16_t equal = 0;
  count_equal_slots(std::span<const std::uint32_t>(side_a.sketch), side_b.sketch.data(),
                    std::span(&equal, 1));
  result.estimated_jaccard = estimate_jaccard(equal, options.sketch.slots);
  result.simhash_distance = static_cast<unsigned>(
      std::popcount(side_a.fingerprint ^ side_b.fingerprint));
  options.stop.check();
  result.shared_grams = count_shared_grams(side_a.token_ids, side_b.token_ids);
  result.longest_run = longest_shared_run(side_a.token_ids, side_b.token_ids, options.stop).length;
  relate(side_a.token_ids, side_b.token_ids, options.stop, result);
  PassageOptions passages;
  passages.minimum_tokens = options.minimum_tokens;
  passages.stop = options.stop;
  for (const Passage& passage : align(side_a.token_ids, side_b.token_ids, passages)) {
    ComparedPassage& shared = result.passages.emplace_back();
    shared.a = span_of(side_a.spans, passage.begin_a, passage.end_a - passage.begin_a);
    shared.b = span_of(side_b.spans, passage.begin_b, passage.end_b - passage.begin_b);
    shared.tokens = passage.matched;
    shared.similarity = passage.similarity();
    for (const SharedRun& run : passage.runs) {
      shared.equal.push_back({span_of(side_a.spans, run.begin_a, run.length),
                              span_of(side_b.spans, run.begin_b, run.length)});
    }
    result.shared_tokens += passage.matched;
  }
  result.shared_tokens = std::min({result.shared_tokens, result.tokens_a, result.tokens_b});
  return result;
}

LoadedDocument load_document(const std::string& place, const CorpusOptions& corpus) {
  if (!corpus.inputs.empty()) {
    std::vector<RecordFault> faults;
    std::vector<Input> inputs = expand_inputs(corpus.inputs, corpus.format, faults, corpus.selection);
    if (!faults.empty()) throw Error(ErrorCode::kCannotOpen, faults.front().reason);
    auto found = find_place(inputs, place, corpus);
    if (!found) {
      found = find_document(std::move(inputs), corpus, [&](const Document&, const std::string& name) {
        return name == place;
      });
    }
    if (!found) throw Error(ErrorCode::kCannotOpen, "there is no record with this id", place);
    return *std::move(found);
  }
  const auto [path, line] = split_place(place);
  std::size_t records = 0;
  auto found = find_document({{path, corpus.format, nullptr}}, corpus,
                             [&, wanted = line](const Document& document, const std::string&) {
                               ++records;
                               return wanted == 0 || document.origin.line == wanted;
                             });
  if (!found) throw Error(ErrorCode::kCannotOpen, "there is no record here", place);
  if (line == 0 && records > 1) {
    throw Error(ErrorCode::kInvalidOption,
                "holds several records: name one as " + path + ":LINE, or use --in with its id",
                path);
  }
  return *std::move(found);
}

}  // namespace copydesk
