// SPDX-License-Identifier: Apache-2.0
//
// An index that is being changed, and the process ends, or a system call fails: at each call by which
// something is made, written, brought to the disk, named or removed, one run each. Whoever opens it then
// sees the index as it was or as it was to become, whole; and the same command, given again, completes it.
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "copydesk/index/segment_merger.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "index/small_index.h"
#include "temporary_folder.h"

namespace {

// What becomes of the n-th call.
enum class Fate { kNone, kDiesBefore, kDiesAfter, kFails };
std::atomic<Fate> fate{Fate::kNone};
std::atomic<int> failing_error{ENOSPC};
std::atomic<std::int64_t> calls{0}, fated_call{-1};
// How often each was called, in a run in which none is fated.
std::atomic<bool> counts_names{false};
std::map<std::string, int>& call_names() {
  static std::map<std::string, int> names;
  return names;
}

constexpr int kKilled = 137;

template <class Call>
auto fated(const char* name, Call&& call) -> decltype(call()) {
  if (counts_names) ++call_names()[name];
  const bool is_it = calls++ == fated_call;
  if (is_it && fate == Fate::kDiesBefore) ::_exit(kKilled);
  if (is_it && fate == Fate::kFails) {
    errno = failing_error;
    return -1;
  }
  const auto result = call();
  if (is_it && fate == Fate::kDiesAfter) ::_exit(kKilled);
  return result;
}

}  // namespace

// The library is linked statically, so these come before those of the system.
extern "C" {
ssize_t write(int descriptor, const void* bytes, size_t count) {
  return fated("write", [&] { return ::syscall(SYS_write, descriptor, bytes, count); });
}
ssize_t pwrite(int descriptor, const void* bytes, size_t count, off_t offset) {
  return fated("pwrite", [&] { return ::syscall(SYS_pwrite64, descriptor, bytes, count, offset); });
}
int fsync(int descriptor) {
  return fated("fsync", [&] { return static_cast<int>(::syscall(SYS_fsync, descriptor)); });
}
int ftruncate(int descriptor, off_t length) noexcept {
  return fated("ftruncate",
               [&] { return static_cast<int>(::syscall(SYS_ftruncate, descriptor, length)); });
}
int renameat(int from_folder, const char* from, int to_folder, const char* to) noexcept {
  return fated("renameat", [&] {
    return static_cast<int>(::syscall(SYS_renameat2, from_folder, from, to_folder, to, 0));
  });
}
int mkdir(const char* path, mode_t mode) noexcept {
  return fated("mkdir",
               [&] { return static_cast<int>(::syscall(SYS_mkdirat, AT_FDCWD, path, mode)); });
}
int unlinkat(int folder, const char* path, int flags) noexcept {
  return fated("unlinkat",
               [&] { return static_cast<int>(::syscall(SYS_unlinkat, folder, path, flags)); });
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  const auto call = [&] { return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode)); };
  return (flags & O_CREAT) != 0 ? fated("create", call) : call();
}
int openat(int folder, const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  const auto call = [&] { return static_cast<int>(::syscall(SYS_openat, folder, path, flags, mode)); };
  return (flags & O_CREAT) != 0 ? fated("create", call) : call();
}
}

namespace copydesk::tests {
namespace {

constexpr std::size_t kOld = 60;
constexpr std::size_t kAll = 100;

struct Operation {
  std::string name;
  std::function<void(const std::string& folder)> run;  // over FOLDER/x.index and FOLDER/new.jsonl
  std::size_t segments = 2;  // that the index has
};

void dedup_and_add(const std::string& folder) {
  DedupOptions options = dedup_options({});
  options.search.corpus.threads = 1;
  options.search.corpus.inputs = {folder + "/new.jsonl"};
  options.index_path = folder + "/x.index";
  options.add_to_index = true;
  options.kept_path = folder + "/kept";
  run_dedup(options, {});
}

const std::vector<Operation>& operations() {
  static const std::vector<Operation> all = {
      {"dedup --add", dedup_and_add},
      {"dedup --add, which brings segments together", dedup_and_add, kSegmentsUnmerged},
      {"remove",
       [](const std::string& folder) {
         RecordList list;
         for (const char* const id : {"3", "7", "33"}) list.add_name(id);
         remove_from_index(folder + "/x.index", {&list, "", ""}, {});
       }},
      {"merge", [](const std::string& folder) { rewrite_index(folder + "/x.index", false, {}); }},
      {"compact", [](const std::string& folder) { rewrite_index(folder + "/x.index", true, {}); }}};
  return all;
}

// What an index answers and holds.
std::string state_of(const std::string& path) {
  const IndexReader index(path);
  const IndexReader::Counts counts = index.count();
  std::string state = std::to_string(counts.documents) + " " + std::to_string(counts.evidence) + " " +
                      std::to_string(counts.taken_out) + "\n";
  TextPreparer preparer(index.parameters());
  const std::vector<std::string> texts = family_texts(21, kAll);
  std::vector<SearchedText> searched(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    preparer.prepare(texts[i], TokenKind::kWords, searched[i]);
  }
  const RunControl control;
  for (const IndexAnswer& answer : IndexSearcher(index, control).search(searched, {100}, 1)) {
    for (const IndexMatch& match : answer.matches) state += std::to_string(match.number) + " ";
    state += "\n";
  }
  BOOST_TEST(check_index(path, [](const std::string& fault) { BOOST_ERROR(fault); }, {}) == 0u);
  return state;
}

// A folder with an index of some segments, and a file to add. If they are two, something was taken out.
struct Scene {
  explicit Scene(std::size_t segments, const std::filesystem::path* from = nullptr) {
    if (from != nullptr) {
      std::filesystem::copy(*from, folder.path(), std::filesystem::copy_options::recursive);
      return;
    }
    const std::vector<std::string> texts = family_texts(21, kAll);
    create_index(index(), {});
    for (std::size_t i = 0; i < segments; ++i) {
      add_to_index(index(), texts, kOld * i / segments, kOld * (i + 1) / segments);
    }
    BOOST_TEST(IndexReader(index()).segments().size() == segments);
    if (segments == 2) {
      RecordList list;
      list.add_name("5");
      remove_from_index(index(), {&list, "", ""}, {});
    }
    std::string lines;
    for (std::size_t i = kOld; i < kAll; ++i) {
      lines += "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"" + texts[i] + "\"}\n";
    }
    folder.write("new.jsonl", lines);
  }
  [[nodiscard]] std::string index() const { return folder.path("x.index"); }
  TemporaryFolder folder;
};

class Faults {
 public:
  explicit Faults(const Operation& operation)
      : operation_(operation), calm_(operation.segments), from_(calm_.folder.path()) {
    before_ = state_of(calm_.index());
    const Scene scene(operation_.segments, &from_);
    calls = 0;
    fated_call = -1;
    counts_names = true;
    operation_.run(scene.folder.path());
    counts_names = false;
    calls_ = calls;
    after_ = state_of(scene.index());
    kept_ = kept(scene);
  }

