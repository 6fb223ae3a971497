// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/warc/archive_members.h"

#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cassert>
#include <new>

#include "copydesk/read/open_input.h"

namespace copydesk {
namespace {

constexpr std::size_t kReadBytes = std::size_t{256} << 10;

class GzipMembers : public MemberDecoder {
 public:
  GzipMembers() {
    constexpr int kGzipFormat = 16;  // added to the window bits
    if (inflateInit2(&stream_, MAX_WBITS + kGzipFormat) != Z_OK) throw std::bad_alloc();
  }
  ~GzipMembers() override { inflateEnd(&stream_); }
  GzipMembers(const GzipMembers&) = delete;
  GzipMembers& operator=(const GzipMembers&) = delete;

  void reset() override { inflateReset(&stream_); }

  Step decode(std::string_view raw, std::string& plain) override {
    const std::size_t before = plain.size();
    plain.resize(before + kReadBytes);
    // zlib declares its input without const, but does not write to it.
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(raw.data()));
    stream_.avail_in = static_cast<uInt>(std::min<std::size_t>(raw.size(), 1U << 30));
    const uInt fed = stream_.avail_in;
    stream_.next_out = reinterpret_cast<Bytef*>(plain.data() + before);
    stream_.avail_out = static_cast<uInt>(kReadBytes);
    const int result = inflate(&stream_, Z_NO_FLUSH);
    plain.resize(before + kReadBytes - stream_.avail_out);
    const bool is_broken = result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR;
    return {fed - stream_.avail_in, result == Z_STREAM_END, is_broken};
  }

 private:
  z_stream stream_{};
};

class ZstdFrames : public MemberDecoder {
 public:
  ZstdFrames() {
    if (stream_ == nullptr) throw std::bad_alloc();
  }

  void reset() override { ZSTD_DCtx_reset(stream_.get(), ZSTD_reset_session_only); }

  Step decode(std::string_view raw, std::string& plain) override {
    const std::size_t before = plain.size();
    plain.resize(before + kReadBytes);
    ZSTD_inBuffer in{raw.data(), raw.size(), 0};
    ZSTD_outBuffer out{plain.data() + before, kReadBytes, 0};
    const std::size_t result = ZSTD_decompressStream(stream_.get(), &out, &in);
    const bool is_broken = ZSTD_isError(result) != 0;
    plain.resize(before + (is_broken ? 0 : out.pos));
    return {in.pos, result == 0, is_broken};
  }

 private:
  struct Free {
    void operator()(ZSTD_DStream* stream) const { ZSTD_freeDStream(stream); }
  };
  std::unique_ptr<ZSTD_DStream, Free> stream_{ZSTD_createDStream()};
};

}  // namespace

bool ByteWindow::read_more() {
  bytes_.erase(0, begin_);
  begin_ = 0;
  const std::size_t before = bytes_.size();
  append_to(bytes_);
  return bytes_.size() > before;
}

RawBytes::RawBytes(const Input& input) : file_(open_random_access(input)) {
  if (!file_.is_compressed()) return;
  while (bytes().size() < 4 && read_more()) {
  }
  const bool is_gzip = bytes().starts_with("\x1f\x8b");
  const bool is_zstd = bytes().starts_with("\x28\xb5\x2f\xfd") || bytes().substr(1).starts_with("\x2a\x4d\x18");
  packing_ = is_gzip ? Compression::kGzip : is_zstd ? Compression::kZstd : Compression::kXz;
}

void RawBytes::append_to(std::string& bytes) {
  const std::size_t before = bytes.size();
  bytes.resize(before + kReadBytes);
  const std::size_t count = file_.read_at(offset_, std::span(bytes).subspan(before));
  bytes.resize(before + count);
  offset_ += count;
}

std::unique_ptr<MemberDecoder> make_member_decoder(Compression packing) {
  assert(packing == Compression::kGzip || packing == Compression::kZstd);
  if (packing == Compression::kZstd) return std::make_unique<ZstdFrames>();
  return std::make_unique<GzipMembers>();
}

void PlainBytes::release_raw() {
  raw_.drop(used_);
  used_ = 0;
  keeps_raw_ = false;
}

void PlainBytes::append_to(std::string& bytes) {
  const std::size_t before = bytes.size();
  while (!is_ended_ && bytes.size() == before) {
    if (used_ == raw_.bytes().size() && !raw_.read_more()) {
      is_ended_ = true;
      return;
    }
    const MemberDecoder::Step step = decoder_.decode(raw_.bytes().substr(used_), bytes);
    if (keeps_raw_) {
      used_ += step.used;
    } else {
      raw_.drop(step.used);
    }
    is_whole_ = step.is_end;
    is_ended_ = step.is_end || step.is_broken;
  }
}

}  // namespace copydesk
