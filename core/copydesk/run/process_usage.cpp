#include "copydesk/run/process_usage.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <sys/resource.h>

#include <utility>

namespace copydesk {

namespace {

double cpu_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

std::uint64_t peak_memory_bytes() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

void return_free_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

StageClock::StageClock() : start_(std::chrono::steady_clock::now()), stage_start_(start_) {}

void StageClock::begin(std::string stage) {
  end_stage();
  stage_ = std::move(stage);
  stage_start_ = std::chrono::steady_clock::now();
  stage_cpu_start_ = cpu_seconds();
}

void StageClock::end_stage() {
  if (stage_.empty()) return;
  times_.push_back({stage_, seconds_since(stage_start_), cpu_seconds() - stage_cpu_start_});
  stage_.clear();
}

std::vector<StageTime> StageClock::finish() {
  end_stage();
  return times_;
}

double StageClock::wall_seconds() const { return seconds_since(start_); }

}  // namespace copydesk
