// SPDX-License-Identifier: Apache-2.0
//
// Pages, archives, tables and arrays to lines: cut at every position, and in reads of every size.
#include "copydesk/read/converted_source.h"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/warc/http_body.h"
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
  const auto converted = make_converted_source(std::move(source), format, "input", options);
  Outcome outcome;
  char buffer[777];
  while (const std::size_t count = converted->read(buffer)) outcome.lines.append(buffer, count);
  for (const RecordFault& fault : converted->take_faults()) outcome.faults.push_back(fault.reason);
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

BOOST_AUTO_TEST_CASE(json_values) {
  const std::string array = "[{\"a\": \"}\\\"]\",\n\"b\": [1, {}]},{} , 3,\"x\"]";
  BOOST_TEST(convert(array, ConvertedFormat::kJson).lines ==
             "{\"a\": \"}\\\"]\", \"b\": [1, {}]}\n{}\n3\n\"x\"\n");
  BOOST_TEST(convert("{\n\"a\":1}\n{\"b\":\n2}", ConvertedFormat::kJson).lines ==
             "{ \"a\":1}\n{\"b\": 2}\n");
  cut_everywhere(array, ConvertedFormat::kJson);
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
