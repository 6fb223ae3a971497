// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/span_bounds.h"

#include <algorithm>

#include "copydesk/blocks/page_part.h"
#include "copydesk/text/character_tables.h"

namespace copydesk {
namespace {

// Signs that join what stands on both sides to one word: apostrophe, soft hyphen, joiners, hyphens.
bool is_joiner(std::string_view sign) {
  return sign == "\u2019" || sign == "\u00AD" || sign == "\u200C" || sign == "\u200D" ||
         sign == "\u2010" || sign == "\u2011";
}

}  // namespace

TextSpan with_white_space(std::string_view text, TextSpan span) {
  TextSpan wide = span;
  std::size_t feeds_before = 0, feeds_behind = 0;
  while (wide.begin > 0 && is_ascii_space(text[wide.begin - 1])) {
    feeds_before += text[--wide.begin] == '\n';
  }
  while (wide.end < text.size() && is_ascii_space(text[wide.end])) {
    feeds_behind += text[wide.end++] == '\n';
  }
  if (wide.begin == 0 && wide.end == text.size()) return wide;
  if (wide.begin == 0) return {0, wide.end};
  if (wide.end == text.size() || feeds_behind > feeds_before) return {wide.begin, span.end};
  return {span.begin, wide.end};
}

void SpanTrimmer::set_text(std::string_view text, const TokenList& tokens) {
  text_ = text;
  tokens_ = &tokens;
  part_begin_ = part_end_ = next_ = 0;
  sentences_.spans.clear();
  sentence_ = {};
  has_sentence_ = bounds_ == SpanBounds::kSentence && next_sentence();
}

// Goes to the next sentence; false behind the last one.
bool SpanTrimmer::next_sentence() {
  while (next_ == sentences_.size()) {
    if (part_end_ == text_.size()) return false;
    part_begin_ = part_end_;
    const std::string_view part = first_part(text_.substr(part_begin_));
    part_end_ += part.size();
    splitter_.split(part, sentences_);
    next_ = 0;
  }
  sentence_.span = sentences_.spans[next_++];
  sentence_.span.begin += part_begin_;
  sentence_.span.end += part_begin_;
  sentence_.first_token = sentence_.end_token;
  while (sentence_.end_token < tokens_->size() &&
         tokens_->spans[sentence_.end_token].begin < sentence_.span.end) {
    ++sentence_.end_token;
  }
  return true;
}

// Whether the text may be parted in front of the token. Where a script has no spaces, every token
// is a word; elsewhere the words "isn't" and "1.5" have several tokens.
bool SpanTrimmer::is_word_boundary(std::size_t token) const {
  if (token == 0 || token == tokens_->size()) return true;
  const TextSpan gap{tokens_->spans[token - 1].end, tokens_->spans[token].begin};
  if (gap.begin >= gap.end) return true;
  const std::string_view signs = gap.of(text_);
  if (std::any_of(signs.begin(), signs.end(), is_ascii_space)) return true;
  const bool is_ascii = std::all_of(signs.begin(), signs.end(),
                                    [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  return !is_ascii && !is_joiner(signs);
}

TextSpan SpanTrimmer::trim_to_words(std::size_t begin, std::size_t end) const {
  while (begin < end && !is_word_boundary(begin)) ++begin;
  while (begin < end && !is_word_boundary(end)) --end;
  if (begin == end) return {};
  const std::vector<TextSpan>& spans = tokens_->spans;
  TextSpan span{spans[begin].begin, spans[end - 1].end};
  const std::size_t next = end < spans.size() ? spans[end].begin : text_.size();
  while (span.end < next && !is_ascii_space(text_[span.end])) ++span.end;
  const std::size_t previous = begin > 0 ? spans[begin - 1].end : 0;
  std::size_t at = span.begin;
  while (at > previous && !is_ascii_space(text_[at - 1])) --at;
  if (at > previous || begin == 0) span.begin = at;
  return span;
}

// Signs behind the last token that are a sentence of their own are not known to repeat.
TextSpan SpanTrimmer::trim_to_sentences(std::size_t begin, std::size_t end) {
  while (has_sentence_ && sentence_.first_token < begin) has_sentence_ = next_sentence();
  TextSpan found;
  for (; has_sentence_ && sentence_.end_token <= end; has_sentence_ = next_sentence()) {
    if (sentence_.first_token == sentence_.end_token) continue;
    if (found.empty()) found.begin = sentence_.span.begin;
    found.end = sentence_.span.end;
  }
  return found;
}

TextSpan SpanTrimmer::trim(std::size_t begin, std::size_t end) {
  const TextSpan span =
      bounds_ == SpanBounds::kSentence ? trim_to_sentences(begin, end) : trim_to_words(begin, end);
  return span.empty() ? span : with_white_space(text_, span);
}

}  // namespace copydesk
