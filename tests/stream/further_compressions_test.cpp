// SPDX-License-Identifier: Apache-2.0
//
// xz, bzip2 and lz4, where their libraries were found.
#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <string>
#include <vector>

#ifdef COPYDESK_HAVE_LZMA
#include <lzma.h>
#endif
#ifdef COPYDESK_HAVE_BZIP2
#include <bzlib.h>
#endif
#ifdef COPYDESK_HAVE_LZ4
#include <lz4frame.h>
#endif

#include "stream/decoded.h"

namespace copydesk::tests {
namespace {

struct Packer {
  Compression compression;
  std::string name;
  std::string (*pack)(std::string_view bytes);
};

#ifdef COPYDESK_HAVE_LZMA
std::string pack_xz(std::string_view bytes) {
  std::string out(lzma_stream_buffer_bound(bytes.size()), '\0');
  std::size_t size = 0;
  BOOST_REQUIRE(lzma_easy_buffer_encode(6, LZMA_CHECK_CRC64, nullptr,
                                        reinterpret_cast<const std::uint8_t*>(bytes.data()),
                                        bytes.size(), reinterpret_cast<std::uint8_t*>(out.data()),
                                        &size, out.size()) == LZMA_OK);
  out.resize(size);
  return out;
}
#endif

#ifdef COPYDESK_HAVE_BZIP2
std::string pack_bzip2(std::string_view bytes) {
  std::string out(bytes.size() + bytes.size() / 50 + 1000, '\0');
  auto size = static_cast<unsigned>(out.size());
  BOOST_REQUIRE(BZ2_bzBuffToBuffCompress(out.data(), &size, const_cast<char*>(bytes.data()),
                                         static_cast<unsigned>(bytes.size()), 1, 0, 0) == BZ_OK);
  out.resize(size);
  return out;
}
#endif

#ifdef COPYDESK_HAVE_LZ4
std::string pack_lz4(std::string_view bytes) {
  LZ4F_preferences_t preferences{};
  preferences.frameInfo.contentChecksumFlag = LZ4F_contentChecksumEnabled;
  std::string out(LZ4F_compressFrameBound(bytes.size(), &preferences), '\0');
  const std::size_t size =
      LZ4F_compressFrame(out.data(), out.size(), bytes.data(), bytes.size(), &preferences);
  BOOST_REQUIRE(LZ4F_isError(size) == 0);
  out.resize(size);
  return out;
}
#endif

const std::vector<Packer>& packers() {
  static const std::vector<Packer> all = {
#ifdef COPYDESK_HAVE_LZMA
      {Compression::kXz, "xz", pack_xz},
#endif
#ifdef COPYDESK_HAVE_BZIP2
      {Compression::kBzip2, "bzip2", pack_bzip2},
#endif
#ifdef COPYDESK_HAVE_LZ4
      {Compression::kLz4, "lz4", pack_lz4},
#endif
  };
  return all;
}

BOOST_AUTO_TEST_SUITE(further_compressions)

BOOST_AUTO_TEST_CASE(sizes_do_not_matter) {
  const std::string text = prose(300'000);
  for (const Packer& packer : packers()) {
    const std::string archive =
        packer.pack(text.substr(0, 7000)) + packer.pack("") + packer.pack(text.substr(7000));
    for (const std::size_t most : {1u, 7u, 100u, 100'000u}) {
      for (const std::size_t buffer : {1u, 13u, 100'000u}) {
        if (most == 1 && buffer == 1) continue;
        BOOST_TEST_CONTEXT(packer.name << ", arriving " << most << ", buffer " << buffer) {
          const Decoded got = decode(archive, {}, most, buffer);
          BOOST_TEST((got.compression == packer.compression));
          BOOST_TEST((got.bytes == text));
          BOOST_TEST(got.reason() == "");
          BOOST_TEST(got.raw_offset == archive.size());
        }
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_cut_is_a_fault_behind_what_is_whole) {
  const std::string text = prose(3'000);
  for (const Packer& packer : packers()) {
    const std::string archive = packer.pack(text) + packer.pack(text);
    const std::size_t first = packer.pack(text).size();
    for (std::size_t size = 10; size < archive.size(); ++size) {
      const Decoded got = decode(archive.substr(0, size));
      BOOST_TEST_CONTEXT(packer.name << " cut to " << size) {
        if (size == first) {
          BOOST_TEST(got.reason() == "");
        } else {
          BOOST_TEST((got.reason() == "truncated " + packer.name + " stream" ||
                      got.reason() == "garbage after the last " + packer.name +
                                          (packer.name == "lz4" ? " frame" : " stream")));
        }
        BOOST_TEST((text + text).starts_with(got.bytes));
        BOOST_TEST((size < first || got.bytes.size() >= text.size()));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(damage_is_a_fault) {
  const std::string text = prose(30'000);
  for (const Packer& packer : packers()) {
    const std::string archive = packer.pack(text);
    for (std::size_t at = archive.size() / 3; at + 40 < archive.size(); at += 997) {
      std::string damaged = archive;
      damaged[at] = static_cast<char>(damaged[at] ^ 0x55);
      BOOST_TEST_CONTEXT(packer.name << " changed at " << at) {
        BOOST_TEST(decode(damaged).reason() != "");
      }
    }
    BOOST_TEST_CONTEXT(packer.name) {
      const Decoded got = decode(archive + "something else");
      BOOST_TEST((got.bytes == text));
      // liblzma does not tell garbage from a damaged head.
      BOOST_TEST(got.reason().starts_with(packer.name == "xz" ? "damaged xz stream"
                                                              : "garbage after the last " + packer.name));
    }
  }
}

BOOST_AUTO_TEST_CASE(bombs_are_stopped) {
  ByteSourceOptions options;
  options.max_ratio_from = 1 << 20;
  options.max_ratio = 20;
  const std::string zeros(std::size_t{30} << 20, '\0');
  for (const Packer& packer : packers()) {
    BOOST_TEST_CONTEXT(packer.name) {
      const Decoded got = decode(packer.pack(zeros), options);
      BOOST_TEST(got.reason().find("ratio") != std::string::npos);
      BOOST_TEST(got.bytes.size() < zeros.size());
    }
  }
}

BOOST_AUTO_TEST_CASE(endings_are_taken_away) {
  BOOST_TEST(without_compression_ending("a.jsonl.XZ") == "a.jsonl");
  BOOST_TEST(without_compression_ending("a.bz2") == "a");
  BOOST_TEST(without_compression_ending("a.gz.gz") == "a.gz");
  BOOST_TEST(without_compression_ending("agz") == "agz");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