  void die_at_each(std::int64_t step) {
    for (const Fate how : {Fate::kDiesBefore, Fate::kDiesAfter}) {
      for (std::int64_t n = 0; n < calls_; n += step) {
        const Scene scene(operation_.segments, &from_);
        const pid_t child = ::fork();
        if (child == 0) {
          calls = 0;
          fate = how;
          fated_call = n;
          operation_.run(scene.folder.path());
          ::_exit(0);
        }
        int status = 0;
        BOOST_TEST_REQUIRE(::waitpid(child, &status, 0) == child);
        BOOST_TEST_REQUIRE(WIFEXITED(status));
        BOOST_TEST(WEXITSTATUS(status) == kKilled);
        BOOST_TEST_CONTEXT(operation_.name << " killed at call " << n) { look(scene); }
        ++killed;
      }
    }
  }

  void fail_each(int error) {
    for (std::int64_t n = 0; n < calls_; ++n) {
      const Scene scene(operation_.segments, &from_);
      calls = 0;
      failing_error = error;
      fate = Fate::kFails;
      fated_call = n;
      try {
        operation_.run(scene.folder.path());
      } catch (const Error& thrown) {
        ++failed;
        const bool is_right = thrown.code() == ErrorCode::kCannotWrite ||
                              thrown.code() == ErrorCode::kCannotOpen;
        fated_call = -1;
        BOOST_TEST(is_right);
      }
      fated_call = -1;
      fate = Fate::kNone;
      BOOST_TEST_CONTEXT(operation_.name << ", call " << n << " fails with " << error) { look(scene); }
    }
  }

  int killed = 0, failed = 0, as_before = 0, as_after = 0;

 private:
  static std::string kept(const Scene& scene) {
    return std::filesystem::exists(scene.folder.path("kept")) ? scene.folder.read("kept") : "";
  }

  // Before or after, never between; and what was begun can be completed.
  void look(const Scene& scene) {
    const std::string state = state_of(scene.index());
    const bool is_after = state == after_ && state != before_;
    BOOST_TEST((state == before_ || state == after_));
    (is_after ? as_after : as_before) += 1;
    // The outputs come first: never is a document in the index that was not written.
    if (is_after) BOOST_TEST((kept(scene) == kept_));
    BOOST_TEST((kept(scene).empty() || kept(scene) == kept_));
    if (!is_after) operation_.run(scene.folder.path());
    BOOST_TEST((state_of(scene.index()) == after_));
    BOOST_TEST((kept(scene) == kept_));
    { const IndexWriter next(scene.index()); }
    for (const auto& entry : std::filesystem::directory_iterator(scene.index())) {
      const std::string name = entry.path().filename().string();
      BOOST_TEST(!name.starts_with("tmp-"), name);
      BOOST_TEST(!name.starts_with(".manifest"), name);
    }
  }

  const Operation& operation_;
  Scene calm_;
  std::filesystem::path from_;
  std::int64_t calls_ = 0;
  std::string before_, after_, kept_;
};

BOOST_AUTO_TEST_SUITE(index_faults)

BOOST_AUTO_TEST_CASE(killed_at_each_call) {
  int killed = 0;
  for (const Operation& operation : operations()) {
    Faults faults(operation);
    faults.die_at_each(1);
    BOOST_TEST_MESSAGE(operation.name << ": killed " << faults.killed << " times, " << faults.as_before
                                      << " as before, " << faults.as_after << " as after");
    BOOST_TEST(faults.as_before > 0);
    killed += faults.killed;
  }
  for (const auto& [name, count] : call_names()) BOOST_TEST_MESSAGE(name << " " << count);
  BOOST_TEST(killed >= 200);
  BOOST_TEST(call_names().size() >= 7u);
}

BOOST_AUTO_TEST_CASE(each_call_fails) {
  int failed = 0;
  for (const Operation& operation : operations()) {
    Faults faults(operation);
    faults.fail_each(ENOSPC);
    BOOST_TEST_MESSAGE(operation.name << ": " << faults.failed << " runs failed, " << faults.as_before
                                      << " as before, " << faults.as_after << " as after");
    failed += faults.failed;
  }
  BOOST_TEST(failed >= 50);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
