// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/block_builder.h"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "copydesk/read/html/html_entities.h"

namespace copydesk {
namespace {

constexpr unsigned char kLeastCjkLead = 0xE3;

bool is_white(char c) {
  return static_cast<unsigned char>(c) <= ' ';
}

bool begins_no_break_space(std::string_view text, std::size_t at) {
  return text[at] == '\xc2' && at + 1 < text.size() && text[at + 1] == '\xa0';
}

// 1 for comma, full stop, semicolon, colon, exclamation mark, quotation mark, question mark and
// bracket, else 0. A sum, because compilers make a lookup of alternatives, which is no vector code.
unsigned char ends_sentence_part(unsigned char c) {
  const auto one_if = [](bool holds) { return static_cast<unsigned char>(holds); };
  return static_cast<unsigned char>(one_if((c | 2) == '.') + one_if((c | 1) == ';') +
                                    one_if(c == '!') + one_if(c == '"') + one_if(c == '?') +
                                    one_if(c == ')'));
}

// Ideographic comma and full stop, fullwidth comma: scripts without spaces have many in one "word".
std::uint32_t count_cjk_punctuation(std::string_view word) {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i + 2 < word.size(); ++i) {
    const auto lead = static_cast<unsigned char>(word[i]);
    if (lead < kLeastCjkLead || lead > 0xEF) continue;
    const std::string_view character = word.substr(i, 3);
    count += character == "\u3001" || character == "\u3002" || character == "\uff0c" ? 1U : 0U;
    i += 2;
  }
  return count;
}

struct WordCounts {
  std::uint32_t words = 0;
  std::uint32_t punctuated = 0;
};

// Counts the words of a text that can be taken over as it is: one space between each two, no
// references, no-break spaces or CJK characters. Nothing if it is not so. The loop has no branches
// and becomes vector code, which is several times as fast as going from word to word. REQUIRES: the
// text begins and ends with what is not white.
std::optional<WordCounts> count_simple_words(std::string_view text) {
  constexpr std::size_t kStretch = 255;  // counts stay below 256
  const auto* const bytes = reinterpret_cast<const unsigned char*>(text.data());
  const std::size_t pairs = text.size() - 1;
  WordCounts counts;
  for (std::size_t begin = 0; begin < pairs; begin += kStretch) {
    const std::size_t end = std::min(begin + kStretch, pairs);
    unsigned char least = 255, most = 0, others = 0, spaces = 0, punctuated = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const unsigned char c = bytes[i];
      const auto is_space = static_cast<unsigned char>(c == ' ');
      const auto before_space = static_cast<unsigned char>(bytes[i + 1] == ' ');
      least = std::min(least, c);
      most = std::max(most, c);
      others |= static_cast<unsigned char>(is_space & before_space);
      others |= static_cast<unsigned char>((c == '&') | (c == 0xC2));
      spaces = static_cast<unsigned char>(spaces + is_space);
      punctuated = static_cast<unsigned char>(punctuated + (before_space & ends_sentence_part(c)));
    }
    if (others != 0 || least < ' ' || most >= kLeastCjkLead) return std::nullopt;
    counts.words += spaces;
    counts.punctuated += punctuated;
  }
  const char last = text.back();
  if (last == '&' || static_cast<unsigned char>(last) >= kLeastCjkLead) return std::nullopt;
  ++counts.words;
  counts.punctuated += ends_sentence_part(static_cast<unsigned char>(last));
  return counts;
}

}  // namespace

BlockBuilder::BlockBuilder(HtmlPage& page) : page_(page) {
  page_.blocks.clear();
  page_.text.clear();
}

void BlockBuilder::begin_block(const HtmlContext& context, const char* source) {
  block_ = {};
  block_.begin = static_cast<std::uint32_t>(page_.text.size());
  block_.source_begin = static_cast<std::uint32_t>(source - page_.source.data());
  block_.node = context.block_node;
  block_.heading = context.heading;
  block_.in_list = context.list_item;
  block_.in_cell = context.cell;
  block_.preformatted = context.preformatted;
  open_ = true;
  space_ = false;
}

void BlockBuilder::drop_trailing_space(bool with_line_feeds) {
  std::string& text = page_.text;
  while (text.size() > block_.begin &&
         (text.back() == ' ' || (with_line_feeds && text.back() == '\n'))) {
    text.pop_back();
  }
}

