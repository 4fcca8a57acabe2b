// SPDX-License-Identifier: Apache-2.0
#include "truce/smt/known_answers.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

#include "truce/base/check.h"

namespace truce::smt {
namespace {

void put(std::string& words, std::uint64_t number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  words.append(bytes, sizeof number);
}

void put(std::string& words, const std::string& text) {
  put(words, text.size());
  words += text;
}

std::string key_of(std::uint64_t before, const std::string& question) {
  std::string key;
  put(key, before);
  return key + question;
}

class RememberingSolver final : public Solver {
 public:
  RememberingSolver(const Terms& terms, const Limits& limits, KnownAnswers& known)
      : terms_(terms), limits_(limits), known_(known) {
    put(words_, limits.steps);
    put(words_, limits.time_ms);
    put(words_, limits.seed);
  }

  void add(Term assertion) override {
    const std::uint64_t number = number_of_node(assertion);
    words_ += '!';
    put(words_, number);
    said_.push_back({.assertion = assertion, .assumptions = {}});
    is_never_ = is_never_ || terms_.is_false(assertion);
  }

  Answer check(const std::vector<Term>& assumptions) override {
    assumptions_ = assumptions;
    values_.clear();
    if (is_never_) {
      given_ = &kNever;
      return kNever.answer;
    }
    for (const Term assumption : assumptions) {
      const std::uint64_t number = number_of_node(assumption);
      words_ += '?';
      put(words_, number);
    }
    words_ += '=';
    const std::string question = std::exchange(words_, {});
    given_ = known_.find(last_, question);
    if (given_ == nullptr) {
      given_ = &known_.add(last_, question, asked(assumptions));
    }
    last_ = given_->number;
    said_.push_back({.assertion = std::nullopt, .assumptions = assumptions});
    return given_->answer;
  }

  bool truth_of(Term term) override { return value_of(term) == 1; }
  std::int64_t number_of(Term term) override { return value_of(term); }

  std::vector<Term> core() override {
    std::vector<Term> found;
    if (given_ != nullptr) {
      for (const std::size_t place : given_->core) {
        found.push_back(assumptions_[place]);
      }
    }
    return found;
  }

 private:
  // An assertion, or a check.
  struct Said {
    std::optional<Term> assertion;
    std::vector<Term> assumptions;
  };
  // What holds a plain falsehood needs no solver.
  static inline const KnownAnswers::Given kNever{
      .answer = {Answer::What::Unsat, {}, 0}, .values = {}, .core = {}, .number = 0};

  // Terms by the order in which they are told, so that it does not matter in what graph they stand.
  std::uint64_t number_of_node(Term term) {
    numbers_.resize(terms_.size(), 0);
    std::vector<Term> open = {term};
    while (!open.empty()) {
      const Term last = open.back();
      bool is_ready = true;
      for (const Term argument : terms_.node(last).arguments) {
        if (numbers_[argument.index] == 0) {
          open.push_back(argument);
          is_ready = false;
        }
      }
      if (is_ready) {
        open.pop_back();
        if (numbers_[last.index] == 0) {
          tell(last);
        }
      }
    }
    return numbers_[term.index];
  }

  void tell(Term term) {
    const Node& node = terms_.node(term);
    words_ += static_cast<char>('a' + static_cast<int>(node.op));
    words_ += static_cast<char>('0' + static_cast<int>(node.sort));
    put(words_, static_cast<std::uint64_t>(node.value));
    put(words_, node.name);
    put(words_, node.arguments.size());
    for (const Term argument : node.arguments) {
      put(words_, numbers_[argument.index]);
    }
    numbers_[term.index] = ++count_;
    if (node.op == Operator::Variable) {
      variables_.push_back(term);
    }
  }

