#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Everything that decides what stands in an index: how texts become shingles, sketches and keys, and
// what is kept of them. Two sets of parameters that differ in any of it cannot be compared, and whoever
// asks an index by other parameters is told the first that differs: "threshold is 0.8, and the index has
// 0.7".

#include <string>
#include <utility>
#include <vector>

#include "copydesk/kernels/content_hash.h"
#include "copydesk/lsh/banding.h"
#include "copydesk/shingle/shingler.h"
#include "copydesk/sketch/sketcher.h"

namespace copydesk {

// What is kept of each text, so that an answer can be verified.
enum class IndexVerify {
  kSets,  // its shingle set: the fastest
  kText,  // the text, compressed, which is shingled again: a third of the space
  kNone,  // nothing: answers are not verified, and nothing is removed by them
};

struct IndexParameters {
  ShingleOptions shingles;
  SketchOptions sketch;
  double threshold = 0.8;
  double recall = 0.99;
  IndexVerify verify = IndexVerify::kSets;
  bool with_text = false;  // beside sets, for passages; with kText there is the text anyhow

  // Throws Error{kInvalidOption} if one is out of range.
  [[nodiscard]] Banding banding() const;
  [[nodiscard]] bool keeps_sets() const { return verify == IndexVerify::kSets; }
  [[nodiscard]] bool keeps_texts() const { return with_text || verify == IndexVerify::kText; }

  // All of them by name, in a fixed order, with the version of the rules for texts.
  [[nodiscard]] std::vector<std::pair<std::string, std::string>> canonical() const;
  [[nodiscard]] ContentHash hash() const;
};

[[nodiscard]] std::string to_string(IndexVerify verify);
// "sets", "text" or "none"; throws Error{kInvalidOption} about --verify.
[[nodiscard]] IndexVerify parse_index_verify(const std::string& text);

// From what canonical() gave. Throws Error{kCorruptFile} about `path` if they are no parameters, or those
// of other rules for texts than this program has.
[[nodiscard]] IndexParameters read_index_parameters(
    const std::vector<std::pair<std::string, std::string>>& named, const std::string& path);

// Throws Error{kInvalidOption}, which names the first that differs.
void check_same_parameters(const IndexParameters& asked, const IndexParameters& index,
                           const std::string& path);

}  // namespace copydesk
