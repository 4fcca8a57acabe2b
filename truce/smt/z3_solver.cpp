// SPDX-License-Identifier: Apache-2.0
// The solver Z3 behind our interface. What it throws ends here.
#include <chrono>
#include <optional>
#include <utility>

#include <z3++.h>

#include "truce/base/check.h"
#include "truce/smt/solver.h"

namespace truce::smt {
namespace {

class Z3Solver final : public Solver {
 public:
  Z3Solver(const Terms& terms, const Limits& limits)
      : terms_(terms), limits_(limits), solver_(context_, z3::solver::simple()) {
    guarded([&] {
      z3::params parameters(context_);
      parameters.set("random_seed", limits.seed);
      if (limits.steps > 0) {
        parameters.set("rlimit", limits.steps);
      }
      if (limits.time_ms > 0) {
        parameters.set("timeout", limits.time_ms);
      }
      solver_.set(parameters);
    });
  }

  void add(Term assertion) override {
    guarded([&] { solver_.add(made(assertion)); });
  }

  Answer check(const std::vector<Term>& assumptions) override {
    if (!fault_.empty()) {
      return {Answer::What::Unknown, fault_};
    }
    const auto started = std::chrono::steady_clock::now();
    Answer answer;
    assumptions_ = assumptions;
    guarded([&] {
      model_.reset();
      z3::expr_vector given(context_);
      for (const Term assumption : assumptions) {
        given.push_back(made(assumption));
      }
      switch (solver_.check(given)) {
        case z3::sat:
          model_ = solver_.get_model();
          answer.what = Answer::What::Sat;
          break;
        case z3::unsat:
          answer.what = Answer::What::Unsat;
          break;
        case z3::unknown:
          answer.why = solver_.reason_unknown();
          break;
      }
    });
    if (!fault_.empty()) {
      answer = {Answer::What::Unknown, fault_};
    }
    answer.microseconds = std::chrono::duration_cast<std::chrono::microseconds>(
                              std::chrono::steady_clock::now() - started)
                              .count();
    return answer;
  }

  bool truth_of(Term term) override {
    bool value = false;
    guarded([&] {
      if (model_.has_value()) {
        value = model_->eval(made(term), true).is_true();
      }
    });
    return value;
  }

  std::int64_t number_of(Term term) override {
    std::int64_t value = 0;
    guarded([&] {
      if (model_.has_value()) {
        model_->eval(made(term), true).is_numeral_i64(value);
      }
    });
    return value;
  }

  std::vector<Term> core() override {
    std::vector<Term> found;
    guarded([&] {
      const z3::expr_vector core = solver_.unsat_core();
      for (const Term assumption : assumptions_) {
        for (unsigned i = 0; i < core.size(); ++i) {
          if (z3::eq(core[static_cast<int>(i)], made(assumption))) {
            found.push_back(assumption);
            break;
          }
        }
      }
    });
    return found;
  }

 private:
  template <typename Action>
  void guarded(const Action& action) {
    try {
      action();
    } catch (const z3::exception& thrown) {
      fault_ = thrown.msg();
    }
  }

  z3::expr made(Term term) {
    if (const auto& known = find(term)) {
      return *known;
    }
    // Arguments first, without recursion: a chain of terms may be long.
    std::vector<Term> open = {term};
    while (!open.empty()) {
      const Term last = open.back();
      bool is_ready = true;
      for (const Term argument : terms_.node(last).arguments) {
        if (!find(argument).has_value()) {
          open.push_back(argument);
          is_ready = false;
        }
      }
      if (is_ready) {
        open.pop_back();
        if (!find(last).has_value()) {
          made_[last.index] = made_of(terms_.node(last));
        }
      }
    }
    return *made_[term.index];
  }

  std::optional<z3::expr>& find(Term term) {
    if (made_.size() <= term.index) {
      made_.resize(terms_.size());
    }
    return made_[term.index];
  }

  z3::expr made_of(const Node& node) {
    const auto argument = [&](std::size_t i) -> const z3::expr& {
      return *made_[node.arguments[i].index];
    };
    switch (node.op) {
      case Operator::Constant:
        return node.sort == Sort::Integer ? context_.int_val(node.value)
                                          : context_.bool_val(node.value == 1);
      case Operator::Variable:
        return node.sort == Sort::Integer ? context_.int_const(node.name.c_str())
                                          : context_.bool_const(node.name.c_str());
      case Operator::Plus:
        return argument(0) + context_.int_val(node.value);
      case Operator::AtMost:
        return argument(0) <= argument(1);
      case Operator::Equal:
        return argument(0) == argument(1);
      case Operator::Not:
        return !argument(0);
      case Operator::And:
      case Operator::Or:
        break;
    }
    z3::expr_vector parts(context_);
    for (std::size_t i = 0; i < node.arguments.size(); ++i) {
      parts.push_back(argument(i));
    }
    return node.op == Operator::And ? z3::mk_and(parts) : z3::mk_or(parts);
  }

  const Terms& terms_;
  Limits limits_;
  z3::context context_;
  z3::solver solver_;
  std::optional<z3::model> model_;
  std::vector<std::optional<z3::expr>> made_;
  std::vector<Term> assumptions_;
  // What went wrong inside; nothing is known from then on.
  std::string fault_;
};

}  // namespace

std::unique_ptr<Solver> make_solver(const Terms& terms, const Limits& limits) {
  return std::make_unique<Z3Solver>(terms, limits);
}

}  // namespace truce::smt
