// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/parquet/parquet_file.h"

#include <boost/test/unit_test.hpp>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/record_parser.h"
#include "temporary_folder.h"

using namespace copydesk;

namespace {

std::string data(const std::string& name) {
  return std::string(COPYDESK_PARQUET_DATA "/") + name;
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

struct Table {
  std::string lines;                 // all bytes of batches
  std::vector<std::string> records;  // LINE id|text|title of each document
  std::vector<std::string> faults;   // LINE reason
};

Table read(const std::string& path, bool only_fields, const FieldNames& fields = {},
           std::size_t batch_bytes = 3000, std::size_t most = std::size_t{64} << 20) {
  BatchReaderOptions options;
  options.batch_bytes = batch_bytes;
  options.max_record_bytes = most;
  options.conversion.fields = fields;
  options.conversion.only_fields = only_fields;
  BatchReader reader({{path}}, options);
  RecordParser parser(fields);
  RecordBatch batch;
  Table table;
  while (reader.next(batch)) {
    table.lines += batch.text();
    parser.parse(batch,
                 {[&](const Document& document) {
                    table.records.push_back(
                        std::to_string(document.origin.line) + " " + std::string(document.id) +
                        "|" + std::string(document.text) + "|" + std::string(document.title));
                  },
                  [&](RecordFault&& fault) {
                    table.faults.push_back(std::to_string(fault.origin.line) + " " + fault.reason);
                  }});
  }
  return table;
}

FieldNames corpus_fields() {
  FieldNames fields;
  fields.title = "doc.title";
  return fields;
}

std::string copy(const std::vector<std::string>& paths, const std::vector<std::uint64_t>& kept) {
  std::string bytes;
  ParquetCopier copier([&](std::string_view some) { bytes += some; });
  for (const std::string& path : paths) copier.add({path}, kept);
  copier.finish();
  return bytes;
}

const char* const kCopies[] = {"snappy", "zstd", "gzip", "brotli", "lz4", "none", "delta"};

}  // namespace

BOOST_AUTO_TEST_SUITE(parquet)

BOOST_AUTO_TEST_CASE(every_codec_gives_the_records_that_were_written) {
  const std::string lines = read_file(data("corpus.jsonl"));
  const Table expected = read(data("corpus.jsonl"), false, corpus_fields());
  BOOST_REQUIRE_EQUAL(expected.records.size(), 40);
  for (const std::string name : kCopies) {
    const std::string path = data(name + ".parquet");
    const Table records = read(path, false, corpus_fields());
    BOOST_TEST(records.lines == lines, name);
    BOOST_TEST(records.records == expected.records, name);
    for (const std::size_t batch_bytes :
         {std::size_t{1}, std::size_t{5000}, std::size_t{1} << 20}) {
      const Table fields = read(path, true, corpus_fields(), batch_bytes);
      BOOST_TEST(fields.records == expected.records, name);
      BOOST_TEST(fields.faults.empty());
    }
  }
}

BOOST_AUTO_TEST_CASE(values_of_all_types_become_json) {
  const Table table = read(data("types.parquet"), false);
  BOOST_TEST(table.faults.empty());
  BOOST_TEST(
      table.lines ==
      R"({"text":"One.","whole":7,"part":0.5,"truth":true,"day":"2026-01-02",)"
      R"("when":"2026-01-02T03:04:05.678000Z","local":"2026-01-02T03:04:05.678",)"
      R"("nano":"2026-01-02T03:04:05.678000000","price":12.50,"count":3,"raw":"ff00",)"
      R"("said":"b\"ytes\"","fixed":"00000000000000000000000000000001","map":{"a":1,"b":null},)"
      R"("list":[["x"],[],null],"struct":{"inner":{"deep":"down"}},)"
      R"("messages":[{"role":"user","content":"Hi."},{"role":"bot","content":"Ho."}]})"
      "\n"
      R"({"text":"Two.","whole":null,"part":null,"truth":null,"day":null,"when":null,)"
      R"("local":null,"nano":null,"price":null,"count":null,"raw":null,"said":null,"fixed":null,)"
      R"("map":null,"list":null,"struct":null,"messages":null})"
      "\n");
}

