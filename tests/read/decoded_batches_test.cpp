// SPDX-License-Identifier: Apache-2.0
//
// Batches that stay where they were decompressed to, beside the same batches as SourceBatches has
// them.
#include "copydesk/read/decoded_batches.h"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "archives.h"
#include "copydesk/read/batch_reader.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

struct Seen {
  // Offset, line and bytes of the batches that have bytes.
  std::vector<std::pair<std::pair<std::uint64_t, std::uint64_t>, std::string>> batches;
  std::vector<std::string> faults;  // with where they are
  std::vector<InputFormat> formats;
  std::vector<std::shared_ptr<const void>> owners;
  std::vector<std::string_view> owned;

  friend bool operator==(const Seen& x, const Seen& y) {
    return x.batches == y.batches && x.faults == y.faults && x.formats == y.formats;
  }
};

Seen read_all(const std::vector<Input>& inputs, BatchReaderOptions options, bool in_place,
              bool keep = true) {
  options.in_place = in_place;
  BatchReader reader(inputs, options);
  Seen seen;
  RecordBatch batch;
  while (reader.next(batch)) {
    BOOST_TEST_REQUIRE((batch.owner != nullptr) == in_place);
    const std::string_view text = batch.text();
    for (std::size_t i = 0; i < RecordBatch::kPadding; ++i) {
      // Reading it is all that can go wrong.
      BOOST_TEST_REQUIRE(text.data()[text.size() + i] <= 127);
    }
    for (const RecordFault& fault : batch.faults) {
      seen.faults.push_back(
          std::to_string(fault.origin.source) + ' ' + std::to_string(fault.origin.offset) + ' ' +
          std::to_string(fault.origin.line) + ' ' + fault.reason + ' ' + fault.bytes);
    }
    if (text.empty()) continue;
    seen.batches.push_back({{batch.first_offset, batch.first_line}, std::string(text)});
    seen.formats.push_back(batch.format);
    if (!keep) continue;
    seen.owners.push_back(batch.owner);
    seen.owned.push_back(text);
  }
  return seen;
}

// `size` bytes of lines, which come again after `period` bytes. Some are long.
std::string lines_of(std::size_t size, std::size_t period, std::size_t longest) {
  std::mt19937 random(3);
  std::string lines;
  while (lines.size() < std::min(size, period)) {
    std::size_t length = random() % 300;
    if (random() % 300 == 0) length = random() % (longest + 1);
    for (std::size_t i = 0; i < length; ++i)
      lines.push_back(static_cast<char>(' ' + random() % 60));
    lines.push_back('\n');
  }
  while (lines.size() < size) lines.append(lines, lines.size() - period, period);
  return lines;
}

