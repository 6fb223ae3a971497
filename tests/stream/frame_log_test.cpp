// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/frame_log.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "copydesk/stream/packed_bytes.h"
#include "temporary_folder.h"

namespace copydesk {
namespace {

const std::vector<std::string> kPayloads{"first", "", std::string(5000, 'x'), "last"};

void write_log(const std::string& path) {
  FrameLog log(path);
  for (std::uint32_t kind = 0; kind < kPayloads.size(); ++kind) log.append(kind, kPayloads[kind]);
  log.sync();
}

// How many frames are sound; all must be as written.
std::size_t count_frames(FrameLog& log) {
  FrameLog::Frame frame;
  std::size_t count = 0;
  while (log.read(frame)) {
    BOOST_TEST_REQUIRE(count < kPayloads.size());
    BOOST_TEST(frame.kind == count);
    BOOST_TEST(frame.payload == kPayloads[count]);
    ++count;
  }
  return count;
}

std::string contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void set_contents(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(frame_log)

BOOST_AUTO_TEST_CASE(frames_come_back) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("log");
  write_log(path);
  FrameLog log(path);
  BOOST_TEST(count_frames(log) == kPayloads.size());
}

BOOST_AUTO_TEST_CASE(wherever_it_is_cut_off_whole_frames_remain_and_more_can_follow) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("log");
  write_log(path);
  const std::string whole = contents(path);
  std::size_t most = 0;
  for (std::size_t size = 0; size < whole.size();
       size += size < 200 || size + 200 > whole.size() ? 1 : 97) {
    set_contents(path, whole.substr(0, size));
    std::size_t found = 0;
    {
      FrameLog log(path);
      found = count_frames(log);
      BOOST_TEST(found >= most);
      most = found;
      BOOST_TEST(found < kPayloads.size());
      for (std::size_t kind = found; kind < kPayloads.size(); ++kind) {
        log.append(static_cast<std::uint32_t>(kind), kPayloads[kind]);
      }
    }
    BOOST_TEST((contents(path) == whole));
  }
  BOOST_TEST(most == kPayloads.size() - 1);
}

BOOST_AUTO_TEST_CASE(damage_between_sound_frames_is_an_error) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("log");
  write_log(path);
  const std::string whole = contents(path);
  const std::size_t in_long_frame = whole.find("xxxx") + 100;
  std::string damaged = whole;
  damaged[in_long_frame] ^= 1;
  set_contents(path, damaged);
  {
    FrameLog log(path);
    BOOST_CHECK_EXCEPTION(count_frames(log), Error, [](const Error& error) {
      return error.code() == ErrorCode::kCorruptFile;
    });
  }
  // In the last frame it is what a loss of power leaves.
  damaged = whole;
  damaged.back() ^= 1;
  set_contents(path, damaged);
  FrameLog log(path);
  BOOST_TEST(count_frames(log) == kPayloads.size() - 1);
}

BOOST_AUTO_TEST_CASE(other_files_are_refused) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("log");
  set_contents(path, "{\"text\": \"a corpus\"}\n");
  BOOST_CHECK_EXCEPTION(FrameLog log(path), Error,
                        [](const Error& error) { return error.code() == ErrorCode::kCorruptFile; });
}

BOOST_AUTO_TEST_CASE(a_cleared_log_is_empty) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("log");
  write_log(path);
  {
    FrameLog log(path);
    log.clear();
    log.append(0, kPayloads[0]);
  }
  FrameLog log(path);
  BOOST_TEST(count_frames(log) == 1U);
}

BOOST_AUTO_TEST_CASE(packed_values_come_back_and_nothing_else) {
  PackedBytes packed;
  packed.put(std::uint32_t{7});
  packed.put(0.25);
  packed.put_text("text");
  packed.put_all<std::uint64_t>(std::vector<std::uint64_t>{1, 2, 3});
  PackedReader reader(packed.view(), "name");
  BOOST_TEST(reader.get<std::uint32_t>() == 7U);
  BOOST_TEST(reader.get<double>() == 0.25);
  BOOST_TEST(reader.get_text() == "text");
  std::vector<std::uint64_t> values;
  reader.get_all(values);
  BOOST_TEST(values == (std::vector<std::uint64_t>{1, 2, 3}), boost::test_tools::per_element());
  BOOST_TEST(reader.at_end());
  BOOST_CHECK_THROW(reader.get<std::uint8_t>(), Error);
  for (std::size_t size = 0; size < packed.view().size(); ++size) {
    PackedReader cut(packed.view().substr(0, size), "name");
    BOOST_CHECK_THROW(
        (cut.get<std::uint32_t>(), cut.get<double>(), cut.get_text(), cut.get_all(values)), Error);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
