// SPDX-License-Identifier: Apache-2.0
//
// generate_fold_tables FILE: writes the folding of every character as C++ arrays, from the Unicode
// data of ICU. Run by the build; nothing of it is part of the library. The rules it applies are
// those of docs/text.md, section "Folding a character".

#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "copydesk/text/fold_entry.h"

namespace copydesk {
namespace {

using CodePoints = std::vector<std::uint32_t>;

constexpr std::uint32_t kSeparator = ' ';

// Which rules the tables under way are made by: the usual ones, or those of `--fold`.
struct Rules {
  bool keeps_accents = false;
  bool simplifies_chinese = false;
};
Rules rules;

[[noreturn]] void fail(const char* what, std::uint32_t code_point) {
  std::fprintf(stderr, "generate_fold_tables: %s at U+%04X\n", what,
               static_cast<unsigned>(code_point));
  std::exit(1);
}

bool in_any(std::uint32_t c,
            std::initializer_list<std::pair<std::uint32_t, std::uint32_t>> ranges) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [c](const auto& range) { return c >= range.first && c <= range.second; });
}

bool is_in_unicode_15(std::uint32_t c) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(c), age);
  return age[0] >= 1 && age[0] <= 15 && (age[0] < 15 || age[1] == 0);
}

std::uint32_t category_mask(std::uint32_t c) {
  return U_GET_GC_MASK(static_cast<UChar32>(c));
}

bool is_mark(std::uint32_t c) {
  return (category_mask(c) & U_GC_M_MASK) != 0;
}

// Accents of Latin, Greek and Cyrillic, voicing marks of kana: part of the letter in some languages.
bool is_accent(std::uint32_t c) {
  return in_any(c, {{0x0300, 0x036F},
                    {0x0483, 0x0489},
                    {0x1AB0, 0x1AFF},
                    {0x1DC0, 0x1DFF},
                    {0x20D0, 0x20FF},
                    {0x3099, 0x309A},
                    {0xFE20, 0xFE2F}});
}

// Points and accents that texts carry or leave out without becoming other texts.
bool is_dropped(std::uint32_t c) {
  if (u_hasBinaryProperty(static_cast<UChar32>(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT)) return true;
  if (c == 0x0640) return true;  // Arabic tatweel
  if ((category_mask(c) & (U_GC_MN_MASK | U_GC_ME_MASK)) == 0) return false;
  if (is_accent(c)) return !rules.keeps_accents;
  return in_any(c, {{0x0590, 0x05FF},
                    {0x0600, 0x06FF},
                    {0x0700, 0x074F},
                    {0x0750, 0x077F},
                    {0x0870, 0x08FF},
                    {0xFB1E, 0xFB1E},
                    {0x10EC0, 0x10EFF}});
}

// Letters of scripts that put no spaces between words.
bool is_solo(std::uint32_t c) {
  if ((category_mask(c) & (U_GC_L_MASK | U_GC_NL_MASK)) == 0) return false;
  if (c >= 0x3000 && c <= 0x30FF) return true;
  UErrorCode status = U_ZERO_ERROR;
  switch (uscript_getScript(static_cast<UChar32>(c), &status)) {
    case USCRIPT_HAN:
    case USCRIPT_HIRAGANA:
    case USCRIPT_KATAKANA:
    case USCRIPT_BOPOMOFO:
    case USCRIPT_YI:
    case USCRIPT_TANGUT:
    case USCRIPT_NUSHU:
    case USCRIPT_KHITAN_SMALL_SCRIPT:
    case USCRIPT_THAI:
    case USCRIPT_LAO:
    case USCRIPT_KHMER:
    case USCRIPT_MYANMAR:
    case USCRIPT_TAI_LE:
    case USCRIPT_NEW_TAI_LUE:
    case USCRIPT_LANNA:
    case USCRIPT_TAI_VIET:
    case USCRIPT_AHOM:
    case USCRIPT_JAVANESE:
    case USCRIPT_BALINESE:
      return true;
    default:
      return false;
  }
}

// Controls, private use, surrogates, and what later versions of Unicode may put where 15.0 has
// nothing.
FoldKind kind_of_unknown(std::uint32_t c, bool& separates) {
  separates = c < 0xA0 || (c & 0xFFFE) == 0xFFFE || c >= 0x40000 ||
              in_any(c, {{0x2000, 0x2BFF},
                         {0x2E00, 0x2E7F},
                         {0xD800, 0xF8FF},
                         {0xFDD0, 0xFDEF},
                         {0xFFF0, 0xFFFF},
                         {0x1D000, 0x1D3FF},
                         {0x1F000, 0x1FBFF}});
  return c >= 0x20000 && c <= 0x3FFFF ? FoldKind::kSolo : FoldKind::kPlain;
}

void append_kept(const icu::UnicodeString& text, CodePoints& out) {
  for (int32_t i = 0; i < text.length(); i = text.moveIndex32(i, 1)) {
    const auto c = static_cast<std::uint32_t>(text.char32At(i));
    if (!is_dropped(c)) out.push_back(c);
  }
}

icu::UnicodeString to_string(const CodePoints& points) {
  icu::UnicodeString text;
  for (const std::uint32_t c : points) text.append(static_cast<UChar32>(c));
  return text;
}

// Decomposes by compatibility and drops what does not count.
CodePoints decompose(const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkd = icu::Normalizer2::getNFKDInstance(status);
  CodePoints points;
  append_kept(nfkd->normalize(text, status), points);
  if (U_FAILURE(status)) fail("ICU cannot decompose", 0);
  return points;
}

bool is_hangul_syllable(std::uint32_t c) {
  return c >= 0xAC00 && c <= 0xD7A3;
}

// The simplified form of a traditional Chinese character, as ICU has it; others are their own.
std::uint32_t simplify(std::uint32_t c) {
  static const std::unique_ptr<icu::Transliterator> kTable = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::Transliterator> table(icu::Transliterator::createInstance(
        "Traditional-Simplified", UTRANS_FORWARD, status));
    if (U_FAILURE(status)) fail("ICU cannot simplify Chinese", 0);
    return table;
  }();
  constexpr int kMostSteps = 4;
  for (int step = 0; step < kMostSteps; ++step) {
    icu::UnicodeString text(static_cast<UChar32>(c));
    kTable->transliterate(text);
    const auto simple = static_cast<std::uint32_t>(text.char32At(0));
    if (text.countChar32() != 1 || simple == c || !is_in_unicode_15(simple)) break;
    c = simple;
  }
  return c;
}

