// SPDX-License-Identifier: Apache-2.0
#include "truce/server/route.h"

namespace truce::server {
namespace {

constexpr Roles kAnybody = {Role::Public,        Role::Mediator, Role::Monitor,
                            Role::Verifier,      Role::Reporter, Role::Delegate,
                            Role::ConvoyOfficer, Role::Auditor,  Role::Administrator};
constexpr Roles kSignedIn = {Role::Mediator, Role::Monitor,      Role::Verifier,
                             Role::Reporter, Role::Delegate,     Role::ConvoyOfficer,
                             Role::Auditor,  Role::Administrator};
constexpr Roles kAdministrators = {Role::Administrator};
constexpr Roles kMediators = {Role::Mediator};
constexpr Roles kReporters = {Role::Mediator, Role::Monitor, Role::Verifier, Role::Reporter,
                              Role::Delegate};
constexpr Roles kUploaders = {Role::Mediator, Role::Monitor, Role::Verifier, Role::Delegate};
constexpr Roles kAuditors = {Role::Auditor};
constexpr Roles kVerifiers = {Role::Verifier, Role::Mediator};
constexpr Roles kPublishers = {Role::Verifier, Role::Mediator, Role::Delegate};
constexpr Roles kAskers = {Role::Verifier, Role::Monitor, Role::Mediator};
constexpr Roles kAsked = {Role::Verifier, Role::Monitor, Role::Mediator, Role::Auditor,
                          Role::Delegate};
constexpr Roles kTable = {Role::Mediator, Role::Delegate};
constexpr Roles kConvoyOfficers = {Role::ConvoyOfficer};
constexpr Roles kConvoyReaders = {Role::ConvoyOfficer, Role::Mediator, Role::Monitor,
                                  Role::Verifier,      Role::Auditor,  Role::Delegate};
// How many entries there are says that somebody wrote something.
constexpr Roles kLedgerReaders = {Role::Mediator, Role::Monitor, Role::Verifier, Role::Auditor};
constexpr Roles kReceivers = {Role::ConvoyOfficer, Role::Delegate};
constexpr Roles kHindranceReporters = {Role::ConvoyOfficer, Role::Monitor};
constexpr Roles kMetricsReaders = {Role::Administrator, Role::Auditor};

}  // namespace

std::span<const Route> all_routes() {
  static const std::vector<Route> kRoutes = {
#define TRUCE_ROUTE(action, function, method, path, roles, takes, gives, status, what, ...) \
  {Action::action, method, path, roles, takes, gives, status, what, {__VA_ARGS__}},
#include "truce/server/routes.def"
#undef TRUCE_ROUTE
  };
  return kRoutes;
}

}  // namespace truce::server
