// SPDX-License-Identifier: Apache-2.0
//
// Archives cut into batches of raw records: the same batches however the bytes arrive, and the same
// lines at the same places however large the batches are.
#include "copydesk/read/raw_batches.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/record_converter.h"
#include "random_sets.h"
#include "stream/decoded.h"

namespace copydesk::tests {
namespace {

std::string record(std::string_view type, std::string_view content, std::size_t number) {
  return "WARC/1.0\r\nWARC-Type: " + std::string(type) +
         "\r\nWARC-Record-ID: <urn:" + std::to_string(number) +
         ">\r\nContent-Type: text/plain\r\nContent-Length: " + std::to_string(content.size()) +
         "\r\n\r\n" + std::string(content) + "\r\n\r\n";
}

// Texts, what is none, damage between them, and records that are too long.
std::string archive() {
  RandomValues random(3);
  std::string bytes;
  for (std::size_t i = 0; i < 300; ++i) {
    const std::string content(random.next() % 900, static_cast<char>('a' + i % 26));
    switch (random.next() % 8) {
      case 0:
        bytes += record("request", content, i);
        break;
      case 1:
        bytes += "WARC/1.0\r\nContent-Length: x\r\n\r\n" + content + "\n";
        break;
      case 2:
        bytes += record("conversion", std::string(5'000 + i, 'z'), i);
        break;
      default:
        bytes += record("conversion", content, i);
    }
  }
  return bytes;
}

struct Cut {
  std::vector<std::string> batches;  // lines of each, and its faults
  std::vector<std::uint64_t> first_lines, first_offsets;
  std::string lines, faults;
};

Cut cut(std::string_view bytes, std::size_t batch_bytes, std::size_t most) {
  BatchReaderOptions options;
  options.batch_bytes = batch_bytes;
  options.max_record_bytes = 4'000;
  const auto source =
      decode_stream(std::make_unique<MemorySource>(std::string(bytes), most), "input", {});
  RawBatches batches(*source, 0, "input", ConvertedFormat::kWarc, options);
  ConversionOptions conversion;
  conversion.max_record_bytes = options.max_record_bytes;
  RecordConverter converter(conversion);
  LinePlaces places;
  Cut all;
  RecordBatch batch;
  while (batches.next(batch)) {
    BOOST_TEST(batch.is_raw);
    converter.convert(batch);
    BOOST_TEST(!batch.is_raw);
    places.place(batch);
    std::string told;
    for (const RecordFault& fault : batch.faults) {
      told += std::to_string(fault.origin.line) + ":" + std::to_string(fault.origin.offset) + " " +
              fault.reason + "\n";
    }
    all.batches.push_back(std::string(batch.text()) + told);
    all.first_offsets.push_back(batch.first_offset);
    all.first_lines.push_back(batch.first_line);
    BOOST_TEST(batch.first_offset == all.lines.size());
    BOOST_TEST(batch.first_line == 1 + static_cast<std::uint64_t>(
                                           std::count(all.lines.begin(), all.lines.end(), '\n')));
    all.lines += batch.text();
    all.faults += told;
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(raw_batches)

BOOST_AUTO_TEST_CASE(do_not_depend_on_the_sizes_of_reads) {
  const std::string bytes = archive();
  for (const std::size_t batch_bytes : {1U, 700U, 20'000U, 1'000'000U}) {
    const Cut whole = cut(bytes, batch_bytes, SIZE_MAX);
    for (const std::size_t most : {1U, 100U, 5'000U}) {
      BOOST_TEST_CONTEXT(batch_bytes << " bytes a batch, " << most << " a read")
      BOOST_TEST(cut(bytes, batch_bytes, most).batches == whole.batches);
    }
  }
}

BOOST_AUTO_TEST_CASE(give_the_same_lines_whatever_their_size) {
  const std::string bytes = archive();
  const Cut one = cut(bytes, 1'000'000, SIZE_MAX);
  BOOST_TEST(std::count(one.lines.begin(), one.lines.end(), '\n') > 150);
  BOOST_TEST(one.faults.find("without a valid Content-Length") != std::string::npos);
  BOOST_TEST(one.faults.find("record longer than 4000 bytes") != std::string::npos);
  std::size_t batches = 0;
  for (const std::size_t batch_bytes : {1U, 700U, 20'000U}) {
    const Cut other = cut(bytes, batch_bytes, SIZE_MAX);
    BOOST_TEST(other.lines == one.lines);
    BOOST_TEST(other.faults == one.faults);
    batches = std::max(batches, other.batches.size());
  }
  BOOST_TEST(batches > 150U);
}

BOOST_AUTO_TEST_CASE(damage_all_over_makes_many_batches) {
  std::string bytes;
  for (std::size_t i = 0; i < 5'000; ++i) bytes += "WARC/1.0\r\nContent-Length: x\r\n\r\n";
  const Cut all = cut(bytes, 1'000'000, SIZE_MAX);
  BOOST_TEST(all.batches.size() >= 50U);
  BOOST_TEST(std::count(all.faults.begin(), all.faults.end(), '\n') == 5'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk::tests
