// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "truce/diagnostics/diagnostic.h"

namespace truce::diagnostics {

/// How the terminal renderer draws.
struct RenderOptions {
  bool use_colour = false;
  bool use_unicode = true;
  std::size_t width = 100;
};

/// Excerpts of the text with the labels drawn under the words they speak of, then notes and the
/// fix. `sources` are the texts the spans refer to, by index. Never fails: bad spans are repaired.
std::string to_terminal(const std::vector<Diagnostic>& diagnostics,
                        const std::vector<const base::SourceText*>& sources,
                        const RenderOptions& options);

/// One line each: `file:line:column: error[T0204]: message`.
std::string to_lines(const std::vector<Diagnostic>& diagnostics,
                     const std::vector<const base::SourceText*>& sources);

/// The pages behind `truce explain CODE`: code, level, message and explanation, as text.
std::string to_explanation(Kind kind);

}  // namespace truce::diagnostics
