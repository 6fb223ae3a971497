// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/text_masker.h"

namespace copydesk {
namespace {

// A comparison must lose nothing of an article, so only what was seen to repeat is taken out.
BlockFinderOptions block_options(const TextMask* mask) {
  BlockFinderOptions options;
  if (mask == nullptr) return options;
  options.page = mask->options.page;
  options.site = mask->options.site;
  options.site_rule.rule = SiteRule::kRepeats;
  options.site_rule.least_pages = mask->options.least_pages;
  return options;
}

}  // namespace

TextMasker::TextMasker(const TextMask* mask) : mask_(mask), finder_(block_options(mask)) {}

const std::vector<TextSpan>& TextMasker::spans(const Document& document) {
  spans_.clear();
  if (mask_ == nullptr) return spans_;
  const std::uint64_t site =
      mask_->options.site ? site_key(site_name(document.site, document.url)) : 0;
  if (!mask_->options.page && site == 0) return spans_;
  finder_.find(document.text, site, &mask_->sites, blocks_);
  for (const BlockSpan& block : blocks_) {
    if (!spans_.empty() && spans_.back().end == block.span.begin) {
      spans_.back().end = block.span.end;
    } else {
      spans_.push_back(block.span);
    }
  }
  return spans_;
}

MaskedText TextMasker::mask(const Document& document) {
  if (spans(document).empty()) return {document.text, {}};
  text_.assign(document.text);
  for (const TextSpan& span : spans_) {
    for (std::size_t i = span.begin; i < span.end; ++i) {
      if (text_[i] != '\n') text_[i] = ' ';
    }
  }
  return {text_, spans_};
}

}  // namespace copydesk
