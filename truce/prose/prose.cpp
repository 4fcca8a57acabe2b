// SPDX-License-Identifier: Apache-2.0
#include "truce/prose/prose.h"

#include <algorithm>
#include <optional>
#include <set>

#include "truce/prose/internal/definitions.h"
#include "truce/prose/internal/narrator.h"
#include "truce/prose/internal/particulars.h"

namespace truce::prose {

using internal::Maker;
using internal::Narrator;
using internal::Part;
using internal::Slots;
using internal::Told;
using internal::Word;
using internal::Words;

namespace {

Words of(const std::vector<Told>& all, Told::Where where, const Maker& maker,
         std::string_view joint) {
  std::vector<Part> parts;
  for (const Told& told : all) {
    if (told.where == where) {
      parts.push_back(told.part);
    }
  }
  const Part joined = maker.list(std::move(parts), joint);
  return joined.empty() ? Words() : joined.make({}, {});
}

bool is_each_party(const agreement::Subject& subject) {
  return !subject.is_no_one && !subject.is_anyone && subject.agents.size() == 1 &&
         subject.agents.front().who == agreement::Agent::Who::EachParty &&
         !subject.agents.front().only_in.has_value();
}

// Whether more than one Party bears it, so that `its Guarantor` is each one's.
bool has_several_bearers(const agreement::Clause& clause) {
  return clause.form == agreement::Form::Phases || clause.subject.agents.size() > 1 ||
         is_each_party(clause.subject);
}

Slots text_slots(const std::vector<std::pair<std::string, std::string>>& slots) {
  Slots made;
  for (const auto& [slot, value] : slots) {
    made.emplace(slot, Maker::text(value));
  }
  return made;
}

}  // namespace

class Prose::Impl {
 public:
  Impl(const agreement::Agreement& agreement, const Lexicon& lexicon,
       std::vector<std::string_view> texts)
      : maker(lexicon), narrator(agreement, maker, std::move(texts)) {}

  [[nodiscard]] Text text(const Part& part, bool is_sentence = false) const {
    return part.empty() ? Text() : realise(part.make({}, {}), maker.lexicon(), is_sentence);
  }

  [[nodiscard]] Text sentence(Words words, std::string_view stop_key) const {
    Word stop = internal::lexicon_word(maker.lexicon().setting(stop_key));
    stop.is_tight = true;
    words.push_back(stop);
    return realise(std::move(words), maker.lexicon(), true);
  }

  Part main(const agreement::Clause& clause, const std::vector<Told>& told) {
    if (clause.form == agreement::Form::Phases) {
      return phases(clause, told);
    }
    if (clause.form == agreement::Form::Watch) {
      const bool is_negated = clause.watched.has_value() && clause.watched->is_negated;
      const Part situation =
          clause.watched.has_value() ? narrator.situation(*clause.watched) : Maker::text("…");
      return with_tail(maker.phrase(is_negated ? "clause.watch_not" : "clause.watch",
                                    {{"situation", situation}}),
                       told);
    }
    const Part subject = narrator.subject(clause.subject);
    if (clause.form == agreement::Form::Power) {
      return maker.phrase("clause.power",
                          {{"subject", subject}, {"power", with_tail(power(clause), told)}});
    }
    const Part act = agreeing(with_tail(narrator.act(clause.act), told), subject);
    switch (clause.form) {
      case agreement::Form::Prohibition:
        if (is_each_party(clause.subject)) {
          return maker.phrase("clause.prohibition.each_party", {{"act", act}});
        }
        if (clause.subject.is_no_one || clause.subject.is_anyone) {
          return maker.phrase("clause.prohibition.nobody", {{"act", act}});
        }
        return maker.phrase("clause.prohibition", {{"subject", subject}, {"act", act}});
      case agreement::Form::Effort:
        return maker.phrase("clause.effort", {{"subject", subject}, {"act", act}});
      case agreement::Form::Permission:
        return maker.phrase("clause.permission", {{"subject", subject}, {"act", act}});
      case agreement::Form::Duty:
      case agreement::Form::Power:
      case agreement::Form::Phases:
      case agreement::Form::Watch:
      case agreement::Form::Reservation:
        break;
    }
    return maker.phrase("clause.duty", {{"subject", subject}, {"act", act}});
  }

