// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/key_columns.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

namespace {

constexpr std::uint64_t kKeyMask = (std::uint64_t{1} << kIndexKeyBits) - 1;
constexpr unsigned kMostGroupBits = 24;
constexpr unsigned kGroupEntriesBits = 4;  // 8 to 16 documents for a group
constexpr std::size_t kHeadBytes = 8;      // columns, documents
// What is read at once where what is asked for stands close together.
constexpr std::uint64_t kBlockBytes = 4096;  // no read takes much less time than one of so much
constexpr std::uint64_t kReadAhead = std::uint64_t{1} << 18;

unsigned group_bits(std::uint32_t documents) {
  const auto bits = static_cast<unsigned>(std::bit_width(documents));
  return std::min(kMostGroupBits, bits > kGroupEntriesBits ? bits - kGroupEntriesBits : 0);
}

std::size_t document_bytes(std::uint32_t documents) {
  return documents < (1U << 16) ? 2 : documents < (1U << 24) ? 3 : 4;
}

std::size_t rest_bytes(unsigned group_bits) { return (kIndexKeyBits - group_bits + 7) / 8; }

void append_number(std::string& out, std::uint64_t value, std::size_t width) {
  out.append(reinterpret_cast<const char*>(&value), width);
}

}  // namespace

void write_key_columns(BlockFileWriter& file, std::size_t columns, std::uint32_t documents,
                       const KeySource& keys) {
  struct Entry {
    std::uint64_t key;
    std::uint32_t document;
  };
  const unsigned bits = group_bits(documents);
  PackedBytes head;
  head.put(static_cast<std::uint32_t>(columns));
  head.put(documents);
  file.append(head.view());
  std::vector<Entry> entries;
  std::vector<Entry> sorted;
  for (std::size_t column = 0; column < columns; ++column) {
    entries.clear();
    keys(column, [&](std::uint64_t key, std::uint32_t document) {
      entries.push_back({key & kKeyMask, document});
    });
    // By group, then within the group, which is short.
    std::vector<std::uint32_t> starts((std::size_t{1} << bits) + 1);
    for (const Entry& entry : entries) ++starts[(entry.key >> (kIndexKeyBits - bits)) + 1];
    for (std::size_t group = 1; group < starts.size(); ++group) starts[group] += starts[group - 1];
    sorted.resize(entries.size());
    std::vector<std::uint32_t> places(starts.begin(), starts.end() - 1);
    for (const Entry& entry : entries) sorted[places[entry.key >> (kIndexKeyBits - bits)]++] = entry;
    for (std::size_t group = 0; group + 1 < starts.size(); ++group) {
      std::sort(sorted.begin() + starts[group], sorted.begin() + starts[group + 1],
                [](const Entry& x, const Entry& y) {
                  return x.key != y.key ? x.key < y.key : x.document < y.document;
                });
    }
    file.append({reinterpret_cast<const char*>(starts.data()), starts.size() * sizeof starts[0]});
    std::string bytes;
    const std::uint64_t rest_mask = (std::uint64_t{1} << (kIndexKeyBits - bits)) - 1;
    for (const Entry& entry : sorted) {
      append_number(bytes, entry.key & rest_mask, rest_bytes(bits));
      append_number(bytes, entry.document, document_bytes(documents));
      if (bytes.size() > (std::size_t{1} << 20)) {
        file.append(bytes);
        bytes.clear();
      }
    }
    file.append(bytes);
  }
}

KeyColumns::KeyColumns(const BlockFile& file, std::size_t columns, std::uint32_t documents)
    : file_(file),
      documents_(documents),
      group_bits_(copydesk::group_bits(documents)),
      rest_bytes_(copydesk::rest_bytes(group_bits_)),
      document_bytes_(copydesk::document_bytes(documents)) {
  BlockFile::Buffer buffer;
  std::uint32_t head[2];
  std::memcpy(head, file.read(0, kHeadBytes, buffer).data(), kHeadBytes);
  if (head[0] != columns || head[1] != documents) {
    file.fail(0, "has keys of other documents than the segment");
  }
  std::uint64_t offset = kHeadBytes;
  const std::size_t groups = std::size_t{1} << group_bits_;
  for (std::size_t i = 0; i < columns; ++i) {
    Column column;
    const std::size_t bytes = (groups + 1) * sizeof(std::uint32_t);
    const std::string_view starts = file.read(offset, bytes, buffer);
    column.starts.resize(groups + 1);
    std::memcpy(column.starts.data(), starts.data(), bytes);
    if (column.starts.front() != 0 || column.starts.back() > documents ||
        !std::is_sorted(column.starts.begin(), column.starts.end())) {
      file.fail(offset, "the groups of a column are not in order");
    }
    column.offset = offset + bytes;
    offset = column.offset + std::uint64_t{column.starts.back()} * (rest_bytes_ + document_bytes_);
    columns_.push_back(std::move(column));
  }
  if (offset != file.size()) file.fail(offset, "does not end where its columns do");
}

