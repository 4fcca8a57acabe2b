// SPDX-License-Identifier: Apache-2.0
#include "truce/analysis/internal/mixes.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <set>
#include <string>
#include <tuple>
#include <variant>

namespace truce::analysis::internal {
namespace {

using agreement::Agreement;
using agreement::Clause;
using agreement::Reading;

// So few readings are all searched; of more, any two passages are mixed.
constexpr std::size_t kFewReadings = 16;

bool is_of_breach(const agreement::Upon& upon) {
  return upon.what == agreement::Upon::What::Breach ||
         upon.what == agreement::Upon::What::Determination;
}

// Whoever watches is compared with every clause that is watched.
bool is_duty(const Agreement& agreement, const Clause& clause) {
  const bool is_form = clause.form == agreement::Form::Duty ||
                       clause.form == agreement::Form::Effort ||
                       clause.form == agreement::Form::Phases;
  if (!is_form || !clause.act.verb.has_value()) {
    return false;
  }
  const std::string& verb = agreement.verb(*clause.act.verb).name;
  return verb != "verify" && verb != "inspect" && verb != "monitor";
}

// Whether the passage stands inside a particular that says when, and no more.
bool is_of_time(const Clause& clause, base::Span passage) {
  return std::any_of(
      clause.particulars.begin(), clause.particulars.end(), [&](const auto& particular) {
        const bool is_when = std::holds_alternative<agreement::Due>(particular.what) ||
                             std::holds_alternative<agreement::Start>(particular.what) ||
                             std::holds_alternative<agreement::Finish>(particular.what) ||
                             std::holds_alternative<agreement::From>(particular.what);
        return is_when && particular.span.begin <= passage.begin &&
               passage.end <= particular.span.end;
      });
}

// The clauses whose time is that of this one: what it waits for, and what is weighed against it.
std::vector<agreement::ClauseRef> tied_to(const Clause& clause) {
  std::vector<agreement::ClauseRef> refs;
  const auto add = [&](const std::vector<agreement::ClauseRef>& more) {
    refs.insert(refs.end(), more.begin(), more.end());
  };
  for (const auto* upon : clause.find_all<agreement::Upon>()) {
    if (!is_of_breach(*upon)) {
      add(upon->clauses);
    }
  }
  for (const auto* reciprocally : clause.find_all<agreement::Reciprocally>()) {
    add(reciprocally->clauses);
  }
  for (const auto* despite : clause.find_all<agreement::Despite>()) {
    add(despite->clauses);
  }
  for (const auto* subject : clause.find_all<agreement::SubjectTo>()) {
    add(subject->clauses);
  }
  return refs;
}

// Clauses that are tied to each other, step by step, are one part.
std::vector<std::size_t> parts_of(const Agreement& agreement) {
  std::vector<std::size_t> parts(agreement.clauses.size());
  std::iota(parts.begin(), parts.end(), std::size_t{0});
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const agreement::ClauseRef& ref : tied_to(agreement.clauses[i])) {
      const std::size_t gone = parts[ref.clause.index];
      std::replace(parts.begin(), parts.end(), gone, parts[i]);
    }
  }
  return parts;
}

std::set<std::pair<std::size_t, std::size_t>> remedies_of(const Agreement& agreement,
                                                          const std::vector<std::size_t>& parts) {
  std::set<std::pair<std::size_t, std::size_t>> remedies;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    for (const auto* upon : agreement.clauses[i].find_all<agreement::Upon>()) {
      for (const agreement::ClauseRef& ref : upon->clauses) {
        remedies.emplace(parts[i], parts[ref.clause.index]);
      }
    }
  }
  return remedies;
}

// Two passages, the earlier first, each with its alternative.
using Pair = std::tuple<std::size_t, std::uint32_t, std::size_t, std::uint32_t>;

std::size_t count_of(const Agreement& agreement, std::size_t bracket) {
  return agreement.brackets[bracket].alternatives.size();
}

std::set<Pair> all_pairs(const Agreement& agreement, const Interplay& interplay) {
  std::set<Pair> pairs;
  for (std::size_t second = 1; second < agreement.brackets.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      if (!interplay.do_meet(first, second)) {
        continue;
      }
      for (std::uint32_t one = 0; one < count_of(agreement, first); ++one) {
        for (std::uint32_t other = 0; other < count_of(agreement, second); ++other) {
          pairs.emplace(first, one, second, other);
        }
      }
    }
  }
  return pairs;
}

void strike_out(std::set<Pair>& pairs, const Reading& reading) {
  for (std::size_t second = 1; second < reading.size(); ++second) {
    for (std::size_t first = 0; first < second; ++first) {
      pairs.erase({first, reading[first], second, reading[second]});
    }
  }
}

