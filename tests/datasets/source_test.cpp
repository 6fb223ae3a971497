// SPDX-License-Identifier: Apache-2.0
//
// Stories taken from a file of the user's, and the program that is called for them.
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "copydesk/error.h"
#include "datasets/corpus_fixture.h"
#include "generate/output_file.h"

using namespace copydesk;
using namespace copydesk::datasets;
namespace fs = std::filesystem;

namespace {

struct Folder {
  fs::path path = fs::temp_directory_path() / ("copydesk-source-" + std::to_string(::getpid()));
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }

  std::string write(const std::string& name, const std::string& bytes) const {
    std::ofstream(path / name, std::ios::binary) << bytes;
    return (path / name).string();
  }
  std::string read(const std::string& name) const {
    std::ifstream file(path / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }
  std::size_t files() const {
    return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {}));
  }
};

const std::string kWire = std::string(COPYDESK_SOURCE_DIR) + "/datasets/sample/wire.jsonl";

CorpusOptions with_source(const std::string& path) {
  CorpusOptions options = corpus_options("pairs");
  options.source = SourceFile{.path = path};
  return options;
}

int run(const std::string& arguments) {
  const int status = std::system((std::string(COPYDESK_GENERATE) + " " + arguments).c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(source)

BOOST_AUTO_TEST_CASE(json_lines_are_printed_first_and_then_mixed) {
  const std::vector<Printed> all = print_all(with_source(kWire), 1500);
  std::ifstream file(kWire);
  const std::string wire{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  std::size_t records = 0;
  for (const Printed& printed : all) {
    if (printed.kind != Kind::kStory) continue;
    BOOST_TEST(printed.story.parts.size() >= 2);
    // The first paragraph of a record stands in the file as it is, but for escapes.
    const std::string words{printed.story.words_of(printed.story.parts[1])};
    if (words.find('"') != std::string::npos) continue;
    records += wire.find(words) != std::string::npos ? 1 : 0;
    if (printed.number > 1000) BOOST_TEST(printed.story.text.size() > 300);
  }
  BOOST_TEST(records > 100);
}

BOOST_AUTO_TEST_CASE(plain_text_is_cut_into_stories) {
  const Folder folder;
  std::string text;
  for (int paragraph = 0; paragraph < 100; ++paragraph) {
    const std::string number = std::to_string(paragraph);
    text += "Paragraph " + number + " has words of its own like " + number + number +
            " and goes on for a while. Its second sentence tells of " + number +
            " herons that stood in the shallow water until the tide came in.\n\n";
  }
  const std::vector<Printed> all = print_all(with_source(folder.write("book.txt", text)), 20);
  BOOST_TEST((all[0].story.text.find("herons that stood") != std::string::npos));
  BOOST_TEST(all[0].story.parts.size() > 5);
}

BOOST_AUTO_TEST_CASE(indented_paragraphs_are_joined) {
  const Folder folder;
  const std::string path = folder.write(
      "wire.jsonl",
      R"({"title":"Rain","text":"It rained in the north\nfor two days.\n    Then the wind turned)"
      R"( and blew\nfrom the sea until the morning of the\nthird day."})"
      "\n");
  const std::vector<Printed> all = print_all(with_source(path), 1);
  BOOST_TEST(
      all[0].story.text ==
      "Rain\n\nIt rained in the north for two days.\n\nThen the wind turned and blew from the "
      "sea until the morning of the third day.");
}

