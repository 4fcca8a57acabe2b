// SPDX-License-Identifier: Apache-2.0
// L01 and L03: harm for which nobody is in breach, found by playing it and shown as it was played.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "truce/analysis/internal/replay.h"
#include "truce/analysis/internal/search.h"
#include "truce/facts/match.h"

namespace truce::analysis::internal {
namespace {

using agreement::Act;
using agreement::Actor;
using agreement::Noun;
using facts::Truth;

// When a prohibition can be in force, renewals apart.
struct Window {
  ClauseId clause;
  // Empty: from the beginning, or without end.
  std::optional<base::Instant> start;
  std::optional<base::Instant> end;
};

// A stretch of the life of the harm with no prohibition in force.
struct Lapse {
  Window before;
  Window after;
};

// When those who are bound otherwise may do the harm, and to which target; empty: to any.
struct Gap {
  base::Instant at;
  std::string target;

  auto operator<=>(const Gap&) const = default;
};

// Who falls through a gap, and an unanswered act of each.
struct Hole {
  Actors actors;
  std::vector<agreement::ScenarioEvent> events;
};

// One harm with what the draft sets against it.
class HarmSearch {
 public:
  HarmSearch(Search& search, std::size_t number)
      : HarmSearch(search, search.agreement().harms[number]) {
    number_ = number;
  }
  void run();

 private:
  HarmSearch(Search& search, const agreement::Harm& harm)
      : search_(search),
        agreement_(search.agreement()),
        harm_(harm),
        stage_(search.stage(*harm.act.verb)) {
    for (const ClauseId id : search.draft.clauses()) {
      if (search.draft.is_prohibition(id) && !search.draft.is_asleep(id) && reaches(id)) {
        windows_.push_back(window_of(id));
      }
    }
    std::sort(windows_.begin(), windows_.end(), [](const Window& a, const Window& b) {
      return std::pair(a.start.value_or(base::kBeforeTime), a.clause) <
             std::pair(b.start.value_or(base::kBeforeTime), b.clause);
    });
  }

  [[nodiscard]] bool reaches(ClauseId id) const;
  [[nodiscard]] bool may_match(const agreement::Nouns& harmed, const agreement::Nouns& forbidden,
                               ActorId bearer, agreement::Preposition preposition) const;
  [[nodiscard]] Window window_of(ClauseId id) const;
  [[nodiscard]] std::vector<Lapse> lapses() const;
  [[nodiscard]] std::optional<base::Instant> life_start() const;
  [[nodiscard]] std::optional<base::Instant> life_end() const;
  [[nodiscard]] std::vector<base::Instant> instants() const;
  [[nodiscard]] std::vector<Noun> targets(ActorId actor) const;
  [[nodiscard]] agreement::ScenarioEvent event(ActorId actor, const Noun& target,
                                               base::Instant at) const;
  // An event of that actor, at one of these instants, for which nobody is in breach.
  [[nodiscard]] std::optional<agreement::ScenarioEvent> unanswered(
      ActorId actor, const std::vector<base::Instant>& at) const;
  [[nodiscard]] bool is_answered(ActorId actor, const Noun& target, base::Instant at) const;
  [[nodiscard]] Actors doers() const;
  [[nodiscard]] Wording renewal_words(ClauseId id) const;
  [[nodiscard]] ClauseId nearest() const { return windows_.front().clause; }

  void tell_lapse(const Lapse& lapse);
  void find_unbound(const Actors& doers);
  void tell_unbound(const Actors& unbound, Actor::Role role);
  void add_holes(ActorId actor, std::map<Gap, Hole>& holes) const;
  void find_partly_bound(const Actors& doers);
  void tell_hole(const Gap& gap, const Hole& hole);
  void find_after_the_end(const Actors& doers);
  void find_pretexts();
  void tell_pretext(ClauseId id, const agreement::Particular& particular);
  void add_scenario(Finding& finding, const std::vector<agreement::ScenarioEvent>& events);
  void note_tried(const Actors& doers);

