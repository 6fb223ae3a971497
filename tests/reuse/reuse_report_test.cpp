// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/write/page_text.h"
#include "copydesk/write/reuse_report.h"
#include "copydesk/write/reuse_report_assets.h"
#include "reference/sha256.h"

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

}  // namespace

BOOST_AUTO_TEST_SUITE(reuse_report)

BOOST_AUTO_TEST_CASE(the_policy_allows_exactly_the_style_and_the_script) {
  BOOST_TEST(reference::sha256_base64("abc") == "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
  BOOST_TEST(reference::sha256_base64(kReportStyle) == kReportStyleDigest);
  BOOST_TEST(reference::sha256_base64(kReportScript) == kReportScriptDigest);
  StringSink sink;
  ReuseReport report(sink, 2, 1);
  report.add_family(0, made_family(), {});
  report.finish();
  BOOST_TEST(count_of(sink.text, "default-src 'none'") == 1u);
  BOOST_TEST(count_of(sink.text, "<style>" + std::string(kReportStyle) + "</style>") == 1u);
  BOOST_TEST(count_of(sink.text, "<script>" + std::string(kReportScript) + "</script>") == 1u);
  // Nothing else that a policy would have to allow, and nothing from elsewhere.
  BOOST_TEST(count_of(sink.text, "<script") == 1u);
  BOOST_TEST(count_of(sink.text, " style=") == 0u);
  BOOST_TEST(count_of(sink.text, " onclick") + count_of(sink.text, "javascript:") == 0u);
  BOOST_TEST(count_of(sink.text, "http:") + count_of(sink.text, "https:") == 0u);
}

BOOST_AUTO_TEST_CASE(every_text_is_escaped) {
  std::string out;
  append_page_text(out, "a<b>&\"c\"'d'\x01\x7F\xC2\x85\u202E\u2066\n\t\u00E9\u4E2D");
  BOOST_TEST(
      out ==
      "a&lt;b&gt;&amp;&quot;c&quot;&#39;d&#39;\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\n\t\u00E9\u4E2D");
  StringSink sink;
  ReuseReport report(sink, 2, 1);
  report.add_family(0, made_family(), {});
  report.finish();
  BOOST_TEST(count_of(sink.text, "alert(1)</script>") == 0u);
  BOOST_TEST(count_of(sink.text, "<id&") == 0u);
}

BOOST_AUTO_TEST_CASE(one_is_singular) {
  StringSink sink;
  ReuseReport report(sink, 2, 1);
  StoryFamily family = made_family();
  family.lead_seconds = 1;
  report.add_family(0, family, {});
  report.finish();
  BOOST_TEST(count_of(sink.text, "2 documents, 1 family, largest first") == 1u);
  BOOST_TEST(count_of(sink.text, "printed first, 1 second before the next text") == 1u);
}

BOOST_AUTO_TEST_CASE(passages_are_linked_and_differences_marked) {
  const std::string fullest =
      "Intro here. The board said on Monday that the old crane would be sold by May to a <firm> "
      "abroad.";
  const std::string version =
      "The board said on Monday that the crane would be sold soon by May to a <firm> abroad. More.";
  ShownComparison comparison{1, shown(fullest), shown(version), passages_of(fullest, version)};
  BOOST_REQUIRE_EQUAL(comparison.passages.size(), 1u);
  StringSink sink;
  ReuseReport report(sink, 2, 1);
  report.add_family(7, made_family(), std::span(&comparison, 1));
  report.finish();
  BOOST_TEST(count_of(sink.text, "id=\"f7v1p0a\" href=\"#f7v1p0b\">The board said") == 1u);
  BOOST_TEST(count_of(sink.text, "id=\"f7v1p0b\" href=\"#f7v1p0a\">The board said") == 1u);
  BOOST_TEST(count_of(sink.text, "<del>old</del> crane") == 1u);
  BOOST_TEST(count_of(sink.text, "sold <ins>soon</ins> by") == 1u);
  BOOST_TEST(count_of(sink.text, "&lt;firm&gt; abroad</a>. More.") == 1u);
  BOOST_TEST(count_of(sink.text, ">Intro here. <a") == 1u);
}

BOOST_AUTO_TEST_CASE(many_families_are_split_in_pages) {
  StringSink sink;
  ReuseReport report(sink, 1000, 100);
  for (std::size_t i = 0; i < 100; ++i) report.add_family(i, made_family(), {});
  report.finish();
  BOOST_TEST(count_of(sink.text, "<section class=\"page\">") == 3u);
  BOOST_TEST(count_of(sink.text, "</section>") == 3u);
  BOOST_TEST(count_of(sink.text, "<details class=\"family\" id=\"f") == 100u);
  BOOST_TEST(count_of(sink.text, " id=\"f99\"") == 1u);
  BOOST_TEST(count_of(sink.text, ">1,000 documents, 100 families") == 1u);
}

BOOST_AUTO_TEST_CASE(long_texts_are_cut_between_tokens) {
  std::string text;
  while (text.size() < ReuseReport::kMostTextBytes + 1000) text += "слово ";
  ShownComparison comparison{1, shown(text), shown(text), {}};
  StringSink sink;
  ReuseReport report(sink, 2, 1);
  report.add_family(0, made_family(), std::span(&comparison, 1));
  report.finish();
  BOOST_TEST(count_of(sink.text, "слово <span class=\"note\">[cut here]</span>") == 2u);
  BOOST_TEST(sink.text.size() < 2 * ReuseReport::kMostTextBytes + 20'000);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
