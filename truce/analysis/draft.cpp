// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/draft.h"

#include <algorithm>
#include <array>
#include <variant>

#include <fmt/format.h>

namespace truce::analysis::internal {
namespace {

void add_new(Actors& actors, const Actors& more) {
  for (const ActorId actor : more) {
    if (!contains(actors, actor)) {
      actors.push_back(actor);
    }
  }
}

template <typename Id>
void add_sorted(std::vector<Id>& ids, Id id) {
  const auto at = std::lower_bound(ids.begin(), ids.end(), id);
  if (at == ids.end() || *at != id) {
    ids.insert(at, id);
  }
}

// A place may be defined by another one; a circle of definitions ends here.
constexpr int kMaxDepth = 16;
constexpr std::string_view kPoint = "(a point)";

std::string drawn(const geometry::Region& region) {
  std::string text;
  const auto add = [&](const auto& points) {
    text += '(';
    for (const base::Point& point : points) {
      text += fmt::format("{:a},{:a};", point.latitude.degrees, point.longitude.degrees);
    }
    text += ')';
  };
  for (const geometry::Polygon& polygon : region.outlines()) {
    for (const geometry::Ring& ring : polygon) {
      add(ring);
    }
  }
  for (const auto& line : region.drawn_lines()) {
    add(line);
  }
  return text;
}

// All that how it lies in others hangs on; points have no outline to tell them by.
std::string definition_of(const Agreement& agreement, agreement::PlaceId id, int depth) {
  const agreement::Place& place = agreement.place(id);
  std::string text = fmt::format("{}{}=", place.name, place.region == nullptr ? "?" : "");
  for (const agreement::PlaceTerm& term : place.terms) {
    text +=
        fmt::format("{}{}{:a}/{}/{}/{}[", static_cast<int>(term.what), term.is_excluded ? "-" : "+",
                    term.within.value, term.annex, term.parameter, static_cast<int>(term.shape));
    if (term.region != nullptr) {
      text += term.shape == agreement::PlaceTerm::Shape::Point ? std::string(kPoint)
                                                               : drawn(*term.region);
    }
    if (term.place.has_value() && depth > 0) {
      text += definition_of(agreement, *term.place, depth - 1);
    }
    text += ']';
  }
  return text;
}

}  // namespace

std::string listed(const std::vector<std::string>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      text += i + 1 == words.size() ? " and " : ", ";
    }
    text += words[i];
  }
  return text;
}

Wording sentence_of(const HarmWords& words, const std::vector<std::string>& harms) {
  std::vector<Wording> names;
  for (const std::string& harm : harms) {
    names.emplace_back("`" + harm + "`");
  }
  std::vector<Wording> values = words.values;
  values.insert(values.begin() + static_cast<std::ptrdiff_t>(words.place),
                Wording::all(std::move(names)));
  return Wording::phrase(harms.size() == 1 ? words.one : words.several, std::move(values));
}

void tell_of(Finding& finding, const std::string& harm, HarmWords words) {
  finding.harms = {harm};
  finding.message = sentence_of(words, finding.harms);
  finding.harm_words = std::move(words);
}

std::vector<ClauseId> Draft::clauses() const {
  std::vector<ClauseId> ids;
  for (std::size_t i = 0; i < agreement_.clauses.size(); ++i) {
    ids.push_back(base::id_at<ClauseId>(i));
  }
  return ids;
}

bool Draft::is_asleep(ClauseId id) const {
  return clause(id).find<agreement::Amending>() != nullptr;
}

bool Draft::is_prohibition(ClauseId id) const {
  return clause(id).form == agreement::Form::Prohibition;
}

bool Draft::is_duty(ClauseId id) const {
  const agreement::Form form = clause(id).form;
  return form == agreement::Form::Duty || form == agreement::Form::Effort ||
         form == agreement::Form::Phases;
}

Actors Draft::bearers(ClauseId id) const {
  const Clause& clause = this->clause(id);
  Actors actors;
  if (clause.subject.is_no_one) {
    return actors;
  }
  if (clause.subject.is_anyone) {
    for (std::size_t i = 0; i < agreement_.actors.size(); ++i) {
      actors.push_back(base::id_at<ActorId>(i));
    }
    return actors;
  }
  for (const agreement::Agent& agent : clause.subject.agents) {
    add_new(actors, agreement_.resolve(agent, {}));
  }
  for (const agreement::Agent& agent : clause.phase_agents) {
    add_new(actors, agreement_.resolve(agent, {}));
  }
  std::sort(actors.begin(), actors.end());
  return actors;
}

Actors Draft::ensurers(ClauseId id, ActorId bearer) const {
  Actors actors;
  for (const agreement::Ensured* ensured : clause(id).find_all<agreement::Ensured>()) {
    for (const agreement::Agent& agent : ensured->agents) {
      add_new(actors, agreement_.resolve(agent, bearer));
    }
  }
  std::sort(actors.begin(), actors.end());
  return actors;
}

Actors Draft::answerable(ClauseId id) const {
  Actors actors = bearers(id);
  for (const ActorId bearer : bearers(id)) {
    add_new(actors, ensurers(id, bearer));
  }
  std::sort(actors.begin(), actors.end());
  return actors;
}

