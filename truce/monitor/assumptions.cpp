// SPDX-License-Identifier: Apache-2.0
// What is taken for granted where the record does not say it.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/facts/words.h"
#include "truce/monitor/internal/readings.h"

namespace truce::monitor::internal {
namespace {

bool is_on_record(const facts::Evidence& evidence, facts::InstitutionalAct act,
                  std::optional<agreement::ActorId> author) {
  return std::any_of(evidence.facts.begin(), evidence.facts.end(), [&](const facts::Fact& fact) {
    return fact.institutional == act && !fact.is_actor_unknown &&
           std::any_of(fact.actors.begin(), fact.actors.end(), [&](const facts::Group& group) {
             return author ? std::find(group.begin(), group.end(), *author) != group.end()
                           : !group.empty();
           });
  });
}

bool waits_for_signature(const agreement::Agreement& agreement) {
  return !agreement.signatories.empty() ||
         std::any_of(agreement.clauses.begin(), agreement.clauses.end(),
                     [](const agreement::Clause& clause) {
                       const auto all = clause.find_all<agreement::Upon>();
                       return std::any_of(all.begin(), all.end(), [](const auto* upon) {
                         return upon->what == agreement::Upon::What::Signature;
                       });
                     });
}

}  // namespace

std::vector<std::string> assumptions_of(const agreement::Agreement& agreement,
                                        const facts::Evidence& evidence,
                                        const facts::Verdicts& verdicts) {
  std::vector<std::string> assumptions;
  if (waits_for_signature(agreement) &&
      !is_on_record(evidence, facts::InstitutionalAct::Sign, std::nullopt)) {
    assumptions.push_back(
        agreement.date
            ? fmt::format("no signature is on record; the agreement is taken as signed on {}",
                          base::to_words(*agreement.date))
            : std::string("no signature is on record, and the text has no date; the agreement is "
                          "taken as signed before everything reported"));
  }
  std::vector<std::string> open;
  for (std::size_t i = 0; i < agreement.actors.size(); ++i) {
    const auto actor = base::id_at<agreement::ActorId>(i);
    if (!agreement.actors[i].open_to.empty() &&
        !is_on_record(evidence, facts::InstitutionalAct::Accede, actor)) {
      open.push_back(agreement.actors[i].name);
    }
  }
  if (!open.empty()) {
    assumptions.push_back(
        fmt::format("no accession of {} is on record; the text is taken to bind {} from the start",
                    facts::join_words(open), open.size() == 1 ? "it" : "them"));
  }
  std::set<std::string> cut_short;
  for (const facts::Verdict& verdict : verdicts.verdicts) {
    if (verdict.period == agreement::kMostPeriods) {
      cut_short.insert(agreement.clause(verdict.clause).number);
    }
  }
  for (const std::string& number : cut_short) {
    assumptions.push_back(
        fmt::format("of {} only the first {} periods are judged", number, agreement::kMostPeriods));
  }
  return assumptions;
}

}  // namespace truce::monitor::internal
