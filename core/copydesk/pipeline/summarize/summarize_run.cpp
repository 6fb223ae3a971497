// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/summarize_run.h"

#include <fmt/format.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/corpus_reader.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/report_end.h"
#include "copydesk/error.h"
#include "copydesk/pipeline/passes/idf_pass.h"
#include "copydesk/pipeline/passes/mask_pass.h"
#include "copydesk/pipeline/passes/story_texts.h"
#include "copydesk/pipeline/summarize/earlier_versions.h"
#include "copydesk/pipeline/summarize/family_pass.h"
#include "copydesk/run/checkpoint.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/run/process_usage.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/summary_lines.h"
#include "copydesk/write/summary_page.h"
#include "copydesk/write/text_parts.h"

namespace copydesk {
namespace {

// What one batch gave.
struct BatchAbstracts {
  WrittenAbstracts written;
  std::vector<Abstract> abstracts;  // if they are wanted one by one
  SummarizeSummary counts;

  void clear() { written.clear(), abstracts.clear(), counts = {}; }
};

// The field that would name a language names the family instead, if there are families.
TextLanguages languages_of(const SummarizeOptions& options) {
  return {options.summary.splitting.language, !options.by_family};
}

class RecordSummarizer {
 public:
  RecordSummarizer(const SummarizeOptions& options, const CorpusIdf* idf,
                   const EarlierVersions* earlier, const ArticleNotes& notes,
                   bool has_many_texts, const std::atomic<bool>* stop)
      : options_(options),
        stop_(stop),
        notes_(notes),
        earlier_(earlier),
        has_many_texts_(has_many_texts),
        languages_(languages_of(options)),
        texts_(options.pages, stop),
        summarizer_(options.summary, idf) {}

  void begin(const RecordBatch& batch, BatchAbstracts&) { known_ = notes_.read(batch.sequence); }

  void operator()(const ReadDocument& read, BatchAbstracts& out) {
    const std::string id = read.name();
    const std::span<const StoryText> stories =
        texts_.read(read.document, read.text, read.left_out, known_.next());
    if (texts_.is_page()) {
      ++out.counts.pages;
      out.counts.stories += stories.size();
    }
    for (const StoryText& story : stories) add(read, id, story, stories.size(), out);
  }

 private:
  // Sentences of articles are whole, of which a part may be masked.
  void add(const ReadDocument& read, const std::string& id, const StoryText& story,
           std::size_t stories, BatchAbstracts& out) {
    const std::string language = languages_.of(read.document.order, story.text);
    ++out.counts.languages[language.empty() ? "unknown" : language];
    SummaryInput input{story.text, story.title, {}, story.excluded, language, stop_};
    if (earlier_ != nullptr) input.earlier = earlier_->text_of(id);
    summarizer_.summarize(input, summary_);
    out.counts.ranked_in_part += summary_.ranked_bytes < story.text.size() ? 1 : 0;

    std::size_t chosen = 0;
    for (const SummarySentence& sentence : summary_.sentences) {
      chosen += summary_.span_of(sentence).empty() ? 0 : 1;
    }
    out.counts.chosen += chosen;
    out.counts.sentences += summary_.sentences.size();
    ++(chosen > 0 ? out.counts.abstracts : out.counts.empty);
    out.counts.without_term += summary_.missing.empty() ? 0 : 1;

    if (options_.on_abstract) {
      Abstract& abstract = out.abstracts.emplace_back();
      abstract.document = read.ref();
      append_abstract(abstract.text, story.text, summary_, options_.separator);
      TextParts parts(story.parts);
      for (const SummarySentence& sentence : summary_.sentences) {
        const TextSpan span = summary_.span_of(sentence);
        if (span.empty()) continue;
        abstract.sentences.push_back({parts.in_document(span), sentence.score.total});
      }
    }
    if (options_.output_path.empty() && options_.corpus.output_folder.empty() &&
        options_.html_path.empty()) {
      return;
    }
    const std::string site = site_name(read.document.site, read.document.url);
    const AbstractSource source{id,          story.number,      story.title,        story.text,
                                story.parts, read.document.url, read.document.time, site};
    write(read, source, stories, out.written);
    if (!options_.html_path.empty()) {
      append_marked_article(out.written.page.emplace_back(), source, summary_);
    }
  }

