// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/server/server.h"

namespace truce::server {

/// Somebody of a demonstration, with a password that is kept nowhere.
struct DemonstrationPerson {
  std::string name;
  std::string role;
  // Of a delegate.
  std::string party;
  std::string password;
};

/// Loads the truce of a folder into a workspace that nobody has used: the agreement with the files
/// beside it, `incidents.csv`, and what `demonstration.json` says of people and of what they enter.
/// Everything goes the way of a request, so that nothing is there that could not be entered. Fails
/// with the first step that is refused, and where the workspace has been used.
base::Result<std::vector<DemonstrationPerson>> load_demonstration(Server& server,
                                                                  const std::string& folder);

}  // namespace truce::server
