#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What is to be read: files, standard input, and the files in folders, in a fixed order.
//
// Example:
//   std::vector<RecordFault> faults;
//   const auto inputs = expand_inputs({"no/such/folder"}, InputFormat::kAuto, faults);
//   assert(inputs.empty() && faults.size() == 1);

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/record_fault.h"

namespace copydesk {

class SpoolFile;

// What is to be read as what. Batches hold lines or texts; the others become lines while they are
// read.
// Batches of a table in Parquet hold lines of JSON, too, or the fields of rows (kRows, which no
// input is said to be).
enum class InputFormat {
  kAuto,
  kJsonLines,
  kText,
  kHtml,
  kWarc,
  kCsv,
  kTsv,
  kJson,
  kLines,
  kWiki,
  kParquet,
  kRows
};

enum class ConvertedFormat { kNone, kHtml, kWarc, kCsv, kTsv, kJson, kLines, kWiki };

// "auto", "jsonl", "text", "html", "warc", "csv", "tsv", "json", "lines" (a document a line of text),
// "wiki" (<doc> elements, as extractors of Wikipedia write them), "parquet"; kRows has no name.
[[nodiscard]] std::string_view to_string(InputFormat format);
[[nodiscard]] std::optional<InputFormat> parse_input_format(std::string_view name);
// All of these names, for messages.
[[nodiscard]] std::string input_format_names();

// kNone for what needs no conversion, and for what its beginning decides.
[[nodiscard]] constexpr ConvertedFormat converted_format(InputFormat format) {
  return format < InputFormat::kHtml || format > InputFormat::kWiki
             ? ConvertedFormat::kNone
             : static_cast<ConvertedFormat>(static_cast<int>(format) -
                                            static_cast<int>(InputFormat::kText));
}

// Whether a batch holds rows of a table: lines of a file are counted, and so are rows.
[[nodiscard]] constexpr bool is_table(InputFormat format) {
  return format == InputFormat::kParquet || format == InputFormat::kRows;
}

// Whether a batch holds lines of JSON.
[[nodiscard]] constexpr bool has_lines(InputFormat format) {
  return format == InputFormat::kJsonLines || format == InputFormat::kParquet;
}

// One source of records, after folders were expanded.
struct Input {
  std::string path;  // "-" for standard input
  InputFormat format = InputFormat::kAuto;

  // If set, the bytes come from there and `path` is only the name to show. Lets standard input be
  // read in several passes. REQUIRES: outlives every reader of this input.
  const SpoolFile* spool = nullptr;

  std::uint32_t argument = 0;  // which of the paths given to expand_inputs() it came from
  std::uint32_t folder_size = 0;  // so many bytes of `path` are that folder; 0: named outright
};

// Which files of folders are taken: those that match one of `include`, if there are any, and none of
// `exclude`. Patterns of the shell (*, ?, [a-z]); one with a slash is compared with the path below
// the folder, where * stands for slashes too, others with the name. "*.jsonl*" takes a.jsonl.zst and
// sub/b.jsonl, "2026/*" all that is below 2026. Files that are named outright are always taken.
struct InputSelection {
  std::vector<std::string> include, exclude;
};

// Files of folders that were passed over.
struct FilesLeftOut {
  std::uint64_t excluded = 0;  // by an InputSelection
  // Beside data: names that begin with '_', README and LICENSE, checksums (*.md5, *.sha256, *SUMS,
  // *.crc ...). A folder given as input that holds nothing else is taken as it is.
  std::uint64_t side_files = 0;
};

// Expands folders recursively and keeps files as they are, in the order given; a file named twice
// is there twice. Of a folder, the regular files are taken, names sorted bytewise; hidden files and
// folders are left out, links are followed except into a folder that contains them. What does not
// exist, cannot be listed, is a device, leads nowhere or in a circle becomes a fault (origin.source
// = the index of the path in `paths`, the reason begins with the path), not an exception. Throws
// Error{kLimitExceeded} where the system has no descriptors or memory left.
std::vector<Input> expand_inputs(const std::vector<std::string>& paths, InputFormat format,
                                 std::vector<RecordFault>& faults,
                                 const InputSelection& selection = {},
                                 FilesLeftOut* left_out = nullptr);

}  // namespace copydesk
