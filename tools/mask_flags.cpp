// SPDX-License-Identifier: Apache-2.0
#include "mask_flags.h"

#include <CLI/CLI.hpp>

#include "console.h"
#include "copydesk/error.h"

namespace copydesk::tools {

void MaskFlags::add_to(CLI::App& command) {
  command
      .add_option("--mask", scopes,
                  "Leave boilerplate out: page (later copies of titles and captions), site (lines "
                  "on 3 and more of its pages), or both")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name("page,site");
}

TextMaskOptions MaskFlags::options() const {
  TextMaskOptions options;
  for (const std::string& scope : scopes) {
    if (scope == "page") {
      options.page = true;
    } else if (scope == "site") {
      options.site = true;
    } else {
      throw Error(ErrorCode::kInvalidOption, "'" + printable(scope) + "' is neither page nor site",
                  "--mask");
    }
  }
  return options;
}

}  // namespace copydesk::tools
