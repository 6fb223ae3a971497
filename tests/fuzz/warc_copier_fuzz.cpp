// SPDX-License-Identifier: Apache-2.0
//
// Archives that are copied without some of their records. Any bytes: with nothing dropped a copy is
// the beginning of what was given, and what is dropped is in no copy.
#include <string>
#include <string_view>
#include <unordered_set>

#include "copydesk/error.h"
#include "copydesk/read/warc/warc_copier.h"
#include "property.h"
#include "temporary_folder.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

std::string copy(const std::string& path, const std::unordered_set<std::string>& dropped,
                 bool compressed) {
  std::string out;
  try {
    copy_warc(path, dropped, compressed, 1 << 16, [&](std::string_view bytes) { out += bytes; });
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kLimitExceeded || error.code() == ErrorCode::kCannotRead,
            "what cannot be copied is refused");
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tests::TemporaryFolder folder;
  Choices choices(data, size);
  const bool is_packed = choices.next(2) == 1;
  std::string_view bytes = choices.rest();
  const std::string path = folder.write("in.warc", bytes);
  const bool is_gzip = bytes.starts_with("\x1f\x8b");
  const std::string all = copy(path, {}, is_packed);
  if (is_gzip == is_packed && is_gzip) {
    require(bytes.starts_with(all), "members are copied as they are");
  } else if (!is_gzip && !is_packed) {
    require(bytes.starts_with(all), "records are copied as they are");
  }
  if (!is_packed) {
    const std::string without = copy(path, {"urn:1"}, false);
    require(without.size() <= all.size(), "less is left");
  }
  return 0;
}
