#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The one exception of the library. It is thrown for what ends a run: a wrong option value, a file
// that cannot be opened or written, a damaged work file. What concerns a single record (malformed
// JSON, invalid UTF-8) is never thrown: readers report it as a RecordFault and go on.
//
// Example:
//   try {
//     static_cast<void>(open_byte_source("no/such/file"));
//   } catch (const Error& error) {
//     assert(error.code() == ErrorCode::kCannotOpen && error.where() == "no/such/file");
//   }

#include <stdexcept>
#include <string>
#include <string_view>

namespace copydesk {

enum class ErrorCode {
  kInvalidOption,  // a parameter outside its documented range
  kCannotOpen,     // a file or folder that cannot be opened for reading
  kCannotRead,     // reading failed after it began
  kCannotWrite,    // creating, writing, syncing or renaming failed
  kInputChanged,   // an input differs from what an earlier pass of the same run saw
  kCorruptFile,    // a file written by copydesk fails its checks
  kLimitExceeded,  // a stated limit (documents, record size, memory) was met
  kTooManyFaults,  // --on-bad stop, or most of the input is not what it was said to be
};

// "cannot open", "invalid option", ...: lower case, without punctuation.
[[nodiscard]] std::string_view to_string(ErrorCode code);

class Error : public std::runtime_error {
 public:
  // `message` says what is wrong and what to do, in lower case; `where` names the file or option it
  // is about and may be empty.
  Error(ErrorCode code, const std::string& message, std::string where = {});

  [[nodiscard]] ErrorCode code() const noexcept { return code_; }
  [[nodiscard]] const std::string& where() const noexcept { return where_; }

 private:
  ErrorCode code_;
  std::string where_;
};

}  // namespace copydesk
