#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Files of an index with any payload and checksums that are right, as somebody could make them.

#include <filesystem>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/index/index_folder.h"
#include "copydesk/index/segment_layout.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "copydesk/stream/output_file.h"
#include "small_index.h"

namespace copydesk::tests {

inline const std::vector<std::string>& segment_file_names() {
  static const std::vector<std::string> names = {kRowsName,      kIdsName,   kKeysName,
                                                 kNotesName,     kSetsName,  kSetPlacesName,
                                                 kTextsName,     kTextPlacesName};
  return names;
}

inline IndexFileKind kind_of_name(const std::string& name) {
  constexpr IndexFileKind kKinds[] = {IndexFileKind::kDocuments, IndexFileKind::kIds,
                                      IndexFileKind::kKeys,      IndexFileKind::kNotes,
                                      IndexFileKind::kSets,      IndexFileKind::kSetPlaces,
                                      IndexFileKind::kTexts,     IndexFileKind::kTextPlaces};
  const auto& names = segment_file_names();
  return kKinds[std::ranges::find(names, name) - names.begin()];
}

// Of the segment at a place in the newest manifest.
inline std::string payload_of(const std::string& path, std::size_t segment, const std::string& name) {
  const IndexManifest manifest = read_newest_manifest(path);
  const SegmentEntry& entry = manifest.segments[segment];
  return BlockFile(path + "/" + numbered_name("seg", entry.number) + "/" + name,
                   {kind_of_name(name), entry.number, manifest.parameters.hash()}, *entry.file(name))
      .read_all();
}

inline void reseal(const std::string& path, std::size_t segment, const std::string& name,
                   const std::string& payload) {
  IndexManifest manifest = read_newest_manifest(path);
  SegmentEntry& entry = manifest.segments[segment];
  const std::string file = path + "/" + numbered_name("seg", entry.number) + "/" + name;
  std::filesystem::remove(file);
  BlockFileWriter writer(file, {kind_of_name(name), entry.number, manifest.parameters.hash()},
                         name == kSetsName || name == kTextsName ? 16384 : 4096);
  writer.append(payload);
  for (auto& [other, seal] : entry.files) {
    if (other == name) seal = writer.finish();
  }
  OutputFile out(path + "/" + numbered_name("manifest", manifest.generation));
  out.write(manifest.to_text());
  out.finish();
  out.commit();
}

// Opens, describes, checks, asks, deduplicates and merges. False if any of it was refused as damaged;
// other failures are thrown.
inline bool use_everything(const std::string& path, const std::vector<std::string>& texts) {
  bool is_accepted = true;
  const auto attempt = [&](const auto& work) {
    try {
      work();
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kCorruptFile) throw;
      is_accepted = false;
    }
  };
  attempt([&] {
    const IndexReader index(path);
    static_cast<void>(describe_index(index));
    TextPreparer preparer(index.parameters());
    std::vector<SearchedText> searched(texts.size());
    for (std::size_t i = 0; i < texts.size(); ++i) {
      preparer.prepare(texts[i], TokenKind::kWords, searched[i]);
    }
    const RunControl control;
    static_cast<void>(IndexSearcher(index, control).search(searched, {10}, 1));
  });
  attempt([&] {
    DedupOptions options = dedup_options(read_newest_manifest(path).parameters);
    options.index_path = path;
    static_cast<void>(run_dedup_of(texts, 0, texts.size(), options));
  });
  attempt([&] {
    if (check_index(path, [](const std::string&) {}, {}) > 0) is_accepted = false;
  });
  attempt([&] { rewrite_index(path, true, {}); });
  return is_accepted;
}

}  // namespace copydesk::tests