  Search& search_;
  const Agreement& agreement_;
  const agreement::Harm& harm_;
  std::size_t number_ = 0;
  // The draft without what cannot matter to such an act.
  const Agreement& stage_;
  std::vector<Window> windows_;
  mutable std::map<std::tuple<ActorId, std::string, base::Instant>, bool> answered_;
};

bool HarmSearch::may_match(const agreement::Nouns& harmed, const agreement::Nouns& forbidden,
                           ActorId bearer, agreement::Preposition preposition) const {
  if (harmed.empty() || forbidden.empty()) {
    return true;
  }
  return std::any_of(harmed.items.begin(), harmed.items.end(), [&](const Noun& noun) {
    std::vector<facts::Value> values;
    if (noun.head == Noun::Head::Kind) {
      facts::Value& value = values.emplace_back();
      value.head = facts::Value::Head::Kind;
      value.kind = noun.kind;
    } else if (noun.head == Noun::Head::Agent) {
      for (const ActorId actor : agreement_.resolve(noun.agent, bearer)) {
        facts::Value& value = values.emplace_back();
        value.head = facts::Value::Head::Actor;
        value.actor = actor;
      }
    } else {
      return true;
    }
    return std::any_of(values.begin(), values.end(), [&](const facts::Value& value) {
      return std::any_of(forbidden.items.begin(), forbidden.items.end(), [&](const Noun& other) {
        return facts::match(agreement_, value, other, bearer, *harm_.act.verb, preposition) !=
               Truth::No;
      });
    });
  });
}

// Whether some act is both the harm and what the clause forbids, whoever does it and when.
bool HarmSearch::reaches(ClauseId id) const {
  const Act& act = search_.clause(id).act;
  if (!act.verb.has_value() || !harm_.act.verb.has_value() ||
      !facts::is_or_implies(agreement_, *harm_.act.verb, *act.verb)) {
    return false;
  }
  const Actors bearers = search_.draft.bearers(id);
  return std::any_of(bearers.begin(), bearers.end(), [&](ActorId bearer) {
    if (!may_match(harm_.act.object, act.object, bearer, agreement::Preposition::Object)) {
      return false;
    }
    for (const agreement::Complement& complement : act.complements) {
      const auto own =
          std::find_if(harm_.act.complements.begin(), harm_.act.complements.end(),
                       [&](const auto& one) { return one.preposition == complement.preposition; });
      if (own != harm_.act.complements.end() &&
          !may_match(own->nouns, complement.nouns, bearer, complement.preposition)) {
        return false;
      }
    }
    return true;
  });
}

Window HarmSearch::window_of(ClauseId id) const {
  Window window{.clause = id, .start = search_.time.earliest(search_.time.begins(id)), .end = {}};
  if (const auto end = search_.time.ends(id)) {
    window.end = search_.time.latest(*end);
  }
  return window;
}

std::vector<Lapse> HarmSearch::lapses() const {
  std::vector<Lapse> found;
  const Window* last = nullptr;
  for (const Window& window : windows_) {
    if (last != nullptr && last->end.has_value() && window.start.has_value() &&
        *last->end < *window.start) {
      found.push_back({*last, window});
    }
    if (last == nullptr ||
        (last->end.has_value() && (!window.end.has_value() || *last->end < *window.end))) {
      last = &window;
    }
  }
  return found;
}

std::optional<base::Instant> HarmSearch::life_start() const {
  return windows_.empty() ? std::nullopt : windows_.front().start;
}

std::optional<base::Instant> HarmSearch::life_end() const {
  base::Instant end = base::kBeforeTime;
  for (const Window& window : windows_) {
    if (!window.end.has_value()) {
      return std::nullopt;
    }
    end = std::max(end, *window.end);
  }
  return end;
}

// The moments inside the life of the harm at which what is in force changes.
std::vector<base::Instant> HarmSearch::instants() const {
  std::vector<base::Instant> found;
  for (const Window& window : windows_) {
    found.push_back(window.start.value_or(base::kBeforeTime));
    if (window.end.has_value()) {
      found.push_back(*window.end);
    }
  }
  const auto end = life_end();
  std::erase_if(found, [&](base::Instant at) {
    return at == base::kBeforeTime || (end.has_value() && at >= *end);
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<Noun> HarmSearch::targets(ActorId actor) const {
  std::vector<Noun> found;
  std::vector<Noun> own;
  for (const Noun& noun : harm_.act.object.items) {
    if (noun.head != Noun::Head::Agent) {
      found.push_back(noun);
      continue;
    }
    for (const ActorId target : agreement_.resolve(noun.agent, actor)) {
      const bool is_own = contains(agreement_.actor(actor).ensures, target);
      if (target != actor) {
        (is_own ? own : found).push_back(noun_of(agreement_, target));
      }
    }
  }
  // Those whose compliance one ensures are struck last.
  found.insert(found.end(), own.begin(), own.end());
  return found;
}

agreement::ScenarioEvent HarmSearch::event(ActorId actor, const Noun& target,
                                           base::Instant at) const {
  Act act = harm_.act;
  act.object.items = {target};
  if (!has_place(act)) {
    if (const auto ground = ground_of(search_.draft)) {
      put_in(agreement_, act, *ground);
    }
  }
  return event_of(agreement_, {actor}, act, at);
}

bool HarmSearch::is_answered(ActorId actor, const Noun& target, base::Instant at) const {
  const auto [place, is_new] = answered_.try_emplace({actor, target.text, at});
  if (is_new) {
    place->second = !play(stage_, {event(actor, target, at)}).empty();
  }
  return place->second;
}

std::optional<agreement::ScenarioEvent> HarmSearch::unanswered(
    ActorId actor, const std::vector<base::Instant>& at) const {
  for (const base::Instant instant : at) {
    for (const Noun& target : targets(actor)) {
      if (!is_answered(actor, target, instant)) {
        return event(actor, target, instant);
      }
    }
  }
  return std::nullopt;
}

// Those named whose acts the harm speaks of and the text could bind. Bodies and listed outsiders
// are left out: no clause of a truce binds them.
Actors HarmSearch::doers() const {
  Actors actors;
  for (std::size_t i = 0; i < agreement_.actors.size(); ++i) {
    const auto id = base::id_at<ActorId>(i);
    const Actor::Role role = agreement_.actors[i].role;
    bool is_meant = harm_.subject.is_anyone;
    for (const agreement::Agent& agent : harm_.subject.agents) {
      is_meant = is_meant || contains(agreement_.resolve(agent, {}), id);
    }
    if (is_meant && (role == Actor::Role::Party || role == Actor::Role::Guarantor ||
                     (role == Actor::Role::Other && agreement_.actors[i].span.end > 0))) {
      actors.push_back(id);
    }
  }
  return actors;
}

void HarmSearch::add_scenario(Finding& finding,
                              const std::vector<agreement::ScenarioEvent>& events) {
  for (const agreement::ScenarioEvent& event : events) {
    finding.scenario.push_back({event.at, told(agreement_, event)});
  }
}

Wording HarmSearch::renewal_words(ClauseId id) const {
  const Clause& clause = search_.clause(id);
  const auto ids = search_.draft.clauses();
  const bool has_power = std::any_of(ids.begin(), ids.end(), [&](ClauseId other) {
    const Clause& power = search_.clause(other);
    return power.form == agreement::Form::Power &&
           power.power.verb == agreement::PowerVerb::Extend &&
           std::any_of(power.power.clauses.begin(), power.power.clauses.end(),
                       [&](const auto& ref) { return ref.clause == id; });
  });
  if (clause.find<agreement::Renewable>() == nullptr && !has_power) {
    return {};
  }
  return say("{} can be renewed: that is a power, which nobody need use, and no duty",
             clause.number);
}

void HarmSearch::tell_lapse(const Lapse& lapse) {
  const ClauseId before = lapse.before.clause;
  const ClauseId after = lapse.after.clause;
  Finding finding{.code = Code::L03};
  const Clause& ending = search_.clause(before);
  const auto* end = first_particular<agreement::Until>(ending);
  end = end == nullptr ? first_particular<agreement::For>(ending) : end;
  point_at(finding, search_.draft, before, *end, "ends here");
  const auto* from = first_particular<agreement::From>(search_.clause(after));
  if (from != nullptr) {
    point_at(finding, search_.draft, after, *from, "begins again only here");
  } else {
    about(finding, search_.draft, after, "begins again only later", true);
  }
  const auto hours = [&](base::Instant at) {
    return std::to_string((at.seconds - life_start().value_or(at).seconds) / 3600);
  };
  const std::string next = search_.draft.number(after);
  const std::string first_hour = hours(*lapse.before.end);
  const std::string last_hour = hours(*lapse.after.start);
  tell_of(
      finding, harm_.name,
      {.one = Pattern("from hour {} to hour {} no clause forbids what {} names: {} is over and {} "
                      "has not begun"),
       .several = Pattern("from hour {} to hour {} no clause forbids what {} name: {} is over and "
                          "{} has not begun"),
       .values = {first_hour, last_hour, ending.number, next},
       .place = 2});
  if (const Wording words = renewal_words(before); !words.empty()) {
    finding.notes.push_back(words);
  }
  const auto story = [&]() -> std::optional<agreement::ScenarioEvent> {
    for (const ActorId actor : search_.draft.bearers(before)) {
      if (auto event = unanswered(actor, {*lapse.before.end})) {
        return event;
      }
    }
    return std::nullopt;
  }();
  if (!story.has_value()) {
    search_.not_searched.push_back(fmt::format(
        "TR-L03 for {}: the temporal network shows a lapse after {} that the replay does not "
        "confirm; this is a fault of the program and not of the text, and nothing is reported",
        harm_.name, ending.number));
    return;
  }
  add_scenario(finding, {*story});
  finding.outcome = say("Nobody is in breach: {} ended on {}, and {} begins on {}.", ending.number,
                        search_.draft.at(*lapse.before.end), search_.draft.number(after),
                        search_.draft.at(*lapse.after.start));
  if (from != nullptr) {
    const std::string& moment = std::get<agreement::From>(from->what).at.text;
    finding.repairs.push_back({say("let {} last until then: `until {}`", ending.number, moment),
                               {{end->span, "until " + moment}}});
    if (const auto* begins = ending.find<agreement::From>()) {
      finding.repairs.push_back({say("let {} begin with {}: `from {}`", search_.draft.number(after),
                                     ending.number, begins->at.text),
                                 {{from->span, "from " + begins->at.text}}});
    }
  }
  search_.findings.push_back(std::move(finding));
}

// Those whom no clause binds at any time, guarantors and others apart.
void HarmSearch::find_unbound(const Actors& doers) {
  std::map<Actor::Role, Actors> unbound;
  for (const ActorId actor : doers) {
    bool is_bound = false;
    for (const base::Instant at : instants()) {
      for (const Noun& target : targets(actor)) {
        is_bound = is_bound || is_answered(actor, target, at);
      }
    }
    if (!is_bound && !targets(actor).empty()) {
      unbound[agreement_.actor(actor).role].push_back(actor);
    }
  }
  for (const auto& [role, actors] : unbound) {
    tell_unbound(actors, role);
  }
}

void HarmSearch::tell_unbound(const Actors& unbound, Actor::Role role) {
  Finding finding{.code = Code::L01, .reason = "actor"};
  const ClauseId id = nearest();
  about(finding, search_.draft, id, "", true);
  finding.span = search_.clause(id).subject.span;
  finding.labels = {{finding.span,
                     fmt::format("does not bind {}", search_.draft.any_of(unbound).english()),
                     true}};
  for (const ActorId actor : unbound) {
    finding.labels.push_back({agreement_.actor(actor).span, "bound by nothing here", false});
  }
  for (const Window& window : windows_) {
    if (window.clause != id) {
      about(finding, search_.draft, window.clause, "nor does this", false);
    }
  }
  const Wording names = search_.draft.any_of(unbound);
  const bool is_one = unbound.size() == 1;
  tell_of(
      finding, harm_.name,
      {.one = is_one ? Pattern("{} by {} goes unanswered: no clause that forbids it binds this one")
                     : Pattern("{} by {} goes unanswered: no clause that forbids it binds them"),
       .several =
           is_one
               ? Pattern("{} by {} go unanswered: no clause that forbids such acts binds this one")
               : Pattern("{} by {} go unanswered: no clause that forbids such acts binds them"),
       .values = {names}});
  // Where there are two, each is shown striking, so that no side is always the one who suffers.
  std::vector<agreement::ScenarioEvent> events;
  for (const ActorId actor : unbound) {
    if (events.size() < 2) {
      if (auto event = unanswered(actor, {instants().front()})) {
        events.push_back(std::move(*event));
      }
    }
  }
  add_scenario(finding, events);
  std::vector<Wording> reasons;
  for (const Window& window : windows_) {
    reasons.push_back(say("{} binds {}", search_.draft.number(window.clause),
                          search_.draft.names(search_.draft.bearers(window.clause))));
  }
  finding.outcome = say("Nobody is in breach: {}.", Wording::all(std::move(reasons)));
  if (role == Actor::Role::Guarantor) {
    finding.notes.push_back(
        say("to ensure the compliance of a side does not bind the guarantor's own forces"));
  }
  finding.key = search_.draft.names(unbound).english();
  const auto& agents = search_.clause(id).subject.agents;
  if (agents.size() == 1 && agents[0].who == agreement::Agent::Who::EachParty) {
    Actors bound = search_.draft.bearers(id);
    bound.insert(bound.end(), unbound.begin(), unbound.end());
    const std::string subject = search_.draft.names(bound).english() + " each";
    finding.repairs.push_back(
        {say("in {} bind them too: `{} shall not …`", search_.draft.number(id), subject),
         {{search_.clause(id).subject.span, subject}}});
  }
  search_.findings.push_back(std::move(finding));
}

// What an actor who is bound may do all the same.
void HarmSearch::add_holes(ActorId actor, std::map<Gap, Hole>& holes) const {
  std::map<base::Instant, std::vector<const Noun*>> open;
  const std::vector<Noun> all = targets(actor);
  bool is_bound = false;
  for (const base::Instant at : instants()) {
    for (const Noun& target : all) {
      if (is_answered(actor, target, at)) {
        is_bound = true;
      } else {
        open[at].push_back(&target);
      }
    }
  }
  if (!is_bound) {
    return;
  }
  for (const auto& [at, struck] : open) {
    for (const Noun* target : struck) {
      // At that time for every target, or at that time for this one alone.
      Hole& hole = holes[{at, struck.size() == all.size() ? std::string() : target->text}];
      if (!contains(hole.actors, actor)) {
        hole.actors.push_back(actor);
        hole.events.push_back(event(actor, *target, at));
      }
    }
  }
}

// Those who are bound, and not always or not whatever they strike.
void HarmSearch::find_partly_bound(const Actors& doers) {
  std::map<Gap, Hole> holes;
  for (const ActorId actor : doers) {
    add_holes(actor, holes);
  }
  for (const auto& [gap, hole] : holes) {
    tell_hole(gap, hole);
  }
}

void HarmSearch::tell_hole(const Gap& gap, const Hole& hole) {
  const bool is_of_time = gap.target.empty();
  Finding finding{.code = Code::L01, .reason = is_of_time ? "time" : "object"};
  for (const Window& window : windows_) {
    about(finding, search_.draft, window.clause, "does not reach it", true);
  }
  const Wording names = search_.draft.any_of(hole.actors);
  const Wording since = search_.draft.at(gap.at);
  tell_of(
      finding, harm_.name,
      is_of_time
          ? HarmWords{.one = Pattern("{} by {} goes unanswered from {}"),
                      .several = Pattern("{} by {} go unanswered from {}"),
                      .values = {names, since}}
          : HarmWords{.one = Pattern("{} by {} goes unanswered with {} as its target, from {}"),
                      .several = Pattern("{} by {} go unanswered with {} as its target, from {}"),
                      .values = {names, gap.target, since}});
  finding.key = search_.draft.names(hole.actors).english() + gap.target;
  add_scenario(finding, {hole.events.front()});
  finding.outcome = say("Nobody is in breach.");
  search_.findings.push_back(std::move(finding));
}

// The agreement goes on, and what forbade the harm is over.
void HarmSearch::find_after_the_end(const Actors& doers) {
  const auto end = life_end();
  if (!end.has_value()) {
    return;
  }
  std::vector<ClauseId> later;
  for (const ClauseId id : search_.draft.clauses()) {
    const Clause& clause = search_.clause(id);
    const bool goes_on = search_.draft.is_prohibition(id) || search_.draft.is_duty(id);
    const auto begins = search_.time.earliest(search_.time.begins(id));
    const auto stops = search_.time.ends(id);
    const bool ends_before = stops.has_value() && search_.time.latest(*stops).has_value() &&
                             *search_.time.latest(*stops) <= *end;
    const bool is_timed =
        search_.draft.is_prohibition(id) || (begins.has_value() && *begins >= *end);
    if (goes_on && begins.has_value() && !ends_before && is_timed &&
        clause.find<agreement::From>() != nullptr) {
      later.push_back(id);
    }
  }
  const auto story = [&]() -> std::optional<agreement::ScenarioEvent> {
    for (const ActorId actor : doers) {
      if (agreement_.actor(actor).role == Actor::Role::Party) {
        if (auto event = unanswered(actor, {*end})) {
          return event;
        }
      }
    }
    return std::nullopt;
  }();
  if (later.empty() || !story.has_value()) {
    return;
  }
  const ClauseId last =
      std::max_element(windows_.begin(), windows_.end(), [](const Window& a, const Window& b) {
        return a.end < b.end;
      })->clause;
  Finding finding{.code = Code::L01, .reason = "time"};
  const Clause& ending = search_.clause(last);
  const auto* stop = first_particular<agreement::Until>(ending);
  stop = stop == nullptr ? first_particular<agreement::For>(ending) : stop;
  point_at(finding, search_.draft, last, *stop, "nothing forbids it after this");
  finding.labels.push_back(
      {search_.clause(later.front()).number_span, "while this goes on", false});
  const auto start = life_start();
  const Wording since =
      start.has_value()
          ? say("after hour {}", std::to_string((end->seconds - start->seconds) / 3600))
          : say("after {}", search_.draft.at(*end));
  const Wording meanwhile = later.size() == 1
                                ? say("while {} goes on", search_.draft.numbers(later))
                                : say("while {} go on", search_.draft.numbers(later));
  tell_of(finding, harm_.name,
          {.one = Pattern("{} goes unanswered {}, {}"),
           .several = Pattern("{} go unanswered {}, {}"),
           .values = {since, meanwhile}});
  add_scenario(finding, {*story});
  finding.outcome =
      say("Nobody is in breach: {} ended on {}.", ending.number, search_.draft.at(*end));
  if (const Wording words = renewal_words(last); !words.empty()) {
    finding.notes.push_back(words);
  }
  finding.repairs.push_back(
      {say("let {} last until it is ended: take out its end", ending.number), {{stop->span, ""}}});
  search_.findings.push_back(std::move(finding));
}

// Whether these name one of the outsiders, or something of theirs.
bool names_any(const agreement::Nouns& nouns, const agreement::Nouns& outsiders) {
  return std::any_of(nouns.items.begin(), nouns.items.end(), [&](const Noun& noun) {
    const Noun& whose = noun.owner.empty() ? noun : noun.owner[0];
    return whose.head == Noun::Head::Agent &&
           std::any_of(outsiders.items.begin(), outsiders.items.end(), [&](const Noun& outsider) {
             return whose.agent.actor == outsider.agent.actor;
           });
  });
}

// Whether the clause is a duty to tell the outsiders from the others.
bool tells_apart(const Agreement& agreement, const Clause& clause,
                 const agreement::Nouns& outsiders) {
  if (clause.form != agreement::Form::Duty || !clause.act.verb.has_value()) {
    return false;
  }
  const std::string& verb = agreement.verb(*clause.act.verb).name;
  if (verb != "separate" && verb != "delineate") {
    return false;
  }
  const auto& complements = clause.act.complements;
  return names_any(clause.act.object, outsiders) ||
         std::any_of(complements.begin(), complements.end(),
                     [&](const auto& one) { return names_any(one.nouns, outsiders); });
}

// Whether somebody must tell the outsiders from the others before the prohibition begins.
bool is_told_apart(Search& search, ClauseId id, const agreement::Nouns& outsiders) {
  for (const ClauseId other : search.draft.clauses()) {
    if (!tells_apart(search.agreement(), search.clause(other), outsiders)) {
      continue;
    }
    for (const auto& [deadline, particular] : search.time.deadlines(other)) {
      const auto room = search.time.least_between(deadline, search.time.begins(id));
      if (room.has_value() && *room >= 0) {
        return true;
      }
    }
  }
  return false;
}

void HarmSearch::find_pretexts() {
  for (const Window& window : windows_) {
    const Clause& clause = search_.clause(window.clause);
    for (const agreement::Particular& particular : clause.particulars) {
      const auto* exception = std::get_if<agreement::Exception>(&particular.what);
      const bool is_against =
          exception != nullptr && exception->what == agreement::Exception::What::Against;
      const bool is_of_outsiders =
          is_against && !exception->nouns.empty() &&
          std::all_of(exception->nouns.items.begin(), exception->nouns.items.end(),
                      [&](const Noun& noun) {
                        return noun.head == Noun::Head::Agent &&
                               noun.agent.who == agreement::Agent::Who::Actor &&
                               agreement_.actor(noun.agent.actor).role == Actor::Role::Outsider;
                      });
      if (is_of_outsiders && !is_told_apart(search_, window.clause, exception->nouns)) {
        tell_pretext(window.clause, particular);
      }
    }
  }
}

void HarmSearch::tell_pretext(ClauseId id, const agreement::Particular& particular) {
  const auto& exception = std::get<agreement::Exception>(particular.what);
  const Actors bearers = search_.draft.bearers(id);
  const auto at = instants();
  if (bearers.size() < 2 || at.empty()) {
    return;
  }
  const std::vector<Noun> struck = targets(bearers[0]);
  if (struck.empty()) {
    return;
  }
  // Two accounts of one strike: for one it hit the listed group, for the other whom it is not to
  // hit.
  agreement::ScenarioEvent one = event(bearers[0], exception.nouns.items.back(), at.front());
  agreement::ScenarioEvent other = event(bearers[0], struck.front(), at.front());
  one.according_to = noun_of(agreement_, bearers[0]).agent;
  other.according_to = noun_of(agreement_, bearers[1]).agent;
  const auto answers = play(stage_, {one, other});
  const bool is_contested = std::any_of(answers.begin(), answers.end(), [&](const Answer& answer) {
    return answer.clause == id && answer.outcome == facts::Outcome::Contested;
  });
  const bool is_broken = std::any_of(answers.begin(), answers.end(), [&](const Answer& answer) {
    return answer.outcome == facts::Outcome::Broken;
  });
  if (!is_contested || is_broken) {
    return;
  }
  Finding finding{.code = Code::L01, .reason = "exception"};
  point_at(finding, search_.draft, id, particular, "and nothing says where they are");
  std::vector<Wording> names;
  for (const Noun& noun : exception.nouns.items) {
    names.emplace_back(noun.text);
    finding.labels.push_back({agreement_.actor(noun.agent.actor).span, "listed", false});
  }
  finding.key = Wording::all(names).english();
  const Pattern how =
      Pattern("{} can pass for an attack on {}: nobody must tell them apart before {} begins");
  tell_of(finding, harm_.name,
          {.one = how,
           .several = how,
           .values = {Wording::either(std::move(names)), search_.draft.number(id)}});
  add_scenario(finding, {one, other});
  finding.outcome =
      say("{} is contested: broken by one account, kept by the other.", search_.draft.number(id));
  search_.findings.push_back(std::move(finding));
}

void HarmSearch::note_tried(const Actors& doers) {
  TriedHarm tried{.harm = number_,
                  .clauses = {},
                  .moments = instants(),
                  .end = life_end(),
                  .doers = doers,
                  .answered = {}};
  for (const Window& window : windows_) {
    tried.clauses.push_back(window.clause);
  }
  for (const ActorId actor : doers) {
    if (!targets(actor).empty() && !unanswered(actor, tried.moments).has_value()) {
      tried.answered.push_back(actor);
    }
  }
  search_.tried.push_back(std::move(tried));
}

void HarmSearch::run() {
  const Actors doers = this->doers();
  if (windows_.empty()) {
    Finding finding{.code = Code::L01, .reason = "object"};
    finding.span = harm_.span;
    finding.labels = {{harm_.span, "no clause speaks of this", true}};
    const Pattern what = Pattern("no clause forbids {} to anybody");
    tell_of(finding, harm_.name, {.one = what, .several = what});
    finding.outcome = say("Whoever does it, nobody is in breach.");
    search_.findings.push_back(std::move(finding));
    return;
  }
  if (instants().empty()) {
    search_.not_searched.push_back(fmt::format("TR-L01 for {}: {} has no beginning by the calendar",
                                               harm_.name, search_.draft.number(nearest())));
    return;
  }
  const std::vector<Lapse> found = lapses();
  for (const Lapse& lapse : found) {
    tell_lapse(lapse);
  }
  if (!found.empty()) {
    // While anybody may do it for a time, who else may is told once that is mended.
    search_.not_searched.push_back(
        fmt::format("TR-L01 for {} until its lapse (TR-L03) is mended", harm_.name));
    return;
  }
  find_unbound(doers);
  find_partly_bound(doers);
  find_after_the_end(doers);
  find_pretexts();
  note_tried(doers);
}

}  // namespace

void find_harms(Search& search) {
  for (std::size_t i = 0; i < search.agreement().harms.size(); ++i) {
    const Act& act = search.agreement().harms[i].act;
    if (act.verb.has_value() && !act.object.empty()) {
      HarmSearch(search, i).run();
    }
  }
}

}  // namespace truce::analysis::internal
