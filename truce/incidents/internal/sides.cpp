// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/sides.h"

#include <algorithm>

#include "truce/incidents/names.h"

namespace truce::incidents {

bool Words::has(std::string_view field, std::string_view value) const {
  return own_.has(field, value) || (shipped_ != nullptr && shipped_->has(field, value));
}

NameSet Words::apply(std::string_view field, std::string_view value) const {
  const bool is_own = own_.has(field, value) || shipped_ == nullptr;
  return is_own ? own_.apply(field, value) : shipped_->apply(field, value);
}

NameSet Words::actor(std::string_view side) const {
  if (!has("actor", side) && fold_name(side).starts_with("unidentified")) {
    return {};
  }
  return apply("actor", side);
}

NameSet Words::target(std::string_view side) const {
  if (has("target", side)) {
    return apply("target", side);
  }
  if (!has("actor", side) && fold_name(side).starts_with("civilians (")) {
    return apply("target", "Civilians");
  }
  return actor(side);
}

void add_names(const NameSet& more, NameSet& names) {
  for (const std::string& name : more.names) {
    if (std::find(names.names.begin(), names.names.end(), name) == names.names.end()) {
      names.names.push_back(name);
    }
  }
}

void set_dyad(const Words& words, std::string_view first, std::string_view second, Report& report) {
  const NameSet first_actor = words.actor(first);
  const NameSet second_actor = words.actor(second);
  if (!first_actor.is_unknown() && !second_actor.is_unknown()) {
    add_names(first_actor, report.actors);
    add_names(second_actor, report.actors);
  }
  const NameSet first_target = words.target(first);
  const NameSet second_target = words.target(second);
  if (!first_target.is_unknown() && !second_target.is_unknown()) {
    add_names(first_target, report.targets);
    add_names(second_target, report.targets);
  }
}

}  // namespace truce::incidents
