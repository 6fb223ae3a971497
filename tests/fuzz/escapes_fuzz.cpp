// SPDX-License-Identifier: Apache-2.0
//
// Text of a corpus in result lines, in messages and in the HTML report: whatever it holds, it
// neither ends the string it stands in nor acts on a terminal or in a browser.
#include <simdjson.h>

#include <string>
#include <string_view>

#include "console.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/page/page_text.h"
#include "property.h"
#include "valid_text.h"

using namespace copydesk;
using copydesk::fuzz::require;

namespace {

// Control characters of ASCII and of ISO 6429 beyond it, and those that override the direction of
// the text behind them.
bool acts(std::uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

enum class Place { kTerminal, kBrowser };

// Single direction marks are common in right-to-left text and do nothing beyond their neighbors,
// but where one sees only the text they are invisible.
bool is_direction_mark(std::uint32_t code) {
  return code == 0x61C || code == 0x200E || code == 0x200F;
}

void check_harmless(std::string_view text, Place place) {
  require(is_valid_utf8(text), "what is written is valid UTF-8");
  for (std::size_t at = 0; at < text.size();) {
    const DecodedCharacter character = decode_utf8(text.data() + at);
    const std::uint32_t code = character.code_point;
    if (place == Place::kTerminal) {
      require(!acts(code) && !is_direction_mark(code), "text does not act on a terminal");
    } else {
      require(code == '\n' || code == '\t' || !acts(code), "text does not act in a browser");
    }
    at += character.length;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::string json;
  append_json_string(json, bytes);
  check_harmless(json, Place::kTerminal);
  static simdjson::dom::parser parser;
  std::string_view back;
  require(parser.parse(json).get(back) == simdjson::SUCCESS, "a JSON string is a JSON string");
  if (is_valid_utf8(bytes)) require(back == bytes, "a JSON string reads back as it was");

  check_harmless(tools::printable(bytes), Place::kTerminal);

  std::string html;
  append_page_text(html, fuzz::valid_text(bytes));
  check_harmless(html, Place::kBrowser);
  require(html.find_first_of("<>\"'") == std::string::npos, "text makes no markup");
  return 0;
}
