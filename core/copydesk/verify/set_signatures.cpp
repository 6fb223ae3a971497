// SPDX-License-Identifier: Apache-2.0
#include "copydesk/verify/set_signatures.h"

#include <algorithm>
#include <bit>
#include <utility>

#include "copydesk/kernels/hamming.h"
#include "copydesk/parallel/parallel_for.h"

namespace copydesk {

namespace {

// A signature takes about as long to make as a quarter of a comparison, and a pair needs two.
constexpr std::size_t kFewestPairs = 4;
constexpr std::size_t kBitsPerShingle = 8;
constexpr std::size_t kFewestWords = 4;
constexpr std::size_t kGrain = 256;

std::size_t words_for(std::size_t shingles) {
  return std::max(kFewestWords, std::bit_ceil(shingles * kBitsPerShingle) / 64);
}

// Those that stand in kFewestPairs pairs or more with one document before them, ascending, and the
// documents they stand there with: whoever has few partners of its own is not looked at.
std::vector<std::uint32_t> frequent_documents(std::span<const CandidatePair> pairs) {
  std::vector<std::uint32_t> frequent;
  std::vector<std::uint32_t> partners;
  for (std::size_t begin = 0, end = 0; begin < pairs.size(); begin = end) {
    while (end < pairs.size() && pairs[end].a == pairs[begin].a) ++end;
    if (end - begin < kFewestPairs) continue;
    frequent.push_back(pairs[begin].a);
    for (std::size_t i = begin; i < end; ++i) partners.push_back(pairs[i].b);
  }
  std::sort(partners.begin(), partners.end());
  for (std::size_t begin = 0, end = 0; begin < partners.size(); begin = end) {
    while (end < partners.size() && partners[end] == partners[begin]) ++end;
    if (end - begin >= kFewestPairs) frequent.push_back(partners[begin]);
  }
  std::sort(frequent.begin(), frequent.end());
  frequent.erase(std::unique(frequent.begin(), frequent.end()), frequent.end());
  return frequent;
}

// What differs where the longer bitmap is brought to the length of the shorter one: as a shingle's low bits
// choose its bit, each of its parts of that length is laid on top of the others.
std::size_t count_differing_folded(std::span<const std::uint64_t> few, std::span<const std::uint64_t> many) {
  thread_local std::vector<std::uint64_t> folded;
  folded.assign(many.begin(), many.begin() + static_cast<std::ptrdiff_t>(few.size()));
  for (std::size_t begin = few.size(); begin < many.size(); begin += few.size()) {
    for (std::size_t i = 0; i < few.size(); ++i) folded[i] |= many[begin + i];
  }
  return count_differing_bits(few, folded);
}

}  // namespace

SetSignatures::SetSignatures(std::span<const CandidatePair> pairs, const ShingleSetStore& sets,
                             std::size_t bytes, std::size_t threads) {
  std::vector<std::uint32_t> documents = frequent_documents(pairs);
  const std::size_t most_words = bytes / sizeof(std::uint64_t);
  std::size_t words = 0;
  for (const std::uint32_t document : documents) {
    const std::uint32_t set_size = sets.set_size(document);
    const std::size_t taken = words_for(set_size);
    if (words + taken > most_words) break;
    places_.push_back({words, static_cast<std::uint32_t>(taken), set_size});
    words += taken;
  }
  documents.resize(places_.size());
  words_.resize(words);
  parallel_for(threads, documents.size(), kGrain, [&](std::size_t begin, std::size_t end, std::size_t) {
    ShingleSetStore::Buffer buffer;
    for (std::size_t i = begin; i < end; ++i) {
      std::uint64_t* const bitmap = words_.data() + places_[i].begin;
      const std::uint64_t mask = std::uint64_t{places_[i].words} * 64 - 1;
      for (const std::uint64_t shingle : sets.get(documents[i], buffer).set) {
        const std::uint64_t bit = shingle & mask;
        bitmap[bit / 64] |= std::uint64_t{1} << bit % 64;
      }
    }
  });
  if (documents.empty()) return;
  slots_.resize(2 * std::bit_ceil(documents.size()));
  for (std::size_t i = 0; i < documents.size(); ++i) {
    std::size_t slot = documents[i] & (slots_.size() - 1);
    while (slots_[slot].place != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = {documents[i], static_cast<std::uint32_t>(i + 1)};
  }
}

const SetSignatures::Place* SetSignatures::find(std::uint32_t document) const {
  for (std::size_t slot = document & (slots_.size() - 1);; slot = (slot + 1) & (slots_.size() - 1)) {
    if (slots_[slot].place == 0) return nullptr;
    if (slots_[slot].document == document) return &places_[slots_[slot].place - 1];
  }
}

bool SetSignatures::rule_out(const CandidatePair& pair, const VerifyRule& rule) const {
  if (slots_.empty()) return false;
  const Place* few = find(pair.a);
  if (few == nullptr) return false;
  const Place* many = find(pair.b);
  if (many == nullptr) return false;
  if (few->words > many->words) std::swap(few, many);
  const std::size_t differing = few->words == many->words
                                    ? count_differing_bits(words_of(*few), words_of(*many))
                                    : count_differing_folded(words_of(*few), words_of(*many));
  const std::size_t most_shared = (std::size_t{few->set_size} + many->set_size - differing) / 2;
  return most_shared < rule.least_shared(few->set_size, many->set_size);
}

}  // namespace copydesk
