// SPDX-License-Identifier: Apache-2.0
//
// Files of prepared evaluation sets. Any bytes are either refused, or make sets that are
// written, and read again, without a change and can be searched for. Most cases get the right head, because the
// checks behind it matter.
#include <cstring>
#include <string>
#include <string_view>

#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/pipeline/decontaminate/evaluation_items.h"
#include "copydesk/pipeline/decontaminate/leak_finder.h"
#include "copydesk/version.h"
#include "property.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

template <class Number>
void append_number(std::string& out, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

std::string with_head(std::string_view body) {
  std::string file = "copydesk evaluation items 1\n";
  append_number(file, static_cast<std::uint32_t>(kTextRulesVersion));
  append_number(file, std::uint64_t{body.size()});
  append_number(file, content_hash_64(body.data(), body.size()));
  return file.append(body);
}

void check(std::string_view file) {
  try {
    const EvaluationItems items = EvaluationItems::parse(file, "file");
    const std::string written = items.to_bytes();
    require(EvaluationItems::parse(written, "file").to_bytes() == written,
            "what was read is written, and read again, without a change");
    LeakFinder finder(items);
    static_cast<void>(finder.find("one two three four five six seven eight nine ten"));
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile || error.code() == ErrorCode::kInvalidOption,
            "a bad file is called corrupt, or one of other rules");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const std::size_t kind = choices.next(3);
  const std::string_view bytes = choices.rest();
  if (kind == 0) check(bytes);
  if (kind == 1) check(with_head(bytes));
  if (kind == 2) {
    EvaluationItems items;
    items.add("set", "a", "one two three four five six seven", bytes.substr(0, 20));
    items.add("set", "b", "one two three", "four five six seven");
    items.build();
    std::string file = items.to_bytes();
    constexpr std::size_t kHead = 48;
    if (!bytes.empty()) {
      file[kHead + static_cast<unsigned char>(bytes.back()) % (file.size() - kHead)] ^= bytes[0];
    }
    check(with_head(std::string_view(file).substr(kHead)));
  }
  return 0;
}
