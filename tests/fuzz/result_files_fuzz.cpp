// SPDX-License-Identifier: Apache-2.0
//
// Truth and result files as `evaluate` reads them, from any bytes.
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <string>
#include <string_view>

#include "console.h"
#include "copydesk/text/utf8.h"
#include "evaluate_input.h"
#include "property.h"

using namespace copydesk;
using namespace copydesk::tools;
using copydesk::fuzz::require;

// Stands for the one of the program, which would fill the terminal.
void copydesk::tools::print_message(std::string_view message) {
  require(is_valid_utf8(message), "messages are valid UTF-8");
  require(std::none_of(message.begin(), message.end(), [](char c) { return c >= 0 && c < ' '; }),
          "messages hold no control characters");
}

namespace {

// A file without a name, for readers that take a path.
class NamelessFile {
 public:
  NamelessFile() : descriptor_(::memfd_create("input", MFD_CLOEXEC)) {
    require(descriptor_ >= 0, "a file in memory can be created");
  }
  ~NamelessFile() { ::close(descriptor_); }
  NamelessFile(const NamelessFile&) = delete;
  NamelessFile& operator=(const NamelessFile&) = delete;

  void fill(std::string_view bytes) const {
    require(::ftruncate(descriptor_, 0) == 0 &&
                ::pwrite(descriptor_, bytes.data(), bytes.size(), 0) ==
                    static_cast<ssize_t>(bytes.size()),
            "a file in memory can be filled");
  }
  [[nodiscard]] std::string path() const { return "/proc/self/fd/" + std::to_string(descriptor_); }

 private:
  int descriptor_;
};

std::string use(const JsonRecord& record) {
  for (const char* const field : {"id", "a", "ids", "copy_begin", "text", ""}) {
    const bool has = record.has(field);
    const auto id = record.id(field);
    const auto number = record.number(field);
    const auto ids = record.ids(field);
    const auto numbers = record.numbers(field);
    const auto text = record.text(field);
    const auto texts = record.texts(field);
    require(has || (!id && !number && !ids && !numbers && !text && !texts),
            "an absent field has no value");
    require(!number || id, "a number is an id too");
    require(!id || is_valid_utf8(*id), "ids are valid UTF-8");
    require(!text || texts, "a text is a list of texts too");
  }
  return record.has("id") ? "" : "no id";
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const NamelessFile file;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  file.fill(bytes);
  FaultLog faults;
  std::uint64_t records = 0;
  for_each_record(file.path(), faults, [&](const JsonRecord& record) {
    ++records;
    return use(record);
  });
  faults.finish();
  const auto feeds = static_cast<std::uint64_t>(std::count(bytes.begin(), bytes.end(), '\n'));
  const bool is_archive = bytes.starts_with("\x1F\x8B") || bytes.starts_with("\x28\xB5\x2F\xFD") ||
                          bytes.substr(0, 4).ends_with("\x2A\x4D\x18");
  FaultLog line_faults;
  const auto lines = read_lines(file.path(), line_faults);
  if (!is_archive) {
    require(records <= feeds + 1, "no more records than lines");
    require(lines.size() == feeds + (bytes.empty() || bytes.ends_with('\n') ? 0 : 1),
            "every line is read");
  }
  static_cast<void>(read_text(file.path(), line_faults));
  return 0;
}
