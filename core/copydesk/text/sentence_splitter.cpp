// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/sentence_splitter.h"

#include <algorithm>
#include <map>

#include "copydesk/error.h"
#include "copydesk/text/case_use.h"
#include "copydesk/text/language_detector.h"
#include "copydesk/text/line_structure.h"
#include "copydesk/text/list_items.h"
#include "copydesk/text/protected_ranges.h"
#include "copydesk/text/sentence_class.h"
#include "copydesk/text/sentence_end.h"
#include "copydesk/text/unmarked_ends.h"
#include "copydesk/text/utf8.h"

namespace copydesk {

struct SentenceSplitter::State {
  explicit State(const SentenceSplitterOptions& options)
      : quotations(options.quotations), ends_of(make_ends(options.language)) {
    ends = &ends_of.begin()->second;
  }

  using EndsOf = std::map<std::string, SentenceEnds, std::less<>>;
  static EndsOf make_ends(const std::string& language) {
    EndsOf made;
    made.try_emplace(language, language);
    return made;
  }

  void split_segment(std::string_view text, const TextSegment& segment, SentenceList& sentences);

  Quotations quotations;
  bool has_protected_ranges = false;
  bool may_lack_marks = false;  // sentences may end without a mark
  EndsOf ends_of;               // by language; those of the options are under the first name
  const std::string first_language = ends_of.begin()->first;
  SentenceEnds* ends = nullptr;  // of the language in use
  LineStructure lines;
  TextMarks marks;
  std::vector<TextSegment> segments;
  std::vector<TextSpan> ranges;    // not to be cut
  std::vector<std::size_t> items;  // where list items of the segment begin
};

void SentenceSplitter::State::split_segment(std::string_view text, const TextSegment& segment,
                                            SentenceList& sentences) {
  const TextSpan span = segment.span;
  if (has_protected_ranges) {
    find_protected_ranges(text, span, quotations == Quotations::kKeepTogether, ranges);
  } else {
    ranges.clear();
  }
  find_list_items(text, span, items);
  if (may_lack_marks && items.empty()) find_unmarked_ends(text, span, items);
  ends->begin_segment(text, span);

  std::size_t sentence = span.begin;
  auto range = ranges.begin();
  auto item = items.begin();
  const auto add = [&](std::size_t end, std::size_t next) {
    if (end > sentence) {
      sentences.spans.push_back({sentence, end});
      sentences.paragraphs.push_back(segment.paragraph);
    }
    sentence = next;
  };
  const auto add_item = [&] {
    std::size_t end = *item;
    while (end > sentence && (text[end - 1] == ' ' || text[end - 1] == '\n')) --end;
    add(end, *item++);
  };

  for (std::size_t at = marks.next_stop(span.begin, span.end); at < span.end;
       at = marks.next_stop(at, span.end)) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x80 && !ends->may_end(at)) {
      at += utf8_length(byte);
      continue;
    }
    while (item != items.end() && *item < at) {
      if (*item > sentence) {
        add_item();
      } else {
        ++item;
      }
    }
    const SentenceEnd found = ends->judge(sentence, at);
    if (found.is_end) {
      while (range != ranges.end() && range->end <= found.end) ++range;
      const bool is_protected = range != ranges.end() && range->begin < found.end;
      if (!is_protected) {
        add(found.end, found.next);
      }
    }
    at = std::max(found.next, at + 1);
  }
  while (item != items.end()) {
    if (*item > sentence) {
      add_item();
    } else {
      ++item;
    }
  }
  add(span.end, span.end);
}

SentenceSplitter::SentenceSplitter(const SentenceSplitterOptions& options) {
  const std::string& language = options.language;
  if (!language.empty() && !is_language_code(language)) {
    throw Error(ErrorCode::kInvalidOption,
                "\"" + language + "\" is none: codes of ISO 639 in small letters are, such as en or de",
                "language");
  }
  state_ = std::make_unique<State>(options);
}
SentenceSplitter::~SentenceSplitter() = default;
SentenceSplitter::SentenceSplitter(SentenceSplitter&&) noexcept = default;
SentenceSplitter& SentenceSplitter::operator=(SentenceSplitter&&) noexcept = default;

void SentenceSplitter::set_language(std::string_view language) {
  State& state = *state_;
  const std::string_view chosen =
      Abbreviations::has_lists(language) ? language : std::string_view(state.first_language);
  auto found = state.ends_of.find(chosen);
  if (found == state.ends_of.end()) {
    const std::string name(chosen);
    found = state.ends_of.try_emplace(name, name).first;
  }
  state.ends = &found->second;
}

const TextMarks& SentenceSplitter::marks() const {
  return state_->marks;
}

void SentenceSplitter::split(std::string_view text, SentenceList& sentences) {
  sentences.spans.clear();
  sentences.paragraphs.clear();
  // Brackets around titles, the only ones that protect without being asked to, begin with this
  // byte.
  state_->has_protected_ranges = state_->quotations == Quotations::kKeepTogether ||
                                 text.find('\xE3') != std::string_view::npos;
  state_->marks.find(text);
  const bool has_no_capitals = lacks_capitals(text, state_->marks);
  state_->ends->set_lacks_capitals(has_no_capitals);
  state_->may_lack_marks = may_lack_marks(text);
  state_->lines.find(text, state_->marks, has_no_capitals, state_->segments);
  for (const TextSegment& segment : state_->segments)
    state_->split_segment(text, segment, sentences);
}

}  // namespace copydesk
