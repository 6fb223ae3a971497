// SPDX-License-Identifier: Apache-2.0
//
// Tokens and shingles of one text of 4,500 characters, about what a news article has, in several
// scripts. Bytes are those of the original.

#include <benchmark/benchmark.h>

#include <random>
#include <string>
#include <vector>

#include "copydesk/shingle/shingler.h"
#include "copydesk/text/tokenizer.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

enum Script {
  kEnglish,
  kQuotedEnglish,
  kCyrillic,
  kChinese,
  kArabic,
  kKorean,
  kThai,
  kGreek,
  kFrench,
  kScripts
};

const char* const kNames[] = {"english", "quoted english", "cyrillic", "chinese", "arabic",
                              "korean",  "thai",           "greek",    "french"};

struct Letters {
  std::uint32_t first;
  std::uint32_t count;
  int word;  // longest word; 0: no spaces
};

constexpr Letters kLetters[] = {{'a', 26, 10},     {'a', 26, 10},   {0x430, 32, 12},
                                {0x4E00, 3000, 0}, {0x628, 19, 8},  {0xAC00, 11172, 5},
                                {0xE01, 46, 0},    {0x3B1, 25, 11}, {'a', 26, 10}};

void append(std::uint32_t code_point, std::string& text) {
  char bytes[4];
  text.append(bytes, encode_utf8(code_point, bytes));
}

// Many different texts, so that no branch predictor learns the lengths of the words by heart.
std::vector<std::string> make_texts(Script script) {
  std::mt19937 random(1);
  const Letters& letters = kLetters[script];
  std::vector<std::string> texts(64);
  for (std::string& text : texts) {
    for (std::size_t characters = 0; characters < 4500;) {
      const std::size_t length =
          letters.word == 0 ? 40 : 1 + (random() % letters.word + random() % letters.word) / 2;
      const bool quoted = script == kQuotedEnglish && random() % 33 == 0;
      if (quoted) append(0x201C, text);
      for (std::size_t i = 0; i < length; ++i) {
        const bool accented = script == kFrench && random() % 25 == 0;
        append(
            accented ? 0xE9 : letters.first + static_cast<std::uint32_t>(random() % letters.count),
            text);
      }
      if (quoted) append(0x201D, text);
      append(letters.word == 0 ? 0x3002 : ' ', text);
      characters += length + 1;
    }
  }
  return texts;
}

template <class Run>
void run_over_texts(benchmark::State& state, Run&& run) {
  const auto script = static_cast<Script>(state.range(0));
  const std::vector<std::string> texts = make_texts(script);
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const std::string& text : texts) {
      run(text);
      bytes += text.size();
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.SetLabel(kNames[script]);
}

void tokenize(benchmark::State& state) {
  Tokenizer tokenizer;
  TokenList tokens;
  run_over_texts(state, [&](const std::string& text) {
    tokenizer.tokenize(text, tokens);
    benchmark::DoNotOptimize(tokens.hashes.data());
  });
}
BENCHMARK(tokenize)->DenseRange(0, kScripts - 1);

void fold(benchmark::State& state) {
  Tokenizer tokenizer;
  run_over_texts(state, [&](const std::string& text) {
    benchmark::DoNotOptimize(tokenizer.fold(text).data());
  });
}
BENCHMARK(fold)->DenseRange(0, kScripts - 1);

void tokenize_with_spans(benchmark::State& state) {
  Tokenizer tokenizer;
  TokenList tokens;
  run_over_texts(state, [&](const std::string& text) {
    tokenizer.tokenize_with_spans(text, tokens);
    benchmark::DoNotOptimize(tokens.spans.data());
  });
}
BENCHMARK(tokenize_with_spans)->DenseRange(0, kScripts - 1);

void shingle_words(benchmark::State& state) {
  Shingler shingler({ShingleUnit::kWord, 5});
  ShingledText shingled;
  run_over_texts(state, [&](const std::string& text) {
    shingler.shingle(text, shingled);
    benchmark::DoNotOptimize(shingled.shingles.data());
  });
}
BENCHMARK(shingle_words)->DenseRange(0, kScripts - 1);

void shingle_characters(benchmark::State& state) {
  Shingler shingler({ShingleUnit::kCharacter, 9});
  ShingledText shingled;
  run_over_texts(state, [&](const std::string& text) {
    shingler.shingle(text, shingled);
    benchmark::DoNotOptimize(shingled.shingles.data());
  });
}
BENCHMARK(shingle_characters)->DenseRange(0, kScripts - 1);

void make_set(benchmark::State& state) {
  std::mt19937_64 random(2);
  const auto size = static_cast<std::size_t>(state.range(0));
  std::vector<std::vector<std::uint64_t>> lists(2 + 100000 / size,
                                                std::vector<std::uint64_t>(size));
  for (auto& list : lists) {
    for (std::uint64_t& shingle : list) shingle = random();
  }
  std::vector<std::uint64_t> work;
  std::size_t i = 0;
  for (auto _ : state) {
    work = lists[i++ % lists.size()];
    make_shingle_set(work);
    benchmark::DoNotOptimize(work.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(make_set)->Arg(20)->Arg(100)->Arg(500)->Arg(5000)->Arg(50000)->Arg(1000000);

}  // namespace
}  // namespace copydesk

BENCHMARK_MAIN();
