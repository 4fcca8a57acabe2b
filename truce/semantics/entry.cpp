// SPDX-License-Identifier: Apache-2.0
// Entry into force, signature and accession: section "Facts" of docs/language/meaning.md.
#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {

using facts::InstitutionalAct;

MomentRange Telling::start_of_date() const {
  if (!agreement_.date.has_value()) {
    return kBeginning;
  }
  const base::Instant start = base::start_of(*agreement_.date) - agreement_.clock.offset;
  return {start, start};
}

// The first act of that kind by the actor; never where there is none.
MomentRange Telling::first_by(InstitutionalAct kind, agreement::ActorId actor) const {
  MomentRange when = kNever;
  for (const OfficialAct& act : acts_) {
    if (act.act == kind && contains(act.authors, actor)) {
      when = earliest_of(when, act.when());
    }
  }
  return when;
}

MomentRange Telling::signature(const std::vector<agreement::Agent>& agents) const {
  bool is_recorded = false;
  for (const OfficialAct& act : acts_) {
    is_recorded = is_recorded || (act.act == InstitutionalAct::Sign && !act.authors.empty());
  }
  if (!is_recorded) {
    return start_of_date();
  }
  MomentRange all = kBeginning;
  for (const agreement::Agent& agent : agents) {
    const std::vector<agreement::ActorId> named = agreement_.resolve(agent, {});
    // Nobody can sign whom the text does not name.
    all = named.empty() ? kNever : all;
    for (agreement::ActorId actor : named) {
      all = latest_of(all, first_by(InstitutionalAct::Sign, actor));
    }
  }
  return all;
}

bool Telling::is_entry_stated() const {
  return agreement_.force_from.has_value() || !agreement_.signatories.empty();
}

MomentRange Telling::with_agreement() {
  return agreement_.force_from.has_value() ? moment(*agreement_.force_from, false)
         : !agreement_.signatories.empty() ? signature(agreement_.signatories)
                                           : start_of_date();
}

MomentRange Telling::entry() { return is_entry_stated() ? with_agreement() : kBeginning; }

MomentRange Telling::bound(agreement::ActorId actor) const {
  if (agreement_.actor(actor).open_to.empty()) {
    return kBeginning;
  }
  const MomentRange acceded = first_by(InstitutionalAct::Accede, actor);
  return acceded == kNever ? kBeginning : acceded;
}

MomentRange Telling::bound(const std::vector<agreement::ActorId>& bearers, bool is_any) const {
  MomentRange when = is_any ? kNever : kBeginning;
  for (agreement::ActorId bearer : bearers) {
    when = is_any ? earliest_of(when, bound(bearer)) : latest_of(when, bound(bearer));
  }
  return when;
}

}  // namespace truce::semantics::internal