KeyColumns::Entry KeyColumns::entry_at(const char* bytes) const {
  std::uint64_t rest = 0;
  std::uint32_t document = 0;
  static_assert(sizeof rest <= BlockFile::kReadableBehind);
  std::memcpy(&rest, bytes, sizeof rest);
  std::memcpy(&document, bytes + rest_bytes_, sizeof document);
  return {rest & (~std::uint64_t{0} >> (64 - 8 * rest_bytes_)),
          document & (~std::uint32_t{0} >> (32 - 8 * document_bytes_))};
}

// A merge of two sorted lists. Where the asked keys are far apart, what is between them is not read.
void KeyColumns::look_up(
    std::size_t number, std::span<const AskedKey> asked, BlockFile::Buffer& buffer,
    const std::function<void(std::uint32_t query, std::uint32_t document)>& take) const {
  const Column& column = columns_[number];
  const std::size_t width = rest_bytes_ + document_bytes_;
  const unsigned rest_bits = kIndexKeyBits - group_bits_;
  const std::uint64_t entries = column.starts.back();
  // Where every second block is asked for, or more.
  const bool is_dense = 2 * asked.size() * kBlockBytes > entries * width;
  // The entries that are at hand.
  std::uint64_t window_begin = 0;
  std::uint64_t window_end = 0;
  std::string_view window;
  for (std::size_t i = 0, next = 0; i < asked.size(); i = next) {
    const std::uint64_t group = asked[i].key >> rest_bits;
    next = i + 1;
    while (next < asked.size() && asked[next].key >> rest_bits == group) ++next;
    const std::uint64_t begin = column.starts[static_cast<std::size_t>(group)];
    const std::uint64_t end = column.starts[static_cast<std::size_t>(group) + 1];
    if (begin == end) continue;
    if (begin < window_begin || end > window_end) {
      window_begin = begin;
      window_end = is_dense ? std::max(end, std::min(entries, begin + kReadAhead / width)) : end;
      window = file_.read(column.offset + begin * width,
                          static_cast<std::size_t>(window_end - begin) * width, buffer);
    }
    std::size_t j = i;
    const std::uint64_t mask = (std::uint64_t{1} << rest_bits) - 1;
    std::uint64_t before = 0;
    for (std::uint64_t place = begin; place < end; ++place) {
      const Entry entry = entry_at(window.data() + (place - window_begin) * width);
      if (entry.rest < before || entry.document >= documents_) {
        file_.fail(column.offset + place * width, "an entry is not in order");
      }
      before = entry.rest;
      while (j < next && (asked[j].key & mask) < entry.rest) ++j;
      if (j == next) break;
      for (std::size_t k = j; k < next && (asked[k].key & mask) == entry.rest; ++k) {
        take(asked[k].query, entry.document);
      }
    }
  }
}

void KeyColumns::for_each(
    std::size_t number, std::uint64_t prefix, unsigned bits,
    const std::function<void(std::uint64_t key, std::uint32_t document)>& take) const {
  const Column& column = columns_[number];
  const std::size_t width = rest_bytes_ + document_bytes_;
  const unsigned rest_bits = kIndexKeyBits - group_bits_;
  const unsigned free_bits = kIndexKeyBits - bits;  // below the prefix
  const std::uint64_t first = prefix << free_bits;
  const std::uint64_t last = first | ((std::uint64_t{1} << free_bits) - 1);
  const auto begin_group = static_cast<std::size_t>(first >> rest_bits);
  const auto end_group = static_cast<std::size_t>(last >> rest_bits) + 1;
  BlockFile::Buffer buffer;
  std::size_t group = begin_group;
  const std::uint64_t end = column.starts[end_group];
  const std::uint64_t step = std::max<std::uint64_t>(1, (std::uint64_t{1} << 20) / width);
  for (std::uint64_t begin = column.starts[begin_group]; begin < end; begin += step) {
    const std::uint64_t count = std::min(step, end - begin);
    const std::string_view bytes = file_.read(column.offset + begin * width,
                                              static_cast<std::size_t>(count) * width, buffer);
    for (std::uint64_t i = 0; i < count; ++i) {
      while (column.starts[group + 1] <= begin + i) ++group;
      const Entry entry = entry_at(bytes.data() + i * width);
      if (entry.document >= documents_ || entry.rest >> rest_bits != 0) {
        file_.fail(column.offset + (begin + i) * width, "an entry is not in order");
      }
      const std::uint64_t key = std::uint64_t{group} << rest_bits | entry.rest;
      if (key >= first && key <= last) take(key, entry.document);
    }
  }
}

std::uint64_t KeyColumns::memory_bytes() const {
  std::uint64_t bytes = 0;
  for (const Column& column : columns_) bytes += column.starts.size() * sizeof(std::uint32_t);
  return bytes;
}

}  // namespace copydesk
