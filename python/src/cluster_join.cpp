// SPDX-License-Identifier: Apache-2.0
#include "cluster_join.h"

#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "cluster_decide.h"
#include "copydesk/cluster/edge_forest.h"
#include "copydesk/cluster/key_entries.h"
#include "copydesk/error.h"
#include "copydesk/lsh/band_keys.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/read/batch_reader.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"
#include "copydesk/text/utf8.h"
#include "source.h"
#include "token_rules.h"

namespace nb = nanobind;
using namespace nb::literals;

namespace copydesk::python {
namespace {

constexpr int kBlockBits = 10;  // documents of a block, as _cluster.BLOCK says
constexpr std::size_t kLabelBytes = sizeof(std::uint16_t) + sizeof(std::uint64_t);

std::string_view view(const nb::bytes& bytes) {
  return {bytes.c_str(), bytes.size()};
}

nb::bytes bytes_of(std::string_view text) {
  return nb::bytes(text.data(), text.size());
}

nb::bytes edge_bytes(std::span<const Edge> edges) {
  static_assert(sizeof(Edge) == 16);
  return nb::bytes(edges.data(), edges.size_bytes());
}

std::vector<Edge> edges_of(const nb::bytes& bytes) {
  if (bytes.size() % sizeof(Edge) != 0) {
    throw Error(ErrorCode::kCorruptFile, "this is no list of edges, or one that was cut short");
  }
  std::vector<Edge> edges(bytes.size() / sizeof(Edge));
  if (!edges.empty()) std::memcpy(edges.data(), bytes.c_str(), bytes.size());
  return edges;
}

// What became of the rows of one batch.
struct BatchKeys {
  std::string keys;  // of the rows that can be used, row after row, five bytes for each band
  std::vector<char> reasons;  // by row: 0, or why it cannot be used
  std::uint64_t tokens = 0, empty = 0, bytes = 0;
};
enum Reason : char { kUsable = 0, kNoText = 1, kTooLong = 2, kNoUtf8 = 3 };

// Texts to the band keys that dedup has of them.
class BandSketcher {
 public:
  BandSketcher(const ShingleOptions& shingles, double threshold, double recall)
      : sketch_options_{},
        banding_(choose_banding(threshold, recall, sketch_options_.slots)),
        shingler_(shingles),
        sketcher_(sketch_options_),
        slots_(sketch_options_.slots),
        keys_(banding_.bands),
        most_bytes_(BatchReaderOptions{}.max_record_bytes) {}

  [[nodiscard]] std::size_t bands() const { return banding_.bands; }

  BatchKeys keys_of(const DocumentColumns& columns) {
    BatchKeys found;
    const std::size_t rows = columns.text.size();
    found.reasons.resize(rows);
    for (std::size_t row = 0; row < rows; ++row) {
      const auto text = columns.text[row];
      if (const Reason reason = reason_of(columns, row); reason != kUsable) {
        found.reasons[row] = reason;
        continue;
      }
      shingler_.shingle(*text, shingled_);
      sketcher_.sketch(shingled_.shingles, slots_);
      compute_band_keys(slots_, banding_, keys_);
      for (const std::uint64_t key : keys_) {
        found.keys.append(reinterpret_cast<const char*>(&key), kBandKeyBytes);
      }
      found.tokens += shingled_.tokens;
      found.empty += shingled_.text_class == TextClass::kEmpty ? 1 : 0;
      found.bytes += text->size();
    }
    return found;
  }

 private:
  [[nodiscard]] Reason reason_of(const DocumentColumns& columns, std::size_t row) const {
    const auto text = columns.text[row];
    if (!text) return kNoText;
    if (text->size() > most_bytes_) return kTooLong;
    for (const TextColumn* const column :
         {&columns.text, &columns.id, &columns.time, &columns.order}) {
      const auto value = (*column)[row];
      if (value && !is_valid_utf8(*value)) return kNoUtf8;
    }
    return kUsable;
  }

