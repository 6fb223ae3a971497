// SPDX-License-Identifier: Apache-2.0
//
// Runs a fuzz target without libFuzzer:
//   fuzz_NAME CORPUS_OR_FILE... [--runs N] [--seconds N] [--seed N] [--most-bytes N]
// replays every file given or found in a folder, then runs N changed copies of them. The same seed
// gives the same cases on every machine. What ends the process is left in ./fuzz_NAME.crash.

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "mutation.h"
#include "property.h"

extern "C" void __attribute__((weak)) __sanitizer_set_death_callback(void (*callback)());

namespace {

using copydesk::fuzz::Mutation;

std::string current;    // the case that runs
std::string crash_path;

void keep_current() {
  std::FILE* const file = std::fopen(crash_path.c_str(), "wb");
  if (file == nullptr) return;
  std::fwrite(current.data(), 1, current.size(), file);
  std::fclose(file);
  std::fprintf(stderr, "the input is in %s\n", crash_path.c_str());
}

extern "C" void on_fatal_signal(int number) {
  keep_current();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void run_current() {
  // A copy of exactly its size, so that sanitizers see each byte read beyond it.
  const std::vector<std::uint8_t> bytes(current.begin(), current.end());
  static_cast<void>(LLVMFuzzerTestOneInput(bytes.data(), bytes.size()));
}

struct Arguments {
  std::vector<std::string> paths;
  std::uint64_t runs = 0;
  std::uint64_t seconds = UINT32_MAX;
  std::uint64_t seed = 1;
  std::uint64_t most_bytes = 4096;
};

bool parse(int count, char** values, Arguments& arguments) {
  for (int i = 1; i < count; ++i) {
    const std::string_view value = values[i];
    std::uint64_t* const number = value == "--runs"         ? &arguments.runs
                                  : value == "--seconds"    ? &arguments.seconds
                                  : value == "--seed"       ? &arguments.seed
                                  : value == "--most-bytes" ? &arguments.most_bytes
                                                            : nullptr;
    if (number == nullptr) {
      if (value.starts_with("--")) return false;
      arguments.paths.emplace_back(value);
      continue;
    }
    if (++i == count) return false;
    const char* const end = values[i] + std::strlen(values[i]);
    if (std::from_chars(values[i], end, *number).ptr != end) return false;
  }
  return !arguments.paths.empty();
}

std::vector<std::string> read_corpus(const std::vector<std::string>& paths) {
  std::vector<std::filesystem::path> files;
  for (const std::string& path : paths) {
    if (!std::filesystem::is_directory(path)) {
      files.emplace_back(path);
      continue;
    }
    for (const auto& entry : std::filesystem::directory_iterator(path)) {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> corpus;
  for (const std::filesystem::path& path : files) {
    std::ifstream file(path, std::ios::binary);
    corpus.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return corpus;
}

}  // namespace

int main(int count, char** values) {
  Arguments arguments;
  if (!parse(count, values, arguments)) {
    std::fprintf(stderr, "usage: %s CORPUS... [--runs N] [--seconds N] [--seed N]"
                         " [--most-bytes N]\n", values[0]);
    return 2;
  }
  crash_path = std::filesystem::path(values[0]).filename().string() + ".crash";
  if (__sanitizer_set_death_callback != nullptr) {
    __sanitizer_set_death_callback(keep_current);
    std::signal(SIGABRT, on_fatal_signal);
  } else {
    for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) {
      std::signal(number, on_fatal_signal);
    }
  }

  const std::vector<std::string> corpus = read_corpus(arguments.paths);
  if (corpus.empty()) {
    std::fprintf(stderr, "%s: the corpus is empty\n", values[0]);
    return 1;
  }
  for (const std::string& kept : corpus) {
    current = kept;
    run_current();
  }
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(arguments.seconds);
  Mutation mutation(corpus, arguments.seed, arguments.most_bytes);
  std::uint64_t runs = 0;
  for (; runs < arguments.runs; ++runs) {
    if (runs % 64 == 0 && std::chrono::steady_clock::now() >= end) break;
    mutation.next(current);
    run_current();
  }
  std::printf("%zu files, %llu changed copies\n", corpus.size(),
              static_cast<unsigned long long>(runs));
  return 0;
}
