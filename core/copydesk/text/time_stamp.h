#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Times of day and places in a recording that lines of chats, logs and subtitles begin or end with.

#include <cstddef>
#include <string_view>

namespace copydesk {

// How many bytes at the beginning of `line` say when: a time of day or of a recording, with its
// date or without, in brackets or not, and what parts it from the rest. 16 of "12/03/24, 9:04 -
// Ann: yes", 11 of "[14:02:11] <ann> yes", 0 of "12 were hurt" and of "2024 was dry".
[[nodiscard]] std::size_t size_of_stamp(std::string_view line);

// Where the stamp begins that the line ends with, behind a name: 9 of "Ann Lee  9:14 AM", 5 of
// "Ann, [05.11.2023 20:14]"; npos if it ends with none.
[[nodiscard]] std::size_t find_stamp_at_end(std::string_view line);

// Whether the line is the time code of a cue: "00:00:01,000 --> 00:00:04,200 position:0%",
// "0:00:01.000,0:00:04.200".
[[nodiscard]] bool is_time_code(std::string_view line);

}  // namespace copydesk
