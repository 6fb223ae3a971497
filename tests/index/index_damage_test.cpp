// SPDX-License-Identifier: Apache-2.0
//
// Bytes of an index that are not what was written: every change is found out by whoever reads the place,
// which is named; and files that were made for the purpose, with checksums that are right, are refused or
// give some answer, but do no harm.
#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "resealed_index.h"
#include "small_index.h"
#include "temporary_folder.h"

namespace copydesk::tests {
namespace {

struct Made {
  Made() : path(folder.path("x.index")), texts(family_texts(11, 60)) {
    IndexParameters parameters;
    parameters.with_text = true;
    create_index(path, parameters);
    add_to_index(path, texts, 0, 30);
    add_to_index(path, texts, 30, 60);
    RecordList list;
    list.add_name("5");
    list.add_name("41");
    remove_from_index(path, {&list, "", ""}, {});
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.is_regular_file() && entry.path().filename() != "LOCK") {
        files.push_back(std::filesystem::relative(entry.path(), folder.path()).string());
      }
    }
    std::sort(files.begin(), files.end());
  }
  TemporaryFolder folder;
  std::string path;
  std::vector<std::string> texts;
  std::vector<std::string> files;
};

// Whether it is refused as damaged, with a place, by a check of all.
bool is_refused(const std::string& path) {
  try {
    const std::uint64_t faults = check_index(
        path,
        [&](const std::string& sentence) {
          BOOST_TEST(sentence.find("x.index/") != std::string::npos);
        },
        {});
    return faults > 0;
  } catch (const Error& error) {
    BOOST_TEST((error.code() == ErrorCode::kCorruptFile || error.code() == ErrorCode::kCannotOpen));
    BOOST_TEST(error.where().find("x.index") != std::string::npos);
    return true;
  }
}

BOOST_AUTO_TEST_SUITE(index_damage)

// Of each file that the newest state names: bytes changed, swapped, cut off and added.
BOOST_AUTO_TEST_CASE(every_change_is_found) {
  const Made made;
  RandomValues random(1);
  std::size_t changes = 0;
  const std::string newest = "x.index/manifest-000004";
  for (const std::string& file : made.files) {
    if (file.find("manifest") != std::string::npos && file != newest) continue;
    const std::string good = made.folder.read(file);
    const std::size_t cases = file.ends_with("keys") ? 150 : 60;
    for (std::size_t i = 0; i < cases; ++i) {
      std::string bad = good;
      switch (i % 4) {
        case 0:
        case 1:
          bad[random.next() % bad.size()] ^= static_cast<char>(1 << random.next() % 8);
          break;
        case 2:
          bad.resize(random.next() % bad.size());
          break;
        default:
          bad += std::string(1 + random.next() % 9, '\0');
      }
      made.folder.write(file, bad);
      ++changes;
      BOOST_TEST_CONTEXT(file << ", change " << i) { BOOST_TEST(is_refused(made.path)); }
    }
    made.folder.write(file, good);
  }
  BOOST_TEST(!is_refused(made.path));
  BOOST_TEST(changes > 1000u);
}

// A block of one place where another belongs, a file of one segment in the other, files that are gone.
BOOST_AUTO_TEST_CASE(what_is_whole_but_stands_elsewhere) {
  const Made made;
  const std::string one = "x.index/seg-000001/";
  const std::string other = "x.index/seg-000002/";
  for (const char* name : {"documents", "ids", "keys", "notes", "sets", "set-places", "texts"}) {
    const std::string first = made.folder.read(one + name);
    made.folder.write(one + name, made.folder.read(other + name));
    BOOST_TEST(is_refused(made.path));
    std::filesystem::remove(made.folder.path(one + name));
    BOOST_TEST(is_refused(made.path));
    made.folder.write(one + name, first);
  }
  // Blocks of equal length that are swapped.
  std::string sets = made.folder.read(one + "sets");
  constexpr std::size_t kBlock = 16384;
  constexpr std::size_t kHead = 64;
  if (sets.size() > kHead + 2 * kBlock + 1000) {
    std::swap_ranges(sets.begin() + kHead, sets.begin() + kHead + kBlock,
                     sets.begin() + kHead + kBlock);
    made.folder.write(one + "sets", sets);
    BOOST_TEST(is_refused(made.path));
  }
}

// The newest manifest is damaged: that is said, and the one before it is there for who asks.
BOOST_AUTO_TEST_CASE(the_state_before) {
  const Made made;
  made.folder.write("x.index/manifest-000004", "nonsense");
  BOOST_CHECK_EXCEPTION(IndexReader{made.path}, Error, [](const Error& error) {
    return std::string(error.what()).find("--allow-older") != std::string::npos &&
           error.where().ends_with("manifest-000004");
  });
  BOOST_TEST(IndexReader(made.path, true).manifest().generation == 3u);
  BOOST_CHECK_THROW(IndexWriter{made.path}, Error);
}

// Payloads that were changed and then sealed as the program does: no answer is promised, but that none of
// it reads or writes where it must not. (Sanitizers look on in the debug build.)
BOOST_AUTO_TEST_CASE(forged_files_do_no_harm) {
  const Made made;
  RandomValues random(2);
  int refused = 0, accepted = 0;
  const std::vector<std::string> names = segment_file_names();
  for (int i = 0; i < 400; ++i) {
    const TemporaryFolder folder;
    std::filesystem::copy(made.path, folder.path("x.index"), std::filesystem::copy_options::recursive);
    const std::string& name = names[random.next() % names.size()];
    std::string payload = payload_of(folder.path("x.index"), 0, name);
    for (std::uint64_t edits = 1 + random.next() % 4; edits > 0 && !payload.empty(); --edits) {
      const std::size_t at = random.next() % payload.size();
      const std::uint64_t value = random.next() % 3 == 0 ? ~std::uint64_t{0} : random.next();
      std::memcpy(payload.data() + at, &value,
                  std::min<std::size_t>(payload.size() - at, 1U << random.next() % 4));
    }
    if (random.next() % 8 == 0) payload.resize(random.next() % (payload.size() + 1));
    reseal(folder.path("x.index"), 0, name, payload);
    BOOST_TEST_CONTEXT(name << ", case " << i) {
      if (use_everything(folder.path("x.index"), made.texts)) {
        ++accepted;
      } else {
        ++refused;
      }
    }
  }
  BOOST_TEST_MESSAGE(refused << " refused, " << accepted << " accepted");
  BOOST_TEST(refused > 80);
  BOOST_TEST(accepted > 25);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
