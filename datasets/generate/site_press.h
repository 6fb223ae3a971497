#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What sites print around their stories: menus, share bars and footers that are the same on every
// page of the site, and paragraphs that many sites print.

#include <cstdint>
#include <string>
#include <vector>

#include "generate/story.h"
#include "generate/story_source.h"

namespace copydesk::datasets {

class SitePress {
 public:
  SitePress(const StorySource& source, std::uint32_t sites, std::uint64_t seed);

  [[nodiscard]] const std::string& name(std::uint32_t site) const { return sites_[site].name; }

  // The content among the chrome of the site, links to other stories below it.
  [[nodiscard]] Story in_page(const Story& content, std::uint32_t site, Random& random) const;

  // With a caption, and title and caption printed one to three times more.
  [[nodiscard]] Story with_repeats(const Story& content, Random& random) const;

  // With one or two paragraphs that are printed all over the corpus.
  [[nodiscard]] Story with_boilerplate(const Story& content, Random& random) const;

 private:
  struct Site {
    std::string name;
    std::vector<std::string> top, bottom;
    std::uint64_t first_block = 0;  // identity of its first line; the others follow
  };

  void append_chrome(Story& page, const std::vector<std::string>& lines,
                     std::uint64_t first_block) const;

  const StorySource& source_;
  std::vector<Site> sites_;
  std::vector<std::string> boilerplate_;
};

}  // namespace copydesk::datasets
