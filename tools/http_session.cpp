// SPDX-License-Identifier: Apache-2.0
#include "http_session.h"

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>
#include <exception>
#include <new>
#include <string>
#include <utility>

#include "copydesk/error.h"
#include "copydesk/run/run_control.h"

namespace copydesk::tools {

namespace net = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

namespace {

constexpr std::size_t kMostHeaderBytes = std::size_t{16} << 10;
// What a client still sends to whom we have answered already is read, so that it gets the answer.
constexpr std::size_t kMostDrained = std::size_t{1} << 20;
constexpr std::chrono::seconds kDrainTime{2};

std::string_view view(beast::string_view text) { return {text.data(), text.size()}; }

// "127.0.0.1:80" is 127.0.0.1, "[::1]:80" is [::1].
std::string_view without_port(std::string_view host) {
  const std::size_t colon = host.rfind(':');
  return colon == std::string_view::npos || host.find(']', colon) != std::string_view::npos
             ? host
             : host.substr(0, colon);
}

bool is_this_machine(std::string_view host) {
  const std::string_view name = without_port(host);
  return name.empty() || name == "localhost" || name == "[::1]" || name.starts_with("127.");
}

HttpAnswer run(const SessionWorld& world, const HttpRequest& request, const std::atomic<bool>& stop) {
  try {
    return world.handlers.answer(request, stop);
  } catch (const Cancelled&) {
    return http_failure(503, "it took longer than " + std::to_string(world.limits.timeout.count()) +
                                 " s (--timeout)");
  } catch (const std::bad_alloc&) {
    return http_failure(503, "out of memory");
  } catch (const Error& error) {
    return http_failure(error.code() == ErrorCode::kInvalidOption ? 400 : 500, error.what());
  } catch (const std::exception& error) {
    return http_failure(500, error.what());
  }
}

}  // namespace

HttpSession::HttpSession(SocketProtocol::socket socket, SessionWorld& world,
                         std::function<void()> on_end)
    : stream_(std::move(socket)), world_(world), on_end_(std::move(on_end)), deadline_(world.io) {}

HttpSession::~HttpSession() { on_end_(); }

void HttpSession::refuse() {
  is_idle_ = false;
  write(http_failure(503, "there are " + std::to_string(world_.limits.connections) +
                              " connections, and no more are let in (--max-connections)"),
        false);
}

void HttpSession::end_if_idle() {
  if (is_idle_) stream_.close();
}

void HttpSession::read_header() {
  parser_.emplace();
  parser_->header_limit(kMostHeaderBytes);
  parser_->body_limit(world_.limits.body_bytes);
  is_idle_ = true;
  stream_.expires_after(world_.limits.timeout);
  http::async_read_header(stream_, buffer_, *parser_,
                          [self = shared_from_this()](const Failure& failure, std::size_t) {
                            self->on_header(failure);
                          });
}

void HttpSession::on_header(const Failure& failure) {
  is_idle_ = false;
  if (failure) return fail(failure);
  if (auto refused = refusal()) return write(std::move(*refused), false);
  const bool waits = beast::iequals(parser_->get()[http::field::expect], "100-continue");
  if (!waits) return read_body();
  continue_ = {http::status::continue_, 11};
  http::async_write(stream_, continue_,
                    [self = shared_from_this()](const Failure& problem, std::size_t) {
                      if (!problem) self->read_body();
                    });
}

std::optional<HttpAnswer> HttpSession::refusal() const {
  const auto& header = parser_->get();
  if (header.count(http::field::origin) > 0) {
    return http_failure(403, "requests of web pages are not answered");
  }
  if (!world_.is_file && !is_this_machine(view(header[http::field::host]))) {
    return http_failure(403, "this machine alone is served, under its own name");
  }
  return std::nullopt;
}

void HttpSession::read_body() {
  http::async_read(stream_, buffer_, *parser_,
                   [self = shared_from_this()](const Failure& failure, std::size_t) {
                     if (failure) return self->fail(failure);
                     self->on_request();
                   });
}

void HttpSession::fail(const Failure& failure) {
  // Who is gone, or too slow, gets no answer.
  if (failure == http::error::end_of_stream || failure == http::error::partial_message ||
      failure == beast::error::timeout || failure.category() == net::error::get_system_category() ||
      failure.category() == net::error::get_misc_category()) {
    return;
  }
  if (failure == http::error::body_limit) {
    return write(http_failure(413, "a request has at most " +
                                       std::to_string(world_.limits.body_bytes) +
                                       " bytes (--max-body)"),
                 false);
  }
  if (failure == http::error::header_limit) {
    return write(http_failure(431, "the header is too long"), false);
  }
  write(http_failure(400, "this is no HTTP request: " + failure.message()), false);
}

void HttpSession::on_request() {
  request_ = parser_->release();
  const std::string_view target = view(request_.target());
  const std::size_t mark = target.find('?');
  work({view(request_.method_string()), target.substr(0, mark),
        mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1),
        view(request_[http::field::content_type]), request_.body()});
}

// In a pool, while the timer goes; the answer is written here again.
void HttpSession::work(const HttpRequest& request) {
  stream_.expires_never();
  stop_ = false;
  deadline_.expires_after(world_.limits.timeout);
  deadline_.async_wait([self = shared_from_this()](const Failure& failure) {
    if (!failure) self->stop_ = true;
  });
  auto task = [self = shared_from_this(), request,
               guard = net::make_work_guard(world_.io)]() mutable {
    auto answer = std::make_shared<HttpAnswer>(run(self->world_, request, self->stop_));
    net::io_context& io = self->world_.io;
    net::post(io, [self = std::move(self), answer = std::move(answer)] {
      self->deadline_.cancel();
      self->write(std::move(*answer), self->request_.keep_alive());
    });
  };
  if (world_.handlers.changes_something(request)) {
    net::post(world_.writer, std::move(task));
  } else {
    net::post(world_.readers, std::move(task));
  }
}

void HttpSession::write(HttpAnswer answer, bool goes_on) {
  goes_on = goes_on && !world_.is_stopping;
  response_ = {};
  response_.version(11);
  response_.result(answer.status);
  response_.set(http::field::content_type, answer.type);
  response_.set(http::field::cache_control, "no-store");
  if (!answer.allow.empty()) response_.set(http::field::allow, answer.allow);
  response_.keep_alive(goes_on);
  response_.body() = std::move(answer.body);
  response_.prepare_payload();
  stream_.expires_after(world_.limits.timeout);
  http::async_write(stream_, response_,
                    [self = shared_from_this(), goes_on](const Failure& failure, std::size_t) {
                      if (failure) return;
                      if (goes_on && !self->world_.is_stopping) return self->read_header();
                      Failure ignored;
                      self->stream_.socket().shutdown(net::socket_base::shutdown_send, ignored);
                      self->stream_.expires_after(kDrainTime);
                      self->drain();
                    });
}

void HttpSession::drain() {
  if (drained_ > kMostDrained) return;
  buffer_.clear();
  stream_.async_read_some(buffer_.prepare(65536),
                          [self = shared_from_this()](const Failure& failure, std::size_t size) {
                            self->drained_ += size;
                            if (!failure) self->drain();
                          });
}

}  // namespace copydesk::tools