// The alternative that makes the most pairs which are left with what was chosen.
std::uint32_t best_for(const Agreement& agreement, const std::set<Pair>& left,
                       const std::vector<bool>& is_chosen, const Reading& reading,
                       std::size_t bracket) {
  std::uint32_t best = 0;
  std::size_t most = 0;
  for (std::uint32_t choice = 0; choice < count_of(agreement, bracket); ++choice) {
    std::size_t made = 0;
    for (std::size_t other = 0; other < reading.size(); ++other) {
      if (is_chosen[other]) {
        const Pair pair = other < bracket ? Pair(other, reading[other], bracket, choice)
                                          : Pair(bracket, choice, other, reading[other]);
        made += left.count(pair);
      }
    }
    if (made > most) {
      most = made;
      best = choice;
    }
  }
  return best;
}

// How many readings there are; more than `most` is told as one more.
std::size_t count_up_to(const Agreement& agreement, std::size_t most) {
  std::size_t count = 1;
  for (std::size_t bracket = 0; bracket < agreement.brackets.size(); ++bracket) {
    count *= count_of(agreement, bracket);
    if (count > most) {
      return most + 1;
    }
  }
  return count;
}

// The next reading as numbers are counted, the last passage fastest; false after the last.
bool advance(const Agreement& agreement, Reading& reading) {
  for (std::size_t bracket = reading.size(); bracket-- > 0;) {
    if (++reading[bracket] < count_of(agreement, bracket)) {
      return true;
    }
    reading[bracket] = 0;
  }
  return false;
}

std::vector<Reading> all_but(const Agreement& agreement, const std::vector<Reading>& whole) {
  std::vector<Reading> found;
  Reading reading(agreement.brackets.size(), 0);
  do {
    if (std::find(whole.begin(), whole.end(), reading) == whole.end()) {
      found.push_back(reading);
    }
  } while (advance(agreement, reading));
  return found;
}

}  // namespace

Interplay::Interplay(const Agreement& agreement)
    : parts_(parts_of(agreement)), remedies_(remedies_of(agreement, parts_)) {
  // What forbids or permits bears on acts of every clause, and so does its time.
  std::set<std::size_t> wide;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    if (!is_duty(agreement, agreement.clauses[i])) {
      wide.insert(parts_[i]);
    }
  }
  for (const agreement::Bracket& bracket : agreement.brackets) {
    const bool is_narrow = bracket.clause.has_value() &&
                           is_of_time(agreement.clause(*bracket.clause), bracket.span) &&
                           !wide.contains(parts_[bracket.clause->index]);
    brackets_.push_back(is_narrow ? std::optional(parts_[bracket.clause->index]) : std::nullopt);
  }
}

bool Interplay::is_near(std::size_t part, std::size_t other) const {
  return part == other || remedies_.contains({part, other}) || remedies_.contains({other, part});
}

bool Interplay::do_meet(std::size_t bracket, std::size_t other) const {
  const auto& one = brackets_[bracket];
  const auto& two = brackets_[other];
  return !one.has_value() || !two.has_value() || is_near(*one, *two);
}

bool Interplay::bears_on(std::size_t bracket,
                         const std::vector<agreement::ClauseId>& clauses) const {
  const auto& part = brackets_[bracket];
  return !part.has_value() || clauses.empty() ||
         std::any_of(clauses.begin(), clauses.end(),
                     [&](const auto& id) { return is_near(*part, parts_[id.index]); });
}

std::vector<Reading> mixes(const Agreement& agreement, const Interplay& interplay,
                           const std::vector<Reading>& whole, std::size_t most) {
  if (agreement.brackets.size() > 2 && count_up_to(agreement, kFewReadings) <= kFewReadings) {
    return all_but(agreement, whole);
  }
  std::set<Pair> left = all_pairs(agreement, interplay);
  for (const Reading& reading : whole) {
    strike_out(left, reading);
  }
  std::vector<Reading> found;
  while (!left.empty() && found.size() < most) {
    Reading reading(agreement.brackets.size(), 0);
    std::vector<bool> is_chosen(reading.size(), false);
    const auto& [first, one, second, other] = *left.begin();
    reading[first] = one;
    reading[second] = other;
    is_chosen[first] = true;
    is_chosen[second] = true;
    for (std::size_t bracket = 0; bracket < reading.size(); ++bracket) {
      if (!is_chosen[bracket]) {
        reading[bracket] = best_for(agreement, left, is_chosen, reading, bracket);
        is_chosen[bracket] = true;
      }
    }
    strike_out(left, reading);
    found.push_back(std::move(reading));
  }
  return found;
}

bool are_all(const Agreement& agreement, const std::vector<Reading>& some) {
  const std::set<Reading> different(some.begin(), some.end());
  return count_up_to(agreement, different.size()) == different.size();
}

}  // namespace truce::analysis::internal
