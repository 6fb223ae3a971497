// SPDX-License-Identifier: Apache-2.0
#include "copydesk/stream/byte_sink.h"

#include <algorithm>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/stream/compressor.h"
#include "copydesk/stream/output_file.h"

namespace copydesk {
namespace {

constexpr std::size_t kBufferBytes = 256 * 1024;

// Hands on chunks of exactly kBufferBytes, so that a compressor's output depends on the bytes only
// and not on how callers cut them.
class BufferedSink : public ByteSink {
 public:
  BufferedSink(const std::string& path, std::unique_ptr<Compressor> compressor)
      : file_(path), compressor_(std::move(compressor)) {
    buffer_.reserve(kBufferBytes);
  }

  void write(std::string_view bytes) override {
    while (!bytes.empty()) {
      const std::size_t count = std::min(bytes.size(), kBufferBytes - buffer_.size());
      buffer_.append(bytes.substr(0, count));
      bytes.remove_prefix(count);
      if (buffer_.size() == kBufferBytes) flush();
    }
  }

  void finish() override {
    flush();
    if (compressor_) compressor_->finish([this](std::string_view bytes) { file_.write(bytes); });
    file_.finish();
    is_finished_ = true;
  }

  void commit() override {
    if (!is_finished_) finish();
    file_.commit();
  }

  [[nodiscard]] bool has_final_name() const override { return file_.has_final_name(); }

 private:
  void flush() {
    if (compressor_) {
      compressor_->write(buffer_, [this](std::string_view bytes) { file_.write(bytes); });
    } else {
      file_.write(buffer_);
    }
    buffer_.clear();
  }

  OutputFile file_;
  std::unique_ptr<Compressor> compressor_;
  std::string buffer_;
  bool is_finished_ = false;
};

}  // namespace

std::unique_ptr<ByteSink> open_byte_sink(const std::string& path) {
  std::unique_ptr<Compressor> compressor;
  if (ends_ignoring_case(path, ".gz")) compressor = make_gzip_compressor();
  if (ends_ignoring_case(path, ".zst")) compressor = make_zstd_compressor();
  return std::make_unique<BufferedSink>(path, std::move(compressor));
}

std::unique_ptr<ByteSink> open_packed_byte_sink(const std::string& path) {
  return std::make_unique<BufferedSink>(path, nullptr);
}

}  // namespace copydesk
