#include "copydesk/write/result_lines.h"

#include <fmt/format.h>

#include <iterator>

#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

void append_strings(std::string& out, std::span<const std::string> strings) {
  out.push_back('[');
  for (std::size_t i = 0; i < strings.size(); ++i) {
    if (i > 0) out.push_back(',');
    append_json_string(out, strings[i]);
  }
  out.push_back(']');
}

}  // namespace

std::string_view cut_between_characters(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

void append_decision_line(std::string& out, const Decision& decision, std::string_view id,
                          std::string_view kept_id, const SharedPassage& passage) {
  const bool equal = is_equality(decision.rule);
  out += "{\"id\":";
  append_json_string(out, id);
  out += ",\"kept_id\":";
  append_json_string(out, kept_id);
  fmt::format_to(std::back_inserter(out), ",\"rule\":\"{}\",\"jaccard\":",
                 to_string(decision.rule));
  append_json_share(out, equal ? 1.0 : decision.overlap.jaccard());
  out += ",\"containment\":";
  append_json_share(out, equal ? 1.0 : decision.overlap.containment_a());
  out += ",\"contained\":";
  append_json_share(out, equal ? 1.0 : decision.overlap.containment_b());
  fmt::format_to(std::back_inserter(out), ",\"shared_tokens\":{},\"shared_passage\":",
                 passage.tokens);
  append_json_string(out, cut_between_characters(passage.text, kMostPassageBytes));
  out += "}\n";
}

void append_pair_line(std::string& out, std::string_view a, std::string_view b,
                      const Overlap& overlap) {
  out += "{\"a\":";
  append_json_string(out, a);
  out += ",\"b\":";
  append_json_string(out, b);
  out += ",\"jaccard\":";
  append_json_share(out, overlap.jaccard());
  out += ",\"containment_a\":";
  append_json_share(out, overlap.containment_a());
  out += ",\"containment_b\":";
  append_json_share(out, overlap.containment_b());
  out += "}\n";
}

void append_cluster_line(std::string& out, std::size_t number,
                         std::span<const std::string> kept_ids, std::span<const std::string> ids) {
  fmt::format_to(std::back_inserter(out), "{{\"cluster\":{},\"kept_id\":", number);
  append_json_string(out, kept_ids.front());
  out += ",\"kept_ids\":";
  append_strings(out, kept_ids);
  out += ",\"ids\":";
  append_strings(out, ids);
  out += "}\n";
}

void append_reject_line(std::string& out, std::string_view path, const RecordFault& fault) {
  out += "{\"file\":";
  append_json_string(out, path);
  fmt::format_to(std::back_inserter(out), ",\"line\":{},\"offset\":{},\"reason\":",
                 fault.origin.line, fault.origin.offset);
  append_json_string(out, fault.reason);
  out += ",\"bytes\":";
  append_json_string(out, fault.bytes);
  out += "}\n";
}

void append_text_record(std::string& out, std::string_view id, std::string_view text) {
  out += "{\"id\":";
  append_json_string(out, id);
  out += ",\"text\":";
  append_json_string(out, text);
  out += "}\n";
}

}  // namespace copydesk
