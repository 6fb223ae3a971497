// SPDX-License-Identifier: Apache-2.0
#include "copydesk/pipeline/decontaminate/evaluation_items.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/stream/packed_bytes.h"
#include "copydesk/version.h"

namespace copydesk {

namespace {

// A line for people, then the version of the text rules, the bytes that follow, and their XXH3-64.
constexpr std::string_view kMagic = "copydesk evaluation items 1\n";
constexpr std::size_t kHeadBytes = kMagic.size() + 4 + 8 + 8;

template <class Value>
Value read_at(std::string_view bytes, std::size_t place) {
  Value value;
  std::memcpy(&value, bytes.data() + place, sizeof value);
  return value;
}

}  // namespace

void EvaluationItems::add(std::string_view set, std::string_view id, std::string_view question,
                          std::string_view answer) {
  EvaluationItem item;
  const auto [known, is_new] = set_numbers_.emplace(set, static_cast<std::uint32_t>(sets_.size()));
  if (is_new) sets_.emplace_back(set);
  item.set = known->second;
  item.id = id;
  item.text = question;
  tokenizer_.tokenize(answer, tokens_);
  take_low_halves(tokens_.hashes, item.answer);
  tokenizer_.tokenize(question, tokens_);
  take_low_halves(tokens_.hashes, low_);
  if (low_.size() < kFewestItemTokens && !item.answer.empty()) {
    item.text += '\n';
    item.text += answer;
    item.holds_answer = true;
    low_.insert(low_.end(), item.answer.begin(), item.answer.end());
  }
  append(std::move(item), low_.size() < kFewestItemTokens ? kNone : index_text(low_));
}

void EvaluationItems::append(EvaluationItem item, std::uint32_t indexed) {
  items_.push_back(std::move(item));
  indexed_.push_back(indexed);
}

std::uint32_t EvaluationItems::index_text(std::span<const std::uint32_t> tokens) {
  std::vector<std::uint32_t>& alike = known_[content_hash_64(tokens.data(), tokens.size_bytes())];
  for (const std::uint32_t number : alike) {
    const std::span<const std::uint32_t> other = index_.tokens(number);
    if (std::equal(tokens.begin(), tokens.end(), other.begin(), other.end())) return number;
  }
  return alike.emplace_back(index_.add(tokens));
}

void EvaluationItems::build() {
  known_.clear();
  index_.build();
  holders_.clear();
  for (std::uint32_t item = 0; item < items_.size(); ++item) {
    if (indexed_[item] != kNone) holders_.push_back(item);
  }
  std::stable_sort(holders_.begin(), holders_.end(), [&](std::uint32_t x, std::uint32_t y) {
    return std::pair(indexed_[x], items_[x].set) < std::pair(indexed_[y], items_[y].set);
  });
  begins_.assign(index_.size() + 1, 0);
  for (const std::uint32_t item : holders_) ++begins_[indexed_[item] + 1];
  std::partial_sum(begins_.begin(), begins_.end(), begins_.begin());
}

std::string EvaluationItems::to_bytes() const {
  PackedBytes body;
  body.put(static_cast<std::uint64_t>(sets_.size()));
  for (const std::string& set : sets_) body.put_text(set);
  body.put(static_cast<std::uint64_t>(index_.size()));
  for (std::uint32_t text = 0; text < index_.size(); ++text) body.put_all(index_.tokens(text));
  body.put(static_cast<std::uint64_t>(items_.size()));
  for (std::size_t i = 0; i < items_.size(); ++i) {
    const EvaluationItem& item = items_[i];
    body.put(item.set);
    body.put(indexed_[i]);
    body.put(static_cast<std::uint8_t>(item.holds_answer));
    body.put_text(item.id);
    body.put_text(item.text);
    body.put_all<std::uint32_t>(item.answer);
  }
  PackedBytes head;
  head.put(static_cast<std::uint32_t>(kTextRulesVersion));
  head.put(static_cast<std::uint64_t>(body.view().size()));
  head.put(content_hash_64(body.view().data(), body.view().size()));
  std::string bytes(kMagic);
  bytes += head.view();
  bytes += body.view();
  return bytes;
}

std::uint64_t EvaluationItems::stated_size(std::string_view head) {
  if (head.size() < kHeadBytes || !head.starts_with(kMagic)) return 0;
  return kHeadBytes + read_at<std::uint64_t>(head, kMagic.size() + 4);
}

EvaluationItems EvaluationItems::parse(std::string_view bytes, const std::string& path) {
  const std::uint64_t size = stated_size(bytes);
  if (size == 0) {
    throw Error(ErrorCode::kCorruptFile, "is no file of prepared evaluation items", path);
  }
  if (read_at<std::uint32_t>(bytes, kMagic.size()) != kTextRulesVersion) {
    throw Error(ErrorCode::kInvalidOption,
                "was prepared by other rules of text: prepare it again with --against", path);
  }
  const std::string_view body = bytes.substr(kHeadBytes);
  const auto checksum = read_at<std::uint64_t>(bytes, kMagic.size() + 12);
  if (bytes.size() != size || checksum != content_hash_64(body.data(), body.size())) {
    throw Error(ErrorCode::kCorruptFile, "is damaged", path);
  }
  PackedReader reader(body, path);
  EvaluationItems result;
  for (std::size_t i = reader.get_count(8); i > 0; --i) result.sets_.push_back(reader.get_text());
  std::vector<std::uint32_t> tokens;
  for (std::size_t i = reader.get_count(8); i > 0; --i) {
    reader.get_all(tokens);
    static_cast<void>(result.index_.add(tokens));
  }
  for (std::size_t i = reader.get_count(33); i > 0; --i) {
    EvaluationItem item;
    item.set = reader.get<std::uint32_t>();
    const auto indexed = reader.get<std::uint32_t>();
    item.holds_answer = reader.get<std::uint8_t>() != 0;
    item.id = reader.get_text();
    item.text = reader.get_text();
    reader.get_all(item.answer);
    const bool is_sound = item.set < result.sets_.size() &&
                          (indexed == kNone || indexed < result.index_.size());
    if (!is_sound) reader.fail();
    result.append(std::move(item), indexed);
  }
  if (!reader.at_end()) reader.fail();
  result.build();
  return result;
}

}  // namespace copydesk
