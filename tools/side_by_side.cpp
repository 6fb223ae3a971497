// SPDX-License-Identifier: Apache-2.0
#include "side_by_side.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include "console.h"

namespace copydesk::tools {

namespace {

// What is not broken between rows: a word, a character of a script without blanks, or a part of a
// word that is longer than a column.
struct Unit {
  std::string text;
  std::size_t cells = 0;
  bool after_blank = false;
};

// Units in the same row. Either may be empty.
struct UnitPair {
  Unit a, b;
  bool differs = false;
};

struct Range {
  std::uint32_t first, last;
};
constexpr std::array kWide = {
    Range{0x1100, 0x115F},   Range{0x2E80, 0x303E},   Range{0x3041, 0xA4CF},
    Range{0xAC00, 0xD7A3},   Range{0xF900, 0xFAFF},   Range{0xFE30, 0xFE6F},
    Range{0xFF00, 0xFF60},   Range{0xFFE0, 0xFFE6},   Range{0x1F300, 0x1F64F},
    Range{0x1F900, 0x1F9FF}, Range{0x20000, 0x3FFFD},
};
constexpr std::array kWithoutCell = {
    Range{0x0300, 0x036F}, Range{0x0483, 0x0489}, Range{0x0591, 0x05BD}, Range{0x0610, 0x061A},
    Range{0x064B, 0x065F}, Range{0x0670, 0x0670}, Range{0x06D6, 0x06DC}, Range{0x093C, 0x093C},
    Range{0x094D, 0x094D}, Range{0x0E34, 0x0E3A}, Range{0x0E47, 0x0E4E}, Range{0x200B, 0x200F},
    Range{0x20D0, 0x20FF}, Range{0xFE00, 0xFE0F}, Range{0xFE20, 0xFE2F},
};

template <std::size_t kCount>
bool is_in(const std::array<Range, kCount>& ranges, std::uint32_t character) {
  return std::any_of(ranges.begin(), ranges.end(), [&](const Range& range) {
    return character >= range.first && character <= range.last;
  });
}

std::size_t cells_of(std::uint32_t character) {
  if (character < 0x300) return 1;
  if (is_in(kWithoutCell, character)) return 0;
  return is_in(kWide, character) ? 2 : 1;
}

// The character at the start of valid UTF-8 and its bytes.
std::pair<std::uint32_t, std::size_t> first_character(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text[0]);
  const std::size_t bytes = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  std::uint32_t character = bytes == 1 ? lead : lead & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes && i < text.size(); ++i) {
    character = character << 6 | (static_cast<unsigned char>(text[i]) & 0x3Fu);
  }
  return {character, std::min(bytes, text.size())};
}

bool is_blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

void append_word(std::string_view word, bool after_blank, std::size_t most_cells,
                 std::vector<Unit>& units) {
  const std::string shown = printable(word);
  std::string_view rest = shown;
  bool begins = true;
  bool was_wide = false;
  while (!rest.empty()) {
    const auto [character, bytes] = first_character(rest);
    const std::size_t cells = cells_of(character);
    const bool breaks = cells > 0 && (cells == 2 || was_wide);
    if (begins || breaks || units.back().cells + cells > most_cells) {
      units.push_back({{}, 0, begins && after_blank});
    }
    units.back().text.append(rest.substr(0, bytes));
    units.back().cells += cells;
    was_wide = cells == 2;
    begins = false;
    rest.remove_prefix(bytes);
  }
}

std::vector<Unit> split_units(std::string_view text, std::size_t most_cells) {
  std::vector<Unit> units;
  std::size_t i = 0;
  while (i < text.size()) {
    const std::size_t blanks = i;
    while (i < text.size() && is_blank(text[i])) ++i;
    const std::size_t begin = i;
    while (i < text.size() && !is_blank(text[i])) ++i;
    if (i > begin) append_word(text.substr(begin, i - begin), begin > blanks, most_cells, units);
  }
  return units;
}

bool has_letters(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z');
  });
}

// The punctuation at the beginning, which belongs to the word before.
std::string_view take_punctuation(std::string_view& text) {
  std::size_t end = 0;
  while (end < text.size() && !is_blank(text[end]) && !has_letters(text.substr(end, 1))) ++end;
  const std::string_view punctuation = text.substr(0, end);
  text.remove_prefix(end);
  return punctuation;
}

void mark(std::vector<Unit>& units) {
  if (units.empty()) return;
  units.front().text.insert(0, "[");
  ++units.front().cells;
  units.back().text.push_back(']');
  ++units.back().cells;
}

class Rows {
 public:
  explicit Rows(const ColumnLayout& layout)
      : column_((std::max<std::size_t>(layout.width, 24) - 5) / 2), layout_(layout) {}

