// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/language_detector.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "copydesk/text/character_tables.h"
#include "copydesk/text/language_profiles.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

constexpr std::size_t kSample = 400;  // bytes
constexpr std::size_t kFewestLetters = 12;
constexpr std::size_t kLanguages = kLanguageProfiles.size();
constexpr std::size_t kEnglish = 0;  // whom a text has to differ from clearly
constexpr std::size_t kSlots = 4096;
// Where one language is this clear, the rest of the sample is not looked at; by sequence.
constexpr std::size_t kFirstLook = 128, kBetweenLooks = 64;  // bytes
constexpr std::int32_t kClear = 12, kClearBefore = 4;

constexpr std::size_t kPlaces = (kLanguages + 7) / 8 * 8;
using Sums = std::array<std::int16_t, kPlaces>;
struct alignas(32) Weights {  // in one line of the cache
  std::array<std::int8_t, kPlaces> of{};
};
static_assert(kSample * 64 < 32768, "sums of weights, which are below 64, fit 16 bits");

// The letters of ASCII and the sign between words, from 0; kLetters for all others.
constexpr std::size_t kLetters = 27;
constexpr std::size_t letter_number(std::uint32_t c) {
  return c == '_' ? 0 : c >= 'a' && c <= 'z' ? c - 'a' + 1 : kLetters;
}

std::uint64_t key_of(std::uint32_t a, std::uint32_t b, std::uint32_t c) {
  return std::uint64_t{a} << 42 | std::uint64_t{b} << 21 | c;
}
std::size_t slot_of(std::uint64_t key) {
  return static_cast<std::size_t>(key * 0x9E3779B97F4A7C15u >> 52);
}

// What each sequence speaks for: 16 times the logarithm of how much likelier it is in a language
// than a sequence that its profile does not list. The share of the one at rank r is taken as
// 1 / (r + 12), which the counts follow well.
class SequenceTable {
 public:
  SequenceTable()
      : slots_(kSlots, 0), keys_(1, 0), weights_(1), of_letters_(kLetters * kLetters * kLetters) {
    for (std::size_t language = 0; language < kLanguages; ++language) {
      std::string_view list = kLanguageProfiles[language].sequences;
      for (std::size_t rank = 0; !list.empty(); ++rank) {
        std::array<std::uint32_t, 3> letters{};
        for (std::uint32_t& letter : letters) {
          const DecodedCharacter decoded = decode_utf8(list.data());
          letter = decoded.code_point;
          list.remove_prefix(decoded.length);
        }
        if (!list.empty()) list.remove_prefix(1);
        const double odds = 4.0 * 162.0 / (static_cast<double>(rank) + 12.0);
        const std::size_t place = add(key_of(letters[0], letters[1], letters[2]));
        weights_[place].of[language] = static_cast<std::int8_t>(std::lround(16.0 * std::log(odds)));
        const std::size_t numbers[] = {letter_number(letters[0]), letter_number(letters[1]),
                                       letter_number(letters[2])};
        if (std::max({numbers[0], numbers[1], numbers[2]}) < kLetters) {
          of_letters_[place_of(numbers[0], numbers[1], numbers[2])] =
              static_cast<std::uint16_t>(place);
        }
      }
    }
  }

  // Null for one that no profile lists. Those of ASCII need no search, and lie by their first two
  // letters.
  [[nodiscard]] const Weights* find(std::uint32_t a, std::uint32_t b, std::uint32_t c) const {
    const std::size_t x = letter_number(a), y = letter_number(b), z = letter_number(c);
    const bool is_ascii = x < kLetters && y < kLetters && z < kLetters;
    const std::size_t found =
        is_ascii ? of_letters_[place_of(x, y, z)] : slots_[slot_for(key_of(a, b, c))];
    return found > 0 ? &weights_[found] : nullptr;
  }

 private:
  // Where the key is, or may go.
  [[nodiscard]] std::size_t slot_for(std::uint64_t key) const {
    std::size_t slot = slot_of(key);
    while (slots_[slot] != 0 && keys_[slots_[slot]] != key) slot = (slot + 1) % kSlots;
    return slot;
  }
  std::size_t add(std::uint64_t key) {
    std::uint16_t& slot = slots_[slot_for(key)];
    if (slot == 0) {
      slot = static_cast<std::uint16_t>(keys_.size());
      keys_.push_back(key);
      weights_.emplace_back();
    }
    return slot;
  }
  static std::size_t place_of(std::size_t x, std::size_t y, std::size_t z) {
    return (x * kLetters + y) * kLetters + z;
  }

