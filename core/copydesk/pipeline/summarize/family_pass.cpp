// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/family_pass.h"

#include <algorithm>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/error.h"
#include "copydesk/read/time_value.h"
#include "copydesk/summary/family_summarizer.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/write/family_lines.h"

namespace copydesk {
namespace {

struct OpenFamily {
  std::vector<FamilyText> members;
  std::uint64_t expected = 0;
};

// The members of families in one batch, each with the name of its family, empty if it is alone.
struct BatchMembers {
  std::vector<std::pair<std::string, FamilyText>> members;

  void clear() { members.clear(); }
};

// The stories that split writes are numbered within their page: the first of one page is not of one
// family with the first of another.
std::string family_of(const ReadDocument& read, const SummarizeOptions& options) {
  std::string name(read.document.order);
  const bool is_number = !name.empty() && std::all_of(name.begin(), name.end(),
                                                      [](char c) { return c >= '0' && c <= '9'; });
  return is_number && options.corpus.fields.order == "story" ? read.name() + ":" + name : name;
}

// Blank where it is masked, so that no sentence begins or ends there; the others are whole.
void collect_member(const ReadDocument& read, const SummarizeOptions& options, BatchMembers& out) {
  const Document& document = read.document;
  auto& [family, member] = out.members.emplace_back();
  family = family_of(read, options);
  member.id = read.name();
  member.title = document.title;
  member.text = read.text;
  member.time_text = document.time;
  member.time = parse_time(document.time);
  const std::string& language = options.summary.splitting.language;
  member.language = language.empty() ? std::string(detect_language(document.text)) : language;
}

struct BatchNames {
  std::vector<std::string> families;

  void clear() { families.clear(); }
};

class FamilyCollector {
 public:
  FamilyCollector(const SummarizeOptions& options, const CorpusIdf* idf)
      : options_(options), summarizer_(options.summary, {}, idf) {
    if (options.since.empty()) return;
    known_before_ = parse_time(options.since);
    if (!known_before_) {
      throw Error(ErrorCode::kInvalidOption,
                  "with families this is a time, such as 2026-01-31 or 2026-01-31T12:00Z",
                  "--since");
    }
  }

  void count(const std::string& family) { ++families_[family].expected; }

  // Adds a member; once its family is complete, writes its abstract.
  void add(const std::string& name, FamilyText member, SummarizeSummary& counts, std::string& lines,
           std::string& page) {
    if (name.empty()) {
      std::vector<FamilyText> alone;
      const std::string id = member.id;
      alone.push_back(std::move(member));
      write(id, alone, counts, lines, page);
      return;
    }
    const auto family = families_.find(name);
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
      members.push_back({text.id, text.title, text.text, text.time, {}, text.language});
      ++counts.languages[text.language.empty() ? "unknown" : text.language];
    }
    summarizer_.summarize(members, known_before_, summary_);
    counts.chosen += summary_.sentences.size();
    counts.without_term += summary_.missing.empty() ? 0 : 1;
    ++(summary_.sentences.empty() ? counts.empty : counts.abstracts);
    if (options_.form == SummaryForm::kText) {
      append_family_text(lines, name, texts, summary_, options_.separator, options_.explain);
    } else {
      append_family_line(lines, name, texts, summary_, options_.separator, options_.explain);
    }
    if (!options_.html_path.empty()) append_family_article(page, name, texts, summary_);
  }

  const SummarizeOptions& options_;
  FamilySummarizer summarizer_;
  FamilySummary summary_;
  std::optional<double> known_before_;
  std::unordered_map<std::string, OpenFamily> families_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

void summarize_families(
    const SummarizeOptions& options, const CorpusIdf* idf, CorpusReader& reader,
    const std::function<void(const std::string& lines, const std::string& page)>& write,
    SummarizeSummary& counts) {
  FamilyCollector collector(options, idf);
  first_pass<BatchNames>(
      reader, "group",
      [&](std::size_t) {
        return [&options](const ReadDocument& read, BatchNames& out) {
          if (!read.document.order.empty()) out.families.push_back(family_of(read, options));
        };
      },
      [&](const ReadBatch<BatchNames>& batch) {
        for (const std::string& family : batch.found.families) collector.count(family);
      });
  std::string lines, page;
  first_pass<BatchMembers>(
      reader, "summarize",
      [&](std::size_t) {
        return [&options](const ReadDocument& read, BatchMembers& out) {
          collect_member(read, options, out);
        };
      },
      [&](ReadBatch<BatchMembers>& batch) {
        lines.clear();
        page.clear();
        for (auto& [family, member] : batch.found.members) {
          collector.add(family, std::move(member), counts, lines, page);
        }
        counts.documents += batch.documents;
        counts.bytes += batch.row.size;
        write(lines, page);
      });
}

}  // namespace copydesk