  Paragraph clause(const agreement::Clause& clause) {
    Paragraph paragraph;
    if (clause.form == agreement::Form::Reservation) {
      paragraph.sentence = {{clause.reserved, false}};
    }
    narrator.set_several_bearers(has_several_bearers(clause));
    const std::vector<Told> told = tell_particulars(narrator, clause);
    std::vector<Part> exceptions;
    std::vector<Part> steps;
    for (const Told& one : told) {
      if (one.where == Told::Where::Exception) {
        exceptions.push_back(one.part);
      } else if (one.where == Told::Where::Phase) {
        steps.push_back(one.part);
      }
    }
    const bool are_listed = exceptions.size() > 1 && steps.empty();
    if (clause.form != agreement::Form::Reservation) {
      Words words = led(main(clause, told), told);
      if (!exceptions.empty()) {
        const Part all = maker.list(exceptions, "list.or");
        append_tail(words, are_listed ? maker.words("clause.except_list")
                                      : maker.words("clause.except", {{"exception", all}}));
      }
      const bool has_items = are_listed || !steps.empty();
      paragraph.sentence = sentence(std::move(words), has_items ? "colon" : "stop");
    }
    const std::vector<Part>& items = are_listed ? exceptions : steps;
    for (const Part& item :
         items.empty() || (!are_listed && steps.empty()) ? std::vector<Part>() : items) {
      paragraph.items.push_back(text(item));
    }
    for (const Told& one : told) {
      if (one.where == Told::Where::Sentence) {
        paragraph.more.push_back(sentence(one.part.make({}, {}), "stop"));
      }
    }
    return paragraph;
  }

  Maker maker;
  Narrator narrator;

 private:
  void append_tail(Words& words, Words tail) const {
    words = maker.words("list.tail",
                        {{"a", Maker::fixed(words)}, {"b", Maker::fixed(std::move(tail))}});
  }

  // The act and what stands behind it, parted by commas.
  Part with_tail(Part act, const std::vector<Told>& told) const {
    std::vector<Words> tails;
    for (const Told::Where where : {Told::Where::Place, Told::Where::Interval, Told::Where::Tail,
                                    Told::Where::Bounds, Told::Where::Except}) {
      Words words = of(told, where, maker, where == Told::Where::Bounds ? "list.and" : "list.tail");
      if (!words.empty()) {
        tails.push_back(std::move(words));
      }
    }
    Part part;
    part.features = act.features;
    part.make = [this, act = std::move(act), tails](const Features& request, const Words& prefix) {
      Words words = act.make(request, prefix);
      for (const Words& tail : tails) {
        append_tail(words, tail);
      }
      return words;
    };
    return part;
  }

  Part power(const agreement::Clause& clause) {
    if (clause.disputed_powers.empty()) {
      return narrator.power(clause.power, clause.find<agreement::Notice>());
    }
    std::vector<std::pair<std::uint32_t, Part>> made;
    for (const agreement::Power& power : clause.disputed_powers) {
      made.emplace_back(power.only_in->alternative, narrator.power(power, nullptr));
    }
    return narrator.bracket(clause.disputed_powers.front().only_in->bracket, made);
  }

  Part phases(const agreement::Clause& clause, const std::vector<Told>& told) {
    Slots slots{{"agents", narrator.agents(clause.phase_agents)}};
    const auto add = [&](const char* slot, Told::Where where, const char* joint) {
      Words words = of(told, where, maker, joint);
      if (!words.empty()) {
        slots.emplace(slot, Maker::fixed(std::move(words)));
      }
    };
    add("places", Told::Where::Place, "list.tail");
    add("interval", Told::Where::Interval, "list.tail");
    add("bounds", Told::Where::Bounds, "list.and");
    Words words = maker.words("clause.phases", slots);
    for (const Told::Where where : {Told::Where::Tail, Told::Where::Except}) {
      const Words tail = of(told, where, maker, "list.tail");
      if (!tail.empty()) {
        append_tail(words, tail);
      }
    }
    return Maker::fixed(std::move(words));
  }