  void write(const ReadDocument& read, const AbstractSource& source, std::size_t stories,
             WrittenAbstracts& out) {
    const bool is_from_text = read.batch.format == InputFormat::kText;
    SummaryForm form = options_.form;
    if (form == SummaryForm::kAuto) {
      form = is_from_text ? SummaryForm::kText : SummaryForm::kJsonLines;
    }
    if (form == SummaryForm::kJsonLines) {
      append_summary_line(out.lines, source, summary_, options_.separator,
                          options_.summary.method == RankMethod::kDirected, options_.explain);
      return;
    }
    if (form == SummaryForm::kText) {
      // One text that gives one abstract needs none.
      const bool has_heading = has_many_texts_ || stories > 1 || !is_from_text;
      if (has_heading) append_summary_heading(out.lines, source);
      append_summary_text(out.lines, source.text, summary_, options_.separator, options_.explain);
      if (has_heading) out.lines += '\n';
      return;
    }
    std::string abstract;
    append_abstract(abstract, source.text, summary_, options_.separator);
    if (form == SummaryForm::kMarkdown) {
      append_summary_markdown(out.lines, source, abstract);
    } else {
      append_newsletter_article(out.letter.emplace_back(), source, abstract);
    }
  }

  const SummarizeOptions& options_;
  StopFlag stop_;
  const ArticleNotes& notes_;
  ArticleNotes::Reader known_;  // of the batch
  const EarlierVersions* earlier_;
  bool has_many_texts_;
  TextLanguages languages_;
  StoryTexts texts_;
  ArticleSummarizer summarizer_;
  Summary summary_;
};

void add(const SummarizeSummary& part, SummarizeSummary& whole) {
  whole.documents += part.documents;
  whole.abstracts += part.abstracts;
  whole.empty += part.empty;
  whole.bytes += part.bytes;
  whole.sentences += part.sentences;
  whole.chosen += part.chosen;
  whole.ranked_in_part += part.ranked_in_part;
  whole.pages += part.pages;
  whole.stories += part.stories;
  whole.without_term += part.without_term;
  for (const auto& [language, count] : part.languages) whole.languages[language] += count;
}

// Pages beyond it take a browser longer than three seconds.
constexpr std::uint64_t kSlowPageBytes = 40'000'000;

// Abstracts and pages, written side by side.
class Outputs {
 public:
  Outputs(OutputSet& files, const SummarizeOptions& options) : files_(files) {
    const std::string& folder = options.corpus.work_folder;
    if (!options.html_path.empty()) page_.emplace(folder);
    if (options.form == SummaryForm::kHtml) letter_.emplace(folder);
  }

  // Of the input with number `source`; families are of none, and there are no shards of them.
  void write(const WrittenAbstracts& written, std::uint32_t source = 0) {
    files_.write_records(source, written.lines);
    for (const PageArticle& article : written.page) page_->add(article);
    for (const PageArticle& article : written.letter) letter_->add(article);
  }

  // With `counts`, which is null where --idf-out is not wanted.
  void commit(const CorpusIdf* counts) {
    if (page_) {
      page_->write("Abstracts in their texts", [&](std::string_view part) {
        bytes_ += part.size();
        files_.sink("--html")->write(part);
      });
    }
    if (letter_) {
      letter_->write("Abstracts", [&](std::string_view part) {
        bytes_ += part.size();
        files_.write_records(0, part);
      });
    }
    if (counts != nullptr) files_.sink("--idf-out")->write(counts->serialize());
    files_.commit();
  }

  // Of the pages, once they are written.
  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }

