// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/agreement/agreement.h"
#include "truce/base/time.h"
#include "truce/separation/demands.h"
#include "truce/separation/intermingling.h"
#include "truce/separation/presence.h"

namespace truce::separation {

/// Whose an observation may be; empty entries: somebody whom the agreement does not name.
struct Whose {
  // Empty: anybody.
  std::vector<std::optional<agreement::ActorId>> actors;
  // All of them together, instead of one of them.
  bool is_all_of = false;
};

/// What an account's observations say of two at a moment: surely nearer than the clause allows,
/// surely not, or neither.
enum class Apartness : std::uint8_t { Apart, Near, Undetermined };

/// How the words of a verdict read here, as in docs/language/meaning.md.
enum class Standing : std::uint8_t { Kept, Broken, Unknown, Contested, Pending };

struct ApartnessStretch {
  base::TimeRange when;
  Apartness state = Apartness::Undetermined;

  friend bool operator==(const ApartnessStretch&, const ApartnessStretch&) = default;
};

/// What one account says of one clause and bearer.
struct AccountWatch {
  std::string account;
  // From its first observation to the present, without gaps; neighbours differ.
  std::vector<ApartnessStretch> stretches;
  // At the deadline; pending before it, and where it has no date.
  Standing opinion = Standing::Pending;
  // Since when they have been apart without interruption; empty: they are not.
  std::optional<base::Instant> apart_since;
  base::Duration longest_apart;
  // When they first had been apart for WatchOptions::streak without interruption; empty: not yet,
  // or none is asked for.
  std::optional<base::Instant> streak_at;
  // Of the bearer's with the others' presence, of what stands at the present; empty where either
  // was not seen, and of a place.
  std::optional<IndexFigure> index;
};

/// A clause that keeps the things of its bearer away from something, and what was observed.
struct ClauseWatch {
  Demand demand;
  agreement::ActorId bearer;
  // Why nothing is judged; empty: it is.
  std::string problem;
  // In bytewise order of the accounts.
  std::vector<AccountWatch> accounts;
  // Across the accounts.
  Standing standing = Standing::Pending;
};

struct WatchOptions {
  base::Instant now;
  // An observation says where something is for this long, or until it is seen again.
  base::Duration lifetime = base::kDay;
  // Of the index.
  base::Metres distance{1000};
  // How long they are to be apart without interruption, such as the seven days of an agreement.
  std::optional<base::Duration> streak = {};
};

/// Every clause of a text without disputed words that keeps something `away from` something, for
/// each bearer it binds. `whose` has one entry for each observation. What is meant:
/// docs/methods/separation.md.
std::vector<ClauseWatch> watch_clauses(const agreement::Agreement& text,
                                       const PresenceReading& reading,
                                       const std::vector<Whose>& whose,
                                       const WatchOptions& options);

/// Takes in what another reading of the text gives: where it judges a clause otherwise, or does not
/// have it, it is unknown which holds, and the clause says so.
void join_readings(const std::vector<ClauseWatch>& other, std::vector<ClauseWatch>& clauses);

/// `kept`, `broken`, `unknown`, `contested`, `pending`.
const char* to_word(Standing standing);

}  // namespace truce::separation
