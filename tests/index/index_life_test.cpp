// SPDX-License-Identifier: Apache-2.0
//
// What an index goes through: documents taken out, segments brought together, readers that go on,
// two who want to write.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/index/index_query.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "small_index.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

bool has_code(const Error& error, ErrorCode code, const std::string& words) {
  BOOST_TEST_MESSAGE(error.where() << ": " << error.what());
  return error.code() == code && std::string(error.what()).find(words) != std::string::npos;
}

// The ids of what is like each text, the most alike first.
std::vector<std::vector<std::string>> matches_of(const IndexReader& index,
                                                 const std::vector<std::string>& texts) {
  TextPreparer preparer(index.parameters());
  std::vector<SearchedText> searched(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    preparer.prepare(texts[i], TokenKind::kWords, searched[i]);
  }
  const RunControl control;
  const auto found = IndexSearcher(index, control).search(searched, {1000}, 2);
  std::vector<std::vector<std::string>> ids(texts.size());
  BlockFile::Buffer buffer;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    for (const IndexMatch& match : found[i].matches) {
      const auto place = index.find(match.number);
      ids[i].push_back(place->segment->read(place->document, buffer).id);
      // One text alone finds the same.
    }
    const auto alone = IndexSearcher(index, control).search({&searched[i], 1}, {1000}, 1);
    BOOST_TEST(alone[0].matches.size() == found[i].matches.size());
  }
  return ids;
}

struct SmallIndex {
  explicit SmallIndex(const IndexParameters& parameters = {}, std::size_t documents = 300)
      : path(folder.path("x.index")), texts(family_texts(3, documents)) {
    create_index(path, parameters);
    const std::size_t third = documents / 3;
    for (std::size_t begin = 0; begin < 3 * third; begin += third) {
      removed.merge(add_to_index(path, texts, begin, begin + third).removed);
    }
  }
  TemporaryFolder folder;
  std::string path;
  std::vector<std::string> texts;
  Removals removed;
};

BOOST_AUTO_TEST_SUITE(index_life)

// What was added is found, and what was removed leads to the document that was kept for it.
// A limit leaves out those with the fewest keys in common, and says how many; what is equal is
// never among them.
BOOST_AUTO_TEST_CASE(a_limit_of_comparisons_is_told) {
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  const std::vector<std::string> texts = family_texts(9, 100, 400);
  IndexParameters parameters;
  parameters.threshold = 0.99;  // so that those of the template stay
  create_index(path, parameters);
  add_to_index(path, texts, 0, texts.size());
  const IndexReader index(path);
  TextPreparer preparer(index.parameters());
  std::vector<SearchedText> searched(texts.size());
  for (std::size_t i = 0; i < texts.size(); ++i) {
    preparer.prepare(texts[i], TokenKind::kWords, searched[i]);
  }
  const RunControl control;
  const IndexSearcher searcher(index, control);
  const std::vector<IndexAnswer> all = searcher.search(searched, {}, 2);
  constexpr std::size_t kCompared = 5;
  const std::vector<IndexAnswer> limited = searcher.search(searched, {0, kCompared}, 2);
  std::size_t cut = 0;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    BOOST_TEST(all[i].not_compared == 0u);
    BOOST_TEST(limited[i].matches.size() <= kCompared);
    cut += limited[i].not_compared > 100 ? 1 : 0;
    BOOST_TEST_REQUIRE(all[i].matches.empty() == false);
    BOOST_TEST_REQUIRE(limited[i].matches.empty() == false);
    BOOST_TEST(limited[i].matches[0].number == all[i].matches[0].number);
    for (const IndexMatch& match : limited[i].matches) {
      BOOST_TEST(std::ranges::any_of(
          all[i].matches, [&](const IndexMatch& one) { return one.number == match.number; }));
    }
  }
  BOOST_TEST(cut > 300u);
}

