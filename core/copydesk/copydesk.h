#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// The front door: each command of the program as a function over documents in memory or in files,
// with the defaults of the command line and results as values. What is behind a number is said in
// docs/: scale.md, reuse.md, blocks.md, summaries.md, decontaminate.md, input.md.
//
// Every function may be called from several threads at once, each call uses threads of its own and
// shares nothing with others. Results do not depend on the number of threads. A document that
// cannot be used is listed in `rejected` and the run goes on; what ends a run is thrown: Error (an
// option out of range, a file that cannot be read, no room), Cancelled if RunSettings::stop was
// set, std::bad_alloc. Nothing is written but what was asked for (`output_folder`) and temporary
// files beyond the memory allowed.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/read/document_columns.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/run/results.h"
#include "copydesk/run/run_control.h"

namespace copydesk {

// What is to be worked on. In memory it refers to the caller's texts, which must outlive the call.
class Documents {
 public:
  Documents(const std::vector<std::string>& texts) : columns_{.text = texts} {}       // NOLINT
  Documents(const std::vector<std::string_view>& texts) : columns_{.text = texts} {}  // NOLINT
  Documents(const DocumentColumns& columns) : columns_(columns) {}                    // NOLINT
  Documents(std::vector<std::string>&&) = delete;                                     // gone
  Documents(std::vector<std::string_view>&&) = delete;

  // Files, and folders with all that is in them, as the command line reads them.
  static Documents in_files(std::vector<std::string> paths, FieldNames fields = {},
                            InputFormat format = InputFormat::kAuto);

  // Null if they are in files.
  [[nodiscard]] const DocumentColumns* columns() const { return paths_ ? nullptr : &columns_; }
  [[nodiscard]] const std::vector<std::string>& paths() const { return *paths_; }
  [[nodiscard]] const FieldNames& fields() const { return fields_; }
  [[nodiscard]] InputFormat format() const { return format_; }

 private:
  Documents() = default;

  DocumentColumns columns_;
  std::optional<std::vector<std::string>> paths_;
  FieldNames fields_;
  InputFormat format_ = InputFormat::kAuto;
};

struct RunSettings {
  std::size_t threads = 0;         // 0: one for each processor
  std::uint64_t memory_bytes = 0;  // beside the caller's; 0: three quarters of the machine's for
                                   // dedup and pairs, 1 GiB for the others
  std::string work_folder = {};    // of temporary files; empty: $TMPDIR or /tmp
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const Progress&)> on_progress = {};
};

struct DedupSettings {
  double threshold = 0.8;        // Jaccard similarity that makes a copy, in (0, 1]
  double contained = 0.0;        // such as 0.95: also what is in a longer one; 0: off
  double recall = 0.99;          // of pairs at the threshold
  bool characters = false;       // compare by n-grams of characters instead of words
  bool code = false;             // texts are code, in which case, operators and signs count, unless
                                 // the column `tokens` says "words"
  bool fold_accents = true;      // letters with and without accents are equal
  bool fold_chinese = false;     // traditional and simplified Chinese characters are equal
  std::size_t shingle_size = 5;  // words or characters in one, [1, 64]
  std::string keep = "first";    // "first", "longest", "newest", "oldest", "max:", "min:" by
                                 // the column `order` (of files: by the field behind the colon)
  bool mask_page = false, mask_site = false;  // boilerplate takes no part
  // If set, what of the documents is in these is a copy, and nothing becomes of these: results are
  // about the documents alone. Both are in memory, or both in files. Then a DocumentRef's `input`
  // counts them first: in memory 0 is a row of these, 1 a row of the documents.
  const Documents* against = nullptr;
  // Of documents in files: a folder that is made, for what is kept of each file under its name, as
  // --output-dir says. Throws Error{kInvalidOption} if they are in memory.
  std::string output_folder = {};
  // If set, no texts are compared, and a document whose key is that of another is a copy ("same_key"):
  // the name of a field, "url:" and a name for addresses, that are compared without what does not
  // matter, or of files "line". In memory the column `key` has it, and the name means nothing. Not for
  // pairs.
  std::string key = {};
  std::string source_field = {};  // of files: names where a document comes from; in memory `source`
};