BOOST_AUTO_TEST_CASE(any_column_is_a_field) {
  FieldNames fields;
  fields.text = "struct.inner.deep";
  fields.id = "when";
  fields.title = "price";
  for (const bool only_fields : {false, true}) {
    const Table table = read(data("types.parquet"), only_fields, fields);
    BOOST_REQUIRE_EQUAL(table.records.size(), 1);
    BOOST_TEST(table.records[0] == "1 2026-01-02T03:04:05.678000Z|down|12.50");
    BOOST_REQUIRE_EQUAL(table.faults.size(), 1);
    BOOST_TEST(table.faults[0].starts_with("2 "));
    FieldNames lists;
    lists.text = "messages[*].content";
    lists.id = "truth";
    const Table said = read(data("types.parquet"), only_fields, lists);
    BOOST_REQUIRE_EQUAL(said.records.size(), 1);
    BOOST_TEST(said.records[0] == "1 true|Hi.\n\nHo.|");
    FieldNames bytes;
    bytes.text = "said";
    BOOST_TEST(read(data("types.parquet"), only_fields, bytes).records.front() == "1 |b\"ytes\"|");
    FieldNames missing;
    missing.text = "nowhere";
    BOOST_TEST(read(data("types.parquet"), only_fields, missing).faults.front() ==
               "1 no text field \"nowhere\"");
    FieldNames number;
    number.text = "whole";
    BOOST_TEST(read(data("types.parquet"), only_fields, number).faults.front() ==
               "1 whole is not a string");
  }
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_cost_their_row) {
  for (const bool only_fields : {false, true}) {
    const Table table = read(data("not_utf8.parquet"), only_fields);
    const std::vector<std::string> records = {"1 a|Good one.|", "3 c|Good, too.|"};
    BOOST_TEST(table.records == records);
    BOOST_REQUIRE_EQUAL(table.faults.size(), 1);
    BOOST_TEST(table.faults[0] == "2 invalid UTF-8");
  }
  // Where nobody asks for it, it costs nothing.
  FieldNames fields;
  fields.text = "id";
  BOOST_TEST(read(data("not_utf8.parquet"), false, fields).records.size() == 3);
}

BOOST_AUTO_TEST_CASE(a_row_over_the_limit_is_passed_over) {
  for (const bool only_fields : {false, true}) {
    const Table table = read(data("types.parquet"), only_fields, {}, 3000, only_fields ? 46 : 300);
    const std::size_t most = only_fields ? 0 : 1;
    BOOST_TEST(table.records.size() == most);
    BOOST_TEST(table.faults.front() ==
               (only_fields ? "1 record longer than 46 bytes" : "1 record longer than 300 bytes"));
  }
}

BOOST_AUTO_TEST_CASE(a_copy_has_the_rows_that_stay_and_all_else) {
  const tests::TemporaryFolder folder;
  const std::string lines = read_file(data("corpus.jsonl"));
  for (const std::string name : kCopies) {
    // All rows; every other one; none of the second row group.
    for (const std::uint64_t mask : {~std::uint64_t{0}, std::uint64_t{0x5555555555},
                                     ~(std::uint64_t{0x7fff} << 15), std::uint64_t{0}}) {
      const std::string bytes = copy({data(name + ".parquet")}, {mask});
      const Table table = read(folder.write("copy.parquet", bytes), false, corpus_fields());
      std::string expected;
      std::size_t begin = 0;
      for (std::uint64_t row = 0; row < 40; ++row) {
        const std::size_t end = lines.find('\n', begin) + 1;
        if ((mask >> row & 1) != 0) expected += lines.substr(begin, end - begin);
        begin = end;
      }
      BOOST_TEST(table.lines == expected, name);
      BOOST_TEST(table.faults.empty());
      if (name != "delta") BOOST_TEST((bytes.find("by hand") != std::string::npos), name);
    }
  }
  const Table types =
      read(folder.write("types.parquet", copy({data("types.parquet")}, {3})), false);
  BOOST_TEST(types.lines == read(data("types.parquet"), false).lines);
}

