#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Times as they stand in scraped records, whatever form a site chose, as one number that can be
// compared: "26-FEB-1987 15:01:01.79" and "1987-02-26T16:01:01.79+01:00" are both 541350061.79.

#include <optional>
#include <string_view>

namespace copydesk {

// Of dates like 3/4/2026: which number is the day. Without a word on it they are not understood.
// Years of two digits are of 1970 to 2069.
enum class DateOrder { kUnknown, kDayFirst, kMonthFirst };

// Seconds since 1970-01-01 UTC of a time as it stands in scraped records. Understood are
//   ISO 8601       1987-02-26, 1987-02-26T15:01:01.79Z, 1987-02-26 15:01+01:00, 19870226, 1987-02
//   RFC 2822       Thu, 26 Feb 1987 15:01:01 +0100
//   newswire       26-FEB-1987 15:01:01.79, Feb 26, 1987, 26 February 1987 3:01 pm
//   Twitter        Thu Feb 26 15:01:01 +0000 1987
//   ISO basic      19870226T150101Z, 19870226150101
//   in numbers     26.02.1987, 26/2/87 15:01 or 02/26/1987, if `order` says which number is the day
//   epoch          541350061 (seconds), 541350061790 (milliseconds), fractions allowed
// A time without a zone is taken as UTC. Nothing for what is not understood or not in the calendar.
[[nodiscard]] std::optional<double> parse_time(std::string_view text,
                                               DateOrder order = DateOrder::kUnknown);

// The same for a field that orders documents: a plain number means itself, anything else is tried
// as a time.
[[nodiscard]] std::optional<double> parse_number_or_time(std::string_view text,
                                                         DateOrder order = DateOrder::kUnknown);

}  // namespace copydesk
