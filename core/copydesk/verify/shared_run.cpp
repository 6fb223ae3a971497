#include "copydesk/verify/shared_run.h"

#include <algorithm>
#include <tuple>

namespace copydesk {

namespace {

constexpr std::size_t kUsualWindow = 4;
constexpr std::size_t kPlacesPerWindow = 64;

struct Window {
  std::uint64_t hash;
  std::uint32_t begin;
  friend bool operator<(const Window& x, const Window& y) {
    return std::tie(x.hash, x.begin) < std::tie(y.hash, y.begin);
  }
};

std::uint64_t hash_window(const std::uint32_t* tokens, std::size_t size) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < size; ++i) hash = (hash ^ tokens[i]) * 0x9E3779B97F4A7C15ULL;
  return hash;
}

// Calls found(run) for every maximal run of at least `size` tokens: all windows of b are sorted, and
// each window of a that begins a run (the tokens before it differ) is extended where it matches.
template <class Found>
void for_each_maximal_run(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                          std::size_t size, Found&& found) {
  if (size == 0 || a.size() < size || b.size() < size) return;
  std::vector<Window> windows;
  windows.reserve(b.size() - size + 1);
  for (std::size_t i = 0; i + size <= b.size(); ++i) {
    windows.push_back({hash_window(b.data() + i, size), static_cast<std::uint32_t>(i)});
  }
  std::sort(windows.begin(), windows.end());
  for (std::size_t i = 0; i + size <= a.size(); ++i) {
    const std::uint64_t hash = hash_window(a.data() + i, size);
    auto window = std::lower_bound(windows.begin(), windows.end(), Window{hash, 0});
    for (std::size_t places = 0;
         window != windows.end() && window->hash == hash && places < kPlacesPerWindow;
         ++window, ++places) {
      const std::size_t j = window->begin;
      if (i > 0 && j > 0 && a[i - 1] == b[j - 1]) continue;
      std::size_t length = 0;
      while (i + length < a.size() && j + length < b.size() && a[i + length] == b[j + length]) {
        ++length;
      }
      if (length >= size) found(SharedRun{i, j, length});
    }
  }
}

}  // namespace

SharedRun longest_shared_run(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  SharedRun longest;
  const std::size_t size = std::min({kUsualWindow, a.size(), b.size()});
  for_each_maximal_run(a, b, size, [&](const SharedRun& run) {
    if (run.length > longest.length) longest = run;
  });
  return longest;
}

std::vector<SharedRun> shared_runs(std::span<const std::uint32_t> a,
                                   std::span<const std::uint32_t> b, std::size_t minimum) {
  std::vector<SharedRun> candidates;
  for_each_maximal_run(a, b, minimum, [&](const SharedRun& run) { candidates.push_back(run); });
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const SharedRun& x, const SharedRun& y) { return x.length > y.length; });
  std::vector<char> taken_a(a.size());
  std::vector<char> taken_b(b.size());
  std::vector<SharedRun> runs;
  for (const SharedRun& candidate : candidates) {
    // What is left of the candidate once the tokens of longer runs are taken out.
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= candidate.length; ++i) {
      const bool free = i < candidate.length && taken_a[candidate.begin_a + i] == 0 &&
                        taken_b[candidate.begin_b + i] == 0;
      if (free) continue;
      if (i - begin >= minimum) {
        runs.push_back({candidate.begin_a + begin, candidate.begin_b + begin, i - begin});
        std::fill_n(taken_a.begin() + static_cast<std::ptrdiff_t>(candidate.begin_a + begin),
                    i - begin, char{1});
        std::fill_n(taken_b.begin() + static_cast<std::ptrdiff_t>(candidate.begin_b + begin),
                    i - begin, char{1});
      }
      begin = i + 1;
    }
  }
  std::sort(runs.begin(), runs.end(), [](const SharedRun& x, const SharedRun& y) {
    return std::tie(x.begin_a, x.begin_b) < std::tie(y.begin_a, y.begin_b);
  });
  return runs;
}

}  // namespace copydesk
