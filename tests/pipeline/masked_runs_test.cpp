// SPDX-License-Identifier: Apache-2.0
//
// A run that masks boilerplate finds what a run over pages finds that were cleaned by hand: of every
// command, with every way to compare. A pass that looks at a text as it stands breaks this.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <regex>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "pipeline/small_corpora.h"

namespace copydesk {
namespace {

using namespace tests;

constexpr std::size_t kSites = 8;

// The same pages with their boilerplate and with blanks in its place, so that all offsets agree.
struct Pages {
  std::string whole, cleaned;
};

class PageWriter {
 public:
  explicit PageWriter(std::uint64_t seed) : random_(seed) {}

  std::string sentence() {
    std::string text = "X" + letters(random_.next() % 900);
    for (std::size_t left = 7 + random_.next() % 6; left > 0; --left) {
      text += " " + letters(random_.next() % 900);
    }
    return text + ".";
  }
  std::vector<std::string> story(std::size_t lines) {
    std::vector<std::string> story;
    for (; lines > 0; --lines) story.push_back(sentence() + " " + sentence());
    return story;
  }
  // Another word in one line: a near-duplicate.
  std::vector<std::string> edited(std::vector<std::string> story) {
    std::string& line = story[random_.next() % story.size()];
    line.replace(line.find(' ') + 1, 1, "x");
    return story;
  }

  void add(std::size_t site, const std::vector<std::string>& story, Pages& pages) {
    const std::string id = fmt::format("p{}", count_++);
    // Words that stories use, too, and more of them than a story has.
    const auto chrome = [&](std::size_t first) {
      std::vector<std::string> lines;
      for (std::size_t line = first; line < first + 12; ++line) {
        lines.push_back("Line");
        for (std::size_t i = 1; i < 12; ++i) {
          lines.back() += " " + letters((site * 131 + line * 17 + i * i) % 90);
        }
      }
      return lines;
    };
    const std::vector<std::string> above = chrome(0);
    const std::vector<std::string> below = chrome(12);
    std::string whole, cleaned;
    const auto append = [&](const std::vector<std::string>& lines, bool is_boilerplate) {
      for (const std::string& line : lines) {
        whole += line + "\\n";
        cleaned += (is_boilerplate ? std::string(line.size(), ' ') : line) + "\\n";
      }
    };
    append(above, true);
    append(story, false);
    append(below, true);
    const auto line = [&](const std::string& text) {
      return fmt::format(
          "{{\"id\":\"{}\",\"site\":\"s{}.example\",\"date\":\"2026-01-{:02}\",\"text\":\"{}\"}}\n",
          id, site, 1 + count_ % 28, text);
    };
    pages.whole += line(whole);
    pages.cleaned += line(cleaned);
  }

