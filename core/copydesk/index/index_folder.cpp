// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/index_folder.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "copydesk/error.h"
#include "copydesk/stream/descriptor.h"
#include "copydesk/stream/output_file.h"

namespace copydesk {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kManifest = "manifest";
constexpr std::string_view kSegment = "seg";
constexpr std::string_view kRemovals = "del";
constexpr std::string_view kUnfinished = "tmp-";
constexpr const char* kLock = "LOCK";
constexpr std::uint64_t kMostManifest = std::uint64_t{1} << 26;
constexpr std::size_t kKeptManifests = 2;

std::vector<std::string> names_in(const std::string& path) {
  std::vector<std::string> names;
  std::error_code error;
  for (fs::directory_iterator entry(path, error), end; !error && entry != end; entry.increment(error)) {
    names.push_back(entry->path().filename().string());
  }
  if (error) {
    throw Error(error == std::errc::no_such_file_or_directory || error == std::errc::not_a_directory
                    ? ErrorCode::kCannotOpen
                    : ErrorCode::kCannotRead,
                error == std::errc::no_such_file_or_directory
                    ? "there is no such index (`copydesk index create` makes one)"
                    : "cannot list: " + error.message(),
                path);
  }
  std::sort(names.begin(), names.end());
  return names;
}

// The newest first.
std::vector<std::uint64_t> generations(const std::string& path) {
  std::vector<std::uint64_t> found;
  for (const std::string& name : names_in(path)) {
    if (const auto number = number_of_name(kManifest, name)) found.push_back(*number);
  }
  std::sort(found.rbegin(), found.rend());
  return found;
}

IndexManifest read_generation(const std::string& folder, std::uint64_t generation) {
  const std::string path = folder + "/" + numbered_name(kManifest, generation);
  const int descriptor = open_regular_file(path, O_RDONLY);
  std::string text;
  try {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) throw_cannot_read(errno, path);
    if (static_cast<std::uint64_t>(status.st_size) > kMostManifest) {
      throw Error(ErrorCode::kCorruptFile, "is too long for a manifest", path);
    }
    text.resize(static_cast<std::size_t>(status.st_size));
    text.resize(read_fully_at(descriptor, 0, text, path));
  } catch (...) {
    ::close(descriptor);
    throw;
  }
  ::close(descriptor);
  IndexManifest manifest = read_manifest(text, path);
  if (manifest.generation != generation) {
    throw Error(ErrorCode::kCorruptFile, "is the manifest of another generation", path);
  }
  return manifest;
}

void write_manifest(const std::string& folder, const IndexManifest& manifest) {
  OutputFile file(folder + "/" + numbered_name(kManifest, manifest.generation));
  file.write(manifest.to_text());
  file.finish();
  file.commit();
}

}  // namespace

void create_index(const std::string& path, const IndexParameters& parameters) {
  IndexManifest manifest;
  manifest.generation = 1;
  manifest.parameters = parameters;
  static_cast<void>(parameters.banding());
  if (parameters.with_text && parameters.verify != IndexVerify::kSets) {
    throw Error(ErrorCode::kInvalidOption, "is for --verify sets, the others keep what they verify by",
                "--with-text");
  }
  std::string folder = path;
  while (folder.size() > 1 && folder.ends_with('/')) folder.pop_back();
  if (::mkdir(folder.c_str(), 0777) != 0) {
    if (errno != EEXIST) throw_cannot_write("cannot create", errno, path);
    if (!names_in(folder).empty()) {
      throw Error(ErrorCode::kCannotWrite, "is there already, and not empty", path);
    }
  }
  write_manifest(folder, manifest);
  const std::string parent = fs::path(folder).parent_path().string();
  sync_folder(parent.empty() ? "." : parent);
}

IndexManifest read_newest_manifest(const std::string& path, bool allow_older) {
  // A manifest may be swept between the listing and the reading, by one who writes.
  for (int attempt = 0;; ++attempt) {
    const std::vector<std::uint64_t> all = generations(path);
    if (all.empty()) {
      throw Error(ErrorCode::kCannotOpen, "is no index (`copydesk index create` makes one)", path);
    }
    std::optional<Error> first;
    for (const std::uint64_t generation : all) {
      try {
        return read_generation(path, generation);
      } catch (const Error& error) {
        if (!first) first = error;
        if (!allow_older) break;
      }
    }
    if (first->code() == ErrorCode::kCannotOpen && attempt < 10) continue;
    if (allow_older || all.size() < 2 || first->code() != ErrorCode::kCorruptFile) throw *first;
    const std::string what = first->what();  // where, then what
    throw Error(first->code(),
                what.substr(std::min(what.size(), first->where().size() + 2)) +
                    "; --allow-older reads the state before it",
                first->where());
  }
}

std::vector<std::uint32_t> read_removals(const std::string& path, const IndexManifest& manifest) {
  if (!manifest.removals) return {};
  const auto& [number, documents, seal] = *manifest.removals;
  const BlockFile file(path + "/" + numbered_name(kRemovals, number),
                       {IndexFileKind::kRemovals, number, manifest.parameters.hash()}, seal);
  if (file.size() != std::uint64_t{documents} * sizeof(std::uint32_t)) {
    file.fail(0, "has other documents than the manifest says");
  }
  const std::string bytes = file.read_all();
  std::vector<std::uint32_t> numbers(documents);
  if (!bytes.empty()) std::memcpy(numbers.data(), bytes.data(), bytes.size());
  if (!std::is_sorted(numbers.begin(), numbers.end()) ||
      (!numbers.empty() && numbers.back() >= manifest.next_document)) {
    file.fail(0, "has numbers that are no documents");
  }
  return numbers;
}

