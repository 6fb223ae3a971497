// SPDX-License-Identifier: Apache-2.0
//
// By Boost.Beast, whose Asio knows Unix sockets; the cpp-httplib of Debian 12 does not.
#include "http_server.h"

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <map>
#include <utility>

#include "copydesk/write/json_text.h"
#include "http_session.h"
#include "listening_socket.h"

namespace copydesk::tools {

namespace net = boost::asio;
using boost::system::error_code;

namespace {

constexpr std::chrono::milliseconds kTick{50};  // how soon a signal is noticed
constexpr int kTicksIdle = 20;
constexpr std::size_t kMostRefused = 64;  // that are told why at one time; others are cut off

}  // namespace

HttpAnswer http_failure(unsigned status, std::string_view message) {
  HttpAnswer answer{status, "application/json", "{\"error\":", ""};
  append_json_string(answer.body, message);
  answer.body += "}\n";
  return answer;
}

struct HttpServer::State {
  State(const ListenAddress& address, const HttpLimits& wanted, HttpHandlers given)
      : limits(wanted),
        handlers(std::move(given)),
        listening(io, address),
        readers(wanted.threads),
        writer(1),
        world{limits, handlers, io, readers, writer, listening.is_file()},
        timer(io) {}

  void accept();
  void take(SocketProtocol::socket socket);
  void tick(const std::atomic<bool>& stop);

  const HttpLimits limits;
  const HttpHandlers handlers;
  net::io_context io{1};
  ListeningSocket listening;
  net::thread_pool readers, writer;
  SessionWorld world;
  net::steady_timer timer;
  std::map<HttpSession*, std::weak_ptr<HttpSession>> sessions;  // let in
  std::size_t refused = 0;
  int ticks = 0;
  std::atomic<bool> is_idling{false};
};

void HttpServer::State::accept() {
  listening.acceptor().async_accept(
      [this](const error_code& failure, SocketProtocol::socket socket) {
        if (failure == net::error::operation_aborted) return;
        if (!failure) {
          take(std::move(socket));
          return accept();
        }
        // No descriptors, no memory: perhaps later. The next tick goes on.
        auto pause = std::make_shared<net::steady_timer>(io, kTick);
        pause->async_wait([this, pause](const error_code&) {
          if (!world.is_stopping) accept();
        });
      });
}

void HttpServer::State::take(SocketProtocol::socket socket) {
  error_code ignored;
  if (!world.is_file) socket.set_option(net::ip::tcp::no_delay(true), ignored);
  if (sessions.size() >= limits.connections) {
    if (refused >= kMostRefused) return;
    ++refused;
    std::make_shared<HttpSession>(std::move(socket), world, [this] { --refused; })->refuse();
    return;
  }
  auto place = std::make_shared<HttpSession*>(nullptr);
  const auto session = std::make_shared<HttpSession>(std::move(socket), world,
                                                     [this, place] { sessions.erase(*place); });
  *place = session.get();
  sessions.emplace(session.get(), session);
  session->start();
}

void HttpServer::State::tick(const std::atomic<bool>& stop) {
  if (stop) {
    world.is_stopping = true;
    listening.acceptor().close();
    const auto open = sessions;
    for (const auto& [address, weak] : open) {
      if (const auto session = weak.lock()) session->end_if_idle();
    }
    return;
  }
  if (handlers.on_idle && ++ticks % kTicksIdle == 0 && !is_idling.exchange(true)) {
    net::post(writer, [this] {
      handlers.on_idle();
      is_idling = false;
    });
  }
  timer.expires_after(kTick);
  timer.async_wait([this, &stop](const error_code& failure) {
    if (!failure) tick(stop);
  });
}

HttpServer::HttpServer(const ListenAddress& address, const HttpLimits& limits,
                       HttpHandlers handlers)
    : state_(std::make_unique<State>(address, limits, std::move(handlers))) {}

HttpServer::~HttpServer() = default;

const std::string& HttpServer::address() const { return state_->listening.name(); }

void HttpServer::run(const std::atomic<bool>& stop) {
  state_->accept();
  state_->tick(stop);
  state_->io.run();
  state_->readers.join();
  state_->writer.join();
}

}  // namespace copydesk::tools
