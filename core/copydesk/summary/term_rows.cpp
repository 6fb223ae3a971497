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
  const std::size_t wanted = std::bit_ceil(std::max<std::size_t>(2 * tokens, 64));
  if (slots_.size() < wanted) {
    slots_.assign(wanted, {});
    generation_ = 0;
  }
  if (++generation_ == 0) {
    std::fill(slots_.begin(), slots_.end(), Slot{});
    generation_ = 1;
  }
  place_.clear();
}

void TermIndexer::grow(const TermRows& rows) {
  std::vector<Slot> slots(2 * slots_.size());
  const std::size_t mask = slots.size() - 1;
  generation_ = 1;
  for (std::uint32_t term = 0; term < rows.vocabulary.size(); ++term) {
    std::size_t slot = rows.vocabulary[term] & mask;
    while (slots[slot].generation == generation_) slot = (slot + 1) & mask;
    slots[slot] = {rows.vocabulary[term], generation_, term};
  }
  slots_.swap(slots);
}

void TermIndexer::add(std::uint64_t hash, TermRows& rows) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (slots_[slot].generation == generation_ && slots_[slot].hash != hash) {
    slot = (slot + 1) & mask;
  }
  if (slots_[slot].generation != generation_) {
    slots_[slot] = {hash, generation_, static_cast<std::uint32_t>(rows.vocabulary.size())};
    rows.vocabulary.push_back(hash);
    place_.push_back(0);
    if (2 * rows.vocabulary.size() > slots_.size()) {
      const auto term = static_cast<std::uint32_t>(rows.vocabulary.size() - 1);
      grow(rows);
      rows.term.push_back(term);
      rows.count.push_back(1);
      place_[term] = static_cast<std::uint32_t>(rows.term.size());
      return;
    }
  }
  const std::uint32_t term = slots_[slot].term;
  // Places of earlier rows lie before the begin of this one.
  if (place_[term] > rows.begin.back()) {
    ++rows.count[place_[term] - 1];
    return;
  }
  rows.term.push_back(term);
  rows.count.push_back(1);
  place_[term] = static_cast<std::uint32_t>(rows.term.size());
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
