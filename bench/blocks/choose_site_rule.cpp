// SPDX-License-Identifier: Apache-2.0
//
// Chooses the parameters of rule B1 on half of the sites of labeled pages and reports them on the
// other half, and the other way round.
//   choose_site_rule PAGES.jsonl     records of "site", "text" and "article" (what is to be kept)
// The figure is the F1 of tokens, as multisets, by page; a setting's score is its mean over pages,
// for three cases: all pages of the site known, two (this one and one of three others), this one
// alone.

#include <fmt/core.h>

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/site_blocks.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/read/record_parser.h"

namespace copydesk {
namespace {

constexpr std::size_t kDraws = 3;
enum Case { kAllKnown, kTwoKnown, kOneKnown, kCases };
constexpr std::array<const char*, kCases> kCaseNames = {"all known", "two pages", "one page"};

struct Known {  // of the site
  std::uint32_t pages = 0;
  std::vector<std::uint32_t> pages_with;  // each line
};

struct Page {
  std::string site, text, article;
  std::vector<Line> lines;
  std::vector<std::uint64_t> tokens;  // of all lines
  std::unordered_map<std::uint64_t, int> gold;
  std::size_t gold_size = 0;
  std::vector<Known> known[kCases];  // by draw
};

std::vector<Page> read_pages(const std::string& path) {
  std::vector<RecordFault> faults;
  FieldNames fields;
  fields.title = "article";
  RecordParser parser(fields);
  BatchReader reader(expand_inputs({path}, InputFormat::kAuto, faults), {});
  RecordBatch batch;
  std::vector<Page> pages;
  while (reader.next(batch)) {
    parser.parse(batch, {[&](const Document& document) {
                           Page& page = pages.emplace_back();
                           page.site = document.site;
                           page.text = document.text;
                           page.article = document.title;
                         },
                         [](RecordFault&&) {}});
  }
  return pages;
}

void prepare(std::vector<Page>& pages) {
  LineScanner scanner;
  Tokenizer tokenizer;
  TokenList tokens;
  std::map<std::string, std::vector<std::size_t>> by_site;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    Page& page = pages[i];
    scanner.scan(page.text, page.lines);
    page.tokens = scanner.tokens().hashes;
    tokenizer.tokenize(page.article, tokens);
    for (const std::uint64_t token : tokens.hashes) ++page.gold[token];
    page.gold_size = tokens.size();
    by_site[page.site].push_back(i);
  }
  for (const auto& [site, members] : by_site) {
    SiteModel all;
    const std::uint64_t key = site_key(site);
    for (const std::size_t member : members) all.add_page(key, pages[member].lines);
    const auto count = [key](const SiteModel& model, Page& page, Case known) {
      Known& counts = page.known[known].emplace_back();
      counts.pages = model.pages_of(key);
      model.pages_with(key, page.lines, counts.pages_with);
    };
    for (std::size_t i = 0; i < members.size(); ++i) {
      Page& page = pages[members[i]];
      count(all, page, kAllKnown);
      count(SiteModel(), page, kOneKnown);
      for (std::size_t draw = 1; draw <= std::min(kDraws, members.size() - 1); ++draw) {
        SiteModel two;
        two.add_page(key, page.lines);
        two.add_page(
            key,
            pages[members[(i + draw * members.size() / (kDraws + 1) + 1) % members.size()]].lines);
        count(two, page, kTwoKnown);
      }
      if (members.size() == 1) page.known[kTwoKnown] = page.known[kOneKnown];
    }
  }
}

double f1_of(const Page& page, const std::vector<SiteLine>& labels) {
  std::unordered_map<std::uint64_t, int> left = page.gold;
  std::size_t kept = 0, shared = 0;
  for (std::size_t i = 0; i < page.lines.size(); ++i) {
    if (labels[i] != SiteLine::kKept) continue;
    const Line& line = page.lines[i];
    kept += line.tokens;
    for (std::size_t t = line.first_token; t < line.first_token + line.tokens; ++t) {
      const auto found = left.find(page.tokens[t]);
      if (found != left.end() && found->second-- > 0) ++shared;
    }
  }
  if (kept + page.gold_size == 0) return 1.0;
  return 2.0 * static_cast<double>(shared) / static_cast<double>(kept + page.gold_size);
}

using Scores = std::array<double, kCases>;

Scores score(const std::vector<const Page*>& pages, const SiteBlockOptions& options) {
  Scores scores{};
  std::vector<SiteLine> labels;
  for (const Page* const page : pages) {
    for (std::size_t known = 0; known < kCases; ++known) {
      double sum = 0.0;
      for (const Known& counts : page->known[known]) {
        label_site_lines(page->lines, counts.pages_with, counts.pages, options, labels);
        sum += f1_of(*page, labels);
      }
      scores[known] += sum / static_cast<double>(page->known[known].size());
    }
  }
  for (double& value : scores) value /= static_cast<double>(pages.size());
  return scores;
}

double mean(const Scores& scores) {
  double sum = 0.0;
  for (const double value : scores) sum += value;
  return sum / static_cast<double>(kCases);
}

struct Parameter {
  const char* name;
  std::vector<double> values;
  std::function<void(SiteBlockOptions&, double)> set;
};

// First all combinations of what lines are worth, which depend on each other; then one parameter
// after the other, until none of them helps.
SiteBlockOptions choose(const std::vector<const Page*>& pages) {
  const std::vector<Parameter> parameters = {
      {"line_cost", {5, 6, 7, 7.5, 8, 9, 10}, [](auto& o, double v) { o.line_cost = v; }},
      {"open_factor", {0.5, 0.6, 0.7, 0.8, 1.0}, [](auto& o, double v) { o.open_factor = v; }},
      {"most_words", {20, 30, 40, 60}, [](auto& o, double v) { o.most_words = v; }},
      {"repeated_score", {-4, -8, -12}, [](auto& o, double v) { o.repeated_score = v; }},
      {"date_score", {-10, -20, -30}, [](auto& o, double v) { o.date_score = v; }},
      {"echo_score", {-5, -10, -20}, [](auto& o, double v) { o.echo_score = v; }},
      {"least_echoes",
       {2, 3},
       [](auto& o, double v) { o.least_echoes = static_cast<std::uint32_t>(v); }},
      {"least_furniture",
       {0, 0.05, 0.1, 0.15, 0.2, 0.3},
       [](auto& o, double v) { o.least_furniture = v; }},
  };
  SiteBlockOptions best;
  double best_score = 0.0;
  for (const double line_cost : parameters[0].values) {
    for (const double open_factor : parameters[1].values) {
      for (const std::uint32_t least_echoes : {2u, 3u}) {
        SiteBlockOptions tried;
        tried.line_cost = line_cost;
        tried.open_factor = open_factor;
        tried.least_echoes = least_echoes;
        const double tried_score = mean(score(pages, tried));
        if (tried_score <= best_score) continue;
        best_score = tried_score;
        best = tried;
      }
    }
  }
  for (bool changed = true; changed;) {
    changed = false;
    for (const Parameter& parameter : parameters) {
      for (const double value : parameter.values) {
        SiteBlockOptions tried = best;
        parameter.set(tried, value);
        const double tried_score = mean(score(pages, tried));
        if (tried_score <= best_score + 1e-6) continue;
        best_score = tried_score;
        best = tried;
        changed = true;
      }
    }
  }
  return best;
}

void print(const char* name, const Scores& scores) {
  fmt::print("  {:<22}", name);
  for (std::size_t i = 0; i < kCases; ++i) fmt::print("  {} {:.4f}", kCaseNames[i], scores[i]);
  fmt::print("\n");
}

void run(const std::string& path) {
  std::vector<Page> pages = read_pages(path);
  prepare(pages);
  std::map<std::string, std::size_t> sites;
  for (const Page& page : pages) sites.emplace(page.site, 0);
  std::size_t next = 0;
  for (auto& [site, number] : sites) number = next++;
  std::vector<const Page*> halves[2], all;
  for (const Page& page : pages) {
    halves[sites[page.site] % 2].push_back(&page);
    all.push_back(&page);
  }
  fmt::print(
      "{} pages of {} sites; halves by every second site in order of name: {} and {} pages\n",
      pages.size(), sites.size(), halves[0].size(), halves[1].size());
  fmt::print("defaults\n");
  print("first half", score(halves[0], {}));
  print("second half", score(halves[1], {}));
  print("all", score(all, {}));
  for (std::size_t half = 0; half < 2; ++half) {
    const SiteBlockOptions options = choose(halves[half]);
    fmt::print(
        "chosen on the {} half: line_cost {} open_factor {} most_words {} repeated_score {} "
        "date_score {} echo_score {} least_echoes {}\n",
        half == 0 ? "first" : "second", options.line_cost, options.open_factor, options.most_words,
        options.repeated_score, options.date_score, options.echo_score, options.least_echoes);
    print("on the same half", score(halves[half], options));
    print("on the other half", score(halves[1 - half], options));
    print("all", score(all, options));
  }
}

}  // namespace
}  // namespace copydesk

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: choose_site_rule PAGES.jsonl\n");
    return 2;
  }
  copydesk::run(arguments[1]);
}
