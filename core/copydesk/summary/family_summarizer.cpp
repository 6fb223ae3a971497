// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/family_summarizer.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <queue>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "copydesk/summary/length_budget.h"
#include "copydesk/summary/sentence_features.h"
#include "copydesk/summary/sentence_openings.h"
#include "copydesk/summary/term_rows.h"
#include "copydesk/text/token_stemmer.h"
#include "copydesk/text/tokenizer.h"

namespace copydesk {
namespace {

// A member is a copy if that share of its sentences stands in one earlier voice.
constexpr double kShareOfCopy = 0.8;
constexpr std::uint32_t kFewestTokensToCompare = 4;

std::uint64_t pair_of(std::uint64_t a, std::uint64_t b) {
  std::uint64_t hash = (a ^ (b * 0x9E3779B97F4A7C15u)) * 0xD1B54A32D192ED3Bu;
  return hash ^ hash >> 31;
}

std::uint64_t hash_of(std::span<const std::uint64_t> tokens) {
  std::uint64_t hash = tokens.size();
  for (const std::uint64_t token : tokens) hash = pair_of(hash, token);
  return hash;
}

// A sentence that stands once or more in the family.
struct Node {
  std::uint32_t member = 0;
  std::uint32_t number = 0;    // within the member
  std::uint32_t position = 0;  // the same, weak sentences not counted
  TextSpan span;
  SentenceFeatures features;
  std::uint32_t tokens = 0;
  std::uint32_t printed_by = 0;
  std::uint32_t last_member = std::numeric_limits<std::uint32_t>::max();
  bool is_weak = false, is_known = false, is_required = false;
  Opening opening = Opening::kPlain;
  bool is_chosen = false;
  double score = 0.0;
};

}  // namespace

struct FamilySummarizer::State {
  State(const SummaryOptions& chosen, const FamilyWeights& family_weights,
        const CorpusIdf* corpus_idf)
      : options(chosen),
        weights(family_weights),
        idf(corpus_idf),
        splitter(chosen.splitting),
        single(chosen, corpus_idf) {
    if (!options.stem.empty()) stemmer.emplace(options.stem);
  }

  void collect(std::span<const FamilyMember> members, std::optional<double> known_before);
  void find_voices(std::span<const FamilyMember> members);
  void weigh_concepts(std::span<const FamilyMember> members);
  void tokenize(std::string_view text, TokenList& list) {
    tokenizer.tokenize(text, list);
    if (stemmer) stemmer->stem(tokenizer.folded(), list);
  }
  double idf_of(std::uint64_t token) const;
  double gain_of(std::size_t node) const;
  bool dangles(const Node& node) const;
  bool fits(std::size_t node) const;
  void take(std::size_t node, double gain);
  template <class IsEligible>
  void cover(IsEligible&& is_eligible);
  void choose(std::span<const FamilyMember> members);

  SummaryOptions options;
  FamilyWeights weights;
  const CorpusIdf* idf;
  SentenceSplitter splitter;
  ArticleSummarizer single;
  Summary single_summary;
  Tokenizer tokenizer;
  std::optional<TokenStemmer> stemmer;
  TokenList tokens;
  SentenceList sentences;
  TermIndexer indexer;
  TermRows rows;  // concepts of each node

