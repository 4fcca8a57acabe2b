// SPDX-License-Identifier: Apache-2.0
#include "truce/smt/term.h"

#include <algorithm>
#include <functional>
#include <utility>

#include "truce/base/check.h"

namespace truce::smt {

std::size_t Terms::Hash::operator()(const Node& node) const {
  std::size_t hash = std::hash<std::string>()(node.name);
  const auto mix = [&hash](std::size_t value) { hash = hash * 1000003 + value + (hash >> 29); };
  mix(static_cast<std::size_t>(node.op));
  mix(static_cast<std::size_t>(node.sort));
  mix(std::hash<std::int64_t>()(node.value));
  for (const Term argument : node.arguments) {
    mix(argument.index);
  }
  return hash;
}

Term Terms::add(Node node) {
  const auto [place, is_new] = known_.try_emplace(node, base::id_at<Term>(nodes_.size()));
  if (is_new) {
    nodes_.push_back(std::move(node));
  }
  return place->second;
}

Term Terms::boolean(const std::string& name) {
  return add({.op = Operator::Variable, .sort = Sort::Boolean, .name = name, .arguments = {}});
}

Term Terms::integer(const std::string& name) {
  return add({.op = Operator::Variable, .sort = Sort::Integer, .name = name, .arguments = {}});
}

Term Terms::truth(bool value) {
  return add({.op = Operator::Constant,
              .sort = Sort::Boolean,
              .value = value ? 1 : 0,
              .name = {},
              .arguments = {}});
}

Term Terms::number(std::int64_t value) {
  return add({.op = Operator::Constant,
              .sort = Sort::Integer,
              .value = value,
              .name = {},
              .arguments = {}});
}

bool Terms::is_true(Term term) const {
  const Node& one = node(term);
  return one.op == Operator::Constant && one.sort == Sort::Boolean && one.value == 1;
}

bool Terms::is_false(Term term) const {
  const Node& one = node(term);
  return one.op == Operator::Constant && one.sort == Sort::Boolean && one.value == 0;
}

Term Terms::negation(Term term) {
  if (is_true(term) || is_false(term)) {
    return truth(is_false(term));
  }
  if (node(term).op == Operator::Not) {
    return node(term).arguments[0];
  }
  TRUCE_CHECK(node(term).sort == Sort::Boolean, "only what is true or false can be denied");
  return add({.op = Operator::Not, .sort = Sort::Boolean, .name = {}, .arguments = {term}});
}

Term Terms::joined(Operator op, const std::vector<Term>& terms) {
  const bool is_and = op == Operator::And;
  std::vector<Term> flat;
  for (const Term term : terms) {
    if (node(term).op == op) {
      flat.insert(flat.end(), node(term).arguments.begin(), node(term).arguments.end());
    } else if (is_and ? is_false(term) : is_true(term)) {
      return truth(!is_and);
    } else if (!(is_and ? is_true(term) : is_false(term))) {
      flat.push_back(term);
    }
  }
  std::sort(flat.begin(), flat.end());
  flat.erase(std::unique(flat.begin(), flat.end()), flat.end());
  for (const Term term : flat) {
    const Node& one = node(term);
    if (one.op == Operator::Not && std::binary_search(flat.begin(), flat.end(), one.arguments[0])) {
      return truth(!is_and);
    }
  }
  if (flat.empty()) {
    return truth(is_and);
  }
  return flat.size() == 1
             ? flat[0]
             : add({.op = op, .sort = Sort::Boolean, .name = {}, .arguments = std::move(flat)});
}

Term Terms::all_of(const std::vector<Term>& terms) { return joined(Operator::And, terms); }

Term Terms::any_of(const std::vector<Term>& terms) { return joined(Operator::Or, terms); }

Term Terms::implies(Term condition, Term consequence) {
  return any_of({negation(condition), consequence});
}

Term Terms::plus(Term integer, std::int64_t value) {
  TRUCE_CHECK(node(integer).sort == Sort::Integer, "only numbers are added to");
  if (value == 0) {
    return integer;
  }
  if (node(integer).op == Operator::Constant) {
    return number(node(integer).value + value);
  }
  if (node(integer).op == Operator::Plus) {
    const Term base = node(integer).arguments[0];
    return plus(base, node(integer).value + value);
  }
  return add({.op = Operator::Plus,
              .sort = Sort::Integer,
              .value = value,
              .name = {},
              .arguments = {integer}});
}

Term Terms::at_most(Term smaller, Term larger) {
  TRUCE_CHECK(node(smaller).sort == Sort::Integer && node(larger).sort == Sort::Integer,
              "only numbers are compared");
  if (smaller == larger) {
    return truth(true);
  }
  if (node(smaller).op == Operator::Constant && node(larger).op == Operator::Constant) {
    return truth(node(smaller).value <= node(larger).value);
  }
  return add(
      {.op = Operator::AtMost, .sort = Sort::Boolean, .name = {}, .arguments = {smaller, larger}});
}

Term Terms::equal(Term one, Term other) {
  TRUCE_CHECK(node(one).sort == Sort::Integer && node(other).sort == Sort::Integer,
              "only numbers are compared");
  if (one == other) {
    return truth(true);
  }
  if (node(one).op == Operator::Constant && node(other).op == Operator::Constant) {
    return truth(node(one).value == node(other).value);
  }
  return add({.op = Operator::Equal,
              .sort = Sort::Boolean,
              .name = {},
              .arguments = {std::min(one, other), std::max(one, other)}});
}

std::vector<Term> Terms::parts(const std::vector<Term>& terms) const {
  std::vector<bool> is_part(nodes_.size(), false);
  for (const Term term : terms) {
    is_part[term.index] = true;
  }
  // Arguments stand before what is made of them: one walk backwards reaches all.
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    if (is_part[i]) {
      for (const Term argument : nodes_[i].arguments) {
        is_part[argument.index] = true;
      }
    }
  }
  std::vector<Term> found;
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    if (is_part[i]) {
      found.push_back(base::id_at<Term>(i));
    }
  }
  return found;
}

Term Terms::rebuilt(const Node& node, const std::vector<Term>& arguments) {
  switch (node.op) {
    case Operator::Plus:
      return plus(arguments[0], node.value);
    case Operator::AtMost:
      return at_most(arguments[0], arguments[1]);
    case Operator::Equal:
      return equal(arguments[0], arguments[1]);
    case Operator::Not:
      return negation(arguments[0]);
    case Operator::And:
      return all_of(arguments);
    case Operator::Or:
      return any_of(arguments);
    case Operator::Constant:
    case Operator::Variable:
      break;
  }
  return add(node);
}

Term Terms::replaced(Term term, const std::unordered_map<Term, Term>& by) {
  std::unordered_map<Term, Term> done;
  for (const Term part : parts({term})) {
    if (const auto found = by.find(part); found != by.end()) {
      done[part] = found->second;
      continue;
    }
    // A copy: making terms moves the nodes.
    const Node old = node(part);
    std::vector<Term> arguments;
    for (const Term argument : old.arguments) {
      arguments.push_back(done.at(argument));
    }
    done[part] = arguments == old.arguments ? part : rebuilt(old, arguments);
  }
  return done.at(term);
}

}  // namespace truce::smt