  SketchOptions sketch_options_;
  Banding banding_;
  Shingler shingler_;
  Sketcher sketcher_;
  ShingledText shingled_;
  std::vector<std::uint32_t> slots_;
  std::vector<std::uint64_t> keys_;
  std::size_t most_bytes_;
};

// (keys, reasons, tokens, empty texts, bytes)
nb::tuple batch_keys(BandSketcher& sketcher, const Source& source) {
  const DocumentColumns* const columns = source.documents().columns();
  if (columns == nullptr)
    throw nb::type_error("keys are made of documents in memory, not of files");
  BatchKeys found;
  {
    const nb::gil_scoped_release released;
    found = sketcher.keys_of(*columns);
  }
  return nb::make_tuple(bytes_of(found.keys), nb::bytes(found.reasons.data(), found.reasons.size()),
                        found.tokens, found.empty, found.bytes);
}

void add_keys(KeyEntries& entries, std::size_t bands, std::uint64_t first,
              const nb::bytes& packed) {
  if (packed.size() % (bands * kBandKeyBytes) != 0) {
    throw Error(ErrorCode::kCorruptFile, "these are no band keys, or they were cut short");
  }
  const nb::gil_scoped_release released;
  std::vector<std::uint64_t> keys(packed.size() / kBandKeyBytes);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    std::memcpy(&keys[i], packed.c_str() + i * kBandKeyBytes, kBandKeyBytes);
  }
  entries.add(first, keys);
}

// A KeyEntries that knows its bands.
struct Entries {
  std::size_t bands;
  KeyEntries entries;
  explicit Entries(std::size_t count) : bands(count), entries(count) {}
};

nb::tuple take_entries(Entries& self, std::size_t ranges) {
  if (ranges < 1 || ranges > (std::size_t{1} << 20)) {
    throw Error(ErrorCode::kInvalidOption, "must lie between 1 and 1,048,576", "ranges");
  }
  KeyEntries::Ranged ranged;
  {
    const nb::gil_scoped_release released;
    ranged = self.entries.take(ranges);
  }
  nb::list entries;
  for (std::size_t range = 0; range < ranges; ++range) {
    if (ranged.entries[range].empty()) continue;
    entries.append(nb::make_tuple(range, bytes_of(ranged.entries[range])));
    std::string().swap(ranged.entries[range]);
  }
  return nb::make_tuple(edge_bytes(ranged.stars), entries);
}

// Keeps what its lists refer to.
struct Join {
  nb::list held;
  KeyJoin join;
};

// Labels in the order of documents, handed out block by block: of each document with an edge the
// place in its block (u16) and the first document of those it hangs together with (u64).
class Labels {
 public:
  // Of all documents that have one, in any order; the first of a component has itself.
  explicit Labels(std::vector<Edge> labels) : labels_(std::move(labels)) {
    std::sort(labels_.begin(), labels_.end(),
              [](const Edge& x, const Edge& y) { return x.document < y.document; });
    for (const Edge& label : labels_) components_ += label.first == label.document ? 1 : 0;
  }

  explicit Labels(std::span<const Edge> stars) {
    std::vector<std::uint64_t> firsts;
    for (const Edge& edge : stars) firsts.push_back(edge.first);
    std::sort(firsts.begin(), firsts.end());
    firsts.erase(std::unique(firsts.begin(), firsts.end()), firsts.end());
    labels_.reserve(stars.size() + firsts.size());
    for (const std::uint64_t first : firsts) labels_.push_back({first, first});
    const auto middle = static_cast<std::ptrdiff_t>(labels_.size());
    labels_.insert(labels_.end(), stars.begin(), stars.end());
    std::inplace_merge(labels_.begin(), labels_.begin() + middle, labels_.end(),
                       [](const Edge& x, const Edge& y) { return x.document < y.document; });
    components_ = firsts.size();
  }

  [[nodiscard]] std::uint64_t components() const { return components_; }
  [[nodiscard]] std::uint64_t documents() const { return labels_.size(); }

  // Blocks, until there are `most` documents in them or no more.
  nb::list next(std::size_t most) {
    nb::list blocks;
    const std::size_t end = std::min(labels_.size(), next_ + most);
    while (next_ < end) {
      const std::uint64_t block = labels_[next_].document >> kBlockBits;
      std::string packed;
      for (; next_ < labels_.size() && labels_[next_].document >> kBlockBits == block; ++next_) {
        const auto place =
            static_cast<std::uint16_t>(labels_[next_].document & ((1u << kBlockBits) - 1));
        packed.append(reinterpret_cast<const char*>(&place), sizeof(place));
        packed.append(reinterpret_cast<const char*>(&labels_[next_].first), sizeof(std::uint64_t));
      }
      blocks.append(nb::make_tuple(block, bytes_of(packed)));
    }
    return blocks;
  }