// Letters that are one letter typed on different keyboards, and digits of all scripts.
std::uint32_t unify(std::uint32_t c) {
  switch (c) {
    case 0x0649:  // alef maksura
    case 0x06CC:  // Farsi yeh
      return 0x064A;
    case 0x06A9:  // keheh
    case 0x06AA:  // swash kaf
      return 0x0643;
    default:
      break;
  }
  if ((category_mask(c) & U_GC_ND_MASK) != 0) {
    return '0' + static_cast<std::uint32_t>(u_charDigitValue(static_cast<UChar32>(c)));
  }
  return rules.simplifies_chinese && c >= 0x2E80 ? simplify(c) : c;
}

// The folding of a character of Unicode 15.0; separators become one space each.
CodePoints fold(std::uint32_t c) {
  if (is_hangul_syllable(c)) return {c};
  icu::UnicodeString folded = to_string(decompose(icu::UnicodeString(static_cast<UChar32>(c))));
  folded.foldCase(U_FOLD_CASE_DEFAULT);
  CodePoints points = decompose(folded);
  for (std::uint32_t& point : points) {
    point = unify(point);
    if ((category_mask(point) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK)) == 0) point = kSeparator;
  }
  return points;
}

// The kind of a character that is its own folding.
FoldKind kind_of(std::uint32_t c) {
  const bool hangul_tail = (c >= 0x1161 && c <= 0x1175) || (c >= 0x11A8 && c <= 0x11C2);
  if (hangul_tail || u_getCombiningClass(static_cast<UChar32>(c)) != 0) return FoldKind::kMoving;
  if (is_mark(c)) return FoldKind::kMark;
  return is_solo(c) ? FoldKind::kSolo : FoldKind::kPlain;
}

std::string to_utf8(const CodePoints& points) {
  std::string bytes;
  to_string(points).toUTF8String(bytes);
  return bytes;
}

// Foldings of several characters, which all tables share.
struct Series {
  CodePoints points;
  std::map<CodePoints, std::uint32_t> index;
};

class Tables {
 public:
  explicit Tables(Series& series) : series_(series) {
    for (std::uint32_t c = 0; c < 0x110000; ++c) {
      const std::uint32_t entry = make_entry(c);
      if (c < 0x10000) {
        basic_.push_back(entry);
      } else {
        upper_.push_back(entry);
      }
    }
    for (std::uint32_t c = 0; c < 0x110000; ++c) add_order(c);
    share_blocks();
  }

  void write(std::FILE* file) const {
    write_array(file, "std::uint32_t", "kFoldBasic", basic_);
    write_array(file, "std::uint16_t", "kFoldUpperBlock", block_of_);
    write_array(file, "std::uint32_t", "kFoldUpper", blocks_);
    write_array(file, "std::uint32_t", "kFoldSeries", series_.points);
  }
  // The characters for which `other` has something else than these tables.
  void write_changes(std::FILE* file, const char* name, const Tables& other) const {
    std::fprintf(file, "const FoldChange %s[] = {\n", name);
    for (std::uint32_t c = 0; c < 0x110000; ++c) {
      if (entry(c) != other.entry(c)) std::fprintf(file, "{%u,%u},\n", c, other.entry(c));
    }
    std::fprintf(file, "};\n");
  }
  void write_orders(std::FILE* file) const {
    std::fprintf(file, "const MarkOrder kMarkOrders[] = {\n");
    for (const MarkOrder& run : orders_) {
      std::fprintf(file, "{%u,%u,%u},\n", run.first, run.last, run.order);
    }
    std::fprintf(file, "};\n");
  }

