#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// What `serve` answers: questions to an index, additions, counts. Knows nothing of sockets.
//
//   POST /query [?most=N]   one document, JSON Lines of many, or a text (Content-Type: text/plain): a
//                           line for each, {"line":1,"id":"a","matches":[...]} or {"line":2,"error":"..."}
//   POST /add               the same: {"line":1,"id":"a","kept":true} or with the document that stays
//   GET /stats              what the index is, and what has been answered how fast

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "copydesk/index/index_reader.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/read/record_parser.h"
#include "http_server.h"
#include "latencies.h"

namespace copydesk::tools {

struct ServiceOptions {
  std::string path;
  FieldNames fields;
  std::size_t most = 100;  // matches of a document, unless a request says otherwise
  std::size_t compared = 0;  // documents that one is compared with, those with the most keys in common; 0: all
  std::size_t threads = 1;
  std::uint64_t memory_bytes = 0;  // of an addition
  bool is_read_only = false;
};

// Thread-safe.
class IndexService {
 public:
  // Opens the index. Throws as IndexReader does.
  explicit IndexService(ServiceOptions options);

  // Throws Cancelled, and what a run with an index throws.
  [[nodiscard]] HttpAnswer answer(const HttpRequest& request, const std::atomic<bool>& stop);
  [[nodiscard]] static bool changes_something(const HttpRequest& request);
  // Goes over to the newest state, if somebody else has changed the index.
  void refresh();

  [[nodiscard]] std::shared_ptr<const IndexReader> index() const;

 private:
  struct Record;  // of a request
  class Lease;    // of a preparer

  [[nodiscard]] std::vector<Record> read(const HttpRequest& request) const;
  [[nodiscard]] HttpAnswer query(const HttpRequest& request, const std::atomic<bool>& stop);
  [[nodiscard]] HttpAnswer add(const HttpRequest& request, const std::atomic<bool>& stop);
  template <class Append>
  [[nodiscard]] HttpAnswer answer_lines(const std::vector<Record>& records, Append&& append);
  [[nodiscard]] HttpAnswer stats() const;
  void reopen();

  const ServiceOptions options_;
  const IndexParameters parameters_;  // for good
  mutable std::mutex mutex_;
  std::shared_ptr<const IndexReader> index_;
  std::string refresh_failure_;
  std::vector<std::unique_ptr<TextPreparer>> preparers_;  // that nobody uses now
  std::atomic<std::uint64_t> queries_{0}, additions_{0}, asked_{0}, added_{0}, refused_{0};
  Latencies query_times_, addition_times_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace copydesk::tools
