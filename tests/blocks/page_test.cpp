// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

#include "copydesk/blocks/block_finder.h"
#include "copydesk/blocks/page_part.h"
#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

std::vector<BlockSpan> page_blocks(std::string_view text) {
  BlockFinderOptions options;
  options.site = false;
  BlockFinder finder(options);
  std::vector<BlockSpan> spans;
  finder.find(text, 0, nullptr, spans);
  return spans;
}

std::string cleaned(std::string_view text) {
  std::string out;
  std::size_t copied = 0;
  for (const BlockSpan& block : page_blocks(text)) {
    out += text.substr(copied, block.span.begin - copied);
    copied = block.span.end;
  }
  return out + std::string(text.substr(copied));
}

std::vector<PageStory> stories_of(std::string_view text) {
  PageStories page;
  page.find(text);
  return {page.stories().begin(), page.stories().end()};
}

std::string body_of(std::string_view text, std::size_t story = 0) {
  PageStories page;
  page.find(text);
  std::string body;
  append_body(text, page.body(page.stories()[story]), body);
  return body;
}

// Prose of made-up words; each topic has its own vocabulary besides the common one.
class PageMaker {
 public:
  explicit PageMaker(unsigned seed) : random_(seed) {}

  std::string words(int topic, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += ' ';
      const bool common = random_() % 3 == 0;
      text += word(common ? static_cast<int>(random_() % 12)
                          : 100 + topic * 40 + static_cast<int>(random_() % 40));
    }
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }
  unsigned random(unsigned end) { return static_cast<unsigned>(random_() % end); }

 private:
  static std::string word(int number) {
    std::string text;
    for (std::mt19937 letters(static_cast<unsigned>(number)); text.size() < 6;) {
      text += static_cast<char>('a' + letters() % 26);
    }
    return text;
  }
  std::mt19937 random_;
};

struct MadePage {
  std::string text;
  std::vector<std::size_t> starts;  // byte offsets of the stories but the first
  std::size_t repeats = 0;          // lines to be cut
};

MadePage make_page(unsigned seed, int stories) {
  PageMaker maker(seed);
  MadePage page;
  std::string& text = page.text;
  for (int story = 0; story < stories; ++story) {
    const int topic = static_cast<int>(seed) * 7 + story;
    if (story > 0) page.starts.push_back(text.size());
    const std::string title = maker.words(topic, 8) + "\n";
    const std::string caption = maker.words(topic, 20) + ".\n";
    const std::string gap(1 + maker.random(3), '\n');
    text += title + gap + caption + caption + "Photo\n" + title + caption + caption;
    page.repeats += 5;  // one title, three captions, the label
    const unsigned paragraphs = 5 + maker.random(8);
    for (unsigned i = 0; i < paragraphs; ++i) text += gap + maker.words(topic, 25) + ".\n";
  }
  if (stories == 1) --page.repeats;  // a label that occurs once is no repeat
  return page;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page)

BOOST_AUTO_TEST_CASE(finds_repeats_and_boundaries_of_generated_pages) {
  std::size_t found = 0, cut = 0, boundaries = 0, wrong = 0, expected = 0;
  for (unsigned seed = 1; seed <= 60; ++seed) {
    BOOST_TEST_CONTEXT("seed " << seed) {
      const MadePage page = make_page(seed, 1 + static_cast<int>(seed % 4));
      const auto blocks = page_blocks(page.text);
      BOOST_TEST(blocks.size() == page.repeats);
      const std::vector<PageStory> stories = stories_of(page.text);
      std::vector<std::size_t> starts;
      for (std::size_t i = 1; i < stories.size(); ++i) starts.push_back(stories[i].span.begin);
      // Made-up stories may be too much alike to be told apart, or to tell their headlines.
      for (const std::size_t start : starts) {
        const bool is_right =
            std::find(page.starts.begin(), page.starts.end(), start) != page.starts.end();
        ++(is_right ? boundaries : wrong);
      }
      found += page.repeats;
      cut += blocks.size();
      expected += page.starts.size();
    }
  }
  BOOST_TEST(found == cut);
  BOOST_TEST(expected > 60u);
  BOOST_TEST(100 * boundaries >= 95 * expected);
  BOOST_TEST(20 * wrong <= expected);
}

