// SPDX-License-Identifier: Apache-2.0
//
// Each system call of a run by which something is opened, read, written, brought to the disk or named
// fails once, the n-th for every n. Then the run must end with an error and leave each output as it was
// or whole, and the run that goes on must give what an undisturbed one gives; or it may say that it
// did without what could not be read, and must give what an undisturbed run without that gives.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "every_command.h"
#include "temporary_folder.h"

namespace {

enum class Calls { kOpening, kReading, kWriting };

constexpr std::int64_t kNever = -1;
std::atomic<Calls> failing_calls{Calls::kOpening};
std::atomic<int> failing_error{EIO};
std::atomic<std::int64_t> calls_left{kNever};  // until one fails
std::atomic<std::int64_t> calls{0};            // of the failing kind

bool fails_now(Calls kind) {
  if (kind != failing_calls) return false;
  ++calls;
  if (calls_left < 0 || calls_left-- != 0) return false;
  errno = failing_error;
  return true;
}

// Now and then only a part is taken or given.
size_t part_of(size_t count) {
  return calls_left >= 0 && count > 100 && calls % 3 == 0 ? count / 2 : count;
}

}  // namespace

// The library is linked statically, so these come before those of the system. Only what the library
// calls by these names comes here, not the standard streams.
extern "C" {
ssize_t read(int descriptor, void* bytes, size_t count) {
  if (fails_now(Calls::kReading)) return -1;
  return ::syscall(SYS_read, descriptor, bytes, part_of(count));
}
ssize_t pread(int descriptor, void* bytes, size_t count, off_t offset) {
  if (fails_now(Calls::kReading)) return -1;
  return ::syscall(SYS_pread64, descriptor, bytes, part_of(count), offset);
}
ssize_t write(int descriptor, const void* bytes, size_t count) {
  if (fails_now(Calls::kWriting)) return -1;
  return ::syscall(SYS_write, descriptor, bytes, part_of(count));
}
ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  if (fails_now(Calls::kWriting)) return -1;
  return ::syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}
int fsync(int descriptor) {
  if (fails_now(Calls::kWriting)) return -1;
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
int fdatasync(int descriptor) {
  if (fails_now(Calls::kWriting)) return -1;
  return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}
int ftruncate(int descriptor, off_t length) noexcept {
  if (fails_now(Calls::kWriting)) return -1;
  return static_cast<int>(::syscall(SYS_ftruncate, descriptor, length));
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  if (fails_now(Calls::kWriting)) return -1;
  return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, 0));
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (fails_now(Calls::kWriting)) return -1;
  return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  if (fails_now(Calls::kOpening)) return -1;
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
int openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  if (fails_now(Calls::kOpening)) return -1;
  return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
}
}

namespace copydesk::tests {
namespace {

using Outputs = std::map<std::string, std::string>;

constexpr std::size_t kQuestions = 6;

// A folder with all inputs, which is the current one while this exists.
class Scene {
 public:
  Scene() : before_(std::filesystem::current_path()) {
    for (const InputFile& file : input_files()) file.write(folder, file.parts.size());
    write_questions(kQuestions);
    folder.write("list", "d1\nd20\nd30\n");
    std::filesystem::create_directory(folder.path("work"));
    std::filesystem::current_path(folder.path());
  }
  ~Scene() { std::filesystem::current_path(before_); }

  // Of evaluation sets: the first sentences of some stories.
  void write_questions(std::size_t count) const {
    std::string lines;
    const std::vector<std::string> texts = short_stories(34, 3);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& text = texts[5 * i];
      lines += fmt::format("{{\"id\":\"q{}\",\"text\":\"{}\"}}\n", i, text.substr(0, text.find(". ")));
    }
    folder.write("questions/set.jsonl", lines);
  }
  void write_outputs(const LibraryCall& call) const {
    for (const std::string& output : call.outputs) folder.write(output, "former content");
  }
  [[nodiscard]] Outputs read_outputs(const LibraryCall& call) const {
    Outputs outputs;
    for (const std::string& output : call.outputs) outputs[output] = folder.read(output);
    return outputs;
  }

