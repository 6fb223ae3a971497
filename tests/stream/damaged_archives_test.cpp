// SPDX-License-Identifier: Apache-2.0
//
// Archives cut and changed at every position: what was good arrives, the damage is told, and no
// byte of the file makes anything worse happen.
#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "archives.h"
#include "stream/decoded.h"

namespace copydesk::tests {
namespace {

struct Variant {
  std::string archive;
  std::string text;
  std::size_t first;  // size of the first member or frame
  ByteSourceOptions options;
  std::string name;
};

std::vector<Variant> variants() {
  const std::string text = prose(1500);
  const std::string head = text.substr(0, 700), tail = text.substr(700);
  std::vector<Variant> all;
  for (const GzipEngine engine : gzip_engines()) {
    for (const int level : {0, 6}) {
      all.push_back({gzip_member(head, level) + gzip_member(tail, level), text,
                     gzip_member(head, level).size(), with_engine(engine), "a.gz"});
    }
  }
  all.push_back({zstd_frame(head) + zstd_frame(tail), text, zstd_frame(head).size(), {}, "a.zst"});
  return all;
}

BOOST_AUTO_TEST_SUITE(damaged_archives)

BOOST_AUTO_TEST_CASE(cut_at_every_position) {
  for (const Variant& variant : variants()) {
    std::size_t delivered = 0;
    for (std::size_t size = 0; size <= variant.archive.size(); ++size) {
      BOOST_TEST_CONTEXT(variant.name << " cut to " << size) {
        for (const std::size_t most : {std::size_t{1}, SIZE_MAX}) {
          const Decoded got =
              decode(variant.archive.substr(0, size), variant.options, most, 100, variant.name);
          BOOST_TEST(variant.text.starts_with(got.bytes));
          BOOST_TEST(got.bytes.size() >= delivered);
          if (most == SIZE_MAX) delivered = got.bytes.size();
          const bool is_complete = size == variant.first || size == variant.archive.size();
          BOOST_TEST((got.reason() == "") == is_complete);
          BOOST_TEST((is_complete || got.reason().starts_with("truncated ")));
          if (!is_complete) BOOST_TEST(got.fault->offset <= size);
          if (size >= variant.first) BOOST_TEST(got.bytes.size() >= 700u);
        }
      }
    }
    BOOST_TEST(delivered == variant.text.size());
  }
}

BOOST_AUTO_TEST_CASE(changed_at_every_position) {
  for (const Variant& variant : variants()) {
    for (std::size_t i = 0; i < variant.archive.size(); ++i) {
      for (const int bits : {0x01, 0x80, 0xff}) {
        std::string damaged = variant.archive;
        damaged[i] = static_cast<char>(damaged[i] ^ bits);
        BOOST_TEST_CONTEXT(variant.name << " byte " << i << " xor " << bits) {
          const Decoded got = decode(damaged, variant.options, SIZE_MAX, 100, variant.name);
          // Without its magic number the file is no archive.
          if (got.compression == Compression::kNone) {
            BOOST_TEST(i < kZstdMagicBytes);
            BOOST_TEST(got.bytes == damaged);
          } else {
            BOOST_TEST((got.fault.has_value() || got.bytes == variant.text ||
                        // A frame whose magic number turned into a skippable one is skipped.
                        got.bytes == variant.text.substr(700)));
          }
          if (i >= variant.first) BOOST_TEST(got.bytes.starts_with(variant.text.substr(0, 700)));
        }
      }
    }
  }
}

// How much of a damaged zstd stream comes out, and where it is said to end, depends neither on the
// sizes of reads nor on where its output goes; all of the blocks before the damage are there.
BOOST_AUTO_TEST_CASE(zstd_is_the_same_for_all_reads) {
  const std::string text = prose(700'000);
  const std::string archive = zstd_frame(text) + zstd_skippable_frame("skip") + zstd_frame("end");
  for (std::size_t i = 0; i < archive.size(); i += i < 30 || i > archive.size() - 40 ? 1 : 9'973) {
    std::string damaged = archive;
    damaged[i] = static_cast<char>(damaged[i] ^ 0xff);
    for (const std::string& broken : {damaged, archive.substr(0, i)}) {
      BOOST_TEST_CONTEXT((broken.size() == i ? "cut at " : "changed at ") << i) {
        const auto open = [&](std::size_t most) {
          return decode_stream(std::make_unique<MemorySource>(broken, most), "name.zst", {});
        };
        const Decoded in_place = drain_in_place(*open(SIZE_MAX));
        for (const std::size_t most : {std::size_t{1000}, SIZE_MAX}) {
          for (const std::size_t buffer : {std::size_t{999}, std::size_t{1} << 20}) {
            const Decoded got = drain(*open(most), buffer);
            BOOST_TEST((got.bytes == in_place.bytes));
            BOOST_TEST(got.reason() == in_place.reason());
            BOOST_TEST(got.raw_offset == in_place.raw_offset);
          }
        }
        if (i > archive.size() / 2) {
          const bool has_first_blocks = in_place.bytes.starts_with(text.substr(0, 256 << 10));
          BOOST_TEST(has_first_blocks);
        }
      }
    }
  }
}

// Both libraries deliver the same and complain alike.
BOOST_AUTO_TEST_CASE(gzip_engines_agree, *boost::unit_test::precondition([](auto) {
                       return is_available(GzipEngine::kIsal);
                     })) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    const std::string archive = gzip_member(prose(40'000, seed), seed % 10);
    for (unsigned k = 0; k < 20; ++k) {
      std::string damaged = archive;
      const std::size_t position = (seed * 7919u + k * 104'729u) % damaged.size();
      damaged[position] = static_cast<char>(damaged[position] ^ (1 << (k % 8)));
      const Decoded zlib = decode(damaged, with_engine(GzipEngine::kZlib));
      const Decoded isal = decode(damaged, with_engine(GzipEngine::kIsal));
      BOOST_TEST_CONTEXT("seed " << seed << ", byte " << position) {
        BOOST_TEST(zlib.fault.has_value() == isal.fault.has_value());
        const std::size_t both = std::min(zlib.bytes.size(), isal.bytes.size());
        BOOST_TEST((zlib.bytes.substr(0, both) == isal.bytes.substr(0, both)));
      }
    }
  }
}

// The library lets such a frame pass when it comes in pieces and ends with an empty block.
BOOST_AUTO_TEST_CASE(a_zstd_frame_of_another_size_than_stated) {
  using namespace std::string_view_literals;
  const std::string frame("\x28\xb5\x2f\xfd\x24\x24\x01\x00\x00\x99\xe9\xd8\x51"sv);
  for (const std::size_t most : {std::size_t{1}, std::size_t{7}, SIZE_MAX}) {
    BOOST_TEST(decode(frame, {}, most).reason() == "damaged zstd stream");
  }
}

BOOST_AUTO_TEST_CASE(random_bytes_behind_a_magic_number) {
  unsigned state = 12345;
  for (int i = 0; i < 3000; ++i) {
    std::string bytes = i % 2 == 0 ? "\x1f\x8b\x08" : "\x28\xb5\x2f\xfd";
    if (i % 2 == 0) bytes.push_back('\0');
    for (int k = 0; k < 200; ++k) {
      state = state * 1664525u + 1013904223u;
      bytes.push_back(static_cast<char>(state >> 24));
    }
    for (const GzipEngine engine : gzip_engines()) {
      ByteSourceOptions options = with_engine(engine);
      options.max_ratio_from = 10'000'000;
      BOOST_TEST(decode(bytes, options).fault.has_value());
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
