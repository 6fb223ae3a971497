// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/stored_set.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstring>
#include <optional>

#include "copydesk/kernels/intersection.h"

namespace copydesk {

namespace {

void append_number(std::string& out, std::uint64_t value) {
  for (; value >= 0x80; value >>= 7) out.push_back(static_cast<char>(value | 0x80));
  out.push_back(static_cast<char>(value));
}

std::optional<std::uint64_t> take_number(std::string_view& bytes) {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    if (shift == 63 && byte > 1) return std::nullopt;
    value |= std::uint64_t{byte & 0x7Fu} << shift;
    if (byte < 0x80) return value;
  }
  return std::nullopt;
}

// Bits from the lowest of each byte on, into memory that reaches eight bytes beyond the last one.
class BitWriter {
 public:
  explicit BitWriter(char* out) : out_(out) {}

  // REQUIRES: count <= 64, value < 2^count.
  void put(std::uint64_t value, unsigned count) {
    open_ |= value << count_;
    count_ += count;
    if (count_ < 64) return;
    std::memcpy(out_, &open_, sizeof open_);
    out_ += sizeof open_;
    count_ -= 64;
    // What did not fit.
    open_ = count_ == 0 ? 0 : value >> (count - count_);
  }
  // Returns the end.
  char* finish() {
    std::memcpy(out_, &open_, sizeof open_);
    return out_ + (count_ + 7) / 8;
  }

 private:
  char* out_;
  std::uint64_t open_ = 0;
  unsigned count_ = 0;
};

class BitReader {
 public:
  explicit BitReader(std::string_view bytes) : bytes_(bytes), end_(bytes.size() * 8) {}

  // At least 57 bits from the place on; zeros behind the end.
  [[nodiscard]] std::uint64_t look() const {
    const std::size_t byte = place_ / 8;
    std::uint64_t value = 0;
    if (byte + sizeof value <= bytes_.size()) {
      std::memcpy(&value, bytes_.data() + byte, sizeof value);
    } else if (byte < bytes_.size()) {
      std::memcpy(&value, bytes_.data() + byte, std::min<std::size_t>(8, bytes_.size() - byte));
    }
    return value >> place_ % 8;
  }
  // 64 bits from the place on; zeros behind the end.
  [[nodiscard]] std::uint64_t look_far() const {
    const std::size_t byte = place_ / 8;
    const unsigned shift = place_ % 8;
    std::array<unsigned char, 9> end{};
    const unsigned char* from = reinterpret_cast<const unsigned char*>(bytes_.data()) + byte;
    if (byte + end.size() > bytes_.size()) {
      if (byte < bytes_.size()) std::memcpy(end.data(), from, bytes_.size() - byte);
      from = end.data();
    }
    std::uint64_t value = 0;
    std::memcpy(&value, from, sizeof value);
    return value >> shift | std::uint64_t{from[8]} << 1 << (63 - shift);
  }
  void skip(std::size_t bits) { place_ += bits; }
  [[nodiscard]] bool is_beyond() const { return place_ > end_; }
  [[nodiscard]] std::size_t bytes_used() const { return (place_ + 7) / 8; }

  // REQUIRES: count <= 63.
  std::uint64_t get(unsigned count) {
    constexpr unsigned kMost = 56;
    if (count <= kMost) {
      const std::uint64_t value = look() & ((std::uint64_t{1} << count) - 1);
      skip(count);
      return value;
    }
    const std::uint64_t low = get(32);
    return low | get(count - 32) << 32;
  }
  // How many ones stand before the next zero; what is beyond the end is zero.
  std::uint64_t get_ones() {
    std::uint64_t ones = 0;
    for (;;) {
      constexpr int kLooked = 56;
      const int found = std::min(std::countr_one(look()), kLooked);
      ones += static_cast<std::uint64_t>(found);
      if (found < kLooked) {
        skip(static_cast<std::size_t>(found) + 1);
        return ones;
      }
      skip(kLooked);
    }
  }

