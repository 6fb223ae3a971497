// SPDX-License-Identifier: Apache-2.0
#include "index_service.h"

#include <fmt/format.h>
#include <simdjson.h>

#include <charconv>
#include <iterator>
#include <optional>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/pipeline/dedup/dedup_run.h"
#include "copydesk/pipeline/index/index_upkeep.h"
#include "copydesk/pipeline/index/match_lines.h"
#include "copydesk/read/document_columns.h"
#include "copydesk/write/json_text.h"
#include "copydesk/write/result_lines.h"

namespace copydesk::tools {

// A document, or why there is none.
struct IndexService::Record {
  std::string fault;
  std::string id, text, time, source, tokens;
  std::uint64_t line = 0;
};

// Of a preparer, which is expensive to make.
class IndexService::Lease {
 public:
  explicit Lease(IndexService& service) : service_(service) {
    const std::lock_guard lock(service_.mutex_);
    if (service_.preparers_.empty()) return;
    preparer_ = std::move(service_.preparers_.back());
    service_.preparers_.pop_back();
  }
  ~Lease() {
    if (!preparer_) return;
    const std::lock_guard lock(service_.mutex_);
    service_.preparers_.push_back(std::move(preparer_));
  }
  Lease(const Lease&) = delete;
  Lease& operator=(const Lease&) = delete;

  TextPreparer& operator*() {
    if (!preparer_) preparer_ = std::make_unique<TextPreparer>(service_.parameters_);
    return *preparer_;
  }

