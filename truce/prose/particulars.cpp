// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/internal/particulars.h"

#include <algorithm>
#include <map>
#include <utility>

#include "truce/prose/internal/definitions.h"

namespace truce::prose::internal {
namespace {

namespace agreement = truce::agreement;
using Where = Told::Where;

// The moment both deadlines are reckoned from, where it is one declared moment.
bool is_same_moment(const std::optional<agreement::MomentExpression>& first,
                    const std::optional<agreement::MomentExpression>& second) {
  using Base = agreement::MomentExpression::Base;
  return first.has_value() && second.has_value() && first->base == Base::Moment &&
         second->base == Base::Moment && first->moment == second->moment && first->steps.empty() &&
         second->steps.empty();
}

class Teller {
 public:
  Teller(Narrator& narrator, const agreement::Clause& clause)
      : narrator_(&narrator), maker_(&narrator.maker()), clause_(&clause) {}

  Told operator()(const agreement::InPlace& in) {
    return {Where::Place, 0, maker_->phrase("in", {{"places", narrator_->nouns(in.places)}})};
  }
  Told operator()(const agreement::From& from) {
    return {Where::Tail, 1, maker_->phrase("from", {{"moment", narrator_->moment(from.at)}})};
  }
  Told operator()(const agreement::Until& until) {
    return {Where::Tail, 2, maker_->phrase("until", {{"moment", narrator_->moment(until.at)}})};
  }
  Told operator()(const agreement::For& part) {
    return {Where::Tail, 3, maker_->phrase("for", {{"period", maker_->period(part.period)}})};
  }
  Told operator()(const agreement::Due& due) {
    return {Where::Tail, 4, narrator_->deadline(due.deadline)};
  }
  Told operator()(const agreement::Start& start) {
    return {Where::Bounds, 0,
            maker_->phrase("start", {{"deadline", narrator_->deadline(start.deadline)}})};
  }
  Told operator()(const agreement::Finish& finish) {
    const agreement::Start* start = clause_->find<agreement::Start>();
    const bool is_thereafter = start != nullptr && finish.deadline.within.has_value() &&
                               is_same_moment(start->deadline.moment, finish.deadline.moment);
    const Part deadline =
        is_thereafter ? maker_->phrase("deadline.thereafter",
                                       {{"period", maker_->period(*finish.deadline.within)}})
                      : narrator_->deadline(finish.deadline);
    return {Where::Bounds, 1, maker_->phrase("finish", {{"deadline", deadline}})};
  }
  Told operator()(const agreement::Interval& interval) {
    Slots slots{{"period", maker_->period(interval.period)}};
    const char* key = "interval";
    if (interval.while_condition.has_value()) {
      slots.emplace("situation", narrator_->situation(*interval.while_condition));
      key = interval.while_condition->is_negated ? "interval.while_not" : "interval.while";
    }
    return {Where::Interval, 0, maker_->phrase(key, slots)};
  }
  Told operator()(const agreement::If& part) {
    return {Where::Lead, 2, condition("if", "if.not", part.condition)};
  }
  Told operator()(const agreement::While& part) {
    return {Where::Lead, 3, condition("while", "while.not", part.condition)};
  }
  Told operator()(const agreement::Unless& part) {
    return {Where::Lead, 4, condition("unless", "unless.not", part.condition)};
  }
  Told operator()(const agreement::Upon& upon) { return {Where::Lead, 1, trigger(upon)}; }
  Told operator()(const agreement::Whenever& whenever) {
    const agreement::Subject& subject = whenever.what.subject;
    const Part agents = narrator_->subject(subject);
    const Part act = agreeing(narrator_->act(whenever.what.act), agents);
    return {Where::Lead, 1,
            subject.is_anyone ? maker_->phrase("whenever.anyone", {{"act", act}})
                              : maker_->phrase("whenever", {{"agents", agents}, {"act", act}})};
  }
  Told operator()(const agreement::Reciprocally& part) {
    return {Where::Sentence, 0, of_clauses("reciprocally", part.clauses)};
  }
  Told operator()(const agreement::Despite& part) {
    return {Where::Lead, 5, of_clauses("despite", part.clauses)};
  }
  Told operator()(const agreement::SubjectTo& part) {
    return {Where::Lead, 6, of_clauses("subject_to", part.clauses)};
  }
  Told operator()(const agreement::Exception& exception) {
    return {Where::Exception, 0, tell_exception(*narrator_, exception)};
  }
  Told operator()(const agreement::Renewable& renewable) {
    Slots slots{{"period", maker_->period(renewable.period)},
                {"agents", narrator_->agents(renewable.agents)}};
    const char* key = "renewable.repeatedly";
    if (renewable.at_most == 1) {
      key = "renewable.once";
    } else if (renewable.at_most.has_value()) {
      key = "renewable.times";
      slots.emplace("n", Maker::fixed(maker_->number(*renewable.at_most, {})));
    }
    return {Where::Sentence, 1, maker_->phrase(key, slots)};
  }
  Told operator()(const agreement::Monitored& monitored) {
    Slots slots{{"agents", narrator_->agents(monitored.agents, monitored.is_joint)}};
    if (monitored.from.has_value()) {
      slots.emplace("from", narrator_->moment(*monitored.from));
    }
    if (!monitored.means.empty()) {
      slots.emplace("means", narrator_->nouns(monitored.means));
    }
    return {Where::Sentence, 2, maker_->phrase("monitored", slots)};
  }
  Told operator()(const agreement::Determined& determined) {
    Slots slots{{"agents", narrator_->agents(determined.agents, determined.is_joint)}};
    const char* key = "determined";
    if (determined.within.has_value()) {
      slots.emplace("period", maker_->period(*determined.within));
      key = determined.is_from_notification ? "determined.within_of_notification"
                                            : "determined.within";
    }
    return {Where::Sentence, 4, maker_->phrase(key, slots)};
  }
  Told operator()(const agreement::Ensured& ensured) {
    // `it` is the compliance of the sentence before, where that is agreed.
    const bool follows =
        std::any_of(clause_->particulars.begin(), clause_->particulars.end(),
                    [](const agreement::Particular& particular) {
                      return std::holds_alternative<agreement::Monitored>(particular.what) &&
                             !particular.only_in.has_value();
                    });
    return {Where::Sentence, 3,
            maker_->phrase(follows ? "ensured.it" : "ensured",
                           {{"agents", narrator_->agents(ensured.agents, ensured.is_joint)}})};
  }
  Told operator()(const agreement::Consequence& consequence) {
    return {Where::Sentence, 5,
            consequence.clauses.empty() ? maker_->phrase("consequence.none")
                                        : of_clauses("consequence", consequence.clauses)};
  }
  Told operator()(const agreement::Surviving& part) {
    return {Where::Sentence, 6, of_clauses("surviving", part.clauses)};
  }
  Told operator()(const agreement::Amending& part) {
    return {Where::Sentence, 7, of_clauses("amending", part.clauses)};
  }
  Told operator()(const agreement::Notice& notice) {
    // With a power it is woven into it.
    if (clause_->form == agreement::Form::Power && !clause_->power.notice.has_value() &&
        clause_->disputed_powers.empty() && clause_->find<agreement::Notice>() == &notice) {
      return {};
    }
    return {Where::Tail, 5, maker_->phrase("notice", {{"period", maker_->period(notice.period)}})};
  }
  Told operator()(const agreement::Note&) { return {}; }
  Told operator()(const agreement::LanguageText&) { return {}; }
  Told operator()(const agreement::Phase& phase) {
    const Part agents = narrator_->agents(phase.agents);
    return {Where::Phase, 0,
            maker_->phrase("clause.phase", {{"agents", agents},
                                            {"act", agreeing(narrator_->act(phase.act), agents)}})};
  }

