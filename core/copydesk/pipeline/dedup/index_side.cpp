// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/index_side.h"

#include <algorithm>
#include <mutex>
#include <tuple>

#include "copydesk/error.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/parallel/parallel_for.h"
#include "copydesk/pipeline/dedup/read_sets.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/pipeline/passes/shingle_sets.h"
#include "copydesk/write/record_place.h"

namespace copydesk {

namespace {

// Keys are sorted by their upper bits, as hashes are.
constexpr unsigned kUpper = 64 - kIndexKeyBits;
constexpr std::size_t kAtOnce = 4096;

// For one thread.
SetOfText set_of_text(ShingleSetMaker& maker) {
  return [&maker](std::string_view text, TokenKind kind, StoredSet& out) {
    maker.make(text, kind, out.set, out.counts);
  };
}

}  // namespace

IndexSide::IndexSide(const IndexReader& index, const ScanOptions& scan, std::size_t threads,
                     const RunControl& control, ScannedCorpus& corpus)
    : index_(index),
      scan_(scan),
      threads_(threads),
      control_(control),
      first_(static_cast<std::uint32_t>(corpus.table.documents.size())) {
  choose(find(corpus));
  append_to(corpus);
}

// Every key of the corpus once, in order, band by band, against all segments.
std::vector<std::vector<bool>> IndexSide::find(const ScannedCorpus& corpus) const {
  std::vector<std::vector<bool>> found;
  for (const auto& segment : index_.segments()) found.emplace_back(segment->documents());
  std::mutex mutex;
  const std::size_t bands = index_.bands();
  const auto& rows = corpus.table.documents;
  if (found.empty()) return found;
  parallel_for(threads_, bands + 1, 1, [&](std::size_t band, std::size_t, std::size_t) {
    control_.check_stop();
    std::vector<std::uint64_t> keys;
    if (band == bands) {
      for (const DocumentRow& row : rows) keys.push_back(row.exact_low << kUpper);
    } else {
      BandKeyTable::ReadBuffer buffer;
      std::size_t document = 0;
      for (std::size_t part = 0; part < corpus.keys->parts(); ++part) {
        for (const std::uint64_t key : corpus.keys->read(band, part, buffer)) {
          if (rows[document++].text_class != TextClass::kEmpty) keys.push_back(key << kUpper);
        }
      }
    }
    make_shingle_set(keys);
    std::vector<AskedKey> asked;
    asked.reserve(keys.size());
    for (const std::uint64_t key : keys) asked.push_back({key >> kUpper, 0});
    BlockFile::Buffer buffer;
    std::vector<std::pair<std::size_t, std::uint32_t>> hits;
    index_.look_up(band, asked, buffer,
                   [&](std::uint32_t, std::size_t segment, std::uint32_t document) {
                     hits.emplace_back(segment, document);
                   });
    const std::lock_guard lock(mutex);
    for (const auto& [segment, document] : hits) found[segment][document] = true;
  });
  return found;
}

// With each that was removed comes the one that was kept for it.
void IndexSide::choose(const std::vector<std::vector<bool>>& found) {
  std::vector<std::uint32_t> kept;
  std::vector<std::uint32_t> removed;
  for (std::size_t i = 0; i < found.size(); ++i) {
    const Segment& segment = *index_.segments()[i];
    for (std::uint32_t document = 0; document < found[i].size(); ++document) {
      if (!found[i][document]) continue;
      const std::uint32_t number = segment.number_of(document);
      if (!index_.find(number)) continue;
      const SegmentRemoval* const removal = segment.removal_of(document);
      if (removal != nullptr) removed.push_back(number);
      kept.push_back(removal == nullptr ? number : removal->kept);
    }
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  is_removed_.assign(kept.size(), false);
  is_removed_.resize(kept.size() + removed.size(), true);
  std::vector<std::uint32_t> all = kept;
  all.insert(all.end(), removed.begin(), removed.end());
  for (const std::uint32_t number : all) chosen_.push_back({number, *index_.find(number)});
  for (std::size_t i = kept.size(); i < chosen_.size(); ++i) {
    const Chosen& one = chosen_[i];
    const SegmentRemoval& removal = *one.place.segment->removal_of(one.place.document);
    const auto at = std::lower_bound(kept.begin(), kept.end(), removal.kept);
    const IndexReader::Place& keeper = chosen_[static_cast<std::size_t>(at - kept.begin())].place;
    if (keeper.segment->removal_of(keeper.document) != nullptr) {
      throw Error(ErrorCode::kCorruptFile, "a document was removed for one that was not kept",
                  index_.path());
    }
    known_pairs_.push_back({first_ + static_cast<std::uint32_t>(at - kept.begin()),
                            first_ + static_cast<std::uint32_t>(i),
                            {removal.shared, removal.size_kept, removal.size_removed}});
  }
  std::sort(known_pairs_.begin(), known_pairs_.end(), [](const ScoredPair& x, const ScoredPair& y) {
    return std::tie(x.a, x.b) < std::tie(y.a, y.b);
  });
}

// Their sketches and keys follow from their sets.
void IndexSide::append_to(ScannedCorpus& corpus) {
  const std::size_t bands = scan_.banding.bands;
  const std::size_t slots = scan_.sketch.slots;
  std::vector<std::uint64_t> keys(chosen_.size() * bands);
  std::vector<std::uint8_t> packed(chosen_.size() * slots);
  corpus.others.resize(chosen_.size());
  std::vector<std::uint64_t> text_hashes(chosen_.size());
  std::vector<std::string> sources(chosen_.size());
  parallel_for(
      threads_, chosen_.size(), kAtOnce, [&](std::size_t begin, std::size_t end, std::size_t) {
        control_.check_stop();
        ShingleSetMaker maker(scan_.shingles, StopFlag(control_.stop));
        Sketcher sketcher(scan_.sketch);
        std::vector<std::uint32_t> sketch(slots);
        IndexBuffers buffers;
        StoredSet set;
        for (std::size_t i = begin; i < end; ++i) {
          const IndexReader::Place& place = chosen_[i].place;
          const IndexedDocument document = place.segment->read_row(place.document, buffers.bytes);
          DocumentRow& row = corpus.others[i];
          row.exact_low = document.exact_low;
          row.exact_high = document.exact_high;
          row.tokens = document.tokens;
          row.text_class = document.text_class;
          text_hashes[i] = document.text_hash;
          sources[i] = document.source;
          if (!index_.read_set(place, set_of_text(maker), buffers, set)) set.set.clear();
          sketcher.sketch(set.set, sketch);
          compute_band_keys(sketch, scan_.banding, std::span(keys).subspan(i * bands, bands));
          pack_slots(sketch, std::span(packed).subspan(i * slots, slots));
        }
      });
  corpus.keys->append(keys);
  for (std::size_t i = 0; i < chosen_.size(); ++i) {
    corpus.sketches->append(std::span(packed).subspan(i * slots, slots));
    if (scan_.by_source) corpus.sources.push_back(corpus.source_names.add(sources[i]));
  }
  corpus.text_hashes.insert(corpus.text_hashes.end(), text_hashes.begin(), text_hashes.end());
  corpus.other_place = [this](std::uint32_t document) {
    const IndexReader::Place& place = chosen_[document - first_].place;
    BlockFile::Buffer buffer;
    IndexedDocument found = place.segment->read(place.document, buffer);
    return RecordPlace{document_name(found.id, found.file, found.line), found.file, found.line,
                       false};
  };
}

void IndexSide::add_sets(const std::vector<bool>& wanted, bool with_tokens,
                         ShingleSetStore& sets) const {
  std::vector<std::uint32_t> documents;
  for (std::size_t document = first_; document < wanted.size(); ++document) {
    if (wanted[document]) documents.push_back(static_cast<std::uint32_t>(document));
  }
  const StopFlag stop(control_.stop);
  const auto make_reader = [&] {
    return [&, maker = ShingleSetMaker(scan_.shingles, stop), buffers = IndexBuffers()](
               std::uint32_t document, StoredSet& out, std::vector<std::uint32_t>& tokens) mutable {
      const IndexReader::Place& place = chosen_[document - first_].place;
      if (!index_.read_set(place, set_of_text(maker), buffers, out)) {
        throw Error(ErrorCode::kCorruptFile, "nothing is kept of a document that is to be verified",
                    index_.path());
      }
      if (!with_tokens || !index_.parameters().keeps_texts()) return;
      const auto text = place.segment->read_text(place.document, buffers.texts);
      if (!text) return;
      StoredSet again;
      maker.make(text->text, text->kind, again.set, again.counts);
      maker.take_tokens(text->text, text->kind, tokens);
    };
  };
  add_read_sets(documents, threads_, stop, make_reader, sets);
}

}  // namespace copydesk
