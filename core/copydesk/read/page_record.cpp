// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/page_record.h"

#include <fmt/format.h>

#include <iterator>

#include "copydesk/read/html/character_set.h"
#include "copydesk/read/json_line.h"

namespace copydesk {

void PageRecorder::append_page(std::string_view html, const PageOrigin& origin,
                               const FieldNames& names, std::string& lines) {
  reader_.read(html, origin.url, origin.charset,
               options_.all_text ? TextChoice::kAll : TextChoice::kMain, document_);
  append(document_.metadata, document_.text, origin, names,
         options_.explain ? explained() : std::string(), lines);
}

void PageRecorder::append_text(std::string_view text, const PageOrigin& origin,
                               const FieldNames& names, std::string& lines) {
  append({}, decode_to_utf8(text, detect_character_set(text, origin.charset), decoded_), origin,
         names, {}, lines);
}

// [{"reason":"text","role":...}, ...]: every block with its place in the page and why it was kept
// or left out.
std::string PageRecorder::explained() const {
  std::string json = "[";
  const HtmlPage& page = reader_.page();
  for (std::size_t i = 0; i < page.blocks.size(); ++i) {
    const HtmlBlock& block = page.blocks[i];
    const BlockReason reason = reader_.main().reasons[i];
    if (i > 0) json += ',';
    fmt::format_to(
        std::back_inserter(json),
        R"({{"kept":{},"reason":"{}","begin":{},"end":{},"heading":{},"link":{:.2f},"path":)",
        is_kept(reason), to_string(reason), block.source_begin, block.source_end, block.heading,
        block.link_share());
    JsonLine::append_string(json, reader_.tag_path(block));
    json += ",\"text\":";
    JsonLine::append_string(json, page.text_of(block));
    json += '}';
  }
  return json += ']';
}

void PageRecorder::append(const HtmlMetadata& metadata, std::string_view text,
                          const PageOrigin& origin, const FieldNames& names,
                          std::string_view blocks, std::string& lines) const {
  const PageAddress address = page_address(origin.url, metadata);
  JsonLine line(lines);
  line.add_if_any(names.id, origin.id)
      .add_if_any(names.title, metadata.title)
      .add_if_any(names.time, metadata.time.empty() ? origin.time : metadata.time)
      .add_if_any("author", metadata.author)
      .add_if_any(names.site, address.site)
      .add_if_any("site_name", metadata.site_name)
      .add_if_any(names.url, address.url)
      .add_if_any("language", metadata.language);
  if (!blocks.empty()) {
    line.add("page", to_string(reader_.main().kind)).add_json("blocks", blocks);
  }
  line.add(names.text, text).end();
}

}  // namespace copydesk
