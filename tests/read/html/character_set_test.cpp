// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/character_set.h"

#include <unicode/ucnv.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "copydesk/text/utf8.h"

using namespace copydesk;

namespace {

std::string decoded(std::string_view bytes, CharacterSet set) {
  std::string buffer;
  return std::string(decode_to_utf8(bytes, set, buffer));
}

std::string by_icu(std::string_view bytes, const char* name) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* const converter = ucnv_open(name, &status);
  UChar units[16];
  const int32_t size = ucnv_toUChars(converter, units, 16, bytes.data(),
                                     static_cast<int32_t>(bytes.size()), &status);
  ucnv_close(converter);
  std::string out;
  for (int32_t i = 0; i < size; ++i) {
    std::uint32_t c = units[i];
    if ((c & 0xFC00) == 0xD800) c = 0x10000 + ((c - 0xD800) << 10) + (units[++i] - 0xDC00U);
    char utf8[4];
    out.append(utf8, encode_utf8(c, utf8));
  }
  return out;
}

// Every pair of bytes for which ICU knows one character.
void compare_pairs(CharacterSet set, const char* name, unsigned least = 150) {
  unsigned compared = 0;
  unsigned unlike = 0;
  for (unsigned first = 0x81; first <= 0xFE; ++first) {
    for (unsigned second = 0x40; second <= 0xFE; ++second) {
      const std::string bytes{static_cast<char>(first), static_cast<char>(second)};
      const std::string expected = by_icu(bytes, name);
      if (expected.empty() || expected.find("\ufffd") != std::string::npos ||
          expected.find('\x1a') != std::string::npos) {
        continue;
      }
      // Letters with a mark, for which ICU has characters for private use.
      if (set == CharacterSet::kBig5 && first == 0x88 && second < 0xA6) continue;
      ++compared;
      if (decoded(bytes, set) == expected) continue;
      ++unlike;
    }
  }
  BOOST_TEST(compared >= least);
  BOOST_TEST(unlike == 0U);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(character_sets)

BOOST_AUTO_TEST_CASE(labels_are_known_in_any_case) {
  BOOST_TEST(name_of(*find_character_set(" UTF8\n")) == "utf-8");
  BOOST_TEST(name_of(*find_character_set("ISO-8859-1")) == "windows-1252");
  BOOST_TEST(name_of(*find_character_set("x-sjis")) == "shift_jis");
  BOOST_TEST(name_of(*find_character_set("latin2")) == "iso-8859-2");
  BOOST_TEST(name_of(*find_character_set("iso-8859-9")) == "windows-1254");
  BOOST_TEST(name_of(*find_character_set("hz-gb-2312")) == "replacement");
  BOOST_TEST(!find_character_set("utf-9").has_value());
  BOOST_TEST(!find_character_set("").has_value());
  for (const std::string_view name : kCharacterSetNames) {
    BOOST_TEST(name_of(*find_character_set(name)) == name);
  }
}

BOOST_AUTO_TEST_CASE(a_page_is_in_what_its_mark_header_or_element_says) {
  const auto detect = [](std::string_view page, std::string_view header = {}) {
    return name_of(detect_character_set(page, header));
  };
  BOOST_TEST(detect("\xef\xbb\xbf<p>", "gbk") == "utf-8");
  BOOST_TEST(detect("\xff\xfe<\0") == "utf-16le");
  BOOST_TEST(detect("<p>\xe9", "koi8-r") == "koi8-r");
  BOOST_TEST(detect("<meta charset=big5><p>\xe9") == "big5");
  BOOST_TEST(detect("<META http-equiv='Content-Type' content='text/html; charset=EUC-JP'>\xa4") ==
             "euc-jp");
  BOOST_TEST(detect("<?xml version='1.0' encoding='iso-8859-5'?>\xe9") == "iso-8859-5");
  BOOST_TEST(detect("<meta charset=utf-16le><p>") == "utf-8");
  BOOST_TEST(detect("<p>plain") == "utf-8");
  BOOST_TEST(detect("<p>caf\xe9") == "windows-1252");
  // Cut off within a character, or with a few bytes of another set.
  BOOST_TEST(detect("<p>caf\xc3\xa9 \xe2\x80") == "utf-8");
  BOOST_TEST(detect("<p>\xd0\x9c\xd0\xbe\xd1\x81\xd1\x82 \xd1\x87\xd0\xb5\xd1\x80\xd0\xb5\xd0\xb7 "
                    "\xd1\x80\xd0\xb5\xd0\xba\xd1\x83 \xa9 2020") == "utf-8");
  BOOST_TEST(detect("<meta charset=latin1><p>caf\xc3\xa9 \xe2\x80") == "utf-8");
  BOOST_TEST(detect("<meta charset=latin1><p>caf\xe9") == "windows-1252");
  // Nothing says so, but the words do.
  BOOST_TEST(detect("<html><body class=x><p>\xd1\xf2\xe0\xf0\xfb\xe9 \xec\xee\xf1\xf2 "
                    "\xf7\xe5\xf0\xe5\xe7 \xf0\xe5\xea\xf3 \xe7\xe0\xea\xf0\xfb\xeb\xe8 \xe2 "
                    "\xef\xee\xed\xe5\xe4\xe5\xeb\xfc\xed\xe8\xea</p>") == "windows-1251");
  BOOST_TEST(detect("<p>\x8c\x8e\x97j\x93\xfa\x81"
                    "A\x8c\xc3\x82\xa2\x8b\xb4\x82\xcd\x92\xca\x8ds\x8e~\x82\xdf\x82\xc9\x82\xc8"
                    "\x82\xc1\x82\xbd\x81\x42</p>") == "shift_jis");
  BOOST_TEST(detect("<p>caf\xc3\xa9") == "utf-8");
  // The header is lost, the element is old, the bytes say UTF-8.
  BOOST_TEST(detect("<meta charset=iso-8859-1><p>caf\xc3\xa9") == "utf-8");
  BOOST_TEST(detect("<p>caf\xc3\xa9", "iso-8859-1") == "windows-1252");
}

BOOST_AUTO_TEST_CASE(single_bytes) {
  BOOST_TEST(decoded("caf\xe9 \x80 \x81", CharacterSet::kWindows1252) == "café € \u0081");
  BOOST_TEST(decoded("\xcf\xf0\xe8\xe2\xe5\xf2", *find_character_set("cp1251")) == "Привет");
  BOOST_TEST(decoded("\xf0\xd2\xc9\xd7\xc5\xd4", *find_character_set("koi8-r")) == "Привет");
  BOOST_TEST(decoded("\xae\xbe", *find_character_set("koi8-u")) == "ўЎ");
  BOOST_TEST(decoded("\xa1\xa4\xff", *find_character_set("iso-8859-16")) == "Ą€ÿ");
  BOOST_TEST(decoded("\xe0\xa1", *find_character_set("windows-874")) == "เก");
}

BOOST_AUTO_TEST_CASE(pairs_are_as_icu_has_them) {
  compare_pairs(CharacterSet::kGbk, "gb18030", 20000);
  compare_pairs(CharacterSet::kEucKr, "windows-949-2000", 15000);
  compare_pairs(CharacterSet::kShiftJis, "ibm-943_P15A-2003", 8000);
  compare_pairs(CharacterSet::kBig5, "big5-hkscs", 15000);
}

BOOST_AUTO_TEST_CASE(japanese_in_three_ways) {
  const std::string text = "日本語テキスト";
  BOOST_TEST(decoded("\x93\xfa\x96\x7b\x8c\xea\x83\x65\x83\x4c\x83\x58\x83\x67",
                     CharacterSet::kShiftJis) == text);
  BOOST_TEST(decoded("\xc6\xfc\xcb\xdc\xb8\xec\xa5\xc6\xa5\xad\xa5\xb9\xa5\xc8",
                     CharacterSet::kEucJp) == text);
  BOOST_TEST(decoded("\x1b$BF|K\\8l%F%-%9%H\x1b(B.", CharacterSet::kIso2022Jp) == text + ".");
  BOOST_TEST(decoded("\x8e\xb1\xb1", CharacterSet::kEucJp) == "ｱ\ufffd");
  BOOST_TEST(decoded("\xb1", CharacterSet::kShiftJis) == "ｱ");
}

BOOST_AUTO_TEST_CASE(four_bytes_of_gb18030) {
  BOOST_TEST(decoded("\x81\x30\x81\x30", CharacterSet::kGb18030) == "\u0080");
  BOOST_TEST(decoded("\x90\x30\x81\x30", CharacterSet::kGb18030) == "\U00010000");
  BOOST_TEST(decoded("\x94\x39\xda\x33", CharacterSet::kGb18030) == "\U0001f4a9");
}

// A broken character takes no ASCII byte with it, which may be the '<' of a tag.
BOOST_AUTO_TEST_CASE(markup_survives_broken_characters) {
  BOOST_TEST(decoded("\x81<p>", CharacterSet::kShiftJis) == "\ufffd<p>");
  BOOST_TEST(decoded("\xa4<p>", CharacterSet::kEucJp) == "\ufffd<p>");
  BOOST_TEST(decoded("\xff<p>", CharacterSet::kGbk) == "\ufffd<p>");
  BOOST_TEST(decoded("\x81\x30<p>", CharacterSet::kGbk) == "\ufffd0<p>");
  BOOST_TEST(decoded("\x81<p>", CharacterSet::kBig5) == "\ufffd<p>");
  BOOST_TEST(decoded("\xc8<p>", CharacterSet::kEucKr) == "\ufffd<p>");
  for (std::size_t set = 0; set < kCharacterSetNames.size(); ++set) {
    for (const std::string_view bytes : {"\x81", "\xff\xfe", "\x1b$", "\x8f\xa1", "\x81\x30\x81"}) {
      BOOST_TEST(is_valid_utf8(decoded(bytes, static_cast<CharacterSet>(set))));
    }
  }
}

BOOST_AUTO_TEST_CASE(broken_utf8_and_utf16) {
  BOOST_TEST(decoded("a\xc3(\xe2\x82(\xf0\x9f\x92(\xc0\x80", CharacterSet::kUtf8) ==
             "a\ufffd(\ufffd(\ufffd(\ufffd\ufffd");
  BOOST_TEST(decoded("\xed\xa0\x80", CharacterSet::kUtf8) == "\ufffd\ufffd\ufffd");
  BOOST_TEST(decoded(std::string_view("\xff\xfe=\xd8\xa9\xdc"
                                      "A\0"
                                      "\0\xd8!",
                                      11),
                     CharacterSet::kUtf16le) == "\U0001f4a9A\ufffd\ufffd");
  BOOST_TEST(decoded(std::string_view("\xfe\xff\0A", 4), CharacterSet::kUtf16be) == "A");
}

BOOST_AUTO_TEST_SUITE_END()
