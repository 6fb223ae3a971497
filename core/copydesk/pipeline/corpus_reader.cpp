#include "copydesk/pipeline/corpus_reader.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr std::size_t kMostReasons = 32;
constexpr std::uint64_t kRecordsBeforeJudging = 1000;

}  // namespace

void FaultCounts::add(const RecordFault& fault) {
  ++total;
  if (fault.origin.line == 0) ++sources;
  const auto known = std::find_if(reasons.begin(), reasons.end(),
                                  [&](const auto& entry) { return entry.first == fault.reason; });
  if (known != reasons.end()) {
    ++known->second;
  } else if (reasons.size() < kMostReasons) {
    reasons.emplace_back(fault.reason, 1);
  } else {
    if (reasons.back().first != "other") reasons.back() = {"other", reasons.back().second};
    ++reasons.back().second;
  }
}

void describe(const FaultCounts& faults, ReportSection& section) {
  section.add("total", faults.total);
  section.add("inputs_cut_short", faults.sources);
  ReportSection reasons;
  for (const auto& [reason, count] : faults.reasons) reasons.add(reason, count);
  section.add_json("reasons", reasons.to_json(4));
}

CorpusReader::CorpusReader(const CorpusOptions& options, const RunControl& control)
    : options_(options), control_(control) {
  std::vector<RecordFault> faults;
  inputs_ = expand_inputs(options.inputs, options.format, faults);
  spool(faults);
  // One missing file alone is an error; among others it is a fault, and the run goes on.
  if (inputs_.empty() && faults.size() == 1) {
    throw Error(ErrorCode::kCannotOpen, faults[0].reason);
  }
  for (const RecordFault& fault : faults) take_fault(fault);
  if (inputs_.empty() && !faults.empty()) {
    throw Error(ErrorCode::kCannotOpen, "none of the inputs can be read");
  }
  reader_ = open();
}

void CorpusReader::spool(std::vector<RecordFault>& faults) {
  std::vector<Input> readable;
  for (Input& input : inputs_) {
    std::error_code ignored;
    if (input.path == "-" || std::filesystem::is_fifo(input.path, ignored)) {
      try {
        auto known = spools_.find(input.path);
        if (known == spools_.end()) {
          SpoolFile copy = spool_stream(input.path, options_.work_folder, control_.stop);
          known = spools_.emplace(input.path, std::move(copy)).first;
        }
        input.spool = &known->second;
      } catch (const Interrupted&) {
        throw Cancelled{};
      } catch (const Error& error) {
        if (error.code() != ErrorCode::kCannotOpen) throw;
        faults.push_back({{}, error.what(), {}});
        continue;
      }
    }
    readable.push_back(std::move(input));
  }
  inputs_ = std::move(readable);
}

std::unique_ptr<BlockReader> CorpusReader::open() const {
  BlockReaderOptions reading = options_.reading;
  reading.source.stop = control_.stop;
  return std::make_unique<BlockReader>(inputs_, reading);
}

bool CorpusReader::next(RecordBlock& block) {
  try {
    return reader_->next(block);
  } catch (const Interrupted&) {
    throw Cancelled{};
  }
}

void CorpusReader::check_outputs(std::vector<std::string> outputs) const {
  outputs.insert(outputs.end(), options_.other_outputs.begin(), options_.other_outputs.end());
  std::error_code ignored;
  for (const std::string& output : outputs) {
    if (!std::filesystem::is_regular_file(output, ignored)) continue;
    for (const Input& input : inputs_) {
      if (input.path != "-" && std::filesystem::equivalent(output, input.path, ignored)) {
        throw Error(ErrorCode::kInvalidOption, "is an input, which is never overwritten", output);
      }
    }
  }
}

void CorpusReader::take_fault(const RecordFault& fault) {
  faults_.add(fault);
  if (control_.on_fault) control_.on_fault(path_of(fault), fault);
  if (options_.on_bad == OnBad::kStop) {
    const std::string path = path_of(fault);
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

void CorpusReader::check_share_of_faults(std::uint64_t documents) {
  if (share_checked_ || documents + faults_.total < kRecordsBeforeJudging) return;
  share_checked_ = true;
  if (faults_.total <= documents) return;
  throw Error(ErrorCode::kTooManyFaults,
              fmt::format("{} of the first {} records cannot be used (first reason: {}); is this "
                          "the right format and text field?",
                          faults_.total, documents + faults_.total, faults_.reasons[0].first));
}

void CorpusReader::restart() {
  reader_ = open();
  blocks_passed_ = 0;
}

bool CorpusReader::next_again(const CorpusTable& table, RecordBlock& block) {
  const bool more = next(block);
  bool same = more == (blocks_passed_ < table.blocks.size());
  if (more && same) {
    const BlockRow& row = table.blocks[blocks_passed_++];
    same = row.source == block.source && row.first_offset == block.first_offset &&
           row.size == block.bytes.size() && row.checksum == block_checksum(block);
  }
  if (!same) {
    throw Error(ErrorCode::kInputChanged, "the input changed while it was being read",
                inputs_[block.source].path);
  }
  return more;
}

std::uint64_t block_checksum(const RecordBlock& block) {
  return XXH3_64bits(block.bytes.data(), block.bytes.size());
}

}  // namespace copydesk