  std::vector<std::uint16_t> slots_;  // places in the other two, from 1
  std::vector<std::uint64_t> keys_;
  std::vector<Weights> weights_;
  std::vector<std::uint16_t> of_letters_;  // places in weights_
};

// The two languages that a sample speaks for most.
struct BestTwo {
  std::size_t first = 0, second = 1;

  explicit BestTwo(const Sums& sums) {
    for (std::size_t i = 1; i < kLanguages; ++i) {
      if (sums[i] > sums[first]) {
        second = first;
        first = i;
      } else if (i != first && (second == first || sums[i] > sums[second])) {
        second = i;
      }
    }
  }
};

const SequenceTable& sequence_table() {
  static const SequenceTable table;
  return table;
}

struct ScriptLanguage {
  std::uint32_t first, last;
  std::string_view language;  // of most texts in it
};
constexpr std::array<ScriptLanguage, 19> kScripts = {{
    {0x0370, 0x03FF, "el"}, {0x0400, 0x052F, "ru"}, {0x0530, 0x058F, "hy"}, {0x0590, 0x05FF, "he"},
    {0x0600, 0x06FF, "ar"}, {0x0900, 0x097F, "hi"}, {0x0980, 0x09FF, "bn"}, {0x0B80, 0x0BFF, "ta"},
    {0x0C00, 0x0C7F, "te"}, {0x0E00, 0x0E7F, "th"}, {0x0E80, 0x0EFF, "lo"}, {0x0F00, 0x0FFF, "bo"},
    {0x1000, 0x109F, "my"}, {0x10A0, 0x10FF, "ka"}, {0x1200, 0x139F, "am"}, {0x1780, 0x17FF, "km"},
    {0x3040, 0x30FF, "ja"}, {0x4E00, 0x9FFF, "zh"}, {0xAC00, 0xD7AF, "ko"},
}};

// Letters that only some languages of a script have.
struct TellingLetters {
  std::string_view script, letters, language;
};
constexpr std::array<TellingLetters, 4> kTelling = {
    {{"ru", "әғқңөұүһ", "kk"}, {"ru", "іїєґ", "uk"}, {"ar", "ٹڈڑےں", "ur"}, {"ar", "پچژگک", "fa"}}};

bool has_any(std::string_view text, std::string_view letters) {
  for (std::size_t at = 0; at < letters.size();) {
    const std::size_t length = utf8_length(static_cast<unsigned char>(letters[at]));
    if (text.find(letters.substr(at, length)) != text.npos) return true;
    at += length;
  }
  return false;
}

// The language of the script, told from its neighbors by their letters.
std::string_view language_of_script(std::size_t script, std::string_view sample,
                                    std::span<const std::size_t> counts) {
  const std::string_view language = kScripts[script].language;
  // Japanese has more Han than Kana, Chinese no Kana.
  if (language == "zh" && counts[script - 1] > 0) return "ja";
  for (const TellingLetters& telling : kTelling) {
    if (telling.script == language && has_any(sample, telling.letters)) return telling.language;
  }
  // Russian cannot do without these; Bulgarian has neither.
  if (language == "ru" && !has_any(sample, "ыэ") && sample.size() >= kSample / 2) return "bg";
  return language;
}

struct Named {
  std::string_view three, two;
};
constexpr std::array<Named, 56> kThreeLetters = {{
    {"eng", "en"}, {"deu", "de"}, {"ger", "de"}, {"fra", "fr"}, {"fre", "fr"}, {"spa", "es"},
    {"ita", "it"}, {"nld", "nl"}, {"dut", "nl"}, {"por", "pt"}, {"pol", "pl"}, {"ces", "cs"},
    {"cze", "cs"}, {"slk", "sk"}, {"slo", "sk"}, {"dan", "da"}, {"swe", "sv"}, {"nor", "no"},
    {"nob", "nb"}, {"nno", "nn"}, {"fin", "fi"}, {"hun", "hu"}, {"ron", "ro"}, {"rum", "ro"},
    {"tur", "tr"}, {"hrv", "hr"}, {"srp", "sr"}, {"slv", "sl"}, {"bul", "bg"}, {"rus", "ru"},
    {"ukr", "uk"}, {"kaz", "kk"}, {"ell", "el"}, {"gre", "el"}, {"heb", "he"}, {"ara", "ar"},
    {"arb", "ar"}, {"fas", "fa"}, {"per", "fa"}, {"urd", "ur"}, {"hin", "hi"}, {"mar", "mr"},
    {"ben", "bn"}, {"tam", "ta"}, {"tel", "te"}, {"zho", "zh"}, {"chi", "zh"}, {"cmn", "zh"},
    {"jpn", "ja"}, {"kor", "ko"}, {"tha", "th"}, {"vie", "vi"}, {"ind", "id"}, {"hye", "hy"},
    {"cat", "ca"}, {"est", "et"},
}};

}  // namespace

