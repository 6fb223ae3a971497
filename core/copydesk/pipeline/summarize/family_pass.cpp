// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/family_pass.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/error.h"
#include "copydesk/read/time_value.h"
#include "copydesk/run/memory_budget.h"
#include "copydesk/summary/family_summarizer.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/write/family_lines.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {
namespace {

// What is kept of a member besides its texts: its strings, and what the summarizer notes of it.
constexpr std::uint64_t kBytesPerMember = sizeof(FamilyText) + 160;
// Ranking takes about 30 times the text that is ranked; see FamilyBounds.
constexpr std::uint64_t kWorkPerByte = 32;

// How many members each family has, in 24 bytes a family: names are not kept, their hashes are.
class FamilySizes {
 public:
  void add(std::string_view name) { keys_.push_back(key_of(name)); }

  // REQUIRES: all were added.
  void count() {
    std::sort(keys_.begin(), keys_.end());
    for (std::size_t begin = 0, end = 0; begin < keys_.size(); begin = end) {
      while (end < keys_.size() && keys_[end] == keys_[begin]) ++end;
      keys_[counts_.size()] = keys_[begin];
      counts_.push_back(static_cast<std::uint32_t>(end - begin));
    }
    keys_.resize(counts_.size());
  }

  // 0 for a family that was not added.
  [[nodiscard]] std::uint32_t of(std::string_view name) const {
    const Key key = key_of(name);
    const auto found = std::lower_bound(keys_.begin(), keys_.end(), key);
    if (found == keys_.end() || *found != key) return 0;
    return counts_[static_cast<std::size_t>(found - keys_.begin())];
  }

 private:
  using Key = std::pair<std::uint64_t, std::uint64_t>;
  static Key key_of(std::string_view name) {
    const XXH128_hash_t hash = XXH3_128bits(name.data(), name.size());
    return {hash.high64, hash.low64};
  }

  std::vector<Key> keys_;  // one for each record, then, ascending, one for each family
  std::vector<std::uint32_t> counts_;
};

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
  member.url = document.url;
  member.site = site_name(document.site, document.url);
  member.time = parse_time(document.time, options.corpus.date_order);
  member.language = TextLanguages{options.summary.splitting.language, false}.of({}, document.text);
}

struct BatchNames {
  std::vector<std::string> families;

  void clear() { families.clear(); }
};

class FamilyCollector {
 public:
  FamilyCollector(const SummarizeOptions& options, const CorpusIdf* idf, StopFlag stop)
      : options_(options),
        summarizer_(options.summary, {}, idf),
        most_bytes_(memory_for(MemoryPlan::kSummaries, "texts", summary_memory(options.corpus))),
        bounds_{memory_for(MemoryPlan::kSummaries, "ranking", summary_memory(options.corpus)) /
                    kWorkPerByte,
                stop} {
    if (options.since.empty()) return;
    known_before_ = parse_time(options.since, options.corpus.date_order);
    if (!known_before_) {
      throw Error(ErrorCode::kInvalidOption,
                  "with families this is a time, such as 2026-01-31 or 2026-01-31T12:00Z",
                  "--since");
    }
  }

  void count(std::string_view family) { sizes_.add(family); }
  // Ends counting.
  void begin() { sizes_.count(); }

  // Adds a member; once its family is complete, writes its abstract.
  void add(const std::string& name, FamilyText member, SummarizeSummary& counts,
           WrittenAbstracts& out) {
    bounds_.stop.check();
    if (name.empty()) {
      std::vector<FamilyText> alone;
      const std::string id = member.id;
      alone.push_back(std::move(member));
      write(id, alone, counts, out);
      return;
    }
    const auto [family, is_new] = families_.try_emplace(name);
    if (is_new) family->second.expected = sizes_.of(name);
    if (family->second.expected == 0) fail_changed({});
    bytes_ += size_of(member);
    family->second.members.push_back(std::move(member));
    if (family->second.members.size() == family->second.expected) {
      for (const FamilyText& text : family->second.members) bytes_ -= size_of(text);
      write(family->first, family->second.members, counts, out);
      families_.erase(family);
      return;
    }
    if (bytes_ > most_bytes_) {
      throw Error(ErrorCode::kLimitExceeded,
                  "the texts of unfinished families do not fit the memory of the run: sort the "
                  "input by family or raise --memory");
    }
  }

 private:
  static std::uint64_t size_of(const FamilyText& member) {
    return member.id.size() + member.title.size() + member.text.size() + member.time_text.size() +
           member.url.size() + member.site.size() + kBytesPerMember;
  }

  void write(const std::string& name, const std::vector<FamilyText>& texts,
             SummarizeSummary& counts, WrittenAbstracts& out) {
    std::vector<FamilyMember> members;
    members.reserve(texts.size());
    for (const FamilyText& text : texts) {
      members.push_back({text.id, text.title, text.text, text.time, {}, text.language});
      ++counts.languages[text.language.empty() ? "unknown" : text.language];
    }
    summarizer_.summarize(members, known_before_, summary_, bounds_);
    counts.chosen += summary_.sentences.size();
    counts.without_term += summary_.missing.empty() ? 0 : 1;
    counts.ranked_in_part += summary_.is_ranked_in_part ? 1 : 0;
    ++(summary_.sentences.empty() ? counts.empty : counts.abstracts);
    switch (options_.form) {
      case SummaryForm::kText:
        append_family_text(out.lines, name, texts, summary_, options_.separator, options_.explain);
        break;
      case SummaryForm::kMarkdown:
        append_family_markdown(out.lines, name, texts, summary_, options_.separator);
        break;
      case SummaryForm::kHtml:
        append_family_article(out.letter.emplace_back(), name, texts, summary_, false);
        break;
      case SummaryForm::kAuto:
      case SummaryForm::kJsonLines:
        append_family_line(out.lines, name, texts, summary_, options_.separator, options_.explain);
    }
    if (!options_.html_path.empty()) {
      append_family_article(out.page.emplace_back(), name, texts, summary_, true);
    }
  }

  const SummarizeOptions& options_;
  FamilySummarizer summarizer_;
  FamilySummary summary_;
  std::uint64_t most_bytes_;
  FamilyBounds bounds_;
  std::optional<double> known_before_;
  FamilySizes sizes_;
  std::unordered_map<std::string, OpenFamily> families_;  // those that are not complete
  std::uint64_t bytes_ = 0;                               // of their members
};

}  // namespace

void summarize_families(
    const SummarizeOptions& options, const CorpusIdf* idf, CorpusReader& reader,
    const std::function<void(const WrittenAbstracts&)>& write,
    SummarizeSummary& counts) {
  FamilyCollector collector(options, idf, StopFlag(reader.control().stop));
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
  collector.begin();
  WrittenAbstracts made;
  first_pass<BatchMembers>(
      reader, "summarize",
      [&](std::size_t) {
        return [&options](const ReadDocument& read, BatchMembers& out) {
          collect_member(read, options, out);
        };
      },
      [&](ReadBatch<BatchMembers>& batch) {
        made = {};
        for (auto& [family, member] : batch.found.members) {
          collector.add(family, std::move(member), counts, made);
        }
        counts.documents += batch.documents;
        counts.bytes += batch.row.size;
        write(made);
      });
}

}  // namespace copydesk
