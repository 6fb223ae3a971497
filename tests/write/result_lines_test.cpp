// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/result_lines.h"

#include <simdjson.h>

#include <boost/test/unit_test.hpp>

#include "copydesk/write/run_report.h"

namespace copydesk {

BOOST_AUTO_TEST_SUITE(result_lines)

BOOST_AUTO_TEST_CASE(cuts_fall_between_characters) {
  const std::string text = "a\xC3\xA9\xE4\xBD\xA0\xF0\x9F\x98\x80z";  // 1, 2, 3, 4, 1 bytes
  const std::size_t expected[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
  for (std::size_t bytes = 0; bytes <= 12; ++bytes) {
    BOOST_TEST(cut_between_characters(text, bytes) == text.substr(0, expected[bytes]));
  }
}

BOOST_AUTO_TEST_CASE(formats) {
  std::string out;
  append_decision_line(out, {1, 0, RemovalRule::kContained, {9, 10, 20}}, {"b\"", "x", 2}, {"a", "y", 3},
                       {4, "x y"});
  append_decision_line(out, {1, 0, RemovalRule::kIdentical, {}}, {"b", "", 2}, {"a", "", 1},
                       {2, "x"});
  append_pair_line(out, {"a", "x", 1}, {"b", "x", 2}, {3, 4, 12});
  const std::vector<RecordPlace> members = {{"a", "x", 1}, {"b", "y\n", 2}};
  append_cluster_line(out, 7, std::span(members).last(1), members);
  append_reject_line(out, "in.jsonl", {{0, 12, 3}, "invalid JSON", "\xFF{"});
  append_text_record(out, "f.txt", "one\ntwo");
  BOOST_TEST(out ==
             R"({"id":"b\"","file":"x","line":2,"kept_id":"a","kept_file":"y","kept_line":3,)"
             R"("rule":"contained","jaccard":0.428571,"containment":0.9,"contained":0.45,"shared_tokens":4,"shared_passage":"x y"})"
             "\n"
             R"({"id":"b","kept_id":"a","rule":"identical","jaccard":1,"containment":1,)"
             R"("contained":1,"shared_tokens":2,"shared_passage":"x"})"
             "\n"
             R"({"a":"a","a_file":"x","a_line":1,"b":"b","b_file":"x","b_line":2,)"
             R"("jaccard":0.230769,"containment_a":0.75,"containment_b":0.25})"
             "\n"
             R"({"cluster":7,"kept_id":"b","kept_file":"y\n","kept_line":2,"kept_ids":["b"],)"
             R"("kept_files":["y\n"],"kept_lines":[2],"ids":["a","b"],"files":["x","y\n"],)"
             R"("lines":[1,2]})"
             "\n"
             R"({"file":"in.jsonl","line":3,"offset":12,"reason":"invalid JSON","bytes":")"
             "\xEF\xBF\xBD{\"}\n"
             R"({"id":"f.txt","text":"one\ntwo"})"
             "\n");
}

BOOST_AUTO_TEST_CASE(reports_are_valid_json) {
  RunReport report;
  report.command = "de\"dup";
  report.counts.add("documents", std::uint64_t{18'446'744'073'709'551'615U});
  report.parameters.add("threshold", 0.8);
  report.parameters.add("path", "a\nb");
  report.stages = {{"read", 1.5, 2.5}, {"join", 0.0, 0.0}};
  simdjson::dom::parser parser;
  const simdjson::dom::element json = parser.parse(report.to_json());
  BOOST_TEST(std::string_view(json["command"]) == "de\"dup");
  BOOST_TEST(std::uint64_t(json["counts"]["documents"]) == 18'446'744'073'709'551'615U);
  BOOST_TEST(double(json["parameters"]["threshold"]) == 0.8);
  BOOST_TEST(std::string_view(json["parameters"]["path"]) == "a\nb");
  BOOST_TEST(double(json["stages"]["read"]["cpu_seconds"]) == 2.5);
  BOOST_TEST(simdjson::dom::object(json["faults"]).size() == 0U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
