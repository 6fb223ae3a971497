// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/idf_pass.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "copydesk/corpus/saved_file.h"
#include "copydesk/error.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/text/token_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {
namespace {

struct BatchCount {
  std::uint64_t documents = 0;
  std::vector<RecordFault> faults;
};

// Each thread counts into a table of its own: sums do not depend on who counted what.
class BatchCounter {
 public:
  // `texts` is null where whole documents are counted.
  BatchCounter(const CorpusOptions& options, std::unique_ptr<StoryTexts> texts, CorpusIdf& idf)
      : parser_(options.fields), texts_(std::move(texts)), idf_(&idf) {
    if (!idf.stem().empty()) stemmer_.emplace(idf.stem());
  }

  void operator()(RecordBatch& batch, BatchCount& out) {
    out.documents = 0;
    out.faults.clear();
    parser_.parse(batch, {[&](const Document& document) {
                            ++out.documents;
                            if (!texts_) return count(document.text);
                            for (const StoryText& story : texts_->read(document)) count(story.text);
                          },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void count(std::string_view text) {
    tokenizer_.tokenize(text, tokens_);
    if (stemmer_) stemmer_->stem(tokenizer_.folded(), tokens_);
    indexer_.start(tokens_.size(), rows_);
    indexer_.append(tokens_.hashes, rows_);
    idf_->add(rows_.vocabulary);
  }

  RecordParser parser_;
  std::unique_ptr<StoryTexts> texts_;
  CorpusIdf* idf_;
  Tokenizer tokenizer_;
  std::optional<TokenStemmer> stemmer_;
  TokenList tokens_;
  TermIndexer indexer_;
  TermRows rows_;  // one row: the document
};

// `make_texts` gives what finds the texts of documents for one thread, or null.
template <class MakeTexts>
CorpusIdf count(CorpusReader& reader, const CorpusOptions& options, const std::string& stem,
                MakeTexts&& make_texts, const RunControl& control, PassFaults faults,
                std::uint64_t& documents) {
  std::vector<CorpusIdf> tables(std::max<std::size_t>(options.threads, 1),
                                CorpusIdf(CorpusIdf::kDefaultBits, stem));
  documents = 0;
  run_ordered_stage<RecordBatch, BatchCount>(
      options.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next(batch);
      },
      [&](std::size_t thread) { return BatchCounter(options, make_texts(), tables[thread]); },
      [&](RecordBatch&, BatchCount& batch) {
        control.check_stop();
        documents += batch.documents;
        if (faults == PassFaults::kTake) {
          for (const RecordFault& fault : batch.faults) reader.take_fault(fault);
          reader.check_share_of_faults(documents);
        }
        control.report({"count", reader.raw_bytes(), reader.raw_size(), "bytes", documents});
      });
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

}  // namespace

CorpusIdf count_idf(CorpusReader& reader, const CorpusOptions& options, const std::string& stem,
                    const RunControl& control, PassFaults faults) {
  std::uint64_t documents = 0;
  return count(
      reader, options, stem, [] { return std::unique_ptr<StoryTexts>(); }, control, faults,
      documents);
}

CorpusIdf count_story_idf(CorpusReader& reader, const CorpusOptions& options,
                          const std::string& stem, PageMode mode, const TextMask* mask,
                          const RunControl& control, PassFaults faults, std::uint64_t& documents) {
  return count(
      reader, options, stem, [&] { return std::make_unique<StoryTexts>(mode, mask, control.stop); },
      control, faults, documents);
}

CorpusIdf load_idf(const std::string& path) {
  return CorpusIdf::parse(read_kept_file(path, CorpusIdf::stated_size), path);
}

}  // namespace copydesk
