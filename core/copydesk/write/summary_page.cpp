// SPDX-License-Identifier: Apache-2.0
#include "copydesk/write/summary_page.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "copydesk/write/page/page.h"
#include "copydesk/write/page/page_text.h"
#include "copydesk/write/result_lines.h"

namespace copydesk {

namespace {

constexpr std::size_t kHeldBytes = std::size_t{4} << 20;
constexpr std::size_t kTitleBytes = 90;  // of a text that stand in the place of a title

// What leads to an article: its title, else the beginning of its abstract, else its id.
std::string name_of(std::string_view title, std::string_view abstract, std::string_view id) {
  if (!title.empty()) return std::string(title);
  const std::string_view begin = cut_between_characters(abstract, kTitleBytes);
  if (begin.empty()) return std::string(id);
  if (begin.size() == abstract.size()) return std::string(begin);
  return std::string(begin.substr(0, begin.find_last_not_of(' ') + 1)) + " …";
}

void append_row(std::string& row, std::string_view name, std::string_view site,
                std::string_view time, std::string_view id) {
  append_page_text(row, name);
  row += "</a></td>";
  append_text_cell(row, site, "site");
  append_text_cell(row, time, "time");
  append_text_cell(row, id, "id");
  row += "</tr>\n";
}

void append_head(std::string& out, const AbstractSource& source) {
  if (!source.title.empty() || is_web_address(source.url)) {
    out += "<h2 dir=\"auto\">";
    append_page_link(out, source.url, source.title.empty() ? source.url : source.title);
    out += "</h2>\n";
  }
  out += "<p class=\"meta\">";
  append_page_text(out, describe_source(source));
  out += "</p>\n";
}

void append_abstract_paragraph(std::string& out, std::string_view abstract) {
  out += "<p class=\"abstract\" dir=\"auto\">";
  append_page_text(out, abstract);
  out += "</p>\n";
}

void append_index_row(PageArticle& out, const AbstractSource& source, std::string_view abstract) {
  append_row(out.row, name_of(source.title, abstract, source.id), source.site, source.time,
             source.id);
}

// The title of a member, and what else is known of it.
void append_member(std::string& out, const FamilyText& member) {
  append_page_link(out, member.url,
                   member.title.empty() ? std::string_view(member.id) : member.title);
  // Without a title its id has stood in the place of that.
  const std::string known = known_of(member, !member.title.empty());
  if (known.empty()) return;
  out += " <span class=\"note\">";
  append_page_text(out, known);
  out += "</span>";
}

void append_in_parts(const SpillBuffer& buffer, const std::function<void(std::string_view)>& take) {
  constexpr std::uint64_t kPart = std::uint64_t{1} << 20;
  std::string part;
  for (std::uint64_t place = 0; place < buffer.size(); place += part.size()) {
    part.resize(static_cast<std::size_t>(std::min(kPart, buffer.size() - place)));
    buffer.read(place, std::as_writable_bytes(std::span(part)));
    take(part);
  }
}

}  // namespace

void append_newsletter_article(PageArticle& out, const AbstractSource& source,
                               std::string_view abstract) {
  append_index_row(out, source, abstract);
  append_head(out.article, source);
  append_abstract_paragraph(out.article, abstract);
}

void append_marked_article(PageArticle& out, const AbstractSource& source, const Summary& summary) {
  std::string abstract;
  append_abstract(abstract, source.text, summary, " ");
  append_index_row(out, source, abstract);
  append_head(out.article, source);
  append_abstract_paragraph(out.article, abstract);
  double best = 0.0;
  bool has_best = false;
  for (const SummarySentence& sentence : summary.sentences) {
    if (!is_chosen(sentence.verdict) || (has_best && sentence.score.total <= best)) continue;
    best = sentence.score.total;
    has_best = true;
  }
  std::size_t written = 0;
  std::uint32_t paragraph = 0;
  std::string& text = out.article;
  text += "<p dir=\"auto\">";
  for (const SummarySentence& sentence : summary.sentences) {
    if (sentence.paragraph != paragraph) {
      text += "</p>\n<p dir=\"auto\">";
      paragraph = sentence.paragraph;
    } else if (written > 0 && written < sentence.span.begin) {
      text += ' ';
    }
    const TextSpan span = summary.span_of(sentence);
    fmt::format_to(std::back_inserter(text), "<span title=\"{:.3f}, {}\">", sentence.score.total,
                   to_string(sentence.verdict));
    if (!span.empty()) {
      text += sentence.score.total >= best ? "<mark class=\"best\">" : "<mark>";
      append_page_text(text, span.of(source.text));
      text += "</mark>";
    }
    const std::size_t rest = span.empty() ? sentence.span.begin : span.end;
    append_page_text(text, source.text.substr(rest, sentence.span.end - rest));
    text += "</span>";
    written = sentence.span.end;
  }
  text += "</p>\n";
}

void append_family_article(PageArticle& out, std::string_view name,
                           std::span<const FamilyText> members, const FamilySummary& summary,
                           bool with_printers) {
  const std::string abstract = family_abstract(members, summary, " ");
  const std::string_view title = family_title(members, summary);
  const FamilyText& first = members[summary.sentences.empty() ? 0 : summary.sentences.front().member];
  append_row(out.row, name_of(title, abstract, name), first.site, first.time_text, name);
  std::string& html = out.article;
  if (!title.empty()) {
    html += "<h2 dir=\"auto\">";
    append_page_link(html, first.url, title);
    html += "</h2>\n";
  }
  html += "<p class=\"meta\">";
  append_page_text(html, name);
  fmt::format_to(std::back_inserter(html), ": {}, {}</p>\n", counted_noun(members.size(), "text"),
                 counted_noun(summary.voices, "voice"));
  if (!with_printers) append_abstract_paragraph(html, abstract);
  for (const FamilySentence& sentence : summary.sentences) {
    if (!with_printers) break;
    const FamilyText& member = members[sentence.member];
    html += "<p class=\"abstract\" dir=\"auto\">";
    append_page_text(html, sentence.span.of(member.text));
    fmt::format_to(std::back_inserter(html),
                   "<br><span class=\"note\">printed by {}, first in ", sentence.printed_by);
    append_page_text(html, member.id);
    if (!member.time_text.empty()) {
      html += " at ";
      append_page_text(html, member.time_text);
    }
    html += "</span></p>\n";
  }
  html += "<ul>";
  for (std::size_t i = 0; i < std::min(kMostTextsListed, members.size()); ++i) {
    html += "<li dir=\"auto\">";
    append_member(html, members[i]);
    html += "</li>";
  }
  html += "</ul>\n";
  if (members.size() > kMostTextsListed) {
    fmt::format_to(std::back_inserter(html), "<p class=\"note\">and {} more</p>\n",
                   with_commas(members.size() - kMostTextsListed));
  }
}

AbstractPage::AbstractPage(const std::string& folder)
    : rows_(folder, kHeldBytes), articles_(folder, kHeldBytes) {}

void AbstractPage::add(const PageArticle& article) {
  const auto append = [](SpillBuffer& buffer, std::string_view text) {
    buffer.append(std::as_bytes(std::span(text)));
  };
  append(rows_, fmt::format("<tr><td class=\"t\" dir=\"auto\"><a href=\"#a{}\">", count_));
  append(rows_, article.row);
  append(articles_, fmt::format("<article id=\"a{}\">\n", count_));
  append(articles_, article.article);
  append(articles_, "</article>\n");
  ++count_;
}

void AbstractPage::write(std::string_view title,
                         const std::function<void(std::string_view)>& take) const {
  std::string html;
  append_page_begin(html, title);
  if (count_ > 1) {
    fmt::format_to(std::back_inserter(html),
                   "<form class=\"filter\" data-table=\"index\"><label>find <input name=\"text\" "
                   "type=\"search\" title=\"in titles; Enter looks into the texts, too\"></label><button "
                   "class=\"go\">Find in texts</button></form>\n<div class=\"wide\"><table class=\"list "
                   "fold\" id=\"index\" data-rows=\"{}\"><thead><tr><th>{}</th><th>site</th><th>time</th>"
                   "<th>id</th></tr></thead><tbody>\n",
                   40, counted_noun(count_, "abstract"));
    take(html);
    append_in_parts(rows_, take);
    html = "</tbody></table></div>\n";
  }
  if (count_ == 0) html += "<p>There are no texts.</p>\n";
  take(html);
  append_in_parts(articles_, take);
  html.clear();
  append_page_end(html);
  take(html);
}

}  // namespace copydesk
