// SPDX-License-Identifier: Apache-2.0
#include "copydesk/corpus/corpus_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "copydesk/corpus/file_corpus.h"
#include "copydesk/corpus/memory_corpus.h"
#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kRecordsBeforeJudging = 1000;

bool is_same(const BatchRow& x, const BatchRow& y) {
  return x.source == y.source && x.first_offset == y.first_offset && x.size == y.size &&
         x.checksum == y.checksum;
}

}  // namespace

CorpusReader::CorpusReader(const CorpusOptions& options, const RunControl& control)
    : options_(options), control_(control) {}

void CorpusReader::begin_pass(std::size_t first_batch) {
  is_again_ = is_complete_;
  const auto& recoded = options_.reading.conversion.recoded_lines;
  if (recoded && !is_again_ && first_batch == 0) *recoded = 0;
  next_ = first_batch;
}

bool CorpusReader::announce(RecordBatch& batch) {
  control_.check_stop();
  if (!is_again_) {
    if (!read_next(batch)) {
      is_complete_ = true;
      return false;
    }
    batch.sequence = next_++;
    return true;
  }
  if (next_ == batches_.size()) {
    check_end();
    return false;
  }
  const BatchRow& row = batches_[next_];
  batch.owner.reset();
  batch.is_raw = false;
  batch.sequence = next_++;
  batch.source = row.source;
  batch.source_name = inputs_[row.source].path;
  batch.first_offset = row.first_offset;
  batch.first_line = row.first_line;
  batch.format = row.format;
  batch.can_be_reread = row.can_be_reread;
  batch.faults.clear();
  announce_again(row, batch);
  return true;
}

BatchRow CorpusReader::load(RecordBatch& batch) {
  if (!is_again_) {
    finish_first(batch);
    return make_row(batch);
  }
  const BatchRow& row = batches_[batch.sequence];
  load_again(row, batch);
  return row;
}

void CorpusReader::take_batch(std::size_t batch, const BatchRow& row, std::uint64_t documents,
                              const std::vector<RecordFault>& faults) {
  if (!is_again_) {
    batches_.push_back(row);
    text_bytes_ += row.size;
    if (documents_by_input_.size() <= row.source) documents_by_input_.resize(row.source + 1);
    documents_by_input_[row.source] += documents;
  }
  take_faults(batch, documents, faults);
  check_share_of_faults();
}

void CorpusReader::end_pass() {
  if (!is_complete_ || is_found_checked_) return;
  is_found_checked_ = true;
  if (!inputs_.empty() && failed_inputs() == inputs_.size()) {
    throw Error(ErrorCode::kCannotRead,
                "none of the inputs could be read to its end (first reason: " +
                    faults_.reasons.front().first + ")");
  }
  check_found(0, inputs_.size());
  if (old_inputs_ > 0) {  // each side must have given something, unless it is empty
    check_found(0, old_inputs_);
    check_found(old_inputs_, inputs_.size());
  }
  check_asked_fields();
  if (const auto& recoded = options_.reading.conversion.recoded_lines) recoded_lines_ = *recoded;
  if (recoded_lines_ > 0) {
    control_.note(fmt::format(
        "{} not in UTF-8 and decoded (--encoding {})",
        recoded_lines_ == 1 ? "1 line was" : fmt::format("{} lines were", recoded_lines_),
        options_.reading.conversion.encoding));
  }
}

void CorpusReader::check_asked_fields() const {
  for (const auto& [field, option] : options_.asked_fields) {
    const std::optional<std::uint64_t> found = with_field(field, documents_judged_);
    if (!found || documents_judged_ == 0 || *found == documents_judged_) continue;
    if (*found == 0) {
      throw Error(ErrorCode::kTooManyFaults,
                  fmt::format("no record has a field \"{}\"", field_name(options_.fields, field)),
                  option);
    }
    control_.note(fmt::format("{} of {} records have no field \"{}\" ({})",
                              documents_judged_ - *found, documents_judged_,
                              field_name(options_.fields, field), option));
  }
  if (!options_.site_option.empty()) check_sites();
}

void CorpusReader::check_sites() const {
  std::optional<std::uint64_t> with_site = with_field(RecordField::kSite, documents_judged_);
  std::optional<std::uint64_t> with_url = with_field(RecordField::kUrl, documents_judged_);
  if (documents_judged_ == 0 || !with_site || !with_url) return;
  *with_site -= plain_texts();  // which miss no field, but have no site
  *with_url -= plain_texts();
  const std::string site = fmt::format("(field \"{}\", --site-field)", options_.fields.site);
  const std::string address = fmt::format("(field \"{}\", --url-field)", options_.fields.url);
  if (*with_site == 0 && *with_url == 0) {
    const std::string fault =
        fmt::format("no record names its site {} or its address {}", site, address);
    if (options_.asks_for_sites_only) {
      throw Error(ErrorCode::kTooManyFaults, fault, options_.site_option);
    }
    control_.note(fmt::format("{}: {}", options_.site_option, fault));
  } else if (const std::uint64_t most = std::max(*with_site, *with_url);
             std::min(*with_site, *with_url) == 0 && most < documents_judged_) {
    control_.note(fmt::format(
        "{}: {} of {} records name neither their site {} nor their address {}",
        options_.site_option, documents_judged_ - most, documents_judged_, site, address));
  }
}

