// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/idf_pass.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/saved_file.h"
#include "copydesk/stop.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/text/token_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {
namespace {

struct Nothing {
  void clear() {}
};

// Each thread counts into a table of its own: sums do not depend on who counted what.
class TermCounter {
 public:
  TermCounter(CorpusIdf& idf, StopFlag stop) : idf_(&idf), stop_(stop) {
    if (!idf.stem().empty()) stemmer_.emplace(idf.stem());
  }

  // A long text goes by in parts, so that what is kept of it grows with its different terms only.
  void operator()(const ReadDocument& read, Nothing&) {
    std::string_view text = read.text;
    std::size_t size = part_of(text);
    tokenize(text.substr(0, size));
    indexer_.start(tokens_.size(), rows_);
    indexer_.append(tokens_.hashes, rows_);
    while (size < text.size()) {
      stop_.check();
      text.remove_prefix(size);
      size = part_of(text);
      tokenize(text.substr(0, size));
      indexer_.append(tokens_.hashes, rows_);
    }
    idf_->add(rows_.vocabulary);
  }

 private:
  void tokenize(std::string_view text) {
    tokenizer_.tokenize(text, tokens_);
    if (stemmer_) stemmer_->stem(tokenizer_.folded(), tokens_);
  }

  // Up to white space of ASCII in front of another character of ASCII, across which no token
  // reaches; where a text has none of that, up to the end of a character.
  static std::size_t part_of(std::string_view text) {
    constexpr std::size_t kPart = std::size_t{1} << 20;
    if (text.size() <= kPart) return text.size();
    for (std::size_t at = kPart; at > 0; --at) {
      const bool is_white = text[at - 1] == ' ' || text[at - 1] == '\n';
      if (is_white && static_cast<unsigned char>(text[at]) < 0x80) return at;
    }
    std::size_t at = kPart;
    while ((static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) --at;
    return at;
  }

  CorpusIdf* idf_;
  StopFlag stop_;
  Tokenizer tokenizer_;
  std::optional<TokenStemmer> stemmer_;
  TokenList tokens_;
  TermIndexer indexer_;
  TermRows rows_;  // of the parts of a document
};

}  // namespace

CorpusIdf count_idf(CorpusReader& reader, const std::string& stem) {
  std::vector<CorpusIdf> tables(std::max<std::size_t>(reader.options().threads, 1),
                                CorpusIdf(CorpusIdf::kDefaultBits, stem));
  first_pass<Nothing>(
      reader, "count", [&](std::size_t thread) { return TermCounter(tables[thread], StopFlag(reader.control().stop)); },
      [](const ReadBatch<Nothing>&) {});
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

CorpusIdf load_idf(const std::string& path) {
  return CorpusIdf::parse(read_kept_file(path, CorpusIdf::stated_size), path);
}

}  // namespace copydesk
