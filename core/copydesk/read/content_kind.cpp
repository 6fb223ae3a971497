// SPDX-License-Identifier: Apache-2.0
#include "copydesk/read/content_kind.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string_view>

#include "copydesk/ascii.h"
#include "copydesk/stream/byte_source.h"

namespace copydesk {
namespace {

using namespace std::string_view_literals;

struct Magic {
  std::size_t offset;
  std::string_view bytes;
  std::string_view name;
};

// Longer ones first where one begins with the other.
constexpr std::array kMagic = {
    Magic{0, "\xff\xfe\0\0"sv, "UTF-32 text"},
    Magic{0, "\0\0\xfe\xff"sv, "UTF-32 text"},
    Magic{0, "\xff\xfe"sv, "UTF-16 text"},
    Magic{0, "\xfe\xff"sv, "UTF-16 text"},
    Magic{257, "ustar"sv, "a tar archive"},
    Magic{0, "PK\x03\x04"sv, "a zip archive"},
    Magic{0, "PK\x05\x06"sv, "a zip archive"},
    Magic{0, "%PDF-"sv, "a PDF document"},
    Magic{0, "PAR1"sv, "a Parquet file in a compressed one"},
    Magic{0, "ARROW1"sv, "an Arrow file"},
    Magic{0, "WARC/1."sv, "a WARC archive"},
    Magic{0, "\x1f\x8b\x08"sv, "gzip inside another compression"},
    Magic{0, "\x28\xb5\x2f\xfd"sv, "zstd inside another compression"},
    Magic{0,
          "\xfd"
          "7zXZ\0"sv,
          "an xz archive"},
    Magic{0, "7z\xbc\xaf\x27\x1c"sv, "a 7z archive"},
    Magic{0, "\x04\x22\x4d\x18"sv, "an lz4 archive"},
    Magic{0, "Rar!\x1a\x07"sv, "a RAR archive"},
    Magic{0, "Obj\x01"sv, "an Avro file"},
    Magic{0, "{\\rtf"sv, "an RTF document"},
    Magic{0, "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, "an older Office document"},
    Magic{0, "%!PS"sv, "a PostScript document"},
    Magic{0, "SQLite format 3\0"sv, "an SQLite database"},
    Magic{0,
          "\x7f"
          "ELF"sv,
          "a program"},
    Magic{0, "\x89PNG\r\n"sv, "a PNG image"},
    Magic{0, "\xff\xd8\xff"sv, "a JPEG image"},
    Magic{0, "GIF8"sv, "a GIF image"},
    Magic{8, "WEBPVP8"sv, "a WebP image"},
    Magic{0, "wOFF"sv, "a font"},
    Magic{0, "wOF2"sv, "a font"},
    Magic{0, "\0\1\0\0\0"sv, "a font"},
    Magic{0, "\x89HDF\r\n"sv, "an HDF5 file"},
    Magic{0, "\x93NUMPY"sv, "a NumPy array"},
    Magic{0, "\x80\x04\x95"sv, "a Python pickle"},
    Magic{0, "\x80\x05\x95"sv, "a Python pickle"},
    Magic{0, "\xff\x06\0\0sNaPpY"sv, "a Snappy archive"},
    Magic{0, "\x1f\x9d"sv, "a compress archive"},
    Magic{0, "!<arch>\n"sv, "an ar archive"},
    Magic{0, "\xca\xfe\xba\xbe"sv, "a program"},
};

// Texts may begin so, too, but hold no control characters.
constexpr std::array kMagicWords = {
    Magic{0, "ORC"sv, "an ORC file"},        Magic{0, "FEA1"sv, "a Feather file"},
    Magic{8, "DUCK"sv, "a DuckDB database"}, Magic{0, "LZIP"sv, "an lzip archive"},
    Magic{4, "ftyp"sv, "a video"},           Magic{0, "RIFF"sv, "a sound or video"},
    Magic{0, "OggS"sv, "a sound or video"},  Magic{0, "ID3"sv, "a sound"},
    Magic{0, "fLaC"sv, "a sound"},
};

template <std::size_t kSize>
std::string_view name_of(const std::array<Magic, kSize>& magic, std::string_view begin) {
  const auto found = std::ranges::find_if(magic, [&](const Magic& one) {
    return begin.size() >= one.offset && begin.substr(one.offset).starts_with(one.bytes);
  });
  return found == magic.end() ? ""sv : found->name;
}

bool has_control_character(std::string_view begin) {
  return std::ranges::any_of(begin, [](char c) { return static_cast<unsigned char>(c) < '\t'; });
}

bool is_bzip2(std::string_view begin) {
  return begin.size() >= 10 && begin.starts_with("BZh") &&
         begin.substr(4, 6) == "\x31\x41\x59\x26\x53\x59";
}

// Names of texts for people. Objects in them are believed when they are seen.
bool is_named_text(std::string_view path) {
  return std::ranges::any_of(
      std::array{".txt"sv, ".text"sv, ".md"sv, ".rst"sv, ".tex"sv, ".wiki"sv, ".log"sv},
      [&](std::string_view ending) { return ends_ignoring_case(path, ending); });
}

bool is_object(std::string_view line) {
  simdjson::dom::parser parser;
  const simdjson::padded_string padded(line);
  return parser.parse(padded).is_object();
}

// REQUIRES: `begin` begins with '{'. "{{Stub}}" and "{ a | b }" are no objects; a damaged first
// line may be one, but for texts.
bool begins_with_object(std::string_view path, std::string_view begin) {
  const std::size_t second = begin.find_first_not_of(" \t\r\n", 1);
  if (second != std::string_view::npos && begin[second] != '"' && begin[second] != '}') {
    return false;
  }
  if (!is_named_text(path)) return true;
  const std::size_t end = begin.find('\n');
  // A line that goes on beyond what is there is too long for a text.
  return end == std::string_view::npos ? second != std::string_view::npos
                                       : is_object(begin.substr(0, end));
}

}  // namespace

ByteOrder utf16_order(std::string_view begin) {
  if (begin.starts_with("\xff\xfe") && !begin.starts_with("\xff\xfe\0\0"sv)) {
    return ByteOrder::kLittle;
  }
  if (begin.starts_with("\xfe\xff")) return ByteOrder::kBig;
  // Texts of Latin letters, and JSON in any language, have many zeros on one side, and none on the
  // other.
  begin = begin.substr(0, 512);
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i < begin.size(); ++i) {
    (i % 2 == 0 ? even : odd) += begin[i] == '\0' ? 1 : 0;
  }
  const std::size_t many = begin.size() / 2 / 4;
  if (begin.size() < 8 || std::max(even, odd) <= many || std::min(even, odd) > 0) {
    return ByteOrder::kNone;
  }
  return odd > even ? ByteOrder::kLittle : ByteOrder::kBig;
}

std::string_view foreign_content(std::string_view begin) {
  if (const std::string_view name = name_of(kMagic, begin); !name.empty()) return name;
  if (has_control_character(begin.substr(0, 64))) {
    if (const std::string_view name = name_of(kMagicWords, begin); !name.empty()) return name;
  }
  if (utf16_order(begin) != ByteOrder::kNone) return "UTF-16 text"sv;
  return is_bzip2(begin) ? "a bzip2 archive"sv : ""sv;
}

std::string foreign_content_fault(std::string_view begin) {
  const std::string_view foreign = foreign_content(begin);
  if (foreign.empty()) return {};
  return fmt::format("seems to be {}, which is not read{}", foreign,
                     foreign == "UTF-16 text" ? " (but with --encoding auto)" : "");
}

InputFormat resolve_format(InputFormat format, std::string_view path, std::string_view begin) {
  if (format != InputFormat::kAuto) return format;
  path = without_compression_ending(path);
  for (const std::string_view suffix : {".jsonl"sv, ".ndjson"sv, ".json"sv}) {
    if (ends_ignoring_case(path, suffix)) return InputFormat::kJsonLines;
  }
  const std::size_t first = begin.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) {
    return path == "-" ? InputFormat::kJsonLines : InputFormat::kText;
  }
  const bool is_object = begin[first] == '{' && begins_with_object(path, begin.substr(first));
  return is_object ? InputFormat::kJsonLines : InputFormat::kText;
}

}  // namespace copydesk
