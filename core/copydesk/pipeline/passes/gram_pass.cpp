// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/gram_pass.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <bit>
#include <span>
#include <unordered_map>
#include <utility>

#include "copydesk/blocks/site_model.h"
#include "copydesk/corpus/pass.h"
#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/gram_hashes.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

namespace {

// What one batch gave, in the order of its records.
struct BatchFingerprints {
  DocumentList documents;
  std::vector<std::uint64_t> fingerprints;
  std::vector<std::uint32_t> fingerprint_counts;  // by document
  std::vector<std::uint32_t> slots;               // of distinct tokens
  std::vector<std::uint32_t> slot_counts;         // by document
  std::vector<std::uint32_t> sites;               // by document

  void clear() {
    documents.clear(), fingerprints.clear(), fingerprint_counts.clear();
    slots.clear(), slot_counts.clear(), sites.clear();
  }
};

class GramFingerprinter {
 public:
  void operator()(const ReadDocument& read, BatchFingerprints& out) {
    const Document& document = read.document;
    tokenizer_.tokenize(read.text, tokens_);
    const XXH128_hash_t exact =
        XXH3_128bits(tokens_.hashes.data(), tokens_.hashes.size() * sizeof(std::uint64_t));
    DocumentRow& row = out.documents.add(read.batch, document);
    row.exact_low = exact.low64;
    row.exact_high = exact.high64;
    row.tokens = static_cast<std::uint32_t>(tokens_.size());
    row.text_class = tokens_.size() == 0            ? TextClass::kEmpty
                     : tokens_.size() < kGramTokens ? TextClass::kShort
                                                    : TextClass::kRegular;
    take_low_halves(tokens_.hashes, low_);
    make_fingerprints(low_, fingerprints_);
    out.fingerprints.insert(out.fingerprints.end(), fingerprints_.begin(), fingerprints_.end());
    out.fingerprint_counts.push_back(static_cast<std::uint32_t>(fingerprints_.size()));
    for (std::uint32_t& token : low_) token = TokenFrequencies::slot_of(token);
    keep_distinct(low_);
    out.slots.insert(out.slots.end(), low_.begin(), low_.end());
    out.slot_counts.push_back(static_cast<std::uint32_t>(low_.size()));
    out.sites.push_back(
        static_cast<std::uint32_t>(site_key(site_name(document.site, document.url))));
  }

 private:
  // Keeps the first of each value, which is below 2^32 - 1. Sorting them took a sixteenth of a run.
  void keep_distinct(std::vector<std::uint32_t>& values) {
    constexpr std::uint32_t kFree = ~std::uint32_t{0};
    distinct_.assign(std::bit_ceil(2 * values.size() + 1), kFree);
    const std::size_t mask = distinct_.size() - 1;
    std::size_t kept = 0;
    for (const std::uint32_t value : values) {
      std::size_t place = value & mask;
      while (distinct_[place] != kFree && distinct_[place] != value) place = (place + 1) & mask;
      if (distinct_[place] == value) continue;
      distinct_[place] = value;
      values[kept++] = value;
    }
    values.resize(kept);
  }

  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::uint32_t> distinct_;  // open addressing
  std::vector<std::uint32_t> low_;
  std::vector<std::uint64_t> fingerprints_;
};

using ExactHash = std::pair<std::uint64_t, std::uint64_t>;
struct ExactHashOf {
  std::size_t operator()(const ExactHash& hash) const { return hash.first; }
};

class FingerprintCollector {
 public:
  FingerprintCollector(FingerprintedCorpus& corpus, std::uint32_t first_new_source)
      : corpus_(corpus), first_new_source_(first_new_source) {}

  void operator()(const ReadBatch<BatchFingerprints>& batch) {
    const BatchFingerprints& found = batch.found;
    CorpusTable& table = corpus_.table;
    const std::uint32_t first = table.append(batch.row, found.documents);
    if (first_new_source_ != 0 && !is_new_ && batch.row.source >= first_new_source_) {
      is_new_ = true;
      corpus_.first_new_document = first;
      first_with_.clear();
    }
    corpus_.sites.insert(corpus_.sites.end(), found.sites.begin(), found.sites.end());
    std::size_t fingerprint = 0;
    std::size_t slot = 0;
    for (std::uint32_t i = 0; i < found.documents.rows.size(); ++i) {
      const std::size_t fingerprint_end = fingerprint + found.fingerprint_counts[i];
      const std::size_t slot_end = slot + found.slot_counts[i];
      if (is_first_of_its_text(first + i, found.documents.rows[i])) {
        for (std::size_t f = fingerprint; f < fingerprint_end; ++f) {
          corpus_.fingerprints.add(fingerprint_partition(found.fingerprints[f]),
                                   fingerprint_entry(found.fingerprints[f], first + i));
        }
        corpus_.frequencies.add_document(std::span(found.slots).subspan(slot, slot_end - slot));
      }
      fingerprint = fingerprint_end;
      slot = slot_end;
    }
    corpus_.bytes += batch.row.size;
  }

 private:
  // Empty texts have nothing in common.
  bool is_first_of_its_text(std::uint32_t document, const DocumentRow& row) {
    if (row.text_class == TextClass::kEmpty) {
      corpus_.representatives.push_back(document);
      return false;
    }
    const auto [place, is_new_text] =
        first_with_.try_emplace({row.exact_low, row.exact_high}, document);
    corpus_.representatives.push_back(place->second);
    if (!is_new_text) ++corpus_.repeats;
    return is_new_text;
  }

  FingerprintedCorpus& corpus_;
  std::uint32_t first_new_source_;
  bool is_new_ = false;
  std::unordered_map<ExactHash, std::uint32_t, ExactHashOf> first_with_;
};

}  // namespace

FingerprintedCorpus fingerprint_corpus(CorpusReader& reader, std::uint32_t first_new_source,
                                       std::size_t memory_bytes) {
  FingerprintedCorpus corpus(reader.options().work_folder, memory_bytes);
  corpus.table.inputs = reader.inputs();
  first_pass<BatchFingerprints>(
      reader, "read", [](std::size_t) { return GramFingerprinter(); },
      FingerprintCollector(corpus, first_new_source));
  // A new corpus without a single document: there is nothing to be proposed.
  if (first_new_source != 0 && corpus.first_new_document == 0) {
    corpus.first_new_document = static_cast<std::uint32_t>(corpus.table.documents.size());
  }
  return corpus;
}

}  // namespace copydesk
