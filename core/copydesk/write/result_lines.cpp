#include "copydesk/write/result_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

// ,"PREFIXids":[...],"PREFIXfiles":[...],"PREFIXlines":[...]: as many in each; "PREFIXrows" where all
// are rows of tables.
void append_places(std::string& out, std::string_view prefix,
                   std::span<const RecordPlace> places) {
  const auto append_list = [&](std::string_view name, auto&& append) {
    fmt::format_to(std::back_inserter(out), ",\"{}{}\":[", prefix, name);
    for (std::size_t i = 0; i < places.size(); ++i) {
      if (i > 0) out.push_back(',');
      append(places[i]);
    }
    out.push_back(']');
  };
  append_list("ids", [&](const RecordPlace& place) { append_json_string(out, place.id); });
  if (places.front().file.empty()) return;
  append_list("files", [&](const RecordPlace& place) { append_json_string(out, place.file); });
  const bool are_rows = std::ranges::all_of(places, &RecordPlace::is_row);
  append_list(are_rows ? "rows" : "lines", [&](const RecordPlace& place) {
    fmt::format_to(std::back_inserter(out), "{}", place.line);
  });
}

}  // namespace

std::string_view cut_between_characters(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  while (bytes > 0 && (static_cast<unsigned char>(text[bytes]) & 0xC0) == 0x80) --bytes;
  return text.substr(0, bytes);
}

void append_likeness(std::string& out, double jaccard, double containment, double contained) {
  out += ",\"jaccard\":";
  append_json_share(out, jaccard);
  out += ",\"containment\":";
  append_json_share(out, containment);
  out += ",\"contained\":";
  append_json_share(out, contained);
}

void append_likeness(std::string& out, RemovalRule rule, const Overlap& overlap) {
  if (is_equality(rule)) return append_likeness(out, 1.0, 1.0, 1.0);
  append_likeness(out, overlap.jaccard(), overlap.containment_a(), overlap.containment_b());
}

void append_decision_line(std::string& out, const Decision& decision, const RecordPlace& removed,
                          const RecordPlace& kept, const SharedPassage& passage) {
  out += '{';
  append_place(out, "id", "", removed);
  out += ',';
  append_place(out, "kept_id", "kept_", kept);
  fmt::format_to(std::back_inserter(out), ",\"rule\":\"{}\"", to_string(decision.rule));
  if (decision.rule == RemovalRule::kSameKey) {
    out += ",\"key\":";
    append_json_string(out, cut_between_characters(passage.text, kMostPassageBytes));
    out += "}\n";
    return;
  }
  append_likeness(out, decision.rule, decision.overlap);
  if (passage.is_known) {
    fmt::format_to(std::back_inserter(out), ",\"shared_tokens\":{},\"shared_passage\":",
                   passage.tokens);
    append_json_string(out, cut_between_characters(passage.text, kMostPassageBytes));
  }
  out += "}\n";
}

void append_pair_line(std::string& out, const RecordPlace& a, const RecordPlace& b,
                      const Overlap& overlap) {
  out += '{';
  append_place(out, "a", "a_", a);
  out += ',';
  append_place(out, "b", "b_", b);
  out += ",\"jaccard\":";
  append_json_share(out, overlap.jaccard());
  out += ",\"containment_a\":";
  append_json_share(out, overlap.containment_a());
  out += ",\"containment_b\":";
  append_json_share(out, overlap.containment_b());
  out += "}\n";
}

void append_cluster_line(std::string& out, std::size_t number,
                         std::span<const RecordPlace> kept, std::span<const RecordPlace> members) {
  fmt::format_to(std::back_inserter(out), "{{\"cluster\":{},", number);
  append_place(out, "kept_id", "kept_", kept.front());
  append_places(out, "kept_", kept);
  append_places(out, "", members);
  out += "}\n";
}

void append_reject_line(std::string& out, std::string_view path, const RecordFault& fault,
                        bool is_row) {
  out += "{\"file\":";
  append_json_string(out, path);
  fmt::format_to(std::back_inserter(out), ",\"{}\":{},\"offset\":{},\"reason\":",
                 is_row ? "row" : "line", fault.origin.line, fault.origin.offset);
  append_json_string(out, fault.reason);
  out += ",\"bytes\":";
  append_json_string(out, fault.bytes);
  out += "}\n";
}

void append_kept_record(std::string& out, InputFormat format, std::string_view id,
                        std::string_view record) {
  if (format == InputFormat::kText) return append_text_record(out, id, record);
  out.append(record);
  out.push_back('\n');
}

void append_text_record(std::string& out, std::string_view id, std::string_view text) {
  out += "{\"id\":";
  append_json_string(out, id);
  out += ",\"text\":";
  append_json_string(out, text);
  out += "}\n";
}

}  // namespace copydesk
