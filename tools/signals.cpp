#include "signals.h"

#include <signal.h>
#include <unistd.h>

#include "exit_code.h"

namespace copydesk::tools {

namespace {

std::atomic<bool> stop{false};
std::atomic<int> received{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

extern "C" void on_signal(int number) {
  if (stop.exchange(true)) ::_exit(number == SIGINT ? kInterrupted : kTerminated);
  received = number;
}

}  // namespace

void install_signal_handlers() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    // What we were started to ignore stays ignored: nohup, jobs in the background of a script.
    struct sigaction inherited {};
    ::sigaction(number, nullptr, &inherited);
    if (inherited.sa_handler != SIG_IGN) ::sigaction(number, &action, nullptr);
  }
  action.sa_handler = SIG_IGN;
  ::sigaction(SIGPIPE, &action, nullptr);
  ::sigaction(SIGXFSZ, &action, nullptr);
}

const std::atomic<bool>& stop_requested() { return stop; }

int signal_exit_code() { return received == SIGINT ? kInterrupted : kTerminated; }

}  // namespace copydesk::tools
