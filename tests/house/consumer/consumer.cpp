// A program outside the tree: compares two texts with an installed copydesk.
#include <iostream>

#include "copydesk/pipeline/compare/compare.h"
#include "copydesk/version.h"

int main() {
  const copydesk::Comparison comparison = copydesk::compare_texts(
      "The ferry left the harbor at dawn with forty passengers on board.",
      "At dawn the ferry left the harbor at dawn with forty passengers on board!", {});
  std::cout << "copydesk " << copydesk::version() << ": Jaccard " << comparison.overlap.jaccard()
            << '\n';
  return comparison.overlap.shared == 8 ? 0 : 1;
}
