// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "copydesk/kernels/intersection.h"
#include "copydesk/pipeline/dedup/contained_pairs.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/shingle/shingler.h"

#include <boost/test/unit_test.hpp>

#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;
using Ids = std::vector<std::string>;

Ids kept_ids(const std::string& corpus, const DedupOptions& options = {}) {
  return ids_of(dedup_text(corpus, options).kept);
}

DedupOptions keeping(const char* policy) {
  DedupOptions options;
  options.keep = parse_keep_policy(policy);
  options.search.corpus.fields.order = options.keep.field;
  return options;
}

// "id":"b","kept_id":"a","rule":"identical" of each line.
Ids decision_heads(const std::string& decisions) {
  Ids heads;
  for (const std::string& line : lines_of(decisions)) {
    heads.push_back(value_of(line, "id") + '>' + value_of(line, "kept_id") + ' ' +
                    value_of(line, "rule"));
  }
  return heads;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(dedup_runs)

BOOST_AUTO_TEST_CASE(crafted_corpus) {
  const std::string a = words(0, 60);
  const std::string other = words(500, 60);
  const std::string corpus =
      record("a", a) + record("shout", "W0  w1, " + words(2, 58) + "!") +  // the same tokens
      record("other", other) + record("near", a + " and more") + record("empty1", "") +
      record("short1", "two words") + record("empty2", " \\n ") + record("dashes", " -- ") + record("short2", "Two words.") +
      record("half", words(0, 30) + " " + words(900, 30));
  const DedupOutput output = dedup_text(corpus);
  BOOST_TEST(output.kept == record("a", a) + record("other", other) + record("empty1", "") +
                                record("short1", "two words") + record("dashes", " -- ") +
                                record("half", words(0, 30) + " " + words(900, 30)));
  const Ids expected{"shout>a same_words", "near>a near_duplicate", "empty2>empty1 same_words",
                     "short2>short1 same_words"};
  BOOST_TEST(decision_heads(output.decisions) == expected, boost::test_tools::per_element());
  const Ids clusters{
      R"({"cluster":0,"kept_id":"a","kept_ids":["a"],"ids":["a","shout","near"]})",
      R"({"cluster":1,"kept_id":"empty1","kept_ids":["empty1"],"ids":["empty1","empty2"]})",
      R"({"cluster":2,"kept_id":"short1","kept_ids":["short1"],"ids":["short1","short2"]})"};
  BOOST_TEST(lines_of(output.clusters) == clusters, boost::test_tools::per_element());
  // 56 of 58 shingles, all 60 tokens of the kept text.
  BOOST_TEST(lines_of(output.decisions)[1] ==
             R"({"id":"near","kept_id":"a","rule":"near_duplicate","jaccard":0.965517,)"
             R"("containment":0.965517,"contained":1,"shared_tokens":60,"shared_passage":")" +
                 a + "\"}");
  const DedupSummary& summary = output.result.summary;
  BOOST_TEST(summary.documents == 10U);
  BOOST_TEST(summary.kept == 6U);
  BOOST_TEST(summary.removed_same_words == 3U);
  BOOST_TEST(summary.removed_near == 1U);
  BOOST_TEST(summary.removed_contained == 0U);
  BOOST_TEST(summary.bytes == corpus.size());
}

