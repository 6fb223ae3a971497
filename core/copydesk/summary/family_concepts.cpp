// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/family_concepts.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "copydesk/summary/ranked_part.h"

namespace copydesk {
namespace {

// A member is a copy if that share of its sentences stands in one earlier voice.
constexpr double kShareOfCopy = 0.8;
constexpr std::uint32_t kFewestTokensToCompare = 4;
// A sentence that so many voices have, as the notice under every page of a site, says nothing about
// who copied whom. Without it the work for each member has a bound, however large the family.
constexpr std::size_t kMostVoicesToCompare = 1000;
constexpr std::size_t kMostNodes = 2 * kMostRankedSentences;

std::uint64_t pair_of(std::uint64_t a, std::uint64_t b) {
  std::uint64_t hash = (a ^ (b * 0x9E3779B97F4A7C15u)) * 0xD1B54A32D192ED3Bu;
  return hash ^ hash >> 31;
}

std::uint64_t hash_of(std::span<const std::uint64_t> tokens) {
  std::uint64_t hash = tokens.size();
  for (const std::uint64_t token : tokens) hash = pair_of(hash, token);
  return hash;
}

}  // namespace

FamilyConcepts::FamilyConcepts(const SummaryOptions& options, const FamilyWeights& weights,
                               const CorpusIdf* idf)
    : options_(options),
      weights_(weights),
      idf_(idf),
      splitter_(options.splitting),
      stemmer_(options.stem) {}

void FamilyConcepts::tokenize(std::string_view text, TokenList& list) {
  tokenizer_.tokenize(text, list);
  stemmer_.stem(language_, tokenizer_.folded(), list);
}

// A row of the tokens and pairs of a sentence.
void FamilyConcepts::add_concepts(std::span<const std::uint64_t> tokens) {
  concepts_.assign(tokens.begin(), tokens.end());
  for (std::size_t i = 1; i < tokens.size(); ++i) {
    concepts_.push_back(pair_of(tokens[i - 1], tokens[i]));
  }
  // New concepts are numbered in the order of their first occurrence.
  std::size_t next = rows.terms();
  indexer_.append(concepts_, rows);
  for (std::size_t i = 0; i < concepts_.size() && next < rows.terms(); ++i) {
    if (rows.vocabulary[next] != concepts_[i]) continue;
    const bool is_pair = i >= tokens.size();
    const std::size_t at = is_pair ? i - tokens.size() : i;
    first_.push_back(tokens[at]);
    second_.push_back(is_pair ? tokens[at + 1] : 0);
    ++next;
  }
}

// Every text gets the same share, and what short ones leave of theirs goes to the longer ones.
void FamilyConcepts::choose_parts(std::span<const FamilyMember> members, std::size_t most_bytes) {
  std::vector<std::size_t> sizes;
  std::size_t all = 0;
  for (const FamilyMember& member : members) {
    sizes.push_back(member.text.size());
    all += member.text.size();
  }
  std::size_t share = static_cast<std::size_t>(-1);
  if (all > most_bytes) {
    std::sort(sizes.begin(), sizes.end());
    std::size_t left = most_bytes;
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      share = left / (sizes.size() - i);
      if (sizes[i] > share) break;
      left -= sizes[i];
    }
  }
  ranked_bytes.clear();
  is_part = false;
  for (const FamilyMember& member : members) {
    const std::size_t size = ranked_size(member.text.substr(0, leading_size(member.text, share)));
    ranked_bytes.push_back(size);
    is_part |= size < member.text.size();
  }
}

// Nodes in the order in which sentences were first printed, with their concepts.
void FamilyConcepts::collect(std::span<const FamilyMember> members,
                             std::optional<double> known_before, const FamilyBounds& bounds) {
  order.resize(members.size());
  std::iota(order.begin(), order.end(), 0U);
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    constexpr double kLast = std::numeric_limits<double>::infinity();
    return members[a].time.value_or(kLast) < members[b].time.value_or(kLast);
  });
  choose_parts(members, bounds.ranked_bytes);
  nodes.clear();
  node_of_.clear();
  nodes_of_members_.clear();
  first_node_.assign(members.size(), 0);
  end_node_.assign(members.size(), 0);
  is_known_member_.assign(members.size(), false);
  first_.clear();
  second_.clear();
  indexer_.start(0, rows);
  for (const std::uint32_t member : order) {
    bounds.stop.check();
    const FamilyMember& source = members[member];
    const std::string_view text = source.text.substr(0, ranked_bytes[member]);
    is_known_member_[member] = known_before && source.time && *source.time < *known_before;
    language_ = source.language;
    splitter_.set_language(language_);
    splitter_.split(text, sentences_);
    tokenizer_.tokenize_with_spans(text, tokens_);
    stemmer_.stem(language_, tokenizer_.folded(), tokens_);
    first_node_[member] = static_cast<std::uint32_t>(nodes_of_members_.size());
    std::size_t token = 0, excluded = 0;
    std::uint32_t position = 0;
    for (std::uint32_t number = 0; number < sentences_.size(); ++number) {
      const TextSpan span = sentences_.spans[number];
      while (token < tokens_.size() && tokens_.spans[token].begin < span.begin) ++token;
      const std::size_t first = token;
      while (token < tokens_.size() && tokens_.spans[token].begin < span.end) ++token;
      while (excluded < source.excluded.size() && source.excluded[excluded].end <= span.begin) {
        ++excluded;
      }
      const bool is_excluded =
          excluded < source.excluded.size() && source.excluded[excluded].begin < span.end;
      const auto content = std::span(tokens_.hashes).subspan(first, token - first);
      const auto [found, is_new] =
          node_of_.try_emplace(hash_of(content), static_cast<std::uint32_t>(nodes.size()));
      if (is_new && nodes.size() == kMostNodes) {
        node_of_.erase(found);
        is_part = true;
        ranked_bytes[member] = span.begin;
        break;
      }
      if (is_new) {
        FamilyNode& node = nodes.emplace_back();
        node.member = member;
        node.number = number;
        node.span = span;
        node.tokens = static_cast<std::uint32_t>(content.size());
        find_features(text, splitter_.marks(), span, node.tokens, node.features);
        node.opening = find_opening(span.of(text));
        if (content.empty()) node.features.words = 0;
        node.is_weak = node.features.lacks_end || node.features.words < options_.fewest_words;
        add_concepts(is_excluded ? std::span<const std::uint64_t>() : content);
      }
      FamilyNode& node = nodes[found->second];
      // A sentence stands as early as in the text where it stands earliest.
      node.position = is_new ? position : std::min(node.position, position);
      position += node.is_weak ? 0 : 1;
      if (node.last_member != member) ++node.printed_by;
      node.last_member = member;
      node.is_known |= is_known_member_[member];
      node.is_excluded |= is_excluded;
      nodes_of_members_.push_back(found->second);
    }
    end_node_[member] = static_cast<std::uint32_t>(nodes_of_members_.size());
  }
  find_voices(members.size(), bounds.stop);
}

