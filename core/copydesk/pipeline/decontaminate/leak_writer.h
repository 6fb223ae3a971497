#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What one batch of training text contributes to the outputs of a decontamination.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/pipeline/decontaminate/decontaminate_run.h"
#include "copydesk/pipeline/decontaminate/leak_finder.h"
#include "copydesk/text/sentence_splitter.h"
#include "copydesk/write/leak_lines.h"

namespace copydesk {

struct BatchLeaks {
  std::string hits, kept, cut, marked;  // lines
  std::vector<Leak> leaks;              // of all documents, in order
  std::vector<std::uint32_t> counts;    // of each document that has any
  std::vector<ShownLeak> shown;
  std::vector<FoundItem> given;         // to DecontaminateOptions::on_hit
  std::uint64_t dropped = 0, cut_bytes = 0;

  void clear() { *this = {}; }
};

// Reuses its buffers; one object per thread.
class LeakWriter {
 public:
  static constexpr std::size_t kMostShownPerBatch = 200;

  // Both must outlive this object.
  LeakWriter(const DecontaminateOptions& options, const EvaluationItems& items);

  void operator()(const ReadDocument& read, BatchLeaks& out);

 private:
  void append_marked(const ReadDocument& read, BatchLeaks& out);
  void describe(const Document& document, std::string_view file, bool is_row, std::span<const Leak> leaks);
  void give(const ReadDocument& read, std::span<const Leak> leaks, BatchLeaks& out) const;
  void show(const Document& document, std::span<const Leak> leaks, BatchLeaks& out) const;
  void append_cut(const ReadDocument& read, BatchLeaks& out);
  void find_cuts(std::string_view text, std::span<const Leak> leaks);
  [[nodiscard]] bool counts(const Leak& leak) const {
    return !options_.needs_answer || !leak.has_answer || leak.answer_near;
  }

  const DecontaminateOptions& options_;
  const EvaluationItems& items_;
  LeakFinder finder_;
  SentenceSplitter splitter_;
  SentenceList sentences_;
  std::string name_;
  std::vector<LeakLine> lines_;
  std::vector<TextSpan> cuts_;
  std::vector<Leak> counted_;
};

}  // namespace copydesk
