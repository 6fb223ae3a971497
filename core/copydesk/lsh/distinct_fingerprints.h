#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Documents with one fingerprint become one entry of a join, however many they are. A thousand
// documents with three fingerprints between them are three entries.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "copydesk/kernels/hamming.h"

namespace copydesk {

template <class Fingerprint>
struct DistinctFingerprints {
  std::vector<Fingerprint> fingerprints;  // in an order that follows from their values alone
  std::vector<std::uint32_t> starts;      // into documents; one more than fingerprints
  std::vector<std::uint32_t> documents;   // those of one fingerprint in the order of their content

  [[nodiscard]] std::size_t size() const { return fingerprints.size(); }
  [[nodiscard]] std::span<const std::uint32_t> documents_of(std::size_t i) const {
    return std::span(documents).subspan(starts[i], starts[i + 1] - starts[i]);
  }
};

// Of the listed documents. `fingerprints` and `content_keys` are indexed by document; a content key
// depends on the content of a document alone, and decides where fingerprints are equal, so that the
// result does not depend on the order of the input. Memory: 8 bytes a document and a fingerprint
// for each that is distinct, and 16 bytes a document while it runs. Fingerprint: std::uint64_t,
// Fingerprint128.
template <class Fingerprint>
[[nodiscard]] DistinctFingerprints<Fingerprint> collapse_equal(
    std::span<const Fingerprint> fingerprints, std::span<const std::uint32_t> documents,
    std::span<const std::uint64_t> content_keys, std::size_t threads);

}  // namespace copydesk
