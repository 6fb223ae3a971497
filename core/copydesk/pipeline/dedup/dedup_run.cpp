// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/dedup_run.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "copydesk/error.h"
#include "copydesk/pipeline/dedup/contained_pairs.h"
#include "copydesk/pipeline/dedup/decisions.h"
#include "copydesk/pipeline/dedup/dedup_page_pass.h"
#include "copydesk/pipeline/dedup/dedup_outputs.h"
#include "copydesk/pipeline/dedup/group_counts.h"
#include "copydesk/pipeline/dedup/index_adder.h"
#include "copydesk/pipeline/dedup/near_duplicate_run.h"
#include "copydesk/run/copied_outputs.h"

namespace copydesk {

namespace {

// The documents whose shingle sets explain the decisions.
std::vector<bool> compared_in(const DedupVerdict& verdict, const ContentGroups& groups) {
  std::vector<bool> compared(groups.representatives.size());
  for (const Decision& decision : verdict.decisions.removed) {
    if (is_equality(decision.rule)) continue;
    compared[groups.representatives[decision.document]] = compared[decision.kept] = true;
  }
  return compared;
}

// Of the documents that go because of their words, those that go because of every byte.
void name_identical(const ScannedCorpus& corpus, bool by_key, DecisionList& decisions) {
  for (Decision& decision : decisions.removed) {
    if (decision.rule != RemovalRule::kSameWords) continue;
    if (by_key) {
      decision.rule = RemovalRule::kSameKey;
      continue;
    }
    const bool is_identical =
        corpus.text_hashes[decision.document] == corpus.text_hashes[decision.kept];
    if (is_identical) decision.rule = RemovalRule::kIdentical;
  }
}

void count_classes(const ScannedCorpus& corpus, std::uint32_t first_new, bool by_key,
                   ReportSection& counts) {
  std::uint64_t empty = 0;
  std::uint64_t shorter = 0;
  std::uint64_t tokens = 0;
  for (std::size_t i = first_new; i < corpus.table.documents.size(); ++i) {
    const DocumentRow& document = corpus.table.documents[i];
    empty += document.text_class == TextClass::kEmpty ? 1 : 0;
    shorter += document.text_class == TextClass::kShort ? 1 : 0;
    tokens += document.tokens;
  }
  counts.add("documents", static_cast<std::uint64_t>(corpus.table.documents.size() - first_new));
  if (!by_key) {  // texts are not looked at then
    counts.add("empty_documents", empty);
    counts.add("documents_shorter_than_a_shingle", shorter);
    counts.add("tokens", tokens);
  }
  counts.add("bytes", corpus.bytes);
}

// By input as it was given, and by source where a field names it.
void add_group_counts(const DedupOptions& options, const ScannedCorpus& corpus,
                      const DecisionList& decisions, std::uint32_t first_new,
                      ReportSection& counts) {
  const CorpusOptions& given = options.search.corpus;
  const CorpusTable& table = corpus.table;
  if (given.documents == nullptr) {
    const std::size_t old = given.old_inputs.size();
    const std::size_t all = old + given.inputs.size();
    const DocumentGroups by_input = {
        "input",
        [&](std::uint32_t document) {
          return document < table.documents.size()
                     ? table.inputs[table.batch_of(document).source].argument
                     : static_cast<std::uint32_t>(all);
        },
        [&](std::uint32_t argument) -> std::string_view {
          if (argument == all) return options.index_path;
          return argument < old ? given.old_inputs[argument] : given.inputs[argument - old];
        },
        all + (options.index_path.empty() ? 0 : 1), false};
    counts.add_json("by_input",
                    group_counts_json(count_by_group(table, decisions, first_new, by_input), by_input.label));
  }
  if (given.fields.source.empty()) return;
  const DocumentGroups by_source = {
      "source", [&](std::uint32_t document) { return corpus.sources[document]; },
      [&](std::uint32_t source) { return corpus.source_names[source]; },
      corpus.source_names.size(), true};
  const std::vector<SourceOutcome> found = count_by_group(table, decisions, first_new, by_source);
  counts.add_json("by_source", group_counts_json(found, by_source.label));
  if (!options.on_source) return;
  for (const SourceOutcome& source : found) options.on_source(source);
}

DedupResult make_result(const DedupOptions& options, NearDuplicateRun& run,
                        const CandidateList& candidates, std::uint64_t contained,
                        const DedupVerdict& verdict, const ShingleSetStore& sets) {
  const ScannedCorpus& corpus = run.corpus();
  DedupResult result;
  DedupSummary& summary = result.summary;
  summary.old_documents = run.first_new();
  summary.documents = corpus.table.documents.size() - run.first_new();
  summary.bytes = corpus.bytes;
  summary.faults = run.reader().faults().total;
  for (const Decision& decision : verdict.decisions.removed) {
    summary.removed_for_old += run.old().has(decision.kept) ? 1 : 0;
    summary.removed_identical += decision.rule == RemovalRule::kIdentical ? 1 : 0;
    summary.removed_same_words += decision.rule == RemovalRule::kSameWords ? 1 : 0;
    summary.removed_near += decision.rule == RemovalRule::kNearDuplicate ? 1 : 0;
    summary.removed_contained += decision.rule == RemovalRule::kContained ? 1 : 0;
    summary.removed_same_key += decision.rule == RemovalRule::kSameKey ? 1 : 0;
  }
  summary.without_key = corpus.without_key;
  summary.kept = summary.documents - verdict.decisions.removed.size();

  RunReport& report = result.report;
  run.begin_report(report);
  report.parameters.add("containment", options.containment);
  report.parameters.add("keep", to_string(options.keep));
  report.parameters.add("threads", static_cast<std::uint64_t>(options.search.corpus.threads));
  count_classes(corpus, run.first_new(), options.search.key.has_value(), report.counts);
  report.counts.add("documents_with_repeated_ids", run.repeated_ids());
  if (options.search.corpus.has_old()) {
    report.counts.add("old_documents", summary.old_documents);
    report.counts.add("removed_for_old_documents", summary.removed_for_old);
  }
  if (const IndexSide* const side = run.index_side()) {
    const auto generation = side->index().manifest().generation;
    report.parameters.add("index", std::string_view(options.index_path));
    report.parameters.add("index_generation", generation);
    report.counts.add("documents_of_index_with_keys_in_common",
                      static_cast<std::uint64_t>(side->size()));
    report.counts.add("removed_for_documents_of_index", summary.removed_for_old);
    report.counts.add("pairs_of_index_found_alike", verdict.alike_in_index);
  }
  report.counts.add("kept", summary.kept);
  if (options.search.key) {
    report.counts.add("removed_same_key", summary.removed_same_key);
    report.counts.add("documents_without_a_key", summary.without_key);
  }
  report.counts.add("removed_identical", summary.removed_identical);
  report.counts.add("removed_same_words", summary.removed_same_words);
  report.counts.add("removed_near_duplicate", summary.removed_near);
  report.counts.add("removed_contained", summary.removed_contained);
  report.counts.add("clusters", static_cast<std::uint64_t>(verdict.clusters.size()));
  // Connected components would keep one document a cluster. Of an index they are not known.
  if (run.index_side() == nullptr) {
    const std::uint64_t closure_removes = verdict.clusters.members.size() - verdict.clusters.size();
    report.counts.add("closure_would_remove_in_addition",
                      closure_removes - verdict.decisions.removed.size());
  }
  if (options.keep.needs_field()) {
    report.counts.add("documents_without_a_usable_keep_field", corpus.unusable_keep_values);
  }
  add_group_counts(options, corpus, verdict.decisions, run.first_new(), report.counts);
  describe(candidates, report.candidates);
  if (options.containment > 0.0) {
    report.candidates.add("candidate_pairs_by_fingerprints", contained);
  }
  report.candidates.add("verified_pairs", verdict.verified_pairs);
  report.candidates.add("second_look_pairs", verdict.second_look_pairs);
  report.candidates.add("pairs_weighed", verdict.pairs_weighed);
  report.candidates.add("shingle_set_bytes_on_disk", sets.bytes_on_disk());
  run.end_report(report);
  return result;
}

void describe(const CopiedRecords& copied, ReportSection& counts) {
  counts.add("archive_records_kept", copied.kept);
  counts.add("archive_records_dropped", copied.dropped);
  counts.add("archive_records_dropped_with_others", copied.dropped_with_others);
  counts.add("revisits_of_dropped_records", copied.revisits_left);
}

// With what is known of documents of an index. Both lists are by (a, b).
SpillList<ScoredPair> merge_pairs(const SearchContext& context, SpillList<ScoredPair> found,
                                  std::span<const ScoredPair> known) {
  if (known.empty()) return found;
  SpillList<ScoredPair> all(context.corpus.work_folder, context.memory.pairs);
  std::vector<ScoredPair> part;
  const auto comes_before = [](const ScoredPair& x, const ScoredPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  };
  constexpr std::size_t kPart = std::size_t{1} << 17;
  found.for_each_part(kPart, [&](std::span<const ScoredPair> pairs) {
    part.clear();
    for (const ScoredPair& pair : pairs) {
      while (!known.empty() && comes_before(known.front(), pair)) {
        part.push_back(known.front());
        known = known.subspan(1);
      }
      part.push_back(pair);
    }
    all.append(part);
  });
  all.append(known);
  return all;
}

// From the index that the corpus is added to, where it has them already; shared passages take tokens, too.
ShingleSetStore collect(const SearchContext& context, NearDuplicateRun& run, const IndexAdder* adder,
                        const std::vector<bool>& wanted, bool with_tokens) {
  if (adder != nullptr && !with_tokens) {
    ShingleSetStore sets(context.corpus.work_folder, context.memory.sets);
    const auto end = static_cast<std::uint32_t>(run.corpus().table.documents.size());
    if (adder->read_sets(wanted, end, context.corpus.threads, StopFlag(context.control.stop), sets)) {
      return sets;
    }
  }
  return collect_sets(context, run.reader(), run.corpus(), wanted, with_tokens);
}

DedupResult search_and_write(const DedupOptions& options, NearDuplicateRun& run,
                             IndexAdder* adder) {
  const SearchContext context = run.context();
  CorpusReader& reader = run.reader();
  ScannedCorpus& corpus = run.corpus();
  const ContentGroups& groups = run.groups();
  const IndexSide* const side = run.index_side();
  const std::size_t documents = corpus.size();

  run.clock().begin("join");
  const bool has_old = options.search.corpus.has_old() || side != nullptr;
  const PairsWanted wanted =
      has_old ? PairsWanted::kEnoughAgainst : PairsWanted::kEnoughToDecide;
  CandidateList candidates = find_candidates(context, corpus, groups, wanted, run.checkpoint());

  const bool explain = !options.decisions_path.empty();
  std::uint64_t contained = 0;
  std::optional<ShingleSetStore> sets;
  const auto decide = [&] {
    run.clock().begin("find contained");
    contained = add_contained_candidates(context, reader, corpus, groups, candidates);
    drop_old_pairs(context, groups, run.first_new(), candidates);
    if (side != nullptr) drop_pairs_of_index(context, side->first(), candidates);
    run.clock().begin("verify");
    std::vector<bool> compared = items_in(candidates.pairs, documents);
    for (std::size_t i = 0; side != nullptr && i < side->known_pairs().size(); ++i) {
      compared[side->known_pairs()[i].a] = compared[side->known_pairs()[i].b] = true;
    }
    sets.emplace(collect(context, run, adder, compared, explain));
    if (side != nullptr) side->add_sets(compared, explain, *sets);
    std::optional<NearMisses> misses;
    if (!options.html_path.empty()) misses.emplace(options.search.threshold);
    PairSearch search = context.search();
    search.misses = misses ? &*misses : nullptr;
    SpillList<ScoredPair> pairs = verify_candidates(search, candidates.pairs, *sets);
    if (side != nullptr) pairs = merge_pairs(context, std::move(pairs), side->known_pairs());
    run.clock().begin("decide");
    DedupVerdict reached =
        reach_verdict(context, groups, run.ranks(), pairs, *sets, run.old());
    reached.misses = std::move(misses);
    name_identical(corpus, options.search.key.has_value(), reached.decisions);
    return reached;
  };
  const DedupVerdict verdict = run.checkpoint().get_or_make(
      "verdict", [&](StageReader& stage) {
        return read_verdict(stage, documents, options.search.threshold);
      },
      decide,
      write_verdict);
  if (!sets) {
    run.clock().begin("verify");
    const std::vector<bool> compared =
        explain ? compared_in(verdict, groups) : std::vector<bool>(documents);
    sets.emplace(collect_sets(context, reader, corpus, compared, true));
  }

  if (adder != nullptr) {
    run.clock().begin("add to index");
    adder->write(run, *side, verdict);
  }
  run.clock().begin("write");
  DedupOutputs outputs(options, run.outputs(), reader, corpus, run.ranks(), groups,
                       verdict.decisions, *sets, run.first_new());
  if (ByteSink* const html = run.outputs().sink("--html")) {
    write_dedup_page(*html, options, run, verdict);
  }
  outputs.write(verdict.clusters);
  // Behind the outputs: if it fails, or the run is ended here, the same run gives the same outputs again.
  if (adder != nullptr) {
    adder->publish();
    run.clock().begin("merge index");
    adder->merge(reader.control());
  }
  DedupResult result = make_result(options, run, candidates, contained, verdict, *sets);
  if (adder != nullptr) {
    result.summary.segments = adder->segments();
    result.summary.segments_merged = adder->merged();
    result.report.counts.add("segments_of_index", static_cast<std::uint64_t>(adder->segments()));
    result.report.counts.add("segments_brought_together",
                             static_cast<std::uint64_t>(adder->merged()));
  }
  if (const auto copied = outputs.copied()) {
    describe(*copied, result.report.counts);
    result.summary.copied = *copied;
  }
  return result;
}

// What an index does not know, or would have to know of every text.
void check_index(const DedupOptions& options, const IndexReader& index) {
  const NearDuplicateOptions& search = options.search;
  const auto refuse = [](bool is_given, const char* option, const char* why) {
    if (is_given) throw Error(ErrorCode::kInvalidOption, why, option);
  };
  refuse(options.containment > 0.0, "--contained", "an index does not find texts in longer ones");
  refuse(search.key.has_value(), "--key", "an index compares texts");
  refuse(search.method == CandidateMethod::kSimHash, "--method", "an index is for minhash");
  refuse(search.mask.page || search.mask.site, "--mask", "an index does not know what was masked");
  refuse(search.corpus.has_old(), "--against", "add it to the index");
  refuse(!options.html_path.empty(), "--html", "an index does not keep what the page shows");
  refuse(search.corpus.resume, "--resume", "a run with an index begins anew");
  if (index.parameters().verify == IndexVerify::kNone && !options.add_to_index) {
    throw Error(ErrorCode::kInvalidOption,
                "was created with --verify none: nothing can be verified, so nothing is removed",
                "--index");
  }
  IndexParameters asked = index.parameters();
  asked.shingles = search.shingles;
  asked.sketch = search.sketch;
  asked.threshold = search.threshold;
  asked.recall = search.recall;
  check_same_parameters(asked, index.parameters(), options.index_path);
}

}  // namespace

DedupResult run_dedup(const DedupOptions& wanted, const RunControl& control) {
  DedupOptions options = wanted;
  std::optional<IndexAdder> adder;
  std::optional<IndexReader> index;
  if (!options.index_path.empty()) {
    if (options.add_to_index) adder.emplace(options.index_path);
    index.emplace(options.index_path);
    check_index(options, *index);
    options.search.corpus.checkpoint = false;
  }
  // The rows that stay of a table are copied, and nobody else asks for whole records but a key.
  options.search.corpus.reading.conversion.only_fields =
      CopiedOutputs::needs_only_fields(options.kept_path) &&
      !(options.search.key && options.search.key->kind == DedupKey::Kind::kLine);
  if (!(options.containment >= 0.0 && options.containment <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "must lie between 0 and 1", "--contained");
  }
  TakeSet take_set;
  if (adder && adder->takes_sets(options.keep)) {
    take_set = [&adder](const CorpusTable& table, std::uint32_t document, std::string_view set) {
      adder->put_set(table, document, set);
    };
  }
  NearDuplicateRun run(options.search,
                       {"dedup",
                        options.keep,
                        options.containment,
                        {{"containment", fmt::format("{}", options.containment)}},
                        index ? &*index : nullptr,
                        adder.has_value(),
                        take_set},
                       {{"--output", options.kept_path, true},
                        {"--decisions", options.decisions_path},
                        {"--clusters", options.clusters_path},
                        {"--html", options.html_path}},
                       control);
  CopiedOutputs::check(options.kept_path, run.reader().inputs(), run.reader().old_inputs(),
                       options.search.corpus.reading);
  DedupResult result;
  run.run([&] { result = search_and_write(options, run, adder ? &*adder : nullptr); });
  return result;
}

}  // namespace copydesk
