// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/brief_stories.h"

#include <algorithm>
#include <utility>

namespace copydesk {
namespace {

constexpr std::size_t kFewestSections = 2, kMostSections = 200;

// Means over the sections of a series.
constexpr double kLeastOwn = .33, kMostForeign = .1, kMostOfFirst = .2, kMostShared = .18;
// Where half of the headlines bear numbers, as the sections of minutes do.
constexpr double kMostForeignNumbered = .08, kMostOfFirstNumbered = .12;
constexpr double kFewestWordsOfHeadline = 4.0;
// Of two sections alone, which are few to take means of.
constexpr double kLeastOwnOfTwo = .2, kMostForeignOfTwo = .125;
constexpr std::uint32_t kFewestWordsOfTwo = 4;  // of each headline
constexpr std::uint32_t kFewestWords = 15;      // in the mean, and of each of two

// A section of its own.
constexpr double kLeastOwnOfStory = .15, kLeastOfLongest = .1;
constexpr std::uint32_t kFewestWordsOfStory = 10;
// Of one whose headline says nothing of it.
constexpr double kMostSharedUnsaid = .1, kLeastOfMeanUnsaid = .5;

}  // namespace

void BriefStories::find_sections(const ShapedText& shaped, std::span<const HeadOfProse> heads,
                                 const Story& story) {
  sections_.clear();
  auto next = std::lower_bound(
      heads.begin(), heads.end(), story.begin_prose,
      [](const HeadOfProse& head, std::uint32_t prose) { return head.prose < prose; });
  for (; next != heads.end() && next->prose < story.end_prose; ++next) {
    const HeadOfProse& head = *next;
    if (!sections_.empty()) sections_.back().end = head.prose;
    Section section;
    section.headline = head.line;
    section.begin = head.prose;
    section.end = story.end_prose;
    section.has_label = head.has_label;
    section.is_numbered = shaped.lines[head.line].is(kNumberedLine);
    section.words_of_headline = shaped.lines[head.line].words;
    sections_.push_back(section);
  }
}

double BriefStories::share_in(const HeadlineTerms& headline, std::uint32_t section) const {
  if (headline.count == 0) return 0.0;
  const auto found =
      std::count_if(headline.numbers.begin(), headline.numbers.end(),
                    [&](std::uint32_t number) { return last_section_[number] == section + 1; });
  return static_cast<double>(found) / static_cast<double>(headline.count);
}

void BriefStories::weigh_sections(const ShapedText& shaped, const PageProse& prose,
                                  std::uint32_t title_line) {
  if (title_line != kNoLine) {
    prose.read_headline(shaped, title_line, title_);
  } else {
    title_ = {};
  }
  last_section_.assign(prose.vocabulary().size(), 0);
  std::size_t terms_before = 0;
  for (std::uint32_t i = 0; i < sections_.size(); ++i) {
    Section& section = sections_[i];
    prose.read_headline(shaped, section.headline, headline_);
    if (i == 0) first_ = headline_;
    if (i > 0) section.before = share_in(headline_, i - 1);
    std::size_t terms = 0, shared = 0;
    for (std::uint32_t place = section.begin; place < section.end; ++place) {
      const ProseLine& line = prose.lines()[place];
      for (const std::uint32_t number : std::span(shaped.terms).subspan(line.first, line.count)) {
        if ((prose.vocabulary().term(number) & kTermOfFour) == 0) continue;
        const std::uint32_t last = std::exchange(last_section_[number], i + 1);
        terms += last != i + 1 ? 1 : 0;
        shared += last == i && i > 0 ? 1 : 0;
      }
    }
    section.own = share_in(headline_, i);
    if (i > 0) {
      section.of_before = share_in(before_, i);
      section.of_first = std::max(share_in(first_, i), share_in(title_, i));
      const std::size_t fewer = std::max<std::size_t>(1, std::min(terms, terms_before));
      section.shared = static_cast<double>(shared) / static_cast<double>(fewer);
    }
    terms_before = terms;
    std::swap(before_, headline_);
  }
}

bool BriefStories::is_series() const {
  const auto count = static_cast<double>(sections_.size());
  double own = 0.0, foreign = 0.0, of_first = 0.0, shared = 0.0;
  double least_own = 1.0;
  std::uint32_t fewest_words = sections_.front().words, fewest_of_headline = 255;
  for (const Section& section : sections_) {
    own += section.own / count;
    foreign += (section.before + section.of_before) / (2 * (count - 1));
    of_first += section.of_first / (count - 1);
    shared += section.shared / (count - 1);
    least_own = std::min(least_own, section.own);
    fewest_words = std::min(fewest_words, section.words);
    fewest_of_headline = std::min(fewest_of_headline, section.words_of_headline);
  }
  const bool is_pair = sections_.size() == 2;
  if (shared > kMostShared) return false;
  if (is_pair) {
    return !sections_.back().has_label && least_own >= kLeastOwnOfTwo &&
           foreign <= kMostForeignOfTwo && fewest_words >= kFewestWords &&
           fewest_of_headline >= kFewestWordsOfTwo;
  }
  const auto numbered = std::count_if(sections_.begin(), sections_.end(),
                                      [](const Section& section) { return section.is_numbered; });
  const bool is_numbered = 2 * static_cast<std::size_t>(numbered) >= sections_.size();
  return own >= kLeastOwn && foreign <= (is_numbered ? kMostForeignNumbered : kMostForeign) &&
         of_first <= (is_numbered ? kMostOfFirstNumbered : kMostOfFirst);
}

// What has no headline that speaks for it is a story of a series if it is as long as the others and
// nothing joins it to the one before.
bool BriefStories::is_story(const Section& section, double mean_words) {
  if (section.words < kFewestWordsOfStory) return false;
  if (section.own >= kLeastOwnOfStory) return true;
  return section.before + section.of_before == 0.0 && section.shared <= kMostSharedUnsaid &&
         section.words_of_headline >= kFewestWordsOfTwo &&
         section.words >= kLeastOfMeanUnsaid * mean_words;
}

BriefStories::Totals BriefStories::totals() const {
  Totals all;
  for (const Section& section : sections_) {
    all.longest = std::max(all.longest, section.words);
    all.words += section.words;
    all.words_of_headlines += section.words_of_headline;
  }
  return all;
}

// An article and what else there is to read are no series, and neither is what has short headings.
bool BriefStories::are_comparable() const {
  const Totals all = totals();
  const auto count = static_cast<double>(sections_.size());
  const double most = sections_.size() == 2 ? kMostOfLongestOfTwo : kMostOfLongest;
  return all.longest <= most * all.words &&
         all.words_of_headlines >= kFewestWordsOfHeadline * count &&
         all.words >= kFewestWords * count;
}

// Sections that are none are joined to the one before.
bool BriefStories::join_sections() {
  const Totals all = totals();
  const double mean = static_cast<double>(all.words) / static_cast<double>(sections_.size());
  std::size_t kept = 0;
  for (std::size_t i = 1; i < sections_.size(); ++i) {
    const Section& section = sections_[i];
    if (is_story(section, mean) && section.words >= kLeastOfLongest * all.longest) {
      sections_[++kept] = section;
    } else {
      sections_[kept].end = section.end;
      sections_[kept].words += section.words;
    }
  }
  sections_.resize(kept + 1);
  return kept > 0 && are_comparable();
}

void BriefStories::add_stories(const Story& story, std::vector<Story>& stories) const {
  for (const Section& section : sections_) {
    Story added{section.headline, story.end_line, section.begin, section.end, section.headline};
    if (&section == &sections_.front()) {
      added.begin_line = story.begin_line;
      added.begin_prose = story.begin_prose;
    } else {
      stories.back().end_line = added.begin_line;
    }
    stories.push_back(added);
  }
}

bool BriefStories::find_series(const ShapedText& shaped, const PageProse& prose,
                               std::span<const HeadOfProse> heads, const Story& story) {
  find_sections(shaped, heads, story);
  if (sections_.size() < kFewestSections || sections_.size() > kMostSections) return false;
  for (Section& section : sections_) {
    for (std::uint32_t i = section.begin; i < section.end; ++i) {
      section.words += prose.lines()[i].words;
    }
  }
  if (!are_comparable()) return false;
  weigh_sections(shaped, prose, story.title_line);
  return is_series() && join_sections();
}

void BriefStories::split(const ShapedText& shaped, const PageProse& prose,
                         std::span<const HeadOfProse> heads, std::vector<Story>& stories) {
  before_split_.swap(stories);
  stories.clear();
  if (before_split_.size() > 1) {
    Story page = before_split_.front();
    page.end_line = before_split_.back().end_line;
    page.end_prose = before_split_.back().end_prose;
    if (find_series(shaped, prose, heads, page)) {
      add_stories(page, stories);
      keep_cuts(stories);
      return;
    }
  }
  for (const Story& story : before_split_) {
    if (find_series(shaped, prose, heads, story)) {
      add_stories(story, stories);
    } else {
      stories.push_back(story);
    }
  }
}

// Where the page was cut before it stays cut. Its first section may begin behind such a cut.
void BriefStories::keep_cuts(std::vector<Story>& stories) {
  series_.swap(stories);
  stories.clear();
  const auto holds = [](const Story& story, std::uint32_t title) {
    return title != kNoLine && title >= story.begin_line && title < story.end_line;
  };
  std::size_t next = 1;
  for (Story story : series_) {
    for (; next < before_split_.size() && before_split_[next].begin_prose < story.end_prose;
         ++next) {
      const Story& kept = before_split_[next];
      if (kept.begin_prose <= story.begin_prose) continue;
      Story first = story;
      first.end_line = kept.begin_line;
      first.end_prose = kept.begin_prose;
      if (!holds(first, first.title_line)) {
        const std::uint32_t title = before_split_[next - 1].title_line;
        first.title_line = holds(first, title) ? title : kNoLine;
      }
      stories.push_back(first);
      story.begin_line = kept.begin_line;
      story.begin_prose = kept.begin_prose;
      if (!holds(story, story.title_line)) story.title_line = kept.title_line;
    }
    stories.push_back(story);
  }
}

}  // namespace copydesk
