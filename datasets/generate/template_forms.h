#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Stories that share a form and no content: tables of results, weather reports, obituaries, notices
// of bonds. Their wording is fixed, their names and figures are not; two of them may agree in most
// of their words and still report different things. A deduplicator must keep them all.

#include <cstdint>
#include <string>
#include <vector>

#include "generate/story.h"
#include "generate/story_source.h"

namespace copydesk::datasets {

class TemplateForms {
 public:
  TemplateForms(const StorySource& source, std::uint64_t seed);

  // 24 forms: a third tables (rows of names and figures), the rest sentences with something filled
  // in after every few words: after 3 to 7 in the first form, after 26 to 30 in the last.
  [[nodiscard]] std::size_t size() const { return forms_.size(); }

  // Form `form` filled in.
  [[nodiscard]] Story fill_in(std::size_t form, Random& random) const;

 private:
  // Fixed words in front of each slot and what goes into it.
  enum class Slot : std::uint8_t { kWord, kName, kNumber, kFigure, kNothing };
  struct Piece {
    std::string fixed;
    Slot slot = Slot::kNothing;
  };
  struct Form {
    bool is_table = false;
    std::string headline;
    std::vector<std::vector<Piece>> sentences;
  };

  // Slots with `run` to `run` + 4 fixed words before each.
  [[nodiscard]] std::vector<Piece> make_sentence(std::size_t run, Random& random) const;
  void append_slot(std::string& text, Slot slot, Random& random) const;
  [[nodiscard]] std::string fill_sentence(const std::vector<Piece>& pieces, Random& random) const;

  const StorySource& source_;
  std::vector<Form> forms_;
};

}  // namespace copydesk::datasets
