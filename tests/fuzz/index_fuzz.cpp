// SPDX-License-Identifier: Apache-2.0
//
// The files of an index, opened, described, asked, deduplicated by, checked and merged. The first byte says
// which file has the rest as its payload, with checksums that are right, as somebody could make it: it is
// refused as damaged, or used, and what was merged of it is sound. The last one is the manifest itself.
#include <filesystem>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "index/resealed_index.h"
#include "index/small_index.h"
#include "property.h"
#include "temporary_folder.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

struct Base {
  Base() : texts(tests::family_texts(11, 12)) {
    IndexParameters parameters;
    parameters.with_text = true;
    create_index(path(), parameters);
    tests::add_to_index(path(), texts, 0, 8);
    tests::add_to_index(path(), texts, 8, 12);
  }
  [[nodiscard]] std::string path() const { return folder.path("x.index"); }
  tests::TemporaryFolder folder;
  std::vector<std::string> texts;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Base base;
  Choices choices(data, size);
  const auto& names = tests::segment_file_names();
  const std::size_t choice = choices.next(names.size() + 1);
  const std::string payload(choices.rest());
  const tests::TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  std::filesystem::copy(base.path(), path, std::filesystem::copy_options::recursive);
  bool is_used = false;
  try {
    if (choice == names.size()) {
      folder.write("x.index/manifest-000003", payload);
    } else {
      tests::reseal(path, 0, names[choice], payload);
    }
    is_used = tests::use_everything(path, base.texts);
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile || error.code() == ErrorCode::kCannotOpen,
            "what cannot be read is called so");
  }
  if (is_used) {
    require(check_index(path, [](const std::string&) {}, {}) == 0, "what was merged is sound");
  }
  return 0;
}
