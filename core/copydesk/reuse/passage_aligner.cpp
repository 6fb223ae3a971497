// SPDX-License-Identifier: Apache-2.0
#include "copydesk/reuse/passage_aligner.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "copydesk/error.h"

namespace copydesk {

namespace {

// A chain of which more than this lies in passages already found, on one side, is a repeat.
constexpr double kMostCovered = 0.7;
// Tokens at a time that an extension is offered. It rarely gets through the first few; if it does,
// it is offered more, and if it gets through these, too, the rest is another round.
constexpr std::size_t kFirstTokens = 48;
constexpr std::size_t kExtensionTokens = 512;
// In long texts chains of fewer exact tokens than this are chance and are not extended.
constexpr std::size_t kFewestInChain = 8;
constexpr std::size_t kLongTexts = 8192;  // both together

std::size_t count_tokens(std::span<const SharedRun> chain) {
  std::size_t tokens = 0;
  for (const SharedRun& run : chain) tokens += run.length;
  return tokens;
}

std::size_t count_covered(const std::vector<bool>& covered, std::size_t begin, std::size_t end) {
  std::size_t count = 0;
  for (std::size_t i = begin; i < end; ++i) count += covered[i] ? 1 : 0;
  return count;
}

void append_run(std::vector<SharedRun>& runs, const SharedRun& run) {
  if (!runs.empty() && runs.back().begin_a + runs.back().length == run.begin_a &&
      runs.back().begin_b + runs.back().length == run.begin_b) {
    runs.back().length += run.length;
  } else {
    runs.push_back(run);
  }
}

}  // namespace

PassageAligner::PassageAligner(const PassageOptions& options) : options_(options) {
  if (options.seed_tokens < 1 || options.minimum_tokens < 1 || options.drop < 0) {
    throw Error(ErrorCode::kInvalidOption,
                "a passage needs seeds and a minimum of at least one token, and no negative drop");
  }
}

void PassageAligner::prepare(std::span<const std::uint32_t> a) {
  a_ = a;
  matcher_.prepare(a, std::min(options_.seed_tokens, options_.minimum_tokens));
}

// The best chain is taken first and extended; what others have in common with it is then covered,
// so that one passage is not reported twice.
std::vector<Passage> PassageAligner::align(std::span<const std::uint32_t> b) {
  const bool is_long = a_.size() + b.size() > kLongTexts;
  const bool may_leave_out = is_long && options_.most_gap <= ExactMatcher::kNear;
  const std::span<const SharedRun> matches =
      matcher_.find(b, options_.stop, may_leave_out ? kFewestInChain : 0);
  link_matches(matches, options_.most_gap, links_);
  order_.resize(matches.size());
  std::iota(order_.begin(), order_.end(), std::uint32_t{0});
  std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t x, std::uint32_t y) {
    return links_[x].score > links_[y].score;
  });
  is_used_.assign(matches.size(), false);
  covered_a_.assign(a_.size(), false);
  covered_b_.assign(b.size(), false);

  std::vector<Passage> passages;
  std::vector<SharedRun> chain;
  for (const std::uint32_t last : order_) {
    options_.stop.check();
    if (is_used_[last]) continue;
    chain.clear();
    for (std::uint32_t i = last; i != ChainLink::kNone && !is_used_[i]; i = links_[i].previous) {
      is_used_[i] = true;
      chain.push_back(matches[i]);
    }
    std::reverse(chain.begin(), chain.end());
    if (is_long && count_tokens(chain) < kFewestInChain) continue;
    if (!passages.empty() && is_covered(chain)) continue;
    Passage passage = make_passage(chain, b);
    if (passage.matched < options_.minimum_tokens) continue;
    std::fill(covered_a_.begin() + static_cast<std::ptrdiff_t>(passage.begin_a),
              covered_a_.begin() + static_cast<std::ptrdiff_t>(passage.end_a), true);
    std::fill(covered_b_.begin() + static_cast<std::ptrdiff_t>(passage.begin_b),
              covered_b_.begin() + static_cast<std::ptrdiff_t>(passage.end_b), true);
    passages.push_back(std::move(passage));
  }
  std::sort(passages.begin(), passages.end(), [](const Passage& x, const Passage& y) {
    return std::tie(x.begin_a, x.begin_b) < std::tie(y.begin_a, y.begin_b);
  });
  return passages;
}

bool PassageAligner::is_covered(const std::vector<SharedRun>& chain) const {
  const std::size_t begin_a = chain.front().begin_a;
  const std::size_t end_a = chain.back().begin_a + chain.back().length;
  const std::size_t begin_b = chain.front().begin_b;
  const std::size_t end_b = chain.back().begin_b + chain.back().length;
  const auto most_a = kMostCovered * static_cast<double>(end_a - begin_a);
  const auto most_b = kMostCovered * static_cast<double>(end_b - begin_b);
  return static_cast<double>(count_covered(covered_a_, begin_a, end_a)) > most_a ||
         static_cast<double>(count_covered(covered_b_, begin_b, end_b)) > most_b;
}

