#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Runs the program itself, under limits and with the descriptors a test gives it.

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdint>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "temporary_folder.h"

namespace copydesk::tests {

// Sanitizers need address space and memory of their own, and time.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kIsSanitized = true;
#else
inline constexpr bool kIsSanitized = false;
#endif

struct Ended {
  int code = -1;    // exit code; -1 if a signal ended it
  int signal = 0;   // that ended it
  std::string output, errors;
  std::uint64_t peak_bytes = 0;
  double seconds = 0.0;
};

class Program {
 public:
  explicit Program(const TemporaryFolder& folder) : folder_(folder) {}

  // What the child does between fork and exec: limits, closing descriptors.
  std::function<void()> prepare;
  std::string work_folder;  // for $TMPDIR; empty: the test's folder

  // Starts it in the test's folder with standard input at `input` (default /dev/null).
  void start(std::vector<std::string> arguments, int input = -1) {
    arguments.insert(arguments.begin(), COPYDESK_PROGRAM);
    std::vector<char*> pointers;
    for (std::string& argument : arguments) pointers.push_back(argument.data());
    pointers.push_back(nullptr);
    const std::string temporary = work_folder.empty() ? folder_.path() : work_folder;
    output_path_ = streams_.path("stdout");
    errors_path_ = streams_.path("stderr");
    started_ = std::chrono::steady_clock::now();
    child_ = ::fork();
    if (child_ < 0) throw std::runtime_error("fork");
    if (child_ > 0) return;
    const int from = input >= 0 ? input : ::open("/dev/null", O_RDONLY);
    ::dup2(from, STDIN_FILENO);
    ::dup2(::open(output_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDOUT_FILENO);
    ::dup2(::open(errors_path_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), STDERR_FILENO);
    for (int descriptor = 3; descriptor < 256; ++descriptor) ::close(descriptor);
    if (::chdir(folder_.path().c_str()) != 0) ::_exit(99);
    ::setenv("TMPDIR", temporary.c_str(), 1);
    if (prepare) prepare();
    ::execv(COPYDESK_PROGRAM, pointers.data());
    ::_exit(99);
  }

  void send(int number) const { ::kill(child_, number); }

  // Waits for its end; ends it by force, and throws, after `most`.
  Ended wait(std::chrono::seconds most = std::chrono::seconds(300)) {
    int status = 0;
    struct rusage usage {};
    const auto limit = std::chrono::steady_clock::now() + most;
    pid_t done = 0;
    while ((done = ::wait4(child_, &status, WNOHANG, &usage)) == 0) {
      if (std::chrono::steady_clock::now() > limit) {
        ::kill(child_, SIGKILL);
        ::wait4(child_, &status, 0, &usage);
        throw std::runtime_error("the program hangs");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
    if (done != child_) throw std::runtime_error("wait4");
    Ended ended;
    ended.code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    ended.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    ended.output = read(output_path_);
    ended.errors = read(errors_path_);
    ended.peak_bytes = static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
    ended.seconds =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - started_).count();
    return ended;
  }

  Ended run(std::vector<std::string> arguments, int input = -1) {
    start(std::move(arguments), input);
    return wait();
  }

 private:
  static std::string read(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

  const TemporaryFolder& folder_;
  TemporaryFolder streams_;  // apart, so that a test sees only what the program left behind
  std::string output_path_, errors_path_;
  pid_t child_ = -1;
  std::chrono::steady_clock::time_point started_;
};

// A pipe that a thread fills from `write`, which gets the writing end and may stop at EPIPE.
class Feed {
 public:
  explicit Feed(std::function<void(int descriptor)> write) {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("pipe");
    ::signal(SIGPIPE, SIG_IGN);
    writer_ = std::jthread([end = ends_[1], write = std::move(write)] {
      write(end);
      ::close(end);
    });
  }
  ~Feed() { close_input(); }
  Feed(const Feed&) = delete;
  Feed& operator=(const Feed&) = delete;

  [[nodiscard]] int input() const { return ends_[0]; }
  // Ours; the program has its own. Call after start(), so that a writer notices the program's end.
  void close_input() {
    if (ends_[0] >= 0) ::close(ends_[0]);
    ends_[0] = -1;
  }

 private:
  std::array<int, 2> ends_{};
  std::jthread writer_;
};

// The writing end of a named pipe once the program has opened it for reading; -1 if it has not within
// ten seconds, as when it has ended. (A plain open() would wait for ever.)
inline int open_writing_end(const std::string& path) {
  for (int look = 0; look < 5000; ++look) {
    const int end = ::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    if (end >= 0) {
      ::fcntl(end, F_SETFL, 0);
      return end;
    }
    if (errno != ENXIO) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return -1;
}

inline bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

inline void limit(int resource, std::uint64_t value) {
  const struct rlimit both {value, value};
  ::setrlimit(static_cast<__rlimit_resource>(resource), &both);
}

}  // namespace copydesk::tests