BOOST_AUTO_TEST_CASE(blank_lines_do_not_matter_where_titles_speak) {
  const MadePage page = make_page(3, 4);
  std::string dense;
  for (const char c : page.text) {
    if (c != '\n' || dense.empty() || dense.back() != '\n') dense += c;
  }
  BOOST_TEST(stories_of(dense).size() == stories_of(page.text).size());
  BOOST_TEST(page_blocks(dense).size() == page.repeats);
}

// Lists of links and tables are no stories, and no text of the one they stand by.
BOOST_AUTO_TEST_CASE(what_has_no_prose_is_no_story) {
  const auto list_of = [](PageMaker& maker, int topic, std::string_view end) {
    std::string list;
    for (int i = 0; i < 9; ++i) list += maker.words(topic, 7) + std::string(end) + "\n";
    return list;
  };
  for (unsigned seed = 0; seed < 30; ++seed) {
    PageMaker maker(seed);
    const int topic = static_cast<int>(seed) * 5;
    const std::string title = maker.words(topic, 8);
    std::string prose;
    for (int i = 0; i < 6; ++i) prose += maker.words(topic, 25) + ".\n";
    const std::string story = title + "\n" + prose;
    const std::string links = list_of(maker, topic + 1, "");
    const std::string table = list_of(maker, topic + 1, " 17");
    BOOST_TEST_CONTEXT("seed " << seed) {
      for (const std::string& page :
           {story + "\n" + links, story + "\n" + table, links + "\n" + story}) {
        const std::vector<PageStory> stories = stories_of(page);
        BOOST_TEST_REQUIRE(stories.size() == 1u);
        BOOST_TEST(stories[0].title.of(page) == title);
        BOOST_TEST(body_of(page).starts_with(prose.substr(0, 20)));
        BOOST_TEST(body_of(page).find(links.substr(0, 20)) == std::string::npos);
      }
    }
  }
}

// The same page gives the same stories, whatever else there is.
BOOST_AUTO_TEST_CASE(rules_of_signs_part_stories) {
  for (const std::string_view rule : {"***", "---", "* * *", "# # #", "-30-", "\u2042"}) {
    PageMaker maker(4);
    std::string first, second;
    for (int i = 0; i < 5; ++i) first += maker.words(1, 25) + ".\n\n";
    for (int i = 0; i < 5; ++i) second += maker.words(8, 25) + ".\n\n";
    const std::string page = first + std::string(rule) + "\n\n" + second;
    const std::vector<PageStory> stories = stories_of(page);
    BOOST_TEST_CONTEXT(rule) {
      BOOST_TEST_REQUIRE(stories.size() == 2u);
      BOOST_TEST(page.substr(stories[1].span.begin) == second);
      // Within a story they part scenes.
      std::string scenes = first + std::string(rule) + "\n\n";
      for (int i = 0; i < 5; ++i) scenes += maker.words(1, 25) + ".\n\n";
      BOOST_TEST(stories_of(scenes).size() == 1u);
    }
  }
}

// Short stories follow each other closely, each with its title printed twice, as of a wire.
BOOST_AUTO_TEST_CASE(short_stories_with_titles_printed_twice_are_cut) {
  PageMaker maker(11);
  std::string page;
  std::vector<std::size_t> begins;
  for (int topic = 0; topic < 5; ++topic) {
    begins.push_back(page.size());
    const std::string title = maker.words(topic * 7, 7);
    page += title + "\n\nShare\n\n" + title + "\n\n";
    page += title + " " + maker.words(topic * 7, 12) + ".\n\n";
    page += maker.words(topic * 7, 20) + ".\n\n";
  }
  const std::vector<PageStory> stories = stories_of(page);
  BOOST_TEST_REQUIRE(stories.size() == begins.size());
  for (std::size_t i = 0; i < begins.size(); ++i) BOOST_TEST(stories[i].span.begin == begins[i]);
}

BOOST_AUTO_TEST_CASE(first_copies_stay) {
  const MadePage page = make_page(9, 1);
  const std::string clean = cleaned(page.text);
  const std::string title = page.text.substr(0, page.text.find('\n') + 1);
  BOOST_TEST(clean.starts_with(title));
  BOOST_TEST(clean.find(title, 1) == std::string::npos);
  BOOST_TEST(cleaned(clean) == clean);
}

