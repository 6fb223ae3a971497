// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

// Words without digits.
std::string word(std::size_t number) {
  std::string text;
  for (std::size_t rest = number + 26; rest > 0; rest /= 26) {
    text += static_cast<char>('a' + rest % 26);
  }
  return text;
}

using Words = std::vector<std::string>;

std::string join(const Words& words) {
  std::string text;
  for (const std::string& next : words) text += (text.empty() ? "" : " ") + next;
  return text;
}

// Documents of three paragraphs: families of notices, edited in up to a fifth of their words, some of
// them equal, among paragraphs of nobody else.
struct Corpus {
  std::string lines;
  std::vector<Words> paragraphs;  // in the order of the input, three a document
};

Corpus make_corpus(unsigned seed, std::size_t documents) {
  std::mt19937 random(seed);
  std::vector<Words> notices;
  for (std::size_t i = 0; i < 12; ++i) {
    notices.emplace_back();
    for (std::size_t n = 20 + random() % 60; n > 0; --n) {
      notices.back().push_back(word(random() % 3000));
    }
  }
  Corpus corpus;
  for (std::size_t i = 0; i < documents; ++i) {
    std::string text;
    for (int part = 0; part < 3; ++part) {
      Words words;
      if (random() % 3 != 0) {
        words = notices[random() % notices.size()];
        for (std::size_t edits = random() % (words.size() / 5); edits > 0; --edits) {
          words[random() % words.size()] = word(random() % 3000);
        }
      } else {
        for (int n = 0; n < 30; ++n) words.push_back(word(random() % 3000));
      }
      text += (part > 0 ? "\\n\\n" : "") + join(words);
      corpus.paragraphs.push_back(std::move(words));
    }
    corpus.lines += fmt::format("{{\"id\":\"{}\",\"text\":\"{}\"}}\n", i, text);
  }
  return corpus;
}

double likeness(const Words& a, const Words& b, std::size_t size) {
  const auto shingles = [&](const Words& words) {
    std::set<Words> set;
    for (std::size_t i = 0; i + size <= words.size(); ++i) {
      set.emplace(words.begin() + static_cast<std::ptrdiff_t>(i),
                  words.begin() + static_cast<std::ptrdiff_t>(i + size));
    }
    return set;
  };
  const std::set<Words> x = shingles(a), y = shingles(b);
  std::size_t shared = 0;
  for (const Words& shingle : x) shared += y.count(shingle);
  return static_cast<double>(shared) / static_cast<double>(x.size() + y.size() - shared);
}

// For each paragraph the one that leads its group, by comparing all pairs.
std::vector<std::size_t> leaders_of(const std::vector<Words>& paragraphs, double least) {
  std::vector<std::size_t> leaders;
  for (std::size_t i = 0; i < paragraphs.size(); ++i) {
    leaders.push_back(i);
    for (std::size_t j = 0; j < i; ++j) {
      if (leaders[j] != j || likeness(paragraphs[i], paragraphs[j], 2) < least) continue;
      leaders[i] = j;
      break;
    }
  }
  return leaders;
}

std::string number_of(const std::string& line, const std::string& key) {
  const std::size_t begin = line.find('"' + key + "\":") + key.size() + 3;
  return line.substr(begin, line.find_first_of(",}", begin) - begin);
}

struct NearRun {
  std::string output;
  BlocksResult result;
};

