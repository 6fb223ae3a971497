#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// SQLite as it is installed where the program runs, opened when it is first asked for: one command
// in thirty needs it, and no package has to bring it.

#include <sqlite3.h>

namespace copydesk::tools {

struct SqliteLibrary {
  decltype(&sqlite3_open_v2) open_v2;
  decltype(&sqlite3_close) close;
  decltype(&sqlite3_errmsg) errmsg;
  decltype(&sqlite3_exec) exec;
  decltype(&sqlite3_prepare_v2) prepare_v2;
  decltype(&sqlite3_finalize) finalize;
  decltype(&sqlite3_bind_int64) bind_int64;
  decltype(&sqlite3_bind_double) bind_double;
  decltype(&sqlite3_bind_null) bind_null;
  decltype(&sqlite3_bind_text64) bind_text64;
  decltype(&sqlite3_step) step;
  decltype(&sqlite3_reset) reset;
};

// Stays open until the process ends. Throws Error{kCannotOpen}, which names the package, if there
// is none. Thread-safe.
[[nodiscard]] const SqliteLibrary& sqlite_library();

}  // namespace copydesk::tools
