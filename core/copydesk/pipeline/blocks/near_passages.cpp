// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks/near_passages.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "copydesk/corpus/pass.h"
#include "copydesk/error.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/pipeline/passes/pair_search.h"
#include "copydesk/pipeline/passes/shingle_sets.h"
#include "copydesk/sketch/similarity_estimate.h"

namespace copydesk {
namespace {

constexpr double kRecall =
    0.995;  // for pairs exactly at the threshold; others are found more often
constexpr std::size_t kPart = std::size_t{1} << 17;

// What find() may hold, as MemoryPlan::kNearBlocks divides it.
MemoryBudget budget_of(const CorpusOptions& options) {
  const auto part = [memory = table_memory(options)](std::string_view name) {
    return memory_for(MemoryPlan::kNearBlocks, name, memory);
  };
  MemoryBudget budget;
  budget.keys = part("keys");
  budget.sketches = part("sketches");
  budget.join_entries = part("join entries") / options.threads;
  budget.join_pairs = part("join pairs") / options.threads;
  // That of the sketches is free when they are in their file.
  budget.join_sketches = budget.sketches / options.threads;
  budget.pairs = part("pairs");
  budget.sets = part("sets");
  budget.signatures = part("signatures");
  return budget;
}

// The paragraphs of one batch that are to be compared.
struct BatchSets {
  std::vector<std::uint32_t> numbers;
  std::vector<std::vector<std::uint64_t>> sets;
  std::vector<ShingleCounts> counts;

  void clear() { numbers.clear(); }
};

class SetCollector {
 public:
  SetCollector(const BlocksOptions& options, const ShingleOptions& shingles,
               const std::vector<std::uint32_t>& first_of_document, const std::vector<bool>& wanted,
               StopFlag stop)
      : least_bytes_(options.least_paragraph_bytes),
        first_of_document_(first_of_document),
        wanted_(wanted),
        scanner_(options.masks_numbers, options.paragraph_end),
        sets_(shingles, stop, ShingleSetMaker::kWordsToTell) {}

  void operator()(const ReadDocument& read, BatchSets& out) {
    scanner_.scan(read.document.text, least_bytes_, paragraphs_);
    const std::uint32_t first = first_of_document_[read.number];
    for (std::uint32_t i = 0; i < paragraphs_.size(); ++i) {
      if (first + i >= wanted_.size()) fail_changed(read.batch.source_name);
      if (!wanted_[first + i]) continue;
      const std::size_t place = out.numbers.size();
      out.numbers.push_back(first + i);
      if (place == out.sets.size()) out.sets.emplace_back(), out.counts.emplace_back();
      sets_.make(scanner_.contents(read.document.text, paragraphs_[i]), TokenKind::kWords,
                 out.sets[place], out.counts[place]);
    }
  }

 private:
  std::size_t least_bytes_;
  const std::vector<std::uint32_t>& first_of_document_;
  const std::vector<bool>& wanted_;
  ParagraphScanner scanner_;
  ShingleSetMaker sets_;
  std::vector<Paragraph> paragraphs_;
};

}  // namespace

NearPassageOptions::NearPassageOptions(const BlocksOptions& blocks)
    : likeness(blocks.near), shingles(blocks.near_shingles) {
  if (!(likeness > 0.0 && likeness <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "must be above 0 and at most 1", "--near");
  }
  banding = choose_banding(likeness, kRecall, sketch.slots);
}

PassageSketcher::PassageSketcher(const NearPassageOptions& options)
    : options_(options),
      shingler_(options.shingles),
      sketcher_(options.sketch),
      sketch_(options.sketch.slots) {}

void PassageSketcher::add(std::string_view contents, PassageSketches& out) {
  shingler_.shingle(contents, shingled_);
  // Nothing but white space of other scripts: like nothing.
  if (shingled_.shingles.empty()) shingled_.shingles.push_back(contents.size());
  sketcher_.sketch(shingled_.shingles, sketch_);
  out.keys.resize(out.keys.size() + options_.banding.bands);
  compute_band_keys(sketch_, options_.banding, std::span(out.keys).last(options_.banding.bands));
  out.slots.resize(out.slots.size() + sketch_.size());
  pack_slots(sketch_, std::span(out.slots).last(sketch_.size()));
}

NearPassages::NearPassages(const BlocksOptions& options, const NearPassageOptions& near)
    : options_(options),
      near_(near),
      rule_{near.likeness, 0.0, near.shingles.size},
      memory_(budget_of(options.corpus)),
      entries_(options.corpus.work_folder,
               memory_for(MemoryPlan::kNearBlocks, "passages", table_memory(options.corpus)) / 2,
               kPartitions),
      with_firsts_(
          options.corpus.work_folder,
          memory_for(MemoryPlan::kNearBlocks, "passages", table_memory(options.corpus)) / 2,
          kPartitions),
      keys_(near.banding.bands, KeyWidth::k40, options.corpus.work_folder, memory_.keys),
      sketches_(near.sketch.slots, options.corpus.work_folder, memory_.sketches) {}

void NearPassages::add(std::uint32_t document, std::span<const Paragraph> paragraphs,
                       std::uint32_t site) {
  if (passages_ + paragraphs.size() >= kNone) {
    throw Error(ErrorCode::kLimitExceeded, "more than 4 billion paragraphs");
  }
  first_of_document_.push_back(static_cast<std::uint32_t>(passages_));
  for (const Paragraph& paragraph : paragraphs) {
    entries_.add(paragraph.key % kPartitions,
                 {paragraph.key, static_cast<std::uint32_t>(passages_), document,
                  static_cast<std::uint32_t>(paragraph.span.begin),
                  static_cast<std::uint32_t>(paragraph.span.end), site, 0});
    ++passages_;
  }
}

void NearPassages::add_sketches(const PassageSketches& sketches) {
  keys_.append(sketches.keys);
  const std::size_t slots = sketches_.slots();
  for (std::size_t i = 0; i < sketches.slots.size(); i += slots) {
    sketches_.append(std::span(sketches.slots).subspan(i, slots));
  }
}

// One of each key takes part in the join.
void NearPassages::find_firsts() {
  std::vector<Entry> entries;
  for (std::size_t partition = 0; partition < kPartitions; ++partition) {
    entries_.take(partition, entries);
    std::sort(entries.begin(), entries.end(), [](const Entry& x, const Entry& y) {
      return std::pair(x.key, x.number) < std::pair(y.key, y.number);
    });
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const bool is_first = i == 0 || entries[i].key != entries[i - 1].key;
      entries[i].first = is_first ? entries[i].number : entries[i - 1].first;
      if (is_first) firsts_.push_back(entries[i].number);
      with_firsts_.add(partition, entries[i]);
    }
  }
  bytes_on_disk_ += entries_.bytes_on_disk() + with_firsts_.bytes_on_disk();
  std::sort(firsts_.begin(), firsts_.end());
}

