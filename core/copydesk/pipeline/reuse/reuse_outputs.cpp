// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/reuse_outputs.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "copydesk/pipeline/reuse/reuse_report_pass.h"
#include "copydesk/reuse/answer_search.h"
#include "copydesk/write/reuse_lines.h"

namespace copydesk {

namespace {

constexpr std::size_t kFlushBytes = std::size_t{1} << 20;

// Collects lines and hands them on in large pieces.
class LineBuffer {
 public:
  explicit LineBuffer(ByteSink* sink) : sink_(sink) {}
  std::string& text() {
    if (text_.size() > kFlushBytes) flush();
    return text_;
  }
  void flush() {
    if (sink_ != nullptr) sink_->write(text_);
    text_.clear();
  }

 private:
  ByteSink* sink_;
  std::string text_;
};

// A pair as copy and source; `pair` is an index, or kWhole for equal texts.
struct Copying {
  std::uint32_t copy;
  std::uint32_t source;
  std::size_t pair;
  std::uint64_t first_passage;  // of the pair's
  static constexpr std::size_t kWhole = ~std::size_t{0};
};

}  // namespace

ReuseOutputs::ReuseOutputs(const ReuseOptions& options, OutputSet& files, CorpusReader& reader,
                           const FingerprintedCorpus& corpus, const CollectedTexts& collected,
                           const JudgedPairs& judged, const StoryFamilies& families)
    : options_(options),
      files_(files),
      reader_(reader),
      corpus_(corpus),
      collected_(collected),
      judged_(judged),
      families_(families) {}

std::uint64_t ReuseOutputs::write() {
  const std::uint64_t count = write_passages(files_.sink("--output"));
  if (ByteSink* const pairs = files_.sink("--pairs")) write_pairs(*pairs);
  if (ByteSink* const families = files_.sink("--families")) write_families(*families);
  if (options_.on_family) hand_over_families();
  reader_.control().check_stop();
  if (ByteSink* const html = files_.sink("--html")) {
    write_reuse_report(*html, reader_, corpus_, collected_, families_, options_.rules.passages);
  }
  files_.commit();
  return count;
}

// With two corpora the new one has the copies.
bool ReuseOutputs::is_copy(const RelatedPair& pair) const {
  if (corpus_.first_new_document != 0) return pair.pair.a >= corpus_.first_new_document;
  return is_first_the_copy(pair, families_, collected_);
}

std::uint64_t ReuseOutputs::write_passages(ByteSink* sink) {
  const bool is_against = corpus_.first_new_document != 0;
  std::vector<Copying> copyings;
  std::uint64_t next_passage = 0;
  for (std::size_t i = 0; i < judged_.pairs.size(); ++i) {
    const std::uint64_t first = next_passage;
    next_passage += judged_.pairs[i].passages;
    if (judged_.pairs[i].passages == 0) continue;
    const bool is_a = is_copy(judged_.pairs[i]);
    const auto [a, b] = judged_.pairs[i].pair;
    copyings.push_back({is_a ? a : b, is_a ? b : a, i, first});
  }
  // Equal texts of the new corpus are copies of the same; elsewhere each is a copy of the version
  // of the same text that is ranked first.
  std::vector<std::pair<std::uint32_t, std::uint32_t>> repeats;
  for (const ReuseDocument& document : collected_.documents) {
    const std::uint32_t first = corpus_.representatives[document.document];
    if (first != document.document) repeats.emplace_back(first, document.document);
  }
  std::sort(repeats.begin(), repeats.end());
  if (is_against) {
    const std::size_t count = copyings.size();
    for (std::size_t i = 0; i < count; ++i) {
      for (auto place = std::lower_bound(repeats.begin(), repeats.end(),
                                         std::pair{copyings[i].copy, std::uint32_t{0}});
           place != repeats.end() && place->first == copyings[i].copy; ++place) {
        copyings.push_back(
            {place->second, copyings[i].source, copyings[i].pair, copyings[i].first_passage});
      }
    }
  } else {
    for (const PlacedFamily& family : families_.families) {
      const std::vector<PlacedVersion>& versions = family.versions;
      std::uint32_t source = 0;
      for (std::size_t i = 0; i < versions.size(); ++i) {
        if (i == 0 || versions[i].text != versions[i - 1].text) source = versions[i].document;
        if (versions[i].document != source) {
          copyings.push_back({versions[i].document, source, Copying::kWhole, 0});
        }
      }
    }
  }
  std::sort(copyings.begin(), copyings.end(), [](const Copying& x, const Copying& y) {
    return std::tie(x.copy, x.source) < std::tie(y.copy, y.source);
  });

  std::uint64_t count = 0;
  LineBuffer lines(sink);
  const auto take = [&](const Copying& copying, const CopiedPassage& passage) {
    ++count;
    const CorpusTable& table = corpus_.table;
    if (options_.on_passage) {
      options_.on_passage({table.ref_of(copying.copy), table.ref_of(copying.source),
                           passage.in_copy, passage.in_source, passage.tokens,
                           passage.similarity});
    }
    if (sink == nullptr) return;
    append_passage_line(lines.text(), table.place_of(copying.copy),
                        table.place_of(copying.source), passage);
  };
  TextStore::Buffer copy_buffer, source_buffer;
  std::vector<StoredPassage> stored;
  AnswerSearch answers;
  for (const Copying& copying : copyings) {
    if (copying.pair == Copying::kWhole) {
      const ReuseDocument& document = collected_.find(copying.copy);
      take(copying, {document.bytes, collected_.find(copying.source).bytes, document.tokens, 1.0,
                     Relation::kCopy, {}, {}});
      continue;
    }
    const RelatedPair& pair = judged_.pairs[copying.pair];
    const TextStore::View in_copy = collected_.texts.get(copying.copy, copy_buffer);
    const TextStore::View in_source = collected_.texts.get(copying.source, source_buffer);
    const bool is_a = corpus_.representatives[copying.copy] == pair.pair.a;
    DocumentNotes item;
    if (is_against) item = collected_.notes_of(collected_.find(copying.source));
    std::vector<CopiedPassage> passages;
    stored.resize(pair.passages);
    judged_.passages.read(copying.first_passage, stored);
    for (const StoredPassage& passage : stored) {
      const auto a = is_a ? std::pair{passage.begin_a, passage.end_a}
                          : std::pair{passage.begin_b, passage.end_b};
      const auto b = is_a ? std::pair{passage.begin_b, passage.end_b}
                          : std::pair{passage.begin_a, passage.end_a};
      passages.push_back({in_copy.bytes(a.first, a.second), in_source.bytes(b.first, b.second),
                          passage.matched, passage.similarity(),
                          is_a ? pair.relation : reversed(pair.relation), {}, {}});
      if (!is_against) continue;
      passages.back().set = item.set;
      if (!item.answer.empty()) {
        passages.back().answer = answers.is_near(in_copy.tokens, a.second, item.answer);
      }
    }
    std::sort(passages.begin(), passages.end(), [](const CopiedPassage& x, const CopiedPassage& y) {
      return std::tie(x.in_copy.begin, x.in_source.begin) <
             std::tie(y.in_copy.begin, y.in_source.begin);
    });
    for (const CopiedPassage& passage : passages) take(copying, passage);
  }
  lines.flush();
  return count;
}

void ReuseOutputs::write_pairs(ByteSink& sink) {
  LineBuffer lines(&sink);
  for (std::size_t i = 0; i < judged_.pairs.size(); ++i) {
    const RelatedPair& pair = judged_.pairs[i];
    PairEvidence evidence;
    judged_.evidence.read(i, std::span(&evidence, 1));
    std::string_view source;
    const StoryFamilies::Place& a = families_.places[pair.pair.a];
    const StoryFamilies::Place& b = families_.places[pair.pair.b];
    const bool is_in_family = a.family != StoryFamilies::kNone && a.family == b.family;
    if (is_in_family && families_.families[a.family].has_source()) {
      source = is_copy(pair) ? "b" : "a";
    }
    append_reuse_pair_line(lines.text(), corpus_.table.place_of(pair.pair.a),
                           corpus_.table.place_of(pair.pair.b), pair, evidence, source);
  }
  lines.flush();
}

void ReuseOutputs::hand_over_families() const {
  for (const PlacedFamily& family : families_.families) {
    CopiedStory story{{}, family.fullest, family.has_source(), family.confidence};
    for (const PlacedVersion& version : family.versions) {
      story.versions.push_back(corpus_.table.ref_of(version.document));
    }
    options_.on_family(std::move(story));
  }
}

void ReuseOutputs::write_families(ByteSink& sink) {
  LineBuffer lines(&sink);
  for (std::size_t i = 0; i < families_.families.size(); ++i) {
    append_family_line(lines.text(), i, describe(families_.families[i], corpus_.table, collected_));
  }
  lines.flush();
}

}  // namespace copydesk
