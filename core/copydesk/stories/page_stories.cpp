// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stories/page_stories.h"

#include <algorithm>
#include <utility>

#include "copydesk/stories/counting_lines.h"
#include "copydesk/stories/inserted_lines.h"
#include "copydesk/stories/side_matter.h"
#include "copydesk/stories/signed_lines.h"
#include "copydesk/text/line_ending.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostBytes = 0xFFFFFFFFu;
constexpr std::size_t kHeadsOfMenu = 3;
constexpr unsigned kFewestWordsOfTitle = 4;
constexpr std::uint32_t kMostLinesUnderTitle = 12;  // in front of the text
constexpr std::uint64_t kFewestWordsOfText = 300;   // above comments
constexpr double kShareBeforeTitle = .2;            // of the words behind it, of what is no title

// Without rules of signs at its end.
TextSpan without_rules(std::string_view text, TextSpan part) {
  for (;;) {
    std::size_t end = part.end;
    while (end > part.begin &&
           (text[end - 1] == '\n' || text[end - 1] == ' ' || text[end - 1] == '\r')) {
      --end;
    }
    std::size_t begin = end;
    while (begin > part.begin && text[begin - 1] != '\n') --begin;
    if (begin == part.begin || !is_rule_of_signs(text.substr(begin, end - begin))) return part;
    part.end = begin;
  }
}

// A title in Markdown is without its "#", the subject of a mail without its label.
TextSpan without_marks(std::string_view text, TextSpan title) {
  constexpr std::string_view kSubject = "Subject: ";
  const std::string_view line = title.of(text);
  if (line.starts_with(kSubject)) {
    return {title.begin + line.find_first_not_of(' ', kSubject.size()), title.end};
  }
  const std::size_t marks = std::min(line.find_first_not_of('#'), line.size());
  const std::size_t words = std::min(line.find_first_not_of(' ', marks), line.size());
  if (marks == 0 || words == marks || words == line.size()) return title;
  TextSpan bare{title.begin + words, title.end};
  while (text[bare.end - 1] == '#' || text[bare.end - 1] == ' ') --bare.end;
  return bare;
}

}  // namespace

void PageStories::find(std::string_view text, const std::atomic<bool>* stop, bool as_page) {
  stories_.clear();
  parts_.clear();
  is_page_ = is_program_ = false;
  if (text.size() > kMostBytes) {
    add_whole(text);
    return;
  }
  spoken_.find(text);
  if (spoken_.is_record()) {
    add_record(text, spoken_.said(), spoken_.title());
    return;
  }
  if (find_program_text(text, program_)) {
    add_record(text, program_.said, program_.title);
    is_program_ = true;
    return;
  }
  const bool has_speakers = !spoken_.names().empty();
  TextSpan headline;
  if (shaper_.is_plain(text, headline) && !has_speakers) {
    add_plain(text, headline);
    return;
  }
  shaper_.shape(text, shaped_, stop, true);
  if (shaped_.is_stopped) return;
  if (has_speakers) {
    mark_speech();
  } else {
    mark_signed_lines(text, shaped_);
    mark_counting_lines(text, shaped_);
  }
  const bool has_prose =
      std::any_of(shaped_.of_lines.begin(), shaped_.of_lines.end(),
                  [&](const LineTerms& terms) { return shaped_.lines[terms.line].is(kProseLine); });
  if (!has_prose) {
    if (!shaped_.lines.empty()) add_whole(text);
    if (has_speakers) leave_out_names();
    return;
  }
  copies_.find(shaped_);
  if (copies_.is_verse() && !has_speakers) {
    add_whole(text);
    return;
  }
  splitter_.split(text, shaped_, copies_, cuts_, stop);
  if (cuts_.empty()) return;
  std::uint32_t& title = cuts_.front().title_line;
  if (title != kNoLine && goes_on(trimmed_line(text, shaped_.lines[title].begin).of(text))) {
    title = kNoLine;
  }
  is_page_ = looks_like_page() || has_stamped_lines(text, shaped_);
  const bool with_body = is_page_ || as_page;
  if (with_body) find_bodies(text);
  for (const Story& story : cuts_) add(text, story, with_body);
  if (has_speakers) leave_out_names();
}

