// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/warc/warc_copier.h"

#include <zlib.h>

#include <algorithm>
#include <charconv>
#include <memory>
#include <new>
#include <optional>
#include <vector>

#include "copydesk/ascii.h"
#include "copydesk/error.h"
#include "copydesk/read/warc/http_body.h"
#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/compressor.h"
#include "copydesk/stream/random_access_file.h"

namespace copydesk {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10;
constexpr std::size_t kMostHeadBytes = 64 * 1024;

std::string without_brackets(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return std::string(text);
}

// A record at the front of some bytes.
struct Head {
  std::size_t size = 0;  // of the record with the line ends behind it, as far as they are there
  std::string type, id, refers_to;
  std::vector<std::string> concurrent_to;
};

// None if the bytes begin no record, or none whose head is whole.
std::optional<Head> read_head(std::string_view bytes) {
  if (!bytes.starts_with("WARC/")) return std::nullopt;
  const std::size_t end = end_of_headers(bytes.substr(0, kMostHeadBytes));
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view headers = bytes.substr(0, end);
  const std::string_view digits = header_value(headers, "content-length");
  std::size_t length = 0;
  const auto [rest, error] = std::from_chars(digits.data(), digits.data() + digits.size(), length);
  if (digits.empty() || error != std::errc{} || rest != digits.data() + digits.size() ||
      length > (std::size_t{1} << 60)) {
    return std::nullopt;
  }
  Head head;
  head.size = end + length;
  while (head.size < bytes.size() && (bytes[head.size] == '\r' || bytes[head.size] == '\n')) {
    ++head.size;
  }
  head.type = ascii_lower(header_value(headers, "warc-type"));
  head.id = without_brackets(header_value(headers, "warc-record-id"));
  head.refers_to = without_brackets(header_value(headers, "warc-refers-to"));
  // There may be several of these.
  for (std::string_view lines = headers; !lines.empty();) {
    const std::size_t line_end = std::min(lines.find('\n'), lines.size() - 1) + 1;
    const std::string value(header_value(lines.substr(0, line_end), "warc-concurrent-to"));
    if (!value.empty()) head.concurrent_to.push_back(without_brackets(value));
    lines.remove_prefix(line_end);
  }
  return head;
}

class Copier {
 public:
  Copier(const std::unordered_set<std::string>& dropped, bool compressed, std::size_t most_bytes,
         const std::function<void(std::string_view)>& write)
      : dropped_(dropped), compressed_(compressed), most_bytes_(most_bytes), write_(write) {}

  [[nodiscard]] const CopiedRecords& records() const { return records_; }

  // Counts the record; whether it stays.
  bool stays(const Head& head) {
    if (dropped_.contains(head.id)) {
      ++records_.dropped;
      return false;
    }
    const bool is_companion = head.type == "request" || head.type == "metadata";
    const auto is_gone = [&](const std::string& id) { return dropped_.contains(id); };
    if (is_companion &&
        (is_gone(head.refers_to) || std::ranges::any_of(head.concurrent_to, is_gone))) {
      ++records_.dropped_with_others;
      return false;
    }
    if (head.type == "revisit" && is_gone(head.refers_to)) ++records_.revisits_left;
    ++records_.kept;
    return true;
  }

  // Records one after the other, all of them; `member`, if any, is what they were compressed to.
  void copy_records(std::string_view bytes, std::string_view member) {
    std::vector<std::string_view> kept;
    std::size_t kept_bytes = 0;
    const std::size_t all = bytes.size();
    while (!bytes.empty()) {
      const std::optional<Head> head = read_head(bytes);
      const std::size_t size = head ? std::min(head->size, bytes.size()) : bytes.size();
      if (!head || stays(*head)) {
        kept.push_back(bytes.substr(0, size));
        kept_bytes += size;
      }
      bytes.remove_prefix(size);
    }
    if (kept_bytes == all && !member.empty()) return write_(member);
    for (const std::string_view record : kept) write_record(record);
  }

  void write_record(std::string_view record) {
    if (!compressed_) return write_(record);
    const std::unique_ptr<Compressor> compressor = make_gzip_compressor();
    compressor->write(record, write_);
    compressor->finish(write_);
  }

  [[nodiscard]] std::size_t most_bytes() const { return most_bytes_; }
  [[nodiscard]] bool compressed() const { return compressed_; }
  void write(std::string_view bytes) const { write_(bytes); }

 private:
  const std::unordered_set<std::string>& dropped_;
  const bool compressed_;
  const std::size_t most_bytes_;
  const std::function<void(std::string_view)>& write_;
  CopiedRecords records_;
};

// A file from its beginning, with what was read and is still needed.
class RawFile {
 public:
  explicit RawFile(const std::string& path) : file_(path) {}

