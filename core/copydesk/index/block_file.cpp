// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/block_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

// As PNG has it: a transfer as text changes it.
constexpr std::string_view kMagic("CDKX\r\n\x1a\n", 8);
constexpr std::uint32_t kByteOrder = 0x0A0B0C0D;
constexpr std::size_t kHeaderBytes = 64;
constexpr std::size_t kTailBytes = 32;
constexpr std::size_t kWrittenAtOnce = std::size_t{1} << 20;
constexpr std::size_t kLeastBlock = 512;
constexpr std::size_t kMostBlock = std::size_t{1} << 24;

std::uint64_t seed_of(const IndexFileIdentity& identity, std::uint64_t block) {
  return identity.segment << 32 ^ static_cast<std::uint64_t>(identity.kind) << 56 ^ block;
}

std::uint64_t seed_of_footer(const IndexFileIdentity& identity) {
  return seed_of(identity, ~std::uint64_t{0});
}

std::string make_header(const IndexFileIdentity& identity, std::size_t block_bytes) {
  PackedBytes bytes;
  bytes.put(kIndexMajor);
  bytes.put(kIndexMinor);
  bytes.put(kByteOrder);
  bytes.put(static_cast<std::uint32_t>(identity.kind));
  bytes.put(static_cast<std::uint32_t>(block_bytes));
  bytes.put(identity.segment);
  bytes.put(identity.parameters.low);
  bytes.put(identity.parameters.high);
  bytes.put(std::uint64_t{0});
  std::string header(kMagic);
  header += bytes.view();
  bytes.clear();
  bytes.put(static_cast<std::uint64_t>(XXH3_64bits(header.data(), header.size())));
  return header.append(bytes.view());
}

std::uint64_t number_at(std::string_view bytes, std::size_t offset, std::size_t width) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data() + offset, width);
  return value;
}

// Of header, payload size and table checksum.
std::uint64_t tail_checksum(std::string_view header, std::uint64_t size, std::uint64_t table,
                            const IndexFileIdentity& identity) {
  PackedBytes bytes;
  bytes.put(size);
  bytes.put(table);
  const std::string all = std::string(header).append(bytes.view());
  return XXH3_64bits_withSeed(all.data(), all.size(), seed_of_footer(identity));
}

}  // namespace

