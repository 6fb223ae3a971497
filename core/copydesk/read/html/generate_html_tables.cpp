// SPDX-License-Identifier: Apache-2.0
//
// generate_html_tables NAMED_ENTITIES ENCODING_LABELS OUT: writes what the HTML reader looks up, as
// C++ arrays: named character references and labels of encodings from the two lists beside this
// file, and the decoders' tables from ICU. Run by the build; nothing of it is part of the library.

#include <unicode/ucnv.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "copydesk/read/html/character_set.h"

namespace copydesk {
namespace {

[[noreturn]] void fail(const std::string& what) {
  std::fprintf(stderr, "generate_html_tables: %s\n", what.c_str());
  std::exit(1);
}

class Converter {
 public:
  explicit Converter(const char* name) {
    UErrorCode status = U_ZERO_ERROR;
    converter_ = ucnv_open(name, &status);
    if (U_FAILURE(status)) fail(std::string("ICU does not know ") + name);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;
  ~Converter() { ucnv_close(converter_); }

  // The one character that `bytes` stand for, or U+FFFD.
  std::uint32_t operator()(const std::string& bytes) {
    UChar units[8];
    UErrorCode status = U_ZERO_ERROR;
    const int32_t size = ucnv_toUChars(converter_, units, 8, bytes.data(),
                                       static_cast<int32_t>(bytes.size()), &status);
    if (U_FAILURE(status)) return 0xFFFD;
    if (size == 1 && units[0] != 0x1A) return units[0];
    if (size == 2 && (units[0] & 0xFC00) == 0xD800) {
      return 0x10000 + ((units[0] - 0xD800U) << 10) + (units[1] - 0xDC00U);
    }
    return 0xFFFD;
  }

 private:
  UConverter* converter_ = nullptr;
};

std::vector<std::vector<std::string>> read_list(const char* path) {
  std::ifstream file(path);
  if (!file) fail(std::string("cannot open ") + path);
  std::vector<std::vector<std::string>> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::vector<std::string> row;
    for (std::string word; words >> word;) row.push_back(word);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string bytes_of(std::initializer_list<unsigned> values) {
  std::string bytes;
  for (const unsigned value : values) bytes.push_back(static_cast<char>(value));
  return bytes;
}

void write_array(std::FILE* out, const char* type, const std::string& name,
                 const std::vector<std::uint32_t>& values) {
  std::fprintf(out, "const %s %s[] = {\n", type, name.c_str());
  for (std::size_t i = 0; i < values.size(); ++i) {
    std::fprintf(out, i % 16 == 15 ? "%u,\n" : "%u,", values[i]);
  }
  std::fprintf(out, "};\n");
}

void write_entities(std::FILE* out, const char* path) {
  auto rows = read_list(path);
  std::sort(rows.begin(), rows.end());
  std::fprintf(out, "const NamedEntity kNamedEntities[] = {\n");
  for (const auto& row : rows) {
    const std::string second = row.size() > 2 ? row[2] : "0";
    std::fprintf(out, "{\"%s\",0x%s,0x%s},\n", row[0].c_str(), row[1].c_str(), second.c_str());
  }
  std::fprintf(out, "};\n");
}

void write_labels(std::FILE* out, const char* path) {
  std::vector<std::pair<std::string, std::size_t>> labels;
  for (const auto& row : read_list(path)) {
    const auto found = std::find(kCharacterSetNames.begin(), kCharacterSetNames.end(), row[0]);
    if (found == kCharacterSetNames.end()) fail("no character set " + row[0]);
    labels.emplace_back(row[1], static_cast<std::size_t>(found - kCharacterSetNames.begin()));
  }
  std::sort(labels.begin(), labels.end());
  std::fprintf(out, "const EncodingLabel kEncodingLabels[] = {\n");
  for (const auto& [label, set] : labels) std::fprintf(out, "{\"%s\",%zu},\n", label.c_str(), set);
  std::fprintf(out, "};\n");
}

// ICU has no ISO-8859-16: its upper half.
constexpr std::uint16_t kIso8859_16[] = {
    0xA0,  0x104, 0x105, 0x141, 0x20AC, 0x201E, 0x160, 0xA7,  0x161, 0xA9,   0x218, 0xAB,
    0x179, 0xAD,  0x17A, 0x17B, 0xB0,   0xB1,   0x10C, 0x142, 0x17D, 0x201D, 0xB6,  0xB7,
    0x17E, 0x10D, 0x219, 0xBB,  0x152,  0x153,  0x178, 0x17C, 0xC0,  0xC1,   0xC2,  0x102,
    0xC4,  0x106, 0xC6,  0xC7,  0xC8,   0xC9,   0xCA,  0xCB,  0xCC,  0xCD,   0xCE,  0xCF,
    0x110, 0x143, 0xD2,  0xD3,  0xD4,   0x150,  0xD6,  0x15A, 0x170, 0xD9,   0xDA,  0xDB,
    0xDC,  0x118, 0x21A, 0xDF,  0xE0,   0xE1,   0xE2,  0x103, 0xE4,  0x107,  0xE6,  0xE7,
    0xE8,  0xE9,  0xEA,  0xEB,  0xEC,   0xED,   0xEE,  0xEF,  0x111, 0x144,  0xF2,  0xF3,
    0xF4,  0x151, 0xF6,  0x15B, 0x171,  0xF9,   0xFA,  0xFB,  0xFC,  0x119,  0x21B, 0xFF};

std::string icu_name(std::string_view name) {
  if (name == "ibm866") return "ibm-866_P100-1995";
  if (name == "iso-8859-8-i") return "iso-8859-8";
  if (name == "windows-874") return "windows-874-2000";
  if (name == "x-mac-cyrillic") return "macos-7_3-10.2";
  return std::string(name);
}

void write_single_byte_sets(std::FILE* out) {
  std::vector<std::uint32_t> values;
  for (std::size_t set = kFirstSingleByteSet; set < kCharacterSetNames.size(); ++set) {
    const std::string_view name = kCharacterSetNames[set];
    if (name == "iso-8859-16") {
      for (unsigned byte = 0x80; byte < 0xA0; ++byte) values.push_back(byte);
      values.insert(values.end(), std::begin(kIso8859_16), std::end(kIso8859_16));
      continue;
    }
    Converter convert(icu_name(name).c_str());
    for (unsigned byte = 0x80; byte < 0x100; ++byte) {
      std::uint32_t value = convert(bytes_of({byte}));
      if (value == 0xFFFD && byte < 0xA0) value = byte;  // the standard leaves controls as they are
      if (name == "koi8-u" && byte == 0xAE) value = 0x45E;
      if (name == "koi8-u" && byte == 0xBE) value = 0x40E;
      values.push_back(value);
    }
  }
  write_array(out, "std::uint16_t", "kSingleByteSets", values);
}

// Rows 0x81 to 0xFE, in each the second bytes 0x40 to 0xFE.
void write_two_byte_set(std::FILE* out, const std::string& name, const char* icu) {
  Converter convert(icu);
  std::vector<std::uint32_t> values;
  for (unsigned first = 0x81; first <= 0xFE; ++first) {
    for (unsigned second = 0x40; second <= 0xFE; ++second) {
      values.push_back(convert(bytes_of({first, second})));
    }
  }
  write_array(out, "std::uint32_t", name, values);
}

// JIS X 0212 as EUC-JP has it behind 0x8F: 94 rows of 94.
void write_jis0212(std::FILE* out) {
  Converter convert("euc-jp-2007");
  std::vector<std::uint32_t> values;
  for (unsigned first = 0xA1; first <= 0xFE; ++first) {
    for (unsigned second = 0xA1; second <= 0xFE; ++second) {
      values.push_back(convert(bytes_of({0x8F, first, second})));
    }
  }
  write_array(out, "std::uint16_t", "kJis0212", values);
}

// The four-byte characters of GB 18030 below U+10000, by their number: 81 30 81 30 is 0.
void write_gb18030(std::FILE* out) {
  Converter convert("gb18030");
  std::vector<std::uint32_t> values;
  for (unsigned number = 0; number < 39420; ++number) {
    values.push_back(convert(bytes_of({0x81 + number / 12600, 0x30 + number / 1260 % 10,
                                       0x81 + number / 10 % 126, 0x30 + number % 10})));
  }
  write_array(out, "std::uint16_t", "kGb18030FourBytes", values);
}

}  // namespace
}  // namespace copydesk

int main(int argc, char** argv) {
  if (argc != 4) {
    std::fprintf(stderr, "usage: generate_html_tables NAMED_ENTITIES ENCODING_LABELS OUT\n");
    return 2;
  }
  const std::string path = argv[3];
  std::FILE* entities = std::fopen((path + "/html_entities.inc").c_str(), "w");
  std::FILE* sets = std::fopen((path + "/character_sets.inc").c_str(), "w");
  if (entities == nullptr || sets == nullptr) {
    std::perror(argv[3]);
    return 1;
  }
  copydesk::write_entities(entities, argv[1]);
  copydesk::write_labels(sets, argv[2]);
  copydesk::write_single_byte_sets(sets);
  copydesk::write_two_byte_set(sets, "kGb18030TwoBytes", "gb18030");
  copydesk::write_two_byte_set(sets, "kBig5", "big5-hkscs");
  copydesk::write_two_byte_set(sets, "kEucKr", "windows-949-2000");
  copydesk::write_two_byte_set(sets, "kShiftJis", "ibm-943_P15A-2003");
  copydesk::write_jis0212(sets);
  copydesk::write_gb18030(sets);
  const bool good = std::fclose(entities) == 0;
  return std::fclose(sets) == 0 && good ? 0 : 1;
}
