// SPDX-License-Identifier: Apache-2.0
#include "copydesk/summary/term_rows.h"

#include <algorithm>
#include <bit>

namespace copydesk {

void TermRows::clear() {
  begin.assign(1, 0);
  term.clear();
  count.clear();
  tokens.clear();
  vocabulary.clear();
}

void TermIndexer::begin_text(std::size_t tokens) {
  const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(tokens + tokens / 2, 64));
  if (slots_.size() < wanted) {
    slots_.assign(wanted, {});
    generation_ = 0;
  }
  mask_ = wanted - 1;
  if (++generation_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    generation_ = 1;
  }
}

void TermIndexer::grow() {
  std::vector<Slot> slots(std::max(2 * (mask_ + 1), slots_.size()));
  mask_ = 2 * mask_ + 1;
  for (const Slot& old : slots_) {
    if (old.generation != generation_) continue;
    std::size_t slot = old.hash & mask_;
    while (slots[slot].generation == generation_) slot = (slot + 1) & mask_;
    slots[slot] = old;
  }
  slots_.swap(slots);
}

// The inner loop of the summary: room is made before it, so that it only looks up and writes.
void TermIndexer::add_row(std::span<const std::uint64_t> tokens, TermRows& rows) {
  while (4 * (rows.vocabulary.size() + tokens.size()) > 3 * mask_) grow();
  const std::uint32_t first = rows.begin.back();
  auto place = static_cast<std::uint32_t>(rows.term.size());
  auto terms = static_cast<std::uint32_t>(rows.vocabulary.size());
  rows.term.resize(place + tokens.size());
  rows.count.resize(place + tokens.size());
  rows.vocabulary.resize(terms + tokens.size());
  std::uint32_t* const term = rows.term.data();
  std::uint32_t* const count = rows.count.data();
  std::uint64_t* const vocabulary = rows.vocabulary.data();
  Slot* const slots = slots_.data();
  for (const std::uint64_t hash : tokens) {
    std::size_t at = hash & mask_;
    while (slots[at].generation == generation_ && slots[at].hash != hash) at = (at + 1) & mask_;
    Slot& slot = slots[at];
    if (slot.generation == generation_) {
      // Places of earlier rows lie before the begin of this one.
      if (slot.place >= first) {
        ++count[slot.place];
        continue;
      }
      term[place] = term[slot.place];
      slot.place = place;
    } else {
      slot = {hash, generation_, place};
      vocabulary[terms] = hash;
      term[place] = terms++;
    }
    count[place++] = 1;
  }
  rows.term.resize(place);
  rows.count.resize(place);
  rows.vocabulary.resize(terms);
  rows.tokens.push_back(static_cast<std::uint32_t>(tokens.size()));
  rows.begin.push_back(place);
}

void TermIndexer::index(const TokenList& tokens, std::span<const TextSpan> sentences,
                        TermRows& rows) {
  rows.clear();
  begin_text(tokens.size());
  const std::span<const std::uint64_t> hashes(tokens.hashes);
  std::size_t token = 0;
  for (const TextSpan& sentence : sentences) {
    while (token < tokens.size() && tokens.spans[token].begin < sentence.begin) ++token;
    const std::size_t first = token;
    while (token < tokens.size() && tokens.spans[token].begin < sentence.end) ++token;
    add_row(hashes.subspan(first, token - first), rows);
  }
}

void TermIndexer::append(std::span<const std::uint64_t> tokens, TermRows& rows) {
  add_row(tokens, rows);
}

}  // namespace copydesk