 private:
  IndexService& service_;
  std::unique_ptr<TextPreparer> preparer_;
};

namespace {

constexpr std::string_view kLines = "application/x-ndjson";

// Whether it is JSON as a whole.
bool is_json(std::string_view bytes) {
  simdjson::dom::parser parser;
  return parser.parse(bytes.data(), bytes.size()).error() == simdjson::SUCCESS;
}

// One document over many lines, as people and editors write it, becomes one line. Line feeds are
// never within the strings of JSON.
void join_lines(std::string& body) {
  const std::size_t begin = body.find_first_not_of(" \t\r\n");
  if (begin == std::string::npos || body[begin] != '{') return;
  const std::size_t end = body.find('\n', begin);
  const std::size_t last = body.find_last_not_of(" \t\r\n");
  if (end == std::string::npos || end > last) return;
  if (is_json(std::string_view(body).substr(begin, end - begin)) || !is_json(body)) return;
  for (char& byte : body) {
    if (byte == '\n' || byte == '\r') byte = ' ';
  }
}

// Of "most=3&x=1".
std::optional<std::string_view> argument(std::string_view query, std::string_view name) {
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view part = query.substr(0, end);
    if (part.size() > name.size() && part.starts_with(name) && part[name.size()] == '=') {
      return part.substr(name.size() + 1);
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return std::nullopt;
}

void begin_line(std::string& out, std::uint64_t line, std::string_view id) {
  fmt::format_to(std::back_inserter(out), "{{\"line\":{}", line);
  append_json_field(out, "id", id);
}

}  // namespace

IndexService::IndexService(ServiceOptions options)
    : options_(std::move(options)),
      parameters_(read_newest_manifest(options_.path).parameters),
      index_(std::make_shared<const IndexReader>(options_.path)) {}

std::shared_ptr<const IndexReader> IndexService::index() const {
  const std::lock_guard lock(mutex_);
  return index_;
}

void IndexService::reopen() {
  auto opened = std::make_shared<const IndexReader>(options_.path);
  if (opened->parameters().hash() != parameters_.hash()) {
    throw Error(ErrorCode::kInputChanged, "is another index than it was", options_.path);
  }
  const std::lock_guard lock(mutex_);
  index_.swap(opened);
  refresh_failure_.clear();
}

void IndexService::refresh() {
  try {
    if (read_newest_manifest(options_.path).generation != index()->manifest().generation) reopen();
  } catch (const Error& error) {
    // What was opened goes on being answered from.
    const std::lock_guard lock(mutex_);
    refresh_failure_ = error.what();
  }
}

bool IndexService::changes_something(const HttpRequest& request) {
  return request.path == "/add";
}

HttpAnswer IndexService::answer(const HttpRequest& request, const std::atomic<bool>& stop) {
  const auto begin = std::chrono::steady_clock::now();
  const auto allow = [&](std::string_view method) -> std::optional<HttpAnswer> {
    if (request.method == method) return std::nullopt;
    HttpAnswer refused = http_failure(405, fmt::format("{} takes {}", request.path, method));
    refused.allow = method;
    return refused;
  };
  if (request.path == "/stats") {
    if (auto refused = allow("GET")) return std::move(*refused);
    return stats();
  }
  if (request.path != "/query" && request.path != "/add") {
    return http_failure(404, "there are POST /query, POST /add and GET /stats");
  }
  if (auto refused = allow("POST")) return std::move(*refused);
  const bool adds = request.path == "/add";
  if (adds && options_.is_read_only) return http_failure(403, "nothing is added (--read-only)");
  HttpAnswer found = adds ? add(request, stop) : query(request, stop);
  ++(adds ? additions_ : queries_);
  (adds ? addition_times_ : query_times_).add(std::chrono::steady_clock::now() - begin);
  return found;
}

std::vector<IndexService::Record> IndexService::read(const HttpRequest& request) const {
  RecordBatch batch;
  batch.bytes = request.body;
  const bool is_text =
      request.content_type.substr(0, request.content_type.find(';')) == "text/plain";
  batch.format = is_text ? InputFormat::kText : InputFormat::kJsonLines;
  if (!is_text) join_lines(batch.bytes);
  batch.pad();
  std::vector<Record> records;
  const auto take = [&](const Document& document) {
    Record& record = records.emplace_back();
    record.id = document.id;
    record.text = document.text;
    record.time = document.time;
    record.source = document.source;
    record.tokens = document.tokens;
    record.line = document.origin.line;
  };
  const auto refuse = [&](RecordFault&& fault) {
    Record& record = records.emplace_back();
    record.fault = std::move(fault.reason);
    record.line = fault.origin.line;
  };
  RecordParser(options_.fields).parse(batch, {take, refuse});
  if (records.empty()) {
    throw Error(ErrorCode::kInvalidOption,
                "the request has no document: it is JSON Lines, or a text with the "
                "Content-Type text/plain");
  }
  return records;
}

// A line for each record: why it was refused, or its id and what `append` says of it, which is
// given its number among those that were not.
template <class Append>
HttpAnswer IndexService::answer_lines(const std::vector<Record>& records, Append&& append) {
  HttpAnswer answer{200, std::string(kLines), "", ""};
  std::size_t number = 0;
  for (const Record& record : records) {
    begin_line(answer.body, record.line, record.fault.empty() ? std::string_view(record.id) : "");
    if (record.fault.empty()) {
      append(number++, answer.body);
    } else {
      append_json_field(answer.body, "error", record.fault);
      ++refused_;
    }
    answer.body += "}\n";
  }
  return answer;
}

HttpAnswer IndexService::query(const HttpRequest& request, const std::atomic<bool>& stop) {
  std::size_t most = options_.most;
  if (const auto given = argument(request.query, "most")) {
    const auto [end, failure] = std::from_chars(given->data(), given->data() + given->size(), most);
    if (failure != std::errc() || end != given->data() + given->size()) {
      throw Error(ErrorCode::kInvalidOption, "is no number", "most");
    }
  }
  const std::vector<Record> records = read(request);
  const std::shared_ptr<const IndexReader> index = this->index();
  RunControl control;
  control.stop = &stop;
  std::vector<SearchedText> texts;
  texts.reserve(records.size());
  {
    Lease preparer(*this);
    for (const Record& record : records) {
      if (!record.fault.empty()) continue;
      control.check_stop();
      (*preparer).prepare(record.text, (*preparer).kind_of(record.tokens), texts.emplace_back());
    }
  }
  const auto answers =
      IndexSearcher(*index, control).search(texts, {most, options_.compared}, options_.threads);
  HttpAnswer answer = answer_lines(records, [&](std::size_t number, std::string& line) {
    line += ",\"matches\":[";
    for (const IndexMatch& match : answers[number].matches) {
      line += line.back() == '[' ? "{" : ",{";
      append_match(line, texts[number], match, *index);
      line += '}';
    }
    line += ']';
    if (answers[number].not_compared > 0) {
      fmt::format_to(std::back_inserter(line), ",\"not_compared\":{}",
                     answers[number].not_compared);
    }
  });
  asked_ += texts.size();
  return answer;
}

HttpAnswer IndexService::add(const HttpRequest& request, const std::atomic<bool>& stop) {
  const std::vector<Record> records = read(request);
  std::vector<std::string_view> texts;
  std::vector<std::optional<std::string_view>> ids, times, sources, tokens;
  const auto known = [](const std::string& value) {
    return value.empty() ? std::nullopt : std::optional<std::string_view>(value);
  };
  for (const Record& record : records) {
    if (!record.fault.empty()) continue;
    texts.push_back(record.text);
    ids.push_back(known(record.id));
    times.push_back(known(record.time));
    sources.push_back(known(record.source));
    tokens.push_back(known(record.tokens));
  }
  DocumentColumns columns{
      .text = texts, .id = ids, .time = times, .tokens = tokens, .source = sources};
  DedupOptions options;
  options.search.corpus.documents = &columns;
  options.search.corpus.threads = options_.threads;
  options.search.corpus.memory_bytes = options_.memory_bytes;
  options.search.compare_as(parameters_);
  options.index_path = options_.path;
  options.add_to_index = true;
  std::vector<std::optional<RemovedDocument>> removed(texts.size());
  options.on_removed = [&](RemovedDocument one) {
    const std::uint64_t row = one.document.row;
    removed[row] = std::move(one);
  };
  RunControl control;
  control.stop = &stop;
  if (!texts.empty()) {
    try {
      run_dedup(options, control);
    } catch (const Error& error) {
      if (error.code() != ErrorCode::kCannotOpen) throw;
      return http_failure(503, error.what());  // another process writes: later, perhaps
    }
    reopen();
  }
  HttpAnswer answer = answer_lines(records, [&](std::size_t number, std::string& line) {
    const std::optional<RemovedDocument>& copy = removed[number];
    fmt::format_to(std::back_inserter(line), ",\"kept\":{}", !copy);
    if (copy) {
      append_json_field(line, "kept_id", copy->kept.id);
      append_json_field(line, "rule", copy->rule);
      append_likeness(line, copy->jaccard, copy->containment, copy->contained);
    }
  });
  added_ += texts.size();
  return answer;
}

HttpAnswer IndexService::stats() const {
  std::string failure;
  {
    const std::lock_guard lock(mutex_);
    failure = refresh_failure_;
  }
  std::string index = describe_index(*this->index());
  while (!index.empty() && index.back() == '\n') index.pop_back();
  HttpAnswer answer{200, "application/json", "", ""};
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin_);
  fmt::format_to(std::back_inserter(answer.body), "{{\"index\":{},\"seconds\":{:.1f}", index,
                 seconds.count());
  const auto add = [&](std::string_view name, std::uint64_t requests, std::uint64_t documents,
                       const Latencies& times) {
    fmt::format_to(std::back_inserter(answer.body),
                   ",\"{}\":{{\"requests\":{},\"documents\":{},\"ms_p50\":{:.3f},\"ms_p90\":{:.3f},"
                   "\"ms_p99\":{:.3f},\"ms_most\":{:.3f}}}",
                   name, requests, documents, times.quantile(0.5), times.quantile(0.9),
                   times.quantile(0.99), times.quantile(1.0));
  };
  add("query", queries_, asked_, query_times_);
  add("add", additions_, added_, addition_times_);
  fmt::format_to(std::back_inserter(answer.body), ",\"documents_with_faults\":{}", refused_.load());
  append_json_field(answer.body, "refresh_failure", failure);
  answer.body += "}\n";
  return answer;
}

}  // namespace copydesk::tools
