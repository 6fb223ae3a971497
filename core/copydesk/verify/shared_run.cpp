#include "copydesk/verify/shared_run.h"

#include <algorithm>
#include <tuple>
#include <vector>

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

// Calls found(run) once for every maximal run of at least `size` tokens: all windows of b are sorted,
// and where a window of a stands in b, the run is extended both ways. A run is one stretch of a
// diagonal (begin_b - begin_a), so remembering how far each diagonal is done leaves out its other
// windows. Extending backwards matters where the first windows of a run recur too often to be tried.
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
  std::vector<std::size_t> done(a.size() + b.size());  // by diagonal: the end in a of its last run
  for (std::size_t i = 0; i + size <= a.size(); ++i) {
    const std::uint64_t hash = hash_window(a.data() + i, size);
    auto window = std::lower_bound(windows.begin(), windows.end(), Window{hash, 0});
    for (std::size_t places = 0;
         window != windows.end() && window->hash == hash && places < kPlacesPerWindow;
         ++window, ++places) {
      const std::size_t j = window->begin;
      std::size_t& done_until = done[j + a.size() - i];
      if (i < done_until) continue;
      std::size_t back = 0;
      while (back < i && back < j && a[i - back - 1] == b[j - back - 1]) ++back;
      std::size_t length = back;
      while (i - back + length < a.size() && j - back + length < b.size() &&
             a[i - back + length] == b[j - back + length]) {
        ++length;
      }
      done_until = i - back + length;
      if (length >= size) found(SharedRun{i - back, j - back, length});
    }
  }
}

// Longer runs come first, then those that begin earlier in a, then in b.
bool comes_before(const SharedRun& x, const SharedRun& y) {
  return std::tie(y.length, x.begin_a, x.begin_b) < std::tie(x.length, y.begin_a, y.begin_b);
}

}  // namespace

SharedRun longest_shared_run(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b) {
  SharedRun longest;
  const std::size_t size = std::min({kUsualWindow, a.size(), b.size()});
  for_each_maximal_run(a, b, size, [&](const SharedRun& run) {
    if (comes_before(run, longest)) longest = run;
  });
  return longest;
}

}  // namespace copydesk
