// SPDX-License-Identifier: Apache-2.0
#include "truce/comparison/internal/wording.h"

#include <algorithm>
#include <map>
#include <memory>
#include <variant>
#include <vector>

#include <fmt/format.h>

namespace truce::comparison::internal {
namespace {

using agreement::Agent;
using agreement::MomentExpression;
using agreement::Noun;
using agreement::PlaceTerm;

// A term may be defined by another one; a circle of definitions ends here.
constexpr int kMaxDepth = 12;

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) {
    text += text.empty() ? part : "," + part;
  }
  return "{" + text + "}";
}

std::string sorted(std::vector<std::string> parts) {
  std::sort(parts.begin(), parts.end());
  return joined(parts);
}

std::string words(const agreement::Period& period) {
  return fmt::format("{}s{}d{}m{}", period.seconds, period.days, period.months,
                     static_cast<int>(period.rounding));
}

std::string words(const std::optional<agreement::Period>& period) {
  return period.has_value() ? words(*period) : "-";
}

std::string words(const std::optional<agreement::MeasureTest>& test) {
  return test.has_value() ? fmt::format("[{} {} {} {}]", test->measure,
                                        static_cast<int>(test->comparison), test->value, test->unit)
                          : std::string();
}

std::string words(const std::optional<agreement::Nearness>& near) {
  if (!near.has_value()) {
    return "-";
  }
  return near->within.has_value() ? fmt::format("near {}", near->within->value) : "same place";
}

}  // namespace

std::string annex_key(const PlaceTerm& term) {
  constexpr std::string_view kShapes[] = {"area", "line", "point"};
  return fmt::format("{} {}", term.annex, kShapes[static_cast<std::size_t>(term.shape)]);
}

// Writes one phrase after the other; definitions are written where they are used.
class Writer {
 public:
  Writer(const Words& words, const Reference* reference, int depth)
      : words_(words), agreement_(words.agreement_), reference_(reference), depth_(depth) {}

  [[nodiscard]] std::string refs(const std::vector<agreement::ClauseRef>& refs) const {
    std::vector<std::string> parts;
    for (const agreement::ClauseRef& ref : refs) {
      parts.push_back(clause(ref.clause));
    }
    return sorted(std::move(parts));
  }
  [[nodiscard]] std::string clause(ClauseId id) const {
    return reference_ == nullptr ? "#" : (*reference_)(id);
  }

  [[nodiscard]] std::string agent(const Agent& agent) const {
    switch (agent.who) {
      case Agent::Who::Actor:
        return agreement_.actor(agent.actor).name;
      case Agent::Who::Undefined:
        return "?" + agent.text;
      default:
        return fmt::format("<{}>", static_cast<int>(agent.who));
    }
  }
  [[nodiscard]] std::string agents(const std::vector<Agent>& agents) const {
    std::vector<std::string> parts;
    std::transform(agents.begin(), agents.end(), std::back_inserter(parts),
                   [&](const Agent& one) { return agent(one); });
    return sorted(std::move(parts));
  }
  [[nodiscard]] std::string subject(const agreement::Subject& subject) const {
    const bool is_one = subject.agents.size() == 1 && subject.agents[0].who == Agent::Who::Actor;
    return fmt::format("{}{}{}{}", subject.is_no_one, subject.is_anyone,
                       is_one ? 0 : static_cast<int>(subject.mode), agents(subject.agents));
  }

  [[nodiscard]] std::string noun(const Noun& noun) const {
    std::string text;
    switch (noun.head) {
      case Noun::Head::Agent:
        text = agent(noun.agent);
        break;
      case Noun::Head::Kind:
        text = words_.kind(noun.kind, depth_ + 1);
        break;
      case Noun::Head::Place:
        text = words_.place(noun.place, depth_ + 1);
        break;
      case Noun::Head::Undefined:
        text = "?" + noun.text;
        break;
    }
    for (const Noun& owner : noun.owner) {
      text += " of " + Writer(words_, reference_, depth_ + 1).noun(owner);
    }
    return text + words(noun.test);
  }
  [[nodiscard]] std::string nouns(const agreement::Nouns& nouns) const {
    std::vector<std::string> parts;
    std::transform(nouns.items.begin(), nouns.items.end(), std::back_inserter(parts),
                   [&](const Noun& one) { return noun(one); });
    const bool is_joined = nouns.joining == agreement::Joining::And && nouns.items.size() > 1;
    return (is_joined ? "all" : "any") + sorted(std::move(parts));
  }
  [[nodiscard]] std::string act(const agreement::Act& act) const {
    std::vector<std::string> parts;
    for (const agreement::Complement& complement : act.complements) {
      parts.push_back(fmt::format(
          "{} {} {}", agreement::to_text(complement.preposition), nouns(complement.nouns),
          complement.at_least.has_value() ? complement.at_least->value : -1));
    }
    return fmt::format("{} {} {}", act.verb.has_value() ? agreement_.verb(*act.verb).name : "?",
                       nouns(act.object), sorted(std::move(parts)));
  }

