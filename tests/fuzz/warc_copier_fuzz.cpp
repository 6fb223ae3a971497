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
                 const ArchiveKind& kind) {
  std::string out;
  try {
    copy_archive({path}, dropped, kind, 1 << 16, [&](std::string_view bytes) { out += bytes; });
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
  const std::uint32_t choice = static_cast<std::uint32_t>(choices.next(6));
  constexpr Compression kPackings[] = {Compression::kNone, Compression::kGzip, Compression::kZstd};
  const ArchiveKind kind{choice >= 3, kPackings[choice % 3]};
  std::string_view bytes = choices.rest();
  const std::string path = folder.write("in.warc", bytes);
  const bool is_gzip = bytes.starts_with("\x1f\x8b");
  const bool is_zstd = bytes.starts_with("\x28\xb5\x2f\xfd");
  const std::string all = copy(path, {}, kind);
  if (kind.packing == Compression::kGzip && is_gzip) {
    require(all.starts_with("\x1f\x8b") || all.empty(), "members stay members");
  } else if (kind.packing == Compression::kNone && !is_gzip && !is_zstd) {
    require(all.size() <= bytes.size(), "records are copied as they are");
  }
  if (kind.packing == Compression::kNone) {
    const std::string without = copy(path, {"urn:1"}, kind);
    require(without.size() <= all.size(), "less is left");
  }
  return 0;
}
