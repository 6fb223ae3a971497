#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A small template grammar: turns the sentences of datasets/sample/material into stories. The
// notation is described at the top of material/names.txt.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "generate/random.h"

namespace copydesk::datasets {

class Grammar {
 public:
  // Adds the entries of a material file. Throws Error{kCannotOpen} or {kCorruptFile}.
  void load(const std::string& path);

  // A text from a random entry of "story", its parts separated by line feeds. Within one text no
  // entry of a list is used twice until all were. Throws Error{kCorruptFile} for an unknown name.
  [[nodiscard]] std::string tell(Random& random) const;

  [[nodiscard]] bool has(const std::string& key) const { return entries_.contains(key); }
  // The entries of `key` as they stand in the file.
  [[nodiscard]] const std::vector<std::string>& entries(const std::string& key) const;

 private:
  std::map<std::string, std::vector<std::string>> entries_;
};

}  // namespace copydesk::datasets
