// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/text_folder.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>

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

// Output of at least twice the input that is left and this is always allocated, because no
// character grows more than that, but for the series, which see to their own room, and for bytes
// that begin no character: each of a stretch's may become one of four bytes and a boundary.
constexpr std::size_t kSpare = 256;
constexpr std::size_t kGrowthOfInvalid = 3;  // beyond the twofold

// Characters beyond ASCII in 64 bytes, from which on it is faster to look every character up than
// to copy what stands between them.
constexpr std::size_t kManyFolded = 12;

constexpr std::size_t kBlock = 64;
constexpr std::size_t kMaskedBlocks = 64;
constexpr std::size_t kStretch = kBlock * kMaskedBlocks;
// Bytes of ASCII that are copied at once, needed or not, because a fixed size takes no decisions.
constexpr std::size_t kCopied = 128;

template <bool kMapped>
class Folding {
 public:
  Folding(std::string_view text, const FoldTables& tables, std::string& out, OffsetMap* map)
      : tables_(tables),
        basic_(tables.basic),
        text_(text.data()),
        end_(text.data() + text.size()),
        buffer_(out),
        map_(map),
        out_(out.data()) {}

  std::size_t run() {
    std::uint64_t starts[kMaskedBlocks];
    std::uint64_t high[kMaskedBlocks];
    std::uint16_t places[positions_capacity(kMaskedBlocks)];
    for (const char* in = text_; in < end_; in += kStretch) {
      const std::size_t left = static_cast<std::size_t>(end_ - in);
      const std::size_t count = std::min(left, kStretch);
      make_room(left, kGrowthOfInvalid * count);
      const std::size_t blocks = (count + kBlock - 1) / kBlock;
      character_masks(in, count, starts, high);
      for (std::size_t i = 0; i < blocks; ++i) high[i] &= starts[i];
      const std::size_t leads = bit_positions(high, blocks, places);
      if (kMapped || leads < kManyFolded * blocks) {
        fold_some(in, count, {places, leads});
      } else {
        std::uint16_t codes[codes_capacity(kStretch)];
        character_codes(in, left, count, codes);
        fold_all(in, {places, bit_positions(starts, blocks, places)}, codes);
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
    if (buffer_.size() < needed) {
      const std::size_t solo = solo_end_ == nullptr
                                   ? std::string::npos
                                   : static_cast<std::size_t>(solo_end_ - buffer_.data());
      buffer_.resize(std::max(needed, buffer_.size() + buffer_.size() / 2));
      solo_end_ = solo == std::string::npos ? nullptr : buffer_.data() + solo;
    }
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

  // Folds the characters at `leads` of the `count` bytes at `in` and copies what stands between.
  void fold_some(const char* in, std::size_t count, std::span<const std::uint16_t> leads) {
    std::size_t done = skip_;  // bytes of a character that started in the stretch before
    for (const std::size_t lead : leads) {
      if (lead < done) continue;  // no valid UTF-8
      copy_ascii(in, done, lead);
      done = lead + fold_one(in + lead);
    }
    if (done < count) copy_ascii(in, done, count);
    skip_ = done > count ? done - count : 0;
  }

  void copy_ascii(const char* in, std::size_t begin, std::size_t end) {
    if (begin == end) return;
    const std::size_t size = end - begin;
    if (size <= kCopied && static_cast<std::size_t>(end_ - (in + begin)) >= kCopied) {
      std::memcpy(out_, in + begin, kCopied);
    } else {
      std::memcpy(out_, in + begin, size);
    }
    out_ += size;
    note(in + begin, in + end, size, true);
  }

  // Folds the character at `in`, which is most likely of two or three bytes and replaced by others;
  // returns its length.
  std::size_t fold_one(const char* in) {
    if (static_cast<std::size_t>(end_ - in) < sizeof(std::uint32_t)) return fold_last(in);
    std::uint32_t bytes;
    std::memcpy(&bytes, in, sizeof(bytes));
    const std::uint32_t lead = bytes & 0xFF;
    // Without a branch, which quotation marks between accented letters would have mispredicted.
    const std::uint32_t is_longer = lead >> 5 & 1;
    const std::uint32_t three = (lead & 0x0F) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
    const std::uint32_t two = (lead & 0x1F) << 6 | (bytes >> 8 & 0x3F);
    const std::uint32_t entry = basic_[two ^ ((two ^ three) & (0 - is_longer))];
    if (kMapped || lead >= 0xF0 || fold_kind(entry) != FoldKind::kPlain) {
      return fold_character(in, in);
    }
    const std::uint32_t folded = fold_value(entry);
    std::memcpy(out_, &folded, sizeof(folded));
    out_ += fold_length(entry);
    return 2 + is_longer;
  }

  // The same for one of the last characters: four bytes are readable at `bytes` only in a copy.
  [[gnu::noinline]] std::size_t fold_last(const char* in) {
    char bytes[4] = {};
    std::memcpy(bytes, in, static_cast<std::size_t>(end_ - in));
    return fold_character(in, bytes);
  }

  // Looks up every character that begins at one of `starts`, counted from `in`, by its code. The
  // pointers live in registers here, since writing bytes might change members for all the compiler
  // knows. That all places are known keeps a character from waiting for the length of the one
  // before.
  [[gnu::noinline]] void fold_all(const char* in, std::span<const std::uint16_t> starts,
                                  const std::uint16_t* codes) {
    const std::uint32_t* const table = basic_;
    char* out = out_;
    const char* solo_end = solo_end_;
    const std::uint16_t* const last = &starts.back();
    for (const std::uint16_t* start = starts.data(); start <= last; ++start) {
      const std::uint32_t code = codes[*start];
      std::uint32_t entry = table[code];
      const FoldKind kind = fold_kind(entry);
      if (code != kLongCharacter) [[likely]] {
        if (kind == FoldKind::kPlain || (kind == FoldKind::kMark && out != solo_end)) {
          std::memcpy(out, &entry, 4);
          out += fold_length(entry);
          continue;
        }
        if (kind == FoldKind::kSolo) {
          if (out != solo_end) *out++ = kTokenBoundary;
          for (;; entry = table[codes[*++start]]) {
            const std::uint32_t closed = fold_value(entry) | std::uint32_t{kTokenBoundary} << 24;
            std::memcpy(out, &closed, 4);
            out += 4;
            if (start == last || fold_kind(table[codes[start[1]]]) != FoldKind::kSolo) break;
          }
          solo_end = out;
          continue;
        }
      }
      out_ = out;
      solo_end_ = solo_end;
      if (end_ - (in + *start) >= 4) {
        fold_character(in + *start, in + *start);
      } else {
        fold_last(in + *start);
      }
      out = out_;
      solo_end = solo_end_;
    }
    out_ = out;
    solo_end_ = solo_end;
    const std::size_t done = *last + utf8_length(static_cast<unsigned char>(in[*last]));
    skip_ = done > kStretch ? done - kStretch : 0;
  }

  // Folds the character whose bytes are at `bytes` and that stands in the text at `in`; returns its
  // length.
  [[gnu::noinline]] std::size_t fold_character(const char* in, const char* bytes) {
    const auto [code_point, length] = decode_utf8(bytes);
    const char* const next = in + std::min(length, static_cast<std::size_t>(end_ - in));
    if (code_point < 0x10000) {
      const std::uint32_t entry = basic_[code_point];
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
    const std::uint32_t entry = tables_.upper_entry(code_point);
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
        const std::uint32_t entry = basic_[point];
        write(in, next, fold_kind(entry), fold_value(entry), fold_length(entry));
      } else {
        write_code_point(in, next, fold_kind(tables_.upper_entry(point)), point);
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
      if (!is_utf8_tail(*place)) break;
    }
    return place;
  }

  const FoldTables& tables_;
  const std::uint32_t* const basic_;
  const char* const text_;
  const char* const end_;
  std::string& buffer_;
  OffsetMap* const map_;
  // Not side by side: GCC would keep the two pointers of fold_all in one vector, which is slower.
  char* out_ = nullptr;
  std::size_t skip_ =
      0;  // bytes at the start of the next stretch that belong to a folded character
  const char* solo_end_ = nullptr;  // where the boundary behind a solo character ends
};

}  // namespace

std::size_t fold_text(std::string_view text, const FoldTables& tables, std::string& out,
                      OffsetMap* map) {
  if (map == nullptr) return Folding<false>(text, tables, out, nullptr).run();
  map->clear();
  return Folding<true>(text, tables, out, map).run();
}

}  // namespace copydesk
