// SPDX-License-Identifier: Apache-2.0
#include <boost/test/unit_test.hpp>

#include <random>
#include <string>
#include <vector>

#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

std::size_t stories_of(std::string_view text) {
  PageStories page;
  page.find(text);
  return page.stories().size();
}

std::string made_word(int number) {
  std::string text;
  for (std::mt19937 letters(static_cast<unsigned>(number)); text.size() < 7;) {
    text += static_cast<char>('a' + letters() % 26);
  }
  return text;
}

// Sections of made-up words, each of a vocabulary of its own but for a third of it.
class DocumentMaker {
 public:
  explicit DocumentMaker(unsigned seed) : random_(seed) {}

  std::string sentence(int topic, int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
      const bool is_common = random_() % 3 == 0;
      const int word = static_cast<int>(is_common ? random_() % 12 : random_() % 40);
      text += made_word(is_common ? word : 100 + topic * 40 + word) + ' ';
    }
    text.back() = '.';
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }
  std::string heading(int topic) {
    std::string text = sentence(topic, 5);
    text.pop_back();
    return text;
  }

  // A paragraph of one line, or set at `column` behind `indent` spaces.
  std::string paragraph(int topic, std::size_t column = 0, std::size_t indent = 0) {
    std::string words;
    for (int i = 0; i < 3; ++i) words += (i > 0 ? " " : "") + sentence(topic, 14);
    if (column == 0) return words + '\n';
    std::string text, line(indent, ' ');
    for (std::size_t at = 0; at < words.size();) {
      const std::size_t end = std::min(words.find(' ', at), words.size());
      if (line.size() > indent && line.size() + end - at >= column) {
        text += line + '\n';
        line.assign(indent, ' ');
      }
      if (line.size() > indent) line += ' ';
      line += words.substr(at, end - at);
      at = end + 1;
    }
    return text + line + '\n';
  }

 private:
  std::mt19937 random_;
};

constexpr int kSections = 5, kParagraphs = 5;

// `write_heading` is given the heading and the number of the section.
template <class WriteHeading>
std::string document(unsigned seed, WriteHeading&& write_heading, const std::string& between = {}) {
  DocumentMaker maker(seed);
  std::string text = "# Title of all of it\n\n";
  for (int section = 0; section < kSections; ++section) {
    text += write_heading(maker.heading(section), section);
    for (int i = 0; i < kParagraphs; ++i) text += maker.paragraph(section) + '\n' + between;
  }
  return text;
}

BOOST_AUTO_TEST_SUITE(text_outline)

BOOST_AUTO_TEST_CASE(headings_of_two_depths_may_be_stories) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    const std::string text =
        document(seed, [](const std::string& heading, int) { return "## " + heading + "\n\n"; });
    BOOST_TEST(stories_of(text) == std::size_t{kSections});
    const std::string stories = document(seed, [](const std::string& heading, int section) {
      return (section > 0 ? "# " : "") + heading + "\n\n";
    });
    BOOST_TEST(stories_of(stories) == std::size_t{kSections});
  }
}

BOOST_AUTO_TEST_CASE(titles_are_without_marks) {
  const std::string text =
      document(1, [](const std::string& heading, int) { return "## " + heading + " ##\n\n"; });
  PageStories page;
  page.find(text);
  BOOST_REQUIRE(page.stories().size() == std::size_t{kSections});
  DocumentMaker maker(1);
  BOOST_TEST(page.stories()[0].title.of(text) == maker.heading(0));
  PageStories plain;
  plain.find("# The mill in the valley\n\nIt burned down on Monday night, and nobody was hurt.\n");
  BOOST_REQUIRE(plain.stories().size() == 1U);
  BOOST_TEST(plain.stories()[0].title.begin == 2U);
  BOOST_TEST(plain.stories()[0].title_lines.begin == 0U);
}

