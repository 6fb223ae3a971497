// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/matter_of_stories.h"

#include <algorithm>
#include <cstddef>
#include <span>

namespace copydesk {
namespace {

// Shares of the terms of a title that come back in two lines and more, and of lines with any of
// them. In two-story pages of news they are .5 and .36 at most.
constexpr double kLeastOfTitle = .6, kLeastOfLines = .3;
constexpr std::size_t kFewestTermsOfTitle = 2;
constexpr std::uint32_t kLinesOfReturn = 2;

}  // namespace

MatterOfStories::Echo MatterOfStories::echo(const ShapedText& shaped, const PageProse& prose,
                                            std::uint32_t title_line, const Story& story) {
  lines_with_.resize(prose.vocabulary().size(), 0);
  prose.read_headline(shaped, title_line, title_);
  for (const std::uint32_t number : title_.numbers) lines_with_[number] = 1;
  std::size_t lines = 0;
  const auto lines_of_story =
      prose.lines().subspan(story.begin_prose, story.end_prose - story.begin_prose);
  for (const ProseLine& line : lines_of_story) {
    bool has_any = false;
    for (const std::uint32_t number : std::span(shaped.terms).subspan(line.first, line.count)) {
      if (lines_with_[number] == 0) continue;
      ++lines_with_[number];
      has_any = true;
    }
    lines += has_any ? 1 : 0;
  }
  std::size_t returning = 0;
  for (const std::uint32_t number : title_.numbers) {  // a term that it has twice counts once
    returning += lines_with_[number] > kLinesOfReturn ? 1 : 0;
    lines_with_[number] = 0;
  }
  if (title_.count < kFewestTermsOfTitle || lines_of_story.empty()) return {};
  return {static_cast<double>(returning) / static_cast<double>(title_.count),
          static_cast<double>(lines) / static_cast<double>(lines_of_story.size())};
}

// Whether the lines of a story keep to the title before it, and to its own, if it has one, less.
bool MatterOfStories::is_of_one(const ShapedText& shaped, const PageProse& prose,
                                std::uint32_t title_before, const Story& story) {
  if (title_before == kNoLine) return false;
  const Echo before = echo(shaped, prose, title_before, story);
  if (before.of_title < kLeastOfTitle || before.of_lines < kLeastOfLines) return false;
  if (story.title_line == kNoLine) return true;
  return echo(shaped, prose, story.title_line, story).of_title < before.of_title;
}

void MatterOfStories::join(const ShapedText& shaped, const PageProse& prose,
                           std::vector<Story>& stories) {
  std::size_t kept = 0;
  for (std::size_t i = 1; i < stories.size(); ++i) {
    Story& before = stories[kept];
    if (is_of_one(shaped, prose, before.title_line, stories[i])) {
      before.end_line = stories[i].end_line;
      before.end_prose = stories[i].end_prose;
    } else {
      stories[++kept] = stories[i];
    }
  }
  stories.resize(kept + 1);
}

}  // namespace copydesk
