// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/table_outputs.h"

#include <fmt/format.h>

#include <algorithm>

#include "copydesk/error.h"

namespace copydesk {

void TableOutputs::check(const std::string& output_path, std::span<const Input> inputs,
                         std::size_t first) {
  if (!is_parquet_name(output_path)) return;
  for (const Input& input : inputs.subspan(std::min(first, inputs.size()))) {
    if (is_parquet_input(input)) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("is to be a table, but {} is none by its name", input.path),
                "--output");
  }
}

TableOutputs::TableOutputs(OutputSet& outputs, std::span<const Input> inputs, std::size_t first,
                           const std::string& output_path)
    : outputs_(outputs),
      inputs_(inputs),
      first_(first),
      is_one_(is_parquet_name(output_path)),
      in_shards_(output_path.empty() && outputs.wants_records()),
      next_(first),
      kept_(inputs.size()) {}

bool TableOutputs::is_table(std::size_t source) const {
  return source >= first_ && (is_one_ || in_shards_) && is_parquet_input(inputs_[source]);
}

bool TableOutputs::are_all() const {
  if (!is_one_ && !in_shards_) return false;
  for (std::size_t i = first_; i < inputs_.size(); ++i) {
    if (!is_table(i)) return false;
  }
  return true;
}

void TableOutputs::keep(std::size_t source, std::uint64_t row) {
  std::vector<std::uint64_t>& words = kept_[source];
  if (row / 64 >= words.size()) words.resize(row / 64 + 1);
  words[row / 64] |= std::uint64_t{1} << (row % 64);
}

void TableOutputs::write_before(std::size_t source, const RunControl& control) {
  for (; next_ < source; ++next_) {
    if (!is_table(next_)) continue;
    ByteSink& sink = *outputs_.record_sink(static_cast<std::uint32_t>(next_));
    if (!copier_) {
      copier_ = std::make_unique<ParquetCopier>([&sink, &control](std::string_view bytes) {
        control.check_stop();
        sink.write(bytes);
      });
    }
    try {
      copier_->add(inputs_[next_], kept_[next_]);
    } catch (const Error& error) {
      // What could not be read has been told, and nothing of it stays.
      if (error.code() != ErrorCode::kCannotRead || !kept_[next_].empty()) throw;
    }
    kept_[next_] = {};
    if (in_shards_) {
      copier_->finish();
      copier_.reset();
    }
  }
}

void TableOutputs::finish(const RunControl& control) {
  write_before(inputs_.size(), control);
  if (copier_) copier_->finish();
  copier_.reset();
}

}  // namespace copydesk
