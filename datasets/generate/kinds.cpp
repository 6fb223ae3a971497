// SPDX-License-Identifier: Apache-2.0
#include "generate/kinds.h"

#include <fmt/format.h>

#include <string>

#include "copydesk/error.h"

namespace copydesk::datasets {
namespace {

constexpr std::array<std::string_view, kKinds> kNames = {
    "story",       "exact",   "headline",    "trimmed_tail", "trimmed_half", "first_paragraphs",
    "reordered",   "words_1", "words_3",     "words_10",     "words_20",     "ocr_1",
    "ocr_3",       "case",    "punctuation", "quotes",       "white_space",  "unicode_form",
    "embedded",    "glued",   "update",      "family",       "page",         "repeats",
    "boilerplate", "template"};

constexpr double kFewestStories = 0.05;

void set_copies(Rates& rates, double share) {
  for (std::size_t index = 0; index < kKinds; ++index) {
    const Kind kind = static_cast<Kind>(index);
    if (is_copy(kind)) rates.set(kind, share);
  }
}

}  // namespace

std::string_view name_of(Kind kind) {
  return kNames[static_cast<std::size_t>(kind)];
}

Kind kind_of(std::string_view name) {
  for (std::size_t index = 0; index < kKinds; ++index) {
    if (kNames[index] == name) return static_cast<Kind>(index);
  }
  throw Error(ErrorCode::kInvalidOption,
              fmt::format("unknown kind \"{}\"; the kinds are {}", name, fmt::join(kNames, ", ")),
              "--rate");
}

Rates Rates::plan(std::string_view name) {
  Rates rates;
  if (name == "default") {
    set_copies(rates, 0.01);
    rates.set(Kind::kGlued, 0.01);
    rates.set(Kind::kUpdate, 0.01);
    rates.set(Kind::kFamily, 0.10);
    rates.set(Kind::kPage, 0.08);
    rates.set(Kind::kRepeats, 0.03);
    rates.set(Kind::kBoilerplate, 0.03);
    rates.set(Kind::kTemplate, 0.04);
  } else if (name == "pairs") {
    set_copies(rates, 0.025);
  } else if (name == "pages") {
    rates.set(Kind::kPage, 0.45);
    rates.set(Kind::kEmbedded, 0.10);
    rates.set(Kind::kGlued, 0.12);
    rates.set(Kind::kRepeats, 0.10);
    rates.set(Kind::kBoilerplate, 0.10);
  } else if (name == "families") {
    rates.set(Kind::kFamily, 0.70);
    rates.set(Kind::kUpdate, 0.05);
  } else if (name == "templates") {
    rates.set(Kind::kTemplate, 0.60);
    rates.set(Kind::kExact, 0.05);
    rates.set(Kind::kWords3, 0.05);
  } else if (name != "stories") {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("unknown plan \"{}\"; use default, pairs, pages, families, templates "
                            "or stories",
                            name),
                "--plan");
  }
  return rates;
}

double Rates::of(Kind kind) const {
  if (kind != Kind::kStory) return shares_[static_cast<std::size_t>(kind)];
  double rest = 1;
  for (std::size_t index = 1; index < kKinds; ++index) rest -= shares_[index];
  return rest;
}

void Rates::set(Kind kind, double share) {
  if (kind == Kind::kStory) {
    throw Error(ErrorCode::kInvalidOption, "stories are what the other kinds leave", "--rate");
  }
  if (!(share >= 0 && share <= 1)) {
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("the share of {} must be between 0 and 1", name_of(kind)), "--rate");
  }
  shares_[static_cast<std::size_t>(kind)] = share;
}

void Rates::check() const {
  if (of(Kind::kStory) >= kFewestStories) return;
  throw Error(ErrorCode::kInvalidOption,
              fmt::format("the shares leave {:.1f} % for stories; at least 5 % are needed",
                          100 * of(Kind::kStory)),
              "--rate");
}

Kind Rates::at(double point) const {
  double reached = 0;
  for (std::size_t index = 1; index < kKinds; ++index) {
    reached += shares_[index];
    if (point < reached) return static_cast<Kind>(index);
  }
  return Kind::kStory;
}

}  // namespace copydesk::datasets
