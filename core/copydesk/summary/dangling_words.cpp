// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/dangling_words.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>
#include <vector>

namespace copydesk {
namespace {

// Words that are pronouns or connectives in one language and harmless openers in another ("die",
// "in", "as") are left out.
constexpr std::string_view kWords =
    "he she it they this that these those his her hers him its their theirs them such but and so "
    "or "
    "however also then thus therefore moreover furthermore besides otherwise yet still "
    "nevertheless "
    "nonetheless indeed hence instead meanwhile consequently likewise similarly he's she's it's "
    "they're that's he'd she'd they'd they've he'll she'll it'll they'll both neither another "
    "because "
    "er sie aber doch dennoch jedoch deshalb daher darum außerdem zudem dabei dadurch damit danach "
    "dann dies diese dieser dieses sein seine seiner ihr ihre ihrer ihnen ihm trotzdem allerdings "
    "il elle ils elles mais donc cependant toutefois pourtant ainsi cela ceci cette cet ces "
    "celui-ci "
    "celle-ci ensuite puis aussi or son ses leur leurs "
    "él ella ellos ellas pero sin embargo además entonces así esto eso este esta estos estas ese "
    "esa "
    "aquello también luego sus "
    "egli lui lei loro ma però quindi dunque inoltre tuttavia questo questa questi queste quello "
    "quella ciò così poi anche suo sua "
    "hij zij ze dit dat deze maar echter daarom bovendien ook toen dus hun zijn haar "
    "ele ela eles elas mas porém portanto assim isso isto aquilo também depois seu "
    "han hun dette disse desuden derfor dog også "
    "ale jednak dlatego ponadto "
    "он она оно они но однако поэтому также это этот эта эти его её их кроме затем потом тогда";

// What makes "this" or "that" stand on its own.
constexpr std::array<std::string_view, 10> kTimes = {
    "week", "month", "year", "morning", "evening", "weekend", "season", "fall", "summer", "spring"};

// Words by their first byte.
struct WordTable {
  std::vector<std::string_view> words;
  std::array<std::uint16_t, 257> begin{};
};

WordTable make_table() {
  std::vector<std::string_view> words;
  for (std::size_t begin = 0; begin < kWords.size();) {
    const std::size_t end = std::min(kWords.find(' ', begin), kWords.size());
    words.push_back(kWords.substr(begin, end - begin));
    begin = end + 1;
  }
  // Bytes compare as unsigned, so words of one first byte stand together in the order of the bytes.
  std::sort(words.begin(), words.end());
  WordTable table;
  for (const std::string_view word : words) ++table.begin[static_cast<unsigned char>(word[0]) + 1];
  for (std::size_t i = 0; i < 256; ++i) table.begin[i + 1] += table.begin[i];
  table.words = std::move(words);
  return table;
}

}  // namespace

bool is_dangling_opening(std::string_view word, std::string_view next) {
  static const WordTable table = make_table();
  if (word.empty()) return false;
  const auto byte = static_cast<unsigned char>(word[0]);
  bool is_listed = false;
  for (std::size_t i = table.begin[byte]; i < table.begin[byte + 1] && !is_listed; ++i) {
    is_listed = table.words[i].size() == word.size() && table.words[i] == word;
  }
  if (!is_listed) return false;
  const bool is_time = (word == "this" || word == "that") &&
                       std::find(kTimes.begin(), kTimes.end(), next) != kTimes.end();
  return !is_time;
}

}  // namespace copydesk
