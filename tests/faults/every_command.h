#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Every command as a call of the library, over inputs of every kind of file: lines of JSON, an archive,
// a table, a page and a text. For tests that make single system calls of a run fail.

#include <fmt/format.h>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "archives.h"
#include "copydesk/pipeline/blocks/blocks_run.h"
#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/pipeline/decontaminate/decontaminate_run.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/dedup/pairs_run.h"
#include "copydesk/pipeline/extract/extract_run.h"
#include "copydesk/pipeline/filter/filter_run.h"
#include "copydesk/pipeline/reuse/reuse_run.h"
#include "copydesk/pipeline/split/split_run.h"
#include "copydesk/pipeline/summarize/summarize_run.h"
#include "random_sets.h"
#include "temporary_folder.h"

namespace copydesk::tests {

// One input, as the documents it holds: of the first `documents` of them, write() makes the file.
struct InputFile {
  std::string name;
  std::vector<std::string> parts;  // one a document
  std::string head;                // in front of them
  bool is_gzip = false;

  void write(const TemporaryFolder& folder, std::size_t documents) const {
    const bool is_one = parts.size() == 1 && !is_gzip;
    if (is_one && documents == 0) {
      std::filesystem::remove(folder.path(name));
      return;
    }
    std::string bytes = head;
    for (std::size_t i = 0; i < documents; ++i) bytes += parts[i];
    folder.write(name, is_gzip ? gzip_member(bytes) : bytes);
  }
};

// Stories of which every third has sentences of an earlier one, with the lines of their site.
inline std::vector<std::string> short_stories(std::size_t count, std::uint64_t seed) {
  RandomValues random(seed);
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text = i % 3 == 2 ? texts[random.next() % texts.size()] : std::string();
    for (int sentence = 0; sentence < (text.empty() ? 6 : 1); ++sentence) {
      text += "The";
      for (int word = 0; word < 14; ++word) text += fmt::format(" w{}", random.next() % 900);
      text += ". ";
    }
    texts.push_back(text);
  }
  return texts;
}

inline const std::vector<InputFile>& input_files() {
  static const std::vector<InputFile> all = [] {
    std::vector<InputFile> files(5);
    const std::vector<std::string> texts = short_stories(34, 3);
    const auto record = [&](std::size_t i) {
      return fmt::format(
          "{{\"id\":\"d{}\",\"site\":\"s{}\",\"text\":\"Menu of the site\\n{}\\nRead more here\"}}\n",
          i, i % 2, texts[i]);
    };
    files[0] = {"a.jsonl", {}, "", false};
    for (std::size_t i = 0; i < 18; ++i) files[0].parts.push_back(record(i));
    files[1] = {"b.jsonl.gz", {}, "", true};
    for (std::size_t i = 18; i < 28; ++i) files[1].parts.push_back(record(i));
    files[2] = {"c.csv", {}, "id,site,text\n", false};
    for (std::size_t i = 28; i < 32; ++i) {
      files[2].parts.push_back(fmt::format("d{},s1,\"Menu of the site\n{}\"\n", i, texts[i]));
    }
    files[3] = {"d.html", {}, "", false};
    files[3].parts = {"<html><body><h1>Mill burns</h1><p>" + texts[32] + "</p></body></html>"};
    files[4] = {"e.txt", {texts[33] + "\n"}, "", false};
    return files;
  }();
  return all;
}

struct Called {
  std::uint64_t skipped = 0;  // records, and inputs, that could not be read
  std::uint64_t documents = 0;
};

struct LibraryCall {
  std::string name;
  std::vector<std::string> outputs;
  bool resumes = false;  // keeps a checkpoint
  // In the current folder, over input_files(), on one thread, in as little memory as there can be.
  std::function<Called(bool resume)> run;
};

