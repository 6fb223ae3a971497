#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What the pass that counts terms found out about the layout of articles, for the pass that
// summarizes them: most texts are no pages, and that takes as long to see as a fifth of an abstract.
// One byte a document, and 16 more for one with a headline in its text.

#include <cstddef>
#include <cstdint>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

struct ArticleNote {
  bool is_article = false;  // else nothing is known
  TextSpan title;           // in the document's text; empty if there is none
  TextSpan title_lines;     // the lines that stand for it
};

// The notes of the documents of one batch, in their order.
struct BatchNotes {
  struct Headline {
    std::uint32_t title_begin, title_end, lines_begin, lines_end;
  };
  std::vector<std::uint8_t> kinds;
  std::vector<Headline> headlines;  // of those with one

  void clear() { kinds.clear(), headlines.clear(); }
  void add(const ArticleNote& note);
};

class ArticleNotes {
 public:
  // Batches come in order.
  void add(BatchNotes batch) { batches_.push_back(std::move(batch)); }

  // Reads the notes of a batch, one a document; of a batch or document without notes nothing is
  // known.
  class Reader {
   public:
    Reader() = default;
    ArticleNote next();

   private:
    friend ArticleNotes;
    explicit Reader(const BatchNotes& notes) : notes_(&notes) {}
    const BatchNotes* notes_ = nullptr;
    std::size_t document_ = 0, headline_ = 0;
  };
  [[nodiscard]] Reader read(std::size_t batch) const {
    return batch < batches_.size() ? Reader(batches_[batch]) : Reader();
  }

 private:
  std::vector<BatchNotes> batches_;
};

}  // namespace copydesk
