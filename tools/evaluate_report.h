#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The figures of one evaluation, written as tables for people or as one JSON object for programs.
// Names are JSON keys; in tables their underscores become spaces: add("skipped_records", 2) is
// "skipped_records":2 in JSON and "skipped records 2" in the table.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "copydesk/evaluate/precision_recall.h"

namespace copydesk::tools {

using ReportValue = std::variant<std::uint64_t, double, std::string>;

enum class RowUse { kEverywhere, kJson };

class EvaluateReport {
 public:
  explicit EvaluateReport(std::string measure) : measure_(std::move(measure)) {}

  // {"measure": ..., "NAME": value, ...}
  void add(std::string name, ReportValue value);

  // {..., "TABLE": {"ROW": {"COLUMN": value, ...}, ...}, ...}: begins a table, then adds its rows.
  void begin_table(std::string name, std::vector<std::string> columns);
  // REQUIRES: as many values as the table has columns.
  void add_row(std::string name, std::vector<ReportValue> values,
               RowUse use = RowUse::kEverywhere);

  // A row of a table with the columns precision, recall, f1.
  void add_score_row(std::string name, const PrecisionRecall& score);

  [[nodiscard]] std::string as_table() const;
  [[nodiscard]] std::string as_json() const;  // one line

 private:
  struct Row {
    std::string name;
    std::vector<ReportValue> values;
    RowUse use = RowUse::kEverywhere;
  };
  struct Table {
    std::string name;
    std::vector<std::string> columns;
    std::vector<Row> rows;
  };

  std::string measure_;
  std::vector<std::pair<std::string, ReportValue>> figures_;
  std::vector<Table> tables_;
};

}  // namespace copydesk::tools
