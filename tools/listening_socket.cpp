// SPDX-License-Identifier: Apache-2.0
#include "listening_socket.h"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <cerrno>
#include <cstring>

#include "copydesk/error.h"

namespace copydesk::tools {

namespace net = boost::asio;
using boost::system::error_code;

namespace {

[[noreturn]] void fail(const error_code& failure, const std::string& where) {
  throw Error(ErrorCode::kCannotOpen, "nobody can listen there: " + failure.message(), where);
}

// Whether somebody answers behind a socket file.
bool is_answered(const std::string& path) {
  net::io_context io;
  net::local::stream_protocol::socket socket(io);
  error_code failure;
  socket.connect(net::local::stream_protocol::endpoint(path), failure);
  return failure != net::error::connection_refused;
}

}  // namespace

ListeningSocket::ListeningSocket(net::io_context& io, const ListenAddress& address)
    : acceptor_(io), path_(address.socket_path) {
  if (path_.empty()) {
    listen_at_port(address);
  } else {
    listen_at_path();
  }
  error_code failure;
  acceptor_.listen(net::socket_base::max_listen_connections, failure);
  if (failure) fail(failure, name_);
}

void ListeningSocket::listen_at_path() {
  name_ = path_;
  struct stat found {};
  if (path_.size() >= sizeof(sockaddr_un{}.sun_path)) {
    throw Error(ErrorCode::kInvalidOption, "the name of a socket has at most 107 bytes", "--socket");
  }
  if (::lstat(path_.c_str(), &found) == 0) {
    if (!S_ISSOCK(found.st_mode)) {
      throw Error(ErrorCode::kCannotOpen, "is there, and is no socket", path_);
    }
    if (is_answered(path_)) throw Error(ErrorCode::kCannotOpen, "somebody listens there", path_);
    ::unlink(path_.c_str());  // of a server that was killed
  }
  const net::local::stream_protocol::endpoint endpoint(path_);
  error_code failure;
  acceptor_.open(endpoint.protocol(), failure);
  if (failure) fail(failure, path_);
  const mode_t before = ::umask(0177);
  acceptor_.bind(endpoint, failure);
  ::umask(before);
  if (failure) fail(failure, path_);
  if (::lstat(path_.c_str(), &found) == 0) device_ = found.st_dev, inode_ = found.st_ino;
}

void ListeningSocket::listen_at_port(const ListenAddress& address) {
  error_code failure;
  const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
  const net::ip::address ip = net::ip::make_address(host, failure);
  if (failure || !ip.is_loopback()) {
    throw Error(ErrorCode::kInvalidOption,
                "serves this machine alone: 127.0.0.1 or ::1, not \"" + address.host + "\"", "--host");
  }
  const unsigned port = address.port.value_or(0);
  if (port > 65535) throw Error(ErrorCode::kInvalidOption, "must be at most 65535", "--port");
  net::ip::tcp::endpoint endpoint(ip, static_cast<unsigned short>(port));
  const auto name = [&](unsigned chosen) {
    return "http://" + (ip.is_v6() ? "[" + ip.to_string() + "]" : ip.to_string()) + ":" +
           std::to_string(chosen);
  };
  name_ = name(port);
  acceptor_.open(endpoint.protocol(), failure);
  if (failure) fail(failure, name_);
  // The port of a server that has just ended can be had at once.
  acceptor_.set_option(net::socket_base::reuse_address(true), failure);
  acceptor_.bind(endpoint, failure);
  if (failure) fail(failure, name_);
  if (port == 0) {
    sockaddr_storage chosen{};
    socklen_t size = sizeof chosen;
    if (::getsockname(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&chosen), &size) == 0) {
      const in_port_t network = ip.is_v6() ? reinterpret_cast<sockaddr_in6&>(chosen).sin6_port
                                           : reinterpret_cast<sockaddr_in&>(chosen).sin_port;
      name_ = name(ntohs(network));
    }
  }
}

ListeningSocket::~ListeningSocket() {
  struct stat found {};
  if (inode_ != 0 && ::lstat(path_.c_str(), &found) == 0 && found.st_dev == device_ &&
      found.st_ino == inode_) {
    ::unlink(path_.c_str());
  }
}

}  // namespace copydesk::tools
