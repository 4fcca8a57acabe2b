// SPDX-License-Identifier: Apache-2.0
// What bodies decide by the acts of their members: section "Bodies" of docs/language/meaning.md.
#include <algorithm>

#include "truce/semantics/internal/record.h"

namespace truce::semantics::internal {
namespace {

using agreement::Actor;
using agreement::ActorId;
using facts::InstitutionalAct;
using Rule = Actor::Decision::Rule;
using Silence = Actor::Decision::Silence;

struct Vote {
  ActorId member;
  bool is_for = true;
  MomentRange when;
};

// What is asked, and answered once.
struct Round {
  MomentRange opened = kNever;
  std::vector<Vote> votes;
  // The first act for it; null while there is none.
  const OfficialAct* model = nullptr;
  // Acts of those who decide where the body has not.
  std::vector<const OfficialAct*> casting;
};

bool is_same(const facts::Value& a, const facts::Value& b) {
  return a.head == b.head && a.actor == b.actor && a.kind == b.kind && a.place == b.place &&
         a.owner == b.owner && (a.head != facts::Value::Head::UnknownWord || a.text == b.text);
}

template <typename Item, typename Same>
bool is_same_set(const std::vector<Item>& a, const std::vector<Item>& b, Same same) {
  const auto holds_all = [&](const std::vector<Item>& one, const std::vector<Item>& other) {
    return std::all_of(one.begin(), one.end(), [&](const Item& item) {
      return std::any_of(other.begin(), other.end(),
                         [&](const Item& another) { return same(item, another); });
    });
  };
  return holds_all(a, b) && holds_all(b, a);
}

bool has_same_clauses(const OfficialAct& a, const OfficialAct& b) {
  return a.are_clauses_named == b.are_clauses_named &&
         is_same_set(a.clauses, b.clauses, std::equal_to<>());
}

// Whether both are answers to one question, apart from what sort of act they are.
bool is_same_question(const OfficialAct& a, const OfficialAct& b) {
  return has_same_clauses(a, b) && a.moment == b.moment &&
         is_same_set(a.targets, b.targets, is_same);
}

bool can_be_decided(InstitutionalAct act) {
  return act != InstitutionalAct::Sign && act != InstitutionalAct::Accede &&
         act != InstitutionalAct::Release && act != InstitutionalAct::Dissent;
}

// One body's rule, and when it is met.
class Rules {
 public:
  Rules(const agreement::Agreement& agreement, ActorId body, base::Instant now)
      : agreement_(agreement), decision_(agreement.actor(body).decision), now_(now) {
    for (const agreement::Agent& agent : agreement.actor(body).members) {
      for (ActorId member : agreement.resolve(agent, {})) {
        if (!contains(members_, member)) {
          members_.push_back(member);
        }
      }
    }
  }

  [[nodiscard]] const std::vector<ActorId>& members() const { return members_; }
  [[nodiscard]] const Actor::Decision& decision() const { return decision_; }

  [[nodiscard]] base::Instant end_of(base::Instant opened) const {
    return decision_.within.has_value() && opened < base::kAfterTime
               ? agreement::add(opened, *decision_.within, 1, agreement_.day_rule, agreement_.clock)
               : base::kAfterTime;
  }
  [[nodiscard]] MomentRange end_of(MomentRange opened) const {
    return {end_of(opened.earliest), end_of(opened.latest)};
  }

  // The first moment at which the rule is met if the votes were cast at these moments.
  [[nodiscard]] base::Instant decided(base::Instant opened, const std::vector<Vote>& votes,
                                      base::Instant (*moment_of)(const Vote&)) const {
    const base::Instant end = end_of(opened);
    std::vector<base::Instant> candidates = {end};
    for (const Vote& vote : votes) {
      candidates.push_back(moment_of(vote));
    }
    std::sort(candidates.begin(), candidates.end());
    for (base::Instant at : candidates) {
      if (at >= base::kAfterTime || at > end) {
        break;
      }
      std::size_t yes = 0;
      std::size_t no = 0;
      for (const Vote& vote : votes) {
        if (moment_of(vote) <= at) {
          ++(vote.is_for ? yes : no);
        }
      }
      if (is_met(yes, no, at == end && end <= now_)) {
        return at;
      }
    }
    return base::kAfterTime;
  }

  [[nodiscard]] MomentRange decided(const Round& round) const {
    if (round.model == nullptr) {
      return kNever;
    }
    const auto soonest = [](const Vote& vote) {
      return vote.is_for ? vote.when.earliest : vote.when.latest;
    };
    const auto slowest = [](const Vote& vote) {
      return vote.is_for ? vote.when.latest : vote.when.earliest;
    };
    const auto [first, last] = round.opened;
    return {std::min(decided(first, round.votes, soonest), decided(last, round.votes, soonest)),
            std::max(decided(first, round.votes, slowest), decided(last, round.votes, slowest))};
  }

  // Whether the round is closed when an act begins, all taken at their beginnings.
  [[nodiscard]] bool is_closed(const Round& round, base::Instant at) const {
    const auto beginning = [](const Vote& vote) { return vote.when.earliest; };
    return decided(round.opened.earliest, round.votes, beginning) <= at ||
           end_of(round.opened.earliest) < at;
  }

