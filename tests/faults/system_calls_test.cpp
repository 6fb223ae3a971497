// SPDX-License-Identifier: Apache-2.0
//
// Each system call of a run by which something is written, brought to the disk or named fails once,
// the n-th for every n. The run must end with an error and leave each output as it was or whole;
// the run that goes on must give what an undisturbed one gives.
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "temporary_folder.h"

namespace {

constexpr std::int64_t kNever = -1;
std::atomic<std::int64_t> calls_left{kNever};  // until one fails
std::atomic<std::int64_t> calls{0};

bool fails_now(int error) {
  ++calls;
  if (calls_left < 0 || calls_left-- != 0) return false;
  errno = error;
  return true;
}

}  // namespace

// The library is linked statically, so these come before those of the system. Only what the library
// calls by these names comes here, not the standard streams.
extern "C" {
ssize_t write(int descriptor, const void* bytes, size_t count) {
  if (fails_now(ENOSPC)) return -1;
  // Now and then only a part is taken.
  if (calls_left >= 0 && count > 100 && calls % 3 == 0) count /= 2;
  return ::syscall(SYS_write, descriptor, bytes, count);
}
ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  if (fails_now(ENOSPC)) return -1;
  return ::syscall(SYS_pwrite64, descriptor, bytes, count, offset);
}
int fsync(int descriptor) {
  if (fails_now(EIO)) return -1;
  return static_cast<int>(::syscall(SYS_fsync, descriptor));
}
int fdatasync(int descriptor) {
  if (fails_now(EIO)) return -1;
  return static_cast<int>(::syscall(SYS_fdatasync, descriptor));
}
int ftruncate(int descriptor, off_t length) noexcept {
  if (fails_now(EIO)) return -1;
  return static_cast<int>(::syscall(SYS_ftruncate, descriptor, length));
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  if (fails_now(EIO)) return -1;
  return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, 0));
}
int mkdir(const char* path, mode_t mode) noexcept {
  if (fails_now(ENOSPC)) return -1;
  return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode));
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  if (fails_now(EMFILE)) return -1;
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
int openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  if (fails_now(ENOSPC)) return -1;
  return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode));
}
}

namespace copydesk::tests {
namespace {

// Returns how many records were skipped; an input that cannot be opened counts as one.
using Run = std::function<std::uint64_t(const TemporaryFolder&, bool resume)>;

NearDuplicateOptions search_in(const TemporaryFolder& folder, bool resume) {
  NearDuplicateOptions search;
  search.corpus.inputs = {folder.path("in.jsonl")};
  search.corpus.work_folder = folder.path("work");
  search.corpus.threads = 1;
  search.corpus.memory_bytes = 1;  // everything goes to files
  search.corpus.reading.batch_bytes = 40'000;
  search.corpus.checkpoint = true;
  search.corpus.resume = resume;
  return search;
}

void fail_each_call(const char* name, const std::vector<std::string>& outputs, const Run& run) {
  const std::string corpus = stories(60);
  const auto prepare = [&](const TemporaryFolder& folder) {
    folder.write("in.jsonl", corpus);
    std::filesystem::create_directory(folder.path("work"));
    for (const std::string& output : outputs) folder.write(output, "former content");
  };
  const TemporaryFolder calm;
  prepare(calm);
  const std::int64_t before = calls;
  BOOST_TEST(run(calm, false) == 0u);
  const std::int64_t in_a_run = calls - before;
  int failed = 0;
  int resumed = 0;
  for (std::int64_t n = 0; n < in_a_run; ++n) {
    const TemporaryFolder folder;
    prepare(folder);
    bool ended_well = false;
    std::uint64_t skipped = 0;
    calls_left = n;
    try {
      skipped = run(folder, false);
      ended_well = true;
    } catch (const Error& error) {
      const ErrorCode code = error.code();
      BOOST_TEST((code == ErrorCode::kCannotWrite || code == ErrorCode::kCannotOpen ||
                  code == ErrorCode::kCannotRead || code == ErrorCode::kLimitExceeded));
    }
    calls_left = kNever;
    BOOST_TEST_CONTEXT(name << ", call " << n << " of " << in_a_run) {
      std::vector<std::string> names = outputs;
      names.insert(names.end(), {"in.jsonl", "work"});
      std::sort(names.begin(), names.end());
      BOOST_TEST(folder.names() == names, boost::test_tools::per_element());
      if (skipped > 0) continue;
      for (const std::string& output : outputs) {
        const std::string content = folder.read(output);
        const bool whole = content == calm.read(output);
        BOOST_TEST((whole || (!ended_well && content == "former content")));
      }
      if (ended_well) continue;
      ++failed;
      resumed += std::filesystem::is_empty(folder.path("work")) ? 0 : 1;
      BOOST_TEST(run(folder, true) == 0u);
      for (const std::string& output : outputs) {
        BOOST_TEST((folder.read(output) == calm.read(output)));
      }
      BOOST_TEST(std::filesystem::is_empty(folder.path("work")));
    }
  }
  BOOST_TEST_MESSAGE(name << ": " << failed << " of " << in_a_run << " failed, " << resumed
                          << " left something to go on with");
  BOOST_TEST(failed > 20);
  BOOST_TEST(resumed > 10);
}

BOOST_AUTO_TEST_SUITE(system_calls)

BOOST_AUTO_TEST_CASE(dedup) {
  fail_each_call("dedup", {"groups", "kept", "why"},
                 [](const TemporaryFolder& folder, bool resume) {
                   DedupOptions options;
                   options.search = search_in(folder, resume);
                   options.kept_path = folder.path("kept");
                   options.decisions_path = folder.path("why");
                   options.clusters_path = folder.path("groups");
                   return run_dedup(options, {}).summary.faults;
                 });
}

BOOST_AUTO_TEST_CASE(pairs) {
  fail_each_call("pairs", {"out"}, [](const TemporaryFolder& folder, bool resume) {
    PairsOptions options;
    options.search = search_in(folder, resume);
    options.pairs_path = folder.path("out");
    return run_pairs(options, {}).summary.faults;
  });
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
