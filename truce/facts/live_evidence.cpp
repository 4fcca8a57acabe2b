// SPDX-License-Identifier: Apache-2.0
#include "truce/facts/live_evidence.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "truce/base/check.h"
#include "truce/facts/internal/names.h"
#include "truce/facts/internal/resolve_report.h"

namespace truce::facts {

using incidents::Report;

struct LiveEvidence::Entry {
  const Report* report = nullptr;
  Fact fact;
};

struct LiveEvidence::Words {
  Words(const agreement::Agreement& agreement, const incidents::ActorBook& actors)
      : names(agreement, actors) {}

  internal::Names names;
};

LiveEvidence::LiveEvidence(const agreement::Agreement& agreement,
                           const incidents::ActorBook& actors,
                           std::vector<incidents::Coverage> coverage)
    : words_(std::make_unique<Words>(agreement, actors)), coverage_(std::move(coverage)) {
  for (const incidents::Coverage& row : coverage_) {
    speaks(row.observer, 1);
  }
  settle_accounts();
}

LiveEvidence::~LiveEvidence() = default;

void LiveEvidence::speaks(const std::string& spelling, int more) {
  if (more > 0) {
    are_spellings_changed_ = ++spellings_[spelling] == 1 || are_spellings_changed_;
    return;
  }
  const auto at = spellings_.find(spelling);
  TRUCE_CHECK(at != spellings_.end(), "a report is taken back that was not put in");
  if (--at->second == 0) {
    spellings_.erase(at);
    are_spellings_changed_ = true;
  }
}

// Whether accounts are others than before; then every fact has the id of its own again.
bool LiveEvidence::settle_accounts() {
  if (!are_spellings_changed_) {
    return false;
  }
  are_spellings_changed_ = false;
  std::set<std::string> spellings;
  for (const auto& [spelling, count] : spellings_) {
    spellings.insert(spelling);
  }
  std::vector<Account> accounts;
  by_name_ = internal::resolve_accounts(words_->names, spellings, accounts);
  const auto is_same = [](const Account& a, const Account& b) {
    return a.name == b.name && a.actor == b.actor;
  };
  const bool is_changed =
      !std::equal(accounts.begin(), accounts.end(), accounts_.begin(), accounts_.end(), is_same);
  accounts_ = std::move(accounts);
  if (is_changed) {
    for (auto& [id, entries] : incidents_) {
      for (Entry& entry : entries) {
        entry.fact.account = by_name_.at(internal::name_of_speaker(*entry.report));
      }
    }
    resolved_coverage_.clear();
    internal::resolve_coverage(words_->names, coverage_, by_name_, resolved_coverage_);
  }
  return is_changed;
}

bool LiveEvidence::cover(incidents::Coverage coverage) {
  speaks(coverage.observer, 1);
  coverage_.push_back(std::move(coverage));
  const bool is_changed = settle_accounts();
  resolved_coverage_.clear();
  internal::resolve_coverage(words_->names, coverage_, by_name_, resolved_coverage_);
  return is_changed;
}

LiveEvidence::Entry LiveEvidence::make(const Report& report) {
  return {&report, internal::resolve_report(words_->names, report)};
}

EvidenceChange LiveEvidence::replace(const Report& row, const Report* before, bool stands) {
  EvidenceChange change;
  change.incident = row.incident;
  if (before != nullptr) {
    const auto incident = incidents_.find(before->incident);
    TRUCE_CHECK(incident != incidents_.end(), "a report is taken back that was not put in");
    const auto entry = std::find_if(incident->second.begin(), incident->second.end(),
                                    [&](const Entry& one) { return one.report == before; });
    TRUCE_CHECK(entry != incident->second.end(), "a report is taken back that was not put in");
    change.before = std::move(entry->fact);
    incident->second.erase(entry);
    if (incident->second.empty()) {
      incidents_.erase(incident);
    }
    speaks(internal::name_of_speaker(*before), -1);
    const auto time = times_.find(internal::latest_of(*before));
    if (--time->second == 0) {
      times_.erase(time);
    }
  }
  if (stands) {
    speaks(internal::name_of_speaker(row), 1);
    ++times_[internal::latest_of(row)];
    incidents_[row.incident].push_back(make(row));
  }
  change.are_accounts_changed = settle_accounts();
  if (stands) {
    Fact& fact = incidents_[row.incident].back().fact;
    fact.account = by_name_.at(internal::name_of_speaker(row));
    change.after = fact;
  }
  return change;
}

Evidence LiveEvidence::empty() const {
  Evidence evidence;
  evidence.accounts = accounts_;
  evidence.coverage = resolved_coverage_;
  evidence.now = now();
  return evidence;
}

// In the order of resolve().
void LiveEvidence::add(const std::string& id, const Entries& entries, Evidence& into) const {
  std::vector<const Entry*> sorted;
  sorted.reserve(entries.size());
  for (const Entry& entry : entries) {
    sorted.push_back(&entry);
  }
  std::stable_sort(sorted.begin(), sorted.end(), [](const Entry* one, const Entry* other) {
    const Report& a = *one->report;
    const Report& b = *other->report;
    return std::tie(one->fact.account, a.account, a.raw, a.when) <
           std::tie(other->fact.account, b.account, b.raw, b.when);
  });
  Incident incident{id, {}, true};
  for (const Entry* entry : sorted) {
    Fact fact = entry->fact;
    fact.incident = base::id_at<IncidentId>(into.incidents.size());
    fact.report = static_cast<std::uint32_t>(into.reports.size());
    incident.is_institutional =
        incident.is_institutional && fact.institutional != InstitutionalAct::None;
    incident.facts.push_back(base::id_at<FactId>(into.facts.size()));
    into.reports.push_back(entry->report);
    into.facts.push_back(std::move(fact));
  }
  into.incidents.push_back(std::move(incident));
}

Evidence LiveEvidence::whole() const {
  Evidence evidence = empty();
  for (const auto& [id, entries] : incidents_) {
    add(id, entries, evidence);
  }
  evidence.unknown_words = words_->names.unknown_words();
  return evidence;
}

Evidence LiveEvidence::part(const std::set<std::string>& incidents) const {
  Evidence evidence = empty();
  for (const std::string& id : incidents) {
    if (const auto at = incidents_.find(id); at != incidents_.end()) {
      add(id, at->second, evidence);
    }
  }
  return evidence;
}

base::Instant LiveEvidence::now() const {
  return times_.empty() ? internal::first_time(words_->names.agreement())
                        : std::prev(times_.end())->first;
}

bool LiveEvidence::has(const std::string& incident) const { return incidents_.contains(incident); }

void LiveEvidence::each_fact(const std::string& incident,
                             const std::function<void(const Fact&)>& visit) const {
  if (const auto at = incidents_.find(incident); at != incidents_.end()) {
    for (const Entry& entry : at->second) {
      visit(entry.fact);
    }
  }
}

void LiveEvidence::each_fact(
    const std::function<void(const std::string&, const Fact&)>& visit) const {
  for (const auto& [incident, entries] : incidents_) {
    for (const Entry& entry : entries) {
      visit(incident, entry.fact);
    }
  }
}

}  // namespace truce::facts
