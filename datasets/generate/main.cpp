// SPDX-License-Identifier: Apache-2.0
//
// copydesk-generate: a corpus of any size with exact truth, from one seed.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/version.h"
#include "generate/corpus.h"
#include "generate/output_file.h"
#include "generate/truth_files.h"
#include "tools/count_options.h"

namespace {

using namespace copydesk;
using namespace copydesk::datasets;

struct Options {
  std::uint64_t documents = 0;
  std::uint64_t seed = 1;
  std::uint64_t bytes_per_document = 3000;
  std::uint32_t sites = 400;
  std::string source;
  std::string text_field = "text";
  std::string title_field = "title";
  std::string language = "latin";
  std::string plan = "default";
  std::vector<std::string> rates;
  std::string output = "-";
  std::string truth_dir;
  bool jaccard = false;
  bool siblings = false;
  bool quiet = false;
};

void add_options(CLI::App& app, Options& options) {
  app.add_option("-n,--documents", options.documents, "How many documents")->required();
  app.add_option("--seed", options.seed, "Another number gives another corpus")
      ->capture_default_str();
  app.add_option("--bytes-per-document", options.bytes_per_document, "Mean size of a story")
      ->capture_default_str();
  app.add_option("--language", options.language, "latin, cyrillic, chinese or arabic")
      ->capture_default_str();
  app.add_option("--source", options.source,
                 "JSON Lines or text to take stories from, instead of the built-in vocabulary");
  app.add_option("--text-field", options.text_field, "Field of --source with the text")
      ->capture_default_str();
  app.add_option("--title-field", options.title_field, "Field of --source with the headline")
      ->capture_default_str();
  app.add_option("--plan", options.plan,
                 "What is planted: default, pairs, pages, families, templates or stories")
      ->capture_default_str();
  app.add_option("--rate", options.rates, "KIND=SHARE, over the plan; may be repeated")
      ->allow_extra_args(false);
  app.add_option("--sites", options.sites, "How many sites print the documents")
      ->capture_default_str();
  app.add_option("-o,--output", options.output, "File for the documents; - is standard output")
      ->capture_default_str();
  app.add_option("--truth-dir", options.truth_dir, "Folder for the truth files");
  app.add_flag("--jaccard", options.jaccard, "Put the similarity into pairs.jsonl (slower)");
  app.add_flag("--siblings", options.siblings,
               "List all pairs of a cluster, not only copy and source");
  app.add_flag("--quiet", options.quiet, "Say nothing on standard error but errors");
  app.footer(
      "Kinds for --rate, documented in datasets/README.md: exact headline trimmed_tail\n"
      "trimmed_half first_paragraphs reordered words_1 words_3 words_10 words_20 ocr_1 ocr_3\n"
      "case punctuation quotes white_space unicode_form embedded glued update family page\n"
      "repeats boilerplate template\n\n"
      "Examples:\n"
      "  copydesk-generate -n 100000 --seed 7 -o corpus.jsonl --truth-dir truth\n"
      "  copydesk-generate -n 5000 --plan pairs --rate words_20=0.3 --source news.jsonl > "
      "out.jsonl");
}

bool is_same_file(const std::string& a, const std::string& b) {
  std::error_code error;
  return std::filesystem::equivalent(a, b, error) && !error;
}

CorpusOptions corpus_options(const Options& options) {
  CorpusOptions result;
  result.plan.seed = options.seed;
  result.plan.sites = options.sites;
  result.plan.rates = Rates::plan(options.plan);
  for (const std::string& rate : options.rates) {
    const std::size_t mark = rate.find('=');
    const char* const end = rate.data() + rate.size();
    double share = 0;
    if (mark == std::string::npos ||
        std::from_chars(rate.data() + mark + 1, end, share).ptr != end || mark + 1 == rate.size()) {
      throw Error(ErrorCode::kInvalidOption, "write KIND=SHARE, as in words_3=0.02", "--rate");
    }
    result.plan.rates.set(kind_of(rate.substr(0, mark)), share);
  }
  result.language = language_of(options.language);
  result.bytes_per_document = options.bytes_per_document;
  if (!options.source.empty()) {
    result.source = SourceFile{options.source, options.text_field, options.title_field};
  }
  return result;
}

void generate(const Options& options) {
  if (options.truth_dir.empty() && (options.jaccard || options.siblings)) {
    throw Error(ErrorCode::kInvalidOption, "is for truth files; name a folder with --truth-dir",
                options.jaccard ? "--jaccard" : "--siblings");
  }
  if (!options.source.empty() && is_same_file(options.source, options.output)) {
    throw Error(ErrorCode::kInvalidOption, "would replace the --source it is made from",
                "--output");
  }
  constexpr std::size_t kBufferBytes = 1 << 18;
  const auto start = std::chrono::steady_clock::now();
  Corpus corpus(corpus_options(options));
  OutputFile output(options.output);
  std::unique_ptr<TruthFiles> truth;
  if (!options.truth_dir.empty()) {
    truth = std::make_unique<TruthFiles>(
        TruthOptions{options.truth_dir, options.documents, options.jaccard, options.siblings});
  }
  Printed printed;
  std::string lines;
  std::uint64_t bytes = 0;
  for (std::uint64_t number = 0; number < options.documents; ++number) {
    corpus.print(number, printed);
    const std::string& site = corpus.site_name(printed.site);
    append_document(lines, printed, site);
    if (truth) truth->add(printed, site);
    if (lines.size() < kBufferBytes) continue;
    output.write(lines);
    bytes += lines.size();
    lines.clear();
  }
  output.write(lines);
  bytes += lines.size();
  if (truth) truth->commit();
  output.commit();
  if (options.quiet) return;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
  const double megabytes = static_cast<double>(bytes) / 1e6;
  fmt::print(stderr, "{} document{}, {:.1f} MB in {:.2f} s ({:.0f} MB/s)\n", options.documents,
             options.documents == 1 ? "" : "s", megabytes, seconds.count(),
             megabytes / seconds.count());
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a closed pipe is reported by write()
  CLI::App app{"Make a corpus with planted copies, and the truth about them.", "copydesk-generate"};
  Options options;
  app.set_version_flag("--version", "copydesk-generate " + std::string(version()));
  add_options(app, options);
  tools::read_counts_alike(app);
  try {
    app.parse(argc, argv);
    generate(options);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const ClosedOutput&) {
    return 0;
  } catch (const Error& error) {
    fmt::print(stderr, "copydesk-generate: {}\n", error.what());
    return error.code() == ErrorCode::kInvalidOption ? 2 : 1;
  }
}
