// SPDX-License-Identifier: Apache-2.0
#include "index_export.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <string_view>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/pipeline/index/index_searcher.h"
#include "copydesk/stream/descriptor.h"
#include "sqlite_library.h"

namespace copydesk::tools {

namespace {

constexpr const char* kTables =
    "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
    "CREATE TABLE parameters(name TEXT PRIMARY KEY, value TEXT NOT NULL);"
    "CREATE TABLE documents(number INTEGER PRIMARY KEY, id TEXT, file TEXT, line INTEGER, source "
    "TEXT,"
    " time INTEGER, tokens INTEGER NOT NULL, is_kept INTEGER NOT NULL{});"
    "CREATE TABLE decisions(number INTEGER PRIMARY KEY REFERENCES documents,"
    " kept_number INTEGER NOT NULL REFERENCES documents, rule TEXT NOT NULL, jaccard REAL NOT NULL,"
    " containment REAL NOT NULL, contained REAL NOT NULL);"
    "BEGIN";
constexpr const char* kIndexes =
    "CREATE INDEX documents_by_id ON documents(id);"
    "CREATE INDEX documents_by_source ON documents(source);"
    "CREATE INDEX decisions_by_kept ON decisions(kept_number);"
    "COMMIT";

class Database {
 public:
  explicit Database(const std::string& path) : path_(path) {
    if (sqlite_library().open_v2(path.c_str(), &database_,
                                 SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE,
                                 nullptr) != SQLITE_OK) {
      const std::string why = sqlite_library().errmsg(database_);
      sqlite_library().close(database_);
      throw Error(ErrorCode::kCannotWrite, why, path_);
    }
  }
  ~Database() { sqlite_library().close(database_); }
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  void run(const std::string& statements) {
    if (sqlite_library().exec(database_, statements.c_str(), nullptr, nullptr, nullptr) !=
        SQLITE_OK)
      fail();
  }
  [[noreturn]] void fail() const {
    throw Error(ErrorCode::kCannotWrite, sqlite_library().errmsg(database_), path_);
  }
  [[nodiscard]] sqlite3* handle() const { return database_; }

 private:
  const std::string& path_;
  sqlite3* database_ = nullptr;
};

// A row after the other into one table.
class Insertion {
 public:
  Insertion(Database& database, const char* statement) : database_(database) {
    if (sqlite_library().prepare_v2(database.handle(), statement, -1, &statement_, nullptr) !=
        SQLITE_OK) {
      database.fail();
    }
  }
  ~Insertion() { sqlite_library().finalize(statement_); }
  Insertion(const Insertion&) = delete;
  Insertion& operator=(const Insertion&) = delete;

  void put(std::int64_t value) { check(sqlite_library().bind_int64(statement_, ++column_, value)); }
  void put(double value) { check(sqlite_library().bind_double(statement_, ++column_, value)); }
  void put_null() { check(sqlite_library().bind_null(statement_, ++column_)); }
  // The text stays as it is until insert().
  void put(std::string_view value) {
    check(sqlite_library().bind_text64(statement_, ++column_,
                                       value.data() == nullptr ? "" : value.data(), value.size(),
                                       SQLITE_STATIC, SQLITE_UTF8));
  }
  void put_known(std::string_view value) {
    if (value.empty()) {
      put_null();
    } else {
      put(value);
    }
  }
  void insert() {
    if (sqlite_library().step(statement_) != SQLITE_DONE) database_.fail();
    check(sqlite_library().reset(statement_));
    column_ = 0;
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) database_.fail();
  }

  Database& database_;
  sqlite3_stmt* statement_ = nullptr;
  int column_ = 0;
};

ExportedRows fill(const IndexReader& index, Database& database, bool with_texts, StopFlag stop) {
  ExportedRows rows;
  Insertion parameters(database, "INSERT INTO parameters VALUES(?,?)");
  for (const auto& [name, value] : index.parameters().canonical()) {
    parameters.put(name);
    parameters.put(value);
    parameters.insert();
  }
  Insertion documents(database, with_texts ? "INSERT INTO documents VALUES(?,?,?,?,?,?,?,?,?)"
                                           : "INSERT INTO documents VALUES(?,?,?,?,?,?,?,?)");
  Insertion decisions(database, "INSERT INTO decisions VALUES(?,?,?,?,?,?)");
  TextBuffers texts;
  for (const auto& segment : index.segments()) {
    segment->for_each([&](const IndexedDocument& document, std::uint32_t place) {
      if (place % 1024 == 0) stop.check();
      if (!index.find(document.number)) return;
      const SegmentRemoval* const removal = segment->removal_of(place);
      documents.put(std::int64_t{document.number});
      documents.put_known(document.id);
      documents.put_known(document.file);
      if (document.line == 0) {
        documents.put_null();
      } else {
        documents.put(std::int64_t{document.line});
      }
      documents.put_known(document.source);
      if (document.time == kNoIndexTime) {
        documents.put_null();
      } else {
        documents.put(document.time);
      }
      documents.put(std::int64_t{document.tokens});
      documents.put(std::int64_t{removal == nullptr ? 1 : 0});
      if (with_texts) {
        // Of what is the same words as an earlier one the text is not kept twice.
        if (const auto text = segment->read_text(place, texts)) {
          documents.put(text->text);
        } else {
          documents.put_null();
        }
      }
      documents.insert();
      ++rows.documents;
      if (removal == nullptr) return;
      if (removal->rule > static_cast<std::uint32_t>(RemovalRule::kSameKey)) {
        throw Error(ErrorCode::kCorruptFile, "a document was removed by no rule", index.path());
      }
      const auto rule = static_cast<RemovalRule>(removal->rule);
      const Overlap overlap{removal->shared, removal->size_removed, removal->size_kept};
      const bool is_equal = is_equality(rule);
      decisions.put(std::int64_t{document.number});
      decisions.put(std::int64_t{removal->kept});
      decisions.put(to_string(rule));
      decisions.put(is_equal ? 1.0 : overlap.jaccard());
      decisions.put(is_equal ? 1.0 : overlap.containment_a());
      decisions.put(is_equal ? 1.0 : overlap.containment_b());
      decisions.insert();
      ++rows.decisions;
    });
  }
  return rows;
}

}  // namespace

ExportedRows export_to_sqlite(const IndexReader& index, const std::string& path, bool with_texts,
                              StopFlag stop) {
  if (with_texts && !index.parameters().keeps_texts()) {
    throw Error(ErrorCode::kInvalidOption, "the index keeps no texts", "--texts");
  }
  const std::filesystem::path target(path);
  const std::string folder = target.has_parent_path() ? target.parent_path().string() : ".";
  const std::string unfinished =
      fmt::format("{}/.{}.{}", folder, target.filename().string(), ::getpid());
  std::error_code ignored;
  std::filesystem::remove(unfinished, ignored);
  try {
    ExportedRows rows;
    {
      Database database(unfinished);
      database.run(fmt::format(kTables, with_texts ? ", text TEXT" : ""));
      rows = fill(index, database, with_texts, stop);
      database.run(kIndexes);
    }
    const int descriptor = open_regular_file(unfinished, O_RDONLY);
    const bool is_synced = sync_to_disk(descriptor);
    const int why = errno;
    ::close(descriptor);
    if (!is_synced) throw_cannot_write("cannot sync", why, path);
    if (::rename(unfinished.c_str(), path.c_str()) != 0) {
      throw_cannot_write("cannot rename", errno, path);
    }
    sync_folder(folder);
    return rows;
  } catch (...) {
    std::filesystem::remove(unfinished, ignored);
    throw;
  }
}

}  // namespace copydesk::tools
