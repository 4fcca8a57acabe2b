// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <type_traits>

#include "truce/cli/internal/answer_to.h"
#include "truce/cli/options.h"
#include "truce/json/packages_json.h"
#include "truce/json/questions_json.h"
#include "truce/workbench/packages.h"
#include "truce/workbench/questions.h"

namespace truce::cli::internal {

/// What was found about a game, in the form that is asked for, to where it is to go. `as_text` is
/// the command's own.
template <typename Found>
int answer_about(const GameOptions& options, const char* page, const Found& found,
                 std::string (*as_text)(const std::type_identity_t<Found>&), int status) {
  return answer_to({options.output, options.format, page},
                   options.format == "json"   ? json::to_json(found)
                   : options.format == "html" ? workbench::to_html(found)
                                              : as_text(found),
                   found.file.read, status);
}

}  // namespace truce::cli::internal
