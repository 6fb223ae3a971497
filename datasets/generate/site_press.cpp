// SPDX-License-Identifier: Apache-2.0
#include "generate/site_press.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "generate/scripts.h"

namespace copydesk::datasets {
namespace {

constexpr std::size_t kBoilerplates = 60;
constexpr std::uint64_t kBlocksPerSite = 32;  // more than the lines of any site

std::string site_name(std::uint32_t site, Random& random) {
  constexpr std::array<std::string_view, 8> kPapers = {"herald", "post", "times",   "gazette",
                                                       "echo",   "mail", "courier", "star"};
  constexpr std::string_view kConsonants = "bdfgklmnprstvz";
  constexpr std::string_view kVowels = "aeiou";
  std::string town;
  for (int syllable = 0; syllable < 3; ++syllable) {
    town += kConsonants[random.below(kConsonants.size())];
    town += kVowels[random.below(kVowels.size())];
  }
  return fmt::format("{}{}-{}.example", town, kPapers[random.below(kPapers.size())], site + 1);
}

std::string menu_line(const StorySource& source, std::size_t words, Random& random) {
  std::string line = source.word(random);
  capitalize(line.data());
  for (; words > 1; --words) {
    line += source.space();
    line += source.word(random);
  }
  return line;
}

}  // namespace

SitePress::SitePress(const StorySource& source, std::uint32_t sites, std::uint64_t seed)
    : source_(source) {
  for (std::uint32_t number = 0; number < sites; ++number) {
    Random random(derive_seed(seed, 30, number));
    Site site;
    site.name = site_name(number, random);
    site.first_block = 1 + number * kBlocksPerSite;
    for (std::uint64_t left = random.between(5, 10); left > 0; --left) {
      site.top.push_back(menu_line(source, 1 + random.below(3), random));
    }
    for (std::uint64_t left = random.between(3, 6); left > 0; --left) {
      site.bottom.push_back(menu_line(source, 3 + random.below(10), random));
    }
    sites_.push_back(std::move(site));
  }
  Random random(derive_seed(seed, 31, 0));
  for (std::size_t left = kBoilerplates; left > 0; --left) {
    boilerplate_.push_back(source.paragraph(random));
  }
}

void SitePress::append_chrome(Story& page, const std::vector<std::string>& lines,
                              std::uint64_t first_block) const {
  for (const std::string& line : lines) {
    page.append({.kind = PartKind::kChrome, .block = first_block++}, line);
  }
}

Story SitePress::in_page(const Story& content, std::uint32_t number, Random& random) const {
  const Site& site = sites_[number];
  Story page;
  page.gap = content.gap;
  page.text.reserve(content.text.size() + 2048);
  append_chrome(page, site.top, site.first_block);
  for (const Part& part : content.parts) page.append(part, content.words_of(part));
  for (std::uint64_t left = 3 + random.below(5); left > 0; --left) {
    page.append(PartKind::kRelated, source_.headline(kSpareStories + random.below(1ULL << 32)));
  }
  append_chrome(page, site.bottom, site.first_block + site.top.size());
  return page;
}

Story SitePress::with_repeats(const Story& content, Random& random) const {
  const std::string caption = source_.headline(kSpareStories + random.below(1ULL << 32));
  const std::uint64_t captions = random.between(1, 3);
  Story page;
  page.gap = content.gap;
  bool is_first_paragraph = true;
  for (const Part& part : content.parts) {
    if (part.kind == PartKind::kParagraph && std::exchange(is_first_paragraph, false)) {
      page.append({.kind = PartKind::kCaption, .story = part.story}, caption);
      for (std::uint64_t left = captions; left > 0; --left) {
        page.append({.kind = PartKind::kCaptionRepeat, .story = part.story}, caption);
      }
      page.append({.kind = PartKind::kTitleRepeat, .story = part.story}, content.headline());
    }
    page.append(part, content.words_of(part));
  }
  return page;
}

Story SitePress::with_boilerplate(const Story& content, Random& random) const {
  const std::uint64_t first = random.below(boilerplate_.size());
  const bool has_two = random.chance(0.3);
  const auto append = [&](Story& page, std::uint64_t index) {
    index %= boilerplate_.size();
    // Behind the blocks of all sites.
    const std::uint64_t block = 1 + sites_.size() * kBlocksPerSite + index;
    page.append({.kind = PartKind::kBoilerplate, .block = block}, boilerplate_[index]);
  };
  Story page;
  page.gap = content.gap;
  for (const Part& part : content.parts) {
    page.append(part, content.words_of(part));
    if (part.kind == PartKind::kHeadline && has_two) append(page, first + 1);
  }
  append(page, first);
  return page;
}

}  // namespace copydesk::datasets
