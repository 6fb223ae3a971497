// SPDX-License-Identifier: Apache-2.0
#include "copydesk/ascii.h"
#include "copydesk/read/parquet/parquet_file.h"

namespace copydesk {

bool is_parquet_name(std::string_view path) {
  constexpr std::string_view kEnding = ".parquet";
  return path.size() > kEnding.size() && ends_ignoring_case(path, kEnding);
}

bool is_parquet_input(const Input& input) {
  return input.format == InputFormat::kParquet ||
         (input.format == InputFormat::kAuto && is_parquet_name(input.path));
}

bool begins_parquet(std::string_view begin) {
  return begin.starts_with("PAR1");
}

}  // namespace copydesk