// `pairs` are sorted: when those of a paragraph come, all that could make it one of another's group
// have been seen.
void NearPassages::lead(const SpillList<ScoredPair>& pairs) {
  leader_.assign(passages_, kNone);
  leads_.assign(passages_, false);
  pairs.for_each_part(kPart, [&](std::span<const ScoredPair> part) {
    for (const ScoredPair& pair : part) {
      if (leader_[pair.a] != kNone || leader_[pair.b] != kNone) continue;
      leader_[pair.b] = pair.a;
      leads_[pair.a] = true;
    }
  });
}

void NearPassages::hand_over(RepeatedPassages& groups) {
  std::vector<Entry> entries;
  for (std::size_t partition = 0; partition < kPartitions; ++partition) {
    with_firsts_.take(partition, entries);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      const Entry& entry = entries[i];
      const bool has_leader = leader_[entry.first] != kNone;
      const std::uint32_t leader = has_leader ? leader_[entry.first] : entry.first;
      const bool is_alone = !leads_[leader] && (i == 0 || entries[i - 1].first != entry.first) &&
                            (i + 1 == entries.size() || entries[i + 1].first != entry.first);
      if (is_alone) continue;
      // Spread over the partitions.
      const std::uint64_t key = (leader + std::uint64_t{1}) * 0x9E3779B97F4A7C15u;
      groups.add(key ^ key >> 32, entry.document, entry.begin, entry.end, entry.site, has_leader);
    }
  }
}

void NearPassages::find(CorpusReader& reader, const CorpusTable& table, RepeatedPassages& groups) {
  const RunControl& control = reader.control();
  find_firsts();
  const PairSearch search{options_.corpus.work_folder,
                          options_.corpus.threads,
                          near_.banding.rows,
                          rule_,
                          memory_,
                          control};
  SpillList<CandidatePair> candidates(options_.corpus.work_folder, memory_.pairs / 2);
  join_sketches(
      search, keys_, sketches_, firsts_, [](std::uint32_t number) { return number; },
      kPairwiseAgainst, candidates);
  candidate_pairs_ = candidates.size();
  bytes_on_disk_ += keys_.bytes_on_disk() + sketches_.bytes_on_disk() + candidates.bytes_on_disk();
  keys_ = BandKeyTable(near_.banding.bands, KeyWidth::k40);
  sketches_ = PackedSketches(near_.sketch.slots);
  std::vector<std::uint32_t>().swap(firsts_);

  const std::vector<bool> wanted = items_in(candidates, passages_);
  std::vector<bool> documents(table.documents.size());
  for (std::size_t document = 0; document < documents.size(); ++document) {
    const std::uint64_t end =
        document + 1 < documents.size() ? first_of_document_[document + 1] : passages_;
    for (std::uint64_t i = first_of_document_[document]; i < end; ++i) {
      if (wanted[i]) documents[document] = true;
    }
  }
  ShingleSetStore sets(options_.corpus.work_folder, memory_.sets);
  later_pass<BatchSets>(
      reader, {table, &documents}, "collect",
      [&](std::size_t) {
        return SetCollector(options_, near_.shingles, first_of_document_, wanted,
                            StopFlag(reader.control().stop));
      },
      [&](const ReadBatch<BatchSets>& batch) {
        const BatchSets& found = batch.found;
        for (std::size_t i = 0; i < found.numbers.size(); ++i) {
          sets.add(found.numbers[i], found.sets[i], {}, found.counts[i]);
        }
      });
  const SpillList<ScoredPair> near = verify_candidates(search, candidates, sets);
  near_pairs_ = near.size();
  bytes_on_disk_ += sets.bytes_on_disk() + near.bytes_on_disk();
  lead(near);
  hand_over(groups);
}

}  // namespace copydesk
