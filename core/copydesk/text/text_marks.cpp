// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/text_marks.h"

namespace copydesk {

namespace {

// Without an instruction for it, which not every x86-64 has, the library would be called.
std::size_t count_bits(std::uint64_t bits) {
  bits -= bits >> 1 & 0x5555555555555555u;
  bits = (bits & 0x3333333333333333u) + (bits >> 2 & 0x3333333333333333u);
  bits = (bits + (bits >> 4)) & 0x0F0F0F0F0F0F0F0Fu;
  return static_cast<std::size_t>(bits * 0x0101010101010101u >> 56);
}

}  // namespace

void TextMarks::find(std::string_view text) {
  size_ = (text.size() + 63) / 64;
  if (masks_.size() < size_) masks_.resize(size_);
  punctuation_mask(text.data(), text.size(), masks_.data());
}

std::size_t TextMarks::breaks() const {
  std::size_t count = 0;
  for (std::size_t word = 0; word < size_; ++word) count += count_bits(masks_[word].breaks);
  return count;
}

// A piece begins at every byte behind white space that is none itself.
TextMarks::Counts TextMarks::count(TextSpan span) const {
  Counts counts;
  if (span.empty()) return counts;
  const std::size_t first = span.begin / 64, last = (span.end - 1) / 64;
  std::uint64_t was_space = 1, digits = 0, marks = 0;
  for (std::size_t word = first; word <= last; ++word) {
    const PunctuationMask& mask = masks_[word];
    std::uint64_t inside = ~std::uint64_t{0};
    if (word == first) inside &= inside << span.begin % 64;
    if (word == last) inside &= ~std::uint64_t{0} >> (63 - (span.end - 1) % 64);
    const std::uint64_t spaces = mask.spaces | ~inside;
    counts.words += count_bits(~spaces & (spaces << 1 | was_space));
    was_space = spaces >> 63;
    if (mask.tails != 0) counts.tails += count_bits(mask.tails & inside);
    digits |= mask.digits & inside;
    marks |= (mask.marks | mask.leads) & inside;
  }
  counts.has_digit = digits != 0;
  counts.has_mark = marks != 0;
  return counts;
}

}  // namespace copydesk
