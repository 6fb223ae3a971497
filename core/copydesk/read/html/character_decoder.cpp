// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/character_decoder.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "copydesk/read/html/ascii.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

struct EncodingLabel {
  std::string_view label;
  std::uint8_t set;
};

#include "character_sets.inc"

constexpr std::uint32_t kNoCharacter = 0xFFFD;

// Bytes with a position. Every decoder below takes at least one byte per call, and on an error
// leaves an ASCII byte that came second, so that a broken character never swallows markup.
struct Bytes {
  std::string_view text;
  std::size_t at = 0;

  [[nodiscard]] bool done() const { return at >= text.size(); }
  [[nodiscard]] unsigned peek(std::size_t ahead = 0) const {
    return at + ahead < text.size() ? static_cast<unsigned char>(text[at + ahead]) : 0x100U;
  }
  unsigned take() { return static_cast<unsigned char>(text[at++]); }
};

void append(std::string& out, std::uint32_t code_point) {
  if (code_point >= 0xD800 && code_point < 0xE000) code_point = kNoCharacter;
  char bytes[4];
  out.append(bytes, encode_utf8(std::min<std::uint32_t>(code_point, 0x10FFFF), bytes));
}

std::uint32_t look_up(const std::uint32_t* table, unsigned first, unsigned second) {
  if (first < 0x81 || first > 0xFE || second < 0x40 || second > 0xFE) return kNoCharacter;
  return table[(first - 0x81) * 191 + (second - 0x40)];
}

// The second byte of a pair; an ASCII byte that makes no character stays for itself.
std::uint32_t take_pair(const std::uint32_t* table, unsigned first, Bytes& in) {
  const std::uint32_t found = look_up(table, first, in.peek());
  if (!in.done() && (found != kNoCharacter || in.peek() >= 0x80)) ++in.at;
  return found;
}

// JIS X 0208 by row and cell from 0, out of the table of Shift_JIS.
std::uint32_t jis0208(unsigned row, unsigned cell) {
  const unsigned first = (row / 2) + (row / 2 < 0x1F ? 0x81 : 0xC1);
  unsigned second = row % 2 == 0 ? 0x40 + cell : 0x9F + cell;
  if (row % 2 == 0 && second >= 0x7F) ++second;
  return look_up(kShiftJis, first, second);
}

std::uint32_t decode_gb18030(Bytes& in) {
  const unsigned first = in.take();
  if (first < 0x80) return first;
  if (first == 0x80) return 0x20AC;
  const unsigned second = in.peek();
  const unsigned third = in.peek(1);
  const unsigned fourth = in.peek(2);
  if (second < 0x30 || second > 0x39) return take_pair(kGb18030TwoBytes, first, in);
  if (first == 0xFF || third < 0x81 || third > 0xFE || fourth < 0x30 || fourth > 0x39) {
    return kNoCharacter;
  }
  in.at += 3;
  const unsigned number =
      ((first - 0x81) * 10 + second - 0x30) * 1260 + (third - 0x81) * 10 + fourth - 0x30;
  if (number < std::size(kGb18030FourBytes)) return kGb18030FourBytes[number];
  return number >= 189000 && number <= 1237575 ? number - 189000 + 0x10000 : kNoCharacter;
}

std::uint32_t decode_big5(Bytes& in, std::uint32_t& mark) {
  const unsigned first = in.take();
  if (first < 0x80) return first;
  const unsigned pair = first << 8 | in.peek();
  // Four letters with a mark of their own, for which Unicode has no single character.
  if (pair == 0x8862 || pair == 0x8864 || pair == 0x88A3 || pair == 0x88A5) {
    ++in.at;
    mark = pair == 0x8862 || pair == 0x88A3 ? 0x304 : 0x30C;
    return pair < 0x8870 ? 0xCA : 0xEA;
  }
  return take_pair(kBig5, first, in);
}

std::uint32_t decode_shift_jis(Bytes& in) {
  const unsigned first = in.take();
  if (first <= 0x80) return first;
  if (first >= 0xA1 && first <= 0xDF) return 0xFF61 + first - 0xA1;
  return take_pair(kShiftJis, first, in);
}

std::uint32_t decode_euc_jp(Bytes& in) {
  const unsigned first = in.take();
  const auto is_tail = [](unsigned byte) { return byte >= 0xA1 && byte <= 0xFE; };
  if (first < 0x80) return first;
  const unsigned second = in.peek();
  if (first == 0x8E && second >= 0xA1 && second <= 0xDF) {
    return 0xFF61 + in.take() - 0xA1;
  }
  if (first == 0x8F && is_tail(second) && is_tail(in.peek(1))) {
    const std::uint32_t found = kJis0212[(second - 0xA1) * 94 + in.peek(1) - 0xA1];
    in.at += 2;
    return found;
  }
  if (!is_tail(first) || !is_tail(second)) {
    if (second >= 0x80 && second < 0x100) ++in.at;
    return kNoCharacter;
  }
  ++in.at;
  return jis0208(first - 0xA1, second - 0xA1);
}

