#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The functions of the front door with their results as tables, the last of which lists the records
// that could not be used.

#include <nanobind/nanobind.h>
#include <nanobind/stl/shared_ptr.h>

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/copydesk.h"
#include "result_table.h"
#include "source.h"
#include "supervised_run.h"

namespace copydesk::python {

using TablePointer = std::shared_ptr<ResultTable>;

// Columns under construction; put into a table at the end, in the order of the calls.
class TableMaker {
 public:
  template <class Column>
  TableMaker& add(std::string name, Column column) {
    table_->names.push_back(std::move(name));
    table_->columns.emplace_back(std::move(column));
    return *this;
  }
  TablePointer take() { return std::move(table_); }

 private:
  TablePointer table_ = std::make_shared<ResultTable>();
};

[[nodiscard]] TablePointer rejected_table(const std::vector<RejectedRecord>& rejected);

// What dedup gives, of a table or an index: kept rows, decisions, sources, who went for whom, rejected.
nanobind::tuple duplicates_tables(const DuplicatesFound& found);

// All are called with the GIL, give it up while they work, and throw as run_supervised does.
nanobind::tuple dedup_tables(const Source& source, const DedupSettings& settings,
                             const RunArguments& run);
// Goes by `listed`, in memory, whose texts are names, or by the list in a file where `list_path` is not
// empty.
nanobind::tuple filter_tables(const Source& source, const Source& listed,
                              const std::string& list_path, const FilterSettings& settings,
                              const RunArguments& run);
nanobind::tuple pairs_tables(const Source& source, const DedupSettings& settings,
                             const RunArguments& run);
nanobind::tuple reuse_tables(const Source& source, const ReuseSettings& settings,
                             const RunArguments& run);
nanobind::tuple blocks_tables(const Source& source, const BlocksSettings& settings,
                              const RunArguments& run);
nanobind::tuple split_tables(const Source& source, const SplitSettings& settings,
                             const RunArguments& run);
nanobind::tuple summarize_tables(const Source& source, const AbstractSettings& settings,
                                 const RunArguments& run);
// `items`: texts are the questions, titles the answers, sites the sets.
nanobind::tuple decontaminate_tables(const Source& source, const Source& items,
                                     const RunArguments& run);
nanobind::tuple extract_tables(const Source& source, const RunArguments& run);
// Of HTML; `urls` may be shorter than `pages`.
TablePointer page_table(const std::vector<nanobind::bytes>& pages,
                        const std::vector<std::string>& urls, bool all_text);
nanobind::dict compare_values(std::string_view a, std::string_view b, std::size_t min_tokens);

}  // namespace copydesk::python
