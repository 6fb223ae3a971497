// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <span>

#include "generate/json_line.h"
#include "generate/truth_lines.h"
#include "sample/wire.h"

namespace copydesk::datasets {
namespace {

struct Site {
  std::size_t outlet;
  std::array<std::string_view, 6> top;
  std::array<std::string_view, 4> bottom;
  bool prints_title_twice;
  int captions;  // how often the caption of a picture is printed
};

constexpr std::array kSites = {
    Site{4,
         {"Skip to content", "Home", "Kellin", "Harbour and sea", "Letters", "Sign in"},
         {"Share this story", "Print", "Subscribe to the Kellin Observer for 9 crowns a month",
          "Kellin Observer, Cooper's Row 14, Kellin. All rights reserved."},
         true,
         2},
    Site{8,
         {"Listen live", "News", "Tides", "Programmes A to Z", "Frequencies", "Contact the studio"},
         {"You are listening to Coast Radio on 94.2 and on the web", "More from the newsroom",
          "Cookies help us to keep this site afloat. Accept all. Settings",
          "Coast Radio is run by a foundation and takes no advertisements."},
         false,
         4},
    Site{11,
         {"MENU", "Front page", "Eastmarch", "Farms & gardens", "Notices", "Search the archive"},
         {"Tip the editor", "Back to top", "Get the Star by mail every Friday morning",
          "The Eastmarch Star. Founded 1871. Printed where you live."},
         true,
         1},
};

class PagePress {
 public:
  PagePress(const std::string& folder, std::uint64_t seed)
      : stories_(tell_stories(folder, seed)), random_(derive_seed(seed, 3, 0)) {}

  PageFiles make() {
    constexpr std::size_t kPagesPerSite = 6;
    std::size_t story = 0;
    for (std::size_t page = 0; page < kPagesPerSite * kSites.size(); ++page) {
      const Site& site = kSites[page % kSites.size()];
      const std::size_t stories_on_page = page % 3 == 0 ? 2 : 1;
      write(page, site, compose(site, next_stories(story, stories_on_page)));
    }
    return files_;
  }

 private:
  // Far apart in the list, so that a page holds stories of different desks.
  std::vector<std::size_t> next_stories(std::size_t& story, std::size_t count) {
    constexpr std::size_t kStride = 29;
    constexpr std::size_t kEnglish = 430;
    std::vector<std::size_t> chosen;
    for (; chosen.size() < count; ++story) chosen.push_back(story * kStride % kEnglish);
    return chosen;
  }

  Story compose(const Site& site, const std::vector<std::size_t>& chosen) {
    Story page;
    for (const std::string_view line : site.top) add_chrome(page, line);
    for (std::size_t place = 0; place < chosen.size(); ++place) {
      add_story(page, site, stories_[chosen[place]], static_cast<std::uint32_t>(place));
    }
    for (int line = 0; line < 4; ++line) {
      const Story& other = stories_[random_.below(stories_.size())];
      page.append(PartKind::kRelated, other.headline());
    }
    for (const std::string_view line : site.bottom) add_chrome(page, line);
    return page;
  }

  static void add_chrome(Story& page, std::string_view line) {
    page.append(PartKind::kChrome, line);
  }

  void add_story(Story& page, const Site& site, const Story& story, std::uint32_t number) {
    const std::string caption =
        fmt::format("{} Photo: {}", caption_of(story), outlets()[site.outlet].name);
    page.append({.kind = PartKind::kHeadline, .story = number}, story.headline());
    for (int copy = 0; copy < site.captions; ++copy) {
      const PartKind kind = copy == 0 ? PartKind::kCaption : PartKind::kCaptionRepeat;
      page.append({.kind = kind, .story = number}, caption);
    }
    if (site.prints_title_twice) {
      page.append({.kind = PartKind::kTitleRepeat, .story = number}, story.headline());
    }
    for (const Part& part : story.parts) {
      if (part.kind != PartKind::kParagraph) continue;
      page.append({.kind = PartKind::kParagraph, .story = number}, story.words_of(part));
    }
  }

  std::string caption_of(const Story& story) {
    constexpr std::array<std::string_view, 5> kViews = {
        "seen from the tower of the old church.", "on a quiet afternoon last week.",
        "in a picture from the archive.", "after the rain on Saturday.",
        "as visitors rarely see it."};
    const std::string_view dateline = story.words_of(story.parts[1]);
    std::string place(dateline.substr(0, dateline.find(" (")));
    for (std::size_t index = 1; index < place.size(); ++index) {
      const bool inside = place[index - 1] != ' ' && place[index] >= 'A' && place[index] <= 'Z';
      if (inside) place[index] = static_cast<char>(place[index] + 32);
    }
    return fmt::format("{} {}", place, kViews[random_.below(kViews.size())]);
  }

  void write(std::size_t number, const Site& site, const Story& page) {
    const std::string id = make_id('p', number + 1);
    const Outlet& outlet = outlets()[site.outlet];
    const std::uint64_t minutes = random_.below(360 * 24 * 60);
    const std::string_view title = page.headline();
    JsonLine(files_.documents)
        .add("id", id)
        .add("title", title)
        .add("url", address(outlet.site, minutes, title, number + 1))
        .add("site", outlet.site)
        .add("date", timestamp(minutes))
        .add("text", page.text)
        .finish();
    append_blocks(files_.blocks, id, page);
    append_stories(files_.stories, id, page, kNoDocument);
  }

  std::vector<Story> stories_;
  Random random_;
  PageFiles files_;
};

}  // namespace

PageFiles make_pages(const std::string& folder, std::uint64_t seed) {
  return PagePress(folder, seed).make();
}

}  // namespace copydesk::datasets
