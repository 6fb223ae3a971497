#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A bound on what two shingle sets share, found without merging them: each set as a bitmap of 8 to 16 bits
// for each shingle, in which a shingle's low bits choose its bit. Where one bitmap has a bit and the other has not, there is
// a shingle that is in one set alone. So of sets with 400 shingles each whose bitmaps differ in 150 bits at most
// (800 - 150) / 2 = 325 are shared, and they are not .8 alike, for which 356 would have to be. It is never wrong, only not
// always enough. Follows Sandes, Teodoro and de Melo, "Bitmap filter: speeding up exact set similarity joins
// with bitwise operations" (2020).

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/lsh/candidate_pair.h"
#include "copydesk/verify/shingle_set_store.h"
#include "copydesk/verify/verifier.h"

namespace copydesk {

class SetSignatures {
 public:
  // Of the documents that occur in so many of `pairs` that making signatures costs less than they save, as
  // long as there is room for them: of a template with a thousand copies all are compared with all.
  // REQUIRES: pairs ascend by (a, b), and `sets` has their documents. Throws as ShingleSetStore::get does.
  // Memory: `bytes`, and while they are made up to 8 bytes a pair.
  SetSignatures(std::span<const CandidatePair> pairs, const ShingleSetStore& sets, std::size_t bytes,
                std::size_t threads);

  // Whether the documents share fewer shingles than the rule asks of sets of their sizes. False where they may
  // share enough, or have no signatures. Thread-safe.
  [[nodiscard]] bool rule_out(const CandidatePair& pair, const VerifyRule& rule) const;
  [[nodiscard]] std::size_t size() const { return places_.size(); }

 private:
  struct Place {
    std::uint64_t begin = 0;  // in words_
    std::uint32_t words = 0;  // a power of two
    std::uint32_t set_size = 0;
  };
  [[nodiscard]] const Place* find(std::uint32_t document) const;
  [[nodiscard]] std::span<const std::uint64_t> words_of(const Place& place) const {
    return std::span(words_).subspan(place.begin, place.words);
  }

  std::vector<Place> places_;
  std::vector<std::uint64_t> words_;
  // Which of places_ a document has: a table that is never more than half full, looked through from where
  // its number points to.
  struct Slot {
    std::uint32_t document = 0;
    std::uint32_t place = 0;  // + 1; 0 in an empty slot
  };
  std::vector<Slot> slots_;
};

}  // namespace copydesk
