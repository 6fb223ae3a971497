// SPDX-License-Identifier: Apache-2.0
//
// The truth files, read back and held against the texts they speak of.
#include "generate/truth_files.h"

#include <simdjson.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <map>
#include <set>

#include "datasets/corpus_fixture.h"

using namespace copydesk::datasets;
using simdjson::dom::element;

namespace {

class Truth {
 public:
  explicit Truth(std::string_view plan, std::uint64_t documents = 1500, bool siblings = false)
      : folder_(std::filesystem::temp_directory_path() /
                ("copydesk-truth-" + std::to_string(::getpid()))) {
    Corpus corpus(corpus_options(plan));
    TruthFiles files({folder_.string(), documents, true, siblings});
    printed.resize(documents);
    for (std::uint64_t number = 0; number < documents; ++number) {
      corpus.print(number, printed[number]);
      files.add(printed[number], corpus.site_name(printed[number].site));
    }
    files.commit();
  }
  ~Truth() { std::filesystem::remove_all(folder_); }

  template <typename Visit>
  std::size_t read(const std::string& name, Visit visit) const {
    simdjson::dom::parser parser;
    const auto bytes = simdjson::padded_string::load((folder_ / name).string()).value();
    std::size_t lines = 0;
    if (bytes.size() == 0) return lines;
    for (const element record : parser.parse_many(bytes)) {
      visit(record);
      ++lines;
    }
    return lines;
  }

  [[nodiscard]] const Printed& of(std::string_view id) const {
    return printed.at(std::stoul(std::string(id.substr(1))) - 1);
  }
  [[nodiscard]] std::string cut(std::string_view id, std::uint64_t begin, std::uint64_t end) const {
    const std::string& text = of(id).story.text;
    BOOST_TEST_REQUIRE(begin <= end);
    BOOST_TEST_REQUIRE(end <= text.size());
    return text.substr(begin, end - begin);
  }

  std::vector<Printed> printed;

