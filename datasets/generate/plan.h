#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What every document of a corpus is, before any text is written. All answers follow from the seed
// and the number of the document, so a corpus of ten million is planned without being held, and
// document 17 is the same however many follow it.

#include <cstdint>
#include <vector>

#include "generate/kinds.h"
#include "generate/random.h"

namespace copydesk::datasets {

// Documents of one family that copied from each other.
struct FamilyMember {
  std::uint64_t number = 0;
  std::uint32_t family = 0;    // within the window
  std::uint32_t parent = 0;    // position in the window's members; its own for the original
  std::uint32_t original = 0;  // position of the family's original
  std::uint32_t outlet = 0;    // a site; no two members of a family share one
};

// Families live within windows of the stream: [0, 64), [64, 128), [128, 256), ... [2048, 4096), and
// from there on 4,096 documents each. The members of a family stand in any order, so a corpus that
// ends inside a window may hold a copy and not its original, as scraped corpora do.
class FamilyWindow {
 public:
  static constexpr std::size_t kLargestFamily = 200;

  [[nodiscard]] bool holds(std::uint64_t number) const { return number >= begin_ && number < end_; }
  [[nodiscard]] std::uint64_t begin() const { return begin_; }
  [[nodiscard]] const std::vector<FamilyMember>& members() const { return members_; }
  // REQUIRES: the document is of kind kFamily and within the window.
  [[nodiscard]] const FamilyMember& member(std::uint64_t number) const;
  // A name for the family that no other window uses.
  [[nodiscard]] std::uint64_t family_number(const FamilyMember& member) const {
    return members_[member.original].number;
  }

 private:
  friend class Plan;
  std::uint64_t begin_ = 0, end_ = 0;
  std::vector<FamilyMember> members_;
};

struct PlanOptions {
  std::uint64_t seed = 1;
  Rates rates;
  std::uint32_t sites = 400;  // REQUIRES: more than FamilyWindow::kLargestFamily
};

class Plan {
 public:
  explicit Plan(const PlanOptions& options);

  // A copy for which no earlier story was found (at the very beginning) is a story itself.
  [[nodiscard]] Kind kind(std::uint64_t number) const;

  // The stories that a copy, an update or a glued page is made of: one, or two or three; empty for
  // other kinds. All are earlier documents of kind kStory.
  [[nodiscard]] std::vector<std::uint64_t> sources(std::uint64_t number) const;

  // The site of a document outside families.
  [[nodiscard]] std::uint32_t site(std::uint64_t number) const;
  // The first of the sites print menus and footers on every page.
  [[nodiscard]] bool has_chrome(std::uint32_t site) const { return site < chrome_sites_; }

  // The window that holds `number`.
  [[nodiscard]] FamilyWindow window(std::uint64_t number) const;

  // For everything else that is random about document `number`.
  [[nodiscard]] std::uint64_t seed_of(std::uint64_t number) const;

 private:
  [[nodiscard]] Kind drawn_kind(std::uint64_t number) const;
  [[nodiscard]] std::uint64_t earlier_story(std::uint64_t number, Random& random) const;

  PlanOptions options_;
  std::uint32_t chrome_sites_;
};

}  // namespace copydesk::datasets