Passage PassageAligner::make_passage(const std::vector<SharedRun>& chain,
                                     std::span<const std::uint32_t> b) {
  before_.clear();
  after_.clear();
  if (options_.drop > 0) {
    extend_back(chain.front(), b);
    extend_on(chain.back(), b);
  }
  Passage passage;
  for (const SharedRun& run : before_) append_run(passage.runs, run);
  append_run(passage.runs, chain.front());
  for (std::size_t i = 1; i < chain.size(); ++i) {
    options_.stop.check();
    SharedRun next = chain[i];
    const std::size_t overlap = overlap_of(chain[i - 1], next);
    next = {next.begin_a + overlap, next.begin_b + overlap, next.length - overlap};
    const std::size_t end_a = chain[i - 1].begin_a + chain[i - 1].length;
    const std::size_t end_b = chain[i - 1].begin_b + chain[i - 1].length;
    gap_.clear();
    extender_.fill(a_.subspan(end_a, next.begin_a - end_a), b.subspan(end_b, next.begin_b - end_b),
                   gap_);
    for (std::size_t g = gap_.size(); g-- > 0;) {
      append_run(passage.runs, {end_a + gap_[g].begin_a, end_b + gap_[g].begin_b, gap_[g].length});
    }
    append_run(passage.runs, next);
  }
  for (const SharedRun& run : after_) append_run(passage.runs, run);
  passage.begin_a = passage.runs.front().begin_a;
  passage.begin_b = passage.runs.front().begin_b;
  passage.end_a = passage.runs.back().begin_a + passage.runs.back().length;
  passage.end_b = passage.runs.back().begin_b + passage.runs.back().length;
  for (const SharedRun& run : passage.runs) passage.matched += run.length;
  return passage;
}

// Both extensions stop where a passage found before begins.
void PassageAligner::extend_back(const SharedRun& first, std::span<const std::uint32_t> b) {
  std::size_t end_a = first.begin_a;
  std::size_t end_b = first.begin_b;
  for (;;) {
    options_.stop.check();
    Extension reach;
    for (const std::size_t most : {kFirstTokens, kExtensionTokens}) {
      reversed_a_.clear();
      reversed_b_.clear();
      for (std::size_t i = end_a; i > 0 && !covered_a_[i - 1] && end_a - i < most; --i) {
        reversed_a_.push_back(a_[i - 1]);
      }
      for (std::size_t j = end_b; j > 0 && !covered_b_[j - 1] && end_b - j < most; --j) {
        reversed_b_.push_back(b[j - 1]);
      }
      gap_.clear();
      reach = extender_.extend(reversed_a_, reversed_b_, options_.drop, gap_);
      if (reach.is_final || (reversed_a_.size() < most && reversed_b_.size() < most)) break;
    }
    if (reach.length_a == 0) break;
    // The runs come last first, that is, in the order of the texts reversed back: farthest first.
    std::vector<SharedRun> round;
    for (const SharedRun& run : gap_) {
      round.push_back(
          {end_a - run.begin_a - run.length, end_b - run.begin_b - run.length, run.length});
    }
    before_.insert(before_.begin(), round.begin(), round.end());
    end_a -= reach.length_a;
    end_b -= reach.length_b;
  }
}

void PassageAligner::extend_on(const SharedRun& last, std::span<const std::uint32_t> b) {
  std::size_t begin_a = last.begin_a + last.length;
  std::size_t begin_b = last.begin_b + last.length;
  for (;;) {
    options_.stop.check();
    Extension reach;
    for (const std::size_t most : {kFirstTokens, kExtensionTokens}) {
      std::size_t end_a = begin_a;
      std::size_t end_b = begin_b;
      while (end_a < a_.size() && !covered_a_[end_a] && end_a - begin_a < most) ++end_a;
      while (end_b < b.size() && !covered_b_[end_b] && end_b - begin_b < most) ++end_b;
      gap_.clear();
      reach = extender_.extend(a_.subspan(begin_a, end_a - begin_a),
                               b.subspan(begin_b, end_b - begin_b), options_.drop, gap_);
      if (reach.is_final || (end_a - begin_a < most && end_b - begin_b < most)) break;
    }
    if (reach.length_a == 0) break;
    for (std::size_t g = gap_.size(); g-- > 0;) {
      after_.push_back({begin_a + gap_[g].begin_a, begin_b + gap_[g].begin_b, gap_[g].length});
    }
    begin_a += reach.length_a;
    begin_b += reach.length_b;
  }
}

std::vector<Passage> align(std::span<const std::uint32_t> a, std::span<const std::uint32_t> b,
                           const PassageOptions& options) {
  PassageAligner aligner(options);
  aligner.prepare(a);
  return aligner.align(b);
}

std::vector<Passage> align(const TokenList& a, const TokenList& b, const PassageOptions& options) {
  std::vector<std::uint32_t> tokens_a, tokens_b;
  take_low_halves(a.hashes, tokens_a);
  take_low_halves(b.hashes, tokens_b);
  return align(tokens_a, tokens_b, options);
}

}  // namespace copydesk
