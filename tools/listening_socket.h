#pragma once
// SPDX-License-Identifier: Apache-2.0
//
// Where a local server listens: a socket file, which only its owner may use, or a port of this machine's
// own address.

#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/generic/stream_protocol.hpp>
#include <boost/asio/io_context.hpp>
#include <string>

#include "http_server.h"

namespace copydesk::tools {

using SocketProtocol = boost::asio::generic::stream_protocol;

class ListeningSocket {
 public:
  // As HttpServer has it.
  ListeningSocket(boost::asio::io_context& io, const ListenAddress& address);
  // A socket file is taken away, unless another one stands in its place.
  ~ListeningSocket();
  ListeningSocket(const ListeningSocket&) = delete;
  ListeningSocket& operator=(const ListeningSocket&) = delete;

  [[nodiscard]] boost::asio::basic_socket_acceptor<SocketProtocol>& acceptor() { return acceptor_; }
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] bool is_file() const { return !path_.empty(); }

 private:
  void listen_at_path();
  void listen_at_port(const ListenAddress& address);

  boost::asio::basic_socket_acceptor<SocketProtocol> acceptor_;
  std::string path_, name_;
  unsigned long long device_ = 0, inode_ = 0;  // of the socket file
};

}  // namespace copydesk::tools
