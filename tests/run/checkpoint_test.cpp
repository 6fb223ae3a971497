// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/checkpoint.h"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/stream/output_file.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

RunIdentity identity_of(const TemporaryFolder& folder) {
  RunIdentity identity;
  identity.command = "test";
  // Written once: an input that has changed is another.
  if (!std::filesystem::exists(folder.path("in"))) folder.write("in", "input");
  identity.inputs = {{folder.path("in")}};
  identity.outputs = {folder.path("out")};
  return identity;
}

std::string get(const Checkpoint& checkpoint, int& made) {
  return checkpoint.get_or_make(
      "words",
      [](StageReader& stage) {
        std::string text;
        while (stage.next()) text += stage.text();
        return text;
      },
      [&] {
        ++made;
        return std::string("made words");
      },
      [](const std::string& value, StageWriter& stage) {
        stage.append(1, value.substr(0, 4));
        stage.append(2, value.substr(4));
      });
}

BOOST_AUTO_TEST_SUITE(checkpoint)

BOOST_AUTO_TEST_CASE(a_stage_is_made_once) {
  const TemporaryFolder folder, work;
  int made = 0;
  {
    const Checkpoint first(work.path(), identity_of(folder), false);
    BOOST_TEST(!first.holds_work());
    BOOST_TEST(get(first, made) == "made words");
    BOOST_TEST(first.holds_work());
  }
  Checkpoint again(work.path(), identity_of(folder), true);
  BOOST_TEST(again.resumed());
  BOOST_TEST(get(again, made) == "made words");
  BOOST_TEST(made == 1);
  again.remove();
  BOOST_TEST(work.names().empty());
}

BOOST_AUTO_TEST_CASE(without_a_checkpoint_every_stage_is_made) {
  int made = 0;
  const Checkpoint none;
  BOOST_TEST(get(none, made) == "made words");
  BOOST_TEST(get(none, made) == "made words");
  BOOST_TEST(made == 2);
  BOOST_TEST(!none.holds_work());
}

// Cut off at every byte, a stage is made again; nothing of what was there is mixed in.
BOOST_AUTO_TEST_CASE(a_stage_that_is_not_complete_is_made_again) {
  const TemporaryFolder folder, work;
  int made = 0;
  std::string path;
  {
    const Checkpoint first(work.path(), identity_of(folder), false);
    static_cast<void>(get(first, made));
    path = first.folder() + "/words";
  }
  const auto size = std::filesystem::file_size(path);
  for (std::uintmax_t left = 0; left < size; ++left) {
    std::filesystem::resize_file(path, left);
    const Checkpoint again(work.path(), identity_of(folder), true);
    const int before = made;
    BOOST_TEST(get(again, made) == "made words");
    BOOST_TEST(made == before + 1);
    BOOST_TEST(std::filesystem::file_size(path) == size);
  }
}

BOOST_AUTO_TEST_CASE(only_regular_files_are_opened) {
  const TemporaryFolder folder;
  for (const char* const name : {"options", "lock", "words"}) {
    const TemporaryFolder work;
    int made = 0;
    std::string inside;
    {
      const Checkpoint first(work.path(), identity_of(folder), false);
      static_cast<void>(get(first, made));
      inside = first.folder() + "/" + name;
    }
    std::filesystem::remove(inside);
    BOOST_REQUIRE(::mkfifo(inside.c_str(), 0600) == 0);
    BOOST_TEST_CONTEXT(name) {
      BOOST_CHECK_THROW(get(Checkpoint(work.path(), identity_of(folder), true), made), Error);
    }
  }
}

// What a killed process left beside an output, whatever the length of its name.
BOOST_AUTO_TEST_CASE(temporary_files_of_a_killed_process_go) {
  for (const std::size_t length : {3, 200, 210, 255}) {
    const TemporaryFolder folder, work;
    RunIdentity identity = identity_of(folder);
    const std::string name(length, 'o');
    identity.outputs = {folder.path(name)};
    std::string lock;
    {
      const Checkpoint first(work.path(), identity, false);
      lock = first.folder() + "/lock";
    }
    std::ofstream(lock) << "4711                \n";
    folder.write(OutputFile::temporary_name(name, 4711), "");
    folder.write(OutputFile::temporary_name(name, 4711, 1), "");
    folder.write(OutputFile::temporary_name(name, 4712), "");
    const Checkpoint again(work.path(), identity, true);
    const std::vector<std::string> left = {OutputFile::temporary_name(name, 4712), "in"};
    BOOST_TEST(folder.names() == left, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
