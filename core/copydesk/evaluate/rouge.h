#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// ROUGE: overlap of a summary with reference summaries, in n-grams and in longest common
// subsequences. Agrees with Google's rouge_score to the last printed digit, including its stemmer
// and its handling of several references. What papers on CNN/DailyMail call ROUGE-L is rougeLsum
// here; rougeL, over the text as one line, is several points lower. "the cat sat" against "the cat
// ran" has two of three tokens in common either way, a ROUGE-1 of .667.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/evaluate/common_subsequence.h"
#include "copydesk/evaluate/rouge_tokenizer.h"

namespace copydesk {

enum class RougeMeasure : std::uint8_t {
  kRouge1 = 1,
  kRouge2,
  kRouge3,
  kRouge4,
  kRouge5,
  kRouge6,
  kRouge7,
  kRouge8,
  kRouge9,
  kRougeL,     // longest common subsequence of the whole texts
  kRougeLsum,  // union of the longest common subsequences of lines ("\n" separates sentences)
};

// "rouge1" to "rouge9", "rougeL", "rougeLsum"; nothing for any other name.
[[nodiscard]] std::optional<RougeMeasure> parse_rouge_measure(std::string_view name);
[[nodiscard]] std::string to_string(RougeMeasure measure);

// Each in [0, 1]; 0 where it would be a division by zero.
struct RougeScore {
  double precision = 0, recall = 0, f1 = 0;
  friend bool operator==(const RougeScore&, const RougeScore&) = default;
};

struct RougeOptions {
  std::vector<RougeMeasure> measures = {RougeMeasure::kRouge1, RougeMeasure::kRouge2,
                                        RougeMeasure::kRougeL, RougeMeasure::kRougeLsum};
  bool stem = false;
  RougeTokens tokens = RougeTokens::kAscii;
};

// Scores depend on the texts of one call only; buffers and the vocabulary are kept from call to
// call. One object per thread.
class RougeScorer {
 public:
  explicit RougeScorer(RougeOptions options);

  // One score per measure, in the order of the options. A text without tokens scores 0.
  // Time: the product of the token counts over 64, for the two subsequence measures.
  [[nodiscard]] std::vector<RougeScore> score(std::string_view reference,
                                              std::string_view candidate);

  // For each measure the score against the reference with the highest F1, the first of equals.
  // REQUIRES: at least one reference.
  [[nodiscard]] std::vector<RougeScore> score(std::span<const std::string> references,
                                              std::string_view candidate);

 private:
  std::vector<RougeScore> score_tokens();
  void name_ngrams(std::size_t n);
  std::size_t shared_ngrams();
  std::size_t shared_in_lines();

  RougeOptions options_;
  RougeTokenizer tokenizer_;
  RougeText reference_, candidate_;
  CommonSubsequence subsequence_;
  // n-grams as numbers, by position; the reference's are 0, 1, ... without gaps.
  std::vector<std::uint32_t> reference_ngrams_, candidate_ngrams_;
  std::vector<std::uint64_t> keys_;
  std::vector<std::uint32_t> reference_count_, candidate_count_;
  std::vector<std::uint8_t> marks_;
};

}  // namespace copydesk