  // False at the end.
  bool read_more() {
    bytes_.erase(0, begin_);
    begin_ = 0;
    const std::size_t before = bytes_.size();
    bytes_.resize(before + kReadBytes);
    const std::size_t count = file_.read_at(offset_, std::span(bytes_).subspan(before));
    bytes_.resize(before + count);
    offset_ += count;
    return count > 0;
  }
  // Valid until more is read.
  [[nodiscard]] std::string_view bytes() const { return std::string_view(bytes_).substr(begin_); }
  void drop(std::size_t count) { begin_ += count; }
  [[nodiscard]] bool is_compressed() const { return file_.is_compressed(); }

 private:
  RandomAccessFile file_;
  std::uint64_t offset_ = 0;
  std::string bytes_;
  std::size_t begin_ = 0;  // of what is still needed
};

void copy_plain(RawFile& file, Copier& copier) {
  while (!file.bytes().empty() || file.read_more()) {
    std::optional<Head> head = read_head(file.bytes());
    while (!head && file.bytes().size() < kMostHeadBytes && file.read_more()) {
      head = read_head(file.bytes());
    }
    if (!head) return;
    const bool stays = copier.stays(*head);
    std::size_t left = head->size;
    if (copier.compressed()) {
      if (left > copier.most_bytes()) {
        throw Error(ErrorCode::kLimitExceeded,
                    "a record is too long to be compressed: raise --max-record");
      }
      // Line ends behind the record are seen once what follows has been read.
      while (file.bytes().size() < left + 8 && file.read_more()) {
      }
      left = std::min(read_head(file.bytes())->size, file.bytes().size());
      if (stays) copier.write_record(file.bytes().substr(0, left));
      file.drop(left);
      continue;
    }
    while (left > 0 && (!file.bytes().empty() || file.read_more())) {
      const std::size_t count = std::min(left, file.bytes().size());
      if (stays) copier.write(file.bytes().substr(0, count));
      file.drop(count);
      left -= count;
    }
    while (!file.bytes().empty() || file.read_more()) {
      const char c = file.bytes().front();
      if (c != '\r' && c != '\n') break;
      if (stays) copier.write(file.bytes().substr(0, 1));
      file.drop(1);
    }
  }
}

class MemberReader {
 public:
  MemberReader() {
    if (inflateInit2(&stream_, 15 + 16) != Z_OK) throw std::bad_alloc();
  }
  ~MemberReader() { inflateEnd(&stream_); }
  MemberReader(const MemberReader&) = delete;
  MemberReader& operator=(const MemberReader&) = delete;

  // Inflates the member at the front of `file`, which grows, into `plain`. The bytes that it takes;
  // 0 if it is damaged or cut off, or there is none.
  std::size_t read(RawFile& file, std::size_t most_bytes, std::string& plain) {
    inflateReset(&stream_);
    plain.clear();
    std::size_t used = 0;
    for (;;) {
      if (used == file.bytes().size() && !file.read_more()) return 0;
      const std::string_view in = file.bytes().substr(used);
      const std::size_t before = plain.size();
      plain.resize(before + kReadBytes);
      stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
      stream_.avail_in = static_cast<uInt>(std::min<std::size_t>(in.size(), 1U << 30));
      const uInt fed = stream_.avail_in;
      stream_.next_out = reinterpret_cast<Bytef*>(plain.data() + before);
      stream_.avail_out = static_cast<uInt>(kReadBytes);
      const int result = inflate(&stream_, Z_NO_FLUSH);
      used += fed - stream_.avail_in;
      plain.resize(before + kReadBytes - stream_.avail_out);
      if (result == Z_STREAM_END) return used;
      if (result != Z_OK && result != Z_BUF_ERROR) return 0;
      if (plain.size() > most_bytes + kMostHeadBytes) {
        throw Error(ErrorCode::kLimitExceeded,
                    "a gzip member holds more than a record may have: raise --max-record");
      }
    }
  }

 private:
  z_stream stream_{};
};

void copy_members(RawFile& file, Copier& copier) {
  MemberReader members;
  std::string plain;
  while (const std::size_t size = members.read(file, copier.most_bytes(), plain)) {
    copier.copy_records(plain,
                        copier.compressed() ? file.bytes().substr(0, size) : std::string_view());
    file.drop(size);
  }
}

}  // namespace

bool is_warc_name(std::string_view path) {
  return ends_ignoring_case(path, ".warc") || ends_ignoring_case(path, ".warc.gz");
}

CopiedRecords copy_warc(const std::string& path, const std::unordered_set<std::string>& dropped,
                        bool compressed, std::size_t most_bytes,
                        const std::function<void(std::string_view)>& write) {
  RawFile file(path);
  Copier copier(dropped, compressed, most_bytes, write);
  while (file.bytes().size() < 2 && file.read_more()) {
  }
  if (file.is_compressed() && !file.bytes().starts_with("\x1f\x8b")) {
    throw Error(ErrorCode::kCannotRead, "is no archive in gzip, which alone is copied", path);
  }
  if (file.is_compressed()) {
    copy_members(file, copier);
  } else {
    copy_plain(file, copier);
  }
  return copier.records();
}

}  // namespace copydesk
