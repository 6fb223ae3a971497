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

void append_name(std::string& json, std::string_view label, std::string_view name) {
  append_json_string(json, label);
  json += ": ";
  if (name.empty()) {
    json += "null";
  } else {
    append_json_string(json, name);
  }
}

// Without a name what is beyond the groups that are listed.
SourceOutcome named(const GroupCounts& counts, const DocumentGroups& groups,
                   const std::uint32_t* group) {
  SourceOutcome found;
  if (group != nullptr) found.source = groups.name_of(*group);
  found.documents = counts.documents;
  found.bytes = counts.bytes;
  found.kept = counts.documents -
               std::accumulate(counts.removed.begin(), counts.removed.end(), std::uint64_t{0});
  std::uint64_t* const by_rule[] = {&found.removed_identical, &found.removed_same_words,
                                    &found.removed_near_duplicate, &found.removed_contained,
                                    &found.removed_same_key};
  for (std::size_t i = 0; i < kRules.size(); ++i) *by_rule[i] = counts.removed[i];
  for (const auto& [other, count] : counts.in_favor_of) {
    found.in_favor_of.emplace_back(groups.name_of(other), count);
  }
  return found;
}

}  // namespace

std::vector<SourceOutcome> count_by_group(const CorpusTable& table, const DecisionList& decisions,
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
  std::vector<SourceOutcome> found;
  GroupCounts rest;
  for (const std::uint32_t group : order) {
    if (counts[group].documents == 0) continue;
    if (found.size() < kMostGroups) {
      found.push_back(named(counts[group], groups, &group));
    } else {
      rest.add(counts[group]);
    }
  }
  if (rest.documents > 0) found.push_back(named(rest, groups, nullptr));
  return found;
}

std::string group_counts_json(const std::vector<SourceOutcome>& counts, std::string_view label) {
  std::string json = "[";
  const auto out = std::back_inserter(json);
  for (const SourceOutcome& group : counts) {
    json += json.size() > 1 ? ",\n      {" : "\n      {";
    append_name(json, label, group.source);
    fmt::format_to(out,
                   ", \"documents\": {}, \"bytes\": {}, \"kept\": {}, \"removed_identical\": {}, "
                   "\"removed_same_words\": {}, \"removed_near_duplicate\": {}, "
                   "\"removed_contained\": {}",
                   group.documents, group.bytes, group.kept, group.removed_identical,
                   group.removed_same_words, group.removed_near_duplicate, group.removed_contained);
    if (group.removed_same_key > 0) {
      fmt::format_to(out, ", \"removed_same_key\": {}", group.removed_same_key);
    }
    json += ", \"removed_in_favor_of\": [";
    bool is_first = true;
    for (const auto& [other, count] : group.in_favor_of) {
      json += is_first ? "{" : ", {";
      is_first = false;
      append_name(json, label, other);
      fmt::format_to(out, ", \"documents\": {}}}", count);
    }
    json += "]}";
  }
  return json + (json.size() > 1 ? "\n    ]" : "]");
}

}  // namespace copydesk
