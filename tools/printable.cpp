#include "console.h"
#include "copydesk/write/json_text.h"

namespace copydesk::tools {

std::string printable(std::string_view text) {
  // The escapes of JSON are what people know; the quotes around them are not wanted here.
  std::string quoted;
  append_json_string(quoted, text);
  std::string out;
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] == '\\' && quoted[i + 1] == '"') continue;
    out.push_back(quoted[i]);
  }
  return out;
}

std::string printable_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out += printable(text.substr(0, end));
    if (end == std::string_view::npos) break;
    out.push_back('\n');
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace copydesk::tools
