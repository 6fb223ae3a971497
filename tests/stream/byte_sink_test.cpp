// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/byte_sink.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "copydesk/error.h"
#include "stream/decoded.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

using Strings = std::vector<std::string>;

std::string written(const TemporaryFolder& folder, const std::string& name,
                    const std::string& bytes, std::size_t piece) {
  const auto sink = open_byte_sink(folder.path(name));
  for (std::size_t i = 0; i < bytes.size(); i += piece) {
    sink->write(std::string_view(bytes).substr(i, piece));
  }
  sink->commit();
  return folder.read(name);
}

bool is_cannot_write(const Error& error) {
  return error.code() == ErrorCode::kCannotWrite;
}

BOOST_AUTO_TEST_SUITE(byte_sink)

BOOST_AUTO_TEST_CASE(final_name_appears_at_commit) {
  const TemporaryFolder folder;
  {
    const auto sink = open_byte_sink(folder.path("out.jsonl"));
    sink->write("first\n");
    BOOST_TEST(folder.names() == Strings{".out.jsonl.tmp-" + std::to_string(::getpid())},
               boost::test_tools::per_element());
    sink->write("second\n");
    sink->commit();
    BOOST_TEST(folder.names() == Strings{"out.jsonl"}, boost::test_tools::per_element());
  }
  BOOST_TEST(folder.read("out.jsonl") == "first\nsecond\n");
}

BOOST_AUTO_TEST_CASE(without_commit_nothing_remains) {
  const TemporaryFolder folder;
  folder.write("old", "former content");
  for (const std::string name : {"old", "new", "new.gz", "new.zst"}) {
    const auto sink = open_byte_sink(folder.path(name));
    sink->write(std::string(1'000'000, 'x'));
  }
  BOOST_TEST(folder.names() == Strings{"old"}, boost::test_tools::per_element());
  BOOST_TEST(folder.read("old") == "former content");
}

BOOST_AUTO_TEST_CASE(compressed_by_name_and_independent_of_pieces) {
  const TemporaryFolder folder;
  const std::string text = prose(1'500'000);
  BOOST_TEST((written(folder, "a", text, 1000) == text));
  for (const std::string name : {"a.jsonl.gz", "a.jsonl.zst"}) {
    const std::string whole = written(folder, name, text, text.size());
    BOOST_TEST(whole.size() < text.size() / 2);
    const Decoded decoded = decode(whole);
    BOOST_TEST((decoded.bytes == text));
    BOOST_TEST(decoded.reason() == "");
    BOOST_TEST((decoded.compression != Compression::kNone));
    for (const std::size_t piece : {77u, 4096u, 262'144u, 300'001u}) {
      BOOST_TEST((written(folder, name, text, piece) == whole));
    }
    const std::string empty = written(folder, name, "", 1);
    BOOST_TEST(decode(empty).reason() == "");
    BOOST_TEST(decode(empty).bytes == "");
  }
}

BOOST_AUTO_TEST_CASE(replaces_a_file_and_keeps_its_mode) {
  const TemporaryFolder folder;
  const std::string path = folder.write("old", "former content");
  ::chmod(path.c_str(), 0640);
  std::filesystem::create_symlink("old", folder.path("link"));
  BOOST_TEST(written(folder, "link", "new", 10) == "new");
  BOOST_TEST(std::filesystem::is_symlink(folder.path("link")));
  BOOST_TEST(folder.read("old") == "new");
  struct stat status {};
  ::stat(path.c_str(), &status);
  BOOST_TEST((status.st_mode & 07777) == 0640u);
}

BOOST_AUTO_TEST_CASE(a_left_temporary_file_or_a_planted_link_does_not_matter) {
  const TemporaryFolder folder;
  const std::string victim = folder.write("victim", "untouched");
  std::filesystem::create_symlink(victim, folder.path(".out.tmp-" + std::to_string(::getpid())));
  BOOST_TEST(written(folder, "out", "new", 10) == "new");
  BOOST_TEST(folder.read("victim") == "untouched");
}