BOOST_AUTO_TEST_CASE(headings_of_three_depths_are_sections) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    const std::string text = document(seed, [](const std::string& heading, int section) {
      return (section % 2 == 0 ? "## " : "### ") + heading + "\n\n";
    });
    BOOST_TEST(stories_of(text) == 1U);
    const std::string underlined = document(seed, [](const std::string& heading, int section) {
      return heading + '\n' + std::string(heading.size(), "=-~"[section % 3]) + "\n\n";
    });
    BOOST_TEST(stories_of(underlined) == 1U);
  }
}

BOOST_AUTO_TEST_CASE(code_makes_one_text) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    const std::string text = document(
        seed, [](const std::string& heading, int) { return "## " + heading + "\n\n"; },
        "```\ngit push upstream the branch\n```\n\n");
    BOOST_TEST(stories_of(text) == 1U);
    // Not where the signs stand within a line.
    const std::string quoted = document(seed, [](const std::string& heading, int) {
      return "## " + heading + "\n\nThe clerk wrote ```" + heading + "``` into the book.\n\n";
    });
    BOOST_TEST(stories_of(quoted) == std::size_t{kSections});
  }
}

// Two comments, and a function with the braces and semicolons of one, a section.
BOOST_AUTO_TEST_CASE(a_program_is_one_text_without_a_title) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    DocumentMaker maker(seed);
    std::string program, prose;
    for (int section = 0; section < kSections; ++section) {
      const std::string heading = maker.heading(section) + "\n\n";
      program += heading;
      prose += heading;
      for (int i = 0; i < kParagraphs; ++i) {
        const std::string paragraph = maker.paragraph(section) + '\n';
        program += paragraph + "void run() {\n  stop();\n}\n\n";
        prose += paragraph;
      }
    }
    PageStories page;
    page.find(program);
    BOOST_REQUIRE(page.stories().size() == 1U);
    BOOST_TEST(page.stories()[0].title.empty());
    BOOST_TEST(stories_of(prose) == std::size_t{kSections});
  }
}

BOOST_AUTO_TEST_CASE(the_only_heading_at_the_top_is_the_title) {
  const std::string text =
      "# Changelog\n\nAll notable changes are written down here, one under the other.\n\n"
      "## 2.3.0\n\n- Tables can be exported, and the search looks into attachments.\n\n"
      "## 2.2.0\n\n- Attachments are kept in the store and no longer in the database.\n";
  PageStories page;
  page.find(text);
  BOOST_REQUIRE(page.stories().size() == 1U);
  BOOST_TEST(page.stories()[0].title.of(text) == "Changelog");
}

// The rule under a heading parts nothing, nor does a line that is not marked where others are.
BOOST_AUTO_TEST_CASE(an_underline_is_no_rule) {
  DocumentMaker maker(7);
  std::string text;
  for (const int section : {0, 1}) {
    const std::string heading = maker.heading(section);
    text += heading + '\n' + std::string(heading.size(), '-') + "\n\n";
    for (int i = 0; i < kParagraphs; ++i) text += maker.paragraph(section) + '\n';
  }
  PageStories page;
  page.find(text);
  BOOST_REQUIRE(page.stories().size() == 2U);
  BOOST_TEST(!page.stories()[1].title.empty());
  BOOST_TEST(text[page.stories()[1].span.begin - 1] == '\n');
  BOOST_TEST(page.stories()[1].title.begin == page.stories()[1].span.begin);
}

BOOST_AUTO_TEST_CASE(paragraphs_at_several_depths_are_a_manual) {
  for (unsigned seed = 0; seed < 5; ++seed) {
    DocumentMaker maker(seed);
    std::string manual, flat;
    for (int section = 0; section < kSections; ++section) {
      const std::string heading = maker.heading(section);
      manual += heading + '\n';
      flat += heading + '\n';
      for (int i = 0; i < kParagraphs; ++i) {
        const DocumentMaker same = maker;
        manual += maker.paragraph(section, 78, i % 2 == 0 ? 7 : 14) + '\n';
        maker = same;
        flat += maker.paragraph(section, 78, 0) + '\n';
      }
    }
    BOOST_TEST(stories_of(manual) == 1U);
    BOOST_TEST(stories_of(flat) == std::size_t{kSections});
  }
}

