// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/fact_index.h"

#include <algorithm>

#include "truce/base/check.h"

namespace truce::monitor::internal {
namespace {

constexpr base::Duration kBrief{2 * 86400};

void count_down(std::map<std::string, std::uint32_t>& counts, const std::string& incident) {
  const auto at = counts.find(incident);
  TRUCE_CHECK(at != counts.end(), "a fact is taken out that was not put in");
  if (--at->second == 0) {
    counts.erase(at);
  }
}

}  // namespace

FactIndex::FactIndex(const agreement::Agreement& agreement) : implied_(implied_verbs(agreement)) {}

std::size_t FactIndex::group_of(const facts::Fact& fact) {
  VerbSet its_verbs = verbs(fact);
  const auto at = std::find_if(groups_.begin(), groups_.end(),
                               [&](const auto& group) { return group.first == its_verbs; });
  if (at != groups_.end()) {
    return static_cast<std::size_t>(at - groups_.begin());
  }
  groups_.emplace_back(std::move(its_verbs), Counts());
  return groups_.size() - 1;
}

std::multimap<base::Instant, FactIndex::Item>& FactIndex::list_of(const facts::Fact& fact) {
  OfAccount& all = accounts_[fact.account];
  return fact.when.to - fact.when.from <= kBrief ? all.brief : all.lasting;
}

void FactIndex::add(const std::string& incident, const facts::Fact& fact) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    ++institutional_[incident];
  }
  const std::size_t group = group_of(fact);
  ++groups_[group].second[incident];
  list_of(fact).emplace(fact.when.from, Item{facts::last_of(fact.when), incident, group});
}

void FactIndex::remove(const std::string& incident, const facts::Fact& fact) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    count_down(institutional_, incident);
  }
  const std::size_t group = group_of(fact);
  count_down(groups_[group].second, incident);
  auto& list = list_of(fact);
  const auto [first, last] = list.equal_range(fact.when.from);
  const auto at = std::find_if(first, last, [&](const auto& entry) {
    return entry.second.incident == incident && entry.second.group == group &&
           entry.second.last == facts::last_of(fact.when);
  });
  TRUCE_CHECK(at != last, "a fact is taken out that was not put in");
  list.erase(at);
}

void FactIndex::clear() {
  for (auto& [verbs, counts] : groups_) {
    counts.clear();
  }
  accounts_.clear();
  institutional_.clear();
}

void FactIndex::between(facts::AccountId account, base::Instant first, base::Instant last,
                        const VerbSet& verbs, std::set<std::string>& into) const {
  const auto found = accounts_.find(account);
  if (found == accounts_.end()) {
    return;
  }
  const auto take = [&](const auto& entry) {
    if (entry.second.last >= first && groups_[entry.second.group].first.meets(verbs)) {
      into.insert(entry.second.incident);
    }
  };
  const auto& [brief, lasting] = found->second;
  for (auto at = brief.lower_bound(first - kBrief); at != brief.end() && at->first <= last; ++at) {
    take(*at);
  }
  for (auto at = lasting.begin(); at != lasting.end() && at->first <= last; ++at) {
    take(*at);
  }
}

void FactIndex::with(const VerbSet& verbs, std::set<std::string>& into) const {
  for (const auto& [its_verbs, counts] : groups_) {
    if (its_verbs.meets(verbs)) {
      for (const auto& [incident, count] : counts) {
        into.insert(incident);
      }
    }
  }
}

void FactIndex::institutional(std::set<std::string>& into) const {
  for (const auto& [incident, count] : institutional_) {
    into.insert(incident);
  }
}

}  // namespace truce::monitor::internal