inline CorpusOptions corpus_of_inputs(bool checkpoint, bool resume) {
  CorpusOptions corpus;
  for (const InputFile& file : input_files()) {
    if (std::filesystem::exists(file.name)) corpus.inputs.push_back(file.name);
  }
  corpus.work_folder = "work";
  corpus.memory_bytes = 1;  // everything goes to files
  corpus.reading.batch_bytes = 3000;
  corpus.checkpoint = checkpoint;
  corpus.resume = resume;
  return corpus;
}

inline const std::vector<LibraryCall>& library_calls() {
  static const std::vector<LibraryCall> all = {
      {"dedup",
       {"groups", "kept", "why"},
       true,
       [](bool resume) -> Called {
         DedupOptions options;
         options.search.corpus = corpus_of_inputs(true, resume);
         options.containment = 0.9;
         options.kept_path = "kept";
         options.decisions_path = "why";
         options.clusters_path = "groups";
         const auto summary = run_dedup(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"pairs",
       {"pairs"},
       true,
       [](bool resume) -> Called {
         PairsOptions options;
         options.search.corpus = corpus_of_inputs(true, resume);
         options.search.threshold = 0.5;
         options.pairs_path = "pairs";
         const auto summary = run_pairs(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"reuse",
       {"families", "page", "pairs", "passages"},
       true,
       [](bool resume) -> Called {
         ReuseOptions options;
         options.corpus = corpus_of_inputs(true, resume);
         options.mask.site = true;
         options.passages_path = "passages";
         options.pairs_path = "pairs";
         options.families_path = "families";
         options.html_path = "page";
         const auto summary = run_reuse(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"blocks",
       {"cut", "model"},
       true,
       [](bool resume) -> Called {
         BlocksOptions options;
         options.corpus = corpus_of_inputs(true, resume);
         options.paragraphs = options.sentences = options.spans = true;
         options.least_tokens = 10;
         options.output = BlocksOutput::kCut;
         options.output_path = "cut";
         options.model_out_path = "model";
         const auto summary = run_blocks(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"split",
       {"stories"},
       true,
       [](bool resume) -> Called {
         SplitOptions options;
         options.corpus = corpus_of_inputs(true, resume);
         options.mask.site = true;
         options.output_path = "stories";
         const auto summary = run_split(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"summarize",
       {"abstracts", "page", "terms"},
       true,
       [](bool resume) -> Called {
         SummarizeOptions options;
         options.corpus = corpus_of_inputs(true, resume);
         options.form = SummaryForm::kJsonLines;
         options.mask.site = true;
         options.output_path = "abstracts";
         options.html_path = "page";
         options.idf_out_path = "terms";
         const auto summary = run_summarize(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"summarize families",
       {"abstracts"},
       true,
       [](bool resume) -> Called {
         SummarizeOptions options;
         options.corpus = corpus_of_inputs(true, resume);
         options.corpus.fields.order = "site";
         options.corpus.memory_bytes = std::uint64_t{1} << 20;  // families are kept in memory
         options.form = SummaryForm::kJsonLines;
         options.by_family = true;
         options.output_path = "abstracts";
         const auto summary = run_summarize(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"decontaminate",
       {"clean", "hits", "page"},
       false,
       [](bool) -> Called {
         DecontaminateOptions options;
         options.corpus = corpus_of_inputs(false, false);
         options.evaluation_inputs = {"questions"};
         options.hits_path = "hits";
         options.cut_path = "clean";
         options.html_path = "page";
         const auto summary = run_decontaminate(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"filter",
       {"left"},
       false,
       [](bool) -> Called {
         FilterOptions options;
         options.corpus = corpus_of_inputs(false, false);
         options.list_path = "list";
         options.output_path = "left";
         const auto summary = run_filter(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
      {"extract",
       {"documents"},
       false,
       [](bool) -> Called {
         ExtractOptions options;
         options.corpus = corpus_of_inputs(false, false);
         options.output_path = "documents";
         const auto summary = run_extract(options, {}).summary;
         return {summary.faults, summary.documents};
       }},
  };
  return all;
}

}  // namespace copydesk::tests
