// SPDX-License-Identifier: Apache-2.0
#include "generate/corpus.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "copydesk/error.h"
#include "generate/copies.h"
#include "generate/json_line.h"

namespace copydesk::datasets {
namespace {

constexpr std::uint64_t kMinutesOfDay = 24 * 60;
constexpr std::uint64_t kDays = 365;

std::unique_ptr<StorySource> make_source(const CorpusOptions& options) {
  constexpr std::size_t kFewestBytes = 200;
  constexpr std::size_t kMostBytes = 10'000'000;
  if (options.bytes_per_document < kFewestBytes || options.bytes_per_document > kMostBytes) {
    throw Error(ErrorCode::kInvalidOption, "must lie between 200 and 10000000",
                "--bytes-per-document");
  }
  const std::uint64_t seed = options.plan.seed;
  if (options.source) return make_file_source(*options.source, options.bytes_per_document, seed);
  return make_vocabulary_source(options.language, options.bytes_per_document, seed);
}

}  // namespace

Corpus::Corpus(const CorpusOptions& options)
    : plan_(options.plan),
      text_(make_source(options)),
      press_(*text_, options.plan.sites, options.plan.seed),
      forms_(*text_, options.plan.seed) {}

void Corpus::print(std::uint64_t number, Printed& printed) {
  printed.number = number;
  printed.kind = plan_.kind(number);
  printed.sources.clear();
  printed.source_stories.clear();
  printed.family.reset();
  printed.form.reset();
  if (printed.kind == Kind::kFamily) {
    print_member(printed);
    return;
  }
  printed.site = plan_.site(number);
  printed.minutes = first_minutes(number);
  Random random(plan_.seed_of(number));
  if (is_copy(printed.kind) || printed.kind == Kind::kUpdate) {
    print_copy(printed, random);
  } else if (printed.kind == Kind::kGlued) {
    print_glued(printed, random);
  } else if (printed.kind == Kind::kTemplate) {
    printed.form = random.below(forms_.size());
    printed.story = forms_.fill_in(*printed.form, random);
  } else {
    text_->tell(number, printed.story);
    if (printed.kind != Kind::kStory) print_page(printed, random);
  }
}

void Corpus::print_copy(Printed& printed, Random& random) {
  printed.sources = plan_.sources(printed.number);
  const std::uint64_t source = printed.sources.front();
  text_->tell(source, printed.source_stories.emplace_back());
  const Story copy = reprint(printed.source_stories.back(), source);
  if (printed.kind == Kind::kUpdate) {
    printed.story = updated_copy(copy, printed.number, *text_, random);
  } else {
    printed.story = edited_copy(printed.kind, copy, printed.number, *text_, random);
    // A script without case, a story without quotes: the edit changed nothing.
    if (printed.kind != Kind::kEmbedded && printed.story.text == copy.text) {
      printed.kind = Kind::kExact;
    }
  }
  if (printed.kind == Kind::kEmbedded) {
    printed.story = press_.in_page(printed.story, printed.site, random);
  }
  printed.minutes = first_minutes(source) + delay(printed.number);
}

void Corpus::print_glued(Printed& printed, Random& random) {
  printed.sources = plan_.sources(printed.number);
  Story page;
  std::uint32_t place = 0;
  for (const std::uint64_t source : printed.sources) {
    text_->tell(source, printed.source_stories.emplace_back());
    const Story copy = reprint(printed.source_stories.back(), source);
    for (Part part : copy.parts) {
      const std::string_view words = copy.words_of(part);
      part.story = place;
      page.append(part, words);
    }
    ++place;
    printed.minutes = std::max(printed.minutes, first_minutes(source));
  }
  printed.minutes += delay(printed.number);
  printed.story =
      plan_.has_chrome(printed.site) ? press_.in_page(page, printed.site, random) : std::move(page);
}

void Corpus::print_page(Printed& printed, Random& random) {
  const bool is_page = printed.kind == Kind::kPage;
  if (printed.kind == Kind::kRepeats || (is_page && random.chance(0.3))) {
    printed.story = press_.with_repeats(printed.story, random);
  }
  if (printed.kind == Kind::kBoilerplate || (is_page && random.chance(0.3))) {
    printed.story = press_.with_boilerplate(printed.story, random);
  }
  if (is_page) printed.story = press_.in_page(printed.story, printed.site, random);
}

void Corpus::print_member(Printed& printed) {
  if (!window_.holds(printed.number)) window_ = plan_.window(printed.number);
  const FamilyMember& member = window_.member(printed.number);
  const FamilyMember& parent = window_.members()[member.parent];
  printed.site = member.outlet;
  printed.minutes = member_minutes(member);
  Story parent_story;
  printed.story = member_story(member, parent_story);
  printed.family = FamilyTruth{window_.family_number(member), parent.number,
                               window_.members()[member.original].number};
  if (parent.number != printed.number) {
    printed.sources.push_back(parent.number);
    printed.source_stories.push_back(std::move(parent_story));
  }
}

Story Corpus::member_story(const FamilyMember& member, Story& parent_story) const {
  Random random(plan_.seed_of(member.number));
  const FamilyMember& parent = window_.members()[member.parent];
  Story story;
  if (parent.number == member.number) {
    text_->tell(member.number, story);
  } else {
    Story grandparent_story;
    parent_story = member_story(parent, grandparent_story);
    const Story copy = reprint(parent_story, parent.number);
    story = outlet_copy(copy, member.number, *text_, random);
  }
  if (!plan_.has_chrome(member.outlet)) return story;
  return press_.in_page(story, member.outlet, random);
}

std::uint64_t Corpus::member_minutes(const FamilyMember& member) const {
  const FamilyMember& parent = window_.members()[member.parent];
  if (parent.number == member.number) return first_minutes(member.number);
  return member_minutes(parent) + delay(member.number);
}

std::uint64_t Corpus::first_minutes(std::uint64_t number) const {
  return Random(derive_seed(plan_.seed_of(number), 1, 0)).below(kDays * kMinutesOfDay);
}

// Between five minutes and three days, mostly within hours.
std::uint64_t Corpus::delay(std::uint64_t number) const {
  Random random(derive_seed(plan_.seed_of(number), 2, 0));
  const double share = random.unit() * random.unit();
  return 5 + static_cast<std::uint64_t>(share * 3 * kMinutesOfDay);
}

std::string document_id(std::uint64_t number) {
  return make_id('d', number + 1);
}

std::string date_of(std::uint64_t minutes) {
  constexpr std::array<std::uint64_t, 12> kDaysOf = {31, 28, 31, 30, 31, 30,
                                                     31, 31, 30, 31, 30, 31};
  const std::uint64_t days = minutes / kMinutesOfDay;
  std::uint64_t day = days % kDays;
  std::size_t month = 0;
  // Every year of the corpus has 365 days.
  while (day >= kDaysOf[month]) day -= kDaysOf[month++];
  return fmt::format("{}-{:02}-{:02}T{:02}:{:02}:00Z", 2031 + days / kDays, month + 1, day + 1,
                     minutes / 60 % 24, minutes % 60);
}

void append_document(std::string& lines, const Printed& printed, const std::string& site_name) {
  const std::string id = document_id(printed.number);
  const std::string date = date_of(printed.minutes);
  const std::string url = fmt::format("https://{}/{}/{}", site_name, date.substr(0, 10), id);
  JsonLine(lines)
      .add("id", id)
      .add("title", printed.story.headline())
      .add("url", url)
      .add("site", site_name)
      .add("date", date)
      .add("text", printed.story.text)
      .finish();
}

}  // namespace copydesk::datasets
