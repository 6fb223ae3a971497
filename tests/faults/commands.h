#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Every command over a corpus, with all its outputs, and a small corpus that gives each of them
// something to write.

#include <fmt/format.h>

#include <string>
#include <vector>

#include "random_sets.h"

namespace copydesk::tests {

struct Command {
  std::string name;
  std::vector<std::string> arguments;  // the input is in.jsonl
  std::vector<std::string> outputs;    // what a run that ends well leaves behind
};

inline const std::vector<Command>& commands() {
  static const std::vector<Command> all = {
      {"dedup",
       {"dedup", "in.jsonl", "-q", "-o", "kept", "--decisions", "why", "--clusters", "groups",
        "--contained", "0.9", "--report", "report"},
       {"groups", "kept", "report", "why"}},
      {"dedup_zst", {"dedup", "in.jsonl", "-q", "-o", "kept.zst"}, {"kept.zst"}},
      {"pairs", {"pairs", "in.jsonl", "-q", "-o", "pairs.gz"}, {"pairs.gz"}},
      {"reuse",
       {"reuse", "in.jsonl", "-q", "-o", "passages", "--pairs", "pairs", "--families", "families",
        "--html", "page.html"},
       {"families", "page.html", "pairs", "passages"}},
      {"blocks",
       {"blocks", "in.jsonl", "-q", "--scope", "page,site,corpus", "--cut", "-o", "cut",
        "--model-out", "model"},
       {"cut", "model"}},
      {"split", {"split", "in.jsonl", "-q", "-o", "stories"}, {"stories"}},
      {"summarize",
       {"summarize", "in.jsonl", "-q", "-o", "abstracts", "--idf-out", "terms", "--html", "page"},
       {"abstracts", "page", "terms"}},
      {"restore", {"restore", "in.jsonl", "-q", "-o", "whole"}, {"whole"}},
  };
  return all;
}

// Families of stories that share most of their sentences; a thousand words and more each.
inline std::string stories(std::size_t count, std::uint64_t seed = 1) {
  RandomValues random(seed);
  std::string corpus;
  std::vector<std::string> earlier;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = i % 4 != 0 ? earlier[random.next() % earlier.size()] : std::string();
    for (int sentence = 0; sentence < (text.empty() ? 40 : 2); ++sentence) {
      text += "The";
      for (int word = 0; word < 20; ++word) text += fmt::format(" w{}", random.next() % 5000);
      text += sentence % 5 == 4 ? ".\\n" : ". ";
    }
    earlier.push_back(text);
    corpus += fmt::format(
        "{{\"id\":{},\"site\":\"s{}\",\"date\":\"2024-01-{:02}\",\"text\":\"Menu of the site\\n{}"
        "Read more about it here\"}}\n",
        i, i % 3, 1 + i % 28, text);
  }
  return corpus;
}

}  // namespace copydesk::tests
