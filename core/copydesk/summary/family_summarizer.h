#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One abstract for several texts: copies of a story, versions of it, articles on one event. Copies
// count as one voice, somewhat louder; the budget is filled by covering what many voices say,
// without saying it twice.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/summary/article_summarizer.h"
#include "copydesk/summary/corpus_idf.h"

namespace copydesk {

struct FamilyMember {
  std::string_view id, title, text;
  std::optional<double> time = {};  // seconds; members without one come after those with one
  std::span<const TextSpan> excluded =
      {};                          // repeated blocks: neither count nor are chosen; in order
  std::string_view language = {};  // as of SummaryInput
};

struct FamilyWeights {
  double idf_exponent = 1.0;
  double pair_share = 0.75;  // weight of pairs of neighboring tokens beside single ones, [0, 1]
  double first_sentence =
      1.0;  // further voices that a concept in the first sentence of one counts as
  double length_exponent = 0.75;  // gains are divided by words^this, [0, 1]
  double position_exponent =
      0.75;  // and by (1 + good sentences before it in its text)^this, at least 0
};

struct FamilySentence {
  std::uint32_t member = 0;  // index of the member it is quoted from: the first to print it
  TextSpan span;
  // What it added to the coverage when it was chosen, or would have when it was last considered.
  double score = 0.0;
  std::uint32_t printed_by = 1;  // members that have it word by word
  Verdict verdict = Verdict::kChosen;
};

struct FamilySummary {
  // The chosen ones, in the order of their first printing: of members by time, then of the text.
  std::vector<FamilySentence> sentences;
  std::vector<FamilySentence> all;      // every different sentence, in the same order
  std::vector<std::uint32_t> voice_of;  // by member: the member it is a copy of, or itself
  std::uint32_t voices = 0;
  bool is_ranked_in_part = false;  // see FamilyBounds
  std::vector<std::string> missing;  // terms of must_include that no chosen sentence has
};

// What a family may cost.
struct FamilyBounds {
  // Of the members' texts so much is ranked, and of each one its beginning, all of the same length
  // where they are longer: of 1,000 texts of 20 kB and 8 MiB, the first 8 kB of each, up to the end
  // of a sentence. Besides, what ranked_part.h says of a text holds for each, and of a family twice
  // the different sentences that it allows a text are ranked.
  std::size_t ranked_bytes = static_cast<std::size_t>(-1);
  StopFlag stop = {};
};

// Reuses its buffers; one object per thread. Memory: some 30 times what is ranked of the texts of
// a family. Time is linear in it where abstracts have so many sentences, not a share of the texts.
class FamilySummarizer {
 public:
  // Options, `idf` and errors as for ArticleSummarizer. Of the methods only the default is defined
  // here; families ranked by another are treated as one text after the other.
  FamilySummarizer(const SummaryOptions& options, const FamilyWeights& weights,
                   const CorpusIdf* idf);
  ~FamilySummarizer();
  FamilySummarizer(FamilySummarizer&&) noexcept;
  FamilySummarizer& operator=(FamilySummarizer&&) noexcept;

  // The query multiplies what a sentence adds by 1 + weight * share of the query in it; with mmr
  // below 1 what it adds is weighed against its likeness to a chosen sentence.
  // `known_before`: what members before that time say is known, and left out.
  // Throws Cancelled when bounds.stop was set. REQUIRES: texts are valid UTF-8.
  void summarize(std::span<const FamilyMember> members, std::optional<double> known_before,
                 FamilySummary& summary, const FamilyBounds& bounds = {});

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk
