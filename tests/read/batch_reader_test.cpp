// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/batch_reader.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "archives.h"
#include "copydesk/error.h"
#include "copydesk/read/source_batches.h"
#include "copydesk/stream/spool.h"
#include "read/collected_records.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

using Strings = std::vector<std::string>;

// Hands out `bytes` in pieces of 1 to `most` bytes, then possibly fails.
class PiecewiseSource : public ByteSource {
 public:
  PiecewiseSource(std::string bytes, std::size_t most, unsigned seed = 1)
      : bytes_(std::move(bytes)), most_(most), random_(seed) {}

  void fail_at_end(StreamFault fault) { fault_ = std::move(fault); }
  void throw_at_end() { throws_ = true; }

  std::size_t read(std::span<char> buffer) override {
    const std::size_t wanted = 1 + random_() % most_;
    const std::size_t count = std::min({wanted, buffer.size(), bytes_.size() - offset_});
    if (count == 0 && throws_) throw Error(ErrorCode::kCannotRead, "the disk is gone", "name");
    std::memcpy(buffer.data(), bytes_.data() + offset_, count);
    offset_ += count;
    return count;
  }
  [[nodiscard]] const std::optional<StreamFault>& fault() const override { return fault_; }
  [[nodiscard]] Compression compression() const override { return Compression::kNone; }
  [[nodiscard]] std::uint64_t raw_offset() const override { return offset_; }

 private:
  std::string bytes_;
  std::size_t most_;
  std::mt19937 random_;
  std::size_t offset_ = 0;
  std::optional<StreamFault> fault_;
  bool throws_ = false;
};

struct Piece {
  std::uint64_t offset, line;
  std::string bytes;
  Strings reasons;
  std::vector<std::uint64_t> fault_offsets, fault_lines;
  friend bool operator==(const Piece&, const Piece&) = default;
};

std::vector<Piece> cut(ByteSource& source, const BatchReaderOptions& options,
                       InputFormat format = InputFormat::kJsonLines) {
  SourceBatches batches(source, 0, "name", format, options);
  RecordBatch batch;
  std::vector<Piece> pieces;
  while (batches.next(batch)) {
    Piece piece{batch.first_offset, batch.first_line, batch.bytes, {}, {}, {}};
    for (const RecordFault& fault : batch.faults) {
      piece.reasons.push_back(fault.reason);
      piece.fault_offsets.push_back(fault.origin.offset);
      piece.fault_lines.push_back(fault.origin.line);
    }
    pieces.push_back(std::move(piece));
  }
  return pieces;
}

std::string random_lines(unsigned seed, std::size_t lines, std::size_t longest) {
  std::mt19937 random(seed);
  std::string all;
  for (std::size_t i = 0; i < lines; ++i) {
    all.append(random() % (longest + 1), static_cast<char>('a' + random() % 26));
    if (i + 1 < lines || seed % 2 == 0) all += random() % 5 == 0 ? "\r\n" : "\n";
  }
  return all;
}

BOOST_AUTO_TEST_SUITE(batch_reader)

