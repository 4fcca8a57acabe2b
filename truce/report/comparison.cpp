// SPDX-License-Identifier: Apache-2.0
#include "truce/report/comparison.h"

#include <algorithm>
#include <optional>
#include <set>
#include <vector>

#include "truce/report/overview.h"

namespace truce::report {
namespace {

// The possibilities an account leaves, as words; empty where it says nothing.
using Said = std::set<std::string>;

// The things an account names; those it leaves open are left out.
using Things = std::vector<const facts::Value*>;

Things things_of(const facts::Values& values) {
  Things things;
  for (const facts::Value& value : values.items) {
    if (value.head != facts::Value::Head::Anything) {
      things.push_back(&value);
    }
  }
  return things;
}

// Whether one thing can be both. A kind may be the other, or a part of it.
bool may_be_one(const agreement::Agreement& agreement, const facts::Value& left,
                const facts::Value& right) {
  if (left.head != right.head || (left.owner && right.owner && left.owner != right.owner)) {
    return false;
  }
  switch (left.head) {
    case facts::Value::Head::Actor:
      return left.actor == right.actor;
    case facts::Value::Head::Kind:
      return agreement.vocabulary.is_kind_of(left.kind, right.kind) ||
             agreement.vocabulary.is_kind_of(right.kind, left.kind);
    case facts::Value::Head::Place:
      return left.place == right.place;
    case facts::Value::Head::UnknownWord:
      return left.text == right.text;
    case facts::Value::Head::Anything:
      return true;
  }
  return false;
}

Said who(const facts::Fact& fact) {
  Said said;
  if (fact.is_actor_unknown) {
    return said;
  }
  for (const facts::Group& group : fact.actors) {
    std::string word;
    for (const agreement::ActorId actor : group) {
      word += std::to_string(actor.index) + " ";
    }
    said.insert(word);
  }
  return said;
}

Said act(const facts::Fact& fact) {
  Said said;
  if (!fact.is_verb_unknown) {
    for (const agreement::VerbId verb : fact.verbs) {
      said.insert(std::to_string(verb.index));
    }
  }
  return said;
}

bool overlap(const Said& left, const Said& right) {
  return std::any_of(left.begin(), left.end(),
                     [&](const std::string& word) { return right.contains(word); });
}
bool overlap(base::TimeRange left, base::TimeRange right) {
  return left.from <= facts::last_of(right) && right.from <= facts::last_of(left);
}
/// Things with the agreement that knows them.
struct ThingsClaim {
  const agreement::Agreement& agreement;
  Things things;

  // The same in the words of the agreement, whatever the words of the source.
  friend bool operator==(const ThingsClaim& left, const ThingsClaim& right) {
    return std::equal(left.things.begin(), left.things.end(), right.things.begin(),
                      right.things.end(), [](const auto* one, const auto* other) {
                        facts::Value same = *other;
                        same.text = one->text;
                        return *one ==
                               (one->head == facts::Value::Head::UnknownWord ? *other : same);
                      });
  }
};
bool overlap(const ThingsClaim& left, const ThingsClaim& right) {
  return std::any_of(left.things.begin(), left.things.end(), [&](const auto* one) {
    return std::any_of(right.things.begin(), right.things.end(),
                       [&](const auto* other) { return may_be_one(left.agreement, *one, *other); });
  });
}

/// Where it was, with the name the source gives.
struct PlaceClaim {
  geometry::Disc disc;
  std::string name;

  friend bool operator==(const PlaceClaim&, const PlaceClaim&) = default;
};
bool overlap(const PlaceClaim& left, const PlaceClaim& right) {
  return geometry::distance(left.disc.centre, right.disc.centre).value <=
         left.disc.radius.value + right.disc.radius.value;
}
struct Toll {
  std::int64_t low = 0;
  std::int64_t high = 0;
  friend bool operator==(const Toll&, const Toll&) = default;
};
bool overlap(Toll left, Toll right) { return left.low <= right.high && right.low <= left.high; }

std::optional<Toll> toll_of(const incidents::Report* report) {
  if (report == nullptr) {
    return std::nullopt;
  }
  const auto low = report->deaths_low ? report->deaths_low : report->deaths_best;
  const auto high = report->deaths_high ? report->deaths_high : report->deaths_best;
  if (!low && !high) {
    return std::nullopt;
  }
  return Toll{low.value_or(*high), high.value_or(*low)};
}

template <typename Claim>
Agreeing compare_claims(const std::vector<Claim>& claims) {
  if (claims.size() < 2) {
    return claims.empty() ? Agreeing::Unsaid : Agreeing::One;
  }
  bool is_same = true;
  for (std::size_t left = 0; left < claims.size(); ++left) {
    for (std::size_t right = left + 1; right < claims.size(); ++right) {
      if (!overlap(claims[left], claims[right])) {
        return Agreeing::Differ;
      }
      is_same = is_same && claims[left] == claims[right];
    }
  }
  return is_same ? Agreeing::Same : Agreeing::Open;
}

template <typename Say>
Agreeing compare_sets(const std::vector<const facts::Fact*>& accounts, Say say) {
  std::vector<Said> claims;
  for (const facts::Fact* fact : accounts) {
    if (Said said = say(*fact); !said.empty()) {
      claims.push_back(std::move(said));
    }
  }
  return compare_claims(claims);
}

Agreeing compare_things(const Record& record, const std::vector<const facts::Fact*>& accounts,
                        facts::Values facts::Fact::* part) {
  std::vector<ThingsClaim> claims;
  for (const facts::Fact* fact : accounts) {
    if (Things things = things_of(fact->*part); !things.empty()) {
      claims.push_back({record.agreement, std::move(things)});
    }
  }
  return compare_claims(claims);
}

}  // namespace

Comparison compare(const Record& record, const facts::Incident& incident) {
  std::vector<const facts::Fact*> accounts;
  std::vector<base::TimeRange> times;
  std::vector<PlaceClaim> places;
  std::vector<Toll> tolls;
  for (const facts::FactId id : incident.facts) {
    const facts::Fact& fact = record.evidence.fact(id);
    accounts.push_back(&fact);
    times.push_back(fact.when);
    if (fact.where) {
      places.push_back({*fact.where, fact.place_text});
    }
    if (const auto toll = toll_of(report_of(record, fact))) {
      tolls.push_back(*toll);
    }
  }
  return {compare_sets(accounts, who),
          compare_sets(accounts, act),
          compare_things(record, accounts, &facts::Fact::objects),
          compare_things(record, accounts, &facts::Fact::weapons),
          compare_claims(times),
          compare_claims(places),
          compare_claims(tolls)};
}

std::string to_letters(const Comparison& comparison) {
  std::string letters;
  for (const Agreeing agreeing : comparison) {
    switch (agreeing) {
      case Agreeing::Unsaid:
        letters += '-';
        break;
      case Agreeing::One:
        letters += '1';
        break;
      case Agreeing::Same:
        letters += 's';
        break;
      case Agreeing::Open:
        letters += 'o';
        break;
      case Agreeing::Differ:
        letters += 'd';
        break;
    }
  }
  return letters;
}

}  // namespace truce::report
