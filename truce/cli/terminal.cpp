// SPDX-License-Identifier: Apache-2.0
#include "truce/cli/terminal.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

namespace truce::cli {
namespace {

constexpr std::size_t kWidthElsewhere = 100;
constexpr std::size_t kLeastWidth = 40;
constexpr double kPatienceSeconds = 1.0;

std::string_view environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string_view() : std::string_view(value);
}

bool is_unicode_locale() {
  for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
    const std::string_view value = environment(name);
    if (!value.empty()) {
      return value.find("UTF-8") != std::string_view::npos ||
             value.find("utf8") != std::string_view::npos;
    }
  }
  return false;
}

double now_s() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double>(now).count();
}

}  // namespace

diagnostics::RenderOptions render_options(int descriptor) {
  diagnostics::RenderOptions options;
  const bool is_terminal = ::isatty(descriptor) == 1;
  options.use_colour = is_terminal && environment("NO_COLOR").empty();
  options.use_unicode = is_unicode_locale();
  options.width = kWidthElsewhere;
  winsize size{};
  if (is_terminal && ::ioctl(descriptor, TIOCGWINSZ, &size) == 0 && size.ws_col >= kLeastWidth) {
    options.width = size.ws_col;
  }
  return options;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string result;
  std::size_t column = 0;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(word.size() + 1, text.size()));
    const auto length = static_cast<std::size_t>(
        std::count_if(word.begin(), word.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
    if (column > 0 && column + 1 + length > width) {
      result += "\n  ";
      column = 2;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += word;
    column += length;
  }
  return result;
}

bool write_output(std::string_view text) {
  const std::size_t written = std::fwrite(text.data(), 1, text.size(), stdout);
  return written == text.size() && std::fflush(stdout) == 0;
}

void write_errors(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
  std::fflush(stderr);
}

Progress::Progress() : is_terminal_(::isatty(STDERR_FILENO) == 1), started_(now_s()) {}

Progress::~Progress() {
  if (has_written_) {
    write_errors("\r\x1b[K");
  }
}

void Progress::tell(const std::string& what) {
  if (is_terminal_ && now_s() - started_ >= kPatienceSeconds) {
    write_errors(fmt::format("\r\x1b[Ktruce: {} …", what));
    has_written_ = true;
  }
}

}  // namespace truce::cli
