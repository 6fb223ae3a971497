#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// White space, punctuation and characters beyond ASCII of one text as bits: what the sentence
// splitter and the features of sentences look at without reading every byte again.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/kernels/punctuation_mask.h"

namespace copydesk {

// Reuses its buffer; one object per thread. Positions are bytes of the text found last.
class TextMarks {
 public:
  void find(std::string_view text);

  // The first position in [at, end) of a terminator or of a character that is not ASCII; `end` if
  // there is none.
  [[nodiscard]] std::size_t next_stop(std::size_t at, std::size_t end) const {
    return next(at, end, [](const PunctuationMask& mask) { return mask.terminators | mask.leads; });
  }

  // The same for quotation marks and brackets of ASCII and characters that are not ASCII.
  [[nodiscard]] std::size_t next_mark(std::size_t at, std::size_t end) const {
    return next(at, end, [](const PunctuationMask& mask) { return mask.marks | mask.leads; });
  }

  // The same for line feeds.
  [[nodiscard]] std::size_t next_break(std::size_t at, std::size_t end) const {
    return next(at, end, [](const PunctuationMask& mask) { return mask.breaks; });
  }

  // How many line feeds there are.
  [[nodiscard]] std::size_t breaks() const;

  struct Counts {
    std::size_t words = 0;  // pieces between white space of ASCII
    std::size_t tails = 0;  // bytes that begin no character
    bool has_digit = false;
    bool has_mark = false;  // next_mark() would find one
  };
  // REQUIRES: span lies in the text.
  [[nodiscard]] Counts count(TextSpan span) const;

 private:
  template <class Choose>
  [[nodiscard]] std::size_t next(std::size_t at, std::size_t end, Choose&& choose) const {
    if (at >= end) return end;
    std::size_t word = at / 64;
    std::uint64_t bits = choose(masks_[word]) >> at % 64 << at % 64;
    const std::size_t last = (end - 1) / 64;
    while (bits == 0) {
      if (word == last) return end;
      bits = choose(masks_[++word]);
    }
    const std::size_t found = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
    return found < end ? found : end;
  }

  std::vector<PunctuationMask> masks_;
  std::size_t size_ = 0;  // of the masks that are of the text
};

}  // namespace copydesk
