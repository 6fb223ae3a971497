// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/parallel/available_threads.h"
#include "corpus_flags.h"
#include "exit_code.h"
#include "http_server.h"
#include "index_service.h"
#include "signals.h"

namespace copydesk::tools {

namespace {

struct ServeCommand {
  ServiceOptions service;
  ListenAddress address;
  HttpLimits limits;
  unsigned port = 0;
  unsigned timeout = 30;
  std::size_t threads = 0;
  std::string most_body = "8M";
  std::string memory = "1G";
  bool has_port = false;
  bool quiet = false;
};

void check_range(std::size_t value, std::size_t least, std::size_t most, const char* option) {
  if (value >= least && value <= most) return;
  throw Error(ErrorCode::kInvalidOption, fmt::format("must be from {} to {}", least, most), option);
}

int run(ServeCommand& command) {
  if (command.has_port == !command.address.socket_path.empty()) {
    throw Error(ErrorCode::kInvalidOption, "either this or --port says where requests come in",
                "--socket");
  }
  if (command.has_port) command.address.port = command.port;
  constexpr std::size_t kMostConnections = 10'000;
  constexpr std::size_t kMostThreads = 1024;
  constexpr std::size_t kMostSeconds = 86'400;
  check_range(command.limits.connections, 1, kMostConnections, "--max-connections");
  check_range(command.timeout, 1, kMostSeconds, "--timeout");
  check_range(command.threads, 0, kMostThreads, "--threads");
  command.limits.timeout = std::chrono::seconds(command.timeout);
  command.limits.body_bytes = parse_size(command.most_body, "--max-body");
  command.service.memory_bytes = parse_size(command.memory, "--memory");
  command.limits.threads = command.threads == 0 ? available_threads() : command.threads;
  command.service.threads = command.limits.threads;
  IndexService service(command.service);
  HttpHandlers handlers;
  handlers.answer = [&](const HttpRequest& request, const std::atomic<bool>& stop) {
    return service.answer(request, stop);
  };
  handlers.changes_something = &IndexService::changes_something;
  handlers.on_idle = [&] { service.refresh(); };
  HttpServer server(command.address, command.limits, std::move(handlers));
  if (!command.quiet) {
    print_to_people(fmt::format("serving   {} of {} at {}\n",
                                counted(service.index()->count().documents, "document"),
                                printable(command.service.path), printable(server.address())));
  }
  server.run(stop_requested());
  if (!command.quiet) print_to_people("ended     all requests that came in were answered\n");
  return kDone;
}

}  // namespace

void add_serve_command(CLI::App& app, int& exit_code) {
  CLI::App* const command = app.add_subcommand(
      "serve", "Answer programs of this machine from an index: HTTP on a socket or a local port");
  const auto state = std::make_shared<ServeCommand>();
  command->add_option("INDEX", state->service.path, "An index")->required();
  command->add_option("--socket", state->address.socket_path,
                      "A Unix socket that is made, for its owner alone");
  CLI::Option* const port =
      command->add_option("--port", state->port, "A port of this machine's own address; 0: any");
  command->add_option("--host", state->address.host, "Of the port: 127.0.0.1 or ::1, no other")
      ->capture_default_str();
  command->add_flag("--read-only", state->service.is_read_only, "Refuse POST /add");
  command->add_option("--most", state->service.most,
                      "Matches of a document, unless a request says ?most=N; 0 for all")
      ->capture_default_str();
  command->add_option("--compare", state->service.compared,
                      "Compare a document with so many of the index, those with the most keys in "
                      "common, and say how many more there are; 0 for all")
      ->capture_default_str();
  command->add_option("--text-field", state->service.fields.text, "Field with the text")
      ->capture_default_str();
  command->add_option("--id-field", state->service.fields.id, "Field with the id")
      ->capture_default_str();
  command->add_option("--time-field", state->service.fields.time, "Field with the time")
      ->capture_default_str();
  command->add_option("--source-field", state->service.fields.source,
                      "Field with the source of what is added");
  command->add_option("--tokens-field", state->service.fields.tokens,
                      "Field in which a document says words or code of itself");
  command->add_option("--max-body", state->most_body, "Bytes of a request")
      ->type_name("SIZE")
      ->capture_default_str();
  command->add_option("--max-connections", state->limits.connections,
                      "Connections at a time; others are refused")
      ->capture_default_str();
  command->add_option("--timeout", state->timeout,
                      "Seconds for a request to come, to be answered, and to be taken")
      ->capture_default_str();
  command->add_option("--threads", state->threads, "Threads that answer; 0: one for each processor")
      ->capture_default_str();
  command->add_option("--memory", state->memory, "Memory of an addition")->capture_default_str();
  command->add_flag("-q,--quiet", state->quiet, "No words; errors only");
  command->footer(
      "Examples:\n"
      "  copydesk serve news.index --socket copydesk.sock --read-only\n"
      "  copydesk serve news.index --port 0 2> address.txt");
  command->callback([state, port, &exit_code] {
    state->has_port = port->count() > 0;
    exit_code = run(*state);
  });
}

}  // namespace copydesk::tools