void CorpusReader::check_found(std::size_t first, std::size_t end) const {
  const bool is_all = first == 0 && end == inputs_.size();
  std::uint64_t documents = is_all ? documents_judged_ : 0;
  for (std::size_t i = first; i < std::min(end, documents_by_input_.size()) && !is_all; ++i) {
    documents += documents_by_input_[i];
  }
  std::uint64_t bytes = 0;
  for (const BatchRow& row : batches_) {
    if (row.source >= first && row.source < end) bytes += row.size;
  }
  if (documents > 0 || (bytes == 0 && (!is_all || faults_.total == 0))) return;
  std::string message = "not a single record could be used";
  if (!faults_.reasons.empty()) {
    message += fmt::format(" (first reason: {})", faults_.reasons.front().first);
  }
  if (const std::string fields = describe_fields(first, end); !fields.empty()) {
    message += "; " + fields;
  }
  throw Error(ErrorCode::kTooManyFaults, message, end - first == 1 ? inputs_[first].path : "");
}

void CorpusReader::take_faults(std::size_t batch, std::uint64_t documents,
                               const std::vector<RecordFault>& faults) {
  if (batch < batches_judged_) return;
  batches_judged_ = batch + 1;
  documents_judged_ += documents;
  for (const RecordFault& fault : faults) take_fault(fault);
}

void CorpusReader::take_fault(const RecordFault& fault) {
  faults_.add(fault);
  const std::string path = path_of(fault);
  if (control_.on_fault) control_.on_fault(path, fault);
  if (options_.on_bad == OnBad::kStop) {
    throw Error(ErrorCode::kTooManyFaults, "stopped at the first bad record: " + fault.reason,
                path.empty() ? path : fmt::format("{}:{}", path, fault.origin.line));
  }
}

std::string CorpusReader::path_of(const RecordFault& fault) const {
  // Faults of the search for inputs name the path in their reason.
  return fault.origin.line == 0 || fault.origin.source >= inputs_.size()
             ? std::string()
             : inputs_[fault.origin.source].path;
}

void CorpusReader::check_share_of_faults() {
  const std::uint64_t records = documents_judged_ + faults_.total;
  if (share_checked_ || records < kRecordsBeforeJudging) return;
  share_checked_ = true;
  if (faults_.total <= documents_judged_) return;
  const std::string fields = describe_fields(0, inputs_.size());
  throw Error(ErrorCode::kTooManyFaults,
              fmt::format("{} of the first {} records cannot be used (first reason: {}); is this "
                          "the right format and text field?{}{}",
                          faults_.total, records, faults_.reasons[0].first,
                          fields.empty() ? "" : " ", fields));
}

void CorpusReader::report(std::string_view stage, std::uint64_t bytes,
                          std::uint64_t documents) const {
  if (is_again_) {
    control_.report({stage, bytes, text_bytes_, "bytes", documents});
  } else {
    control_.report({stage, stored_bytes_read(), stored_size(), "bytes", documents});
  }
}

void CorpusReader::resume(std::span<const BatchRow> batches, bool is_all) {
  const auto check = [&](const BatchRow& left, const BatchRow* found) {
    if (found != nullptr && is_same(left, *found)) return;
    throw Error(ErrorCode::kInputChanged, "the input has changed since the unfinished run",
                inputs_[left.source].path);
  };
  if (is_complete_) {
    for (std::size_t i = 0; i < batches.size(); ++i) {
      check(batches[i], i < batches_.size() ? &batches_[i] : nullptr);
    }
    return;
  }
  if (is_all) {
    // Whoever reads a batch again will see whether it is what it was.
    batches_.assign(batches.begin(), batches.end());
    for (const BatchRow& row : batches_) text_bytes_ += row.size;
    is_complete_ = true;
    return;
  }
  RecordBatch batch;
  for (const BatchRow& left : batches) {
    control_.check_stop();
    const bool is_there = read_next(batch);
    if (is_there) batches_.push_back(load(batch));
    check(left, is_there ? &batches_.back() : nullptr);
    text_bytes_ += left.size;
    report("check", text_bytes_, 0);
  }
}

std::unique_ptr<CorpusReader> open_corpus(const CorpusOptions& options, const RunControl& control,
                                          std::uint64_t default_memory) {
  std::unique_ptr<CorpusReader> reader;
  if (options.documents != nullptr) {
    reader = std::make_unique<MemoryCorpus>(options, control);
  } else {
    reader = std::make_unique<FileCorpus>(options, control, default_memory);
  }
  if (options.has_old() && reader->old_inputs() == 0) {
    throw Error(ErrorCode::kCannotOpen, "nothing to compare with", "--against");
  }
  return reader;
}

}  // namespace copydesk