  [[nodiscard]] std::string moment(const MomentExpression& at) const {
    std::string text;
    switch (at.base) {
      case MomentExpression::Base::Fixed:
        text = fmt::format("{}{}", at.fixed.seconds, at.is_whole_day ? " day" : "");
        break;
      case MomentExpression::Base::Moment:
        text = words_.moment(at.moment, depth_ + 1);
        break;
      case MomentExpression::Base::Streak:
        text = words_.situation(at.streak, depth_ + 1);
        break;
      case MomentExpression::Base::DayOfClause:
        text = fmt::format("day {} of {}", at.day, clause(at.clause));
        break;
      case MomentExpression::Base::Notification:
        text = "notification";
        break;
      case MomentExpression::Base::Undefined:
        text = "?" + at.text;
        break;
    }
    for (const MomentExpression::Step& step : at.steps) {
      text += fmt::format("{}{}", step.sign < 0 ? "-" : "+", words(step.period));
    }
    return text;
  }
  [[nodiscard]] std::string moment(const std::optional<MomentExpression>& at) const {
    return at.has_value() ? moment(*at) : "-";
  }
  [[nodiscard]] std::string deadline(const agreement::Deadline& due) const {
    return fmt::format("{} {}", moment(due.moment), words(due.within));
  }
  [[nodiscard]] std::string fixing(const std::optional<agreement::Fixing>& fixing) const {
    return fixing.has_value()
               ? "fixed by " + agents(fixing->agents) +
                     (fixing->deadline.has_value() ? deadline(*fixing->deadline) : std::string())
               : std::string();
  }

  [[nodiscard]] std::string condition(const agreement::Condition& condition) const {
    return (condition.is_negated ? "not " : "") +
           (condition.situation.has_value() ? words_.situation(*condition.situation, depth_ + 1)
                                            : "?" + condition.text);
  }
  [[nodiscard]] std::string conditions(const std::vector<agreement::Condition>& all) const {
    std::vector<std::string> parts;
    std::transform(all.begin(), all.end(), std::back_inserter(parts),
                   [&](const agreement::Condition& one) { return condition(one); });
    return sorted(std::move(parts));
  }
  [[nodiscard]] std::string exception(const agreement::Exception& exception) const {
    return fmt::format(
        "{} {} {}", static_cast<int>(exception.what), nouns(exception.nouns),
        exception.situation.has_value()
            ? words_.situation(*exception.situation, depth_ + 1)
            : exception.text.substr(0, exception.nouns.empty() ? std::string::npos : 0));
  }
  [[nodiscard]] std::string occurrence(const agreement::Occurrence& what) const {
    std::vector<std::string> exceptions;
    for (const agreement::Exception& one : what.exceptions) {
      exceptions.push_back(exception(one));
    }
    return fmt::format("{}{} {} {} {} {} {}", what.is_negated ? "no " : "", subject(what.subject),
                       act(what.act), sorted(std::move(exceptions)), words(what.nearness),
                       words(what.during), moment(what.from));
  }

  // Situations.
  std::string operator()(const agreement::Streak& what) const {
    return fmt::format("streak {} {} {}", words(what.period), conditions(what.holdings),
                       moment(what.from));
  }
  std::string operator()(const agreement::StandingStreak& what) const {
    return fmt::format("standing {} {} {} {}", words(what.period), words(what.nearness),
                       conditions(what.holdings), moment(what.from));
  }
  std::string operator()(const agreement::Frequency& what) const {
    const std::string least =
        what.parameter.has_value() ? agreement_.parameters[what.parameter->index].name : "";
    return fmt::format("at least {} {} {} {} {}", what.at_least.value_or(-1), least,
                       words(what.within), words(what.nearness), occurrence(what.occasion));
  }
  std::string operator()(const agreement::Response& what) const {
    return fmt::format("response {}{} {} {} {} {} {}", what.is_necessary, what.is_proportionate,
                       nouns(what.on), words(what.nearness), words(what.within),
                       agents(what.reported_to), words(what.reported_within));
  }
  std::string operator()(const agreement::Occurrence& what) const { return occurrence(what); }