void decode_iso_2022_jp(Bytes in, std::string& out) {
  enum class State { kAscii, kRoman, kKatakana, kKanji } state = State::kAscii;
  while (!in.done()) {
    const unsigned first = in.take();
    if (first == 0x1B) {
      const unsigned escape = in.peek() << 8 | in.peek(1);
      if (escape == 0x2842 || escape == 0x284A || escape == 0x2849 || escape == 0x2440 ||
          escape == 0x2442) {
        in.at += 2;
        state = escape == 0x2842   ? State::kAscii
                : escape == 0x284A ? State::kRoman
                : escape == 0x2849 ? State::kKatakana
                                   : State::kKanji;
        continue;
      }
      append(out, kNoCharacter);
    } else if (first < 0x21 || first >= 0x7F) {
      append(out, first < 0x80 ? first : kNoCharacter);
    } else if (state == State::kKatakana) {
      append(out, first <= 0x5F ? 0xFF61 + first - 0x21 : kNoCharacter);
    } else if (state == State::kKanji) {
      const unsigned second = in.peek();
      const bool whole = second >= 0x21 && second <= 0x7E;
      if (whole) ++in.at;
      append(out, whole ? jis0208(first - 0x21, second - 0x21) : kNoCharacter);
    } else if (state == State::kRoman && (first == 0x5C || first == 0x7E)) {
      append(out, first == 0x5C ? 0xA5 : 0x203E);
    } else {
      append(out, first);
    }
  }
}

void decode_utf16(std::string_view bytes, bool big_endian, std::string& out) {
  const auto unit = [&](std::size_t i) -> std::uint32_t {
    const auto a = static_cast<unsigned char>(bytes[i]);
    const auto b = static_cast<unsigned char>(bytes[i + 1]);
    return big_endian ? a << 8 | b : b << 8 | a;
  };
  std::size_t i = 0;
  for (; i + 1 < bytes.size(); i += 2) {
    const std::uint32_t high = unit(i);
    if ((high & 0xFC00) == 0xD800 && i + 3 < bytes.size() && (unit(i + 2) & 0xFC00) == 0xDC00) {
      append(out, 0x10000 + ((high & 0x3FF) << 10) + (unit(i + 2) & 0x3FF));
      i += 2;
    } else {
      append(out, high);
    }
  }
  if (i < bytes.size()) append(out, kNoCharacter);
}

// Every maximal part of a character that is not whole becomes one U+FFFD, as browsers do it.
void decode_broken_utf8(std::string_view bytes, std::string& out) {
  while (!bytes.empty()) {
    const std::size_t good = find_invalid_utf8(bytes);
    out.append(bytes.substr(0, good));
    bytes.remove_prefix(good);
    if (bytes.empty()) return;
    append(out, kNoCharacter);
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
    const std::size_t length = byte(0) < 0xC2 || byte(0) > 0xF4 ? 1 : utf8_length(byte(0));
    std::size_t bad = 1;
    while (bad < length && bad < bytes.size() && (byte(bad) & 0xC0) == 0x80) {
      const bool out_of_range =
          bad == 1 && ((byte(0) == 0xE0 && byte(1) < 0xA0) || (byte(0) == 0xED && byte(1) > 0x9F) ||
                       (byte(0) == 0xF0 && byte(1) < 0x90) || (byte(0) == 0xF4 && byte(1) > 0x8F));
      if (out_of_range) break;
      ++bad;
    }
    bytes.remove_prefix(bad);
  }
}

template <class Decode>
void decode_all(std::string_view bytes, std::string& out, Decode decode) {
  Bytes in{bytes};
  while (!in.done()) {
    if (in.peek() < 0x80) {
      const std::size_t begin = in.at;
      while (in.peek() < 0x80) ++in.at;
      out.append(bytes.substr(begin, in.at - begin));
    } else {
      append(out, decode(in));
    }
  }
}

}  // namespace

std::optional<CharacterSet> find_character_set(std::string_view label) {
  const std::string lower = ascii_lower(trim_html_space(label));
  const auto* const found = std::lower_bound(
      std::begin(kEncodingLabels), std::end(kEncodingLabels), lower,
      [](const EncodingLabel& entry, const std::string& name) { return entry.label < name; });
  if (found == std::end(kEncodingLabels) || found->label != lower) return std::nullopt;
  return static_cast<CharacterSet>(found->set);
}

void decode_characters(std::string_view bytes, CharacterSet set, std::string& out) {
  out.clear();
  switch (set) {
    case CharacterSet::kUtf8:
      return decode_broken_utf8(bytes, out);
    case CharacterSet::kUtf16le:
    case CharacterSet::kUtf16be:
      return decode_utf16(bytes, set == CharacterSet::kUtf16be, out);
    case CharacterSet::kReplacement:
      if (!bytes.empty()) append(out, kNoCharacter);
      return;
    case CharacterSet::kUserDefined:
      return decode_all(bytes, out, [](Bytes& in) { return 0xF780 + in.take() - 0x80; });
    case CharacterSet::kGbk:
    case CharacterSet::kGb18030:
      return decode_all(bytes, out, decode_gb18030);
    case CharacterSet::kBig5: {
      std::uint32_t mark = 0;
      return decode_all(bytes, out, [&](Bytes& in) {
        const std::uint32_t letter = decode_big5(in, mark);
        if (mark == 0) return letter;
        append(out, letter);
        return std::exchange(mark, 0);
      });
    }
    case CharacterSet::kEucJp:
      return decode_all(bytes, out, decode_euc_jp);
    case CharacterSet::kIso2022Jp:
      return decode_iso_2022_jp({bytes}, out);
    case CharacterSet::kShiftJis:
      return decode_all(bytes, out, decode_shift_jis);
    case CharacterSet::kEucKr:
      return decode_all(bytes, out, [](Bytes& in) { return take_pair(kEucKr, in.take(), in); });
    default: {
      const std::uint16_t* const upper =
          kSingleByteSets + (static_cast<std::size_t>(set) - kFirstSingleByteSet) * 128;
      return decode_all(bytes, out,
                        [upper](Bytes& in) -> std::uint32_t { return upper[in.take() - 0x80]; });
    }
  }
}

}  // namespace copydesk