BOOST_AUTO_TEST_CASE(batches_are_whole_lines_and_lose_nothing) {
  for (unsigned seed = 0; seed < 40; ++seed) {
    for (const std::size_t batch_bytes : {1u, 7u, 64u, 1000u}) {
      BOOST_TEST_CONTEXT("seed " << seed << ", batch " << batch_bytes) {
        const std::string all = random_lines(seed, 50, 40);
        BatchReaderOptions options;
        options.batch_bytes = batch_bytes;
        PiecewiseSource source(all, 10, seed);
        std::string joined;
        std::uint64_t line = 1;
        for (const Piece& piece : cut(source, options)) {
          BOOST_TEST(piece.offset == joined.size());
          BOOST_TEST(piece.line == line);
          BOOST_TEST(piece.reasons.empty());
          BOOST_TEST(
              (piece.bytes.ends_with('\n') || joined.size() + piece.bytes.size() == all.size()));
          joined += piece.bytes;
          line +=
              static_cast<std::uint64_t>(std::count(piece.bytes.begin(), piece.bytes.end(), '\n'));
        }
        BOOST_TEST(joined == all);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(batches_do_not_depend_on_how_bytes_arrive) {
  for (unsigned seed = 0; seed < 30; ++seed) {
    for (const std::size_t limit : {5u, 17u, 33u, 1000u}) {
      BOOST_TEST_CONTEXT("seed " << seed << ", limit " << limit) {
        const std::string all = random_lines(seed, 60, 40);
        BatchReaderOptions options;
        options.batch_bytes = 16 + seed;
        options.max_record_bytes = limit;
        PiecewiseSource whole(all, all.size() + 1, seed);
        const std::vector<Piece> expected = cut(whole, options);
        for (const std::size_t most : {1u, 2u, 3u, 50u}) {
          PiecewiseSource source(all, most, seed);
          BOOST_TEST((cut(source, options) == expected));
        }
      }
    }
  }
}

// Content is recognized by bytes that a small batch or record limit does not reach.
BOOST_AUTO_TEST_CASE(recognition_does_not_depend_on_the_size_of_batches) {
  std::string tar(600, 'x');
  tar.replace(257, 5, "ustar");
  const std::string lines = std::string(100, ' ') + "\n{\"text\":\"a\"}\n";
  for (const std::size_t limit : {1u, 20u, 1000u}) {
    BatchReaderOptions options;
    options.batch_bytes = limit;
    options.max_record_bytes = limit;
    PiecewiseSource archive(tar, 10, 1);
    const std::vector<Piece> pieces = cut(archive, options, InputFormat::kAuto);
    BOOST_TEST_REQUIRE(pieces.size() == 1u);
    BOOST_TEST(pieces[0].reasons == Strings{"seems to be a tar archive, which is not read"});
    PiecewiseSource source(lines, 10, 1);
    SourceBatches batches(source, 0, "name", InputFormat::kAuto, options);
    RecordBatch batch;
    BOOST_TEST(batches.next(batch));
    BOOST_TEST((batch.format == InputFormat::kJsonLines));
  }
}

// Every line within the limit arrives with its true place, every other becomes one fault there.
BOOST_AUTO_TEST_CASE(lines_over_the_limit_are_faults) {
  for (unsigned seed = 0; seed < 60; ++seed) {
    for (const std::size_t limit : {1u, 9u, 20u, 39u, 40u}) {
      BOOST_TEST_CONTEXT("seed " << seed << ", limit " << limit) {
        const std::string all = random_lines(seed, 40, 40);
        BatchReaderOptions options;
        options.batch_bytes = 1 + seed * 3;
        options.max_record_bytes = limit;
        std::vector<std::pair<std::uint64_t, std::uint64_t>> good, bad, seen_good, seen_bad;
        std::uint64_t number = 1;
        for (std::size_t begin = 0; begin < all.size(); ++number) {
          const std::size_t end = std::min(all.find('\n', begin), all.size());
          (end - begin > limit ? bad : good).emplace_back(begin, number);
          begin = end + 1;
        }
        PiecewiseSource source(all, 10, seed);
        for (const Piece& piece : cut(source, options)) {
          std::uint64_t line = piece.line;
          for (std::size_t begin = 0; begin < piece.bytes.size(); ++line) {
            seen_good.emplace_back(piece.offset + begin, line);
            begin = std::min(piece.bytes.find('\n', begin), piece.bytes.size()) + 1;
          }
          for (std::size_t i = 0; i < piece.reasons.size(); ++i) {
            BOOST_TEST(piece.reasons[i] ==
                       "record longer than " + std::to_string(limit) + " bytes");
            seen_bad.emplace_back(piece.fault_offsets[i], piece.fault_lines[i]);
          }
        }
        BOOST_TEST((seen_good == good));
        BOOST_TEST((seen_bad == bad));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_huge_line_does_not_take_its_memory) {
  BatchReaderOptions options;
  options.batch_bytes = 64 * 1024;
  options.max_record_bytes = 1024 * 1024;
  PiecewiseSource source(
      "{\"text\":\"a\"}\n" + std::string(50'000'000, 'x') + "\n{\"text\":\"b\"}\n", 1 << 20);
  SourceBatches batches(source, 0, "name", InputFormat::kJsonLines, options);
  RecordParser parser(FieldNames{});
  Collected got;
  RecordBatch batch;
  std::size_t capacity = 0;
  while (batches.next(batch)) {
    capacity = std::max(capacity, batch.bytes.capacity());
    got.parse(parser, batch);
  }
  BOOST_TEST(got.texts() == (Strings{"a", "b"}), boost::test_tools::per_element());
  BOOST_TEST(got.records[1].origin.line == 3u);
  BOOST_TEST(got.records[1].origin.offset == 13u + 50'000'001u);
  BOOST_TEST(got.reasons() == Strings{"record longer than 1048576 bytes"},
             boost::test_tools::per_element());
  BOOST_TEST(got.faults[0].bytes == std::string(RecordFault::kMaxBytes, 'x'));
  BOOST_TEST(capacity < 4 * options.max_record_bytes);
}

BOOST_AUTO_TEST_CASE(batches_are_padded) {
  PiecewiseSource source(random_lines(4, 100, 50), 20);
  BatchReaderOptions options;
  options.batch_bytes = 128;
  SourceBatches batches(source, 0, "name", InputFormat::kJsonLines, options);
  RecordBatch batch;
  while (batches.next(batch)) {
    BOOST_TEST(batch.bytes.capacity() - batch.bytes.size() >= RecordBatch::kPadding);
  }
}

BOOST_AUTO_TEST_CASE(what_ends_a_source_early_is_told_behind_its_records) {
  for (const bool throws : {false, true}) {
    PiecewiseSource source("{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"te", 5);
    if (throws) {
      source.throw_at_end();
    } else {
      source.fail_at_end({77, "truncated gzip stream"});
    }
    BatchReaderOptions options;
    options.batch_bytes = 20;
    const std::vector<Piece> pieces = cut(source, options);
    BOOST_TEST_REQUIRE(!pieces.empty());
    std::string joined;
    for (const Piece& piece : pieces) joined += piece.bytes;
    BOOST_TEST(joined == "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"te");
    BOOST_TEST(
        pieces.back().reasons == Strings{throws ? "name: the disk is gone"
                                                : "truncated gzip stream at byte 77 of the file"},
        boost::test_tools::per_element());
    BOOST_TEST(pieces.back().fault_offsets.at(0) == joined.size());
    BOOST_TEST(pieces.back().fault_lines.at(0) == 3u);
  }
}

BOOST_AUTO_TEST_CASE(text_is_whole_or_not_at_all) {
  BatchReaderOptions options;
  options.max_record_bytes = 10;
  PiecewiseSource fits(
      "\xef\xbb\xbf"
      "0123\n56789",
      3);
  const std::vector<Piece> whole = cut(fits, options, InputFormat::kText);
  BOOST_TEST_REQUIRE(whole.size() == 1u);
  BOOST_TEST(whole[0].bytes == "0123\n56789");
  BOOST_TEST(whole[0].reasons.empty());
  PiecewiseSource longer("0123\n567890", 3);
  const std::vector<Piece> refused = cut(longer, options, InputFormat::kText);
  BOOST_TEST_REQUIRE(refused.size() == 1u);
  BOOST_TEST(refused[0].bytes.empty());
  BOOST_TEST(refused[0].reasons == Strings{"record longer than 10 bytes"},
             boost::test_tools::per_element());
  PiecewiseSource damaged("0123", 3);
  damaged.fail_at_end({9, "bad gzip checksum"});
  const std::vector<Piece> broken = cut(damaged, options, InputFormat::kText);
  BOOST_TEST_REQUIRE(broken.size() == 1u);
  BOOST_TEST(broken[0].bytes.empty());
  BOOST_TEST(broken[0].reasons.size() == 1u);
  PiecewiseSource empty("", 3);
  BOOST_TEST(cut(empty, options, InputFormat::kText).size() == 1u);
  PiecewiseSource no_lines("", 3);
  BOOST_TEST(cut(no_lines, options, InputFormat::kJsonLines).empty());
}

BOOST_AUTO_TEST_CASE(several_inputs_one_after_the_other) {
  const TemporaryFolder folder;
  const std::string lines =
      folder.write("a.jsonl", "\xef\xbb\xbf{\"text\":\"a\"}\n{\"text\":\"b\"}");
  const std::string packed = folder.write(
      "b.jsonl.gz", gzip_member("{\"text\":\"c\"}\n{\"te") + gzip_member("xt\":\"d\"}\n"));
  const std::string frames =
      folder.write("c.zst", zstd_frame("{\"text\":\"e\"}\n") + zstd_frame("{\"text\":\"f\"}\n"));
  const std::string prose = folder.write("d.txt", "some prose\nin lines\n");
  const std::string page = folder.write("e.pdf", "%PDF-1.7 ...");
  const std::string empty = folder.write("f.jsonl", "");
  BatchReaderOptions options;
  options.batch_bytes = 20;
  const Collected got = read_all(
      {{lines}, {packed}, {folder.path("none")}, {frames}, {prose}, {page}, {empty}, {lines}},
      options);
  BOOST_TEST(
      got.texts() == (Strings{"a", "b", "c", "d", "e", "f", "some prose\nin lines\n", "a", "b"}),
      boost::test_tools::per_element());
  BOOST_TEST(got.records[6].id == prose);
  BOOST_TEST(got.records[0].origin.offset == 3u);
  BOOST_TEST(got.records[3].origin.source == 1u);
  BOOST_TEST(got.records[3].origin.line == 2u);
  BOOST_TEST(got.records[8].origin.source == 7u);
  BOOST_TEST(
      got.reasons() == (Strings{folder.path("none") + ": cannot open: No such file or directory",
                                "seems to be a PDF document, which is not read"}),
      boost::test_tools::per_element());
  BOOST_TEST(got.faults[0].origin.source == 2u);
  BOOST_TEST(got.faults[1].origin.source == 5u);
}

BOOST_AUTO_TEST_CASE(sequence_and_progress_count_up) {
  const TemporaryFolder folder;
  const std::string lines = random_lines(2, 100, 50);
  const std::string packed = gzip_member(lines);
  BatchReaderOptions options;
  options.batch_bytes = 100;
  BatchReader reader({{folder.write("a.jsonl", lines)}, {folder.write("b.jsonl.gz", packed)}},
                     options);
  RecordBatch batch;
  std::uint64_t expected = 0;
  while (reader.next(batch)) {
    BOOST_TEST(batch.sequence == expected++);
    BOOST_TEST(reader.raw_bytes() <= lines.size() + packed.size());
  }
  BOOST_TEST(expected > 50u);
  BOOST_TEST(reader.raw_bytes() == lines.size() + packed.size());
}

BOOST_AUTO_TEST_CASE(batches_can_be_read_again) {
  const TemporaryFolder folder;
  const std::string lines = "\xef\xbb\xbf" + random_lines(6, 200, 60);
  const std::string path = folder.write("a.jsonl", lines);
  const SpoolFile spool = [&] {
    FILE* file = std::fopen(path.c_str(), "rb");
    SpoolFile copy(::fileno(file), folder.path());
    std::fclose(file);
    return copy;
  }();
  for (const Input& input : {Input{path, InputFormat::kJsonLines, nullptr},
                             Input{"-", InputFormat::kJsonLines, &spool}}) {
    BatchReaderOptions options;
    options.batch_bytes = 300;
    BatchReader reader({input}, options);
    RecordBatch batch;
    std::size_t batches = 0;
    while (reader.next(batch)) {
      BOOST_TEST(batch.can_be_reread);
      BOOST_TEST(batch.source_name == input.path);
      std::string again = "something else";
      BOOST_TEST(read_batch_at(input, batch.first_offset, batch.bytes.size(), again));
      BOOST_TEST(again == batch.bytes);
      ++batches;
    }
    BOOST_TEST(batches > 10u);
    std::string bytes;
    BOOST_CHECK_EXCEPTION(
        read_batch_at(input, lines.size() - 5, 6, bytes), Error,
        [](const Error& error) { return error.code() == ErrorCode::kInputChanged; });
  }
}

BOOST_AUTO_TEST_CASE(compressed_inputs_cannot_be_read_at_an_offset) {
  const TemporaryFolder folder;
  for (const std::string& path : {folder.write("a.jsonl", gzip_member("{\"text\":\"a\"}\n")),
                                  folder.write("b.jsonl", zstd_frame("{\"text\":\"a\"}\n"))}) {
    BatchReader reader({{path}}, {});
    RecordBatch batch;
    BOOST_TEST(reader.next(batch));
    BOOST_TEST(!batch.can_be_reread);
    BOOST_TEST(!read_batch_at({path}, 0, 5, batch.bytes));
  }
}

// Every cut of an archive: records before the cut arrive, in order, and the cut is reported.
BOOST_AUTO_TEST_CASE(archives_cut_at_every_position) {
  const TemporaryFolder folder;
  std::string lines;
  Strings texts;
  std::mt19937 random(11);
  for (int i = 0; i < 20; ++i) {
    std::string text;
    for (int k = 0; k < 20; ++k) text.push_back(static_cast<char>('a' + random() % 26));
    lines += "{\"text\":\"" + text + "\"}\n";
    texts.push_back(text);
  }
  const std::size_t half = lines.size() / 2;
  const std::vector<std::pair<std::string, std::string>> archives = {
      {"a.jsonl.gz", gzip_member(lines.substr(0, half)) + gzip_member(lines.substr(half))},
      {"a.jsonl.zst", zstd_frame(lines.substr(0, half)) + zstd_frame(lines.substr(half))}};
  for (const auto& [name, archive] : archives) {
    const std::size_t first = name.ends_with("gz") ? gzip_member(lines.substr(0, half)).size()
                                                   : zstd_frame(lines.substr(0, half)).size();
    std::size_t before = 0;
    for (std::size_t size = 0; size < archive.size(); ++size) {
      BOOST_TEST_CONTEXT(name << " cut to " << size) {
        const Collected got =
            read_all({{folder.write(name, std::string_view(archive).substr(0, size))}});
        const Strings seen = got.texts();
        BOOST_TEST(seen.size() >= before);
        before = seen.size();
        BOOST_TEST(std::equal(seen.begin(), seen.end(), texts.begin()));
        if (size == first) {
          BOOST_TEST(seen.size() >= 9u);  // between members: nothing tells that more should follow
        } else {
          BOOST_TEST(got.reasons().back().starts_with("truncated "));
        }
      }
    }
    BOOST_TEST(read_all({{folder.write(name, archive)}}).texts() == texts,
               boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(options_are_checked) {
  BatchReaderOptions options;
  options.batch_bytes = 0;
  BOOST_CHECK_THROW(BatchReader({}, options), Error);
  options.batch_bytes = 1;
  options.max_record_bytes = (std::size_t{1} << 31) + 1;
  BOOST_CHECK_THROW(BatchReader({}, options), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
