// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/index_adder.h"

#include <cmath>
#include <limits>
#include <new>
#include <optional>
#include <utility>
#include <vector>

#include "copydesk/corpus/pass.h"
#include "copydesk/error.h"
#include "copydesk/index/segment_merger.h"
#include "copydesk/pipeline/passes/shingle_sets.h"
#include "copydesk/read/time_value.h"

namespace copydesk {

namespace {

// Of one batch, what is to stand in the index of its documents.
struct BatchContents {
  std::vector<std::uint32_t> documents;
  std::vector<std::int64_t> times;
  std::vector<std::string> ids, sources, files, sets, texts;
  std::vector<std::uint64_t> lines;
  std::vector<TokenKind> kinds;

  void clear() {
    documents.clear(), times.clear(), ids.clear(), sources.clear(), files.clear(), sets.clear();
    texts.clear(), lines.clear(), kinds.clear();
  }
};

class ContentMaker {
 public:
  ContentMaker(const ContentGroups& groups, const ScanOptions& scan,
               const IndexParameters& parameters, StopFlag stop)
      : groups_(groups), scan_(scan), parameters_(parameters), maker_(scan.shingles, stop) {}

  void operator()(const ReadDocument& read, BatchContents& out) {
    const Document& document = read.document;
    out.documents.push_back(read.number);
    out.ids.emplace_back(document.id);
    out.sources.emplace_back(document.source);
    out.files.emplace_back(read.batch.source_name);
    out.lines.push_back(document.origin.line);
    const std::optional<double> time = parse_time(document.time, scan_.date_order);
    const bool is_known = time && std::abs(*time) < 1e15;
    out.times.push_back(is_known ? static_cast<std::int64_t>(std::floor(*time)) : kNoIndexTime);
    const TokenKind kind = maker_.kind_of(document.tokens);
    out.kinds.push_back(kind);
    out.sets.emplace_back(), out.texts.emplace_back();
    if (groups_.representatives[read.number] != read.number) return;
    if (parameters_.keeps_texts()) out.texts.back() = read.text;
    if (!parameters_.keeps_sets()) return;
    maker_.make(read.text, kind, set_, counts_);
    append_stored_set(out.sets.back(), set_, counts_);
  }

 private:
  const ContentGroups& groups_;
  const ScanOptions& scan_;
  const IndexParameters& parameters_;
  ShingleSetMaker maker_;
  std::vector<std::uint64_t> set_;
  ShingleCounts counts_;
};

}  // namespace

void IndexAdder::write(NearDuplicateRun& run, const IndexSide& side, const DedupVerdict& verdict) {
  next_ = writer_.manifest();
  const ScannedCorpus& corpus = run.corpus();
  const ContentGroups& groups = run.groups();
  const auto& rows = corpus.table.documents;
  const auto count = static_cast<std::uint32_t>(rows.size());
  if (count == 0) {
    next_.segments.clear();
    return;
  }
  if (count > std::numeric_limits<std::uint32_t>::max() - 1 - next_.next_document) {
    throw Error(ErrorCode::kLimitExceeded,
                "an index takes at most 4,294,967,294 documents in all its life", writer_.path());
  }
  const std::uint32_t first_number = next_.next_document;
  const auto number_of = [&](std::uint32_t document) {
    return document < side.first() ? first_number + document : side.number_of(document);
  };
  const IndexParameters& parameters = next_.parameters;
  const std::uint64_t segment = next_.next_segment++;
  SegmentWriter writer(writer_.make_segment_folder(segment), segment, parameters);
  auto next = verdict.decisions.removed.begin();
  later_pass<BatchContents>(
      run.reader(), {corpus.table}, "index",
      [&](std::size_t) {
        return ContentMaker(groups, run.scan(), parameters, StopFlag(run.reader().control().stop));
      },
      [&](const ReadBatch<BatchContents>& batch) {
        const BatchContents& found = batch.found;
        for (std::size_t i = 0; i < found.documents.size(); ++i) {
          const std::uint32_t document = found.documents[i];
          const DocumentRow& row = rows[document];
          IndexedDocument indexed;
          indexed.number = first_number + document;
          indexed.exact_low = row.exact_low;
          indexed.exact_high = row.exact_high;
          indexed.text_hash = corpus.text_hashes[document];
          indexed.time = found.times[i];
          indexed.line = static_cast<std::uint32_t>(std::min<std::uint64_t>(
              found.lines[i], std::numeric_limits<std::uint32_t>::max()));
          indexed.tokens = row.tokens;
          indexed.text_class = row.text_class;
          indexed.id = found.ids[i];
          indexed.file = found.files[i];
          indexed.source = found.sources[i];
          SegmentWriter::Content content;
          if (groups.representatives[document] == document) {
            if (parameters.keeps_sets()) content.set = found.sets[i];
            if (parameters.keeps_texts()) content.text = {found.texts[i], found.kinds[i]};
          }
          writer.add(indexed, content);
          if (next == verdict.decisions.removed.end() || next->document != document) continue;
          writer.add_removal({0, number_of(next->kept), static_cast<std::uint32_t>(next->rule),
                              next->overlap.shared, next->overlap.size_a, next->overlap.size_b});
          ++next;
        }
      });
  const std::size_t bands = corpus.keys->bands();
  const KeySource keys = [&](std::size_t column, const auto& take) {
    run.reader().control().check_stop();
    if (column == bands) {
      for (std::uint32_t document = 0; document < count; ++document) {
        if (groups.representatives[document] == document) take(rows[document].exact_low, document);
      }
      return;
    }
    BandKeyTable::ReadBuffer buffer;
    std::uint32_t document = 0;
    for (std::size_t part = 0; part < corpus.keys->parts() && document < count; ++part) {
      for (const std::uint64_t key : corpus.keys->read(column, part, buffer)) {
        if (document == count) break;
        if (groups.representatives[document] == document &&
            rows[document].text_class != TextClass::kEmpty) {
          take(key, document);
        }
        ++document;
      }
    }
  };
  next_.segments.push_back(writer.finish(keys));
  next_.next_document += count;
  writer_.name_segment(segment);
}

void IndexAdder::merge(const RunControl& control) {
  const std::size_t before = writer_.manifest().segments.size();
  const std::size_t first = first_to_merge(writer_.manifest().segments);
  if (first == before) return;
  const auto tell = [&](const std::string& why) {
    control.note("segments of the index were not brought together: " + why);
  };
  try {
    IndexManifest next = writer_.manifest();
    {
      const IndexReader index(writer_.path());
      merge_segments(index, first, writer_, next, StopFlag(control.stop));
    }
    writer_.publish(std::move(next));
    merged_ = before - first;
  } catch (const Error& error) {
    tell(error.what());
  } catch (const Cancelled&) {
    tell("the run was stopped");
  } catch (const std::bad_alloc&) {
    tell("out of memory");
  }
}

}  // namespace copydesk
