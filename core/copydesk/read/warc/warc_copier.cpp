// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/warc/warc_copier.h"

#include <algorithm>
#include <memory>
#include <vector>

#include "copydesk/ascii.h"
#include "copydesk/error.h"
#include "copydesk/read/warc/arc_line.h"
#include "copydesk/read/warc/archive_members.h"
#include "copydesk/read/warc/http_body.h"
#include "copydesk/stream/compressor.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostHeadBytes = 64 * 1024;

bool is_line_end(char c) {
  return c == '\r' || c == '\n';
}

std::string without_brackets(std::string_view text) {
  if (text.starts_with('<')) text.remove_prefix(1);
  if (text.ends_with('>')) text.remove_suffix(1);
  return std::string(text);
}

// A record at the front of some bytes.
struct Head {
  std::size_t size = 0;  // of the record, without the line ends behind it
  std::string type, id, refers_to;
  std::vector<std::string> concurrent_to;
};

std::optional<Head> read_arc_head(std::string_view bytes) {
  const std::size_t end = bytes.substr(0, kMostHeadBytes).find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::optional<ArcLine> line = parse_arc_line(bytes.substr(0, end));
  if (!line) return std::nullopt;
  Head head;
  head.size = end + 1 + line->length;
  // What says which archive it is belongs to none of the records.
  if (!line->url.starts_with("filedesc:")) head.id = line->id();
  return head;
}

std::optional<Head> read_warc_head(std::string_view bytes) {
  if (!bytes.starts_with("WARC/")) return std::nullopt;
  const std::size_t end = end_of_headers(bytes.substr(0, kMostHeadBytes));
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view headers = bytes.substr(0, end);
  std::size_t length = 0;
  if (!parse_record_length(header_value(headers, "content-length"), length)) return std::nullopt;
  Head head;
  head.size = end + length;
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
  Copier(const std::string& path, const std::unordered_set<std::string>& dropped,
         const ArchiveKind& kind, std::size_t most_bytes,
         const std::function<void(std::string_view)>& write)
      : path_(path), dropped_(dropped), kind_(kind), most_bytes_(most_bytes), write_(write) {}

  [[nodiscard]] const CopiedRecords& records() const { return records_; }
  [[nodiscard]] std::size_t most_bytes() const { return most_bytes_; }
  [[nodiscard]] Compression packing() const { return kind_.packing; }

  // None if the bytes begin no record, or none whose head is whole. Throws if the first record is of
  // the other kind.
  [[nodiscard]] std::optional<Head> read_head(std::string_view bytes) const {
    std::optional<Head> head = kind_.is_arc ? read_arc_head(bytes) : read_warc_head(bytes);
    const bool is_first = records_.kept + records_.dropped + records_.dropped_with_others == 0;
    if (head || !is_first || !(kind_.is_arc ? read_warc_head(bytes) : read_arc_head(bytes))) {
      return head;
    }
    throw Error(ErrorCode::kCannotRead,
                kind_.is_arc ? "holds WARC records, which no ARC archive may hold"
                             : "holds ARC records, which no WARC archive may hold",
                path_);
  }

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

  // All that a member holds; `member` is what it was compressed to, if it may be copied. What is no
  // record stays, and what is the beginning of one does if the member is whole.
  void copy_records(std::string_view bytes, std::string_view member, bool is_whole) {
    std::vector<std::string_view> kept;
    std::size_t kept_bytes = 0;
    const std::size_t all = bytes.size();
    while (!bytes.empty()) {
      const std::optional<Head> head = read_head(bytes);
      if (!is_whole && (!head || head->size > bytes.size())) break;
      std::size_t size = head ? std::min(head->size, bytes.size()) : bytes.size();
      while (size < bytes.size() && is_line_end(bytes[size])) ++size;
      if (!head || stays(*head)) {
        kept.push_back(bytes.substr(0, size));
        kept_bytes += size;
      }
      bytes.remove_prefix(size);
    }
    if (kept_bytes == all && !member.empty()) return write_(member);
    for (const std::string_view record : kept) {
      begin_record();
      write_some(record);
      end_record();
    }
  }

  void begin_record() {
    if (kind_.packing == Compression::kGzip) compressor_ = make_gzip_compressor();
    if (kind_.packing == Compression::kZstd) compressor_ = make_zstd_compressor();
  }
  void write_some(std::string_view bytes) {
    if (compressor_) {
      compressor_->write(bytes, write_);
    } else {
      write_(bytes);
    }
  }
  void end_record() {
    if (compressor_) compressor_->finish(write_);
    compressor_.reset();
  }

 private:
  const std::string& path_;
  const std::unordered_set<std::string>& dropped_;
  const ArchiveKind kind_;
  const std::size_t most_bytes_;
  const std::function<void(std::string_view)>& write_;
  std::unique_ptr<Compressor> compressor_;
  CopiedRecords records_;
};