  const TemporaryFolder folder;

 private:
  std::filesystem::path before_;
};

class CallFailures {
 public:
  explicit CallFailures(const LibraryCall& call) : call_(call) {
    const Scene scene;
    all_ = call.run(false).documents;
    calm_ = scene.read_outputs(call);
  }

  // The n-th call of the kind fails with `error`, for every n that a run comes to. Of those that
  // write, which are many and alike, for the first ones and a third of the others.
  void fail_each(Calls kind, int error) {
    constexpr std::int64_t kFirst = 30;
    for (std::int64_t n = 0; fail(kind, error, n);) {
      n += kind == Calls::kWriting && n >= kFirst ? 3 : 1;
    }
  }

  int failed = 0, resumed = 0, partial = 0, unhurt = 0;

 private:
  // False if the run did not come to the call.
  bool fail(Calls kind, int error, std::int64_t n) {
    const Scene scene;
    scene.write_outputs(call_);
    failing_calls = kind;
    failing_error = error;
    calls = 0;
    calls_left = n;
    std::optional<Called> called;
    try {
      called = call_.run(false);
    } catch (const Error& thrown) {
      const ErrorCode code = thrown.code();
      BOOST_TEST((code == ErrorCode::kCannotWrite || code == ErrorCode::kCannotOpen ||
                  code == ErrorCode::kCannotRead || code == ErrorCode::kLimitExceeded ||
                  code == ErrorCode::kTooManyFaults || code == ErrorCode::kInputChanged));
    }
    calls_left = kNever;
    if (calls <= n) return false;
    BOOST_TEST_CONTEXT(call_.name << ", " << kind_name(kind) << " " << n << " fails with "
                                  << error) {
      check_names(scene);
      const Outputs outputs = scene.read_outputs(call_);
      if (called && called->skipped > 0) {
        ++partial;
        BOOST_TEST((kind != Calls::kWriting));
        BOOST_TEST(error == EIO);
        BOOST_TEST((outputs == without_what_was_lost(scene, called->documents)));
      } else if (called) {
        ++unhurt;
        BOOST_TEST((outputs == calm_));
      } else {
        ++failed;
        const bool is_former = std::all_of(
            outputs.begin(), outputs.end(),
            [](const auto& output) { return output.second == "former content"; });
        // Renames come one after the other; what fails behind them leaves whole outputs.
        for (const auto& [name, content] : outputs) {
          BOOST_TEST((is_former || content == "former content" || content == calm_.at(name)));
        }
        if (kind == Calls::kReading) BOOST_TEST(is_former);
        go_on(scene);
      }
    }
    return true;
  }

  static const char* kind_name(Calls kind) {
    return kind == Calls::kOpening ? "open" : kind == Calls::kReading ? "read" : "write";
  }

  void check_names(const Scene& scene) const {
    std::vector<std::string> names = call_.outputs;
    for (const InputFile& file : input_files()) names.push_back(file.name);
    names.insert(names.end(), {"list", "questions", "work"});
    std::sort(names.begin(), names.end());
    BOOST_TEST(scene.folder.names() == names, boost::test_tools::per_element());
  }

  void go_on(const Scene& scene) {
    resumed += std::filesystem::is_empty("work") ? 0 : 1;
    BOOST_TEST(call_.run(call_.resumes).skipped == 0u);
    BOOST_TEST((scene.read_outputs(call_) == calm_));
    BOOST_TEST(std::filesystem::is_empty("work"));
  }

