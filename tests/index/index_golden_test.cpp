// SPDX-License-Identifier: Apache-2.0
//
// An index of version 2.0 of the format, which later versions read. As long as nothing is changed in what is
// written, the same documents give the same bytes.
//   COPYDESK_WRITE_GOLDEN=1 index_test --run_test=index_golden writes it anew.
#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include <fmt/format.h>

#include "copydesk/error.h"
#include "copydesk/kernels/content_hash.h"
#include "copydesk/pipeline/index/index_query.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "temporary_folder.h"

#include "copydesk/pipeline/dedup/dedup_run.h"

namespace copydesk::tests {
namespace {

const std::string kGolden = std::string(COPYDESK_SOURCE_DIR) + "/tests/index/golden-2.0";

const char* const kRecords[] = {
    R"({"id":"a","source":"wire","date":"2026-01-02","text":"The ferry left the harbor at dawn with forty passengers on board and nobody waved to it"})",
    R"({"id":"b","source":"site","text":"Bread is baked before five in the morning when the street is still asleep and dark"})",
    R"({"id":"c","source":"site","text":"The ferry left the harbor at dawn with forty passengers on board - and nobody waved to it!"})",
    R"({"source":"site","text":"Short"})",
    R"({"id":"e","source":"wire","text":"a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b a b"})"};

std::map<std::string, std::string> files_of(const std::string& path) {
  std::map<std::string, std::string> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (!entry.is_regular_file() || entry.path().filename() == "LOCK") continue;
    std::ifstream file(entry.path(), std::ios::binary);
    files[std::filesystem::relative(entry.path(), path).string()] = {
        std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  return files;
}

void make(const TemporaryFolder& folder, const std::string& path) {
  IndexParameters parameters;
  parameters.with_text = true;
  create_index(path, parameters);
  std::string lines;
  for (const char* const record : kRecords) lines += std::string(record) + "\n";
  folder.write("in.jsonl", lines);
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  DedupOptions options;
  options.search.corpus.inputs = {"in.jsonl"};
  options.search.corpus.fields.source = "source";
  options.index_path = path;
  options.add_to_index = true;
  run_dedup(options, {});
  std::filesystem::current_path(before);
}

BOOST_AUTO_TEST_SUITE(index_golden)

BOOST_AUTO_TEST_CASE(the_format_is_what_it_was) {
  const TemporaryFolder folder;
  if (std::getenv("COPYDESK_WRITE_GOLDEN") != nullptr) {
    std::filesystem::remove_all(kGolden);
    make(folder, kGolden);
    std::filesystem::remove(kGolden + "/LOCK");
  }
  make(folder, folder.path("x.index"));
  const auto golden = files_of(kGolden);
  const auto made = files_of(folder.path("x.index"));
  BOOST_TEST(golden.size() > 8u);
  BOOST_TEST(made.size() == golden.size());
  for (const auto& [name, bytes] : golden) {
    BOOST_TEST_CONTEXT(name) {
      BOOST_TEST((made.contains(name) && made.at(name) == bytes));
    }
  }
}

BOOST_AUTO_TEST_CASE(it_is_read) {
  const TemporaryFolder folder;
  std::filesystem::copy(kGolden, folder.path("x.index"), std::filesystem::copy_options::recursive);
  BOOST_TEST(check_index(folder.path("x.index"), [](const std::string&) {}, {}) == 0u);
  const IndexReader index(folder.path("x.index"));
  BOOST_TEST(index.count().documents == 4u);
  BOOST_TEST(index.count().evidence == 1u);
  folder.write("q.jsonl", std::string(kRecords[2]) + "\n" + kRecords[1] + "\n");
  IndexQueryOptions options;
  options.corpus.inputs = {folder.path("q.jsonl")};
  options.index_path = folder.path("x.index");
  options.output_path = folder.path("matches");
  const IndexQueryResult result = run_index_query(options, {});
  BOOST_TEST(result.summary.matches == 2u);
  const std::string lines = folder.read("matches");
  BOOST_TEST(
      lines.find(
          R"("match_id":"a","match_file":"in.jsonl","match_line":1,"match_source":"wire","match_time":1767312000,"match_number":0,"verified":true,"rule":"same_words")") !=
      std::string::npos);
  BOOST_TEST(lines.find(R"("match_id":"b")") != std::string::npos);
  BOOST_TEST(lines.find(R"("rule":"identical")") != std::string::npos);
}

// The newest format stays as it is; another one is refused by the name of its file and its version.
BOOST_AUTO_TEST_CASE(it_is_the_newest_format) {
  const TemporaryFolder folder;
  const std::string path = folder.path("x.index");
  std::filesystem::copy(kGolden, path, std::filesystem::copy_options::recursive);
  const auto before = files_of(path);
  BOOST_TEST(upgrade_index(path) == "2.0");
  BOOST_TEST((files_of(path) == before));
  const auto is_refused = [&](const std::string& file, const std::string& version) {
    return [=](const Error& error) {
      return error.code() == ErrorCode::kCorruptFile && error.where().ends_with(file) &&
             std::string(error.what()).find(version) != std::string::npos;
    };
  };
  const std::string manifest = "x.index/manifest-000002";
  std::string text = folder.read(manifest);
  text = text.substr(0, text.rfind('\n', text.size() - 2) + 1);
  text.replace(text.find(":1,"), 3, ":2,");
  const ContentHash hash = content_hash_128(text.data(), text.size());
  folder.write(manifest, text + fmt::format("{:016x}{:016x}\n", hash.high, hash.low));
  BOOST_CHECK_EXCEPTION(static_cast<void>(upgrade_index(path)), Error,
                        is_refused("manifest-000002", "format 2"));
  folder.write(manifest, before.at("manifest-000002"));
  // Files of the version before and of a later one, with headers that are whole.
  const std::string rows = "x.index/seg-000001/documents";
  for (const int major : {1, 3}) {
    std::string bytes = before.at("seg-000001/documents");
    bytes[8] = static_cast<char>(major);
    const std::uint64_t checksum = content_hash_64(bytes.data(), 56);
    bytes.replace(56, 8, reinterpret_cast<const char*>(&checksum), 8);
    folder.write(rows, bytes);
    BOOST_CHECK_EXCEPTION(static_cast<void>(upgrade_index(path)), Error,
                          is_refused("documents", fmt::format("format {}.0", major)));
  }
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace copydesk::tests
