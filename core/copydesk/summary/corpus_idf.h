#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How many documents of a corpus hold a term, counted in one pass in bounded memory: a count-min
// sketch [Cormode & Muthukrishnan 2005] over token hashes. Counts of parts of a corpus add up to
// the counts of the whole, in any order, so threads and machines count apart and merge.

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

class CorpusIdf {
 public:
  static constexpr unsigned kSmallestBits = 10, kLargestBits = 28, kDefaultBits = 22;

  // 2^bits counters of 4 bytes. With the default, frequencies of a corpus with a million distinct
  // terms are exact for all but one term in a hundred.
  // `stem` names the language of the stems that terms are, empty if they are words; at most 32
  // characters. Throws Error{kInvalidOption} unless bits is in [10, 28].
  explicit CorpusIdf(unsigned bits = kDefaultBits, std::string stem = {});

  // Counts one document. REQUIRES: `terms` are its distinct terms.
  void add(std::span<const std::uint64_t> terms);

  // Throws Error{kInvalidOption} if `other` is of another size or counts other stems.
  void merge(const CorpusIdf& other);

  [[nodiscard]] std::uint64_t documents() const { return documents_; }
  [[nodiscard]] const std::string& stem() const { return stem_; }

  // Documents that hold the term; never less than the truth.
  [[nodiscard]] std::uint32_t frequency(std::uint64_t term) const {
    return frequency_at(place_of(term));
  }

  // ln((documents + 1) / (frequency + 0.5)), at least 0.
  [[nodiscard]] float weight_of(std::uint32_t frequency) const;
  [[nodiscard]] float weight(std::uint64_t term) const { return weight_of(frequency(term)); }

  // Which counters stand for a term: terms with the same cell cannot be told apart. A number of
  // cell_bits() bits, at most 30, of which the high ones are as good as random.
  class Cells {
   public:
    explicit Cells(unsigned bits) : shift_(64 - (bits - 4)) {}
    [[nodiscard]] std::uint32_t operator()(std::uint64_t term) const {
      // Token hashes are well mixed, but their low bits also choose slots of tables elsewhere.
      const std::uint64_t mixed = term * 0x9E3779B97F4A7C15u;
      const std::uint64_t both = mixed >> 8 & 0x0707;
      return static_cast<std::uint32_t>(mixed >> shift_ << 6 | ((both | both >> 5) & 0x3F));
    }

   private:
    unsigned shift_;
  };
  [[nodiscard]] Cells cells() const { return Cells(bits_); }
  [[nodiscard]] unsigned cell_bits() const { return bits_ + 2; }
  [[nodiscard]] std::uint32_t frequency_of_cell(std::uint32_t cell) const {
    return frequency_at(place_of_cell(cell));
  }
  void prefetch_cell(std::uint32_t cell) const { prefetch_at(place_of_cell(cell)); }

  // Brings the counters of a term into cache ahead of frequency() or weight().
  void prefetch(std::uint64_t term) const { prefetch_at(place_of(term)); }

  // Makes look-ups faster until the next add() or merge(): small counts, which are most, are then
  // found in a table a quarter of the size.
  void condense();

  // A file: its format is in docs/summaries.md. parse throws Error{kCorruptFile}; `name` is for its
  // message.
  [[nodiscard]] std::string serialize() const;
  // The size of a file that begins with `head`, as its first bytes state it; 0 if it is no such
  // file.
  [[nodiscard]] static std::uint64_t stated_size(std::string_view head);
  [[nodiscard]] static CorpusIdf parse(std::string_view bytes, const std::string& name);

 private:
  // Both counters of a term lie in one cache line.
  struct Place {
    std::size_t first, second;
  };
  [[nodiscard]] static Place place_of_cell(std::uint32_t cell) {
    const std::size_t line = static_cast<std::size_t>(cell >> 6) * kLine;
    return {line + (cell & 7), line + 8 + (cell >> 3 & 7)};
  }
  [[nodiscard]] Place place_of(std::uint64_t term) const { return place_of_cell(cells()(term)); }
  [[nodiscard]] std::uint32_t frequency_at(Place place) const {
    if (!condensed_.empty()) {
      const std::uint8_t count = std::min(condensed_[place.first], condensed_[place.second]);
      if (count < kUncondensed) return count;
    }
    return std::min(counters_[place.first], counters_[place.second]);
  }
  void prefetch_at(Place place) const {
    if (condensed_.empty()) {
      __builtin_prefetch(&counters_[place.first]);
    } else {
      __builtin_prefetch(&condensed_[place.first]);
    }
  }
  static constexpr std::size_t kLine = 16;  // counters in a cache line: 8 for each of the two rows

  unsigned bits_;
  std::string stem_;
  std::uint64_t documents_ = 0;
  std::vector<std::uint32_t> counters_;
  static constexpr std::uint8_t kUncondensed = 255;
  std::vector<std::uint8_t> condensed_;  // the counters, no higher than kUncondensed; or empty
};

}  // namespace copydesk