struct DuplicatesFound {
  std::vector<DocumentRef> kept;  // in input order, without ids in memory
  std::vector<RemovedDocument> removed;
  std::vector<SourceOutcome> sources;  // the largest first, where documents say where they come from
  std::vector<RejectedRecord> rejected;
};

// Near-duplicates, each verified against the document that stays. Throws Error{kInvalidOption} if
// `against` is in memory and the documents are in files, or the other way round; if `contained` is
// set besides `key`, which compares no texts.
//
// Example:
//   const std::vector<std::string> texts = {
//       "The ferry left the harbor at dawn with forty passengers on board, and nobody waved.",
//       "Bread is baked before five in the morning, when the street is still asleep.",
//       "The ferry left the harbor at dawn with forty passengers on board - and nobody waved!"};
//   const DuplicatesFound found = dedup(texts);
//   assert(found.kept.size() == 2);
//   assert(found.removed[0].document.row == 2 && found.removed[0].kept.row == 0);
[[nodiscard]] DuplicatesFound dedup(const Documents& documents, const DedupSettings& settings = {},
                                    const RunSettings& run = {});

struct FilterSettings {
  bool drop = true;    // what is in the list goes; else that alone stays
  bool by_id = false;  // of a list in a file: go by its ids where it has places, too
  std::string output_folder = {};  // of dedup; what stays of each file
};

struct DocumentsFiltered {
  std::vector<DocumentRef> kept;     // in input order
  std::vector<std::string> missing;  // of the list, what is no document
  std::vector<RejectedRecord> rejected;
};

// A list in a file, as `filter --drop` takes it: ids, FILE:LINE, or decisions.
struct ListFile {
  std::string path;
};

// The documents that a list names, or all the others. In a list in memory are ids, or FILE:LINE, or
// for a document in memory that has no id the number of its row. Throws Error{kTooManyFaults} if
// there are documents, and none of them is in a list that is not empty.
//
// Example:
//   const std::vector<std::string> texts = {"One.", "Two.", "Three."};
//   const DocumentsFiltered found = filter(texts, std::vector<std::string>{"1", "7"});
//   assert(found.kept.size() == 2 && found.kept[1].row == 2);
//   assert(found.missing == std::vector<std::string>{"7"});
[[nodiscard]] DocumentsFiltered filter(const Documents& documents,
                                       const std::vector<std::string>& list,
                                       const FilterSettings& settings = {},
                                       const RunSettings& run = {});
[[nodiscard]] DocumentsFiltered filter(const Documents& documents, const ListFile& list,
                                       const FilterSettings& settings = {},
                                       const RunSettings& run = {});

struct PairsFound {
  std::vector<SimilarPair> pairs;  // by a, then b
  std::vector<RejectedRecord> rejected;
};

// All pairs at the threshold. Of the settings, `contained`, `keep`, `key` and sources are not for pairs.
//
// Example:
//   const std::vector<std::string> texts = {"one two three four five six seven eight nine ten",
//                                           "one two three four five six seven eight nine",
//                                           "nothing of the sort is written in this line here"};
//   const PairsFound found = pairs(texts, {.threshold = 0.5});
//   assert(found.pairs.size() == 1);
//   assert(found.pairs[0].jaccard > 0.8 && found.pairs[0].containment_b == 1.0);
[[nodiscard]] PairsFound pairs(const Documents& documents, const DedupSettings& settings = {},
                               const RunSettings& run = {});