 private:
  std::uint32_t make_entry(std::uint32_t c) {
    if (c < 0x80) return fold_entry(FoldKind::kPlain, c, 1);  // the word pass lowers ASCII
    CodePoints points{c};
    FoldKind kind = FoldKind::kPlain;
    if (is_in_unicode_15(c) && (category_mask(c) & U_GC_C_MASK & ~U_GC_CF_MASK) == 0) {
      points = fold(c);
      for (const std::uint32_t point : points) {
        if (point >= 0x80 && fold(point) != CodePoints{point}) fail("folding is not stable", c);
      }
      if (points.size() == 1 && points[0] >= 0x80) kind = kind_of(points[0]);
      const bool is_plain = std::all_of(points.begin(), points.end(), [](std::uint32_t point) {
        return point < 0x80 || kind_of(point) == FoldKind::kPlain;
      });
      const bool fits = c < 0x10000 ? to_utf8(points).size() <= 3 : points.size() <= 1;
      if (!fits || (points.size() > 1 && !is_plain)) return add_series(points);
    } else {
      bool separates = false;
      kind = kind_of_unknown(c, separates);
      if (separates) {
        points = {kSeparator};
        kind = FoldKind::kPlain;
      }
    }
    if (c >= 0x10000) {
      if (points.empty()) return fold_entry(kind, kFoldToNothing, 0);
      return fold_entry(kind, points[0] == c ? kFoldToItself : points[0], 0);
    }
    const std::string bytes = to_utf8(points);
    std::uint32_t packed = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
      packed |= static_cast<std::uint32_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return fold_entry(kind, packed, static_cast<std::uint32_t>(bytes.size()));
  }

  std::uint32_t entry(std::uint32_t c) const {
    return c < 0x10000 ? basic_[c] : upper_[c - 0x10000];
  }

  std::uint32_t add_series(const CodePoints& points) {
    const auto [found, is_new] =
        series_.index.emplace(points, static_cast<std::uint32_t>(series_.points.size()));
    if (is_new) {
      series_.points.push_back(static_cast<std::uint32_t>(points.size()));
      series_.points.insert(series_.points.end(), points.begin(), points.end());
    }
    return fold_entry(FoldKind::kSeries, found->second, 0);
  }

  void add_order(std::uint32_t c) {
    if (!is_in_unicode_15(c) || is_dropped(c) || fold(c) != CodePoints{c}) return;
    const std::uint32_t order = u_getCombiningClass(static_cast<UChar32>(c));
    if (order == 0) return;
    if (!orders_.empty() && orders_.back().last + 1 == c && orders_.back().order == order) {
      orders_.back().last = c;
    } else {
      orders_.push_back({c, c, order});
    }
  }

  void share_blocks() {
    constexpr std::size_t kSize = 256;
    std::map<CodePoints, std::uint32_t> known;
    for (std::size_t begin = 0; begin < upper_.size(); begin += kSize) {
      const CodePoints block(upper_.begin() + static_cast<std::ptrdiff_t>(begin),
                             upper_.begin() + static_cast<std::ptrdiff_t>(begin + kSize));
      const auto [found, is_new] = known.emplace(block, static_cast<std::uint32_t>(known.size()));
      if (is_new) blocks_.insert(blocks_.end(), block.begin(), block.end());
      block_of_.push_back(found->second);
    }
  }

  static void write_array(std::FILE* file, const char* type, const char* name,
                          const CodePoints& values) {
    std::fprintf(file, "const %s %s[] = {\n", type, name);
    for (std::size_t i = 0; i < values.size(); ++i) {
      std::fprintf(file, i % 16 == 15 ? "%u,\n" : "%u,", values[i]);
    }
    std::fprintf(file, "};\n");
  }

  CodePoints basic_;
  CodePoints upper_;
  CodePoints block_of_;
  CodePoints blocks_;
  Series& series_;
  std::vector<MarkOrder> orders_;
};

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: generate_fold_tables FILE\n");
    return 2;
  }
  copydesk::Series series;
  const copydesk::Tables tables(series);
  copydesk::rules = {true, false};
  const copydesk::Tables with_accents(series);
  copydesk::rules = {false, true};
  const copydesk::Tables of_simplified(series);
  std::FILE* file = std::fopen(argv[1], "w");
  if (file == nullptr) {
    std::perror(argv[1]);
    return 1;
  }
  tables.write(file);
  tables.write_changes(file, "kAccentChanges", with_accents);
  tables.write_changes(file, "kChineseChanges", of_simplified);
  with_accents.write_orders(file);  // those of the usual marks are among them
  return std::fclose(file) == 0 ? 0 : 1;
}
