// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/residuals.h"

#include <algorithm>
#include <limits>

namespace truce::packages::internal {
namespace {

using Kind = Formula::Kind;

}  // namespace

std::size_t Residuals::KeyHash::operator()(const std::vector<std::int64_t>& key) const {
  std::uint64_t hash = 1469598103934665603U;
  for (const std::int64_t part : key) {
    hash = (hash ^ static_cast<std::uint64_t>(part)) * 1099511628211U;
    hash ^= hash >> 29U;
  }
  return hash;
}

Residuals::Residuals() {
  // An empty Any never holds, an empty All always.
  statements_.resize(2);
  statements_[kFalse].kind = Kind::Any;
  statements_[kTrue].kind = Kind::All;
}

StatementId Residuals::intern(Statement statement) {
  std::vector<std::int64_t> key = {static_cast<std::int64_t>(statement.kind), statement.issue,
                                   statement.limit};
  key.insert(key.end(), statement.options.begin(), statement.options.end());
  for (std::size_t at = 0; at < statement.parts.size(); ++at) {
    key.push_back(statement.parts[at]);
    key.push_back(statement.costs.empty() ? 0 : statement.costs[at]);
    const auto& issues = statements_[statement.parts[at]].issues;
    statement.issues.insert(statement.issues.end(), issues.begin(), issues.end());
  }
  const auto [found, is_new] = ids_.emplace(key, static_cast<StatementId>(statements_.size()));
  if (is_new) {
    std::sort(statement.issues.begin(), statement.issues.end());
    statement.issues.erase(std::unique(statement.issues.begin(), statement.issues.end()),
                           statement.issues.end());
    statements_.push_back(std::move(statement));
  }
  return found->second;
}

StatementId Residuals::is(std::uint32_t issue, std::vector<std::uint32_t> options) {
  std::sort(options.begin(), options.end());
  options.erase(std::unique(options.begin(), options.end()), options.end());
  if (options.empty()) {
    return kFalse;
  }
  Statement statement;
  statement.kind = Kind::Is;
  statement.issue = issue;
  statement.options = std::move(options);
  statement.issues = {issue};
  return intern(std::move(statement));
}

StatementId Residuals::negation(StatementId part) {
  if (part <= kTrue) {
    return part == kTrue ? kFalse : kTrue;
  }
  if (statements_[part].kind == Kind::Not) {
    return statements_[part].parts[0];
  }
  Statement statement;
  statement.kind = Kind::Not;
  statement.parts = {part};
  return intern(std::move(statement));
}

StatementId Residuals::junction(Kind kind, const std::vector<StatementId>& parts) {
  const StatementId neutral = kind == Kind::All ? kTrue : kFalse;
  const StatementId decisive = kind == Kind::All ? kFalse : kTrue;
  std::vector<StatementId> kept;
  for (const StatementId part : parts) {
    if (part == decisive) {
      return decisive;
    }
    if (part == neutral) {
      continue;
    }
    if (statements_[part].kind == kind) {
      kept.insert(kept.end(), statements_[part].parts.begin(), statements_[part].parts.end());
    } else {
      kept.push_back(part);
    }
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  if (kept.empty()) {
    return neutral;
  }
  if (kept.size() == 1) {
    return kept[0];
  }
  Statement statement;
  statement.kind = kind;
  statement.parts = std::move(kept);
  return intern(std::move(statement));
}

StatementId Residuals::conjoin(const std::vector<StatementId>& parts) {
  return junction(Kind::All, parts);
}

StatementId Residuals::at_most(std::int64_t limit, const std::vector<StatementId>& parts,
                               const std::vector<std::int64_t>& costs) {
  Statement statement;
  statement.kind = Kind::AtMost;
  std::int64_t most = 0;
  bool is_most_known = true;
  for (std::size_t at = 0; at < parts.size(); ++at) {
    if (parts[at] == kFalse || costs[at] == 0) {
      continue;
    }
    if (parts[at] == kTrue) {
      if (limit < 0 || costs[at] > limit) {
        return kFalse;
      }
      limit -= costs[at];
      continue;
    }
    statement.parts.push_back(parts[at]);
    statement.costs.push_back(costs[at]);
    is_most_known = is_most_known && costs[at] <= std::numeric_limits<std::int64_t>::max() - most;
    most += is_most_known ? costs[at] : 0;
  }
  if (limit < 0) {
    return kFalse;
  }
  if (is_most_known && most <= limit) {
    return kTrue;
  }
  statement.limit = limit;
  return intern(std::move(statement));
}

StatementId Residuals::add(const Formula& formula) {
  if (formula.kind == Kind::Is) {
    return is(static_cast<std::uint32_t>(formula.is.issue), formula.is.options);
  }
  std::vector<StatementId> parts;
  parts.reserve(formula.parts.size());
  for (const Formula& part : formula.parts) {
    parts.push_back(add(part));
  }
  switch (formula.kind) {
    case Kind::Not:
      return negation(parts[0]);
    case Kind::AtMost:
      return at_most(formula.limit, parts, formula.costs);
    default:
      return junction(formula.kind, parts);
  }
}

bool Residuals::mentions(StatementId id, std::uint32_t issue) const {
  const auto& issues = statements_[id].issues;
  return std::binary_search(issues.begin(), issues.end(), issue);
}

StatementId Residuals::after(StatementId id, std::uint32_t issue, std::uint32_t option) {
  if (!mentions(id, issue)) {
    return id;
  }
  if (statements_[id].kind == Kind::Is) {
    const auto& options = statements_[id].options;
    return std::binary_search(options.begin(), options.end(), option) ? kTrue : kFalse;
  }
  // An option number has at most 20 bits and an issue 12: a game beyond that is refused.
  const std::uint64_t key = std::uint64_t{id} << 32U | std::uint64_t{issue} << 20U | option;
  if (const auto found = after_.find(key); found != after_.end()) {
    return found->second;
  }
  // By value: what is added meanwhile moves the statements.
  const Kind kind = statements_[id].kind;
  std::vector<StatementId> parts = statements_[id].parts;
  for (StatementId& part : parts) {
    part = after(part, issue, option);
  }
  StatementId result = kFalse;
  if (kind == Kind::Not) {
    result = negation(parts[0]);
  } else if (kind == Kind::AtMost) {
    const std::vector<std::int64_t> costs = statements_[id].costs;
    result = at_most(statements_[id].limit, parts, costs);
  } else {
    result = junction(kind, parts);
  }
  after_.emplace(key, result);
  return result;
}

}  // namespace truce::packages::internal
