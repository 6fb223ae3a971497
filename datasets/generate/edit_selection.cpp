// SPDX-License-Identifier: Apache-2.0
#include "generate/edit_selection.h"

#include <algorithm>
#include <cstdlib>

#include "generate/characters.h"

namespace copydesk::datasets {
namespace {

// The place in `words` where a cut at `wanted` bytes does no harm to a sentence, or else to a word.
std::size_t cut_near(std::string_view words, std::size_t wanted) {
  constexpr std::size_t kFar = 200;  // more than half a sentence
  std::size_t best = 0;
  const auto distance = [&](std::size_t place) {
    return place > wanted ? place - wanted : wanted - place;
  };
  const auto consider = [&](std::size_t place) {
    if (distance(place) < distance(best)) best = place;
  };
  for (const std::size_t end : sentence_ends(words)) consider(end);
  if (distance(best) <= kFar) return best;
  for (const TextSpan& word : words_in(words)) consider(word.end);
  return best;
}

bool is_body(const Part& part) {
  return part.kind == PartKind::kParagraph;
}

}  // namespace

Story change_headline(const Story& story, std::string_view headline) {
  Story result;
  result.gap = story.gap;
  for (const Part& part : story.parts) {
    if (part.kind == PartKind::kHeadline) {
      result.append(PartKind::kHeadline, headline);
    } else {
      result.append(part, story.words_of(part));
    }
  }
  return result;
}

Story trim_tail(const Story& story, double share) {
  std::size_t body = 0;
  for (const Part& part : story.parts) {
    if (is_body(part)) body += part.span.size();
  }
  std::size_t left = static_cast<std::size_t>(static_cast<double>(body) * share);
  Story result;
  result.gap = story.gap;
  for (const Part& part : story.parts) {
    const std::string_view words = story.words_of(part);
    if (!is_body(part)) {
      result.append(part, words);
    } else if (left >= words.size()) {
      result.append(part, words);
      left -= words.size();
    } else if (left > 0) {
      const std::size_t kept = cut_near(words, left);
      left = 0;
      if (kept == 0) continue;
      // A source that was edited itself differs in length; the cut is then only near.
      Part cut = part;
      if (part.source.size() == words.size()) cut.source.end = part.source.begin + kept;
      result.append(cut, words.substr(0, kept));
    }
  }
  return result;
}

Story keep_first_paragraphs(const Story& story, std::size_t count) {
  Story result;
  result.gap = story.gap;
  for (const Part& part : story.parts) {
    if (is_body(part) && count == 0) continue;
    if (is_body(part)) --count;
    result.append(part, story.words_of(part));
  }
  return result;
}

Story reorder_paragraphs(const Story& story, Random& random) {
  std::vector<std::size_t> body;
  for (std::size_t index = 0; index < story.parts.size(); ++index) {
    if (is_body(story.parts[index])) body.push_back(index);
  }
  if (body.size() < 3) return story;
  std::vector<std::size_t> order(body.begin() + 1, body.end());
  const std::vector<std::size_t> before = order;
  random.shuffle(order);
  if (order == before) std::rotate(order.begin(), order.begin() + 1, order.end());

  Story result;
  result.gap = story.gap;
  auto next = order.begin();
  for (std::size_t index = 0; index < story.parts.size(); ++index) {
    const bool moves = is_body(story.parts[index]) && index != body.front();
    const Part& part = story.parts[moves ? *next++ : index];
    result.append(part, story.words_of(part));
  }
  return result;
}

}  // namespace copydesk::datasets
