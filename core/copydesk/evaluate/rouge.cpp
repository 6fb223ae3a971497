// SPDX-License-Identifier: Apache-2.0
//
// C.-Y. Lin, "ROUGE: a package for automatic evaluation of summaries", 2004, in the details as
// rouge_score computes it.
#include "copydesk/evaluate/rouge.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace copydesk {
namespace {

// An n-gram of the candidate's that the reference does not have.
constexpr std::uint32_t kUnshared = 0xFFFFFFFF;

// Above this many entries the vocabulary is dropped between two calls, to bound memory.
constexpr std::size_t kMaxVocabulary = std::size_t{1} << 20;

RougeScore score_of(std::size_t shared, std::size_t in_reference, std::size_t in_candidate) {
  RougeScore score;
  const auto share = [&](std::size_t all) {
    return all == 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(all);
  };
  score.precision = share(in_candidate);
  score.recall = share(in_reference);
  if (score.precision + score.recall > 0) {
    score.f1 = 2 * score.precision * score.recall / (score.precision + score.recall);
  }
  return score;
}

std::size_t ngrams_in(std::size_t tokens, std::size_t n) {
  return tokens < n ? 0 : tokens - n + 1;
}

std::size_t ngram_length(RougeMeasure measure) {
  return measure <= RougeMeasure::kRouge9 ? static_cast<std::size_t>(measure) : 0;
}

}  // namespace

std::optional<RougeMeasure> parse_rouge_measure(std::string_view name) {
  if (name == "rougeL") return RougeMeasure::kRougeL;
  if (name == "rougeLsum") return RougeMeasure::kRougeLsum;
  if (name.size() == 6 && name.starts_with("rouge") && name[5] >= '1' && name[5] <= '9') {
    return static_cast<RougeMeasure>(name[5] - '0');
  }
  return std::nullopt;
}

std::string to_string(RougeMeasure measure) {
  if (measure == RougeMeasure::kRougeL) return "rougeL";
  if (measure == RougeMeasure::kRougeLsum) return "rougeLsum";
  return "rouge" + std::to_string(static_cast<int>(measure));
}

RougeScorer::RougeScorer(RougeOptions options)
    : options_(std::move(options)), tokenizer_(options_.tokens, options_.stem) {}

std::vector<RougeScore> RougeScorer::score(std::string_view reference, std::string_view candidate) {
  if (tokenizer_.vocabulary() > kMaxVocabulary) tokenizer_.forget();
  tokenizer_.tokenize(candidate, candidate_);
  tokenizer_.tokenize(reference, reference_);
  return score_tokens();
}

std::vector<RougeScore> RougeScorer::score(std::span<const std::string> references,
                                           std::string_view candidate) {
  assert(!references.empty());
  if (tokenizer_.vocabulary() > kMaxVocabulary) tokenizer_.forget();
  tokenizer_.tokenize(candidate, candidate_);
  std::vector<RougeScore> best;
  for (const std::string& reference : references) {
    tokenizer_.tokenize(reference, reference_);
    std::vector<RougeScore> scores = score_tokens();
    if (best.empty()) {
      best = std::move(scores);
      continue;
    }
    for (std::size_t i = 0; i < best.size(); ++i) {
      if (scores[i].f1 > best[i].f1) best[i] = scores[i];
    }
  }
  return best;
}

std::vector<RougeScore> RougeScorer::score_tokens() {
  const std::size_t in_reference = reference_.tokens.size();
  const std::size_t in_candidate = candidate_.tokens.size();
  std::vector<RougeScore> scores(options_.measures.size());

  std::size_t longest = 0;
  for (const RougeMeasure measure : options_.measures) {
    longest = std::max(longest, ngram_length(measure));
  }
  name_ngrams(1);
  for (std::size_t i = 0; i < scores.size(); ++i) {
    if (options_.measures[i] == RougeMeasure::kRougeL) {
      subsequence_.set_reference(reference_ngrams_);
      scores[i] = score_of(subsequence_.length(candidate_ngrams_), in_reference, in_candidate);
    } else if (options_.measures[i] == RougeMeasure::kRougeLsum) {
      scores[i] = score_of(shared_in_lines(), in_reference, in_candidate);
    }
  }
  for (std::size_t n = 1; n <= longest; ++n) {
    if (n > 1) name_ngrams(n);
    const RougeScore score =
        score_of(shared_ngrams(), ngrams_in(in_reference, n), ngrams_in(in_candidate, n));
    for (std::size_t i = 0; i < scores.size(); ++i) {
      if (ngram_length(options_.measures[i]) == n) scores[i] = score;
    }
  }
  return scores;
}