 private:
  OutputSet& files_;
  std::uint64_t bytes_ = 0;
  std::optional<AbstractPage> page_, letter_;  // those that are wanted
};

void summarize_records(const SummarizeOptions& options, const CorpusIdf* idf,
                       const EarlierVersions* earlier, const ArticleNotes& notes,
                       CorpusReader& reader, Outputs& outputs, SummarizeSummary& counts) {
  const bool has_many_texts = reader.inputs().size() > 1;
  first_pass<BatchAbstracts>(
      reader, "summarize",
      [&](std::size_t) {
        return RecordSummarizer(options, idf, earlier, notes, has_many_texts,
                                reader.control().stop);
      },
      [&](ReadBatch<BatchAbstracts>& batch) {
        reader.control().check_stop();
        batch.found.counts.documents = batch.documents;
        batch.found.counts.bytes = batch.row.size;
        add(batch.found.counts, counts);
        outputs.write(batch.found.written, batch.row.source);
        for (Abstract& abstract : batch.found.abstracts) options.on_abstract(std::move(abstract));
      });
}

std::string json_of(const std::map<std::string, std::uint64_t>& counts) {
  std::string json = "{";
  for (const auto& [name, count] : counts) {
    if (json.size() > 1) json += ',';
    append_json_string(json, name);
    json += fmt::format(":{}", count);
  }
  return json + '}';
}

void describe(const SummarizeOptions& options, ReportSection& section) {
  const SummaryOptions& summary = options.summary;
  section.add("method", to_string(summary.method));
  const BudgetOptions& budget = summary.selection.budget;
  const auto add_limit = [&section](const char* name, std::size_t limit) {
    if (limit != BudgetOptions::kUnlimited) section.add(name, static_cast<std::uint64_t>(limit));
  };
  add_limit("sentences", budget.sentences);
  add_limit("words", budget.words);
  add_limit("characters", budget.characters);
  add_limit("bytes", budget.bytes);
  if (budget.ratio > 0.0) section.add("ratio", budget.ratio);
  section.add("dangling", std::string_view(summary.selection.avoid_dangling ? "avoid" : "keep"));
  section.add("mmr", summary.selection.mmr);
  if (!summary.stem.empty()) section.add("stem", std::string_view(summary.stem));
  if (summary.method == RankMethod::kDirected) {
    section.add("direction", summary.centrality.direction);
    section.add("tf_exponent", summary.centrality.tf_exponent);
    section.add("norm_exponent", summary.centrality.norm_exponent);
    section.add("idf_exponent", summary.centrality.idf_exponent);
    section.add("title_weight", summary.weights.title);
    section.add("position_weight", summary.weights.position);
    section.add("number_weight", summary.weights.number);
    section.add("quotation_penalty", summary.weights.quotation);
    section.add("question_penalty", summary.weights.question);
    section.add("length_penalty", summary.weights.length);
    section.add("direction_follows_budget", std::uint64_t{summary.centrality.follows_budget});
    section.add("extent_weight", summary.weights.extent);
    section.add("novelty_weight", summary.weights.novelty);
  }
}

std::string_view name_of(PageMode mode) {
  switch (mode) {
    case PageMode::kAuto:
      return "auto";
    case PageMode::kPage:
      return "page";
    case PageMode::kArticle:
      return "article";
  }
  return {};
}

CorpusIdf read_counts(StageReader& stage) {
  const std::string bytes = stage.rest();
  return stage.is_complete() ? CorpusIdf::parse(bytes, "counts") : CorpusIdf();
}

void write_counts(const CorpusIdf& counts, StageWriter& stage) {
  stage.append_parts(1, counts.serialize());
}

void summarize(const SummarizeOptions& options, const RunControl& control, StageClock& clock,
               CorpusReader& reader, OutputSet& files, Checkpoint& checkpoint,
               SummarizeResult& result) {
  SummarizeSummary& counts = result.summary;
  files.open();
  std::optional<CorpusIdf> idf;
  std::optional<CorpusIdf> counted;  // by the first pass, if there are two
  if (!options.idf_path.empty()) {
    idf = load_idf(options.idf_path);
    if (idf->stem() != options.summary.stem) {
      throw Error(ErrorCode::kInvalidOption,
                  idf->stem().empty() ? "these are counts of words, not of stems"
                                      : "these are counts of stems: --stem " + idf->stem(),
                  options.idf_path);
    }
  }
  std::optional<EarlierVersions> earlier;
  if (!options.by_family && !options.since.empty()) {
    earlier.emplace(options.since, options.corpus, control);
  }
  ArticleNotes notes;
  const bool counts_terms = !idf || !options.idf_out_path.empty();
  if (counts_terms || options.mask.site) clock.begin("count");
  learn_mask(reader, options.mask,
             memory_for(MemoryPlan::kSummaries, "mask", summary_memory(options.corpus)),
             checkpoint);
  if (counts_terms) {
    counted = checkpoint.get_or_make(
        "counts", read_counts,
        [&] {
          const std::string& stem = options.summary.stem;
          const TextLanguages languages = languages_of(options);
          return options.by_family ? count_idf(reader, stem, languages)
                                   : count_story_idf(reader, stem, languages, options.pages, notes);
        },
        write_counts);
  }
  const bool is_idf_used = idf || counted->documents() >= kFewestDocumentsForIdf;
  if (is_idf_used) (idf ? *idf : *counted).condense();
  const CorpusIdf* const weights = !is_idf_used ? nullptr : idf ? &*idf : &*counted;

  clock.begin("summarize");
  Outputs outputs(files, options);
  if (options.by_family) {
    summarize_families(
        options, weights, reader, [&](const WrittenAbstracts& found) { outputs.write(found); },
        counts);
  } else {
    summarize_records(options, weights, earlier ? &*earlier : nullptr, notes, reader, outputs,
                      counts);
  }
  // Last, so that a run that is stopped leaves nothing under a final name.
  outputs.commit(options.idf_out_path.empty() ? nullptr : &*counted);
  checkpoint.remove();
  if (outputs.bytes() > kSlowPageBytes) {
    control.note(fmt::format("a page with all abstracts has {} MB, which browsers open slowly: "
                             "Markdown and JSON Lines have no such bound",
                             outputs.bytes() / 1'000'000));
  }
  if (counts.ranked_in_part > 0) {
    control.note(fmt::format("{} longer than 16 MiB, 250,000 sentences or the memory of the run: "
                             "abstracts are of the beginnings",
                             counts.ranked_in_part == 1
                                 ? "one text is"
                                 : fmt::format("{} texts are", counts.ranked_in_part)));
  }
  counts.faults = reader.faults().total + (earlier ? earlier->faults() : 0);
  result.report.parameters.add(
      "idf", std::string_view(is_idf_used ? "corpus" : "sentences of each text"));
}

}  // namespace

