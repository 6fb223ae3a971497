// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/reuse_lines.h"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <iterator>

#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

void append_share_field(std::string& out, std::string_view name, double value) {
  fmt::format_to(std::back_inserter(out), ",\"{}\":", name);
  append_json_share(out, value);
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

void append_version(std::string& out, const StoryVersion& version, const StoryVersion& fullest) {
  out += '{';
  append_place(out, "id", "", version.place);
  append_json_field(out, "title", version.title);
  append_json_field(out, "site", version.site);
  if (version.time) append_json_field(out, "time", format_time(*version.time));
  append_json_field(out, "agency", version.agency);
  fmt::format_to(std::back_inserter(out), ",\"tokens\":{},\"relation\":\"{}\"", version.tokens,
                 to_string(version.relation));
  append_share_field(out, "in_fullest", share(version.shared_tokens, version.tokens));
  append_share_field(out, "of_fullest", share(version.shared_tokens, fullest.tokens));
  fmt::format_to(std::back_inserter(out), ",\"added\":{},\"cut\":{}",
                 version.tokens - version.shared_tokens, fullest.tokens - version.shared_tokens);
  append_share_field(out, "covers_others", version.coverage);
  out += "}";
}

}  // namespace

void append_passage_line(std::string& out, const RecordPlace& copy, const RecordPlace& source,
                         const CopiedPassage& passage) {
  out += '{';
  append_place(out, "copy", "copy_", copy);
  out += ',';
  append_place(out, "source", "source_", source);
  fmt::format_to(std::back_inserter(out),
                 ",\"copy_begin\":{},\"copy_end\":{},\"source_begin\":{},\"source_end\":{},"
                 "\"tokens\":{}",
                 passage.in_copy.begin, passage.in_copy.end, passage.in_source.begin,
                 passage.in_source.end, passage.tokens);
  append_share_field(out, "similarity", passage.similarity);
  fmt::format_to(std::back_inserter(out), ",\"relation\":\"{}\"", to_string(passage.relation));
  append_json_field(out, "set", passage.set);
  if (passage.answer) out += *passage.answer ? ",\"answer\":true" : ",\"answer\":false";
  out += "}\n";
}

void append_reuse_pair_line(std::string& out, const RecordPlace& a, const RecordPlace& b,
                            const RelatedPair& pair, const PairEvidence& evidence,
                            std::string_view source) {
  out += '{';
  append_place(out, "a", "a_", a);
  out += ',';
  append_place(out, "b", "b_", b);
  fmt::format_to(std::back_inserter(out), ",\"relation\":\"{}\"", to_string(pair.relation));
  append_json_field(out, "source", source);
  append_share_field(out, "share_a", pair.parts.share_a());
  append_share_field(out, "share_b", pair.parts.share_b());
  append_share_field(out, "containment_a", share(evidence.shared_grams, evidence.grams_a));
  append_share_field(out, "containment_b", share(evidence.shared_grams, evidence.grams_b));
  fmt::format_to(std::back_inserter(out), ",\"shared_grams\":{}", evidence.shared_grams);
  append_share_field(out, "weight", evidence.weight);
  // A median beyond what pairs are made of is not known exactly.
  if (evidence.median_df > 0 && evidence.median_df != ~std::uint32_t{0}) {
    fmt::format_to(std::back_inserter(out), ",\"median_df\":{}", evidence.median_df);
  }
  append_share_field(out, "agreement", evidence.agreement);
  fmt::format_to(std::back_inserter(out), ",\"rare_matched\":{}", evidence.rare_matched);
  if (evidence.numbers > 0) {
    fmt::format_to(std::back_inserter(out), ",\"numbers\":{}", evidence.numbers);
    append_share_field(out, "number_agreement", evidence.number_agreement);
    append_share_field(out, "differing_numbers", evidence.differing_numbers);
    if (evidence.slots.slots > 0) {
      fmt::format_to(std::back_inserter(out), ",\"number_slots\":{},\"counters\":{}",
                     evidence.slots.slots, evidence.slots.are_counters());
    }
  }
  fmt::format_to(std::back_inserter(out), ",\"passages\":{}}}\n", pair.passages);
}

void append_family_line(std::string& out, std::size_t number, const StoryFamily& family) {
  fmt::format_to(std::back_inserter(out), "{{\"family\":{},\"versions\":{}", number,
                 family.versions.size());
  const StoryVersion& fullest = family.versions[family.fullest];
  if (family.has_source()) append_json_field(out, "source", family.versions.front().place.id);
  append_share_field(out, "confidence", family.confidence);
  append_json_field(out, "ground", to_string(family.ground));
  if (family.ground == SourceGround::kTime) {
    fmt::format_to(std::back_inserter(out), ",\"lead_seconds\":{}",
                   static_cast<std::int64_t>(std::llround(family.lead_seconds)));
  }
  append_json_field(out, "fullest", fullest.place.id);
  out += ",\"members\":[";
  for (std::size_t i = 0; i < family.versions.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_version(out, family.versions[i], fullest);
  }
  out += "],\"quoted_by\":[";
  for (std::size_t i = 0; i < family.quoted_by.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(out, family.quoted_by[i]);
  }
  out += "]}\n";
}

std::string format_time(double seconds) {
  using namespace std::chrono;
  const auto whole = static_cast<std::int64_t>(std::floor(seconds));
  const std::int64_t day = whole >= 0 ? whole / 86400 : -((-whole + 86399) / 86400);
  const std::int64_t rest = whole - day * 86400;
  const year_month_day date{sys_days{days{day}}};
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     rest / 3600, rest / 60 % 60, rest % 60);
}

}  // namespace copydesk
