// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/page/page_text.h"
#include "copydesk/write/reuse_report.h"

namespace copydesk {

namespace {

class StringSink : public ByteSink {
 public:
  void write(std::string_view bytes) override { text += bytes; }
  void finish() override {}
  void commit() override {}
  [[nodiscard]] bool has_final_name() const override { return false; }
  std::string text;
};

ShownText shown(std::string_view text) {
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize_with_spans(text, tokens);
  return {text, tokens.spans};
}

std::vector<Passage> passages_of(std::string_view a, std::string_view b) {
  Tokenizer tokenizer;
  TokenList tokens_a, tokens_b;
  tokenizer.tokenize_with_spans(a, tokens_a);
  tokenizer.tokenize_with_spans(b, tokens_b);
  PassageOptions options;
  options.minimum_tokens = 8;
  return align(tokens_a, tokens_b, options);
}

StoryFamily made_family() {
  StoryFamily family;
  for (int i = 0; i < 2; ++i) {
    StoryVersion version;
    version.place.id = "<id&" + std::to_string(i) + ">";
    version.title = "\"Quoted\" <script>alert(1)</script>";
    version.site = "a'b.example";
    version.time = 1e9 + 3600.0 * i;
    version.tokens = 14;
    version.shared_tokens = 12;
    family.versions.push_back(version);
  }
  family.ground = SourceGround::kTime;
  family.confidence = 0.95;
  family.lead_seconds = 3600;
  return family;
}

std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) {
    ++count;
  }
  return count;
}

ReuseOverview overview_of(std::uint64_t documents, std::uint64_t families) {
  ReuseOverview overview;
  overview.documents = documents;
  overview.families = overview.listed = overview.shown = families;
  return overview;
}

std::string page_of(const StoryFamily& family, std::span<const ShownComparison> comparisons) {
  StringSink sink;
  ReuseReport report(sink, overview_of(2, 1));
  report.add_row(7, family, true);
  report.add_family(7, family, comparisons);
  report.finish();
  return sink.text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(reuse_report)

BOOST_AUTO_TEST_CASE(nothing_is_there_that_a_policy_would_have_to_allow) {
  const std::string html = page_of(made_family(), {});
  BOOST_TEST(count_of(html, "default-src 'none'") == 1u);
  BOOST_TEST(count_of(html, "<script") == 1u);
  BOOST_TEST(count_of(html, " style=") == 0u);
  BOOST_TEST(count_of(html, " onclick") + count_of(html, "javascript:") == 0u);
  BOOST_TEST(count_of(html, "http:") + count_of(html, "https:") == 0u);
}

BOOST_AUTO_TEST_CASE(every_text_is_escaped) {
  std::string out;
  append_page_text(out, "a<b>&\"c\"'d'\x01\x7F\xC2\x85\u202E\u2066\n\t\u00E9\u4E2D");
  BOOST_TEST(
      out ==
      "a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\n\t\u00E9\u4E2D");
  const std::string html = page_of(made_family(), {});
  BOOST_TEST(count_of(html, "alert(1)</script>") == 0u);
  BOOST_TEST(count_of(html, "<id&") == 0u);
}

BOOST_AUTO_TEST_CASE(one_is_singular) {
  StoryFamily family = made_family();
  family.lead_seconds = 1;
  const std::string html = page_of(family, {});
  BOOST_TEST(count_of(html, "<dt>family</dt><dd>1</dd>") == 1u);
  BOOST_TEST(count_of(html, "printed first, 1 second before the next text") == 1u);
}

BOOST_AUTO_TEST_CASE(a_row_tells_outlets_times_and_versions_and_leads_to_the_family) {
  StoryFamily family = made_family();
  family.versions[1].site = "second.example";
  family.versions[1].url = "https://second.example/story";
  const std::string html = page_of(family, {});
  BOOST_TEST(count_of(html, "<a href=\"#f7\">&quot;Quoted&quot;") == 1u);
  BOOST_TEST(count_of(html, "<details class=\"item\" id=\"f7\">") == 1u);
  BOOST_TEST(count_of(html, "data-o=\"a&#39;b.example\nsecond.example\n\"") == 1u);
  BOOST_TEST(count_of(html, "data-a=\"1000000000\" data-b=\"1000003600\"") == 1u);
  BOOST_TEST(count_of(html, ">2001-09-09 01:46</td>") == 2u);  // of the row and of the version
  BOOST_TEST(count_of(html, ">60 minutes</td>") == 1u);
  BOOST_TEST(count_of(html, "href=\"https://second.example/story\">&quot;Quoted") == 1u);
}

BOOST_AUTO_TEST_CASE(passages_are_linked_and_differences_marked) {
  const std::string fullest =
      "Intro here. The board said on Monday that the old crane would be sold by May to a <firm> "
      "abroad.";
  const std::string version =
      "The board said on Monday that the crane would be sold soon by May to a <firm> abroad. More.";
  ShownComparison comparison{1, shown(fullest), shown(version), passages_of(fullest, version)};
  BOOST_REQUIRE_EQUAL(comparison.passages.size(), 1u);
  const std::string html = page_of(made_family(), std::span(&comparison, 1));
  BOOST_TEST(count_of(html, "id=\"f7v1p0a\" href=\"#f7v1p0b\">The board said") == 1u);
  BOOST_TEST(count_of(html, "id=\"f7v1p0b\" href=\"#f7v1p0a\">The board said") == 1u);
  BOOST_TEST(count_of(html, "<del>old</del> crane") == 1u);
  BOOST_TEST(count_of(html, "sold <ins>soon</ins> by") == 1u);
  BOOST_TEST(count_of(html, "&lt;firm&gt; abroad</a>. More.") == 1u);
  BOOST_TEST(count_of(html, ">Intro here. <a") == 1u);
}

BOOST_AUTO_TEST_CASE(all_rows_stand_before_the_families) {
  StringSink sink;
  ReuseReport report(sink, overview_of(1000, 100));
  for (std::size_t i = 0; i < 100; ++i) report.add_row(i, made_family(), i < 100);
  for (std::size_t i = 0; i < 100; ++i) report.add_family(i, made_family(), {});
  report.finish();
  BOOST_TEST(count_of(sink.text, "<details class=\"item\" id=\"f") == 100u);
  BOOST_TEST(count_of(sink.text, " id=\"f99\"") == 1u);
  BOOST_TEST(count_of(sink.text, "<dt>documents</dt><dd>1,000</dd>") == 1u);
  BOOST_TEST(sink.text.find("href=\"#f99\"") < sink.text.find("id=\"f0\""));
}

BOOST_AUTO_TEST_CASE(without_families_the_page_says_so) {
  StringSink sink;
  ReuseReport report(sink, overview_of(3, 0));
  report.finish();
  BOOST_TEST(count_of(sink.text, "No two documents share a story.") == 1u);
  BOOST_TEST(count_of(sink.text, "<table") == 0u);
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut_between_tokens) {
  std::string text;
  while (text.size() < ReuseReport::kMostTextBytes + 1000) text += "слово ";
  ShownComparison comparison{1, shown(text), shown(text), {}};
  const std::string html = page_of(made_family(), std::span(&comparison, 1));
  BOOST_TEST(count_of(html, "слово <span class=\"skip\">[cut here]</span>") == 2u);
  BOOST_TEST(html.size() < 2 * ReuseReport::kMostTextBytes + 40'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
