// SPDX-License-Identifier: Apache-2.0
//
// Standard streams that are closed, go away, or are pipes where a file is expected.
#include <sys/stat.h>

#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "commands.h"
#include "program.h"

namespace copydesk::tests {
namespace {

BOOST_AUTO_TEST_SUITE(descriptors)

BOOST_AUTO_TEST_CASE(a_reader_that_goes_away_is_no_failure) {
  const TemporaryFolder folder;
  folder.write("in.jsonl", stories(200));
  for (const char* const command : {"dedup", "pairs", "reuse", "blocks", "split", "summarize",
                                    "restore"}) {
    for (const char* const threads : {"1", "3"}) {
      Program program(folder);
      // Standard output becomes a pipe whose reader has gone.
      program.prepare = [] {
        std::array<int, 2> pipe{};
        if (::pipe(pipe.data()) != 0) ::_exit(98);
        ::dup2(pipe[1], STDOUT_FILENO);
        ::close(pipe[0]);
        ::close(pipe[1]);
        ::signal(SIGPIPE, SIG_DFL);
      };
      const Ended ended = program.run({command, "in.jsonl", "-q", "-j", threads});
      BOOST_TEST_CONTEXT(command << " -j " << threads << ": " << ended.errors) {
        BOOST_TEST(ended.code == 0);
        BOOST_TEST(ended.errors.empty());
      }
    }
  }
}

// The next file opened must not become standard error: messages would be written into it.
BOOST_AUTO_TEST_CASE(closed_standard_streams_hurt_no_file) {
  for (const Command& command : commands()) {
    const TemporaryFolder plain_folder, closed_folder;
    const std::string corpus = stories(30) + "no record\n";
    plain_folder.write("in.jsonl", corpus);
    closed_folder.write("in.jsonl", corpus);
    std::vector<std::string> arguments = command.arguments;
    std::erase(arguments, "-q");
    Program plain(plain_folder), closed(closed_folder);
    closed.prepare = [] {
      for (int descriptor = 0; descriptor < 3; ++descriptor) ::close(descriptor);
    };
    BOOST_TEST_CONTEXT(command.name) {
      BOOST_TEST(plain.run(arguments).code == 3);
      BOOST_TEST(closed.run(arguments).code == 3);
      BOOST_TEST(closed_folder.read("in.jsonl") == corpus);
      for (const std::string& output : command.outputs) {
        if (output == "report") continue;  // has times in it
        BOOST_TEST((closed_folder.read(output) == plain_folder.read(output)));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(closed_standard_output_and_input_are_errors_where_they_are_used) {
  const TemporaryFolder folder;
  folder.write("in.jsonl", stories(10));
  Program no_output(folder), no_input(folder);
  no_output.prepare = [] { ::close(STDOUT_FILENO); };
  no_input.prepare = [] { ::close(STDIN_FILENO); };
  BOOST_TEST(no_output.run({"dedup", "in.jsonl", "-q"}).code == 1);
  BOOST_TEST(no_input.run({"dedup", "-", "-q"}).code == 1);
}

// A pipe can be read only once, and most commands read twice.
BOOST_AUTO_TEST_CASE(named_pipes_are_read_like_files) {
  for (const Command& command : commands()) {
    const TemporaryFolder file_folder, pipe_folder;
    const std::string corpus = stories(40);
    file_folder.write("in.jsonl", corpus);
    const std::string pipe = pipe_folder.path("in.jsonl");
    BOOST_TEST_REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    Program from_file(file_folder), from_pipe(pipe_folder);
    BOOST_TEST(from_file.run(command.arguments).code == 0);
    from_pipe.start(command.arguments);
    const int writing_end = open_writing_end(pipe);
    BOOST_TEST(write_all(writing_end, corpus));
    ::close(writing_end);
    const Ended ended = from_pipe.wait();
    BOOST_TEST_CONTEXT(command.name << ": " << ended.errors) {
      BOOST_TEST(ended.code == 0);
      for (const std::string& output : command.outputs) {
        if (output == "report") continue;
        BOOST_TEST((pipe_folder.read(output) == file_folder.read(output)));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(devices_are_refused_and_the_null_device_is_empty) {
  const TemporaryFolder folder;
  const Ended endless = Program(folder).run({"dedup", "/dev/zero", "-q"});
  BOOST_TEST(endless.code == 1);
  BOOST_TEST(endless.errors.find("is a device") != std::string::npos);
  BOOST_TEST(Program(folder).run({"dedup", "/dev/null", "--format", "jsonl", "-q"}).code == 0);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
