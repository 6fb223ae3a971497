// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/gram_pass.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <limits>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>

#include "copydesk/blocks/site_model.h"
#include "copydesk/error.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/passes/reuse_tokenizer.h"
#include "copydesk/reuse/candidate_search.h"
#include "copydesk/reuse/gram_hashes.h"

namespace copydesk {

namespace {

// What one batch gave, in the order of its records.
struct BatchFingerprints {
  BatchRow batch;
  std::vector<DocumentRow> documents;
  std::vector<std::uint64_t> fingerprints;
  std::vector<std::uint32_t> fingerprint_counts;  // by document
  std::vector<std::uint32_t> slots;               // of distinct tokens
  std::vector<std::uint32_t> slot_counts;         // by document
  std::vector<std::uint32_t> sites;               // by document
  std::string ids;
  std::vector<std::uint32_t> id_sizes;
  std::vector<RecordFault> faults;

  void clear() {
    documents.clear(), fingerprints.clear(), fingerprint_counts.clear();
    slots.clear(), slot_counts.clear(), sites.clear(), ids.clear(), id_sizes.clear(),
        faults.clear();
  }
};

class BatchFingerprinter {
 public:
  BatchFingerprinter(const CorpusOptions& options, const TextMask* mask)
      : parser_(options.fields), tokenizer_(mask) {}

  void operator()(RecordBatch& batch, BatchFingerprints& out) {
    out.clear();
    out.batch = make_batch_row(batch);
    parser_.parse(batch, {[&](const Document& document) { add(batch, document, out); },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void add(const RecordBatch& batch, const Document& document, BatchFingerprints& out) {
    tokenizer_.tokenize(document, false, tokens_);
    const XXH128_hash_t exact =
        XXH3_128bits(tokens_.hashes.data(), tokens_.hashes.size() * sizeof(std::uint64_t));
    out.documents.push_back(
        {exact.low64, exact.high64,
         static_cast<std::uint32_t>(document.origin.offset - batch.first_offset),
         static_cast<std::uint32_t>(document.record.size()),
         static_cast<std::uint32_t>(document.origin.line - batch.first_line),
         static_cast<std::uint32_t>(tokens_.size()),
         tokens_.size() == 0            ? TextClass::kEmpty
         : tokens_.size() < kGramTokens ? TextClass::kShort
                                        : TextClass::kRegular});
    low_.resize(tokens_.size());
    std::transform(tokens_.hashes.begin(), tokens_.hashes.end(), low_.begin(),
                   [](std::uint64_t hash) { return static_cast<std::uint32_t>(hash); });
    make_fingerprints(low_, fingerprints_);
    out.fingerprints.insert(out.fingerprints.end(), fingerprints_.begin(), fingerprints_.end());
    out.fingerprint_counts.push_back(static_cast<std::uint32_t>(fingerprints_.size()));
    for (std::uint32_t& token : low_) token = TokenFrequencies::slot_of(token);
    std::sort(low_.begin(), low_.end());
    low_.erase(std::unique(low_.begin(), low_.end()), low_.end());
    out.slots.insert(out.slots.end(), low_.begin(), low_.end());
    out.slot_counts.push_back(static_cast<std::uint32_t>(low_.size()));
    out.sites.push_back(
        static_cast<std::uint32_t>(site_key(site_name(document.site, document.url))));
    if (document.has_id) out.ids.append(document.id);
    out.id_sizes.push_back(document.has_id ? static_cast<std::uint32_t>(document.id.size()) : 0);
  }

  RecordParser parser_;
  ReuseTokenizer tokenizer_;
  TokenList tokens_;
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

  void operator()(const BatchFingerprints& batch) {
    CorpusTable& table = corpus_.table;
    constexpr std::size_t kMostDocuments = std::numeric_limits<std::uint32_t>::max() - 1;
    if (table.documents.size() + batch.documents.size() > kMostDocuments) {
      throw Error(ErrorCode::kLimitExceeded, "a run holds at most 4,294,967,294 documents");
    }
    if (first_new_source_ != 0 && !is_new_ && batch.batch.source >= first_new_source_) {
      is_new_ = true;
      corpus_.first_new_document = static_cast<std::uint32_t>(table.documents.size());
      first_with_.clear();
    }
    table.batches.push_back(batch.batch);
    table.batches.back().first_document = static_cast<std::uint32_t>(table.documents.size());
    corpus_.sites.insert(corpus_.sites.end(), batch.sites.begin(), batch.sites.end());
    std::string_view ids = batch.ids;
    std::size_t fingerprint = 0;
    std::size_t slot = 0;
    for (std::size_t i = 0; i < batch.documents.size(); ++i) {
      const auto document = static_cast<std::uint32_t>(table.documents.size());
      table.documents.push_back(batch.documents[i]);
      table.ids.append(ids.substr(0, batch.id_sizes[i]));
      ids.remove_prefix(batch.id_sizes[i]);
      const std::size_t fingerprint_end = fingerprint + batch.fingerprint_counts[i];
      const std::size_t slot_end = slot + batch.slot_counts[i];
      if (is_first_of_its_text(document, batch.documents[i])) {
        for (std::size_t f = fingerprint; f < fingerprint_end; ++f) {
          corpus_.fingerprints.add(fingerprint_partition(batch.fingerprints[f]),
                                   fingerprint_entry(batch.fingerprints[f], document));
        }
        corpus_.frequencies.add_document(std::span(batch.slots).subspan(slot, slot_end - slot));
      }
      fingerprint = fingerprint_end;
      slot = slot_end;
    }
    corpus_.bytes += batch.batch.size;
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

FingerprintedCorpus fingerprint_corpus(CorpusReader& reader, const CorpusOptions& options,
                                       std::uint32_t first_new_source, const TextMask* mask,
                                       std::size_t memory_bytes, const RunControl& control) {
  FingerprintedCorpus corpus(options.work_folder, memory_bytes);
  corpus.table.inputs = reader.inputs();
  FingerprintCollector collector(corpus, first_new_source);
  run_ordered_stage<RecordBatch, BatchFingerprints>(
      options.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next(batch);
      },
      [&](std::size_t) { return BatchFingerprinter(options, mask); },
      [&](RecordBatch&, BatchFingerprints& batch) {
        // Where lines of sites were counted, so were the faults.
        const bool is_first_pass = mask == nullptr || !mask->options.site;
        if (is_first_pass) {
          for (const RecordFault& fault : batch.faults) reader.take_fault(fault);
        }
        collector(batch);
        if (is_first_pass) reader.check_share_of_faults(corpus.table.documents.size());
        control.report({"read", reader.raw_bytes(), reader.raw_size(), "bytes",
                        corpus.table.documents.size()});
      });
  // A new corpus without a single document: there is nothing to be proposed.
  if (first_new_source != 0 && corpus.first_new_document == 0) {
    corpus.first_new_document = static_cast<std::uint32_t>(corpus.table.documents.size());
  }
  return corpus;
}

}  // namespace copydesk
