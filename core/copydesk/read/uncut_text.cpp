// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/uncut_text.h"

#include <algorithm>

#include "copydesk/read/json_scan.h"
#include "copydesk/read/removed_text.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
bool UncutText::find(std::string_view record, std::string_view text) {
  cuts_.clear();
  std::string_view object = record.substr(0, std::min(record.rfind('}'), record.size()));
  // Most records were not cut, which their last bytes tell.
  while (object.ends_with("\"}]")) {
    const auto field = find_removed_field(object);
    if (!field) break;
    if (cuts_.empty()) text_ = text;
    std::vector<Removed>& removed = cuts_.emplace_back();
    earlier_.clear();
    std::size_t copied = 0, restored = 0;
    for (const RemovedText& part : field->texts) {
      const std::size_t at = part.begin - restored;
      if (part.begin < restored || at < copied || at > text_.size()) return false;
      if (at < text_.size() && is_utf8_tail(text_[at])) return false;
      earlier_.append(text_, copied, at - copied);
      copied = at;
      const std::size_t begin = earlier_.size();
      append_unescaped(earlier_, part.written);
      removed.push_back({begin, earlier_.size(), restored});
      restored += earlier_.size() - begin;
    }
    earlier_.append(text_, copied);
    text_.swap(earlier_);
    object = object.substr(0, field->begin);
  }
  return !cuts_.empty();
}

std::size_t UncutText::place_now(std::size_t offset) const {
  for (auto cut = cuts_.rbegin(); cut != cuts_.rend(); ++cut) {
    const auto behind = std::partition_point(cut->begin(), cut->end(),
                                             [&](const Removed& r) { return r.begin < offset; });
    if (behind == cut->begin()) continue;
    const Removed& last = behind[-1];
    offset = std::max(offset, last.end) - last.before - (last.end - last.begin);
  }
  return offset;
}

}  // namespace copydesk
