#pragma once
// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <string_view>

namespace copydesk {

// The news agency by which a text says it was written, upper-case ("AP", "REUTERS", "DPA"), or
// nothing: a dateline at its beginning ("LONDON (AP) --", "PARIS, Reuters -", "Berlin (dpa)"), or a
// credit in its last line ("(Reuters)", "Associated Press").
[[nodiscard]] std::string find_agency_mark(std::string_view text);

}  // namespace copydesk
