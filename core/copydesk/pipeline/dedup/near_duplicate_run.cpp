// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/near_duplicate_run.h"

#include <fmt/format.h>

#include "copydesk/corpus/repeated_ids.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/dedup/dedup_plan.h"
#include "copydesk/pipeline/passes/mask_pass.h"

namespace copydesk {

namespace {

constexpr std::size_t kEntriesGrouped = std::size_t{1} << 22;

ScanOptions scan_options(const NearDuplicateOptions& options,
                         const NearDuplicateRun::Command& command) {
  ScanOptions scan = make_scan_options(options);
  scan.keep = command.keep;
  scan.for_index = command.is_added;
  scan.stores_sets = static_cast<bool>(command.take_set);
  return scan;
}

}  // namespace

NearDuplicateRun::NearDuplicateRun(const NearDuplicateOptions& options, Command command,
                                   std::vector<WantedOutput> outputs, const RunControl& control)
    : options_(options),
      command_(std::move(command)),
      control_(control),
      scan_(scan_options(options, command_)),
      rule_{options.threshold, command_.containment, options.shingles.size},
      memory_(divide_memory(options.corpus.memory_bytes, options.corpus.threads)),
      outputs_(std::move(outputs), options.corpus.other_outputs, options.corpus.output_folder) {
  clock_.begin("read");
  reader_ = open_corpus(options.corpus, control, default_memory_bytes());
  outputs_.refuse_inputs(reader_->inputs());
  outputs_.name_shards(reader_->inputs(), reader_->old_inputs());
}

void NearDuplicateRun::run(const std::function<void()>& work) {
  if (options_.dry_run || control_.on_plan) {
    const RunPlan plan = plan_run(*reader_, options_.corpus, scan_, options_.threshold);
    if (control_.on_plan) control_.on_plan(plan);
    if (options_.dry_run) return;
  }
  RunIdentity identity = make_identity(command_.name, options_, scan_, *reader_);
  identity.outputs = outputs_.paths();
  identity.options.insert(identity.options.end(), command_.options.begin(),
                          command_.options.end());
  checkpoint_ = open_checkpoint(options_.corpus, identity, control_);
  try {
    outputs_.open();
    learn_mask(*reader_, options_.mask, memory_.mask, *checkpoint_);
    corpus_.emplace(scan_corpus(*reader_, scan_, memory_, checkpoint_->open("scan").get(),
                                command_.take_set));
    first_new_ = first_new_document(corpus_->table, reader_->old_inputs());
    check_fields();
    repeated_ids_ = note_repeated_ids(corpus_->table, first_new_, control_);
    corpus_->are_keys_needed = command_.is_added;
    if (command_.index != nullptr) {
      clock_.begin("look up");
      side_.emplace(*command_.index, scan_, options_.corpus.threads, control_, *corpus_);
    }
    rank();
    work();
    checkpoint_->remove();
  } catch (...) {
    leave_checkpoint(*checkpoint_, control_);
  }
}

// Documents of an index come first, in their order.
void NearDuplicateRun::rank() {
  ranks_ = keep_ranks(corpus_->keep_values, corpus_->table.documents.size(), first_new_);
  const auto others = static_cast<std::uint32_t>(corpus_->others.size());
  for (std::uint32_t& rank : ranks_) rank += others;
  for (std::uint32_t rank = 0; rank < others; ++rank) ranks_.push_back(rank);
  groups_ = group_by_content(corpus_->table, ranks_, kEntriesGrouped, corpus_->others);
}

// A field that no record has was meant otherwise.
void NearDuplicateRun::check_fields() const {
  const std::size_t documents = corpus_->table.documents.size();
  if (documents == 0) return;
  const FieldNames& fields = options_.corpus.fields;
  const auto fail = [](const std::string& field, const char* option) {
    throw Error(ErrorCode::kTooManyFaults, "no record has a field \"" + field + "\"", option);
  };
  if (scan_.by_source && corpus_->source_names.size() == 1 && corpus_->source_names[0].empty()) {
    fail(fields.source, "--source-field");
  }
  const std::size_t unusable = corpus_->unusable_keep_values;
  if (scan_.keep.needs_field() && unusable == documents) {
    const bool is_time = scan_.keep.rule == KeepRule::kNewest || scan_.keep.rule == KeepRule::kOldest;
    throw Error(ErrorCode::kTooManyFaults,
                fmt::format("no record has a {} that is understood in the field \"{}\"{}",
                            is_time ? "time" : "number",
                            is_time ? fields.time : scan_.keep.field, is_time ? " (--time-field)" : ""),
                "--keep " + to_string(scan_.keep));
  }
  if (unusable > 0) {
    control_.note(fmt::format("{} of {} records have no value that --keep {} understands; they come last",
                              unusable, documents, to_string(scan_.keep)));
  }
  if (scan_.key && corpus_->without_key == documents) fail(scan_.key->field, "--key");
}

void NearDuplicateRun::begin_report(RunReport& report) const {
  report.command = command_.name;
  describe(options_, scan_, report.parameters);
}

void NearDuplicateRun::end_report(RunReport& report) {
  copydesk::end_report(*reader_, outputs_, clock_, report);
}

}  // namespace copydesk
