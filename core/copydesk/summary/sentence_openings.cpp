// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/sentence_openings.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// Words that are one of these in one language and harmless openers in another ("die", "in", "as")
// are left out; where languages differ on the kind, the stricter one holds.
constexpr std::string_view kPronouns =
    "he she it they his her hers him its their theirs them he's she's it's they're he'd she'd it'd "
    "they'd they've he'll she'll it'll they'll "
    "er sie sein seine seiner ihr ihre ihrer ihnen ihm "
    "il elle ils elles son ses leur leurs "
    "él ella ellos ellas sus "
    "egli lui lei loro suo sua "
    "hij zij ze hun zijn haar "
    "ele ela eles elas seu "
    "han hun "
    "он она оно они его её их";
constexpr std::string_view kDemonstratives =
    "this that these those such that's both neither another "
    "dies diese dieser dieses dabei dadurch damit "
    "cela ceci cette cet ces celui-ci celle-ci "
    "esto eso este esta estos estas ese esa aquello "
    "questo questa questi queste quello quella ciò "
    "dit dat deze "
    "isso isto aquilo "
    "dette disse "
    "это этот эта эти";
constexpr std::string_view kConnectives =
    "but and so or however also then thus therefore moreover furthermore besides otherwise yet "
    "still nevertheless nonetheless indeed hence instead meanwhile consequently likewise similarly "
    "because "
    "aber doch dennoch jedoch deshalb daher darum außerdem zudem danach dann trotzdem allerdings "
    "mais donc cependant toutefois pourtant ainsi ensuite puis aussi "
    "pero sin embargo además entonces así también luego "
    "ma però quindi dunque inoltre tuttavia così poi anche "
    "maar echter daarom bovendien ook toen dus "
    "mas porém portanto assim também depois "
    "desuden derfor dog også "
    "ale jednak dlatego ponadto "
    "но однако поэтому также кроме затем потом тогда";

// What makes "this" or "that" stand on its own.
constexpr std::array<std::string_view, 10> kTimes = {
    "week", "month", "year", "morning", "evening", "weekend", "season", "fall", "summer", "spring"};

// Words by their first byte.
struct WordTable {
  std::vector<std::pair<std::string_view, Opening>> words;
  std::array<std::uint16_t, 257> begin{};
};

void add_words(std::string_view list, Opening kind, WordTable& table) {
  for (std::size_t begin = 0; begin < list.size();) {
    const std::size_t end = std::min(list.find(' ', begin), list.size());
    table.words.emplace_back(list.substr(begin, end - begin), kind);
    begin = end + 1;
  }
}

WordTable make_table() {
  WordTable table;
  add_words(kDemonstratives, Opening::kDemonstrative, table);
  add_words(kPronouns, Opening::kPronoun, table);
  add_words(kConnectives, Opening::kConnective, table);
  // Bytes compare as unsigned, so words of one first byte stand together in the order of the bytes.
  std::stable_sort(table.words.begin(), table.words.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  for (const auto& [word, kind] : table.words) {
    ++table.begin[static_cast<unsigned char>(word[0]) + 1];
  }
  for (std::size_t i = 0; i < 256; ++i) {
    table.begin[i + 1] = static_cast<std::uint16_t>(table.begin[i + 1] + table.begin[i]);
  }
  return table;
}

// Stands in front of the first word.
bool is_passed(std::uint32_t c) {
  switch (c) {
    case ' ':
    case '-':
    case '.':
    case '"':
    case '\'':
    case '(':
    case ')':
    case '[':
    case ']':
    case 0xA1:    // ¡
    case 0xAB:    // «
    case 0xBB:    // »
    case 0xBF:    // ¿
    case 0x2013:  // dashes
    case 0x2014:
    case 0x2018:  // quotation marks
    case 0x2019:
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0x2026:  // …
    case 0x300D:
    case 0x300F:
    case 0xFF09:
      return true;
    default:
      return false;
  }
}

// The next word from `at` on, in lower case as far as it is ASCII or Cyrillic; at most 24 bytes.
std::size_t read_word(std::string_view text, std::size_t at, std::string& word) {
  word.clear();
  while (at < text.size() && word.size() < 24) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      if (byte >= 'A' && byte <= 'Z') {
        word += static_cast<char>(byte + 32);
      } else if ((byte >= 'a' && byte <= 'z') || byte == '\'' || byte == '-') {
        word += text[at];
      } else {
        break;
      }
      ++at;
      continue;
    }
    const DecodedCharacter decoded = decode_utf8(text.data() + at);
    std::uint32_t c = decoded.code_point;
    if (c == 0x2019) c = '\'';
    if (c >= 0x2000 && c < 0x2070 && c != '\'') break;
    if ((c >= 0x0410 && c < 0x0430) || (c >= 0xC0 && c < 0xDF)) c += 32;
    if (c == 0x0401) c = 0x0451;
    char bytes[4];
    word.append(bytes, encode_utf8(c, bytes));
    at += decoded.length;
  }
  return at;
}

}  // namespace

Opening opening_of(std::string_view word, std::string_view next) {
  static const WordTable table = make_table();
  if (word.empty()) return Opening::kPlain;
  const auto byte = static_cast<unsigned char>(word[0]);
  for (std::size_t i = table.begin[byte]; i < table.begin[byte + 1]; ++i) {
    const auto& [listed, kind] = table.words[i];
    if (listed.size() != word.size() || listed != word) continue;
    const bool is_time = (word == "this" || word == "that") &&
                         std::find(kTimes.begin(), kTimes.end(), next) != kTimes.end();
    return is_time ? Opening::kPlain : kind;
  }
  return Opening::kPlain;
}

Opening find_opening(std::string_view sentence) {
  std::size_t at = 0;
  while (at < sentence.size()) {
    const DecodedCharacter decoded = decode_utf8(sentence.data() + at);
    if (!is_passed(decoded.code_point)) break;
    at += decoded.length;
  }
  // The longest opening in the lists has a dozen bytes.
  std::string word, next;
  at = read_word(sentence, at, word);
  if (at < sentence.size() && sentence[at] == ' ') read_word(sentence, at + 1, next);
  return opening_of(word, next);
}

}  // namespace copydesk
