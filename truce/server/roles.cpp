// SPDX-License-Identifier: Apache-2.0
#include "truce/server/roles.h"

#include <algorithm>
#include <array>
#include <utility>

namespace truce::server {
namespace {

constexpr std::array kRoles = {Role::Public,        Role::Mediator, Role::Monitor,
                               Role::Verifier,      Role::Reporter, Role::Delegate,
                               Role::ConvoyOfficer, Role::Auditor,  Role::Administrator};
constexpr std::string_view kPartyPrefix = "party:";

bool is_of_mission(Role role) {
  return role == Role::Mediator || role == Role::Monitor || role == Role::Verifier ||
         role == Role::Auditor;
}

bool has(const Audience& audience, std::string_view word) {
  return std::find(audience.begin(), audience.end(), word) != audience.end();
}

}  // namespace

std::span<const Role> all_roles() { return kRoles; }

std::string_view to_text(Role role) {
  switch (role) {
    case Role::Public:
      return "public";
    case Role::Mediator:
      return "mediator";
    case Role::Monitor:
      return "monitor";
    case Role::Verifier:
      return "verifier";
    case Role::Reporter:
      return "reporter";
    case Role::Delegate:
      return "delegate";
    case Role::ConvoyOfficer:
      return "convoy-officer";
    case Role::Auditor:
      return "auditor";
    case Role::Administrator:
      return "administrator";
  }
  return "public";
}

std::optional<Role> find_role(std::string_view name) {
  const auto* const found =
      std::find_if(kRoles.begin(), kRoles.end(), [&](Role role) { return to_text(role) == name; });
  return found == kRoles.end() ? std::nullopt : std::optional(*found);
}

std::vector<std::string> audiences_of(const Person& person) {
  std::vector<std::string> words = {"public"};
  if (is_of_mission(person.role)) {
    words.emplace_back("mission");
  }
  if (person.role == Role::Mediator) {
    words.emplace_back("mediator");
  }
  if (person.role == Role::ConvoyOfficer) {
    words.emplace_back("convoys");
  }
  if (person.role == Role::Delegate) {
    words.push_back(std::string(kPartyPrefix) + person.party);
  }
  return words;
}

bool is_shown(const Audience& audience, const Person& person) {
  const auto words = audiences_of(person);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return has(audience, word); });
}

bool is_sealed(const Audience& audience) {
  return !has(audience, "public") &&
         std::any_of(audience.begin(), audience.end(),
                     [](const std::string& word) { return word.starts_with(kPartyPrefix); });
}

std::string view_of(const Person& person) {
  if (is_of_mission(person.role)) {
    return "mission";
  }
  return person.role == Role::Delegate ? std::string(kPartyPrefix) + person.party : "public";
}

bool is_in_view(const Audience& audience, std::string_view view) {
  return has(audience, "public") || has(audience, view);
}

}  // namespace truce::server
