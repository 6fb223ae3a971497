// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/input_list.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <iterator>
#include <string_view>
#include <system_error>
#include <utility>

#include "copydesk/stream/descriptor.h"

namespace copydesk {
namespace {

// In the order of InputFormat.
constexpr std::string_view kFormatNames[] = {"auto", "jsonl", "text",  "html", "warc",   "csv",
                                             "tsv",  "json",  "lines", "wiki", "parquet"};

// /dev/null is a common way to say "an empty file".
bool is_null_device(const struct stat& status) {
  struct stat null {};
  return ::stat("/dev/null", &null) == 0 && S_ISCHR(null.st_mode) && status.st_rdev == null.st_rdev;
}

bool matches(const std::vector<std::string>& patterns, const std::string& path) {
  const std::string name = path.substr(path.rfind('/') + 1);
  return std::ranges::any_of(patterns, [&](const std::string& pattern) {
    const std::string& compared = pattern.find('/') == std::string::npos ? name : path;
    return ::fnmatch(pattern.c_str(), compared.c_str(), 0) == 0;
  });
}

std::string upper(std::string_view name) {
  std::string letters(name);
  for (char& c : letters) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return letters;
}

// Whether a file stands beside data rather than being some. `path` begins below the folder.
bool is_side_file(const std::string& path) {
  if (path.front() == '_' || path.find("/_") != std::string::npos) return true;
  const std::string name = upper(std::string_view(path).substr(path.rfind('/') + 1));
  const std::string stem = name.substr(0, name.find('.'));
  if (stem == "README" || stem == "LICENSE" || stem == "LICENCE" || stem == "COPYING") return true;
  static constexpr std::string_view kEnds[] = {".MD5", ".SHA1",  ".SHA256", ".SHA512",
                                               ".CRC", ".CRC32", "SUMS",    "SUMS.TXT"};
  return std::ranges::any_of(kEnds, [&](std::string_view end) { return name.ends_with(end); });
}

class Expansion {
 public:
  Expansion(InputFormat format, const InputSelection& selection, std::vector<Input>& inputs,
            std::vector<RecordFault>& faults, FilesLeftOut& left_out)
      : format_(format),
        selection_(selection),
        inputs_(inputs),
        faults_(faults),
        left_out_(left_out) {}

  void add_named(const std::string& path, std::uint32_t index) {
    index_ = index;
    struct stat status {};
    if (path == "-") {
      add_file(path);
    } else if (::stat(path.c_str(), &status) != 0) {
      report(path, "cannot open: ", errno);
    } else if (S_ISDIR(status.st_mode)) {
      add_named_folder(path, status);
    } else if ((S_ISCHR(status.st_mode) || S_ISBLK(status.st_mode)) && !is_null_device(status)) {
      report(path, "is a device, which is not read");
    } else {
      add_file(path);
    }
  }

 private:
  using Identity = std::pair<dev_t, ino_t>;

  // A system that is short of descriptors or memory says nothing of the file.
  void report(const std::string& path, const char* what, int error) {
    if (is_shortage(error)) throw_cannot_open(error, path);
    report(path, what + std::generic_category().message(error));
  }

  void report(const std::string& path, const std::string& what) {
    RecordFault fault;
    fault.origin.source = index_;
    fault.reason = path + ": " + what;
    faults_.push_back(std::move(fault));
  }

  // Side files are left out once it is known that there are others.
  void add_named_folder(const std::string& path, const struct stat& status) {
    const std::size_t first = inputs_.size();
    below_ = path.ends_with('/') ? path.size() : path.size() + 1;
    folder_size_ = static_cast<std::uint32_t>(path.size());
    add_folder(path, status);
    folder_size_ = 0;
    const auto begin = inputs_.begin() + static_cast<std::ptrdiff_t>(first);
    const auto is_side = [&](const Input& input) {
      return is_side_file(input.path.substr(below_));
    };
    if (std::all_of(begin, inputs_.end(), is_side)) return;
    const auto kept = std::remove_if(begin, inputs_.end(), is_side);
    left_out_.side_files += static_cast<std::uint64_t>(inputs_.end() - kept);
    inputs_.erase(kept, inputs_.end());
  }

