#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The texts of a family as one set of different sentences, and what weight each token and each pair
// of neighboring tokens has in it. A step of family_summarizer.h.

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "copydesk/summary/family_summarizer.h"
#include "copydesk/summary/sentence_features.h"
#include "copydesk/summary/sentence_openings.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/text/text_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

// A sentence that stands once or more in the family.
struct FamilyNode {
  std::uint32_t member = 0;    // the first that printed it
  std::uint32_t number = 0;    // within that member
  std::uint32_t position = 0;  // where it stands earliest, weak sentences not counted
  TextSpan span;
  SentenceFeatures features;
  Opening opening = Opening::kPlain;
  std::uint32_t tokens = 0;
  std::uint32_t printed_by = 0;
  std::uint32_t last_member = std::numeric_limits<std::uint32_t>::max();
  bool is_weak = false, is_known = false, is_excluded = false;
};

// Reuses its buffers; one object per thread.
class FamilyConcepts {
 public:
  FamilyConcepts(const SummaryOptions& options, const FamilyWeights& weights, const CorpusIdf* idf);

  // Replaces all below. Members before `known_before` are known.
  void collect(std::span<const FamilyMember> members, std::optional<double> known_before,
               const FamilyBounds& bounds);

  // Weighs the concepts. REQUIRES: collect() came before, with as many members.
  void weigh(std::size_t members);

  // Tokens, or their stems, as concepts have them.
  void tokenize(std::string_view text, TokenList& list);

  // Share of the query that stands in a node, by IDF, in [0, 1]. REQUIRES: weigh() came before.
  [[nodiscard]] double share_of_query(std::size_t node, const TokenList& query) const;

  // The nodes of a member's sentences, in the order of its text.
  [[nodiscard]] std::span<const std::uint32_t> nodes_of(std::uint32_t member) const {
    return std::span(nodes_of_members_)
        .subspan(first_node_[member], end_node_[member] - first_node_[member]);
  }

  std::vector<std::uint32_t> order;        // members by time
  std::vector<std::size_t> ranked_bytes;   // by member: the beginning of its text that counts
  std::vector<FamilyNode> nodes;           // in the order in which sentences were first printed
  std::vector<std::uint32_t> voice_of;     // by member
  TermRows rows;                           // concepts of each node
  std::vector<double> weight;              // by concept
  bool is_part = false;                    // something was left out because of the bounds

 private:
  void add_concepts(std::span<const std::uint64_t> tokens);
  void choose_parts(std::span<const FamilyMember> members, std::size_t most_bytes);
  void find_voices(std::size_t members, StopFlag stop);
  [[nodiscard]] double idf_of(std::uint64_t token) const;

  SummaryOptions options_;
  FamilyWeights weights_;
  const CorpusIdf* idf_;
  SentenceSplitter splitter_;
  Tokenizer tokenizer_;
  TextStemmer stemmer_;
  std::string_view language_;  // of the text read last
  TokenList tokens_;
  SentenceList sentences_;
  TermIndexer indexer_;
  std::vector<std::uint32_t> nodes_of_members_;               // of one member after the other
  std::vector<std::uint32_t> first_node_, end_node_;          // by member, places in it
  std::unordered_map<std::uint64_t, std::uint32_t> node_of_;  // by content
  std::vector<bool> is_known_member_;
  // Tokens of a concept; second 0: it is a single one.
  std::vector<std::uint64_t> first_, second_;
  std::vector<std::uint64_t> concepts_;  // of the sentence at hand
};

}  // namespace copydesk
