// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/fingerprinter.h"

#include <array>
#include <string>
#include <vector>

#include <boost/test/unit_test.hpp>

#include "copydesk/error.h"
#include "copydesk/sketch/simhash.h"

namespace copydesk {
namespace {

const std::string kText = "The committee met on Tuesday; the chair left. The budget passed.";

std::vector<std::uint64_t> words_of(const std::string& text) {
  Tokenizer tokenizer;
  TokenList tokens;
  tokenizer.tokenize(text, tokens);
  return tokens.hashes;
}

Fingerprint128 fingerprint_of(const SimHashOptions& options, const CorpusIdf* idf,
                              const ShingleOptions& shingles = {}) {
  Shingler shingler(shingles);
  ShingledText shingled;
  shingler.shingle(kText, shingled);
  std::array<std::uint64_t, 2> out{};
  Fingerprinter(options, idf)
      .fingerprint(kText, shingler, shingled, std::span(out).first(options.words()));
  return {out[0], out[1]};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(fingerprinter)

BOOST_AUTO_TEST_CASE(plain_words_and_shingles) {
  const std::vector<std::uint64_t> words = words_of(kText);
  SimHashOptions options;
  BOOST_TEST((fingerprint_of(options, nullptr) == Fingerprint128{simhash_64(words), 0}));
  // Characters for shingles change nothing about words.
  BOOST_TEST((fingerprint_of(options, nullptr, {ShingleUnit::kCharacter, 9}) ==
              Fingerprint128{simhash_64(words), 0}));
  options.bits = 128;
  BOOST_TEST((fingerprint_of(options, nullptr) == simhash_128(words)));

  options.features = SimHashFeatures::kShingles;
  for (const ShingleUnit unit : {ShingleUnit::kWord, ShingleUnit::kCharacter}) {
    Shingler shingler({unit, 3});
    ShingledText shingled;
    shingler.shingle(kText, shingled);
    BOOST_TEST((fingerprint_of(options, nullptr, {unit, 3}) == simhash_128(shingled.shingles)));
  }
}

BOOST_AUTO_TEST_CASE(weighted_words) {
  CorpusIdf idf;
  for (int i = 0; i < 99; ++i) idf.add(words_of(i % 3 == 0 ? "the budget" : "the committee met"));
  SimHashOptions options;
  options.weights = SimHashWeights::kTfIdf;
  options.bits = 128;
  const std::vector<std::uint64_t> words = words_of(kText);
  std::vector<std::uint32_t> weights;
  for (const std::uint64_t word : words) weights.push_back(idf_weight(99, idf.frequency(word)));
  BOOST_TEST(weights[0] == 0U);             // "the", three times, is in all
  BOOST_TEST(weights[1] > 0U);              // "committee" in two thirds
  BOOST_TEST(weights[3] > 5 * weights[1]);  // "on" in none
  const Fingerprint128 weighted = fingerprint_of(options, &idf);
  BOOST_TEST((weighted == simhash_128(words, weights)));
  options.weights = SimHashWeights::kPlain;
  BOOST_TEST((weighted != fingerprint_of(options, &idf)));
}

BOOST_AUTO_TEST_CASE(options_out_of_range_are_refused) {
  const auto refused = [](const SimHashOptions& options, const std::string& name) {
    BOOST_CHECK_EXCEPTION(check(options), Error, [&](const Error& error) {
      return error.code() == ErrorCode::kInvalidOption && error.where() == name;
    });
  };
  SimHashOptions options;
  BOOST_CHECK_NO_THROW(check(options));
  options.bits = 96;
  refused(options, "--simhash-bits");
  options.bits = 64;
  options.distance = 9;
  refused(options, "--distance");
  options.bits = 128;
  options.distance = 16;
  BOOST_CHECK_NO_THROW(check(options));
  options.weights = SimHashWeights::kTfIdf;
  BOOST_CHECK_NO_THROW(check(options));
  options.features = SimHashFeatures::kShingles;
  refused(options, "--simhash-weights");
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
