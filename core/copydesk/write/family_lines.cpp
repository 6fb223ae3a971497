// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/family_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <numeric>
#include <vector>

#include "copydesk/write/json_text.h"
#include "copydesk/write/markdown_text.h"
#include "copydesk/write/plain_text.h"
#include "copydesk/write/summary_lines.h"

namespace copydesk {
namespace {

std::string one_line(std::string_view text) {
  std::string line;
  append_plain_line(line, text);
  return line;
}

// Records of a voice that has more than one, in input order; voices by the number of the member
// that they are copies of.
void append_copies(std::string& out, std::span<const FamilyText> members,
                   const FamilySummary& summary) {
  std::vector<std::uint32_t> by_voice(members.size());
  std::iota(by_voice.begin(), by_voice.end(), 0U);
  const auto voice_of = [&](std::uint32_t member) { return summary.voice_of[member]; };
  std::stable_sort(by_voice.begin(), by_voice.end(), [&](std::uint32_t a, std::uint32_t b) {
    return voice_of(a) < voice_of(b);
  });
  bool is_first_voice = true;
  for (std::size_t begin = 0, end = 0; begin < by_voice.size(); begin = end) {
    while (end < by_voice.size() && voice_of(by_voice[end]) == voice_of(by_voice[begin])) ++end;
    if (end - begin < 2) continue;
    if (!is_first_voice) out += ',';
    is_first_voice = false;
    out += '[';
    for (std::size_t i = begin; i < end; ++i) {
      if (i > begin) out += ',';
      append_json_string(out, members[by_voice[i]].id);
    }
    out += ']';
  }
}

void append_texts(std::string& out, std::span<const FamilyText> members) {
  bool is_first_text = true;
  for (const FamilyText& member : members) {
    out += is_first_text ? "{\"id\":" : ",{\"id\":";
    is_first_text = false;
    append_json_string(out, member.id);
    append_json_field(out, "title", member.title);
    append_json_field(out, "url", member.url);
    append_json_field(out, "time", member.time_text);
    append_json_field(out, "site", member.site);
    out += '}';
  }
}

void append_sentences(std::string& out, std::span<const FamilyText> members,
                      std::span<const FamilySentence> sentences, bool with_verdict) {
  bool is_first = true;
  for (const FamilySentence& sentence : sentences) {
    if (!is_first) out += ',';
    is_first = false;
    out += "{\"id\":";
    append_json_string(out, members[sentence.member].id);
    fmt::format_to(std::back_inserter(out),
                   ",\"begin\":{},\"end\":{},\"score\":", sentence.span.begin, sentence.span.end);
    append_json_share(out, sentence.score);
    fmt::format_to(std::back_inserter(out), ",\"printed_by\":{}", sentence.printed_by);
    append_json_field(out, "first_time", members[sentence.member].time_text);
    if (with_verdict) {
      out += ",\"verdict\":";
      append_json_string(out, to_string(sentence.verdict));
    }
    out += '}';
  }
}

}  // namespace

std::string known_of(const FamilyText& member, bool with_id) {
  std::string known;
  for (const std::string* const part : {&member.site, &member.time_text, &member.id}) {
    if (part->empty() || (part == &member.id && !with_id)) continue;
    if (!known.empty()) known += ", ";
    known += *part;
  }
  return known;
}

std::string_view family_title(std::span<const FamilyText> members, const FamilySummary& summary) {
  if (!summary.sentences.empty()) {
    const FamilyText& first = members[summary.sentences.front().member];
    if (!first.title.empty()) return first.title;
  }
  for (const FamilyText& member : members) {
    if (!member.title.empty()) return member.title;
  }
  return {};
}

std::string family_abstract(std::span<const FamilyText> members, const FamilySummary& summary,
                            std::string_view separator) {
  std::string abstract;
  for (const FamilySentence& sentence : summary.sentences) {
    append_abstract_sentence(abstract, sentence.span.of(members[sentence.member].text), separator);
  }
  return abstract;
}

void append_family_line(std::string& out, std::string_view name,
                        std::span<const FamilyText> members, const FamilySummary& summary,
                        std::string_view separator, bool explain) {
  out += "{\"family\":";
  append_json_string(out, name);
  append_json_field(out, "title", family_title(members, summary));
  fmt::format_to(std::back_inserter(out),
                 ",\"members\":{},\"voices\":{},\"texts\":[", members.size(), summary.voices);
  append_texts(out, members);
  out += "],\"summary\":";
  const std::string abstract = family_abstract(members, summary, separator);
  append_json_string(out, abstract);
  append_missing(out, summary.missing);
  out += ",\"sentences\":[";
  append_sentences(out, members, summary.sentences, false);
  out += "],\"copies\":[";
  append_copies(out, members, summary);
  if (explain) {
    out += "],\"all\":[";
    append_sentences(out, members, summary.all, true);
  }
  out += "]}\n";
}

void append_family_text(std::string& out, std::string_view name,
                        std::span<const FamilyText> members, const FamilySummary& summary,
                        std::string_view separator, bool explain) {
  fmt::format_to(std::back_inserter(out), "== {} ==\n", one_line(name));
  if (const std::string_view title = family_title(members, summary); !title.empty()) {
    out += one_line(title) + "\n\n";
  }
  append_plain_text(out, family_abstract(members, summary, separator));
  out += "\n\n";
  for (const FamilySentence& sentence : explain ? summary.all : summary.sentences) {
    const FamilyText& member = members[sentence.member];
    fmt::format_to(std::back_inserter(out), "printed by {}, first in {}", sentence.printed_by,
                   one_line(member.id));
    if (!member.time_text.empty()) out += " at " + one_line(member.time_text);
    if (explain) {
      fmt::format_to(std::back_inserter(out), "; {:.3f} [{}]", sentence.score,
                     to_string(sentence.verdict));
    }
    out += ":\n  " + one_line(sentence.span.of(member.text)) + '\n';
  }
  if (members.size() > 1) out += "texts:\n";
  const std::size_t listed = members.size() > 1 ? std::min(kMostTextsListed, members.size()) : 0;
  for (std::size_t i = 0; i < listed; ++i) {
    out += "  ";
    if (!members[i].title.empty()) out += one_line(members[i].title) + ": ";
    out += one_line(known_of(members[i]));
    if (!members[i].url.empty()) out += ", " + one_line(members[i].url);
    out += '\n';
  }
  if (members.size() > kMostTextsListed) {
    fmt::format_to(std::back_inserter(out), "  and {} more\n", members.size() - kMostTextsListed);
  }
  out += '\n';
}

void append_family_markdown(std::string& out, std::string_view name,
                            std::span<const FamilyText> members, const FamilySummary& summary,
                            std::string_view separator) {
  const std::string_view title = family_title(members, summary);
  out += "## ";
  append_markdown_line(out, title.empty() ? name : title);
  out += "\n\n";
  append_markdown_text(out, family_abstract(members, summary, separator));
  out += "\n\n";
  for (std::size_t i = 0; i < std::min(kMostTextsListed, members.size()); ++i) {
    out += "- ";
    if (!members[i].title.empty() || !members[i].url.empty()) {
      append_markdown_link(out, members[i].url,
                           members[i].title.empty() ? members[i].id : members[i].title);
      out += ", ";
    }
    append_markdown_line(out, known_of(members[i]));
    out += '\n';
  }
  if (members.size() > kMostTextsListed) {
    fmt::format_to(std::back_inserter(out), "- and {} more\n", members.size() - kMostTextsListed);
  }
  out += '\n';
}

}  // namespace copydesk
