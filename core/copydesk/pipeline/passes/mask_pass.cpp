// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/mask_pass.h"

#include <string>
#include <string_view>
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

SiteModel count_lines_of_sites(CorpusReader& reader) {
  SiteModel sites;
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
          sites.add_page(found.sites[i], found.pages[i]);
        }
      });
  return sites;
}

SiteModel read_sites(StageReader& stage) {
  std::string bytes;
  while (stage.next()) bytes += stage.text();
  SiteModel sites;
  if (stage.is_complete()) sites.merge_bytes(bytes, "sites");
  return sites;
}

void write_sites(const SiteModel& sites, StageWriter& stage) {
  constexpr std::size_t kPart = std::size_t{1} << 24;
  const std::string bytes = sites.to_bytes();
  for (std::size_t begin = 0; begin < bytes.size(); begin += kPart) {
    stage.append(1, std::string_view(bytes).substr(begin, kPart));
  }
}

}  // namespace

void learn_mask(CorpusReader& reader, const TextMaskOptions& mask,
                const Checkpoint& checkpoint) {
  if (!mask.masks_anything()) return;
  TextMask learnt{mask, SiteModel()};
  if (mask.site) {
    learnt.sites = checkpoint.get_or_make(
        "sites", read_sites, [&] { return count_lines_of_sites(reader); }, write_sites);
  }
  reader.set_mask(std::move(learnt));
}

}  // namespace copydesk
