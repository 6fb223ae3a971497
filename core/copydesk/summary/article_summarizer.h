#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One text to one abstract: split, count terms, rank, select. Of a text that is longer than
// ranked_part.h says, the beginning counts for the whole. Memory: some 300 bytes a sentence and 40
// a token of what is ranked. Time is linear in it, but for the methods whose headers say otherwise
// (at most the square of 2,000 sentences).

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/stop.h"
#include "copydesk/summary/corpus_idf.h"
#include "copydesk/summary/directed_centrality.h"
#include "copydesk/summary/rank_method.h"
#include "copydesk/summary/reference_rankers.h"
#include "copydesk/summary/sentence_selection.h"
#include "copydesk/text/one_line.h"
#include "copydesk/text/sentence_splitter.h"

namespace copydesk {

// What is added to the directed centrality of a sentence. Centrality itself is divided by the root
// of the number of sentences, so that the weights mean the same in short and long texts.
struct ScoreWeights {
  double title = 0.8;       // times the cosine to the title
  double position = 0.0;    // times 1 / (1 + number of the sentence)
  double number = 0.08;     // for a sentence with a digit
  double quotation = 0.16;  // taken off a sentence with a double quotation mark
  double question = 0.16;   // taken off a question
  double length = 0.005;    // taken off for each word
  double extent = 1.0;   // times extent_of() in text_shape.h: nothing in short abstracts of prose
  double novelty = 0.2;  // taken off, times the product with the sum of the sentences chosen
  double query = 1.0;    // times the share of the query that the sentence has
};

struct SummaryOptions {
  RankMethod method = RankMethod::kDirected;
  DirectedCentralityOptions centrality;
  ScoreWeights weights;
  ReferenceRankerOptions reference;
  SelectionOptions selection;
  SentenceSplitterOptions splitting;
  std::string query;  // what the abstract should be about
  std::string stem;   // language of stems that terms are; "auto": of each text; empty: words
  std::vector<std::string> must_include;  // terms: a sentence with each is taken first
  std::uint32_t fewest_words = 5;         // shorter sentences are taken only if there is no other
};

struct SummaryInput {
  std::string_view text;
  std::string_view title;
  std::string_view earlier = {};  // the earlier version of an update abstract; may be empty
  std::span<const TextSpan> excluded = {};  // repeated blocks: neither vote nor are chosen, unless
                                            // there is nothing else; in order
  // An ISO 639-1 code (language_of() in text/language_detector.h finds it), for abbreviations and
  // for stems if these follow the text; empty, or without lists: that of the options.
  std::string_view language = {};
  StopFlag stop = {};
};

// What a score is made of. `overlap` is taken off when sentences are chosen, and no part of the
// total. Only `total` is used with the reference rankers.
struct ScoreParts {
  double total = 0.0, centrality = 0.0, title = 0.0, position = 0.0, number = 0.0, quotation = 0.0,
         question = 0.0, length = 0.0, query = 0.0, overlap = 0.0;
};

struct SummarySentence {
  TextSpan span;
  std::uint32_t paragraph = 0;
  ScoreParts score;
  Verdict verdict = Verdict::kBudgetSpent;
};

struct Summary {
  std::vector<SummarySentence> sentences;  // all of what was ranked, in order
  TextSpan cut;                            // what of the sentence with Verdict::kCut is used
  std::size_t ranked_bytes = 0;            // of the text, from its beginning: see ranked_part.h
  std::vector<std::string> missing;        // terms of must_include that no chosen sentence has

  // The part of the text a chosen sentence contributes; empty for others.
  [[nodiscard]] TextSpan span_of(const SummarySentence& sentence) const;
};

// Reuses its buffers; one object per thread.
class ArticleSummarizer {
 public:
  // Throws Error{kInvalidOption} for an option out of its range or an unknown language. `idf` may
  // be null: terms then weigh by the sentences of the text itself. It is not owned and must outlive
  // the object.
  ArticleSummarizer(const SummaryOptions& options, const CorpusIdf* idf);
  ~ArticleSummarizer();
  ArticleSummarizer(ArticleSummarizer&&) noexcept;
  ArticleSummarizer& operator=(ArticleSummarizer&&) noexcept;

  // Throws Cancelled when input.stop was set. REQUIRES: all texts of `input` are valid UTF-8.
  void summarize(const SummaryInput& input, Summary& summary);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Appends a sentence to an abstract that is empty or ends on one, on one line (text/one_line.h) and
// without numbers of notes (text/note_numbers.h). No space, if that is the separator,
// follows the full stop of a script without spaces.
void append_abstract_sentence(std::string& abstract, std::string_view sentence,
                              std::string_view separator,
                              LineHyphens hyphens = LineHyphens::kOfCompounds);

// The chosen sentences in the order of the text with `separator` between them.
void append_abstract(std::string& out, std::string_view text, const Summary& summary,
                     std::string_view separator);

}  // namespace copydesk
