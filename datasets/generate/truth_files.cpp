// SPDX-License-Identifier: Apache-2.0
#include "generate/truth_files.h"

#include <algorithm>
#include <filesystem>

#include "copydesk/error.h"
#include "generate/json_line.h"
#include "generate/truth_lines.h"

namespace copydesk::datasets {
namespace {

constexpr std::size_t kBufferBytes = 1 << 18;

const std::string& created(const std::string& folder) {
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw Error(ErrorCode::kCannotWrite, error.message(), folder);
  return folder;
}

bool is_more_than_a_story(const Printed& printed) {
  return printed.kind == Kind::kGlued ||
         std::any_of(printed.story.parts.begin(), printed.story.parts.end(),
                     [](const Part& part) { return !is_content(part.kind); });
}

}  // namespace

void TruthFiles::File::flush_if_full() {
  if (lines.size() < kBufferBytes) return;
  file.write(lines);
  lines.clear();
}

void TruthFiles::File::commit() {
  file.write(lines);
  file.commit();
}

TruthFiles::TruthFiles(const TruthOptions& options)
    : options_(options),
      pairs_(created(options.folder) + "/pairs.jsonl"),
      clusters_(options.folder + "/clusters.jsonl"),
      passages_(options.folder + "/passages.jsonl"),
      blocks_(options.folder + "/blocks.jsonl"),
      block_counts_(options.folder + "/block_counts.jsonl"),
      stories_(options.folder + "/stories.jsonl"),
      families_(options.folder + "/families.jsonl"),
      templates_(options.folder + "/templates.jsonl") {}

void TruthFiles::add(const Printed& printed, const std::string& site_name) {
  append_pairs(pairs_.lines, printed, options_.documents, options_.with_jaccard);
  append_passages(passages_.lines, printed, options_.documents);
  if (is_more_than_a_story(printed)) {
    const std::string id = document_id(printed.number);
    append_blocks(blocks_.lines, id, printed.story);
    append_stories(stories_.lines, id, printed.story, options_.documents);
    count_blocks(printed.story);
  }
  if (printed.family) {
    append_family(families_.lines, printed, options_.documents, site_name);
    members_.push_back({printed.family->original, printed.number});
  }
  if (is_copy(printed.kind)) members_.push_back({printed.sources.front(), printed.number});
  if (options_.with_siblings && !printed.sources.empty()) {
    direct_.push_back({printed.sources.front(), printed.number});
  }
  if (printed.form) {
    JsonLine(templates_.lines)
        .add("id", document_id(printed.number))
        .add("form", *printed.form + 1)
        .finish();
  }
  for (File* file : {&pairs_, &passages_, &blocks_, &stories_, &families_, &templates_}) {
    file->flush_if_full();
  }
}

void TruthFiles::count_blocks(const Story& story) {
  for (const Part& part : story.parts) {
    if (part.block == 0) continue;
    Block& block = counts_[part.block];
    block.kind = part.kind;
    ++block.count;
  }
}

void TruthFiles::write_clusters() {
  std::sort(members_.begin(), members_.end());
  std::uint64_t name = 0;
  std::vector<std::uint64_t> cluster;
  for (std::size_t begin = 0; begin < members_.size();) {
    const std::uint64_t root = members_[begin].root;
    cluster.clear();
    std::size_t end = begin;
    for (; end < members_.size() && members_[end].root == root; ++end) {
      cluster.push_back(members_[end].number);
    }
    begin = end;
    // The story that was copied stands in no list yet; the original of a family does.
    if (root < options_.documents && !std::binary_search(cluster.begin(), cluster.end(), root)) {
      cluster.insert(std::upper_bound(cluster.begin(), cluster.end(), root), root);
    }
    if (cluster.size() < 2) continue;
    std::string ids = "[";
    for (const std::uint64_t number : cluster) {
      ids += ids.size() == 1 ? "\"" : ",\"";
      append_id(ids, 'd', number + 1);
      ids += '"';
    }
    ids += ']';
    JsonLine(clusters_.lines).add("cluster", ++name).add_raw("ids", ids).finish();
    clusters_.flush_if_full();
    if (options_.with_siblings) write_siblings(cluster);
  }
}

void TruthFiles::write_siblings(const std::vector<std::uint64_t>& cluster) {
  const auto is_direct = [&](std::uint64_t source, std::uint64_t copy) {
    return std::binary_search(direct_.begin(), direct_.end(), Member{source, copy});
  };
  for (std::size_t right = 1; right < cluster.size(); ++right) {
    for (std::size_t left = 0; left < right; ++left) {
      const std::uint64_t a = cluster[left];
      const std::uint64_t b = cluster[right];
      if (is_direct(a, b) || is_direct(b, a)) continue;
      JsonLine(pairs_.lines)
          .add("a", document_id(a))
          .add("b", document_id(b))
          .add("kind", "siblings")
          .finish();
    }
    pairs_.flush_if_full();
  }
}

void TruthFiles::write_block_counts() {
  for (const auto& [number, block] : counts_) {
    JsonLine(block_counts_.lines)
        .add("block", number)
        .add("kind", block_kind(block.kind))
        .add("count", block.count)
        .finish();
    block_counts_.flush_if_full();
  }
}

void TruthFiles::commit() {
  std::sort(direct_.begin(), direct_.end());
  write_clusters();
  write_block_counts();
  for (File* file : {&pairs_, &clusters_, &passages_, &blocks_, &block_counts_, &stories_,
                     &families_, &templates_}) {
    file->commit();
  }
}

}  // namespace copydesk::datasets
