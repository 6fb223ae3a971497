// SPDX-License-Identifier: Apache-2.0
//
// Processes that open and ask an index again and again, while this one adds to it, brings its segments
// together, and removes what that leaves behind. Each must see a state that the index had, whole, and none
// older than one it saw before; and what it opened at first must answer to the end, though its files have gone.
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "small_index.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

constexpr std::size_t kAdditions = 24;
constexpr std::size_t kReaders = 2;

// What an index holds, and answers to all texts. Starts no threads, as a forked process is to call it.
std::string state_of(const IndexReader& index, const std::vector<SearchedText>& texts) {
  const IndexReader::Counts counts = index.count();
  std::string state = std::to_string(counts.documents) + " " + std::to_string(counts.evidence) + "\n";
  const RunControl control;
  for (const IndexAnswer& answer : IndexSearcher(index, control).search(texts, {100}, 1)) {
    for (const IndexMatch& match : answer.matches) state += std::to_string(match.number) + " ";
    state += "\n";
  }
  return state;
}

// What a reader tells, in memory that it shares with the test.
struct Told {
  std::atomic<std::size_t> openings;
  std::atomic<std::size_t> states;  // that it saw, each counted once
  std::atomic<bool> is_first_open;
  char fault[512];
};

class SharedTold {
 public:
  SharedTold() {
    void* const memory = ::mmap(nullptr, kReaders * sizeof(Told), PROT_READ | PROT_WRITE,
                                MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::runtime_error("mmap");
    told_ = new (memory) Told[kReaders]();
  }
  ~SharedTold() { ::munmap(told_, kReaders * sizeof(Told)); }
  SharedTold(const SharedTold&) = delete;
  SharedTold& operator=(const SharedTold&) = delete;
  Told& operator[](std::size_t reader) { return told_[reader]; }

 private:
  Told* told_;
};

// Goes on until it sees the last state. Returns what is wrong, or nothing.
std::string read_again_and_again(const std::string& path, const std::vector<std::string>& states,
                                 const std::vector<SearchedText>& texts, Told& told) {
  const IndexReader first(path);
  told.is_first_open = true;
  std::size_t newest = states.size();  // none yet
  while (newest + 1 != states.size()) {
    const IndexReader index(path);
    ++told.openings;
    const auto found = std::find(states.begin(), states.end(), state_of(index, texts));
    if (found == states.end()) return "a state that the index never had";
    const auto at = static_cast<std::size_t>(found - states.begin());
    if (newest < states.size() && at < newest) return "an older state than before";
    if (at != newest) ++told.states;
    newest = at;
  }
  if (state_of(first, texts) != states.front()) return "what was opened at first answers otherwise";
  return "";
}

// Ended with the test, whatever becomes of it.
class ReaderProcess {
 public:
  ReaderProcess(const std::string& path, const std::vector<std::string>& states,
                const std::vector<SearchedText>& texts, Told& told) {
    process_ = ::fork();
    if (process_ < 0) throw std::runtime_error("fork");
    if (process_ > 0) return;
    std::string fault;
    try {
      fault = read_again_and_again(path, states, texts, told);
    } catch (const std::exception& error) {
      fault = error.what();
    }
    std::strncpy(told.fault, fault.c_str(), sizeof told.fault - 1);
    ::_exit(fault.empty() ? 0 : 1);
  }
  ~ReaderProcess() {
    if (process_ <= 0) return;
    ::kill(process_, SIGKILL);
    ::waitpid(process_, nullptr, 0);
  }
  ReaderProcess(const ReaderProcess&) = delete;
  ReaderProcess& operator=(const ReaderProcess&) = delete;

  // How it ended, as waitpid() has it.
  int wait() {
    int status = 0;
    if (::waitpid(process_, &status, 0) != process_) throw std::runtime_error("waitpid");
    process_ = -1;
    return status;
  }
  // Returns false once it has ended, without waiting for it.
  [[nodiscard]] bool runs() const {
    siginfo_t info{};
    const int failed = ::waitid(P_PID, static_cast<id_t>(process_), &info, WEXITED | WNOHANG | WNOWAIT);
    return failed == 0 && info.si_pid == 0;
  }

 private:
  pid_t process_ = -1;
};

BOOST_AUTO_TEST_SUITE(index_readers)

BOOST_AUTO_TEST_CASE(other_processes_read_while_segments_are_merged) {
  const std::vector<std::string> texts = family_texts(17, 2 * (kAdditions + 1));
  const auto add = [&](const std::string& path, std::size_t addition) {
    add_to_index(path, texts, 2 * addition, 2 * (addition + 1));
  };
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  const IndexParameters parameters;
  create_index(path, parameters);
  TextPreparer preparer(parameters);
  std::vector<SearchedText> searched(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    preparer.prepare(texts[i], TokenKind::kWords, searched[i]);
  }
  // All states, from an index that nobody else reads. Documents of an addition are counted, so each is new.
  std::vector<std::string> states;
  const std::string calm = folder.path("calm.index");
  create_index(calm, parameters);
  for (std::size_t i = 0; i <= kAdditions; ++i) {
    add(calm, i);
    states.push_back(state_of(IndexReader(calm), searched));
  }

  add(path, 0);
  SharedTold told;
  ReaderProcess one(path, states, searched, told[0]);
  ReaderProcess two(path, states, searched, told[1]);
  const auto opened = [&] { return told[0].openings + told[1].openings; };
  while ((one.runs() && !told[0].is_first_open) || (two.runs() && !told[1].is_first_open)) {
    std::this_thread::yield();
  }
  std::size_t openings_meanwhile = 0;
  for (std::size_t i = 1; i <= kAdditions; ++i) {
    add(path, i);
    const std::size_t before = opened();
    // Every second time, nothing of what was before is left.
    const IndexRewriting rewriting = rewrite_index(path, i % 2 == 0, {});
    BOOST_TEST(rewriting.segments == 1u);
    openings_meanwhile += opened() - before;
  }
  for (auto* const reader : {&one, &two}) {
    const int status = reader->wait();
    BOOST_TEST(WIFEXITED(status));
    BOOST_TEST(WEXITSTATUS(status) == 0);
  }
  for (std::size_t reader = 0; reader < kReaders; ++reader) {
    BOOST_TEST(std::string(told[reader].fault) == "");
    BOOST_TEST_MESSAGE("reader " << reader << " opened it " << told[reader].openings << " times, in "
                                 << told[reader].states << " of " << states.size() << " states");
    BOOST_TEST(told[reader].states > 2u);
  }
  BOOST_TEST_MESSAGE(openings_meanwhile << " openings while segments were merged");
  BOOST_TEST(openings_meanwhile > 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
