// SPDX-License-Identifier: Apache-2.0
//
// Lists of records as `filter` reads them: any bytes are refused, or make a list all of whose entries
// can be found.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/record_list.h"
#include "property.h"
#include "temporary_folder.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  // Lists are told apart by their names, so they stand in files.
  static const tests::TemporaryFolder folder;
  static constexpr const char* kNames[] = {"list", "list", "list.csv", "list.tsv", "list.json"};
  Choices choices(data, size);
  const char* const name = kNames[choices.next(5)];
  const bool by_id = choices.next(2) == 1;
  try {
    const RecordList list = RecordList::read(folder.write(name, choices.rest()), by_id);
    for (std::uint32_t entry = 0; entry < list.size(); ++entry) {
      // A place is FILE:LINE, a name stands for an id.
      const std::string_view text = list.name(entry);
      const std::size_t colon = text.rfind(':');
      std::vector<std::uint32_t> found;
      list.find(text, "", 0, found);
      if (colon != text.npos) {
        list.find({}, text.substr(0, colon),
                  std::strtoull(std::string(text.substr(colon + 1)).c_str(), nullptr, 10), found);
      }
      require(std::find(found.begin(), found.end(), entry) != found.end(), "entries are found");
    }
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile || error.code() == ErrorCode::kCannotRead,
            "a bad list is refused as one");
  }
  return 0;
}
