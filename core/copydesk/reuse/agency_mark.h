#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which news agency a text says it comes from: what many papers printed on the same day is better
// explained by an agency that sold it than by copying. "LONDON (AP) -- The mill burned." is marked
// "AP"; "Reuters was sold." is about an agency and not marked.

#include <string>
#include <string_view>

namespace copydesk {

// The news agency by which a text says it was written, upper-case ("AP", "REUTERS", "DPA"), or
// nothing: a dateline at its beginning ("LONDON (AP) --", "PARIS, Reuters -", "Berlin (dpa)"), or a
// credit in its last line ("(Reuters)", "Associated Press").
[[nodiscard]] std::string find_agency_mark(std::string_view text);

}  // namespace copydesk
