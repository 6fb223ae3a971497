// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/copied_kind.h"

#include "copydesk/ascii.h"
#include "copydesk/read/delimited/delimited_copier.h"
#include "copydesk/read/parquet/parquet_file.h"
#include "copydesk/read/warc/warc_copier.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {
namespace {

CopiedKind kind_of(ConvertedFormat delimited) {
  if (delimited == ConvertedFormat::kCsv) return CopiedKind::kCsv;
  return delimited == ConvertedFormat::kTsv ? CopiedKind::kTsv : CopiedKind::kNone;
}

// As the compression of an archive must be one that is copied, too.
CopiedKind archive_of(std::string_view path) {
  const auto kind = archive_kind(path);
  if (!kind) return CopiedKind::kNone;
  return kind->is_arc ? CopiedKind::kArc : CopiedKind::kWarc;
}

}  // namespace

CopiedKind copied_kind(const Input& input) {
  if (is_parquet_input(input)) return CopiedKind::kParquet;
  const CopiedKind table = kind_of(delimited_format(input));
  if (table != CopiedKind::kNone) return table;
  const bool may_be_archive =
      input.format == InputFormat::kAuto || input.format == InputFormat::kWarc;
  return may_be_archive ? archive_of(input.path) : CopiedKind::kNone;
}

CopiedKind copied_kind(std::string_view output_path) {
  if (is_parquet_name(output_path)) return CopiedKind::kParquet;
  const CopiedKind archive = archive_of(output_path);
  if (archive != CopiedKind::kNone) return archive;
  // Of compressions those two are written.
  std::string_view name = output_path;
  for (const std::string_view packed : {".gz", ".zst"}) {
    if (ends_ignoring_case(output_path, packed)) name.remove_suffix(packed.size());
  }
  if (ends_ignoring_case(name, ".csv")) return CopiedKind::kCsv;
  return ends_ignoring_case(name, ".tsv") ? CopiedKind::kTsv : CopiedKind::kNone;
}

}  // namespace copydesk
