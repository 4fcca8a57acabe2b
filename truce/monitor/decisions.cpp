// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/decisions.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "truce/monitor/internal/clocks.h"

namespace truce::monitor::internal {
namespace {

using agreement::ActorId;
using facts::InstitutionalAct;
using Decision = agreement::Actor::Decision;

// What tells questions apart, whatever sort of act answers them.
struct Question {
  bool are_clauses_named = false;
  std::vector<agreement::ClauseId> clauses;
  std::set<std::tuple<facts::Value::Head, std::uint32_t, std::uint32_t, std::uint32_t,
                      std::optional<std::uint32_t>, std::string>>
      targets;
  std::optional<agreement::MomentId> moment;

  friend bool operator==(const Question&, const Question&) = default;
};

Question question_of(const InstitutionalRecord& act) {
  Question question{act.are_clauses_named, act.clauses, {}, act.moment};
  for (const facts::Value& value : act.targets) {
    const bool is_word = value.head == facts::Value::Head::UnknownWord;
    question.targets.emplace(value.head, value.actor.index, value.kind.index, value.place.index,
                             value.owner ? std::optional(value.owner->index) : std::nullopt,
                             is_word ? value.text : std::string());
  }
  return question;
}

bool is_decidable(InstitutionalAct act) {
  switch (act) {
    case InstitutionalAct::None:
    case InstitutionalAct::Sign:
    case InstitutionalAct::Accede:
    case InstitutionalAct::Release:
    case InstitutionalAct::Dissent:
      return false;
    case InstitutionalAct::Extend:
    case InstitutionalAct::Suspend:
    case InstitutionalAct::Resume:
    case InstitutionalAct::Terminate:
    case InstitutionalAct::Determine:
    case InstitutionalAct::Report:
    case InstitutionalAct::Notify:
    case InstitutionalAct::Fix:
    case InstitutionalAct::Amend:
      return true;
  }
  return false;
}

struct Vote {
  ActorId member;
  bool is_for = true;
  MomentRange when;
};

struct Round {
  MomentRange opened = kNever;
  std::vector<Vote> votes;
  std::optional<std::size_t> model;
  std::vector<std::size_t> casting;
};

// Which edge of a vote's range counts as the moment at which it was cast.
enum class Taken : std::uint8_t { Soonest, Slowest, Beginning };

// One body and one question, from the first answer to the last.
class Deciding {
 public:
  Deciding(const agreement::Agreement& agreement, ActorId body, base::Instant now)
      : adding_{agreement.day_rule, agreement.clock},
        rule_(agreement.actor(body).decision),
        body_(body),
        now_(now),
        members_(actors_of(agreement, agreement.actor(body).members, {})),
        casters_(actors_of(agreement, rule_.failing_which, {})),
        // Nobody can decide whom the text does not name.
        can_cast_(are_authors(agreement, rule_.failing_which, false, casters_)) {}

  [[nodiscard]] bool has_rule() const {
    return rule_.rule != Decision::Rule::Unstated && !members_.empty();
  }

  // The decisions on the question that the acts at `answers` (and dissents among them) answer.
  void decide(const std::vector<InstitutionalRecord>& acts,
              const std::vector<std::size_t>& relevant, InstitutionalAct asked,
              std::vector<InstitutionalRecord>& into) const {
    std::vector<Round> rounds;
    MomentRange notified = kNever;
    for (const std::size_t i : relevant) {
      take(acts, i, asked, notified, rounds);
    }
    for (const Round& round : rounds) {
      const MomentRange when = outcome(acts, round);
      if (when.earliest < base::kAfterTime) {
        InstitutionalRecord decision = acts[round.model.value_or(
            round.casting.empty() ? std::size_t{0} : round.casting.front())];
        decision.first = when.earliest;
        decision.last = when.latest;
        decision.authors = {body_};
        decision.decided_by = body_;
        into.push_back(std::move(decision));
      }
    }
  }

 private:
  [[nodiscard]] base::Instant end_of(base::Instant opened) const {
    return rule_.within ? adding_.after(opened, *rule_.within) : base::kAfterTime;
  }

