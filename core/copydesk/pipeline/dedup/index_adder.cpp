// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/dedup/index_adder.h"

#include <algorithm>
#include <limits>
#include <new>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/index/segment_merger.h"

namespace copydesk {

void IndexAdder::open() {
  if (segment_) return;
  next_ = writer_.manifest();
  number_ = next_.next_segment++;
  segment_.emplace(writer_.make_segment_folder(number_), number_, next_.parameters);
  contents_.emplace(*segment_);
}

void IndexAdder::put_set(const CorpusTable& table, std::uint32_t document, std::string_view set) {
  open();
  contents_->put_set(table, document, set);
}

void IndexAdder::write_rows(NearDuplicateRun& run, const IndexSide& side,
                            const DedupVerdict& verdict) {
  const ScannedCorpus& corpus = run.corpus();
  const CorpusTable& table = corpus.table;
  const auto& representatives = run.groups().representatives;
  const std::uint32_t first_number = next_.next_document;
  const auto number_of = [&](std::uint32_t document) {
    return document < side.first() ? first_number + document : side.number_of(document);
  };
  auto next = verdict.decisions.removed.begin();
  IndexedDocument indexed;
  for (std::size_t batch = 0; batch < table.batches.size(); ++batch) {
    run.reader().control().check_stop();
    const BatchRow& place = table.batches[batch];
    const std::uint32_t end = table.end_document(batch);
    for (std::uint32_t document = place.first_document; document < end; ++document) {
      const DocumentRow& row = table.documents[document];
      indexed.number = first_number + document;
      indexed.exact_low = row.exact_low;
      indexed.exact_high = row.exact_high;
      indexed.text_hash = corpus.text_hashes[document];
      indexed.time = corpus.times[document];
      indexed.line = static_cast<std::uint32_t>(std::min<std::uint64_t>(
          place.first_line + row.line, std::numeric_limits<std::uint32_t>::max()));
      indexed.tokens = row.tokens;
      indexed.text_class = row.text_class;
      indexed.id = table.ids.id(document);
      indexed.file = table.inputs[place.source].path;
      if (!corpus.sources.empty()) indexed.source = corpus.source_names[corpus.sources[document]];
      const bool has_contents = representatives[document] == document;
      segment_->add(indexed, has_contents ? contents_->of(document) : SegmentWriter::Places());
      if (next == verdict.decisions.removed.end() || next->document != document) continue;
      segment_->add_removal({0, number_of(next->kept), static_cast<std::uint32_t>(next->rule),
                             next->overlap.shared, next->overlap.size_a, next->overlap.size_b});
      ++next;
    }
  }
}

void IndexAdder::write(NearDuplicateRun& run, const IndexSide& side, const DedupVerdict& verdict) {
  const ScannedCorpus& corpus = run.corpus();
  const ContentGroups& groups = run.groups();
  const auto& rows = corpus.table.documents;
  const auto count = static_cast<std::uint32_t>(rows.size());
  if (count == 0) return;
  open();
  if (count > std::numeric_limits<std::uint32_t>::max() - 1 - next_.next_document) {
    throw Error(ErrorCode::kLimitExceeded,
                "an index takes at most 4,294,967,294 documents in all its life", writer_.path());
  }
  contents_->complete(run, next_.parameters);
  write_rows(run, side, verdict);
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
  next_.segments.push_back(segment_->finish(keys));
  next_.next_document += count;
  writer_.name_segment(number_);
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