void BlockBuilder::end_block() {
  space_ = false;
  line_breaks_ = 0;
  if (!open_) return;
  // Beyond the bound the blocks run together, with a line for each.
  if (page_.blocks.size() + 1 >= HtmlPage::kMostBlocks) {
    if (page_.text.size() > block_.begin && page_.text.back() != '\n') page_.text += '\n';
    return;
  }
  finish_block();
}

void BlockBuilder::finish_block() {
  if (!open_) return;
  open_ = false;
  drop_trailing_space(true);
  block_.size = static_cast<std::uint32_t>(page_.text.size() - block_.begin);
  if (block_.size == 0) return;
  block_.link = std::min(block_.link, block_.size);
  page_.blocks.push_back(block_);
  page_.text += '\n';
}

void BlockBuilder::add_line_break(const HtmlContext& context) {
  if (!open_) return;
  if (++line_breaks_ >= 2) {
    end_block();
    return;
  }
  if (context.hidden) return;
  drop_trailing_space(false);
  if (page_.text.size() > block_.begin && context.heading == 0) {
    page_.text += '\n';
  } else {
    space_ = true;
  }
}

// Program text keeps its indentation.
void BlockBuilder::add_preformatted_space(char c) {
  if (!open_) {
    space_ = true;
  } else if (c != '\r') {
    page_.text += c == '\n' || c == '\t' ? c : ' ';
  }
}

std::size_t BlockBuilder::add_reference(std::string_view text, std::size_t at,
                                        const HtmlContext& context) {
  const CharacterReference found = find_character_reference(text, at, false);
  if (found.length == 0) {
    page_.text += '&';
    if (context.link) ++block_.link;
    return 1;
  }
  if (is_blank(found.first)) {
    space_ = true;
    return found.length;
  }
  const std::size_t before = page_.text.size();
  if (!is_invisible(found.first)) append_code_point(page_.text, found.first);
  if (found.second != 0) append_code_point(page_.text, found.second);
  if (context.link) block_.link += static_cast<std::uint32_t>(page_.text.size() - before);
  return found.length;
}

void BlockBuilder::add_word(std::string_view word, bool link) {
  page_.text.append(word);
  ++block_.words;
  if (link) block_.link += static_cast<std::uint32_t>(word.size()) + 1;
  if (ends_sentence_part(static_cast<unsigned char>(word.back())) != 0) {
    ++block_.punctuated;
  } else {
    block_.punctuated += count_cjk_punctuation(word);
  }
}

// What is left of `text` at once, if it is simple; returns where it ends, or `begin`.
std::size_t BlockBuilder::add_simple(std::string_view text, std::size_t begin, bool link) {
  std::size_t end = text.size();
  while (is_white(text[end - 1])) --end;
  const std::string_view words = text.substr(begin, end - begin);
  const std::optional<WordCounts> counts = count_simple_words(words);
  if (!counts) return begin;
  page_.text.append(words);
  block_.words += counts->words;
  block_.punctuated += counts->punctuated;
  if (link) block_.link += static_cast<std::uint32_t>(words.size()) + 1;
  return end;
}

void BlockBuilder::add_text(std::string_view text, const HtmlContext& context) {
  if (context.hidden) return;
  std::string& out = page_.text;
  bool may_be_simple = true;
  for (std::size_t i = 0; i < text.size();) {
    if (is_white(text[i])) {
      if (!context.preformatted) {
        // Indentation, mostly.
        while (++i < text.size() && is_white(text[i])) {
        }
        space_ = true;
        continue;
      }
      add_preformatted_space(text[i++]);
      continue;
    }
    if (begins_no_break_space(text, i)) {
      space_ = true;
      i += 2;
      continue;
    }
    if (!open_) begin_block(context, text.data() + i);
    if (space_ && out.size() > block_.begin && out.back() != '\n' && out.back() != ' ') out += ' ';
    space_ = false;
    if (text[i] == '&') {
      i += add_reference(text, i, context);
    } else if (const std::size_t simple = may_be_simple ? add_simple(text, i, context.link) : i;
               simple > i) {
      i = simple;
    } else {
      may_be_simple = false;
      std::size_t end = i + 1;
      while (end < text.size() && !is_white(text[end]) && text[end] != '&' &&
             !begins_no_break_space(text, end)) {
        ++end;
      }
      add_word(text.substr(i, end - i), context.link);
      i = end;
    }
    block_.source_end = static_cast<std::uint32_t>(text.data() + i - page_.source.data());
    if (!space_) line_breaks_ = 0;
  }
}

}  // namespace copydesk
