// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/class_words.h"

#include <xxhash.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "copydesk/read/html/ascii.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostBytes = 400;
constexpr std::size_t kLongestWord = 23;

// Words that say something only in pairs: a first and a second one beside it, as in "article-body".
// These bits never leave this file.
enum PairBit : std::uint32_t {
  kStoryFirst = 1U << 28,
  kFirst = 1U << 29,
  kSecond = 1U << 30,
  kPairBits = 7U << 28,
};

struct WordList {
  std::uint32_t hints;
  std::string_view words;  // separated by spaces
};

// Which words help and which harm was found on 621 labeled pages and checked on 1,541 others;
// widget, banner, dropdown, skip, sticky and toc look the part and cost whole pages.
constexpr WordList kLists[] = {
    {kHintFurniture | kHintStructure,
     "nav footer sidebar sidenav menu submenu megamenu breadcrumb breadcrumbs navbar navigation "
     "topbar masthead copyright colophon"},
    {kHintFurniture,
     "share sharing sharebar social newsletter subscribe subscription ad ads advert advertisement "
     "adsense promo popup modal pagination pager paging toolbar signup login signin sponsored "
     "sponsor tags taglist lightbox overlay tooltip offcanvas disclaimer flyout drawer addtoany "
     "sharedaddy outbrain taboola utility hatnote navbox catlinks printfooter editsection "
     "searchform searchbox noprint"},
    {kHintConsent,
     "cookie cookies consent gdpr onetrust didomi usercentrics trustarc cookiebot cookiebanner "
     "cookieconsent skiplink"},
    {kHintRelated,
     "related recommended recommendations recommendation recirc recirculation trending popular "
     "morefrom readmore upsell upsells crosssell suggested suggestions readnext nextprev alsolike "
     "similar"},
    {kHintComments, "comment comments commentlist disqus respond replies discussion"},
    {kHintReviews, "review reviews testimonial testimonials bazaarvoice yotpo"},
    {kHintAuthor, "byline author authors bio dateline contributor"},
    {kHintCaption, "caption captions credit credits gallery slideshow imgcaption"},
    {kHintDate, "date published timestamp pubdate datetime time posted"},
    {kHintEntry, "entry hentry blogpost"},
    {kHintBody,
     "articlebody articlecontent articletext postcontent postbody entrycontent storybody "
     "storycontent maincontent bodycontent richtext rte prose markdown"},
    {kFirst, "article post entry story blog page main body theme rich td parser"},
    {kStoryFirst, "article post entry story blog"},
    {kSecond, "content body text copy output"},
};

struct Table {
  static constexpr std::size_t kSlots = 1024;
  std::array<std::uint32_t, kSlots> hashes{};
  std::array<std::uint32_t, kSlots> hints{};

  Table() {
    for (const WordList& list : kLists) {
      for (std::size_t begin = 0; begin < list.words.size();) {
        const std::size_t end = std::min(list.words.find(' ', begin), list.words.size());
        add(name_hash(list.words.substr(begin, end - begin)), list.hints);
        begin = end + 1;
      }
    }
  }
  void add(std::uint32_t hash, std::uint32_t bits) {
    std::size_t slot = hash % kSlots;
    while (hashes[slot] != 0 && hashes[slot] != hash) slot = (slot + 1) % kSlots;
    hashes[slot] = hash;
    hints[slot] |= bits;
  }
  [[nodiscard]] std::uint32_t find(std::uint32_t hash) const {
    for (std::size_t slot = hash % kSlots; hashes[slot] != 0; slot = (slot + 1) % kSlots) {
      if (hashes[slot] == hash) return hints[slot];
    }
    return 0;
  }
};

}  // namespace

std::uint32_t hints_of_words(std::string_view value) {
  static const Table table;
  std::uint32_t hints = 0;
  std::uint32_t before = 0;  // of the word before in the same class
  std::uint32_t hash = kNameHashStart;
  std::size_t letters = 0;
  bool was_small = false;
  const auto end_word = [&] {
    if (letters > 0) {
      const std::uint32_t found = letters <= kLongestWord ? table.find(hash) : 0;
      hints |= found & ~kPairBits;
      if ((found & kSecond) != 0) {
        if ((before & kFirst) != 0) hints |= kHintBody;
        if ((before & kStoryFirst) != 0) hints |= kHintStory;
      }
      before = found;
      letters = 0;
      hash = kNameHashStart;
    }
    was_small = false;
  };
  for (const char c : value.substr(0, kMostBytes)) {
    if (is_ascii_letter(c)) {
      const bool is_capital = (c & 32) == 0;
      if (is_capital && was_small) end_word();
      hash = add_to_name_hash(hash, static_cast<char>(c | 32));
      ++letters;
      was_small = !is_capital;
    } else {
      end_word();
      if (c == ' ') before = 0;
    }
  }
  end_word();
  return hints;
}

std::uint32_t HintMemory::hints_of(std::string_view value) {
  Entry& entry = entries_[XXH3_64bits(value.data(), value.size()) % entries_.size()];
  if (entry.value != value) entry = {value, hints_of_words(value)};
  return entry.hints;
}

}  // namespace copydesk
