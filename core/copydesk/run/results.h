#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What runs find, as values: one at a time, in the order in which the command line writes them.
//
// Example:
//   const std::vector<std::string> texts = {"One, two, three.", "one two three"};
//   const RemovedDocument removed = dedup(texts).removed[0];
//   assert(removed.document.row == 1 && removed.kept.row == 0 && removed.rule == "same_words");

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/document.h"

namespace copydesk {

// Which document: with its id or without, in memory or in a file. The third line of the second of
// two files is {"b.jsonl:3", 1, 2}, or {"news-17", 1, 2} with an id.
struct DocumentRef {
  std::string id;           // or PATH:LINE, or in memory the row as a number
  std::uint32_t input = 0;  // which file; 0 in memory
  std::uint64_t row = 0;    // in memory; in a file the line, from 0
  friend bool operator==(const DocumentRef&, const DocumentRef&) = default;
};

struct RemovedDocument {
  DocumentRef document, kept;
  // "identical", "same_words", "near_duplicate", "contained", or "same_key" where a key was given
  std::string_view rule;
  double jaccard = 1.0;      // of the shingle sets
  double containment = 1.0;  // the share of the removed document that is in the kept one
  double contained = 1.0;    // and of the kept one in the removed one
  friend bool operator==(const RemovedDocument&, const RemovedDocument&) = default;
};

// What became of the documents of one source.
struct SourceOutcome {
  std::string source;  // empty: of those that name none, and of what is beyond 1,000 sources
  std::uint64_t documents = 0, bytes = 0, kept = 0;
  std::uint64_t removed_identical = 0, removed_same_words = 0, removed_near_duplicate = 0;
  std::uint64_t removed_contained = 0, removed_same_key = 0;
  // Sources whose documents were kept instead, and how many of these went for them.
  std::vector<std::pair<std::string, std::uint64_t>> in_favor_of;
  friend bool operator==(const SourceOutcome&, const SourceOutcome&) = default;
};

struct SimilarPair {
  DocumentRef a, b;
  double jaccard = 1.0;
  double containment_a = 1.0;  // the share of a that is in b
  double containment_b = 1.0;
  friend bool operator==(const SimilarPair&, const SimilarPair&) = default;
};

struct ReusedPassage {
  DocumentRef copy, source;
  TextSpan in_copy, in_source;
  std::size_t tokens = 0;  // that are equal
  double similarity = 1.0;
  friend bool operator==(const ReusedPassage&, const ReusedPassage&) = default;
};

struct CopiedStory {
  std::vector<DocumentRef> versions;  // by how likely the others come from them
  std::size_t fullest = 0;            // index into versions
  bool has_source = false;            // the first version is likely to be the source
  double confidence = 0.0;            // that it is
  friend bool operator==(const CopiedStory&, const CopiedStory&) = default;
};

struct RepeatedBlock {
  DocumentRef document;
  TextSpan span;
  std::string_view kind;    // "title", "caption", "site", "paragraph", ...: docs/formats.md
  std::uint64_t count = 0;  // copies there are
  DocumentRef first;        // where it stands first
  std::size_t first_begin = 0;
  friend bool operator==(const RepeatedBlock&, const RepeatedBlock&) = default;
};

// What is left of a document without its blocks.
struct CutDocument {
  DocumentRef document;
  std::string text;
  friend bool operator==(const CutDocument&, const CutDocument&) = default;
};

struct SeparatedStory {
  DocumentRef document;
  std::size_t number = 1;  // within the document, from 1
  TextSpan span;
  std::string title;  // empty where none was found
  friend bool operator==(const SeparatedStory&, const SeparatedStory&) = default;
};

struct ChosenSentence {
  TextSpan span;
  double score = 0.0;
  friend bool operator==(const ChosenSentence&, const ChosenSentence&) = default;
};

struct Abstract {
  DocumentRef document;
  std::string text;  // empty if the document has no words
  std::vector<ChosenSentence> sentences;
  friend bool operator==(const Abstract&, const Abstract&) = default;
};

struct MatchedPassage {
  TextSpan a, b;           // from the first equal token to the last
  std::size_t tokens = 0;  // that are equal
  double similarity = 0.0;
  friend bool operator==(const MatchedPassage&, const MatchedPassage&) = default;
};

struct ComparedTexts {
  bool same_tokens = false;  // dedup would say same_words
  double jaccard = 1.0, containment_a = 1.0, containment_b = 1.0;
  std::size_t longest_run = 0;  // equal tokens in a row
  std::vector<MatchedPassage> passages;
  friend bool operator==(const ComparedTexts&, const ComparedTexts&) = default;
};

// An evaluation item that stands in a training text.
struct FoundItem {
  DocumentRef document;
  std::string set, item;  // the item's id
  std::string_view kind;  // "whole", "run", "passage": docs/decontaminate.md
  bool has_answer = false, answer_near = false;
  TextSpan in_text, in_item;
  std::size_t tokens = 0;       // that are equal
  std::size_t longest_run = 0;  // of them in a row
  friend bool operator==(const FoundItem&, const FoundItem&) = default;
};

struct SearchedSet {
  std::string set;
  std::uint64_t items = 0;
  std::uint64_t too_short = 0;  // to be looked for: fewer than 6 tokens with the answer
  std::uint64_t found = 0, found_with_answer = 0;
  std::uint64_t documents = 0;  // with any of them
  friend bool operator==(const SearchedSet&, const SearchedSet&) = default;
};

struct ExtractedDocument {
  DocumentRef document;
  std::string title, time, author, site, url, language;  // empty where nothing says
  std::string text;
  friend bool operator==(const ExtractedDocument&, const ExtractedDocument&) = default;
};

struct RejectedRecord {
  std::string place;  // PATH:LINE, or in memory the row as a number
  std::string reason;
  friend bool operator==(const RejectedRecord&, const RejectedRecord&) = default;
};

}  // namespace copydesk
