// SPDX-License-Identifier: Apache-2.0
// O01, O02 and N02: things told apart by a measure.
#include <algorithm>
#include <cmath>
#include <limits>

#include <fmt/format.h>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::KindId;
using agreement::MeasureTest;
using agreement::Noun;

constexpr double kEndless = std::numeric_limits<double>::infinity();

// A thing of the agreement: members of one kind whose measure lies between two values.
struct Class {
  KindId id;
  KindId base;
  const MeasureTest* test = nullptr;
  double low = 0;
  double high = kEndless;
  // `at most` and `above` put the value itself on the other side than `below` and `at least`.
  bool has_low = true;
  bool has_high = false;
  std::vector<ClauseId> clauses;
};

void see(const agreement::Nouns& nouns, KindId kind, bool& is_used) {
  for (const Noun& noun : nouns.items) {
    is_used = is_used || (noun.head == Noun::Head::Kind && noun.kind == kind);
  }
}

std::vector<ClauseId> users_of(const Draft& draft, KindId kind) {
  std::vector<ClauseId> users;
  for (const ClauseId id : draft.clauses()) {
    bool is_used = false;
    see(draft.clause(id).act.object, kind, is_used);
    for (const agreement::Complement& complement : draft.clause(id).act.complements) {
      see(complement.nouns, kind, is_used);
    }
    for (const agreement::Phase* phase : draft.clause(id).find_all<agreement::Phase>()) {
      see(phase->act.object, kind, is_used);
    }
    if (is_used) {
      users.push_back(id);
    }
  }
  return users;
}

std::vector<Class> classes_of(const Draft& draft) {
  std::vector<Class> classes;
  const auto& kinds = draft.agreement().vocabulary.kinds;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    if (kinds[i].is_from_vocabulary || !kinds[i].test.has_value() || kinds[i].parents.size() != 1) {
      continue;
    }
    Class one;
    one.id = base::id_at<KindId>(i);
    one.base = kinds[i].parents[0];
    one.test = &*kinds[i].test;
    switch (one.test->comparison) {
      case MeasureTest::Comparison::AtLeast:
        one.low = one.test->value;
        break;
      case MeasureTest::Comparison::Above:
        one.low = one.test->value;
        one.has_low = false;
        break;
      case MeasureTest::Comparison::AtMost:
        one.high = one.test->value;
        one.has_high = true;
        break;
      case MeasureTest::Comparison::Below:
        one.high = one.test->value;
        break;
    }
    one.clauses = users_of(draft, one.id);
    if (!one.clauses.empty()) {
      classes.push_back(std::move(one));
    }
  }
  return classes;
}

std::string number(double value) {
  return std::floor(value) == value ? fmt::format("{}", static_cast<std::int64_t>(value))
                                    : fmt::format("{}", value);
}

bool is_sibling(const Draft& draft, KindId one, KindId other) {
  const auto& parents = draft.agreement().kind(one).parents;
  const auto& others = draft.agreement().kind(other).parents;
  return std::any_of(parents.begin(), parents.end(), [&](KindId parent) {
    return std::find(others.begin(), others.end(), parent) != others.end();
  });
}

bool is_related(const Draft& draft, KindId one, KindId other) {
  const agreement::Vocabulary& vocabulary = draft.agreement().vocabulary;
  return vocabulary.is_kind_of(one, other) || vocabulary.is_kind_of(other, one);
}

Finding about_classes(const Search& search, Code code, const Class& one, const Class& other) {
  Finding finding{.code = code};
  finding.key = search.agreement().kind(one.id).name + "/" + search.agreement().kind(other.id).name;
  for (const Class* each : {&one, &other}) {
    for (const ClauseId id : each->clauses) {
      about(finding, search.draft, id,
            fmt::format("speaks of {}", search.agreement().kind(each->id).name), false);
      finding.labels.back().is_primary = false;
    }
  }
  finding.span = search.agreement().kind(one.id).span;
  finding.labels.insert(finding.labels.begin(),
                        {{search.agreement().kind(one.id).span, "one definition", true},
                         {search.agreement().kind(other.id).span, "the other", true}});
  return finding;
}

// Whether two of their clauses ask the same of the same bearer in different terms.
bool differ(const Search& search, const Class& one, const Class& other) {
  return std::any_of(one.clauses.begin(), one.clauses.end(), [&](ClauseId first) {
    return std::any_of(other.clauses.begin(), other.clauses.end(), [&](ClauseId second) {
      const Actors bearers = search.draft.bearers(first);
      const Actors others = search.draft.bearers(second);
      return first != second && search.clause(first).act.verb == search.clause(second).act.verb &&
             search.draft.is_duty(first) && search.draft.is_duty(second) &&
             std::any_of(bearers.begin(), bearers.end(),
                         [&](ActorId actor) { return contains(others, actor); });
    });
  });
}

