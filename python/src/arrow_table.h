#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A table of another library, taken over through the Arrow C stream interface: all of its batches
// are held, none of their text is copied.
//
//   ArrowTable table(stream);                      // takes the stream over
//   const ArrowColumn text = table.column("text"); // rows of all batches, one after the other
//   DocumentColumns columns{.text = text};

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "arrow_abi.h"

namespace copydesk::python {

// Rows of one column as texts. Strings of all layouts are read where they are; numbers, dates and
// times are written out once.
class ArrowColumn {
 public:
  [[nodiscard]] std::size_t size() const { return size_; }
  // Thread-safe. REQUIRES: row < size().
  [[nodiscard]] std::optional<std::string_view> operator[](std::size_t row) const;

 private:
  friend class ArrowTable;

  enum class Layout { kString, kLargeString, kStringView, kWritten, kNull };

  // The rows of one batch.
  struct Chunk {
    std::size_t first_row = 0;
    Layout layout = Layout::kNull;
    const ArrowArray* array = nullptr;
    std::int64_t offset = 0;             // of the first row in the array
    const ArrowArray* values = nullptr;  // of a dictionary; `layout` is theirs
    char index_format = 0;               // of the dictionary's indices
    std::vector<std::optional<std::string>> written;
  };

  void add(const ArrowSchema& schema, const ArrowArray& array, std::int64_t offset,
           std::size_t rows);
  [[nodiscard]] static std::optional<std::string_view> string_at(const ArrowArray& array,
                                                                 Layout layout, std::int64_t index);

  std::vector<Chunk> chunks_;
  std::size_t size_ = 0;
};

class ArrowTable {
 public:
  // Takes `stream` over and reads it to its end. Throws Error{kInvalidOption} if the stream fails
  // or holds neither a table nor a column of text.
  explicit ArrowTable(ArrowArrayStream* stream);
  // Takes both over: one batch, or one column.
  ArrowTable(ArrowSchema* schema, ArrowArray* array);
  ~ArrowTable();
  ArrowTable(const ArrowTable&) = delete;
  ArrowTable& operator=(const ArrowTable&) = delete;

  [[nodiscard]] std::size_t rows() const { return rows_; }
  // Of a table; empty for a single column, which answers to every name.
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  // Throws Error{kInvalidOption} for a type that is no text, number, date or time.
  // REQUIRES: the name is one of names(), or there are none.
  [[nodiscard]] ArrowColumn column(std::string_view name) const;

 private:
  void set_names();

  ArrowSchema schema_{};
  std::vector<std::unique_ptr<ArrowArray>> batches_;
  std::vector<std::string> names_;
  std::size_t rows_ = 0;
};

}  // namespace copydesk::python
