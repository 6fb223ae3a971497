// SPDX-License-Identifier: Apache-2.0
#include "generate/plan.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <numeric>

#include "copydesk/error.h"
#include "generate/story.h"

namespace copydesk::datasets {
namespace {

enum Purpose : std::uint64_t { kKindOf = 20, kSourcesOf, kSiteOf, kWindowOf, kTextOf };

constexpr std::uint64_t kLargestWindow = 4096;
constexpr std::uint64_t kSmallestWindow = 64;

constexpr std::uint32_t kMostSites = 1'000'000;

constexpr std::size_t kTries = 200;  // with 5 % of stories, one in 28,000 searches fails

bool has_sources(Kind kind) {
  return is_copy(kind) || kind == Kind::kGlued || kind == Kind::kUpdate;
}

// Two of three families are of two to five, one in a hundred of 200: P(size >= n) = 2 / n.
std::size_t family_size(Random& random) {
  const double size = 2.0 / (1.0 - random.unit());
  return size >= FamilyWindow::kLargestFamily ? FamilyWindow::kLargestFamily
                                              : static_cast<std::size_t>(size);
}

}  // namespace

const FamilyMember& FamilyWindow::member(std::uint64_t number) const {
  const auto found =
      std::lower_bound(members_.begin(), members_.end(), number,
                       [](const FamilyMember& item, std::uint64_t n) { return item.number < n; });
  assert(found != members_.end() && found->number == number);
  return *found;
}

Plan::Plan(const PlanOptions& options) : options_(options), chrome_sites_(options.sites * 2 / 5) {
  options_.rates.check();
  if (options.sites <= FamilyWindow::kLargestFamily) {
    throw Error(ErrorCode::kInvalidOption, "a family has up to 200 outlets; use 201 sites or more",
                "--sites");
  }
  if (options.sites > kMostSites) {
    throw Error(ErrorCode::kInvalidOption, "sites are held in memory; use a million at most",
                "--sites");
  }
}

Kind Plan::drawn_kind(std::uint64_t number) const {
  return options_.rates.at(Random(derive_seed(options_.seed, kKindOf, number)).unit());
}

std::uint64_t Plan::earlier_story(std::uint64_t number, Random& random) const {
  if (number == 0) return kNoDocument;
  for (std::size_t left = kTries; left > 0; --left) {
    const std::uint64_t candidate = random.below(number);
    if (drawn_kind(candidate) == Kind::kStory) return candidate;
  }
  return kNoDocument;
}

Kind Plan::kind(std::uint64_t number) const {
  const Kind drawn = drawn_kind(number);
  return has_sources(drawn) && sources(number).empty() ? Kind::kStory : drawn;
}

std::vector<std::uint64_t> Plan::sources(std::uint64_t number) const {
  const Kind drawn = drawn_kind(number);
  if (!has_sources(drawn)) return {};
  Random random(derive_seed(options_.seed, kSourcesOf, number));
  const std::size_t wanted = drawn == Kind::kGlued ? 2 + random.below(2) : 1;
  std::vector<std::uint64_t> sources;
  for (std::size_t tries = 2 * wanted; tries > 0 && sources.size() < wanted; --tries) {
    const std::uint64_t story = earlier_story(number, random);
    if (story == kNoDocument) break;
    if (std::find(sources.begin(), sources.end(), story) == sources.end()) sources.push_back(story);
  }
  // One story alone is not glued.
  if (drawn == Kind::kGlued && sources.size() < 2) sources.clear();
  return sources;
}

std::uint32_t Plan::site(std::uint64_t number) const {
  const Kind drawn = drawn_kind(number);
  Random random(derive_seed(options_.seed, kSiteOf, number));
  const bool in_page = drawn == Kind::kPage || drawn == Kind::kEmbedded ||
                       (drawn == Kind::kGlued && random.chance(0.5));
  const std::uint32_t plain_sites = options_.sites - chrome_sites_;
  return static_cast<std::uint32_t>(in_page ? random.below(chrome_sites_)
                                            : chrome_sites_ + random.below(plain_sites));
}

std::uint64_t Plan::seed_of(std::uint64_t number) const {
  return derive_seed(options_.seed, kTextOf, number);
}

FamilyWindow Plan::window(std::uint64_t number) const {
  FamilyWindow window;
  if (number >= kLargestWindow) {
    window.begin_ = number / kLargestWindow * kLargestWindow;
    window.end_ = window.begin_ + kLargestWindow;
  } else if (number < kSmallestWindow) {
    window.end_ = kSmallestWindow;
  } else {
    window.begin_ = std::bit_floor(number);
    window.end_ = 2 * window.begin_;
  }
  std::vector<FamilyMember>& members = window.members_;
  for (std::uint64_t item = window.begin_; item < window.end_; ++item) {
    if (drawn_kind(item) == Kind::kFamily) {
      members.emplace_back().number = item;
    }
  }

  // The members, in an order that has nothing to do with the stream's, are dealt out to families.
  Random random(derive_seed(options_.seed, kWindowOf, window.begin_));
  std::vector<std::uint32_t> order(members.size());
  std::iota(order.begin(), order.end(), 0U);
  random.shuffle(order);
  std::uint32_t family = 0;
  for (std::size_t first = 0; first < order.size(); ++family) {
    const std::size_t rest = order.size() - first;
    std::size_t size = std::min(family_size(random), rest);
    if (rest - size == 1) size = std::min(rest, FamilyWindow::kLargestFamily);
    std::vector<std::size_t> outlets = random.sample(size, options_.sites);
    random.shuffle(outlets);
    for (std::size_t place = 0; place < size; ++place) {
      FamilyMember& member = members[order[first + place]];
      // Seven of ten print what the agency sent, the others what a neighbor printed.
      const std::size_t parent =
          place == 0 || random.chance(0.7) ? 0 : static_cast<std::size_t>(random.below(place));
      member.family = family;
      member.parent = order[first + parent];
      member.original = order[first];
      member.outlet = static_cast<std::uint32_t>(outlets[place]);
    }
    first += size;
  }
  return window;
}

}  // namespace copydesk::datasets
