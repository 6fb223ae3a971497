// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/checkpoint.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fmt/format.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <new>
#include <span>
#include <sstream>
#include <string_view>

#include "copydesk/error.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/output_file.h"
#include "copydesk/version.h"

namespace copydesk {

namespace {

constexpr std::string_view kOptionsFile = "options";
constexpr std::string_view kLockFile = "lock";
constexpr std::size_t kReadBytes = std::size_t{1} << 16;
constexpr std::uint32_t kStageEnd = ~std::uint32_t{0};

std::string folder_name(const RunIdentity& identity) {
  std::string text;
  std::error_code ignored;
  const auto add = [&](const std::string& path) {
    text += path == "-" ? path : std::filesystem::absolute(path, ignored).string();
    text.push_back('\0');
  };
  for (const Input& input : identity.inputs) add(input.path);
  text.push_back('\0');
  for (const std::string& output : identity.outputs) add(output);
  return fmt::format("copydesk-{}-{:016x}", identity.command,
                     XXH3_64bits(text.data(), text.size()));
}

// One line for each option and each input.
std::string describe(const RunIdentity& identity) {
  std::string text = fmt::format("version {}, rules of text {}\n", version(), kTextRulesVersion);
  for (const auto* const options : {&identity.options, &identity.more_options}) {
    for (const auto& [name, value] : *options) text += fmt::format("{} {}\n", name, value);
  }
  for (const Input& input : identity.inputs) {
    struct stat status {};
    ::stat(input.path.c_str(), &status);
    text += fmt::format("input {} of {} bytes, changed at {}.{:09}\n", input.path, status.st_size,
                        status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
  }
  return text;
}

// What a killed process left beside an output.
void remove_temporary(const std::string& output, long process) {
  if (process <= 0 || output.empty() || output == "-") return;
  std::error_code ignored;
  const std::filesystem::path path = std::filesystem::weakly_canonical(output, ignored);
  for (int attempt = 0; attempt < OutputFile::kMostAttempts; ++attempt) {
    const std::string name =
        OutputFile::temporary_name(path.filename().string(), process, attempt);
    // A folder of shards, if it is one.
    if (std::filesystem::remove_all(path.parent_path() / name, ignored) == 0) break;
  }
}

void try_to_sync_folder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

}  // namespace

// The delegation makes the destructor give up the lock when what follows throws.
Checkpoint::Checkpoint(const std::string& work_folder, const RunIdentity& identity, bool resume)
    : Checkpoint() {
  folder_ = work_folder + "/" + folder_name(identity);
  if (::mkdir(folder_.c_str(), 0700) != 0 && errno != EEXIST) {
    throw Error(ErrorCode::kCannotWrite, std::strerror(errno), folder_);
  }
  const long before = lock();
  // Its files go before our number takes the place of its own: this process, too, may be killed.
  for (const std::string& output : identity.outputs) remove_temporary(output, before);
  for (const WantedOutput& output : identity.other_outputs) remove_temporary(output.path, before);
  // One write of one length, so that it is never read in part.
  const std::string self = fmt::format("{:<20}\n", ::getpid());
  if (::pwrite(lock_, self.data(), self.size(), 0) < 0) {
    throw Error(ErrorCode::kCannotWrite, std::strerror(errno), folder_);
  }
  const std::string options = folder_ + "/" + std::string(kOptionsFile);
  std::error_code ignored;
  resumed_ = std::filesystem::exists(options, ignored);
  if (resumed_ && !resume) {
    throw Error(ErrorCode::kInvalidOption,
                "holds an unfinished run of this command: --resume goes on with it; remove the "
                "folder to start over",
                folder_);
  }
  const std::string wanted = describe(identity);
  if (resumed_) {
    compare_options(wanted);
    return;
  }
  // Without options, what else is there belongs to no run that we know.
  for (const auto& file : std::filesystem::directory_iterator(folder_, ignored)) {
    if (file.path().filename() != kLockFile) std::filesystem::remove_all(file.path(), ignored);
  }
  const std::unique_ptr<ByteSink> sink = open_byte_sink(options);
  sink->write(wanted);
  sink->commit();
  try_to_sync_folder(work_folder);
}

Checkpoint::~Checkpoint() {
  if (lock_ >= 0) ::close(lock_);
}

long Checkpoint::lock() {
  lock_ = open_regular_file(folder_ + "/" + std::string(kLockFile), O_RDWR | O_CREAT);
  char owner[24] = {};
  const bool locked = ::flock(lock_, LOCK_EX | LOCK_NB) == 0;
  static_cast<void>(::pread(lock_, owner, sizeof owner - 1, 0));
  if (!locked) {
    ::close(std::exchange(lock_, -1));
    throw Error(ErrorCode::kCannotOpen,
                fmt::format("process {} is at work there", std::atol(owner)), folder_);
  }
  return std::atol(owner);
}

void Checkpoint::compare_options(const std::string& wanted) const {
  std::istringstream file(read_options());
  std::istringstream expected(wanted);
  std::string there;
  std::string here;
  for (;;) {
    const bool more_there = static_cast<bool>(std::getline(file, there));
    const bool more_here = static_cast<bool>(std::getline(expected, here));
    if (!more_there && !more_here) return;
    if (more_there && more_here && there == here) continue;
    throw Error(
        ErrorCode::kInvalidOption,
        fmt::format("the unfinished run there is not this one: it had \"{}\", this has \"{}\"; "
                    "remove the folder to start over",
                    more_there ? there : "", more_here ? here : ""),
        folder_);
  }
}

// Options that are longer than this were not written by us.
std::string Checkpoint::read_options() const {
  constexpr std::size_t kMostBytes = std::size_t{1} << 28;
  const std::string path = folder_ + "/" + std::string(kOptionsFile);
  const int descriptor = open_regular_file(path, O_RDONLY);
  std::string text;
  try {
    for (std::size_t size = 0; text.size() == size && size < kMostBytes; size += kReadBytes) {
      text.resize(size + kReadBytes);
      text.resize(size + read_fully_at(descriptor, size, std::span(text).subspan(size), path));
      if (text.size() < size + kReadBytes) break;
    }
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  ::close(descriptor);
  return text;
}

bool Checkpoint::holds_work() const {
  if (folder_.empty()) return false;
  std::error_code ignored;
  for (const auto& file : std::filesystem::directory_iterator(folder_, ignored)) {
    const std::filesystem::path name = file.path().filename();
    if (name != kOptionsFile && name != kLockFile) return true;
  }
  return false;
}

std::unique_ptr<FrameLog> Checkpoint::open(const std::string& name) const {
  if (folder_.empty()) return nullptr;
  return std::make_unique<FrameLog>(folder_ + "/" + name);
}

// The options go first: a folder of which only a part could be removed holds no unfinished run.
void Checkpoint::remove() {
  if (folder_.empty()) return;
  std::error_code ignored;
  std::filesystem::remove(folder_ + "/" + std::string(kOptionsFile), ignored);
  std::filesystem::remove_all(folder_, ignored);
}

void StageWriter::append_parts(std::uint32_t kind, std::string_view whole) {
  constexpr std::size_t kPart = std::size_t{1} << 24;
  for (std::size_t begin = 0; begin < whole.size(); begin += kPart) {
    append(kind, whole.substr(begin, kPart));
  }
}

void StageWriter::end() {
  log_.append(kStageEnd, {});
  log_.sync();
}

bool StageReader::next() {
  if (is_complete_ || !log_.read(frame_)) return false;
  is_complete_ = frame_.kind == kStageEnd;
  return !is_complete_;
}

std::string StageReader::rest() {
  std::string whole;
  while (next()) whole += text();
  return whole;
}

RunIdentity make_run_identity(const std::string& command, const CorpusOptions& options,
                              std::vector<Input> inputs) {
  RunIdentity identity;
  identity.command = command;
  identity.inputs = std::move(inputs);
  identity.other_outputs = options.other_outputs;
  const auto add = [&](const char* name, const auto& value) {
    identity.options.emplace_back(name, fmt::format("{}", value));
  };
  add("format", static_cast<int>(options.format));
  add("text-field", options.fields.text);
  add("id-field", options.fields.id);
  add("title-field", options.fields.title);
  add("url-field", options.fields.url);
  add("time-field", options.fields.time);
  add("site-field", options.fields.site);
  add("order-field", options.fields.order);
  add("on-bad", options.on_bad == OnBad::kStop ? "stop" : "skip");
  add("max-record", options.reading.max_record_bytes);
  add("encoding", options.reading.conversion.encoding);
  add("only-fields", options.reading.conversion.only_fields ? 1 : 0);
  identity.more_options = options.run_options;
  return identity;
}

std::unique_ptr<Checkpoint> open_checkpoint(const CorpusOptions& options, const RunIdentity& identity,
                                            const RunControl& control) {
  const std::string& folder = options.work_folder;
  if (!options.checkpoint && !options.resume) return std::make_unique<Checkpoint>();
  if (folder.empty()) {
    if (!options.resume) return std::make_unique<Checkpoint>();
    throw Error(ErrorCode::kInvalidOption, "needs --work-dir, the folder of the unfinished run",
                "--resume");
  }
  for (const Input& input : identity.inputs) {
    if (input.spool == nullptr) continue;
    if (!options.resume) return std::make_unique<Checkpoint>();
    throw Error(ErrorCode::kInvalidOption, "standard input cannot be read again: give files",
                "--resume");
  }
  auto checkpoint = std::make_unique<Checkpoint>(folder, identity, options.resume);
  if (options.resume) {
    control.note(checkpoint->resumed()
                     ? "going on with the unfinished run in " + checkpoint->folder()
                     : "no unfinished run of this command in " + folder +
                           ": starting from the beginning");
  }
  return checkpoint;
}

void leave_checkpoint(Checkpoint& checkpoint, const RunControl& control) {
  bool is_of_use = checkpoint.holds_work();
  try {
    throw;
  } catch (const Error& error) {
    is_of_use = is_of_use && error.code() != ErrorCode::kInputChanged &&
                error.code() != ErrorCode::kTooManyFaults;
    if (!is_of_use) checkpoint.remove();
  } catch (const Cancelled&) {
    if (!is_of_use) checkpoint.remove();
  } catch (const ClosedPipe&) {
    checkpoint.remove();
    throw;
  } catch (const std::bad_alloc&) {
    throw;  // a note would take memory
  }
  if (is_of_use) {
    control.note("the same command with --resume goes on with what is in " + checkpoint.folder());
  }
  throw;
}

}  // namespace copydesk
