// SPDX-License-Identifier: Apache-2.0
//
// The same visible text as gumbo, which follows the standard in full. Built where gumbo is
// installed (Debian: libgumbo-dev). COPYDESK_TEST_DATA may hold real pages, as html/pages/**.html.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "copydesk/read/html/character_set.h"
#include "copydesk/read/html/html_page.h"
#include "read/html/gumbo_text.h"

using namespace copydesk;

namespace {

std::string visible_text(std::string_view html) {
  HtmlPage page;
  parse_html(html, page);
  std::string text;
  tests::append_visible(text, page.text);
  return text;
}

// gumbo replaces control characters, which this reader hands on or takes for white space.
bool has_controls(std::string_view html) {
  for (std::size_t i = 0; i < html.size(); ++i) {
    const auto c = static_cast<unsigned char>(html[i]);
    if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f') || c == 0x7F) return true;
    if (c == 0xC2 && i + 1 < html.size() && static_cast<unsigned char>(html[i + 1]) < 0xA0)
      return true;
  }
  return false;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(gumbo_oracle)

BOOST_AUTO_TEST_CASE(small_pages) {
  for (const std::string_view html :
       {"<p>a<p>b<table><tr><td>c<td>d</table>e", "<ul><li>a<ul><li>b</ul><li>c</ul>",
        "a<b>c<p>d</b>e", "<select><option>x</select>a<textarea>&lt;</textarea>b",
        "&amp;lt; &notit; &#128; &copy2", "<a href='>'>x</a><a title=\"a>b\">y</a>",
        "a<!-- b -- > c -->d<!-->e", "<p>a</br>b</p>c</p>d",
        "<title>a</title><style>b</style><script>c</script>d", "<dl><dt>a<dd>b</dl>",
        "<math><mi>x</mi></math>y", "<button>a</button><label>b</label>",
        "<details><summary>a</summary>b", "<p>a<svg><title>t</title><text>u</text></svg>b"}) {
    BOOST_TEST_CONTEXT(html) {
      BOOST_TEST(visible_text(html) == tests::visible_text_by_gumbo(html));
    }
  }
}

BOOST_AUTO_TEST_CASE(real_pages) {
  const char* const data = std::getenv("COPYDESK_TEST_DATA");
  const auto folder = std::filesystem::path(data == nullptr ? "" : data) / "html" / "pages";
  if (data == nullptr || !std::filesystem::is_directory(folder)) {
    BOOST_TEST_MESSAGE("skipped: needs COPYDESK_TEST_DATA/html/pages");
    return;
  }
  std::size_t pages = 0;
  std::size_t unlike = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::string buffer;
    const std::string_view html = decode_to_utf8(bytes, detect_character_set(bytes, {}), buffer);
    ++pages;
    if (visible_text(html) == tests::visible_text_by_gumbo(html) || has_controls(html)) continue;
    ++unlike;
    BOOST_TEST_MESSAGE(entry.path().string());
  }
  BOOST_TEST_MESSAGE(pages << " pages, unlike " << unlike);
  BOOST_TEST(unlike * 100 <= pages);
}

BOOST_AUTO_TEST_SUITE_END()