// After damage: goes on where a line begins a record. False if none does.
bool find_next_record(ByteWindow& bytes) {
  constexpr std::string_view kBegin = "\nWARC/1.";
  for (;;) {
    while (bytes.bytes().size() <= kBegin.size() && bytes.read_more()) {
    }
    const std::size_t found = bytes.bytes().find(kBegin);
    if (found != std::string_view::npos) {
      bytes.drop(found + 1);
      return true;
    }
    if (bytes.bytes().size() <= kBegin.size()) return false;
    bytes.drop(bytes.bytes().size() - kBegin.size());
  }
}

// Hands on the next `size` bytes.
void pass(ByteWindow& bytes, std::size_t size, bool stays, Copier& copier) {
  while (size > 0 && (!bytes.bytes().empty() || bytes.read_more())) {
    const std::size_t count = std::min(size, bytes.bytes().size());
    if (stays) copier.write_some(bytes.bytes().substr(0, count));
    bytes.drop(count);
    size -= count;
  }
}

// Records one after the other. One that is cut off stays only if it is so long that it is no document.
void copy_stream(ByteWindow& bytes, Copier& copier) {
  while (!bytes.bytes().empty() || bytes.read_more()) {
    std::optional<Head> head = copier.read_head(bytes.bytes());
    while (!head && bytes.bytes().size() < kMostHeadBytes && bytes.read_more()) {
      head = copier.read_head(bytes.bytes());
    }
    if (!head) {
      if (!find_next_record(bytes)) return;
      continue;
    }
    if (head->size <= copier.most_bytes()) {
      while (bytes.bytes().size() < head->size && bytes.read_more()) {
      }
      if (bytes.bytes().size() < head->size) return;
    }
    const bool stays = copier.stays(*head);
    if (stays) copier.begin_record();
    pass(bytes, head->size, stays, copier);
    while (!bytes.bytes().empty() || bytes.read_more()) {
      if (!is_line_end(bytes.bytes().front())) break;
      pass(bytes, 1, stays, copier);
    }
    if (stays) copier.end_record();
  }
}

void copy_members(RawBytes& file, Copier& copier) {
  const std::unique_ptr<MemberDecoder> decoder = make_member_decoder(file.packing());
  while (!file.bytes().empty() || file.read_more()) {
    PlainBytes member(file, *decoder);
    while (member.bytes().size() <= copier.most_bytes() + kMostHeadBytes && member.read_more()) {
    }
    if (member.is_ended()) {
      const bool is_copied = member.is_whole() && copier.packing() == file.packing();
      copier.copy_records(member.bytes(),
                          is_copied ? file.bytes().substr(0, member.raw_size()) : std::string_view(),
                          member.is_whole());
      file.drop(member.raw_size());
    } else {
      // More than one record.
      member.release_raw();
      copy_stream(member, copier);
    }
    if (!member.is_whole()) return;
  }
}

}  // namespace

std::optional<ArchiveKind> archive_kind(std::string_view path) {
  ArchiveKind kind;
  if (ends_ignoring_case(path, ".gz")) kind.packing = Compression::kGzip;
  if (ends_ignoring_case(path, ".zst")) kind.packing = Compression::kZstd;
  if (kind.packing != Compression::kNone) path = without_compression_ending(path);
  kind.is_arc = ends_ignoring_case(path, ".arc");
  const bool is_warc = ends_ignoring_case(path, ".warc") || ends_ignoring_case(path, ".wet");
  if (!kind.is_arc && !is_warc) return std::nullopt;
  return kind;
}

CopiedRecords copy_archive(const Input& input, const std::unordered_set<std::string>& dropped,
                           const ArchiveKind& kind, std::size_t most_bytes,
                           const std::function<void(std::string_view)>& write) {
  RawBytes file(input);
  Copier copier(input.path, dropped, kind, most_bytes, write);
  if (file.packing() == Compression::kNone) {
    copy_stream(file, copier);
  } else if (file.packing() == Compression::kGzip || file.packing() == Compression::kZstd) {
    copy_members(file, copier);
  } else {
    throw Error(ErrorCode::kCannotRead, "is compressed in a way that archives are not copied from",
                input.path);
  }
  return copier.records();
}

}  // namespace copydesk
