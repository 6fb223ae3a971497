// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/output_set.h"

#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cassert>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/error.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/run/copied_kind.h"

namespace copydesk {

namespace {

bool is_standard_output(const std::string& path) {
  return path == "-" || path == "/dev/stdout" || path == "/dev/fd/1" || path == "/proc/self/fd/1";
}

// Where a path leads. What exists is known by its numbers, what does not by its folder and name.
struct Place {
  bool exists = false;
  bool is_null_device = false;
  dev_t device = 0;
  ino_t number = 0;
  std::string name;  // of what does not exist

  [[nodiscard]] bool is_same(const Place& other) const {
    if (exists != other.exists || is_null_device || other.is_null_device) return false;
    return exists ? device == other.device && number == other.number : name == other.name;
  }
};

// What `descriptor` is open on for "-", else what `path` leads to.
Place place_of(const std::string& path, int descriptor) {
  Place place;
  struct stat status {};
  place.exists =
      path == "-" ? ::fstat(descriptor, &status) == 0 : ::stat(path.c_str(), &status) == 0;
  if (place.exists) {
    place.device = status.st_dev;
    place.number = status.st_ino;
    struct stat null {};
    place.is_null_device = ::stat("/dev/null", &null) == 0 && S_ISCHR(status.st_mode) &&
                           status.st_rdev == null.st_rdev;
    return place;
  }
  // A link that leads nowhere is refused when it is opened.
  std::error_code ignored;
  const std::filesystem::path absolute = std::filesystem::absolute(path, ignored);
  const std::filesystem::path folder =
      std::filesystem::weakly_canonical(absolute.parent_path(), ignored);
  place.name = (folder / absolute.filename()).string();
  return place;
}

Place place_of_output(const std::string& path) {
  return place_of(is_standard_output(path) ? "-" : path, STDOUT_FILENO);
}

[[noreturn]] void fail_same(const WantedOutput& output, const WantedOutput& other) {
  const auto name_of = [](const WantedOutput& wanted) {
    return is_standard_output(wanted.path) ? "standard output" : fmt::format("\"{}\"", wanted.path);
  };
  const std::string also =
      name_of(output) == name_of(other) ? "" : fmt::format(", by the name {}", name_of(other));
  throw Error(ErrorCode::kInvalidOption,
              fmt::format("goes to {}, as {} does{}", name_of(output), other.option, also),
              output.option);
}

void check_folder(const WantedOutput& output) {
  if (is_standard_output(output.path)) return;
  const std::filesystem::path folder = std::filesystem::path(output.path).parent_path();
  std::error_code error;
  if (folder.empty() || std::filesystem::is_directory(folder, error)) return;
  throw Error(ErrorCode::kCannotWrite,
              fmt::format("cannot write {}: {}", output.option,
                          error ? error.message() : "its folder is a file"),
              output.path);
}

// What is copied into it, and not just written.
CopiedKind kind_of(const WantedOutput& output) {
  return output.may_be_copied ? copied_kind(output.path) : CopiedKind::kNone;
}

// Whoever asks for a name gets what it says.
void check_ending(const WantedOutput& output) {
  static constexpr std::string_view kNotWritten[] = {
      ".csv", ".tsv", ".parquet", ".arrow", ".feather", ".avro", ".warc", ".wet",
      ".arc", ".xz",  ".bz2",     ".lz4",   ".br",      ".zip",  ".7z",   ".tar"};
  if (is_standard_output(output.path)) return;
  if (kind_of(output) != CopiedKind::kNone) {
    if (has_parquet() || !is_parquet_name(output.path)) return;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("\"{}\" is to be a table, which this copydesk was built without Parquet "
                            "to write",
                            output.path),
                output.option);
  }
  std::string name = ascii_lower(std::filesystem::path(output.path).filename().string());
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  }
  for (const std::string_view ending : kNotWritten) {
    if (!name.ends_with(ending)) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("\"{}\" ends in {}, which is not written: results are JSON Lines, "
                            "compressed if the name ends in .gz or .zst",
                            output.path, ending),
                output.option);
  }
}

}  // namespace

OutputSet::OutputSet(std::vector<WantedOutput> outputs,
                     std::span<const WantedOutput> written_elsewhere,
                     const std::string& shard_folder)
    : shard_folder_(shard_folder), elsewhere_(written_elsewhere.begin(), written_elsewhere.end()) {
  if (!shard_folder.empty()) {
    assert(outputs.front().path.empty());
    shards_ = std::make_unique<ShardFolder>(shard_folder);
  }
  for (WantedOutput& output : outputs) outputs_.push_back({std::move(output), nullptr});
  std::vector<std::pair<const WantedOutput*, Place>> places;
  const auto add = [&places](const WantedOutput& output) {
    if (output.path.empty()) return;
    check_ending(output);
    check_folder(output);
    const Place place = place_of_output(output.path);
    for (const auto& [other, other_place] : places) {
      const bool both_standard = is_standard_output(output.path) && is_standard_output(other->path);
      if (both_standard || place.is_same(other_place)) fail_same(output, *other);
    }
    places.emplace_back(&output, place);
  };
  for (const Output& output : outputs_) add(output.wanted);
  for (const WantedOutput& output : elsewhere_) add(output);
}

