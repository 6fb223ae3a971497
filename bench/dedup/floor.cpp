// SPDX-License-Identifier: Apache-2.0
//
// What a run of `copydesk dedup` is measured against: the floor below it and the textbook beside
// it.
//
//   dedup_floor read FILE            read() into one reused buffer
//   dedup_floor parse FILE           the same, and simdjson extracts id and text of every record
//   dedup_floor textbook FILE [THRESHOLD BANDS ROWS]
//
// The textbook method is what one writes after reading a chapter on MinHash, with the containers of
// the standard library, one thread, no trick and no deliberate slowness. It ends as copydesk does:
// candidates are checked by the exact Jaccard coefficient, and documents that match an earlier kept
// one are removed. Prints what it did as one line of JSON.

#include <fcntl.h>
#include <simdjson.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <fstream>
#include <random>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace {

constexpr std::size_t kBlockBytes = std::size_t{512} * 1024;
constexpr std::size_t kSlots = 128;
constexpr std::size_t kWordsPerShingle = 5;
constexpr std::uint64_t kPrime = (std::uint64_t{1} << 61) - 1;

struct Outcome {
  std::uint64_t documents = 0;
  std::uint64_t bytes = 0;
  std::uint64_t removed = 0;
  std::uint64_t candidates = 0;
  std::uint64_t checksum = 0;
};

class InputFile {
 public:
  explicit InputFile(const char* path) : descriptor_(::open(path, O_RDONLY)) {
    if (descriptor_ < 0) throw std::runtime_error(std::string("cannot open ") + path);
  }
  InputFile(const InputFile&) = delete;
  InputFile& operator=(const InputFile&) = delete;
  ~InputFile() { ::close(descriptor_); }

  std::size_t read(char* to, std::size_t capacity) const {
    const ssize_t count = ::read(descriptor_, to, capacity);
    if (count < 0) throw std::runtime_error("read failed");
    return static_cast<std::size_t>(count);
  }

 private:
  int descriptor_;
};

Outcome run_read(const char* path) {
  const InputFile file(path);
  std::vector<char> block(kBlockBytes);
  Outcome outcome;
  while (const std::size_t count = file.read(block.data(), block.size())) {
    outcome.bytes += count;
    outcome.checksum += static_cast<unsigned char>(block[count - 1]);
  }
  return outcome;
}

// Blocks are cut at the last line end; what follows it moves to the front of the buffer.
Outcome run_parse(const char* path) {
  const InputFile file(path);
  std::vector<char> block(kBlockBytes + simdjson::SIMDJSON_PADDING);
  std::size_t held = 0;
  simdjson::ondemand::parser parser;
  Outcome outcome;
  while (true) {
    const std::size_t room = block.size() - simdjson::SIMDJSON_PADDING;
    if (held == room) block.resize(block.size() * 2);
    const std::size_t count =
        file.read(block.data() + held, block.size() - simdjson::SIMDJSON_PADDING - held);
    outcome.bytes += count;
    held += count;
    std::size_t begin = 0;
    while (begin < held) {
      const void* const found = std::memchr(block.data() + begin, '\n', held - begin);
      if (found == nullptr && count != 0) break;
      const std::size_t end =
          found == nullptr
              ? held
              : static_cast<std::size_t>(static_cast<const char*>(found) - block.data());
      auto record = parser.iterate(block.data() + begin, end - begin, block.size() - begin);
      const std::string_view id = record.find_field_unordered("id").get_string();
      const std::string_view text = record.find_field_unordered("text").get_string();
      outcome.checksum += id.size() + text.size();
      ++outcome.documents;
      begin = std::min(end + 1, held);
    }
    std::memmove(block.data(), block.data() + begin, held - begin);
    held -= begin;
    if (count == 0) break;
  }
  return outcome;
}

// The length of a dash, quote or space beyond ASCII at `text[at]` (U+0080..U+00BF, U+2000..U+203F),
// or 0.
std::size_t mark_length(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("\xC2") && rest.size() >= 2) return 2;
  if (rest.starts_with("\xE2\x80") && rest.size() >= 3) return 3;
  return 0;
}

std::vector<std::string> split_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  const auto finish = [&] {
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 'A' && byte <= 'Z') {
      word += static_cast<char>(byte + ('a' - 'A'));
    } else if ((byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9')) {
      word += text[at];
    } else if (byte < 0x80) {
      finish();
    } else if (const std::size_t length = mark_length(text, at); length != 0) {
      finish();
      at += length - 1;
    } else {
      word += text[at];
    }
  }
  finish();
  return words;
}

std::unordered_set<std::string> make_shingles(const std::vector<std::string>& words) {
  std::unordered_set<std::string> shingles;
  const std::size_t length = std::min(kWordsPerShingle, words.size());
  if (length == 0) return shingles;
  for (std::size_t first = 0; first + length <= words.size(); ++first) {
    std::string shingle = words[first];
    for (std::size_t i = 1; i < length; ++i) {
      shingle += ' ';
      shingle += words[first + i];
    }
    shingles.insert(std::move(shingle));
  }
  return shingles;
}

// FNV-1a with a final mix: every byte is used, and the low bits are good enough for a modulus.
std::uint64_t hash_bytes(std::string_view bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : bytes) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  }
  return hash ^ (hash >> 32);
}