void check_same(const std::vector<Input>& inputs, const BatchReaderOptions& options) {
  const Seen expected = read_all(inputs, options, false);
  const Seen seen = read_all(inputs, options, true);
  BOOST_TEST((seen == expected));
  // What is kept does not change while the rest is read.
  for (std::size_t i = 0; i < seen.batches.size(); ++i) {
    BOOST_TEST((seen.owned[i] == seen.batches[i].second));
  }
  BOOST_TEST((read_all(inputs, options, true, false) == expected));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(decoded_batches)

BOOST_AUTO_TEST_CASE(small_sources_of_all_kinds) {
  const TemporaryFolder folder;
  const std::string lines = lines_of(20'000, 20'000, 3000);
  const std::string half = lines.substr(0, lines.size() / 2);
  const std::string rest = lines.substr(half.size());
  const std::vector<std::pair<std::string, std::string>> files = {
      {"one.zst", zstd_frame(lines)},
      {"one.gz", gzip_member(lines)},
      {"frames.zst", zstd_frame(half) + zstd_skippable_frame("skip") + zstd_frame("") +
                         zstd_frame(rest) + zstd_frame("\n\nlast")},
      {"members.gz", gzip_member(half) + gzip_member(rest)},
      {"skipped.zst", zstd_skippable_frame(std::string(5000, 'x')) + zstd_frame(lines)},
      {"garbage.zst", zstd_frame(lines) + "garbage"},
      {"empty.zst", zstd_frame("")},
      {"nothing.zst", ""},
      {"mark.zst", zstd_frame("\xef\xbb\xbf" + half)},
      {"foreign.zst", zstd_frame("%PDF-1.7\n" + half)},
      {"text.txt.zst", zstd_frame("a text\nof two lines")},
      {"long.txt.gz", gzip_member(lines)},
      {"cut.txt.zst", zstd_frame(lines).substr(0, 900)}};
  std::vector<Input> all;
  for (const auto& [name, bytes] : files) all.push_back({folder.write(name, bytes)});
  for (const std::size_t batch_bytes : {1, 100, 999, 70'000}) {
    for (const std::size_t most : {1, 50, 300, 4000, 1'000'000}) {
      BatchReaderOptions options;
      options.batch_bytes = batch_bytes;
      options.max_record_bytes = most;
      BOOST_TEST_CONTEXT("batches of " << batch_bytes << ", records of at most " << most) {
        for (const Input& input : all) BOOST_TEST_CONTEXT(input.path) check_same({input}, options);
        check_same(all, options);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(archives_cut_at_every_position) {
  const TemporaryFolder folder;
  const std::string lines = lines_of(1200, 1200, 0);
  const std::string half = lines.substr(0, 600);
  const std::vector<std::pair<std::string, std::string>> archives = {
      {"a.zst", zstd_frame(half) + zstd_frame(lines.substr(600))},
      {"a.gz", gzip_member(half) + gzip_member(lines.substr(600))}};
  for (const auto& [name, archive] : archives) {
    for (std::size_t size = 0; size < archive.size(); ++size) {
      BOOST_TEST_CONTEXT("cut to " << size) {
        check_same({{folder.write(name, std::string_view(archive).substr(0, size))}}, {});
      }
    }
  }
}

// What a frame refers to, up to 8 MiB back, is in the stretch before, or, with a larger window,
// only in that of the library. The longest line here does not fit into one stretch.
BOOST_AUTO_TEST_CASE(many_stretches) {
  const TemporaryFolder folder;
  const std::size_t size = std::size_t{36} << 20;
  const std::string near = lines_of(size, (std::size_t{8} << 20) - 70'000, 400'000);
  std::string large = lines_of(std::size_t{3} << 20, std::size_t{3} << 20, 1000);
  large += std::string(std::size_t{20} << 20, 'x') + '\n' + large;
  const std::vector<std::pair<std::string, std::string>> files = {
      {"near.zst", zstd_frame(near, 3, 23)},
      {"far.zst", zstd_frame(near, 3, 24)},
      {"large.zst", zstd_frame(large, 3, 23) + zstd_frame(near.substr(0, 100'000))},
      {"large.gz", gzip_member(large, 1)}};
  // The far matches are there, or this shows nothing.
  BOOST_TEST(files[0].second.size() < std::size_t{9} << 20);
  for (const auto& [name, bytes] : files) {
    BOOST_TEST_CONTEXT(name) check_same({{folder.write(name, bytes)}}, {});
  }
  BatchReaderOptions options;
  options.max_record_bytes = std::size_t{1} << 20;
  check_same({{folder.path("large.zst")}, {folder.path("near.zst")}}, options);
}

BOOST_AUTO_TEST_CASE(a_window_over_the_limit_is_a_fault) {
  const TemporaryFolder folder;
  const std::string lines = lines_of(std::size_t{3} << 20, std::size_t{3} << 20, 0);
  BatchReaderOptions options;
  options.source.zstd_window_log_max = 20;
  const std::vector<Input> inputs = {{folder.write("a.zst", zstd_frame(lines, 3, 21))}};
  check_same(inputs, options);
  BOOST_TEST(read_all(inputs, options, true).faults.size() == 1U);
}

// Small sources share memory; without that, each would take a stretch.
BOOST_AUTO_TEST_CASE(small_sources_have_one_owner) {
  const TemporaryFolder folder;
  std::vector<Input> inputs;
  for (int i = 0; i < 50; ++i) {
    inputs.push_back({folder.write(std::to_string(i) + ".zst", zstd_frame("{}\n"))});
  }
  const Seen seen = read_all(inputs, {}, true);
  BOOST_TEST_REQUIRE(seen.owners.size() == 50U);
  BOOST_TEST((std::count(seen.owners.begin(), seen.owners.end(), seen.owners[0]) == 50));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk::tests