  std::vector<std::uint32_t> order;  // members by time
  std::vector<Node> nodes;
  std::vector<std::vector<std::uint32_t>> node_at;           // by member and sentence
  std::unordered_map<std::uint64_t, std::uint32_t> node_of;  // by content
  std::vector<bool> is_known_member;
  std::vector<std::uint32_t> voice_of;
  std::vector<std::uint64_t> concept_first,
      concept_second;  // tokens of a concept; second 0: single
  std::vector<double> concept_weight;
  std::vector<bool> is_covered;
  std::optional<LengthBudget> budget;
  std::unordered_set<std::uint64_t> required;
  std::size_t taken = 0;
};

// Nodes in the order in which sentences were first printed, with their concepts.
void FamilySummarizer::State::collect(std::span<const FamilyMember> members,
                                      std::optional<double> known_before) {
  order.resize(members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    constexpr double kLast = std::numeric_limits<double>::infinity();
    return members[a].time.value_or(kLast) < members[b].time.value_or(kLast);
  });
  nodes.clear();
  node_of.clear();
  node_at.assign(members.size(), {});
  is_known_member.assign(members.size(), false);
  concept_first.clear();
  concept_second.clear();
  indexer.start(0, rows);
  std::vector<std::uint64_t> concepts;
  for (const std::uint32_t member : order) {
    const FamilyMember& source = members[member];
    is_known_member[member] = known_before && source.time && *source.time < *known_before;
    splitter.split(source.text, sentences);
    tokenizer.tokenize_with_spans(source.text, tokens);
    if (stemmer) stemmer->stem(tokenizer.folded(), tokens);
    std::size_t token = 0;
    std::uint32_t position = 0;
    for (std::uint32_t number = 0; number < sentences.size(); ++number) {
      const TextSpan span = sentences.spans[number];
      while (token < tokens.size() && tokens.spans[token].begin < span.begin) ++token;
      const std::size_t first = token;
      while (token < tokens.size() && tokens.spans[token].begin < span.end) ++token;
      const auto content = std::span(tokens.hashes).subspan(first, token - first);
      const auto [found, is_new] =
          node_of.try_emplace(hash_of(content), static_cast<std::uint32_t>(nodes.size()));
      if (is_new) {
        Node& node = nodes.emplace_back();
        node.member = member;
        node.number = number;
        node.span = span;
        node.tokens = static_cast<std::uint32_t>(content.size());
        node.features = find_features(source.text, splitter.marks(), span, node.tokens);
        node.opening = find_opening(span.of(source.text));
        if (content.empty()) node.features.words = 0;
        node.is_weak = node.features.lacks_end || node.features.words < options.fewest_words;
        concepts.clear();
        const std::size_t known_concepts = rows.terms();
        for (std::size_t i = 0; i < content.size(); ++i) concepts.push_back(content[i]);
        for (std::size_t i = 1; i < content.size(); ++i) {
          concepts.push_back(pair_of(content[i - 1], content[i]));
        }
        indexer.append(concepts, rows);
        // New concepts are numbered in the order of their first occurrence.
        std::size_t next = known_concepts;
        for (std::size_t i = 0; i < concepts.size() && next < rows.terms(); ++i) {
          if (rows.vocabulary[next] != concepts[i]) continue;
          const bool is_pair = i >= content.size();
          const std::size_t at = is_pair ? i - content.size() : i;
          concept_first.push_back(content[at]);
          concept_second.push_back(is_pair ? content[at + 1] : 0);
          ++next;
        }
      }
      Node& node = nodes[found->second];
      // A sentence stands as early as in the text where it stands earliest.
      node.position = is_new ? position : std::min(node.position, position);
      position += node.is_weak ? 0 : 1;
      if (node.last_member != member) ++node.printed_by;
      node.last_member = member;
      node.is_known |= is_known_member[member];
      node_at[member].push_back(found->second);
    }
  }
}

// A voice is a member and its copies.
void FamilySummarizer::State::find_voices(std::span<const FamilyMember> members) {
  voice_of.resize(members.size());
  std::vector<std::uint32_t> shared(members.size());
  std::vector<std::vector<std::uint32_t>> voices_with(nodes.size());
  for (const std::uint32_t member : order) {
    voice_of[member] = member;
    std::vector<std::uint32_t> distinct = node_at[member];
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::fill(shared.begin(), shared.end(), 0U);
    std::uint32_t compared = 0;
    for (const std::uint32_t node : distinct) {
      if (nodes[node].tokens < kFewestTokensToCompare) continue;
      ++compared;
      for (const std::uint32_t voice : voices_with[node]) ++shared[voice];
    }
    const auto best = std::max_element(shared.begin(), shared.end());
    if (compared > 0 && *best >= kShareOfCopy * compared) {
      voice_of[member] = static_cast<std::uint32_t>(best - shared.begin());
      continue;
    }
    for (const std::uint32_t node : distinct) voices_with[node].push_back(member);
  }
}

double FamilySummarizer::State::idf_of(std::uint64_t token) const {
  return idf == nullptr ? 1.0
                        : std::pow(static_cast<double>(idf->weight(token)), weights.idf_exponent);
}

