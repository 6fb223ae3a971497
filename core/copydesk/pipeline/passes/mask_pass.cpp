// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/mask_pass.h"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/page_part.h"
#include "copydesk/corpus/pass.h"

namespace copydesk {
namespace {

struct PageLines {
  std::vector<std::uint64_t> sites;  // by page, of those with a site
  std::vector<std::size_t> ends;     // by page: where its lines end
  std::vector<CountedLine> lines;

  void clear() { sites.clear(), ends.clear(), lines.clear(); }
};

SiteModel count_lines_of_sites(CorpusReader& reader, const SiteModelOptions& bounds) {
  SiteModel sites(bounds);
  first_pass<PageLines>(
      reader, "count lines",
      [](std::size_t) {
        return [scanner = LineScanner(), lines = std::vector<Line>()](const ReadDocument& read,
                                                                      PageLines& out) mutable {
          const std::uint64_t site = site_key(site_name(read.document.site, read.document.url));
          if (site == 0) return;
          out.sites.push_back(site);
          scanner.scan(page_part(read.text), lines, LineForms::kMasked);
          for (const Line& line : lines) out.lines.emplace_back(line);
          out.ends.push_back(out.lines.size());
        };
      },
      [&](const ReadBatch<PageLines>& batch) {
        const PageLines& found = batch.found;
        std::size_t begin = 0;
        for (std::size_t i = 0; i < found.sites.size(); begin = found.ends[i++]) {
          sites.add_page(found.sites[i],
                         std::span(found.lines).subspan(begin, found.ends[i] - begin));
        }
      });
  return sites;
}

SiteModel read_sites(StageReader& stage, const SiteModelOptions& bounds) {
  const std::string bytes = stage.rest();
  SiteModel sites(bounds);
  if (stage.is_complete()) sites.merge_bytes(bytes, "sites");
  return sites;
}

void write_sites(const SiteModel& sites, StageWriter& stage) {
  stage.append_parts(1, sites.to_bytes());
}

}  // namespace

void learn_mask(CorpusReader& reader, const TextMaskOptions& mask, std::uint64_t memory,
                const Checkpoint& checkpoint) {
  if (!mask.masks_anything()) return;
  // Slots are at most twice the lines rounded up to a power of two, of 16 bytes, and while the
  // table grows the old one exists, too.
  constexpr std::uint64_t kBytesPerLine = 96;
  SiteModelOptions bounds;
  bounds.most_entries =
      std::clamp<std::uint64_t>(memory / kBytesPerLine, 1024, bounds.most_entries);
  TextMask learnt{mask, SiteModel(bounds)};
  if (mask.site) {
    learnt.sites = checkpoint.get_or_make(
        "sites", [&](StageReader& stage) { return read_sites(stage, bounds); },
        [&] { return count_lines_of_sites(reader, bounds); }, write_sites);
  }
  reader.set_mask(std::move(learnt));
}

}  // namespace copydesk
