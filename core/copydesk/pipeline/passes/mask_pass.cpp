// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/passes/mask_pass.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/run/memory_budget.h"

namespace copydesk {
namespace {

struct PageLines {
  std::vector<std::uint64_t> sites;      // by page
  std::vector<std::vector<Line>> pages;  // those with a site
  std::vector<RecordFault> faults;
  std::uint64_t documents = 0;
};

class LineCounter {
 public:
  explicit LineCounter(const CorpusOptions& options) : parser_(options.fields) {}

  void operator()(RecordBatch& batch, PageLines& out) {
    out.sites.clear();
    out.pages.clear();
    out.faults.clear();
    out.documents = 0;
    parser_.parse(batch, {[&](const Document& document) {
                            ++out.documents;
                            const std::uint64_t site =
                                site_key(site_name(document.site, document.url));
                            if (site == 0) return;
                            out.sites.push_back(site);
                            scanner_.scan(page_part(document.text), out.pages.emplace_back());
                          },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  RecordParser parser_;
  LineScanner scanner_;
};

}  // namespace

std::optional<TextMask> learn_mask(CorpusReader& reader, const CorpusOptions& options,
                                   const TextMaskOptions& mask, bool& is_first_pass,
                                   const RunControl& control) {
  if (!mask.masks_anything()) return std::nullopt;
  std::optional<TextMask> learnt;
  // A quarter of the memory of the run: slots are at most twice the lines rounded up to a power of
  // two, of 16 bytes, and while the table grows the old one exists, too.
  constexpr std::uint64_t kBytesPerLine = 96;
  const std::uint64_t memory =
      options.memory_bytes == 0 ? default_memory_bytes() : options.memory_bytes;
  SiteModelOptions model;
  model.most_entries = std::clamp<std::uint64_t>(memory / 4 / kBytesPerLine, 1024,
                                                 model.most_entries);
  learnt.emplace(TextMask{mask, SiteModel(model)});
  if (!mask.site) return learnt;
  std::uint64_t documents = 0;
  run_ordered_stage<RecordBatch, PageLines>(
      options.threads,
      [&](RecordBatch& batch) {
        control.check_stop();
        return reader.next(batch);
      },
      [&](std::size_t) { return LineCounter(options); },
      [&](RecordBatch&, PageLines& found) {
        documents += found.documents;
        if (is_first_pass) {
          for (const RecordFault& fault : found.faults) reader.take_fault(fault);
          reader.check_share_of_faults(documents);
        }
        for (std::size_t i = 0; i < found.pages.size(); ++i) {
          learnt->sites.add_page(found.sites[i], found.pages[i]);
        }
        control.report({"count lines", reader.raw_bytes(), reader.raw_size(), "bytes", documents});
      });
  reader.restart();
  is_first_pass = false;
  return learnt;
}

}  // namespace copydesk
