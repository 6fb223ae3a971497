// SPDX-License-Identifier: Apache-2.0
#include "copydesk/blocks/site_model.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <tuple>

#include "copydesk/error.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace copydesk {
namespace {

constexpr std::uint64_t kPageSign = 0x7061676573u;
constexpr std::uint64_t kCountSign = 0x636F756E74u;
constexpr std::uint32_t kProseWords = 12;  // shorter lines do not tell pages apart
constexpr std::uint64_t kPageWords = 100;  // nor do pages with less prose: it may be the site's
constexpr std::size_t kSmallestTable = 1024;
constexpr char kMagic[8] = {'c', 'd', 's', 'i', 't', 'e', '0', '2'};
constexpr std::size_t kHeaderBytes = 24;  // magic, number of entries, pages counted, zero
constexpr std::size_t kEntryBytes = 16;
constexpr std::uint64_t kMostEntries = std::uint64_t{1} << 40;  // of a file; more is nonsense

std::uint64_t never_zero(std::uint64_t key) {
  return key == 0 ? 1 : key;
}
std::uint64_t line_entry(std::uint64_t site, std::uint64_t masked_key) {
  return never_zero(mix_keys(site, masked_key));
}
std::uint64_t pages_entry(std::uint64_t site) {
  return never_zero(mix_keys(site, kCountSign));
}

template <class Number>
void append_number(std::string& out, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

template <class Number>
Number number_at(std::string_view bytes, std::size_t at) {
  Number number;
  std::memcpy(&number, bytes.data() + at, sizeof number);
  return number;
}

}  // namespace

SiteModel::SiteModel(const SiteModelOptions& options) : options_(options) {
  if (options.most_entries < kSmallestTable) {
    throw Error(ErrorCode::kInvalidOption, "a site model needs room for at least 1024 lines");
  }
  if (!(options.same_page > 0.0 && options.same_page <= 1.0)) {
    throw Error(ErrorCode::kInvalidOption, "the share that makes pages the same must be in (0, 1]");
  }
  table_.resize(kSmallestTable * 2);
}

const SiteModel::Entry* SiteModel::find(std::uint64_t key) const {
  const std::size_t mask = table_.size() - 1;
  for (std::size_t i = key & mask;; i = (i + 1) & mask) {
    if (table_[i].key == key) return &table_[i];
    if (table_[i].key == 0) return nullptr;
  }
}

// The table is far larger than the caches, so that looking up a line is waiting for memory.
void SiteModel::prefetch(std::uint64_t key) const {
  __builtin_prefetch(&table_[key & (table_.size() - 1)]);
}

SiteModel::Entry& SiteModel::slot_for(std::uint64_t key) {
  const std::size_t mask = table_.size() - 1;
  std::size_t i = key & mask;
  while (table_[i].key != 0 && table_[i].key != key) i = (i + 1) & mask;
  return table_[i];
}

void SiteModel::resize(std::size_t capacity) {
  std::vector<Entry> old(capacity);
  old.swap(table_);
  for (const Entry& entry : old) {
    if (entry.key != 0) slot_for(entry.key) = entry;
  }
}

void SiteModel::add(std::uint64_t key, std::uint32_t pages, std::uint32_t last_page) {
  Entry& entry = slot_for(key);
  if (entry.key == 0) {
    entry.key = key;
    ++used_;
  }
  entry.pages = static_cast<std::uint32_t>(
      std::min<std::uint64_t>(std::uint64_t{entry.pages} + pages, UINT32_MAX));
  entry.last_page = std::max(entry.last_page, last_page);
  if (used_ > options_.most_entries) forget_some();
  if (used_ * 2 > table_.size()) resize(table_.size() * 2);
}

// Lossy counting in the manner of Manku and Motwani (VLDB 2002), by recency instead of fixed
// windows: a quarter of the entries goes, so that the cost is spread over many pages.
void SiteModel::forget_some() {
  std::vector<Entry> kept = sorted_entries();
  const std::size_t size = options_.most_entries - options_.most_entries / 4;
  std::nth_element(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(size), kept.end(),
                   [](const Entry& x, const Entry& y) {
                     const bool x_repeats = x.pages > 1, y_repeats = y.pages > 1;
                     return std::tie(y_repeats, y.last_page, y.pages, y.key) <
                            std::tie(x_repeats, x.last_page, x.pages, x.key);
                   });
  forgotten_ += kept.size() - size;
  kept.resize(size);
  std::fill(table_.begin(), table_.end(), Entry{});
  used_ = size;
  for (const Entry& entry : kept) slot_for(entry.key) = entry;
}

// The counted page that had most of this page's long lines last, if it had enough of them. `keys_`
// are those of the lines.
bool SiteModel::is_copy(std::span<const CountedLine> lines) {
  votes_.clear();
  std::uint64_t words = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].words < kProseWords || lines[i].ends_open) continue;
    words += lines[i].words;
    const Entry* const entry = find(keys_[i]);
    if (entry != nullptr) votes_.emplace_back(entry->last_page, lines[i].words);
  }
  if (words < kPageWords) return false;
  std::sort(votes_.begin(), votes_.end());
  for (std::size_t i = 0; i < votes_.size();) {
    std::uint64_t shared = 0;
    const std::uint32_t page = votes_[i].first;
    for (; i < votes_.size() && votes_[i].first == page; ++i) shared += votes_[i].second;
    if (static_cast<double>(shared) >= options_.same_page * static_cast<double>(words)) return true;
  }
  return false;
}

bool SiteModel::add_page(std::uint64_t site, std::span<const Line> lines) {
  const std::vector<CountedLine> counted(lines.begin(), lines.end());
  return add_page(site, counted);
}

