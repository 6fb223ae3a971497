#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents without their boilerplate, for whoever compares or summarizes them: what repeats within
// a page and what belongs to its site takes no part, and all offsets stay those of the document. A
// line of a menu of 40 bytes becomes 40 blanks.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/blocks/block_finder.h"
#include "copydesk/blocks/site_model.h"
#include "copydesk/document.h"

namespace copydesk {

struct TextMaskOptions {
  bool page = false;
  bool site = false;
  // On so many pages of a site a line is the site's. Navigation is on all of them; two may be a
  // story and its reprint. At least 2.
  std::uint32_t least_pages = 3;

  [[nodiscard]] bool masks_anything() const { return page || site; }
};

// What a first pass over a corpus has learnt, for all threads.
struct TextMask {
  TextMaskOptions options;
  SiteModel sites;  // used if options.site
};

struct MaskedText {
  std::string_view text;            // as masked() gives it
  std::span<const TextSpan> spans;  // as spans() gives them
};

// Reuses its buffers; one object per thread.
class TextMasker {
 public:
  // `mask` may be null: then nothing is masked. It must outlive this object.
  explicit TextMasker(const TextMask* mask);

  // The boilerplate of the document: whole lines, ascending and disjoint. Valid until the next
  // call.
  const std::vector<TextSpan>& spans(const Document& document);

  // A text of the same size: spaces where there was boilerplate, whose line feeds stay. Valid until
  // the next call, and as long as the document.
  std::string_view masked(const Document& document) { return mask(document).text; }

  // Both, for the price of one.
  MaskedText mask(const Document& document);

 private:
  const TextMask* mask_;
  BlockFinder finder_;
  std::vector<BlockSpan> blocks_;
  std::vector<TextSpan> spans_;
  std::string text_;
};

}  // namespace copydesk
