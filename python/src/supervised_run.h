#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Runs something of the library on a thread of its own while the calling thread, which gives the
// GIL up, looks ten times a second whether the user has pressed Ctrl-C, and hands progress on.

#include <nanobind/nanobind.h>
#include <nanobind/stl/string.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <string>
#include <thread>

#include "copydesk/copydesk.h"

namespace copydesk::python {

struct ProgressReport {
  std::string stage, unit;
  std::uint64_t done = 0, total = 0;
  bool is_new = false;
};

// What the functions of the module are given besides what they are about.
struct RunArguments {
  RunSettings settings;
  nanobind::object progress;  // None, or called as progress(stage, done, total, unit)
};

// REQUIRES: the GIL is held. Throws what `work(RunSettings)` throws, or the Python exception that a
// signal or `progress` raised; the work has then been stopped.
template <class Work>
void run_supervised(const RunArguments& run, Work&& work) {
  namespace nb = nanobind;
  RunSettings settings = run.settings;
  const nb::object& progress = run.progress;
  std::atomic<bool> stop{false};
  std::mutex mutex;
  std::condition_variable changed;
  bool is_done = false;
  std::exception_ptr failure;
  ProgressReport latest;
  settings.stop = &stop;
  if (!progress.is_none()) {
    settings.on_progress = [&](const Progress& report) {
      const std::lock_guard lock(mutex);
      latest = {std::string(report.stage), std::string(report.unit), report.done, report.total,
                true};
    };
  }
  std::thread worker([&] {
    try {
      work(settings);
    } catch (...) {
      failure = std::current_exception();
    }
    const std::lock_guard lock(mutex);
    is_done = true;
    changed.notify_one();
  });
  std::exception_ptr raised;
  for (bool done = false; !done;) {
    ProgressReport report;
    {
      const nb::gil_scoped_release released;
      std::unique_lock lock(mutex);
      changed.wait_for(lock, std::chrono::milliseconds(100), [&] { return is_done; });
      done = is_done;
      report = latest;
      latest.is_new = false;
    }
    if (raised) continue;
    try {
      if (PyErr_CheckSignals() != 0) throw nb::python_error();
      if (report.is_new) progress(report.stage, report.done, report.total, report.unit);
    } catch (...) {
      raised = std::current_exception();
      stop = true;
    }
  }
  worker.join();
  if (raised) std::rethrow_exception(raised);
  if (failure) std::rethrow_exception(failure);
}

}  // namespace copydesk::python