 private:
  Part condition(const char* plain, const char* negated, const agreement::Condition& condition) {
    return maker_->phrase(condition.is_negated ? negated : plain,
                          {{"situation", narrator_->situation(condition)}});
  }

  Part of_clauses(const char* key, const std::vector<agreement::ClauseRef>& refs) {
    const Part clauses = narrator_->clauses(refs);
    return clauses.empty() ? Part() : maker_->phrase(key, {{"clauses", clauses}});
  }

  Part of_any(const char* key, const std::vector<agreement::ClauseRef>& refs) {
    const Part clauses = narrator_->any_of_clauses(refs);
    return clauses.empty() ? Part() : maker_->phrase(key, {{"clauses", clauses}});
  }

  Part trigger(const agreement::Upon& upon) {
    using What = agreement::Upon::What;
    switch (upon.what) {
      case What::Fulfilment:
        return of_clauses("upon.fulfilment", upon.clauses);
      case What::Breach:
        return of_any("upon.breach", upon.clauses);
      case What::Determination:
        return of_any("upon.determination", upon.clauses);
      case What::ReportOfClause:
        return of_any("upon.report_of_clause", upon.clauses);
      case What::ReportOfThing:
        return maker_->phrase("upon.report_of_thing", {{"things", narrator_->nouns(upon.things)}});
      case What::Notice:
        return maker_->phrase("upon.notice", {{"agents", narrator_->agents(upon.agents)}});
      case What::Signature:
        return maker_->phrase("upon.signature", {{"agents", narrator_->agents(upon.agents)}});
      case What::Moment:
        return maker_->phrase("upon.moment", {{"moment", narrator_->moment_name(upon.moment)}});
      case What::Streak:
        return maker_->phrase("upon.streak", {{"situation", narrator_->situation(upon.situation)}});
      case What::Situation:
        return maker_->phrase("upon.situation",
                              {{"situation", narrator_->situation(upon.situation)}});
      case What::Undefined:
        return maker_->phrase("upon.situation", {{"situation", Maker::text(upon.text)}});
    }
    return {};
  }

