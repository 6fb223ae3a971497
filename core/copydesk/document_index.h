#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// An index of documents that stays on the disk: each new one is compared with all before it, exactly, and
// one text is answered at once. What is kept, and when decisions are those of one run,
// is said in docs/indexes.md.
//
// Example:
//   const std::string wire = "The ferry left the harbor at dawn with forty people on board.";
//   std::string folder = "/tmp/copydesk-XXXXXX";
//   assert(mkdtemp(folder.data()) != nullptr);
//   Index index = Index::create(folder);  // that is empty
//   const std::vector<std::string> texts = {wire, "Bread is baked before five."};
//   index.add(texts);
//   assert(index.query_text(wire)[0].rule == "identical" && index.size() == 2);
//   std::filesystem::remove_all(folder);

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/copydesk.h"
#include "copydesk/document.h"
#include "copydesk/run/results.h"

namespace copydesk {

class IndexReader;

// How texts are compared, once for the life of an index; as DedupSettings has it.
struct IndexSettings {
  double threshold = 0.8;
  double recall = 0.99;
  bool characters = false;
  bool code = false;
  bool fold_accents = true;
  bool fold_chinese = false;
  std::size_t shingle_size = 5;
  std::string verify = "sets";  // what is kept of a text: "sets", "text", "none"
  bool with_text = false;       // beside sets the text, for passages
};

// A kept document of an index that is like what was asked for.
struct IndexedMatch {
  std::string id;            // or FILE:LINE
  std::string file, source;  // empty where none was known
  std::uint32_t number = 0;  // in the index, which it keeps for ever
  bool verified = true;      // false with verify "none": then nothing is measured
  std::string_view rule;     // "identical", "same_words", "near_duplicate"
  double jaccard = 1.0;
  double containment = 1.0;  // the share of the text that is in the document
  double contained = 1.0;    // and of the document in the text
  std::size_t shared_tokens = 0;  // of the longest run, where the index keeps texts
  TextSpan passage;               // in the text that was asked for
  friend bool operator==(const IndexedMatch&, const IndexedMatch&) = default;
};

struct IndexAnswers {
  // Of each document that has matches, the most alike first.
  struct Answer {
    DocumentRef document;
    std::vector<IndexedMatch> matches;
  };
  std::vector<Answer> answers;
  std::vector<RejectedRecord> rejected;
};

// Thread-safe: queries run beside each other and beside a change, and see the index as it was before it
// or as it is behind it; a second change of the same object waits for the first. Other objects and
// processes that read the index see it as it was when they opened it.
class Index {
 public:
  // Makes a folder with an index without documents. Throws Error{kCannotWrite} if there is something by
  // that name that is no empty folder, Error{kInvalidOption} for settings out of range.
  static Index create(const std::string& path, const IndexSettings& settings = {});

  // Opens it. Throws Error{kCannotOpen} if there is none, Error{kCorruptFile} with file and place if what
  // is read of it, here or later, is damaged.
  explicit Index(std::string path);
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  ~Index();

  // Adds all documents, each with the decision whether it is a copy. In `removed` are the copies; `kept`
  // with input 1, or the number of files, is a document of the index. Throws Error{kCannotOpen} if somebody
  // else writes; the index is then, and whenever something is thrown, as it was.
  DuplicatesFound add(const Documents& documents, const RunSettings& run = {});
  // The same without adding: what of the documents would be new.
  [[nodiscard]] DuplicatesFound dedup(const Documents& documents, const RunSettings& run = {}) const;

  // At most `most` matches of each document; 0 for all.
  [[nodiscard]] IndexAnswers query(const Documents& documents, std::size_t most = 100,
                                   const RunSettings& run = {}) const;
  // Of one text, valid UTF-8. Takes a tenth of a millisecond as a rule, and tens of them where thousands of
  // documents have keys in common with it, as those of a template have. With 0 for `most` all matches.
  [[nodiscard]] std::vector<IndexedMatch> query_text(std::string_view text,
                                                     std::size_t most = 100) const;

  // Takes out the documents of these ids, and returns how many of those were kept. Throws
  // Error{kTooManyFaults} if there is none of them.
  std::uint64_t remove(const std::vector<std::string>& ids);

  // Brings all segments together, so that queries are faster; with `forget` the bytes of what was taken
  // out are gone from the disk, too.
  void merge(bool forget = false);

  // Documents that are kept.
  [[nodiscard]] std::uint64_t size() const;
  // What it is and what is in it, as `index info` tells it: a JSON object.
  [[nodiscard]] std::string describe() const;
  // Reads all of it; a sentence for each fault, with its file and place.
  [[nodiscard]] std::vector<std::string> check() const;
  [[nodiscard]] const std::string& path() const;

 private:
  struct State;
  [[nodiscard]] std::shared_ptr<const IndexReader> reader() const;
  void reopen();

  std::unique_ptr<State> state_;
};

}  // namespace copydesk
