#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What a function of the module works on: a table, lists of strings, or files.

#include <nanobind/nanobind.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_table.h"
#include "copydesk/copydesk.h"

namespace copydesk::python {

// Role ("text", "id", "title", "url", "site", "time", "order", "tokens") to name of the column or
// field.
using Fields = std::map<std::string, std::string>;

// A list of str and None; the strings are read where Python keeps their UTF-8.
class ListColumn {
 public:
  // Throws Error{kInvalidOption} for an element that is neither.
  explicit ListColumn(nanobind::list list);

  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] std::optional<std::string_view> operator[](std::size_t row) const {
    return rows_[row];
  }

 private:
  nanobind::list list_;
  std::vector<std::optional<std::string_view>> rows_;
};

// Keeps what its documents refer to. The documents may be used without the GIL; making and dropping
// a source needs it.
class Source {
 public:
  // `stream` is a capsule "arrow_array_stream", which is taken over. A field that the table does
  // not have is left out, unless it is required: then ValueError names the columns there are.
  static std::unique_ptr<Source> from_stream(const nanobind::capsule& stream, const Fields& fields,
                                             const std::vector<std::string>& required);
  // The same of capsules "arrow_schema" and "arrow_array", which are taken over, too.
  static std::unique_ptr<Source> from_array(const nanobind::capsule& schema,
                                            const nanobind::capsule& array, const Fields& fields,
                                            const std::vector<std::string>& required);
  static std::unique_ptr<Source> from_lists(const std::map<std::string, nanobind::list>& lists);
  static std::unique_ptr<Source> from_files(std::vector<std::string> paths, const Fields& fields);

  [[nodiscard]] const Documents& documents() const { return *documents_; }

 private:
  static std::unique_ptr<Source> from_table(std::unique_ptr<ArrowTable> table, const Fields& fields,
                                            const std::vector<std::string>& required);
  void set_columns(const std::map<std::string, TextColumn>& columns);

  std::unique_ptr<ArrowTable> table_;
  std::map<std::string, ArrowColumn> arrow_columns_;  // by role
  std::map<std::string, ListColumn> list_columns_;
  std::optional<Documents> documents_;
};

}  // namespace copydesk::python
