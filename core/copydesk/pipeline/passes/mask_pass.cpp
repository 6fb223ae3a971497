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

SiteModel count_lines_of_sites(CorpusReader& reader, const SiteModelOptions& bounds) {
  SiteModel sites(bounds);
  first_pass<CountedPages>(
      reader, "count lines",
      [](std::size_t) {
        return [scanner = LineScanner(), lines = std::vector<Line>()](const ReadDocument& read,
                                                                      CountedPages& out) mutable {
          const std::uint64_t site = site_key(site_name(read.document.site, read.document.url));
          if (site == 0) return;
          scanner.scan(page_part(read.text), lines, LineForms::kMasked);
          out.add(site, lines);
        };
      },
      [&](const ReadBatch<CountedPages>& batch) {
        batch.found.for_each([&](std::uint64_t site, std::span<const CountedLine> lines) {
          sites.add_page(site, lines);
        });
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
