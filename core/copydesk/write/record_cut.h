#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Takes spans out of the text of a JSON record and puts them back. All other bytes of the record
// stay as they are; what was taken out is kept, as it was written, in a field at the record's end:
// kRemovedField.

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "copydesk/document.h"
#include "copydesk/read/removed_text.h"

namespace copydesk {

// Appends `record` without `spans` of its text, and with the field above, to `out`; unchanged if
// there are no spans, or the text is a list of strings (FieldNames::text_in_parts). With `removed` what was cut goes there, as the value that the field would have,
// and the record has no such field; empty if nothing was cut. REQUIRES: `record` is a valid JSON object whose member `text_field` (as in
// FieldNames) is a string; `spans` are ascending, disjoint, not empty, and lie within its text.
void append_cut_record(std::string& out, std::string_view record, std::string_view text_field,
                       std::span<const TextSpan> spans, std::string* removed = nullptr);

// A cut record with the field of what was cut, `removed`, at its end, as append_cut_record writes it.
// REQUIRES: `record` is a valid JSON object with members, `removed` a JSON list.
[[nodiscard]] std::string with_removed_field(std::string_view record, std::string_view removed);

// The record that append_cut_record was given; nothing if `record` was not made by it with this
// `text_field`. A record that was cut twice gives what the second cut was given.
// Nothing either, and `is_damaged` (if given) set to true, if the field is there but says what
// cannot be: offsets out of order, outside the text or inside a character, such as 3 in
// "Gr\u00F6\u00DFe". REQUIRES: `record` is a valid JSON object.
[[nodiscard]] std::optional<std::string> restore_record(std::string_view record,
                                                        std::string_view text_field,
                                                        bool* is_damaged = nullptr);

// `record` without its members `name`, however many there are; those of objects in it stay. All
// other bytes stay as they are: {"a":1,"b":2} without b is {"a":1}.
// REQUIRES: `record` is a valid JSON object.
[[nodiscard]] std::string without_member(std::string_view record, std::string_view name);

}  // namespace copydesk
