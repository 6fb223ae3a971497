#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What an unfinished run leaves behind, so that the same command can go on where it ended: a folder
// in the work folder, named after the command, its inputs and its outputs.
//
//   const auto checkpoint = open_checkpoint(options.corpus, identity, control);
//   const CorpusIdf counts = checkpoint->get_or_make("counts",
//       [&](StageReader& stage) { stage.next(); return CorpusIdf::parse(stage.text(), "counts"); },
//       [&] { return count_idf(reader, stem); },
//       [](const CorpusIdf& made, StageWriter& stage) { stage.append(1, made.serialize()); });
//
// The first run counts; one that was killed behind that, and goes on, reads the counts.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "copydesk/read/input_list.h"
#include "copydesk/run/corpus_options.h"
#include "copydesk/run/output_set.h"
#include "copydesk/run/run_control.h"
#include "copydesk/stream/frame_log.h"
#include "copydesk/stream/packed_bytes.h"

namespace copydesk {

// What makes a run the same run. Options that do not change the result (threads, memory) are left
// out.
struct RunIdentity {
  std::string command;
  std::vector<Input> inputs;
  std::vector<std::string> outputs;        // "-" and empty names stand for themselves
  std::vector<WantedOutput> other_outputs;  // files that do not tell runs apart
  std::vector<std::pair<std::string, std::string>> options;  // name and value
  std::vector<std::pair<std::string, std::string>> more_options;  // behind them
};

// The parts in which the result of a stage is kept, in the order in which they were appended.
class StageWriter {
 public:
  explicit StageWriter(FrameLog& log) : log_(log) { log_.clear(); }
  // `kind` is the stage's own to choose, below 2^31. Throws Error{kCannotWrite}.
  void append(std::uint32_t kind, std::string_view part) { log_.append(kind, part); }
  // The same for what may be long, in parts of 16 MiB, none where it is empty.
  void append_parts(std::uint32_t kind, std::string_view whole);
  // The result is complete, and on the disk.
  void end();

 private:
  FrameLog& log_;
};

class StageReader {
 public:
  explicit StageReader(FrameLog& log) : log_(log) {}
  // Goes to the next part; false behind the last one. Throws Error{kCorruptFile}.
  bool next();
  [[nodiscard]] std::uint32_t kind() const { return frame_.kind; }
  [[nodiscard]] std::string_view text() const { return frame_.payload; }
  // The texts of all parts that are left, of whatever kind, end to end.
  [[nodiscard]] std::string rest();
  // Valid until next().
  [[nodiscard]] PackedReader bytes() const { return {frame_.payload, log_.path()}; }
  // Whether the end was reached behind which an earlier run had nothing to add.
  [[nodiscard]] bool is_complete() const { return is_complete_; }
  [[noreturn]] void fail() const { bytes().fail(); }

 private:
  FrameLog& log_;
  FrameLog::Frame frame_;
  bool is_complete_ = false;
};

class Checkpoint {
 public:
  // Keeps nothing: every stage is made.
  Checkpoint() = default;
  // Opens the folder of this run in `work_folder`, or creates it, and locks it until the object or
  // the process ends. Removes the temporary files of outputs that a killed process left. Throws
  // Error{kInvalidOption} if there is an unfinished run and `resume` is false, or if that run had
  // other options or its inputs have changed since; Error{kCannotOpen} if another process is at
  // work there. REQUIRES: no input is standard input.
  Checkpoint(const std::string& work_folder, const RunIdentity& identity, bool resume);
  ~Checkpoint();
  Checkpoint(const Checkpoint&) = delete;
  Checkpoint& operator=(const Checkpoint&) = delete;

  // Whether there was an unfinished run.
  [[nodiscard]] bool resumed() const { return resumed_; }
  [[nodiscard]] const std::string& folder() const { return folder_; }

  // Whether anything has been left for a later run.
  [[nodiscard]] bool holds_work() const;

  // A file of the checkpoint, null if nothing is kept. Throws as FrameLog does.
  [[nodiscard]] std::unique_ptr<FrameLog> open(const std::string& name) const;

  // The result of the stage `name`: what an earlier run left, if that is complete, else what
  // make() returns, which is then left for a later run.
  //   Value read(StageReader&)   goes through all parts with next(); what it returns is dropped if
  //                              they are not complete, so it judges them only if they are
  //   Value make()
  //   void write(const Value&, StageWriter&)
  // Throws Error{kCorruptFile}, Error{kCannotWrite}, and what the three throw.
  template <class Read, class Make, class Write>
  auto get_or_make(const std::string& name, Read&& read, Make&& make, Write&& write) const
      -> decltype(make()) {
    return get_or_make(name, read, [&](StageWriter* stage) {
      auto value = make();
      if (stage != nullptr) write(value, *stage);
      return value;
    });
  }

  // The same where the result is written while it is made, as it is large:
  //   Value make(StageWriter* stage)   appends what it makes; null if nothing is kept
  template <class Read, class Make>
  auto get_or_make(const std::string& name, Read&& read, Make&& make) const
      -> decltype(make(static_cast<StageWriter*>(nullptr))) {
    const std::unique_ptr<FrameLog> log = open(name);
    if (!log) return make(static_cast<StageWriter*>(nullptr));
    {
      StageReader stage(*log);
      auto value = read(stage);
      if (stage.is_complete()) return value;
    }
    StageWriter stage(*log);
    auto value = make(&stage);
    stage.end();
    return value;
  }

  // The run has succeeded: removes the folder.
  void remove();

 private:
  // Returns the number of the process that held the lock before, 0 if there was none.
  long lock();
  void compare_options(const std::string& wanted) const;
  [[nodiscard]] std::string read_options() const;

  std::string folder_;
  bool resumed_ = false;
  int lock_ = -1;
};

// What a checkpoint goes by of the options of every corpus; `inputs` are those of the run.
[[nodiscard]] RunIdentity make_run_identity(const std::string& command,
                                            const CorpusOptions& options,
                                            std::vector<Input> inputs);

// The checkpoint of a run; one that keeps nothing where none is wanted, or possible because
// standard input is read. Throws Error{kInvalidOption} if options.resume asks for more, and as the
// constructor does.
[[nodiscard]] std::unique_ptr<Checkpoint> open_checkpoint(const CorpusOptions& options,
                                                          const RunIdentity& identity,
                                                          const RunControl& control);

// What becomes of the checkpoint of a run that an exception ends: it goes where the run was done
// (the reader of standard output wanted no more), has done nothing yet, or could not end otherwise
// when resumed; else it stays, and a note says how to go on. To be called while the exception is
// handled, which it throws on.
[[noreturn]] void leave_checkpoint(Checkpoint& checkpoint, const RunControl& control);

}  // namespace copydesk
