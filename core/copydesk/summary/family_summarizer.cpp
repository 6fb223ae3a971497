// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/family_summarizer.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <queue>
#include <unordered_set>
#include <utility>

#include "copydesk/summary/family_concepts.h"
#include "copydesk/summary/length_budget.h"
#include "copydesk/summary/sentence_openings.h"

namespace copydesk {

namespace {

// With mmr a sentence is compared with no more of those that were chosen before it.
constexpr std::size_t kMostCompared = 2000;

}  // namespace

struct FamilySummarizer::State {
  State(const SummaryOptions& wanted, const FamilyWeights& family_weights, const CorpusIdf* idf)
      : options(wanted),
        weights(family_weights),
        concepts(wanted, family_weights, idf),
        single(wanted, idf) {}

  [[nodiscard]] double gain_of(std::size_t node) const;
  [[nodiscard]] double value_of(std::size_t node);
  [[nodiscard]] double likeness(std::size_t a, std::size_t b);
  [[nodiscard]] bool dangles(std::size_t node) const;
  [[nodiscard]] bool fits(std::size_t node) const;
  void prepare();
  void take(std::size_t node);
  void release_waiting(std::size_t node, const std::function<void(std::size_t)>& add);
  template <class IsEligible>
  void cover(IsEligible&& is_eligible);
  void find_missing(std::span<const FamilyMember> members, FamilySummary& summary);
  void take_required(std::span<const FamilyMember> members);
  void choose(std::span<const FamilyMember> members);
  void summarize_single(std::span<const FamilyMember> members, FamilySummary& summary);

  SummaryOptions options;
  FamilyWeights weights;
  FamilyConcepts concepts;
  ArticleSummarizer single;
  Summary single_summary;
  TokenList tokens;

