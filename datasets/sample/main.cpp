// SPDX-License-Identifier: Apache-2.0
//
// copydesk-sample: writes the files of datasets/sample anew. A test holds that they are what this
// program makes of the material, so that neither can change without the other.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <string>

#include "copydesk/error.h"
#include "generate/output_file.h"
#include "sample/wire.h"
#include "tools/count_options.h"

namespace {

using namespace copydesk;
using namespace copydesk::datasets;

void write_file(const std::string& path, const std::string& bytes) {
  OutputFile file(path);
  file.write(bytes);
  file.commit();
}

void write_sample(const std::string& material, const std::string& folder, std::uint64_t seed) {
  const WireFiles wire = make_wire(material, seed);
  const PageFiles pages = make_pages(material, seed);
  write_file(folder + "/wire.jsonl", wire.documents);
  write_file(folder + "/truth.jsonl", wire.truth);
  write_file(folder + "/pages.jsonl", pages.documents);
  write_file(folder + "/pages_blocks.jsonl", pages.blocks);
  write_file(folder + "/pages_stories.jsonl", pages.stories);
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Write the sample corpus from the sentences in its material folder.",
               "copydesk-sample"};
  std::string material = "datasets/sample/material";
  std::string folder = "datasets/sample";
  std::uint64_t seed = kSampleSeed;
  app.add_option("--material", material, "Folder of sentence files")->capture_default_str();
  app.add_option("-o,--output", folder, "Folder to write to")->capture_default_str();
  app.add_option("--seed", seed, "Another number gives another sample")->capture_default_str();
  app.footer(
      "Examples:\n"
      "  copydesk-sample\n"
      "  copydesk-sample --seed 7 --output /tmp");
  tools::read_counts_alike(app);
  try {
    app.parse(argc, argv);
    write_sample(material, folder, seed);
    return 0;
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  } catch (const Error& error) {
    fmt::print(stderr, "copydesk-sample: {}\n", error.what());
    return error.code() == ErrorCode::kInvalidOption ? 2 : 1;
  }
}
