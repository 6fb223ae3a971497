// SPDX-License-Identifier: Apache-2.0
//
//   summary_plain_words FILE
//
// What `copydesk summarize` is measured against: every text of a file of JSON Lines is cut into its
// words, each a std::string in small letters, and the words of each text are counted in a map of
// the standard library. That is the first step of any summarizer written without further thought,
// and all that is done here. Prints what it did as one line of JSON.

#include <simdjson.h>

#include <cstdint>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace {

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : text) {
    const bool is_capital = c >= 'A' && c <= 'Z';
    const bool is_word = is_capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
                         static_cast<unsigned char>(c) >= 0x80;
    if (is_word) {
      word += is_capital ? static_cast<char>(c + 32) : c;
    } else if (!word.empty()) {
      words.push_back(word);
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(word);
  return words;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: summary_plain_words FILE\n");
    return 2;
  }
  try {
    simdjson::dom::parser parser;
    std::uint64_t documents = 0, words = 0, different = 0;
    for (const simdjson::dom::element record : parser.load_many(argv[1])) {
      const std::string_view text = record["text"];
      std::unordered_map<std::string, int> counts;
      for (const std::string& word : words_of(text)) {
        ++counts[word];
        ++words;
      }
      different += counts.size();
      ++documents;
    }
    std::printf("{\"documents\":%llu,\"words\":%llu,\"different\":%llu}\n",
                static_cast<unsigned long long>(documents), static_cast<unsigned long long>(words),
                static_cast<unsigned long long>(different));
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
