// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/byte_source.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "archives.h"
#include "copydesk/error.h"
#include "stream/decoded.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

BOOST_AUTO_TEST_SUITE(byte_source)

BOOST_AUTO_TEST_CASE(recognizes_by_content) {
  const std::string text = prose(100'000);
  BOOST_TEST((decode(text).compression == Compression::kNone));
  BOOST_TEST((decode(gzip_member(text)).compression == Compression::kGzip));
  BOOST_TEST((decode(zstd_frame(text)).compression == Compression::kZstd));
  const TemporaryFolder folder;
  const auto source = open_byte_source(folder.write("lies.gz", text));
  BOOST_TEST(drain(*source).bytes == text);
}

// Any size of arriving bytes and any size of the caller's buffer gives the same bytes.
BOOST_AUTO_TEST_CASE(sizes_do_not_matter) {
  const std::string text = prose(20'000);
  const std::string members =
      gzip_member(text.substr(0, 7000)) + gzip_member("") + gzip_member(text.substr(7000), 0);
  const std::string frames = zstd_frame(text.substr(0, 7000)) + zstd_skippable_frame("comment") +
                             zstd_frame("") + zstd_frame(text.substr(7000));
  for (const std::size_t most : {1u, 2u, 3u, 7u, 8u, 9u, 100u, 100'000u}) {
    for (const std::size_t buffer_bytes : {1u, 2u, 13u, 4096u, 100'000u}) {
      BOOST_TEST_CONTEXT("arriving " << most << ", buffer " << buffer_bytes) {
        BOOST_TEST((decode(text, {}, most, buffer_bytes).bytes == text));
        for (const GzipEngine engine : gzip_engines()) {
          const Decoded got = decode(members, with_engine(engine), most, buffer_bytes);
          BOOST_TEST((got.bytes == text));
          BOOST_TEST(got.reason() == "");
          BOOST_TEST(got.raw_offset == members.size());
        }
        const Decoded got = decode(frames, {}, most, buffer_bytes);
        BOOST_TEST((got.bytes == text));
        BOOST_TEST(got.reason() == "");
        BOOST_TEST(got.raw_offset == frames.size());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(many_small_members) {
  for (const int level : {0, 1, 6, 9}) {
    std::string text, members;
    for (unsigned i = 0; i < 3000; ++i) {
      const std::string part = prose(i % 97, i);
      text += part;
      members += gzip_member(part, level);
    }
    for (const GzipEngine engine : gzip_engines()) {
      for (const std::size_t most : {1u, 10u, 1'000'000u}) {
        const Decoded got = decode(members, with_engine(engine), most);
        BOOST_TEST((got.bytes == text));
        BOOST_TEST(got.reason() == "");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(large_streams) {
  const std::string text = prose(20'000'000);
  for (const GzipEngine engine : gzip_engines()) {
    BOOST_TEST(
        (decode(gzip_member(text, 1), with_engine(engine), SIZE_MAX, 512 * 1024).bytes == text));
  }
  BOOST_TEST((decode(zstd_frame(text, 1), {}, SIZE_MAX, 512 * 1024).bytes == text));
}

BOOST_AUTO_TEST_CASE(gzip_headers_with_all_fields) {
  for (const int checksum : {0, 1}) {
    std::string extra(300, 'e'), name(200'000, 'n'), comment = "c";
    gz_header header{};
    header.extra = reinterpret_cast<Bytef*>(extra.data());
    header.extra_len = static_cast<uInt>(extra.size());
    header.name = reinterpret_cast<Bytef*>(name.data());
    header.comment = reinterpret_cast<Bytef*>(comment.data());
    header.hcrc = checksum;
    const std::string member = gzip_member("content", 6, &header);
    for (const GzipEngine engine : gzip_engines()) {
      for (const std::size_t most : {1u, 1'000'000u}) {
        const Decoded got = decode(member + gzip_member(" more"), with_engine(engine), most);
        BOOST_TEST(got.bytes == "content more");
        BOOST_TEST(got.reason() == "");
      }
    }
    std::string damaged = member;
    damaged[20] = 'E';
    BOOST_TEST(decode(damaged).reason() == (checksum == 1 ? "bad checksum of a gzip header" : ""));
  }
}

BOOST_AUTO_TEST_CASE(what_follows_the_archive) {
  const std::string member = gzip_member("text"), frame = zstd_frame("text");
  for (const GzipEngine engine : gzip_engines()) {
    const ByteSourceOptions options = with_engine(engine);
    for (const std::size_t most : {1u, 1000u}) {
      BOOST_TEST(decode(member + std::string(1000, '\0'), options, most).reason() == "");
      BOOST_TEST(decode(member + std::string(9, '\0') + member, options, most).bytes == "texttext");
      for (const std::string& garbage :
           {std::string("x"), std::string("garbage"), std::string("\0\0x", 3),
            std::string("\x1e\x8b\x08"), frame}) {
        const Decoded got = decode(member + garbage, options, most);
        BOOST_TEST(got.bytes == "text");
        BOOST_TEST(got.reason() == "garbage after the last gzip member");
        BOOST_TEST(got.fault->offset >= member.size());
      }
      BOOST_TEST(decode(member + "\x1f", options, most).reason() == "truncated gzip stream");
    }
  }
  BOOST_TEST(decode(frame + "x").reason() == "garbage after the last zstd frame");
  BOOST_TEST(decode(frame + std::string(4, '\0')).reason() == "garbage after the last zstd frame");
  BOOST_TEST(decode(frame + member).bytes == "text");
  BOOST_TEST(decode(frame + member).fault->offset == frame.size());
  BOOST_TEST(decode(frame + "\x28\xb5").reason() == "truncated zstd stream");
  BOOST_TEST(decode(zstd_skippable_frame("only this")).bytes == "");
  BOOST_TEST(decode(zstd_skippable_frame("only this")).reason() == "");
}

BOOST_AUTO_TEST_CASE(short_archives_are_known_by_name) {
  for (const std::string archive : {"", "\x1f"}) {
    BOOST_TEST(decode(archive, {}, 1, 10, "a.jsonl.gz").reason() == "truncated gzip stream");
  }
  for (const std::string archive : {"", "\x28", "\x28\xb5", "\x28\xb5\x2f", "\x50\x2a"}) {
    BOOST_TEST(decode(archive, {}, 1, 10, "a.zst").reason() == "truncated zstd stream");
  }
  BOOST_TEST(decode("(", {}, 1, 10, "a.txt").bytes == "(");
  BOOST_TEST(decode("", {}, 1, 10, "a.txt").reason() == "");
  BOOST_TEST(decode("a", {}, 1, 10, "a.gz").bytes == "a");
}

BOOST_AUTO_TEST_CASE(ratio_is_limited) {
  const std::string zeros(4'000'000, '\0');
  ByteSourceOptions options;
  options.max_ratio = 100;
  options.max_ratio_from = 1'000'000;
  for (const std::string& bomb : {gzip_member(zeros, 9), zstd_frame(zeros, 19)}) {
    const Decoded got = decode(bomb, options);
    BOOST_TEST(got.reason() == "decompresses to far more than its size (limit of the ratio)");
    BOOST_TEST(got.bytes.size() > 1'000'000u);
    BOOST_TEST(got.bytes.size() < 1'100'000u);
  }
  options.max_ratio_from = 5'000'000;
  BOOST_TEST(decode(gzip_member(zeros, 9), options).reason() == "");
  options = {};
  options.max_ratio_from = 0;
  BOOST_TEST(decode(gzip_member(prose(1'000'000)), options).reason() == "");
}

BOOST_AUTO_TEST_CASE(window_is_limited) {
  const std::string text = prose(3'000'000);
  ByteSourceOptions options;
  options.zstd_window_log_max = 20;
  const Decoded refused = decode(zstd_frame(text, 3, 22), options);
  BOOST_TEST(refused.bytes == "");
  BOOST_TEST(refused.reason() == "zstd window larger than 2^20 bytes");
  options.zstd_window_log_max = 22;
  BOOST_TEST((decode(zstd_frame(text, 3, 22), options).bytes == text));
  options.zstd_window_log_max = 9;
  BOOST_CHECK_THROW(decode(zstd_frame(text), options), Error);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_opened) {
  const TemporaryFolder folder;
  for (const std::string& path : {folder.path("none"), folder.path(), folder.path("a/b")}) {
    BOOST_CHECK_EXCEPTION(open_byte_source(path), Error, [&](const Error& error) {
      return error.code() == ErrorCode::kCannotOpen && error.where() == path;
    });
  }
  BOOST_CHECK_THROW(identify_file(folder.path("none")), Error);
}

BOOST_AUTO_TEST_CASE(identity_changes_with_the_file) {
  const TemporaryFolder folder;
  const std::string path = folder.write("a", "one");
  const FileIdentity before = identify_file(path);
  BOOST_TEST((identify_file(path) == before));
  BOOST_TEST(before.size == 3u);
  folder.write("b", "two");
  std::filesystem::rename(folder.path("b"), path);
  BOOST_TEST(!(identify_file(path) == before));
}

BOOST_AUTO_TEST_CASE(fifos_are_read) {
  const TemporaryFolder folder;
  const std::string path = folder.path("fifo"), text = prose(300'000);
  BOOST_TEST_REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
  const std::string packed = gzip_member(text);
  std::jthread writer([&] { folder.write("fifo", packed); });
  const auto source = open_byte_source(path);
  BOOST_TEST((drain(*source).bytes == text));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
