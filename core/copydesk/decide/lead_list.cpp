// SPDX-License-Identifier: Apache-2.0
#include "copydesk/decide/lead_list.h"

#include <algorithm>
#include <utility>

#include "copydesk/stream/spill_run.h"

namespace copydesk {

namespace {

constexpr std::size_t kPart = 2048;  // leads of a run that are read at once

using Run = SpillRun<Lead>;

bool comes_later(const Run& x, const Run& y) {
  return x.front() > y.front();
}

// Gathers what stays, part by part.
class Rest {
 public:
  Rest(const std::string& folder, std::size_t memory_bytes) : list_(folder, memory_bytes) {}
  void add(const Lead& lead) {
    part_.push_back(lead);
    if (part_.size() == kPart) write();
  }
  [[nodiscard]] SpillList<Lead> finish() {
    write();
    return std::move(list_);
  }

 private:
  void write() {
    list_.append(part_);
    part_.clear();
  }

  SpillList<Lead> list_;
  std::vector<Lead> part_;
};

}  // namespace

// Half is for what is added, a quarter each for what was there before and what is left of it.
LeadList::LeadList(std::string folder, std::size_t memory_bytes)
    : folder_(std::move(folder)), memory_bytes_(memory_bytes), runs_(folder_, memory_bytes / 4) {}

void LeadList::add(const Lead& lead) {
  if (added_.size() > memory_bytes_ / 2 / sizeof(Lead)) end_run();
  added_.push_back(lead);
}

void LeadList::end_run() {
  std::sort(added_.begin(), added_.end());
  runs_.append(added_);
  starts_.push_back(runs_.size());
  added_.clear();
}

void LeadList::sift(const std::function<bool(const Lead&)>& stays) {
  if (starts_.size() == 1 && added_.size() <= memory_bytes_ / 4 / sizeof(Lead)) {
    std::sort(added_.begin(), added_.end());
    std::erase_if(added_, [&](const Lead& lead) { return !stays(lead); });
    return;
  }
  if (!added_.empty()) end_run();
  std::vector<Run> runs;
  for (std::size_t i = 0; i + 1 < starts_.size(); ++i) {
    Run run(runs_, starts_[i], starts_[i + 1], kPart);
    if (!run.is_at_end()) runs.push_back(std::move(run));
  }
  std::make_heap(runs.begin(), runs.end(), comes_later);
  Rest rest(folder_, memory_bytes_ / 4);
  while (!runs.empty()) {
    std::pop_heap(runs.begin(), runs.end(), comes_later);
    Run& first = runs.back();
    if (stays(first.front())) rest.add(first.front());
    first.advance();
    if (first.is_at_end()) {
      runs.pop_back();
    } else {
      std::push_heap(runs.begin(), runs.end(), comes_later);
    }
  }
  runs_ = rest.finish();
  starts_ = {0};
  if (!runs_.empty()) starts_.push_back(runs_.size());
}

}  // namespace copydesk