  KnownAnswers::Given asked(const std::vector<Term>& assumptions) {
    if (solver_ == nullptr) {
      solver_ = make_solver(terms_, limits_);
    }
    // What was answered from memory is caught up with, so that it stands where another would.
    for (; told_ < said_.size(); ++told_) {
      if (said_[told_].assertion.has_value()) {
        solver_->add(*said_[told_].assertion);
      } else {
        solver_->check(said_[told_].assumptions);
      }
    }
    ++told_;
    KnownAnswers::Given given{
        .answer = solver_->check(assumptions), .values = {}, .core = {}, .number = 0};
    if (given.answer.is_sat()) {
      for (const Term variable : variables_) {
        given.values.push_back(terms_.node(variable).sort == Sort::Integer
                                   ? solver_->number_of(variable)
                                   : (solver_->truth_of(variable) ? 1 : 0));
      }
    } else if (given.answer.is_unsat()) {
      const std::vector<Term> core = solver_->core();
      for (std::size_t i = 0; i < assumptions.size(); ++i) {
        if (std::find(core.begin(), core.end(), assumptions[i]) != core.end()) {
          given.core.push_back(i);
        }
      }
    }
    return given;
  }

  // By the values of the variables; of those that were not told, false and 0.
  std::int64_t value_of(Term term) {
    if (given_ == nullptr || !given_->answer.is_sat()) {
      return 0;
    }
    if (values_.empty()) {
      for (std::size_t i = 0; i < given_->values.size(); ++i) {
        value_at(variables_[i]) = given_->values[i];
      }
    }
    std::vector<Term> open = {term};
    while (!open.empty()) {
      const Term last = open.back();
      bool is_ready = true;
      for (const Term argument : terms_.node(last).arguments) {
        if (!value_at(argument).has_value()) {
          open.push_back(argument);
          is_ready = false;
        }
      }
      if (is_ready) {
        open.pop_back();
        auto& value = value_at(last);
        value = value.has_value() ? value : value_by(terms_.node(last));
      }
    }
    return *value_at(term);
  }

  std::optional<std::int64_t>& value_at(Term term) {
    if (values_.size() <= term.index) {
      values_.resize(terms_.size());
    }
    return values_[term.index];
  }

  [[nodiscard]] std::int64_t value_by(const Node& node) const {
    const auto value = [&](Term term) { return values_[term.index].value_or(0); };
    const auto argument = [&](std::size_t i) { return value(node.arguments[i]); };
    const auto is_true = [&](Term term) { return value(term) == 1; };
    switch (node.op) {
      case Operator::Constant:
        return node.value;
      case Operator::Variable:
        return 0;
      case Operator::Plus:
        return argument(0) + node.value;
      case Operator::AtMost:
        return argument(0) <= argument(1) ? 1 : 0;
      case Operator::Equal:
        return argument(0) == argument(1) ? 1 : 0;
      case Operator::Not:
        return 1 - argument(0);
      case Operator::And:
        return std::all_of(node.arguments.begin(), node.arguments.end(), is_true) ? 1 : 0;
      case Operator::Or:
        return std::any_of(node.arguments.begin(), node.arguments.end(), is_true) ? 1 : 0;
    }
    return 0;
  }

  const Terms& terms_;
  Limits limits_;
  KnownAnswers& known_;
  std::unique_ptr<Solver> solver_;
  std::vector<Said> said_;
  // How much of it the solver was told.
  std::size_t told_ = 0;
  // What was said since the last question, in bytes; and which question that was.
  std::string words_;
  std::uint64_t last_ = 0;
  std::vector<std::uint64_t> numbers_;
  std::uint64_t count_ = 0;
  std::vector<Term> variables_;
  std::vector<Term> assumptions_;
  // Of terms, as the last answer makes them.
  std::vector<std::optional<std::int64_t>> values_;
  const KnownAnswers::Given* given_ = nullptr;
  bool is_never_ = false;
};

}  // namespace

const KnownAnswers::Given* KnownAnswers::find(std::uint64_t before,
                                              const std::string& question) const {
  const auto found = given_.find(key_of(before, question));
  return found == given_.end() ? nullptr : &found->second;
}

const KnownAnswers::Given& KnownAnswers::add(std::uint64_t before, const std::string& question,
                                             Given given) {
  given.number = given_.size() + 1;
  const auto [place, is_new] = given_.emplace(key_of(before, question), std::move(given));
  TRUCE_CHECK(is_new, "a question that is known is not asked again");
  return place->second;
}

std::unique_ptr<Solver> make_solver(const Terms& terms, const Limits& limits, KnownAnswers& known) {
  return std::make_unique<RememberingSolver>(terms, limits, known);
}

}  // namespace truce::smt
