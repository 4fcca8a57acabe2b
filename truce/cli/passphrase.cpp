// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <termios.h>
#include <unistd.h>

#include "truce/cli/terminal.h"

namespace truce::cli {
namespace {

constexpr const char* kFileVariable = "TRUCE_PASSPHRASE_FILE";
constexpr std::size_t kLongest = 4096;

// The terminal, which does not show what is typed while this lives.
class SilentTerminal {
 public:
  SilentTerminal() : descriptor_(::open("/dev/tty", O_RDWR | O_CLOEXEC)) {
    if (descriptor_ >= 0 && ::tcgetattr(descriptor_, &before_) == 0) {
      termios silent = before_;
      silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
      is_silent_ = ::tcsetattr(descriptor_, TCSAFLUSH, &silent) == 0;
    }
  }
  ~SilentTerminal() {
    if (is_silent_) {
      ::tcsetattr(descriptor_, TCSAFLUSH, &before_);
    }
    if (descriptor_ >= 0) {
      ::close(descriptor_);
    }
  }
  SilentTerminal(const SilentTerminal&) = delete;
  SilentTerminal& operator=(const SilentTerminal&) = delete;

  [[nodiscard]] bool is_silent() const { return is_silent_; }

  std::string line(const std::string& prompt) {
    write(prompt);
    std::string typed;
    char letter = '\0';
    while (typed.size() < kLongest && ::read(descriptor_, &letter, 1) == 1 && letter != '\n') {
      typed += letter;
    }
    write("\n");
    return typed;
  }

 private:
  void write(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::write(descriptor_, text.data(), text.size());
      if (count <= 0) {
        return;
      }
      text.remove_prefix(static_cast<std::size_t>(count));
    }
  }

  int descriptor_;
  termios before_{};
  bool is_silent_ = false;
};

base::Result<std::string> from_file(const char* path) {
  std::ifstream file(path);
  std::string line;
  if (!std::getline(file, line)) {
    return base::Error{
        base::ErrorCode::Io,
        fmt::format("cannot read a passphrase from {}, which {} names", path, kFileVariable)};
  }
  return line;
}

base::Error nobody_to_ask(const std::string& what) {
  return {
      base::ErrorCode::Unsupported,
      fmt::format("{} takes a passphrase and there is no terminal to ask at; put it into a file "
                  "and name that in {}",
                  what, kFileVariable)};
}

}  // namespace

base::Result<std::string> ask_passphrase(const std::string& path) {
  if (const char* file = std::getenv(kFileVariable)) {
    return from_file(file);
  }
  SilentTerminal terminal;
  if (!terminal.is_silent()) {
    return nobody_to_ask(path);
  }
  return terminal.line(fmt::format("Passphrase of {}: ", path));
}

base::Result<std::string> ask_new_passphrase(const std::string& name) {
  if (const char* file = std::getenv(kFileVariable)) {
    return from_file(file);
  }
  SilentTerminal terminal;
  if (!terminal.is_silent()) {
    return nobody_to_ask("the key of " + name);
  }
  std::string first = terminal.line(fmt::format("New passphrase for {}: ", name));
  if (terminal.line("Again: ") != first) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "the two passphrases differ; nothing was written"};
  }
  return first;
}

}  // namespace truce::cli
