// SPDX-License-Identifier: Apache-2.0
#include "evaluate_report.h"

#include <fmt/core.h>

#include <algorithm>
#include <cassert>

#include "console.h"
#include "copydesk/write/json_text.h"

namespace copydesk::tools {
namespace {

std::string quoted(std::string_view text) {
  std::string result;
  append_json_string(result, text);
  return result;
}

std::string json_of(const ReportValue& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{}", *real);
  return quoted(std::get<std::string>(value));
}

std::string text_of(const ReportValue& value) {
  if (const auto* number = std::get_if<std::uint64_t>(&value)) return std::to_string(*number);
  if (const auto* real = std::get_if<double>(&value)) return fmt::format("{:.5f}", *real);
  return printable(std::get<std::string>(value));
}

std::string label_of(std::string name) {
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace

void EvaluateReport::add(std::string name, ReportValue value) {
  figures_.emplace_back(std::move(name), std::move(value));
}

void EvaluateReport::begin_table(std::string name, std::vector<std::string> columns) {
  tables_.push_back({std::move(name), std::move(columns), {}});
}

void EvaluateReport::add_row(std::string name, std::vector<ReportValue> values, RowUse use) {
  assert(!tables_.empty() && values.size() == tables_.back().columns.size());
  tables_.back().rows.push_back({std::move(name), std::move(values), use});
}

void EvaluateReport::add_score_row(std::string name, const PrecisionRecall& score) {
  add_row(std::move(name), {score.precision, score.recall, score.f1});
}

std::string EvaluateReport::as_table() const {
  std::string text;
  std::size_t widest = 0;
  for (const auto& [name, value] : figures_) widest = std::max(widest, name.size());
  for (const auto& [name, value] : figures_) {
    text += fmt::format("{:<{}}  {}\n", label_of(name), widest, text_of(value));
  }
  for (const Table& table : tables_) {
    if (!text.empty()) text += '\n';
    // The first column holds names, to the left; figures stand to the right.
    std::vector<std::size_t> widths = {table.name.size()};
    for (const std::string& column : table.columns) widths.push_back(column.size());
    for (const Row& row : table.rows) {
      if (row.use == RowUse::kJson) continue;
      widths[0] = std::max(widths[0], printable(row.name).size());
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        widths[i + 1] = std::max(widths[i + 1], text_of(row.values[i]).size());
      }
    }
    text += fmt::format("{:<{}}", label_of(table.name), widths[0]);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      text += fmt::format("  {:>{}}", label_of(table.columns[i]), widths[i + 1]);
    }
    text += '\n';
    for (const Row& row : table.rows) {
      if (row.use == RowUse::kJson) continue;
      text += fmt::format("{:<{}}", printable(row.name), widths[0]);
      for (std::size_t i = 0; i < row.values.size(); ++i) {
        text += fmt::format("  {:>{}}", text_of(row.values[i]), widths[i + 1]);
      }
      text += '\n';
    }
  }
  return text;
}

std::string EvaluateReport::as_json() const {
  std::string json = "{\"measure\":" + quoted(measure_);
  for (const auto& [name, value] : figures_) {
    json += ',' + quoted(name) + ':' + json_of(value);
  }
  for (const Table& table : tables_) {
    json += ',' + quoted(table.name) + ":{";
    for (std::size_t r = 0; r < table.rows.size(); ++r) {
      if (r > 0) json += ',';
      json += quoted(table.rows[r].name) + ":{";
      for (std::size_t c = 0; c < table.columns.size(); ++c) {
        if (c > 0) json += ',';
        json += quoted(table.columns[c]) + ':' + json_of(table.rows[r].values[c]);
      }
      json += '}';
    }
    json += '}';
  }
  return json + "}\n";
}

}  // namespace copydesk::tools
