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

// Of each hash so many low bits are written as they are. The others, of which there are about as many as hashes,
// say into which of so many groups it falls.
unsigned low_bits(std::size_t size) {
  return std::min(63U, 64U - static_cast<unsigned>(std::bit_width(std::max<std::size_t>(size, 1) - 1)));
}
std::size_t groups(std::size_t size) { return std::size_t{1} << (64 - low_bits(size)); }

// A bit for each hash and a zero behind each group.
std::size_t high_bytes(std::size_t size) { return size == 0 ? 0 : (size + groups(size) + 7) / 8; }
std::size_t low_bytes(std::size_t size) { return (size * low_bits(size) + 7) / 8; }

constexpr std::uint64_t kHasCounts = 1;

// Into zeros that reach eight bytes beyond the last bit. Each word is written with each of its bits: whether the
// next hash is of the same word is nothing that a branch could foresee.
void write_groups(std::span<const std::uint64_t> set, char* out) {
  const unsigned bits = low_bits(set.size());
  std::uint64_t open = 0;
  std::size_t word = 0;
  for (std::size_t i = 0; i < set.size(); ++i) {
    const std::size_t place = static_cast<std::size_t>(set[i] >> bits) + i;
    open &= std::uint64_t{0} - (place / 64 == word ? 1 : 0);
    word = place / 64;
    open |= std::uint64_t{1} << place % 64;
    std::memcpy(out + word * sizeof open, &open, sizeof open);
  }
}

// Into memory that reaches eight bytes beyond the last one.
void write_low_bits(std::span<const std::uint64_t> set, char* out) {
  const unsigned bits = low_bits(set.size());
  const std::uint64_t mask = (std::uint64_t{1} << bits) - 1;
  std::uint64_t open = 0;  // what is not written yet
  unsigned filled = 0;
  for (const std::uint64_t value : set) {
    const std::uint64_t low = value & mask;
    open |= low << filled;
    filled += bits;
    if (filled < 64) continue;
    std::memcpy(out, &open, sizeof open);
    out += sizeof open;
    filled -= 64;
    open = filled == 0 ? 0 : low >> (bits - filled);
  }
  std::memcpy(out, &open, sizeof open);
}

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
  const std::size_t before = out.size();
  const std::size_t highs = high_bytes(set.size());
  out.resize(before + highs + low_bytes(set.size()) + sizeof(std::uint64_t));
  write_groups(set, out.data() + before);
  write_low_bits(set, out.data() + before + highs);
  out.resize(before + highs + low_bytes(set.size()));
}

namespace {

// Takes what stands before the hashes. How many there are, or nothing where it is no set.
std::optional<std::size_t> take_head(std::string_view& bytes, ShingleCounts& counts,
                                     bool is_whole = true) {
  const std::optional<std::uint64_t> head = take_number(bytes);
  if (!head || *head / 2 > UINT32_MAX) return std::nullopt;
  if (is_whole && *head / 2 > bytes.size()) return std::nullopt;  // each takes four bytes at least
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

// The hashes of a set, as many at a time as are wanted.
class SetReader {
 public:
  // Where bytes are missing, as many hashes as can be read are those before them.
  SetReader(std::string_view bytes, std::size_t size) : size_(size), low_bits_(low_bits(size)) {
    const std::size_t highs = high_bytes(size);
    if (bytes.size() < highs) return;
    highs_ = bytes.substr(0, highs);
    lows_ = bytes.substr(highs, low_bytes(size));
    readable_ = std::min(size, lows_.size() * 8 / low_bits_);
  }

  // Of those that have not been read.
  [[nodiscard]] std::size_t readable() const { return readable_ - read_; }
  // False if they do not ascend. REQUIRES: out.size() <= readable().
  bool read(std::span<std::uint64_t> out) {
    if (!read_groups(out)) return false;
    if (low_bits_ <= kLookedBits) {
      add_low_bits(out, [this](std::size_t place) { return look(place); });
    } else {
      add_low_bits(out, [this](std::size_t place) { return look_far(place); });
    }
    bool ascend = out.empty() || read_ == 0 || out.front() > last_;
    for (std::size_t i = 1; i < out.size(); ++i) ascend &= out[i - 1] < out[i];
    if (!out.empty()) last_ = out.back();
    read_ += out.size();
    return ascend;
  }
  // Whether there is a bit for each hash that was read, and for no other. REQUIRES: all have been read.
  bool ends() {
    while (word_ == 0 && words_ * sizeof word_ < highs_.size()) load_word();
    return word_ == 0;
  }
  [[nodiscard]] std::size_t bytes_used() const { return highs_.size() + lows_.size(); }

 private:
  void load_word() {
    const std::size_t byte = words_ * sizeof word_;
    std::memcpy(&word_, highs_.data() + byte, std::min(sizeof word_, highs_.size() - byte));
    ++words_;
  }
  // The upper bits of the next hashes.
  bool read_groups(std::span<std::uint64_t> out) {
    std::size_t before = read_;  // hashes, whose bits stand among those of groups
    std::size_t group = 0;
    for (std::uint64_t& value : out) {
      while (word_ == 0) {
        if (words_ * sizeof word_ >= highs_.size()) return false;
        load_word();
      }
      group = (words_ - 1) * 64 + static_cast<std::size_t>(std::countr_zero(word_)) - before++;
      word_ &= word_ - 1;
      value = std::uint64_t{group} << low_bits_;
    }
    return group < groups(size_);  // the last one is the highest
  }
  template <class Look>
  void add_low_bits(std::span<std::uint64_t> out, const Look& look) const {
    const std::uint64_t mask = (std::uint64_t{1} << low_bits_) - 1;
    std::size_t place = read_ * low_bits_;
    for (std::uint64_t& value : out) {
      value |= look(place) & mask;
      place += low_bits_;
    }
  }
  // kLookedBits from a place on; zeros behind the end.
  static constexpr unsigned kLookedBits = 57;
  [[nodiscard]] std::uint64_t look(std::size_t place) const {
    const std::size_t byte = place / 8;
    std::uint64_t value = 0;
    if (byte + sizeof value <= lows_.size()) {
      std::memcpy(&value, lows_.data() + byte, sizeof value);
    } else if (byte < lows_.size()) {
      std::memcpy(&value, lows_.data() + byte, lows_.size() - byte);
    }
    return value >> place % 8;
  }
  // 64 of them.
  [[nodiscard]] std::uint64_t look_far(std::size_t place) const {
    const unsigned shift = place % 8;
    return look(place) | (shift == 0 ? 0 : look(place - shift + 64) << (64 - shift));
  }

  std::size_t size_;
  unsigned low_bits_;
  std::string_view highs_, lows_;
  std::size_t readable_ = 0, read_ = 0;
  std::uint64_t last_ = 0;
  std::uint64_t word_ = 0;   // bits of highs_ that have not been read
  std::size_t words_ = 0;    // of highs_, that have been loaded
};

}  // namespace

bool read_stored_set(std::string_view bytes, StoredSet& out, std::size_t* used) {
  const std::size_t all = bytes.size();
  const std::optional<std::size_t> size = take_head(bytes, out.counts);
  if (!size) return false;
  SetReader reader(bytes, *size);
  if (reader.readable() < *size) return false;
  out.set.resize(*size);
  if (!reader.read(out.set) || !reader.ends()) return false;
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
    const std::size_t count = std::min(wanted, reader.readable());
    if (count == 0) return beyond;
    if (!reader.read(std::span(values).first(count))) return StoredComparison::kDamaged;
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
