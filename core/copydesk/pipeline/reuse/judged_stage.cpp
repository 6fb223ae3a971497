// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse/judged_stage.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace copydesk {

namespace {

enum PartKind : std::uint32_t { kPairs = 1, kPassages, kEvidence, kCounts };
constexpr std::size_t kPart = std::size_t{1} << 15;

// Plain structs, as they stand in the memory of this build: a checkpoint is not for another.
template <class Value>
void append(StageWriter& stage, PartKind kind, std::span<const Value> values) {
  static_assert(std::is_trivially_copyable_v<Value>);
  stage.append(kind, {reinterpret_cast<const char*>(values.data()), values.size_bytes()});
}

template <class Value>
std::vector<Value> values_of(const StageReader& stage) {
  if (stage.text().size() % sizeof(Value) != 0) stage.fail();
  std::vector<Value> values(stage.text().size() / sizeof(Value));
  if (!values.empty()) std::memcpy(values.data(), stage.text().data(), stage.text().size());
  return values;
}

// Whether places of passages lie within the texts, so that a file made for the purpose is refused.
bool is_sound(const JudgedPairs& judged, const CollectedTexts& collected) {
  const auto tokens_of = [&](std::uint32_t number) {
    const auto& all = collected.documents;
    const auto place = std::lower_bound(
        all.begin(), all.end(), number,
        [](const ReuseDocument& entry, std::uint32_t wanted) { return entry.document < wanted; });
    return place == all.end() || place->document != number ? 0 : place->tokens;
  };
  if (!judged.evidence.empty() && judged.evidence.size() != judged.pairs.size()) return false;
  std::uint64_t next = 0;
  std::vector<StoredPassage> passages;
  for (const RelatedPair& pair : judged.pairs) {
    const std::uint32_t tokens_a = tokens_of(pair.pair.a);
    const std::uint32_t tokens_b = tokens_of(pair.pair.b);
    const auto fits = [&](const auto& place) {
      return place.begin_a <= place.end_a && place.end_a <= tokens_a &&
             place.begin_b <= place.end_b && place.end_b <= tokens_b;
    };
    if (pair.relation > Relation::kBoilerplate || tokens_a == 0 || tokens_b == 0) return false;
    if (pair.passages > judged.passages.size() - next || !fits(pair)) return false;
    passages.resize(pair.passages);
    judged.passages.read(next, passages);
    next += pair.passages;
    if (!std::all_of(passages.begin(), passages.end(), fits)) return false;
  }
  return next == judged.passages.size();
}

}  // namespace

void write_judged(const JudgedPairs& judged, StageWriter& stage) {
  const std::span<const RelatedPair> pairs = judged.pairs;
  for (std::size_t begin = 0; begin < pairs.size(); begin += kPart) {
    append(stage, kPairs, pairs.subspan(begin, std::min(kPart, pairs.size() - begin)));
  }
  judged.passages.for_each_part(
      kPart, [&](std::span<const StoredPassage> part) { append(stage, kPassages, part); });
  judged.evidence.for_each_part(
      kPart, [&](std::span<const PairEvidence> part) { append(stage, kEvidence, part); });
  const std::array<std::uint64_t, 3> counts = {judged.accepted, judged.templates,
                                               judged.boilerplate};
  append(stage, kCounts, std::span<const std::uint64_t>(counts));
}

void read_judged(StageReader& stage, const CollectedTexts& collected, JudgedPairs& judged) {
  while (stage.next()) {
    switch (stage.kind()) {
      case kPairs: {
        const auto part = values_of<RelatedPair>(stage);
        judged.pairs.insert(judged.pairs.end(), part.begin(), part.end());
        break;
      }
      case kPassages:
        judged.passages.append(values_of<StoredPassage>(stage));
        break;
      case kEvidence:
        judged.evidence.append(values_of<PairEvidence>(stage));
        break;
      case kCounts: {
        const auto part = values_of<std::uint64_t>(stage);
        if (part.size() != 3) stage.fail();
        judged.accepted = part[0];
        judged.templates = part[1];
        judged.boilerplate = part[2];
        break;
      }
      default:
        stage.fail();
    }
  }
  if (stage.is_complete() && !is_sound(judged, collected)) stage.fail();
}

}  // namespace copydesk
