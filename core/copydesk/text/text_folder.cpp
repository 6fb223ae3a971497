// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/text_folder.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>

#include "copydesk/kernels/word_mask.h"
#include "copydesk/text/fold_tables.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// How many marks a mark may pass on the way to its canonical place. Bounds the time for texts made
// of marks only; Unicode's stream-safe format allows 30.
constexpr int kFarthestMove = 32;

constexpr std::uint32_t kFirstLead = 0x1100, kLeads = 19;
constexpr std::uint32_t kFirstVowel = 0x1161, kVowels = 21;
constexpr std::uint32_t kFirstFinal = 0x11A8, kFinals = 27;
constexpr std::uint32_t kFirstSyllable = 0xAC00, kSyllables = kLeads * kVowels * (kFinals + 1);

// The canonical combining class of a character that is its own folding.
std::uint32_t mark_order(std::uint32_t code_point) {
  const MarkOrder* end = kMarkOrders + kMarkOrdersSize;
  const MarkOrder* run = std::partition_point(
      kMarkOrders, end, [=](const MarkOrder& r) { return r.last < code_point; });
  return run != end && run->first <= code_point ? run->order : 0;
}

// The syllable that `tail` makes of the character in front of it, 0 if none (Unicode 15.0, 3.12).
std::uint32_t compose_hangul(std::uint32_t front, std::uint32_t tail) {
  if (tail - kFirstVowel < kVowels && front - kFirstLead < kLeads) {
    return kFirstSyllable + ((front - kFirstLead) * kVowels + (tail - kFirstVowel)) * (kFinals + 1);
  }
  if (tail - kFirstFinal < kFinals && front - kFirstSyllable < kSyllables &&
      (front - kFirstSyllable) % (kFinals + 1) == 0) {
    return front + (tail - kFirstFinal) + 1;
  }
  return 0;
}

// Characters beyond ASCII in 64 bytes, from which on it is faster to look every character up than
// to copy what stands between them.
constexpr int kManyFolded = 12;

constexpr std::size_t kBlock = 64;
constexpr std::size_t kMaskedBlocks = 64;

// Output of at least twice the input that is left and this is allocated before each block. No
// character grows more than that, but for the series, which see to their own room, and for bytes
// that begin no character: each of a block's may become one of four bytes and a boundary.
constexpr std::size_t kSpare = 5 * kBlock + 2 * kBlock;

// Bytes that may be read behind the start of a block.
constexpr std::size_t kReach = 2 * kBlock + 4;

template <bool kMapped>
class Folding {
 public:
  Folding(std::string_view text, std::string& out, OffsetMap* map)
      : text_(text.data()),
        end_(text.data() + text.size()),
        buffer_(out),
        map_(map),
        out_(out.data()) {}

  // Blocks near the end of the text are folded from a copy with zeros behind it.
  std::size_t run() {
    std::uint64_t starts[kMaskedBlocks];
    std::uint64_t high[kMaskedBlocks];
    char last[2 * kReach + kBlock] = {};
    const char* copied = nullptr;
    for (const char* in = text_; in < end_; in += kBlock) {
      const std::size_t left = static_cast<std::size_t>(end_ - in);
      make_room(left, 0);
      const std::size_t block = offset(in) / kBlock % kMaskedBlocks;
      if (block == 0) {
        character_masks(in, std::min(left, kBlock * kMaskedBlocks), starts, high);
      }
      if (left >= kReach) {
        fold_block(in, in, kBlock, starts[block], high[block]);
      } else {
        if (copied == nullptr) {
          copied = in;
          std::memcpy(last, in, left);
        }
        fold_block(in, last + (in - copied), std::min(left, kBlock), starts[block], high[block]);
      }
    }
    return size();
  }

 private:
  std::size_t size() const { return static_cast<std::size_t>(out_ - buffer_.data()); }
  std::size_t offset(const char* in) const { return static_cast<std::size_t>(in - text_); }

  void make_room(std::size_t left, std::size_t extra) {
    const std::size_t used = size();
    const std::size_t needed = used + 2 * left + extra + kSpare;
    if (buffer_.size() >= needed) return;
    const std::size_t solo = solo_end_ == nullptr
                                 ? std::string::npos
                                 : static_cast<std::size_t>(solo_end_ - buffer_.data());
    buffer_.resize(std::max(needed, buffer_.size() + buffer_.size() / 2));
    solo_end_ = solo == std::string::npos ? nullptr : buffer_.data() + solo;
    out_ = buffer_.data() + used;
  }

  // Call after writing: the last `written` bytes of the output stand for [in, next), character by
  // character if `is_run`, else each of them for all of it.
  void note(const char* in, const char* next, std::size_t written, bool is_run) {
    if constexpr (kMapped) {
      std::size_t to = size() - written;
      if (is_run) return map_->add(offset(in), offset(next), to, size(), true);
      while (to < size()) {
        const std::size_t length = utf8_length(static_cast<unsigned char>(buffer_[to]));
        const bool is_even = length == static_cast<std::size_t>(next - in);
        map_->add(offset(in), offset(next), to, to + length, is_even);
        to += length;
      }
    }
  }

