// SPDX-License-Identifier: Apache-2.0
#include "against_flags.h"

#include <CLI/CLI.hpp>

namespace copydesk::tools {

void add_against_options(CLI::App& command, const AgainstFields& fields, const char* help) {
  constexpr const char* kGroup = "What to look for";
  constexpr int kMostInputs = 1 << 20;
  command.add_option("--against", fields.inputs, help)->group(kGroup)->expected(1, kMostInputs);
  const auto add = [&](const char* name, std::string& value, const char* text) {
    return command.add_option(name, value, text)->group(kGroup);
  };
  add("--against-text-field,--question-field", fields.text,
      "Field with the text or question, default that of --text-field");
  add("--against-answer-field", fields.answer, "Field with the answer")->capture_default_str();
  add("--against-id-field", fields.id, "Field with the id, default that of --id-field");
  add("--against-set-field", fields.set,
      "Field with the name of the evaluation set; without it the name of the file")
      ->capture_default_str();
}

}  // namespace copydesk::tools