BlockFileWriter::BlockFileWriter(std::string path, const IndexFileIdentity& identity,
                                 std::size_t block_bytes)
    : path_(std::move(path)),
      identity_(identity),
      block_bytes_(block_bytes),
      header_(make_header(identity, block_bytes)) {
  descriptor_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (descriptor_ < 0) throw_cannot_write("cannot create", errno, path_);
  try {
    write_fully(descriptor_, header_, path_);
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

BlockFileWriter::~BlockFileWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void BlockFileWriter::append(std::string_view bytes) {
  size_ += bytes.size();
  open_ += bytes;
  if (open_.size() >= std::max(kWrittenAtOnce, block_bytes_)) flush(false);
}

// Whole blocks, or all there is.
void BlockFileWriter::flush(bool all) {
  const std::size_t end = all ? open_.size() : open_.size() / block_bytes_ * block_bytes_;
  for (std::size_t begin = 0; begin < end; begin += block_bytes_) {
    const std::size_t count = std::min(block_bytes_, end - begin);
    table_.push_back(
        XXH3_64bits_withSeed(open_.data() + begin, count, seed_of(identity_, table_.size())));
  }
  write_fully(descriptor_, std::string_view(open_).substr(0, end), path_);
  open_.erase(0, end);
}

void BlockFileWriter::read_back(std::uint64_t offset, std::span<char> bytes) const {
  const std::uint64_t end = written();  // of what is in the file, and not in memory
  const auto from_file = static_cast<std::size_t>(
      offset < end ? std::min<std::uint64_t>(bytes.size(), end - offset) : 0);
  if (from_file > 0 && read_fully_at(descriptor_, kHeaderBytes + offset, bytes.first(from_file), path_) !=
                           from_file) {
    throw Error(ErrorCode::kCannotRead, "ends while it is read", path_);
  }
  const std::span<char> rest = bytes.subspan(from_file);
  if (rest.empty()) return;
  std::memcpy(rest.data(), open_.data() + (offset + from_file - end), rest.size());
}

IndexFileSeal BlockFileWriter::finish() {
  flush(true);
  const std::string_view table(reinterpret_cast<const char*>(table_.data()),
                               table_.size() * sizeof(std::uint64_t));
  const std::uint64_t table_checksum =
      XXH3_64bits_withSeed(table.data(), table.size(), seed_of_footer(identity_));
  const std::uint64_t checksum = tail_checksum(header_, size_, table_checksum, identity_);
  PackedBytes tail;
  tail.put(size_);
  tail.put(table_checksum);
  tail.put(checksum);
  write_fully(descriptor_, std::string(table).append(tail.view()).append(kMagic), path_);
  if (!sync_to_disk(descriptor_)) throw_cannot_write("cannot sync", errno, path_);
  ::close(descriptor_);
  descriptor_ = -1;
  return {kHeaderBytes + size_ + table.size() + kTailBytes, checksum};
}

BlockFile::BlockFile(std::string path, const IndexFileIdentity& identity, const IndexFileSeal& seal)
    : path_(std::move(path)), identity_(identity), seal_(seal) {
  const auto damaged = [&](const std::string& what) -> Error {
    return {ErrorCode::kCorruptFile, what, path_};
  };
  descriptor_ = open_regular_file(path_, O_RDONLY);
  try {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) throw_cannot_read(errno, path_);
    const auto bytes = static_cast<std::uint64_t>(status.st_size);
    if (bytes != seal.bytes || bytes < kHeaderBytes + kTailBytes) {
      throw damaged(fmt::format("has {} bytes, and the index knows it with {}", bytes, seal.bytes));
    }
    std::string header(kHeaderBytes, '\0');
    std::string tail(kTailBytes, '\0');
    if (read_fully_at(descriptor_, 0, header, path_) != kHeaderBytes ||
        read_fully_at(descriptor_, bytes - kTailBytes, tail, path_) != kTailBytes) {
      throw damaged("ends while it is read");
    }
    if (header.compare(0, kMagic.size(), kMagic) != 0) {
      throw damaged("offset 0: does not begin as a file of an index does");
    }
    const auto major = static_cast<unsigned>(number_at(header, 8, 2));
    if (major != kIndexMajor) {
      throw damaged(fmt::format("offset 8: has the format {}.{}, and this program reads {}.{}", major,
                                number_at(header, 10, 2), kIndexMajor, kIndexMinor));
    }
    if (number_at(header, 12, 4) != kByteOrder) {
      throw damaged("offset 12: was written by a machine of another byte order");
    }
    if (number_at(header, 56, 8) != XXH3_64bits(header.data(), 56)) {
      throw damaged("offset 56: the header is damaged");
    }
    block_bytes_ = static_cast<std::size_t>(number_at(header, 20, 4));
    if (block_bytes_ < kLeastBlock || block_bytes_ > kMostBlock) {
      throw damaged("offset 20: the size of a block is out of range");
    }
    IndexFileIdentity found = identity;
    found.kind = static_cast<IndexFileKind>(number_at(header, 16, 4));
    found.segment = number_at(header, 24, 8);
    found.parameters = {number_at(header, 32, 8), number_at(header, 40, 8)};
    if (found.kind != identity.kind || found.segment != identity.segment ||
        found.parameters != identity.parameters) {
      throw damaged("offset 16: is another file of an index, not the one that belongs here");
    }
    if (tail.compare(24, kMagic.size(), kMagic) != 0) {
      throw damaged(fmt::format("offset {}: the footer is damaged", bytes - kMagic.size()));
    }
    size_ = number_at(tail, 0, 8);
    const std::uint64_t table_checksum = number_at(tail, 8, 8);
    const std::uint64_t checksum = number_at(tail, 16, 8);
    if (checksum != tail_checksum(header, size_, table_checksum, identity) ||
        checksum != seal.checksum) {
      throw damaged(fmt::format("offset {}: the footer is damaged", bytes - kTailBytes));
    }
    const std::uint64_t most = bytes - kHeaderBytes - kTailBytes;
    const std::uint64_t blocks = size_ / block_bytes_ + (size_ % block_bytes_ != 0 ? 1 : 0);
    if (size_ > most || blocks > (most - size_) / sizeof(std::uint64_t) ||
        most - size_ != blocks * sizeof(std::uint64_t)) {
      throw damaged(fmt::format("offset {}: the sizes do not fit", bytes - kTailBytes));
    }
    table_.resize(static_cast<std::size_t>(blocks));
    const std::span<char> table(reinterpret_cast<char*>(table_.data()),
                                table_.size() * sizeof(std::uint64_t));
    if (read_fully_at(descriptor_, kHeaderBytes + size_, table, path_) != table.size() ||
        XXH3_64bits_withSeed(table.data(), table.size(), seed_of_footer(identity)) !=
            table_checksum) {
      throw damaged(fmt::format("offset {}: the table of checksums is damaged",
                                kHeaderBytes + size_));
    }
  } catch (...) {
    ::close(descriptor_);
    throw;
  }
}

BlockFile::~BlockFile() { ::close(descriptor_); }

void BlockFile::fail(std::uint64_t offset, const std::string& what) const {
  throw Error(ErrorCode::kCorruptFile, fmt::format("offset {}: {}", kHeaderBytes + offset, what),
              path_);
}

void BlockFile::check_blocks(std::string_view bytes, std::uint64_t first_block) const {
  for (std::uint64_t block = first_block; !bytes.empty(); ++block) {
    const std::string_view one = bytes.substr(0, block_bytes_);
    if (XXH3_64bits_withSeed(one.data(), one.size(), seed_of(identity_, block)) !=
        table_[static_cast<std::size_t>(block)]) {
      fail(block * block_bytes_, "the block is damaged");
    }
    bytes.remove_prefix(one.size());
  }
}

std::string_view BlockFile::read(std::uint64_t offset, std::size_t size, Buffer& buffer) const {
  if (offset > size_ || size > size_ - offset) fail(size_, "ends before what is looked for");
  if (size == 0) return {};
  const std::uint64_t first = offset / block_bytes_;
  const std::uint64_t begin = first * block_bytes_;
  const std::uint64_t last = (offset + size - 1) / block_bytes_;
  const std::uint64_t end = std::min<std::uint64_t>(size_, (last + 1) * block_bytes_);
  const auto count = static_cast<std::size_t>(end - begin);
  // What is larger stays so: zeros take time.
  if (buffer.size() < count + kReadableBehind) buffer.resize(count + kReadableBehind);
  const std::span<char> bytes = std::span(buffer).first(count);
  if (read_fully_at(descriptor_, kHeaderBytes + begin, bytes, path_) != count) {
    fail(begin, "ends while it is read");
  }
  check_blocks({bytes.data(), count}, first);
  return {buffer.data() + (offset - begin), size};
}

std::string BlockFile::read_all() const {
  Buffer buffer;
  return std::string(read(0, static_cast<std::size_t>(size_), buffer));
}

void BlockFile::check() const {
  Buffer buffer;
  const std::uint64_t step = std::max<std::uint64_t>(block_bytes_, kWrittenAtOnce);
  for (std::uint64_t offset = 0; offset < size_; offset += step) {
    static_cast<void>(
        read(offset, static_cast<std::size_t>(std::min(step, size_ - offset)), buffer));
  }
}

}  // namespace copydesk
