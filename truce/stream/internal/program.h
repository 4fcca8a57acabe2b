// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "truce/monitor/formula.h"

namespace truce::stream::internal {

/// A lookup with its store found.
struct Look {
  std::uint32_t store = 0;
  // What is looked for in it: of a response, who was attacked by whom. Several: any of them, where
  // nobody says by whom.
  std::uint32_t slot = 0;
  bool is_any_slot = false;
  bool is_negated = false;
  agreement::ActorId bearer;
  // Of a frequency: the act in question is an occasion itself.
  bool is_own_counted = false;
};

struct Guard {
  facts::Truth truth = facts::Truth::No;
  std::vector<Look> looks;
  // In order of time; empty: always in force.
  std::vector<monitor::TruthFrom> in_force;
};

/// Formulas of the monitor, with stores instead of situations: one for each way to read what a row
/// leaves open. It is so if it is in every way.
struct Test {
  struct Strand {
    Guard guard;
    std::vector<Guard> lifts;
  };
  // Any of its strands.
  using Way = std::vector<Strand>;
  std::vector<Way> ways;
};

/// One step of what is done with a row.
struct Step {
  enum class Do : std::uint8_t {
    Show,        // the row is a breach or a point, whatever else happened
    ShowUnless,  // … unless what the store is for is so, of which there is no doubt
    ShowIf,      // … if it is
    ShowTested,  // … if a test says so
    Remember,    // the row is an act that the store is for
    Request,
    Answer,
  };
  Do what = Do::Show;
  std::uint32_t store = 0;
  std::uint32_t slot = 0;
  // Of ShowTested: the test, as a place in Judge::tests.
  std::uint32_t test = 0;
  // Of ShowUnless and ShowIf: so many acts are enough.
  std::uint32_t enough = 1;
  // What is shown is a point, no breach.
  bool is_point = false;
};

/// What is done with every row that says the same. Tests come first.
struct Program {
  std::vector<Step> steps;
  // Where the row was is asked for.
  bool needs_point = false;
  bool needs_place = false;
  bool has_requests = false;
  // Nothing but requests and answers.
  bool is_all_requests = false;
};

/// A program that asks for no more than most rows of long logs do: of one store by place at most
/// one look and one act to remember. It says the same as the program's steps.
struct Brief {
  enum class Shape : std::uint8_t {
    Steps,  // more than that
    Nothing,
    Latest,
    Count,
    Quiet,
  };
  Shape shape = Shape::Steps;
  bool has_look = false;
  bool has_memory = false;
  // Shown if what the store is for is so, or unless it is.
  bool is_if = false;
  bool is_point = false;
  std::uint32_t store = 0;
  std::uint32_t look_slot = 0;
  std::uint32_t memory_slot = 0;
  std::uint32_t enough = 1;
};

}  // namespace truce::stream::internal
