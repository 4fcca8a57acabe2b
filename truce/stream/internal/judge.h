// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "truce/facts/resolve.h"
#include "truce/incidents/read.h"
#include "truce/stream/internal/program.h"
#include "truce/stream/plan.h"

namespace truce::stream::internal {

/// Says once for all rows of the same words what is to be done with them, by the monitor's own
/// matching of one of them.
class Judge {
 public:
  /// All must outlive it.
  Judge(const agreement::Agreement& agreement, const Plan& plan,
        const incidents::ReadOptions& options, const incidents::ActorBook& actors);

  /// What a row says, read as every incident file is; empty where such a row is left out, or
  /// changes what a report by itself means.
  [[nodiscard]] std::optional<facts::Fact> read(const std::string& excerpt) const;

  struct Judgement {
    enum class What : std::uint8_t {
      Done,   // `program`
      Place,  // it depends on where the row was
      Open,   // rows like it are not judged by themselves
    };
    What what = What::Open;
    Program program;
  };
  /// Of all rows that say what this one does, wherever they were.
  Judgement judge(const facts::Fact& fact);
  /// Of those in the same places.
  Judgement judge_here(const facts::Fact& fact);

  /// Its shape is Steps where it is not brief.
  [[nodiscard]] Brief brief_of(const Program& program) const;

  [[nodiscard]] const std::vector<Test>& tests() const { return tests_; }
  /// How many slots of a store are looked for.
  [[nodiscard]] std::uint32_t slot_count(std::size_t store) const { return slot_counts_[store]; }
  /// The slots of a response by which the bearer was attacked, by anybody.
  [[nodiscard]] const std::vector<std::uint32_t>& slots_of(std::uint32_t store,
                                                           agreement::ActorId bearer) const;

 private:
  // What the row is to the stores, and to the clauses.
  struct Said {
    // Of one clause and bearer, or point: what each way to read the row says.
    struct Norm {
      std::vector<monitor::Formula> ways;
    };
    std::vector<Norm> norms;
    struct Memory {
      std::uint32_t store = 0;
      std::uint32_t slot = 0;
      Step::Do what = Step::Do::Remember;
      facts::Truth truth = facts::Truth::No;
    };
    std::vector<Memory> memories;
  };

  // Of a fact that leaves nothing open but where it was.
  Said say(const facts::Fact& fact);
  // Of any; empty where it is too open, or perhaps a breach.
  std::optional<Said> say_in_all_ways(const facts::Fact& fact);
  void say_of_store(std::uint32_t store, const facts::Fact& fact, Said& said);
  Judgement finish(const Said& said, const facts::Fact& fact);
  [[nodiscard]] bool is_plain_look(const Look& look) const;
  bool add_test(const Said::Norm& norm, const facts::Fact& fact, Program& program);
  std::optional<Test::Way> way_of(const monitor::Formula& formula, const facts::Fact& fact,
                                  Program& program);
  std::optional<Guard> guard_of(const monitor::Guard& guard, const facts::Fact& fact,
                                Program& program);
  std::uint32_t slot_of(std::uint32_t store, agreement::ActorId bearer, agreement::ActorId struck);

  const agreement::Agreement& agreement_;
  const Plan& plan_;
  const incidents::ReadOptions& options_;
  const incidents::ActorBook& actors_;
  monitor::Formulas formulas_;
  std::vector<Test> tests_;
  std::map<std::tuple<std::uint32_t, agreement::ActorId, agreement::ActorId>, std::uint32_t> slots_;
  std::map<std::pair<std::uint32_t, agreement::ActorId>, std::vector<std::uint32_t>> by_bearer_;
  std::vector<std::uint32_t> slot_counts_;
};

}  // namespace truce::stream::internal
