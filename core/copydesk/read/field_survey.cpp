// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/field_survey.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>

namespace copydesk {

// Adds the fields of one record, and of the objects in it, to the survey.
class FieldCounter {
 public:
  explicit FieldCounter(FieldSurvey& survey) : survey_(survey) {}

  void add(simdjson::dom::object object, const std::string& prefix, int depth) {
    constexpr int kDeepest = 3;
    for (const auto& [key, value] : object) {
      const std::string name = prefix + std::string(key);
      simdjson::dom::object inner;
      if (depth < kDeepest && value.get(inner) == simdjson::SUCCESS) {
        add(inner, name + ".", depth + 1);
        continue;
      }
      const auto known =
          std::find_if(survey_.fields_.begin(), survey_.fields_.end(),
                       [&](const FieldSurvey::Field& field) { return field.name == name; });
      if (known == survey_.fields_.end() &&
          survey_.fields_.size() >= FieldSurvey::kMostFields) {
        continue;
      }
      std::string_view text;
      const bool is_text = value.get(text) == simdjson::SUCCESS;
      const std::uint64_t bytes = is_text ? text.size() : 0;
      if (known == survey_.fields_.end()) {
        survey_.fields_.push_back({name, bytes});
      } else {
        known->text_bytes += bytes;
      }
    }
  }

 private:
  FieldSurvey& survey_;
};

void FieldSurvey::add(const RecordBatch& batch) {
  if (!has_lines(batch.format)) return;
  simdjson::dom::parser parser;
  std::string_view rest = batch.text();
  while (!rest.empty() && records_ < kMostRecords) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    simdjson::dom::object object;
    if (line.empty() || line.size() > kMostRecordBytes ||
        parser.parse(simdjson::padded_string(line)).get(object) != simdjson::SUCCESS) {
      continue;
    }
    ++records_;
    FieldCounter(*this).add(object, {}, 1);
  }
}

std::string FieldSurvey::describe(std::string_view wanted, std::string_view option) const {
  if (fields_.empty()) return {};
  std::string text = "fields there: ";
  const Field* longest = nullptr;
  for (const Field& field : fields_) {
    if (field.name == wanted && field.text_bytes > 0) return {};
    if (&field != fields_.data()) text += ", ";
    text += field.name;
    if (field.text_bytes > (longest == nullptr ? 0 : longest->text_bytes)) longest = &field;
  }
  if (longest != nullptr) text += fmt::format("; try {} {}", option, longest->name);
  return text;
}

}  // namespace copydesk
