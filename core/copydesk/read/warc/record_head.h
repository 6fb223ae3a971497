#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What stands before the content of a record of WARC or ARC, and which content makes a document.
//
//   WARC/1.0
//   WARC-Type: conversion
//   Content-Length: 5

#include <cstddef>
#include <string>
#include <string_view>

#include "copydesk/read/record_batch.h"

namespace copydesk {

// The longest head of a record that is read.
inline constexpr std::size_t kMostRecordHeadBytes = 64 * 1024;

struct ParsedRecordHead {
  std::string_view fault;   // why there is none; empty if there is
  std::size_t size = 0;     // of the head
  std::size_t content = 0;  // so many bytes follow it
};

// The head at the front of `bytes`, of which kMostRecordHeadBytes or all that is left must be
// there.
[[nodiscard]] ParsedRecordHead parse_record_head(std::string_view bytes, RawRecord& record);

// Whether the content can be a document: that of responses, resources and conversions. Requests,
// metadata and revisits never are.
[[nodiscard]] bool may_be_document(const RawRecord& record);

}  // namespace copydesk
