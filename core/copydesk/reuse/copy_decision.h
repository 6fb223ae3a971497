#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Whether two texts that share fingerprints share text in earnest, and whether what they share is a
// copy or a template. Neither Jaccard similarity nor containment can tell: a trimmed story shares
// little of the longer text, two bond issues share half of both.

#include <cstdint>

#include "copydesk/reuse/number_slots.h"

namespace copydesk {

struct CopyRule {
  // A pair is reuse if its shared grams (of six tokens, each once) weigh this much, each
  // 1/sqrt(df-1), ...
  double minimum_weight = 14.0;
  // ... or if there are this many of them, however frequent, ...
  std::uint32_t minimum_grams = 24;
  // ... or if passages of 20 and more equal tokens hold this many, and this share of the shorter
  // text: every sixth word of a copy may be replaced, and no gram is left.
  std::uint32_t minimum_matched = 30;
  double minimum_share = 0.35;

  // Serial reports are the same words with other figures: a template if the passages hold this many
  // numbers on both sides together, less than this share of them is equal (the second where the
  // text is in more than two documents), and this share of what differs is numbers. The last tells
  // them from copies in which words were replaced.
  std::uint32_t fewest_numbers = 6;
  double minimum_number_agreement = 0.7;
  double recurring_number_agreement = 0.8;
  double minimum_differing_numbers = 0.15;
  // Both have other figures: where there are fewest_numbers of them on a side, the other has this many
  // for each. Notes and items that only one text numbers are no figures of a form.
  double least_balance = 0.25;

  // So many equal tokens in long runs are a copy whatever recurs, and other figures do not count
  // if they are less than this share of what differs, or if hardly anything but figures differs
  // (this share) and these are less than this share of all tokens: a law with other numbers. Where
  // figures and names differ it is a form.
  std::uint32_t many_in_runs = 90;
  double few_differing_numbers = 0.35;
  double only_differing_numbers = 0.8;
  double sparse_numbers = 0.10;

  // Less than this share of two stories that is found in more documents than this is a set piece:
  // a paragraph or two of background or boilerplate, if it has fewer equal tokens in long runs than
  // this. Not counted where texts of one corpus are looked for in another.
  bool knows_set_pieces = true;
  double most_set_piece = 0.3;
  std::uint32_t most_excerpt_df = 8;
  std::uint32_t most_in_set_piece = 200;

  // Up to this median number of documents with a shared gram, or from this similarity of the
  // passages on, what is shared is a copy. Else it is one if the passages hold this many equal
  // tokens, less than this share of what differs is numbers, and the rare tokens, where there are
  // any, agree this well.
  std::uint32_t most_median_df = 2;
  double copy_similarity = 0.9;
  std::uint32_t recurring_matched = 60;
  double recurring_differing_numbers = 0.1;
  double recurring_agreement = 0.6;
};

// Tokens in runs as long as this are no chance of grammar.
inline constexpr std::size_t kLongRun = 15;

struct PairEvidence {
  std::uint32_t shared_grams = 0;  // distinct
  std::uint32_t grams_a = 0, grams_b = 0;
  double weight = 0.0;
  std::uint32_t median_df = 0;  // documents with a shared gram, by median

  // Of the passages:
  std::uint32_t tokens = 0;        // of both sides together
  std::uint32_t matched = 0;       // equal ones, of one side
  std::uint32_t in_long_runs = 0;  // of these, in runs of 15 and more
  std::uint32_t in_long_passages = 0;  // of these, in passages of 20 and more
  std::uint32_t rare_matched = 0;  // rare tokens that are equal
  double agreement = 0.0;          // share of the rare tokens that are equal; of all tokens where
                                   // there are fewer than four rare ones on a side
  bool has_rare = false;           // whether it is of the rare ones
  std::uint32_t numbers = 0;       // of both sides
  double number_agreement = 1.0;   // share of these that are equal
  double differing_numbers = 0.0;  // share of the tokens that differ which are numbers
  double number_balance = 1.0;     // of these, those of the side with fewer by those of the other
  NumberSlots slots;               // of texts with other figures

  // Whether the grams alone make the pair reuse.
  [[nodiscard]] bool shares_grams(const CopyRule& rule) const {
    return weight >= rule.minimum_weight || shared_grams >= rule.minimum_grams;
  }
  // `shorter`: tokens of the shorter text. REQUIRES: the passages were judged.
  [[nodiscard]] bool is_reuse(const CopyRule& rule, std::size_t shorter) const {
    return shares_grams(rule) ||
           (in_long_passages >= rule.minimum_matched &&
            in_long_passages >= rule.minimum_share * static_cast<double>(shorter));
  }

  // Whether the passages are a form filled in twice, or a set piece of many texts. `is_excerpt`:
  // they are an excerpt, `larger_share` being their share of the text of which they are more.
  // REQUIRES: the passages were judged.
  [[nodiscard]] bool is_template(const CopyRule& rule, bool is_excerpt, double larger_share) const;

  // The same words with other figures.
  [[nodiscard]] bool is_serial_report(const CopyRule& rule) const {
    return has_other_figures(rule) && !slots.are_counters();
  }
  // The same, unless the figures turn out to be counters: only then are the slots looked for.
  [[nodiscard]] bool has_other_figures(const CopyRule& rule) const;
  // Whether the verdict depends on the rare tokens.
  [[nodiscard]] bool needs_particulars(const CopyRule& rule) const;

  // Share of the tokens of both sides that are equal.
  [[nodiscard]] double similarity() const { return tokens == 0 ? 0.0 : 2.0 * matched / tokens; }
};

}  // namespace copydesk