  // What may not be read is found out before the work begins, so that a run none of whose inputs
  // can be read is an error.
  void add_file(const std::string& path) {
    if (path != "-" && ::faccessat(AT_FDCWD, path.c_str(), R_OK, AT_EACCESS) != 0) {
      report(path, "cannot open: ", errno);
      return;
    }
    inputs_.push_back({path, format_, nullptr, index_, folder_size_});
  }

  void add_folder(const std::string& path, const struct stat& status) {
    const Identity identity{status.st_dev, status.st_ino};
    if (std::find(ancestors_.begin(), ancestors_.end(), identity) != ancestors_.end()) {
      report(path, "leads back to a folder that contains it");
      return;
    }
    std::vector<std::string> names;
    if (!list(path, names)) return;
    ancestors_.push_back(identity);
    const std::string prefix = path.ends_with('/') ? path : path + '/';
    for (const std::string& name : names) add_entry(prefix + name);
    ancestors_.pop_back();
  }

  // Names that are not hidden, sorted as bytes.
  bool list(const std::string& path, std::vector<std::string>& names) {
    DIR* folder = ::opendir(path.c_str());
    if (folder == nullptr) {
      report(path, "cannot list: ", errno);
      return false;
    }
    errno = 0;
    while (const dirent* entry = ::readdir(folder)) {
      if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
      errno = 0;
    }
    const int error = errno;
    ::closedir(folder);
    if (error != 0) report(path, "cannot list: ", error);
    std::sort(names.begin(), names.end());
    return true;
  }

  void add_entry(const std::string& path) {
    struct stat status {};
    if (::stat(path.c_str(), &status) != 0) {
      report(path, "cannot open: ", errno);
    } else if (S_ISDIR(status.st_mode)) {
      add_folder(path, status);
    } else if (S_ISREG(status.st_mode)) {
      const std::string below = path.substr(below_);
      if ((!selection_.include.empty() && !matches(selection_.include, below)) ||
          matches(selection_.exclude, below)) {
        ++left_out_.excluded;
        return;
      }
      add_file(path);
    }
  }

  const InputFormat format_;
  const InputSelection& selection_;
  std::vector<Input>& inputs_;
  std::vector<RecordFault>& faults_;
  FilesLeftOut& left_out_;
  std::size_t below_ = 0;  // where paths begin below the folder that was given
  std::uint32_t folder_size_ = 0;  // as Input has it
  std::uint32_t index_ = 0;
  std::vector<Identity> ancestors_;  // the folders we are in, to notice circles of links
};

}  // namespace

std::string_view to_string(InputFormat format) {
  if (format == InputFormat::kRows) return {};
  return kFormatNames[static_cast<std::size_t>(format)];
}

std::optional<InputFormat> parse_input_format(std::string_view name) {
  const auto* const found = std::ranges::find(kFormatNames, name);
  if (found == std::end(kFormatNames)) return std::nullopt;
  return static_cast<InputFormat>(found - kFormatNames);
}

std::string input_format_names() {
  std::string names;
  for (const std::string_view name : kFormatNames) {
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return names;
}

std::vector<Input> expand_inputs(const std::vector<std::string>& paths, InputFormat format,
                                 std::vector<RecordFault>& faults, const InputSelection& selection,
                                 FilesLeftOut* left_out) {
  std::vector<Input> inputs;
  FilesLeftOut uncounted;
  Expansion expansion(format, selection, inputs, faults,
                      left_out == nullptr ? uncounted : *left_out);
  for (std::size_t i = 0; i < paths.size(); ++i) {
    expansion.add_named(paths[i], static_cast<std::uint32_t>(i));
  }
  return inputs;
}

}  // namespace copydesk