  // Particulars.
  std::string operator()(const agreement::InPlace& what) const { return nouns(what.places); }
  std::string operator()(const agreement::From& what) const { return moment(what.at); }
  std::string operator()(const agreement::Until& what) const { return moment(what.at); }
  std::string operator()(const agreement::For& what) const { return words(what.period); }
  std::string operator()(const agreement::Due& what) const { return deadline(what.deadline); }
  std::string operator()(const agreement::Start& what) const { return deadline(what.deadline); }
  std::string operator()(const agreement::Finish& what) const { return deadline(what.deadline); }
  std::string operator()(const agreement::Interval& what) const {
    return words(what.period) + (what.while_condition ? condition(*what.while_condition) : "");
  }
  std::string operator()(const agreement::If& what) const { return condition(what.condition); }
  std::string operator()(const agreement::While& what) const { return condition(what.condition); }
  std::string operator()(const agreement::Unless& what) const { return condition(what.condition); }
  std::string operator()(const agreement::Upon& what) const {
    using What = agreement::Upon::What;
    const std::string of = what.what == What::Moment ? words_.moment(what.moment, depth_ + 1)
                           : what.what == What::Streak || what.what == What::Situation
                               ? words_.situation(what.situation, depth_ + 1)
                           : what.what == What::Undefined ? what.text
                                                          : std::string();
    return fmt::format("{} {} {} {} {}", static_cast<int>(what.what), refs(what.clauses),
                       nouns(what.things), agents(what.agents), of);
  }
  std::string operator()(const agreement::Whenever& what) const { return occurrence(what.what); }
  std::string operator()(const agreement::Reciprocally& what) const { return refs(what.clauses); }
  std::string operator()(const agreement::Despite& what) const { return refs(what.clauses); }
  std::string operator()(const agreement::SubjectTo& what) const { return refs(what.clauses); }
  std::string operator()(const agreement::Exception& what) const { return exception(what); }
  std::string operator()(const agreement::Renewable& what) const {
    return fmt::format("{} {} {}", words(what.period), agents(what.agents),
                       what.at_most.value_or(-1));
  }
  std::string operator()(const agreement::Monitored& what) const {
    return fmt::format("{}{} {} {}", what.is_joint, agents(what.agents), moment(what.from),
                       nouns(what.means));
  }
  std::string operator()(const agreement::Determined& what) const {
    return fmt::format("{}{}", what.is_joint, agents(what.agents));
  }
  std::string operator()(const agreement::Ensured& what) const {
    return fmt::format("{}{}", what.is_joint, agents(what.agents));
  }
  std::string operator()(const agreement::Consequence& what) const {
    return what.is_none_stated ? "none" : refs(what.clauses);
  }
  std::string operator()(const agreement::Surviving& what) const { return refs(what.clauses); }
  std::string operator()(const agreement::Amending& what) const { return refs(what.clauses); }
  std::string operator()(const agreement::Notice& what) const { return words(what.period); }
  std::string operator()(const agreement::Note& /*what*/) const { return {}; }
  std::string operator()(const agreement::LanguageText& /*what*/) const { return {}; }
  std::string operator()(const agreement::Phase& what) const {
    return agents(what.agents) + act(what.act);
  }

 private:
  const Words& words_;
  const Agreement& agreement_;
  const Reference* reference_;
  int depth_;
};

namespace {

// The names of the particulars, in the order of the variant; empty: it says nothing of its own.
constexpr std::string_view kNames[] = {"in",
                                       "from",
                                       "until",
                                       "for",
                                       "not later than",
                                       "start",
                                       "finish",
                                       "every",
                                       "if",
                                       "while",
                                       "unless",
                                       "upon",
                                       "whenever",
                                       "reciprocally with",
                                       "despite",
                                       "subject to",
                                       "except",
                                       "renewable",
                                       "monitored",
                                       "determined",
                                       "ensured",
                                       "consequence",
                                       "surviving",
                                       "amending",
                                       "notice",
                                       "",
                                       "",
                                       "phase"};

// Nobody's verdict depends on these.
template <typename What>
constexpr bool kIsRest =
    std::is_same_v<What, agreement::Monitored> || std::is_same_v<What, agreement::Consequence> ||
    std::is_same_v<What, agreement::Notice>;

}  // namespace

