#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The bytes of an archive as they lie on the disk, and the members (gzip) or frames (zstd) that they
// are made of, one after the other. Usually each holds one record; of an archive that was compressed
// as a whole, one holds all of them.
//
//   RawBytes file(input);
//   const auto decoder = make_member_decoder(file.packing());
//   PlainBytes member(file, *decoder);
//   while (member.read_more()) {}
//   if (member.is_whole()) use(member.bytes(), file.bytes().substr(0, member.raw_size()));

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "copydesk/read/input_list.h"
#include "copydesk/stream/byte_source.h"
#include "copydesk/stream/random_access_file.h"

namespace copydesk {

// Bytes from a beginning, of which those are held that are still needed.
class ByteWindow {
 public:
  ByteWindow() = default;
  virtual ~ByteWindow() = default;
  ByteWindow(const ByteWindow&) = delete;
  ByteWindow& operator=(const ByteWindow&) = delete;

  // False at the end.
  bool read_more();
  // Valid until more is read.
  [[nodiscard]] std::string_view bytes() const { return std::string_view(bytes_).substr(begin_); }
  void drop(std::size_t count) { begin_ += count; }

 protected:
  // Appends some bytes; none at the end.
  virtual void append_to(std::string& bytes) = 0;

 private:
  std::string bytes_;
  std::size_t begin_ = 0;  // of what is still needed
};

class RawBytes : public ByteWindow {
 public:
  // Throws Error{kCannotOpen}, Error{kCannotRead}.
  explicit RawBytes(const Input& input);

  // By the first bytes. Of what is neither plain nor gzip nor zstd: kXz.
  [[nodiscard]] Compression packing() const { return packing_; }

 protected:
  void append_to(std::string& bytes) override;

 private:
  RandomAccessFile file_;
  std::uint64_t offset_ = 0;
  Compression packing_ = Compression::kNone;
};

// Decompresses members, one after the other.
class MemberDecoder {
 public:
  struct Step {
    std::size_t used = 0;  // of what was given
    bool is_end = false;   // of the member
    bool is_broken = false;
  };
  virtual ~MemberDecoder() = default;
  // A new member begins.
  virtual void reset() = 0;
  // Appends some of what `raw` holds to `plain`.
  virtual Step decode(std::string_view raw, std::string& plain) = 0;
};

// REQUIRES: kGzip or kZstd.
[[nodiscard]] std::unique_ptr<MemberDecoder> make_member_decoder(Compression packing);

// What the member at the front of `raw` holds. Its own bytes stay at the front of `raw`, until
// release_raw() is called.
class PlainBytes : public ByteWindow {
 public:
  PlainBytes(RawBytes& raw, MemberDecoder& decoder) : raw_(raw), decoder_(decoder) {
    decoder.reset();
  }

  // Whether its end has been seen, and all before it is right.
  [[nodiscard]] bool is_whole() const { return is_whole_; }
  // Whether nothing more is to come, since it is whole, or damaged, or cut off.
  [[nodiscard]] bool is_ended() const { return is_ended_; }
  // Of it, as far as it was read.
  [[nodiscard]] std::size_t raw_size() const { return used_; }
  // From now on `raw` drops what was read.
  void release_raw();

 protected:
  void append_to(std::string& bytes) override;

 private:
  RawBytes& raw_;
  MemberDecoder& decoder_;
  std::size_t used_ = 0;
  bool keeps_raw_ = true;
  bool is_ended_ = false;
  bool is_whole_ = false;
};

}  // namespace copydesk