BOOST_AUTO_TEST_CASE(everything_is_found_again) {
  for (const IndexVerify verify : {IndexVerify::kSets, IndexVerify::kText}) {
    IndexParameters parameters;
    parameters.verify = verify;
    const SmallIndex small(parameters);
    const IndexReader index(small.path);
    BOOST_TEST(index.segments().size() == 3u);
    const auto matches = matches_of(index, small.texts);
    for (std::size_t i = 0; i < small.texts.size(); ++i) {
      const std::string id = std::to_string(i);
      const auto removal = small.removed.find(id);
      const std::string wanted = removal == small.removed.end() ? id : std::get<0>(removal->second);
      BOOST_TEST_CONTEXT(id) {
        BOOST_TEST((std::ranges::find(matches[i], wanted) != matches[i].end()));
        for (const std::string& other : matches[i]) BOOST_TEST(!small.removed.contains(other));
        if (removal == small.removed.end()) BOOST_TEST(matches[i].front() == id);
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(without_sets_nothing_is_said_to_be_verified) {
  IndexParameters parameters;
  parameters.verify = IndexVerify::kNone;
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  create_index(path, parameters);
  const std::vector<std::string> texts = family_texts(3, 100);
  add_to_index(path, texts, 0, 100);
  DedupOptions options = dedup_options(parameters);
  options.index_path = path;
  BOOST_CHECK_EXCEPTION(run_dedup_of(texts, 0, 10, options), Error, [](const Error& error) {
    return has_code(error, ErrorCode::kInvalidOption, "nothing can be verified");
  });
}

BOOST_AUTO_TEST_CASE(other_parameters_are_refused_by_name) {
  const SmallIndex small;
  DedupOptions options = dedup_options({});
  options.index_path = small.path;
  options.search.threshold = 0.7;
  BOOST_CHECK_EXCEPTION(run_dedup_of(small.texts, 0, 10, options), Error, [](const Error& error) {
    return has_code(error, ErrorCode::kInvalidOption,
                    "threshold is 0.7, and the index was created with 0.8");
  });
  options = dedup_options({});
  options.index_path = small.path;
  options.containment = 0.9;
  BOOST_CHECK_THROW(run_dedup_of(small.texts, 0, 10, options), Error);
}

// Merging and compacting change nothing of the answers.
BOOST_AUTO_TEST_CASE(merged_segments_answer_the_same) {
  for (const bool with_text : {false, true}) {
    IndexParameters parameters;
    parameters.with_text = with_text;
    const SmallIndex small(parameters);
    const auto before = matches_of(IndexReader(small.path), small.texts);
    const IndexReader reader(small.path);
    const IndexRewriting result = rewrite_index(small.path, false, {});
    BOOST_TEST(result.segments_before == 3u);
    BOOST_TEST(result.segments == 1u);
    BOOST_TEST(result.bytes <= result.bytes_before);
    BOOST_TEST((matches_of(IndexReader(small.path), small.texts) == before));
    rewrite_index(small.path, true, {});
    BOOST_TEST((matches_of(IndexReader(small.path), small.texts) == before));
    // Who opened it before goes on with what was there, though its files have gone.
    BOOST_TEST((matches_of(reader, small.texts) == before));
    BOOST_TEST(check_index(small.path, [](const std::string&) {}, {}) == 0u);
    BOOST_TEST(small.folder.names().size() == 1u);
  }
}

BOOST_AUTO_TEST_CASE(what_is_taken_out_is_not_found) {
  const SmallIndex small;
  RecordList list;
  std::vector<std::string> gone;
  for (std::size_t i = 0; i < small.texts.size(); i += 4) {
    if (small.removed.contains(std::to_string(i))) continue;
    gone.push_back(std::to_string(i));
    list.add_name(gone.back());
  }
  list.add_name("not there");
  const IndexRemoval result = remove_from_index(small.path, {&list, "", ""}, {});
  BOOST_TEST(result.removed == gone.size());
  BOOST_TEST(result.named == gone.size() + 1);
  BOOST_TEST(result.found == gone.size());
  std::uint64_t evidence = 0;
  for (const auto& [id, why] : small.removed) {
    evidence += static_cast<std::uint64_t>(std::ranges::count(gone, std::get<0>(why)));
  }
  BOOST_TEST(result.evidence == evidence);
  const auto before = matches_of(IndexReader(small.path), small.texts);
  for (const auto& ids : before) {
    for (const std::string& id : ids) BOOST_TEST((std::ranges::find(gone, id) == gone.end()));
  }
  const IndexReader::Counts counts = IndexReader(small.path).count();
  BOOST_TEST(counts.taken_out == gone.size() + evidence);
  rewrite_index(small.path, true, {});
  BOOST_TEST((matches_of(IndexReader(small.path), small.texts) == before));
  const IndexReader::Counts after = IndexReader(small.path).count();
  BOOST_TEST(after.documents == counts.documents);
  BOOST_TEST(after.evidence == counts.evidence);
  BOOST_TEST(after.taken_out == 0u);
  // And what was taken out can come again.
  const std::size_t first = std::stoul(gone.front());
  BOOST_TEST(add_to_index(small.path, small.texts, first, first + 1).removed.size() <= 1u);
  BOOST_CHECK_EXCEPTION(remove_from_index(small.path, {nullptr, "no such source", ""}, {}), Error,
                        [](const Error& error) {
                          return has_code(error, ErrorCode::kTooManyFaults, "no such document");
                        });
}

// After compact no byte of an id or a text that was taken out is in the folder.
BOOST_AUTO_TEST_CASE(compact_leaves_nothing_behind) {
  IndexParameters parameters;
  parameters.with_text = true;
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  create_index(path, parameters);
  add_to_index(path, {"first text of all, which stays where it is for ever and ever"}, 0, 1);
  const std::vector<std::string> texts = {"", "a secret that nobody is to know but those who do"};
  add_to_index(path, texts, 1, 2);
  RecordList list;
  list.add_name("1");
  remove_from_index(path, {&list, "", ""}, {});
  rewrite_index(path, true, {});
  std::size_t manifests = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    const std::string name = entry.path().filename().string();
    manifests += name.starts_with("manifest") ? 1 : 0;
    BOOST_TEST(!name.starts_with("del"));
  }
  BOOST_TEST(manifests == 1u);
  BOOST_TEST(IndexReader(path).segments().size() == 1u);
  BOOST_TEST(IndexReader(path).segments()[0]->documents() == 1u);
}

BOOST_AUTO_TEST_CASE(one_writes_at_a_time) {
  const SmallIndex small;
  {
    const IndexWriter writer(small.path);
    BOOST_CHECK_EXCEPTION(IndexWriter{small.path}, Error, [](const Error& error) {
      return has_code(error, ErrorCode::kCannotOpen,
                      "is being written by process " + std::to_string(::getpid()) + " on ");
    });
    // Reading goes on.
    BOOST_TEST(IndexReader(small.path).count().documents > 0u);
  }
  // A lock that somebody left behind is none.
  small.folder.write("x.index/LOCK", "process 1 on another machine\n");
  BOOST_TEST(IndexWriter(small.path).manifest().segments.size() == 3u);
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_no_index) {
  const TemporaryFolder folder;
  BOOST_CHECK_THROW(IndexReader(folder.path("nothing")), Error);
  BOOST_CHECK_THROW(IndexReader{folder.path()}, Error);
  BOOST_CHECK_THROW(IndexWriter{folder.path()}, Error);
  folder.write("full/file", "x");
  BOOST_CHECK_THROW(create_index(folder.path("full"), {}), Error);
  create_index(folder.path("x.index"), {});
  BOOST_CHECK_THROW(create_index(folder.path("x.index"), {}), Error);
  const IndexReader empty(folder.path("x.index"));
  BOOST_TEST(empty.count().documents == 0u);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
