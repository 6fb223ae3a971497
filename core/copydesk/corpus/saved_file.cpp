#include "copydesk/corpus/saved_file.h"

#include <algorithm>
#include <memory>
#include <span>

#include "copydesk/error.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

namespace {

constexpr std::size_t kHeadBytes = 64;
constexpr std::uint64_t kStepBytes = std::uint64_t{1} << 20;
// A file may state a size it does not have. So much is taken at its word, which saves moving what
// has been read each time memory grows.
constexpr std::uint64_t kMostTrusted = std::uint64_t{32} << 20;

// Reads on until `bytes` has `most`, by steps, so that memory grows with what there is and not with
// what is stated. False at the end of the source.
bool read_up_to(ByteSource& source, std::uint64_t most, std::string& bytes) {
  while (bytes.size() < most) {
    const std::size_t size = bytes.size();
    bytes.resize(size + std::min(kStepBytes, most - size));
    const std::size_t got = source.read(std::span(bytes).subspan(size));
    bytes.resize(size + got);
    if (got == 0) return false;
  }
  return true;
}

}  // namespace

std::string read_kept_file(const std::string& path,
                           std::uint64_t (*stated_size)(std::string_view head)) {
  const std::unique_ptr<ByteSource> source = open_byte_source(path);
  std::string bytes;
  if (read_up_to(*source, kHeadBytes, bytes)) {
    const std::uint64_t size = stated_size(bytes);
    bytes.reserve(std::min(size + 1, kMostTrusted));
    if (size != 0) read_up_to(*source, size + 1, bytes);
  }
  if (source->fault()) throw Error(ErrorCode::kCorruptFile, source->fault()->reason, path);
  return bytes;
}

}  // namespace copydesk
