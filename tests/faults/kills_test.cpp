// SPDX-License-Identifier: Apache-2.0
//
// kill -9 at any moment of a run with a checkpoint, again and again: the run that goes on ends with the
// bytes of an undisturbed one. (dedup and pairs: cli.*.resume_after_kill.) COPYDESK_KILLS is how often
// each command is killed.
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "program.h"

namespace copydesk::tests {
namespace {

// Those that keep something to go on with, with every stage they have.
const std::vector<Command>& resumed_commands() {
  static const std::vector<Command> all = {
      {"reuse",
       {"reuse", "in.jsonl", "-q", "--mask", "site", "-o", "passages", "--pairs", "pairs", "--families",
        "families", "--html", "page.html"},
       {"families", "page.html", "pairs", "passages"}},
      {"blocks",
       {"blocks", "in.jsonl", "-q", "--scope", "page,site,corpus", "--unit",
        "paragraph,sentence,span", "--cut", "-o", "cut", "--model-out", "model"},
       {"cut", "model"}},
      {"blocks of a corpus",
       {"blocks", "in.jsonl", "-q", "--scope", "corpus", "--unit", "span", "-o", "blocks"},
       {"blocks"}},
      {"split", {"split", "in.jsonl", "-q", "--mask", "site", "-o", "stories"}, {"stories"}},
      {"summarize",
       {"summarize", "in.jsonl", "-q", "--mask", "site", "-o", "abstracts", "--idf-out", "terms"},
       {"abstracts", "terms"}},
  };
  return all;
}

int kills_of_each_command() {
  const char* const wanted = std::getenv("COPYDESK_KILLS");
  return wanted != nullptr ? std::atoi(wanted) : kIsSanitized ? 2 : 6;
}

BOOST_AUTO_TEST_SUITE(kills)

BOOST_AUTO_TEST_CASE(at_any_time) {
  const std::string corpus = stories(kIsSanitized ? 60 : 300);
  RandomValues random(17);
  for (const Command& command : resumed_commands()) {
    const TemporaryFolder calm;
    calm.write("in.jsonl", corpus);
    const double whole = Program(calm).run(command.arguments).seconds;
    const TemporaryFolder folder;
    folder.write("in.jsonl", corpus);
    std::filesystem::create_directory(folder.path("work"));
    std::vector<std::string> arguments = command.arguments;
    arguments.insert(arguments.end(), {"--work-dir", "work", "--resume", "--memory", "2M", "-j", "2"});
    const int wanted = kills_of_each_command();
    int killed = 0, finished = 0, resumed = 0;
    while (killed < wanted || finished == 0) {
      Program program(folder);
      resumed += std::filesystem::is_empty(folder.path("work")) ? 0 : 1;
      program.start(arguments);
      if (killed < 2 * wanted) {
        // Up to the time of a whole run and a quarter of it more.
        const double wait = whole * 1.25 * static_cast<double>(random.next() % 1000) / 1000;
        std::this_thread::sleep_for(std::chrono::duration<double>(wait));
        program.send(SIGKILL);
      }
      const Ended ended = program.wait();
      if (ended.signal == SIGKILL) {
        ++killed;
        continue;
      }
      ++finished;
      BOOST_TEST_CONTEXT(command.name << " after " << killed << " kills: " << ended.errors) {
        BOOST_TEST_REQUIRE(ended.code == 0);
        BOOST_TEST(std::filesystem::is_empty(folder.path("work")));
        for (const std::string& output : command.outputs) {
          BOOST_TEST((folder.read(output) == calm.read(output)), output);
          std::filesystem::remove(folder.path(output));
        }
      }
    }
    BOOST_TEST_MESSAGE(command.name << ": killed " << killed << " times, " << resumed
                                    << " runs had something to go on with, " << finished
                                    << " finished");
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
