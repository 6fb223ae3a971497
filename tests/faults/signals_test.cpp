// SPDX-License-Identifier: Apache-2.0
//
// Signals at any time: the program ends with the code for the signal, and either all of its outputs
// are there or none.
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "program.h"

namespace copydesk::tests {
namespace {

// Outputs are renamed one after the other at the end, which takes no time; those of a stopped run
// must not have begun to appear.
void check_stopped(const Ended& ended, int number, const TemporaryFolder& folder,
                   const Command& command) {
  const int expected = number == SIGINT ? 130 : 143;
  std::vector<std::string> outputs = folder.names();
  std::erase(outputs, "in.jsonl");
  if (ended.code == 0) {
    BOOST_TEST(outputs == command.outputs, boost::test_tools::per_element());
    return;
  }
  BOOST_TEST(ended.signal == 0);
  BOOST_TEST(ended.code == expected);
  BOOST_TEST(ended.errors == "copydesk: stopped; no output was written\n");
  BOOST_TEST(outputs.empty());
}

BOOST_AUTO_TEST_SUITE(signals)

BOOST_AUTO_TEST_CASE(at_any_time) {
  const std::string corpus = stories(kIsSanitized ? 150 : 800);
  for (const Command& command : commands()) {
    const TemporaryFolder timing;
    timing.write("in.jsonl", corpus);
    const double whole = Program(timing).run(command.arguments).seconds;
    int stopped = 0;
    for (int step = 1; step <= 6; ++step) {
      const int number = step % 3 == 0 ? SIGTERM : SIGINT;
      const TemporaryFolder folder;
      folder.write("in.jsonl", corpus);
      Program program(folder);
      program.start(command.arguments);
      std::this_thread::sleep_for(std::chrono::duration<double>(whole * step / 7));
      program.send(number);
      const Ended ended = program.wait();
      // Before it has installed its handlers, the default takes place.
      if (ended.signal == number) continue;
      BOOST_TEST_CONTEXT(command.name << " after " << step << "/7 of its time") {
        check_stopped(ended, number, folder, command);
      }
      stopped += ended.code != 0 ? 1 : 0;
    }
    BOOST_TEST_MESSAGE(command.name << ": stopped " << stopped << " of 6 times");
  }
}

// The signal may reach another thread than the one that waits.
BOOST_AUTO_TEST_CASE(while_it_waits_for_a_pipe) {
  for (const Command& command : commands()) {
    for (const char* const threads : {"1", "2"}) {
      const TemporaryFolder folder;
      std::array<int, 2> ends{};
      BOOST_TEST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC) == 0);
      BOOST_TEST(write_all(ends[1], stories(2)));
      Program program(folder);
      std::vector<std::string> arguments = command.arguments;
      std::replace(arguments.begin(), arguments.end(), std::string("in.jsonl"), std::string("-"));
      arguments.insert(arguments.end(), {"-j", threads});
      program.start(arguments, ends[0]);
      std::this_thread::sleep_for(std::chrono::milliseconds(kIsSanitized ? 1500 : 300));
      program.send(SIGTERM);
      const Ended ended = program.wait(std::chrono::seconds(20));
      ::close(ends[0]);
      ::close(ends[1]);
      BOOST_TEST_CONTEXT(command.name << " -j " << threads) {
        BOOST_TEST(ended.code == 143);
        BOOST_TEST(folder.names().empty());
      }
    }
  }
}

// Of one record there is no next batch: whoever works on it for long looks at the flag by itself.
BOOST_AUTO_TEST_CASE(within_one_long_record) {
  const TemporaryFolder inputs;
  RandomValues random(3);
  std::string prose, letters;
  for (int sentence = 0; sentence < (kIsSanitized ? 20'000 : 200'000); ++sentence) {
    prose += "The";
    // Few words, so that places of a text have much in common with others.
    for (int word = 0; word < 10; ++word) prose += fmt::format(" w{}", random.next() % 40);
    prose += sentence % 5 == 0 ? ".\n\n" : ". ";
    for (int line = 0; line < 30; ++line) letters += sentence % 3 == 0 ? "b\n" : "a\n";
  }
  inputs.write("prose.txt", prose);
  inputs.write("letters.txt", letters);
  prose.insert(prose.size() / 2, "Something else. ");
  inputs.write("more.txt", prose);
  const std::string one = inputs.path("prose.txt"), two = inputs.path("more.txt");
  const std::vector<std::vector<std::string>> all = {
      {"dedup", one, two, "--decisions", "why"},
      {"pairs", one, two},
      {"reuse", one, two, "--html", "page"},
      {"blocks", one, "--scope", "page,corpus", "--unit", "paragraph,sentence,span"},
      {"split", one},
      {"split", one, "--method", "prose"},
      {"split", inputs.path("letters.txt"), "--method", "prose"},
      {"summarize", one},
      {"summarize", one, "--method", "lexrank"},
      {"summarize", one, "--mmr", "0.5", "--ratio", "0.1"},
      {"extract", one},
      {"compare", one, two}};
  int stopped = 0;
  for (std::vector<std::string> arguments : all) {
    const bool is_compare = arguments[0] == "compare";
    if (!is_compare) arguments.insert(arguments.end(), {"-q", "-o", "out"});
    for (const int milliseconds : {100, 400}) {
      const TemporaryFolder folder;
      Program program(folder);
      program.start(arguments);
      std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
      program.send(SIGINT);
      const Ended ended = program.wait(std::chrono::seconds(kIsSanitized ? 120 : 20));
      if (ended.signal == SIGINT || ended.code == 0) continue;  // before, or behind, all work
      ++stopped;
      BOOST_TEST_CONTEXT(arguments[0] << ": " << ended.errors) {
        BOOST_TEST(ended.code == 130);
        BOOST_TEST(folder.names().empty());
        BOOST_TEST(ended.output.empty());
      }
    }
  }
  BOOST_TEST_MESSAGE("stopped " << stopped << " of " << 2 * all.size() << " runs");
}

BOOST_AUTO_TEST_CASE(ignored_signals_stay_ignored) {
  const TemporaryFolder folder;
  Feed feed([](int descriptor) {
    write_all(descriptor, stories(2));
    std::this_thread::sleep_for(std::chrono::milliseconds(kIsSanitized ? 2000 : 500));
  });
  Program program(folder);
  program.prepare = [] { ::signal(SIGHUP, SIG_IGN); };
  program.start({"dedup", "-", "-q", "-o", "kept"}, feed.input());
  feed.close_input();
  std::this_thread::sleep_for(std::chrono::milliseconds(kIsSanitized ? 1000 : 200));
  program.send(SIGHUP);
  BOOST_TEST(program.wait().code == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