// (a * x + b) mod 2^61 - 1 without a division.
std::uint64_t permute(std::uint64_t a, std::uint64_t b, std::uint64_t x) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * x + b;
  std::uint64_t folded =
      static_cast<std::uint64_t>(product & kPrime) + static_cast<std::uint64_t>(product >> 61);
  if (folded >= kPrime) folded -= kPrime;
  return folded;
}

double jaccard(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  std::size_t both = 0;
  while (i < a.size() && j < b.size()) {
    if (a[i] == b[j]) {
      ++both, ++i, ++j;
    } else if (a[i] < b[j]) {
      ++i;
    } else {
      ++j;
    }
  }
  const std::size_t either = a.size() + b.size() - both;
  return either == 0 ? 1.0 : static_cast<double>(both) / static_cast<double>(either);
}

struct Permutations {
  std::array<std::uint64_t, kSlots> a;
  std::array<std::uint64_t, kSlots> b;

  Permutations() {
    std::mt19937_64 random(1);
    for (std::size_t i = 0; i < kSlots; ++i) {
      a[i] = random() % (kPrime - 1) + 1;
      b[i] = random() % kPrime;
    }
  }

  std::array<std::uint64_t, kSlots> sketch(const std::vector<std::uint64_t>& hashes) const {
    std::array<std::uint64_t, kSlots> slots;
    slots.fill(kPrime);
    for (const std::uint64_t hash : hashes) {
      const std::uint64_t x = hash % kPrime;
      for (std::size_t i = 0; i < kSlots; ++i)
        slots[i] = std::min(slots[i], permute(a[i], b[i], x));
    }
    return slots;
  }
};

Outcome run_textbook(const char* path, double threshold, std::size_t bands, std::size_t rows) {
  if (bands == 0 || rows == 0 || bands * rows > kSlots) {
    throw std::runtime_error("bands x rows must be 1 to 128");
  }
  std::ifstream file(path);
  if (!file) throw std::runtime_error(std::string("cannot open ") + path);
  const Permutations permutations;
  simdjson::dom::parser parser;
  std::vector<std::vector<std::uint64_t>> shingles_of;
  std::vector<std::unordered_map<std::uint64_t, std::vector<std::uint32_t>>> buckets(bands);
  Outcome outcome;
  std::string line;
  while (std::getline(file, line)) {
    outcome.bytes += line.size() + 1;
    const simdjson::dom::element record = parser.parse(line);
    const std::string_view text = record["text"].get_string();
    const auto document = static_cast<std::uint32_t>(shingles_of.size());
    std::vector<std::uint64_t> hashes;
    for (const std::string& shingle : make_shingles(split_words(text))) {
      hashes.push_back(hash_bytes(shingle));
    }
    std::sort(hashes.begin(), hashes.end());
    const auto slots = permutations.sketch(hashes);

    // Only kept documents are in the buckets, so that a match is a match with a kept one.
    std::vector<std::uint64_t> keys(bands);
    std::unordered_set<std::uint32_t> candidates;
    for (std::size_t band = 0; band < bands; ++band) {
      keys[band] = hash_bytes(
          {reinterpret_cast<const char*>(&slots[band * rows]), rows * sizeof(std::uint64_t)});
      const auto found = buckets[band].find(keys[band]);
      if (found == buckets[band].end()) continue;
      candidates.insert(found->second.begin(), found->second.end());
    }
    outcome.candidates += candidates.size();
    bool removed = false;
    for (const std::uint32_t other : candidates) {
      if (jaccard(hashes, shingles_of[other]) >= threshold) {
        removed = true;
        break;
      }
    }
    if (removed) {
      ++outcome.removed;
    } else {
      for (std::size_t band = 0; band < bands; ++band)
        buckets[band][keys[band]].push_back(document);
    }
    shingles_of.push_back(std::move(hashes));
    ++outcome.documents;
  }
  return outcome;
}

int usage() {
  std::fputs("usage: dedup_floor read FILE | parse FILE | textbook FILE [THRESHOLD BANDS ROWS]\n",
             stderr);
  return 2;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3 && argc != 6) return usage();
  const std::string_view mode = argv[1];
  const auto begin = std::chrono::steady_clock::now();
  Outcome outcome;
  try {
    if (mode == "read" && argc == 3) {
      outcome = run_read(argv[2]);
    } else if (mode == "parse" && argc == 3) {
      outcome = run_parse(argv[2]);
    } else if (mode == "textbook") {
      const double threshold = argc == 6 ? std::strtod(argv[3], nullptr) : 0.8;
      const std::size_t bands = argc == 6 ? std::strtoul(argv[4], nullptr, 10) : 16;
      const std::size_t rows = argc == 6 ? std::strtoul(argv[5], nullptr, 10) : 6;
      outcome = run_textbook(argv[2], threshold, bands, rows);
    } else {
      return usage();
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "dedup_floor: %s\n", error.what());
    return 1;
  }
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - begin;
  std::printf(
      "{\"seconds\":%.6f,\"documents\":%llu,\"bytes\":%llu,\"removed\":%llu,\"candidates\":%llu,"
      "\"checksum\":%llu}\n",
      elapsed.count(), static_cast<unsigned long long>(outcome.documents),
      static_cast<unsigned long long>(outcome.bytes),
      static_cast<unsigned long long>(outcome.removed),
      static_cast<unsigned long long>(outcome.candidates),
      static_cast<unsigned long long>(outcome.checksum));
}
