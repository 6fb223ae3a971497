// SPDX-License-Identifier: Apache-2.0
//
// Pages, archives, tables and arrays to lines: cut at every position, and in reads of every size.
#include "copydesk/read/converted_source.h"

#include <atomic>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/warc/http_body.h"
#include "read/converted_lines.h"
#include "stream/decoded.h"

using namespace copydesk;

namespace {

struct Outcome {
  std::string lines;
  std::vector<std::string> faults;
};

Outcome convert(std::string_view bytes, ConvertedFormat format, std::size_t most = SIZE_MAX,
                ConversionOptions options = {}) {
  auto source =
      decode_stream(std::make_unique<tests::MemorySource>(std::string(bytes), most), "input", {});
  const tests::ConvertedLines converted = tests::convert_lines(std::move(source), format, options);
  Outcome outcome{converted.lines, {}};
  for (const RecordFault& fault : converted.faults) outcome.faults.push_back(fault.reason);
  return outcome;
}

// Every prefix gives whole lines, and never more than one fault more than the whole.
void cut_everywhere(std::string_view bytes, ConvertedFormat format) {
  const Outcome whole = convert(bytes, format);
  for (std::size_t size = 0; size <= bytes.size(); ++size) {
    const Outcome part = convert(bytes.substr(0, size), format);
    BOOST_TEST((part.lines.empty() || part.lines.back() == '\n'));
    BOOST_TEST(part.faults.size() <= whole.faults.size() + 1);
  }
  for (const std::size_t most : {1U, 3U, 50U}) {
    BOOST_TEST(convert(bytes, format, most).lines == whole.lines);
  }
}

const std::string kWarc =
    "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Record-ID: <urn:1>\r\nWARC-Target-URI: "
    "http://a.org/x\r\n"
    "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nHello\r\n\r\n"
    "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: "
    "54\r\n\r\n"
    "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>A page.\r\n\r\n\r\n\r\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(converted_sources)

BOOST_AUTO_TEST_CASE(archives) {
  const Outcome outcome = convert(kWarc, ConvertedFormat::kWarc);
  BOOST_TEST(outcome.lines ==
             "{\"id\":\"urn:1\",\"site\":\"a.org\",\"url\":\"http://a.org/x\",\"text\":\"Hello\"}\n"
             "{\"text\":\"A page.\"}\n");
  BOOST_TEST(outcome.faults.empty());
  cut_everywhere(kWarc, ConvertedFormat::kWarc);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_with_an_archive) {
  const auto fault = [](std::string_view bytes) {
    const Outcome outcome = convert(bytes, ConvertedFormat::kWarc);
    return outcome.faults.empty() ? std::string() : outcome.faults[0];
  };
  BOOST_TEST(fault("WARC/1.0\r\nContent-Length: 5") == "WARC headers without an end");
  BOOST_TEST(fault("WARC/1.0\r\nContent-Length: -5\r\n\r\n") ==
             "WARC record without a valid Content-Length");
  BOOST_TEST(fault("WARC/1.0\r\n\r\n") == "WARC record without a valid Content-Length");
  BOOST_TEST(fault("WARC/1.0\r\nContent-Length: 5\r\n\r\nabc") ==
             "record cut off by the end of the archive");
  BOOST_TEST(fault("something else\n") == "neither a WARC nor an ARC record");
  ConversionOptions options;
  options.max_record_bytes = 4;
  const Outcome outcome = convert(kWarc, ConvertedFormat::kWarc, SIZE_MAX, options);
  BOOST_TEST(outcome.lines == "");
  BOOST_TEST(outcome.faults.size() == 2U);
  // Behind damage it goes on at the next record.
  BOOST_TEST(
      convert("WARC/1.0\r\nContent-Length: x\r\n\r\n\r\n" + kWarc, ConvertedFormat::kWarc).lines ==
      convert(kWarc, ConvertedFormat::kWarc).lines);
}

BOOST_AUTO_TEST_CASE(http_bodies) {
  std::string buffer;
  const auto body = [&](std::string_view response) {
    return std::string(read_http_response(response, 1000, buffer).body);
  };
  BOOST_TEST(body("HTTP/1.1 200 OK\r\ntransfer-encoding: "
                  "Chunked\r\n\r\n3\r\nabc\r\n1;x=y\r\nd\r\n0\r\n\r\n") == "abcd");
  BOOST_TEST(body("HTTP/1.0 200 OK\nTransfer-Encoding: chunked\n\nplain") == "plain");
  BOOST_TEST(body("no header") == "no header");
  BOOST_TEST(body("HTTP/1.1 200 OK\r\nA: b") == "");
  BOOST_TEST(read_http_response("HTTP/1.1 404 No\r\n\r\nx", 9, buffer).status == 404);
  BOOST_TEST(!read_http_response("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nabc",
                                 99, buffer)
                  .fault.empty());
}

BOOST_AUTO_TEST_CASE(tables) {
  const std::string table = "id,text\r\n1,\"a\n\"\"b\"\"\"\n\n2,c\"d\n3,\n4";
  const Outcome outcome = convert(table, ConvertedFormat::kCsv);
  BOOST_TEST(outcome.lines ==
             "{\"id\":\"1\",\"text\":\"a\\n\\\"b\\\"\"}\n{\"id\":\"2\",\"text\":\"c\\\"d\"}\n"
             "{\"id\":\"3\",\"text\":\"\"}\n");
  BOOST_TEST(outcome.faults == std::vector<std::string>{"row of 1 fields, but 2 have a name"});
  cut_everywhere(table, ConvertedFormat::kCsv);
  cut_everywhere("a\tb\n\"x\ty\"\tz\n", ConvertedFormat::kTsv);
  // A row longer than a read.
  const std::string text(100'000, 'x');
  BOOST_TEST(convert("text\n" + text + "\n\"" + text + "\"\n", ConvertedFormat::kCsv).lines ==
             "{\"text\":\"" + text + "\"}\n{\"text\":\"" + text + "\"}\n");
}

BOOST_AUTO_TEST_CASE(delimiters_of_tables) {
  const auto lines = [](const std::string& table) {
    const Outcome outcome = convert(table, ConvertedFormat::kCsv);
    BOOST_TEST(outcome.faults.empty());
    return outcome.lines;
  };
  const std::string one = "{\"id\":\"1\",\"text\":\"a, b\"}\n";
  // As spreadsheets write them where the comma is in numbers.
  BOOST_TEST(lines("id;text\n1;a, b\n") == one);
  BOOST_TEST(lines("\xef\xbb\xbfid;text\r\n1;\"a, b\"\r\n") == one);
  BOOST_TEST(lines("id\ttext\n1\ta, b\n") == one);
  BOOST_TEST(lines("id|text\n1|a, b\n") == one);
  BOOST_TEST(lines("id;text\n1;\"a;\n\"\"b\"\"\"\n") ==
             "{\"id\":\"1\",\"text\":\"a;\\n\\\"b\\\"\"}\n");
  BOOST_TEST(lines("\"Amount, net\";Text\n\"1,50\";a\n2,00;b\n") ==
             "{\"Amount, net\":\"1,50\",\"Text\":\"a\"}\n"
             "{\"Amount, net\":\"2,00\",\"Text\":\"b\"}\n");
  BOOST_TEST(lines("a, b;text\n1;x\n2;y\n") ==
             "{\"a, b\":\"1\",\"text\":\"x\"}\n{\"a, b\":\"2\",\"text\":\"y\"}\n");
  // Nothing but a head, and a head behind empty lines.
  BOOST_TEST(lines("id;text\n").empty());
  BOOST_TEST(lines("\n\nid;text\n1;a, b\n") == one);
  // Named in the first line.
  BOOST_TEST(lines("sep=;\r\nid;text\r\n1;a, b\r\n") == one);
  BOOST_TEST(lines("\xef\xbb\xbfSEP=|\nid|text\n1|a, b\n") == one);
  BOOST_TEST(lines("sep=,\nid,text\n1,\"a, b\"\n") == one);
  BOOST_TEST(lines("sep=,text\n1,a\n") == "{\"sep=\":\"1\",\"text\":\"a\"}\n");
  // Semicolons in what is parted by commas, or by nothing.
  BOOST_TEST(lines("id,text;note\n1,a;b\n2,c;d\n") ==
             "{\"id\":\"1\",\"text;note\":\"a;b\"}\n{\"id\":\"2\",\"text;note\":\"c;d\"}\n");
  BOOST_TEST(lines("text\na; b\nc\n") == "{\"text\":\"a; b\"}\n{\"text\":\"c\"}\n");
  BOOST_TEST(lines("text; or not\na\nb; c\nd\n") ==
             "{\"text; or not\":\"a\"}\n{\"text; or not\":\"b; c\"}\n{\"text; or not\":\"d\"}\n");
  // One row that is wrong does not make it another table, and costs itself alone.
  const Outcome outcome = convert("id;text\n1;a, b\n2;c;d\n3;e\n4;f\n", ConvertedFormat::kCsv);
  BOOST_TEST(outcome.faults == std::vector<std::string>{"row of 3 fields, but 2 have a name"});
  cut_everywhere("sep=;\r\nid;text\r\n1;\"a;\n\"\"b\"\"\"\r\n", ConvertedFormat::kCsv);
  // Lines that end as on old Macs, and tables in UTF-16, which --encoding reads.
  BOOST_TEST(lines("id,text\r1,\"a\nb\"\r") == "{\"id\":\"1\",\"text\":\"a\\nb\"}\n");
  BOOST_TEST(lines("sep=;\rid;text\r1;a, b\r") == one);
  const std::string two_bytes(
      "\xff\xfei\0d\0\n\0"
      "1\0\n\0",
      12);
  BOOST_TEST(convert(two_bytes, ConvertedFormat::kCsv).faults ==
             std::vector<std::string>{
                 "seems to be UTF-16 text, which is not read (but with --encoding auto)"});
  BOOST_TEST(
      convert(two_bytes.substr(2) + two_bytes.substr(2), ConvertedFormat::kTsv).lines.empty());
  // TSV has tabs and nothing else.
  BOOST_TEST(convert("id;a\ttext\n1;2\tb\n", ConvertedFormat::kTsv).lines ==
             "{\"id;a\":\"1;2\",\"text\":\"b\"}\n");
}

BOOST_AUTO_TEST_CASE(json_values) {
  const std::string array = "[{\"a\": \"}\\\"]\",\n\"b\": [1, {}]},{} , 3,\"x\"]";
  BOOST_TEST(convert(array, ConvertedFormat::kJson).lines ==
             "{\"a\": \"}\\\"]\", \"b\": [1, {}]}\n{}\n3\n\"x\"\n");
  BOOST_TEST(convert("{\n\"a\":1}\n{\"b\":\n2}", ConvertedFormat::kJson).lines ==
             "{ \"a\":1}\n{\"b\": 2}\n");
  cut_everywhere(array, ConvertedFormat::kJson);
}

BOOST_AUTO_TEST_CASE(lines_of_text) {
  const std::string text =
      "\xef\xbb\xbf"
      "First\r\n\n \t\nSecond \"one\".\nlast";
  const Outcome outcome = convert(text, ConvertedFormat::kLines);
  BOOST_TEST(outcome.lines ==
             "{\"text\":\"First\"}\n\n\n{\"text\":\"Second \\\"one\\\".\"}\n{\"text\":\"last\"}\n");
  cut_everywhere(text, ConvertedFormat::kLines);
  ConversionOptions options;
  options.max_record_bytes = 6;
  const Outcome limited = convert(text, ConvertedFormat::kLines, SIZE_MAX, options);
  BOOST_TEST(limited.lines == "{\"text\":\"First\"}\n\n\n\n{\"text\":\"last\"}\n");
  BOOST_TEST(limited.faults.size() == 1u);
}

BOOST_AUTO_TEST_CASE(wiki_extracts) {
  const std::string text =
      "<doc id=\"12\" revid=\"7\" url=\"https://e.org/?curid=12\" title=\"A &amp; "
      "&quot;B&quot;\">\n"
      "A\n\nText &amp; more.\n\n</doc>\n\nbetween\n<doc id=\"13\" title=\"\">\r\na </doc> "
      "b\r\n</doc>\n";
  const Outcome outcome = convert(text, ConvertedFormat::kWiki);
  BOOST_TEST(outcome.lines ==
             "{\"id\":\"12\",\"revid\":\"7\",\"url\":\"https://e.org/?curid=12\","
             "\"title\":\"A & \\\"B\\\"\",\"text\":\"A\\n\\nText &amp; more.\"}\n"
             "{\"id\":\"13\",\"text\":\"a </doc> b\"}\n");
  BOOST_TEST(outcome.faults.empty());
  cut_everywhere(text, ConvertedFormat::kWiki);
  ConversionOptions options;
  options.max_record_bytes = 60;
  const Outcome limited = convert(text, ConvertedFormat::kWiki, 3, options);
  BOOST_TEST(limited.lines == "{\"id\":\"13\",\"text\":\"a </doc> b\"}\n");
  BOOST_TEST(limited.faults.size() == 1u);
}

BOOST_AUTO_TEST_CASE(other_character_sets) {
  const auto decoded = [](std::string bytes, const std::string& encoding, std::size_t most) {
    ConversionOptions options;
    options.encoding = encoding;
    options.recoded_lines = std::make_shared<std::atomic<std::uint64_t>>(0);
    const auto source = make_decoded_source(
        decode_stream(std::make_unique<tests::MemorySource>(std::move(bytes), most), "input", {}),
        options);
    std::string text;
    char buffer[7];
    while (const std::size_t count = source->read(buffer)) text.append(buffer, count);
    return text + "|" + std::to_string(*options.recoded_lines);
  };
  using namespace std::string_literals;
  const std::string little =
      "\xff\xfe"
      "a\0\xe4\0\n\0b\0\n\0"s;
  const std::string unmarked = "{\0\"\0t\0\"\0:\0\"\0\x0a\x30\"\0}\0\n\0"s;
  for (const std::size_t most : {1u, 3u, 1000u}) {
    BOOST_TEST(decoded("caf\xe9\ncaf\xc3\xa9\nplain\n", "auto", most) ==
               "caf\xc3\xa9\ncaf\xc3\xa9\nplain\n|1");
    BOOST_TEST(decoded("\xcf\xf0\xe8\n", "windows-1251", most) == "\xd0\x9f\xd1\x80\xd0\xb8\n|1");
    BOOST_TEST(decoded("\x83\x5c\nx", "SJIS", most) == "\xe3\x82\xbd\nx|2");
    BOOST_TEST(decoded("a\xff\nb", "utf-8", most) == "a\xef\xbf\xbd\nb|1");
    BOOST_TEST(decoded(little, "auto", most) == "a\xc3\xa4\nb\n|2");
    BOOST_TEST(decoded(little, "utf-16le", most) == "a\xc3\xa4\nb\n|2");
    // A letter whose low byte is that of a line feed ends no line.
    BOOST_TEST(decoded(unmarked, "auto", most) == "{\"t\":\"\xe3\x80\x8a\"}\n|1");
    BOOST_TEST(decoded("", "auto", most) == "|0");
  }
  BOOST_CHECK_THROW(decoded("a", "utf-9", 1), Error);
}

BOOST_AUTO_TEST_CASE(pages) {
  const std::string page = "<title>T</title><p>A page.";
  BOOST_TEST(convert(page, ConvertedFormat::kHtml).lines ==
             "{\"id\":\"input\",\"title\":\"T\",\"text\":\"A page.\"}\n");
  ConversionOptions options;
  options.fields.text = "body";
  options.fields.title.clear();
  options.explain = true;
  BOOST_TEST(convert(page, ConvertedFormat::kHtml, SIZE_MAX, options).lines ==
             "{\"id\":\"input\",\"page\":\"list\",\"blocks\":[{\"kept\":true,\"reason\":\"listed\","
             "\"begin\":19,\"end\":26,\"heading\":0,\"link\":0.00,\"path\":\"body > "
             "p\",\"text\":\"A page.\"}],\"body\":\"A page.\"}\n");
  cut_everywhere(page, ConvertedFormat::kHtml);
}

BOOST_AUTO_TEST_CASE(recognition) {
  const auto recognized = [](std::string_view path, std::string_view bytes) {
    if (!may_be_converted(path)) return ConvertedFormat::kNone;
    const auto source = decode_stream(
        std::make_unique<tests::MemorySource>(std::string(bytes), SIZE_MAX), "input", {});
    return recognize_converted(path, *source);
  };
  BOOST_TEST((recognized("a.HTML.gz", "x") == ConvertedFormat::kHtml));
  BOOST_TEST((recognized("a", "\xef\xbb\xbf\n<!DOCTYPE HTML>") == ConvertedFormat::kHtml));
  BOOST_TEST((recognized("a", "<?xml version='1.0'?>\n<html>") == ConvertedFormat::kHtml));
  BOOST_TEST((recognized("a", "<?xml version='1.0'?>\n<feed>") == ConvertedFormat::kNone));
  BOOST_TEST((recognized("a.txt", "<html>") == ConvertedFormat::kNone));
  BOOST_TEST((recognized("a.ipynb", "{\n \"cells\": []\n}") == ConvertedFormat::kJson));
  BOOST_TEST((recognized("a", "{\"a\":\n1}") == ConvertedFormat::kNone));
  BOOST_TEST((recognized("-", "WARC/1.0\r\n") == ConvertedFormat::kWarc));
  BOOST_TEST((recognized("a", "filedesc://a") == ConvertedFormat::kWarc));
  BOOST_TEST((recognized("a.csv", "a,b") == ConvertedFormat::kCsv));
  BOOST_TEST((recognized("a.tsv.zst", "a\tb") == ConvertedFormat::kTsv));
  BOOST_TEST((recognized("a.json", " [ {\"a\":1}]") == ConvertedFormat::kJson));
  BOOST_TEST((recognized("a.json", "{\n\"a\":1}") == ConvertedFormat::kJson));
  BOOST_TEST((recognized("a.json", "{\"a\":1}\n{\"a\":2}") == ConvertedFormat::kNone));
  BOOST_TEST((recognized("notes", "[1] A note") == ConvertedFormat::kNone));
  BOOST_TEST((recognized("a.jsonl", "[{}]") == ConvertedFormat::kNone));
}

BOOST_AUTO_TEST_SUITE_END()
