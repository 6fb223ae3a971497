// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/record_parser.h"

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

#include "copydesk/error.h"
#include "read/collected_records.h"

namespace copydesk::tests {
namespace {

using Strings = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(record_parser)

BOOST_AUTO_TEST_CASE(reads_all_fields) {
  const Collected got = parse_lines(
      R"({"id":"a1","url":"http://x/","title":"T\u00e9","date":"2020-01-02","site":"x","text":"one\ntwo"})"
      "\n");
  BOOST_TEST_REQUIRE(got.records.size() == 1u);
  const Record& record = got.records[0];
  BOOST_TEST(record.id == "a1");
  BOOST_TEST(record.has_id);
  BOOST_TEST(record.title == "T\xc3\xa9");
  BOOST_TEST(record.url == "http://x/");
  BOOST_TEST(record.time == "2020-01-02");
  BOOST_TEST(record.site == "x");
  BOOST_TEST(record.text == "one\ntwo");
  BOOST_TEST(record.record.starts_with("{\"id\""));
  BOOST_TEST(record.record.ends_with("two\"}"));
  BOOST_TEST(got.counts.documents == 1u);
  BOOST_TEST(got.counts.faults == 0u);
}

BOOST_AUTO_TEST_CASE(lines_and_offsets_are_right_among_blank_and_bad_lines) {
  RecordBatch batch = batch_of(
      "{\"text\":\"a\"}\r\n\n  "
      "\t\r\n{\"text\":tru}\n{\"text\":\"b\"}\n\xef\xbb\xbf{\"text\":\"c\"}\n"
      "{\"text\":\"d\"}");
  batch.source = 3;
  batch.first_offset = 1000;
  batch.first_line = 50;
  RecordParser parser(FieldNames{});
  Collected got;
  got.parse(parser, batch);
  BOOST_TEST(got.texts() == (Strings{"a", "b", "c", "d"}), boost::test_tools::per_element());
  BOOST_TEST(got.records[0].record == "{\"text\":\"a\"}\r");
  BOOST_TEST(got.records[0].origin.line == 50u);
  BOOST_TEST(got.records[1].origin.line == 54u);
  BOOST_TEST(got.records[1].origin.offset == 1000u + 14 + 1 + 5 + 13);
  BOOST_TEST(got.records[3].origin.line == 56u);
  BOOST_TEST(got.records[3].origin.source == 3u);
  BOOST_TEST_REQUIRE(got.faults.size() == 1u);
  BOOST_TEST(got.faults[0].origin.line == 53u);
  BOOST_TEST(got.faults[0].origin.offset == 1000u + 14 + 1 + 5);
  BOOST_TEST(got.faults[0].origin.source == 3u);
  BOOST_TEST(got.faults[0].bytes == "{\"text\":tru}");
  BOOST_TEST(got.counts.documents == 4u);
  BOOST_TEST(got.counts.faults == 1u);
}

BOOST_AUTO_TEST_CASE(ids_are_taken_as_written) {
  struct Case {
    std::string value, id;
    bool has_id;
  };
  const std::vector<Case> cases = {
      {"\"x\"", "x", true},
      {"\"x\\u0000y\"", std::string("x\0y", 3), true},
      {"12", "12", true},
      {"-0", "-0", true},
      {"0", "0", true},
      {"1.50", "1.50", true},
      {"1E+2", "1E+2", true},
      {"-7e-3", "-7e-3", true},
      {"18446744073709551615", "18446744073709551615", true},
      {"18446744073709551616", "18446744073709551616", true},
      {"-9223372036854775809", "-9223372036854775809", true},
      {"123456789012345678901234567890", "123456789012345678901234567890", true},
      {"0.1234567890123456789012345", "0.1234567890123456789012345", true},
      {"1e400", "1e400", true},
      {"true", "true", true},
      {"false", "false", true},
      {"null", "", false},
      {"\"\"", "", false},
      {"[1]", "", false},
      {"{\"id\":1}", "", false},
  };
  for (const Case& one : cases) {
    for (const std::string& line : {"{\"id\":" + one.value + ",\"text\":\"t\"}",
                                    "{\"text\":\"t\", \"id\" : " + one.value + " }",
                                    "{\"other\":[{\"id\":9},\"\\\"id\\\":8\"],\"\\u0069d\":" +
                                        one.value + ",\"id\":5,\"text\":\"t\"}"}) {
      BOOST_TEST_CONTEXT(line) {
        const Collected got = parse_lines(line);
        BOOST_TEST_REQUIRE(got.records.size() == 1u);
        BOOST_TEST(got.records[0].id == one.id);
        BOOST_TEST(got.records[0].has_id == one.has_id);
        BOOST_TEST(got.records[0].text == "t");
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(a_missing_id_is_no_id) {
  const Collected got = parse_lines("{\"text\":\"t\"}");
  BOOST_TEST(!got.records.at(0).has_id);
  BOOST_TEST(got.records.at(0).id.empty());
}

BOOST_AUTO_TEST_CASE(an_id_over_the_limit_is_a_fault) {
  const std::string digits(RecordParser::kMaxIdBytes, '7');
  BOOST_TEST(parse_lines("{\"id\":" + digits + ",\"text\":\"t\"}").records.at(0).id == digits);
  BOOST_TEST(parse_lines("{\"id\":\"" + digits + "\",\"text\":\"t\"}").records.at(0).id == digits);
  for (const std::string& id : {digits + "7", "\"" + digits + "7\""}) {
    const Collected got = parse_lines("{\"id\":" + id + ",\"text\":\"t\"}");
    BOOST_TEST(got.reasons() == Strings{"id longer than 65536 bytes"},
               boost::test_tools::per_element());
    BOOST_TEST(got.faults.at(0).bytes.size() == RecordFault::kMaxBytes);
  }
}

BOOST_AUTO_TEST_CASE(optional_fields_take_strings_and_numbers) {
  const Collected got = parse_lines(
      "{\"text\":\"t\",\"date\":20200102,\"title\":1.0e3,\"url\":null,\"site\":[\"x\"]}\n"
      "{\"text\":\"t\",\"date\":true,\"title\":{},\"site\":123456789012345678901}");
  BOOST_TEST(got.records.at(0).time == "20200102");
  BOOST_TEST(got.records.at(0).title == "1.0e3");
  BOOST_TEST(got.records.at(0).url.empty());
  BOOST_TEST(got.records.at(0).site.empty());
  BOOST_TEST(got.records.at(1).time.empty());
  BOOST_TEST(got.records.at(1).title.empty());
  BOOST_TEST(got.records.at(1).site == "123456789012345678901");
}

BOOST_AUTO_TEST_CASE(text_must_be_a_string) {
  const Collected got = parse_lines(
      "{\"id\":1}\n{\"text\":null}\n{\"text\":5}\n{\"text\":{\"x\":\"x\"}}\n{}\n[]\n\"x\"\n"
      "12345678901234567890123\n{\"text\":\"\"}\n");
  BOOST_TEST(got.reasons() ==
                 (Strings{"no text field \"text\"", "text is not a string", "text is not a string",
                          "text is not a string", "no text field \"text\"", "not a JSON object",
                          "not a JSON object", "not a JSON object"}),
             boost::test_tools::per_element());
  BOOST_TEST(got.texts() == Strings{""}, boost::test_tools::per_element());
  FieldNames fields;
  fields.text = "body";
  BOOST_TEST(parse_lines("{\"text\":\"x\"}", fields).reasons().at(0) == "no text field \"body\"");
}

BOOST_AUTO_TEST_CASE(the_first_of_equal_keys_wins) {
  const Collected got = parse_lines(
      "{\"text\":\"a\",\"text\":\"b\"}\n{\"te\\u0078t\":\"c\",\"text\":\"d\"}\n"
      "{\"text\":1,\"text\":\"e\"}\n");
  BOOST_TEST(got.texts() == (Strings{"a", "c"}), boost::test_tools::per_element());
  BOOST_TEST(got.reasons() == Strings{"text is not a string"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(dotted_names_reach_into_objects) {
  FieldNames fields;
  fields.text = "doc.body.text";
  fields.url = "meta.url";
  fields.id = "meta.id";
  const Collected got = parse_lines(
      "{\"doc\":{\"body\":{\"text\":\"a\"}},\"meta\":{\"url\":\"u\",\"id\":1.0}}\n"
      "{\"doc.body.text\":\"b\",\"doc\":{\"body\":{\"text\":\"x\"}},\"meta\":{\"id\":"
      "12345678901234567890123}}\n"
      "{\"doc\":{\"body.text\":\"c\"},\"meta\":3}\n"
      "{\"doc\":\"x\"}\n{\"doc\":{\"body\":[]}}\n{\"doc\":{\"body\":{\"text\":null}}}\n",
      fields);
  BOOST_TEST(got.texts() == (Strings{"a", "b", "c"}), boost::test_tools::per_element());
  BOOST_TEST(got.records.at(0).url == "u");
  BOOST_TEST(got.records.at(0).id == "1.0");
  BOOST_TEST(got.records.at(1).id == "12345678901234567890123");
  BOOST_TEST(!got.records.at(2).has_id);
  BOOST_TEST(got.reasons() ==
                 (Strings{"no text field \"doc.body.text\"", "no text field \"doc.body.text\"",
                          "doc.body.text is not a string"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_empty_name_is_no_field) {
  FieldNames fields;
  fields.site.clear();
  BOOST_TEST(parse_lines("{\"\":\"x\",\"text\":\"t\"}", fields).records.at(0).site.empty());
  fields.text.clear();
  BOOST_CHECK_THROW(RecordParser{fields}, Error);
}

BOOST_AUTO_TEST_CASE(reasons_name_the_kind_of_damage) {
  const Collected got = parse_lines(
      "{\"id\":tru,\"text\":\"abc\"}\n{\"text\":\"\xff\"}\n{\"text\":\"\\ud800\"}\n"
      "{\"text\":\"a\tb\"}\n{\"text\":\"ab\n{\"text\":\"ok\"}\n");
  BOOST_TEST(got.texts() == Strings{"ok"}, boost::test_tools::per_element());
  BOOST_TEST(got.reasons() ==
                 (Strings{"invalid JSON", "invalid UTF-8", "half of a surrogate pair in the text",
                          "invalid JSON: control character in a string",
                          "invalid JSON: string without an end"}),
             boost::test_tools::per_element());
}

// What JSON does not have costs the record where it stands in what was asked for, and nowhere else.
BOOST_AUTO_TEST_CASE(foreign_values_elsewhere_cost_nothing) {
  const Collected got = parse_lines(
      "{\"text\":\"a\",\"score\":NaN,\"more\":[Infinity,-Infinity , 1],\"x\":\"\\ud800 \\ude00\"}\n"
      "{\"id\":NaN,\"title\":\"\\udc00\",\"text\":\"b\",\"big\":123456789012345678901234567890}\n"
      "{\"text\":NaN}\n{\"text\":\"half \\ud83d\"}\n{\"text\":\"\\ud83d\\ude00\",\"y\":NaN}\n"
      "{\"text\":\"c\",\"z\":NaNs}\n{\"text\":\"NaN \\\\ud800\",\"z\":NaN}\n{\"text\":\"d\",\"z\":xNaN}\n"
      "{NaN:1,\"text\":\"e\"}\n");
  BOOST_TEST(got.texts() == (Strings{"a", "b", "\xf0\x9f\x98\x80", "NaN \\ud800"}),
             boost::test_tools::per_element());
  BOOST_TEST(!got.records.at(1).has_id);
  BOOST_TEST(got.records.at(1).title.empty());
  BOOST_TEST(got.reasons() ==
                 (Strings{"text is not a string", "half of a surrogate pair in the text",
                          "invalid JSON", "invalid JSON", "invalid JSON"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(lists_of_strings_are_paragraphs) {
  const std::string lines =
      "{\"text\":[\"one\",\"\",\"two\"]}\n{\"text\":[]}\n{\"text\":[\"a\",1]}\n"
      "{\"text\":[[\"a\"]]}\n{\"text\":\"plain\"}\n";
  const Collected got = parse_lines(lines);
  BOOST_TEST(got.texts() == (Strings{"one\n\ntwo", "", "plain"}), boost::test_tools::per_element());
  const std::string reason = "text is not a string, nor a list of strings";
  BOOST_TEST(got.reasons() == (Strings{reason, reason}), boost::test_tools::per_element());
  FieldNames fields;
  fields.text_in_parts = false;
  BOOST_TEST(parse_lines(lines, fields).texts() == Strings{"plain"},
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(paths_reach_into_lists) {
  const std::string lines =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Why?\"},{\"content\":\"So.\"},{\"role\":\"x\"}],"
      "\"meta\":{\"ids\":[7,8.50]}}\n"
      "{\"messages\":[{\"content\":1}]}\n{\"messages\":[]}\n{\"messages\":{\"content\":\"a\"}}\n"
      "{\"messages[*].content\":\"literal\"}\n";
  FieldNames fields;
  fields.text = "messages[*].content";
  fields.id = "meta.ids[1]";
  const Collected all = parse_lines(lines, fields);
  BOOST_TEST(all.texts() == (Strings{"Why?\n\nSo.", "literal"}), boost::test_tools::per_element());
  fields.text = "messages[1].content";
  fields.id = "messages[0].role";
  const Collected second = parse_lines(lines, fields);
  BOOST_TEST(second.texts() == Strings{"So."}, boost::test_tools::per_element());
  BOOST_TEST(second.records.at(0).id == "user");
  for (const char* const bad : {"messages[", "messages[]", "messages[x]", "messages[-1]", "[0]"}) {
    fields.text = bad;
    BOOST_TEST(parse_lines(lines, fields).records.empty());
  }
}

BOOST_AUTO_TEST_CASE(nesting_is_limited) {
  const auto nested = [](std::size_t levels) {
    return "{\"text\":\"t\",\"x\":" + std::string(levels, '[') + std::string(levels, ']') + "}";
  };
  BOOST_TEST(parse_lines(nested(1000)).records.size() == 1u);
  for (const std::size_t levels : {1024u, 100'000u, 1'000'000u}) {
    const Collected got = parse_lines(nested(levels) + "\n{\"text\":\"next\"}");
    BOOST_TEST(got.reasons() == Strings{"nested deeper than 1024 levels"},
               boost::test_tools::per_element());
    BOOST_TEST(got.texts() == Strings{"next"}, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(many_keys_and_long_records) {
  std::string many = "{";
  for (int i = 0; i < 200'000; ++i)
    many += "\"k" + std::to_string(i) + "\":" + std::to_string(i) + ",";
  const std::string text(9'000'000, 'x');
  const Collected got =
      parse_lines(many + "\"text\":\"t\"}\n{\"text\":\"" + text + "\"}\n{\"text\":\"after\"}\n");
  BOOST_TEST(got.records.size() == 3u);
  BOOST_TEST((got.records.at(1).text == text));
  BOOST_TEST(got.records.at(2).text == "after");
}

BOOST_AUTO_TEST_CASE(faults_of_the_reading_come_in_order) {
  RecordBatch batch = batch_of("{\"text\":\"a\"}\nbad\n{\"text\":\"b\"}\n");
  batch.first_offset = 500;
  batch.faults.push_back({{0, 100, 1}, "before", {}});
  batch.faults.push_back({{0, 600, 9}, "after", {}});
  RecordParser parser(FieldNames{});
  Collected got;
  got.parse(parser, batch);
  BOOST_TEST(got.reasons() == (Strings{"before", "invalid JSON", "after"}),
             boost::test_tools::per_element());
  BOOST_TEST(got.counts.faults == 1u);
}

BOOST_AUTO_TEST_CASE(text_is_one_document) {
  RecordBatch batch = batch_of("first\n\nsecond\n");
  batch.format = InputFormat::kText;
  batch.source_name = "folder/a.txt";
  RecordParser parser(FieldNames{});
  Collected got;
  got.parse(parser, batch);
  BOOST_TEST(got.texts() == Strings{"first\n\nsecond\n"}, boost::test_tools::per_element());
  BOOST_TEST(got.records[0].id == "folder/a.txt");
  BOOST_TEST(got.records[0].has_id);
  batch.bytes = "bad \xc3( byte";
  batch.pad();
  got.parse(parser, batch);
  BOOST_TEST(got.reasons() == Strings{"invalid UTF-8"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
