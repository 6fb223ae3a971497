// SPDX-License-Identifier: Apache-2.0
#include "copydesk/document_index.h"

#include <utility>

#include "copydesk/corpus/corpus_table.h"
#include "copydesk/front_door.h"
#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/index/index_query.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/index_upkeep.h"

namespace copydesk {

namespace {

IndexedMatch as_value(const IndexMatch& match, const IndexReader& index) {
  IndexedMatch value;
  value.number = match.number;
  if (const auto place = index.find(match.number)) {
    BlockFile::Buffer buffer;
    const IndexedDocument found = place->segment->read(place->document, buffer);
    value.id = document_name(found.id, found.file, found.line);
    value.file = found.file;
    value.source = found.source;
  }
  value.verified = match.is_verified;
  if (!match.is_verified) return value;
  value.rule = to_string(match.rule);
  if (!is_equality(match.rule)) {
    value.jaccard = match.overlap.jaccard();
    value.containment = match.overlap.containment_a();
    value.contained = match.overlap.containment_b();
  }
  value.shared_tokens = match.shared_tokens;
  value.passage = match.passage;
  return value;
}

DuplicatesFound run_with_index(const IndexReader& index, bool adds, const Documents& documents,
                               const RunSettings& run) {
  const IndexParameters& parameters = index.parameters();
  DuplicatesFound found;
  DedupOptions options;
  options.search.corpus = corpus_options(documents, run);
  options.search.shingles = parameters.shingles;
  options.search.sketch = parameters.sketch;
  options.search.threshold = parameters.threshold;
  options.search.recall = parameters.recall;
  options.index_path = index.path();
  options.add_to_index = adds;
  options.on_kept = [&](DocumentRef kept) { found.kept.push_back(std::move(kept)); };
  options.on_removed = [&](RemovedDocument removed) { found.removed.push_back(std::move(removed)); };
  run_dedup(options, run_control(run, found.rejected));
  return found;
}

}  // namespace

Index Index::create(const std::string& path, const IndexSettings& settings) {
  IndexParameters parameters;
  parameters.threshold = settings.threshold;
  parameters.recall = settings.recall;
  parameters.shingles.unit = settings.characters ? ShingleUnit::kCharacter : ShingleUnit::kWord;
  parameters.shingles.tokens = settings.code ? TokenKind::kCode : TokenKind::kWords;
  parameters.shingles.size = settings.shingle_size;
  parameters.shingles.fold = {settings.fold_accents, settings.fold_chinese};
  parameters.verify = parse_index_verify(settings.verify);
  parameters.with_text = settings.with_text;
  create_index(path, parameters);
  return Index(path);
}

Index::Index(std::string path) : path_(std::move(path)) { reopen(); }

void Index::reopen() { reader_ = std::make_shared<const IndexReader>(path_); }

DuplicatesFound Index::add(const Documents& documents, const RunSettings& run) {
  DuplicatesFound found = run_with_index(*reader_, true, documents, run);
  reopen();
  return found;
}

DuplicatesFound Index::dedup(const Documents& documents, const RunSettings& run) const {
  return run_with_index(*reader_, false, documents, run);
}

IndexAnswers Index::query(const Documents& documents, std::size_t most,
                          const RunSettings& run) const {
  IndexAnswers found;
  IndexQueryOptions options;
  options.corpus = corpus_options(documents, run);
  options.index_path = path_;
  options.most = most;
  options.on_matches = [&](DocumentRef document, std::span<const IndexMatch> matches,
                           const IndexReader& index) {
    IndexAnswers::Answer answer{std::move(document), {}};
    for (const IndexMatch& match : matches) answer.matches.push_back(as_value(match, index));
    found.answers.push_back(std::move(answer));
  };
  run_index_query(options, run_control(run, found.rejected));
  return found;
}

std::vector<IndexedMatch> Index::query_text(std::string_view text, std::size_t most) const {
  // Kept from call to call: making them takes longer than the query.
  thread_local std::unique_ptr<TextPreparer> preparer;
  thread_local std::weak_ptr<const IndexReader> owner;
  thread_local SearchedText searched;
  if (!preparer || owner.lock() != reader_) {
    preparer = std::make_unique<TextPreparer>(reader_->parameters());
    owner = reader_;
  }
  preparer->prepare(text, reader_->parameters().shingles.tokens, searched);
  const RunControl control;
  const auto matches = IndexSearcher(*reader_, control).search({&searched, 1}, most, 1);
  std::vector<IndexedMatch> found;
  for (const IndexMatch& match : matches[0]) found.push_back(as_value(match, *reader_));
  return found;
}

std::uint64_t Index::remove(const std::vector<std::string>& ids) {
  RecordList list;
  for (const std::string& id : ids) list.add_name(id);
  const IndexRemoval result = remove_from_index(path_, {&list, "", ""}, {});
  reopen();
  return result.removed;
}

std::uint64_t Index::size() const { return reader_->count().documents; }

}  // namespace copydesk
