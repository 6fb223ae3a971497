// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/mask_pass.h"

#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/corpus/pass.h"

namespace copydesk {
namespace {

struct PageLines {
  std::vector<std::uint64_t> sites;      // by page
  std::vector<std::vector<Line>> pages;  // those with a site

  void clear() { sites.clear(), pages.clear(); }
};

}  // namespace

void learn_mask(CorpusReader& reader, const TextMaskOptions& mask) {
  if (!mask.masks_anything()) return;
  TextMask learnt{mask, SiteModel()};
  if (mask.site) {
    first_pass<PageLines>(
        reader, "count lines",
        [](std::size_t) {
          return [scanner = LineScanner()](const ReadDocument& read, PageLines& out) mutable {
            const std::uint64_t site = site_key(site_name(read.document.site, read.document.url));
            if (site == 0) return;
            out.sites.push_back(site);
            scanner.scan(read.text, out.pages.emplace_back());
          };
        },
        [&](const ReadBatch<PageLines>& batch) {
          const PageLines& found = batch.found;
          for (std::size_t i = 0; i < found.pages.size(); ++i) {
            learnt.sites.add_page(found.sites[i], found.pages[i]);
          }
        });
  }
  reader.set_mask(std::move(learnt));
}

}  // namespace copydesk
