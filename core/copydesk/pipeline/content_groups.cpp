#include "copydesk/pipeline/content_groups.h"

#include <algorithm>
#include <numeric>
#include <tuple>

namespace copydesk {

ContentGroups group_by_content(const CorpusTable& table, std::span<const std::uint32_t> ranks) {
  const auto& documents = table.documents;
  const auto count = static_cast<std::uint32_t>(documents.size());
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), std::uint32_t{0});
  std::sort(order.begin(), order.end(), [&](std::uint32_t x, std::uint32_t y) {
    const DocumentRow& dx = documents[x];
    const DocumentRow& dy = documents[y];
    return std::tie(dx.exact_low, dx.exact_high, ranks[x]) <
           std::tie(dy.exact_low, dy.exact_high, ranks[y]);
  });

  ContentGroups groups;
  groups.representatives.resize(count);
  std::uint32_t representative = 0;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t document = order[i];
    const DocumentRow& row = documents[document];
    const DocumentRow& first = documents[representative];
    const bool same = i > 0 && row.exact_low == first.exact_low &&
                      row.exact_high == first.exact_high && row.text_class == first.text_class;
    if (!same) representative = document;
    groups.representatives[document] = representative;
    if (same) ++groups.repeats;
  }
  for (std::uint32_t document = 0; document < count; ++document) {
    if (groups.representatives[document] == document &&
        documents[document].text_class != TextClass::kEmpty) {
      groups.to_join.push_back(document);
    }
  }
  return groups;
}

}  // namespace copydesk
