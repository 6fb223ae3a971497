// SPDX-License-Identifier: Apache-2.0
//
// Each system call by which a command opens or reads something fails once, the n-th for every n.
// For want of descriptors (EMFILE) the run must end with an error and leave each output as it was.
// A read that fails (EIO) does the same where it concerns the only input or what the run itself has
// left for later; of one of two inputs it may be a fault instead, which is counted. In no case does
// a run end well with less than there is.
#include <dirent.h>
#include <fcntl.h>
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
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "temporary_folder.h"

namespace {

constexpr std::int64_t kNever = -1;

// One kind of call that may fail: how many there were, and how many are left until one does.
struct Calls {
  std::atomic<std::int64_t> count{0};
  std::atomic<std::int64_t> left{kNever};

  bool fails_now(int error) {
    ++count;
    if (left < 0 || left-- != 0) return false;
    errno = error;
    return true;
  }
};
Calls opens, reads;

}  // namespace

// The library is linked statically, so these come before those of the system.
extern "C" {
ssize_t read(int descriptor, void* bytes, size_t count) {
  if (reads.fails_now(EIO)) return -1;
  return ::syscall(SYS_read, descriptor, bytes, count);
}
ssize_t pread(int descriptor, void* bytes, size_t count, off_t offset) {
  if (reads.fails_now(EIO)) return -1;
  return ::syscall(SYS_pread64, descriptor, bytes, count, offset);
}
int open(const char* path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  const unsigned mode = (flags & (O_CREAT | O_TMPFILE)) != 0 ? va_arg(rest, unsigned) : 0;
  va_end(rest);
  if (opens.fails_now(EMFILE)) return -1;
  return static_cast<int>(::syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}
}

namespace copydesk::tests {
namespace {

// Returns how many records were skipped.
using Run = std::function<std::uint64_t(const CorpusOptions&, const TemporaryFolder&)>;

struct Case {
  const char* name;
  std::vector<std::string> outputs;
  Run run;
};

const std::vector<Case>& cases() {
  static const std::vector<Case> all = {
      {"dedup",
       {"kept", "why"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         DedupOptions options;
         options.search.corpus = corpus;
         options.kept_path = folder.path("kept");
         options.decisions_path = folder.path("why");
         return run_dedup(options, {}).summary.faults;
       }},
      {"pairs",
       {"pairs"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         PairsOptions options;
         options.search.corpus = corpus;
         options.pairs_path = folder.path("pairs");
         return run_pairs(options, {}).summary.faults;
       }},
      {"reuse",
       {"page", "passages"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         ReuseOptions options;
         options.corpus = corpus;
         options.passages_path = folder.path("passages");
         options.html_path = folder.path("page");
         return run_reuse(options, {}).summary.faults;
       }},
      {"blocks",
       {"blocks", "model"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         BlocksOptions options;
         options.corpus = corpus;
         options.paragraphs = options.spans = true;
         options.output_path = folder.path("blocks");
         options.model_out_path = folder.path("model");
         return run_blocks(options, {}).summary.faults;
       }},
      {"split",
       {"stories"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         SplitOptions options;
         options.corpus = corpus;
         options.mask.site = true;
         options.output_path = folder.path("stories");
         return run_split(options, {}).summary.faults;
       }},
      {"summarize",
       {"abstracts", "terms"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         SummarizeOptions options;
         options.corpus = corpus;
         options.summary.selection.budget.sentences = 2;
         options.output_path = folder.path("abstracts");
         options.idf_out_path = folder.path("terms");
         return run_summarize(options, {}).summary.faults;
       }},
      {"restore",
       {"whole"},
       [](const CorpusOptions& corpus, const TemporaryFolder& folder) {
         return run_restore(corpus, folder.path("whole"), {}).summary.faults;
       }},
  };
  return all;
}

// What happened in a run in which the call `n` of `calls` failed; never, if `n` is kNever.
struct Outcome {
  bool ended_well = false;
  std::uint64_t faults = 0;
};

Outcome try_once(const Case& wanted, const CorpusOptions& corpus, const TemporaryFolder& folder,
                 Calls& calls, std::int64_t n) {
  for (const std::string& output : wanted.outputs) folder.write(output, "former content");
  Outcome outcome;
  calls.count = 0;
  calls.left = n;
  try {
    outcome.faults = wanted.run(corpus, folder);
    outcome.ended_well = true;
  } catch (const Error&) {
  }
  calls.left = kNever;
  return outcome;
}

void fail_each(Calls& calls, std::size_t inputs) {
  for (const Case& wanted : cases()) {
    const TemporaryFolder folder;
    CorpusOptions corpus;
    for (std::size_t i = 0; i < inputs; ++i) {
      corpus.inputs.push_back(folder.write("in" + std::to_string(i) + ".jsonl", stories(30, i + 1)));
    }
    corpus.work_folder = folder.path();
    corpus.memory_bytes = 1;  // everything goes to files
    corpus.reading.batch_bytes = 40'000;
    const Outcome calm = try_once(wanted, corpus, folder, calls, kNever);
    BOOST_TEST_REQUIRE(calm.ended_well);
    const std::int64_t in_a_run = calls.count;
    std::vector<std::string> whole;
    for (const std::string& output : wanted.outputs) whole.push_back(folder.read(output));
    int failed = 0;
    for (std::int64_t n = 0; n < in_a_run; ++n) {
      const Outcome outcome = try_once(wanted, corpus, folder, calls, n);
      failed += outcome.ended_well ? 0 : 1;
      BOOST_TEST_CONTEXT(wanted.name << ", call " << n << " of " << in_a_run) {
        if (outcome.faults > 0) {
          BOOST_TEST(inputs > 1u);     // of the only input it would be all there is
          BOOST_TEST(&calls == &reads);  // a shortage is no fault of an input
          continue;
        }
        for (std::size_t i = 0; i < whole.size(); ++i) {
          const std::string content = folder.read(wanted.outputs[i]);
          BOOST_TEST((outcome.ended_well ? content == whole[i] : content == "former content"));
        }
      }
    }
    BOOST_TEST_MESSAGE(wanted.name << ": " << failed << " of " << in_a_run << " ended the run");
    BOOST_TEST(failed > 0);
  }
}

BOOST_AUTO_TEST_SUITE(inputs)

BOOST_AUTO_TEST_CASE(want_of_descriptors_ends_the_run_with_one_input) { fail_each(opens, 1); }
BOOST_AUTO_TEST_CASE(want_of_descriptors_ends_the_run_with_two_inputs) { fail_each(opens, 2); }
BOOST_AUTO_TEST_CASE(a_read_that_fails_of_the_only_input_ends_the_run) { fail_each(reads, 1); }
BOOST_AUTO_TEST_CASE(a_read_that_fails_of_two_inputs_is_told) { fail_each(reads, 2); }

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
