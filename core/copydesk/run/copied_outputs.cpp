// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/copied_outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "copydesk/error.h"
#include "copydesk/read/delimited/delimited_copier.h"

namespace copydesk {
namespace {

// "is to be ..., but a.jsonl is none by its name".
std::string_view name_of(CopiedKind kind) {
  switch (kind) {
    case CopiedKind::kParquet:
      return "a table";
    case CopiedKind::kCsv:
      return "CSV";
    case CopiedKind::kTsv:
      return "TSV";
    case CopiedKind::kArc:
      return "an ARC archive";
    default:
      return "an archive";
  }
}

bool is_delimited(CopiedKind kind) {
  return kind == CopiedKind::kCsv || kind == CopiedKind::kTsv;
}

// Rows of one table belong under one head.
void check_heads(std::span<const Input> inputs, const BatchReaderOptions& reading) {
  const Input* with_head = nullptr;
  std::string head;
  for (const Input& input : inputs) {
    const std::string other = delimited_head(input, reading);
    if (other.empty()) continue;
    if (with_head == nullptr) {
      with_head = &input;
      head = other;
    }
    if (other == head) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("is to be one table, but {} has other {} than {}: --output-dir keeps "
                            "each as it is",
                            input.path,
                            other.substr(1) == head.substr(1) ? "delimiters" : "columns",
                            with_head->path),
                "--output");
  }
}

}  // namespace

void CopiedOutputs::check(const std::string& output_path, std::span<const Input> inputs,
                          std::size_t first, const BatchReaderOptions& reading) {
  const CopiedKind wanted = copied_kind(output_path);
  if (wanted == CopiedKind::kNone) return;
  inputs = inputs.subspan(std::min(first, inputs.size()));
  for (const Input& input : inputs) {
    if (copied_kind(input) == wanted) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("is to be {}, but {} is none by its name", name_of(wanted), input.path),
                "--output");
  }
  if (is_delimited(wanted)) check_heads(inputs, reading);
}

bool CopiedOutputs::needs_only_fields(const std::string& output_path) {
  return output_path.empty() || copied_kind(output_path) == CopiedKind::kParquet;
}

CopiedOutputs::CopiedOutputs(OutputSet& outputs, std::span<const Input> inputs, std::size_t first,
                             const std::string& output_path, const BatchReaderOptions& reading)
    : outputs_(outputs),
      inputs_(inputs),
      reading_(reading),
      output_path_(output_path),
      in_shards_(output_path.empty() && outputs.wants_records()),
      kinds_(inputs.size(), CopiedKind::kNone),
      next_(first),
      choices_(inputs.size()) {
  if (!in_shards_ && copied_kind(output_path) == CopiedKind::kNone) return;
  for (std::size_t i = first; i < inputs.size(); ++i) kinds_[i] = copied_kind(inputs[i]);
}

bool CopiedOutputs::are_all() const {
  if (!in_shards_ && copied_kind(output_path_) == CopiedKind::kNone) return false;
  return std::none_of(kinds_.begin() + static_cast<std::ptrdiff_t>(next_), kinds_.end(),
                      [](CopiedKind kind) { return kind == CopiedKind::kNone; });
}

bool CopiedOutputs::has_archives() const {
  return std::any_of(kinds_.begin(), kinds_.end(), is_archive);
}

void CopiedOutputs::add(std::size_t source, std::uint64_t number, std::string_view id,
                        bool stays) {
  Choice& choice = choices_[source];
  if (is_archive(kinds_[source])) {
    if (!id.empty()) (stays ? choice.kept_ids : choice.dropped_ids).emplace(id);
    return;
  }
  if (!stays) return;
  if (number / 64 >= choice.kept.size()) choice.kept.resize(number / 64 + 1);
  choice.kept[number / 64] |= std::uint64_t{1} << (number % 64);
}

void CopiedOutputs::copy_rows(std::size_t source, const Write& write) {
  if (!copier_) copier_ = std::make_unique<ParquetCopier>(write);
  const std::vector<std::uint64_t>& kept = choices_[source].kept;
  try {
    copier_->add(inputs_[source], kept);
  } catch (const Error& error) {
    // What could not be read has been told, and nothing of it stays.
    if (error.code() != ErrorCode::kCannotRead || !kept.empty()) throw;
  }
  if (!in_shards_) return;
  copier_->finish();
  copier_.reset();
}

void CopiedOutputs::copy_records(std::size_t source, const Write& write) {
  Choice& choice = choices_[source];
  for (const std::string& id : choice.kept_ids) choice.dropped_ids.erase(id);
  const std::string& path =
      in_shards_ ? outputs_.shard_name(static_cast<std::uint32_t>(source)) : output_path_;
  const CopiedRecords found = copy_archive(inputs_[source], choice.dropped_ids,
                                           *archive_kind(path), reading_.max_record_bytes, write);
  records_.kept += found.kept;
  records_.dropped += found.dropped;
  records_.dropped_with_others += found.dropped_with_others;
  records_.revisits_left += found.revisits_left;
}

void CopiedOutputs::write_one(std::size_t source, const Write& write) {
  const CopiedKind kind = kinds_[source];
  if (kind == CopiedKind::kParquet) {
    copy_rows(source, write);
  } else if (is_archive(kind)) {
    copy_records(source, write);
  } else {
    const bool wrote = copy_delimited(inputs_[source], reading_, choices_[source].kept,
                                      in_shards_ || !has_head_, write);
    has_head_ = has_head_ || wrote;
  }
}

void CopiedOutputs::write_before(std::size_t source, const RunControl& control) {
  for (; next_ < source; ++next_) {
    if (!is_copied(next_)) continue;
    ByteSink& sink = *outputs_.record_sink(static_cast<std::uint32_t>(next_));
    write_one(next_, [&sink, &control](std::string_view bytes) {
      control.check_stop();
      sink.write(bytes);
    });
    choices_[next_] = {};
  }
}

void CopiedOutputs::finish(const RunControl& control) {
  write_before(inputs_.size(), control);
  if (copier_) copier_->finish();
  copier_.reset();
}

}  // namespace copydesk
