// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/corpus_idf.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <utility>

#define XXH_INLINE_ALL
#include <xxhash.h>

#include "copydesk/error.h"

namespace copydesk {
namespace {

// A space and the language of the stems follow where there are some, then a line end.
constexpr std::string_view kMagic = "copydesk idf 1";
constexpr std::size_t kLongestStem = 32;
constexpr std::uint32_t kMost = std::numeric_limits<std::uint32_t>::max();

std::uint32_t saturating_sum(std::uint32_t a, std::uint32_t b) {
  return a > kMost - b ? kMost : a + b;
}

}  // namespace

CorpusIdf::CorpusIdf(unsigned bits, std::string stem) : bits_(bits), stem_(std::move(stem)) {
  if (bits < kSmallestBits || bits > kLargestBits) {
    throw Error(ErrorCode::kInvalidOption, "the size of an IDF table is in [10, 28] bits");
  }
  counters_.resize(std::size_t{1} << bits);
}

void CorpusIdf::add(std::span<const std::uint64_t> terms) {
  constexpr std::size_t kAhead = 8;
  condensed_.clear();
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (i + kAhead < terms.size()) {
      __builtin_prefetch(&counters_[place_of(terms[i + kAhead]).first], 1);
    }
    const Place place = place_of(terms[i]);
    counters_[place.first] = saturating_sum(counters_[place.first], 1);
    counters_[place.second] = saturating_sum(counters_[place.second], 1);
  }
  ++documents_;
}

void CorpusIdf::merge(const CorpusIdf& other) {
  if (other.bits_ != bits_ || other.stem_ != stem_) {
    throw Error(ErrorCode::kInvalidOption,
                "IDF tables of different sizes or stems cannot be merged");
  }
  condensed_.clear();
  for (std::size_t i = 0; i < counters_.size(); ++i) {
    counters_[i] = saturating_sum(counters_[i], other.counters_[i]);
  }
  documents_ += other.documents_;
}

void CorpusIdf::condense() {
  condensed_.resize(counters_.size());
  std::transform(counters_.begin(), counters_.end(), condensed_.begin(), [](std::uint32_t count) {
    return static_cast<std::uint8_t>(std::min<std::uint32_t>(count, kUncondensed));
  });
}

float CorpusIdf::weight_of(std::uint32_t frequency) const {
  const double share =
      (static_cast<double>(documents_) + 1.0) / (static_cast<double>(frequency) + 0.5);
  return static_cast<float>(std::max(0.0, std::log(share)));
}

std::string CorpusIdf::serialize() const {
  std::string bytes(kMagic);
  if (!stem_.empty()) bytes += ' ' + stem_;
  bytes += '\n';
  const auto append = [&bytes](const void* data, std::size_t size) {
    bytes.append(static_cast<const char*>(data), size);
  };
  const std::uint64_t bits = bits_;
  append(&bits, sizeof bits);
  append(&documents_, sizeof documents_);
  append(counters_.data(), counters_.size() * sizeof(std::uint32_t));
  const std::uint64_t checksum = XXH3_64bits(bytes.data(), bytes.size());
  append(&checksum, sizeof checksum);
  return bytes;
}

std::uint64_t CorpusIdf::stated_size(std::string_view head) {
  const std::size_t line = head.substr(0, kMagic.size() + 2 + kLongestStem).find('\n');
  std::uint64_t bits = 0;
  if (!head.starts_with(kMagic) || line == head.npos || head.size() < line + 1 + sizeof bits) {
    return 0;
  }
  std::memcpy(&bits, head.data() + line + 1, sizeof bits);
  if (bits < kSmallestBits || bits > kLargestBits) return 0;
  return line + 1 + 3 * sizeof(std::uint64_t) + (std::uint64_t{4} << bits);
}

CorpusIdf CorpusIdf::parse(std::string_view bytes, const std::string& name) {
  const std::size_t line = bytes.substr(0, kMagic.size() + 2 + kLongestStem).find('\n');
  const std::size_t head = line + 1 + 2 * sizeof(std::uint64_t);
  const bool is_table = bytes.starts_with(kMagic) && line != bytes.npos &&
                        (line == kMagic.size() || bytes[kMagic.size()] == ' ');
  if (!is_table || bytes.size() < head + sizeof(std::uint64_t)) {
    throw Error(ErrorCode::kCorruptFile, "not an IDF table of copydesk", name);
  }
  const std::string stem(
      line == kMagic.size() ? "" : bytes.substr(kMagic.size() + 1, line - kMagic.size() - 1));
  std::uint64_t bits = 0, documents = 0, checksum = 0;
  std::memcpy(&bits, bytes.data() + line + 1, sizeof bits);
  std::memcpy(&documents, bytes.data() + line + 1 + sizeof bits, sizeof documents);
  const std::size_t end = bytes.size() - sizeof checksum;
  std::memcpy(&checksum, bytes.data() + end, sizeof checksum);
  if (bits < kSmallestBits || bits > kLargestBits || end - head != (std::size_t{4} << bits) ||
      checksum != XXH3_64bits(bytes.data(), end)) {
    throw Error(ErrorCode::kCorruptFile, "the IDF table is damaged", name);
  }
  CorpusIdf idf(static_cast<unsigned>(bits), stem);
  idf.documents_ = documents;
  std::memcpy(idf.counters_.data(), bytes.data() + head, end - head);
  return idf;
}

}  // namespace copydesk