 private:
  std::vector<Edge> labels_;  // edges whose first may be the document itself
  std::size_t next_ = 0;
  std::uint64_t components_ = 0;
};

// Of a list of labels and the hashes of the rows of its block (i64 each): the hashes of those that
// have a label, and the first documents of their components, as two lists of i64.
std::pair<nb::bytes, nb::bytes> labeled_rows(const nb::bytes& labels, const nb::bytes& hashes) {
  std::vector<std::int64_t> chosen, components;
  for (std::size_t i = 0; i + kLabelBytes <= labels.size(); i += kLabelBytes) {
    std::uint16_t place = 0;
    std::int64_t first = 0, hash = 0;
    std::memcpy(&place, labels.c_str() + i, sizeof(place));
    std::memcpy(&first, labels.c_str() + i + sizeof(place), sizeof(first));
    if ((place + std::size_t{1}) * sizeof(hash) > hashes.size()) break;
    std::memcpy(&hash, hashes.c_str() + place * sizeof(hash), sizeof(hash));
    chosen.push_back(hash);
    components.push_back(first);
  }
  if (chosen.size() * kLabelBytes != labels.size()) {
    throw Error(ErrorCode::kCorruptFile, "these are no labels of this block, or they were cut short");
  }
  return {nb::bytes(chosen.data(), chosen.size() * sizeof(std::int64_t)),
          nb::bytes(components.data(), components.size() * sizeof(std::int64_t))};
}

}  // namespace

void define_cluster(nb::module_& module) {
  nb::class_<BandSketcher>(module, "BandSketcher")
      .def(
          "__init__",
          [](BandSketcher* self, const std::string& shingle, std::size_t shingle_size,
             const std::string& tokens, const std::vector<std::string>& fold, double threshold,
             double recall) {
            new (self)
                BandSketcher(shingles_of(shingle, shingle_size, tokens, fold), threshold, recall);
          },
          "shingle"_a, "shingle_size"_a, "tokens"_a, "fold"_a, "threshold"_a, "recall"_a)
      .def_prop_ro("bands", &BandSketcher::bands)
      .def("keys", &batch_keys, "source"_a);

  nb::class_<Entries>(module, "KeyEntries")
      .def(nb::init<std::size_t>(), "bands"_a)
      .def("__len__", [](const Entries& self) { return self.entries.documents(); })
      .def(
          "add",
          [](Entries& self, std::uint64_t first, const nb::bytes& keys) {
            add_keys(self.entries, self.bands, first, keys);
          },
          "first"_a, "keys"_a)
      .def("take", &take_entries, "ranges"_a);

  nb::class_<Join>(module, "KeyJoin")
      .def(nb::init<>())
      .def(
          "add",
          [](Join& self, const nb::bytes& entries) {
            self.held.append(entries);
            self.join.add(view(entries));
          },
          "entries"_a)
      .def("stars", [](const Join& self) {
        std::vector<Edge> stars;
        {
          const nb::gil_scoped_release released;
          stars = self.join.stars();
        }
        return edge_bytes(stars);
      });

  nb::class_<Labels>(module, "Labels")
      .def(
          "__init__",
          [](Labels* self, const nb::bytes& labels) { new (self) Labels(edges_of(labels)); },
          "labels"_a)
      .def_prop_ro("components", &Labels::components)
      .def_prop_ro("documents", &Labels::documents)
      .def("next", &Labels::next, "most"_a);

  nb::class_<EdgeForest>(module, "EdgeForest")
      .def(nb::init<>())
      .def(
          "add",
          [](EdgeForest& self, const nb::bytes& edges) {
            const std::vector<Edge> list = edges_of(edges);
            const nb::gil_scoped_release released;
            self.add(list);
          },
          "edges"_a)
      .def("stars", [](EdgeForest& self) { return edge_bytes(self.stars()); })
      .def("labels", [](EdgeForest& self) { return Labels(self.stars()); });

  module.def("labeled_rows", &labeled_rows, "labels"_a, "hashes"_a);
  define_decide(module);
}

}  // namespace copydesk::python
