// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/summary_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "copydesk/write/json_text.h"
#include "copydesk/write/page_text.h"
#include "copydesk/write/plain_text.h"
#include "copydesk/write/summary_page_style.h"
#include "copydesk/write/text_parts.h"

namespace copydesk {
namespace {

bool is_chosen(const SummarySentence& sentence) {
  return sentence.verdict == Verdict::kChosen || sentence.verdict == Verdict::kCut;
}

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
    out += ",\"title\":";
    append_json_string(out, source.title);
  }
  out += ",\"summary\":";
  std::string abstract;
  append_abstract(abstract, source.text, summary, separator);
  append_json_string(out, abstract);
  append_missing(out, summary.missing);
  out += ",\"sentences\":[";
  bool is_first = true;
  TextParts chosen(source.parts);
  for (const SummarySentence& sentence : summary.sentences) {
    if (!is_chosen(sentence)) continue;
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

void append_summary_heading(std::string& out, const AbstractSource& source, bool with_id) {
  out += "== ";
  if (with_id) out += source.id;
  if (source.story > 0) {
    if (with_id) out += ", ";
    fmt::format_to(std::back_inserter(out), "story {}", source.story);
    if (!source.title.empty()) {
      out += ": ";
      out += source.title;
    }
  }
  out += " ==\n";
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

void append_page_begin(std::string& out) {
  append_page_head(out, "Abstracts", {kSummaryStyle, kSummaryStyleDigest});
}

void append_page_article(std::string& out, std::string_view id, std::string_view title,
                         std::string_view text, const Summary& summary) {
  double best = 0.0;
  bool has_best = false;
  for (const SummarySentence& sentence : summary.sentences) {
    if (!is_chosen(sentence) || (has_best && sentence.score.total <= best)) continue;
    best = sentence.score.total;
    has_best = true;
  }
  out += "<article>\n<div class=\"id\">";
  append_page_text(out, id);
  out += "</div>\n";
  if (!title.empty()) {
    out += "<h2 dir=\"auto\">";
    append_page_text(out, title);
    out += "</h2>\n";
  }
  out += "<p class=\"abstract\" dir=\"auto\">";
  std::string abstract;
  append_abstract(abstract, text, summary, " ");
  append_page_text(out, abstract);
  out += "</p>\n";
  std::size_t written = 0;
  std::uint32_t paragraph = 0;
  out += "<p dir=\"auto\">";
  for (const SummarySentence& sentence : summary.sentences) {
    if (sentence.paragraph != paragraph) {
      out += "</p>\n<p dir=\"auto\">";
      paragraph = sentence.paragraph;
    } else if (written > 0 && written < sentence.span.begin) {
      out += ' ';
    }
    const TextSpan span = summary.span_of(sentence);
    fmt::format_to(std::back_inserter(out), "<span title=\"{:.3f}, {}\">", sentence.score.total,
                   to_string(sentence.verdict));
    if (!span.empty()) {
      out += sentence.score.total >= best ? "<mark class=\"r1\">" : "<mark>";
      append_page_text(out, span.of(text));
      out += "</mark>";
    }
    const std::size_t rest = span.empty() ? sentence.span.begin : span.end;
    append_page_text(out, text.substr(rest, sentence.span.end - rest));
    out += "</span>";
    written = sentence.span.end;
  }
  out += "</p>\n</article>\n";
}

void append_page_end(std::string& out) {
  out += "</body></html>\n";
}

}  // namespace copydesk
