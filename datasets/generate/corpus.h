#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A corpus of any size with exact truth. Documents are made one by one, in any order, and depend on
// nothing but the options and their number; nothing is held but the vocabulary and the sites.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "generate/plan.h"
#include "generate/site_press.h"
#include "generate/story.h"
#include "generate/story_source.h"
#include "generate/template_forms.h"

namespace copydesk::datasets {

struct CorpusOptions {
  PlanOptions plan;
  Language language = Language::kLatin;
  std::size_t bytes_per_document = 3000;  // REQUIRES: at least 200
  std::optional<SourceFile> source;       // instead of the built-in vocabulary
};

struct FamilyTruth {
  std::uint64_t family = 0;    // the number of the original document names it
  std::uint64_t parent = 0;    // its own number for the original
  std::uint64_t original = 0;  // of the family; may lie beyond the end of the corpus
};

// One document and the truth about it.
struct Printed {
  std::uint64_t number = 0;
  Kind kind = Kind::kStory;  // kExact for an edit that found nothing to change
  std::uint32_t site = 0;
  std::uint64_t minutes = 0;  // since the start of 2031
  Story story;
  std::vector<std::uint64_t> sources;  // the documents it was copied from
  std::vector<Story> source_stories;   // their texts
  std::optional<FamilyTruth> family;
  std::optional<std::size_t> form;  // of a template
};

class Corpus {
 public:
  // Throws Error{kInvalidOption}, and what reading the source file throws.
  explicit Corpus(const CorpusOptions& options);

  // Makes document `number`, reusing the memory of `printed`. Consecutive numbers are fastest.
  void print(std::uint64_t number, Printed& printed);

  [[nodiscard]] const std::string& site_name(std::uint32_t site) const { return press_.name(site); }

 private:
  void print_copy(Printed& printed, Random& random);
  void print_glued(Printed& printed, Random& random);
  void print_member(Printed& printed);
  void print_page(Printed& printed, Random& random);

  // The text of a family's member as its outlet prints it; `parent` receives that of its parent.
  [[nodiscard]] Story member_story(const FamilyMember& member, Story& parent) const;
  [[nodiscard]] std::uint64_t member_minutes(const FamilyMember& member) const;
  [[nodiscard]] std::uint64_t first_minutes(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t delay(std::uint64_t number) const;

  Plan plan_;
  std::unique_ptr<StorySource> text_;
  SitePress press_;
  TemplateForms forms_;
  FamilyWindow window_;
};

// The line of a document: id, title, url, site, date, text.
void append_document(std::string& lines, const Printed& printed, const std::string& site_name);
[[nodiscard]] std::string document_id(std::uint64_t number);
// "2031-02-03T04:05:00Z"
[[nodiscard]] std::string date_of(std::uint64_t minutes);

}  // namespace copydesk::datasets