SummarizeResult run_summarize(const SummarizeOptions& options, const RunControl& control) {
  StageClock clock;
  OutputSet files({{"--output", options.output_path},
                   {"--html", options.html_path},
                   {"--idf-out", options.idf_out_path}},
                  options.corpus.other_outputs, options.corpus.output_folder);
  const std::unique_ptr<CorpusReader> corpus = open_corpus(options.corpus, control);
  CorpusReader& reader = *corpus;
  files.refuse_inputs(reader.inputs());
  files.name_shards(reader.inputs());
  SummarizeResult result;
  SummarizeSummary& counts = result.summary;

  // Options out of range end the run before anything is read.
  ArticleSummarizer(options.summary, nullptr);

  RunReport& report = result.report;
  report.command = "summarize";
  describe(options, report.parameters);
  report.parameters.add("as", name_of(options.pages));
  report.parameters.add("mask_page", std::uint64_t{options.mask.page});
  report.parameters.add("mask_site", std::uint64_t{options.mask.site});
  RunIdentity identity = make_run_identity("summarize", options.corpus, reader.inputs());
  identity.outputs = files.paths();
  identity.options.emplace_back("parameters", report.parameters.to_json(0));
  for (const std::string& path : {options.idf_path, options.since}) {
    if (std::filesystem::is_regular_file(path)) identity.inputs.push_back({path});
  }
  const std::unique_ptr<Checkpoint> checkpoint =
      open_checkpoint(options.corpus, identity, control);
  try {
    summarize(options, control, clock, reader, files, *checkpoint, result);
  } catch (...) {
    leave_checkpoint(*checkpoint, control);
  }

  report.counts.add("documents", counts.documents);
  report.counts.add("pages", counts.pages);
  report.counts.add("stories_of_pages", counts.stories);
  report.counts.add("abstracts", counts.abstracts);
  report.counts.add("texts_without_words", counts.empty);
  report.counts.add("ranked_in_part", counts.ranked_in_part);
  report.counts.add("sentences", counts.sentences);
  report.counts.add("chosen_sentences", counts.chosen);
  if (!options.summary.must_include.empty()) {
    report.counts.add("abstracts_without_a_required_term", counts.without_term);
  }
  report.counts.add_json("languages", json_of(counts.languages));
  end_report(reader, files, clock, report);
  return result;
}

}  // namespace copydesk
