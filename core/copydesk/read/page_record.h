#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A page, or a text from an archive, as a line of JSON.

#include <string>
#include <string_view>

#include "copydesk/read/conversion_options.h"
#include "copydesk/read/html/html_reader.h"

namespace copydesk {

// What is known of a document besides its bytes; empty where nothing is.
struct PageOrigin {
  std::string_view id, url, time, charset;
};

// Keeps its buffers; one object per thread.
class PageRecorder {
 public:
  explicit PageRecorder(const ConversionOptions& options) : options_(options) {}

  // REQUIRES: html.size() < 2^31.
  void append_page(std::string_view html, const PageOrigin& origin, const FieldNames& names,
                   std::string& lines);
  // Plain text.
  void append_text(std::string_view text, const PageOrigin& origin, const FieldNames& names,
                   std::string& lines);

 private:
  void append(const HtmlMetadata& metadata, std::string_view text, const PageOrigin& origin,
              const FieldNames& names, std::string_view blocks, std::string& lines) const;
  [[nodiscard]] std::string explained() const;

  const ConversionOptions& options_;
  HtmlReader reader_;
  HtmlDocument document_;
  std::string decoded_;
};

}  // namespace copydesk
