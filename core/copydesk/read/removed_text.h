#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The field of a record whose text was cut (write/record_cut.h) that says what was taken out.

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace copydesk {

// [{"begin":B,"text":"..."},...], B being the byte offset in the text before the cut.
inline constexpr std::string_view kRemovedField = "copydesk_removed";

struct RemovedText {
  std::size_t begin = 0;
  std::string_view written;  // as in the JSON string
};

struct RemovedField {
  std::size_t begin = 0;  // of the comma before its name, in the object
  std::vector<RemovedText> texts;
};

// The last field of that name of an object, given without the brace at its end; nothing if it is
// not at the object's end or does not look as append_cut_record() writes it.
[[nodiscard]] std::optional<RemovedField> find_removed_field(std::string_view open_object);

}  // namespace copydesk
