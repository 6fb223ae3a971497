// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/group_counts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <numeric>
#include <vector>

#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

constexpr std::array kRules = {RemovalRule::kIdentical, RemovalRule::kSameWords,
                               RemovalRule::kNearDuplicate, RemovalRule::kContained,
                               RemovalRule::kSameKey};

struct GroupCounts {
  std::uint64_t documents = 0, bytes = 0;
  std::array<std::uint64_t, kRules.size()> removed{};
  std::map<std::uint32_t, std::uint64_t> in_favor_of;  // by group

  void add(const GroupCounts& other) {
    documents += other.documents;
    bytes += other.bytes;
    for (std::size_t i = 0; i < removed.size(); ++i) removed[i] += other.removed[i];
    for (const auto& [group, count] : other.in_favor_of) in_favor_of[group] += count;
  }
};

class GroupWriter {
 public:
  explicit GroupWriter(const DocumentGroups& groups) : groups_(groups) {}

  // Without a name what is beyond the groups that are listed.
  void add(const GroupCounts& counts, const std::uint32_t* group) {
    const auto out = std::back_inserter(json_);
    json_ += json_.size() > 1 ? ",\n      {" : "\n      {";
    append_name(group);
    const std::uint64_t gone =
        std::accumulate(counts.removed.begin(), counts.removed.end(), std::uint64_t{0});
    fmt::format_to(out, ", \"documents\": {}, \"bytes\": {}, \"kept\": {}", counts.documents,
                   counts.bytes, counts.documents - gone);
    for (std::size_t i = 0; i < kRules.size(); ++i) {
      if (kRules[i] == RemovalRule::kSameKey && counts.removed[i] == 0) continue;
      fmt::format_to(out, ", \"removed_{}\": {}", to_string(kRules[i]), counts.removed[i]);
    }
    json_ += ", \"removed_in_favor_of\": [";
    bool is_first = true;
    for (const auto& [other, count] : counts.in_favor_of) {
      json_ += is_first ? "{" : ", {";
      is_first = false;
      append_name(&other);
      fmt::format_to(out, ", \"documents\": {}}}", count);
    }
    json_ += "]}";
  }

  std::string json() && { return std::move(json_) + (json_.size() > 1 ? "\n    ]" : "]"); }

 private:
  void append_name(const std::uint32_t* group) {
    append_json_string(json_, groups_.label);
    json_ += ": ";
    if (group == nullptr || groups_.name_of(*group).empty()) {
      json_ += "null";
    } else {
      append_json_string(json_, groups_.name_of(*group));
    }
  }

  const DocumentGroups& groups_;
  std::string json_ = "[";
};

}  // namespace

std::string count_by_group(const CorpusTable& table, const DecisionList& decisions,
                           std::uint32_t first_new, const DocumentGroups& groups) {
  std::vector<GroupCounts> counts(groups.groups);
  for (auto document = first_new; document < table.documents.size(); ++document) {
    GroupCounts& group = counts[groups.group_of(document)];
    ++group.documents;
    group.bytes += table.documents[document].size;
  }
  for (const Decision& decision : decisions.removed) {
    GroupCounts& group = counts[groups.group_of(decision.document)];
    const auto* const rule = std::ranges::find(kRules, decision.rule);
    ++group.removed[static_cast<std::size_t>(rule - kRules.begin())];
    ++group.in_favor_of[groups.group_of(decision.kept)];
  }
  std::vector<std::uint32_t> order(groups.groups);
  std::iota(order.begin(), order.end(), 0U);
  if (groups.by_size) {
    std::ranges::stable_sort(order, [&](std::uint32_t x, std::uint32_t y) {
      return counts[x].documents > counts[y].documents;
    });
  }
  GroupWriter writer(groups);
  GroupCounts rest;
  std::size_t listed = 0;
  for (const std::uint32_t group : order) {
    if (counts[group].documents == 0) continue;
    if (listed < kMostGroups) {
      writer.add(counts[group], &group);
      ++listed;
    } else {
      rest.add(counts[group]);
    }
  }
  if (rest.documents > 0) writer.add(rest, nullptr);
  return std::move(writer).json();
}

}  // namespace copydesk