  // By node.
  std::vector<Verdict> verdicts;
  std::vector<double> factor;  // gains are multiplied by it: query, length and place
  std::vector<double> scores;
  std::vector<double> closest;        // likeness to the closest chosen sentence
  std::vector<std::size_t> compared;  // with so many of the chosen
  std::vector<std::size_t> chosen;
  std::vector<bool> is_covered, is_marked;  // by concept
  double most_gain = 0.0;                   // of any node before anything is chosen
  std::optional<LengthBudget> budget;
  StopFlag stop;
  std::unordered_set<std::size_t> waiting;  // nodes that would hang in the air
};

double FamilySummarizer::State::gain_of(std::size_t node) const {
  double gain = 0.0;
  for (const std::uint32_t term : concepts.rows.terms_of(node)) {
    if (!is_covered[term]) gain += concepts.weight[term];
  }
  return gain * factor[node];
}

// The cosine of two sentences as sets of concepts.
double FamilySummarizer::State::likeness(std::size_t a, std::size_t b) {
  const auto first = concepts.rows.terms_of(a), second = concepts.rows.terms_of(b);
  if (first.empty() || second.empty()) return 0.0;
  for (const std::uint32_t term : first) is_marked[term] = true;
  double shared = 0.0;
  for (const std::uint32_t term : second) shared += is_marked[term] ? 1.0 : 0.0;
  for (const std::uint32_t term : first) is_marked[term] = false;
  return shared / std::sqrt(static_cast<double>(first.size()) * static_cast<double>(second.size()));
}

// What decides. It never grows while sentences are chosen.
double FamilySummarizer::State::value_of(std::size_t node) {
  scores[node] = gain_of(node);
  const double mmr = options.selection.mmr;
  if (mmr >= 1.0) return scores[node];
  const std::size_t end = std::min(chosen.size(), kMostCompared);
  for (; compared[node] < end; ++compared[node]) {
    closest[node] = std::max(closest[node], likeness(chosen[compared[node]], node));
  }
  const double relevance = most_gain > 0.0 ? scores[node] / most_gain : 0.0;
  return mmr * relevance - (1.0 - mmr) * closest[node];
}

bool FamilySummarizer::State::dangles(std::size_t node) const {
  if (!options.selection.avoid_dangling) return false;
  const std::span<const std::uint32_t> text = concepts.nodes_of(concepts.nodes[node].member);
  return hangs_in_the_air(
      concepts.nodes[node].number, [&](std::size_t i) { return concepts.nodes[text[i]].opening; },
      [&](std::size_t i) { return verdicts[text[i]] == Verdict::kChosen; });
}

bool FamilySummarizer::State::fits(std::size_t node) const {
  return budget->fits(concepts.nodes[node].features, concepts.nodes[node].span.size());
}

void FamilySummarizer::State::prepare() {
  const std::size_t count = concepts.nodes.size();
  std::size_t words = 0;
  for (const FamilyNode& node : concepts.nodes) words += node.features.words;
  budget.emplace(options.selection.budget, words, options.selection.separator_bytes);
  is_covered.assign(concepts.rows.terms(), false);
  is_marked.assign(concepts.rows.terms(), false);
  verdicts.assign(count, Verdict::kBudgetSpent);
  scores.assign(count, 0.0);
  closest.assign(count, 0.0);
  compared.assign(count, 0);
  chosen.clear();
  waiting.clear();
  factor.resize(count);
  TokenList query;
  if (!options.query.empty()) concepts.tokenize(options.query, query);
  most_gain = 0.0;
  for (std::size_t i = 0; i < count; ++i) {
    if (i % 1024 == 0) stop.check();
    const FamilyNode& node = concepts.nodes[i];
    if (node.is_excluded) verdicts[i] = Verdict::kExcluded;
    if (node.is_known) verdicts[i] = Verdict::kKnown;
    const double length = std::max<std::uint32_t>(node.features.words, 1);
    factor[i] = 1.0 / (std::pow(length, weights.length_exponent) *
                       std::pow(1.0 + node.position, weights.position_exponent));
    if (query.size() > 0) {
      factor[i] *= 1.0 + options.weights.query * concepts.share_of_query(i, query);
    }
    most_gain = std::max(most_gain, gain_of(i));
  }
}

void FamilySummarizer::State::take(std::size_t node) {
  scores[node] = gain_of(node);
  verdicts[node] = Verdict::kChosen;
  budget->take(concepts.nodes[node].features, concepts.nodes[node].span.size());
  for (const std::uint32_t term : concepts.rows.terms_of(node)) is_covered[term] = true;
  chosen.push_back(node);
}

// Sentences that leaned on the chosen node may follow now.
void FamilySummarizer::State::release_waiting(std::size_t node,
                                              const std::function<void(std::size_t)>& add) {
  const std::span<const std::uint32_t> text = concepts.nodes_of(concepts.nodes[node].member);
  const std::size_t number = concepts.nodes[node].number;
  const std::size_t last = std::min(number + kFarthestSupport, text.size() - 1);
  for (std::size_t i = number + 1; i <= last; ++i) {
    const std::size_t next = text[i];
    if (!waiting.contains(next) || dangles(next)) continue;
    waiting.erase(next);
    verdicts[next] = Verdict::kBudgetSpent;
    add(next);
  }
}

// Lazy greedy: values only fall as concepts are covered, so a sentence whose value, found anew, is
// still at the top is the best of all [Minoux 1978].
template <class IsEligible>
void FamilySummarizer::State::cover(IsEligible&& is_eligible) {
  struct Entry {
    double value;
    std::size_t node;
    std::size_t round;
    bool operator<(const Entry& other) const {
      return value != other.value ? value < other.value : node > other.node;
    }
  };
  if (budget->is_spent()) return;
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < concepts.nodes.size(); ++i) {
    if (verdicts[i] == Verdict::kBudgetSpent && is_eligible(concepts.nodes[i])) {
      entries.push_back({value_of(i), i, chosen.size()});
    }
  }
  std::priority_queue<Entry> queue({}, std::move(entries));
  while (!queue.empty() && !budget->is_spent()) {
    stop.check();
    Entry entry = queue.top();
    queue.pop();
    if (entry.round != chosen.size()) {
      queue.push({value_of(entry.node), entry.node, chosen.size()});
      continue;
    }
    if (dangles(entry.node)) {
      verdicts[entry.node] = Verdict::kDangling;
      waiting.insert(entry.node);
      continue;
    }
    if (!fits(entry.node)) {
      verdicts[entry.node] = Verdict::kTooLong;
      continue;
    }
    take(entry.node);
    release_waiting(entry.node, [&](std::size_t next) {
      queue.push({value_of(next), next, chosen.size()});
    });
  }
}

// For each term the sentence with it that adds most.
void FamilySummarizer::State::take_required(std::span<const FamilyMember> members) {
  for (const std::string& term : options.must_include) {
    TokenList wanted;
    concepts.tokenize(term, wanted);
    if (wanted.size() == 0) continue;
    const auto has_term = [&](std::size_t node) {
      stop.check();
      const FamilyNode& sentence = concepts.nodes[node];
      concepts.tokenize(sentence.span.of(members[sentence.member].text), tokens);
      return std::search(tokens.hashes.begin(), tokens.hashes.end(), wanted.hashes.begin(),
                         wanted.hashes.end()) != tokens.hashes.end();
    };
    if (std::any_of(chosen.begin(), chosen.end(), has_term)) continue;
    std::size_t best = concepts.nodes.size();
    for (std::size_t i = 0; i < concepts.nodes.size(); ++i) {
      if (verdicts[i] != Verdict::kBudgetSpent || concepts.nodes[i].features.is_unbalanced ||
          !fits(i) || !has_term(i)) {
        continue;
      }
      const auto merit = [&](std::size_t node) { return std::pair(!dangles(node), gain_of(node)); };
      if (best == concepts.nodes.size() || merit(i) > merit(best)) best = i;
    }
    if (best < concepts.nodes.size()) take(best);
  }
}