void PageStories::find_bodies(std::string_view text) {
  splitter_.number_terms(shaped_);
  is_body_.assign(shaped_.lines.size(), 0);
  for (const Story& story : cuts_) {
    body_.find(shaped_, story, splitter_.prose(), splitter_.vocabulary(), is_body_);
  }
  if (splitter_.is_document()) return;
  if (cuts_.size() == 1) leave_out_comments();
  if (cuts_.size() > 1) join_side_matter(text);
  for (Story& story : cuts_) find_title_of_body(story);
}

// Comments under a text that is longer than they are. In a forum they are the text.
void PageStories::leave_out_comments() {
  const std::uint32_t first = splitter_.first_comment();
  if (first == kNoLine) return;
  const std::uint64_t words = words_of_body(0, first);
  const auto lines = static_cast<std::uint32_t>(is_body_.size());
  if (words < kFewestWordsOfText || words < words_of_body(first, lines)) return;
  std::fill(is_body_.begin() + first, is_body_.end(), std::uint8_t{0});
}

std::uint64_t PageStories::words_of_body(std::uint32_t begin, std::uint32_t end) const {
  std::uint64_t words = 0;
  for (std::uint32_t i = begin; i < end; ++i)
    words += is_body_[i] != 0 ? shaped_.lines[i].words : 0;
  return words;
}

std::uint32_t PageStories::first_line_of_body(const Story& story) const {
  const auto begin = is_body_.begin() + story.begin_line, end = is_body_.begin() + story.end_line;
  return static_cast<std::uint32_t>(std::find(begin, end, std::uint8_t{1}) - is_body_.begin());
}

// Where menus, notices and forms stand between a title and the text, they hold what was taken for
// it.
void PageStories::find_title_of_body(Story& story) {
  const std::uint32_t body = first_line_of_body(story);
  if (body == story.end_line || body == story.begin_line) return;
  if (story.title_line != kNoLine && body <= story.title_line + kMostLinesUnderTitle) return;
  story.title_line = splitter_.title_before(shaped_, story, body);
}

// Parts that are no stories go to the story before them, the first ones to the story behind, whose
// body tells what of them is text.
void PageStories::join_side_matter(std::string_view text) {
  find_side_matter(text, shaped_, splitter_.prose(), cuts_, is_side_);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < cuts_.size(); ++i) {
    if (is_side_[i] == 0) {
      Story& story = cuts_[kept++] = cuts_[i];
      if (kept == 1) story.begin_line = story.begin_prose = 0;
    } else if (kept > 0) {
      cuts_[kept - 1].end_line = cuts_[i].end_line;
      cuts_[kept - 1].end_prose = cuts_[i].end_prose;
    }
  }
  if (kept == cuts_.size()) return;
  cuts_.resize(kept);
  for (Story& story : cuts_) {
    // A part of the story may stand in front of what was taken for its title.
    const std::uint32_t title = std::exchange(story.title_line, kNoLine);
    body_.find(shaped_, story, splitter_.prose(), splitter_.vocabulary(), is_body_);
    if (title == kNoLine) continue;
    const auto before = static_cast<double>(words_of_body(story.begin_line, title));
    const auto behind = static_cast<double>(words_of_body(title, story.end_line));
    if (before > kShareBeforeTitle * behind) continue;
    story.title_line = title;
    body_.find(shaped_, story, splitter_.prose(), splitter_.vocabulary(), is_body_);
  }
}

// A chat, subtitles, a program: one text, which is what was said.
void PageStories::add_record(std::string_view text, std::span<const TextSpan> said,
                             TextSpan title) {
  parts_.assign(said.begin(), said.end());
  stories_.push_back({{0, text.size()}, title, title, 0, parts_.size()});
  is_page_ = true;
}

// What somebody says is no headline, short as it may be, and no date, though it may have its time.
void PageStories::mark_speech() {
  const std::span<const TextSpan> names = spoken_.names();
  std::size_t next = 0;
  for (LineShape& line : shaped_.lines) {
    while (next < names.size() && names[next].begin < line.begin) ++next;
    if (next == names.size()) return;
    if (names[next].begin != line.begin) continue;
    const unsigned signs = line.signs & ~(unsigned{kHeadLine} | kDatedLine | kCreditLine);
    const bool is_prose = line.is(kClosedLine) && line.words >= kFewestWordsOfTitle;
    line.signs =
        static_cast<std::uint16_t>(signs | kSpeechLine | (is_prose ? unsigned{kProseLine} : 0u));
  }
}

