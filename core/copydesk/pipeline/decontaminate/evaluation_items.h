#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The evaluation sets of a decontamination, prepared: questions and answers as tokens, equal
// questions once, and the index by which texts are searched for them. 6,000 questions of 20 words
// with their answers take about 8 MB, whatever the size of the training text.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "copydesk/reuse/item_index.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {

struct EvaluationItem {
  std::uint32_t set = 0;  // index into EvaluationItems::sets()
  std::string id;
  std::string text;  // the question; for a question of fewer than 6 tokens, with the answer behind it
  std::vector<std::uint32_t> answer;  // low halves of token hashes; empty where there is none
  bool holds_answer = false;          // whether `text` does
};

class EvaluationItems {
 public:
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};

  // Takes an item. A question of fewer than kFewestItemTokens tokens is searched for together with
  // its answer, or not at all if both are too short. REQUIRES: build() was not called.
  void add(std::string_view set, std::string_view id, std::string_view question,
           std::string_view answer);
  // Makes the index. Afterwards several threads may read.
  void build();

  [[nodiscard]] std::span<const std::string> sets() const { return sets_; }
  [[nodiscard]] std::span<const EvaluationItem> items() const { return items_; }
  [[nodiscard]] const ItemIndex& index() const { return index_; }
  // The items whose text has the tokens of a text of the index; by set, then in the order in which
  // they were added. REQUIRES: build() was called.
  [[nodiscard]] std::span<const std::uint32_t> holders(std::uint32_t indexed) const {
    return std::span(holders_).subspan(begins_[indexed], begins_[indexed + 1] - begins_[indexed]);
  }
  // The text of the index that an item is searched by; kNone for those that are too short.
  [[nodiscard]] std::uint32_t indexed(std::uint32_t item) const { return indexed_[item]; }

  // As a file for later runs (docs/formats.md), and back. parse() throws Error{kCorruptFile} for
  // other files and damaged ones, Error{kInvalidOption} for one of other rules of text; it builds.
  [[nodiscard]] std::string to_bytes() const;
  [[nodiscard]] static EvaluationItems parse(std::string_view bytes, const std::string& path);
  // How long a file is that begins like this; 0 if it is none. For read_kept_file.
  [[nodiscard]] static std::uint64_t stated_size(std::string_view head);

 private:
  void append(EvaluationItem item, std::uint32_t indexed);
  std::uint32_t index_text(std::span<const std::uint32_t> tokens);

  std::vector<std::string> sets_;
  std::vector<EvaluationItem> items_;
  std::vector<std::uint32_t> indexed_;  // by item
  std::vector<std::uint32_t> holders_;  // by text of the index
  std::vector<std::uint32_t> begins_;   // into holders_; one more than there are texts
  ItemIndex index_;
  std::unordered_map<std::string, std::uint32_t> set_numbers_;
  std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> known_;  // texts by their hash
  Tokenizer tokenizer_;
  TokenList tokens_;
  std::vector<std::uint32_t> low_;
};

}  // namespace copydesk
