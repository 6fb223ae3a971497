// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>
#include <vector>

#include "copydesk/reuse/families.h"
#include "copydesk/reuse/source_evidence.h"
#include "reuse/made_tokens.h"

namespace copydesk {

namespace {

using tests::counted_tokens;
using tests::joined;
using tests::part;
using tests::Tokens;

// All pairs of documents that share 14 tokens and more.
std::vector<RelatedPair> compare_all(const std::vector<Tokens>& documents) {
  std::vector<RelatedPair> pairs;
  PassageAligner aligner{PassageOptions{}};
  for (std::uint32_t a = 0; a < documents.size(); ++a) {
    aligner.prepare(documents[a]);
    for (std::uint32_t b = a + 1; b < documents.size(); ++b) {
      ReusePair pair;
      pair.pair = {a, b};
      pair.passages = aligner.align(documents[b]);
      if (pair.passages.empty()) continue;
      pair.parts = measure_parts(pair.passages, documents[a].size(), documents[b].size());
      pair.relation = relate(pair.passages, pair.parts);
      pairs.push_back(without_passages(pair));
    }
  }
  return pairs;
}

FamilyGraph group(const std::vector<RelatedPair>& pairs, double rare_overlap = 0.0) {
  return group_families(pairs, {},
                        [&](std::uint32_t, std::uint32_t, std::uint32_t) { return rare_overlap; });
}

using Members = std::vector<std::uint32_t>;

}  // namespace

BOOST_AUTO_TEST_SUITE(families)

BOOST_AUTO_TEST_CASE(versions_of_a_story_are_one_family) {
  const Tokens story = counted_tokens(0, 300);
  const Tokens other = counted_tokens(5000, 200);
  const auto pairs = compare_all({story, other, part(story, 0, 150),
                                  joined({story, counted_tokens(900, 100)}), part(other, 20, 200)});
  const FamilyGraph graph = group(pairs);
  BOOST_REQUIRE_EQUAL(graph.families.size(), 2u);
  BOOST_TEST(graph.families[0].members == (Members{0, 2, 3}));
  BOOST_TEST(graph.families[1].members == (Members{1, 4}));
  BOOST_TEST(graph.round_ups.empty());
}

BOOST_AUTO_TEST_CASE(a_round_up_does_not_join_what_it_quotes) {
  std::vector<Tokens> documents;
  Tokens round_up;
  for (std::uint32_t i = 0; i < 5; ++i) {
    const Tokens story = counted_tokens(1000 * i, 100);
    documents.push_back(story);
    documents.push_back(joined({counted_tokens(100'000 + 100 * i, 9), part(story, 0, 90)}));
    round_up = joined({round_up, story});
  }
  documents.push_back(round_up);
  const FamilyGraph graph = group(compare_all(documents));
  BOOST_TEST(graph.round_ups == (Members{10}));
  BOOST_REQUIRE_EQUAL(graph.families.size(), 5u);
  for (std::uint32_t i = 0; i < 5; ++i) {
    BOOST_TEST(graph.families[i].members == (Members{2 * i, 2 * i + 1}));
    BOOST_TEST(graph.families[i].quoted_by == (Members{10}));
  }
}

BOOST_AUTO_TEST_CASE(two_halves_of_one_subject_make_no_round_up) {
  const Tokens story = counted_tokens(0, 300);
  const auto pairs = compare_all({story, part(story, 0, 140), part(story, 150, 300)});
  BOOST_TEST(group(pairs, 0.3).round_ups.empty());
  BOOST_TEST(group(pairs, 0.3).families[0].members == (Members{0, 1, 2}));
  BOOST_TEST(group(pairs, 0.0).round_ups == (Members{0}));
}

BOOST_AUTO_TEST_CASE(a_chain_of_updates_is_cut) {
  // Each shares half of its text with the next, and nothing with the one after.
  std::vector<Tokens> documents;
  for (std::uint32_t i = 0; i < 7; ++i) documents.push_back(counted_tokens(100 * i, 200));
  const FamilyGraph graph = group(compare_all(documents), 1.0);
  for (const Family& family : graph.families) BOOST_TEST(family.members.size() <= 3u);
}

BOOST_AUTO_TEST_CASE(templates_join_nobody) {
  const Tokens story = counted_tokens(0, 100);
  auto pairs = compare_all({story, story, story});
  for (RelatedPair& pair : pairs) pair.relation = Relation::kTemplate;
  BOOST_TEST(group(pairs).families.empty());
}

// A family of copies and copies of copies: trimmed, edited, reordered, with text put around them.
struct MadeFamily {
  std::vector<Tokens> versions;
  std::vector<double> times;
  std::size_t source = 0;
};

MadeFamily make_family(tests::Random& random, std::uint32_t number) {
  std::vector<Tokens> versions{tests::random_tokens(random, 250 + random() % 250, 30'000)};
  std::vector<double> times{1000.0};
  const std::size_t count = 4 + random() % 6;
  while (versions.size() < count) {
    const std::size_t parent = random() % 3 == 0 ? random() % versions.size() : 0;
    Tokens copy = versions[parent];
    if (random() % 2 == 0) {
      copy = part(copy, 0, copy.size() * (50 + random() % 40) / 100);
    }
    if (random() % 2 == 0) copy = tests::replaced(random, copy, 0.02 + 0.01 * (random() % 8));
    if (random() % 4 == 0) {
      const std::size_t cut = copy.size() / 2;
      copy = joined({part(copy, cut, copy.size()), part(copy, 0, cut)});
    }
    const std::uint32_t own =
        0x20000000u + 1000 * (100 * number + static_cast<std::uint32_t>(versions.size()));
    copy = joined({counted_tokens(own, 4 + random() % 8), copy});
    if (random() % 4 == 0) copy = joined({copy, counted_tokens(own + 500, 30 + random() % 90)});
    versions.push_back(copy);
    times.push_back(times[parent] + 60.0 + random() % 100'000);
  }
  // In no particular order.
  std::vector<std::size_t> order(versions.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::shuffle(order.begin(), order.end(), random);
  MadeFamily family;
  for (const std::size_t i : order) {
    if (i == 0) family.source = family.versions.size();
    family.versions.push_back(versions[i]);
    family.times.push_back(times[i]);
  }
  return family;
}

BOOST_AUTO_TEST_CASE(the_source_is_found_by_time_and_mostly_by_text_alone) {
  tests::Random random(40);
  int by_time = 0;
  int by_text = 0;
  int claimed = 0;
  int claimed_right = 0;
  constexpr int kFamilies = 200;
  for (std::uint32_t i = 0; i < kFamilies; ++i) {
    const MadeFamily made = make_family(random, i);
    const std::vector<RelatedPair> pairs = compare_all(made.versions);
    Family family;
    std::vector<VersionFacts> facts;
    for (std::uint32_t v = 0; v < made.versions.size(); ++v) {
      family.members.push_back(v);
      facts.push_back({made.versions[v].size(), std::nullopt, "", ""});
    }
    const PairsByDocument by_document(pairs);
    const SourceEvidence text = find_source(family, facts, by_document);
    by_text += text.ranking[0] == made.source ? 1 : 0;
    if (text.is_known()) {
      ++claimed;
      claimed_right += text.ranking[0] == made.source ? 1 : 0;
    }
    for (std::size_t v = 0; v < facts.size(); ++v) facts[v].time = made.times[v];
    const SourceEvidence timed = find_source(family, facts, by_document);
    by_time += timed.ranking[0] == made.source ? 1 : 0;
    BOOST_REQUIRE(timed.ground == SourceGround::kTime);
  }
  BOOST_TEST_MESSAGE("by time " << by_time << ", by text " << by_text << ", claimed " << claimed
                                << " of which right " << claimed_right << " of " << kFamilies);
  BOOST_TEST(by_time >= kFamilies * 95 / 100);
  // What the texts do not tell is left open: an uncut copy looks like the source.
  BOOST_TEST(by_text >= kFamilies * 60 / 100);
  BOOST_TEST(claimed >= kFamilies / 10);
  BOOST_TEST(claimed_right >= claimed * 75 / 100);
}

BOOST_AUTO_TEST_CASE(two_equal_sides_give_no_source) {
  tests::Random random(41);
  const Tokens story = tests::random_tokens(random, 300, 30'000);
  Tokens one = story;
  Tokens two = story;
  for (std::uint32_t i = 0; i < 10; ++i) {
    one[i * 30] = 0x30000000u + i;
    two[i * 30 + 15] = 0x31000000u + i;
  }
  const auto pairs = compare_all({one, two});
  const std::vector<VersionFacts> facts(2, {300, std::nullopt, "", ""});
  const SourceEvidence evidence = find_source({{0, 1}, {}}, facts, PairsByDocument(pairs));
  BOOST_TEST(!evidence.is_known());
  BOOST_TEST(to_string(evidence.ground) == "none");
}

BOOST_AUTO_TEST_CASE(thin_evidence_gives_no_source) {
  const Tokens story = counted_tokens(0, 400);
  const Tokens cut = joined({counted_tokens(50'000, 8), part(story, 0, 250)});
  const Tokens note = joined({part(story, 0, 60), counted_tokens(60'000, 60)});
  const auto source_of = [](const std::vector<Tokens>& versions,
                            const std::vector<VersionFacts>& facts) {
    const auto pairs = compare_all(versions);
    return find_source({{0, 1}, {}}, facts, PairsByDocument(pairs));
  };
  // The end that the other has not got tells the source; not if two documents have that text.
  std::vector<VersionFacts> facts{{400, std::nullopt, "", ""}, {258, std::nullopt, "", ""}};
  SourceEvidence evidence = source_of({story, cut}, facts);
  BOOST_TEST(evidence.is_known());
  BOOST_TEST(evidence.ranking[0] == 0u);
  facts[0].documents = 2;
  BOOST_TEST(!source_of({story, cut}, facts).is_known());
  // Times decide, but not seconds, ...
  facts[0].time = 1000.0;
  facts[1].time = 970.0;
  evidence = source_of({story, cut}, facts);
  BOOST_TEST(evidence.ranking[0] == 1u);
  BOOST_TEST(!evidence.is_known());
  facts[1].time = 400.0;
  BOOST_TEST(source_of({story, cut}, facts).is_known());
  facts[1].time = -100'000.0;
  const double confidence = source_of({story, cut}, facts).confidence;
  BOOST_TEST(confidence > 0.9);
  // ... and not where the earlier has little of the later.
  const std::vector<VersionFacts> early{{120, -100'000.0, "", ""}, {400, 1000.0, "", ""}};
  evidence = source_of({note, story}, early);
  BOOST_TEST(evidence.ranking[0] == 0u);
  BOOST_TEST(!evidence.is_known());
}

// In a family of many the names are not rare in the corpus any more: two cuts of a story that have
// no text in common must not make a round-up of it. The overlap is asked for with the number of
// versions.
BOOST_AUTO_TEST_CASE(round_ups_are_judged_by_the_size_of_the_family) {
  const Tokens story = counted_tokens(0, 400);
  std::vector<Tokens> versions{story};
  for (std::uint32_t i = 0; i < 12; ++i) {
    const Tokens half = i % 2 == 0 ? part(story, 0, 190) : part(story, 210, 400);
    versions.push_back(joined({counted_tokens(10'000 + 100 * i, 10), half}));
  }
  const auto overlap = [](std::uint32_t, std::uint32_t, std::uint32_t count) {
    return count >= 12 ? 0.5 : 0.0;
  };
  const FamilyGraph graph = group_families(compare_all(versions), {}, overlap);
  BOOST_TEST(graph.round_ups.empty());
  BOOST_TEST_REQUIRE(!graph.families.empty());
  BOOST_TEST(graph.families[0].members.size() == 13u);
}

BOOST_AUTO_TEST_CASE(the_site_of_the_agency_is_preferred) {
  const Tokens story = counted_tokens(0, 300);
  const auto pairs = compare_all({story, story, story});
  const std::vector<VersionFacts> facts{{300, std::nullopt, "REUTERS", "daily.example"},
                                        {300, std::nullopt, "", "www.reuters.example"},
                                        {300, std::nullopt, "REUTERS", "apples.example"}};
  const SourceEvidence evidence = find_source({{0, 1, 2}, {}}, facts, PairsByDocument(pairs));
  BOOST_TEST(evidence.ranking[0] == 1u);
  BOOST_TEST(to_string(evidence.ground) == "agency");
  BOOST_TEST(evidence.is_known());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
