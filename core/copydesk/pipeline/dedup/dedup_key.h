#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What `dedup --key` tells records apart by, instead of by their texts: a field, an address that is
// compared without what does not matter, or the whole line.

#include <optional>
#include <string>
#include <string_view>

#include "copydesk/document.h"

namespace copydesk {

struct DedupKey {
  enum class Kind { kField, kAddress, kLine };
  Kind kind = Kind::kField;
  std::string field;  // not of kLine
};

// "FIELD", "url:FIELD" or "line"; "field:line" is a field of that name. Throws
// Error{kInvalidOption}.
[[nodiscard]] DedupKey parse_dedup_key(const std::string& text);
[[nodiscard]] std::string to_string(const DedupKey& key);

// The key of a document whose Document::key was read from key.field. None if it has none. The view
// is valid as long as the document and until `buffer` changes.
[[nodiscard]] std::optional<std::string_view> key_of(const Document& document, const DedupKey& key,
                                                     std::string& buffer);

}  // namespace copydesk