struct ReuseSettings {
  double strictness = 14.0;     // weight of shared text that makes a pair, from 1
  std::size_t min_tokens = 20;  // of a passage
  bool mask_page = false, mask_site = false;
  const Documents* against = nullptr;  // only what of the documents is in these; as of dedup
};

struct ReuseFound {
  std::vector<ReusedPassage> passages;
  std::vector<CopiedStory> families;
  std::vector<RejectedRecord> rejected;
};

// Passages that were copied, and families of copies of a story.
//
// Example:
//   const std::string wire = "The council voted on Monday to close the bridge across the river "
//                            "after engineers found cracks in two of its seven piers, and said "
//                            "that work on a new one would begin before the end of next summer.";
//   const std::vector<std::string> texts = {wire, "Rain is expected.", "Closed: " + wire};
//   const ReuseFound found = reuse(texts);
//   assert(found.passages.size() == 1 && found.families.size() == 1);
//   assert(found.passages[0].in_copy.size() + 1 == wire.size());
[[nodiscard]] ReuseFound reuse(const Documents& documents, const ReuseSettings& settings = {},
                               const RunSettings& run = {});

struct BlocksSettings {
  bool page = true, site = true;  // repeats within a page; lines of its site
  bool paragraphs = false, sentences = false, spans = false;  // that repeat over the corpus
  std::size_t min_count = 2;  // copies that make paragraphs and sentences repeated
  // Of paragraphs alone: those that have so much in common repeat, too (Jaccard similarity of pairs of
  // words, in (0, 1]); 0: only equal ones.
  double near = 0.0;
  bool cut = false;                // what is left of each document, too
  std::string output_folder = {};  // of dedup; the records without their blocks
};

struct BlocksFound {
  std::vector<RepeatedBlock> blocks;  // by document, then place; they do not overlap
  std::vector<CutDocument> cut;       // one a document, in input order, if asked for
  std::vector<RejectedRecord> rejected;
};

// Text that repeats, in a page, over the pages of a site, or over the corpus.
//
// Example:
//   const std::string notice = "This message and its attachments are meant for the person they "
//                              "are addressed to, and for nobody else in the whole wide world.";
//   const std::vector<std::string> texts = {"Dear all,\n\n" + notice, "Thanks!\n\n" + notice};
//   const BlocksFound found = blocks(texts, {.paragraphs = true});
//   assert(found.blocks.size() == 1);
//   assert(found.blocks[0].document.row == 1 && found.blocks[0].span.begin == 9);
[[nodiscard]] BlocksFound blocks(const Documents& documents, const BlocksSettings& settings = {},
                                 const RunSettings& run = {});

struct SplitSettings {
  bool prose = false;  // long plain texts, by change of vocabulary, instead of pages of lines
  bool mask_site = false;
  std::string output_folder = {};  // of dedup; the stories as records
};

struct StoriesFound {
  std::vector<SeparatedStory> stories;  // at least one for each document with text
  std::vector<RejectedRecord> rejected;
};

// Pages that hold several stories.
//
// Example:
//   const std::vector<std::string> pages = {"Ferry delayed\nThe ferry left late on Monday."};
//   const StoriesFound found = split(pages);
//   assert(found.stories.size() == 1 && found.stories[0].document.row == 0);
[[nodiscard]] StoriesFound split(const Documents& documents, const SplitSettings& settings = {},
                                 const RunSettings& run = {});

struct AbstractSettings {
  std::size_t sentences = 0, words = 0, characters = 0;  // at most; all 0: three sentences
  std::string query = {};                                // what the abstract should be about
  bool mask_page = false, mask_site = false;
  std::string output_folder = {};  // of dedup; the abstracts as records
};

struct AbstractsFound {
  std::vector<Abstract> abstracts;  // one a document, in input order
  std::vector<RejectedRecord> rejected;
};