void PageStories::leave_out_names() {
  const std::span<const TextSpan> names = spoken_.names();
  unnamed_.clear();
  std::size_t next = 0;
  for (PageStory& story : stories_) {
    const std::size_t first = unnamed_.size();
    for (const TextSpan& part : body(story)) {
      std::size_t begin = part.begin;
      while (next < names.size() && names[next].begin < part.begin) ++next;
      for (; next < names.size() && names[next].end <= part.end; ++next) {
        if (names[next].begin > begin) unnamed_.push_back({begin, names[next].begin});
        begin = names[next].end;
      }
      if (begin < part.end) unnamed_.push_back({begin, part.end});
    }
    story.first_part = first;
    story.end_part = unnamed_.size();
  }
  parts_.swap(unnamed_);
  is_page_ = true;
}

// A poem, a table, a text without a sentence: nothing tells what of it would not belong to it.
void PageStories::add_whole(std::string_view text) {
  stories_.push_back({{0, text.size()}, {}, {}, 0, 1});
  parts_.push_back({0, text.size()});
}

// An article: its body is what is behind the headline.
void PageStories::add_plain(std::string_view text, TextSpan headline) {
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) return;
  const std::size_t begin = std::min(text.find_first_not_of("\r\n", headline.end), text.size());
  const std::size_t body = headline.empty() || begin == text.size() ? 0 : begin;
  stories_.push_back({{0, text.size()}, without_marks(text, headline), {0, body}, 0, 1});
  parts_.push_back({body, text.size()});
}

void PageStories::add(std::string_view text, const Story& story, bool with_body) {
  const std::vector<LineShape>& lines = shaped_.lines;
  const auto begin_of = [&](std::size_t line) {
    return line < lines.size() ? start_of_line(text, lines[line].begin) : text.size();
  };
  PageStory added;
  added.span = {stories_.empty() ? 0 : stories_.back().span.end, begin_of(story.end_line)};
  if (story.title_line != kNoLine) {
    added.title = without_marks(text, trimmed_line(text, lines[story.title_line].begin));
    added.title_lines = {begin_of(story.title_line), begin_of(story.title_line + std::size_t{1})};
  }
  added.first_part = parts_.size();
  if (with_body) {
    leave_out_inserted_lines(text, shaped_, {story.begin_line, story.end_line}, is_body_);
    for (std::size_t i = story.begin_line; i < story.end_line; ++i) {
      if (is_body_[i] == 0) continue;
      const std::size_t first = i;
      while (i < story.end_line && is_body_[i] != 0) ++i;
      parts_.push_back(without_rules(text, {begin_of(first), begin_of(i)}));
    }
  } else {
    if (added.title_lines.begin > added.span.begin) {
      parts_.push_back({added.span.begin, added.title_lines.begin});
    }
    parts_.push_back({added.title_lines.end, added.span.end});
  }
  added.end_part = parts_.size();
  stories_.push_back(added);
}

bool PageStories::looks_like_page() const {
  if (cuts_.size() > 1) return true;
  const std::span<const ProseLine> prose = splitter_.prose();
  if (prose.empty()) return false;
  std::size_t heads_before = 0, heads_behind = 0;
  for (std::size_t i = 0; i < shaped_.lines.size(); ++i) {
    const LineShape& line = shaped_.lines[i];
    if (line.is(kCreditLine | kMetaLine)) return true;
    if (line.is(kLaterCopy) && line.words >= kFewestWordsOfTitle) return true;
    if (i < prose.front().line) heads_before += line.is(kHeadLine);
    if (i > prose.back().line) heads_behind += line.is(kHeadLine);
  }
  return heads_before >= kHeadsOfMenu || heads_behind >= kHeadsOfMenu;
}

void append_body(std::string_view text, std::span<const TextSpan> parts, std::string& out) {
  for (const TextSpan& part : parts) out += part.empty() ? "\n" : part.of(text);
}

}  // namespace copydesk
