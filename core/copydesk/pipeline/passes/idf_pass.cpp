// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/idf_pass.h"

#include <algorithm>
#include <memory>
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
  // `stories` is null where whole documents are counted.
  TermCounter(CorpusIdf& idf, std::unique_ptr<StoryTexts> stories, StopFlag stop)
      : stories_(std::move(stories)), idf_(&idf), stop_(stop) {
    if (!idf.stem().empty()) stemmer_.emplace(idf.stem());
  }

  void operator()(const ReadDocument& read, Nothing&) {
    if (!stories_) {
      count(read.text);
      return;
    }
    for (const StoryText& story : stories_->read(read.document, read.text, read.left_out)) {
      count(story.number == 0 ? read.text : story.text);
    }
  }

 private:
  // A long text goes by in parts, so that what is kept of it grows with its different terms only.
  void count(std::string_view text) {
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

  std::unique_ptr<StoryTexts> stories_;
  CorpusIdf* idf_;
  StopFlag stop_;
  Tokenizer tokenizer_;
  std::optional<TokenStemmer> stemmer_;
  TokenList tokens_;
  TermIndexer indexer_;
  TermRows rows_;  // of the parts of a document
};

// `make_stories` gives what finds the texts of documents for one thread, or null.
template <class MakeStories>
CorpusIdf count(CorpusReader& reader, const std::string& stem, MakeStories&& make_stories) {
  std::vector<CorpusIdf> tables(std::max<std::size_t>(reader.options().threads, 1),
                                CorpusIdf(CorpusIdf::kDefaultBits, stem));
  first_pass<Nothing>(
      reader, "count",
      [&](std::size_t thread) {
        return TermCounter(tables[thread], make_stories(), StopFlag(reader.control().stop));
      },
      [](const ReadBatch<Nothing>&) {});
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

}  // namespace

CorpusIdf count_idf(CorpusReader& reader, const std::string& stem) {
  return count(reader, stem, [] { return std::unique_ptr<StoryTexts>(); });
}

CorpusIdf count_story_idf(CorpusReader& reader, const std::string& stem, PageMode mode) {
  return count(reader, stem,
               [&] { return std::make_unique<StoryTexts>(mode, reader.control().stop); });
}

CorpusIdf load_idf(const std::string& path) {
  return CorpusIdf::parse(read_kept_file(path, CorpusIdf::stated_size), path);
}

}  // namespace copydesk
