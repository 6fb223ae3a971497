#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Standard input and other pipes can be read once, but verification and writing need further passes.
// A SpoolFile keeps a copy of their raw bytes in a file that has no name any more, so that it
// vanishes with the program however that ends.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "copydesk/stream/temporary_file.h"

namespace copydesk {

class SpoolFile {
 public:
  // Copies what is left of `descriptor`, up to its end, to a temporary file in `folder` (empty: the
  // system's choice). The descriptor stays open; `name` is for messages. Throws Error{kCannotRead},
  // Error{kCannotWrite}; Interrupted when `stop` becomes true before the end.
  SpoolFile(int descriptor, const std::string& folder, const std::string& name = "standard input",
            const std::atomic<bool>* stop = nullptr);

  [[nodiscard]] std::uint64_t size() const { return file_.size(); }

  // Fills `buffer` from `offset` as far as the file reaches, and returns how many bytes.
  // Thread-safe. Throws Error{kCannotRead}.
  std::size_t read_at(std::uint64_t offset, std::span<char> buffer) const;

 private:
  TemporaryFile file_;
};

// Copies what can be read once: "-" for standard input, or the path of a pipe. Call once for each,
// before it is read otherwise, and give the result to Input::spool; the input's path stays.
// Throws Error{kCannotOpen} and as the constructor does.
SpoolFile spool_stream(const std::string& path, const std::string& folder,
                       const std::atomic<bool>* stop);

}  // namespace copydesk
