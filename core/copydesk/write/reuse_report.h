#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Families of copies as one HTML file for people: an overview, a table of all families to sort and
// filter, and each family with its versions, texts side by side. See page/page.h for what holds of all
// pages.
//
//   ReuseReport report(sink, overview);
//   for each family: report.add_row(number, family, true);
//   for each family that is shown: report.add_family(number, family, comparisons);
//   report.finish();

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/reuse/passage_aligner.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/write/page/charts.h"
#include "copydesk/write/page/side_by_side.h"
#include "copydesk/write/reuse_lines.h"

namespace copydesk {

// A version beside the fullest one. Passages: a is the fullest text, b the version; with their
// runs.
struct ShownComparison {
  std::size_t version = 0;  // index into the family's versions
  ShownText fullest, own;
  std::vector<Passage> passages;
};

// What stands above the families.
struct ReuseOverview {
  std::uint64_t documents = 0, families = 0, versions = 0, known_sources = 0, round_ups = 0;
  // The largest that are in the table, and of these the largest that are shown with their versions.
  std::uint64_t listed = 0, shown = 0;
  SizeClasses sizes;         // versions of a family
  ChartMatrix printers;      // who printed what of whom; without rows if nothing is known of that
};

class ReuseReport {
 public:
  static constexpr std::size_t kMostTextBytes = 20'000;  // of a text that are shown
  static constexpr std::size_t kMostVersions = 200;      // of a family, in its table

  // Begins the document. REQUIRES: `sink` outlives this object.
  ReuseReport(ByteSink& sink, const ReuseOverview& overview);

  // A row of the table, which leads to the family if that will be shown, else to the address of a
  // version. All come before the first add_family().
  void add_row(std::size_t number, const StoryFamily& family, bool is_shown);

  // `comparisons` may be empty: the family is then shown without its texts.
  void add_family(std::size_t number, const StoryFamily& family,
                  std::span<const ShownComparison> comparisons);

  // Ends the document. Call once, last.
  void finish();

 private:
  void end_rows();
  void flush_if_large();

  ByteSink& sink_;
  std::string html_;
  bool has_rows_ended_ = false;
};

}  // namespace copydesk
