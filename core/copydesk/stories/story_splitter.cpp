// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/story_splitter.h"

#include <algorithm>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/line_ending.h"

namespace copydesk {
namespace {

constexpr std::size_t kZonesPerLook = 4096;  // at the stop flag

// Headlines. Shares are of the headline's terms, by IDF.
constexpr unsigned kFewestWordsOfTitle = 4;
constexpr unsigned kMostWordsOfHeadline = 25;
constexpr double kOverlapOfNotice = .2;

// What speaks for a cut.
constexpr double kBar = .95, kOfDifference = .9;
constexpr double kForCopy = .5, kForNearCopy = .75, kForDate = .35, kForCredit = .4;
constexpr double kForCaptions = .35, kForGap = .35, kForList = .25, kForLines = .2, kForRule = .4;
constexpr double kOverlapWithEvidence = .15, kOverlapAlone = .25, kDifferenceAlone = .05;
constexpr double kDifferenceAtGap = .15;
// So unlike are both sides that the headline need not speak for either.
constexpr double kUnlike = .9, kUnlikeWithSigns = 1.2;
constexpr std::size_t kFewestLines = 2, kFewestLinesAlone = 3, kFewestLinesSure = 1;
constexpr std::uint64_t kFewestWords = 40, kFewestWordsAlone = 60, kFewestWordsSure = 15;
// Short stories told in one form.
constexpr double kSelfOfLine = .2, kForSeries = .15;
constexpr std::uint64_t kFewestWordsOfSeries = 25;
constexpr unsigned kMostWordsOfDate = 14;
constexpr std::size_t kHeadsOfList = 2, kLinesOfMatter = 3;
constexpr unsigned kMostCopiesOfMatter = 3;

// Without a headline.
constexpr std::size_t kFewestLinesUntitled = 3, kFewestLinesAtRule = 2;
constexpr std::uint64_t kFewestWordsUntitled = 60;
constexpr std::size_t kProseOfGap = 4;  // at most one line of so many has a gap before it
constexpr std::size_t kProseBetweenGaps = 8;
constexpr std::size_t kBlanksOfWidest = 2;  // more than usual
constexpr double kBarAtRule = 1.3, kBarAtGap = 1.1;
constexpr float kNoGap = 9.0f;

// Threads: dates between few lines of prose.
constexpr std::size_t kDatesOfThread = 4, kProseOfThread = 12, kProseBetweenDates = 4;

bool is_printed_twice(const LineShape& head) {
  return head.copies > 1 && head.words >= kFewestWordsOfTitle;
}

}  // namespace

// What stands in a zone, of which a headline is known.
struct StorySplitter::Evidence {
  bool is_copied = false;                  // the headline, within a few lines
  bool is_copied_far = false;              // somewhere in the page
  bool has_captions = false;               // behind it, printed twice
  bool has_gap = false, has_rule = false;  // before it
  bool has_date = false, has_credit = false, has_list = false, has_lines = false;