// Wire copy: the first line of a paragraph is indented, and the others are not.
BOOST_AUTO_TEST_CASE(first_lines_may_be_indented) {
  DocumentMaker maker(3);
  std::string text;
  for (int section = 0; section < kSections; ++section) {
    text += maker.heading(section) + '\n';
    for (int i = 0; i < kParagraphs; ++i) text += "    " + maker.paragraph(section, 70);
    text += "\n\n";
  }
  BOOST_TEST(stories_of(text) == std::size_t{kSections});
}

BOOST_AUTO_TEST_CASE(items_of_lists_begin_no_story) {
  for (const std::string_view sign : {"* ", "- ", "\u2022 ", "> ", "$ ", "// ", "(2) ", "b) "}) {
    DocumentMaker maker(11);
    std::string items, headlines;
    for (int section = 0; section < kSections; ++section) {
      const std::string heading = maker.heading(section);
      items += std::string(section > 0 ? sign : "") + heading + "\n\n";
      headlines += heading + "\n\n";
      for (int i = 0; i < kParagraphs; ++i) {
        const std::string paragraph = maker.paragraph(section) + '\n';
        items += paragraph;
        headlines += paragraph;
      }
    }
    BOOST_TEST_CONTEXT(sign) {
      BOOST_TEST(stories_of(items) == 1U);
      BOOST_TEST(stories_of(headlines) == std::size_t{kSections});
    }
  }
}

BOOST_AUTO_TEST_CASE(small_letters_begin_no_headline) {
  DocumentMaker maker(12);
  std::string text, named;
  for (int section = 0; section < kSections; ++section) {
    std::string heading = maker.heading(section);
    std::string small = heading;
    if (section > 0) small[0] = static_cast<char>(small[0] - 'A' + 'a');
    text += small + "\n\n";
    named += (section > 0 ? "iPhone " : "") + heading + "\n\n";
    for (int i = 0; i < kParagraphs; ++i) {
      const std::string paragraph = maker.paragraph(section) + '\n';
      text += paragraph;
      named += paragraph;
    }
  }
  BOOST_TEST(stories_of(text) == 1U);
  BOOST_TEST(stories_of(named) == std::size_t{kSections});
}

// In a text set at a column: labels in a row, and lines within a paragraph.
BOOST_AUTO_TEST_CASE(labels_and_lines_of_paragraphs_are_no_headlines) {
  DocumentMaker maker(13);
  std::string labels, parts;
  for (int section = 0; section < kSections; ++section) {
    const std::string heading = maker.heading(section);
    labels += "Files: " + heading + "\nCopyright: " + heading + "\n\n";
    if (section > 0) {
      std::string line = maker.sentence(section, 9);
      line[0] = static_cast<char>(line[0] - 'A' + 'a');
      line.back() = '\n';
      parts += line;
    }
    parts += heading + "\n\n";
    for (int i = 0; i < kParagraphs; ++i) {
      const std::string paragraph = maker.paragraph(section, 72) + '\n';
      labels += paragraph;
      parts += paragraph;
    }
  }
  BOOST_TEST(stories_of(labels) == 1U);
  BOOST_TEST(stories_of(parts) == 1U);
}

// Time is linear where a text has no line feed, too.
BOOST_AUTO_TEST_CASE(lines_that_end_in_carriage_returns) {
  DocumentMaker maker(14);
  std::string text;
  for (int section = 0; section < kSections; ++section) {
    text += (section > 0 ? "* " : "") + maker.heading(section) + '\r';
    for (int i = 0; i < kParagraphs; ++i) text += maker.paragraph(section);
    for (char& c : text) c = c == '\n' ? '\r' : c;
  }
  BOOST_TEST(stories_of(text) == 1U);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk
