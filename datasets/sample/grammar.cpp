// SPDX-License-Identifier: Apache-2.0
#include "sample/grammar.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <set>
#include <utility>

#include "copydesk/error.h"
#include "generate/characters.h"

namespace copydesk::datasets {
namespace {

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

// One story in the making: what was bound to a name, and which entries were used up.
class Teller {
 public:
  Teller(const Grammar& grammar, Random& random) : grammar_(grammar), random_(random) {}

  std::string entry_of(const std::string& key) {
    const std::vector<std::string>& entries = grammar_.entries(key);
    std::set<std::size_t>& used = used_[key];
    if (used.size() == entries.size()) used.clear();
    std::size_t index = random_.below(entries.size());
    while (used.contains(index)) index = (index + 1) % entries.size();
    used.insert(index);
    return expand(entries[index]);
  }

  std::string expand(std::string_view pattern) {
    std::string text;
    for (std::size_t position = 0; position < pattern.size();) {
      const char mark = pattern[position];
      if (mark == '[') {
        const std::size_t end = closing(pattern, position);
        text += choose(pattern.substr(position + 1, end - position - 1));
        position = end + 1;
      } else if (mark == '<') {
        const std::size_t end = pattern.find('>', position);
        text += slot(std::string(pattern.substr(position + 1, end - position - 1)));
        position = end + 1;
      } else {
        text += mark;
        ++position;
      }
    }
    return text;
  }

 private:
  static std::size_t closing(std::string_view pattern, std::size_t open) {
    int depth = 0;
    for (std::size_t position = open; position < pattern.size(); ++position) {
      if (pattern[position] == '[') ++depth;
      if (pattern[position] == ']' && --depth == 0) return position;
    }
    throw Error(ErrorCode::kCorruptFile, "unclosed [ in a template", std::string(pattern));
  }

  std::string choose(std::string_view choices) {
    std::vector<std::string_view> items;
    int depth = 0;
    std::size_t begin = 0;
    for (std::size_t position = 0; position <= choices.size(); ++position) {
      const char c = position < choices.size() ? choices[position] : '|';
      if (c == '[') ++depth;
      if (c == ']') --depth;
      if (c == '|' && depth == 0) {
        items.push_back(choices.substr(begin, position - begin));
        begin = position + 1;
      }
    }
    return expand(random_.pick(items));
  }

  // "name", "name#1" or "3..9".
  std::string slot(const std::string& name) {
    const std::size_t hash = name.find('#');
    if (hash == std::string::npos) return fresh(name);
    const auto bound = bound_.find(name);
    if (bound != bound_.end()) return bound->second;
    return bound_[name] = fresh(name.substr(0, hash));
  }

  std::string fresh(const std::string& name) {
    const std::size_t dots = name.find("..");
    if (dots == std::string::npos) return entry_of(name);
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::from_chars(name.data(), name.data() + dots, low);
    std::from_chars(name.data() + dots + 2, name.data() + name.size(), high);
    if (low > high) throw Error(ErrorCode::kCorruptFile, "empty range of numbers", name);
    return fmt::format("{}", random_.between(low, high));
  }

  const Grammar& grammar_;
  Random& random_;
  std::map<std::string, std::string> bound_;
  std::map<std::string, std::set<std::size_t>> used_;
};

char32_t capital(char32_t c) {
  const bool is_small = (c >= 'a' && c <= 'z') || (c >= U'а' && c <= U'я');
  return is_small ? c - 32 : c;
}

// Paragraph marks to line feeds, "a(n)" to the article that fits, capitals where sentences begin.
std::string finished(std::string_view text) {
  std::string result;
  bool starts = true;
  for (std::size_t position = 0; position < text.size();) {
    const std::string_view rest = text.substr(position);
    if (rest.starts_with(" // ")) {
      result += '\n';
      position += 4;
      starts = true;
      continue;
    }
    if (rest.starts_with("a(n) ")) {
      const bool vowel = rest.size() > 5 && std::string_view("aeio").find(rest[5]) != rest.npos;
      result += vowel ? "an" : "a";
      position += 4;
      starts = false;
      continue;
    }
    const char32_t c = next_character(text, position);
    append_character(result, starts ? capital(c) : c);
    if (c == '.' || c == '?' || c == '!') {
      starts = position < text.size() && (text[position] == ' ' || text[position] == '"');
    } else if (c != ' ' && c != '"' && c != U'—' && c != U'«' && c != U'„') {
      starts = false;
    }
  }
  return result;
}

}  // namespace

void Grammar::load(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw Error(ErrorCode::kCannotOpen, "no such material file", path);
  for (std::string line; std::getline(file, line);) {
    const std::string_view content = trimmed(line);
    if (content.empty() || content.front() == '#') continue;
    const std::size_t mark = content.find_first_of(":=");
    if (mark == std::string_view::npos) {
      throw Error(ErrorCode::kCorruptFile, "neither ':' nor '=' in \"" + line + "\"", path);
    }
    std::vector<std::string>& entries = entries_[std::string(trimmed(content.substr(0, mark)))];
    std::string_view rest = content.substr(mark + 1);
    if (content[mark] == ':') {
      entries.emplace_back(trimmed(rest));
      continue;
    }
    for (;;) {
      const std::size_t comma = rest.find(',');
      entries.emplace_back(trimmed(rest.substr(0, comma)));
      if (comma == std::string_view::npos) break;
      rest.remove_prefix(comma + 1);
    }
  }
}

const std::vector<std::string>& Grammar::entries(const std::string& key) const {
  const auto found = entries_.find(key);
  if (found == entries_.end()) {
    throw Error(ErrorCode::kCorruptFile, "no entries of this name in the material", key);
  }
  return found->second;
}

std::string Grammar::tell(Random& random) const {
  return finished(Teller(*this, random).entry_of("story"));
}

}  // namespace copydesk::datasets
