// SPDX-License-Identifier: Apache-2.0
#include "result_table.h"

#include <array>
#include <cerrno>
#include <utility>

namespace copydesk::python {

namespace {

using TablePointer = std::shared_ptr<const ResultTable>;

const char* format_of(const ResultColumn& column) {
  if (std::holds_alternative<Texts>(column)) return "U";
  return std::holds_alternative<std::vector<double>>(column) ? "g" : "l";
}

// Each structure owns a holder: the table it shares, and what its pointers point to.
struct SchemaHolder {
  TablePointer table;
  std::vector<ArrowSchema> children;
  std::vector<ArrowSchema*> pointers;
};

struct ArrayHolder {
  TablePointer table;
  std::array<const void*, 3> buffers{};
  std::vector<ArrowArray> children;
  std::vector<ArrowArray*> pointers;
};

template <class Structure, class Holder>
void release(Structure* structure) {
  auto* holder = static_cast<Holder*>(structure->private_data);
  for (Structure& child : holder->children) {
    if (child.release != nullptr) child.release(&child);
  }
  delete holder;
  structure->release = nullptr;
}

ArrowSchema make_schema(const TablePointer& table, const char* format, const char* name) {
  auto holder = std::make_unique<SchemaHolder>();
  holder->table = table;
  ArrowSchema schema{};
  schema.format = format;
  schema.name = name;
  schema.release = &release<ArrowSchema, SchemaHolder>;
  schema.private_data = holder.release();
  return schema;
}

ArrowSchema schema_of(const TablePointer& table) {
  ArrowSchema schema = make_schema(table, "+s", "");
  auto& holder = *static_cast<SchemaHolder*>(schema.private_data);
  for (std::size_t i = 0; i < table->columns.size(); ++i) {
    holder.children.push_back(
        make_schema(table, format_of(table->columns[i]), table->names[i].c_str()));
  }
  for (ArrowSchema& child : holder.children) holder.pointers.push_back(&child);
  schema.n_children = static_cast<std::int64_t>(holder.pointers.size());
  schema.children = holder.pointers.data();
  return schema;
}

ArrowArray make_array(const TablePointer& table) {
  auto holder = std::make_unique<ArrayHolder>();
  holder->table = table;
  ArrowArray array{};
  array.length = static_cast<std::int64_t>(table->rows());
  array.n_buffers = 1;
  array.buffers = holder->buffers.data();
  array.release = &release<ArrowArray, ArrayHolder>;
  array.private_data = holder.release();
  return array;
}

ArrowArray array_of(const TablePointer& table, const ResultColumn& column) {
  ArrowArray array = make_array(table);
  auto& buffers = static_cast<ArrayHolder*>(array.private_data)->buffers;
  array.n_buffers = 2;
  if (const auto* texts = std::get_if<Texts>(&column)) {
    array.n_buffers = 3;
    buffers[1] = texts->ends.data();
    buffers[2] = texts->bytes.data();
  } else if (const auto* numbers = std::get_if<std::vector<double>>(&column)) {
    buffers[1] = numbers->data();
  } else {
    buffers[1] = std::get<std::vector<std::int64_t>>(column).data();
  }
  return array;
}

ArrowArray array_of(const TablePointer& table) {
  ArrowArray array = make_array(table);
  auto& holder = *static_cast<ArrayHolder*>(array.private_data);
  for (const ResultColumn& column : table->columns) {
    holder.children.push_back(array_of(table, column));
  }
  for (ArrowArray& child : holder.children) holder.pointers.push_back(&child);
  array.n_children = static_cast<std::int64_t>(holder.pointers.size());
  array.children = holder.pointers.data();
  return array;
}

struct StreamState {
  TablePointer table;
  bool is_done = false;
};

}  // namespace

std::size_t ResultTable::rows() const {
  if (columns.empty()) return 0;
  return std::visit([](const auto& column) { return column.size(); }, columns.front());
}

void export_table(std::shared_ptr<const ResultTable> table, ArrowArrayStream* stream) {
  stream->get_schema = [](ArrowArrayStream* self, ArrowSchema* out) {
    try {
      *out = schema_of(static_cast<StreamState*>(self->private_data)->table);
    } catch (...) {
      return ENOMEM;
    }
    return 0;
  };
  stream->get_next = [](ArrowArrayStream* self, ArrowArray* out) {
    auto& state = *static_cast<StreamState*>(self->private_data);
    *out = {};
    if (std::exchange(state.is_done, true)) return 0;
    try {
      *out = array_of(state.table);
    } catch (...) {
      return ENOMEM;
    }
    return 0;
  };
  stream->get_last_error = [](ArrowArrayStream*) -> const char* { return nullptr; };
  stream->release = [](ArrowArrayStream* self) {
    delete static_cast<StreamState*>(self->private_data);
    self->release = nullptr;
  };
  stream->private_data = new StreamState{std::move(table)};
}

}  // namespace copydesk::python