BOOST_AUTO_TEST_CASE(chinese_texts) {
  std::string text, other;
  for (int i = 0; i < 80; ++i) {
    const auto append = [i](std::string& out, int plane) {
      const int code = 0x4E00 + plane + i * 7;
      out += static_cast<char>(0xE0 | code >> 12);
      out += static_cast<char>(0x80 | (code >> 6 & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    };
    append(text, 0);
    append(other, 4000);
  }
  const std::string tail = text.substr(3) + "\xE3\x80\x82";  // the first character cut off
  const Ids expected{"a", "c"};
  BOOST_TEST(kept_ids(record("a", text) + record("b", tail) + record("c", other)) == expected);
}

BOOST_AUTO_TEST_CASE(containment_keeps_the_longer_text) {
  const std::string corpus = record("part", words(10, 40)) + record("whole", words(0, 120));
  const Ids both{"part", "whole"};
  BOOST_TEST(kept_ids(corpus) == both);
  // The sketches of so unlike a pair must agree in some band: ask for a low threshold.
  DedupOptions options;
  options.search.threshold = 0.3;
  BOOST_TEST(kept_ids(corpus, options) == Ids{"part"});
  options.containment = 0.95;
  const DedupOutput output = dedup_text(corpus, options);
  BOOST_TEST(ids_of(output.kept) == Ids{"whole"});
  BOOST_TEST(value_of(output.decisions, "id") == "part");
}

// A text in one fifty times as long has a Jaccard similarity that no bands see.
BOOST_AUTO_TEST_CASE(contained_texts_are_found_however_long_the_other_is) {
  std::string corpus;
  for (std::size_t i = 0; i < 20; ++i) {
    const std::size_t base = 10'000 * i;
    corpus += record(fmt::format("whole{}", i), words(base, 3000));
    corpus += record(fmt::format("part{}", i), words(base + 100 * i, 60 + 5 * i));
    // Nearly all of it, all but a third of it, and too few words to be taken for reuse.
    corpus += record(fmt::format("most{}", i), words(base + 2500, 300) + " own " + words(1, 8));
    corpus += record(fmt::format("twothirds{}", i),
                     words(base + 1000, 100) + " " + words(base + 5000, 50));
    corpus += record(fmt::format("short{}", i), words(base + 2000, kFewestContainedTokens - 1));
  }
  DedupOptions options;
  options.containment = 0.9;
  const DedupOutput output = dedup_text(corpus, options);
  std::size_t parts = 0;
  for (const std::string& id : ids_of(output.kept)) {
    BOOST_TEST(!id.starts_with("most"));
    parts += id.starts_with("part") ? 1 : 0;
  }
  BOOST_TEST(parts == 0u);
  BOOST_TEST(output.result.summary.removed_contained == 40u);
  BOOST_TEST(output.result.summary.kept == 60u);
  for (const std::string& line : lines_of(output.decisions)) {
    BOOST_TEST(value_of(line, "rule") == "contained");
    BOOST_TEST(value_of(line, "kept_id").starts_with("whole"));
  }
  // The same with any number of threads and next to no memory.
  options.search.corpus.threads = 3;
  options.search.corpus.memory_bytes = 1 << 20;
  BOOST_TEST(dedup_text(corpus, options).decisions == output.decisions);
}

BOOST_AUTO_TEST_CASE(keep_policies) {
  const auto dated = [](const char* id, const char* date, const char* score, std::string text) {
    return fmt::format(R"({{"id":"{}","date":"{}","meta":{{"score":{}}},"text":"{}"}})", id, date,
                       score, text) +
           '\n';
  };
  const std::string a = words(0, 60);
  const std::string corpus = dated("first", "1987-02-26", "2.5", a) +
                             dated("long", "26-FEB-1986 10:00:00", "-7", a + " x y") +
                             dated("late", "1988-01-01", "3", a) + dated("odd", "soon", "null", a);
  BOOST_TEST(kept_ids(corpus) == Ids{"first"});
  BOOST_TEST(kept_ids(corpus, keeping("longest")) == Ids{"long"});
  BOOST_TEST(kept_ids(corpus, keeping("newest")) == Ids{"late"});
  BOOST_TEST(kept_ids(corpus, keeping("oldest")) == Ids{"long"});
  BOOST_TEST(kept_ids(corpus, keeping("max:meta.score")) == Ids{"late"});
  BOOST_TEST(kept_ids(corpus, keeping("min:meta.score")) == Ids{"long"});
  const DedupResult result = dedup_text(corpus, keeping("newest")).result;
  BOOST_TEST(result.report.to_json().find("\"documents_without_a_usable_keep_field\": 1") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_output_holds_no_more_duplicates) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    for (const double containment : {0.0, 0.9}) {
      DedupOptions options;
      options.containment = containment;
      const DedupOutput once = dedup_text(random_corpus(seed, 250), options);
      BOOST_TEST(once.result.summary.kept < 250U);
      const DedupOutput twice = dedup_text(once.kept, options);
      BOOST_TEST_CONTEXT("seed " << seed << ", containment " << containment) {
        BOOST_TEST(twice.decisions == "");
        BOOST_TEST(twice.kept == once.kept);
      }
    }
  }
}

// Texts of one family whose likeness lies around the threshold, one pair above it, the next below:
// bands and leaders bring few of the pairs together, looks most of those that matter.
BOOST_AUTO_TEST_CASE(what_is_kept_of_a_family_around_the_threshold) {
  constexpr std::size_t kDocuments = 1500;
  constexpr std::size_t kWords = 220;
  std::size_t kept = 0, left = 0;
  for (std::uint64_t seed = 0; seed < 4; ++seed) {
    RandomValues random(seed);
    std::string corpus;
    for (std::size_t i = 0; i < kDocuments; ++i) {
      std::string text;
      for (std::size_t word = 0; word < kWords; ++word) {
        const bool is_other = random.next() % 1000 < 11;  // each in about five shingles
        text += fmt::format("w{} ", is_other ? 1000 + random.next() % 3000 : word);
      }
      corpus += record(fmt::format("d{}", i), text);
    }
    const DedupOutput output = dedup_text(corpus);
    std::vector<std::vector<std::uint64_t>> sets;
    Shingler shingler({ShingleUnit::kWord, 5});
    ShingledText shingled;
    for (const std::string& line : lines_of(output.kept)) {
      shingler.shingle(value_of(line, "text"), shingled);
      make_shingle_set(shingled.shingles);
      sets.push_back(shingled.shingles);
    }
    kept += sets.size();
    for (std::size_t i = 0; i < sets.size(); ++i) {
      left += std::any_of(sets.begin(), sets.begin() + static_cast<std::ptrdiff_t>(i),
                          [&](const std::vector<std::uint64_t>& other) {
                            const auto shared =
                                static_cast<std::uint32_t>(intersection_size(sets[i], other));
                            return Overlap{shared, static_cast<std::uint32_t>(sets[i].size()),
                                           static_cast<std::uint32_t>(other.size())}
                                       .jaccard() >= 0.8;
                          })
                  ? 1
                  : 0;
    }
  }
  BOOST_TEST_MESSAGE(kept << " kept, " << left << " of them similar to one before");
  BOOST_TEST(kept > 400U);
  BOOST_TEST(left * 30 <= kept);
}

BOOST_AUTO_TEST_CASE(one_text_many_times_is_compared_with_nothing) {
  constexpr std::size_t kCopies = 200'000;
  std::string corpus;
  for (std::size_t i = 0; i < kCopies; ++i) corpus += record("c", "the same few words every time");
  corpus += record("z", "something else stands at the end of it");
  const DedupOutput output = dedup_text(corpus);
  BOOST_TEST(output.result.summary.kept == 2U);
  BOOST_TEST(output.result.summary.removed_identical == kCopies - 1);
  BOOST_TEST(output.result.report.to_json().find("\"sketch_comparisons\": 0,") !=
             std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
