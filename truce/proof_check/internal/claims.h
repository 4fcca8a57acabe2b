// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "truce/proof_check/internal/lines.h"
#include "truce/proof_check/proof_check.h"

namespace truce::proof_check::internal {

/// Reads claims that trees show, one after the other, up to a line that begins none.
base::Result<void> check_claims(const packages::Game& game, Lines& lines, Checked& checked);

}  // namespace truce::proof_check::internal
