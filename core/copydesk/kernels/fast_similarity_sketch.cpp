// SPDX-License-Identifier: Apache-2.0
#include "copydesk/kernels/fast_similarity_sketch.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <vector>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "copydesk/kernels/fast_similarity_sketch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

// Algorithm 1 of Dahlgaard, Knudsen, Thorup, "Fast Similarity Sketching" (FOCS 2017). There are 2k
// rounds. In each of rounds [0, k) every element throws one hash value into a slot chosen by that
// hash; in round k + s every element throws into slot s. A slot keeps the smallest value, and a
// value carries its round in the upper bits, so an earlier round always wins. That makes the result
// one minimum over all (element, round) pairs: pairs may be evaluated in any order, more than once,
// or not at all once every slot holds a value of an earlier round. All shortcuts below rest on it:
//  - few elements: several rounds at a time, so that vectors are full of (element, round) pairs;
//  - a part of a vector that is left over is padded with a pair that was already there;
//  - the last group of rounds may reach back into rounds already done.
// The hash of a pair is mix(element + round * kWeyl), 32 bits; the slot is taken from its upper 16
// bits by multiply-shift, the value from its lower 32 - ceil(log2(2k)) bits.
HWY_BEFORE_NAMESPACE();
namespace copydesk::HWY_NAMESPACE {
namespace {

namespace hn = hwy::HWY_NAMESPACE;

using Lanes32 = hn::ScalableTag<std::uint32_t>;
using Vector32 = hn::Vec<Lanes32>;

constexpr std::uint32_t kWeyl = 0x9E3779B9;
constexpr std::uint32_t kEmptySlot = 0xFFFFFFFF;
constexpr std::size_t kMaxSlots = 1024;
constexpr std::size_t kMaxLanes = 64;
// Pairs hashed before their values are thrown; also the fewest pairs between two looks at whether
// all slots are filled.
constexpr std::size_t kBlockPairs = 128;

// The finalizer "lowbias32" (C. Wellons, hash-prospector): full avalanche in two multiplications.
HWY_INLINE Vector32 mix(Vector32 v) {
  const Lanes32 d;
  v = hn::Xor(v, hn::ShiftRight<16>(v));
  v = hn::Mul(v, hn::Set(d, 0x7FEB352D));
  v = hn::Xor(v, hn::ShiftRight<15>(v));
  v = hn::Mul(v, hn::Set(d, 0x846CA68B));
  return hn::Xor(v, hn::ShiftRight<16>(v));
}

struct Table {
  std::uint32_t slot_count;
  int value_bits;
  HWY_ALIGN std::uint32_t slots[kMaxSlots + kMaxLanes];
};

struct Pairs {
  HWY_ALIGN std::uint32_t slot[kBlockPairs + kMaxLanes];
  HWY_ALIGN std::uint32_t value[kBlockPairs + kMaxLanes];
};

// Hashes `keys` (element + round * kWeyl) and puts slot and value of each pair at `at`.
HWY_INLINE void hash_pairs(const Table& table, Vector32 keys, Vector32 round_bits, Pairs& pairs,
                           std::size_t at) {
  const Lanes32 d;
  const Vector32 hash = mix(keys);
  const Vector32 value_mask = hn::Set(d, (1U << table.value_bits) - 1);
#if HWY_TARGET == HWY_SCALAR
  const Vector32 slot =
      hn::ShiftRight<16>(hn::Mul(hn::ShiftRight<16>(hash), hn::Set(d, table.slot_count)));
#else
  const hn::Repartition<std::uint16_t, Lanes32> d16;
  const Vector32 slot = hn::ShiftRight<16>(hn::BitCast(
      d,
      hn::MulHigh(hn::BitCast(d16, hash), hn::BitCast(d16, hn::Set(d, table.slot_count << 16)))));
#endif
  hn::Store(slot, d, pairs.slot + at);
  hn::Store(hn::Or(hn::And(hash, value_mask), round_bits), d, pairs.value + at);
}

// One throw after the other: sorting out those that come too late or too high with vector
// instructions was measured to cost as much as it saves.
HWY_INLINE void throw_pairs(const Pairs& pairs, std::size_t count, Table& table) {
#pragma GCC unroll 4
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t& slot = table.slots[pairs.slot[i]];
    slot = std::min(slot, pairs.value[i]);
  }
}

// Slots beyond slot_count are 0 and count as filled.
HWY_INLINE bool all_filled(const Table& table) {
  const Lanes32 d;
  const Vector32 empty = hn::Set(d, kEmptySlot);
  for (std::size_t s = 0; s < table.slot_count; s += hn::Lanes(d)) {
    if (!hn::AllFalse(d, hn::Eq(hn::Load(d, table.slots + s), empty))) return false;
  }
  return true;
}

// Folds the 64-bit elements [begin, begin + lanes) to 32 bits, in any order.
HWY_INLINE Vector32 fold(const std::uint64_t* begin, Vector32 low_key, Vector32 high_key) {
  const Lanes32 d;
#if HWY_TARGET == HWY_SCALAR
  const Vector32 low = hn::Set(d, static_cast<std::uint32_t>(*begin));
  const Vector32 high = hn::Set(d, static_cast<std::uint32_t>(*begin >> 32));
#else
  const hn::Repartition<std::uint64_t, Lanes32> d64;
  const Vector32 first = hn::BitCast(d, hn::LoadU(d64, begin));
  const Vector32 second = hn::BitCast(d, hn::LoadU(d64, begin + hn::Lanes(d64)));
  const Vector32 low = hn::ConcatEven(d, second, first);
  const Vector32 high = hn::ConcatOdd(d, second, first);
#endif
  return hn::Add(hn::Xor(low, low_key), hn::Xor(high, high_key));
}

// Writes the folded elements to `folded`, padded to whole vectors with the first of them.
// REQUIRES: count > 0, room for count + lanes - 1.
HWY_INLINE void fold_all(const std::uint64_t* elements, std::size_t count, std::uint64_t key,
                         std::uint32_t* folded) {
  const Lanes32 d;
  const std::size_t lanes = hn::Lanes(d);
  const Vector32 low_key = hn::Set(d, static_cast<std::uint32_t>(key));
  const Vector32 high_key = hn::Set(d, static_cast<std::uint32_t>(key >> 32));
  const std::size_t whole = count / lanes * lanes;
  for (std::size_t i = 0; i < whole; i += lanes) {
    hn::StoreU(fold(elements + i, low_key, high_key), d, folded + i);
  }
  if (whole == count) return;
  std::uint64_t rest[kMaxLanes];
  std::fill_n(rest, lanes, elements[0]);
  std::copy(elements + whole, elements + count, rest);
  hn::StoreU(fold(rest, low_key, high_key), d, folded + whole);
}

// Rounds [0, k) for at most kBlockPairs elements: `rounds` rounds at a time, their pairs side by
// side. Returns whether all slots were filled.
bool throw_few(const std::uint32_t* folded, std::size_t count, Table& table) {
  const Lanes32 d;
  const std::size_t lanes = hn::Lanes(d);
  const std::size_t k = table.slot_count;
  const std::size_t rounds = std::min(k, kBlockPairs / count);
  const std::size_t pair_count = rounds * count;
  HWY_ALIGN std::uint32_t keys[kBlockPairs + kMaxLanes];
  HWY_ALIGN std::uint32_t round_bits[kBlockPairs + kMaxLanes];
  for (std::size_t r = 0; r < rounds; ++r) {
    for (std::size_t i = 0; i < count; ++i) {
      keys[r * count + i] = folded[i] + static_cast<std::uint32_t>(r) * kWeyl;
      round_bits[r * count + i] = static_cast<std::uint32_t>(r) << table.value_bits;
    }
  }
  std::fill_n(keys + pair_count, lanes, keys[0]);
  std::fill_n(round_bits + pair_count, lanes, round_bits[0]);
  for (std::size_t done = 0; done < k; done += rounds) {
    const auto first = static_cast<std::uint32_t>(std::min(done, k - rounds));
    const Vector32 step = hn::Set(d, first * kWeyl);
    const Vector32 first_bits = hn::Set(d, first << table.value_bits);
    Pairs pairs;
    for (std::size_t i = 0; i < pair_count; i += lanes) {
      hash_pairs(table, hn::Add(hn::Load(d, keys + i), step),
                 hn::Add(hn::Load(d, round_bits + i), first_bits), pairs, i);
    }
    throw_pairs(pairs, pair_count, table);
    if (all_filled(table)) return true;
  }
  return false;
}

// One round over a chunk of folded elements, padded to whole vectors.
HWY_INLINE void throw_chunk(const std::uint32_t* folded, std::size_t count, std::uint32_t round,
                            Table& table) {
  const Lanes32 d;
  const std::size_t lanes = hn::Lanes(d);
  const Vector32 step = hn::Set(d, round * kWeyl);
  const Vector32 round_bits = hn::Set(d, round << table.value_bits);
  for (std::size_t begin = 0; begin < count; begin += kBlockPairs) {
    const std::size_t size = std::min(kBlockPairs, count - begin);
    Pairs pairs;
    for (std::size_t i = 0; i < size; i += lanes) {
      hash_pairs(table, hn::Add(hn::LoadU(d, folded + begin + i), step), round_bits, pairs, i);
    }
    throw_pairs(pairs, size, table);
  }
}

// Rounds [k, 2k): a slot without a value of rounds [0, k) takes the smallest of its own round.
void fill_rest(const std::uint32_t* folded, std::size_t count, Table& table) {
  const Lanes32 d;
  const Vector32 value_mask = hn::Set(d, (1U << table.value_bits) - 1);
  const Vector32 first_value = hn::Set(d, table.slot_count << table.value_bits);
  for (std::size_t s = 0; s < table.slot_count; s += hn::Lanes(d)) {
    const Vector32 slots = hn::Load(d, table.slots + s);
    if (hn::AllTrue(d, hn::Lt(slots, first_value))) continue;
    const Vector32 round = hn::Iota(d, table.slot_count + static_cast<std::uint32_t>(s));
    const Vector32 step = hn::Mul(round, hn::Set(d, kWeyl));
    Vector32 smallest = value_mask;
    for (std::size_t i = 0; i < count; ++i) {
      const Vector32 hash = mix(hn::Add(hn::Set(d, folded[i]), step));
      smallest = hn::Min(smallest, hn::And(hash, value_mask));
    }
    const Vector32 value = hn::Or(smallest, hn::ShiftLeftSame(round, table.value_bits));
    hn::Store(hn::Min(slots, value), d, table.slots + s);
  }
}

// More elements than a block of pairs holds. With `may_repeat`, gives up and returns false when the
// slots fill so slowly that most elements must be repeats.
bool throw_many(std::span<const std::uint64_t> elements, std::uint64_t key, bool may_repeat,
                Table& table) {
  constexpr std::size_t kChunk = 2048;
  const std::size_t count = elements.size();
  const std::size_t k = table.slot_count;
  std::uint32_t folded[kChunk + kMaxLanes];
  // All k slots take about k ln k throws, and more than k (ln k + 10) with a probability of e^-10.
  const std::size_t enough = k * (std::bit_width(k) + 10) / count + 1;
  for (std::uint32_t round = 0; round < k; ++round) {
    if (may_repeat && round > enough) return false;
    for (std::size_t begin = 0; begin < count; begin += kChunk) {
      const std::size_t size = std::min(kChunk, count - begin);
      if (round == 0 || count > kChunk) fold_all(elements.data() + begin, size, key, folded);
      throw_chunk(folded, size, round, table);
    }
    if (all_filled(table)) return true;
  }
  for (std::size_t begin = 0; begin < count; begin += kChunk) {
    const std::size_t size = std::min(kChunk, count - begin);
    fold_all(elements.data() + begin, size, key, folded);
    fill_rest(folded, size, table);
  }
  return true;
}

void throw_all(std::span<const std::uint64_t> elements, std::uint64_t key, bool may_repeat,
               Table& table) {
  const std::size_t count = elements.size();
  if (count == 0) return;
  if (count <= kBlockPairs) {
    std::uint32_t folded[kBlockPairs + kMaxLanes];
    fold_all(elements.data(), count, key, folded);
    if (!throw_few(folded, count, table)) fill_rest(folded, count, table);
  } else if (!throw_many(elements, key, may_repeat, table)) {
    std::vector<std::uint64_t> distinct(elements.begin(), elements.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    throw_all(distinct, key, false, table);
  }
}

void sketch_elements(std::span<const std::uint64_t> elements, std::uint64_t key,
                     std::span<std::uint32_t> slots) {
  const std::size_t k = slots.size();
  Table table;
  table.slot_count = static_cast<std::uint32_t>(k);
  table.value_bits = 32 - static_cast<int>(std::bit_width(2 * k - 1));
  std::fill_n(table.slots, k, kEmptySlot);
  std::fill_n(table.slots + k, kMaxLanes, 0U);
  throw_all(elements, key, true, table);
  std::copy_n(table.slots, k, slots.data());
}

}  // namespace
}  // namespace copydesk::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace copydesk {

HWY_EXPORT(sketch_elements);

void fast_similarity_sketch(std::span<const std::uint64_t> elements, std::uint64_t seed,
                            std::span<std::uint32_t> slots) {
  assert(slots.size() >= 16 && slots.size() <= 1024 && slots.size() % 8 == 0);
  // The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  std::uint64_t key = seed + 0x9E3779B97F4A7C15;
  key = (key ^ (key >> 30)) * 0xBF58476D1CE4E5B9;
  key = (key ^ (key >> 27)) * 0x94D049BB133111EB;
  key ^= key >> 31;
  HWY_DYNAMIC_DISPATCH(sketch_elements)(elements, key, slots);
}

}  // namespace copydesk
#endif  // HWY_ONCE
