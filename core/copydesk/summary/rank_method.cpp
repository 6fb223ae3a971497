// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/rank_method.h"

#include <array>
#include <utility>

namespace copydesk {
namespace {

constexpr std::array<std::pair<std::string_view, RankMethod>, 10> kMethods = {{
    {"directed", RankMethod::kDirected},
    {"lexrank", RankMethod::kLexRank},
    {"lexrank-continuous", RankMethod::kLexRankContinuous},
    {"textrank", RankMethod::kTextRank},
    {"bm25", RankMethod::kBm25},
    {"pacsum", RankMethod::kPacSum},
    {"centroid", RankMethod::kCentroid},
    {"sumbasic", RankMethod::kSumBasic},
    {"submodular", RankMethod::kSubmodular},
    {"lead", RankMethod::kLead},
}};

}  // namespace

std::optional<RankMethod> parse_rank_method(std::string_view name) {
  for (const auto& [known, method] : kMethods) {
    if (known == name) return method;
  }
  return std::nullopt;
}

std::string_view to_string(RankMethod method) {
  for (const auto& [name, known] : kMethods) {
    if (known == method) return name;
  }
  return "";
}

}  // namespace copydesk
