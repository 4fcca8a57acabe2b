// SPDX-License-Identifier: Apache-2.0
// Section "Moments" of docs/language/meaning.md.
#include <variant>

#include "truce/semantics/internal/telling.h"

namespace truce::semantics::internal {
namespace {

using agreement::MomentExpression;

base::Instant start_of_day(base::Instant at, base::Duration offset) {
  return base::start_of(base::date_of(at, offset)) - offset;
}

}  // namespace

base::Instant Telling::shifted(base::Instant at, const agreement::Period& period,
                               std::int64_t sign) const {
  // Nothing is added to a moment that never comes, or to the beginning of time.
  if (at >= base::kAfterTime || at <= base::kBeforeTime) {
    return at;
  }
  const base::Instant sum = agreement::add(at, period, sign, agreement_.day_rule, agreement_.clock);
  return std::clamp(sum, base::kBeforeTime, base::kAfterTime);
}

MomentRange Telling::shifted(MomentRange range, const agreement::Period& period,
                             std::int64_t sign) const {
  return {shifted(range.earliest, period, sign), shifted(range.latest, period, sign)};
}

MomentRange Telling::moment(const MomentExpression& expression, bool is_end) {
  MomentRange range = base_of(expression, is_end);
  for (const MomentExpression::Step& step : expression.steps) {
    range = shifted(range, step.period, step.sign);
  }
  return range;
}

MomentRange Telling::base_of(const MomentExpression& expression, bool is_end) {
  switch (expression.base) {
    case MomentExpression::Base::Fixed: {
      base::Instant at = expression.fixed;
      if (expression.is_whole_day && is_end) {
        at = at + base::kDay;
      }
      return {at, at};
    }
    case MomentExpression::Base::Moment:
      return declared(expression.moment);
    case MomentExpression::Base::Streak: {
      const agreement::Situation& situation = agreement_.situations[expression.streak.index];
      const auto* streak = std::get_if<agreement::Streak>(&situation.what);
      return streak == nullptr ? kWhenever : streak_end(*streak);
    }
    case MomentExpression::Base::DayOfClause: {
      MomentRange day = begun(expression.clause);
      for (base::Instant* edge : {&day.earliest, &day.latest}) {
        if (*edge < base::kAfterTime && *edge > base::kBeforeTime) {
          *edge = start_of_day(*edge, agreement_.clock.offset) + (expression.day - 1) * base::kDay;
        }
      }
      return day;
    }
    case MomentExpression::Base::Notification:
      return kNever;
    case MomentExpression::Base::Undefined:
      return kWhenever;
  }
  return kWhenever;
}

MomentRange Telling::declared(agreement::MomentId id) {
  const agreement::Moment& moment_named = agreement_.moments[id.index];
  const Asking asking(*this, Topic::Moment, &moment_named);
  if (!asking.is_new()) {
    return kNever;
  }
  if (moment_named.expression.has_value()) {
    return moment(*moment_named.expression, false);
  }
  if (moment_named.streak.has_value()) {
    return streak_end(*moment_named.streak);
  }
  // The first that was made for certain; one that possibly was may come before it.
  MomentRange fixed = kNever;
  for (const OfficialAct& act : acts_) {
    if (act.act == facts::InstitutionalAct::Fix && act.moment == id &&
        is_valid_fixing(moment_named.fixing, act)) {
      fixed = {std::min(fixed.earliest, act.first), act.last};
      if (act.last < base::kAfterTime) {
        break;
      }
    }
  }
  return fixed;
}

bool Telling::is_valid_fixing(const std::optional<agreement::Fixing>& fixing,
                              const OfficialAct& act) const {
  return !fixing.has_value() || fixing->agents.empty() ||
         is_done_by(agreement_, fixing->agents, false, act.authors);
}

}  // namespace truce::semantics::internal
