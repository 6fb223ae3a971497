// SPDX-License-Identifier: Apache-2.0
#include "mask_flags.h"

#include <CLI/CLI.hpp>

#include "console.h"
#include "copydesk/error.h"

namespace copydesk::tools {

void MaskFlags::add_to(CLI::App& command) {
  command
      .add_option("--mask", scopes,
                  site_only
                      ? "Leave boilerplate out: site (lines on 3 and more of its pages)"
                      : "Leave boilerplate out: page (later copies of titles and captions), site "
                        "(lines on 3 and more of its pages), or both")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->type_name(site_only ? "site" : "page,site");
}

TextMaskOptions MaskFlags::options(CorpusOptions& corpus) const {
  TextMaskOptions options;
  for (const std::string& scope : scopes) {
    if (scope == "site") {
      options.site = true;
    } else if (site_only) {
      throw Error(ErrorCode::kInvalidOption, "'" + printable(scope) + "' is not site", "--mask");
    } else if (scope == "page") {
      options.page = true;
    } else {
      throw Error(ErrorCode::kInvalidOption, "'" + printable(scope) + "' is neither page nor site",
                  "--mask");
    }
  }
  if (options.site) corpus.site_option = "--mask";
  corpus.asks_for_sites_only = options.site && !options.page;
  return options;
}

}  // namespace copydesk::tools
