#include "copydesk/verify/shared_run.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <utility>
#include <vector>

namespace copydesk {

namespace {

constexpr std::size_t kUsualWindow = 4;
constexpr std::size_t kPlacesPerWindow = 64;
constexpr std::size_t kStepsBetweenLooks = 4096;  // at the stop flag

std::uint64_t hash_window(const std::uint32_t* tokens, std::size_t size) {
  std::uint64_t hash = 0;
  for (std::size_t i = 0; i < size; ++i) hash = (hash ^ tokens[i]) * 0x9E3779B97F4A7C15ULL;
  return hash;
}

// Where the windows of a text stand, by their hash: chains of places in ascending order.
class WindowIndex {
 public:
  static constexpr std::uint32_t kEnd = ~std::uint32_t{0};

  // REQUIRES: 1 <= size <= tokens.size() < 2^32 - 1.
  WindowIndex(std::span<const std::uint32_t> tokens, std::size_t size)
      : hashes_(tokens.size() - size + 1), next_(hashes_.size()) {
    const int bits = static_cast<int>(std::bit_width(hashes_.size())) + 1;
    shift_ = 64 - bits;
    first_.assign(std::size_t{1} << bits, kEnd);
    for (std::size_t i = hashes_.size(); i-- > 0;) {
      hashes_[i] = hash_window(tokens.data() + i, size);
      std::uint32_t& first = first_[hashes_[i] >> shift_];
      next_[i] = std::exchange(first, static_cast<std::uint32_t>(i));
    }
  }

  [[nodiscard]] std::uint32_t first(std::uint64_t hash) const {
    return find(hash, first_[hash >> shift_]);
  }
  [[nodiscard]] std::uint32_t next(std::uint32_t place) const {
    return find(hashes_[place], next_[place]);
  }

 private:
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, std::uint32_t place) const {
    while (place != kEnd && hashes_[place] != hash) place = next_[place];
    return place;
  }

  int shift_ = 0;
  std::vector<std::uint64_t> hashes_;
  std::vector<std::uint32_t> next_;
  std::vector<std::uint32_t> first_;  // by the upper bits of the hash
};

// Calls found(run) once for every maximal run of at least `size` tokens: all windows of b are
// indexed, and where a window of a stands in b, the run is extended both ways. A run is one stretch
// of a diagonal (begin_b - begin_a), so remembering how far each diagonal is done leaves out its
// other windows. Extending backwards matters where the first windows of a run recur too often to be
// tried. A diagonal is left out if may_matter(length) says so of the longest run that fits on it:
// two texts of one word are equal on every diagonal, and 640,000 words of it took minutes.
template <class MayMatter, class Found>
void for_each_maximal_run(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                          std::size_t size, StopFlag stop, MayMatter&& may_matter,
                          Found&& found) {
  if (size == 0 || a.size() < size || b.size() < size) return;
  const WindowIndex windows(b, size);
  // By diagonal: the end in a of its last run.
  std::vector<std::uint32_t> done(a.size() + b.size());
  for (std::size_t i = 0; i + size <= a.size(); ++i) {
    if (i % kStepsBetweenLooks == 0) stop.check();
    std::uint32_t j = windows.first(hash_window(a.data() + i, size));
    for (std::size_t places = 0; j != WindowIndex::kEnd && places < kPlacesPerWindow;
         j = windows.next(j), ++places) {
      std::uint32_t& done_until = done[j + a.size() - i];
      if (i < done_until) continue;
      if (!may_matter(std::min<std::size_t>(i, j) + std::min(a.size() - i, b.size() - j))) continue;
      std::size_t back = 0;
      while (back < i && back < j && a[i - back - 1] == b[j - back - 1]) ++back;
      std::size_t length = back;
      while (i - back + length < a.size() && j - back + length < b.size() &&
             a[i - back + length] == b[j - back + length]) {
        ++length;
      }
      done_until = static_cast<std::uint32_t>(i - back + length);
      if (length >= size) found(SharedRun{i - back, j - back, length});
    }
  }
}

// Longer runs come first, then those that begin earlier in a, then in b.
bool comes_before(const SharedRun& x, const SharedRun& y) {
  return std::tie(y.length, x.begin_a, x.begin_b) < std::tie(x.length, y.begin_a, y.begin_b);
}

}  // namespace

SharedRun longest_shared_run(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                             StopFlag stop) {
  SharedRun longest;
  const std::size_t size = std::min({kUsualWindow, a.size(), b.size()});
  for_each_maximal_run(
      a, b, size, stop, [&](std::size_t most) { return most >= longest.length; },
      [&](const SharedRun& run) {
        if (comes_before(run, longest)) longest = run;
      });
  return longest;
}

}  // namespace copydesk
