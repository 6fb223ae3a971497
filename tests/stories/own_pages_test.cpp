// SPDX-License-Identifier: Apache-2.0
//
// tests/pages/*.txt: pages written by hand, in several languages and of several kinds, none of
// which the rules were tuned on. Each line bears what it is: T the title of a story, which begins
// there, B text of the story, X furniture, ? either. A blank line stands between two lines; in a
// page that begins with "as written" they follow each other as in the file, with its blank lines.
// "known N" says how many lines of the page are known to be judged wrongly; a page that gets better
// must say so.

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "copydesk/stories/page_stories.h"

namespace copydesk {
namespace {

struct MarkedPage {
  std::string text;
  std::vector<std::string> titles;
  struct Line {
    char mark;
    TextSpan span;
  };
  std::vector<Line> lines;
  int known = 0;
};

MarkedPage read_page(const std::filesystem::path& path) {
  MarkedPage page;
  std::ifstream file(path);
  bool as_written = false;
  for (std::string line; std::getline(file, line);) {
    if (line == "as written") {
      as_written = true;
      continue;
    }
    if (line.empty()) {
      page.text += '\n';
      continue;
    }
    if (line.starts_with("known ")) {
      page.known = std::stoi(line.substr(6));
      continue;
    }
    BOOST_TEST_REQUIRE(line.substr(1, 1) == "|");
    const std::string content = line.substr(2);
    if (line[0] == 'T') page.titles.push_back(content);
    page.lines.push_back({line[0], {page.text.size(), page.text.size() + content.size()}});
    page.text += content + (as_written ? "\n" : "\n\n");
  }
  return page;
}

// Lines judged wrongly: text that is left out, furniture that is taken for text, titles that are
// not found, stories too many or too few.
int count_wrong(const MarkedPage& page, std::string& which) {
  PageStories found;
  found.find(page.text);
  std::vector<TextSpan> bodies;
  std::vector<std::string> titles;
  for (const PageStory& story : found.stories()) {
    const auto body = found.body(story);
    bodies.insert(bodies.end(), body.begin(), body.end());
    titles.emplace_back(story.title.of(page.text));
  }
  int wrong = 0;
  const auto note = [&](const std::string& what) {
    ++wrong;
    which += "  " + what + "\n";
  };
  for (const MarkedPage::Line& line : page.lines) {
    const bool is_text = std::any_of(bodies.begin(), bodies.end(), [&](const TextSpan& part) {
      return part.begin <= line.span.begin && line.span.end <= part.end;
    });
    const std::string content(line.span.of(page.text));
    if (line.mark == 'B' && !is_text) note("left out: " + content);
    if (line.mark == 'X' && is_text) note("taken for text: " + content);
  }
  const std::size_t stories = std::max<std::size_t>(page.titles.size(), 1);
  if (titles.size() != stories && !page.titles.empty()) {
    note("stories: " + std::to_string(titles.size()));
  }
  for (const std::string& title : page.titles) {
    // Marks of Markdown and the label of a mail's subject are no part of one.
    const bool is_found = std::any_of(titles.begin(), titles.end(), [&](const std::string& told) {
      return !told.empty() && title.ends_with(told) &&
             (told == title || title.starts_with("#") || title.starts_with("Subject: "));
    });
    if (!is_found) note("no title: " + title);
  }
  return wrong;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(own_pages)

BOOST_AUTO_TEST_CASE(pages_written_by_hand) {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::string(COPYDESK_SOURCE_DIR) + "/tests/pages")) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  BOOST_TEST(paths.size() >= 120u);
  for (const auto& path : paths) {
    const MarkedPage page = read_page(path);
    std::string which;
    const int wrong = count_wrong(page, which);
    BOOST_TEST(wrong == page.known, path.filename().string()
                                        << ": " << wrong << " wrong, known " << page.known << "\n"
                                        << which);
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace copydesk
