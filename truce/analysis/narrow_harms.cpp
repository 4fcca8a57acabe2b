// SPDX-License-Identifier: Apache-2.0
// L01 and L02 by the solver: harm by narrower means, on narrower targets or in narrower places that
// no clause answers; and harm that breaks a clause where nobody who watches could have seen it.
#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include <fmt/format.h>

#include "truce/analysis/internal/act_query.h"
#include "truce/analysis/internal/eyes.h"
#include "truce/analysis/internal/replay.h"

namespace truce::analysis::internal {
namespace {

using agreement::Exception;
using smt::Term;

constexpr std::size_t kMaxReasons = 5;
// Parts by which a clause may miss an act of somebody whom it binds.
constexpr std::array<Part, 4> kReasons = {Part::Object, Part::Weapon, Part::Place, Part::Moment};

// What is the same for all who can do the harm in that way.
struct Way {
  std::string reason;
  std::string because;
  base::Instant at;
  std::vector<ClauseId> clauses;

  friend auto operator<=>(const Way&, const Way&) = default;
};

struct Doing {
  Actors doers;
  agreement::ScenarioEvent event;
  ClauseId nearest;
  const agreement::Particular* particular = nullptr;
  std::vector<Repair> repairs;
  // As Way has it in English.
  Wording because = {};
};

std::string text_of(const Choice& choice) {
  std::vector<std::string> words;
  for (const agreement::Noun& noun : choice.nouns.items) {
    words.push_back(noun.owner.empty()
                        ? noun.text
                        : noun.text.substr(0, noun.text.find(" of ")) + " of others");
  }
  return listed(words);
}

class NarrowHarm {
 public:
  NarrowHarm(Search& search, Matching& matching, const TriedHarm& tried)
      : search_(search),
        matching_(matching),
        tried_(tried),
        harm_(search.agreement().harms[tried.harm]),
        stage_(search.stage(*harm_.act.verb)) {
    for (const ClauseId id : search.draft.clauses()) {
      if (search.draft.is_prohibition(id) && !search.draft.is_asleep(id) &&
          matching.can_matter(*harm_.act.verb, id)) {
        clauses_.push_back(id);
      }
    }
  }

  void find_unanswered();
  // Each way in which the harm is a breach that nobody could have seen.
  void add_unseen(std::map<Way, std::vector<std::pair<std::string, Doing>>>& ways);

 private:
  [[nodiscard]] std::vector<base::Instant> moments() const;
  void find_unanswered(ActorId doer, std::map<Way, Doing>& ways);
  [[nodiscard]] std::pair<Way, Doing> way_of(ActQuery& query, const ActAt& act, ActorId doer) const;
  [[nodiscard]] ClauseId nearest_to(const ActQuery& query, const ActAt& act) const;
  [[nodiscard]] std::pair<std::string, Wording> words_of(const ActQuery& query, Part part,
                                                         const ActAt& act) const;
  void add_wider_means(const ActQuery& query, Doing& doing) const;
  Wording words_of_exception(const ActQuery& query, const ActAt& act, Doing& doing) const;
  [[nodiscard]] const agreement::Particular* excepting(const ActQuery& query, const ActAt& act,
                                                       ClauseId id) const;
  void tell(const Way& way, const Doing& doing);
  [[nodiscard]] Actors seeing(ClauseId id, ActorId doer) const;
  [[nodiscard]] std::vector<bool> watched(ClauseId id) const;
  [[nodiscard]] Wording why_unseen(ClauseId id, ActorId doer) const;
  void mismatch(Code code);

