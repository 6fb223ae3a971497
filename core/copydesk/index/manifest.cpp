// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/manifest.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <algorithm>
#include <charconv>
#include <iterator>

#include "copydesk/error.h"

namespace copydesk {

namespace {

constexpr int kManifestFormat = 1;
constexpr std::size_t kChecksumDigits = 32;

std::string checksum_line(std::string_view text) {
  const ContentHash hash = content_hash_128(text.data(), text.size());
  return fmt::format("{:016x}{:016x}", hash.high, hash.low);
}

void append_seal(std::string& out, const IndexFileSeal& seal) {
  fmt::format_to(std::back_inserter(out), R"({{"bytes":{},"checksum":{}}})", seal.bytes,
                 seal.checksum);
}

// simdjson throws for what is missing or of another type; read_manifest() catches.
template <class Number>
Number number(const simdjson::dom::element& object, const char* name) {
  const auto value = static_cast<std::uint64_t>(object[name].get_uint64());
  if (value > std::numeric_limits<Number>::max()) {
    throw simdjson::simdjson_error(simdjson::NUMBER_OUT_OF_RANGE);
  }
  return static_cast<Number>(value);
}

IndexFileSeal read_seal(const simdjson::dom::element& object) {
  return {number<std::uint64_t>(object, "bytes"), number<std::uint64_t>(object, "checksum")};
}

SegmentEntry read_segment(const simdjson::dom::element& object) {
  SegmentEntry segment;
  segment.number = number<std::uint64_t>(object, "segment");
  segment.documents = number<std::uint32_t>(object, "documents");
  segment.removed = number<std::uint32_t>(object, "removed");
  segment.first = number<std::uint32_t>(object, "first");
  segment.last = number<std::uint32_t>(object, "last");
  for (const auto& [name, seal] : simdjson::dom::object(object["files"])) {
    segment.files.emplace_back(name, read_seal(seal));
  }
  return segment;
}

bool is_sound(const IndexManifest& manifest) {
  std::uint64_t next = 0;
  for (const SegmentEntry& segment : manifest.segments) {
    if (segment.documents == 0 || segment.number >= manifest.next_segment) return false;
    if (segment.first < next || segment.last < segment.first) return false;
    if (std::uint64_t{segment.last} - segment.first + 1 < segment.documents) return false;
    if (segment.removed > segment.documents) return false;
    next = std::uint64_t{segment.last} + 1;
  }
  const bool is_removal = !manifest.removals || manifest.removals->number < manifest.next_segment;
  return next <= manifest.next_document && is_removal;
}

}  // namespace

const IndexFileSeal* SegmentEntry::file(std::string_view name) const {
  const auto found = std::ranges::find_if(files, [&](const auto& one) { return one.first == name; });
  return found == files.end() ? nullptr : &found->second;
}

std::string IndexManifest::to_text() const {
  std::string text;
  const auto out = std::back_inserter(text);
  fmt::format_to(out, "{{\"copydesk_index\":{},\"generation\":{},\n\"parameters\":{{", kManifestFormat,
                 generation);
  bool is_first = true;
  for (const auto& [name, value] : parameters.canonical()) {
    fmt::format_to(out, "{}\"{}\":\"{}\"", is_first ? "" : ",", name, value);
    is_first = false;
  }
  fmt::format_to(out, "}},\n\"next_document\":{},\"next_segment\":{},\n\"segments\":[", next_document,
                 next_segment);
  for (const SegmentEntry& segment : segments) {
    fmt::format_to(out,
                   "{}\n{{\"segment\":{},\"documents\":{},\"removed\":{},\"first\":{},\"last\":{},"
                   "\"files\":{{",
                   &segment == segments.data() ? "" : ",", segment.number, segment.documents,
                   segment.removed, segment.first, segment.last);
    for (const auto& file : segment.files) {
      fmt::format_to(out, "{}\"{}\":", &file == segment.files.data() ? "" : ",", file.first);
      append_seal(text, file.second);
    }
    text += "}}";
  }
  text += "]";
  if (removals) {
    fmt::format_to(out, ",\n\"removals\":{{\"number\":{},\"documents\":{},\"file\":", removals->number,
                   removals->documents);
    append_seal(text, removals->seal);
    text += "}";
  }
  text += "}\n";
  return text + checksum_line(text) + "\n";
}

std::string numbered_name(std::string_view kind, std::uint64_t number) {
  return fmt::format("{}-{:06}", kind, number);
}

std::optional<std::uint64_t> number_of_name(std::string_view kind, std::string_view name) {
  if (!name.starts_with(kind) || name.size() <= kind.size() + 1) return std::nullopt;
  std::uint64_t number = 0;
  const char* const begin = name.data() + kind.size() + 1;
  const auto [end, error] = std::from_chars(begin, name.data() + name.size(), number);
  if (error != std::errc{} || numbered_name(kind, number) != name) return std::nullopt;
  return number;
}

IndexManifest read_manifest(std::string_view text, const std::string& path) {
  const auto fail = [&](const std::string& what) -> Error {
    return {ErrorCode::kCorruptFile, what, path};
  };
  const std::size_t size = text.size();
  if (size < kChecksumDigits + 2 || text.back() != '\n' ||
      text[size - kChecksumDigits - 2] != '\n') {
    throw fail("does not end with its checksum");
  }
  const std::string_view body = text.substr(0, size - kChecksumDigits - 1);
  if (text.substr(body.size(), kChecksumDigits) != checksum_line(body)) {
    throw fail("does not have the checksum that it says");
  }
  IndexManifest manifest;
  try {
    simdjson::dom::parser parser;
    const simdjson::padded_string padded(body);
    const simdjson::dom::element root = parser.parse(padded);
    const auto format = number<std::uint64_t>(root, "copydesk_index");
    if (format != kManifestFormat) {
      throw fail(fmt::format("has the format {}, and this program reads {}: it is of another version",
                             format, kManifestFormat));
    }
    manifest.generation = number<std::uint64_t>(root, "generation");
    std::vector<std::pair<std::string, std::string>> named;
    for (const auto& [name, value] : simdjson::dom::object(root["parameters"])) {
      named.emplace_back(name, std::string_view(value));
    }
    manifest.parameters = read_index_parameters(named, path);
    manifest.next_document = number<std::uint32_t>(root, "next_document");
    manifest.next_segment = number<std::uint64_t>(root, "next_segment");
    for (const simdjson::dom::element& segment : simdjson::dom::array(root["segments"])) {
      manifest.segments.push_back(read_segment(segment));
    }
    simdjson::dom::element removals;
    if (root["removals"].get(removals) == simdjson::SUCCESS) {
      manifest.removals = {number<std::uint64_t>(removals, "number"),
                           number<std::uint32_t>(removals, "documents"),
                           read_seal(removals["file"])};
    }
  } catch (const simdjson::simdjson_error& error) {
    throw fail(fmt::format("is no manifest: {}", error.what()));
  }
  if (!is_sound(manifest)) throw fail("has segments that do not fit together");
  return manifest;
}

}  // namespace copydesk