BOOST_AUTO_TEST_CASE(content_that_repeats_by_nature_survives) {
  const std::string_view texts[] = {
      // verse
      "The harbour lamps are burning low,\nAnd I have many a mile to row,\n"
      "The tide is slow, the night is deep,\nAnd still I row before I sleep,\n"
      "And still I row before I sleep.\n",
      // a song with its parts named
      "[Verse 1]\nI left my coat at the station bar\nI left my name in a rented car\n[Chorus]\n"
      "Oh, take the slow train home\nTake the slow train home\n[Verse 2]\n"
      "The fields go by like a folded map\nWith all your letters on my lap\n[Chorus]\n"
      "Oh, take the slow train home\nTake the slow train home\n",
      // code
      "for (int i = 0; i < n; ++i) {\n  total += values[i];\n}\n"
      "for (int i = 0; i < n; ++i) {\n  total += values[i];\n}\n",
      // a table, a list, cells one a line
      "| team | won | lost |\n| north | 3 | 1 |\n| south | 2 | 2 |\n| north | 3 | 1 |\n",
      "- two eggs from the farm\n- a cup of sugar\n- two eggs from the farm\n- salt\n",
      "Yes\nNo\nYes\nNo\nYes\nYes\nNo\nNo\n", "12 14 9 3\n10 11 8 2\n12 14 9 3\n",
      // a speaker
      "MAYOR:\nWe have looked at every one of the offers that came in before the end of May.\n"
      "MAYOR:\nNobody here was told that the bridge would be closed for the whole of the "
      "summer.\n"};
  for (const std::string_view text : texts) BOOST_TEST(cleaned(text) == text);
}

BOOST_AUTO_TEST_CASE(other_scripts) {
  const std::string chinese_title =
      "\u5E02\u653F\u5E9C\u5BA3\u5E03\u65B0\u7684\u5730\u94C1\u7EBF\u8DEF\n";
  const std::string chinese =
      chinese_title +
      "\n\u8BB0\u8005\u62A5\u9053\u4ECA\u5929\u4E0A\u5348\u7684\u6D88\u606F\u3002\n" +
      chinese_title + "\u65B0\u7EBF\u8DEF\u5C06\u8FDE\u63A5\u4E24\u4E2A\u5E02\u533A\u3002\n";
  BOOST_TEST(page_blocks(chinese).size() == 1u);
  BOOST_TEST(cleaned(chinese).find(chinese_title, 1) == std::string::npos);

  const std::string arabic_title =
      "\u0627\u0644\u0645\u062F\u064A\u0646\u0629 \u062A\u0641\u062A\u062D "
      "\u062C\u0633\u0631\u0627 "
      "\u062C\u062F\u064A\u062F\u0627 \u0627\u0644\u064A\u0648\u0645\n";
  const std::string arabic = arabic_title +
                             "\n\u0642\u0627\u0644 \u0627\u0644\u0631\u0626\u064A\u0633 "
                             "\u0630\u0644\u0643 \u0623\u0645\u0633.\n" +
                             arabic_title;
  const auto blocks = page_blocks(arabic);
  BOOST_REQUIRE(blocks.size() == 1u);
  BOOST_TEST((blocks[0].kind == BlockKind::kTitle));
  BOOST_TEST(blocks[0].span.of(arabic) == arabic_title);
}

BOOST_AUTO_TEST_CASE(lines_tile_any_text) {
  for (const std::string_view text : {"", "\n", "\n\n", "a", "a\n", "\r\na b\r\n \n c", " \t"}) {
    LineScanner scanner;
    std::vector<Line> lines;
    scanner.scan(text, lines);
    BOOST_TEST(cleaned(text) == text);
    BOOST_TEST(stories_of(text).size() == (lines.empty() ? 0u : 1u));
  }
}

