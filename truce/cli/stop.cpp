// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/internal/stop.h"

#include <csignal>
#include <initializer_list>

namespace truce::cli {
namespace {

// Set by a signal: what is at hand is finished, what is known is told or saved, and that is the
// end.
volatile std::sig_atomic_t& stop_flag() {
  static volatile std::sig_atomic_t flag = 0;
  return flag;
}

void note_signal(int) { stop_flag() = 1; }

}  // namespace

void catch_signals() {
  // Made before a handler may ask for it.
  stop_flag() = 0;
  struct sigaction action{};
  action.sa_handler = note_signal;
  sigemptyset(&action.sa_mask);
  for (const int signal : {SIGINT, SIGTERM}) {
    sigaction(signal, &action, nullptr);
  }
}

bool was_signalled() { return stop_flag() != 0; }

}  // namespace truce::cli
