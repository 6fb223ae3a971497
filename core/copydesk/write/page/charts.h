#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Pictures of numbers on a page. Bars and matrices are tables, which read well without a picture; a
// curve says in words what it shows.

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace copydesk {

struct ChartBar {
  std::string label;  // ours
  std::uint64_t count = 0;
  bool is_other = false;  // shown in another color
};

// A bar for each count, as long as its share of the largest. Captions and notes are ours.
void append_bars(std::string& out, std::string_view caption, std::string_view what,
                 std::span<const ChartBar> bars, std::string_view note = {});

// Counts of things by size in the classes 1, 2, 3, 4, 5 to 7, 8 to 15, 16 to 31 and so on, those from
// the first to the last that has any: of the sizes 2, 2, 9 the bars 2, 3, 4, 5-7, 8-15.
class SizeClasses {
 public:
  void add(std::uint64_t size);
  [[nodiscard]] std::vector<ChartBar> bars() const;

 private:
  std::vector<std::uint64_t> counts_;
};

// y over x, both in [0, 1], with a vertical line at `mark`.
struct ChartCurve {
  std::string_view caption, x_label, y_label;  // ours
  std::vector<std::pair<double, double>> points;
  double mark = 0.0;
  std::string note;
};
void append_curve(std::string& out, const ChartCurve& curve);

// Who (a row) has how many in common with whom (a column). Names are of the corpus; an empty one
// stands for all others. counts[row * columns.size() + column].
struct ChartMatrix {
  std::string_view caption, corner;  // ours
  std::vector<std::string> rows, columns;
  std::vector<std::uint64_t> counts;
  std::string note;
};
void append_matrix(std::string& out, const ChartMatrix& matrix);

}  // namespace copydesk
