// SPDX-License-Identifier: Apache-2.0
// Answers of `truce talks` as pages.
#include "truce/document/question_pages.h"

#include <array>

#include "truce/diagnostics/render.h"
#include "truce/document/mistakes_page.h"
#include "truce/document/rounds_page.h"
#include "truce/document/waits_page.h"
#include "truce/workbench/order.h"
#include "truce/workbench/packages.h"
#include "truce/workbench/questions.h"
#include "truce/workbench/rounds.h"

namespace truce::workbench {
namespace {

// What the plot beside an answer may cost, and how many points it has where not all are found.
packages::SearchLimits for_plot() {
  return {.nodes = 20'000, .points = 20'000, .comparisons = 2'000'000'000};
}
constexpr std::size_t kNearby = 1000;

// Without points where neither all nor some were found.
packages::Frontier frontier_for_plot(const packages::Game& game) {
  auto frontier = packages::find_frontier(game, for_plot());
  if (frontier && frontier->is_complete) {
    return std::move(frontier.value());
  }
  auto some = packages::find_frontier_within(game, kNearby, for_plot());
  packages::Frontier points = some ? std::move(some.value()) : packages::Frontier{};
  points.is_complete = false;
  return points;
}

// What pages about a game share: the plot, in which no rule chose anything.
struct Shown {
  explicit Shown(const GameFile& read) : file(read), frontier(frontier_for_plot(read.game)) {}

  [[nodiscard]] document::PackagesPage page(const packages::Closeness& closeness) const {
    return {.game = &file.game,
            .frontier = &frontier,
            .solutions = &nothing_chosen,
            .closeness = &closeness,
            .words = file.words,
            .read = file.read,
            .notes = file.notes};
  }
  [[nodiscard]] document::PackagesPage page() const { return page(not_asked); }

  const GameFile& file;
  packages::Frontier frontier;
  packages::Solutions nothing_chosen = {};
  packages::Closeness not_asked = {};
};

template <typename Part>
const Part* pointer_to(const std::optional<Part>& part) {
  return part.has_value() ? &*part : nullptr;
}

}  // namespace

std::string to_html(const CloseRun& run) {
  return document::close_html(Shown(run.file).page(run.closeness));
}

std::string to_html(const BlocksRun& run) {
  document::ConflictsPage page{.game = &run.file.game,
                               .demands = {},
                               .among_demands = &run.among_demands,
                               .among_issues = &run.among_issues,
                               .read = run.file.read,
                               .notes = run.file.notes};
  for (const packages::Demand& demand : run.demands) {
    page.demands.push_back(packages::to_text(run.file.game, demand));
  }
  for (const std::string& line : run.unproved) {
    page.notes.push_back("not in the proof: " + line);
  }
  return document::blocks_html(page);
}

std::string to_html(const NextRun& run) {
  const Shown shown(run.file);
  return document::next_html({.game = shown.page(),
                              .is_deal_there = run.is_deal_there,
                              .on_table = pointer_to(run.on_table),
                              .demands = pointer_to(run.demands),
                              .exchange = pointer_to(run.exchange)});
}

std::string to_html(const RobustRun& run) {
  const Shown shown(run.file);
  const bool has_question = run.unsettled.has_value() && run.unsettled->best_question.has_value();
  return document::robust_html(
      {.game = shown.page(),
       .package = pointer_to(run.package),
       .errors = &run.errors,
       .robustness = &run.robustness,
       .unsettled = pointer_to(run.unsettled),
       .question = has_question ? to_text(run.file.game, *run.unsettled->best_question) : "",
       .not_found = run.not_found});
}

std::string to_html(const OrderRun& run) {
  if (run.has_errors()) {
    return document::mistakes_html(
        {.question = "Who goes first",
         .title = run.draft->agreement.title,
         .drawn = diagnostics::to_terminal(run.draft->sink.sorted(), run.draft->sources(), {}),
         .read = {run.path}});
  }
  const OrderedText& whole = run.texts.front();
  document::WaitsPage page{
      .title = run.draft.has_value() ? run.draft->agreement.title : std::string(),
      .commitments = &whole.commitments,
      .order = &whole.order,
      .summary = counts_of(whole),
      .proposals = {},
      .read = {run.path}};
  for (std::size_t text = 1; text < run.texts.size(); ++text) {
    page.proposals.push_back({run.texts[text].proposer, counts_of(run.texts[text])});
  }
  return document::order_html(page);
}

std::string to_html(const RoundsRun& run) {
  document::RoundsPage page{.steps = {},
                            .deadlines = &run.deadlines,
                            .assigned = &run.assigned,
                            .as_of = run.as_of,
                            .rounds_without_closing = run.rounds_without_closing,
                            .read = {}};
  for (std::size_t round = 0; round < run.rounds.size(); ++round) {
    const RoundStep& step = run.steps[round];
    document::RoundsPage::Step shown{.round = &run.rounds[round],
                                     .moves = {},
                                     .open = step.open,
                                     .open_before = step.open_before,
                                     .stuck = step.stuck};
    for (const Move& move : step.moves) {
      shown.moves.push_back({&move.bracket, std::string(meaning_of(move))});
    }
    page.steps.push_back(std::move(shown));
    page.read.push_back(run.rounds[round].text);
  }
  return document::since_html(page);
}

}  // namespace truce::workbench