// A concept weighs as many voices as have it, a voice with n copies log2(1 + n); those that open a
// text with it count again [Gillick & Favre 2009]. Said by one voice only, it weighs nothing unless
// there is only one.
void FamilySummarizer::State::weigh_concepts(std::span<const FamilyMember> members) {
  std::vector<std::uint32_t> copies(members.size(), 0);
  for (std::size_t member = 0; member < members.size(); ++member) ++copies[voice_of[member]];
  concept_weight.assign(rows.terms(), 0.0);
  std::vector<std::uint32_t> seen(rows.terms(), std::numeric_limits<std::uint32_t>::max());
  std::vector<std::uint32_t> voices(rows.terms(), 0);
  std::vector<bool> is_known(rows.terms(), false);
  std::uint32_t voice_count = 0;
  for (const std::uint32_t member : order) {
    for (const std::uint32_t node : node_at[member]) {
      if (!is_known_member[member]) continue;
      for (const std::uint32_t term : rows.terms_of(node)) is_known[term] = true;
    }
    if (voice_of[member] != member) continue;
    ++voice_count;
    const double loudness = std::log2(1.0 + copies[member]);
    for (std::size_t i = 0; i < node_at[member].size(); ++i) {
      for (const std::uint32_t term : rows.terms_of(node_at[member][i])) {
        if (i == 0) concept_weight[term] += weights.first_sentence * loudness;
        if (seen[term] == member) continue;
        seen[term] = member;
        ++voices[term];
        concept_weight[term] += loudness;
      }
    }
  }
  for (std::size_t term = 0; term < rows.terms(); ++term) {
    if (is_known[term] || (voices[term] < 2 && voice_count > 1)) {
      concept_weight[term] = 0.0;
      continue;
    }
    const bool is_pair = concept_second[term] != 0;
    const double rarity = is_pair
                              ? 0.5 * (idf_of(concept_first[term]) + idf_of(concept_second[term]))
                              : idf_of(concept_first[term]);
    concept_weight[term] *= rarity * (is_pair ? weights.pair_share : 1.0 - weights.pair_share);
  }
}

double FamilySummarizer::State::gain_of(std::size_t node) const {
  double gain = 0.0;
  for (const std::uint32_t term : rows.terms_of(node)) {
    if (!is_covered[term]) gain += concept_weight[term];
  }
  const double words = std::max<std::uint32_t>(nodes[node].features.words, 1);
  return gain / (std::pow(words, weights.length_exponent) *
                 std::pow(1.0 + nodes[node].position, weights.position_exponent));
}

bool FamilySummarizer::State::dangles(const Node& node) const {
  if (!options.selection.avoid_dangling) return false;
  const std::vector<std::uint32_t>& text = node_at[node.member];
  return hangs_in_the_air(
      node.number, [&](std::size_t i) { return nodes[text[i]].opening; },
      [&](std::size_t i) { return nodes[text[i]].is_chosen; });
}

bool FamilySummarizer::State::fits(std::size_t node) const {
  return budget->fits(nodes[node].features, nodes[node].span.size());
}

void FamilySummarizer::State::take(std::size_t node, double gain) {
  nodes[node].is_chosen = true;
  nodes[node].score = gain;
  budget->take(nodes[node].features, nodes[node].span.size());
  for (const std::uint32_t term : rows.terms_of(node)) is_covered[term] = true;
  ++taken;
}

// Lazy greedy: gains only fall as concepts are covered, so a sentence whose gain, counted anew, is
// still at the top is the best of all [Minoux 1978].
template <class IsEligible>
void FamilySummarizer::State::cover(IsEligible&& is_eligible) {
  struct Entry {
    double gain;
    std::size_t node;
    std::size_t round;
    bool operator<(const Entry& other) const {
      return gain != other.gain ? gain < other.gain : node > other.node;
    }
  };
  std::vector<Entry> entries;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    if (!nodes[i].is_chosen && is_eligible(nodes[i])) entries.push_back({gain_of(i), i, taken});
  }
  std::priority_queue<Entry> queue({}, std::move(entries));
  std::unordered_set<std::size_t> waiting;
  while (!queue.empty() && !budget->is_spent()) {
    Entry entry = queue.top();
    queue.pop();
    if (entry.round != taken) {
      entry.gain = gain_of(entry.node);
      entry.round = taken;
      queue.push(entry);
      continue;
    }
    if (dangles(nodes[entry.node])) {
      waiting.insert(entry.node);
      continue;
    }
    if (!fits(entry.node)) continue;
    take(entry.node, entry.gain);
    const Node& node = nodes[entry.node];
    const std::vector<std::uint32_t>& text = node_at[node.member];
    const std::size_t last = std::min<std::size_t>(node.number + kFarthestSupport, text.size() - 1);
    for (std::size_t number = node.number + 1; number <= last; ++number) {
      const std::size_t next = text[number];
      if (!waiting.contains(next) || dangles(nodes[next])) continue;
      waiting.erase(next);
      queue.push({gain_of(next), next, taken});
    }
  }
}

