// SPDX-License-Identifier: Apache-2.0
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>
#include <sstream>
#include <string>
#include <string_view>

#include "command.h"
#include "console.h"
#include "copydesk/error.h"
#include "copydesk/kernels/target.h"
#include "copydesk/run/run_control.h"
#include "copydesk/stream/byte_sink.h"
#include "copydesk/version.h"
#include "count_options.h"
#include "exit_code.h"
#include "signals.h"

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

std::string version_text() {
  return fmt::format("copydesk {}\ntext rules {}\nkernels {} (this machine offers {})", version(),
                     kTextRulesVersion, simd_target(), fmt::join(simd_targets(), ", "));
}

int run(int argc, char** argv) {
  CLI::App app("Takes in scraped text, throws out the copies, writes the abstracts.", "copydesk");
  app.set_version_flag("--version", version_text);
  app.require_subcommand(1);
  int exit_code = kDone;
  add_dedup_command(app, exit_code);
  add_pairs_command(app, exit_code);
  add_blocks_command(app, exit_code);
  add_restore_command(app, exit_code);
  add_extract_command(app, exit_code);
  add_split_command(app, exit_code);
  add_reuse_command(app, exit_code);
  add_decontaminate_command(app, exit_code);
  add_compare_command(app, exit_code);
  add_summarize_command(app, exit_code);
  add_evaluate_command(app, exit_code);
  read_counts_alike(app);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // The parser would only say that a command is missing.
    if (argc > 1 && argv[1][0] != '-' &&
        app.get_subcommands([&](CLI::App* command) { return command->check_name(argv[1]); })
            .empty()) {
      print_message(
          fmt::format("there is no command \"{}\"; see copydesk --help", printable(argv[1])));
      return kWrongUsage;
    }
    // Help and version are not errors; the codes of the parser's own are not ours.
    std::ostringstream help, message;
    const bool is_help = app.exit(error, help, message) == 0;
    std::fputs(help.str().c_str(), stdout);
    print_to_people(printable_lines(message.str()));
    return is_help ? kDone : kWrongUsage;
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