BOOST_AUTO_TEST_CASE(long_names) {
  const TemporaryFolder folder;
  BOOST_TEST(written(folder, std::string(255, 'n'), "x", 1) == "x");
  BOOST_CHECK_EXCEPTION(open_byte_sink(folder.path(std::string(256, 'n'))), Error, is_cannot_write);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_written) {
  const TemporaryFolder folder;
  std::filesystem::create_symlink("nowhere", folder.path("dangling"));
  for (const std::string& path : {folder.path(), folder.path("none/out"), folder.path("x/"),
                                  folder.path("dangling"), std::string()}) {
    BOOST_CHECK_EXCEPTION(open_byte_sink(path), Error, is_cannot_write);
  }
  BOOST_TEST(folder.names() == Strings{"dangling"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(devices_and_fifos_are_written_directly) {
  const auto null = open_byte_sink("/dev/null");
  null->write("x");
  null->commit();
  BOOST_TEST(!std::filesystem::is_regular_file("/dev/null"));
  const TemporaryFolder folder;
  BOOST_TEST_REQUIRE(::mkfifo(folder.path("fifo").c_str(), 0600) == 0);
  const std::string text = prose(300'000);
  std::jthread writer([&] {
    const auto sink = open_byte_sink(folder.path("fifo"));
    sink->write(text);
    sink->commit();
  });
  BOOST_TEST((folder.read("fifo") == text));
  BOOST_TEST(folder.names() == Strings{"fifo"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_full_device_is_an_error, *boost::unit_test::precondition([](auto) {
                       return std::filesystem::exists("/dev/full");
                     })) {
  const auto sink = open_byte_sink("/dev/full");
  sink->write("x");
  BOOST_CHECK_EXCEPTION(sink->commit(), Error, [](const Error& error) {
    return is_cannot_write(error) && error.where() == "/dev/full" &&
           std::string(error.what()).find("No space left") != std::string::npos;
  });
}

// A limit on the size of files stands for a full disk: the write that crosses it comes back short,
// the next one fails.
BOOST_AUTO_TEST_CASE(a_failed_write_leaves_the_former_content) {
  const TemporaryFolder folder;
  folder.write("out", "former content");
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const auto handler = ::signal(SIGXFSZ, SIG_IGN);
  for (const rlim_t limit : {rlim_t{0}, rlim_t{1000}, rlim_t{262'145}, rlim_t{999'999}}) {
    const rlimit small{limit, before.rlim_max};
    BOOST_TEST_REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    bool failed = false;
    try {
      const auto sink = open_byte_sink(folder.path("out"));
      sink->write(std::string(1'000'000, 'x'));
      sink->commit();
    } catch (const Error& error) {
      failed = is_cannot_write(error) && error.where() == folder.path("out");
    }
    ::setrlimit(RLIMIT_FSIZE, &before);
    BOOST_TEST(failed);
    BOOST_TEST(folder.names() == Strings{"out"}, boost::test_tools::per_element());
    BOOST_TEST(folder.read("out") == "former content");
  }
  ::signal(SIGXFSZ, handler);
}

BOOST_AUTO_TEST_CASE(standard_output) {
  const TemporaryFolder folder;
  const int saved = ::dup(STDOUT_FILENO);
  for (const std::string path : {"-", "/dev/stdout"}) {
    const int file = ::open(folder.path("out").c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    ::dup2(file, STDOUT_FILENO);
    ::close(file);
    {
      const auto sink = open_byte_sink(path);
      sink->write("to standard output\n");
      sink->commit();
    }
    static_cast<void>(::write(STDOUT_FILENO, "still open\n", 11));
    ::dup2(saved, STDOUT_FILENO);
    BOOST_TEST(folder.read("out") == "to standard output\nstill open\n");
  }
  ::close(saved);
}

BOOST_AUTO_TEST_CASE(a_reader_that_has_gone) {
  const auto handler = ::signal(SIGPIPE, SIG_IGN);
  const int saved = ::dup(STDOUT_FILENO);
  std::array<int, 2> ends{};
  BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
  ::close(ends[0]);
  ::dup2(ends[1], STDOUT_FILENO);
  ::close(ends[1]);
  bool closed = false;
  try {
    const auto sink = open_byte_sink("-");
    sink->write("x");
    sink->commit();
  } catch (const ClosedPipe&) {
    closed = true;
  }
  ::dup2(saved, STDOUT_FILENO);
  ::close(saved);
  ::signal(SIGPIPE, handler);
  BOOST_TEST(closed);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
