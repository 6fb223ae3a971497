// SPDX-License-Identifier: Apache-2.0
#include "source.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "copydesk/error.h"

namespace nb = nanobind;

namespace copydesk::python {

ListColumn::ListColumn(nb::list list) : list_(std::move(list)) {
  rows_.reserve(list_.size());
  for (nb::handle value : list_) {
    if (value.is_none()) {
      rows_.emplace_back();
      continue;
    }
    if (!nb::isinstance<nb::str>(value)) {
      throw Error(ErrorCode::kInvalidOption,
                  fmt::format("row {} is neither a str nor None", rows_.size()));
    }
    Py_ssize_t size = 0;
    const char* bytes = PyUnicode_AsUTF8AndSize(value.ptr(), &size);
    if (bytes == nullptr) {
      // A lone surrogate: no text. The row is reported as one without text.
      PyErr_Clear();
      rows_.emplace_back();
      continue;
    }
    rows_.emplace_back(std::string_view(bytes, static_cast<std::size_t>(size)));
  }
}

std::unique_ptr<Source> Source::from_stream(const nb::capsule& stream, const Fields& fields,
                                            const std::vector<std::string>& required) {
  if (std::string_view(stream.name()) != "arrow_array_stream") {
    throw Error(ErrorCode::kInvalidOption, "not a stream of Arrow arrays");
  }
  return from_table(std::make_unique<ArrowTable>(static_cast<ArrowArrayStream*>(stream.data())),
                    fields, required);
}

std::unique_ptr<Source> Source::from_array(const nb::capsule& schema, const nb::capsule& array,
                                           const Fields& fields,
                                           const std::vector<std::string>& required) {
  if (std::string_view(schema.name()) != "arrow_schema" ||
      std::string_view(array.name()) != "arrow_array") {
    throw Error(ErrorCode::kInvalidOption, "not an Arrow array with its schema");
  }
  return from_table(std::make_unique<ArrowTable>(static_cast<ArrowSchema*>(schema.data()),
                                                 static_cast<ArrowArray*>(array.data())),
                    fields, required);
}

std::unique_ptr<Source> Source::from_table(std::unique_ptr<ArrowTable> table, const Fields& fields,
                                           const std::vector<std::string>& required) {
  auto source = std::make_unique<Source>();
  source->table_ = std::move(table);
  const std::vector<std::string>& names = source->table_->names();
  for (const auto& [role, name] : fields) {
    const bool is_column = names.empty();  // a single column is the text
    const bool is_there = std::find(names.begin(), names.end(), name) != names.end();
    if (is_column ? role == "text" : is_there) {
      source->arrow_columns_.emplace(role, source->table_->column(name));
    } else if (std::find(required.begin(), required.end(), role) != required.end()) {
      throw Error(
          ErrorCode::kInvalidOption,
          fmt::format("there is no column \"{}\"; columns there: {}", name, fmt::join(names, ", ")),
          role);
    }
  }
  std::map<std::string, TextColumn> columns;
  for (const auto& [role, column] : source->arrow_columns_) columns.emplace(role, column);
  source->set_columns(columns);
  return source;
}

std::unique_ptr<Source> Source::from_lists(const std::map<std::string, nb::list>& lists) {
  auto source = std::make_unique<Source>();
  std::map<std::string, TextColumn> columns;
  for (const auto& [role, list] : lists) source->list_columns_.emplace(role, ListColumn(list));
  for (const auto& [role, column] : source->list_columns_) columns.emplace(role, column);
  source->set_columns(columns);
  return source;
}

std::unique_ptr<Source> Source::from_files(std::vector<std::string> paths, const Fields& fields) {
  auto source = std::make_unique<Source>();
  FieldNames names;
  const auto set = [&](const char* role, std::string& name) {
    if (const auto found = fields.find(role); found != fields.end()) name = found->second;
  };
  set("text", names.text);
  set("id", names.id);
  set("title", names.title);
  set("url", names.url);
  set("time", names.time);
  set("site", names.site);
  set("order", names.order);
  set("tokens", names.tokens);
  set("source", names.source);
  source->documents_ = Documents::in_files(std::move(paths), std::move(names));
  return source;
}

void Source::set_columns(const std::map<std::string, TextColumn>& columns) {
  const auto get = [&](const char* role) {
    const auto found = columns.find(role);
    return found == columns.end() ? TextColumn() : found->second;
  };
  DocumentColumns all;
  all.text = get("text");
  all.id = get("id");
  all.title = get("title");
  all.url = get("url");
  all.site = get("site");
  all.time = get("time");
  all.order = get("order");
  all.tokens = get("tokens");
  all.key = get("key");
  all.source = get("source");
  documents_ = Documents(all);
}

}  // namespace copydesk::python
