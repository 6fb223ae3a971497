// SPDX-License-Identifier: Apache-2.0
#include "copydesk/text/offset_map.h"

namespace copydesk {

void OffsetMap::extend(std::size_t from_end) {
  if (!pieces_.empty()) pieces_.back().from_end = from_end;
}

// The piece that holds byte `to_begin`.
std::size_t OffsetMap::Reader::find_begin(std::size_t to_begin) {
  while (map_.pieces_[piece_].to_end <= to_begin) ++piece_;
  keep_piece();
  const Piece& piece = map_.pieces_[piece_];
  return piece.is_even ? piece.from_begin + (to_begin - piece.to_begin) : piece.from_begin;
}

// The piece that holds the byte before `to_end`. Only its very end knows of what vanished behind
// it.
std::size_t OffsetMap::Reader::find_end(std::size_t to_end) {
  while (map_.pieces_[piece_].to_end < to_end) ++piece_;
  keep_piece();
  const Piece& piece = map_.pieces_[piece_];
  const bool is_inside = piece.is_even && to_end < piece.to_end;
  return is_inside ? piece.from_begin + (to_end - piece.to_begin) : piece.from_end;
}

void OffsetMap::Reader::keep_piece() {
  const Piece& piece = map_.pieces_[piece_];
  begin_ = piece.to_begin;
  end_ = piece.is_even ? piece.to_end : begin_;
  shift_ = piece.from_begin - piece.to_begin;
}

}  // namespace copydesk
