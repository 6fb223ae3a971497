// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/blocks/document_records.h"
#include "copydesk/blocks/repeat_candidates.h"
#include "copydesk/blocks/repeat_resolver.h"
#include "copydesk/blocks/repeat_winnower.h"
#include "copydesk/error.h"

namespace copydesk {
namespace {

using Corpus = std::vector<std::vector<std::uint64_t>>;  // small numbers stand for tokens

// A token is as many bytes as its number, so that byte offsets differ from token numbers.
TokenList tokens_of(const std::vector<std::uint64_t>& document) {
  TokenList tokens;
  std::size_t at = 0;
  for (const std::uint64_t token : document) {
    tokens.hashes.push_back((token + 1) * 0x9E3779B97F4A7C15u);
    tokens.spans.push_back({at, at + token + 1});
    at += token + 2;
  }
  return tokens;
}

std::vector<std::vector<RepeatedSpan>> find_spans(const Corpus& corpus, std::size_t least,
                                                  std::size_t keep, std::size_t memory) {
  RepeatWinnower winnower(least);
  RepeatJoin join("", memory);
  std::vector<RepeatFingerprint> fingerprints;
  for (std::uint32_t document = 0; document < corpus.size(); ++document) {
    winnower.winnow(tokens_of(corpus[document]).hashes, fingerprints);
    join.add(document, fingerprints);
  }
  DocumentRecords<RepeatPlace> places("", memory, corpus.size());
  std::vector<RepeatPlace> found;
  for (std::size_t i = 0; i < RepeatJoin::kPartitions; ++i) {
    join.match(i, found);
    for (const RepeatPlace& place : found) places.add(place);
  }
  RepeatResolver resolver(least, keep, "", memory);
  RepeatCandidates candidates;
  for (std::uint32_t document = 0; document < corpus.size(); ++document) {
    TokenList tokens = tokens_of(corpus[document]);
    found.clear();
    places.take(document, found);
    collect_candidates(least, tokens, found, candidates);
    resolver.add(document, candidates);
  }
  for (std::size_t i = 0; i < RepeatResolver::kPartitions; ++i) {
    std::vector<RepeatRun> runs;
    resolver.resolve(i, runs);
    resolver.take(runs);
  }
  std::vector<std::vector<RepeatedSpan>> spans(corpus.size());
  for (std::uint32_t document = 0; document < corpus.size(); ++document) {
    resolver.spans_of(document, spans[document]);
  }
  return spans;
}

struct Window {
  std::uint32_t document;
  std::size_t begin;
};

// By definition: every window of every document, and where it occurs.
using Windows = std::map<std::vector<std::uint64_t>, std::vector<Window>>;

Windows windows_of(const Corpus& corpus, std::size_t least) {
  Windows windows;
  for (std::uint32_t d = 0; d < corpus.size(); ++d) {
    for (std::size_t i = 0; i + least <= corpus[d].size(); ++i) {
      const auto begin = corpus[d].begin() + static_cast<std::ptrdiff_t>(i);
      windows[{begin, begin + static_cast<std::ptrdiff_t>(least)}].push_back({d, i});
    }
  }
  return windows;
}

std::vector<std::vector<bool>> surplus_tokens(const Corpus& corpus, const Windows& windows,
                                              std::size_t least, std::size_t keep) {
  std::vector<std::vector<bool>> surplus;
  for (const auto& document : corpus) surplus.emplace_back(document.size());
  for (const auto& [text, places] : windows) {
    if (places.size() < 2) continue;
    for (std::size_t rank = keep; rank < places.size(); ++rank) {
      const Window& first = places[0];
      const Window& copy = places[rank];
      const bool overlaps =
          rank > 0 && first.document == copy.document && first.begin + least > copy.begin;
      for (std::size_t i = overlaps ? copy.begin + least - 1 : copy.begin; i < copy.begin + least;
           ++i) {
        surplus[copy.document][i] = true;
      }
    }
  }
  return surplus;
}

// Text that repeats in all the ways there are: copies of stretches, over documents and within one,
// overlapping themselves, cut by changed tokens.
Corpus random_corpus(std::mt19937& random, std::size_t longest_part) {
  Corpus corpus(1 + random() % 8);
  const std::uint64_t vocabulary = random() % 4 == 0 ? 1 + random() % 3 : 50 + random() % 50;
  for (std::size_t d = 0; d < corpus.size(); ++d) {
    for (std::size_t part = 0, parts = random() % 6; part < parts; ++part) {
      const auto& source = corpus[random() % (d + 1)];
      const std::size_t size = random() % longest_part;
      if (random() % 2 == 0 && !source.empty()) {
        const std::vector<std::uint64_t> copied(source);
        const std::size_t begin = random() % copied.size();
        for (std::size_t i = begin; i < std::min(begin + size, copied.size()); ++i) {
          corpus[d].push_back(random() % longest_part == 0 ? random() % vocabulary : copied[i]);
        }
      } else {
        for (std::size_t i = 0; i < size; ++i) corpus[d].push_back(random() % vocabulary);
      }
    }
  }
  return corpus;
}

struct Found {
  std::size_t spans = 0, documents_without = 0;
};

void check_against_definition(const Corpus& corpus, std::size_t least, std::size_t keep,
                              std::size_t memory, Found& found) {
  const auto expected = surplus_tokens(corpus, windows_of(corpus, least), least, keep);
  const auto spans = find_spans(corpus, least, keep, memory);
  for (std::uint32_t d = 0; d < corpus.size(); ++d) {
    std::vector<bool> surplus(corpus[d].size());
    std::size_t last_end = 0;
    for (const RepeatedSpan& span : spans[d]) {
      BOOST_TEST_REQUIRE(span.document == d);
      BOOST_TEST_REQUIRE(span.begin < span.end);
      BOOST_TEST_REQUIRE(span.end <= corpus[d].size());
      if (last_end > 0) BOOST_TEST(span.begin > last_end);
      last_end = span.end;
      for (std::size_t i = span.begin; i < span.end; ++i) surplus[i] = true;
      ++found.spans;
    }
    BOOST_TEST((surplus == expected[d]));
    found.documents_without += spans[d].empty();
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(repeats)

BOOST_AUTO_TEST_CASE(every_repeat_is_found_and_nothing_else) {
  Found found;
  for (unsigned seed = 1; seed <= 3000; ++seed) {
    std::mt19937 random(seed);
    const Corpus corpus = random_corpus(random, 40);
    const std::size_t least = 4 + random() % 12;
    const std::size_t keep = random() % 4;
    BOOST_TEST_CONTEXT("seed " << seed << " least " << least << " keep " << keep) {
      check_against_definition(corpus, least, keep, seed % 2 == 0 ? 1 : 1 << 20, found);
    }
  }
  BOOST_TEST(found.spans > 1000u);
  BOOST_TEST(found.documents_without > 1000u);
}

// So long that the fingerprints are no longer in proportion to what is looked for.
BOOST_AUTO_TEST_CASE(every_long_repeat_is_found_and_nothing_else) {
  Found found;
  for (unsigned seed = 1; seed <= 100; ++seed) {
    std::mt19937 random(seed);
    const Corpus corpus = random_corpus(random, 700);
    const std::size_t least = 150 + random() % 100;
    BOOST_TEST_CONTEXT("seed " << seed << " least " << least) {
      check_against_definition(corpus, least, random() % 3, 1 << 20, found);
    }
  }
  BOOST_TEST(found.spans > 50u);
  BOOST_TEST(found.documents_without > 50u);
}

BOOST_AUTO_TEST_CASE(count_and_first_copy_are_those_of_the_longest_repeat) {
  std::mt19937 random(7);
  std::vector<std::uint64_t> passage, other;
  for (int i = 0; i < 30; ++i) passage.push_back(100 + random() % 900);
  for (int i = 0; i < 12; ++i) other.push_back(2000 + random() % 900);
  Corpus corpus(4);
  corpus[0] = {1, 2, 3};
  corpus[0].insert(corpus[0].end(), passage.begin(), passage.end());
  corpus[1] = other;
  corpus[2] = passage;
  corpus[2].insert(corpus[2].end(), other.begin(), other.end());
  corpus[3] = other;
  corpus[3].insert(corpus[3].begin(), {5, 6});
  const auto spans = find_spans(corpus, 10, 1, 1 << 20);
  BOOST_TEST(spans[0].empty());
  BOOST_TEST(spans[1].empty());
  BOOST_REQUIRE(spans[2].size() == 1u);
  BOOST_TEST(spans[2][0].begin == 0u);
  BOOST_TEST(spans[2][0].end == 42u);
  BOOST_TEST(spans[2][0].count == 2u);
  BOOST_TEST(spans[2][0].first_document == 0u);
  BOOST_TEST(spans[2][0].first_begin == tokens_of(corpus[0]).spans[3].begin);
  BOOST_REQUIRE(spans[3].size() == 1u);
  BOOST_TEST(spans[3][0].begin == 2u);
  BOOST_TEST(spans[3][0].count == 3u);
  BOOST_TEST(spans[3][0].first_document == 1u);
}

// A fingerprint at thousands of places with different surroundings must not be compared pair by
// pair: this takes seconds if it is.
BOOST_AUTO_TEST_CASE(many_copies_take_linear_time) {
  std::mt19937 random(11);
  std::vector<std::uint64_t> passage;
  for (int i = 0; i < 60; ++i) passage.push_back(random() % 100'000);
  Corpus corpus(6000);
  std::uint64_t next = 100'000;
  for (auto& document : corpus) {
    for (int i = 0; i < 20; ++i) document.push_back(next++);
    document.insert(document.end(), passage.begin(), passage.end());
    for (int i = 0; i < 20; ++i) document.push_back(next++);
  }
  const auto spans = find_spans(corpus, 50, 2, 1 << 16);
  for (std::size_t d = 0; d < corpus.size(); ++d) {
    BOOST_REQUIRE(spans[d].size() == (d < 2 ? 0u : 1u));
    if (d < 2) continue;
    BOOST_TEST(spans[d][0].begin == 20u);
    BOOST_TEST(spans[d][0].end == 80u);
    BOOST_TEST(spans[d][0].count == 6000u);
  }
}

BOOST_AUTO_TEST_CASE(windows_belong_to_one_fingerprint_each) {
  std::mt19937 random(3);
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<std::uint64_t> tokens;
    for (std::size_t i = 0; i < size; ++i) tokens.push_back(random() % 5 * 0x9E3779B97F4A7C15u);
    RepeatWinnower winnower(20);
    std::vector<RepeatFingerprint> fingerprints;
    winnower.winnow(tokens, fingerprints);
    std::size_t next = 0;
    for (const RepeatFingerprint& fingerprint : fingerprints) {
      BOOST_TEST(fingerprint.first_window == next);
      next += fingerprint.windows;
      const std::size_t position = fingerprint.first_window + fingerprint.lead;
      BOOST_TEST(position >= next - 1);
      BOOST_TEST(position + winnower.gram_tokens() <= fingerprint.first_window + 20u);
    }
    BOOST_TEST(next == (size < 20 ? 0 : size - 19));
  }
  BOOST_CHECK_THROW(RepeatWinnower(3), Error);
  BOOST_CHECK_THROW(RepeatWinnower(10'001), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
