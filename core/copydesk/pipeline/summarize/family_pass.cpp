// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/summarize/family_pass.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/error.h"
#include "copydesk/read/time_value.h"
#include "copydesk/summary/family_summarizer.h"
#include "copydesk/write/family_lines.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {
namespace {

// What is kept of a member besides its texts: its strings, and what the summarizer notes of it.
constexpr std::uint64_t kBytesPerMember = sizeof(FamilyText) + 160;
// Ranking takes about 30 times the text that is ranked; see FamilyBounds.
constexpr std::uint64_t kWorkPerByte = 32;
constexpr std::uint64_t kLeastMemory = std::uint64_t{256} << 20;

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

class FamilyCollector {
 public:
  FamilyCollector(const SummarizeOptions& options, const CorpusIdf* idf, const TextMask* mask,
                  StopFlag stop)
      : options_(options),
        masker_(mask),
        summarizer_(options.summary, {}, idf),
        most_bytes_(options.corpus.memory_bytes == 0 ? std::uint64_t{1} << 30
                                                     : options.corpus.memory_bytes),
        bounds_{std::max(most_bytes_, kLeastMemory) / kWorkPerByte, stop} {
    if (options.since.empty()) return;
    known_before_ = parse_time(options.since);
    if (!known_before_) {
      throw Error(ErrorCode::kInvalidOption,
                  "with families this is a time, such as 2026-01-31 or 2026-01-31T12:00Z",
                  "--since");
    }
  }

  void count(const Document& document) {
    if (!document.order.empty()) sizes_.add(document.order);
  }
  // Ends counting.
  void begin() { sizes_.count(); }

  // Adds a member; once its family is complete, writes its abstract.
  void add(const RecordBatch& batch, const Document& document, SummarizeSummary& counts,
           std::string& lines, std::string& page) {
    bounds_.stop.check();
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
    const auto [family, is_new] = families_.try_emplace(std::string(document.order));
    if (is_new) family->second.expected = sizes_.of(document.order);
    if (family->second.expected == 0) fail_changed({});
    const std::uint64_t size = size_of(member);
    bytes_ += size;
    family->second.members.push_back(std::move(member));
    if (family->second.members.size() == family->second.expected) {
      for (const FamilyText& text : family->second.members) bytes_ -= size_of(text);
      write(family->first, family->second.members, counts, lines, page);
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
           kBytesPerMember;
  }

  void write(const std::string& name, const std::vector<FamilyText>& texts,
             SummarizeSummary& counts, std::string& lines, std::string& page) {
    std::vector<FamilyMember> members;
    members.reserve(texts.size());
    for (const FamilyText& text : texts) {
      members.push_back({text.id, text.title, text.text, text.time});
    }
    summarizer_.summarize(members, known_before_, summary_, bounds_);
    counts.chosen += summary_.sentences.size();
    counts.ranked_in_part += summary_.is_ranked_in_part ? 1 : 0;
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
  std::uint64_t most_bytes_;
  FamilyBounds bounds_;
  std::optional<double> known_before_;
  FamilySizes sizes_;
  std::unordered_map<std::string, OpenFamily> families_;  // those that are not complete
  std::uint64_t bytes_ = 0;                               // of their members
};

}  // namespace

void summarize_families(
    const SummarizeOptions& options, const CorpusIdf* idf, const TextMask* mask,
    CorpusReader& reader, bool is_first_pass,
    const std::function<void(const std::string& lines, const std::string& page)>& write,
    SummarizeSummary& counts, const RunControl& control) {
  FamilyCollector collector(options, idf, mask, control.stop_flag());
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
  collector.begin();
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
