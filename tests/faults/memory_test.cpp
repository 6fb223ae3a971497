// SPDX-License-Identifier: Apache-2.0
//
// Inputs made to fill the memory, and memory that runs out.
#include <sys/resource.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "archives.h"
#include "commands.h"
#include "program.h"

namespace copydesk::tests {
namespace {

namespace utf = boost::unit_test;

const auto kWithoutSanitizers = utf::precondition([](utf::test_unit_id) { return !kIsSanitized; });

constexpr std::uint64_t kMebibyte = std::uint64_t{1} << 20;
const std::vector<std::string> kOnePass = {"dedup", "reuse", "blocks", "split", "summarize"};

BOOST_AUTO_TEST_SUITE(memory)

// 1 GB without a line feed: the record is over the limit and passed over as it streams by.
BOOST_AUTO_TEST_CASE(a_line_of_one_gigabyte, *kWithoutSanitizers) {
  const TemporaryFolder folder;
  Feed feed([](int descriptor) {
    write_all(descriptor, "{\"id\":1,\"text\":\"before\"}\n{\"text\":\"");
    const std::string part(kMebibyte, 'a');
    for (int i = 0; i < 1000; ++i) write_all(descriptor, part);
    write_all(descriptor, "\"}\n{\"id\":2,\"text\":\"behind\"}\n");
  });
  Program program(folder);
  program.start({"split", "-"}, feed.input());
  feed.close_input();
  const Ended ended = program.wait();
  BOOST_TEST(ended.code == 3);
  BOOST_TEST(ended.errors.find("-:2: (byte 25) record longer than 67108864 bytes") !=
             std::string::npos);
  BOOST_TEST(ended.output.find("\"before\"") != std::string::npos);
  BOOST_TEST(ended.output.find("\"behind\"") != std::string::npos);
  BOOST_TEST(ended.peak_bytes < 256 * kMebibyte);
}

// 2 GB of zeros in 63 kB.
BOOST_AUTO_TEST_CASE(an_archive_that_grows_without_end, *kWithoutSanitizers) {
  const TemporaryFolder folder;
  const std::string frame = zstd_frame(std::string(4 * kMebibyte, '\0'));
  std::string bomb = zstd_frame("{\"id\":1,\"text\":\"before\"}\n");
  for (int i = 0; i < 500; ++i) bomb += frame;
  folder.write("in.jsonl.zst", bomb);
  BOOST_TEST(bomb.size() < 250'000u);
  for (const std::string& command : kOnePass) {
    const Ended ended = Program(folder).run({command, "in.jsonl.zst"});
    BOOST_TEST_CONTEXT(command << ": " << ended.errors) {
      BOOST_TEST(ended.code == 3);
      BOOST_TEST(ended.errors.find("decompresses to far more than its size") != std::string::npos);
      // What stands before the damage is used; these two have nothing to say of a single record.
      const bool says_nothing = command == "reuse" || command == "blocks";
      BOOST_TEST((says_nothing || ended.output.find("before") != std::string::npos));
      BOOST_TEST(ended.peak_bytes < 512 * kMebibyte);
    }
  }
  // The same bytes where a file of ours is expected.
  folder.write("one.jsonl", stories(3));
  for (const std::vector<std::string>& arguments :
       {std::vector<std::string>{"summarize", "one.jsonl", "--idf", "in.jsonl.zst"},
        {"blocks", "one.jsonl", "--model", "in.jsonl.zst"}}) {
    const Ended ended = Program(folder).run(arguments);
    BOOST_TEST(ended.code == 1);
    BOOST_TEST(ended.peak_bytes < 128 * kMebibyte);
  }
  // With a limit that lets it through, it is an ordinary long line.
  const Ended lifted =
      Program(folder).run({"split", "in.jsonl.zst", "--max-ratio", "100000"});
  BOOST_TEST(lifted.code == 3);
  BOOST_TEST(lifted.errors.find("decompresses") == std::string::npos);
}

// 20 MB of one-letter lines, which keep ten million of whatever is kept of a line or a sentence.
BOOST_AUTO_TEST_CASE(a_record_of_ten_million_lines, *kWithoutSanitizers) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 10'000'000; ++i) text += i % 7 == 0 ? "b\n" : "a\n";
  folder.write("in.txt", text);
  const std::vector<std::vector<std::string>> all = {
      {"dedup"},
      {"reuse"},
      {"blocks", "--scope", "page"},
      {"blocks", "--scope", "corpus"},
      {"blocks", "--scope", "corpus", "--unit", "span,sentence"},
      {"split"},
      {"split", "--clean"},
      {"summarize"},
      {"summarize", "--method", "lexrank"},
      {"summarize", "--method", "submodular"},
      {"summarize", "--mmr", "0.5", "--ratio", "0.01"}};
  for (std::vector<std::string> arguments : all) {
    arguments.insert(arguments.end(), {"in.txt", "--memory", "64M", "-j", "1"});
    const Ended ended = Program(folder).run(arguments);
    BOOST_TEST_CONTEXT(arguments[0] << " " << arguments[1] << ": " << ended.errors) {
      BOOST_TEST(ended.code == 0);
      BOOST_TEST(ended.peak_bytes < 256 * kMebibyte + 13 * text.size());
    }
  }
}

// Eight million equal words: every place of the text repeats, and all have one fingerprint.
BOOST_AUTO_TEST_CASE(spans_of_equal_words, *kWithoutSanitizers) {
  const TemporaryFolder folder;
  std::string text;
  for (int i = 0; i < 8'000'000; ++i) text += "a ";
  folder.write("in.txt", text);
  const Ended ended = Program(folder).run(
      {"blocks", "in.txt", "--scope", "corpus", "--unit", "span", "--memory", "64M", "-j", "1"});
  BOOST_TEST(ended.code == 0);
  BOOST_TEST(ended.peak_bytes < 256 * kMebibyte + 13 * text.size());
}

BOOST_AUTO_TEST_CASE(a_zstd_window_of_two_gigabytes, *kWithoutSanitizers) {
  const TemporaryFolder folder;
  // Magic number, a descriptor with no size, the window 2^31.
  folder.write("in.jsonl.zst", std::string("\x28\xb5\x2f\xfd\x00\xa8", 6) + std::string(100, '\1'));
  // With an eighth of more memory it would be let through.
  const Ended ended = Program(folder).run({"dedup", "in.jsonl.zst", "--memory", "256M"});
  BOOST_TEST(ended.code == 1);  // of one input nothing could be read
  BOOST_TEST(ended.errors.find("zstd window larger than 2^27") != std::string::npos);
  BOOST_TEST(ended.peak_bytes < 128 * kMebibyte);
}

// Whatever the limit on address space: the run ends well or with 1 and a message, and leaves its
// outputs whole or not at all.
BOOST_AUTO_TEST_CASE(address_space_that_runs_out, *kWithoutSanitizers) {
  const std::string corpus = stories(400);
  for (const Command& command : commands()) {
    bool ended_well = false;
    for (std::uint64_t mebibytes = 40; mebibytes < 2000; mebibytes += mebibytes / 5) {
      const TemporaryFolder folder;
      folder.write("in.jsonl", corpus);
      Program program(folder);
      program.prepare = [&] { limit(RLIMIT_AS, mebibytes * kMebibyte); };
      std::vector<std::string> arguments = command.arguments;
      arguments.insert(arguments.end(), {"-j", "3"});
      const Ended ended = program.run(arguments);
      // Below some limit the loader itself cannot begin.
      if (ended.code == 127 || ended.errors.find("shared libraries") != std::string::npos) continue;
      std::vector<std::string> outputs = folder.names();
      std::erase(outputs, "in.jsonl");
      BOOST_TEST_CONTEXT(command.name << " in " << mebibytes << " MiB: " << ended.errors) {
        BOOST_TEST(ended.signal == 0);
        BOOST_TEST((ended.code == 0 || ended.code == 1));
        ended_well = ended.code == 0;
        if (ended_well) {
          BOOST_TEST(outputs == command.outputs, boost::test_tools::per_element());
        } else {
          BOOST_TEST(!ended.errors.empty());
          BOOST_TEST(outputs.empty());
        }
      }
    }
    BOOST_TEST_CONTEXT(command.name) { BOOST_TEST(ended_well); }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
