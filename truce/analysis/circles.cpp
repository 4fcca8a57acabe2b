// SPDX-License-Identifier: Apache-2.0
// P01 and D01: clauses that lead back to themselves.
#include <algorithm>

#include <fmt/format.h>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::MomentExpression;
using agreement::Upon;
using Edges = std::vector<std::vector<std::uint32_t>>;

// What each node reaches. The graphs are the clauses of a draft: small.
std::vector<bool> reached_from(const Edges& edges, std::uint32_t start) {
  std::vector<bool> is_reached(edges.size(), false);
  std::vector<std::uint32_t> open = edges[start];
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    if (!is_reached[node]) {
      is_reached[node] = true;
      open.insert(open.end(), edges[node].begin(), edges[node].end());
    }
  }
  return is_reached;
}

// The clause on whose performance a moment depends, through the moments it is defined by.
std::optional<ClauseId> awaited_by(const Agreement& agreement, const MomentExpression& expression) {
  const MomentExpression* at = &expression;
  for (std::size_t i = 0; i <= agreement.moments.size(); ++i) {
    if (at->base == MomentExpression::Base::DayOfClause) {
      return at->clause;
    }
    if (at->base != MomentExpression::Base::Moment ||
        !agreement.moments[at->moment.index].expression.has_value()) {
      return std::nullopt;
    }
    at = &*agreement.moments[at->moment.index].expression;
  }
  return std::nullopt;
}

// The clauses whose performance one waits for, with the particulars that say so.
std::vector<std::pair<ClauseId, const agreement::Particular*>> waits_of(const Draft& draft,
                                                                        ClauseId id) {
  std::vector<std::pair<ClauseId, const agreement::Particular*>> waits;
  for (const agreement::Particular& particular : draft.clause(id).particulars) {
    if (const auto* upon = std::get_if<Upon>(&particular.what)) {
      for (const agreement::ClauseRef& ref : upon->clauses) {
        if (upon->what == Upon::What::Fulfilment) {
          waits.emplace_back(ref.clause, &particular);
        }
      }
      if (upon->what == Upon::What::Moment) {
        const auto& expression = draft.agreement().moments[upon->moment.index].expression;
        if (const auto awaited = expression.has_value() ? awaited_by(draft.agreement(), *expression)
                                                        : std::nullopt) {
          waits.emplace_back(*awaited, &particular);
        }
      }
    }
    if (const auto* from = std::get_if<agreement::From>(&particular.what)) {
      // `from day 1 of` its own performance waits for nothing.
      const auto awaited = awaited_by(draft.agreement(), from->at);
      if (awaited.has_value() && *awaited != id) {
        waits.emplace_back(*awaited, &particular);
      }
    }
  }
  return waits;
}

Edges waiting(const Draft& draft) {
  Edges edges(draft.agreement().clauses.size());
  for (const ClauseId id : draft.clauses()) {
    if (draft.is_duty(id)) {
      for (const auto& [awaited, particular] : waits_of(draft, id)) {
        edges[id.index].push_back(awaited.index);
      }
    }
  }
  return edges;
}

// `upon fulfilment of 2.2` becomes `reciprocally with 2.2`, in each clause of the circle.
std::optional<Repair> exchange_for(const Draft& draft, const std::vector<ClauseId>& circle) {
  Repair repair;
  std::vector<Wording> words;
  for (const ClauseId id : circle) {
    for (const auto& [awaited, particular] : waits_of(draft, id)) {
      const auto* upon = std::get_if<Upon>(&particular->what);
      const bool is_inside = std::find(circle.begin(), circle.end(), awaited) != circle.end();
      if (!is_inside) {
        continue;
      }
      if (upon == nullptr || upon->clauses.size() != 1) {
        return std::nullopt;
      }
      const std::string text = fmt::format("reciprocally with {}", draft.number(awaited));
      repair.edits.push_back({particular->span, text});
      words.push_back(say("in {} write `{}`", draft.number(id), text));
    }
  }
  repair.text = say("make it an exchange: {}", Wording::all(std::move(words)));
  return repair;
}

void tell_circle_of_waits(Search& search, const std::vector<ClauseId>& circle) {
  const Draft& draft = search.draft;
  Finding finding{.code = Code::D01};
  std::vector<Wording> waits;
  for (const ClauseId id : circle) {
    for (const auto& [awaited, particular] : waits_of(draft, id)) {
      if (std::find(circle.begin(), circle.end(), awaited) != circle.end()) {
        point_at(finding, draft, id, *particular,
                 fmt::format("waits for {}", draft.number(awaited)));
        waits.push_back(say("{} waits for {}", draft.number(id), draft.number(awaited)));
      }
    }
  }
  finding.message = say("nobody can go first: {}", Wording::all(std::move(waits)));
  finding.outcome =
      say("Each side may point to the other. Nobody is ever in breach of {}, and nothing happens.",
          draft.numbers(circle));
  if (auto repair = exchange_for(draft, circle)) {
    finding.repairs.push_back(std::move(*repair));
  }
  for (const ClauseId id : circle) {
    for (const auto& [awaited, particular] : waits_of(draft, id)) {
      if (std::holds_alternative<Upon>(particular->what)) {
        finding.repairs.push_back({say("let {} go first: take out `upon {}`", draft.number(id),
                                       std::get<Upon>(particular->what).text),
                                   {{particular->span, ""}}});
      }
    }
  }
  search.findings.push_back(std::move(finding));
}

