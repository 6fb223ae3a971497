#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where the bytes of a folded text come from in the original. Folding leaves most characters at
// their length, so the map is a short list of pieces within which both texts advance together.
//
// Example:
//   OffsetMap map;
//   map.add(0, 2, 0, 1, false);  // one character of two bytes became one of one
//   map.add(2, 5, 1, 4, true);   // three stayed as they were
//   OffsetMap::Reader reader(map);
//   const std::size_t begin = reader.begin_of(1), end = reader.end_of(4);
//   assert(begin == 2 && end == 5);

#include <cstddef>
#include <vector>

namespace copydesk {

class OffsetMap {
 public:
  void clear() { pieces_.clear(); }

  // The characters in [from_begin, from_end) of the original became [to_begin, to_end) of the
  // folded text: each its own of the same length if `is_even`, else one character becomes one.
  // REQUIRES: calls come in ascending order; several folded characters may come from the same one.
  void add(std::size_t from_begin, std::size_t from_end, std::size_t to_begin, std::size_t to_end,
           bool is_even) {
    if (is_even && !pieces_.empty() && continues_last(from_begin, to_begin)) {
      pieces_.back().from_end = from_end;
      pieces_.back().to_end = to_end;
      return;
    }
    pieces_.push_back({from_begin, from_end, to_begin, to_end, is_even});
  }

  // The original text up to `from_end` belongs to the piece added last, if there is one: what stood
  // there vanished or was merged into the character before it.
  void extend(std::size_t from_end);

  // Finds the original range of folded ranges that are asked for in ascending order.
  class Reader {
   public:
    explicit Reader(const OffsetMap& map) : map_(map) {}
    [[nodiscard]] std::size_t begin_of(std::size_t to_begin) {
      return to_begin >= begin_ && to_begin < end_ ? to_begin + shift_ : find_begin(to_begin);
    }
    [[nodiscard]] std::size_t end_of(std::size_t to_end) {
      return to_end > begin_ && to_end < end_ ? to_end + shift_ : find_end(to_end);
    }

   private:
    std::size_t find_begin(std::size_t to_begin);
    std::size_t find_end(std::size_t to_end);
    void keep_piece();

    const OffsetMap& map_;
    std::size_t piece_ = 0;
    // Of the folded text, the piece found last if it is even; else nothing. Most answers are there.
    std::size_t begin_ = 0, end_ = 0;
    std::size_t shift_ = 0;  // to the original, modulo 2^64
  };

 private:
  struct Piece {
    std::size_t from_begin;
    std::size_t from_end;
    std::size_t to_begin;
    std::size_t to_end;
    bool is_even;  // byte i of one side stands for byte i of the other
  };

  [[nodiscard]] bool continues_last(std::size_t from_begin, std::size_t to_begin) const {
    const Piece& last = pieces_.back();
    return last.is_even && last.from_end == from_begin && last.to_end == to_begin &&
           last.from_end - last.from_begin == last.to_end - last.to_begin;
  }

  std::vector<Piece> pieces_;
};

}  // namespace copydesk
