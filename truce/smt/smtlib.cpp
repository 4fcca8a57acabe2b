// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

#include "truce/smt/solver.h"

namespace truce::smt {
namespace {

// Names hold numbers of clauses and words in any script; bars make symbols of them.
std::string symbol(const std::string& name) {
  std::string text = name;
  std::replace_if(
      text.begin(), text.end(), [](char letter) { return letter == '|' || letter == '\\'; }, '_');
  return "|" + text + "|";
}

std::string number(std::int64_t value) {
  return value < 0 ? fmt::format("(- {})", fmt::format("{}", value).substr(1))
                   : fmt::format("{}", value);
}

std::string_view word(Operator op) {
  switch (op) {
    case Operator::AtMost:
      return "<=";
    case Operator::Equal:
      return "=";
    case Operator::Not:
      return "not";
    case Operator::And:
      return "and";
    case Operator::Or:
      return "or";
    case Operator::Plus:
      return "+";
    case Operator::Constant:
    case Operator::Variable:
      break;
  }
  return "";
}

std::string written(const Node& node, const std::unordered_map<Term, std::string>& known) {
  if (node.op == Operator::Variable) {
    return symbol(node.name);
  }
  if (node.op == Operator::Constant) {
    return node.sort == Sort::Integer ? number(node.value) : node.value == 1 ? "true" : "false";
  }
  std::string text = fmt::format("({}", word(node.op));
  for (const Term argument : node.arguments) {
    text += " " + known.at(argument);
  }
  return text + (node.op == Operator::Plus ? " " + number(node.value) : std::string()) + ")";
}

}  // namespace

std::string to_smtlib(const Terms& terms, const std::vector<Term>& assertions,
                      const std::vector<Term>& assumptions, Answer::What expected,
                      const std::string& comment) {
  std::string text;
  std::string line;
  for (const char letter : comment + "\n") {
    if (letter == '\n') {
      text += line.empty() ? "" : "; " + line + "\n";
      line.clear();
    } else {
      line += letter;
    }
  }
  text += "(set-logic QF_LIA)\n";
  if (expected != Answer::What::Unknown) {
    text += fmt::format("(set-info :status {})\n", expected == Answer::What::Sat ? "sat" : "unsat");
  }
  std::vector<Term> all = assertions;
  all.insert(all.end(), assumptions.begin(), assumptions.end());
  // Long parts are named, so that what is shared is written once.
  std::unordered_map<Term, std::string> known;
  for (const Term part : terms.parts(all)) {
    const Node& node = terms.node(part);
    std::string words = written(node, known);
    if (node.op == Operator::Variable) {
      text += fmt::format("(declare-fun {} () {})\n", words,
                          node.sort == Sort::Integer ? "Int" : "Bool");
    } else if (words.size() > 60) {
      const std::string name = fmt::format("t{}", part.index);
      text += fmt::format("(define-fun {} () {} {})\n", name,
                          node.sort == Sort::Integer ? "Int" : "Bool", words);
      words = name;
    }
    known[part] = std::move(words);
  }
  for (const Term assertion : all) {
    text += fmt::format("(assert {})\n", known.at(assertion));
  }
  return text + "(check-sat)\n";
}

}  // namespace truce::smt
