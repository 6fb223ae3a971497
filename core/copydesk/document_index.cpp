// SPDX-License-Identifier: Apache-2.0
#include "copydesk/document_index.h"

#include <mutex>
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
  DuplicatesFound found;
  DedupOptions options;
  options.search.corpus = corpus_options(documents, run);
  options.search.compare_as(index.parameters());
  options.index_path = index.path();
  options.add_to_index = adds;
  if (documents.columns() != nullptr && documents.columns()->source.is_there()) {
    options.search.corpus.fields.source = "source";
  }
  options.on_source = [&](SourceOutcome source) { found.sources.push_back(std::move(source)); };
  options.on_kept = [&](DocumentRef kept) { found.kept.push_back(std::move(kept)); };
  options.on_removed = [&](RemovedDocument removed) {
    found.removed.push_back(std::move(removed));
  };
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

struct Index::State {
  explicit State(std::string where) : path(std::move(where)) {}

  const std::string path;
  std::mutex changing;        // held by the one who changes the index, all the time
  mutable std::mutex access;  // of `reader`
  std::shared_ptr<const IndexReader> reader;
};

Index::Index(std::string path) : state_(std::make_unique<State>(std::move(path))) {
  reopen();
}

Index::Index(Index&&) noexcept = default;
Index& Index::operator=(Index&&) noexcept = default;
Index::~Index() = default;

void Index::reopen() {
  auto opened = std::make_shared<const IndexReader>(state_->path);
  const std::lock_guard lock(state_->access);
  state_->reader.swap(opened);
}

std::shared_ptr<const IndexReader> Index::reader() const {
  const std::lock_guard lock(state_->access);
  return state_->reader;
}

DuplicatesFound Index::add(const Documents& documents, const RunSettings& run) {
  const std::lock_guard lock(state_->changing);
  DuplicatesFound found = run_with_index(*reader(), true, documents, run);
  reopen();
  return found;
}

DuplicatesFound Index::dedup(const Documents& documents, const RunSettings& run) const {
  return run_with_index(*reader(), false, documents, run);
}

IndexAnswers Index::query(const Documents& documents, std::size_t most,
                          const RunSettings& run) const {
  IndexAnswers found;
  IndexQueryOptions options;
  const std::shared_ptr<const IndexReader> index = reader();
  options.corpus = corpus_options(documents, run);
  options.index_path = index->path();
  options.index = index.get();
  options.most = most;
  options.on_matches = [&](DocumentRef document, std::span<const IndexMatch> matches,
                           const IndexReader& from) {
    IndexAnswers::Answer answer{std::move(document), {}};
    for (const IndexMatch& match : matches) answer.matches.push_back(as_value(match, from));
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
  const std::shared_ptr<const IndexReader> index = reader();
  if (!preparer || owner.lock() != index) {
    preparer = std::make_unique<TextPreparer>(index->parameters());
    owner = index;
  }
  preparer->prepare(text, index->parameters().shingles.tokens, searched);
  const RunControl control;
  const auto answers = IndexSearcher(*index, control).search({&searched, 1}, {most, 0}, 1);
  std::vector<IndexedMatch> found;
  for (const IndexMatch& match : answers[0].matches) found.push_back(as_value(match, *index));
  return found;
}

std::uint64_t Index::remove(const std::vector<std::string>& ids) {
  RecordList list;
  for (const std::string& id : ids) list.add_name(id);
  const std::lock_guard lock(state_->changing);
  const IndexRemoval result = remove_from_index(state_->path, {&list, "", ""}, {});
  reopen();
  return result.removed;
}

void Index::merge(bool forget) {
  const std::lock_guard lock(state_->changing);
  rewrite_index(state_->path, forget, {});
  reopen();
}

std::uint64_t Index::size() const {
  return reader()->count().documents;
}

std::string Index::describe() const {
  return describe_index(*reader());
}

std::vector<std::string> Index::check() const {
  std::vector<std::string> faults;
  check_index(state_->path, [&](const std::string& sentence) { faults.push_back(sentence); }, {});
  return faults;
}

const std::string& Index::path() const {
  return state_->path;
}

}  // namespace copydesk
