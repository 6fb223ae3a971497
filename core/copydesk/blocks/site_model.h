#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// On how many pages of a site each line was seen. The counts of two crawls can be merged, so what
// was learnt from one crawl cleans the next. Memory is bounded: when the table is full, lines seen
// once are forgotten first, the longest ago first of all. Of 100 different pages of a site, a line
// of its menu was seen on 100, a line of an article on one.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/blocks/line_list.h"

namespace copydesk {

struct SiteModelOptions {
  // Lines and pages remembered, over all sites; 16 bytes each. At least 1,024.
  std::size_t most_entries = std::size_t{1} << 26;
  // A page is not counted when it shares this part of its long lines, weighed by words, with one
  // page counted before; (0, 1]. The same article captured twice must not make its text a repeat.
  double same_page = 0.9;
};

// What counts of a line.
struct CountedLine {
  std::uint64_t key = 0;  // Line::masked_key
  std::uint32_t words = 0;
  bool ends_open = false;

  CountedLine() = default;
  explicit CountedLine(const Line& line)
      : key(line.masked_key), words(line.words), ends_open(line.ends_open) {}
};

// The lines of some pages, as a model counts them.
class CountedPages {
 public:
  void add(std::uint64_t site, std::span<const Line> lines) {
    for (const Line& line : lines) lines_.emplace_back(line);
    pages_.emplace_back(site, lines.size());
  }
  void clear() { pages_.clear(), lines_.clear(); }

  // Calls take(site, std::span<const CountedLine>) for each page, in the order in which they were added.
  template <class Take>
  void for_each(const Take& take) const {
    std::span<const CountedLine> left(lines_);
    for (const auto& [site, lines] : pages_) {
      take(site, left.first(lines));
      left = left.subspan(lines);
    }
  }

 private:
  std::vector<std::pair<std::uint64_t, std::size_t>> pages_;  // sites, and how many lines are theirs
  std::vector<CountedLine> lines_;
};

class SiteModel {
 public:
  // Throws Error{kInvalidOption} for options outside their ranges.
  explicit SiteModel(const SiteModelOptions& options = {});

  // Counts a page of the site `site` (see site_key), each of its lines once. Returns false, and
  // counts nothing, if the page is a copy of one counted before: equal but for numbers, or nearly
  // equal. The result of a series of calls depends on their order only where the table is full or
  // pages are nearly equal.
  bool add_page(std::uint64_t site, std::span<const CountedLine> lines);
  bool add_page(std::uint64_t site, std::span<const Line> lines);

  // On how many counted pages of the site the line was seen, up to the numbers in it.
  [[nodiscard]] std::uint32_t pages_with(std::uint64_t site, const Line& line) const;

  // The same for each of `lines`, in less time. Replaces the contents of `counts`.
  void pages_with(std::uint64_t site, std::span<const Line> lines,
                  std::vector<std::uint32_t>& counts) const;

  [[nodiscard]] std::uint32_t pages_of(std::uint64_t site) const;
  [[nodiscard]] std::size_t size() const { return used_; }
  [[nodiscard]] std::uint64_t forgotten() const { return forgotten_; }

  // Adds the counts of another model. Lines of both are remembered within the limits of this one.
  void merge(const SiteModel& other);

  // The model as the bytes of a file (docs/formats.md): the same for the same counts.
  [[nodiscard]] std::string to_bytes() const;
  // The size of a file that begins with `head`, as its first bytes state it; 0 if it is no such
  // file.
  [[nodiscard]] static std::uint64_t stated_size(std::string_view head);
  // Throws Error{kCorruptFile} unless `bytes` is a whole, undamaged model; `where` names its
  // source.
  void merge_bytes(std::string_view bytes, const std::string& where);

 private:
  struct Entry {
    std::uint64_t key = 0;  // 0: free
    std::uint32_t pages = 0;
    std::uint32_t last_page = 0;  // number of the counted page that had it last
  };

  [[nodiscard]] const Entry* find(std::uint64_t key) const;
  void prefetch(std::uint64_t key) const;
  Entry& slot_for(std::uint64_t key);
  void add(std::uint64_t key, std::uint32_t pages, std::uint32_t last_page);
  void resize(std::size_t capacity);
  void forget_some();
  [[nodiscard]] bool is_copy(std::span<const CountedLine> lines);
  [[nodiscard]] std::vector<Entry> sorted_entries() const;

  SiteModelOptions options_;
  std::vector<Entry> table_;
  std::size_t used_ = 0;
  std::uint32_t page_ = 0;
  std::uint64_t forgotten_ = 0;
  std::vector<std::uint64_t> keys_;  // of the entries of a page, by line
  std::vector<std::pair<std::uint32_t, std::uint32_t>> votes_;
};

// What sites are told apart by: the site field as it is or, where that is empty, the host of the
// URL in lower case, without user and port. 0 if there is neither.
[[nodiscard]] std::uint64_t site_key(std::string_view site);
[[nodiscard]] std::string site_name(std::string_view site_field, std::string_view url);

}  // namespace copydesk
