// SPDX-License-Identifier: Apache-2.0
#include "copydesk/index/index_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "copydesk/error.h"
#include "copydesk/index/key_columns.h"
#include "copydesk/version.h"

namespace copydesk {

namespace {

template <class Number>
bool read_number(const std::string& text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc{} && end == text.data() + text.size();
}

bool read_choice(const std::string& text, const char* first, const char* second, bool& is_second) {
  is_second = text == second;
  return is_second || text == first;
}

}  // namespace

std::string to_string(IndexVerify verify) {
  return verify == IndexVerify::kSets ? "sets" : verify == IndexVerify::kText ? "text" : "none";
}

IndexVerify parse_index_verify(const std::string& text) {
  for (const IndexVerify verify : {IndexVerify::kSets, IndexVerify::kText, IndexVerify::kNone}) {
    if (text == to_string(verify)) return verify;
  }
  throw Error(ErrorCode::kInvalidOption, "is none of sets, text, none", "--verify");
}

Banding IndexParameters::banding() const {
  static_cast<void>(Shingler(shingles));
  static_cast<void>(Sketcher(sketch));
  return choose_banding(threshold, recall, sketch.slots);
}

std::vector<std::pair<std::string, std::string>> IndexParameters::canonical() const {
  const Banding bands = banding();
  return {{"text-rules", fmt::format("{}", kTextRulesVersion)},
          {"threshold", fmt::format("{}", threshold)},
          {"recall", fmt::format("{}", recall)},
          {"shingle", shingles.unit == ShingleUnit::kWord ? "word" : "char"},
          {"shingle-size", fmt::format("{}", shingles.size)},
          {"tokens", shingles.tokens == TokenKind::kCode ? "code" : "words"},
          {"fold-accents", shingles.fold.accents ? "yes" : "no"},
          {"fold-chinese", shingles.fold.chinese ? "yes" : "no"},
          {"sketch", sketch.kind == SketchKind::kMinHash ? "minhash" : "fast"},
          {"slots", fmt::format("{}", sketch.slots)},
          {"seed", fmt::format("{}", sketch.seed)},
          {"bands", fmt::format("{}", bands.bands)},
          {"rows", fmt::format("{}", bands.rows)},
          {"key-bits", fmt::format("{}", kIndexKeyBits)},
          {"verify", to_string(verify)},
          {"with-text", with_text ? "yes" : "no"}};
}

ContentHash IndexParameters::hash() const {
  std::string all;
  for (const auto& [name, value] : canonical()) all += name + "=" + value + "\n";
  return content_hash_128(all.data(), all.size());
}

IndexParameters read_index_parameters(
    const std::vector<std::pair<std::string, std::string>>& named, const std::string& path) {
  const auto fail = [&](const std::string& what) {
    throw Error(ErrorCode::kCorruptFile, what, path);
  };
  const auto value = [&](const char* name) {
    const auto found = std::ranges::find_if(named, [&](const auto& one) { return one.first == name; });
    if (found == named.end()) fail(fmt::format("does not say its {}", name));
    return found->second;
  };
  const std::string rules = value("text-rules");
  if (rules != fmt::format("{}", kTextRulesVersion)) {
    fail(fmt::format("was made by rules {} for texts, and this program has {}: its texts must be "
                     "indexed again",
                     rules, kTextRulesVersion));
  }
  IndexParameters parameters;
  bool is_character = false, is_code = false, is_minhash = false, is_good = true;
  is_good &= read_number(value("threshold"), parameters.threshold);
  is_good &= read_number(value("recall"), parameters.recall);
  is_good &= read_choice(value("shingle"), "word", "char", is_character);
  is_good &= read_number(value("shingle-size"), parameters.shingles.size);
  is_good &= read_choice(value("tokens"), "words", "code", is_code);
  is_good &= read_choice(value("fold-accents"), "no", "yes", parameters.shingles.fold.accents);
  is_good &= read_choice(value("fold-chinese"), "no", "yes", parameters.shingles.fold.chinese);
  is_good &= read_choice(value("sketch"), "fast", "minhash", is_minhash);
  is_good &= read_number(value("slots"), parameters.sketch.slots);
  is_good &= read_number(value("seed"), parameters.sketch.seed);
  is_good &= read_choice(value("with-text"), "no", "yes", parameters.with_text);
  if (!is_good) fail("has parameters that are none");
  parameters.shingles.unit = is_character ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  parameters.shingles.tokens = is_code ? TokenKind::kCode : TokenKind::kWords;
  parameters.sketch.kind = is_minhash ? SketchKind::kMinHash : SketchKind::kFastSimilarity;
  try {
    parameters.verify = parse_index_verify(value("verify"));
    if (parameters.canonical() != named) fail("has parameters that do not fit together");
  } catch (const Error& error) {
    if (error.code() == ErrorCode::kCorruptFile) throw;
    fail("has parameters out of range");
  }
  return parameters;
}

void check_same_parameters(const IndexParameters& asked, const IndexParameters& index,
                           const std::string& path) {
  const auto ours = asked.canonical();
  const auto theirs = index.canonical();
  for (std::size_t i = 0; i < ours.size(); ++i) {
    if (ours[i] == theirs[i]) continue;
    throw Error(ErrorCode::kInvalidOption,
                fmt::format("{} is {}, and the index was created with {}", ours[i].first,
                            ours[i].second, theirs[i].second),
                path);
  }
}

}  // namespace copydesk
