// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "truce/base/ids.h"

namespace truce::smt {

/// A term of some Terms.
using Term = base::Id<struct TermTag>;

enum class Sort : std::uint8_t { Boolean, Integer };

enum class Operator : std::uint8_t {
  Constant,  // a truth value, or a whole number
  Variable,
  Plus,    // an integer and a constant
  AtMost,  // two integers
  Equal,   // two integers
  Not,
  And,
  Or,
};

/// One node of the shared graph of terms.
struct Node {
  Operator op = Operator::Constant;
  Sort sort = Sort::Boolean;
  // Of a constant: the number; 1 and 0 are true and false. Of Plus: what is added.
  std::int64_t value = 0;
  std::string name;
  std::vector<Term> arguments;

  friend bool operator==(const Node&, const Node&) = default;
};

/// Terms over truth values and whole numbers: comparisons of differences, joined by `and`, `or`
/// and `not`. Equal terms are one term, and what is simple is simplified as it is made. Arguments
/// stand before what is made of them. Of terms of another Terms nothing may be made.
class Terms {
 public:
  /// A variable; the same name and sort give the same one.
  Term boolean(const std::string& name);
  Term integer(const std::string& name);

  Term truth(bool value);
  Term number(std::int64_t value);

  Term negation(Term term);
  /// True of none, false of none.
  Term all_of(const std::vector<Term>& terms);
  Term any_of(const std::vector<Term>& terms);
  Term implies(Term condition, Term consequence);

  Term plus(Term integer, std::int64_t value);
  Term at_most(Term smaller, Term larger);
  Term less(Term smaller, Term larger) { return at_most(plus(smaller, 1), larger); }
  Term equal(Term one, Term other);

  /// `term` with each key of `by` replaced by its value, of the same sort.
  Term replaced(Term term, const std::unordered_map<Term, Term>& by);

  [[nodiscard]] const Node& node(Term term) const { return nodes_[term.index]; }
  [[nodiscard]] std::size_t size() const { return nodes_.size(); }
  [[nodiscard]] bool is_true(Term term) const;
  [[nodiscard]] bool is_false(Term term) const;
  /// The term and all that it is made of, each once, arguments first.
  [[nodiscard]] std::vector<Term> parts(const std::vector<Term>& terms) const;

 private:
  struct Hash {
    std::size_t operator()(const Node& node) const;
  };
  Term add(Node node);
  Term joined(Operator op, const std::vector<Term>& terms);
  Term rebuilt(const Node& node, const std::vector<Term>& arguments);

  std::vector<Node> nodes_;
  std::unordered_map<Node, Term, Hash> known_;
};

}  // namespace truce::smt
