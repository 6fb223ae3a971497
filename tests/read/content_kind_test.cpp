// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/content_kind.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copydesk::tests {
namespace {

using namespace std::string_literals;
using namespace std::string_view_literals;

BOOST_AUTO_TEST_SUITE(content_kind)

BOOST_AUTO_TEST_CASE(foreign_content_is_named) {
  const std::string tar = std::string(257, 'n') + "ustar\0"s + "00";
  const std::vector<std::pair<std::string_view, std::string_view>> cases = {
      {"\xff\xfe{\0\"\0"sv, "UTF-16 text"},
      {"\xfe\xff\0{"sv, "UTF-16 text"},
      {"\xff\xfe\0\0{\0\0\0"sv, "UTF-32 text"},
      {tar, "a tar archive"},
      {"PK\x03\x04rest"sv, "a zip archive"},
      {"%PDF-1.7\n"sv, "a PDF document"},
      {"PAR1\x15\x04"sv, "a Parquet file in a compressed one"},
      {"WARC/1.0\r\n"sv, "a WARC archive"},
      {"\x1f\x8b\x08\0"sv, "gzip inside another compression"},
      {"BZh91AY&SYxx"sv, "a bzip2 archive"},
      {"\xfd"
       "7zXZ\0"sv,
       "an xz archive"},
      {"{\\rtf1\\ansi"sv, "an RTF document"},
      {"Obj\x01\x04"sv, "an Avro file"},
      {"%!PS-Adobe-3.0\n"sv, "a PostScript document"},
      {"ORC\x08\x03\x10"sv, "an ORC file"},
      {"FEA1\0\0\0\0"sv, "a Feather file"},
      {"\x1c\x02\x99\x01\0\0\0\0DUCK@\0"sv, "a DuckDB database"},
      {"LZIP\x01\x0c"sv, "an lzip archive"},
      {"\0\0\0 ftypisom"sv, "a video"},
      {"ID3\x04\0\0"sv, "a sound"},
      {"\x93NUMPY\x01\0"sv, "a NumPy array"},
      {"\x80\x04\x95\x1a\0"sv, "a Python pickle"},
      {"!<arch>\ndebian-binary"sv, "an ar archive"},
      {"ORCHESTRA PLAYS TO A FULL HOUSE\n\tThe town"sv, ""},
      {"ID3 tags hold the title"sv, ""},
      {"Chasing DUCKS"sv, ""},
      {"{\"text\":\"x\"}"sv, ""},
      {"PKZIP was a program"sv, ""},
      {"BZh9 is a word"sv, ""},
      {"PAR"sv, ""},
      {""sv, ""},
      {"\xef\xbb\xbf{"sv, ""},
  };
  for (const auto& [begin, name] : cases) {
    BOOST_TEST_CONTEXT(begin) {
      BOOST_TEST(foreign_content(begin) == name);
    }
  }
}

BOOST_AUTO_TEST_CASE(format_by_name_then_by_content) {
  struct Case {
    InputFormat given;
    std::string_view path, begin;
    InputFormat resolved;
  };
  constexpr auto kAuto = InputFormat::kAuto;
  constexpr auto kLines = InputFormat::kJsonLines;
  constexpr auto kText = InputFormat::kText;
  const std::vector<Case> cases = {
      {kAuto, "a.jsonl", "prose", kLines},
      {kAuto, "a.ndjson.gz", "prose", kLines},
      {kAuto, "a.json.zst", "", kLines},
      {kAuto, "a.jsonl.gz.gz", "prose", kText},
      {kAuto, "a.dat", " \r\n\t{", kLines},
      {kAuto, "a.txt", "prose {", kText},
      {kAuto, "a", "[1]", kText},
      {kAuto, "a.txt", "", kText},
      {kAuto, "a.txt", " \n", kText},
      {kAuto, "-", "", kLines},
      {kAuto, "-", " \n\n", kLines},
      {kAuto, "-", "prose", kText},
      {kText, "a.jsonl", "{", kText},
      {kLines, "a.txt", "prose", kLines},
      {kAuto, "jsonl", "prose", kText},
      {kAuto, "A.JSONL", "prose", kLines},
      // A page of a wiki, a program, a template; nobody's first line of JSON.
      {kAuto, "a.txt", "{{Stub}} A text", kText},
      {kAuto, "a", "{{Stub}} A text", kText},
      {kAuto, "-", "{| class=table", kText},
      {kAuto, "a.md", "{ a | b }\n", kText},
      {kAuto, "a.txt", "{\"id\": 1, \"text\": \"a\"}\n{", kLines},
      {kAuto, "a.txt.gz", "  {}\r\nx", kLines},
      {kAuto, "a.txt", "{\"so\" he said}\nmore", kText},
      {kAuto, "a.txt", "{\n  \"id\": 1\n}", kText},
      {kAuto, "a.LOG", "{\"so\"\n", kText},
      // Longer than what there is to see.
      {kAuto, "a.txt", "{\"text\": \"and so on", kLines},
      // A damaged line is a fault, not a text, where no name says that it is one.
      {kAuto, "a", "{\"id\": 1, \"te\n", kLines},
      {kAuto, "-", "{\"so\" he said}\n", kLines},
  };
  for (const Case& one : cases) {
    BOOST_TEST_CONTEXT(one.path << " beginning with " << one.begin) {
      BOOST_TEST((resolve_format(one.given, one.path, one.begin) == one.resolved));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