 private:
  std::string_view bytes_;
  std::size_t end_;
  std::size_t place_ = 0;
};

// The bits of a difference that are written as they are: for sets of random hashes the best choice.
unsigned plain_bits(std::size_t size) {
  const double mean = std::ldexp(1.0, 64) / (static_cast<double>(size) + 1.0);
  return static_cast<unsigned>(
      std::clamp(static_cast<int>(std::floor(std::log2(mean * 0.69))), 0, 63));
}

constexpr std::uint64_t kHasCounts = 1;

}  // namespace

void append_stored_set(std::string& out, std::span<const std::uint64_t> set,
                       const ShingleCounts& counts) {
  const bool has_counts = counts.telling_length > 0 || counts.order_length > 0;
  append_number(out, set.size() * 2 + (has_counts ? kHasCounts : 0));
  if (has_counts) {
    append_number(out, counts.telling_length);
    append_number(out, counts.order_length);
    append_number(out, counts.tokens.size());
    if (counts.telling_length > 0) {
      for (const std::uint32_t count : counts.counts) append_number(out, count);
    }
    out.append(reinterpret_cast<const char*>(counts.tokens.data()),
               counts.tokens.size() * sizeof(std::uint32_t));
  }
  const unsigned plain = plain_bits(set.size());
  // All ones together are the last hash without its plain bits, at most.
  const std::size_t ones_bytes = set.empty() ? 0 : static_cast<std::size_t>(set.back() >> plain) / 8;
  const std::size_t before = out.size();
  out.resize(before + ones_bytes + (set.size() * (plain + 1) + 7) / 8 + 2 * sizeof(std::uint64_t));
  BitWriter bits(out.data() + before);
  std::uint64_t next = 0;  // the lowest that may come
  for (const std::uint64_t value : set) {
    const std::uint64_t difference = value - next;
    next = value + 1;
    std::uint64_t ones = difference >> plain;
    const std::uint64_t low = difference & ((std::uint64_t{1} << plain) - 1);
    if (ones + 1 + plain <= 64) {  // as nearly always
      const auto head = static_cast<unsigned>(ones) + 1;
      bits.put(((std::uint64_t{1} << ones) - 1) | low << head % 64, head + plain);
      continue;
    }
    for (; ones > 0;) {
      const auto part = static_cast<unsigned>(std::min<std::uint64_t>(ones, 32));
      bits.put((std::uint64_t{1} << part) - 1, part);
      ones -= part;
    }
    bits.put(0, 1);
    bits.put(low, plain);
  }
  out.resize(static_cast<std::size_t>(bits.finish() - out.data()));
}

namespace {

// Takes what stands before the differences. How many there are, or nothing where it is no set.
std::optional<std::size_t> take_head(std::string_view& bytes, ShingleCounts& counts,
                                     bool is_whole = true) {
  const std::optional<std::uint64_t> head = take_number(bytes);
  // Each takes a bit at least.
  if (!head || (is_whole && *head / 2 > bytes.size() * 8)) return std::nullopt;
  const auto size = static_cast<std::size_t>(*head / 2);
  counts.counts.clear(), counts.tokens.clear();
  counts.telling_length = counts.order_length = 0;
  if ((*head & kHasCounts) == 0) return size;
  const std::optional<std::uint64_t> telling = take_number(bytes);
  const std::optional<std::uint64_t> order = take_number(bytes);
  const std::optional<std::uint64_t> tokens = take_number(bytes);
  if (!telling || !order || !tokens || *telling > UINT32_MAX || *order > UINT32_MAX ||
      *tokens > bytes.size() / sizeof(std::uint32_t)) {
    return std::nullopt;
  }
  counts.telling_length = static_cast<std::uint32_t>(*telling);
  counts.order_length = static_cast<std::uint32_t>(*order);
  for (std::size_t i = 0; *telling > 0 && i < size; ++i) {
    const std::optional<std::uint64_t> count = take_number(bytes);
    if (!count || *count > UINT32_MAX) return std::nullopt;
    counts.counts.push_back(static_cast<std::uint32_t>(*count));
  }
  if (*tokens > bytes.size() / sizeof(std::uint32_t)) return std::nullopt;
  counts.tokens.resize(static_cast<std::size_t>(*tokens));
  const std::size_t token_bytes = counts.tokens.size() * sizeof(std::uint32_t);
  if (token_bytes > 0) std::memcpy(counts.tokens.data(), bytes.data(), token_bytes);
  bytes.remove_prefix(token_bytes);
  return size;
}

// The values of a set, one after the other.
class SetReader {
 public:
  SetReader(std::string_view bytes, std::size_t size) : bits_(bytes), plain_(plain_bits(size)) {}

