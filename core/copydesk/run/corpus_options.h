#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What every run over a corpus has in common: inputs, field names, threads, memory.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "copydesk/read/batch_reader.h"
#include "copydesk/read/document_columns.h"
#include "copydesk/read/input_list.h"
#include "copydesk/read/record_parser.h"
#include "copydesk/read/time_value.h"
#include "copydesk/run/output_set.h"

namespace copydesk {

enum class OnBad { kSkip, kStop };

struct CorpusOptions {
  std::vector<std::string> inputs;  // files, folders, "-"
  // If set, the corpus: a table in memory, instead of inputs. Format and fields mean nothing then.
  const DocumentColumns* documents = nullptr;
  // What the corpus is compared with (--against), as files and folders or, for a table, as another
  // one. It is read in front of the corpus, and nothing becomes of it.
  std::vector<std::string> old_inputs;
  const DocumentColumns* old_documents = nullptr;
  [[nodiscard]] bool has_old() const { return !old_inputs.empty() || old_documents != nullptr; }
  InputSelection selection;  // of the files in folders
  InputFormat format = InputFormat::kAuto;
  FieldNames fields;
  DateOrder date_order = DateOrder::kUnknown;  // of dates in numbers in the time field
  // Fields that were asked for by name, with the option that did: where no record has one, that is an
  // error, and where some have not, a note says how many.
  std::vector<std::pair<RecordField, std::string>> asked_fields;
  // The option, if there is one, that needs the site of documents: where no record has one (a site field,
  // or an address), that is a note, and an error if the option asks for nothing else.
  std::string site_option;
  bool asks_for_sites_only = false;
  std::optional<FieldNames> old_fields;  // of the old inputs, where they have other names
  std::string text_field_option = "--text-field";  // to be named where no record has the field
  BatchReaderOptions reading;
  OnBad on_bad = OnBad::kSkip;
  std::string work_folder;         // for temporary files; empty: $TMPDIR or the system's choice
  std::size_t threads = 1;         // [1, 1024]; results do not depend on it
  std::uint64_t memory_bytes = 0;  // what the run may hold; 0: 1 GiB, or as the command documents
  std::vector<WantedOutput> other_outputs;  // files the caller writes itself
  // If set, commands that write records write them there, input by input (see ShardFolder), and
  // their main output is to have no path.
  std::string output_folder;

  // Keep a checkpoint in the work folder until the run has succeeded; needs a named work folder.
  bool checkpoint = false;
  bool resume = false;  // go on with the unfinished run of the same command there, if there is one
  // What tells this run from others of its command besides the above, as names and values: a
  // checkpoint is not gone on with if they differ.
  std::vector<std::pair<std::string, std::string>> run_options;
};

}  // namespace copydesk
