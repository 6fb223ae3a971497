#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Sources that are no lines and no plain text, as JSON Lines: a table becomes a line for each row,
// an array one for each element. What is read behind them then knows only lines, and later passes
// read the lines that the first one kept. Pages and archives of pages, of which making lines takes
// long, are converted by batches (RawBatches).

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/read/conversion_options.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_fault.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {

class ConvertedSource : public ByteSource {
 public:
  ConvertedSource(std::unique_ptr<ByteSource> source, const ConversionOptions& options)
      : source_(std::move(source)), options_(options) {}

  std::size_t read(std::span<char> buffer) final;
  [[nodiscard]] const std::optional<StreamFault>& fault() const final { return source_->fault(); }
  [[nodiscard]] Compression compression() const final { return source_->compression(); }
  [[nodiscard]] std::uint64_t raw_offset() const final { return source_->raw_offset(); }

  // Records that gave no line. Their offsets are those in the decompressed source.
  [[nodiscard]] bool has_faults() const { return !faults_.empty(); }
  [[nodiscard]] std::vector<RecordFault> take_faults() { return std::exchange(faults_, {}); }

 protected:
  // Appends a line or several. False if there is nothing more.
  virtual bool convert(std::string& lines) = 0;

  // What was read and not yet passed.
  [[nodiscard]] std::string_view waiting() const { return std::string_view(bytes_).substr(begin_); }
  // Reads on until so many bytes are waiting; fewer at the end of the source.
  std::string_view fill(std::size_t size);
  void pass(std::size_t size);
  void pass_byte_order_mark();  // if the source begins with one; before anything else
  // Of waiting()[0], in the decompressed source.
  [[nodiscard]] std::uint64_t offset() const { return offset_; }
  [[nodiscard]] const ConversionOptions& options() const { return options_; }
  [[nodiscard]] bool is_whole() const { return !source_->fault(); }

  // `record` counts from 1.
  void report(std::uint64_t record, std::string reason, std::string_view bytes);
  void report_long(std::uint64_t record);

 private:
  std::unique_ptr<ByteSource> source_;
  const ConversionOptions options_;
  std::string bytes_;
  std::size_t begin_ = 0;
  std::uint64_t offset_ = 0;
  bool ended_ = false;
  std::string lines_;  // made, and from lines_begin_ on not yet read
  std::size_t lines_begin_ = 0;
  bool done_ = false;
  std::vector<RecordFault> faults_;
};

// Whether a source of this name could be one to convert; if so its beginning decides.
[[nodiscard]] bool may_be_converted(std::string_view path);
// Reads the beginning of `source`. kNone: lines, plain text, or nothing that is read.
[[nodiscard]] ConvertedFormat recognize_converted(std::string_view path, ByteSource& source);
// REQUIRES: the format is neither kNone nor one of those that batches are converted of.
[[nodiscard]] std::unique_ptr<ConvertedSource> make_converted_source(
    std::unique_ptr<ByteSource> source, ConvertedFormat format, const ConversionOptions& options);

// What is in another character set as UTF-8: options.encoding says in which. Lines stay lines.
// Throws Error{kInvalidOption} if it is no label of a character set.
[[nodiscard]] std::unique_ptr<ConvertedSource> make_decoded_source(
    std::unique_ptr<ByteSource> source, const ConversionOptions& options);

// One for each format.
// `format` is kCsv or kTsv.
std::unique_ptr<ConvertedSource> make_delimited_source(std::unique_ptr<ByteSource> source,
                                                       ConvertedFormat format,
                                                       const ConversionOptions& options);
std::unique_ptr<ConvertedSource> make_text_line_source(std::unique_ptr<ByteSource> source,
                                                       const ConversionOptions& options);
std::unique_ptr<ConvertedSource> make_wiki_source(std::unique_ptr<ByteSource> source,
                                                  const ConversionOptions& options);
std::unique_ptr<ConvertedSource> make_json_value_source(std::unique_ptr<ByteSource> source,
                                                        const ConversionOptions& options);

}  // namespace copydesk
