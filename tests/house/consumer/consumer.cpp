// A program outside the tree: deduplicates a vector of strings and summarizes one.
#include <iostream>

#include "copydesk/copydesk.h"

int main() {
  const std::vector<std::string> texts = {
      "The ferry left the harbor at dawn with forty passengers. Nobody waved. It was cold.",
      "The ferry left the harbor at dawn with forty passengers! Nobody waved; it was cold.",
      "Bread is baked before five in the morning, when the street is still asleep."};
  const auto found = copydesk::dedup(texts);
  const auto abstracts = copydesk::summarize(texts, {.sentences = 1}).abstracts;
  std::cout << found.kept.size() << " stay; the first in short: " << abstracts[0].text << '\n';
  return found.kept.size() == 2 && abstracts[0].sentences.size() == 1 ? 0 : 1;
}
