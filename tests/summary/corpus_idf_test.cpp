// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <cmath>
#include <random>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/summary/corpus_idf.h"

using namespace copydesk;

namespace {

std::vector<std::vector<std::uint64_t>> make_documents(std::size_t count) {
  std::mt19937_64 random(3);
  std::vector<std::vector<std::uint64_t>> documents;
  for (std::size_t d = 0; d < count; ++d) {
    std::set<std::uint64_t> terms;
    for (int i = 0; i < 50; ++i)
      terms.insert((1 + random() % (1 + random() % 5000)) * 0x9E3779B97F4A7C15u);
    documents.emplace_back(terms.begin(), terms.end());
  }
  return documents;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(corpus_idf)

BOOST_AUTO_TEST_CASE(frequencies_are_never_low_and_seldom_high) {
  const auto documents = make_documents(500);
  CorpusIdf idf(20);
  std::unordered_map<std::uint64_t, std::uint32_t> truth;
  for (const auto& document : documents) {
    idf.add(document);
    for (const std::uint64_t term : document) ++truth[term];
  }
  BOOST_TEST(idf.documents() == 500U);
  std::size_t wrong = 0;
  for (const auto& [term, count] : truth) {
    BOOST_REQUIRE(idf.frequency(term) >= count);
    wrong += idf.frequency(term) != count ? 1 : 0;
  }
  BOOST_TEST(wrong * 100 < truth.size());
  BOOST_TEST(std::abs(idf.weight(12345) - std::log(501.0 / 0.5)) < 1e-4);
}

BOOST_AUTO_TEST_CASE(parts_add_up_in_any_order) {
  const auto documents = make_documents(200);
  CorpusIdf whole(12), odd(12), even(12);
  for (std::size_t i = 0; i < documents.size(); ++i) {
    whole.add(documents[i]);
    (i % 2 == 0 ? even : odd).add(documents[i]);
  }
  CorpusIdf merged(12);
  merged.merge(odd);
  merged.merge(even);
  BOOST_TEST(merged.serialize() == whole.serialize());
  even.merge(odd);
  BOOST_TEST(even.serialize() == whole.serialize());
  BOOST_CHECK_THROW(whole.merge(CorpusIdf(13)), Error);
}

BOOST_AUTO_TEST_CASE(a_file_comes_back_and_damage_is_seen) {
  const auto documents = make_documents(20);
  CorpusIdf idf(10);
  for (const auto& document : documents) idf.add(document);
  std::string bytes = idf.serialize();
  BOOST_TEST(CorpusIdf::parse(bytes, "x").serialize() == bytes);
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{20}, bytes.size() / 2, bytes.size() - 1}) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    BOOST_CHECK_THROW((void)CorpusIdf::parse(damaged, "x"), Error);
  }
  for (const std::size_t size : {std::size_t{0}, std::size_t{10}, bytes.size() - 1}) {
    BOOST_CHECK_THROW((void)CorpusIdf::parse(bytes.substr(0, size), "x"), Error);
  }
  BOOST_CHECK_THROW(CorpusIdf(9), Error);
  BOOST_CHECK_THROW(CorpusIdf(29), Error);
}

BOOST_AUTO_TEST_CASE(a_file_says_whether_terms_are_stems) {
  const std::vector<std::uint64_t> terms = {1, 2, 3};
  CorpusIdf idf(12, "en");
  idf.add(terms);
  const CorpusIdf back = CorpusIdf::parse(idf.serialize(), "x");
  BOOST_TEST(back.stem() == "en");
  BOOST_TEST(back.documents() == 1U);
  BOOST_TEST(back.frequency(2) >= 1U);
  CorpusIdf words(12);
  BOOST_CHECK_THROW(words.merge(back), Error);
  std::string bytes = idf.serialize();
  bytes.erase(bytes.find('\n'), 1);
  BOOST_CHECK_THROW(CorpusIdf::parse(bytes, "x"), Error);
}

BOOST_AUTO_TEST_SUITE_END()
