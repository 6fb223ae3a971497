#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// How texts are cut into tokens and shingles, from the words that the functions of the package take:
// shingles_of("word", 5, "words", {"accents"}).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/copydesk.h"
#include "copydesk/shingle/shingler.h"

namespace copydesk::python {

[[nodiscard]] bool holds(const std::vector<std::string>& list, std::string_view word);

// All throw Error{kInvalidOption} for other words.
void set_token_rules(const std::string& tokens, const std::vector<std::string>& fold,
                     DedupSettings& settings);
[[nodiscard]] bool is_by_characters(const std::string& shingle);
[[nodiscard]] ShingleOptions shingles_of(const std::string& shingle, std::size_t size,
                                         const std::string& tokens,
                                         const std::vector<std::string>& fold);

}  // namespace copydesk::python