// An n-gram is the (n - 1)-gram at the same place and one token more, so that its number follows
// exactly (no hashing of sequences) from the numbers of the round before.
void RougeScorer::name_ngrams(std::size_t n) {
  const auto key_at = [n](const std::vector<std::uint32_t>& shorter, const RougeText& text,
                          std::size_t i) {
    const std::uint64_t head = n == 1 ? 0 : shorter[i];
    return head << 32 | text.tokens[i + n - 1];
  };
  keys_.clear();
  for (std::size_t i = 0; i < ngrams_in(reference_.tokens.size(), n); ++i) {
    keys_.push_back(key_at(reference_ngrams_, reference_, i));
  }
  std::sort(keys_.begin(), keys_.end());
  keys_.erase(std::unique(keys_.begin(), keys_.end()), keys_.end());

  const auto rename = [&](std::vector<std::uint32_t>& ngrams, const RougeText& text) {
    ngrams.resize(ngrams_in(text.tokens.size(), n));
    for (std::size_t i = 0; i < ngrams.size(); ++i) {
      const std::uint64_t key = key_at(ngrams, text, i);
      const auto place = std::lower_bound(keys_.begin(), keys_.end(), key);
      ngrams[i] = place != keys_.end() && *place == key
                      ? static_cast<std::uint32_t>(place - keys_.begin())
                      : kUnshared;
    }
  };
  rename(reference_ngrams_, reference_);
  rename(candidate_ngrams_, candidate_);
}

// Each n-gram counts as often as it occurs in both.
std::size_t RougeScorer::shared_ngrams() {
  reference_count_.assign(keys_.size(), 0);
  for (const std::uint32_t ngram : reference_ngrams_) ++reference_count_[ngram];
  std::size_t shared = 0;
  for (const std::uint32_t ngram : candidate_ngrams_) {
    if (ngram == kUnshared || reference_count_[ngram] == 0) continue;
    --reference_count_[ngram];
    ++shared;
  }
  return shared;
}

// The union over the candidate's lines of what each has in common with a line of the reference,
// for all lines of the reference. A token counts at most as often as it occurs in either text.
// Works on the numbers of single tokens, so it stands between name_ngrams(1) and name_ngrams(2).
std::size_t RougeScorer::shared_in_lines() {
  reference_count_.assign(keys_.size(), 0);
  candidate_count_.assign(keys_.size(), 0);
  for (const std::uint32_t token : reference_ngrams_) ++reference_count_[token];
  for (const std::uint32_t token : candidate_ngrams_) {
    if (token != kUnshared) ++candidate_count_[token];
  }

  const auto line = [](const std::vector<std::uint32_t>& tokens, const RougeText& text,
                       std::size_t i) {
    return std::span(tokens).subspan(text.line_begin[i],
                                     text.line_begin[i + 1] - text.line_begin[i]);
  };
  std::size_t shared = 0;
  for (std::size_t r = 0; r < reference_.lines(); ++r) {
    const std::span<const std::uint32_t> tokens = line(reference_ngrams_, reference_, r);
    if (tokens.empty()) continue;
    subsequence_.set_reference(tokens);
    marks_.assign(tokens.size(), 0);
    for (std::size_t c = 0; c < candidate_.lines(); ++c) {
      subsequence_.mark(line(candidate_ngrams_, candidate_, c), marks_);
    }
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const std::uint32_t token = tokens[i];
      if (marks_[i] == 0 || reference_count_[token] == 0 || candidate_count_[token] == 0) continue;
      --reference_count_[token];
      --candidate_count_[token];
      ++shared;
    }
  }
  return shared;
}

}  // namespace copydesk