OutputSet::~OutputSet() = default;

void OutputSet::name_shards(std::span<const Input> inputs, std::size_t first) {
  if (shards_) shards_->name(inputs, first, outputs_.front().wanted.may_be_copied);
}

void OutputSet::refuse_inputs(std::span<const Input> inputs) const {
  std::vector<std::pair<const WantedOutput*, Place>> places;
  const auto add = [&places](const WantedOutput& output) {
    if (output.path.empty()) return;
    Place place = place_of_output(output.path);
    // A terminal, a pipe or a socket may be both, and nothing in it is overwritten.
    struct stat status {};
    const bool is_standard = is_standard_output(output.path);
    const int result =
        is_standard ? ::fstat(STDOUT_FILENO, &status) : ::stat(output.path.c_str(), &status);
    if (result == 0 && S_ISREG(status.st_mode)) places.emplace_back(&output, std::move(place));
  };
  for (const Output& output : outputs_) add(output.wanted);
  for (const WantedOutput& output : elsewhere_) add(output);
  if (places.empty()) return;
  for (const Input& input : inputs) {
    const Place place = place_of(input.path, STDIN_FILENO);
    for (const auto& [output, output_place] : places) {
      if (!place.is_same(output_place)) continue;
      throw Error(ErrorCode::kInvalidOption, "is an input, which is never overwritten",
                  is_standard_output(output->path) ? "standard output" : output->path);
    }
  }
}

void OutputSet::open() {
  for (Output& output : outputs_) {
    if (output.wanted.path.empty()) continue;
    output.sink = is_archive(kind_of(output.wanted)) ? open_packed_byte_sink(output.wanted.path)
                                                     : open_byte_sink(output.wanted.path);
  }
  if (shards_) shards_->open();
}

ByteSink* OutputSet::sink(std::string_view option) const {
  for (const Output& output : outputs_) {
    if (output.wanted.option == option) return output.sink.get();
  }
  assert(false && "no such output");
  return nullptr;
}

bool OutputSet::wants_records() const {
  return shards_ != nullptr || outputs_.front().sink != nullptr;
}

ByteSink* OutputSet::record_sink(std::uint32_t source) const {
  return shards_ ? &shards_->sink(source) : outputs_.front().sink.get();
}

const std::string& OutputSet::shard_name(std::uint32_t source) const {
  static const std::string kNone;
  return shards_ ? shards_->names()[source] : kNone;
}

void OutputSet::write_records(std::uint32_t source, std::string_view records) {
  if (ByteSink* const sink = record_sink(source)) sink->write(records);
}

void OutputSet::commit() {
  const ByteSink* closed = nullptr;
  if (shards_) shards_->finish();
  for (const Output& output : outputs_) {
    if (!output.sink) continue;
    try {
      output.sink->finish();
    } catch (const ClosedPipe&) {
      closed = output.sink.get();
    }
  }
  const auto commit_one = [&](auto& output) {
    try {
      output.commit();
    } catch (const Error& error) {
      std::string message = error.what();
      if (!error.where().empty()) message.erase(0, error.where().size() + 2);
      throw Error(error.code(), message + state_of_names(), error.where());
    }
  };
  for (auto output = outputs_.rbegin(); output != outputs_.rend(); ++output) {
    if (output->sink && output->sink.get() != closed) commit_one(*output->sink);
  }
  if (shards_) commit_one(*shards_);
  if (closed != nullptr) throw ClosedPipe();
}

std::string OutputSet::state_of_names() const {
  std::vector<std::string_view> renamed, kept;
  for (const Output& output : outputs_) {
    if (!output.sink || is_standard_output(output.wanted.path)) continue;
    (output.sink->has_final_name() ? renamed : kept).push_back(output.wanted.path);
  }
  if (shards_) (shards_->has_final_name() ? renamed : kept).push_back(shard_folder_);
  if (renamed.empty()) return {};
  std::string text = fmt::format(" (new: {}", fmt::join(renamed, ", "));
  if (!kept.empty()) text += fmt::format("; as before: {}", fmt::join(kept, ", "));
  return text + ")";
}

std::vector<std::string> OutputSet::paths() const {
  std::vector<std::string> paths;
  for (const Output& output : outputs_) paths.push_back(output.wanted.path);
  if (shards_) paths.front() = shards_->path();
  return paths;
}

void OutputSet::describe(ReportSection& section) const {
  if (shards_) section.add("--output-dir", std::string_view(shard_folder_));
  for (const Output& output : outputs_) {
    if (output.wanted.path.empty()) continue;
    section.add(output.wanted.option, std::string_view(output.wanted.path));
  }
}

}  // namespace copydesk
