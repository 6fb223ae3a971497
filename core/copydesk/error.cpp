#include "copydesk/error.h"

#include <utility>

namespace copydesk {

std::string_view to_string(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidOption: return "invalid option";
    case ErrorCode::kCannotOpen: return "cannot open";
    case ErrorCode::kCannotRead: return "cannot read";
    case ErrorCode::kCannotWrite: return "cannot write";
    case ErrorCode::kInputChanged: return "input changed";
    case ErrorCode::kCorruptFile: return "corrupt file";
    case ErrorCode::kLimitExceeded: return "limit exceeded";
    case ErrorCode::kTooManyFaults: return "too many faults";
  }
  return "error";
}

Error::Error(ErrorCode code, const std::string& message, std::string where)
    : std::runtime_error(where.empty() ? message : where + ": " + message),
      code_(code),
      where_(std::move(where)) {}

}  // namespace copydesk
