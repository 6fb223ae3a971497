// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_map>

#include "copydesk/error.h"
#include "generate/characters.h"
#include "sample/grammar.h"
#include "sample/wire.h"

namespace copydesk::datasets {
namespace {

struct Desk {
  std::string_view file;
  std::string_view dateline;  // what stands before the first sentence
  std::size_t stories;
  bool is_english;
};

constexpr std::array kDesks = {
    Desk{"council", "— ", 33, true},   Desk{"harbour", "— ", 35, true},
    Desk{"court", "— ", 31, true},     Desk{"science", "— ", 33, true},
    Desk{"sport", "— ", 39, true},     Desk{"business", "— ", 35, true},
    Desk{"weather", "— ", 33, true},   Desk{"culture", "— ", 33, true},
    Desk{"transport", "— ", 33, true}, Desk{"farm", "— ", 33, true},
    Desk{"odd", "— ", 35, true},       Desk{"school", "— ", 31, true},
    Desk{"health", "— ", 31, true},    Desk{"de", "(nw) ", 12, false},
    Desk{"ru", "— ", 12, false},       Desk{"zh", "本报讯 ", 12, false},
};

constexpr double kMostAlike = 0.1;

std::vector<std::uint64_t> shingles_of(std::string_view text) {
  constexpr std::size_t kWords = 5;
  std::vector<std::uint64_t> words;
  for (const TextSpan& word : words_in(text)) {
    std::uint64_t hash = 0;
    for (const char c : word.of(text)) hash = mix(hash * 257 + static_cast<unsigned char>(c));
    words.push_back(hash);
  }
  std::vector<std::uint64_t> shingles;
  for (std::size_t index = 0; index + kWords <= words.size(); ++index) {
    std::uint64_t hash = 0;
    for (std::size_t word = 0; word < kWords; ++word) hash = mix(hash + words[index + word]);
    shingles.push_back(hash);
  }
  std::sort(shingles.begin(), shingles.end());
  shingles.erase(std::unique(shingles.begin(), shingles.end()), shingles.end());
  return shingles;
}

// The stories told so far, by shingle.
class Archive {
 public:
  // Takes a story in unless it is too much like one that is there.
  bool take(const std::string& text) {
    const std::vector<std::uint64_t> shingles = shingles_of(text);
    std::vector<std::size_t> shared(sizes_.size());
    for (const std::uint64_t shingle : shingles) {
      const auto found = holders_.find(shingle);
      if (found == holders_.end()) continue;
      for (const std::size_t story : found->second) ++shared[story];
    }
    for (std::size_t story = 0; story < sizes_.size(); ++story) {
      const std::size_t all = shingles.size() + sizes_[story] - shared[story];
      if (static_cast<double>(shared[story]) >= kMostAlike * static_cast<double>(all)) return false;
    }
    for (const std::uint64_t shingle : shingles) holders_[shingle].push_back(sizes_.size());
    sizes_.push_back(shingles.size());
    return true;
  }

 private:
  std::unordered_map<std::uint64_t, std::vector<std::size_t>> holders_;
  std::vector<std::size_t> sizes_;
};

// The town a story names first, in capitals: its dateline.
std::string place_of(std::string_view text, const std::vector<std::string>& towns) {
  std::size_t first = text.size();
  std::string place = "Marrowick";
  for (const std::string& town : towns) {
    const std::size_t at = text.find(town);
    if (at >= first) continue;
    first = at;
    place = town;
  }
  std::transform(place.begin(), place.end(), place.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  return place;
}

Story story_of(std::string_view told, std::string_view dateline) {
  Story story;
  std::size_t begin = 0;
  for (int line = 0; begin < told.size(); ++line) {
    const std::size_t end = std::min(told.find('\n', begin), told.size());
    const std::string_view words = told.substr(begin, end - begin);
    begin = end + 1;
    if (line == 0) {
      story.append(PartKind::kHeadline, words);
    } else if (line == 1) {
      story.append(PartKind::kParagraph, std::string(dateline) + std::string(words));
    } else {
      story.append(PartKind::kParagraph, words);
    }
  }
  return story;
}

}  // namespace

std::vector<Story> tell_stories(const std::string& folder, std::uint64_t seed) {
  std::vector<Story> stories;
  Archive archive;
  for (std::size_t desk = 0; desk < kDesks.size(); ++desk) {
    const Desk& from = kDesks[desk];
    Grammar grammar;
    if (from.is_english) grammar.load(folder + "/names.txt");
    grammar.load(fmt::format("{}/{}.txt", folder, from.file));
    Random random(derive_seed(seed, 1, desk));
    const std::size_t wanted = stories.size() + from.stories;
    for (int attempts = 0; stories.size() < wanted; ++attempts) {
      if (attempts > 5000) {
        throw Error(ErrorCode::kLimitExceeded, "the material gives too few different stories",
                    std::string(from.file));
      }
      const std::string told = grammar.tell(random);
      std::string dateline(from.dateline);
      if (from.is_english) {
        dateline = place_of(told, grammar.entries("town")) + " (Northern Wire) " + dateline;
      }
      Story story = story_of(told, dateline);
      if (!archive.take(story.text)) continue;
      stories.push_back(std::move(story));
    }
  }
  return stories;
}

const std::vector<Outlet>& outlets() {
  static const std::vector<Outlet> kOutlets = {
      {"northernwire.example", "Northern Wire"},
      {"marrowickcourier.example", "Marrowick Courier"},
      {"anselpost.example", "Ansel Post"},
      {"thornseagazette.example", "Thornsea Gazette"},
      {"kellinobserver.example", "Kellin Observer"},
      {"brackwatertimes.example", "Brackwater Times"},
      {"veldmouthecho.example", "Veldmouth Echo"},
      {"saltbyherald.example", "Saltby Herald"},
      {"coastradio.example", "Coast Radio"},
      {"ostergatenews.example", "Ostergate News"},
      {"pellworthmail.example", "Pellworth Mail"},
      {"eastmarchstar.example", "Eastmarch Star"},
      {"quarrionweekly.example", "Quarrion Weekly"},
      {"greylingjournal.example", "Greyling Journal"},
  };
  return kOutlets;
}

std::string timestamp(std::uint64_t minutes) {
  constexpr std::array<std::uint64_t, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  std::uint64_t day = minutes / (24 * 60) % 365;
  std::size_t month = 0;
  while (day >= kDays[month]) day -= kDays[month++];
  return fmt::format("2031-{:02}-{:02}T{:02}:{:02}:00Z", month + 1, day + 1, minutes / 60 % 24,
                     minutes % 60);
}

std::string address(const std::string& site, std::uint64_t minutes, std::string_view headline,
                    std::uint64_t number) {
  std::string slug;
  for (const char c : headline) {
    if (c >= 'A' && c <= 'Z') {
      slug += static_cast<char>(c + 32);
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      slug += c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  const std::string day = timestamp(minutes).substr(0, 10);
  return fmt::format("https://{}/{}/{}{}{}", site, day, slug, slug.empty() ? "" : "-", number);
}

}  // namespace copydesk::datasets
