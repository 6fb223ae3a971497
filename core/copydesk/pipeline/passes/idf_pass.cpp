// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/idf_pass.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/corpus/saved_file.h"
#include "copydesk/stop.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/text/text_stemmer.h"
#include "copydesk/text/text_tokenizer.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// Of the documents of a batch, if anything is.
struct Noted {
  BatchNotes notes;

  void clear() { notes.clear(); }
};

// Counts the different terms of one text after another. Each thread has a table of its own: sums do
// not depend on who counted what.
class TextTerms {
 public:
  TextTerms(CorpusIdf& idf, StopFlag stop) : idf_(&idf), stop_(stop) {}

  // `tokenize` fills a TokenList with the terms of a part. A long text goes by in parts, so that
  // what is kept of it grows with its different terms only.
  template <class Tokenize>
  void count(std::string_view text, Tokenize&& tokenize) {
    std::size_t size = part_of(text);
    tokenize(text.substr(0, size), tokens_);
    indexer_.start(tokens_.size(), rows_);
    indexer_.append(tokens_.hashes, rows_);
    while (size < text.size()) {
      stop_.check();
      text.remove_prefix(size);
      size = part_of(text);
      tokenize(text.substr(0, size), tokens_);
      indexer_.append(tokens_.hashes, rows_);
    }
    idf_->add(rows_.vocabulary);
  }

 private:
  // Up to white space of ASCII in front of another character of ASCII, across which no token
  // reaches; where a text has none of that, up to the end of a character.
  static std::size_t part_of(std::string_view text) {
    constexpr std::size_t kPart = std::size_t{1} << 20;
    if (text.size() <= kPart) return text.size();
    for (std::size_t at = kPart; at > 0; --at) {
      const bool is_white = text[at - 1] == ' ' || text[at - 1] == '\n';
      if (is_white && static_cast<unsigned char>(text[at]) < 0x80) return at;
    }
    return character_floor(text, kPart);
  }

  CorpusIdf* idf_;
  StopFlag stop_;
  TokenList tokens_;
  TermIndexer indexer_;
  TermRows rows_;  // of the parts of a document
};

// The words of texts, or their stems.
class WordCounter {
 public:
  // `stories` is null where whole documents are counted.
  WordCounter(CorpusIdf& idf, std::unique_ptr<StoryTexts> stories, const TextLanguages& languages,
              StopFlag stop)
      : stories_(std::move(stories)),
        languages_(languages),
        terms_(idf, stop),
        stemmer_(idf.stem()) {}

  void operator()(const ReadDocument& read, Noted& out) {
    if (!stories_) {
      count(read, read.document.text, read.text);
      return;
    }
    for (const StoryText& story : stories_->read(read.document, read.text, read.left_out)) {
      count(read, story.text, story.counted);
    }
    out.notes.add(stories_->note());
  }

 private:
  // The language is that of `whole`, of which a part may be blank in `text`.
  void count(const ReadDocument& read, std::string_view whole, std::string_view text) {
    if (stemmer_.is_on()) text_language_ = languages_.of(read.document.order, whole);
    terms_.count(text, [&](std::string_view part, TokenList& tokens) {
      tokenizer_.tokenize(part, tokens);
      stemmer_.stem(text_language_, tokenizer_.folded(), tokens);
    });
  }

  std::unique_ptr<StoryTexts> stories_;
  TextLanguages languages_;
  TextTerms terms_;
  Tokenizer tokenizer_;
  TextStemmer stemmer_;
  std::string text_language_;
};

// Words or tokens of code, as each record says.
class TokenCounter {
 public:
  TokenCounter(CorpusIdf& idf, TokenKind otherwise, const FoldOptions& fold, StopFlag stop)
      : otherwise_(otherwise), terms_(idf, stop), tokenizer_(fold) {}

  void operator()(const ReadDocument& read, Noted&) {
    const TokenKind kind = token_kind(read.document.tokens, otherwise_);
    terms_.count(read.text, [&](std::string_view part, TokenList& tokens) {
      tokenizer_.tokenize(part, kind, tokens);
    });
  }

 private:
  TokenKind otherwise_;
  TextTerms terms_;
  TextTokenizer tokenizer_;
};

// `make_counter` gives what counts into a table for one thread; `notes`, which may be null, takes what
// was found out on the way.
template <class MakeCounter>
CorpusIdf count(CorpusReader& reader, const std::string& stem, MakeCounter&& make_counter,
                ArticleNotes* notes = nullptr) {
  std::vector<CorpusIdf> tables(std::max<std::size_t>(reader.options().threads, 1),
                                CorpusIdf(CorpusIdf::kDefaultBits, stem));
  first_pass<Noted>(
      reader, "count",
      [&](std::size_t thread) {
        return make_counter(tables[thread], StopFlag(reader.control().stop));
      },
      [&](ReadBatch<Noted>& batch) {
        if (notes != nullptr) notes->add(std::exchange(batch.found.notes, {}));
      });
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

}  // namespace

CorpusIdf count_idf(CorpusReader& reader, const std::string& stem, const TextLanguages& languages) {
  return count(reader, stem, [&](CorpusIdf& idf, StopFlag stop) {
    return WordCounter(idf, nullptr, languages, stop);
  });
}

CorpusIdf count_token_idf(CorpusReader& reader, TokenKind kind, const FoldOptions& fold) {
  return count(reader, {}, [&](CorpusIdf& idf, StopFlag stop) {
    return TokenCounter(idf, kind, fold, stop);
  });
}

CorpusIdf count_story_idf(CorpusReader& reader, const std::string& stem,
                          const TextLanguages& languages, PageMode mode, ArticleNotes& notes) {
  return count(
      reader, stem,
      [&](CorpusIdf& idf, StopFlag stop) {
        return WordCounter(idf, std::make_unique<StoryTexts>(mode, reader.control().stop),
                           languages, stop);
      },
      &notes);
}

CorpusIdf load_idf(const std::string& path) {
  return CorpusIdf::parse(read_kept_file(path, CorpusIdf::stated_size), path);
}

}  // namespace copydesk