// Abstracts made of sentences of the text.
//
// Example:
//   const std::vector<std::string> texts = {
//       "The bridge is closed. Engineers found cracks in the piers of the bridge on Monday. "
//       "The weather was fine. Cracks in the piers of a bridge must be repaired at once."};
//   const AbstractsFound found = summarize(texts, {.sentences = 1});
//   assert(found.abstracts[0].sentences.size() == 1);
//   assert(texts[0].find(found.abstracts[0].text) != std::string::npos);
[[nodiscard]] AbstractsFound summarize(const Documents& documents,
                                       const AbstractSettings& settings = {},
                                       const RunSettings& run = {});

// Questions that are to be looked for, with their answers, as a table with a row for each. Only the
// questions must be there.
struct EvaluationColumns {
  TextColumn question;
  TextColumn answer = {}, id = {}, set = {};
};

// The same in files; the set is the file's name where a record does not say.
struct EvaluationFiles {
  std::vector<std::string> paths;
  std::string question_field = "question", answer_field = "answer";
  std::string id_field = "id", set_field = "set";
};

struct LeaksFound {
  std::vector<FoundItem> hits;    // by document, then place
  std::vector<SearchedSet> sets;  // in the order in which they came
  std::vector<RejectedRecord> rejected;
};

// Evaluation items that stand in training text.
//
// Example:
//   const std::vector<std::string> questions = {"How many eggs does Janet sell each day?"};
//   const std::vector<std::string> answers = {"She sells nine of them at the market."};
//   const std::vector<std::string> texts = {
//       "Bread is baked before five in the morning.",
//       "Quiz night! How many eggs does Janet sell each day? She sells nine of them at the "
//       "market."};
//   const LeaksFound found = decontaminate(texts, {.question = questions, .answer = answers});
//   assert(found.hits.size() == 1 && found.hits[0].document.row == 1);
//   assert(found.hits[0].in_text.begin == 12 && found.hits[0].answer_near);
[[nodiscard]] LeaksFound decontaminate(const Documents& training, const EvaluationColumns& items,
                                       const RunSettings& run = {});
[[nodiscard]] LeaksFound decontaminate(const Documents& training, const EvaluationFiles& items,
                                       const RunSettings& run = {});

struct DocumentsExtracted {
  std::vector<ExtractedDocument> documents;  // in input order, without those that are empty
  std::vector<RejectedRecord> rejected;
};

// Documents as they are read from pages, archives, tables: text and what is known of it.
[[nodiscard]] DocumentsExtracted extract(const Documents& documents, const RunSettings& run = {});

struct PageSettings {
  std::string_view url = {};      // where the page came from; its day may be in it
  std::string_view charset = {};  // the label of the HTTP header; the page is looked at in any case
  bool all_text = false;          // not the main text alone
};

// A page, any bytes of less than 2 GiB, as a document. Its DocumentRef says nothing.
//
// Example:
//   const std::string page =
//       "<title>Mill burns</title><nav><a href=/>Home</a></nav><article><h1>Mill burns</h1><p>A "
//       "fire destroyed the old mill in Norvik on Monday night, hours before builders were to "
//       "start.</p><p>Nobody was hurt, the police said.</p></article>";
//   const ExtractedDocument found = extract_page(page);
//   assert(found.title == "Mill burns" && found.text.starts_with("Mill burns\n\nA fire"));
[[nodiscard]] ExtractedDocument extract_page(std::string_view html,
                                             const PageSettings& settings = {});

// Two texts, valid UTF-8, by all measures. Throws Error{kInvalidOption} if `min_tokens`, of a
// passage, is 0.
//
// Example:
//   const ComparedTexts found =
//       compare("The ferry left the old harbor at dawn with forty on board",
//               "At dawn the ferry left the old harbor at dawn with forty");
//   assert(!found.same_tokens && found.longest_run == 10);
//   assert(found.passages[0].tokens == 10);
[[nodiscard]] ComparedTexts compare(std::string_view a, std::string_view b,
                                    std::size_t min_tokens = 8);

}  // namespace copydesk
