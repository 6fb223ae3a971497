#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// One connection of a server: requests and answers, one after the other. Everything happens in the one
// thread of the io_context, but for the handlers, which run in pools.

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/basic_stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <functional>
#include <memory>
#include <optional>

#include "http_server.h"
#include "listening_socket.h"

namespace copydesk::tools {

// What all sessions of a server share.
struct SessionWorld {
  const HttpLimits& limits;
  const HttpHandlers& handlers;
  boost::asio::io_context& io;
  boost::asio::thread_pool& readers;
  boost::asio::thread_pool& writer;
  bool is_file = false;  // a socket file, of which only its owner has the key
  std::atomic<bool> is_stopping{false};
};

class HttpSession : public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(SocketProtocol::socket socket, SessionWorld& world, std::function<void()> on_end);
  ~HttpSession();
  HttpSession(const HttpSession&) = delete;
  HttpSession& operator=(const HttpSession&) = delete;

  void start() { read_header(); }
  // Answers that there are too many.
  void refuse();
  // If it only waits for a request to come.
  void end_if_idle();

 private:
  using Failure = boost::system::error_code;
  using Body = boost::beast::http::string_body;

  void read_header();
  void on_header(const Failure& failure);
  void read_body();
  void on_request();
  void fail(const Failure& failure);
  // Of a request that is not answered; empty for one that is.
  [[nodiscard]] std::optional<HttpAnswer> refusal() const;
  void work(const HttpRequest& request);
  void write(HttpAnswer answer, bool goes_on);
  void drain();

  boost::beast::basic_stream<SocketProtocol> stream_;
  SessionWorld& world_;
  std::function<void()> on_end_;
  boost::asio::steady_timer deadline_;
  boost::beast::flat_buffer buffer_;
  std::optional<boost::beast::http::request_parser<Body>> parser_;
  boost::beast::http::request<Body> request_;
  boost::beast::http::response<Body> response_;
  boost::beast::http::response<boost::beast::http::empty_body> continue_;
  std::atomic<bool> stop_{false};
  bool is_idle_ = true;
  std::size_t drained_ = 0;
};

}  // namespace copydesk::tools