  // False if there is none, or none that is higher than the one before.
  bool next(std::uint64_t& value) {
    const std::uint64_t word = bits_.look_far();
    auto ones = static_cast<std::uint64_t>(std::countr_one(word));
    std::uint64_t low = 0;
    if (ones < 63 && ones + 1 + plain_ <= 64) {  // as nearly always
      low = word >> (ones + 1) & ((std::uint64_t{1} << plain_) - 1);
      bits_.skip(ones + 1 + plain_);
    } else {
      ones = bits_.get_ones();
      low = bits_.get(plain_);
    }
    if (bits_.is_beyond() || ones > ~std::uint64_t{0} >> plain_) return false;
    value = least_ + (ones << plain_ | low);
    if (value < least_ || (least_ == 0 && !is_first_)) return false;  // beyond the last number
    least_ = value + 1;
    is_first_ = false;
    return true;
  }
  [[nodiscard]] std::size_t bytes_used() const { return bits_.bytes_used(); }

 private:
  BitReader bits_;
  unsigned plain_;
  std::uint64_t least_ = 0;
  bool is_first_ = true;
};

}  // namespace

bool read_stored_set(std::string_view bytes, StoredSet& out, std::size_t* used) {
  const std::size_t all = bytes.size();
  const std::optional<std::size_t> size = take_head(bytes, out.counts);
  if (!size) return false;
  SetReader reader(bytes, *size);
  out.set.resize(*size);
  for (std::uint64_t& value : out.set) {
    if (!reader.next(value)) return false;
  }
  if (used != nullptr) *used = all - bytes.size() + reader.bytes_used();
  return true;
}

StoredComparison compare_stored_set(std::string_view bytes, bool is_whole,
                                    std::span<const std::uint64_t> set, const VerifyRule& rule) {
  thread_local ShingleCounts counts;  // passed over
  const StoredComparison beyond = is_whole ? StoredComparison::kDamaged : StoredComparison::kUnknown;
  const std::optional<std::size_t> size = take_head(bytes, counts, is_whole);
  if (!size) return beyond;
  const std::size_t least = rule.least_shared(set.size(), *size);
  if (least > std::min(set.size(), *size)) return StoredComparison::kTooFew;
  // Some dozens are read, and compared by a kernel, which expects no branch of the processor.
  SetReader reader(bytes, *size);
  std::array<std::uint64_t, 64> values;
  std::size_t shared = 0;
  for (std::size_t read = 0; read < *size;) {
    const std::size_t wanted = std::min(values.size(), *size - read);
    std::size_t count = 0;
    while (count < wanted && reader.next(values[count])) ++count;
    if (count < wanted && is_whole) return StoredComparison::kDamaged;
    if (count == 0) return beyond;
    const auto end = std::upper_bound(set.begin(), set.end(), values[count - 1]);
    const std::span<const std::uint64_t> low(set.begin(), end);
    shared += intersection_size(low, std::span(values).first(count));
    set = set.subspan(low.size());
    read += count;
    // All that may still come.
    if (shared + std::min(set.size(), *size - read) < least) return StoredComparison::kTooFew;
    if (count < wanted) return beyond;
  }
  return shared >= least ? StoredComparison::kEnough : StoredComparison::kTooFew;
}

}  // namespace copydesk
