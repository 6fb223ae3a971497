// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/sentence_selection.h"

#include <algorithm>
#include <limits>

#include "copydesk/summary/sentence_openings.h"
#include "copydesk/text/utf8.h"

namespace copydesk {
namespace {

// "Yes, it is.", "Nein. Die ...", "Да, ...", whatever the language: a word of up to four letters
// with a comma or full stop behind it.
bool begins_with_short_answer(std::string_view sentence) {
  constexpr std::size_t kMostLetters = 4;
  std::size_t letters = 0, at = 0;
  for (; at < sentence.size() && letters <= kMostLetters; ++letters) {
    const auto byte = static_cast<unsigned char>(sentence[at]);
    const char lower = static_cast<char>(byte | 0x20);
    if (byte < 0x80 && (lower < 'a' || lower > 'z')) break;
    at += byte < 0x80 ? 1 : decode_utf8(sentence.data() + at).length;
  }
  if (letters == 0 || letters > kMostLetters) return false;
  return at < sentence.size() && (sentence[at] == ',' || sentence[at] == '.');
}

class Selector {
 public:
  Selector(std::string_view text, std::span<const Candidate> candidates,
           const SelectionOptions& options, const Companions& companions, StopFlag stop,
           Selection& selection)
      : text_(text),
        candidates_(candidates),
        options_(options),
        companions_(companions),
        stop_(stop),
        selection_(selection),
        budget_(options.budget, count_words(candidates), options.separator_bytes),
        openings_(candidates.size(), kUnknownOpening) {
    selection.verdicts.assign(candidates.size(), Verdict::kBudgetSpent);
    selection.cut = {};
    selection.overlaps.assign(options.novelty > 0.0 ? candidates.size() : 0, 0.0);
    if (options.mmr < 1.0) prepare_relevance();
  }

  void run() {
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (candidates_[i].is_excluded) selection_.verdicts[i] = Verdict::kExcluded;
      if (candidates_[i].is_repeated) selection_.verdicts[i] = Verdict::kRepeated;
      if (candidates_[i].is_known) selection_.verdicts[i] = Verdict::kKnown;
      has_required_ |= candidates_[i].is_required;
    }
    const auto is_required = [&](std::size_t i) {
      return is_good(i) && candidates_[i].is_required;
    };
    if (has_required_) {
      fill(is_required);
      add_chains();
      // What was asked for may hang in the air, if that on which it leans does not fit.
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (is_required(i)) take(i);
      }
    }
    fill([&](std::size_t i) { return is_good(i) && !candidates_[i].is_weak; });
    add_chains();
    // Headlines, captions and bylines do not fill up an abstract of sentences.
    if (taken_ == 0) fill([&](std::size_t i) { return is_good(i); });
    if (taken_ == 0) take_anything();
  }

 private:
  static std::size_t count_words(std::span<const Candidate> candidates) {
    std::size_t words = 0;
    for (const Candidate& candidate : candidates) words += candidate.features.words;
    return words;
  }

  bool is_open(std::size_t i) const {
    const Verdict verdict = selection_.verdicts[i];
    return verdict != Verdict::kChosen && verdict != Verdict::kKnown &&
           verdict != Verdict::kExcluded && verdict != Verdict::kRepeated;
  }
  bool is_good(std::size_t i) const {
    return is_open(i) && !candidates_[i].features.is_unbalanced &&
           candidates_[i].features.words > 0;
  }
  // Asked for again and again, found once.
  Opening opening_of(std::size_t i) {
    if (openings_[i] == kUnknownOpening) {
      openings_[i] = static_cast<std::uint8_t>(find_opening(candidates_[i].span.of(text_)));
    }
    return static_cast<Opening>(openings_[i]);
  }
  bool dangles(std::size_t i) {
    if (!options_.avoid_dangling) return false;
    const auto is_chosen = [this](std::size_t j) {
      return selection_.verdicts[j] == Verdict::kChosen;
    };
    if (answers(i) && !is_chosen(i - 1)) return true;
    return hangs_in_the_air(
        i, [this](std::size_t j) { return opening_of(j); }, is_chosen);
  }
  // Whether the sentence says yes or no to the question before it.
  bool answers(std::size_t i) const {
    return i > 0 && candidates_[i - 1].asks_next && is_open(i - 1) &&
           begins_with_short_answer(candidates_[i].span.of(text_));
  }
  bool asks(std::size_t i) const {
    return options_.avoid_dangling && candidates_[i].asks_next && is_open(i + 1);
  }
  bool fits_with_next(std::size_t i) const {
    LengthBudget left = budget_;
    return is_good(i + 1) && !asks(i + 1) && !candidates_[i + 1].is_weak && spend(left, i) &&
           spend(left, i + 1);
  }
  // Takes the sentence off what is left; false if it does not fit.
  bool spend(LengthBudget& left, std::size_t i) const {
    const Candidate& candidate = candidates_[i];
    if (!left.fits(candidate.features, candidate.span.size())) return false;
    left.take(candidate.features, candidate.span.size());
    return true;
  }
  bool leans(std::size_t i) { return dangles(i) || asks(i); }
  bool is_before(std::size_t a, std::size_t b) const {
    const double score_a = value_of(a), score_b = value_of(b);
    return score_a != score_b ? score_a > score_b : a < b;
  }
  double value_of(std::size_t i) const {
    if (options_.mmr < 1.0) {
      return options_.mmr * relevance_[i] - (1.0 - options_.mmr) * closest_[i];
    }
    return candidates_[i].score - (options_.novelty > 0.0 ? selection_.overlaps[i] : 0.0);
  }