  // What a mark and its brackets leave of a column.
  [[nodiscard]] std::size_t most_cells() const { return column_ - 2; }

  void add(std::vector<Unit> a, std::vector<Unit> b, bool differs) {
    for (std::size_t i = 0; i < std::max(a.size(), b.size()); ++i) {
      Unit in_a = i < a.size() ? std::move(a[i]) : Unit{};
      Unit in_b = i < b.size() ? std::move(b[i]) : Unit{};
      const std::size_t more_a = cells_with_blank(in_a, cells_a_);
      const std::size_t more_b = cells_with_blank(in_b, cells_b_);
      if (cells_a_ + more_a > column_ || cells_b_ + more_b > column_) end_row();
      append(in_a, a_, cells_a_);
      append(in_b, b_, cells_b_);
      differs_ = differs_ || differs;
    }
  }

  void write(std::string& out) {
    end_row();
    std::size_t begin = 0;
    while (begin < rows_.size()) {
      std::size_t end = begin;
      while (end < rows_.size() && !rows_[end].differs) ++end;
      constexpr std::size_t kShown = 2;
      const bool is_long = end - begin > std::max(layout_.most_equal_rows, 2 * kShown);
      for (std::size_t i = begin; i < end; ++i) {
        if (is_long && i == begin + kShown) {
          fmt::format_to(std::back_inserter(out), "  [{} equal rows]\n", end - begin - 2 * kShown);
          i = end - kShown;
        }
        write_row(rows_[i], out);
      }
      if (end < rows_.size()) write_row(rows_[end], out);
      begin = end + 1;
    }
  }

 private:
  struct Row {
    std::string a, b;
    std::size_t cells_a = 0;
    bool differs = false;
  };

  static std::size_t cells_with_blank(const Unit& unit, std::size_t cells) {
    return unit.cells + (unit.after_blank && cells > 0 ? 1 : 0);
  }

  static void append(const Unit& unit, std::string& text, std::size_t& cells) {
    if (unit.text.empty()) return;
    const std::size_t more = cells_with_blank(unit, cells);
    if (more > unit.cells) text.push_back(' ');
    text += unit.text;
    cells += more;
  }

  void end_row() {
    if (!a_.empty() || !b_.empty()) {
      rows_.push_back({std::move(a_), std::move(b_), cells_a_, differs_});
    }
    a_.clear();
    b_.clear();
    cells_a_ = cells_b_ = 0;
    differs_ = false;
  }

  void write_row(const Row& row, std::string& out) const {
    out += "  ";
    out += row.a;
    if (!row.b.empty() || row.differs) {
      out.append(column_ - std::min(column_, row.cells_a), ' ');
      out += row.differs ? " |" : "  ";
    }
    if (!row.b.empty()) out += " " + row.b;
    out.push_back('\n');
  }

  std::size_t column_;
  const ColumnLayout& layout_;
  std::vector<Row> rows_;
  std::string a_, b_;
  std::size_t cells_a_ = 0, cells_b_ = 0;
  bool differs_ = false;
};

}  // namespace

void append_side_by_side(std::string& out, const ComparedPassage& passage, std::string_view text_a,
                         std::string_view text_b, const ColumnLayout& layout) {
  Rows rows(layout);
  const std::size_t cells = rows.most_cells();
  std::size_t begin_a = passage.a.begin;
  std::size_t begin_b = passage.b.begin;
  const auto split_equal = [&](std::string_view text, const TextSpan& span, std::size_t begin) {
    std::vector<Unit> units = split_units(span.of(text), cells);
    if (!units.empty()) {
      units.front().after_blank = span.begin > begin && is_blank(text[span.begin - 1]);
    }
    return units;
  };
  for (const EqualPart& part : passage.equal) {
    std::string_view other_a = text_a.substr(begin_a, part.a.begin - begin_a);
    std::string_view other_b = text_b.substr(begin_b, part.b.begin - begin_b);
    if (has_letters(other_a) || has_letters(other_b)) {
      std::vector<Unit> end_a = split_units(take_punctuation(other_a), cells);
      std::vector<Unit> end_b = split_units(take_punctuation(other_b), cells);
      rows.add(std::move(end_a), std::move(end_b), false);
      std::vector<Unit> units_a = split_units(other_a, cells);
      std::vector<Unit> units_b = split_units(other_b, cells);
      mark(units_a);
      mark(units_b);
      rows.add(std::move(units_a), std::move(units_b), true);
    } else {
      rows.add(split_units(other_a, cells), split_units(other_b, cells), false);
    }
    rows.add(split_equal(text_a, part.a, begin_a), split_equal(text_b, part.b, begin_b), false);
    begin_a = part.a.end;
    begin_b = part.b.end;
  }
  rows.write(out);
}

}  // namespace copydesk::tools