  Words led(const Part& main, const std::vector<Told>& told) const {
    Words words = main.make({}, {});
    Words lead = of(told, Told::Where::Lead, maker, "list.tail");
    if (lead.empty()) {
      return words;
    }
    return maker.words("clause.led", {{"lead", Maker::fixed(std::move(lead))},
                                      {"sentence", Maker::fixed(std::move(words))}});
  }
};

Prose::Prose(const agreement::Agreement& agreement, const Lexicon& lexicon,
             std::vector<std::string_view> texts)
    : impl_(std::make_unique<Impl>(agreement, lexicon, std::move(texts))) {}
Prose::~Prose() = default;

Paragraph Prose::clause(agreement::ClauseId id) {
  return impl_->clause(impl_->narrator.agreement().clause(id));
}

Text Prose::actor(agreement::ActorId id) {
  return impl_->text(internal::define_actor(impl_->narrator, id), true);
}
Text Prose::place(agreement::PlaceId id) {
  return impl_->text(internal::define_place(impl_->narrator, id), true);
}
Text Prose::thing(agreement::KindId id) {
  return impl_->text(internal::define_thing(impl_->narrator, id), true);
}
Text Prose::situation(agreement::SituationId id) {
  return impl_->text(internal::define_situation(impl_->narrator, id), true);
}
Text Prose::moment(agreement::MomentId id) {
  return impl_->text(internal::define_moment(impl_->narrator, id), true);
}

Text Prose::name_of(agreement::ActorId id) { return impl_->text(impl_->narrator.actor(id)); }
Text Prose::name_of(agreement::PlaceId id) { return impl_->text(impl_->narrator.place(id)); }
Text Prose::label_of(agreement::PlaceId id) {
  return realise(impl_->narrator.place(id).make({"none"}, {}), lexicon(), false);
}
Text Prose::agents(const std::vector<agreement::Agent>& agents) {
  return impl_->text(impl_->narrator.agents(agents));
}

std::vector<std::pair<std::string, std::string>> Prose::proposers(
    const std::set<agreement::ClauseId>& hidden) {
  std::vector<std::pair<std::string, std::string>> all;
  std::set<std::string> seen;
  for (const agreement::Bracket& bracket : impl_->narrator.agreement().brackets) {
    if (bracket.clause.has_value() && hidden.contains(*bracket.clause)) {
      continue;
    }
    for (const agreement::Bracket::Alternative& alternative : bracket.alternatives) {
      for (const agreement::Agent& agent : alternative.proposers) {
        std::string short_name = impl_->narrator.short_name(agent);
        if (seen.insert(short_name).second) {
          all.emplace_back(std::move(short_name),
                           to_plain(impl_->text(impl_->narrator.agent(agent))));
        }
      }
    }
  }
  return all;
}

Text Prose::phrase(std::string_view key,
                   const std::vector<std::pair<std::string, std::string>>& slots) {
  return impl_->text(impl_->maker.phrase(key, text_slots(slots)), true);
}

std::string Prose::fragment(std::string_view key,
                            const std::vector<std::pair<std::string, std::string>>& slots) {
  return to_plain(impl_->text(impl_->maker.phrase(key, text_slots(slots))));
}

Text Prose::phrase(std::string_view key, const std::vector<agreement::Agent>& agents,
                   const std::vector<std::pair<std::string, std::string>>& slots) {
  Slots made = text_slots(slots);
  made.emplace("agents", impl_->narrator.agents(agents));
  return impl_->text(impl_->maker.phrase(key, made), true);
}

Text Prose::phrase(std::string_view key, const std::vector<agreement::ClauseRef>& clauses) {
  return impl_->text(impl_->maker.phrase(key, {{"clauses", impl_->narrator.clauses(clauses)}}),
                     true);
}

Text Prose::phrase(std::string_view key, const agreement::MomentExpression& moment) {
  return impl_->text(impl_->maker.phrase(key, {{"moment", impl_->narrator.moment(moment)}}), true);
}

Text Prose::local_truce(const std::string& title, agreement::PlaceId place) {
  return impl_->text(
      impl_->maker.phrase("doc.local_truce",
                          {{"title", Maker::text(title)}, {"place", impl_->narrator.place(place)}}),
      true);
}

std::string Prose::list(const std::vector<std::string>& items) {
  std::vector<Part> parts;
  for (const std::string& item : items) {
    parts.push_back(Maker::text(item));
  }
  return to_plain(impl_->text(impl_->maker.list(std::move(parts), "list.and")));
}

std::string Prose::languages(const std::vector<std::string>& codes) {
  std::vector<std::string> names;
  for (const std::string& code : codes) {
    const Part known = impl_->maker.entry("language", code);
    names.push_back(known.empty() ? code : to_plain(impl_->text(known)));
  }
  return list(names);
}

std::string Prose::date(base::Date date) { return to_plain(impl_->text(impl_->maker.date(date))); }

std::string Prose::number(double value, int decimals) {
  return impl_->maker.digits(value, decimals);
}

std::string Prose::translated(std::string_view section, std::string_view key,
                              std::string_view original) {
  return impl_->maker.translated(section, key, original);
}

std::vector<std::string> Prose::untranslated() const {
  const std::set<std::string>& names = impl_->maker.untranslated();
  return {names.begin(), names.end()};
}

const Lexicon& Prose::lexicon() const { return impl_->maker.lexicon(); }

}  // namespace truce::prose
