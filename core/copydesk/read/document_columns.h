#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents that are in the caller's memory already, as a table with a column for each field.
// Nothing is copied: texts are read where they are, as often as a run needs them.
//
// Example:
//   const std::vector<std::string> texts = {"One.", "Two."};
//   const std::vector<std::optional<std::string>> urls = {"https://a.example/1", std::nullopt};
//   const DocumentColumns table{.text = texts, .url = urls};
//   assert(*table.url[0] == "https://a.example/1" && !table.url[1]);

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>

namespace copydesk {

// One column: for each row a text, or none. Refers to the rows it was made from, which must stay as
// they are for as long as it is in use. Reading is safe from several threads if that of the rows is.
class TextColumn {
 public:
  // No such column: there is nothing in any row.
  TextColumn() = default;

  // Any rows with size() and operator[]: vectors and spans of std::string or std::string_view, of
  // optional ones where a row may be empty, or an object of the caller's that gives string views
  // of an Arrow array, which need no views of its own.
  template <class Rows>
    requires(!std::same_as<std::remove_cvref_t<Rows>, TextColumn>)
  TextColumn(const Rows& rows)  // NOLINT: a vector of texts is a column
      : rows_(&rows), size_(rows.size()), get_(&get_from<Rows>) {}
  template <class Rows>
    requires(!std::same_as<std::remove_cvref_t<Rows>, TextColumn>)
  TextColumn(const Rows&& rows) = delete;  // would be gone

  [[nodiscard]] bool is_there() const { return get_ != nullptr; }
  [[nodiscard]] std::size_t size() const { return size_; }
  // REQUIRES: row < size(), or the column is not there.
  [[nodiscard]] std::optional<std::string_view> operator[](std::size_t row) const {
    return get_ == nullptr ? std::nullopt : get_(rows_, row);
  }

 private:
  template <class Rows>
  static std::optional<std::string_view> get_from(const void* data, std::size_t row) {
    using Row = decltype(std::declval<const Rows&>()[row]);
    const Rows& rows = *static_cast<const Rows*>(data);
    if constexpr (std::convertible_to<Row, std::string_view>) {
      static_assert(std::is_reference_v<Row> || std::same_as<Row, std::string_view>,
                    "the row's text would be gone");
      return std::string_view(rows[row]);
    } else {
      decltype(auto) value = rows[row];
      return value ? std::optional<std::string_view>(*value) : std::nullopt;
    }
  }

  const void* rows_ = nullptr;
  std::size_t size_ = 0;
  std::optional<std::string_view> (*get_)(const void* rows, std::size_t row) = nullptr;
};

// Every column that is there has as many rows as `text`. All is UTF-8; a row that is not, or has no
// text, is a fault of that row alone. A document without an id is known by the number of its row,
// from 0.
struct DocumentColumns {
  TextColumn text = {};
  TextColumn id = {}, title = {}, url = {}, site = {};
  TextColumn time = {};   // as docs/input.md has it: 2026-01-31, 2026-01-31T12:00Z, seconds, ...
  TextColumn order = {};  // what a keep policy goes by, or the family of an abstract
  TextColumn tokens = {};  // "words" or "code", for dedup and pairs
  TextColumn key = {};     // what dedup goes by instead of texts, if it is to
  TextColumn source = {};  // where a document comes from, for counts
};

}  // namespace copydesk