  Search& search_;
  Matching& matching_;
  const TriedHarm& tried_;
  const agreement::Harm& harm_;
  const Agreement& stage_;
  std::vector<ClauseId> clauses_;
};

// Inside the life of the harm, all moments at which what is in force may change.
std::vector<base::Instant> NarrowHarm::moments() const {
  std::vector<base::Instant> found = tried_.moments;
  for (const base::Instant at : changes_of(search_, matching_, clauses_)) {
    if (at >= tried_.moments.front() && (!tried_.end.has_value() || at < *tried_.end)) {
      found.push_back(at);
    }
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

const agreement::Particular* NarrowHarm::excepting(const ActQuery& query, const ActAt& act,
                                                   ClauseId id) const {
  for (const agreement::Particular& particular : search_.clause(id).particulars) {
    const auto* exception = std::get_if<Exception>(&particular.what);
    if (exception == nullptr || exception->what == Exception::What::InSituation) {
      continue;
    }
    Agreement without = stage_;
    auto& particulars = without.clauses[id.index].particulars;
    std::erase_if(particulars, [&](const auto& one) { return one.span == particular.span; });
    if (!play(without, {query.event(act)}).empty()) {
      return &particular;
    }
  }
  return nullptr;
}

// The clause that misses the act by the fewest parts.
ClauseId NarrowHarm::nearest_to(const ActQuery& query, const ActAt& act) const {
  ClauseId nearest = clauses_.front();
  std::size_t least = kParts;
  for (const ClauseId id : clauses_) {
    std::size_t count = query.is_missed(id, Part::Group, act) ? kParts : 0;
    for (const Part part : kReasons) {
      count += query.is_missed(id, part, act) ? 1 : 0;
    }
    if (count < least) {
      least = count;
      nearest = id;
    }
  }
  return nearest;
}

// How the clause misses the act by that part: the reason, and a sentence's end.
std::pair<std::string, Wording> NarrowHarm::words_of(const ActQuery& query, Part part,
                                                     const ActAt& act) const {
  switch (part) {
    case Part::Object:
      return {"object",
              say("does not protect {}", text_of(query.space().objects[act.pick.object]))};
    case Part::Weapon:
      return {"thing",
              say("does not speak of {}", text_of(query.space().weapons[act.pick.weapon]))};
    case Part::Place: {
      const auto place = query.space().places[act.pick.place];
      return {"place", place.has_value()
                           ? say("does not reach {}", search_.agreement().place(*place).name)
                           : say("does not reach where it is done")};
    }
    case Part::Moment:
      return {"time", say("is not in force then")};
    case Part::Group:
      break;
  }
  return {"actor", say("does not bind whoever does it")};
}

void NarrowHarm::add_wider_means(const ActQuery& query, Doing& doing) const {
  for (const agreement::Complement& complement : search_.clause(doing.nearest).act.complements) {
    if (complement.preposition == agreement::Preposition::With) {
      const std::string wider = text_of(query.space().weapons.front());
      doing.repairs.push_back(
          {say("in {} write `with {}`", search_.draft.number(doing.nearest), wider),
           {{complement.nouns.span, wider}}});
    }
  }
}

// No part misses it: an exception takes it away, or another clause lifts it.
Wording NarrowHarm::words_of_exception(const ActQuery& query, const ActAt& act,
                                       Doing& doing) const {
  doing.particular = excepting(query, act, doing.nearest);
  if (doing.particular == nullptr) {
    return say("is lifted by what another clause permits");
  }
  std::vector<Wording> nouns;
  for (const auto& noun : std::get<Exception>(doing.particular->what).nouns.items) {
    nouns.emplace_back(noun.text);
  }
  doing.repairs.push_back({say("take out the exception in {}", search_.draft.number(doing.nearest)),
                           {{doing.particular->span, ""}}});
  return say("excepts {}", Wording::all(std::move(nouns)));
}

std::pair<Way, Doing> NarrowHarm::way_of(ActQuery& query, const ActAt& act, ActorId doer) const {
  const ClauseId nearest = nearest_to(query, act);
  Way way{.reason = "exception", .because = {}, .at = query.at(act), .clauses = clauses_};
  Doing doing{.doers = {doer}, .event = query.event(act), .nearest = nearest, .repairs = {}};
  std::vector<Term> same;
  std::vector<Wording> texts;
  for (const Part part : kReasons) {
    if (!query.is_missed(nearest, part, act)) {
      continue;
    }
    auto [reason, words] = words_of(query, part, act);
    way.reason = texts.empty() ? reason : way.reason;
    texts.push_back(std::move(words));
    same.push_back(query.misses(nearest, part));
    if (part == Part::Weapon) {
      add_wider_means(query, doing);
    }
  }
  if (texts.empty()) {
    texts.push_back(words_of_exception(query, act, doing));
    // Whatever else falls under it goes unanswered for the same reason.
    same.push_back(query.terms().negation(query.is_act_of(nearest, Sureness::Possible)));
    for (const Part part : kReasons) {
      same.push_back(query.terms().negation(query.misses(nearest, part)));
    }
  }
  query.require(query.terms().negation(query.terms().all_of(same)));
  doing.because = say("{} {}", search_.draft.number(nearest), Wording::all(std::move(texts)));
  way.because = doing.because.english();
  return {std::move(way), std::move(doing)};
}

void NarrowHarm::mismatch(Code code) {
  search_.open.insert(code);
  search_.not_searched.push_back(fmt::format(
      "{} for {}: the solver shows a story that the replay does not confirm; this is a fault of "
      "the program and not of the text, nothing is reported, and --dump-smtlib keeps the question",
      info(code).id, harm_.name));
}

void NarrowHarm::find_unanswered(ActorId doer, std::map<Way, Doing>& ways) {
  ActQuery query(
      search_, matching_,
      narrowed(search_.draft, search_.choices, harm_.act, doer, ground_of(search_.draft)),
      moments(), clauses_, Code::L01,
      fmt::format("L01 {} by {}", harm_.name, search_.agreement().actor(doer).name));
  if (query.space().objects.empty()) {
    return;
  }
  for (const ClauseId id : clauses_) {
    query.require(query.terms().negation(query.breaks(id, Sureness::Possible)));
  }
  for (std::size_t count = 0; count < kMaxReasons; ++count) {
    const auto act = query.first_act();
    if (!act.has_value()) {
      return;
    }
    if (!play(stage_, {query.event(*act)}).empty()) {
      mismatch(Code::L01);
      return;
    }
    auto [way, doing] = way_of(query, *act, doer);
    const auto [place, is_new] = ways.try_emplace(std::move(way), std::move(doing));
    if (!is_new) {
      place->second.doers.push_back(doer);
    }
  }
  search_.open.insert(Code::L01);
}

void NarrowHarm::find_unanswered() {
  std::map<Way, Doing> ways;
  for (const ActorId doer : tried_.answered) {
    find_unanswered(doer, ways);
  }
  for (const auto& [way, doing] : ways) {
    tell(way, doing);
  }
}

void NarrowHarm::tell(const Way& way, const Doing& doing) {
  Finding finding{.code = Code::L01,
                  .key = search_.draft.names(doing.doers).english() + ": " + way.because,
                  .reason = way.reason};
  if (doing.particular != nullptr) {
    point_at(finding, search_.draft, doing.nearest, *doing.particular, "lets it go unanswered");
  } else {
    about(finding, search_.draft, doing.nearest, "does not reach it", true);
  }
  for (const ClauseId id : tried_.clauses) {
    if (id != doing.nearest) {
      about(finding, search_.draft, id, "nor does this", false);
    }
  }
  const Wording names = search_.draft.any_of(doing.doers);
  tell_of(finding, harm_.name,
          {.one = Pattern("{} by {} goes unanswered: {}"),
           .several = Pattern("{} by {} go unanswered: {}"),
           .values = {names, doing.because}});
  finding.scenario.push_back({doing.event.at, told(search_.agreement(), doing.event)});
  finding.outcome = say("Nobody is in breach: {}.", doing.because);
  finding.repairs = doing.repairs;
  search_.findings.push_back(std::move(finding));
}

// Observers of the clause who may see what `doer` does, and are not it.
Actors NarrowHarm::seeing(ClauseId id, ActorId doer) const {
  const Eyes eyes(search_.draft);
  Actors found = watchers(search_.draft, id);
  std::erase_if(found, [&](ActorId observer) {
    const agreement::Actor& actor = search_.agreement().actor(observer);
    const bool is_other = !actor.monitors.empty() && eyes.needs_eyes(harm_.act) &&
                          !eyes.is_listed(harm_.act, actor.monitors);
    Actors members;
    for (const agreement::Agent& agent : actor.members) {
      const Actors some = search_.agreement().resolve(agent, {});
      members.insert(members.end(), some.begin(), some.end());
    }
    const bool is_own = observer == doer || (!members.empty() && are_among(members, {doer}));
    return is_other || is_own;
  });
  return found;
}

std::vector<bool> NarrowHarm::watched(ClauseId id) const {
  std::vector<bool> found;
  for (const base::Instant at : moments()) {
    bool is_watched = false;
    for (const auto* monitored : search_.clause(id).find_all<agreement::Monitored>()) {
      const auto from = monitored->from.has_value()
                            ? search_.time.earliest(search_.time.moment(*monitored->from, false))
                            : std::nullopt;
      is_watched = is_watched || !from.has_value() || *from <= at;
    }
    found.push_back(is_watched);
  }
  return found;
}

Wording NarrowHarm::why_unseen(ClauseId id, ActorId doer) const {
  const std::string number = search_.draft.number(id);
  const Actors named = watchers(search_.draft, id);
  if (search_.clause(id).find<agreement::Monitored>() == nullptr) {
    return say("nobody is named to watch {}", number);
  }
  if (!named.empty() && are_among(named, {doer})) {
    return say("whoever does it is the one who watches {}", number);
  }
  return seeing(id, doer).empty() ? say("whoever watches {} watches other things", number)
                                  : say("{} is not watched yet", number);
}

void NarrowHarm::add_unseen(std::map<Way, std::vector<std::pair<std::string, Doing>>>& ways) {
  if (Eyes(search_.draft).is_own_access(harm_.act)) {
    return;
  }
  std::vector<std::vector<bool>> stretches;
  for (const ClauseId id : clauses_) {
    stretches.push_back(watched(id));
  }
  for (const ActorId doer : tried_.doers) {
    ActQuery query(
        search_, matching_,
        narrowed(search_.draft, search_.choices, harm_.act, doer, ground_of(search_.draft)),
        moments(), clauses_, Code::L02,
        fmt::format("L02 {} by {}", harm_.name, search_.agreement().actor(doer).name), stretches);
    if (query.space().objects.empty()) {
      continue;
    }
    std::vector<Term> any;
    for (std::size_t i = 0; i < clauses_.size(); ++i) {
      any.push_back(query.breaks(clauses_[i], Sureness::Certain));
      if (!seeing(clauses_[i], doer).empty()) {
        query.require(query.terms().negation(query.terms().all_of(
            {query.is_act_of(clauses_[i], Sureness::Possible), query.is_in_stretch(i)})));
      }
    }
    query.require(query.terms().any_of(any));
    const auto act = query.first_act();
    if (!act.has_value()) {
      continue;
    }
    Way way{.reason = {}, .because = {}, .at = query.at(*act), .clauses = {}};
    std::vector<Wording> reasons;
    for (const Answer& answer : play(stage_, {query.event(*act)})) {
      const bool is_new =
          std::find(way.clauses.begin(), way.clauses.end(), answer.clause) == way.clauses.end();
      if (answer.outcome == facts::Outcome::Broken && is_new) {
        way.clauses.push_back(answer.clause);
        reasons.push_back(why_unseen(answer.clause, doer));
      }
    }
    if (way.clauses.empty()) {
      mismatch(Code::L02);
      continue;
    }
    Wording because = Wording::all(std::move(reasons));
    way.because = because.english();
    auto& told = ways[way];
    const auto same = std::find_if(told.begin(), told.end(),
                                   [&](const auto& one) { return one.first == harm_.name; });
    if (same != told.end()) {
      same->second.doers.push_back(doer);
    } else {
      told.emplace_back(harm_.name, Doing{.doers = {doer},
                                          .event = query.event(*act),
                                          .nearest = way.clauses.front(),
                                          .repairs = {},
                                          .because = std::move(because)});
    }
  }
}

void tell_unseen(Search& search, const Way& way,
                 const std::vector<std::pair<std::string, Doing>>& doings) {
  Finding finding{.code = Code::L02};
  std::vector<Wording> harms;
  Actors doers;
  for (const auto& [harm, doing] : doings) {
    harms.emplace_back("`" + harm + "`");
    for (const ActorId doer : doing.doers) {
      if (!contains(doers, doer)) {
        doers.push_back(doer);
      }
    }
    finding.harms.push_back(harm);
  }
  std::sort(doers.begin(), doers.end());
  finding.key = way.because;
  for (const ClauseId id : way.clauses) {
    const auto* monitored = first_particular<agreement::Monitored>(search.clause(id));
    if (monitored != nullptr) {
      point_at(finding, search.draft, id, *monitored, "does not see it");
    } else {
      about(finding, search.draft, id, "is broken unseen", true);
    }
  }
  const Doing& first = doings.front().second;
  const bool is_one = harms.size() == 1;
  Wording which = Wording::all(std::move(harms));
  const Wording who = search.draft.any_of(doers);
  const Wording broken = search.draft.numbers(way.clauses);
  finding.message = is_one ? say("{} by {} breaks {}, and nobody could tell: {}", std::move(which),
                                 who, broken, first.because)
                           : say("{} by {} break {}, and nobody could tell: {}", std::move(which),
                                 who, broken, first.because);
  finding.scenario.push_back({first.event.at, told(search.agreement(), first.event)});
  finding.outcome =
      way.clauses.size() == 1
          ? say("{} is broken. Whoever says so is one side against another.", broken)
          : say("{} are broken. Whoever says so is one side against another.", broken);
  search.findings.push_back(std::move(finding));
}

}  // namespace

void find_narrow_harms(Search& search) {
  Matching& matching = search.matching;
  std::map<Way, std::vector<std::pair<std::string, Doing>>> ways;
  search.asked.insert({Code::L01, Code::L02});
  for (const TriedHarm& tried : search.tried) {
    if (tried.moments.empty()) {
      continue;
    }
    NarrowHarm harm(search, matching, tried);
    harm.find_unanswered();
    harm.add_unseen(ways);
  }
  for (const auto& [way, doings] : ways) {
    tell_unseen(search, way, doings);
  }
}

}  // namespace truce::analysis::internal
