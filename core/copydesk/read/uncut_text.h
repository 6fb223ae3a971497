#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The text of a record before append_cut_record() (write/record_cut.h) cut it, however often it did. A page without the
// second copies of its titles and captions does not tell any more where its stories begin; the page
// that it was does. {"text":"ac","copydesk_removed":[{"begin":1,"text":"b"}]} was "abc".

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace copydesk {

// Reuses its buffers; one object per thread.
class UncutText {
 public:
  // Whether `record`, a valid JSON object, was cut; `text` is what its text is now, or that with
  // characters masked, as long as it was. False, too, for offsets that are not of this text.
  bool find(std::string_view record, std::string_view text);

  // After find() was true.
  [[nodiscard]] std::string_view text() const { return text_; }
  // Where an offset of text() is now; what was removed is where it stood: of "abc" above 1 is 1,
  // and so is 2.
  [[nodiscard]] std::size_t place_now(std::size_t offset) const;

 private:
  struct Removed {
    std::size_t begin, end;  // in the text before the cut
    std::size_t before;      // bytes removed in front of it
  };

  std::string text_, earlier_;
  std::vector<std::vector<Removed>> cuts_;  // the last one first
};

}  // namespace copydesk
