// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>

#include "truce/base/result.h"
#include "truce/incidents/report.h"

namespace truce::incidents {

/// Reads names, each perhaps between « and »: `A|B` (one of them), `A & B` (all of them), one name,
/// or nothing. Empty text and `unattributed` in any case are unknown, and so is a choice with
/// `unattributed` in it. Fails with InvalidArgument for both signs in one set or an empty name
/// beside a sign.
base::Result<NameSet> parse_names(std::string_view text);

/// As parse_names() reads it; empty for unknown.
std::string to_text(const NameSet& names);

/// The name without spaces around it and without one pair of guillemets, in which a text may set
/// it.
std::string_view bare_name(std::string_view name);

/// For comparing names: ASCII letters in lower case, spaces cut at the ends and single inside.
std::string fold_name(std::string_view name);

}  // namespace truce::incidents