void FamilySummarizer::State::choose(std::span<const FamilyMember> members) {
  std::size_t words = 0;
  for (const Node& node : nodes) words += node.features.words;
  budget.emplace(options.selection.budget, words, options.selection.separator_bytes);
  is_covered.assign(rows.terms(), false);
  taken = 0;
  for (const std::string& term : options.must_include) {
    TokenList wanted;
    tokenize(term, wanted);
    std::size_t best = nodes.size();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const Node& node = nodes[i];
      if (node.is_known || node.features.is_unbalanced || node.is_chosen || !fits(i)) continue;
      const std::string_view text = node.span.of(members[node.member].text);
      tokenize(text, tokens);
      const bool has_term =
          !wanted.hashes.empty() &&
          std::search(tokens.hashes.begin(), tokens.hashes.end(), wanted.hashes.begin(),
                      wanted.hashes.end()) != tokens.hashes.end();
      if (has_term && (best == nodes.size() || gain_of(i) > gain_of(best))) best = i;
    }
    if (best < nodes.size()) take(best, gain_of(best));
  }
  const auto is_good = [](const Node& node) {
    return !node.is_known && !node.features.is_unbalanced && node.features.words > 0;
  };
  cover([&](const Node& node) { return is_good(node) && !node.is_weak; });
  cover([&](const Node& node) { return is_good(node) && node.is_weak; });
  if (taken > 0) return;
  // Whatever fits, and else the beginning of the first sentence with a word.
  cover([&](const Node& node) { return !node.is_known && node.features.words > 0; });
  for (std::size_t i = 0; i < nodes.size() && taken == 0; ++i) {
    Node& node = nodes[i];
    if (node.is_known || node.features.words == 0) continue;
    const std::size_t size = cut_to_fit(node.span.of(members[node.member].text), *budget);
    if (size == 0) return;
    node.span.end = node.span.begin + size;
    node.is_chosen = true;
    return;
  }
}

FamilySummarizer::FamilySummarizer(const SummaryOptions& options, const FamilyWeights& weights,
                                   const CorpusIdf* idf)
    : state_(std::make_unique<State>(options, weights, idf)) {}
FamilySummarizer::~FamilySummarizer() = default;
FamilySummarizer::FamilySummarizer(FamilySummarizer&&) noexcept = default;
FamilySummarizer& FamilySummarizer::operator=(FamilySummarizer&&) noexcept = default;

void FamilySummarizer::summarize(std::span<const FamilyMember> members,
                                 std::optional<double> known_before, FamilySummary& summary) {
  State& state = *state_;
  state.collect(members, known_before);
  state.find_voices(members);
  summary.sentences.clear();
  summary.voice_of = state.voice_of;
  summary.voices = 0;
  for (std::uint32_t member = 0; member < members.size(); ++member) {
    summary.voices += state.voice_of[member] == member ? 1 : 0;
  }
  if (summary.voices == 1 && !known_before) {
    // Copies of one text: its own abstract, by the ranking for single texts.
    const std::uint32_t source = state.order.front();
    state.single.summarize({members[source].text, members[source].title, {}, {}},
                           state.single_summary);
    const Summary& single = state.single_summary;
    for (std::size_t i = 0; i < single.sentences.size(); ++i) {
      const TextSpan span = single.span_of(single.sentences[i]);
      if (span.empty()) continue;
      summary.sentences.push_back({source, span, single.sentences[i].score.total,
                                   state.nodes[state.node_at[source][i]].printed_by});
    }
    return;
  }
  state.weigh_concepts(members);
  state.choose(members);
  for (const Node& node : state.nodes) {
    if (!node.is_chosen) continue;
    summary.sentences.push_back({node.member, node.span, node.score, node.printed_by});
  }
}

}  // namespace copydesk