void FamilySummarizer::State::find_missing(std::span<const FamilyMember> members,
                                           FamilySummary& summary) {
  for (const std::string& term : options.must_include) {
    TokenList wanted;
    concepts.tokenize(term, wanted);
    const bool is_there = std::any_of(
        summary.sentences.begin(), summary.sentences.end(), [&](const FamilySentence& sentence) {
          concepts.tokenize(sentence.span.of(members[sentence.member].text), tokens);
          return std::search(tokens.hashes.begin(), tokens.hashes.end(), wanted.hashes.begin(),
                             wanted.hashes.end()) != tokens.hashes.end();
        });
    if (!is_there) summary.missing.push_back(term);
  }
}

void FamilySummarizer::State::choose(std::span<const FamilyMember> members) {
  prepare();
  take_required(members);
  const auto is_good = [](const FamilyNode& node) {
    return !node.features.is_unbalanced && node.features.words > 0;
  };
  cover([&](const FamilyNode& node) { return is_good(node) && !node.is_weak; });
  if (chosen.empty()) cover(is_good);
  for (std::size_t i = 0; i < concepts.nodes.size(); ++i) {
    const bool is_left = verdicts[i] == Verdict::kBudgetSpent;
    if (!is_left) continue;
    if (concepts.nodes[i].features.is_unbalanced) {
      verdicts[i] = Verdict::kUnbalanced;
    } else if (concepts.nodes[i].is_weak) {
      verdicts[i] = Verdict::kFragment;
    }
  }
  if (!chosen.empty()) return;
  // Whatever fits, and else the beginning of the first sentence with a word.
  const auto is_possible = [&](std::size_t i) {
    return verdicts[i] != Verdict::kKnown && verdicts[i] != Verdict::kExcluded &&
           concepts.nodes[i].features.words > 0;
  };
  for (std::size_t i = 0; i < concepts.nodes.size() && chosen.empty(); ++i) {
    if (is_possible(i) && fits(i)) take(i);
  }
  for (std::size_t i = 0; i < concepts.nodes.size() && chosen.empty(); ++i) {
    if (!is_possible(i)) continue;
    TextSpan& span = concepts.nodes[i].span;
    const std::size_t size = cut_to_fit(span.of(members[concepts.nodes[i].member].text), *budget);
    if (size == 0) return;
    span.end = span.begin + size;
    verdicts[i] = Verdict::kCut;
    return;
  }
}

// Copies of one text: its own abstract, by the ranking for single texts.
void FamilySummarizer::State::summarize_single(std::span<const FamilyMember> members,
                                               FamilySummary& summary) {
  const std::uint32_t source = concepts.order.front();
  const FamilyMember& member = members[source];
  const std::string_view text = member.text.substr(0, concepts.ranked_bytes[source]);
  single.summarize({text, member.title, {}, member.excluded, member.language, stop},
                   single_summary);
  summary.missing = single_summary.missing;
  for (std::size_t i = 0; i < single_summary.sentences.size(); ++i) {
    const SummarySentence& sentence = single_summary.sentences[i];
    const FamilyNode& node = concepts.nodes[concepts.nodes_of(source)[i]];
    summary.all.push_back(
        {source, sentence.span, sentence.score.total, node.printed_by, sentence.verdict});
    const TextSpan span = single_summary.span_of(sentence);
    if (span.empty()) continue;
    summary.sentences.push_back(summary.all.back());
    summary.sentences.back().span = span;
  }
}

FamilySummarizer::FamilySummarizer(const SummaryOptions& options, const FamilyWeights& weights,
                                   const CorpusIdf* idf)
    : state_(std::make_unique<State>(options, weights, idf)) {}
FamilySummarizer::~FamilySummarizer() = default;
FamilySummarizer::FamilySummarizer(FamilySummarizer&&) noexcept = default;
FamilySummarizer& FamilySummarizer::operator=(FamilySummarizer&&) noexcept = default;

void FamilySummarizer::summarize(std::span<const FamilyMember> members,
                                 std::optional<double> known_before, FamilySummary& summary,
                                 const FamilyBounds& bounds) {
  State& state = *state_;
  state.stop = bounds.stop;
  state.concepts.collect(members, known_before, bounds);
  summary.is_ranked_in_part = state.concepts.is_part;
  summary.sentences.clear();
  summary.all.clear();
  summary.missing.clear();
  summary.voice_of = state.concepts.voice_of;
  summary.voices = 0;
  for (std::uint32_t member = 0; member < members.size(); ++member) {
    summary.voices += summary.voice_of[member] == member ? 1 : 0;
  }
  if (summary.voices == 1 && !known_before) {
    state.summarize_single(members, summary);
    return;
  }
  state.concepts.weigh(members.size());
  state.choose(members);
  for (std::size_t i = 0; i < state.concepts.nodes.size(); ++i) {
    const FamilyNode& node = state.concepts.nodes[i];
    summary.all.push_back(
        {node.member, node.span, state.scores[i], node.printed_by, state.verdicts[i]});
    if (is_chosen(state.verdicts[i])) summary.sentences.push_back(summary.all.back());
  }
  state.find_missing(members, summary);
}

}  // namespace copydesk
