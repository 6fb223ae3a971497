#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Which fields the records of an input have, for the message to somebody who asked for others.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/read/record_batch.h"

namespace copydesk {

class FieldSurvey {
 public:
  static constexpr std::size_t kMostRecords = 20;
  static constexpr std::size_t kMostFields = 12;
  static constexpr std::size_t kMostRecordBytes = std::size_t{1} << 20;  // a longer one is left out

  // Looks at the first records of a batch; text and lines that are no JSON objects say nothing.
  void add(const RecordBatch& batch);

  // "fields there: doc_id, content; try --text-field content", `option` being "--text-field": names in the order in which they were
  // found, those within objects as "data.text", and of the fields that hold strings the one with
  // most bytes. Empty where no field is known or `wanted` is one of those with strings.
  [[nodiscard]] std::string describe(std::string_view wanted,
                                     std::string_view option) const;

 private:
  struct Field {
    std::string name;
    std::uint64_t text_bytes = 0;
  };

  friend class FieldCounter;
  std::vector<Field> fields_;
  std::size_t records_ = 0;
};

}  // namespace copydesk
