// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/reuse_tokenizer.h"

#include <string>
#include <utility>

#include "copydesk/parallel/ordered_stage.h"

namespace copydesk {

namespace {

struct BlockLines {
  std::vector<std::uint64_t> sites;      // by page
  std::vector<std::vector<Line>> pages;  // those with a site
  std::vector<RecordFault> faults;
  std::uint64_t documents = 0;
};

class LineCounter {
 public:
  explicit LineCounter(const CorpusOptions& options) : parser_(options.fields) {}

  void operator()(RecordBlock& block, BlockLines& out) {
    out.sites.clear();
    out.pages.clear();
    out.faults.clear();
    out.documents = 0;
    parser_.parse(block, {[&](const Document& document) {
                            ++out.documents;
                            const std::uint64_t site =
                                site_key(site_name(document.site, document.url));
                            if (site == 0) return;
                            out.sites.push_back(site);
                            scanner_.scan(document.text, out.pages.emplace_back());
                          },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  RecordParser parser_;
  LineScanner scanner_;
};

}  // namespace

void ReuseTokenizer::tokenize(const Document& document, bool wants_spans, TokenList& tokens) {
  const std::uint64_t site =
      model_ == nullptr ? 0 : site_key(site_name(document.site, document.url));
  if (site == 0) {
    if (wants_spans) {
      tokenizer_.tokenize_with_spans(document.text, tokens);
    } else {
      tokenizer_.tokenize(document.text, tokens);
    }
    return;
  }
  scanner_.scan(document.text, lines_);
  const TokenList& all = scanner_.tokens();
  tokens.hashes.clear();
  tokens.spans.clear();
  for (const Line& line : lines_) {
    if (model_->pages_with(site, line) >= kSitePages) continue;
    for (std::size_t i = line.first_token; i < line.first_token + line.tokens; ++i) {
      tokens.hashes.push_back(all.hashes[i]);
      tokens.spans.push_back(all.spans[i]);
    }
  }
}

SiteModel count_site_lines(CorpusReader& reader, const CorpusOptions& options,
                           const RunControl& control) {
  SiteModel model;
  std::uint64_t bytes = 0;
  std::uint64_t documents = 0;
  run_ordered_stage<RecordBlock, BlockLines>(
      options.threads,
      [&](RecordBlock& block) {
        control.check_stop();
        return reader.next(block);
      },
      [&](std::size_t) { return LineCounter(options); },
      [&](RecordBlock& block, BlockLines& found) {
        for (const RecordFault& fault : found.faults) reader.take_fault(fault);
        documents += found.documents;
        reader.check_share_of_faults(documents);
        for (std::size_t i = 0; i < found.pages.size(); ++i) {
          model.add_page(found.sites[i], found.pages[i]);
        }
        bytes += block.bytes.size();
        control.report({"count lines", bytes, 0, "bytes", documents});
      });
  return model;
}

}  // namespace copydesk
