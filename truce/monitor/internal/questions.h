// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <tuple>

#include "truce/facts/fact.h"

namespace truce::monitor::internal {

enum class Topic : std::uint8_t { Moment, Streak, Force, Situation, Performed, Phases, Breach };

/// What is being worked out at the moment, so that a definition that leads back to itself is
/// noticed wherever it starts.
class Questions {
 public:
  using Question = std::tuple<Topic, const void*, facts::AccountId>;

  /// Nothing is being worked out: what is found now rests on no circle.
  [[nodiscard]] bool are_none_open() const { return open_.empty(); }

 private:
  friend class Asking;
  std::set<Question> open_;
  // How often a question was met while it was open.
  std::size_t circles_ = 0;
};

/// Keeps a question open while it is being worked out.
class Asking {
 public:
  Asking(Questions& questions, Topic topic, const void* subject, facts::AccountId account)
      : questions_(questions),
        question_(topic, subject, account),
        is_new_(questions.open_.insert(question_).second),
        is_only_(is_new_ && questions.open_.size() == 1),
        circles_before_(is_new_ ? questions.circles_ : questions.circles_++) {}
  ~Asking() {
    if (is_new_) {
      questions_.open_.erase(question_);
    }
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  /// It was not being worked out already.
  [[nodiscard]] bool is_new() const { return is_new_; }
  /// Nothing else was, or no circle has been met since: the answer rests on no question that is
  /// open, and would be the same without them.
  [[nodiscard]] bool may_be_kept() const {
    return is_only_ || (is_new_ && questions_.circles_ == circles_before_);
  }

 private:
  Questions& questions_;
  Questions::Question question_;
  bool is_new_;
  bool is_only_;
  std::size_t circles_before_;
};

}  // namespace truce::monitor::internal