IndexWriter::IndexWriter(const std::string& path) : path_(path) {
  if (generations(path).empty()) {
    throw Error(ErrorCode::kCannotOpen, "is no index (`copydesk index create` makes one)", path);
  }
  const std::string lock = path + "/" + kLock;
  lock_ = ::open(lock.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (lock_ < 0) throw_cannot_write("cannot open", errno, lock);
  try {
    if (::flock(lock_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK) throw_cannot_write("cannot lock", errno, lock);
      std::array<char, 256> owner{};
      const std::size_t size = read_fully_at(lock_, 0, owner, lock);
      std::string_view who(owner.data(), size);
      who = who.substr(0, who.find('\n'));
      throw Error(ErrorCode::kCannotOpen,
                  fmt::format("is being written by {}",
                              who.empty() ? std::string_view("another process") : who),
                  path);
    }
    std::array<char, 256> host{};
    if (::gethostname(host.data(), host.size() - 1) != 0) host[0] = '\0';
    const std::string owner = fmt::format("process {} on {}\n", ::getpid(), host.data());
    if (::ftruncate(lock_, 0) != 0 ||
        ::pwrite(lock_, owner.data(), owner.size(), 0) != static_cast<ssize_t>(owner.size())) {
      throw_cannot_write("cannot write", errno, lock);
    }
    manifest_ = read_newest_manifest(path);
    sweep(false);
  } catch (...) {
    ::close(lock_);
    throw;
  }
}

IndexWriter::~IndexWriter() { ::close(lock_); }

std::string IndexWriter::make_segment_folder(std::uint64_t number) {
  const std::string folder = path_ + "/" + std::string(kUnfinished) + numbered_name(kSegment, number);
  if (::mkdir(folder.c_str(), 0777) != 0) throw_cannot_write("cannot create", errno, folder);
  return folder;
}

void IndexWriter::name_segment(std::uint64_t number) {
  const std::string name = numbered_name(kSegment, number);
  const std::string folder = path_ + "/" + std::string(kUnfinished) + name;
  sync_folder(folder);
  const std::string final_name = path_ + "/" + name;
  if (::renameat(AT_FDCWD, folder.c_str(), AT_FDCWD, final_name.c_str()) != 0) {
    throw_cannot_write("cannot rename", errno, folder);
  }
  sync_folder(path_);
}

void IndexWriter::write_removals(const std::vector<std::uint32_t>& documents,
                                 IndexManifest& manifest) {
  if (documents.empty()) {
    manifest.removals.reset();
    return;
  }
  const std::uint64_t number = manifest.next_segment++;
  constexpr std::size_t kBlockBytes = 4096;
  BlockFileWriter file(path_ + "/" + numbered_name(kRemovals, number),
                       {IndexFileKind::kRemovals, number, manifest.parameters.hash()}, kBlockBytes);
  file.append({reinterpret_cast<const char*>(documents.data()),
               documents.size() * sizeof documents[0]});
  const IndexFileSeal seal = file.finish();
  sync_folder(path_);
  manifest.removals = {number, static_cast<std::uint32_t>(documents.size()), seal};
}

void IndexWriter::publish(IndexManifest next, bool forget) {
  next.generation = manifest_.generation + 1;
  write_manifest(path_, next);
  manifest_ = std::move(next);
  sweep(forget);
}

// What no manifest that is kept names. It is of no consequence if something stays, as the next one tries
// again; but who was told that nothing is left must be told that something is.
void IndexWriter::sweep(bool forget) {
  std::vector<std::string> wanted{kLock};
  std::size_t kept = 0;
  for (const std::uint64_t generation : generations(path_)) {
    if (generation > manifest_.generation || kept == (forget ? 1 : kKeptManifests)) continue;
    IndexManifest manifest;
    try {
      manifest = read_generation(path_, generation);
    } catch (const Error&) {
      continue;
    }
    ++kept;
    wanted.push_back(numbered_name(kManifest, generation));
    for (const SegmentEntry& segment : manifest.segments) {
      wanted.push_back(numbered_name(kSegment, segment.number));
    }
    if (manifest.removals) wanted.push_back(numbered_name(kRemovals, manifest.removals->number));
  }
  std::sort(wanted.begin(), wanted.end());
  // Manifests go first, so that none is left without its segments.
  std::vector<std::string> names = names_in(path_);
  std::stable_partition(names.begin(), names.end(),
                        [](const std::string& name) { return name.starts_with(kManifest); });
  for (const std::string& name : names) {
    const bool is_ours = name.starts_with(kUnfinished) || number_of_name(kManifest, name) ||
                         number_of_name(kSegment, name) || number_of_name(kRemovals, name) ||
                         name.starts_with("." + std::string(kManifest));
    if (!is_ours || std::binary_search(wanted.begin(), wanted.end(), name)) continue;
    std::error_code error;
    fs::remove_all(fs::path(path_) / name, error);
    if (forget && error) {
      throw_cannot_write("cannot remove what the index no longer holds", error.value(),
                         path_ + "/" + name);
    }
  }
}

}  // namespace copydesk