  // What a run gives over that part of the one input, or of the evaluation set, that leaves
  // `documents`; nothing where no part does.
  Outputs without_what_was_lost(const Scene& scene, std::uint64_t documents) {
    const Outputs found = scene.read_outputs(call_);
    const std::uint64_t lost = all_ - documents;
    for (std::size_t i = 0; i < input_files().size(); ++i) {
      const InputFile& file = input_files()[i];
      if (lost > file.parts.size() || lost == 0) continue;
      auto known = known_.find({i, lost});
      if (known == known_.end()) {
        file.write(scene.folder, file.parts.size() - lost);
        BOOST_TEST(call_.run(false).documents == documents);
        known = known_.emplace(std::pair(i, lost), scene.read_outputs(call_)).first;
        file.write(scene.folder, file.parts.size());
      }
      if (known->second == found) return found;
    }
    // What fails to be read at the end of a file was all there.
    for (std::size_t questions = kQuestions; lost == 0 && questions > 0; --questions) {
      scene.write_questions(questions);
      static_cast<void>(call_.run(false));
      if (scene.read_outputs(call_) == found) return found;
    }
    return {};
  }

  const LibraryCall& call_;
  std::uint64_t all_ = 0;
  Outputs calm_;
  std::map<std::pair<std::size_t, std::uint64_t>, Outputs> known_;
};

void fail_each_call_of(std::initializer_list<std::string_view> names) {
  for (const LibraryCall& call : library_calls()) {
    if (std::find(names.begin(), names.end(), call.name) == names.end()) continue;
    CallFailures failures(call);
    failures.fail_each(Calls::kOpening, EMFILE);
    const int opens = failures.failed;
    failures.fail_each(Calls::kOpening, EIO);
    failures.fail_each(Calls::kReading, EIO);
    const int reads = failures.failed - opens + failures.partial;
    failures.fail_each(Calls::kWriting, ENOSPC);
    BOOST_TEST_MESSAGE(call.name << ": " << failures.failed << " runs failed, " << failures.resumed
                                 << " left something to go on with, " << failures.partial
                                 << " did without what could not be read, " << failures.unhurt
                                 << " were not hurt");
    BOOST_TEST_CONTEXT(call.name) {
      BOOST_TEST(opens > 5);
      BOOST_TEST(reads > 10);
      BOOST_TEST(failures.partial > 5);
      BOOST_TEST((!call.resumes || failures.resumed > 5));
    }
  }
}

BOOST_AUTO_TEST_SUITE(system_calls)

BOOST_AUTO_TEST_CASE(near_duplicates) { fail_each_call_of({"dedup", "pairs"}); }
BOOST_AUTO_TEST_CASE(reuse) { fail_each_call_of({"reuse"}); }
BOOST_AUTO_TEST_CASE(blocks) { fail_each_call_of({"blocks"}); }
BOOST_AUTO_TEST_CASE(stories) { fail_each_call_of({"split", "summarize", "summarize families"}); }
BOOST_AUTO_TEST_CASE(one_pass) { fail_each_call_of({"decontaminate", "extract", "filter"}); }

BOOST_AUTO_TEST_CASE(two_documents_that_are_compared) {
  const Scene scene;
  const auto compare = [] {
    const LoadedDocument a = load_document("a.jsonl:3", {});
    const LoadedDocument b = load_document("e.txt", {});
    CorpusOptions corpus;
    corpus.inputs = {"a.jsonl", "b.jsonl.gz"};
    const LoadedDocument c = load_document("d20", corpus);
    return std::vector<std::string>{a.name, a.text, b.name, b.text, c.name, c.text};
  };
  const std::vector<std::string> calm = compare();
  for (const auto& [kind, error] : {std::pair(Calls::kOpening, EMFILE),
                                    std::pair(Calls::kOpening, EIO),
                                    std::pair(Calls::kReading, EIO)}) {
    int failed = 0;
    failing_calls = kind;
    failing_error = error;
    for (std::int64_t n = 0;; ++n) {
      calls = 0;
      calls_left = n;
      bool ended_well = false;
      try {
        const bool is_same = compare() == calm;
        ended_well = true;
        calls_left = kNever;
        BOOST_TEST_CONTEXT(n) { BOOST_TEST(is_same); }
      } catch (const Error&) {
        ++failed;
      }
      calls_left = kNever;
      if (calls <= n) {
        BOOST_TEST(ended_well);
        break;
      }
    }
    BOOST_TEST(failed >= 3);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
