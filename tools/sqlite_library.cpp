// SPDX-License-Identifier: Apache-2.0
#include "sqlite_library.h"

#include <dlfcn.h>

#include <string>
#include <type_traits>

#include "copydesk/error.h"

namespace copydesk::tools {
namespace {

constexpr const char* kName = "libsqlite3.so.0";

SqliteLibrary open_library() {
  void* const handle = dlopen(kName, RTLD_NOW | RTLD_LOCAL);
  if (handle == nullptr) {
    throw Error(ErrorCode::kCannotOpen, "SQLite is not installed here (Debian: libsqlite3-0)",
                kName);
  }
  const auto find = [handle](auto& function, const char* name) {
    void* const found = dlsym(handle, name);
    if (found == nullptr) {
      throw Error(ErrorCode::kCannotOpen, std::string("there is no ") + name + " in it", kName);
    }
    function = reinterpret_cast<std::remove_reference_t<decltype(function)>>(found);
  };
  SqliteLibrary library{};
  find(library.open_v2, "sqlite3_open_v2");
  find(library.close, "sqlite3_close");
  find(library.errmsg, "sqlite3_errmsg");
  find(library.exec, "sqlite3_exec");
  find(library.prepare_v2, "sqlite3_prepare_v2");
  find(library.finalize, "sqlite3_finalize");
  find(library.bind_int64, "sqlite3_bind_int64");
  find(library.bind_double, "sqlite3_bind_double");
  find(library.bind_null, "sqlite3_bind_null");
  find(library.bind_text64, "sqlite3_bind_text64");
  find(library.step, "sqlite3_step");
  find(library.reset, "sqlite3_reset");
  return library;
}

}  // namespace

const SqliteLibrary& sqlite_library() {
  static const SqliteLibrary library = open_library();
  return library;
}

}  // namespace copydesk::tools
