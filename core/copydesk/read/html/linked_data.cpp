// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/html/linked_data.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "copydesk/read/html/ascii.h"
#include "copydesk/read/html/html_entities.h"

namespace copydesk {
namespace {

constexpr std::size_t kMostDepth = 64;
constexpr std::size_t kMostAuthorBytes = 120;
constexpr std::size_t kMostKeyBytes = 64;  // of the keys that matter all are shorter

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

class Scan {
 public:
  Scan(std::string_view script, LinkedData& data) : text_(script), data_(data) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '{' || c == '[') {
        if (open_.size() >= kMostDepth) return;
        begin(c == '[');
      } else if (c == '}' || c == ']') {
        if (!open_.empty()) end();
      } else if (c == '"') {
        take_string();
        continue;
      } else if (c == ',') {
        has_key_ = false;
      }
      ++at_;
    }
  }

 private:
  // An object or list; `key` is the one it is the value of, for elements of a list that of the
  // list.
  struct Level {
    std::string key, type, name;
    bool is_list = false;
  };

  void begin(bool is_list) {
    Level level;
    if (has_key_) {
      level.key = key_;
    } else if (!open_.empty() && open_.back().is_list) {
      level.key = open_.back().key;
    }
    level.is_list = is_list;
    open_.push_back(std::move(level));
    has_key_ = false;
  }

  void end() {
    const Level level = std::move(open_.back());
    open_.pop_back();
    if (level.is_list || level.name.empty()) return;
    if (level.key == "author") {
      const auto objects = std::count_if(open_.begin(), open_.end(),
                                         [](const Level& outer) { return !outer.is_list; });
      if (objects <= 3 && !is_of_somebody_else() && data_.author.size() < kMostAuthorBytes &&
          !contains(data_.author, level.name)) {
        if (!data_.author.empty()) data_.author += ", ";
        data_.author += level.name;
      }
    } else if (level.key == "publisher" && data_.publisher.empty()) {
      data_.publisher = level.name;
    } else if (level.type == "WebSite" && data_.site.empty()) {
      data_.site = level.name;
    }
  }

  // Within a review, comment or answer, up to three objects out.
  [[nodiscard]] bool is_of_somebody_else() const {
    int objects = 0;
    for (std::size_t i = open_.size(); i-- > 0 && objects < 3;) {
      const std::string& key = open_[i].key;
      if (key == "review" || key == "comment" || key == "suggestedAnswer" ||
          key == "acceptedAnswer") {
        return true;
      }
      if (!open_[i].is_list) ++objects;
    }
    return false;
  }

  void take_string() {
    const std::string value = unescaped();
    std::size_t next = at_;
    while (next < text_.size() && static_cast<unsigned char>(text_[next]) <= ' ') ++next;
    const bool in_object = !open_.empty() && !open_.back().is_list;
    if (in_object && !has_key_ && next < text_.size() && text_[next] == ':') {
      key_ = value.substr(0, kMostKeyBytes);
      has_key_ = true;
      at_ = next + 1;
      return;
    }
    if (!open_.empty()) take_value(has_key_ ? key_ : open_.back().key, value);
    has_key_ = false;
  }

  void take_value(const std::string& key, const std::string& value) {
    Level& level = open_.back();
    if (!level.is_list && key == "@type" && level.type.empty()) level.type = value;
    if (!level.is_list && key == "name") level.name = plain_value(value);
    if (key == "headline" && data_.headline.empty()) {
      data_.headline = plain_value(value);
    } else if (key == "datePublished" && data_.published.empty() && !is_of_somebody_else()) {
      data_.published = value;
    } else if (key == "articleBody" && data_.article_body.empty()) {
      data_.article_body = value;
    } else if (key == "author" && data_.author.empty() && !value.starts_with("http")) {
      data_.author = plain_value(value);
    } else if (key == "description" && level.type == "Product" &&
               data_.product_description.empty()) {
      data_.product_description = value;
    }
  }

  std::uint32_t hexadecimal(std::size_t at) const {
    std::uint32_t value = 0;
    for (std::size_t i = at; i < at + 4; ++i) {
      const char c = i < text_.size() ? text_[i] : '0';
      const char lower = static_cast<char>(c | 32);
      const unsigned digit = is_ascii_digit(c) ? static_cast<unsigned>(c - '0')
                             : lower >= 'a' && lower <= 'f'
                                 ? static_cast<unsigned>(lower - 'a' + 10)
                                 : 0U;
      value = value * 16 + digit;
    }
    return value;
  }

  // The string that begins at at_; goes on behind it.
  std::string unescaped() {
    std::string out;
    ++at_;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] != '\\' || at_ + 1 >= text_.size()) {
        const std::size_t end = std::min(text_.find_first_of("\"\\", at_ + 1), text_.size());
        out.append(text_.substr(at_, end - at_));
        at_ = end;
        continue;
      }
      const char c = text_[at_ + 1];
      if (c == 'u' && at_ + 6 <= text_.size()) {
        std::uint32_t value = hexadecimal(at_ + 2);
        at_ += 6;
        if ((value & 0xFC00) == 0xD800 && text_.substr(at_).starts_with("\\u")) {
          const std::uint32_t low = hexadecimal(at_ + 2);
          if ((low & 0xFC00) == 0xDC00 && at_ + 6 <= text_.size()) {
            value = 0x10000 + ((value & 0x3FF) << 10) + (low & 0x3FF);
            at_ += 6;
          }
        }
        append_code_point(out, value);
      } else if (c == 'n' || c == 'r' || c == 't' || c == 'b' || c == 'f') {
        out += ' ';
        at_ += 2;
      } else {
        ++at_;  // what follows a backslash stands for itself, and may be a whole character
        out += text_[at_++];
        while (at_ < text_.size() && (text_[at_] & 0xC0) == 0x80) out += text_[at_++];
      }
    }
    if (at_ < text_.size()) ++at_;
    return out;
  }

  std::string_view text_;
  LinkedData& data_;
  std::size_t at_ = 0;
  std::vector<Level> open_;
  std::string key_;
  bool has_key_ = false;
};

}  // namespace

void LinkedData::read(std::span<const std::string_view> scripts) {
  *this = {};
  for (const std::string_view script : scripts) {
    has_forum |= contains(script, "DiscussionForumPosting");
    has_questions |= contains(script, "\"QAPage");
    has_product |= contains(script, "\"Product\"");
    has_article |= contains(script, "Article\"") || contains(script, "BlogPosting\"");
    Scan(script, *this).run();
  }
}

}  // namespace copydesk