  [[nodiscard]] bool is_carried(std::int64_t yes, std::int64_t no, bool has_run) const {
    const auto all = static_cast<std::int64_t>(members_.size());
    std::int64_t open = all - yes - no;
    if (has_run && rule_.silence != Decision::Silence::Unstated) {
      (rule_.silence == Decision::Silence::Consent ? yes : no) += open;
      open = 0;
    }
    switch (rule_.rule) {
      case Decision::Rule::Unstated:
        return false;
      case Decision::Rule::Unanimity:
        return yes == all;
      case Decision::Rule::Consensus:
        return no == 0 && yes >= rule_.quorum.value_or(all);
      case Decision::Rule::Majority:
        return yes + no >= rule_.quorum.value_or(all / 2 + 1) && yes > no + (has_run ? 0 : open);
    }
    return false;
  }

  static base::Instant moment_of(const Vote& vote, Taken taken) {
    const bool is_early = taken == Taken::Beginning || (taken == Taken::Soonest) == vote.is_for;
    return is_early ? vote.when.earliest : vote.when.latest;
  }

  // One sweep over the votes in the order in which they are taken to be cast.
  [[nodiscard]] base::Instant carried_at(const Round& round, base::Instant opened,
                                         Taken taken) const {
    const base::Instant end = end_of(opened);
    std::vector<std::pair<base::Instant, bool>> cast;
    for (const Vote& vote : round.votes) {
      const base::Instant at = moment_of(vote, taken);
      if (at <= end && at < base::kAfterTime) {
        cast.emplace_back(at, vote.is_for);
      }
    }
    std::sort(cast.begin(), cast.end());
    std::int64_t yes = 0;
    std::int64_t no = 0;
    for (std::size_t i = 0; i < cast.size(); ++i) {
      ++(cast[i].second ? yes : no);
      const bool is_moment_over = i + 1 == cast.size() || cast[i + 1].first > cast[i].first;
      if (is_moment_over && cast[i].first < end && is_carried(yes, no, false)) {
        return cast[i].first;
      }
    }
    if (end >= base::kAfterTime) {
      return base::kAfterTime;
    }
    const bool has_votes_at_end = !cast.empty() && cast.back().first == end;
    if (end <= now_) {
      return is_carried(yes, no, true) ? end : base::kAfterTime;
    }
    return has_votes_at_end && is_carried(yes, no, false) ? end : base::kAfterTime;
  }

  [[nodiscard]] MomentRange carried(const Round& round) const {
    if (!round.model) {
      return kNever;
    }
    const auto at = [&](base::Instant opened, Taken taken) {
      return carried_at(round, opened, taken);
    };
    return {std::min(at(round.opened.earliest, Taken::Soonest),
                     at(round.opened.latest, Taken::Soonest)),
            std::max(at(round.opened.earliest, Taken::Slowest),
                     at(round.opened.latest, Taken::Slowest))};
  }

  void take(const std::vector<InstitutionalRecord>& acts, std::size_t index, InstitutionalAct asked,
            MomentRange& notified, std::vector<Round>& rounds) const {
    const InstitutionalRecord& act = acts[index];
    const bool is_for = act.act == asked;
    if (!is_for && act.act == InstitutionalAct::Notify) {
      notified = {std::min(notified.earliest, act.first), std::min(notified.latest, act.last)};
      return;
    }
    if (is_for && !rounds.empty() && can_cast_ && act.authors == casters_ &&
        end_of(rounds.back().opened.earliest) < act.first &&
        carried(rounds.back()).latest >= base::kAfterTime) {
      rounds.back().casting.push_back(index);
      return;
    }
    std::vector<ActorId> voters;
    std::set_intersection(members_.begin(), members_.end(), act.authors.begin(), act.authors.end(),
                          std::back_inserter(voters));
    if (voters.empty()) {
      return;
    }
    const auto has_voted = [&](ActorId member) {
      const std::vector<Vote>& votes = rounds.back().votes;
      return std::any_of(votes.begin(), votes.end(),
                         [&](const Vote& vote) { return vote.member == member; });
    };
    const MomentRange when{act.first, act.last};
    if (rounds.empty() || (std::any_of(voters.begin(), voters.end(), has_voted) &&
                           is_closed(rounds.back(), act.first))) {
      rounds.emplace_back();
      rounds.back().opened = {std::min(notified.earliest, when.earliest),
                              std::min(notified.latest, when.latest)};
      notified = kNever;
    }
    for (const ActorId member : voters) {
      if (!has_voted(member)) {
        rounds.back().votes.push_back({member, is_for, when});
        if (is_for && !rounds.back().model) {
          rounds.back().model = index;
        }
      }
    }
  }

