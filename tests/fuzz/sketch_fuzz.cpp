// SPDX-License-Identifier: Apache-2.0
//
// Text to shingles, sketch and band keys: the same on every instruction set, equal to the reference,
// and blind to the order and repetition of shingles.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "copydesk/lsh/band_keys.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/similarity_estimate.h"
#include "copydesk/sketch/sketcher.h"
#include "only_target.h"
#include "property.h"
#include "reference/fast_similarity_sketch.h"
#include "valid_text.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

struct Products {
  ShingledText text;
  std::vector<std::uint32_t> slots;
  std::vector<std::uint8_t> packed;
  std::vector<std::uint64_t> keys;
};

Products make(std::string_view text, const ShingleOptions& shingles, const SketchOptions& sketch,
              const Banding& banding) {
  Products products;
  Shingler(shingles).shingle(text, products.text);
  products.slots.resize(sketch.slots);
  Sketcher(sketch).sketch(products.text.shingles, products.slots);
  products.packed.resize(sketch.slots);
  pack_slots(products.slots, products.packed);
  products.keys.resize(banding.bands);
  compute_band_keys(products.slots, banding, products.keys);
  return products;
}

void check_classes(const ShingledText& text, const ShingleOptions& options) {
  switch (text.text_class) {
    case TextClass::kEmpty:
      require(text.tokens == 0 && text.shingles.empty(), "an empty text has no shingle");
      break;
    case TextClass::kShort:
      require(text.tokens < options.size && text.shingles.size() == 1, "a short text has one");
      break;
    case TextClass::kRegular:
      require(text.shingles.size() == text.tokens - options.size + 1, "one shingle a window");
      break;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::int64_t> targets = supported_targets();
  Choices choices(data, size);
  ShingleOptions shingles;
  shingles.unit = choices.next(2) == 0 ? ShingleUnit::kWord : ShingleUnit::kCharacter;
  shingles.size = 1 + choices.next(64);
  SketchOptions sketch;
  sketch.kind = choices.next(2) == 0 ? SketchKind::kFastSimilarity : SketchKind::kMinHash;
  sketch.slots = 16 + 8 * choices.next(32);
  sketch.seed = choices.next(256);
  const Banding banding{1 + choices.next(8), 2};
  const std::string text = fuzz::valid_text(choices.rest());

  Products first;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const OnlyTarget only(targets[i]);
    const Products products = make(text, shingles, sketch, banding);
    if (i == 0) first = products;
    require(products.text.shingles == first.text.shingles, "the same shingles everywhere");
    require(products.text.exact_low == first.text.exact_low &&
                products.text.exact_high == first.text.exact_high,
            "the same exact key everywhere");
    require(products.slots == first.slots, "the same sketch everywhere");
    require(products.packed == first.packed && products.keys == first.keys, "the same bands");
  }
  check_classes(first.text, shingles);
  if (sketch.kind == SketchKind::kFastSimilarity) {
    require(first.slots == reference::fast_similarity_sketch(first.text.shingles, sketch.seed,
                                                             sketch.slots),
            "the sketch of the reference");
  }
  std::vector<std::uint64_t> set = first.text.shingles;
  make_shingle_set(set);
  require(std::is_sorted(set.begin(), set.end()) &&
              std::adjacent_find(set.begin(), set.end()) == set.end(),
          "a shingle set is sorted and has no repeats");
  std::vector<std::uint32_t> slots(sketch.slots);
  Sketcher(sketch).sketch(set, slots);
  require(slots == first.slots, "order and repeats do not matter to a sketch");
  return 0;
}
