// SPDX-License-Identifier: Apache-2.0
#include "copydesk/run/shard_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <map>
#include <system_error>
#include <utility>

#include "copydesk/ascii.h"
#include "copydesk/error.h"
#include "copydesk/run/copied_kind.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/output_file.h"

namespace copydesk {

namespace {

namespace fs = std::filesystem;

constexpr const char* kOption = "--output-dir";

// Where the folder stands.
std::string parent_of(const std::string& path) {
  const std::string parent = fs::path(path).parent_path().string();
  return parent.empty() ? "." : parent;
}

fs::path absolute_path(const std::string& path) {
  std::error_code ignored;
  return fs::absolute(path, ignored).lexically_normal();
}

// A name that is nothing but a suffix has none.
bool ends_in(const std::string& name, std::string_view suffix) {
  return name.size() > suffix.size() && ends_ignoring_case(name, suffix);
}

// What is not JSON Lines by its name becomes JSON Lines, unless it is copied; what is compressed in a
// way that is not written is compressed by zstd.
std::string shard_name(std::string name, CopiedKind kind) {
  std::string packed;
  for (const std::string_view suffix : {".gz", ".zst", ".xz", ".bz2", ".lz4"}) {
    if (!ends_in(name, suffix)) continue;
    packed = suffix == ".gz" ? ".gz" : ".zst";
    name.resize(name.size() - suffix.size());
    break;
  }
  if (kind != CopiedKind::kNone) return name + packed;
  for (const std::string_view suffix :
       {".html", ".htm", ".xhtml", ".warc", ".wet", ".arc", ".csv", ".tsv", ".txt", ".parquet"}) {
    if (ends_in(name, suffix)) return name + ".jsonl" + packed;
  }
  return name + packed;
}

}  // namespace

ShardFolder::ShardFolder(std::string path) : path_(std::move(path)) {
  while (path_.size() > 1 && path_.ends_with('/')) path_.pop_back();
  struct stat status {};
  if (::stat(path_.c_str(), &status) == 0) {
    std::error_code error;
    if (!S_ISDIR(status.st_mode) || !fs::is_empty(path_, error) || error) {
      throw Error(ErrorCode::kInvalidOption,
                  fmt::format("\"{}\" is there already, and is no empty folder", path_), kOption);
    }
  } else if (errno != ENOENT) {
    throw_cannot_write("cannot write", errno, path_);
  }
  if (::stat(parent_of(path_).c_str(), &status) != 0) throw_cannot_write("cannot write", errno, path_);
  if (!S_ISDIR(status.st_mode)) throw_cannot_write("cannot write", ENOTDIR, path_);
}

ShardFolder::~ShardFolder() {
  sink_.reset();
  if (temporary_.empty()) return;
  std::error_code ignored;
  fs::remove_all(temporary_, ignored);
}

void ShardFolder::name(std::span<const Input> inputs, std::size_t first, bool copies_stay) {
  names_.assign(inputs.size(), {});
  packed_.assign(inputs.size(), false);
  next_ = first;
  std::vector<fs::path> paths, folders;
  for (const Input& input : inputs.subspan(std::min(first, inputs.size()))) {
    if (input.path == "-") {
      throw Error(ErrorCode::kInvalidOption, "standard input has no name to be kept", kOption);
    }
    paths.push_back(absolute_path(input.path));
    std::string folder = input.path.substr(0, input.folder_size);
    while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
    folders.push_back(input.folder_size == 0 ? paths.back().parent_path() : absolute_path(folder));
  }
  if (paths.empty()) return;
  // The deepest folder that holds all of them.
  fs::path common = folders.front();
  for (const fs::path& folder : folders) {
    while (std::mismatch(common.begin(), common.end(), folder.begin(), folder.end()).first !=
           common.end()) {
      common = common.parent_path();
    }
  }
  std::map<std::string, std::size_t> known;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    std::string& name = names_[first + i];
    name = paths[i].lexically_relative(common).string();
    const CopiedKind kind = copies_stay ? copied_kind(inputs[first + i]) : CopiedKind::kNone;
    packed_[first + i] = is_archive(kind);
    if (kind != CopiedKind::kParquet) name = shard_name(std::move(name), kind);
    const auto [other, is_new] = known.emplace(name, first + i);
    if (is_new) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("{} and {} would both be {}", inputs[other->second].path,
                            inputs[first + i].path, name),
                kOption);
  }
}

void ShardFolder::open() {
  const fs::path path(path_);
  for (int attempt = 0; attempt < OutputFile::kMostAttempts; ++attempt) {
    const std::string name =
        OutputFile::temporary_name(path.filename().string(), ::getpid(), attempt);
    const std::string folder = (path.parent_path() / name).string();
    if (::mkdir(folder.c_str(), 0777) == 0) {
      temporary_ = folder;
      return;
    }
    if (errno != EEXIST) break;
  }
  throw_cannot_write("cannot create a folder beside it", errno, path_);
}

// Every input up to `source` gets its shard, if only an empty one.
void ShardFolder::close_up_to(std::size_t source) {
  for (; next_ < source; ++next_) {
    if (!sink_) static_cast<void>(sink(next_));
    sink_->commit();
    sink_.reset();
  }
}

ByteSink& ShardFolder::sink(std::size_t source) {
  close_up_to(source);
  if (!sink_) {
    const fs::path file = fs::path(temporary_) / names_[source];
    std::error_code error;
    fs::create_directories(file.parent_path(), error);
    if (error) throw_cannot_write("cannot create a folder", error.value(), path_);
    sink_ = packed_[source] ? open_packed_byte_sink(file.string()) : open_byte_sink(file.string());
  }
  return *sink_;
}

void ShardFolder::finish() {
  close_up_to(names_.size());
  if (!is_finished_) sync_folder(temporary_);
  is_finished_ = true;
}

void ShardFolder::commit() {
  finish();
  // An empty folder of that name gives way.
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
    throw_cannot_write("cannot rename the finished folder", errno, path_);
  }
  temporary_.clear();
  has_final_name_ = true;
  sync_folder(parent_of(path_));
}

}  // namespace copydesk
