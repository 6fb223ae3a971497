// SPDX-License-Identifier: Apache-2.0
//
// The files of a checkpoint: the log of frames, the scan of a batch (which holds the sketches), the
// verdict, and what blocks found. Any bytes are either refused with Error{kCorruptFile} or give something that is
// written as it was read and that later stages can rely on.
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/error.h"
#include "copydesk/pipeline/blocks/blocks_stages.h"
#include "copydesk/pipeline/dedup/decisions.h"
#include "copydesk/pipeline/dedup/sketch_log.h"
#include "copydesk/stream/frame_log.h"
#include "property.h"
#include "temporary_folder.h"

using namespace copydesk;
using copydesk::fuzz::Choices;
using copydesk::fuzz::require;

namespace {

const tests::TemporaryFolder& folder() {
  static const tests::TemporaryFolder the_folder;
  return the_folder;
}

template <class Read>
bool is_accepted(Read&& read) {
  try {
    read();
    return true;
  } catch (const Error& error) {
    require(error.code() == ErrorCode::kCorruptFile, "a bad file is called corrupt");
    return false;
  }
}

std::vector<std::string> frames_of(FrameLog& log) {
  std::vector<std::string> payloads;
  FrameLog::Frame frame;
  while (log.read(frame)) payloads.push_back(std::to_string(frame.kind) + frame.payload);
  return payloads;
}

// Whatever there was, a frame appended behind what was found is found again, and nothing is lost.
void check_log(std::string_view bytes) {
  const std::string path = folder().write("log", bytes);
  is_accepted([&] {
    std::vector<std::string> frames;
    {
      FrameLog log(path);
      frames = frames_of(log);
      log.append(7, "appended");
    }
    frames.emplace_back("7appended");
    FrameLog log(path);
    require(frames_of(log) == frames, "a log goes on behind its last whole frame");
  });
}

void check_scan(std::string_view bytes) {
  is_accepted([&] {
    PackedReader reader(bytes, "file");
    ReadBatch<BatchScan> scan;
    unpack(reader, scan);
    const DocumentList& documents = scan.found.documents;
    std::size_t ids = 0;
    for (const std::uint32_t size : documents.id_sizes) ids += size;
    require(ids == documents.ids.size(), "ids are as long as they say");
    const std::string batch(scan.row.size > (1U << 20) ? 0 : scan.row.size, 'x');
    for (const DocumentRow& row : documents.rows) {
      if (!batch.empty()) static_cast<void>(batch.substr(row.offset, row.size));
    }
    PackedBytes written;
    pack(scan, written);
    require(written.view().size() == bytes.size(), "a scan is written as it was read");
  });
}

// Frames of kinds and lengths as the first bytes say.
void check_verdict(Choices& choices) {
  const std::size_t documents = choices.next(6);
  const std::string path = folder().write("verdict", "");
  FrameLog log(path);
  for (std::size_t frames = choices.next(8); frames > 0; --frames) {
    const auto number = static_cast<std::uint32_t>(choices.next(7));
    const std::uint32_t kind = number == 6 ? ~std::uint32_t{0} : number;  // 6: the end
    std::string payload;
    for (std::size_t words = choices.next(24); words > 0; --words) {
      payload.push_back(static_cast<char>(choices.next(256)));
      payload.append(3, '\0');
    }
    log.append(kind, payload);
  }
  is_accepted([&] {
    FrameLog again(path);
    StageReader stage(again);
    const DedupVerdict verdict = read_verdict(stage, documents, 0.8);
    if (!stage.is_complete()) return;
    require(verdict.decisions.kept_for.size() == documents, "every document has a keeper");
    std::vector<bool> kept(documents, true);
    for (const Decision& decision : verdict.decisions.removed) {
      require(kept.at(decision.document), "each is removed once");
      kept.at(decision.document) = false;
      static_cast<void>(kept.at(decision.kept));
      require(!to_string(decision.rule).empty(), "rules are known");
    }
    for (std::size_t i = 0; i < verdict.clusters.size(); ++i) {
      for (const std::uint32_t document : verdict.clusters.cluster(i)) {
        static_cast<void>(kept.at(document));
      }
    }
    FrameLog written(folder().write("again", ""));
    StageWriter writer(written);
    write_verdict(verdict, writer);
    writer.end();
    FrameLog reread(written.path());
    StageReader same_stage(reread);
    const DedupVerdict same = read_verdict(same_stage, documents, 0.8);
    require(same_stage.is_complete(), "a verdict that is written is read");
    require(same.decisions.kept_for == verdict.decisions.kept_for &&
                same.decisions.removed == verdict.decisions.removed &&
                same.clusters.members == verdict.clusters.members &&
                same.clusters.starts == verdict.clusters.starts,
            "a verdict is written as it was read");
  });
}

// Frames as they stand there: a kind (0: the end), two bytes of length, the payload.
void append_frames(Choices& choices, FrameLog& log) {
  std::string_view rest = choices.rest();
  while (rest.size() >= 3) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
    const std::uint32_t kind = byte(0) == 0 ? ~std::uint32_t{0} : byte(0);
    const std::size_t size = std::min<std::size_t>(byte(1) + 256U * byte(2), rest.size() - 3);
    log.append(kind, rest.substr(3, size));
    rest.remove_prefix(3 + size);
  }
}

// What is accepted names documents that there are.
void check_blocks(Choices& choices) {
  const bool is_scan = choices.next(2) == 0;
  FrameLog log(folder().write("blocks", ""));
  append_frames(choices, log);
  BlocksOptions options;
  options.corpus.inputs = {folder().write("in.txt", "a text\n")};
  options.corpus.work_folder = folder().path();
  options.corpus.memory_bytes = 1 << 20;
  options.mask.site = false;
  const RunControl control;
  const auto reader = open_corpus(options.corpus, control);
  is_accepted([&] {
    FrameLog again(log.path());
    StageReader stage(again);
    if (!is_scan) {
      constexpr std::uint64_t kDocuments = 3;
      FoundSpans found{DocumentRecords<RepeatedSpan>(folder().path(), 1 << 20, kDocuments)};
      read_spans(stage, kDocuments, found);
      found.spans.for_each_part([&](std::span<const RepeatedSpan> part) {
        for (const RepeatedSpan& span : part) {
          require(span.document < kDocuments && span.first_document < kDocuments,
                  "spans are of documents");
        }
      });
      return;
    }
    ScannedBlocks scanned;
    scanned.table.inputs = reader->inputs();
    read_scan(stage, options, *reader, scanned);
    const std::size_t documents = scanned.table.documents.size();
    for (std::uint32_t i = 0; i < documents; ++i) static_cast<void>(scanned.table.name_of(i));
    for (const auto* const copies : {&scanned.paragraphs, &scanned.sentences}) {
      if (!*copies) continue;
      (*copies)->for_each_part([&](std::span<const PassageCopy> part) {
        for (const PassageCopy& copy : part) {
          require(copy.document < documents && copy.first_document < documents,
                  "copies are of documents");
        }
      });
    }
  });
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Choices choices(data, size);
  switch (choices.next(5)) {
    case 0:
      check_log(choices.rest());
      break;
    case 1:
      check_log(std::string("cpydsk\0\1", 8) + std::string(choices.rest()));
      break;
    case 2:
      check_scan(choices.rest());
      break;
    case 3:
      check_verdict(choices);
      break;
    default:
      check_blocks(choices);
  }
  return 0;
}
