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

std::string word_of(const facts::Value& value) {
  std::string word;
  switch (value.head) {
    case facts::Value::Head::Actor:
      word = "a" + std::to_string(value.actor.index);
      break;
    case facts::Value::Head::Kind:
      word = "k" + std::to_string(value.kind.index);
      break;
    case facts::Value::Head::Place:
      word = "p" + std::to_string(value.place.index);
      break;
    case facts::Value::Head::UnknownWord:
      word = "w" + value.text;
      break;
    case facts::Value::Head::Anything:
      return "";
  }
  return value.owner ? word + " of " + std::to_string(value.owner->index) : word;
}

Said said_of(const facts::Values& values) {
  Said said;
  for (const facts::Value& value : values.items) {
    if (std::string word = word_of(value); !word.empty()) {
      said.insert(std::move(word));
    }
  }
  return said;
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
bool overlap(const geometry::Disc& left, const geometry::Disc& right) {
  return geometry::distance(left.centre, right.centre).value <=
         left.radius.value + right.radius.value;
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

}  // namespace

Comparison compare(const Record& record, const facts::Incident& incident) {
  std::vector<const facts::Fact*> accounts;
  std::vector<base::TimeRange> times;
  std::vector<geometry::Disc> discs;
  std::vector<Toll> tolls;
  for (const facts::FactId id : incident.facts) {
    const facts::Fact& fact = record.evidence.fact(id);
    accounts.push_back(&fact);
    times.push_back(fact.when);
    if (fact.where) {
      discs.push_back(*fact.where);
    }
    if (const auto toll = toll_of(report_of(record, fact))) {
      tolls.push_back(*toll);
    }
  }
  return {compare_sets(accounts, who),
          compare_sets(accounts, act),
          compare_sets(accounts, [](const facts::Fact& fact) { return said_of(fact.objects); }),
          compare_sets(accounts, [](const facts::Fact& fact) { return said_of(fact.weapons); }),
          compare_claims(times),
          compare_claims(discs),
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
