// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "truce/diagnostics/diagnostic.h"

namespace truce::diagnostics {

/// How the terminal renderer draws.
struct RenderOptions {
  bool use_colour = false;
  bool use_unicode = true;
  std::size_t width = 100;
};

/// Anything to be drawn under the words it speaks of: a diagnostic, or what another step has to say
/// about a text. `head` stands before the message, as `error[T0204]`.
struct Notice {
  std::string head;
  std::string message;
  base::Span span;
  std::vector<Label> labels;
  // A first word and what it introduces, as `note` and a sentence.
  std::vector<std::pair<std::string, std::string>> remarks;
  // In red, as errors are; else in yellow.
  bool is_grave = false;
};

/// Excerpts of the text with the labels drawn under the words they speak of, then notes and the
/// fix. `sources` are the texts the spans refer to, by index. Never fails: bad spans are repaired.
std::string to_terminal(const std::vector<Diagnostic>& diagnostics,
                        const std::vector<const base::SourceText*>& sources,
                        const RenderOptions& options);

/// The same for notices, all of them.
std::string to_terminal(const std::vector<Notice>& notices,
                        const std::vector<const base::SourceText*>& sources,
                        const RenderOptions& options);

/// One line each: `file:line:column: error[T0204]: message`.
std::string to_lines(const std::vector<Diagnostic>& diagnostics,
                     const std::vector<const base::SourceText*>& sources);

/// The pages behind `truce explain CODE`: code, level, message and explanation, as text.
std::string to_explanation(Kind kind);

}  // namespace truce::diagnostics