  void prepare_relevance() {
    double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();
    for (const Candidate& candidate : candidates_) {
      low = std::min(low, candidate.score);
      high = std::max(high, candidate.score);
    }
    for (const Candidate& candidate : candidates_) {
      relevance_.push_back(high > low ? (candidate.score - low) / (high - low) : 1.0);
    }
    closest_.assign(candidates_.size(), 0.0);
  }

  struct Entry {
    double value;
    std::size_t sentence;
    // Comes later.
    bool operator<(const Entry& other) const {
      return value != other.value ? value < other.value : sentence > other.sentence;
    }
  };

  // Takes the sentence if it fits and nothing speaks against it; notes the reason if not.
  bool take(std::size_t i) {
    Verdict& verdict = selection_.verdicts[i];
    if (!spend(budget_, i)) {
      verdict = Verdict::kTooLong;
      return false;
    }
    verdict = Verdict::kChosen;
    ++taken_;
    if (options_.novelty > 0.0) companions_.choose(i);
    if (options_.mmr < 1.0) compare_with(i);
    stop_.check();
    return true;
  }

  void compare_with(std::size_t i) {
    const std::size_t first = i - std::min(i, kFarthestCompared);
    const std::size_t end = std::min(i + kFarthestCompared + 1, candidates_.size());
    similarities_.resize(end - first);
    companions_.similarity(i, first, similarities_);
    for (std::size_t other = first; other < end; ++other) {
      if (is_open(other)) {
        closest_[other] = std::max(closest_[other], similarities_[other - first]);
      }
    }
  }

  // Whether the sentence is worth less than when it was queued with `value`; brings what novelty
  // takes off it up to date. Values only fall, so a sentence that is the best with an old one and
  // stays so with the new one is the best of all [Minoux 1978].
  bool has_lost(std::size_t i, double value) {
    if (taken_ == 0) return false;
    if (options_.mmr < 1.0 && value_of(i) < value) return true;
    if (options_.novelty <= 0.0) return false;
    const double overlap = options_.novelty * companions_.overlap(i);
    const bool has_grown = overlap > selection_.overlaps[i];
    if (has_grown) selection_.overlaps[i] = overlap;
    return has_grown;
  }

