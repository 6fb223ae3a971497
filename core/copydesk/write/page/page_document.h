#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The name, the title and the address of a document of the corpus as pages show them: cut, because
// each of them may be a megabyte long. A title leads to its address; an address that was cut leads
// nowhere.

#include <cstddef>
#include <string>
#include <string_view>

#include "copydesk/document.h"

namespace copydesk {

// Bytes of a name or title.
inline constexpr std::size_t kMostNameBytes = 200;

// The beginning of a name or title, whole characters.
[[nodiscard]] std::string_view cut_name(std::string_view name);

struct PageDocument {
  std::string name, title, url;

  // Takes the title and the address. REQUIRES: they are valid UTF-8.
  void take(const Document& document);

  // The title, else the address, as a link to the address: "<bdi>...</bdi>". Empty if neither is
  // known.
  [[nodiscard]] std::string link() const;
};

}  // namespace copydesk