facts::Truth Draft::lies_in(agreement::PlaceId inner, agreement::PlaceId outer) const {
  const auto [known, is_new] = lying_.try_emplace({inner, outer}, facts::Truth::Maybe);
  if (!is_new) {
    return known->second;
  }
  const bool is_kept = known_ != nullptr && words_of(inner).find(kPoint) == std::string::npos &&
                       words_of(outer).find(kPoint) == std::string::npos;
  if (!is_kept) {
    return known->second = facts::place_lies_in(agreement_, inner, outer);
  }
  const auto [kept, is_unheard] =
      known_->try_emplace({words_of(inner), words_of(outer)}, facts::Truth::Maybe);
  if (is_unheard) {
    kept->second = facts::place_lies_in(agreement_, inner, outer);
  }
  return known->second = kept->second;
}

const std::string& Draft::words_of(agreement::PlaceId place) const {
  const auto [known, is_new] = words_.try_emplace(place);
  if (is_new) {
    known->second = definition_of(agreement_, place, kMaxDepth);
  }
  return known->second;
}

Wording Draft::numbers(const std::vector<ClauseId>& ids) const {
  std::vector<Wording> words;
  for (const ClauseId id : ids) {
    words.emplace_back(number(id));
  }
  return Wording::all(std::move(words));
}

Wording Draft::any_of(const std::vector<ClauseId>& ids) const {
  std::vector<Wording> words;
  for (const ClauseId id : ids) {
    words.emplace_back(number(id));
  }
  return Wording::either(std::move(words));
}

std::vector<Wording> Draft::all_names(const Actors& actors) const {
  std::vector<Wording> words;
  for (const ActorId actor : actors) {
    const bool is_unnamed = agreement_.actor(actor).role == agreement::Actor::Role::Unnamed;
    words.push_back(is_unnamed ? say("anyone the text does not name")
                               : Wording(agreement_.actor(actor).name));
  }
  return words;
}

Wording Draft::names(const Actors& actors) const { return Wording::all(all_names(actors)); }
Wording Draft::any_of(const Actors& actors) const { return Wording::either(all_names(actors)); }

Wording Draft::neither(const Actors& actors) const {
  const std::vector<Wording> words = all_names(actors);
  Wording text = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    text = i + 1 == words.size() ? say("{} nor {}", std::move(text), words[i])
                                 : say("{}, {}", std::move(text), words[i]);
  }
  return text;
}

Wording Draft::at(base::Instant instant) const {
  return Wording::moment(instant, base::to_words(instant, agreement_.clock.offset));
}

bool contains(const Actors& actors, ActorId actor) {
  return std::find(actors.begin(), actors.end(), actor) != actors.end();
}

bool are_among(const Actors& some, const Actors& all) {
  return std::all_of(some.begin(), some.end(), [&](ActorId actor) { return contains(all, actor); });
}

std::string base_name(const agreement::MomentExpression& expression) {
  const std::string& text = expression.text;
  return text.substr(0, std::min(text.find(" + "), text.find(" - ")));
}

std::string particular_name(const agreement::Particular& particular) {
  // In the order of the alternatives of Particular::what; those of `Due` depend on its words.
  constexpr std::array<std::string_view, 28> kNames = {"in",
                                                       "from",
                                                       "until",
                                                       "for",
                                                       "not-later-than",
                                                       "start",
                                                       "finish",
                                                       "at-intervals-of",
                                                       "if",
                                                       "while",
                                                       "unless",
                                                       "upon",
                                                       "whenever",
                                                       "reciprocally-with",
                                                       "despite",
                                                       "subject-to",
                                                       "except",
                                                       "renewable",
                                                       "monitored-by",
                                                       "determined-by",
                                                       "ensured-by",
                                                       "consequence",
                                                       "surviving",
                                                       "amending",
                                                       "notice",
                                                       "note",
                                                       "text",
                                                       "phase"};
  static_assert(std::variant_size_v<decltype(agreement::Particular::what)> == kNames.size());
  if (const auto* due = std::get_if<agreement::Due>(&particular.what)) {
    return due->deadline.within.has_value() ? "within" : "not-later-than";
  }
  return std::string(kNames[particular.what.index()]);
}

std::string particular_id(const Clause& clause, const agreement::Particular& particular) {
  const std::string name = particular_name(particular);
  std::size_t count = 0;
  std::size_t place = 0;
  for (const agreement::Particular& other : clause.particulars) {
    if (particular_name(other) == name) {
      ++count;
      place = &other == &particular ? count : place;
    }
  }
  return count > 1 ? fmt::format("{}/{}-{}", clause.number, name, place)
                   : fmt::format("{}/{}", clause.number, name);
}

void about(Finding& finding, const Draft& draft, ClauseId id, std::string words, bool is_primary) {
  const Clause& clause = draft.clause(id);
  add_sorted(finding.clauses, id);
  if (finding.labels.empty()) {
    finding.span = clause.number_span;
    is_primary = true;
  }
  finding.labels.push_back({clause.number_span, std::move(words), is_primary});
}

void point_at(Finding& finding, const Draft& draft, ClauseId id,
              const agreement::Particular& particular, std::string words) {
  const Clause& clause = draft.clause(id);
  add_sorted(finding.clauses, id);
  const std::string name = particular_id(clause, particular);
  if (std::find(finding.particulars.begin(), finding.particulars.end(), name) ==
      finding.particulars.end()) {
    finding.particulars.push_back(name);
  }
  const bool is_first = finding.labels.empty();
  if (is_first) {
    finding.span = particular.span;
  }
  finding.labels.push_back({particular.span, std::move(words), true});
}

base::Span before_stop(const Clause& clause) {
  base::Span span = clause.span;
  span.begin = span.end;
  return span;
}

}  // namespace truce::analysis::internal