  // Folds the characters that start in the `count` bytes at `bytes`, which stand in the text at
  // `in`.
  void fold_block(const char* in, const char* bytes, std::size_t count, std::uint64_t starts,
                  std::uint64_t high) {
    if (!kMapped && std::popcount(starts & high) >= kManyFolded) {
      fold_all(in, bytes, starts);
      return;
    }
    std::size_t done = skip_;  // bytes of a character that started in the block before
    for (std::uint64_t leads = starts & high; leads != 0; leads &= leads - 1) {
      const auto lead = static_cast<std::size_t>(std::countr_zero(leads));
      copy_ascii(in, bytes, done, lead);
      done = lead + fold_character(in + lead, bytes + lead);
    }
    if (done < count) copy_ascii(in, bytes, done, count);
    skip_ = done > count ? done - count : 0;
  }

  // At most a block. Copies more than needed, because a fixed size takes no decisions.
  void copy_ascii(const char* in, const char* bytes, std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    std::memcpy(out_, bytes + begin, kBlock);
    out_ += end - begin;
    note(in + begin, in + end, end - begin, true);
  }

  // Looks up every character. The pointers live in registers here, since writing bytes might change
  // members for all the compiler knows. The lengths of characters come from `starts`, so that no
  // character has to wait for the one before and none is mispredicted.
  [[gnu::noinline]] void fold_all(const char* in, const char* bytes, std::uint64_t starts) {
    // By the upper half of the first byte: which of its bits count, and how far the three-byte form
    // has to be shifted down.
    static constexpr std::uint8_t kLeadBits[16] = {0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F, 0x7F,
                                                   0,    0,    0,    0,    0x1F, 0x1F, 0x0F, 0};
    static constexpr std::uint8_t kShift[16] = {12, 12, 12, 12, 12, 12, 12, 12,
                                                0,  0,  0,  0,  6,  6,  0,  0};
    const std::uint32_t* const table = kFoldBasic;
    char* out = out_;
    const char* solo_end = solo_end_;
    std::size_t at = 0;
    for (; starts != 0; starts &= starts - 1) {
      at = static_cast<std::size_t>(std::countr_zero(starts));
      const auto byte = [&](std::size_t i) {
        return std::uint32_t{static_cast<unsigned char>(bytes[at + i])};
      };
      const std::uint32_t lead = byte(0);
      const std::uint32_t three =
          (lead & kLeadBits[lead >> 4]) << 12 | (byte(1) & 0x3F) << 6 | (byte(2) & 0x3F);
      const std::uint32_t entry = table[three >> kShift[lead >> 4]];
      const FoldKind kind = fold_kind(entry);
      if (lead < 0xF0) [[likely]] {
        if (kind == FoldKind::kPlain || (kind == FoldKind::kMark && out != solo_end)) {
          std::memcpy(out, &entry, 4);
          out += fold_length(entry);
          continue;
        }
        if (kind == FoldKind::kSolo) {
          *out = kTokenBoundary;
          out += out != solo_end ? 1 : 0;
          const std::uint32_t closed = fold_value(entry) | std::uint32_t{kTokenBoundary} << 24;
          std::memcpy(out, &closed, 4);
          out += 4;
          solo_end = out;
          continue;
        }
      }
      out_ = out;
      solo_end_ = solo_end;
      fold_character(in + at, bytes + at);
      out = out_;
      solo_end = solo_end_;
    }
    out_ = out;
    solo_end_ = solo_end;
    const std::size_t done = at + utf8_length(static_cast<unsigned char>(bytes[at]));
    skip_ = done > kBlock ? done - kBlock : 0;
  }

  // Folds the character whose bytes are at `bytes` and that stands in the text at `in`; returns its
  // length.
  [[gnu::noinline]] std::size_t fold_character(const char* in, const char* bytes) {
    const auto [code_point, length] = decode_utf8(bytes);
    const char* const next = in + std::min(length, static_cast<std::size_t>(end_ - in));
    if (code_point < 0x10000) {
      const std::uint32_t entry = kFoldBasic[code_point];
      const FoldKind kind = fold_kind(entry);
      if (kind == FoldKind::kSeries) {
        write_series(in, next, fold_value(entry));
      } else {
        write(in, next, kind, fold_value(entry), fold_length(entry));
      }
    } else {
      fold_upper(in, next, code_point);
    }
    return length;
  }

