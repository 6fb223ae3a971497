#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which lines of a story are its text: the run of lines with the most prose, without copies,
// captions, dates and notices, and without prose that shares no words with the rest, such as a
// newsletter box between two paragraphs.

#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/stories/prose_windows.h"
#include "copydesk/stories/story.h"

namespace copydesk {

// Reuses its buffers; one object per thread.
class StoryBody {
 public:
  // Marks the lines of the story's text in `is_body`, which has one entry a line of the page;
  // others of the story are set to 0. A story without prose is all text but for later copies and
  // notices. `terms` are numbers below `vocabulary`, as StorySplitter leaves them. Time is linear.
  void find(const ShapedText& shaped, const Story& story, std::span<const ProseLine> prose,
            std::size_t vocabulary, std::vector<std::uint8_t>& is_body);

 private:
  void find_ties(const ShapedText& shaped, std::span<const ProseLine> prose,
                 std::size_t vocabulary);
  void find_captions(std::span<const ProseLine> prose);
  void keep_neighbors(std::span<const ProseLine> prose);

  std::vector<std::uint32_t> lines_with_;  // by term; all 0 between calls
  std::vector<double> logarithms_;         // of n; of 0: 0
  std::vector<double> weights_;            // of a term, by the number of lines that have it
  std::vector<double> ties_, sorted_;      // by line of prose of the story
  double middle_ties_ = 0.0;               // the median
  double least_ties_ = 0.0;                // of a line that is no stranger
};

}  // namespace copydesk