 private:
  RandomValues random_;
  std::size_t count_ = 0;
};

// Families on different sites, so that no line of a story is a site's: near-duplicates, stories
// within longer ones, copies, and stories by themselves. Most of a page is boilerplate.
Pages make_pages() {
  PageWriter writer(11);
  Pages pages;
  for (std::size_t family = 0; family < 12; ++family) {
    const std::vector<std::string> story = writer.story(4);
    writer.add(family % kSites, story, pages);
    writer.add((family + 1) % kSites, family % 3 == 0 ? story : writer.edited(story), pages);
    std::vector<std::string> longer = story;
    for (std::string& line : writer.story(12)) longer.push_back(std::move(line));
    writer.add((family + 2) % kSites, longer, pages);
    writer.add((family + 3) % kSites, writer.story(5), pages);
  }
  return pages;
}

// Both runs read a file of the same name, which appears in nothing they write.
template <class Run>
void check_equal(const Run& run) {
  const Pages pages = make_pages();
  const auto outputs_of = [&](const std::string& corpus, bool masked) {
    const TemporaryFolder folder;
    CorpusOptions options;
    options.inputs = {folder.write("in.jsonl", corpus)};
    options.work_folder = folder.path();
    options.threads = 2;
    TextMaskOptions mask;
    mask.site = masked;
    std::vector<std::string> outputs;
    for (const std::string& name : run(options, mask, folder)) {
      outputs.push_back(tests::without_places(folder.read(name)));
    }
    return outputs;
  };
  const std::vector<std::string> masked = outputs_of(pages.whole, true);
  const std::vector<std::string> cleaned = outputs_of(pages.cleaned, false);
  const std::vector<std::string> unmasked = outputs_of(pages.whole, false);
  BOOST_TEST(masked == cleaned, boost::test_tools::per_element());
  // Otherwise this would show nothing.
  BOOST_TEST(masked != unmasked);
}

struct Comparison {
  const char* name;
  CandidateMethod method;
  SimHashWeights weights;
  ShingleUnit unit;
};

constexpr Comparison kComparisons[] = {
    {"minhash of words", CandidateMethod::kMinHash, SimHashWeights::kPlain, ShingleUnit::kWord},
    {"minhash of characters", CandidateMethod::kMinHash, SimHashWeights::kPlain,
     ShingleUnit::kCharacter},
    {"simhash, words", CandidateMethod::kSimHash, SimHashWeights::kPlain, ShingleUnit::kWord},
    {"simhash, characters", CandidateMethod::kSimHash, SimHashWeights::kPlain,
     ShingleUnit::kCharacter},
    {"simhash, weighted, words", CandidateMethod::kSimHash, SimHashWeights::kTfIdf,
     ShingleUnit::kWord},
    {"simhash, weighted, characters", CandidateMethod::kSimHash, SimHashWeights::kTfIdf,
     ShingleUnit::kCharacter},
};

NearDuplicateOptions search_options(const Comparison& comparison, const CorpusOptions& corpus,
                                    const TextMaskOptions& mask) {
  NearDuplicateOptions search;
  search.corpus = corpus;
  search.mask = mask;
  search.method = comparison.method;
  search.simhash.weights = comparison.weights;
  search.simhash.distance = 8;
  search.shingles.unit = comparison.unit;
  search.threshold = 0.7;
  return search;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(masked_runs)

BOOST_AUTO_TEST_CASE(dedup_finds_what_it_finds_in_cleaned_pages) {
  for (const Comparison& comparison : kComparisons) {
    for (const double contained : {0.0, 0.95}) {
      BOOST_TEST_CONTEXT(comparison.name << ", contained " << contained) {
        check_equal([&](const CorpusOptions& corpus, const TextMaskOptions& mask,
                        const TemporaryFolder& folder) {
          DedupOptions options;
          options.search = search_options(comparison, corpus, mask);
          options.containment = contained;
          options.decisions_path = folder.path("decisions");
          options.clusters_path = folder.path("clusters");
          run_dedup(options, {});
          return std::vector<std::string>{"decisions", "clusters"};
        });
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(pairs_finds_what_it_finds_in_cleaned_pages) {
  for (const Comparison& comparison : kComparisons) {
    BOOST_TEST_CONTEXT(comparison.name) {
      check_equal([&](const CorpusOptions& corpus, const TextMaskOptions& mask,
                      const TemporaryFolder& folder) {
        PairsOptions options;
        options.search = search_options(comparison, corpus, mask);
        options.pairs_path = folder.path("pairs");
        run_pairs(options, {});
        return std::vector<std::string>{"pairs"};
      });
    }
  }
}

BOOST_AUTO_TEST_CASE(reuse_finds_what_it_finds_in_cleaned_pages) {
  check_equal(
      [](const CorpusOptions& corpus, const TextMaskOptions& mask, const TemporaryFolder& folder) {
        ReuseOptions options;
        options.corpus = corpus;
        options.mask = mask;
        options.passages_path = folder.path("passages");
        options.pairs_path = folder.path("pairs");
        options.families_path = folder.path("families");
        run_reuse(options, {});
        return std::vector<std::string>{"passages", "pairs", "families"};
      });
}

BOOST_AUTO_TEST_CASE(summarize_chooses_what_it_chooses_in_cleaned_pages) {
  for (const bool by_family : {false, true}) {
    BOOST_TEST_CONTEXT("families " << by_family) {
      check_equal([&](const CorpusOptions& corpus, const TextMaskOptions& mask,
                      const TemporaryFolder& folder) {
        SummarizeOptions options;
        options.corpus = corpus;
        options.mask = mask;
        options.by_family = by_family;
        options.corpus.fields.order = "site";
        options.summary.selection.budget.sentences = 2;
        options.output_path = folder.path("abstracts");
        options.idf_out_path = folder.path("idf");
        run_summarize(options, {});
        return std::vector<std::string>{"abstracts", "idf"};
      });
    }
  }
}

BOOST_AUTO_TEST_CASE(split_divides_as_it_divides_cleaned_pages) {
  for (const SplitMethod method : {SplitMethod::kPages, SplitMethod::kProse}) {
    BOOST_TEST_CONTEXT("method " << static_cast<int>(method)) {
      check_equal([&](const CorpusOptions& corpus, const TextMaskOptions& mask,
                      const TemporaryFolder& folder) {
        SplitOptions options;
        options.corpus = corpus;
        options.mask = mask;
        options.method = method;
        options.clean = true;
        options.output_path = folder.path("stories");
        run_split(options, {});
        // Of lines that are left out nothing stays, of those that were blanked the blanks do.
        // Bodies are told by offsets, which count the blanks.
        static const std::regex kBlankLines(R"((\\n|")( *\\n)+)");
        static const std::regex kBodies(R"(,"copydesk_body":\[[^\n]*\]\})");
        const std::string stories =
            std::regex_replace(folder.read("stories"), kBlankLines, "$1");
        folder.write("stories", std::regex_replace(stories, kBodies, "}"));
        return std::vector<std::string>{"stories"};
      });
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
