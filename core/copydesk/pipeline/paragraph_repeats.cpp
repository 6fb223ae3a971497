// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/paragraph_repeats.h"

#include <algorithm>
#include <tuple>
#include <utility>

namespace copydesk {

std::span<const ParagraphPlace> RepeatedParagraphs::of(std::uint32_t document) const {
  const auto begin = std::lower_bound(
      places.begin(), places.end(), document,
      [](const ParagraphPlace& place, std::uint32_t number) { return place.document < number; });
  const auto end = std::find_if(
      begin, places.end(), [&](const ParagraphPlace& place) { return place.document != document; });
  return {begin, end};
}

RepeatedParagraphs find_repeated_paragraphs(std::vector<ParagraphPlace> places) {
  RepeatedParagraphs found;
  std::sort(places.begin(), places.end(), [](const ParagraphPlace& x, const ParagraphPlace& y) {
    return std::tie(x.key, x.document, x.begin) < std::tie(y.key, y.document, y.begin);
  });
  for (std::size_t begin = 0, end = 0; begin < places.size(); begin = end) {
    while (end < places.size() && places[end].key == places[begin].key) ++end;
    if (end - begin < 2) continue;
    for (std::size_t i = begin; i < end; ++i) {
      ParagraphPlace place = places[i];
      place.key = found.groups.size();
      place.rank = static_cast<std::uint32_t>(i - begin);
      found.places.push_back(place);
    }
    found.groups.push_back(
        {static_cast<std::uint32_t>(end - begin), places[begin].document, places[begin].begin});
  }
  std::sort(found.places.begin(), found.places.end(),
            [](const ParagraphPlace& x, const ParagraphPlace& y) {
              return std::tie(x.document, x.begin) < std::tie(y.document, y.begin);
            });
  return found;
}

}  // namespace copydesk
