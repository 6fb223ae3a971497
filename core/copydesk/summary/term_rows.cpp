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
  const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(tokens + tokens / 4, 64));
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

void TermIndexer::add(std::uint64_t hash, TermRows& rows) {
  std::size_t at = hash & mask_;
  while (slots_[at].generation == generation_ && slots_[at].hash != hash) at = (at + 1) & mask_;
  Slot& slot = slots_[at];
  const auto place = static_cast<std::uint32_t>(rows.term.size());
  if (slot.generation == generation_) {
    // Places of earlier rows lie before the begin of this one.
    if (slot.place >= rows.begin.back()) {
      ++rows.count[slot.place];
      return;
    }
    rows.term.push_back(rows.term[slot.place]);
    rows.count.push_back(1);
    slot.place = place;
    return;
  }
  slot = {hash, generation_, place};
  rows.term.push_back(static_cast<std::uint32_t>(rows.vocabulary.size()));
  rows.count.push_back(1);
  rows.vocabulary.push_back(hash);
  if (4 * rows.vocabulary.size() > 3 * mask_) grow();
}

void TermIndexer::end_row(TermRows& rows) {
  rows.begin.push_back(static_cast<std::uint32_t>(rows.term.size()));
}

void TermIndexer::index(const TokenList& tokens, std::span<const TextSpan> sentences,
                        TermRows& rows) {
  rows.clear();
  begin_text(tokens.size());
  std::size_t token = 0;
  for (const TextSpan& sentence : sentences) {
    while (token < tokens.size() && tokens.spans[token].begin < sentence.begin) ++token;
    const std::size_t first = token;
    for (; token < tokens.size() && tokens.spans[token].begin < sentence.end; ++token) {
      add(tokens.hashes[token], rows);
    }
    rows.tokens.push_back(static_cast<std::uint32_t>(token - first));
    end_row(rows);
  }
}

void TermIndexer::append(std::span<const std::uint64_t> tokens, TermRows& rows) {
  for (const std::uint64_t hash : tokens) add(hash, rows);
  rows.tokens.push_back(static_cast<std::uint32_t>(tokens.size()));
  end_row(rows);
}

}  // namespace copydesk
