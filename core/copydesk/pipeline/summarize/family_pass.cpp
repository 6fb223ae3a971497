// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/family_pass.h"

#include <fmt/format.h>

#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/error.h"
#include "copydesk/read/time_value.h"
#include "copydesk/summary/family_summarizer.h"
#include "copydesk/write/family_lines.h"

namespace copydesk {
namespace {

struct OpenFamily {
  std::vector<FamilyText> members;
  std::uint64_t expected = 0;
};

class FamilyCollector {
 public:
  FamilyCollector(const SummarizeOptions& options, const CorpusIdf* idf, const TextMask* mask)
      : options_(options), masker_(mask), summarizer_(options.summary, {}, idf) {
    if (options.since.empty()) return;
    known_before_ = parse_time(options.since);
    if (!known_before_) {
      throw Error(ErrorCode::kInvalidOption,
                  "with families this is a time, such as 2026-01-31 or 2026-01-31T12:00Z",
                  "--since");
    }
  }

  void count(const Document& document) {
    if (!document.order.empty()) ++families_[std::string(document.order)].expected;
  }

  // Adds a member; once its family is complete, writes its abstract.
  void add(const RecordBatch& batch, const Document& document, SummarizeSummary& counts,
           std::string& lines, std::string& page) {
    FamilyText member;
    member.id = document.has_id ? std::string(document.id)
                                : fmt::format("{}:{}", batch.source_name, document.origin.line);
    member.title = document.title;
    // Blank where it is masked, so that no sentence begins or ends there; the others are whole.
    member.text = masker_.masked(document);
    member.time_text = document.time;
    member.time = parse_time(document.time);
    if (document.order.empty()) {
      std::vector<FamilyText> alone;
      const std::string name = member.id;
      alone.push_back(std::move(member));
      write(name, alone, counts, lines, page);
      return;
    }
    const auto family = families_.find(std::string(document.order));
    if (family == families_.end()) fail_changed({});
    bytes_ += member.text.size();
    family->second.members.push_back(std::move(member));
    if (family->second.members.size() == family->second.expected) {
      for (const FamilyText& text : family->second.members) bytes_ -= text.text.size();
      write(family->first, family->second.members, counts, lines, page);
      families_.erase(family);
      return;
    }
    const std::uint64_t most =
        options_.corpus.memory_bytes == 0 ? std::uint64_t{1} << 30 : options_.corpus.memory_bytes;
    if (bytes_ > most) {
      throw Error(ErrorCode::kLimitExceeded,
                  "the texts of unfinished families do not fit the memory of the run: sort the "
                  "input by family or raise --memory");
    }
  }

 private:
  void write(const std::string& name, const std::vector<FamilyText>& texts,
             SummarizeSummary& counts, std::string& lines, std::string& page) {
    std::vector<FamilyMember> members;
    for (const FamilyText& text : texts) {
      members.push_back({text.id, text.title, text.text, text.time});
    }
    summarizer_.summarize(members, known_before_, summary_);
    counts.chosen += summary_.sentences.size();
    ++(summary_.sentences.empty() ? counts.empty : counts.abstracts);
    if (options_.form == SummaryForm::kText) {
      append_family_text(lines, name, texts, summary_, options_.separator, options_.explain);
    } else {
      append_family_line(lines, name, texts, summary_, options_.separator, options_.explain);
    }
    if (!options_.html_path.empty()) append_family_article(page, name, texts, summary_);
  }

  const SummarizeOptions& options_;
  TextMasker masker_;
  FamilySummarizer summarizer_;
  FamilySummary summary_;
  std::optional<double> known_before_;
  std::unordered_map<std::string, OpenFamily> families_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

void summarize_families(
    const SummarizeOptions& options, const CorpusIdf* idf, const TextMask* mask,
    CorpusReader& reader, bool is_first_pass,
    const std::function<void(const std::string& lines, const std::string& page)>& write,
    SummarizeSummary& counts, const RunControl& control) {
  FamilyCollector collector(options, idf, mask);
  RecordParser parser(options.corpus.fields);
  RecordBatch batch;
  std::uint64_t documents = 0;
  while (reader.next(batch)) {
    control.check_stop();
    parser.parse(batch, {[&](const Document& document) {
                           ++documents;
                           collector.count(document);
                         },
                         [&](RecordFault&& fault) {
                           if (is_first_pass) reader.take_fault(fault);
                         }});
    if (is_first_pass) reader.check_share_of_faults(documents);
    control.report({"group", reader.raw_bytes(), reader.raw_size(), "bytes", documents});
  }
  reader.restart();
  std::string lines, page;
  while (reader.next(batch)) {
    control.check_stop();
    lines.clear();
    page.clear();
    parser.parse(batch, {[&](const Document& document) {
                           ++counts.documents;
                           collector.add(batch, document, counts, lines, page);
                         },
                         [](RecordFault&&) {}});
    counts.bytes += batch.text().size();
    write(lines, page);
    control.report({"summarize", reader.raw_bytes(), reader.raw_size(), "bytes", counts.documents});
  }
  if (counts.documents != documents) fail_changed({});
}

}  // namespace copydesk
