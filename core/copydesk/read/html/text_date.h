#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Days as they stand in pages: "2025-09-04T10:00Z", "September 4, 2025", "4. September 2025",
// "4 de septiembre de 2025", "2025年9月4日" are all "2025-09-04".

#include <string>
#include <string_view>

namespace copydesk {

// The first day written with digits, year first, or empty. Years from 1990 to 2099.
[[nodiscard]] std::string find_iso_day(std::string_view text);

// The first day written with the name of a month (in nine languages), or with the signs for year,
// month and day, in the first 160 bytes; empty if there is none.
[[nodiscard]] std::string find_named_day(std::string_view text);

// The day in an address: ".../2025/09/04/mill-burns". Empty if there is none.
[[nodiscard]] std::string find_address_day(std::string_view url);

}  // namespace copydesk
