#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Standard input can be read once, but verification and writing need further passes. A SpoolFile
// keeps a copy of its raw bytes in a file that has no name any more, so that it vanishes with the
// program however that ends.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "copydesk/stream/temporary_file.h"

namespace copydesk {

class SpoolFile {
 public:
  // Copies what is left of `descriptor`, up to its end, to a temporary file in `folder` (empty: the
  // system's choice). The descriptor stays open. Throws Error{kCannotRead} or Error{kCannotWrite}.
  SpoolFile(int descriptor, const std::string& folder);

  [[nodiscard]] std::uint64_t size() const { return file_.size(); }

  // Fills `buffer` from `offset` as far as the file reaches, and returns how many bytes.
  // Thread-safe. Throws Error{kCannotRead}.
  std::size_t read_at(std::uint64_t offset, std::span<char> buffer) const;

 private:
  TemporaryFile file_;
};

// Call once, before standard input is read otherwise. Give the result to Input::spool; the
// input's path stays "-".
SpoolFile spool_standard_input(const std::string& folder);

}  // namespace copydesk