std::string_view detect_language(std::string_view text) {
  const std::string_view sample =
      text.size() <= kSample ? text : text.substr(0, character_floor(text, kSample));
  const SequenceTable& table = sequence_table();
  Sums sums{};
  std::array<std::size_t, kScripts.size()> of_script{};
  std::size_t letters = 0, latin = 0, sequences = 0;
  std::uint32_t first = 0, second = 0;  // the two characters before; 0 outside of words
  const auto add = [&](std::uint32_t next) {
    if (first != 0) {
      ++sequences;
      if (const Weights* weights = table.find(first, second, next)) {
        for (std::size_t i = 0; i < sums.size(); ++i) {
          sums[i] = static_cast<std::int16_t>(sums[i] + weights->of[i]);
        }
      }
    }
    first = second;
    second = next;
  };
  std::size_t next_look = kFirstLook;
  for (std::size_t at = 0; at <= sample.size();) {
    if (at >= next_look && letters == latin) {
      next_look += kBetweenLooks;
      const BestTwo best(sums);
      const auto count = static_cast<std::int32_t>(sequences);
      if (sums[best.first] >= kClear * count &&
          sums[best.first] - sums[best.second] >= kClearBefore * count) {
        return kLanguageProfiles[best.first].language;
      }
    }
    std::uint32_t c = 0;
    std::size_t length = 1;
    if (at < sample.size()) {
      const auto byte = static_cast<unsigned char>(sample[at]);
      if (byte < 0x80) {
        const unsigned small = byte | 0x20U;
        c = small >= 'a' && small <= 'z' ? small : 0;
      } else {
        const DecodedCharacter decoded = decode_utf8(sample.data() + at);
        length = decoded.length;
        if (character_group(decoded.code_point) == CharacterGroup::kLetter) {
          c = lower_case_of(decoded.code_point);
        }
      }
    }
    at += length;
    if (c == 0) {
      if (second != 0) add('_');
      first = second = 0;
      continue;
    }
    ++letters;
    if (c < 0x250 || (c >= 0x1E00 && c < 0x1F00)) {
      ++latin;
      if (second == 0) second = '_';
      add(c);
      continue;
    }
    first = second = 0;
    for (std::size_t script = 0; script < kScripts.size(); ++script) {
      if (c >= kScripts[script].first && c <= kScripts[script].last) ++of_script[script];
    }
  }
  const auto most = std::max_element(of_script.begin(), of_script.end());
  if (*most > 0 && 2 * latin < letters) {
    return language_of_script(static_cast<std::size_t>(most - of_script.begin()), sample,
                              of_script);
  }
  if (latin < kFewestLetters) return {};
  const std::size_t best = BestTwo(sums).first;
  // Per sequence: a text of the language has 15 and more, a table of names 4.
  const auto count = static_cast<std::int32_t>(std::max<std::size_t>(sequences, 1));
  if (sums[best] < 6 * count) return {};
  if (best != kEnglish && 2 * (sums[best] - sums[kEnglish]) < 5 * count) return {};
  return kLanguageProfiles[best].language;
}

std::string language_of(std::string_view named, std::string_view text) {
  std::string code;
  for (const char c : named) {
    if (c == '-' || c == '_') break;
    const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!is_letter || code.size() == 3) return std::string(detect_language(text));
    code += static_cast<char>(c | 0x20);
  }
  if (code == "und" || code.size() < 2) return std::string(detect_language(text));
  if (code.size() == 3) {
    for (const Named& known : kThreeLetters) {
      if (known.three == code) return std::string(known.two);
    }
  }
  return code;
}

bool is_language_code(std::string_view code) {
  static constexpr std::string_view kTwoLetters =
      "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de "
      "dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id "
      "ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu "
      "lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu "
      "rm rn ro ru rw sa sc sd se sg sh si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to "
      "tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
  if (code.size() != 2 && code.size() != 3) return false;
  if (!std::all_of(code.begin(), code.end(), [](char c) { return c >= 'a' && c <= 'z'; })) return false;
  return code.size() == 3 || kTwoLetters.find(code) != std::string_view::npos;
}

std::string TextLanguages::of(std::string_view named, std::string_view text) const {
  if (!all.empty()) return all;
  return language_of(are_named ? named : std::string_view(), text);
}

}  // namespace copydesk
