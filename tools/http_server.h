#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// A small HTTP/1.1 server for programs on the same machine: on a Unix socket or on a loopback address,
// never on another. Whoever connects is bounded in bytes, time and number. Web pages are kept out: a
// request with an Origin, or for another host than this one, is refused.
//
//   HttpServer server({.port = 8080}, {}, [](const HttpRequest&, const std::atomic<bool>&) {
//     return HttpAnswer{200, "application/json", "{}\n"};
//   });
//   server.run(stop);

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace copydesk::tools {

// One of the two.
struct ListenAddress {
  std::string socket_path;
  std::optional<unsigned> port;  // 0: one that is free
  std::string host = "127.0.0.1";
};

struct HttpLimits {
  std::size_t body_bytes = std::size_t{8} << 20;
  std::size_t connections = 64;
  std::size_t threads = 1;            // for what changes nothing; one more for what changes something
  std::chrono::seconds timeout{30};   // for a request to come, to be answered, and to be taken
};

// Views are valid during the call.
struct HttpRequest {
  std::string_view method, path, query, content_type, body;
};

struct HttpAnswer {
  unsigned status = 200;
  std::string type, body;
  std::string allow;  // with 405
};

// A failure as all of them are answered: {"error":"..."}.
[[nodiscard]] HttpAnswer http_failure(unsigned status, std::string_view message);

struct HttpHandlers {
  // Called in several threads at once. Once `stop` is set nobody waits for the answer any more: it may
  // throw Cancelled. What else it throws is answered with 500.
  std::function<HttpAnswer(const HttpRequest&, const std::atomic<bool>& stop)> answer;
  // Requests of which one is answered at a time.
  std::function<bool(const HttpRequest&)> changes_something;
  // Once a second, when nothing is being changed; may be empty.
  std::function<void()> on_idle;
};

class HttpServer {
 public:
  // Listens. A socket file that is there is taken over if nobody listens behind it. Throws
  // Error{kInvalidOption} for an address that is not this machine's own, Error{kCannotOpen} for one that
  // is in use or cannot be had.
  HttpServer(const ListenAddress& address, const HttpLimits& limits, HttpHandlers handlers);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  // "http://127.0.0.1:8080", or the path of the socket.
  [[nodiscard]] const std::string& address() const;

  // Serves until `stop` is set. Then nobody is let in any more, running requests are answered, and it
  // returns.
  void run(const std::atomic<bool>& stop);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace copydesk::tools
