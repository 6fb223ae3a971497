// SPDX-License-Identifier: Apache-2.0
#include "generate/template_forms.h"

#include <fmt/format.h>

#include <iterator>

#include "generate/scripts.h"

namespace copydesk::datasets {
namespace {

constexpr std::size_t kForms = 24;

}  // namespace

TemplateForms::TemplateForms(const StorySource& source, std::uint64_t seed) : source_(source) {
  for (std::size_t index = 0; index < kForms; ++index) {
    Random random(derive_seed(seed, 40, index));
    Form form;
    form.is_table = index % 3 == 0;
    form.headline = source.headline(kSpareStories + (1ULL << 33) + index);
    const std::uint64_t sentences = form.is_table ? 2 : random.between(5, 14);
    for (std::uint64_t left = sentences; left > 0; --left) {
      form.sentences.push_back(make_sentence(3 + index, random));
    }
    forms_.push_back(std::move(form));
  }
}

std::vector<TemplateForms::Piece> TemplateForms::make_sentence(std::size_t run,
                                                               Random& random) const {
  std::vector<Piece> pieces;
  for (std::uint64_t left = random.between(3, 6); left > 0; --left) {
    Piece piece;
    for (std::uint64_t words = random.between(run, run + 4); words > 0; --words) {
      if (!piece.fixed.empty()) piece.fixed += source_.space();
      piece.fixed += source_.word(random);
    }
    piece.slot = static_cast<Slot>(random.below(4));
    pieces.push_back(std::move(piece));
  }
  capitalize(pieces.front().fixed.data());
  return pieces;
}

void TemplateForms::append_slot(std::string& text, Slot slot, Random& random) const {
  switch (slot) {
    case Slot::kWord:
      text += source_.word(random);
      return;
    case Slot::kName: {
      for (int part = 0; part < 2; ++part) {
        std::string name = source_.word(random);
        capitalize(name.data());
        if (part > 0) text += source_.space();
        text += name;
      }
      return;
    }
    case Slot::kNumber:
      fmt::format_to(std::back_inserter(text), "{}", random.between(1, 9999));
      return;
    case Slot::kFigure:
      fmt::format_to(std::back_inserter(text), "{}.{}", random.below(100), random.below(10));
      return;
    case Slot::kNothing:
      return;
  }
}

std::string TemplateForms::fill_sentence(const std::vector<Piece>& pieces, Random& random) const {
  std::string text;
  for (const Piece& piece : pieces) {
    if (!text.empty()) text += source_.space();
    text += piece.fixed;
    text += source_.space();
    append_slot(text, piece.slot, random);
  }
  text += source_.space().empty() ? "。" : ".";
  return text;
}

Story TemplateForms::fill_in(std::size_t number, Random& random) const {
  const Form& form = forms_[number];
  Story story;
  std::string line = form.headline + std::string(source_.space());
  append_slot(line, Slot::kName, random);
  story.append(PartKind::kHeadline, line);
  story.append(PartKind::kParagraph, fill_sentence(form.sentences.front(), random));
  if (form.is_table) {
    line.clear();
    for (std::uint64_t rows = random.between(10, 30); rows > 0; --rows) {
      append_slot(line, Slot::kName, random);
      line += "  ";
      append_slot(line, Slot::kNumber, random);
      line += "  ";
      append_slot(line, Slot::kFigure, random);
      if (rows > 1) line += '\n';
    }
    story.append(PartKind::kParagraph, line);
  }
  for (std::size_t index = 1; index < form.sentences.size(); ++index) {
    story.append(PartKind::kParagraph, fill_sentence(form.sentences[index], random));
  }
  return story;
}

}  // namespace copydesk::datasets