void find_overlap(Search& search, const Class& one, const Class& other) {
  const double low = std::max(one.low, other.low);
  const double high = std::min(one.high, other.high);
  const bool is_same = is_related(search.draft, one.base, other.base);
  const bool is_open = !is_same && !is_sibling(search.draft, one.base, other.base);
  if (low >= high || (!is_same && !is_open) || !differ(search, one, other)) {
    return;
  }
  const auto& kind = [&](KindId id) -> const std::string& {
    return search.agreement().kind(id).name;
  };
  // A value that anybody would call both.
  const double example = high == kEndless ? low * 1.2 : (low + high) / 2;
  Finding overlap = about_classes(search, Code::O01, one, other);
  overlap.message = say("a thing of {} {} can be both {} and {}, and {} ask different things of it",
                        number(example), one.test->unit, kind(one.id), kind(other.id),
                        search.draft.numbers(overlap.clauses));
  overlap.outcome =
      say("One side counts it among {}, the other among {}.", kind(one.id), kind(other.id));
  search.findings.push_back(std::move(overlap));
  if (is_open) {
    Finding relation = about_classes(search, Code::N02, one, other);
    relation.message = say("nothing says whether {} are a kind of {}, or {} of {}",
                           kind(other.base), kind(one.base), kind(one.base), kind(other.base));
    relation.outcome = say("Which definition holds for a thing is left to whoever counts it.");
    search.findings.push_back(std::move(relation));
  }
}

// What `first` leaves below what `second` begins with, both of one kind.
void find_gap(Search& search, const Class& first, const Class& second) {
  const bool has_gap =
      first.high < second.low || (first.high == second.low && !first.has_high && !second.has_low);
  if (!has_gap) {
    return;
  }
  Finding gap = about_classes(search, Code::O02, first, second);
  const auto& kind = [&](KindId id) -> const std::string& {
    return search.agreement().kind(id).name;
  };
  const double from = first.has_high ? std::floor(first.high) + 1 : std::ceil(first.high);
  const double to = second.has_low ? std::ceil(second.low) - 1 : std::floor(second.low);
  Wording range =
      from < to ? say("from {} to {}", number(from), number(to)) : say("of {}", number(from));
  gap.message =
      say("{} with a {} {} {} are neither {} nor {}", kind(first.base), first.test->measure,
          std::move(range), first.test->unit, kind(first.id), kind(second.id));
  gap.outcome = say("Nothing in the text applies to them.");
  if (!first.has_high && second.has_low) {
    const std::string text = fmt::format("with {} below {} {}", first.test->measure,
                                         number(second.low), first.test->unit);
    gap.repairs.push_back(
        {say("let {} reach up to it: `{}`", kind(first.id), text), {{first.test->span, text}}});
  }
  if (second.has_low) {
    const std::string text =
        fmt::format("with {} {} {} {}", second.test->measure, first.has_high ? "above" : "at least",
                    number(first.high), second.test->unit);
    gap.repairs.push_back(
        {say("let {} begin with it: `{}`", kind(second.id), text), {{second.test->span, text}}});
  }
  search.findings.push_back(std::move(gap));
}

}  // namespace

void find_definitions(Search& search) {
  const std::vector<Class> classes = classes_of(search.draft);
  for (std::size_t i = 0; i < classes.size(); ++i) {
    for (std::size_t j = i + 1; j < classes.size(); ++j) {
      if (classes[i].test->measure == classes[j].test->measure) {
        find_overlap(search, classes[i], classes[j]);
      }
    }
  }
  // Neighbours of one kind by their measure, from below.
  for (const Class& first : classes) {
    const Class* next = nullptr;
    for (const Class& second : classes) {
      if (&second != &first && second.base == first.base &&
          second.test->measure == first.test->measure && second.low >= first.high &&
          (next == nullptr || second.low < next->low)) {
        next = &second;
      }
    }
    // Another class may lie across the gap.
    const bool is_covered = std::any_of(classes.begin(), classes.end(), [&](const Class& other) {
      return next != nullptr && other.base == first.base && other.low < first.high &&
             other.high > first.high && other.test->measure == first.test->measure;
    });
    if (next != nullptr && !is_covered) {
      find_gap(search, first, *next);
    }
  }
}

}  // namespace truce::analysis::internal
