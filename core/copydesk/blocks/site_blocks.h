#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a page are its article and which belong to the site: rule B1 of docs/blocks.md. It
// needs no markup and no training; two pages of a site give nearly all of its gain.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "copydesk/blocks/line_list.h"

namespace copydesk {

enum class SiteRule {
  kArticle,  // the run of lines that looks most like an article, less the site's lines
  kRepeats,  // only lines that were seen on several pages of the site
};

struct SiteBlockOptions {
  SiteRule rule = SiteRule::kArticle;
  // Of the site that have the line: at least 2, or 0 for three, and two where no third is known.
  // Lists of a site have some lines of their own twice.
  std::uint32_t least_pages = 0;
  double line_cost = 7.5;          // what a line must have in words to be worth keeping
  double most_words = 30.0;        // a line counts for no more words
  double open_factor = 0.7;        // of the words of a line without an end of sentence
  double repeated_score = -8.0;    // of a line of the site
  double date_score = -20.0;       // of a line shaped like a comment's date
  double echo_score = -10.0;       // of a short line that repeats within the page
  std::uint32_t short_line = 12;   // words
  std::uint32_t least_echoes = 2;  // copies within the page
  // What is before the article, or behind it, is furniture if the site's own lines have this share
  // of the words of the others there; asked where enough pages of the site are known.
  double least_furniture = 0.15;
};

enum class SiteLine : std::uint8_t {
  kKept,
  kRepeated,  // on several pages of the site
  kOutside,   // before or after the article
};

// Labels every line. `pages_with[i]` is on how many known pages of the site line i was seen (0 or 1
// where nothing is known), `pages_of_site` how many are known. A page without a run worth keeping
// loses only the site's lines. REQUIRES: both have the same size.
void label_site_lines(std::span<const Line> lines, std::span<const std::uint32_t> pages_with,
                      std::uint32_t pages_of_site, const SiteBlockOptions& options,
                      std::vector<SiteLine>& labels);

}  // namespace copydesk
