// SPDX-License-Identifier: Apache-2.0
#pragma once

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
};

/// Keeps a question open while it is being worked out.
class Asking {
 public:
  Asking(Questions& questions, Topic topic, const void* subject, facts::AccountId account)
      : questions_(questions),
        question_(topic, subject, account),
        is_new_(questions.open_.insert(question_).second),
        is_only_(is_new_ && questions.open_.size() == 1) {}
  ~Asking() {
    if (is_new_) {
      questions_.open_.erase(question_);
    }
  }
  Asking(const Asking&) = delete;
  Asking& operator=(const Asking&) = delete;

  /// It was not being worked out already.
  [[nodiscard]] bool is_new() const { return is_new_; }
  /// Nothing else was: the answer rests on no circle and may be kept.
  [[nodiscard]] bool is_only() const { return is_only_; }

 private:
  Questions& questions_;
  Questions::Question question_;
  bool is_new_;
  bool is_only_;
};

}  // namespace truce::monitor::internal
