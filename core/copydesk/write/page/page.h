#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The frame of every HTML page of the library and the small parts they share: one style, one script,
// and a content security policy by which nothing else runs and nothing loads. Pages work offline and
// are whole without the script.
//
//   std::string html;
//   append_page_begin(html, "Families of copies");
//   append_figures(html, {{"documents", with_commas(1000)}});
//   append_page_end(html);

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace copydesk {

// Everything up to the heading, in which `title` stands. It is ours, not the corpus's.
void append_page_begin(std::string& out, std::string_view title);
void append_page_end(std::string& out);

// "12,345".
[[nodiscard]] std::string with_commas(std::uint64_t number);
// "1 text", "2,000 texts"; what does not take an s, in full: counted_noun(2, "copy", "copies").
[[nodiscard]] std::string counted_noun(std::uint64_t count, std::string_view noun,
                                       std::string_view plural = {});
// "37 %", to the nearest; of nothing "0 %".
[[nodiscard]] std::string rounded_percent(std::uint64_t part, std::uint64_t whole);
// "37.2", of a hundred; of nothing "0.0".
[[nodiscard]] std::string share_in_percent(std::uint64_t part, std::uint64_t whole);
// "1.4 MB", decimal.
[[nodiscard]] std::string with_byte_unit(std::uint64_t bytes);
// "1 second", "90 minutes", "3 days".
[[nodiscard]] std::string span_of_time(double seconds);

// Whether an address of the corpus is one of http or https.
[[nodiscard]] bool is_web_address(std::string_view address);
// A link with `text` in it to where an address of the corpus points, if it is one of the web; the text
// alone else. Both are escaped.
void append_page_link(std::string& out, std::string_view address, std::string_view text);

// Numbers that are to be seen first, each with what it counts. Ours.
struct PageFigure {
  std::string_view label;
  std::string value;
};
void append_figures(std::string& out, std::span<const PageFigure> figures);

// Links to the parts of a page: {id, words}. Ours.
struct PagePart {
  std::string_view id, words;
};
void append_page_parts(std::string& out, std::span<const PagePart> parts);

// <td> with text of the corpus, in whatever direction it runs. `label` (ours) stands before it where
// the table is folded because the screen is narrow.
void append_text_cell(std::string& out, std::string_view text, std::string_view label);
void append_number_cell(std::string& out, std::uint64_t number, std::string_view label);

}  // namespace copydesk