NearRun run(const TemporaryFolder& folder, const std::string& corpus, double near,
            const auto& change) {
  BlocksOptions options;
  options.mask.page = options.mask.site = false;
  options.paragraphs = true;
  options.near = near;
  options.least_paragraph_bytes = 1;
  options.corpus.inputs = {folder.write("in.jsonl", corpus)};
  options.output_path = folder.path() + "/out.jsonl";
  change(options);
  NearRun run;
  run.result = run_blocks(options, {});
  run.output = folder.read("out.jsonl");
  return run;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(near_paragraphs)

BOOST_AUTO_TEST_CASE(groups_are_those_of_all_pairs) {
  const TemporaryFolder folder;
  std::size_t expected = 0, found = 0;
  for (unsigned seed = 1; seed <= 4; ++seed) {
    const Corpus corpus = make_corpus(seed, 200);
    const std::vector<std::size_t> leaders = leaders_of(corpus.paragraphs, .8);
    const NearRun all = run(folder, corpus.lines, .8, [](BlocksOptions&) {});
    std::set<std::pair<std::string, std::string>> blocks;  // document and place, first document
    for (const std::string& line : lines_of(all.output)) {
      blocks.emplace(value_of(line, "id") + ":" + number_of(line, "begin"),
                     value_of(line, "first_id") + ":" + number_of(line, "first_begin"));
    }
    std::size_t begin = 0;
    std::vector<std::string> places;
    for (std::size_t i = 0; i < corpus.paragraphs.size(); ++i) {
      if (i % 3 == 0) begin = 0;
      places.push_back(fmt::format("{}:{}", i / 3, begin));
      begin += join(corpus.paragraphs[i]).size() + 2;
    }
    std::size_t right = 0;
    for (std::size_t i = 0; i < leaders.size(); ++i) {
      if (leaders[i] == i) continue;
      ++expected;
      right += blocks.count({places[i], places[leaders[i]]});
    }
    BOOST_TEST(right == blocks.size());  // nothing else is a block
    found += right;
    BOOST_TEST(all.result.summary.paragraphs == corpus.paragraphs.size());
    BOOST_TEST(all.result.summary.near_pairs > 0U);
  }
  BOOST_TEST(expected > 400U);
  BOOST_TEST(100 * found >= 99 * expected);
}

BOOST_AUTO_TEST_CASE(memory_and_threads_change_nothing) {
  const TemporaryFolder folder;
  const Corpus corpus = make_corpus(7, 1500);
  const NearRun plain = run(folder, corpus.lines, .7, [](BlocksOptions&) {});
  BOOST_TEST(plain.result.summary.disk_bytes == 0U);
  const NearRun small = run(folder, corpus.lines, .7, [](BlocksOptions& options) {
    options.corpus.threads = 3;
    options.corpus.memory_bytes = std::uint64_t{1} << 20;
    options.corpus.reading.batch_bytes = 5000;
  });
  BOOST_TEST(small.result.summary.disk_bytes > 0U);
  BOOST_TEST((small.output == plain.output));
}

// As for equal paragraphs: how many copies make one repeated and how many stay is asked of groups.
BOOST_AUTO_TEST_CASE(groups_are_counted_and_kept) {
  const TemporaryFolder folder;
  const auto line = [](int id, const std::string& text) {
    return fmt::format("{{\"id\":\"{}\",\"text\":\"{}\"}}\n", id, text);
  };
  const std::string words =
      "for tickets to the harbor tour please call our office in the old customs house and ask for ";
  const std::string corpus = line(1, words + "Ann") + line(2, words + "Bob") +
                             line(3, words + "Ann") + line(4, "nothing of the kind stands here");
  const auto count = [&](const auto& change) {
    return lines_of(run(folder, corpus, .8, change).output).size();
  };
  BOOST_TEST(count([](BlocksOptions&) {}) == 2U);
  BOOST_TEST(count([](BlocksOptions& options) { options.near = 0; }) == 1U);
  BOOST_TEST(count([](BlocksOptions& options) { options.near = .99; }) == 1U);
  BOOST_TEST(count([](BlocksOptions& options) { options.keep = 0; }) == 3U);
  BOOST_TEST(count([](BlocksOptions& options) { options.keep = 2; }) == 1U);
  BOOST_TEST(count([](BlocksOptions& options) { options.least_count = 4; }) == 0U);
  const NearRun all = run(folder, corpus, .8, [](BlocksOptions&) {});
  BOOST_TEST(all.output.find("\"kind\":\"near-paragraph\",\"count\":3,\"first_id\":\"1\"") !=
             std::string::npos);
  BOOST_TEST(all.output.find("\"kind\":\"paragraph\",\"count\":3,\"first_id\":\"1\"") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(options_out_of_range) {
  const TemporaryFolder folder;
  for (const double near : {-.5, 1.5}) {
    BOOST_CHECK_THROW(run(folder, "", near, [](BlocksOptions&) {}), Error);
  }
  BOOST_CHECK_THROW(
      run(folder, "", .8, [](BlocksOptions& options) { options.near_shingles.size = 0; }), Error);
  BOOST_CHECK_THROW(run(folder, "", .8, [](BlocksOptions& options) { options.spans = true; }),
                    Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
