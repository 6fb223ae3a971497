// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <string>
#include <thread>
#include <vector>

#include "copydesk/document_index.h"
#include "small_index.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

BOOST_AUTO_TEST_SUITE(index_front_door)

BOOST_AUTO_TEST_CASE(added_asked_and_taken_out) {
  const TemporaryFolder folder;
  const std::vector<std::string> texts = family_texts(5, 200);
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < texts.size(); ++i) ids.push_back(std::to_string(i));
  Index index = Index::create(folder.path("x.index"), {.with_text = true});
  const DuplicatesFound added = index.add(DocumentColumns{.text = texts, .id = ids});
  BOOST_TEST(added.kept.size() + added.removed.size() == texts.size());
  BOOST_TEST(index.size() == added.kept.size());
  BOOST_TEST(added.removed.size() > 20u);

  // One by one as all at once, and in several threads.
  const IndexAnswers all = index.query(texts);
  BOOST_TEST(all.answers.size() == texts.size());
  std::atomic<int> different = 0;
  std::vector<std::jthread> threads;
  for (std::size_t thread = 0; thread < 3; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::size_t i = thread; i < texts.size(); i += 3) {
        if (index.query_text(texts[i]) != all.answers[i].matches) ++different;
      }
    });
  }
  threads.clear();
  BOOST_TEST(different == 0);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    BOOST_TEST(all.answers[i].document.row == i);
    for (const IndexedMatch& match : all.answers[i].matches) {
      BOOST_TEST((match.jaccard >= 0.8 && match.verified));
      if (match.rule == "near_duplicate") BOOST_TEST(match.passage.size() > 0u);
    }
  }
  // All of it is known now.
  const DuplicatesFound again = index.dedup(texts);
  BOOST_TEST(again.kept.empty());
  BOOST_TEST(again.removed.front().kept.input == 1u);

  const std::string gone = ids[added.kept.front().row];
  BOOST_TEST(index.remove({gone}) == 1u);
  BOOST_TEST(index.size() == added.kept.size() - 1);
  for (const IndexedMatch& match : index.query_text(texts[added.kept.front().row])) {
    BOOST_TEST(match.id != gone);
  }
  BOOST_CHECK_THROW(static_cast<void>(index.remove({"nobody"})), Error);
  BOOST_CHECK_THROW(Index::create(folder.path("x.index")), Error);
  BOOST_CHECK_THROW(Index(folder.path("y.index")), Error);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