  [[nodiscard]] double sum() const {
    const double copied = is_copied ? kForNearCopy : kForCopy * is_copied_far;
    return copied + kForCaptions * has_captions + kForGap * has_gap + kForRule * has_rule +
           kForDate * has_date + kForCredit * has_credit + kForList * has_list +
           kForLines * has_lines;
  }
};

TextSpan StorySplitter::zone_before(const ShapedText& shaped, std::size_t prose) const {
  const std::size_t begin = prose == 0 ? 0 : prose_[prose - 1].line + std::size_t{1};
  return {begin, prose < prose_.size() ? prose_[prose].line : shaped.lines.size()};
}

// Comments under a story bear dates in a rhythm of their own; there, dates tell of no new story.
void StorySplitter::find_threads(const ShapedText& shaped) {
  in_thread_.assign(prose_.size(), false);
  std::vector<std::size_t> dated;
  for (std::size_t i = 0; i < prose_.size(); ++i) {
    const TextSpan zone = zone_before(shaped, i);
    for (std::size_t line = zone.begin; line < zone.end; ++line) {
      if (!shaped.lines[line].is(kDatedLine)) continue;
      dated.push_back(i);
      break;
    }
  }
  if (dated.size() < kDatesOfThread) return;
  std::size_t first = 0, end = 0;
  for (std::size_t i = 0; i < dated.size(); ++i) {
    while (dated[first] + kProseOfThread < dated[i]) ++first;
    while (end < dated.size() && dated[end] <= dated[i] + kProseOfThread) ++end;
    const bool is_near = (i > 0 && dated[i] - dated[i - 1] <= kProseBetweenDates) ||
                         (i + 1 < dated.size() && dated[i + 1] - dated[i] <= kProseBetweenDates);
    if (is_near && end - first >= kDatesOfThread) in_thread_[dated[i]] = true;
  }
}

// More blank lines than there usually are: one where most lines of prose have none before them, two
// where most have one.
void StorySplitter::find_gap_sign(const ShapedText& shaped) {
  std::size_t blanks = 0, wide = 0;
  for (const ProseLine& prose : prose_) {
    blanks += shaped.lines[prose.line].is(kAfterBlank);
    wide += shaped.lines[prose.line].is(kWideGap);
  }
  const std::size_t most = prose_.size() / kProseOfGap;
  gap_sign_ = 0;
  if (wide <= most) gap_sign_ = kWideGap;
  if (blanks <= most) gap_sign_ = kAfterBlank;
}

// Short stories follow each other closely: what is behind a place is compared up to the next zone
// that looks like the beginning of one, with a headline printed twice or behind a wide gap.
void StorySplitter::find_ends(const ShapedText& shaped, const LineCopies& copies) {
  ends_.assign(prose_.size(), static_cast<std::uint32_t>(prose_.size()));
  for (std::size_t place = prose_.size(); place-- > 1;) {
    const TextSpan zone = zone_before(shaped, place);
    bool is_likely = false, has_gap = false;
    for (std::size_t i = zone.begin; i < zone.end && !is_likely; ++i) {
      const LineShape& line = shaped.lines[i];
      has_gap |= gap_sign_ == kWideGap && line.is(kWideGap);
      if (!line.is(kHeadLine) || line.is(kLaterCopy) || line.words < kFewestWordsOfTitle) continue;
      is_likely = has_gap || (line.is(kNearCopy) &&
                              copies.last_copy(static_cast<std::uint32_t>(i)) < zone.end);
    }
    ends_[place - 1] = is_likely ? static_cast<std::uint32_t>(place) : ends_[place];
  }
}

// How alike both sides of each gap are, before anything is cut.
void StorySplitter::weigh_gaps(const ShapedText& shaped, const std::atomic<bool>* stop) {
  gap_likeness_.assign(prose_.size(), kNoGap);
  if (gap_sign_ == 0) return;
  bool is_started = false;
  for (std::size_t place = 1; place < prose_.size(); ++place) {
    if (place % kZonesPerLook == 0 && stop != nullptr && *stop) return;
    const TextSpan zone = zone_before(shaped, place);
    bool has_gap = false;
    for (std::size_t i = zone.begin; i <= zone.end; ++i) has_gap |= shaped.lines[i].is(gap_sign_);
    if (!has_gap) continue;
    if (!is_started)
      windows_.start(prose_, shaped.terms, prose_terms_.vocabulary(), prose_terms_.lines_with(),
                     ends_);
    is_started = true;
    windows_.move_to(place);
    gap_likeness_[place] = static_cast<float>(windows_.likeness());
  }
}

StorySplitter::Evidence StorySplitter::evidence_of(const ShapedText& shaped, TextSpan zone,
                                                   const Headline& headline, bool in_thread) const {
  const LineShape& head = shaped.lines[headline.line];
  Evidence found;
  found.is_copied_far = is_printed_twice(head);
  found.is_copied = found.is_copied_far && head.is(kNearCopy);
  std::size_t heads = 0, others = 0;
  for (std::size_t i = zone.begin; i < zone.end; ++i) {
    const LineShape& line = shaped.lines[i];
    if (i <= headline.line) {
      found.has_rule |= line.is(kAfterRule);
      found.has_gap |= line.is(gap_sign_);
      heads += i < headline.line && line.is(kHeadLine) ? 1 : 0;
    } else {
      found.has_date |= !in_thread && line.is(kDatedLine | kBracketedLine);
      found.has_credit |= line.is(kCreditLine);
      found.has_captions |= line.is(kNearCopy) && line.is(kLaterCopy) &&
                            line.words >= kFewestWordsOfTitle && line.key != head.key;
    }
    others += i != headline.line && line.copies <= kMostCopiesOfMatter;
  }
  found.has_list = heads >= kHeadsOfList;
  found.has_lines = !in_thread && others >= kLinesOfMatter;
  return found;
}

bool StorySplitter::are_long(std::size_t lines, std::uint64_t words) const {
  return windows_.lines_before() >= lines && windows_.lines_behind() >= lines &&
         windows_.words_before() >= words && windows_.words_behind() >= words;
}

// Whether what begins with a headline has the form of what the page begins with: both headlines
// have a short date or credit right behind them; or it stands behind more blank lines than usual.
// Sections of documents, whose headings are marked, have a form, too.
bool StorySplitter::is_told_like_first(const ShapedText& shaped, const Headline& headline,
                                       bool in_thread) const {
  if (outline_.has_marks()) return false;
  if (gap_sign_ == kWideGap && shaped.lines[headline.line].is(kWideGap)) return true;
  if (in_thread || first_title_ == kNoLine) return false;
  const auto is_signed = [&](std::uint32_t line) {
    constexpr std::uint16_t kSigned = kDatedLine | kCreditLine | kBracketedLine;
    const std::size_t behind = line + std::size_t{1};
    if (!shaped.lines[behind].is(kSigned)) return false;
    // And no list of dates.
    return shaped.lines[behind].words <= kMostWordsOfDate && behind + 1 < shaped.lines.size() &&
           !shaped.lines[behind + 1].is(kSigned);
  };
  return is_signed(first_title_) && is_signed(headline.line);
}

bool StorySplitter::is_cut(const ShapedText& shaped, TextSpan zone, const Headline& headline,
                           bool in_thread) {
  const Evidence found = evidence_of(shaped, zone, headline, in_thread);
  const double overlap = headline.overlap.behind;
  const double difference = overlap - headline.overlap.before;
  // What is printed under every answer of a page speaks for none.
  const bool is_title = found.is_copied && (found.has_captions || difference > 0.0);
  const bool is_sure = is_title || (found.has_captions && found.has_gap) ||
                       (found.has_gap && gap_sign_ == kWideGap && overlap >= kOverlapAlone &&
                        difference >= kDifferenceAtGap);
  const bool is_series = is_told_like_first(shaped, headline, in_thread);
  if (is_sure ? !are_long(kFewestLinesSure, kFewestWordsSure)
              : !are_long(kFewestLines, is_series ? kFewestWordsOfSeries : kFewestWords)) {
    return false;
  }
  if (is_title && found.has_captions) return true;
  const double likeness = windows_.likeness(is_series ? kSelfOfLine : 0.0);
  const bool has_signs = found.has_gap || found.has_captions;
  const bool is_unlike = likeness < (has_signs ? kUnlikeWithSigns : kUnlike);
  const double evidence = found.sum() + kForSeries * is_series;
  if (evidence > 0.0) {
    const bool speaks = overlap >= kOverlapWithEvidence || found.is_copied_far ||
                        (found.has_date && found.has_credit);
    if (!speaks && !is_unlike) return false;
  } else {
    const bool speaks = overlap >= kOverlapAlone && difference >= kDifferenceAlone;
    if (!speaks && !is_unlike) return false;
    if (shaped.lines[headline.line].words < kFewestWordsOfTitle) return false;
    if (!are_long(kFewestLinesAlone, kFewestWordsAlone)) return false;
  }
  return likeness - kOfDifference * difference < kBar + evidence;
}

// Whether two blank lines more than usual, or more, stand somewhere in a zone.
bool StorySplitter::has_widest_gap(const ShapedText& shaped, TextSpan zone) const {
  const std::size_t least = gap_sign_ == kWideGap ? kBlanksOfWidest + 1 : kBlanksOfWidest;
  for (std::size_t i = zone.begin; i <= zone.end; ++i) {
    if (!shaped.lines[i].is(kWideGap)) continue;
    std::size_t feeds = 0;
    for (std::size_t at = shaped.lines[i].begin; at > 0; --at) {
      const char c = text_[at - 1];
      if (!is_ascii_space(c)) break;
      feeds += c == '\n' ? 1 : 0;
    }
    if (feeds > least) return true;
  }
  return false;
}

// Stories that nothing announces are cut only where a rule of signs or a wider gap than usual
// stands between them, and where both sides are long enough to be sure of their words.
bool StorySplitter::is_cut_without_headline(const ShapedText& shaped, TextSpan zone) {
  if (outline_.has_marks()) return false;
  bool has_rule = false, has_gap = false;
  for (std::size_t i = zone.begin; i <= zone.end; ++i) {
    has_rule |= shaped.lines[i].is(kAfterRule);
    has_gap |= shaped.lines[i].is(gap_sign_);
  }
  if (!has_rule && !has_gap) return false;
  if (has_rule) {
    return are_long(kFewestLinesAtRule, kFewestWords) && windows_.likeness() < kBarAtRule;
  }
  if (!are_long(kFewestLinesUntitled, kFewestWordsUntitled)) return false;
  if (windows_.likeness() >= kBarAtGap) return false;
  if (has_widest_gap(shaped, zone)) return true;
  // Of gaps near each other it is the one whose sides are least alike.
  const std::size_t place = windows_.place();
  const std::size_t first = place - std::min(place, kProseBetweenGaps);
  const std::size_t end = std::min(prose_.size(), place + kProseBetweenGaps + 1);
  return *std::min_element(gap_likeness_.begin() + static_cast<std::ptrdiff_t>(first),
                           gap_likeness_.begin() + static_cast<std::ptrdiff_t>(end)) >=
         gap_likeness_[place];
}

// Whether a story may begin in a zone, by what stands in it.
bool StorySplitter::may_hold_cut(const ShapedText& shaped, TextSpan zone) const {
  const std::uint16_t signs = static_cast<std::uint16_t>(kAfterRule | gap_sign_);
  for (std::size_t i = zone.begin; i < zone.end; ++i) {
    const LineShape& line = shaped.lines[i];
    if (line.is(signs) || (line.is(kHeadLine) && !line.is(kLaterCopy))) return true;
  }
  return shaped.lines[zone.end].is(signs);
}

// Whether the page is one story by what stands in its zones alone, and its title is known as well:
// no story may begin anywhere, and before all prose stands nothing, or one headline.
bool StorySplitter::is_one_story(const ShapedText& shaped, std::uint32_t& title) const {
  title = kNoLine;
  for (const LineTerms& terms : shaped.of_lines) {
    if (terms.line >= prose_[0].line) break;
    const LineShape& line = shaped.lines[terms.line];
    if (line.is(kCreditLine) && line.words > kMostWordsOfHeadline) continue;
    if (title != kNoLine || !line.is(kHeadLine) || line.copies > 1) return false;
    title = terms.line;
  }
  for (std::size_t place = 1; place < prose_.size(); ++place) {
    if (may_hold_cut(shaped, zone_before(shaped, place))) return false;
  }
  return true;
}

// Whether a rule of signs stands before a line that is kAfterRule.
bool StorySplitter::has_rule_before(const ShapedText& shaped, std::size_t line) const {
  std::size_t end = start_of_line(text_, shaped.lines[line].begin);
  while (end > 0 && is_ascii_space(text_[end - 1])) --end;
  std::size_t begin = end;
  while (begin > 0 && text_[begin - 1] != '\n') --begin;
  return is_rule_of_signs(trimmed_line(text_, begin).of(text_));
}

// The line where a story begins that is cut off in a zone: its headline, or what a rule or gap
// stands before. A headline that says little of what follows is the last line of the story before,
// if only behind it there is a gap; it is none then.
std::uint32_t StorySplitter::begin_of_story(const ShapedText& shaped, TextSpan zone,
                                            Headline& headline) const {
  const auto last_sign = [&](std::size_t begin, std::size_t end, unsigned signs) {
    for (std::size_t i = end; i-- > begin;) {
      if (shaped.lines[i].is(static_cast<std::uint16_t>(signs)))
        return static_cast<std::uint32_t>(i);
    }
    return kNoLine;
  };
  // Behind a line that an agency signed there is no rule, and a line of another story may follow.
  const bool is_signed =
      shaped.lines[zone.begin].is(kAfterRule) && !has_rule_before(shaped, zone.begin);
  const unsigned signs = gap_sign_ | (is_signed ? 0u : unsigned{kAfterRule});
  if (headline.line != kNoLine && headline.overlap.behind < kOverlapWithEvidence &&
      shaped.lines[headline.line].copies < 2 &&
      last_sign(zone.begin, headline.line + std::size_t{1}, signs) == kNoLine) {
    const std::uint32_t behind = last_sign(headline.line + std::size_t{1}, zone.end + 1, signs);
    if (behind != kNoLine) {
      headline.line = kNoLine;
      return behind;
    }
  }
  if (headline.line != kNoLine) return headline.line;
  if (is_signed) {
    const std::uint32_t gap = last_sign(zone.begin, zone.end + 1, gap_sign_);
    return gap != kNoLine ? gap : static_cast<std::uint32_t>(zone.begin);
  }
  for (std::size_t i = zone.begin; i <= zone.end; ++i) {
    if (shaped.lines[i].is(kAfterRule)) return static_cast<std::uint32_t>(i);
  }
  return static_cast<std::uint32_t>(zone.end);
}

void StorySplitter::cut(const ShapedText& shaped, const LineCopies& copies,
                        std::vector<Story>& stories, const std::atomic<bool>* stop) {
  find_ends(shaped, copies);
  // Nothing else asks how alike the sides of gaps are.
  if (!outline_.has_marks() && !outline_.is_indented()) weigh_gaps(shaped, stop);
  windows_.start(prose_, shaped.terms, prose_terms_.vocabulary(), prose_terms_.lines_with(), ends_);
  std::size_t at = 0;
  heads_.clear();
  const TextSpan top = zone_before(shaped, 0);
  const Headline best = find_headline(shaped, copies, top, at);
  if (!top.empty()) add_head(shaped, copies, top, 0, best);
  Headline first = find_first_headline(shaped, top, at, best);
  if (prose_.size() > kFewestLines &&
      (first.line == kNoLine || first.overlap.behind < kLittleOverlapOfTitle)) {
    // A notice that is prose by its shape may stand above the headline.
    windows_.move_to(1);
    const Headline second = find_headline(shaped, copies, zone_before(shaped, 1), at);
    if (second.line != kNoLine && second.overlap.behind >= kOverlapWithEvidence &&
        windows_.overlap(prose_.front()).behind < kOverlapOfNotice) {
      first = second;
    }
  }
  stories.back().title_line = first_title_ = first.line;
  for (std::size_t place = 1; place < prose_.size(); ++place) {
    if (place % kZonesPerLook == 0 && stop != nullptr && *stop) return;
    const TextSpan zone = zone_before(shaped, place);
    if (!may_hold_cut(shaped, zone) || outline_.holds_section(zone)) continue;
    windows_.move_to(place);
    Headline headline;
    if (!zone.empty()) {
      const std::size_t from = at;
      headline = find_headline(shaped, copies, zone, at);
      add_head(shaped, copies, zone, from, headline);
    }
    if (!are_long(kFewestLinesSure, kFewestWordsSure)) continue;
    bool is_story = headline.line != kNoLine && is_cut(shaped, zone, headline, in_thread_[place]);
    if (!is_story && is_cut_without_headline(shaped, zone)) {
      is_story = true;
      headline.line = kNoLine;
    }
    if (!is_story) continue;
    const std::uint32_t begin = begin_of_story(shaped, zone, headline);
    const auto prose = static_cast<std::uint32_t>(place);
    stories.back().end_line = begin;
    stories.back().end_prose = prose;
    stories.push_back({begin, 0, prose, 0, headline.line});
    windows_.begin_story();
  }
  if (stories.size() == 1 && outline_.top_heading() != TextOutline::kNoHeading) {
    stories.back().title_line = static_cast<std::uint32_t>(outline_.top_heading());
  }
}

std::uint32_t StorySplitter::first_comment() const {
  const auto found = std::find(in_thread_.begin(), in_thread_.end(), true);
  return found == in_thread_.end()
             ? kNoLine
             : prose_[static_cast<std::size_t>(found - in_thread_.begin())].line;
}

void StorySplitter::split(std::string_view text, ShapedText& shaped, const LineCopies& copies,
                          std::vector<Story>& stories, const std::atomic<bool>* stop) {
  stories.clear();
  text_ = text;
  is_document_ = false;
  ends_.clear();
  in_thread_.clear();
  prose_terms_.find(shaped);
  prose_ = prose_terms_.lines();
  if (shaped.lines.empty()) return;
  stories.push_back({});
  bool is_cut = false;
  if (!prose_.empty()) {
    find_gap_sign(shaped);
    find_threads(shaped);
    if (!is_one_story(shaped, stories.back().title_line)) {
      prose_terms_.number(shaped);
      outline_.find(text, shaped);
      is_document_ = outline_.is_indented() || outline_.has_marks() || outline_.is_narrow();
      cut(shaped, copies, stories, stop);
      is_cut = true;
    }
  }
  stories.back().end_line = static_cast<std::uint32_t>(shaped.lines.size());
  stories.back().end_prose = static_cast<std::uint32_t>(prose_.size());
  if (stories.size() > 1) matter_.join(shaped, prose_terms_, stories);
  if (!is_cut || outline_.is_indented() || outline_.has_marks()) return;
  if (heads_.size() < 2 || !may_be_series()) return;
  choose_heads(shaped);
  briefs_.split(shaped, prose_terms_, heads_, stories);
}

}  // namespace copydesk
