// SPDX-License-Identifier: Apache-2.0
#include "tests/support/sample_record.h"

namespace truce::testing {
namespace {

// 12 September 2016, 16:00 UTC.
constexpr base::Instant kStart{1473696000};

agreement::Clause clause_of(std::string_view text, std::string_view number, agreement::Form form) {
  agreement::Clause clause;
  clause.number = number;
  clause.form = form;
  const std::size_t begin = text.find(std::string(number) + " ");
  clause.span = {0, static_cast<std::uint32_t>(begin),
                 static_cast<std::uint32_t>(text.find('.', begin + number.size()) + 1)};
  clause.text = text.substr(begin, clause.span.end - begin);
  return clause;
}

agreement::Actor actor_of(std::string name) {
  agreement::Actor actor;
  actor.name = std::move(name);
  return actor;
}

}  // namespace

SampleRecord::SampleRecord(const std::string& name)
    : source_(std::make_unique<base::SourceText>(
          "sample.truce",
          "1.1 each Party shall not attack Civilians; from D -- the hour\n; for 48 hours.\n"
          "2.1 North shall admit Convoys; within 24 hours of D.\n")) {
  agreement.title = "Truce of " + name;
  agreement.clock = {"Noon", base::Duration{3 * 3600}};
  agreement.actors = {actor_of("North"), actor_of(name)};
  agreement::Verb attack;
  attack.name = "attack";
  attack.forms = {"attacks", "attacked"};
  agreement.vocabulary.add_verb(attack);
  agreement.clauses = {clause_of(source_->text(), "1.1", agreement::Form::Prohibition),
                       clause_of(source_->text(), "2.1", agreement::Form::Duty)};
  agreement::Place area;
  area.name = name;
  // Clockwise, so that the writers have to turn it.
  const auto region = geometry::Region::area(
      {{{{{36.0}, {37.0}}, {{36.5}, {37.0}}, {{36.5}, {37.6}}, {{36.0}, {37.6}}}}});
  area.region = std::make_shared<const geometry::Region>(*region);
  agreement::Place abstract;
  abstract.name = "Undrawn";
  agreement.places = {area, abstract};
  reading.files = {name + ".csv"};
  reading.rows = 5;
  reading.skipped = {{{0, 3}, 2, "no such day in " + name}};
  reading.duplicates = 1;
  reading.reports.reserve(4);
  add_report("a-strike", "A", name);
  add_report("a-strike", "B", name);
  add_report("b-outside", "A", name);
  add_report("c-renewal", "A", name);
  evidence.now = kStart + 4 * base::kDay;
  evidence.accounts.resize(2);
  evidence.accounts[0].name = name;
  evidence.accounts[1].name = "UCDP";
  evidence.unknown_words = {{"weapon", name, 2, "Mortars", {}}};
  add_verdicts(name);
  add_history(name);
}

void SampleRecord::add_report(const std::string& incident, const std::string& account,
                              const std::string& text) {
  incidents::Report report;
  report.incident = incident;
  report.account = account;
  report.according_to = text;
  report.when = {kStart + base::kHour, kStart + 2 * base::kHour};
  report.kinds.names = {"attack"};
  report.actors.names = {"North", text};
  report.targets.names = {text};
  report.point = base::Point{{36.2}, {37.1}};
  report.radius = {3000};
  report.place = text;
  report.deaths_best = account == "A" ? 10 : 21;
  report.source = text;
  report.source_id = text;
  report.note = text;
  reading.reports.push_back(report);

  if (evidence.incidents.empty() || evidence.incidents.back().id != incident) {
    evidence.incidents.push_back({incident, {}, incident == "c-renewal"});
  }
  facts::Fact fact;
  fact.incident = base::id_at<facts::IncidentId>(evidence.incidents.size() - 1);
  fact.account = {account == "A" ? 0U : 1U};
  fact.report = static_cast<std::uint32_t>(evidence.reports.size());
  fact.when = report.when;
  fact.verbs = {{0}};
  fact.actors = {{{0}}, {{1}}};
  fact.objects.items = {facts::Value{}};
  fact.weapons.items = {facts::Value{}};
  fact.where = geometry::Disc{*report.point, report.radius};
  fact.place_text = text;
  evidence.incidents.back().facts.push_back(base::id_at<facts::FactId>(evidence.facts.size()));
  evidence.facts.push_back(fact);
  evidence.reports.push_back(&reading.reports.back());
}

void SampleRecord::add_verdicts(const std::string& text) {
  facts::Verdict strike;
  strike.clause = {0};
  strike.bearers = {{0}};
  strike.incident = facts::IncidentId{0};
  strike.at = kStart + base::kHour;
  strike.outcome = facts::Outcome::Contested;
  strike.opinions = {{{0}, facts::Opinion::Broken}, {{1}, facts::Opinion::Kept}};
  facts::Verdict duty;
  duty.clause = {1};
  duty.bearers = {{0}};
  duty.at = kStart + base::kDay;
  duty.outcome = facts::Outcome::Unknown;
  replay.verdicts.verdicts = {strike, duty};
  replay.verdicts.counts = {{0, 0, 1, 3, 0}, {0, 1, 0, 0, 0}};
  monitor::Explanation explanation;
  explanation.because = "Because of " + text;
  explanation.would_change_if = {text + " were withdrawn"};
  const auto word = static_cast<std::uint32_t>(source_->text().find("attack"));
  explanation.reasons = {{{0}, facts::Opinion::Broken, "says " + text, {{0, word, word + 6}}, {}}};
  monitor::Explanation missing;
  missing.because = "No account reports it";
  replay.explanations = {explanation, missing};
  replay.under_no_clause = {{facts::IncidentId{1}, {"1.1 does not reach " + text}}};
}

void SampleRecord::add_history(const std::string& text) {
  monitor::ForceHistory force;
  force.clause = {0};
  force.from = kStart;
  force.until = kStart + 4 * base::kDay;
  force.until_at_least = force.until;
  force.changes = {{facts::IncidentId{2}, facts::InstitutionalAct::Extend, kStart + base::kDay,
                    force.until, "Extended by " + text}};
  replay.force = {force};
  monitor::StreakClock clock;
  clock.name = text;
  clock.account = {0};
  clock.start = kStart;
  clock.period = 7 * base::kDay;
  clock.resets = {{facts::IncidentId{0}, {kStart + base::kHour, kStart + 2 * base::kHour}, true}};
  clock.earliest_end = kStart + 7 * base::kDay;
  clock.latest_end = base::kAfterTime;
  replay.clocks = {clock};
  replay.digest = "0123456789abcdef";
}

report::Record SampleRecord::record() const {
  return {agreement, {source_.get()}, reading, evidence, replay, std::nullopt, "", {}, ""};
}

}  // namespace truce::testing
