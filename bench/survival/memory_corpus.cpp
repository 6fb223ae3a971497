// SPDX-License-Identifier: Apache-2.0
//
// What the functions of copydesk.h hold beside texts that are in memory already: peak of the
// process while one runs, less what it held before, and results included.
//
//   memory_corpus [MEGABYTES [MEBIBYTES_ALLOWED]]      1000 and 256 where they are not given
//
// Texts are stories of 200 to 600 made-up words; every third is a copy of an earlier one with some
// words replaced.

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "copydesk/copydesk.h"

namespace {

std::uint64_t status_bytes(std::string_view key) {
  std::ifstream status("/proc/self/status");
  std::string line;
  while (std::getline(status, line)) {
    if (line.starts_with(key))
      return std::strtoull(line.c_str() + key.size() + 1, nullptr, 10) << 10;
  }
  return 0;
}

void forget_peak() {
  std::ofstream("/proc/self/clear_refs") << "5";
}

std::vector<std::string> words(std::mt19937_64& random) {
  std::vector<std::string> words(60'000);
  for (std::string& word : words) {
    for (std::uint64_t i = 2 + random() % 8; i > 0; --i)
      word += static_cast<char>('a' + random() % 26);
  }
  return words;
}

std::vector<std::string> stories(std::size_t bytes) {
  std::mt19937_64 random(11);
  const std::vector<std::string> vocabulary = words(random);
  const auto word_number = [&] { return static_cast<std::uint32_t>(random() % vocabulary.size()); };
  std::vector<std::string> texts;
  std::vector<std::vector<std::uint32_t>> recent(1000);
  for (std::size_t written = 0; written < bytes;) {
    std::vector<std::uint32_t> story;
    if (texts.size() % 3 == 2) {
      story = recent[random() % std::min(texts.size(), recent.size())];
      for (int i = 0; i < 8; ++i) story[random() % story.size()] = word_number();
    } else {
      story.resize(200 + random() % 400);
      for (std::uint32_t& word : story) word = word_number();
    }
    std::string text;
    for (std::size_t i = 0; i < story.size(); ++i) {
      std::string word = vocabulary[story[i]];
      if (i % 15 == 0) word[0] = static_cast<char>(word[0] - 'a' + 'A');
      text += word;
      text += i % 15 == 14 ? (i % 75 == 74 ? ".\n\n" : ". ") : " ";
    }
    written += text.size();
    recent[texts.size() % recent.size()] = std::move(story);
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

int main(int argc, char** argv) {
  const std::size_t megabytes = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1000;
  const std::size_t allowed = argc > 2 ? std::strtoull(argv[2], nullptr, 10) : 256;
  const std::vector<std::string> texts = stories(megabytes * 1'000'000);
  const copydesk::Documents documents(texts);
  const copydesk::RunSettings run{.threads = 2, .memory_bytes = allowed << 20};
  const std::vector<std::pair<std::string_view, std::function<std::size_t()>>> functions = {
      {"dedup", [&] { return copydesk::dedup(documents, {}, run).removed.size(); }},
      {"pairs", [&] { return copydesk::pairs(documents, {}, run).pairs.size(); }},
      {"reuse", [&] { return copydesk::reuse(documents, {}, run).passages.size(); }},
      {"blocks", [&] { return copydesk::blocks(documents, {.spans = true}, run).blocks.size(); }},
      {"split", [&] { return copydesk::split(documents, {}, run).stories.size(); }},
      {"summarize", [&] { return copydesk::summarize(documents, {}, run).abstracts.size(); }},
  };
  fmt::print("{} texts of {} MB, {} MiB allowed; rule {} MiB\n\n", texts.size(), megabytes, allowed,
             allowed + (100 * texts.size() >> 20));
  fmt::print("| function | results | beside the texts, MiB |\n|---|---:|---:|\n");
  for (const auto& [name, function] : functions) {
    const std::uint64_t before = status_bytes("VmRSS:");
    forget_peak();
    const std::size_t results = function();
    const std::uint64_t peak = status_bytes("VmHWM:");
    fmt::print("| {} | {} | {} |\n", name, results, peak > before ? (peak - before) >> 20 : 0);
    std::fflush(stdout);
  }
}