  Narrator* narrator_;
  Maker* maker_;
  const agreement::Clause* clause_;
};

}  // namespace

namespace {

// In a bracket `except` is disputed too, so that it stands inside.
Told with_except(Narrator& narrator, Told told) {
  if (told.where != Where::Exception) {
    return told;
  }
  return {Where::Except, 0, narrator.maker().phrase("clause.except", {{"exception", told.part}})};
}

}  // namespace

Part agreeing(Part act, const Part& subject) {
  const bool is_plural = subject.features.contains("pl");
  Part part;
  part.features = act.features;
  part.make = [act = std::move(act), is_plural](const Features& request, const Words& prefix) {
    Features wanted = request;
    wanted.insert(is_plural ? "pl" : "sg");
    return act.make(wanted, prefix);
  };
  return part;
}

Part tell_exception(Narrator& narrator, const agreement::Exception& exception) {
  using What = agreement::Exception::What;
  Maker& maker = narrator.maker();
  switch (exception.what) {
    case What::Against:
      return maker.phrase("except.against", {{"nouns", narrator.nouns(exception.nouns)}});
    case What::ForThings:
      return maker.phrase("except.for", {{"nouns", narrator.nouns(exception.nouns)}});
    case What::InSituation:
      if (exception.situation.has_value()) {
        const agreement::Situation& situation =
            narrator.agreement().situations[exception.situation->index];
        const auto* response = std::get_if<agreement::Response>(&situation.what);
        if (situation.is_inline && response != nullptr) {
          return maker.phrase("except.response",
                              {{"response", tell_response(narrator, *response)}});
        }
      }
      return maker.phrase("except.in", {{"situation", exception.situation.has_value()
                                                          ? narrator.situation(*exception.situation)
                                                          : Maker::text(exception.text)}});
  }
  return {};
}

std::vector<Told> tell_particulars(Narrator& narrator, const agreement::Clause& clause) {
  Teller teller(narrator, clause);
  std::vector<Told> all;
  const std::vector<agreement::Particular>& particulars = clause.particulars;
  std::vector<bool> is_done(particulars.size(), false);
  for (std::size_t i = 0; i < particulars.size(); ++i) {
    if (is_done[i]) {
      continue;
    }
    const auto& only_in = particulars[i].only_in;
    Told told = std::visit(teller, particulars[i].what);
    if (only_in.has_value()) {
      told = with_except(narrator, std::move(told));
      std::map<std::uint32_t, Part> made;
      made.emplace(only_in->alternative, told.part);
      for (std::size_t j = i + 1; j < particulars.size(); ++j) {
        const auto& other = particulars[j].only_in;
        if (other.has_value() && other->bracket == only_in->bracket) {
          is_done[j] = true;
          made.emplace(other->alternative,
                       with_except(narrator, std::visit(teller, particulars[j].what)).part);
        }
      }
      if (told.where != Where::Nowhere) {
        told.part = narrator.bracket(only_in->bracket, {made.begin(), made.end()});
      }
    }
    if (told.where != Where::Nowhere && !told.part.empty()) {
      all.push_back(std::move(told));
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Told& first, const Told& second) {
    return std::pair(first.where, first.rank) < std::pair(second.where, second.rank);
  });
  return all;
}

}  // namespace truce::prose::internal
