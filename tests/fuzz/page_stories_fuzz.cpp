// SPDX-License-Identifier: Apache-2.0
//
// Stories tile the page; titles and bodies lie in them, on the borders of characters and in order;
// an object that read another page before finds the same.
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/stories/page_stories.h"
#include "property.h"
#include "valid_text.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

std::string found_in(PageStories& page, std::string_view text, bool as_page) {
  page.find(text, nullptr, as_page);
  std::string found;
  std::size_t at = 0;
  for (const PageStory& story : page.stories()) {
    require(story.span.begin == at && fuzz::is_span_of(text, story.span), "stories tile the page");
    at = story.span.end;
    require(fuzz::is_span_of(text, story.title), "titles end between characters");
    if (!story.title.empty()) {
      require(story.title.begin >= story.span.begin && story.title.end <= story.span.end,
              "titles stand in their stories");
    }
    found += std::to_string(story.span.end) + ':' + std::string(story.title.of(text)) + '\n';
    std::size_t part_at = story.span.begin;
    for (const TextSpan& part : page.body(story)) {
      require(fuzz::is_span_of(text, part), "parts of a body end between characters");
      require(part.begin >= part_at && part.end <= story.span.end, "parts of a body are in order");
      part_at = part.end;
    }
    append_body(text, page.body(story), found);
  }
  require(page.stories().empty() || at == text.size(), "the last story ends with the page");
  return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static PageStories used;
  Choices choices(data, size);
  const bool as_page = choices.next(2) == 0;
  const std::string text = fuzz::valid_text(choices.rest());
  PageStories fresh;
  require(found_in(used, text, as_page) == found_in(fresh, text, as_page),
          "nothing is left of the page before");
  return 0;
}
