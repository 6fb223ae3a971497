// SPDX-License-Identifier: Apache-2.0
//
// The files that a later run reads back: site models and IDF tables. Any bytes are either refused
// with Error{kCorruptFile} or make an object that writes itself, and is read, again. Most cases get
// the right magic, sizes and checksum, because the checks behind those matter.
#include <xxhash.h>

#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/blocks/site_model.h"
#include "copydesk/error.h"
#include "copydesk/summary/corpus_idf.h"
#include "property.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

template <class Number>
void append_number(std::string& out, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof number);
}

void append_checksum(std::string& out) {
  append_number(out, std::uint64_t{XXH3_64bits(out.data(), out.size())});
}

// A model whose entries and number of pages are `bytes`, as far as they reach.
std::string mended_model(std::string_view bytes) {
  constexpr std::size_t kEntryBytes = 16;
  std::string file = "cdsite01";
  const std::size_t entries = bytes.size() / kEntryBytes;
  append_number(file, std::uint64_t{entries});
  std::string pages(bytes.substr(entries * kEntryBytes));
  pages.resize(sizeof(std::uint64_t));
  file += pages;
  file += bytes.substr(0, entries * kEntryBytes);
  append_checksum(file);
  return file;
}

// A table of the smallest size whose first counters are `bytes`.
std::string mended_idf(std::string_view bytes) {
  std::string file = "copydesk idf 1\n";
  append_number(file, std::uint64_t{CorpusIdf::kSmallestBits});
  std::string body(bytes);
  body.resize(sizeof(std::uint64_t) + (std::size_t{4} << CorpusIdf::kSmallestBits));
  file += body;
  append_checksum(file);
  return file;
}

bool merge(SiteModel& model, std::string_view file) {
  try {
    model.merge_bytes(file, "file");
    return true;
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile, "a bad file is called corrupt");
    return false;
  }
}

void check_model(std::string_view file) {
  SiteModelOptions options;
  options.most_entries = 1024;
  SiteModel model(options);
  if (!merge(model, file)) return;
  require(model.size() <= options.most_entries, "a model keeps to its size");
  Line line;
  for (std::uint64_t key = 0; key < 64; ++key) {
    line.masked_key = key;
    static_cast<void>(model.pages_with(key, line));
    static_cast<void>(model.pages_of(key));
  }
  static_cast<void>(model.add_page(1, std::vector<Line>{line, line}));
  const std::string written = model.to_bytes();
  SiteModel again(options);
  require(merge(again, written), "what a model writes it can read");
  require(again.to_bytes() == written, "reading and writing a model changes nothing");
  SiteModel both(options);
  both.merge(model);
  require(both.to_bytes() == written, "a merged model is the same as one read");
}

void check_idf(std::string_view file) {
  try {
    CorpusIdf idf = CorpusIdf::parse(file, "file");
    require(idf.serialize() == file, "an IDF table is written as it was read");
    for (std::uint64_t term = 0; term < 64; ++term) {
      require(idf.weight(term * 0x9E3779B97F4A7C15u) >= 0.0f, "weights are not negative");
    }
    idf.add(std::vector<std::uint64_t>{1, 2, 3});
    CorpusIdf twice = idf;
    twice.merge(idf);
    static_cast<void>(twice.weight(1));
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile, "a bad file is called corrupt");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  const std::size_t kind = choices.next(4);
  const std::string_view bytes = choices.rest();
  if (kind == 0) check_model(bytes);
  if (kind == 1) check_model(mended_model(bytes));
  if (kind == 2) check_idf(bytes);
  if (kind == 3) check_idf(mended_idf(bytes));
  return 0;
}
