#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How many documents of a corpus hold a term, counted in one pass in bounded memory: a count-min
// sketch [Cormode & Muthukrishnan 2005] over token hashes. Counts of parts of a corpus add up to
// the counts of the whole, in any order, so threads and machines count apart and merge.

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
  [[nodiscard]] std::uint32_t frequency(std::uint64_t term) const;

  // ln((documents + 1) / (frequency + 0.5)), at least 0.
  [[nodiscard]] float weight_of(std::uint32_t frequency) const;
  [[nodiscard]] float weight(std::uint64_t term) const { return weight_of(frequency(term)); }

  // Brings the counters of a term into cache ahead of frequency() or weight().
  void prefetch(std::uint64_t term) const { __builtin_prefetch(&counters_[place_of(term).first]); }

  // A file: its format is in docs/summaries.md. parse throws Error{kCorruptFile}; `name` is for its
  // message.
  [[nodiscard]] std::string serialize() const;
  // The size of a file that begins with `head`, as its first bytes state it; 0 if it is no such file.
  [[nodiscard]] static std::uint64_t stated_size(std::string_view head);
  [[nodiscard]] static CorpusIdf parse(std::string_view bytes, const std::string& name);

 private:
  // Both counters of a term lie in one cache line.
  struct Place {
    std::size_t first, second;
  };
  [[nodiscard]] Place place_of(std::uint64_t term) const {
    // Token hashes are well mixed, but their low bits also choose slots of tables elsewhere.
    const std::uint64_t mixed = term * 0x9E3779B97F4A7C15u;
    const std::size_t line = static_cast<std::size_t>(mixed >> (64 - (bits_ - 4))) * kLine;
    return {line + (mixed >> 8 & 7), line + 8 + (mixed >> 16 & 7)};
  }
  static constexpr std::size_t kLine = 16;  // counters in a cache line: 8 for each of the two rows

  unsigned bits_;
  std::string stem_;
  std::uint64_t documents_ = 0;
  std::vector<std::uint32_t> counters_;
};

}  // namespace copydesk
