// SPDX-License-Identifier: Apache-2.0
#include "comparison_text.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>

#include "console.h"
#include "copydesk/error.h"

namespace copydesk::tools {

namespace {

std::string percent(double share) {
  return fmt::format("{:.1f} %", 100.0 * share);
}

}  // namespace

std::string comparison_text(const LoadedDocument& a, const LoadedDocument& b,
                            const Comparison& comparison, const CompareOptions& options,
                            const ColumnLayout& layout) {
  std::string text;
  const auto out = std::back_inserter(text);
  const auto share = [](std::size_t part, std::size_t whole) {
    return whole == 0 ? std::string("-")
                      : percent(static_cast<double>(part) / static_cast<double>(whole));
  };
  fmt::format_to(out, "A  {} ({})\nB  {} ({})\n\n", printable(a.name),
                 counted(comparison.tokens_a, "word"), printable(b.name),
                 counted(comparison.tokens_b, "word"));
  fmt::format_to(out, "same text              {}\n",
                 comparison.same_bytes    ? "yes, to the byte"
                 : comparison.same_tokens ? "yes, word for word"
                                          : "no");
  fmt::format_to(out,
                 "Jaccard                {:.4f}  ({} of {} {} {}-grams; sketches say {:.2f})\n",
                 comparison.overlap.jaccard(), format_count(comparison.overlap.shared),
                 format_count(std::uint64_t{comparison.overlap.size_a} + comparison.overlap.size_b -
                              comparison.overlap.shared),
                 options.shingles.unit == ShingleUnit::kCharacter ? "character" : "word", options.shingles.size,
                 comparison.estimated_jaccard);
  fmt::format_to(out, "share of A found in B  {}\nshare of B found in A  {}\n",
                 share(comparison.overlap.shared, comparison.overlap.size_a),
                 share(comparison.overlap.shared, comparison.overlap.size_b));
  fmt::format_to(out, "in shared passages     {}: {} of A, {} of B\n",
                 counted(comparison.shared_tokens, "word"),
                 share(comparison.shared_tokens, comparison.tokens_a),
                 share(comparison.shared_tokens, comparison.tokens_b));
  fmt::format_to(out, "longest run            {}\n", counted(comparison.longest_run, "word"));
  fmt::format_to(out, "6-word grams shared    {}\n", format_count(comparison.shared_grams));
  fmt::format_to(out, "SimHash                {} of 64 bits differ\n", comparison.simhash_distance);
  fmt::format_to(out, "A to B                 {}\n",
                 comparison.relation ? to_string(*comparison.relation) : "nothing in common");
  if (const PairEvidence& evidence = comparison.evidence; evidence.numbers > 0) {
    fmt::format_to(out, "numbers in passages    {}, {} of them equal{}\n",
                   format_count(evidence.numbers), percent(evidence.number_agreement),
                   comparison.is_serial_report       ? ": a form filled in twice (template)"
                   : evidence.slots.are_counters() ? ": counted anew"
                                                     : "");
  }
  fmt::format_to(out, "\n{} of {} and more\n",
                 counted(comparison.passages.size(), "shared passage"),
                 counted(options.minimum_tokens, "word"));
  for (const ComparedPassage& passage : comparison.passages) {
    fmt::format_to(out, "\n{}, {}  A {}-{}  B {}-{}\n", counted(passage.tokens, "equal word"),
                   percent(passage.similarity), passage.a.begin, passage.a.end, passage.b.begin,
                   passage.b.end);
    append_side_by_side(text, passage, a.text, b.text, layout);
  }
  return text;
}

void check_width(const ColumnLayout& layout) {
  constexpr std::size_t kNarrowest = 24;
  if (layout.width < kNarrowest) {
    throw Error(ErrorCode::kInvalidOption, "must be at least 24", "--width");
  }
}

}  // namespace copydesk::tools
