// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/index/index_upkeep.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/index/segment_merger.h"
#include "copydesk/write/run_report.h"

namespace copydesk {

IndexRemoval remove_from_index(const std::string& path, const IndexSelection& selection,
                               const RunControl& control) {
  IndexWriter writer(path);
  const IndexReader index(path);
  IndexRemoval result;
  std::vector<std::uint32_t> removals = read_removals(path, index.manifest());
  const IndexReader::Counts before = index.count();
  std::vector<bool> found(selection.list == nullptr ? 0 : selection.list->size());
  std::vector<std::uint32_t> entries;
  for (const auto& segment : index.segments()) {
    segment->for_each([&](const IndexedDocument& document, std::uint32_t place) {
      if (place % 4096 == 0) control.check_stop();
      if (!selection.source.empty() && document.source != selection.source) return;
      if (!selection.file.empty() && normal_path(document.file) != normal_path(selection.file)) return;
      if (selection.list != nullptr) {
        entries.clear();
        selection.list->find(document.id, document.file, document.line, entries);
        for (const std::uint32_t entry : entries) found[entry] = true;
        if (entries.empty()) return;
      }
      if (!index.is_taken_out(document.number)) removals.push_back(document.number);
    });
  }
  std::sort(removals.begin(), removals.end());
  result.named = found.size();
  result.found = static_cast<std::uint64_t>(std::count(found.begin(), found.end(), true));
  if (removals.size() == (index.manifest().removals ? index.manifest().removals->documents : 0)) {
    throw Error(ErrorCode::kTooManyFaults, "has no such document", path);
  }
  IndexManifest next = writer.manifest();
  writer.write_removals(removals, next);
  writer.publish(std::move(next));
  const IndexReader::Counts after = IndexReader(path).count();
  result.removed = before.documents - after.documents;
  result.evidence = before.evidence - after.evidence;
  return result;
}

IndexRewriting rewrite_index(const std::string& path, bool forget, const RunControl& control) {
  IndexWriter writer(path);
  IndexRewriting result;
  {
    const IndexReader index(path);
    const IndexReader::Counts counts = index.count();
    result.segments_before = result.segments = index.segments().size();
    result.bytes_before = result.bytes = counts.disk_bytes;
    result.documents = counts.documents + counts.evidence;
    if (!forget && index.segments().size() < 2 && !index.manifest().removals) return result;
    IndexManifest next = writer.manifest();
    next.removals.reset();
    result.dropped = counts.taken_out;
    merge_segments(index, 0, writer, next, StopFlag(control.stop));
    writer.publish(std::move(next), forget);
  }
  const IndexReader index(path);
  result.segments = index.segments().size();
  result.bytes = index.count().disk_bytes;
  return result;
}

std::uint64_t check_index(const std::string& path,
                          const std::function<void(const std::string&)>& take,
                          const RunControl& control) {
  std::uint64_t faults = 0;
  const auto try_to = [&](const auto& work) {
    try {
      work();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kCorruptFile && error.code() != ErrorCode::kCannotOpen &&
          error.code() != ErrorCode::kCannotRead) {
        throw;
      }
      ++faults;
      take(error.what());
    }
  };
  const IndexManifest manifest = read_newest_manifest(path);
  for (const SegmentEntry& entry : manifest.segments) {
    control.check_stop();
    try_to([&] {
      Segment(path + "/" + numbered_name("seg", entry.number), entry, manifest.parameters).check();
    });
  }
  try_to([&] { static_cast<void>(read_removals(path, manifest)); });
  return faults;
}

std::string upgrade_index(const std::string& path) {
  const IndexReader index(path);  // reads the manifest, and the header of each file
  return fmt::format("{}.{}", kIndexMajor, kIndexMinor);
}

std::string describe_index(const IndexReader& index) {
  const IndexReader::Counts counts = index.count();
  ReportSection section;
  ReportSection parameters;
  for (const auto& [name, value] : index.parameters().canonical()) {
    parameters.add(name, std::string_view(value));
  }
  section.add("index", std::string_view(index.path()));
  section.add("format", std::string_view(fmt::format("{}.{}", kIndexMajor, kIndexMinor)));
  section.add("generation", index.manifest().generation);
  section.add("documents", counts.documents);
  section.add("removed_when_they_came", counts.evidence);
  section.add("taken_out", counts.taken_out);
  section.add("segments", static_cast<std::uint64_t>(index.segments().size()));
  section.add("bytes", counts.disk_bytes);
  section.add("memory_bytes", counts.memory_bytes);
  section.add_json("parameters", parameters.to_json(2));
  return section.to_json(0) + "\n";
}

}  // namespace copydesk