  void fold_upper(const char* in, const char* next, std::uint32_t code_point) {
    if (code_point > 0x10FFFF) return write(in, next, FoldKind::kPlain, ' ', 1);
    const std::uint32_t entry = upper_fold_entry(code_point);
    const FoldKind kind = fold_kind(entry);
    const std::uint32_t value = fold_value(entry);
    if (kind == FoldKind::kSeries) return write_series(in, next, value);
    if (value == kFoldToNothing) return write(in, next, kind, 0, 0);
    write_code_point(in, next, kind, value == kFoldToItself ? code_point : value);
  }

  void write_code_point(const char* in, const char* next, FoldKind kind, std::uint32_t code_point) {
    char bytes[4] = {};
    const std::size_t length = encode_utf8(code_point, bytes);
    std::uint32_t packed;
    std::memcpy(&packed, bytes, 4);
    write(in, next, kind, packed, static_cast<std::uint32_t>(length));
  }

  // Each point of a series is its own folding. All of them stand for the one original character.
  void write_series(const char* in, const char* next, std::uint32_t index) {
    const std::uint32_t count = kFoldSeries[index];
    make_room(static_cast<std::size_t>(end_ - next), 6 * std::size_t{count});
    for (std::uint32_t i = 1; i <= count; ++i) {
      const std::uint32_t point = kFoldSeries[index + i];
      if (point < 0x10000) {
        const std::uint32_t entry = kFoldBasic[point];
        write(in, next, fold_kind(entry), fold_value(entry), fold_length(entry));
      } else {
        write_code_point(in, next, fold_kind(upper_fold_entry(point)), point);
      }
    }
  }

  void write(const char* in, const char* next, FoldKind kind, std::uint32_t bytes,
             std::uint32_t length) {
    switch (kind) {
      case FoldKind::kPlain:
        write_plain(in, next, bytes, length);
        break;
      case FoldKind::kSolo:
        if (out_ != solo_end_) *out_++ = kTokenBoundary;
        write_plain(in, next, bytes, length);
        *out_++ = kTokenBoundary;
        solo_end_ = out_;
        break;
      default:
        write_joining(in, next, kind, bytes, length);
    }
  }

  void write_plain(const char* in, const char* next, std::uint32_t bytes, std::uint32_t length) {
    std::memcpy(out_, &bytes, 4);
    out_ += length;
    if constexpr (kMapped) {
      if (length == 0) {
        map_->extend(offset(next));
      } else {
        note(in, next, length, false);
      }
    }
  }

  void write_joining(const char* in, const char* next, FoldKind kind, std::uint32_t bytes,
                     std::uint32_t length) {
    char text[4];
    std::memcpy(text, &bytes, 4);
    const std::uint32_t code_point = decode_utf8(text).code_point;
    const bool is_hangul = code_point - kFirstVowel < kFirstFinal + kFinals - kFirstVowel;
    const std::uint32_t order =
        kind == FoldKind::kMoving && !is_hangul ? mark_order(code_point) : 0;
    if (kind == FoldKind::kMoving && is_hangul) {
      if (!compose(next, code_point)) write_plain(in, next, bytes, length);
      return;
    }
    const bool joins_solo = out_ == solo_end_;
    if (joins_solo) --out_;
    char* place = out_;
    if (order != 0) {
      for (int i = 0; i < kFarthestMove; ++i) {
        char* const front = character_before(place);
        if (front == place || mark_order(decode_utf8(front).code_point) <= order) break;
        place = front;
      }
      std::memmove(place + length, place, static_cast<std::size_t>(out_ - place));
    }
    std::memcpy(place, text, length);
    out_ += length;
    note(in, next, length, false);
    if (joins_solo) {
      *out_++ = kTokenBoundary;
      solo_end_ = out_;
    }
  }

  // Merges a vowel or final of Hangul into the character in front of it, if the two make a
  // syllable.
  bool compose(const char* next, std::uint32_t tail) {
    char* const front = character_before(out_);
    if (front == out_) return false;
    const std::uint32_t syllable = compose_hangul(decode_utf8(front).code_point, tail);
    if (syllable == 0) return false;
    encode_utf8(syllable, front);
    if constexpr (kMapped) map_->extend(offset(next));
    return true;
  }

  // The start of the character that ends at `place`, or `place` itself at the start of the text.
  char* character_before(char* place) const {
    while (place != buffer_.data()) {
      --place;
      if ((static_cast<unsigned char>(*place) & 0xC0) != 0x80) break;
    }
    return place;
  }

  const char* const text_;
  const char* const end_;
  std::string& buffer_;
  OffsetMap* const map_;
  char* out_;
  const char* solo_end_ = nullptr;  // where the boundary behind a solo character ends
  std::size_t skip_ = 0;  // bytes at the start of the next block that belong to a folded character
};

}  // namespace

std::size_t fold_text(std::string_view text, std::string& out, OffsetMap* map) {
  if (map == nullptr) return Folding<false>(text, out, nullptr).run();
  map->clear();
  return Folding<true>(text, out, map).run();
}

}  // namespace copydesk