std::string Words::kind(agreement::KindId id, int depth) const {
  const agreement::Kind& kind = agreement_.kind(id);
  if (kind.is_from_vocabulary || depth > kMaxDepth || kind.definition.empty()) {
    return kind.name;
  }
  std::vector<std::string> parts;
  for (const agreement::Kind::Part& part : kind.definition) {
    parts.push_back(this->kind(part.kind, depth + 1) + words(part.test));
  }
  // One part with a test is that part of it; a bare one is a kind of its own.
  const bool is_by_test = kind.definition.size() == 1 && kind.definition[0].test.has_value();
  if (!kind.is_union && !is_by_test) {
    return fmt::format("{}<{}>", kind.name, sorted(std::move(parts)));
  }
  return (kind.is_union ? "any" : "kind") + sorted(std::move(parts)) + words(kind.test);
}

std::string Words::place(agreement::PlaceId id, int depth) const {
  const agreement::Place& place = agreement_.place(id);
  const Writer writer(*this, nullptr, depth + 1);
  if (depth > kMaxDepth || place.terms.empty() || place.fixing.has_value()) {
    return place.name + writer.fixing(place.fixing);
  }
  std::vector<std::string> parts;
  for (const PlaceTerm& term : place.terms) {
    std::string text = term.is_excluded ? "except " : "";
    switch (term.what) {
      case PlaceTerm::What::Annex:
        text += "annex " + annex_key(term) + (redrawn_.contains(annex_key(term)) ? side_ : "");
        break;
      case PlaceTerm::What::Within:
        text += fmt::format("within {} of ", term.within.value);
        [[fallthrough]];
      case PlaceTerm::What::Named:
        text += term.place.has_value() ? this->place(*term.place, depth + 1) : place.name;
        break;
      case PlaceTerm::What::Parameter:
        text += "parameter " + term.parameter;
        break;
    }
    parts.push_back(std::move(text));
  }
  return parts.size() == 1 ? parts.front() : sorted(std::move(parts));
}

std::string Words::moment(agreement::MomentId id, int depth) const {
  const agreement::Moment& moment = agreement_.moments[id.index];
  const Writer writer(*this, nullptr, depth + 1);
  if (depth <= kMaxDepth && moment.expression.has_value()) {
    return writer.moment(*moment.expression);
  }
  if (depth <= kMaxDepth && moment.streak.has_value()) {
    return writer(*moment.streak);
  }
  return moment.name + writer.fixing(moment.fixing);
}

std::string Words::situation(agreement::SituationId id, int depth) const {
  const agreement::Situation& situation = agreement_.situations[id.index];
  return depth > kMaxDepth
             ? situation.name
             : "(" + std::visit(Writer(*this, nullptr, depth + 1), situation.what) + ")";
}

Wording Words::clause(ClauseId id, const Reference& reference) const {
  const Clause& clause = agreement_.clause(id);
  const Writer writer(*this, &reference, 0);
  Wording wording;
  std::vector<std::string> parts;
  for (const agreement::Particular& particular : clause.particulars) {
    const std::string_view name = kNames[particular.what.index()];
    if (name.empty()) {
      continue;
    }
    const std::string text = fmt::format("{} {}", name, std::visit(writer, particular.what));
    const bool is_rest = std::visit(
        [](const auto& what) { return kIsRest<std::decay_t<decltype(what)>>; }, particular.what);
    if (is_rest) {
      wording.rest.insert(text);
    } else {
      parts.push_back(text);
    }
    if (const auto* determined = std::get_if<agreement::Determined>(&particular.what)) {
      wording.rest.insert(fmt::format("{} within {} {}", text, words(determined->within),
                                      determined->is_from_notification));
    }
  }
  std::string part;
  if (const agreement::LocalTruce* local = agreement::local_truce_of(agreement_, clause)) {
    part = fmt::format("local {} {} {}", local->within.has_value() ? place(*local->within) : "-",
                       writer.refs(local->prevails_over), writer.refs(local->subject_to));
  } else if (clause.part.where == agreement::Part::Where::ConfidentialAnnex &&
             clause.part.index.has_value()) {
    part = "for " + writer.agents(agreement_.confidential_annexes[*clause.part.index].audience);
    wording.rest.insert(part);
    part.clear();
  }
  wording.conduct = fmt::format(
      "{} {} {} {} watched {} power {} {} {} {} reserved {} sides {} {}",
      static_cast<int>(clause.form), part, writer.subject(clause.subject), writer.act(clause.act),
      clause.watched.has_value() ? writer.condition(*clause.watched) : "-",
      clause.form == agreement::Form::Power ? static_cast<int>(clause.power.verb) : -1,
      writer.refs(clause.power.clauses), words(clause.power.period), words(clause.power.notice),
      clause.reserved, writer.agents(clause.phase_agents), sorted(std::move(parts)));
  return wording;
}

