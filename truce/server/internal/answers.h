// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "truce/base/result.h"
#include "truce/server/internal/call.h"
#include "truce/server/internal/context.h"
#include "truce/workbench/follow.h"

namespace truce::server::internal {

/// A verdict as the schema Verdict has it.
encoding::JsonValue verdict_value(const workbench::ToldChange& verdict, base::Duration offset);

/// The parameter `limit`. Fails with InvalidArgument unless it is from 1 to 1000.
base::Result<std::size_t> limit_of(const Call& call);

/// A parameter that is a whole number; 0 where it is not given. Fails with InvalidArgument.
base::Result<std::uint64_t> number_of(const Call& call, std::string_view name);

/// Whether it counts as published: a second person did, and no witness is still asked.
bool is_published(const Finding& finding, const Publication& publication);
/// Adds since when it counts as published and what the witnesses said of it; `finding` was
/// published by a second person.
void set_publication(encoding::JsonValue& value, const Finding& finding,
                     const Publication& publication);

/// Writes down that somebody read what a side had sealed; the answer where that cannot be done.
std::optional<Response> note_read(Context& context, const Person& person, const std::string& what);

}  // namespace truce::server::internal
