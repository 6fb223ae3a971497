#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The kind of a page and the element that holds its main text.

#include <cstdint>

#include "copydesk/read/html/html_page.h"
#include "copydesk/read/html/main_text.h"
#include "copydesk/read/html/page_marks.h"
#include "copydesk/read/html/page_sums.h"

namespace copydesk {

struct MainPart {
  PageKind kind = PageKind::kOther;
  bool is_list = false;  // all of it is kept; a forum of short posts may be one too
  std::uint32_t node = 0;
};

[[nodiscard]] MainPart find_main_part(const HtmlPage& page, const PageSums& sums,
                                      const PageMarks& marks);

}  // namespace copydesk