BOOST_AUTO_TEST_CASE(of_what_is_no_page_the_first_lines_count) {
  std::string lines;
  for (std::size_t i = 0; i < kMostPageLines + 10; ++i) lines += "a\n";
  BOOST_TEST(page_part(lines).size() == 2 * kMostPageLines);
  BOOST_TEST(page_part(std::string_view(lines).substr(30)).size() == lines.size() - 30);
  const std::string wide = "first\n" + std::string(kMostPageBytes, 'a') + "\nlast";
  BOOST_TEST(page_part(wide) == "first\n");
  BOOST_TEST(page_part(std::string(kMostPageBytes + 1, 'a')).empty());
  const std::string whole(kMostPageBytes, 'a');
  BOOST_TEST(page_part(whole).size() == whole.size());
  // Whoever looks at all of it goes on behind them.
  BOOST_TEST(first_part(lines).size() == 2 * kMostPageLines);
  BOOST_TEST(first_part("").empty());
  BOOST_TEST(first_part("ab cd", 4) == "ab ");
  BOOST_TEST(first_part("abcdef", 4) == "abcd");
  BOOST_TEST(first_part("a\u00E9\u00E9\u00E9", 4) == "a\u00E9");
  BOOST_TEST(first_part("a\nbcdefgh", 4) == "a\n");
  // Nothing behind them is cut.
  const std::string title = "Bridge over the old harbor closes for six months\n";
  BOOST_TEST(cleaned(title + lines + title).ends_with(title));
}

// Of three stories without headlines, four lines each, the two gaps stand close to each other. Both
// are two blank lines wider than usual, so neither needs to be the one whose sides are least alike.
BOOST_AUTO_TEST_CASE(stories_without_headlines_behind_the_widest_gaps) {
  const std::vector<std::vector<std::string>> told = {
      {"The harbor of Norvik was closed on Monday because the big crane had lost a bolt, and all "
       "ships had to wait outside the harbor.",
       "Divers of the harbor found the bolt of the crane in the mud below the quay, and said that "
       "the crane had been overloaded.",
       "The master of the harbor wants to replace the crane before the ships come back with the "
       "first grain of the autumn.",
       "Ships that cannot wait are sent to the harbor of Boise, where a smaller crane unloads them "
       "within two days."},
      {"A choir of forty children sang in the old theatre on Sunday, and the theatre was so full "
       "that people stood in the street.",
       "The choir had learnt eleven songs since Easter, and the children chose the last song by "
       "themselves after a long debate.",
       "Parents of the children pay for the theatre, which wants three hundred for an evening and "
       "keeps the cloakroom money.",
       "In winter the choir will sing the songs again, if the theatre can be heated and the "
       "children "
       "have not grown out of their coats."},
      {"Farmers in the valley have lost half of their apples, since a late frost in May killed the "
       "blossom of the oldest orchards.",
       "The orchards at the river were hit most, because cold air flows down the valley and stays "
       "between the apple trees.",
       "Some farmers lit fires among the trees, and their apples hang there now as in any other "
       "year, red and heavy.",
       "The price of apples has doubled at the market, and farmers from the next valley drive over "
       "the pass to sell theirs."}};
  const auto page_with = [&](const std::string& usual, const std::string& gap) {
    std::string text;
    for (std::size_t story = 0; story < told.size(); ++story) {
      if (story > 0) text += gap;
      for (const std::string& line : told[story]) text += line + "\n" + usual;
    }
    return text;
  };
  BOOST_TEST(stories_of(page_with("", "\n\n\n")).size() == 3u);
  BOOST_TEST(stories_of(page_with("\n", "\n\n")).size() == 3u);
  BOOST_TEST(stories_of(page_with("\r\n", "\r\n\r\n")).size() == 3u);
  // Nothing tells them apart where the gaps are no wider than others.
  BOOST_TEST(stories_of(page_with("\n", "")).size() == 1u);
}

// A greeting, or a line in front of a list, is text of its story.
BOOST_AUTO_TEST_CASE(lines_that_go_on_are_no_titles) {
  const std::string prose =
      "We opened the library of the town twenty years ago with four hundred books.\n\n"
      "Today it has thirty thousand books, and the roof of the library lets the rain in.\n";
  for (const std::string_view line :
       {"Mr. Mayor, members of the council, dear friends of the library,",
        "What the friends of the library of the town claim:"}) {
    const std::string text = std::string(line) + "\n\n" + prose;
    BOOST_TEST(stories_of(text)[0].title.empty());
    BOOST_TEST(body_of(text) == text);
    const std::string dated = "Published 4 May 2020 at 12:30\n\n" + text;
    BOOST_TEST(stories_of(dated)[0].title.empty());
  }
  BOOST_TEST(!stories_of("The library of the town\n\n" + prose)[0].title.empty());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