// One clause that gives way to another, and where the text says so.
struct Yielding {
  std::uint32_t lower;
  std::uint32_t upper;
  ClauseId by;
  const agreement::Particular* particular;
};

std::vector<Yielding> yieldings_of(const Draft& draft) {
  std::vector<Yielding> found;
  for (const ClauseId id : draft.clauses()) {
    for (const agreement::Particular& particular : draft.clause(id).particulars) {
      if (const auto* subject_to = std::get_if<agreement::SubjectTo>(&particular.what)) {
        for (const agreement::ClauseRef& ref : subject_to->clauses) {
          found.push_back({id.index, ref.clause.index, id, &particular});
        }
      } else if (const auto* despite = std::get_if<agreement::Despite>(&particular.what)) {
        for (const agreement::ClauseRef& ref : despite->clauses) {
          found.push_back({ref.clause.index, id.index, id, &particular});
        }
      }
    }
  }
  return found;
}

// Lets the clause that gives way prevail.
Repair prevail(const Draft& draft, const Yielding& yielding) {
  const ClauseId lower{yielding.lower};
  const ClauseId upper{yielding.upper};
  return {say("let {} prevail: take out `{} {}` in {}", draft.number(lower),
              particular_name(*yielding.particular) == "despite" ? "despite" : "subject to",
              draft.number(yielding.by == lower ? upper : lower), draft.number(yielding.by)),
          {{yielding.particular->span, ""}}};
}

void tell_circle_of_priority(Search& search, const std::vector<std::uint32_t>& circle,
                             const std::vector<Yielding>& yieldings) {
  const Draft& draft = search.draft;
  const auto is_inside = [&](std::uint32_t node) {
    return std::find(circle.begin(), circle.end(), node) != circle.end();
  };
  Finding finding{.code = Code::P01};
  std::vector<Wording> steps;
  for (const Yielding& one : yieldings) {
    if (!is_inside(one.lower) || !is_inside(one.upper)) {
      continue;
    }
    Wording words = say("{} gives way to {}", draft.number(ClauseId{one.lower}),
                        draft.number(ClauseId{one.upper}));
    point_at(finding, draft, one.by, *one.particular, words.english());
    steps.push_back(std::move(words));
    finding.repairs.push_back(prevail(draft, one));
  }
  finding.message = say("neither prevails: {}", Wording::all(std::move(steps)));
  finding.outcome =
      say("Where they differ, each side can read the clause that suits it as the weaker one.");
  search.findings.push_back(std::move(finding));
}

void find_circles_of_priority(Search& search) {
  const std::vector<Yielding> yieldings = yieldings_of(search.draft);
  Edges yields(search.agreement().clauses.size());
  for (const Yielding& one : yieldings) {
    yields[one.lower].push_back(one.upper);
  }
  for (const std::vector<std::uint32_t>& circle : circles_of(yields)) {
    tell_circle_of_priority(search, circle, yieldings);
  }
}

}  // namespace

std::vector<std::vector<std::uint32_t>> circles_of(const Edges& edges) {
  std::vector<std::vector<bool>> reached;
  for (std::uint32_t node = 0; node < edges.size(); ++node) {
    reached.push_back(edges[node].empty() ? std::vector<bool>(edges.size(), false)
                                          : reached_from(edges, node));
  }
  std::vector<std::vector<std::uint32_t>> circles;
  for (std::uint32_t least = 0; least < edges.size(); ++least) {
    if (!reached[least][least]) {
      continue;
    }
    std::vector<std::uint32_t> circle;
    for (std::uint32_t node = 0; node < edges.size(); ++node) {
      if (reached[least][node] && reached[node][least]) {
        circle.push_back(node);
      }
    }
    if (circle.front() == least) {
      circles.push_back(std::move(circle));
    }
  }
  return circles;
}

std::vector<std::vector<ClauseId>> circles_of_waits(const Draft& draft) {
  std::vector<std::vector<ClauseId>> circles;
  for (const std::vector<std::uint32_t>& nodes : circles_of(waiting(draft))) {
    std::vector<ClauseId> circle;
    for (const std::uint32_t node : nodes) {
      circle.push_back(ClauseId{node});
    }
    circles.push_back(std::move(circle));
  }
  return circles;
}

void find_circles(Search& search) {
  find_circles_of_priority(search);
  for (const std::vector<ClauseId>& circle : circles_of_waits(search.draft)) {
    tell_circle_of_waits(search, circle);
  }
}

}  // namespace truce::analysis::internal
