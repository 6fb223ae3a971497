// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <memory>
#include <new>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "application.h"
#include "config_file.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/run/run_control.h"
#include "copydesk/stream/byte_sink.h"
#include "exit_code.h"
#include "signals.h"
#include "suggestion.h"

namespace {

using namespace copydesk;
using namespace copydesk::tools;

// A program may be started with standard input, output or error closed. The next file opened would
// then take that number, and messages would be written into it. What takes the place fails when it
// is used, as a closed descriptor would, but for messages, which nobody misses.
void occupy_standard_descriptors() {
  for (int descriptor = STDIN_FILENO; descriptor <= STDERR_FILENO; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) != -1) continue;
    const int mode = descriptor == STDOUT_FILENO ? O_RDONLY : O_WRONLY;
    if (::open("/dev/null", mode) != descriptor) ::_exit(kFailed);
  }
}

std::vector<std::string> names_of_commands(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* const command : app.get_subcommands({})) {
    names.push_back(command->get_name());
  }
  return names;
}

// The command that the words choose: of `evaluate pairs` the innermost. `unknown` becomes the first
// word in the place of a command that is none, if there is one.
const CLI::App* chosen_command(const CLI::App& app, const std::vector<std::string>& words,
                               std::string& unknown) {
  const CLI::App* command = &app;
  for (const std::string& word : words) {
    if (word.starts_with('-')) continue;
    if (command->get_subcommands({}).empty()) break;
    const auto found =
        command->get_subcommands([&](const CLI::App* below) { return below->check_name(word); });
    if (found.empty()) {
      unknown = word;
      break;
    }
    command = found.front();
  }
  return command;
}

std::vector<std::string> names_of_options(const CLI::App& command) {
  std::vector<std::string> names = long_names(command);
  for (std::string& name : names) name.insert(0, "--");
  return names;
}

// The first word that looks like an option and is none of those known.
std::string unknown_option(const std::vector<std::string>& words,
                           const std::vector<std::string>& known) {
  for (const std::string& word : words) {
    if (word == "--") break;
    const std::string name = word.substr(0, word.find('='));
    if (name.starts_with("--") && std::find(known.begin(), known.end(), name) == known.end()) {
      return name;
    }
  }
  return {};
}

std::string advice(const std::string& typed, const std::vector<std::string>& known) {
  const std::string nearest = nearest_word(typed, known);
  return nearest.empty() ? "see copydesk --help" : "did you mean " + nearest + "?";
}

int run(int argc, char** argv) {
  int exit_code = kDone;
  const std::unique_ptr<CLI::App> application = make_application(exit_code);
  CLI::App& app = *application;
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const bool asks_for_help = !words.empty() && words.front() == "help";
  if (asks_for_help) {  // "help dedup" is "dedup --help"
    words.erase(words.begin());
    words.emplace_back("--help");
  }
  const bool is_run = std::none_of(words.begin(), words.end(), [](const std::string& word) {
    return word == "--help" || word == "-h";
  });
  if (is_run) {
    Configuration configuration = configure(words);
    if (!configuration.printed.empty()) {
      std::fputs(configuration.printed.c_str(), stdout);
      return kDone;
    }
    // Options that nobody sees on the command line are named.
    if (!configuration.applied.empty() && !configuration.is_quiet) {
      print_message(fmt::format("with {} of {}", fmt::join(configuration.applied, ", "),
                                printable(configuration.path)));
    }
    words = std::move(configuration.words);
  }
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::ParseError& error) {
    // Help and version are not errors; the codes of the parser's own are not ours.
    std::ostringstream help, message;
    const bool is_help = app.exit(error, help, message) == 0;
    // The parser would only say that a command is missing, or that something was not expected.
    std::string unknown;
    const CLI::App* const command = chosen_command(app, words, unknown);
    if (is_help && (unknown.empty() || !asks_for_help)) {
      std::fputs(help.str().c_str(), stdout);
      return kDone;
    }
    if (!unknown.empty()) {
      print_message(fmt::format("there is no command \"{}\"; {}", printable(unknown),
                                advice(unknown, names_of_commands(*command))));
      return kWrongUsage;
    }
    const std::vector<std::string> options = names_of_options(*command);
    unknown = unknown_option(words, options);
    const std::vector<std::string> commands = names_of_commands(*command);
    if (unknown.empty() && !commands.empty()) {
      print_message(fmt::format("a command is missing, one of {}; see copydesk --help",
                                fmt::join(commands, ", ")));
    } else if (!unknown.empty()) {
      print_message(
          fmt::format("there is no option {}; {}", printable(unknown), advice(unknown, options)));
    } else {
      print_to_people(printable_lines(message.str()));
    }
    return kWrongUsage;
  }
  return exit_code;
}

}  // namespace

int main(int argc, char** argv) {
  occupy_standard_descriptors();
  install_signal_handlers();
  try {
    return run(argc, argv);
  } catch (const Error& error) {
    print_message(printable(error.what()));
    return error.code() == ErrorCode::kInvalidOption ? kWrongUsage : kFailed;
  } catch (const ClosedPipe&) {
    return kDone;
  } catch (const Cancelled&) {
    print_message("stopped; no output was written");
    return signal_exit_code();
  } catch (const std::bad_alloc&) {
    // Not by print_message, which allocates.
    static constexpr std::string_view kMessage =
        "copydesk: out of memory; --memory and --threads make a run smaller\n";
    static_cast<void>(::write(STDERR_FILENO, kMessage.data(), kMessage.size()));
    return kFailed;
  } catch (const std::exception& error) {
    print_message(printable(error.what()));
    return kFailed;
  }
}
