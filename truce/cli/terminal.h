// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/diagnostics/render.h"

namespace truce::cli {

/// How to draw on standard output or standard error: colour for a terminal unless NO_COLOR is set,
/// Unicode unless the locale is another, the terminal's width or 100.
diagnostics::RenderOptions render_options(int descriptor);

/// `text` broken between words so that no line is longer than `width`, where words allow it; all
/// lines but the first are indented by two blanks.
std::string wrapped(std::string_view text, std::size_t width);

/// Writes all of `text`; false when it cannot be written, to a full disk for instance.
[[nodiscard]] bool write_output(std::string_view text);
void write_errors(std::string_view text);

/// The passphrase of the key at `path`: the first line of the file that TRUCE_PASSPHRASE_FILE
/// names, or what is typed at the terminal, which does not show it. Fails with Unsupported without
/// either.
base::Result<std::string> ask_passphrase(const std::string& path);
/// The same for a new key, typed twice. Fails with InvalidArgument where the two differ.
base::Result<std::string> ask_new_passphrase(const std::string& name);

/// Tells a person who waits what is being done: silent for the first second, and silent where
/// standard error is no terminal.
class Progress {
 public:
  Progress();
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void tell(const std::string& what);

 private:
  bool is_terminal_ = false;
  bool has_written_ = false;
  double started_ = 0;
};

}  // namespace truce::cli