bool SiteModel::add_page(std::uint64_t site, std::span<const CountedLine> lines) {
  std::uint64_t page_key = mix_keys(site, kPageSign);
  keys_.clear();
  for (const CountedLine& line : lines) {
    page_key = mix_keys(page_key, line.key);
    keys_.push_back(line_entry(site, line.key));
    prefetch(keys_.back());
  }
  page_key = never_zero(page_key);
  if (find(page_key) != nullptr || is_copy(lines)) return false;
  keys_.push_back(page_key);
  keys_.push_back(pages_entry(site));
  ++page_;
  // Only where entries are forgotten does it matter in which order they come.
  if (used_ + keys_.size() > options_.most_entries) std::sort(keys_.begin(), keys_.end());
  for (const std::uint64_t key : keys_) {
    const Entry& entry = slot_for(key);
    const bool is_counted = entry.key == key && entry.last_page == page_;
    if (!is_counted) add(key, 1, page_);
  }
  return true;
}

std::uint32_t SiteModel::pages_with(std::uint64_t site, const Line& line) const {
  const Entry* const entry = find(line_entry(site, line.masked_key));
  return entry == nullptr ? 0 : entry->pages;
}

void SiteModel::pages_with(std::uint64_t site, std::span<const Line> lines,
                           std::vector<std::uint32_t>& counts) const {
  constexpr std::size_t kAhead = 16;
  counts.clear();
  for (std::size_t i = 0; i < std::min(kAhead, lines.size()); ++i) {
    prefetch(line_entry(site, lines[i].masked_key));
  }
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i + kAhead < lines.size()) prefetch(line_entry(site, lines[i + kAhead].masked_key));
    counts.push_back(pages_with(site, lines[i]));
  }
}

std::uint32_t SiteModel::pages_of(std::uint64_t site) const {
  const Entry* const entry = find(pages_entry(site));
  return entry == nullptr ? 0 : entry->pages;
}

void SiteModel::merge(const SiteModel& other) {
  for (const Entry& entry : other.sorted_entries())
    add(entry.key, entry.pages, page_ + entry.last_page);
  page_ += other.page_;
}

std::vector<SiteModel::Entry> SiteModel::sorted_entries() const {
  std::vector<Entry> entries;
  entries.reserve(used_);
  for (const Entry& entry : table_) {
    if (entry.key != 0) entries.push_back(entry);
  }
  std::sort(entries.begin(), entries.end(),
            [](const Entry& x, const Entry& y) { return x.key < y.key; });
  return entries;
}

std::string SiteModel::to_bytes() const {
  std::string bytes;
  bytes.reserve(kHeaderBytes + used_ * kEntryBytes + 8);
  bytes.append(kMagic, sizeof kMagic);
  append_number(bytes, std::uint64_t{used_});
  append_number(bytes, page_);
  append_number(bytes, std::uint32_t{0});
  for (const Entry& entry : sorted_entries()) {
    append_number(bytes, entry.key);
    append_number(bytes, entry.pages);
    append_number(bytes, entry.last_page);
  }
  append_number(bytes, std::uint64_t{XXH3_64bits(bytes.data(), bytes.size())});
  return bytes;
}

std::uint64_t SiteModel::stated_size(std::string_view head) {
  if (head.size() < kHeaderBytes || !head.starts_with(std::string_view(kMagic, sizeof kMagic))) {
    return 0;
  }
  const auto count = number_at<std::uint64_t>(head, sizeof kMagic);
  return count > kMostEntries ? 0 : kHeaderBytes + count * kEntryBytes + 8;
}

void SiteModel::merge_bytes(std::string_view bytes, const std::string& where) {
  const auto fail = [&](const char* reason) {
    throw Error(ErrorCode::kCorruptFile, reason, where);
  };
  if (bytes.size() < kHeaderBytes + 8 || !bytes.starts_with(std::string_view(kMagic, 8))) {
    fail("not a site model");
  }
  const std::size_t body = bytes.size() - 8;
  if (number_at<std::uint64_t>(bytes, body) != XXH3_64bits(bytes.data(), body)) {
    fail("the site model is damaged: its checksum is wrong");
  }
  const auto count = number_at<std::uint64_t>(bytes, 8);
  if (count != (body - kHeaderBytes) / kEntryBytes || (body - kHeaderBytes) % kEntryBytes != 0) {
    fail("the site model is damaged: its size is wrong");
  }
  for (std::size_t at = kHeaderBytes; at < body; at += kEntryBytes) {
    const auto key = number_at<std::uint64_t>(bytes, at);
    if (key == 0) fail("the site model is damaged: an entry is empty");
    add(key, number_at<std::uint32_t>(bytes, at + 8),
        page_ + number_at<std::uint32_t>(bytes, at + 12));
  }
  page_ += number_at<std::uint32_t>(bytes, 16);
}

std::uint64_t site_key(std::string_view site) {
  return site.empty() ? 0 : never_zero(XXH3_64bits(site.data(), site.size()));
}

std::string site_name(std::string_view site_field, std::string_view url) {
  if (!site_field.empty()) return std::string(site_field);
  const std::size_t scheme = url.find("//");
  if (scheme == std::string_view::npos) return {};
  std::string_view host = url.substr(scheme + 2);
  host = host.substr(0, host.find_first_of("/?#\\"));
  const std::size_t user = host.rfind('@');
  if (user != std::string_view::npos) host.remove_prefix(user + 1);
  const std::size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
    host = host.substr(0, port);
  }
  while (host.ends_with('.')) host.remove_suffix(1);
  std::string name(host);
  for (char& c : name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return name;
}

}  // namespace copydesk
