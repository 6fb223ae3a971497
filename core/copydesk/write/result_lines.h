#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Results as JSON Lines. Every function appends one line with its line feed; the formats are
// described in docs/formats.md.

#include <span>
#include <string>
#include <string_view>

#include "copydesk/decide/decider.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/verify/scored_pair.h"

namespace copydesk {

// The longest passage that a removed document shares with the one kept in its place.
struct SharedPassage {
  std::size_t tokens = 0;
  std::string_view text;  // in the removed document; cut to kMostPassageBytes when written
};
inline constexpr std::size_t kMostPassageBytes = 300;

void append_decision_line(std::string& out, const Decision& decision, std::string_view id,
                          std::string_view kept_id, const SharedPassage& passage);

void append_pair_line(std::string& out, std::string_view a, std::string_view b,
                      const Overlap& overlap);

// `kept_ids` are those of `ids` that were kept, in keep order; the first is "kept_id".
void append_cluster_line(std::string& out, std::size_t number,
                         std::span<const std::string> kept_ids, std::span<const std::string> ids);

void append_reject_line(std::string& out, std::string_view path, const RecordFault& fault);

// A text document as a JSON Lines record, for inputs that were plain text files.
void append_text_record(std::string& out, std::string_view id, std::string_view text);

// The longest prefix of at most `bytes` bytes that ends between two characters.
[[nodiscard]] std::string_view cut_between_characters(std::string_view text, std::size_t bytes);

}  // namespace copydesk
