// SPDX-License-Identifier: Apache-2.0
//
// Each set is given what a text in it would look like: which share of the characters beyond ASCII
// are the ones that its languages use most, and how many stand where none does, such as a capital
// behind a small letter, letters of two scripts in a word, or a sign between letters. Sets of
// several bytes are told by that alone, since few other bytes give kana, or the commonest Chinese
// characters and Korean syllables. What is Latin in several sets is told apart by the language of
// its words, which most of its letters, being ASCII, show in any set.
#include "copydesk/read/html/character_guess.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <unordered_set>
#include <vector>

#include "copydesk/text/language_detector.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// The most frequent characters of texts in these languages and scripts.
constexpr std::string_view kSimplified =
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发"
    "后作里用道行所然家种事成方多经么去"
    "法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机"
    "十民第公此已工使情明性知全三又关点"
    "正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内"
    "信表化老给世位次度门任常先海通教儿"
    "原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目"
    "太量再感建务做接必场件计管期市直";
constexpr std::string_view kTraditional =
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發"
    "後作裡用道行所然家種事成方多經麼去"
    "法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機"
    "十民第公此已工使情明性知全三又關點"
    "正業外將兩高間由問很最重並物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內"
    "信表化老給世位次度門任常先海通教兒"
    "原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活爾更別打女變四神總何電數安少報才結反受目"
    "太量再感建務做接必場件計管期市直";
constexpr std::string_view kSyllables =
    "이다는을의에가고하은지로한사기를서리자어도인대시나해라과그정있아일수제주부전보게으여상들원국조"
    "장공스연성유구동것했비방위마였오우미"
    "신화만선진관계개면세용무안경중소내분물생각발문학요실교적체모간행바람말및민할된와";
// Small letters and what has no case, the commonest first.
constexpr std::string_view kCyrillicLetters = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъіїєґё";
constexpr std::string_view kGreekLetters = "αοιετσνηυρπκμλςωάίόέύδγήχθφβξζώψ";
constexpr std::string_view kHebrewLetters = "יוהלאתרבשמנדקחעפצגטזכסםןךףץ";
constexpr std::string_view kArabicLetters = "اليمنورتبدعفهسكقحةجأطصشىخضذغئزثءإظآؤپچگیک";
constexpr std::string_view kThaiLetters = "านรอกเงมยลวดทตสปบคแพหชโขจใ่้ีัิะื์ุ็ูไำ";
constexpr std::string_view kKana =
    "のにはをたがでてとしれさいるもなかられあそこまよりすくつけっんうどだきおえちみせやわめゃゅょば"
    "び"
    "ンスルトイラアクリッドプシレタコマジフキロテニメサデムナブパグチカオオウエー";

enum class Script : std::uint8_t { kOther, kLatin, kCyrillic, kGreek, kHebrew, kArabic, kThai };

Script script_of(char32_t c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
      (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7)) {
    return Script::kLatin;
  }
  if (c >= 0x400 && c <= 0x4FF) return Script::kCyrillic;
  if (c >= 0x386 && c <= 0x3CE) return Script::kGreek;
  if (c >= 0x5D0 && c <= 0x5EA) return Script::kHebrew;
  if (c >= 0x620 && c <= 0x6D3) return Script::kArabic;
  if (c >= 0xE01 && c <= 0xE4E) return Script::kThai;
  return Script::kOther;
}

bool is_capital(char32_t c) {
  if (c < 0x80) return c >= 'A' && c <= 'Z';
  if (c <= 0xDE) return c >= 0xC0;
  return (c >= 0x386 && c <= 0x3AB && c != 0x390) || (c >= 0x400 && c <= 0x42F);
}

std::vector<char32_t> characters_of(std::string_view utf8) {
  std::vector<char32_t> characters;
  while (!utf8.empty()) {
    const DecodedCharacter decoded = decode_utf8(utf8.data());
    characters.push_back(decoded.code_point);
    utf8.remove_prefix(decoded.length);
  }
  return characters;
}

using Characters = std::unordered_set<char32_t>;

Characters set_of(std::string_view utf8) {
  const std::vector<char32_t> all = characters_of(utf8);
  return {all.begin(), all.end()};
}

// Of the characters beyond ASCII, the share that is in `common`; 0 where some could not be decoded.
double share_of(const std::vector<char32_t>& text, const Characters& common) {
  std::size_t wide = 0, found = 0, wrong = 0;
  for (const char32_t c : text) {
    if (c < 0x80) continue;
    ++wide;
    found += common.count(c);
    wrong += c == 0xFFFD || (c >= 0xFF61 && c <= 0xFF9F) || (c >= 0xE000 && c <= 0xF8FF) ? 1 : 0;
  }
  // The beginning of a character may stand at the end of what is looked at.
  if (wide == 0 || wrong > 1 + wide / 50) return 0.0;
  return static_cast<double>(found) / static_cast<double>(wide);
}

// What a character beyond ASCII speaks for, between -2 and 1.
double score_of(char32_t c, char32_t before, char32_t after, const std::vector<char32_t>& letters,
                Script script) {
  if (c == 0xFFFD || c < 0xA0) return -2.0;
  const Script is = script_of(c);
  const bool inside = script_of(before) != Script::kOther && script_of(after) != Script::kOther;
  if (is == Script::kOther) {
    if (c == 0x2019 || c == 0xAD || (c >= 0x5B0 && c <= 0x5F4)) return 0.0;
    return inside ? -1.0 : 0.0;
  }
  if (is != script) return is == Script::kLatin ? -0.5 : -1.0;
  if ((before < 0x80 && script_of(before) == Script::kLatin) ||
      (after < 0x80 && script_of(after) == Script::kLatin)) {
    return -1.0;
  }
  if (is_capital(c) && script_of(before) == is && !is_capital(before)) return -1.5;
  const auto place = std::find(letters.begin(), letters.end(), c) - letters.begin();
  if (static_cast<std::size_t>(place) == letters.size()) return is_capital(c) ? 0.1 : 0.0;
  return place < 12 ? 1.0 : 0.5;
}

