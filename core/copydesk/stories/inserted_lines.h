#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Lines that stand within a text and are not written for its reader: the mail it answers, the lines
// of a log, the entries of a programme. "> Who is going?", "2026-03-02 01:14:07 WARN token
// expires.", "20.15 The news".

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "copydesk/document.h"
#include "copydesk/text/line_shape.h"

namespace copydesk {

// Clears the marks of such lines among the lines [begin, end) of `shaped`, which is of `text`; of
// lines of logs and programmes only where prose is left. `is_body` has a mark for each line.
void leave_out_inserted_lines(std::string_view text, const ShapedText& shaped, TextSpan lines,
                              std::span<std::uint8_t> is_body);

// Whether there are lines of a log or a programme, those that begin with dates or times: "20.15
// News", "Mar  3 06:25:01 host", "[03/Mar/2026:06:25:24]". The work is little where few begin with
// a digit.
[[nodiscard]] bool has_stamped_lines(std::string_view text, const ShapedText& shaped);

}  // namespace copydesk