  // Takes sentences that `is_eligible` in order of their value. One that leans on others waits
  // until those are chosen.
  template <class IsEligible>
  void fill(IsEligible&& is_eligible) {
    if (budget_.is_spent()) return;
    queue_.clear();
    queue_.reserve(candidates_.size());
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (is_eligible(i)) queue_.push_back({value_of(i), i});
    }
    std::make_heap(queue_.begin(), queue_.end());
    while (!queue_.empty() && !budget_.is_spent()) {
      std::pop_heap(queue_.begin(), queue_.end());
      const std::size_t i = queue_.back().sentence;
      if (has_lost(i, queue_.back().value)) {
        queue_.back().value = value_of(i);
        std::push_heap(queue_.begin(), queue_.end());
        continue;
      }
      queue_.pop_back();
      if (!is_open(i)) continue;  // it came with its question
      const bool asks_next = asks(i);
      if (dangles(i) || (asks_next && !fits_with_next(i))) {
        selection_.verdicts[i] = Verdict::kDangling;
        continue;
      }
      if (!take(i)) continue;
      if (asks_next) take(i + 1);
      const std::size_t last = std::min(i + kFarthestSupport, candidates_.size() - 1);
      for (std::size_t next = i > 0 ? i - 1 : 1; next <= last; ++next) {
        if (selection_.verdicts[next] != Verdict::kDangling || !is_eligible(next)) continue;
        if (leans(next)) continue;
        selection_.verdicts[next] = Verdict::kBudgetSpent;
        queue_.push_back({value_of(next), next});
        std::push_heap(queue_.begin(), queue_.end());
      }
    }
  }

  // With room left, sentences that lean on others come in together with those: questions with what
  // follows, the rest with what is before.
  void add_chains() {
    if (budget_.is_spent()) return;
    std::vector<std::size_t> waiting;
    for (std::size_t i = 0; i < candidates_.size(); ++i) {
      if (selection_.verdicts[i] == Verdict::kDangling) waiting.push_back(i);
    }
    std::sort(waiting.begin(), waiting.end(),
              [this](std::size_t a, std::size_t b) { return is_before(a, b); });
    for (const std::size_t asked : waiting) {
      if (budget_.is_spent()) return;
      stop_.check();
      if (!is_open(asked)) continue;
      std::size_t first = asked, last = asked;
      LengthBudget left = budget_;
      const auto has_room = [&](std::size_t i) {
        return is_good(i) && last - first < kLongestChain && spend(left, i);
      };
      bool fits = has_room(asked);
      while (fits && asks(last)) fits = has_room(++last);
      while (fits && dangles(first)) fits = has_room(--first);
      if (!fits) continue;
      for (std::size_t i = first; i <= last; ++i) {
        if (!take(i)) break;
      }
    }
  }

  // An abstract is never empty: the best sentence that fits, whatever its faults; or the beginning
  // of the best one.
  void take_anything() {
    const auto best = [this](auto&& is_eligible) {
      std::size_t found = candidates_.size();
      for (std::size_t i = 0; i < candidates_.size(); ++i) {
        if (!is_open(i) || candidates_[i].features.words == 0 || !is_eligible(i)) continue;
        if (found == candidates_.size() || is_before(i, found)) found = i;
      }
      return found;
    };
    const auto fits = [this](std::size_t i) {
      return budget_.fits(candidates_[i].features, candidates_[i].span.size());
    };
    std::size_t i = best([&](std::size_t c) { return fits(c) && !candidates_[c].is_weak; });
    if (i == candidates_.size()) i = best(fits);
    if (i < candidates_.size()) {
      take(i);
      return;
    }
    i = best([&](std::size_t c) { return !candidates_[c].is_weak && is_good(c) && !dangles(c); });
    if (i == candidates_.size()) i = best([](std::size_t) { return true; });
    if (i == candidates_.size()) return;
    const TextSpan span = candidates_[i].span;
    const std::size_t size = cut_to_fit(span.of(text_), budget_);
    if (size == 0) return;
    selection_.verdicts[i] = Verdict::kCut;
    selection_.cut = {span.begin, span.begin + size};
  }

  static constexpr std::uint8_t kUnknownOpening = 255;

  std::string_view text_;
  std::span<const Candidate> candidates_;
  const SelectionOptions& options_;
  const Companions& companions_;
  StopFlag stop_;
  Selection& selection_;
  LengthBudget budget_;
  std::vector<std::uint8_t> openings_;
  std::vector<double> relevance_, closest_;
  std::vector<double> similarities_;  // to the sentence taken last
  std::vector<Entry> queue_;          // a heap
  std::size_t taken_ = 0;
  bool has_required_ = false;
};

}  // namespace

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::kChosen:
      return "chosen";
    case Verdict::kCut:
      return "cut";
    case Verdict::kBudgetSpent:
      return "budget spent";
    case Verdict::kTooLong:
      return "does not fit";
    case Verdict::kDangling:
      return "leans on a sentence not chosen";
    case Verdict::kFragment:
      return "no whole sentence";
    case Verdict::kUnbalanced:
      return "half a quotation";
    case Verdict::kRepeated:
      return "repeated";
    case Verdict::kKnown:
      return "in the earlier version";
    case Verdict::kExcluded:
      return "excluded";
  }
  return "";
}

void select_sentences(std::string_view text, std::span<const Candidate> candidates,
                      const SelectionOptions& options, const Companions& companions, StopFlag stop,
                      Selection& selection) {
  Selector selector(text, candidates, options, companions, stop, selection);
  selector.run();
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (selection.verdicts[i] != Verdict::kBudgetSpent) continue;
    if (candidates[i].features.is_unbalanced) {
      selection.verdicts[i] = Verdict::kUnbalanced;
    } else if (candidates[i].is_weak || candidates[i].features.words == 0) {
      selection.verdicts[i] = Verdict::kFragment;
    }
  }
}

}  // namespace copydesk