// A voice is a member and its copies. Of several voices that a member shares most sentences with,
// the first in the input is the one it copies.
void FamilyConcepts::find_voices(std::size_t members, StopFlag stop) {
  voice_of.resize(members);
  std::vector<std::uint32_t> shared(members, 0), touched, distinct;
  std::vector<std::vector<std::uint32_t>> voices_with(nodes.size());
  for (const std::uint32_t member : order) {
    stop.check();
    voice_of[member] = member;
    const auto own = nodes_of(member);
    distinct.assign(own.begin(), own.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::erase_if(distinct, [&](std::uint32_t node) {
      return nodes[node].tokens < kFewestTokensToCompare || nodes[node].is_excluded ||
             voices_with[node].size() >= kMostVoicesToCompare;
    });
    touched.clear();
    for (const std::uint32_t node : distinct) {
      for (const std::uint32_t voice : voices_with[node]) {
        if (shared[voice]++ == 0) touched.push_back(voice);
      }
    }
    std::uint32_t best = member, most = 0;
    for (const std::uint32_t voice : touched) {
      if (shared[voice] > most || (shared[voice] == most && voice < best)) {
        best = voice;
        most = shared[voice];
      }
      shared[voice] = 0;
    }
    if (most > 0 && most >= kShareOfCopy * static_cast<double>(distinct.size())) {
      voice_of[member] = best;
      continue;
    }
    for (const std::uint32_t node : distinct) voices_with[node].push_back(member);
  }
}

double FamilyConcepts::idf_of(std::uint64_t token) const {
  return idf_ == nullptr
             ? 1.0
             : std::pow(static_cast<double>(idf_->weight(token)), weights_.idf_exponent);
}

// A concept weighs as many voices as have it, a voice with n copies log2(1 + n); those that open a
// text with it count again [Gillick & Favre 2009]. Said by one voice only, it weighs nothing unless
// there is only one, known ones not counted.
void FamilyConcepts::weigh(std::size_t members) {
  std::vector<std::uint32_t> copies(members, 0);
  for (std::size_t member = 0; member < members; ++member) ++copies[voice_of[member]];
  weight.assign(rows.terms(), 0.0);
  std::vector<std::uint32_t> seen(rows.terms(), std::numeric_limits<std::uint32_t>::max());
  std::vector<std::uint32_t> voices(rows.terms(), 0);
  std::vector<bool> is_known(rows.terms(), false);
  std::uint32_t voice_count = 0;
  for (const std::uint32_t member : order) {
    for (const std::uint32_t node : nodes_of(member)) {
      if (!is_known_member_[member]) continue;
      for (const std::uint32_t term : rows.terms_of(node)) is_known[term] = true;
    }
    if (voice_of[member] != member) continue;
    voice_count += is_known_member_[member] ? 0 : 1;
    const double loudness = std::log2(1.0 + copies[member]);
    const auto own = nodes_of(member);
    for (std::size_t i = 0; i < own.size(); ++i) {
      for (const std::uint32_t term : rows.terms_of(own[i])) {
        if (i == 0) weight[term] += weights_.first_sentence * loudness;
        if (seen[term] == member) continue;
        seen[term] = member;
        ++voices[term];
        weight[term] += loudness;
      }
    }
  }
  for (std::size_t term = 0; term < rows.terms(); ++term) {
    if (is_known[term] || (voices[term] < 2 && voice_count > 1)) {
      weight[term] = 0.0;
      continue;
    }
    const bool is_pair = second_[term] != 0;
    const double rarity =
        is_pair ? 0.5 * (idf_of(first_[term]) + idf_of(second_[term])) : idf_of(first_[term]);
    weight[term] *= rarity * (is_pair ? weights_.pair_share : 1.0 - weights_.pair_share);
  }
}

double FamilyConcepts::share_of_query(std::size_t node, const TokenList& query) const {
  double found = 0.0, all = 0.0;
  for (const std::uint64_t token : query.hashes) {
    const double rarity = idf_of(token);
    all += rarity;
    for (const std::uint32_t term : rows.terms_of(node)) {
      if (rows.vocabulary[term] == token) found += rarity;
    }
  }
  return all > 0.0 ? found / all : 0.0;
}

}  // namespace copydesk
