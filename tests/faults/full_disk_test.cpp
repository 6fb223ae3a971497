// SPDX-License-Identifier: Apache-2.0
//
// A disk that is full: a limit on the size of files stands for it, since both are an error of
// write(). Outputs keep their former content, and nothing is left beside them.
#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "program.h"

namespace copydesk::tests {
namespace {

std::vector<std::string> names_with_input(std::vector<std::string> names) {
  names.emplace_back("in.jsonl");
  std::sort(names.begin(), names.end());
  return names;
}

// Runs the command under the limit; it must either end well with all its outputs, or with 1, a
// message, and its outputs as they were.
bool ends_well_under(std::uint64_t most_bytes, const Command& command, const TemporaryFolder& folder,
                     const std::vector<std::string>& more = {}) {
  for (const std::string& output : command.outputs) folder.write(output, "former content");
  Program program(folder);
  program.prepare = [&] { limit(RLIMIT_FSIZE, most_bytes); };
  std::vector<std::string> arguments = command.arguments;
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ended ended = program.run(arguments);
  BOOST_TEST_CONTEXT(command.name << " with at most " << most_bytes << " bytes a file") {
    BOOST_TEST(ended.signal == 0);
    BOOST_TEST((ended.code == 0 || ended.code == 1));
    BOOST_TEST(folder.names() == names_with_input(command.outputs),
               boost::test_tools::per_element());
    if (ended.code == 0) return true;
    // Messages too go to a file here.
    BOOST_TEST((most_bytes < 100 || ended.errors.find("File too large") != std::string::npos));
    // Whichever of them was too long. A report tells of a run that has ended, its outputs included.
    const bool is_report = ended.errors.starts_with("copydesk: report:");
    for (const std::string& output : command.outputs) {
      if (is_report && output != "report") continue;
      BOOST_TEST((folder.read(output) == "former content"), output);
    }
  }
  return false;
}

BOOST_AUTO_TEST_SUITE(full_disk)

BOOST_AUTO_TEST_CASE(outputs_keep_their_former_content) {
  for (const Command& command : commands()) {
    const TemporaryFolder folder;
    folder.write("in.jsonl", stories(60));
    BOOST_TEST(!ends_well_under(0, command, folder));
    bool ended_well = false;
    for (std::uint64_t most = 100; most < (1U << 26); most *= 4) {
      ended_well = ends_well_under(most, command, folder);
    }
    BOOST_TEST_CONTEXT(command.name) { BOOST_TEST(ended_well); }
  }
}

BOOST_AUTO_TEST_CASE(temporary_files_are_an_error_too) {
  for (const Command& command : commands()) {
    if (command.name == "split" || command.name == "restore") continue;  // they have none
    const TemporaryFolder folder;
    folder.write("in.jsonl", stories(300));
    // Outputs that fail only when they are opened are not reached.
    BOOST_TEST_CONTEXT(command.name) {
      ends_well_under(5000, command, folder, {"--memory", "1K"});
    }
  }
}

BOOST_AUTO_TEST_CASE(standard_input_is_copied_to_a_temporary_file) {
  const TemporaryFolder folder;
  Feed feed([](int descriptor) { write_all(descriptor, stories(100)); });
  Program program(folder);
  program.prepare = [] { limit(RLIMIT_FSIZE, 10'000); };
  program.start({"dedup", "-", "-q", "-o", "kept"}, feed.input());
  feed.close_input();
  const Ended ended = program.wait();
  BOOST_TEST(ended.code == 1);
  BOOST_TEST(ended.errors.find("cannot write: File too large") != std::string::npos);
  BOOST_TEST(folder.names().empty());
}

BOOST_AUTO_TEST_CASE(a_full_standard_output_is_an_error) {
  const TemporaryFolder folder;
  folder.write("in.jsonl", stories(20));
  for (const char* const command : {"dedup", "pairs", "reuse", "blocks", "split", "summarize",
                                    "restore"}) {
    Program program(folder);
    program.prepare = [] { ::dup2(::open("/dev/full", O_WRONLY), STDOUT_FILENO); };
    const Ended ended = program.run({command, "in.jsonl", "-q"});
    BOOST_TEST_CONTEXT(command) {
      BOOST_TEST(ended.code == 1);
      BOOST_TEST(ended.errors.find("No space left on device") != std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
