#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Results as JSON Lines. Every function appends one line with its line feed; the formats are
// described in docs/formats.md.

#include <span>
#include <string>
#include <string_view>

#include "copydesk/decide/decider.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/verify/scored_pair.h"
#include "copydesk/write/record_place.h"

namespace copydesk {

// The longest passage that a removed document shares with the one kept in its place.
struct SharedPassage {
  std::size_t tokens = 0;
  std::string_view text;  // in the removed document; cut to kMostPassageBytes when written
                          // (of RemovalRule::kSameKey the key)
  bool is_known = true;   // else neither is written: an index need not keep texts
};
inline constexpr std::size_t kMostPassageBytes = 300;

// How alike a document is to the one that stays, or one of an index: ,"jaccard":1,"containment":1,"contained":1
void append_likeness(std::string& out, double jaccard, double containment, double contained);
// The same of an overlap; 1 of all where the rule says that they are equal.
void append_likeness(std::string& out, RemovalRule rule, const Overlap& overlap);

void append_decision_line(std::string& out, const Decision& decision, const RecordPlace& removed,
                          const RecordPlace& kept, const SharedPassage& passage);

void append_pair_line(std::string& out, const RecordPlace& a, const RecordPlace& b,
                      const Overlap& overlap);

// `kept` are those of `members` that were kept, in keep order; the first is "kept_id".
void append_cluster_line(std::string& out, std::size_t number,
                         std::span<const RecordPlace> kept, std::span<const RecordPlace> members);

// `is_row`: the file is a table, whose rows are counted.
void append_reject_line(std::string& out, std::string_view path, const RecordFault& fault,
                        bool is_row = false);

// A text document as a JSON Lines record, for inputs that were plain text files.
void append_text_record(std::string& out, std::string_view id, std::string_view text);

// A record that stays: its bytes as they were read; of a plain text file, whose name is `id`, as
// append_text_record has it.
void append_kept_record(std::string& out, InputFormat format, std::string_view id,
                        std::string_view record);

// The longest prefix of at most `bytes` bytes that ends between two characters.
[[nodiscard]] std::string_view cut_between_characters(std::string_view text, std::size_t bytes);

}  // namespace copydesk
