// SPDX-License-Identifier: Apache-2.0
//
// Files of what was cut: any bytes are refused, or give texts with which records are restored or
// found damaged. What was written for a record brings it back.
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/run/removed_file.h"
#include "copydesk/write/record_cut.h"
#include "property.h"
#include "temporary_folder.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tests::TemporaryFolder folder;
  static const std::string record = "{\"id\":\"a\",\"text\":\"one two three four\"}";
  Choices choices(data, size);
  const bool is_own = choices.next(2) == 1;
  const std::size_t begin = choices.next(18);
  const std::size_t end = begin + choices.next(18 - begin);
  std::string cut, removed, lines;
  const std::vector<TextSpan> spans =
      begin == end ? std::vector<TextSpan>() : std::vector<TextSpan>{{begin, end}};
  append_cut_record(cut, record, "text", spans, &removed);
  if (is_own && !removed.empty()) {
    append_removed_line(lines, {"a", "b.jsonl", 7}, cut, removed);
  }
  lines += choices.rest();
  try {
    RemovedFile texts(folder.write("removed.jsonl", lines), "");
    const auto found = texts.take(cut);
    require(texts.taken() <= texts.size(), "no more is taken than there is");
    if (!found) {
      require(!is_own || removed.empty(), "what was written is found");
      return 0;
    }
    const auto restored = restore_record(with_removed_field(cut, *found), "text");
    if (is_own && !removed.empty()) require(restored == record, "what was cut is back");
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile || error.code() == ErrorCode::kCannotRead,
            "a bad file is refused as one");
  }
  return 0;
}