  [[nodiscard]] bool is_closed(const Round& round, base::Instant at) const {
    const base::Instant opened = round.opened.earliest;
    return end_of(opened) < at || carried_at(round, opened, Taken::Beginning) <= at;
  }

  // Where the body did not certainly decide, those may who decide then.
  [[nodiscard]] MomentRange outcome(const std::vector<InstitutionalRecord>& acts,
                                    const Round& round) const {
    MomentRange when = carried(round);
    if (when.latest < base::kAfterTime) {
      return when;
    }
    const base::Instant end = end_of(round.opened.earliest);
    const base::Instant last_end = end_of(round.opened.latest);
    for (const std::size_t index : round.casting) {
      const InstitutionalRecord& act = acts[index];
      if (act.last > end) {
        when.earliest = std::min(when.earliest, std::max(act.first, end));
      }
      if (act.first > last_end) {
        when.latest = std::min(when.latest, act.last);
      }
    }
    return when;
  }

  Adding adding_;
  const Decision& rule_;
  ActorId body_;
  base::Instant now_;
  std::vector<ActorId> members_;
  std::vector<ActorId> casters_;
  bool can_cast_ = false;
};

// How an act bears on what another asks: as an act of the same kind, as dissent, or as the notice
// that opens it.
enum class Bearing : std::uint8_t { None, Answer, Dissent, Notice };

Bearing bearing_of(const InstitutionalRecord& act, const Question& question,
                   const InstitutionalRecord& asking, const Question& asked) {
  const bool is_same = question == asked;
  if (is_same && act.act == asking.act) {
    return Bearing::Answer;
  }
  if (is_same && act.act == InstitutionalAct::Dissent) {
    return Bearing::Dissent;
  }
  const bool is_notice = act.act == InstitutionalAct::Notify &&
                         asking.act != InstitutionalAct::Notify && !act.authors.empty() &&
                         question.are_clauses_named && asked.are_clauses_named &&
                         question.clauses == asked.clauses;
  return is_notice ? Bearing::Notice : Bearing::None;
}

// Adds what one body decided, question by question.
void add_decisions_of(ActorId body, const Deciding& deciding,
                      const std::vector<InstitutionalRecord>& acts,
                      const std::vector<Question>& questions,
                      std::vector<InstitutionalRecord>& found) {
  std::vector<bool> is_done(acts.size(), false);
  for (std::size_t i = 0; i < acts.size(); ++i) {
    if (is_done[i] || !is_decidable(acts[i].act)) {
      continue;
    }
    std::vector<std::size_t> relevant;
    bool is_by_body = false;
    for (std::size_t j = 0; j < acts.size(); ++j) {
      const Bearing bearing = bearing_of(acts[j], questions[j], acts[i], questions[i]);
      if (bearing != Bearing::None) {
        relevant.push_back(j);
      }
      if (bearing == Bearing::Answer) {
        is_done[j] = true;
        is_by_body =
            is_by_body || std::binary_search(acts[j].authors.begin(), acts[j].authors.end(), body);
      }
    }
    if (!is_by_body) {
      deciding.decide(acts, relevant, acts[i].act, found);
    }
  }
}

}  // namespace

std::vector<InstitutionalRecord> decisions_of(const agreement::Agreement& agreement,
                                              base::Instant now,
                                              const std::vector<InstitutionalRecord>& acts) {
  std::vector<Question> questions;
  for (const InstitutionalRecord& act : acts) {
    questions.push_back(question_of(act));
  }
  std::vector<InstitutionalRecord> found;
  for (std::size_t actor = 0; actor < agreement.actors.size(); ++actor) {
    const auto body = base::id_at<ActorId>(actor);
    const Deciding deciding(agreement, body, now);
    if (deciding.has_rule()) {
      add_decisions_of(body, deciding, acts, questions, found);
    }
  }
  return found;
}

}  // namespace truce::monitor::internal
