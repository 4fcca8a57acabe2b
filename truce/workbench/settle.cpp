// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/settle.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "truce/analysis/analyse.h"
#include "truce/talks/settle.h"
#include "truce/workbench/choice.h"

namespace truce::workbench {
namespace {

using packages::Package;

// A text that has one of these asks for what nobody can do.
constexpr std::array kRejecting = {analysis::Code::C01, analysis::Code::D01, analysis::Code::T01,
                                   analysis::Code::S01};
// So many packages are tried; each costs an analysis.
constexpr std::size_t kMostTries = 100;

struct Judged {
  std::string text;
  // By the brackets that stand in their clauses, and those of none.
  std::vector<Exclusion> exclusions;
  std::vector<std::string> remaining;
};

class Settling {
 public:
  explicit Settling(SettleRun& run) : run_(run), draft_(run.talks.draft.agreement) {}

  // The text of a package and what is wrong with it. A text that is none is one more reason.
  [[nodiscard]] Judged judge(const Package& package) {
    Judged judged;
    const auto& trees = run_.talks.draft.trees;
    const auto text =
        talks::settle(*trees.front(), draft_, talks::reading_of(run_.talks.issues, package));
    if (!text) {
      judged.exclusions.push_back({whole(package), {text.error().message}});
      return judged;
    }
    judged.text = *text;
    std::vector<std::string> texts = {judged.text};
    for (std::size_t i = 1; i < trees.size(); ++i) {
      texts.emplace_back(trees[i]->source_text().text());
    }
    const AgreementFile settled = with_texts(run_.talks.draft, texts);
    if (settled.sink.has_errors()) {
      judged.exclusions.push_back(
          {whole(package), {diagnostics::message(settled.sink.sorted().front())}});
      return judged;
    }
    const analysis::Analysis found = analysis::analyse(
        settled.agreement, settled.sink, analysis::Depth::FindingsOnly, false, nullptr, &memory_);
    for (const analysis::Finding& finding : found.findings) {
      const bool is_rejecting =
          std::find(kRejecting.begin(), kRejecting.end(), finding.code) != kRejecting.end();
      if (is_rejecting && !finding.acceptance.has_value()) {
        sort_in(settled.agreement, finding, package, judged);
      }
    }
    return judged;
  }

 private:
  [[nodiscard]] static packages::Conjunction whole(const Package& package) {
    packages::Conjunction options;
    for (std::size_t i = 0; i < package.size(); ++i) {
      options.push_back({.issue = i, .options = {package[i]}});
    }
    return options;
  }

  void sort_in(const agreement::Agreement& settled, const analysis::Finding& finding,
               const Package& package, Judged& judged) const {
    std::set<std::string> numbers;
    for (const auto* clauses : {&finding.clauses, &finding.cascade}) {
      for (const agreement::ClauseId clause : *clauses) {
        numbers.insert(settled.clause(clause).number);
      }
    }
    std::string reason = fmt::format("{} about {}: {}", analysis::info(finding.code).id,
                                     fmt::join(numbers, ", "), finding.message.english());
    packages::Conjunction options;
    bool is_about_bracket = false;
    for (std::size_t i = 0; i < run_.talks.issues.size(); ++i) {
      const talks::BracketIssue& issue = run_.talks.issues[i];
      const bool is_in_clause = draft_.brackets[issue.bracket.index].clause.has_value();
      // Any clause may rest on a definition.
      if (!is_in_clause || numbers.contains(issue.place)) {
        options.push_back({.issue = i, .options = {package[i]}});
        is_about_bracket = true;
      }
    }
    if (is_about_bracket) {
      judged.exclusions.push_back({std::move(options), {std::move(reason)}});
    } else {
      judged.remaining.push_back(std::move(reason));
    }
  }

  SettleRun& run_;
  const agreement::Agreement& draft_;
  analysis::Memory memory_;
};

base::Result<Package> chosen_package(const SettleRequest& request, const PositionsRun& talks) {
  std::vector<std::optional<std::uint32_t>> chosen(talks.issues.size());
  for (const std::string& words : request.choices) {
    const auto choice = talks::choice_of(words, talks.draft.agreement, talks.issues);
    if (!choice) {
      return choice.error();
    }
    if (chosen[choice->issue].has_value()) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("`{}`: {} is chosen twice; leave one out", words,
                                     talks.issues[choice->issue].name)};
    }
    chosen[choice->issue] = choice->options.front();
  }
  Package package;
  std::vector<std::string> open;
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    if (!chosen[i].has_value()) {
      open.push_back(talks.issues[i].name);
    }
    package.push_back(chosen[i].value_or(0));
  }
  if (!open.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("nothing is chosen for {}; add --package \"{}: …\"",
                                   fmt::join(open, ", "), open.front())};
  }
  return package;
}

packages::Constraint constraint_of(const packages::Conjunction& options, std::string text) {
  return {.text = std::move(text),
          .formula = packages::Formula::negation(packages::Formula::from_conjunction(options))};
}

base::Result<SettleRun> settle_chosen(const SettleRequest& request, SettleRun run) {
  const auto package = chosen_package(request, run.talks);
  if (!package) {
    return package.error();
  }
  Judged judged = Settling(run).judge(*package);
  run.exclusions = std::move(judged.exclusions);
  run.remaining = std::move(judged.remaining);
  if (run.exclusions.empty()) {
    run.package = *package;
    run.text = std::move(judged.text);
  }
  return run;
}

base::Result<SettleRun> settle_by_rule(const SettleRequest& request, SettleRun run) {
  packages::Game game = run.talks.game;
  // A red line is no matter of worth: what crosses one is not compared.
  for (const packages::Party& party : game.parties) {
    for (const packages::Conjunction& veto : party.vetoes) {
      game.constraints.push_back(constraint_of(veto, party.name));
    }
  }
  Settling settling(run);
  for (std::size_t tries = 0; tries < kMostTries; ++tries) {
    auto package = chosen_by_rule(game, request.rule);
    if (!package) {
      return package.error();
    }
    if (!package->has_value()) {
      return run;
    }
    Judged judged = settling.judge(**package);
    run.remaining = std::move(judged.remaining);
    if (judged.exclusions.empty()) {
      run.package = **package;
      run.text = std::move(judged.text);
      return run;
    }
    for (Exclusion& exclusion : judged.exclusions) {
      game.constraints.push_back(constraint_of(exclusion.options, exclusion.reasons.front()));
      run.exclusions.push_back(std::move(exclusion));
    }
  }
  return base::Error{base::ErrorCode::Unsupported,
                     fmt::format("{}: {} packages were tried and none can be carried out; mend "
                                 "the draft first, see truce analyse {}",
                                 request.talks.draft, kMostTries, request.talks.draft)};
}

}  // namespace

base::Result<SettleRun> settle(const SettleRequest& request) {
  auto talks = read_positions(request.talks);
  if (!talks) {
    return talks.error();
  }
  SettleRun run{.talks = std::move(talks).value(),
                .package = {},
                .exclusions = {},
                .remaining = {},
                .text = {}};
  if (run.talks.has_errors()) {
    return run;
  }
  if (run.talks.issues.empty()) {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{}: it has no bracket, so nothing is left to settle", request.talks.draft)};
  }
  if (request.choices.empty() && run.talks.game.parties.empty()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       "name the package with --package, or the sides with --position"};
  }
  return request.choices.empty() ? settle_by_rule(request, std::move(run))
                                 : settle_chosen(request, std::move(run));
}

}  // namespace truce::workbench
