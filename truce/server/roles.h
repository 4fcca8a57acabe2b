// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace truce::server {

/// What somebody is here for. Everybody has one role; who has not signed in is the public.
enum class Role : std::uint8_t {
  Public,
  Mediator,
  Monitor,
  Verifier,
  Reporter,
  Delegate,
  ConvoyOfficer,
  Auditor,
  Administrator
};

/// All of them, in order.
std::span<const Role> all_roles();
/// `public`, `mediator`, …, `convoy-officer`, ….
std::string_view to_text(Role role);
std::optional<Role> find_role(std::string_view name);

/// Several roles.
class Roles {
 public:
  constexpr Roles() = default;
  constexpr Roles(std::initializer_list<Role> roles) {
    for (const Role role : roles) {
      bits_ |= 1U << static_cast<unsigned>(role);
    }
  }
  [[nodiscard]] constexpr bool has(Role role) const {
    return (bits_ >> static_cast<unsigned>(role) & 1U) != 0;
  }

 private:
  unsigned bits_ = 0;
};

/// Who asks.
struct Person {
  // Empty: nobody has signed in.
  std::string name;
  Role role = Role::Public;
  // Of a delegate: the party, by its name in the agreement.
  std::string party;
};

/// To whom something is shown, fixed when it is written: `public`, `mission` (mediator, monitors,
/// verifiers, auditors), `mediator`, `convoys` (the convoy officers), or `party:NAME` (the
/// delegates of a party). Sorted, without repetition.
using Audience = std::vector<std::string>;

/// The words of an audience that hold for somebody.
std::vector<std::string> audiences_of(const Person& person);
/// Whether something with that audience is shown to the person.
bool is_shown(const Audience& audience, const Person& person);
/// Whether a side said it in confidence: a party is among the audience, and the public is not.
bool is_sealed(const Audience& audience);

/// From where somebody looks at the record: `public`, `mission` or `party:NAME`. Who has the same
/// view is shown the same verdicts.
std::string view_of(const Person& person);
/// Whether something with that audience is part of the view.
bool is_in_view(const Audience& audience, std::string_view view);

}  // namespace truce::server
