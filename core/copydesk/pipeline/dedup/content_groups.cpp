#include "copydesk/pipeline/dedup/content_groups.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <tuple>

namespace copydesk {

namespace {

// Documents whose content hashes are alike in the lower half, which nearly always means equal.
struct Entry {
  std::uint64_t low;
  std::uint32_t document;
};

constexpr int kMostPartBits = 10;

class Rows {
 public:
  Rows(const CorpusTable& table, std::span<const DocumentRow> others)
      : own_(table.documents), others_(others) {}
  [[nodiscard]] std::size_t size() const { return own_.size() + others_.size(); }
  const DocumentRow& operator[](std::uint32_t document) const {
    return document < own_.size() ? own_[document] : others_[document - own_.size()];
  }

 private:
  const std::deque<DocumentRow>& own_;
  std::span<const DocumentRow> others_;
};

// Puts the documents of one lower half in order, so that equal ones follow each other and the first
// of them in keep order leads.
void sort_alike(std::span<Entry> alike, const Rows& rows,
                std::span<const std::uint32_t> ranks) {
  if (alike.size() < 2) return;
  const auto key = [&](const Entry& entry) {
    return std::tuple(rows[entry.document].exact_high, ranks[entry.document]);
  };
  std::sort(alike.begin(), alike.end(),
            [&](const Entry& x, const Entry& y) { return key(x) < key(y); });
}

// Sets the representatives of documents that are `sorted`; returns how many are not their own.
std::uint64_t set_representatives(std::span<const Entry> sorted, const Rows& rows,
                                  std::vector<std::uint32_t>& representatives) {
  std::uint64_t repeats = 0;
  const DocumentRow* first = nullptr;
  std::uint32_t representative = 0;
  for (const Entry& entry : sorted) {
    const DocumentRow& row = rows[entry.document];
    const bool same = first != nullptr && row.exact_low == first->exact_low &&
                      row.exact_high == first->exact_high && row.text_class == first->text_class;
    if (!same) {
      first = &row;
      representative = entry.document;
    }
    representatives[entry.document] = representative;
    repeats += same ? 1 : 0;
  }
  return repeats;
}

}  // namespace

// Sorted by the lower half alone, which stands in the entries: to follow every comparison into the
// table would cost several times as much. Part by part of the hashes, to bound the entries.
ContentGroups group_by_content(const CorpusTable& table, std::span<const std::uint32_t> ranks,
                               std::size_t entries_at_once,
                               std::span<const DocumentRow> others) {
  const Rows rows(table, others);
  const auto count = static_cast<std::uint32_t>(rows.size());
  const int part_bits =
      std::min(kMostPartBits, static_cast<int>(std::bit_width(count / entries_at_once)));
  ContentGroups groups;
  groups.representatives.resize(count);
  std::vector<Entry> entries;
  for (std::uint64_t part = 0; part < std::uint64_t{1} << part_bits; ++part) {
    entries.clear();
    for (std::uint32_t document = 0; document < count; ++document) {
      const std::uint64_t low = rows[document].exact_low;
      if (part_bits == 0 || low >> (64 - part_bits) == part) entries.push_back({low, document});
    }
    std::sort(entries.begin(), entries.end(),
              [](const Entry& x, const Entry& y) { return x.low < y.low; });
    for (auto begin = entries.begin(); begin != entries.end();) {
      auto end = begin + 1;
      while (end != entries.end() && end->low == begin->low) ++end;
      sort_alike({begin, end}, rows, ranks);
      begin = end;
    }
    groups.repeats += set_representatives(entries, rows, groups.representatives);
  }
  for (std::uint32_t document = 0; document < count; ++document) {
    if (groups.representatives[document] == document &&
        rows[document].text_class != TextClass::kEmpty) {
      groups.to_join.push_back(document);
    }
  }
  return groups;
}

}  // namespace copydesk