BOOST_AUTO_TEST_CASE(useless_sources_are_refused) {
  const Folder folder;
  const auto is = [](ErrorCode code) {
    return [code](const Error& error) { return error.code() == code; };
  };
  BOOST_CHECK_EXCEPTION(Corpus{with_source("/nonexistent/file")}, Error,
                        is(ErrorCode::kCannotOpen));
  BOOST_CHECK_EXCEPTION(Corpus{with_source(folder.path.string())}, Error,
                        is(ErrorCode::kCannotOpen));
  const std::string no_text = folder.write("a.jsonl", "{\"body\":\"none\"}\nnot json\n{}\n");
  BOOST_CHECK_EXCEPTION(Corpus{with_source(no_text)}, Error, is(ErrorCode::kCorruptFile));
  const std::string latin1 = folder.write("b.txt", "caf\xe9 caf\xe9");
  BOOST_CHECK_EXCEPTION(Corpus{with_source(latin1)}, Error, is(ErrorCode::kCorruptFile));
  const std::string empty = folder.write("c.txt", "");
  BOOST_CHECK_EXCEPTION(Corpus{with_source(empty)}, Error, is(ErrorCode::kCorruptFile));
}

BOOST_AUTO_TEST_CASE(an_output_file_appears_whole_or_not_at_all) {
  const Folder folder;
  folder.write("out", "old");
  {
    OutputFile file((folder.path / "out").string());
    file.write("new");
    BOOST_TEST(folder.files() == 2);
  }
  BOOST_TEST(folder.read("out") == "old");
  BOOST_TEST(folder.files() == 1);
  OutputFile file((folder.path / "out").string());
  file.write("new");
  file.commit();
  BOOST_TEST(folder.read("out") == "new");
  BOOST_CHECK_THROW(OutputFile("/nonexistent/folder/file"), Error);
}

BOOST_AUTO_TEST_CASE(the_program) {
  const Folder folder;
  const std::string out = (folder.path / "out.jsonl").string();
  BOOST_TEST(run("-n 200 --seed 7 --plan pairs --bytes-per-document 1200 --quiet -o " + out +
                 " --truth-dir " + (folder.path / "truth").string()) == 0);
  BOOST_TEST((folder.read("out.jsonl") == lines_of(corpus_options("pairs"), 200)));
  BOOST_TEST(fs::exists(folder.path / "truth" / "clusters.jsonl"));
  const std::string hush = " >/dev/null 2>&1";
  BOOST_TEST(run("--help" + hush) == 0);
  BOOST_TEST(run(hush) == 2);
  BOOST_TEST(run("-n 5 --plan nothing" + hush) == 2);
  BOOST_TEST(run("-n 5 --rate exact" + hush) == 2);
  BOOST_TEST(run("-n 5 --rate exact=x" + hush) == 2);
  BOOST_TEST(run("-n 5 --rate exact=" + hush) == 2);
  BOOST_TEST(run("-n 5 --rate exact=0.1x" + hush) == 2);
  BOOST_TEST(run("-n 5 --rate exact=0.1 --rate case=0.2" + hush) == 0);
  BOOST_TEST(run("-n 5 --siblings" + hush) == 2);
  BOOST_TEST(run("-n 5 -o /nonexistent/out" + hush) == 1);
  BOOST_TEST(run("-n 5 --source /nonexistent/in" + hush) == 1);
  BOOST_TEST(run("--version" + hush) == 0);
  BOOST_TEST(run("-n 1 2>&1 >/dev/null | grep -q '^1 document, '") == 0);
  BOOST_TEST(run("-n 2 2>&1 >/dev/null | grep -q '^2 documents, '") == 0);
  BOOST_TEST(run("-n -1 -o /nonexistent/out" + hush) == 2);
  BOOST_TEST(run("-n 5 --seed -1" + hush) == 2);
  BOOST_TEST(run("-n 5 --bytes-per-document 100000000000" + hush) == 2);
  BOOST_TEST(run("-n 5 --sites 4000000000" + hush) == 2);
  const std::string before = folder.read("out.jsonl");
  BOOST_TEST(run("-n 5 --source " + out + " -o " + out + hush) == 2);
  BOOST_TEST((folder.read("out.jsonl") == before));
  BOOST_TEST(run("-n 100000 --quiet | head -c 10 >/dev/null") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
