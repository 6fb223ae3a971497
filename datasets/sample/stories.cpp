// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <unordered_set>

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
  bool needs_common;
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

using Shingles = std::unordered_set<std::uint64_t>;

Shingles shingles_of(std::string_view text) {
  constexpr std::size_t kWords = 5;
  std::vector<std::uint64_t> words;
  for (const TextSpan& word : words_in(text)) {
    std::uint64_t hash = 0;
    for (const char c : word.of(text)) hash = mix(hash * 257 + static_cast<unsigned char>(c));
    words.push_back(hash);
  }
  Shingles shingles;
  for (std::size_t index = 0; index + kWords <= words.size(); ++index) {
    std::uint64_t hash = 0;
    for (std::size_t word = 0; word < kWords; ++word) hash = mix(hash + words[index + word]);
    shingles.insert(hash);
  }
  return shingles;
}

double jaccard(const Shingles& a, const Shingles& b) {
  std::size_t shared = 0;
  for (const std::uint64_t shingle : a) shared += b.contains(shingle) ? 1 : 0;
  const std::size_t all = a.size() + b.size() - shared;
  return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
}

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
  std::vector<Shingles> known;
  for (std::size_t desk = 0; desk < kDesks.size(); ++desk) {
    const Desk& from = kDesks[desk];
    Grammar grammar;
    if (from.needs_common) grammar.load(folder + "/common.txt");
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
      if (from.needs_common) {
        dateline = place_of(told, grammar.entries("town")) + " (Northern Wire) " + dateline;
      }
      Story story = story_of(told, dateline);
      Shingles shingles = shingles_of(story.text);
      const bool is_new = std::all_of(known.begin(), known.end(), [&](const Shingles& other) {
        return jaccard(shingles, other) < kMostAlike;
      });
      if (!is_new) continue;
      known.push_back(std::move(shingles));
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
