#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The ways to rank sentences and what they are called on the command line:
// parse_rank_method("lexrank") is kLexRank, and to_string gives "lexrank" back. All but the first
// are here to be compared with, and follow their papers (docs/summaries.md).

#include <cstdint>
#include <optional>
#include <string_view>

namespace copydesk {

enum class RankMethod : std::uint8_t {
  kDirected,           // directed centrality with title, position and quotations: the default
  kLexRank,            // thresholded LexRank [Erkan & Radev 2004]
  kLexRankContinuous,  // the same without a threshold
  kTextRank,           // [Mihalcea & Tarau 2004]
  kBm25,               // TextRank over BM25 [Barrios et al. 2016]
  kPacSum,             // position-augmented centrality over tf-idf [Zheng & Lapata 2019]
  kCentroid,           // cosine to the centroid of the text
  kSumBasic,           // [Nenkova & Vanderwende 2005]
  kSubmodular,         // coverage and diversity [Lin & Bilmes 2011]
  kLead,               // the first sentences
};

// "directed", "lexrank", "lexrank-continuous", "textrank", "bm25", "pacsum", "centroid",
// "sumbasic", "submodular", "lead".
[[nodiscard]] std::optional<RankMethod> parse_rank_method(std::string_view name);
[[nodiscard]] std::string_view to_string(RankMethod method);

}  // namespace copydesk
