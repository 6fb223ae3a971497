// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/summary_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "copydesk/write/json_text.h"
#include "copydesk/write/markdown_text.h"
#include "copydesk/write/plain_text.h"
#include "copydesk/write/text_parts.h"

namespace copydesk {
namespace {

void append_number(std::string& out, std::size_t number) {
  const fmt::format_int text(number);
  out.append(text.data(), text.size());
}

void append_sentence(std::string& out, const SummarySentence& sentence, TextSpan span,
                     bool has_parts, bool with_verdict) {
  out += "{\"begin\":";
  append_number(out, span.begin);
  out += ",\"end\":";
  append_number(out, span.end);
  const auto append_part = [&out](std::string_view key, double value) {
    out += key;
    append_json_share(out, value);
  };
  const ScoreParts& score = sentence.score;
  append_part(",\"score\":", score.total);
  if (has_parts) {
    append_part(",\"centrality\":", score.centrality);
    append_part(",\"title\":", score.title);
    append_part(",\"position\":", score.position);
    append_part(",\"number\":", score.number);
    append_part(",\"quotation\":", score.quotation);
    append_part(",\"question\":", score.question);
    append_part(",\"length\":", score.length);
    append_part(",\"query\":", score.query);
    append_part(",\"overlap\":", score.overlap);
  }
  if (with_verdict) {
    out += ",\"verdict\":";
    append_json_string(out, to_string(sentence.verdict));
  }
  out += '}';
}

}  // namespace

void append_missing(std::string& out, std::span<const std::string> terms) {
  if (terms.empty()) return;
  out += ",\"missing\":[";
  for (const std::string& term : terms) {
    if (out.back() != '[') out += ',';
    append_json_string(out, term);
  }
  out += ']';
}

void append_summary_line(std::string& out, const AbstractSource& source, const Summary& summary,
                         std::string_view separator, bool has_parts, bool explain) {
  out += "{\"id\":";
  append_json_string(out, source.id);
  if (source.story > 0) {
    out += ",\"story\":";
    append_number(out, source.story);
  }
  if (source.story > 0 && source.title.empty()) out += ",\"title\":\"\"";
  append_json_field(out, "title", source.title);
  append_json_field(out, "url", source.url);
  append_json_field(out, "time", source.time);
  append_json_field(out, "site", source.site);
  out += ",\"summary\":";
  std::string abstract;
  append_abstract(abstract, source.text, summary, separator);
  append_json_string(out, abstract);
  append_missing(out, summary.missing);
  out += ",\"sentences\":[";
  bool is_first = true;
  TextParts chosen(source.parts);
  for (const SummarySentence& sentence : summary.sentences) {
    if (!is_chosen(sentence.verdict)) continue;
    if (!is_first) out += ',';
    is_first = false;
    append_sentence(out, sentence, chosen.in_document(summary.span_of(sentence)), has_parts, false);
  }
  out += ']';
  if (explain) {
    out += ",\"all\":[";
    is_first = true;
    TextParts all(source.parts);
    for (const SummarySentence& sentence : summary.sentences) {
      if (!is_first) out += ',';
      is_first = false;
      append_sentence(out, sentence, all.in_document(sentence.span), has_parts, true);
    }
    out += ']';
  }
  out += "}\n";
}

std::string describe_source(const AbstractSource& source) {
  std::string words(source.id);
  if (source.story > 0) words += fmt::format(", story {}", source.story);
  for (const std::string_view part : {source.site, source.time}) {
    if (!part.empty()) words.append(", ").append(part);
  }
  return words;
}

void append_summary_heading(std::string& out, const AbstractSource& source) {
  const std::string known = describe_source(source);
  out += "== ";
  append_plain_line(out, source.title.empty() ? std::string_view(known) : source.title);
  out += " ==\n";
  if (!source.title.empty()) {
    append_plain_line(out, known);
    out += '\n';
  }
  if (!source.url.empty()) {
    append_plain_line(out, source.url);
    out += '\n';
  }
  out += '\n';
}

void append_summary_markdown(std::string& out, const AbstractSource& source,
                             std::string_view abstract) {
  const std::string known = describe_source(source);
  out += "## ";
  append_markdown_link(out, source.url,
                       source.title.empty() ? std::string_view(known) : source.title);
  out += "\n\n";
  if (!source.title.empty()) {
    out += '*';
    append_markdown_line(out, known);
    out += "*\n\n";
  }
  append_markdown_text(out, abstract);
  out += "\n\n";
}

void append_summary_text(std::string& out, std::string_view text, const Summary& summary,
                         std::string_view separator, bool explain) {
  std::string abstract;
  append_abstract(abstract, text, summary, separator);
  append_plain_text(out, abstract);
  out += '\n';
  if (!explain) return;
  out += '\n';
  for (const SummarySentence& sentence : summary.sentences) {
    const ScoreParts& score = sentence.score;
    fmt::format_to(std::back_inserter(out),
                   "{:8.3f} = {:.3f} centrality {:+.3f} title {:+.3f} position {:+.3f} number "
                   "{:+.3f} quotation {:+.3f} question {:+.3f} length {:+.3f} query; {:+.3f} "
                   "overlap  [{}]\n         ",
                   score.total, score.centrality, score.title, score.position, score.number,
                   score.quotation, score.question, score.length, score.query, score.overlap,
                   to_string(sentence.verdict));
    append_plain_line(out, sentence.span.of(text));
    out += '\n';
  }
}

}  // namespace copydesk
