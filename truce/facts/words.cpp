// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/words.h"

#include <algorithm>

#include <fmt/format.h>

#include "truce/base/time.h"

namespace truce::facts {

namespace {

// More alternatives than this are not spelled out.
constexpr std::size_t kMostNamed = 4;

Wording values_words(const agreement::Agreement& agreement, const facts::Values& values) {
  if (values.items.size() > kMostNamed) {
    return say("several things");
  }
  std::vector<Wording> words;
  for (const facts::Value& value : values.items) {
    words.push_back(value_words(agreement, value));
  }
  return values.is_all_of ? Wording::all(std::move(words)) : Wording::either(std::move(words));
}

bool is_anything(const facts::Values& values) {
  return std::all_of(values.items.begin(), values.items.end(), [](const facts::Value& value) {
    return value.head == facts::Value::Head::Anything;
  });
}

}  // namespace

std::string join_words(const std::vector<std::string>& words, std::string_view last) {
  std::string result;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) {
      result += i + 1 == words.size() ? fmt::format(" {} ", last) : ", ";
    }
    result += words[i];
  }
  return result;
}

std::string names_of(const agreement::Agreement& agreement,
                     const std::vector<agreement::ActorId>& actors, std::string_view last) {
  std::vector<std::string> names;
  for (const agreement::ActorId actor : actors) {
    names.push_back(agreement.actor(actor).name);
  }
  return join_words(names, last);
}

Wording named(const agreement::Agreement& agreement, const std::vector<agreement::ActorId>& actors,
              Last last) {
  std::vector<Wording> names;
  for (const agreement::ActorId actor : actors) {
    names.emplace_back(agreement.actor(actor).name);
  }
  return last == Last::And ? Wording::all(std::move(names)) : Wording::either(std::move(names));
}

Wording listed(const std::vector<std::string>& names, Last last) {
  std::vector<Wording> words(names.begin(), names.end());
  return last == Last::And ? Wording::all(std::move(words)) : Wording::either(std::move(words));
}

Wording at_words(const agreement::Agreement& agreement, base::Instant at) {
  if (at <= base::kBeforeTime || at >= base::kAfterTime) {
    return say("a moment that is not known");
  }
  return Wording::moment(at, base::to_words(at, agreement.clock.offset));
}

namespace {

std::string english_when(const agreement::Agreement& agreement, base::TimeRange when) {
  const base::Duration offset = agreement.clock.offset;
  const auto at = [&](base::Instant moment) { return at_words(agreement, moment).english(); };
  if (facts::last_of(when) == when.from) {
    return "on " + at(when.from);
  }
  const base::Date first = base::date_of(when.from, offset);
  const bool is_of_days = base::start_of(first) - offset == when.from &&
                          (when.to - when.from).seconds % base::kDay.seconds == 0;
  if (!is_of_days && first == base::date_of(when.to, offset)) {
    const std::string whole = at(when.from);
    const std::string end = at(when.to);
    const std::size_t clock = whole.rfind(", ");
    return fmt::format("on {} between {} and {}", base::to_words(first), whole.substr(clock + 2),
                       end.substr(end.rfind(", ") + 2));
  }
  if (!is_of_days) {
    return fmt::format("between {} and {}", at(when.from), at(when.to));
  }
  const base::Date last = base::date_of(facts::last_of(when), offset);
  return first == last
             ? "on " + base::to_words(first)
             : fmt::format("between {} and {}", base::to_words(first), base::to_words(last));
}

}  // namespace

Wording when_words(const agreement::Agreement& agreement, base::TimeRange when) {
  return Wording::range(when, english_when(agreement, when));
}

Wording value_words(const agreement::Agreement& agreement, const facts::Value& value) {
  switch (value.head) {
    case facts::Value::Head::Actor:
      return agreement.actor(value.actor).name;
    case facts::Value::Head::Kind:
      return value.owner ? say("{} of {}", agreement.kind(value.kind).name,
                               agreement.actor(*value.owner).name)
                         : Wording(agreement.kind(value.kind).name);
    case facts::Value::Head::Place:
      return agreement.place(value.place).name;
    case facts::Value::Head::UnknownWord:
      return value.text;
    case facts::Value::Head::Anything:
      return say("something unnamed");
  }
  return say("something unnamed");
}

Wording past_of(const agreement::Verb& verb) {
  return Wording::act(verb.name, verb.forms.size() > 1 ? verb.forms[1] : verb.name);
}

Wording deed_words(const agreement::Agreement& agreement, const facts::Fact& fact) {
  Wording act = say("did something that is not said");
  if (!fact.is_verb_unknown && fact.verbs.size() <= kMostNamed) {
    std::vector<Wording> verbs;
    for (const agreement::VerbId verb : fact.verbs) {
      verbs.push_back(past_of(agreement.verb(verb)));
    }
    act = Wording::either(std::move(verbs));
  }
  Wording objects = values_words(agreement, fact.objects);
  return is_anything(fact.weapons) ? say("{} {}", std::move(act), std::move(objects))
                                   : say("{} {} with {}", std::move(act), std::move(objects),
                                         values_words(agreement, fact.weapons));
}

Wording doer_words(const agreement::Agreement& agreement, const facts::Fact& fact) {
  if (fact.is_actor_unknown || fact.actors.size() > kMostNamed) {
    return say("somebody unnamed");
  }
  std::vector<Wording> groups;
  for (const facts::Group& group : fact.actors) {
    groups.push_back(group.empty() ? say("nobody") : named(agreement, group));
  }
  return Wording::either(std::move(groups));
}

Wording place_words(const agreement::Agreement& agreement, const facts::Fact& fact) {
  if (!fact.place_text.empty()) {
    return say("at {}", fact.place_text);
  }
  return fact.named_place ? say("in {}", agreement.place(*fact.named_place).name) : Wording();
}

}  // namespace truce::facts
