#include "copydesk/write/run_report.h"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

#include "copydesk/version.h"
#include "copydesk/write/json_text.h"

namespace copydesk {

namespace {

std::string quoted(std::string_view text) {
  std::string out;
  append_json_string(out, text);
  return out;
}

std::string rounded(double value) {
  std::string out;
  append_json_share(out, value);
  return out;
}

std::string list_of(const std::vector<std::string>& texts) {
  std::string list = "[";
  for (const std::string& text : texts) {
    if (list.size() > 1) list += ", ";
    list += quoted(text);
  }
  return list + "]";
}

}  // namespace

void ReportSection::add(std::string name, std::uint64_t value) {
  add_json(std::move(name), fmt::format("{}", value));
}

void ReportSection::add(std::string name, double value) {
  add_json(std::move(name), rounded(value));
}

void ReportSection::add(std::string name, std::string_view value) {
  add_json(std::move(name), quoted(value));
}

void ReportSection::add_json(std::string name, std::string json) {
  values_.emplace_back(std::move(name), std::move(json));
}

std::string ReportSection::to_json(std::size_t indent) const {
  if (values_.empty()) return "{}";
  std::string out = "{\n";
  for (std::size_t i = 0; i < values_.size(); ++i) {
    fmt::format_to(std::back_inserter(out), "{:{}}{}: {}{}\n", "", indent + 2,
                   quoted(values_[i].first), values_[i].second,
                   i + 1 < values_.size() ? "," : "");
  }
  fmt::format_to(std::back_inserter(out), "{:{}}}}", "", indent);
  return out;
}

std::string RunReport::to_json() const {
  ReportSection all;
  all.add("copydesk", version());
  all.add("command", command);
  all.add("text_rules", static_cast<std::uint64_t>(kTextRulesVersion));
  all.add_json("inputs", list_of(inputs));
  if (!old_inputs.empty()) all.add_json("against", list_of(old_inputs));
  all.add_json("reading", reading.to_json(2));
  all.add_json("outputs", outputs.to_json(2));
  all.add_json("parameters", parameters.to_json(2));
  all.add_json("counts", counts.to_json(2));
  all.add_json("candidates", candidates.to_json(2));
  all.add_json("faults", faults.to_json(2));
  ReportSection times;
  for (const StageTime& stage : stages) {
    times.add_json(stage.stage, fmt::format("{{\"wall_seconds\": {}, \"cpu_seconds\": {}}}",
                                            rounded(stage.wall_seconds),
                                            rounded(stage.cpu_seconds)));
  }
  all.add_json("stages", times.to_json(2));
  all.add("wall_seconds", wall_seconds);
  all.add("peak_memory_bytes", peak_bytes);
  all.add("simd", simd);
  return all.to_json(0) + "\n";
}

}  // namespace copydesk
