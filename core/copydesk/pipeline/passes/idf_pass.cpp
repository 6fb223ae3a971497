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
#include "copydesk/text/tokenizer.h"

namespace copydesk {
namespace {

// Of the documents of a batch, if anything is.
struct Noted {
  BatchNotes notes;

  void clear() { notes.clear(); }
};

// Each thread counts into a table of its own: sums do not depend on who counted what.
class TermCounter {
 public:
  // `stories` is null where whole documents are counted.
  TermCounter(CorpusIdf& idf, std::unique_ptr<StoryTexts> stories, const TextLanguages& languages,
              StopFlag stop)
      : stories_(std::move(stories)),
        idf_(&idf),
        languages_(languages),
        stop_(stop),
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
  // A long text goes by in parts, so that what is kept of it grows with its different terms only.
  // Its language is that of `whole`, of which a part may be blank in `text`.
  void count(const ReadDocument& read, std::string_view whole, std::string_view text) {
    if (stemmer_.is_on()) text_language_ = languages_.of(read.document.order, whole);
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
    stemmer_.stem(text_language_, tokenizer_.folded(), tokens_);
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
  TextLanguages languages_;
  StopFlag stop_;
  Tokenizer tokenizer_;
  TextStemmer stemmer_;
  std::string text_language_;
  TokenList tokens_;
  TermIndexer indexer_;
  TermRows rows_;  // of the parts of a document
};

// `make_stories` gives what finds the texts of documents for one thread, or null; `notes`, which may
// be null, takes what that found out.
template <class MakeStories>
CorpusIdf count(CorpusReader& reader, const std::string& stem, const TextLanguages& languages,
                MakeStories&& make_stories, ArticleNotes* notes) {
  std::vector<CorpusIdf> tables(std::max<std::size_t>(reader.options().threads, 1),
                                CorpusIdf(CorpusIdf::kDefaultBits, stem));
  first_pass<Noted>(
      reader, "count",
      [&](std::size_t thread) {
        return TermCounter(tables[thread], make_stories(), languages,
                           StopFlag(reader.control().stop));
      },
      [&](ReadBatch<Noted>& batch) {
        if (notes != nullptr) notes->add(std::exchange(batch.found.notes, {}));
      });
  for (std::size_t i = 1; i < tables.size(); ++i) tables[0].merge(tables[i]);
  return std::move(tables[0]);
}

}  // namespace

CorpusIdf count_idf(CorpusReader& reader, const std::string& stem, const TextLanguages& languages) {
  return count(reader, stem, languages, [] { return std::unique_ptr<StoryTexts>(); }, nullptr);
}

CorpusIdf count_story_idf(CorpusReader& reader, const std::string& stem,
                          const TextLanguages& languages, PageMode mode, ArticleNotes& notes) {
  return count(
      reader, stem, languages,
      [&] { return std::make_unique<StoryTexts>(mode, reader.control().stop); }, &notes);
}

CorpusIdf load_idf(const std::string& path) {
  return CorpusIdf::parse(read_kept_file(path, CorpusIdf::stated_size), path);
}

}  // namespace copydesk
