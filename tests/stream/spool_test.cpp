// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/spool.h"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>
#include <thread>

#include "archives.h"
#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/random_access_file.h"
#include "stream/decoded.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

SpoolFile spool_of(const std::string& bytes, const std::string& folder) {
  std::array<int, 2> ends{};
  BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
  std::jthread writer([&] {
    write_fully(ends[1], bytes, "pipe");
    ::close(ends[1]);
  });
  SpoolFile spool(ends[0], folder);
  ::close(ends[0]);
  return spool;
}

BOOST_AUTO_TEST_SUITE(spool)

BOOST_AUTO_TEST_CASE(keeps_the_raw_bytes_without_a_name) {
  const TemporaryFolder folder;
  const std::string text = prose(3'000'000);
  const SpoolFile spool = spool_of(text, folder.path());
  BOOST_TEST(spool.size() == text.size());
  BOOST_TEST(folder.names().empty());
  std::string part(1000, '\0');
  BOOST_TEST(spool.read_at(2'000'000, part) == 1000u);
  BOOST_TEST(part == text.substr(2'000'000, 1000));
  BOOST_TEST(spool.read_at(text.size() - 10, part) == 10u);
  BOOST_TEST(spool.read_at(text.size() + 10, part) == 0u);
}

BOOST_AUTO_TEST_CASE(is_read_in_several_passes_at_once) {
  const TemporaryFolder folder;
  const std::string text = prose(500'000);
  const SpoolFile spool = spool_of(gzip_member(text), folder.path());
  const auto first = open_byte_source(spool), second = open_byte_source(spool);
  std::array<char, 1000> start{};
  BOOST_TEST(first->read(start) > 0u);
  BOOST_TEST((drain(*second).bytes == text));
  BOOST_TEST(RandomAccessFile(spool).is_compressed());
}

BOOST_AUTO_TEST_CASE(survives_a_move) {
  const TemporaryFolder folder;
  SpoolFile spool = spool_of("one", folder.path());
  SpoolFile other = spool_of("other", folder.path());
  other = std::move(spool);
  const SpoolFile last(std::move(other));
  std::string bytes(10, '\0');
  BOOST_TEST(last.read_at(0, bytes) == 3u);
  BOOST_TEST(bytes.starts_with("one"));
}

BOOST_AUTO_TEST_CASE(needs_a_folder) {
  const TemporaryFolder folder;
  std::array<int, 2> ends{};
  BOOST_TEST_REQUIRE(::pipe(ends.data()) == 0);
  BOOST_CHECK_EXCEPTION(SpoolFile(ends[0], folder.path("none")), Error,
                        [](const Error& error) { return error.code() == ErrorCode::kCannotWrite; });
  BOOST_CHECK_THROW(SpoolFile(-1, folder.path()), Error);
  ::close(ends[0]);
  ::close(ends[1]);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