 private:
  [[nodiscard]] bool is_met(std::size_t yes, std::size_t no, bool has_run) const {
    const std::size_t all = members_.size();
    std::size_t silent = all - yes - no;
    if (has_run && decision_.silence == Silence::Consent) {
      yes += std::exchange(silent, 0);
    } else if (has_run && decision_.silence == Silence::Refusal) {
      no += std::exchange(silent, 0);
    }
    const auto quorum = [&](std::size_t otherwise) {
      return decision_.quorum.has_value() ? static_cast<std::size_t>(*decision_.quorum) : otherwise;
    };
    switch (decision_.rule) {
      case Rule::Unstated:
        return false;
      case Rule::Consensus:
        return no == 0 && yes >= quorum(all);
      case Rule::Unanimity:
        return yes == all;
      case Rule::Majority:
        return yes + no >= quorum(all / 2 + 1) && (has_run ? yes > no : yes > no + silent);
    }
    return false;
  }

  const agreement::Agreement& agreement_;
  Actor::Decision decision_;
  base::Instant now_;
  std::vector<ActorId> members_;
};

bool has_voted(const Round& round, ActorId member) {
  return std::any_of(round.votes.begin(), round.votes.end(),
                     [&](const Vote& vote) { return vote.member == member; });
}

// Whether the act is by those, all of them and nobody else, who decide where the body has not.
bool is_casting(const agreement::Agreement& agreement, const Rules& rules, const OfficialAct& act) {
  std::vector<ActorId> those;
  for (const agreement::Agent& agent : rules.decision().failing_which) {
    for (ActorId actor : agreement.resolve(agent, {})) {
      those.push_back(actor);
    }
  }
  return is_done_by(agreement, rules.decision().failing_which, false, act.authors) &&
         std::all_of(act.authors.begin(), act.authors.end(),
                     [&](ActorId author) { return contains(those, author); });
}

// Whether the act is the notice that opens the question.
bool is_notice_of(const OfficialAct& act, const OfficialAct& asked) {
  return act.act == InstitutionalAct::Notify && asked.act != act.act && act.are_clauses_named &&
         has_same_clauses(act, asked) && !act.authors.empty();
}

bool is_undecided_at(const Rules& rules, const Round& round, base::Instant at) {
  return rules.end_of(round.opened.earliest) < at &&
         rules.decided(round).latest >= base::kAfterTime;
}

// The members' votes in an act; of each member the first in the round counts.
void add_votes(const std::vector<ActorId>& voters, const OfficialAct& act, bool is_for,
               Round& round) {
  for (ActorId member : voters) {
    if (!has_voted(round, member)) {
      round.votes.push_back({member, is_for, act.when()});
      round.model = is_for && round.model == nullptr ? &act : round.model;
    }
  }
}

// The rounds of the question that `asked` answers.
std::vector<Round> rounds_of(const agreement::Agreement& agreement, const Rules& rules,
                             const std::vector<OfficialAct>& acts, const OfficialAct& asked) {
  std::vector<Round> rounds;
  MomentRange notified = kNever;
  for (const OfficialAct& act : acts) {
    if (is_notice_of(act, asked)) {
      notified = earliest_of(notified, act.when());
    }
    const bool is_for = act.act == asked.act;
    if ((!is_for && act.act != InstitutionalAct::Dissent) || !is_same_question(act, asked)) {
      continue;
    }
    if (is_for && !rounds.empty() && is_undecided_at(rules, rounds.back(), act.first) &&
        is_casting(agreement, rules, act)) {
      rounds.back().casting.push_back(&act);
      continue;
    }
    std::vector<ActorId> voters;
    bool is_again = false;
    for (ActorId member : rules.members()) {
      if (contains(act.authors, member)) {
        voters.push_back(member);
        is_again = is_again || (!rounds.empty() && has_voted(rounds.back(), member));
      }
    }
    if (voters.empty()) {
      continue;
    }
    if (rounds.empty() || (is_again && rules.is_closed(rounds.back(), act.first))) {
      rounds.emplace_back();
      rounds.back().opened = earliest_of(notified, act.when());
      notified = kNever;
    }
    add_votes(voters, act, is_for, rounds.back());
  }
  return rounds;
}

MomentRange decision_of(const Rules& rules, const Round& round) {
  MomentRange when = rules.decided(round);
  if (when.latest < base::kAfterTime) {
    return when;
  }
  const MomentRange end = rules.end_of(round.opened);
  for (const OfficialAct* act : round.casting) {
    if (act->last > end.earliest) {
      when.earliest = std::min(when.earliest, std::max(act->first, end.earliest));
    }
    if (act->first > end.latest) {
      when.latest = std::min(when.latest, act->last);
    }
  }
  return when;
}

}  // namespace

std::vector<OfficialAct> decisions(const agreement::Agreement& agreement, base::Instant now,
                                   const std::vector<OfficialAct>& acts) {
  std::vector<OfficialAct> found;
  for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
    const auto body = base::id_at<ActorId>(i);
    const Rules rules(agreement, body, now);
    if (rules.decision().rule == Rule::Unstated || rules.members().empty()) {
      continue;
    }
    for (auto act = acts.begin(); act != acts.end(); ++act) {
      const auto is_of_question = [&](const OfficialAct& other) {
        return other.act == act->act && is_same_question(other, *act);
      };
      const bool is_first = std::none_of(acts.begin(), act, is_of_question);
      const bool is_by_body = std::any_of(acts.begin(), acts.end(), [&](const OfficialAct& other) {
        return is_of_question(other) && contains(other.authors, body);
      });
      if (!can_be_decided(act->act) || !is_first || is_by_body) {
        continue;
      }
      for (const Round& round : rounds_of(agreement, rules, acts, *act)) {
        const MomentRange when = decision_of(rules, round);
        if (when.earliest < base::kAfterTime) {
          OfficialAct decision = round.model != nullptr ? *round.model : *round.casting.front();
          decision.first = when.earliest;
          decision.last = when.latest;
          decision.authors = {body};
          decision.decided_by = body;
          found.push_back(std::move(decision));
        }
      }
    }
  }
  return found;
}

}  // namespace truce::semantics::internal
