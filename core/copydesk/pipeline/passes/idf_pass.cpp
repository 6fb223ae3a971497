// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/idf_pass.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/saved_file.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/text/text_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {
namespace {

struct Nothing {
  void clear() {}
};

// Each thread counts into a table of its own: sums do not depend on who counted what.
class TermCounter {
 public:
  TermCounter(CorpusIdf& idf, bool names_language)
      : idf_(&idf), names_language_(names_language), stemmer_(idf.stem()) {}

  void operator()(const ReadDocument& read, Nothing&) {
    tokenizer_.tokenize(read.text, tokens_);
    if (stemmer_.is_on()) {
      const std::string language = language_of(
          names_language_ ? read.document.order : std::string_view(), read.document.text);
      stemmer_.stem(language, tokenizer_.folded(), tokens_);
    }
    indexer_.start(tokens_.size(), rows_);
    indexer_.append(tokens_.hashes, rows_);
    idf_->add(rows_.vocabulary);
  }

 private:
  CorpusIdf* idf_;
  bool names_language_;
  Tokenizer tokenizer_;
  TextStemmer stemmer_;
  TokenList tokens_;
  TermIndexer indexer_;
  TermRows rows_;  // one row: the document
};

}  // namespace

CorpusIdf count_idf(CorpusReader& reader, const std::string& stem, bool names_language) {
  std::vector<CorpusIdf> tables(std::max<std::size_t>(reader.options().threads, 1),
                                CorpusIdf(CorpusIdf::kDefaultBits, stem));
  first_pass<Nothing>(
      reader, "count",
      [&](std::size_t thread) { return TermCounter(tables[thread], names_language); },
      [](const ReadBatch<Nothing>&) {});
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

CorpusIdf load_idf(const std::string& path) {
  return CorpusIdf::parse(read_kept_file(path, CorpusIdf::stated_size), path);
}

}  // namespace copydesk
