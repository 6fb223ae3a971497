// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/blocks_scan.h"

#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "copydesk/blocks/line_list.h"
#include "copydesk/blocks/paragraphs.h"
#include "copydesk/error.h"
#include "copydesk/parallel/ordered_stage.h"
#include "copydesk/pipeline/kept_file.h"

namespace copydesk {
namespace {

struct ScannedDocument {
  DocumentRow row;
  std::string id;
  std::uint64_t site = 0;
  std::size_t text_bytes = 0;
  std::vector<Line> lines;
  std::vector<Paragraph> paragraphs;
};

struct BlockScan {
  BlockRow block;
  std::vector<ScannedDocument> documents;
  std::vector<RecordFault> faults;
};

class BlockScanner {
 public:
  explicit BlockScanner(const BlocksOptions& options)
      : options_(options), parser_(options.corpus.fields) {}

  void operator()(RecordBlock& block, BlockScan& out) {
    out.documents.clear();
    out.faults.clear();
    out.block = {block.source,          static_cast<std::uint32_t>(block.bytes.size()),
                 block.first_offset,    block.first_line,
                 block_checksum(block), 0};
    parser_.parse(block, {[&](const Document& document) { add(block, document, out); },
                          [&](RecordFault&& fault) { out.faults.push_back(std::move(fault)); }});
  }

 private:
  void add(const RecordBlock& block, const Document& document, BlockScan& out) {
    ScannedDocument& scanned = out.documents.emplace_back();
    scanned.row.offset = static_cast<std::uint32_t>(document.origin.offset - block.first_offset);
    scanned.row.size = static_cast<std::uint32_t>(document.record.size());
    scanned.row.line = static_cast<std::uint32_t>(document.origin.line - block.first_line);
    if (document.has_id) scanned.id = document.id;
    scanned.text_bytes = document.text.size();
    if (options_.mask.site) {
      scanned.site = site_key(site_name(document.site, document.url));
      if (scanned.site != 0) scanner_.scan(document.text, scanned.lines);
    }
    if (options_.paragraphs) {
      paragraphs_.scan(document.text, options_.least_bytes, scanned.paragraphs);
    }
  }

  const BlocksOptions& options_;
  RecordParser parser_;
  LineScanner scanner_;
  ParagraphScanner paragraphs_;
};

}  // namespace

ScannedBlocks scan_blocks(CorpusReader& reader, const BlocksOptions& options,
                          const RunControl& control, BlocksSummary& summary) {
  ScannedBlocks scanned;
  scanned.model = SiteModel(options.site_model);
  scanned.table.inputs = reader.inputs();
  for (const std::string& path : options.models) {
    scanned.model.merge_bytes(read_kept_file(path, SiteModel::stated_size), path);
  }
  std::unordered_set<std::uint64_t> sites;
  std::vector<ParagraphPlace> places;
  run_ordered_stage<RecordBlock, BlockScan>(
      options.corpus.threads,
      [&](RecordBlock& block) {
        control.check_stop();
        return reader.next(block);
      },
      [&](std::size_t) { return BlockScanner(options); },
      [&](RecordBlock&, BlockScan& block) {
        for (const RecordFault& fault : block.faults) reader.take_fault(fault);
        scanned.table.blocks.push_back(block.block);
        scanned.table.blocks.back().first_document =
            static_cast<std::uint32_t>(scanned.table.documents.size());
        for (const ScannedDocument& document : block.documents) {
          const auto number = static_cast<std::uint32_t>(scanned.table.documents.size());
          scanned.table.documents.push_back(document.row);
          scanned.table.ids.append(document.id);
          summary.text_bytes += document.text_bytes;
          if (document.site != 0) {
            sites.insert(document.site);
            summary.page_copies += !scanned.model.add_page(document.site, document.lines);
          }
          for (const Paragraph& paragraph : document.paragraphs) {
            places.push_back({options.masks_numbers ? paragraph.masked_key : paragraph.key, number,
                              0, paragraph.span.begin, paragraph.span.end});
          }
        }
        summary.bytes += block.block.size;
        reader.check_share_of_faults(scanned.table.documents.size());
        control.report({"read", summary.bytes, 0, "bytes", scanned.table.documents.size()});
      });
  summary.documents = scanned.table.documents.size();
  summary.sites = sites.size();
  summary.paragraphs = places.size();
  scanned.paragraphs = find_repeated_paragraphs(std::move(places));
  summary.repeated_paragraphs = scanned.paragraphs.places.size();
  summary.forgotten = scanned.model.forgotten();
  return scanned;
}

}  // namespace copydesk
