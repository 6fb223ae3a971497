#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What is done to an index as a whole: documents taken out, segments brought together, everything read
// and checked.

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "copydesk/index/index_reader.h"
#include "copydesk/read/record_list.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// Which documents are meant: of a list of ids and places, or of one source or file.
struct IndexSelection {
  const RecordList* list = nullptr;
  std::string source, file;  // where not empty; documents of both
};

struct IndexRemoval {
  std::uint64_t removed = 0;   // documents that were kept
  std::uint64_t evidence = 0;  // that were removed when they came: those that are meant, and those that
                               // were removed for one that is
  std::uint64_t named = 0, found = 0;  // entries of the list
};

// From then on nothing of the index is like these documents. Their bytes stay until compact. Throws as
// IndexWriter and IndexReader do; Error{kTooManyFaults} if there is none.
IndexRemoval remove_from_index(const std::string& path, const IndexSelection& selection,
                               const RunControl& control);

struct IndexRewriting {
  std::uint64_t segments_before = 0, segments = 0;
  std::uint64_t documents = 0, dropped = 0;
  std::uint64_t bytes_before = 0, bytes = 0;
};

// All segments become one, without what was taken out. Readers go on with what they opened. With
// `forget` nothing is left of what was before, so that what was taken out is gone from the disk; without,
// an index of one segment stays as it is. Beside the index, it takes 32 bytes for each document.
IndexRewriting rewrite_index(const std::string& path, bool forget, const RunControl& control);

// Reads everything. Calls take(sentence) for each fault, which names file and place. Returns how many.
std::uint64_t check_index(const std::string& path,
                          const std::function<void(const std::string&)>& take,
                          const RunControl& control);

// Makes an index of an earlier format one of the newest, and returns the name of that, "1.0". There has been
// one format so far, so that nothing changes. Throws Error{kCorruptFile}, which names file and format, for
// one that this program does not know.
[[nodiscard]] std::string upgrade_index(const std::string& path);

// What it is and what is in it, as a JSON object with a line feed.
[[nodiscard]] std::string describe_index(const IndexReader& index);

}  // namespace copydesk