double score_of(const std::vector<char32_t>& text, std::string_view letters, Script script) {
  const std::vector<char32_t> common = characters_of(letters);
  double score = 0.0;
  std::size_t wide = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] < 0x80) continue;
    ++wide;
    score += score_of(text[i], i > 0 ? text[i - 1] : U' ', i + 1 < text.size() ? text[i + 1] : U' ',
                      common, script);
  }
  // A sign or two may be a letter in any set.
  constexpr std::size_t kFewest = 4;
  return wide < kFewest ? 0.0 : score / static_cast<double>(wide);
}

struct Candidate {
  CharacterSet set;
  std::string_view letters;
  Script script;
};

constexpr CharacterSet named(std::string_view name) {
  for (std::size_t i = 0; i < kCharacterSetNames.size(); ++i) {
    if (kCharacterSetNames[i] == name) return static_cast<CharacterSet>(i);
  }
  return CharacterSet::kWindows1252;
}

constexpr std::array<Candidate, 8> kSingleByteSets = {{
    {named("windows-1251"), kCyrillicLetters, Script::kCyrillic},
    {named("koi8-r"), kCyrillicLetters, Script::kCyrillic},
    {named("ibm866"), kCyrillicLetters, Script::kCyrillic},
    {named("iso-8859-5"), kCyrillicLetters, Script::kCyrillic},
    {named("windows-1253"), kGreekLetters, Script::kGreek},
    {named("windows-1255"), kHebrewLetters, Script::kHebrew},
    {named("windows-1256"), kArabicLetters, Script::kArabic},
    {named("windows-874"), kThaiLetters, Script::kThai},
}};

// Of Latin letters with marks, how many are small ones inside of words or at their ends, as against
// signs, capitals, and the letter of another language there.
double latin_score(const std::vector<char32_t>& text, char32_t foreign) {
  double score = 0.0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (c < 0x80) continue;
    const char32_t before = i > 0 ? text[i - 1] : U' ';
    const char32_t after = i + 1 < text.size() ? text[i + 1] : U' ';
    const bool inside = script_of(before) == Script::kLatin && script_of(after) == Script::kLatin;
    if (c == 0xFFFD || c < 0xA0) {
      score -= 2.0;
    } else if (c == foreign) {
      score -= 1.0;
    } else if (script_of(c) != Script::kLatin) {
      score -= inside && c != 0x2019 ? 1.0 : 0.0;
    } else if (is_capital(c) && script_of(before) == Script::kLatin && !is_capital(before)) {
      score -= 1.0;
    } else {
      score += 0.1;
    }
  }
  return score;
}

CharacterSet latin_set_of(std::string_view bytes) {
  std::string buffer;
  const std::string_view western = decode_to_utf8(bytes, CharacterSet::kWindows1252, buffer);
  const std::string_view language = detect_language(western);
  // What is Polish in one of the two is a letter that only others have in the other.
  const char32_t foreign = language == "pl" ? U'\u0160' : U'\u0105';
  const auto better_of = [&](CharacterSet a, CharacterSet b) {
    std::string other;
    const double of_a = latin_score(characters_of(decode_to_utf8(bytes, a, other)), foreign);
    const double of_b = latin_score(characters_of(decode_to_utf8(bytes, b, other)), foreign);
    return of_b > of_a ? b : a;
  };
  for (const std::string_view central : {"pl", "cs", "sk", "hu", "ro", "hr", "sl", "sr"}) {
    if (language == central) return better_of(named("windows-1250"), named("iso-8859-2"));
  }
  if (language == "tr") return named("windows-1254");
  if (language == "et" || language == "lt" || language == "lv") return named("windows-1257");
  return CharacterSet::kWindows1252;
}

}  // namespace

CharacterSet guess_character_set(std::string_view bytes) {
  bytes = bytes.substr(0, kMostGuessedBytes);
  std::string buffer;
  const auto read_as = [&](CharacterSet set) {
    return characters_of(decode_to_utf8(bytes, set, buffer));
  };

  // Shares that texts of these languages have several times over, and other bytes not by chance.
  struct Wide {
    CharacterSet set;
    std::string_view common;
    double least;
  };
  static constexpr std::array<Wide, 5> kWideSets = {{
      {CharacterSet::kShiftJis, kKana, 0.25},
      {CharacterSet::kEucJp, kKana, 0.25},
      {CharacterSet::kEucKr, kSyllables, 0.3},
      {CharacterSet::kGb18030, kSimplified, 0.2},
      {CharacterSet::kBig5, kTraditional, 0.2},
  }};
  CharacterSet best = CharacterSet::kWindows1252;
  double most = 0.0;
  for (const Wide& wide : kWideSets) {
    const double share = share_of(read_as(wide.set), set_of(wide.common)) / wide.least;
    if (share >= 1.0 && share > most) best = wide.set, most = share;
  }
  if (most > 0.0) return best;

  constexpr double kLeastScore = 0.35;
  for (const Candidate& candidate : kSingleByteSets) {
    const double score = score_of(read_as(candidate.set), candidate.letters, candidate.script);
    if (score >= kLeastScore && score > most) best = candidate.set, most = score;
  }
  return most > 0.0 ? best : latin_set_of(bytes);
}

}  // namespace copydesk