BOOST_AUTO_TEST_CASE(tables_of_the_same_columns_become_one) {
  const tests::TemporaryFolder folder;
  const std::string lines = read_file(data("corpus.jsonl"));
  const std::string both =
      copy({data("snappy.parquet"), data("gzip.parquet")}, {~std::uint64_t{0}});
  BOOST_TEST(read(folder.write("both.parquet", both), false).lines == lines + lines);
  const auto copy_others = [] { copy({data("snappy.parquet"), data("types.parquet")}, {1}); };
  BOOST_CHECK_EXCEPTION(copy_others(), Error, [](const Error& error) {
    return std::string_view(error.what()).find("other columns") != std::string_view::npos;
  });
}

BOOST_AUTO_TEST_CASE(what_write_throws_comes_through) {
  ParquetCopier copier([](std::string_view) { throw Error(ErrorCode::kCannotWrite, "full"); });
  BOOST_CHECK_EXCEPTION(copier.add({data("none.parquet")}, std::vector<std::uint64_t>{1}), Error,
                        [](const Error& error) { return error.code() == ErrorCode::kCannotWrite; });
}

BOOST_AUTO_TEST_CASE(a_file_cut_anywhere_is_a_fault) {
  const tests::TemporaryFolder folder;
  for (const std::string name : {"zstd", "types"}) {
    const std::string bytes = read_file(data(name + ".parquet"));
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 50) {
      const std::string path = folder.write("cut.parquet", bytes.substr(0, size));
      for (const bool only_fields : {false, true}) {
        const Table table = read(path, only_fields);
        BOOST_TEST(table.records.empty());
        BOOST_REQUIRE_EQUAL(table.faults.size(), 1);
        BOOST_TEST(table.faults[0].starts_with("1 is no Parquet file that can be read: "));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_damaged_row_group_costs_its_rows) {
  const tests::TemporaryFolder folder;
  // Its pages have checksums, so that no changed byte passes.
  const std::string bytes = read_file(data("zstd.parquet"));
  std::uint32_t footer = 0;
  std::memcpy(&footer, bytes.data() + bytes.size() - 8, sizeof footer);
  std::size_t faults = 0;
  for (std::size_t i = 4; i + footer + 8 < bytes.size(); i += 97) {
    std::string changed = bytes;
    changed[i] = static_cast<char>(changed[i] ^ 0x40);
    const Table table = read(folder.write("damaged.parquet", changed), false);
    BOOST_TEST(table.records.size() + 15 >= 40);
    if (table.faults.empty()) continue;
    ++faults;
    BOOST_TEST(table.faults[0].find("damaged row group") != std::string::npos);
    // Rows behind it keep their numbers.
    if (table.faults[0].find("damaged row group 1:") != std::string::npos) {
      BOOST_TEST(table.records.back().starts_with("40 "));
    }
  }
  BOOST_TEST(faults > 20);
}

BOOST_AUTO_TEST_CASE(a_row_group_that_claims_endless_rows_is_no_endless_copy) {
  const tests::TemporaryFolder folder;
  std::string bytes = read_file(data("none.parquet"));
  // The 15 rows of the first group, in a varint between the fields before and behind it, become
  // 2^62.
  const std::string rows = "\x16\x1e\x26\x08", many = "\x16" + std::string(9, '\x80') + "\x01\x26\x08";
  const std::size_t place = bytes.find(rows);
  BOOST_REQUIRE(place != std::string::npos);
  bytes.replace(place, rows.size(), many);
  std::uint32_t footer = 0;
  char* const size = bytes.data() + bytes.size() - 8;
  std::memcpy(&footer, size, sizeof footer);
  footer += static_cast<std::uint32_t>(many.size() - rows.size());
  std::memcpy(size, &footer, sizeof footer);
  const std::string path = folder.write("endless.parquet", bytes);
  BOOST_TEST(!copy({path}, {}).empty());
  BOOST_CHECK_EXCEPTION(copy({path}, {1}), Error, [](const Error& error) {
    return std::string_view(error.what()).find("fewer values than there are rows") !=
           std::string_view::npos;
  });
}

BOOST_AUTO_TEST_CASE(bytes_say_what_a_file_is_where_its_name_does_not) {
  const tests::TemporaryFolder folder;
  const std::string path = folder.write("data", read_file(data("gzip.parquet")));
  // Fields alone are only read of what is called a table.
  BOOST_TEST(read(path, true).lines == read_file(data("corpus.jsonl")));
}

BOOST_AUTO_TEST_SUITE_END()
