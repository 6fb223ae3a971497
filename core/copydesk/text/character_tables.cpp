// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/character_tables.h"

#include <algorithm>
#include <iterator>

#include "copydesk/text/utf8.h"

namespace copydesk {

namespace {

#include "character_tables.inc"

constexpr std::uint32_t kReplacement = 0xFFFD;

// Hangul syllables, as The Unicode Standard, section 3.12, composes them.
constexpr std::uint32_t kSyllables = 0xAC00, kLastSyllable = 0xD7A3;
constexpr std::uint32_t kLeads = 0x1100, kVowels = 0x1161, kTails = 0x11A7;
constexpr std::uint32_t kVowelCount = 21, kTailCount = 28;

void append_syllable(std::uint32_t syllable, std::vector<std::uint32_t>& out) {
  const std::uint32_t index = syllable - kSyllables;
  out.push_back(kLeads + index / (kVowelCount * kTailCount));
  out.push_back(kVowels + index % (kVowelCount * kTailCount) / kTailCount);
  if (index % kTailCount != 0) out.push_back(kTails + index % kTailCount);
}

void append_folded(std::uint32_t code_point, std::vector<std::uint32_t>& out) {
  if (code_point >= kSyllables && code_point <= kLastSyllable) {
    return append_syllable(code_point, out);
  }
  const auto* const found =
      std::lower_bound(std::begin(kCasefoldKeys), std::end(kCasefoldKeys), code_point);
  if (found == std::end(kCasefoldKeys) || *found != code_point) return out.push_back(code_point);
  const auto entry = found - std::begin(kCasefoldKeys);
  out.insert(out.end(), kCasefoldPool + kCasefoldBegins[entry],
             kCasefoldPool + kCasefoldBegins[entry + 1]);
}

std::uint32_t combining_class(std::uint32_t code_point) {
  return character_traits(code_point) >> 8;
}

// Puts the marks behind each base in canonical order.
void order_marks(std::span<std::uint32_t> points) {
  for (std::size_t i = 0; i < points.size();) {
    if (points[i] < 0x300 || combining_class(points[i]) == 0) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < points.size() && combining_class(points[end]) != 0) ++end;
    std::stable_sort(
        points.begin() + static_cast<std::ptrdiff_t>(i),
        points.begin() + static_cast<std::ptrdiff_t>(end),
        [](std::uint32_t x, std::uint32_t y) { return combining_class(x) < combining_class(y); });
    i = end;
  }
}

}  // namespace

std::uint16_t character_traits(std::uint32_t code_point) {
  const std::size_t block = kTraitsBlockOf[code_point / kTraitsBlock];
  return kTraitsBlocks[block * kTraitsBlock + code_point % kTraitsBlock];
}

std::uint32_t lower_case_of(std::uint32_t code_point) {
  if (code_point < 0x80) {
    return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
  }
  std::size_t begin = 0, end = std::size(kLowerPairs) / 2;
  while (begin < end) {
    const std::size_t middle = begin + (end - begin) / 2;
    if (kLowerPairs[2 * middle] < code_point) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  const bool has = begin < std::size(kLowerPairs) / 2 && kLowerPairs[2 * begin] == code_point;
  return has ? kLowerPairs[2 * begin + 1] : code_point;
}

void append_casefolded(std::string_view text, std::vector<std::uint32_t>& out) {
  const std::size_t begin = out.size();
  while (!text.empty()) {
    const std::size_t valid = find_invalid_utf8(text);
    for (std::size_t i = 0; i < valid;) {
      const DecodedCharacter decoded = decode_utf8(text.data() + i);
      i += decoded.length;
      append_folded(decoded.code_point, out);
    }
    if (valid == text.size()) break;
    out.push_back(kReplacement);
    text.remove_prefix(valid + 1);
  }
  order_marks(std::span(out).subspan(begin));
}

std::string_view sentence_suppressions(std::string_view language) {
  for (const SuppressionList& list : kSuppressionLists) {
    if (list.language == language) return list.words;
  }
  return {};
}

}  // namespace copydesk