 private:
  std::filesystem::path folder_;
};

std::string text_at(const Truth& truth, element record, const char* id, const char* begin,
                    const char* end) {
  return truth.cut(std::string_view(record[id]), std::uint64_t(record[begin]),
                   std::uint64_t(record[end]));
}

bool edits_inside(std::string_view kind) {
  return kind.starts_with("words") || kind.starts_with("ocr") || kind == "case" ||
         kind == "punctuation" || kind == "quotes" || kind == "white_space" ||
         kind == "unicode_form" || kind == "family";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(truth)

BOOST_AUTO_TEST_CASE(passages_are_exact) {
  for (const char* plan : {"default", "pairs", "pages"}) {
    const Truth truth(plan);
    std::set<std::string> verbatim;
    const std::size_t lines = truth.read("passages.jsonl", [&](element record) {
      const std::string kind{std::string_view(record["kind"])};
      const std::string copy = text_at(truth, record, "copy", "copy_begin", "copy_end");
      const std::string source = text_at(truth, record, "source", "source_begin", "source_end");
      BOOST_TEST_REQUIRE(!copy.empty());
      if (edits_inside(kind)) {
        // The run still begins and ends with the same paragraph: the sizes cannot be far apart.
        BOOST_TEST(copy.size() < 2 * source.size() + 40, kind);
        BOOST_TEST(source.size() < 2 * copy.size() + 40, kind);
      } else {
        BOOST_TEST_REQUIRE((copy == source), kind);
        verbatim.insert(kind);
      }
    });
    BOOST_TEST(lines > 300);
    BOOST_TEST(verbatim.contains("embedded"));
  }
}

BOOST_AUTO_TEST_CASE(passages_cover_what_was_kept) {
  const Truth truth("pairs");
  std::map<std::string, std::uint64_t> covered;
  truth.read("passages.jsonl", [&](element record) {
    covered[std::string(std::string_view(record["copy"]))] +=
        std::uint64_t(record["copy_end"]) - std::uint64_t(record["copy_begin"]);
  });
  for (const Printed& printed : truth.printed) {
    if (printed.kind != Kind::kExact && printed.kind != Kind::kTrimmedHalf) continue;
    BOOST_TEST(covered[document_id(printed.number)] == printed.story.text.size());
  }
}

BOOST_AUTO_TEST_CASE(blocks_are_exact) {
  const Truth truth("pages");
  std::map<std::uint64_t, std::set<std::string>> wordings;
  std::map<std::uint64_t, std::uint64_t> counts;
  std::set<std::string> kinds;
  std::map<std::string, std::vector<std::pair<std::uint64_t, std::uint64_t>>> spans;
  truth.read("blocks.jsonl", [&](element record) {
    const std::string text = text_at(truth, record, "id", "begin", "end");
    const std::string id{std::string_view(record["id"])};
    kinds.emplace(std::string_view(record["kind"]));
    spans[id].emplace_back(std::uint64_t(record["begin"]), std::uint64_t(record["end"]));
    std::uint64_t value = 0;
    if (record["block"].get(value) == simdjson::SUCCESS) {
      wordings[value].insert(text);
      ++counts[value];
    }
    if (record["first_begin"].get(value) == simdjson::SUCCESS) {
      BOOST_TEST((truth.cut(id, value, value + text.size()) == text));
      BOOST_TEST(value < std::uint64_t(record["begin"]));
      BOOST_TEST(std::uint64_t(record["count"]) >= 2);
    }
  });
  BOOST_TEST((kinds == std::set<std::string>{"title_repeat", "caption_repeat", "chrome", "related",
                                             "boilerplate"}));
  for (const auto& [block, texts] : wordings) BOOST_TEST(texts.size() == 1);
  const std::size_t counted = truth.read("block_counts.jsonl", [&](element record) {
    BOOST_TEST(counts[std::uint64_t(record["block"])] == std::uint64_t(record["count"]));
  });
  BOOST_TEST(counted == counts.size());
  // Blocks and content share the text out among them: nothing else is left but line feeds.
  for (const auto& [id, blocks] : spans) {
    const Story& story = truth.of(id).story;
    std::string rest = story.text;
    for (const auto& [begin, end] : blocks) {
      std::fill_n(rest.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, '\n');
    }
    for (const Part& part : story.parts) {
      if (is_content(part.kind))
        rest.replace(part.span.begin, part.span.size(), part.span.size(), '\n');
    }
    BOOST_TEST(rest.find_first_not_of('\n') == std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(stories_begin_with_their_title) {
  const Truth truth("pages");
  std::map<std::string, int> stories;
  std::size_t with_source = 0;
  truth.read("stories.jsonl", [&](element record) {
    const std::string text = text_at(truth, record, "id", "begin", "end");
    BOOST_TEST((text.starts_with(std::string_view(record["title"]))));
    ++stories[std::string(std::string_view(record["id"]))];
    std::string_view source;
    if (record["source"].get(source) != simdjson::SUCCESS) return;
    ++with_source;
    BOOST_TEST((text == truth.of(source).story.text));
  });
  BOOST_TEST(with_source > 200);
  for (const Printed& printed : truth.printed) {
    if (printed.kind != Kind::kGlued) continue;
    BOOST_TEST(stories[document_id(printed.number)] == static_cast<int>(printed.sources.size()));
    BOOST_TEST(printed.sources.size() >= 2);
  }
}

BOOST_AUTO_TEST_CASE(families_have_one_original_and_times_that_fit) {
  const Truth truth("families", 3000);
  std::map<std::uint64_t, std::set<std::string>> outlets;
  std::map<std::uint64_t, std::string> originals;
  std::size_t copies_of_copies = 0, before_their_source = 0;
  const std::size_t members = truth.read("families.jsonl", [&](element record) {
    const std::uint64_t family = record["family"];
    const std::string id{std::string_view(record["id"])};
    const bool is_new = outlets[family].emplace(std::string_view(record["outlet"])).second;
    BOOST_TEST(is_new, "an outlet prints a story once");
    std::string_view parent, original;
    if (record["original"].get(original) == simdjson::SUCCESS) {
      const auto known = originals.emplace(family, original).first;
      BOOST_TEST(known->second == original);
      BOOST_TEST(document_id(family - 1) == original);
    }
    if (record["parent"].get(parent) != simdjson::SUCCESS) return;
    BOOST_TEST(std::string_view(record["date"]) > date_of(truth.of(parent).minutes));
    copies_of_copies += parent != original ? 1 : 0;
    before_their_source += id < parent ? 1 : 0;
  });
  BOOST_TEST(members > 1800);
  BOOST_TEST(copies_of_copies > members / 8);
  // The place in the stream says nothing about who was first.
  BOOST_TEST(before_their_source > members / 4);
  std::size_t largest = 0;
  for (const auto& [family, names] : outlets) largest = std::max(largest, names.size());
  BOOST_TEST(largest > 50);
  BOOST_TEST(largest <= 200);
}

// A member of a family may come before its parent, so a corpus can end between the two.
BOOST_AUTO_TEST_CASE(no_file_names_a_document_behind_the_end) {
  constexpr std::size_t kDocuments = 700;
  const Truth truth("families", kDocuments);
  const std::string last = document_id(kDocuments - 1);
  std::size_t cut_off = 0;
  truth.read("families.jsonl", [&](element record) {
    std::string_view name;
    const bool has_parent = record["parent"].get(name) == simdjson::SUCCESS;
    const bool has_original = record["original"].get(name) == simdjson::SUCCESS;
    cut_off += !has_parent && (!has_original || name != std::string_view(record["id"])) ? 1 : 0;
  });
  BOOST_TEST(cut_off > 0);
  const std::vector<std::pair<const char*, std::vector<const char*>>> fields = {
      {"pairs.jsonl", {"a", "b"}},
      {"passages.jsonl", {"copy", "source"}},
      {"stories.jsonl", {"id", "source"}},
      {"families.jsonl", {"id", "parent", "original"}}};
  for (const auto& [file, names] : fields) {
    truth.read(file, [&, &file_name = file, &names_of = names](element record) {
      for (const char* name : names_of) {
        std::string_view id;
        if (record[name].get(id) == simdjson::SUCCESS) BOOST_TEST(id <= last, file_name);
      }
    });
  }
}

BOOST_AUTO_TEST_CASE(clusters_hold_the_copies_and_nothing_else) {
  const Truth truth("default", 3000, true);
  std::map<std::string, std::uint64_t> cluster_of;
  std::size_t pairs_in_clusters = 0;
  truth.read("clusters.jsonl", [&](element record) {
    std::size_t size = 0;
    for (const element id : simdjson::dom::array(record["ids"])) {
      const bool is_new =
          cluster_of.emplace(std::string_view(id), std::uint64_t(record["cluster"])).second;
      BOOST_TEST(is_new, "clusters do not overlap");
      const Kind kind = truth.of(std::string_view(id)).kind;
      BOOST_TEST((is_copy(kind) || kind == Kind::kStory || kind == Kind::kFamily));
      ++size;
    }
    BOOST_TEST(size >= 2);
    pairs_in_clusters += size * (size - 1) / 2;
  });
  std::set<std::pair<std::string, std::string>> pairs;
  truth.read("pairs.jsonl", [&](element record) {
    const std::string_view kind = record["kind"];
    std::string a{std::string_view(record["a"])}, b{std::string_view(record["b"])};
    if (kind == "glued" || kind == "update") return;
    BOOST_TEST(cluster_of.at(a) == cluster_of.at(b));
    if (b < a) std::swap(a, b);
    BOOST_TEST(pairs.emplace(a, b).second, "a pair is listed once");
  });
  BOOST_TEST(pairs.size() == pairs_in_clusters);
}

BOOST_AUTO_TEST_CASE(jaccard_is_that_of_the_texts) {
  const Truth truth("pairs", 1000);
  truth.read("pairs.jsonl", [&](element record) {
    if (std::string_view(record["kind"]) != "headline") return;
    // Words between spaces here, words without their marks there.
    const double measured = run_jaccard(truth.of(std::string_view(record["a"])).story.text,
                                        truth.of(std::string_view(record["b"])).story.text);
    BOOST_TEST(std::abs(double(record["jaccard"]) - measured) < 0.02);
  });
}

BOOST_AUTO_TEST_SUITE_END()