std::set<ClauseId> Words::references(ClauseId id) const {
  std::set<ClauseId> found;
  const Wording wording = clause(id, [&](ClauseId other) {
    found.insert(other);
    return std::string();
  });
  return found;
}

Wording Words::frame() const {
  const Writer writer(*this, nullptr, 0);
  Wording frame;
  std::vector<std::string> actors;
  for (const agreement::Actor& actor : agreement_.actors) {
    if (actor.span.end == 0) {
      continue;
    }
    std::vector<std::string> ensures;
    for (const agreement::ActorId id : actor.ensures) {
      ensures.push_back(agreement_.actor(id).name);
    }
    const agreement::Actor::Decision& decision = actor.decision;
    actors.push_back(fmt::format(
        "{} {} ensures {} open {} members {} decides {} {} {} {} {}", actor.name,
        static_cast<int>(actor.role), sorted(std::move(ensures)), writer.agents(actor.open_to),
        writer.agents(actor.members), static_cast<int>(decision.rule), words(decision.within),
        decision.quorum.value_or(-1), writer.agents(decision.failing_which),
        static_cast<int>(decision.silence)));
    frame.rest.insert(fmt::format("{} monitors {}", actor.name, writer.nouns(actor.monitors)));
    frame.rest.insert(fmt::format("{} listed by {}", actor.name, writer.agents(actor.listed_by)));
    frame.rest.insert(fmt::format("{} chaired by {}", actor.name, writer.agents(actor.chairs)));
  }
  for (const agreement::Parameter& parameter : agreement_.parameters) {
    actors.push_back(fmt::format("parameter {} {} {}", parameter.name,
                                 static_cast<int>(parameter.what), parameter.number.value_or(-1)));
  }
  const auto describe = [&](const auto& terms) {
    for (const auto& term : terms) {
      if (!term.title.empty()) {
        frame.rest.insert("described as " + term.title);
      }
    }
  };
  describe(agreement_.actors);
  describe(agreement_.places);
  describe(agreement_.moments);
  describe(agreement_.situations);
  describe(agreement_.vocabulary.kinds);
  frame.rest.insert("depositaries " + writer.agents(agreement_.depositaries));
  frame.conduct = fmt::format(
      "{} clock {} days {} metric {} {} signed by {} in force from {} amended by {} words {} {}",
      agreement_.date.has_value() ? base::to_iso(*agreement_.date) : "-",
      agreement_.clock.offset.seconds, static_cast<int>(agreement_.day_rule),
      static_cast<int>(agreement_.metric), agreement_.planar_latitude.value_or(-1),
      writer.agents(agreement_.signatories), writer.moment(agreement_.force_from),
      writer.agents(agreement_.amending), agreement_.vocabulary.name, sorted(std::move(actors)));
  return frame;
}

namespace {

using Drawn = std::map<std::string, std::shared_ptr<const geometry::Region>>;

Drawn drawn_annexes(const Agreement& agreement) {
  Drawn drawn;
  for (const agreement::Place& place : agreement.places) {
    for (const PlaceTerm& term : place.terms) {
      if (term.what == PlaceTerm::What::Annex) {
        drawn[annex_key(term)] = term.region;
      }
    }
  }
  return drawn;
}

bool is_same(const geometry::Region& one, const geometry::Region& other) {
  const auto has_shape = [](const geometry::Region& region) {
    return !region.outlines().empty() || !region.drawn_lines().empty();
  };
  if (has_shape(one) || has_shape(other)) {
    return one.outlines() == other.outlines() && one.drawn_lines() == other.drawn_lines();
  }
  // Points.
  return one.lies_in(other) == geometry::Containment::Inside &&
         other.lies_in(one) == geometry::Containment::Inside;
}

}  // namespace

std::set<std::string> redrawn_annexes(const Agreement& one, const Agreement& other) {
  std::set<std::string> redrawn;
  const Drawn others = drawn_annexes(other);
  for (const auto& [key, region] : drawn_annexes(one)) {
    const auto found = others.find(key);
    if (found == others.end() || found->second == region) {
      continue;
    }
    if (region == nullptr || found->second == nullptr || !is_same(*region, *found->second)) {
      redrawn.insert(key);
    }
  }
  return redrawn;
}

}  // namespace truce::comparison::internal
