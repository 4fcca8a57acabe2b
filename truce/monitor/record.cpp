// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/record.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "truce/monitor/internal/decisions.h"

namespace truce::monitor::internal {

namespace {

// A key of bytes: equal exactly where two facts say the same apart from account and time.
class KeyWriter {
 public:
  template <typename Number>
  void add(Number number) {
    const std::size_t at = key_.size();
    key_.resize(at + sizeof number);
    std::memcpy(key_.data() + at, &number, sizeof number);
  }
  void add(const std::string& text) {
    add(text.size());
    key_ += text;
  }
  void add(const facts::Value& value) {
    add(static_cast<std::uint8_t>(value.head));
    add(value.actor.index);
    add(value.kind.index);
    add(value.place.index);
    add(value.owner ? value.owner->index + 1 : 0U);
    if (value.head == facts::Value::Head::UnknownWord) {
      add(value.text);
    }
    add(value.measure);
    add(value.measured);
  }
  void add(const facts::Values& values) {
    add(values.is_all_of);
    add(values.items.size());
    for (const facts::Value& value : values.items) {
      add(value);
    }
  }
  [[nodiscard]] std::string take() { return std::move(key_); }

 private:
  std::string key_;
};

std::string signature_key(const facts::Fact& fact) {
  KeyWriter key;
  key.add(fact.verbs.size());
  for (const agreement::VerbId verb : fact.verbs) {
    key.add(verb.index);
  }
  key.add(fact.actors.size());
  for (const facts::Group& group : fact.actors) {
    key.add(group.size());
    for (const agreement::ActorId actor : group) {
      key.add(actor.index);
    }
  }
  key.add(fact.objects);
  key.add(fact.weapons);
  key.add(fact.complements.size());
  for (const facts::StatedComplement& complement : fact.complements) {
    key.add(static_cast<std::uint8_t>(complement.preposition));
    key.add(complement.values);
  }
  key.add(fact.where.has_value());
  if (fact.where) {
    key.add(fact.where->centre.latitude.degrees);
    key.add(fact.where->centre.longitude.degrees);
    key.add(fact.where->radius.value);
  }
  key.add(fact.named_place ? fact.named_place->index + 1 : 0U);
  key.add(fact.place_text);
  for (const facts::Located& located : fact.located) {
    key.add(located.place.index);
    key.add(located.is_inside);
  }
  return key.take();
}

template <typename T>
void add_sorted(std::vector<T>& into, const T& value) {
  const auto at = std::lower_bound(into.begin(), into.end(), value);
  if (at == into.end() || *at != value) {
    into.insert(at, value);
  }
}

void take_in(InstitutionalRecord& record, const facts::Fact& fact, facts::FactId id) {
  const bool is_first = record.facts.empty();
  record.facts.push_back(id);
  record.act = fact.institutional;
  record.first = is_first ? fact.when.from : std::min(record.first, fact.when.from);
  record.last =
      is_first ? facts::last_of(fact.when) : std::max(record.last, facts::last_of(fact.when));
  for (const facts::Group& group : fact.actors) {
    for (const agreement::ActorId actor : group) {
      // An act by nobody named is no act of anybody's.
      if (!fact.is_actor_unknown) {
        add_sorted(record.authors, actor);
      }
    }
  }
  for (const agreement::ClauseId clause : fact.clauses) {
    add_sorted(record.clauses, clause);
  }
  record.are_clauses_named = record.are_clauses_named || fact.are_clauses_named;
  for (const facts::Value& value : fact.objects.items) {
    if (std::find(record.targets.begin(), record.targets.end(), value) == record.targets.end()) {
      record.targets.push_back(value);
    }
    if (value.head == facts::Value::Head::Place) {
      add_sorted(record.places, value.place);
    }
  }
  if (fact.named_place) {
    add_sorted(record.places, *fact.named_place);
  }
  if (fact.fixed_moment) {
    record.moment = fact.fixed_moment;
  }
}

}  // namespace

SignatureId Signatures::of(const facts::Fact& fact) {
  const auto next = base::id_at<SignatureId>(known_.size());
  return known_.try_emplace(signature_key(fact), next).first->second;
}

Record::Record(const agreement::Agreement& agreement, const facts::Evidence& evidence,
               std::shared_ptr<Signatures> signatures)
    : agreement_(agreement),
      evidence_(evidence),
      numbering_(signatures != nullptr ? std::move(signatures) : std::make_shared<Signatures>()),
      by_account_(evidence.accounts.size() + 1),
      coverage_(evidence.accounts.size() + 1) {
  signatures_.resize(evidence.facts.size());
  number_words();
  for (std::size_t i = 0; i < evidence.facts.size(); ++i) {
    by_account_[evidence.facts[i].account.index].push_back(base::id_at<facts::FactId>(i));
  }
  for (std::vector<facts::FactId>& of_account : by_account_) {
    std::stable_sort(of_account.begin(), of_account.end(), [&](facts::FactId a, facts::FactId b) {
      return fact(a).when.from < fact(b).when.from;
    });
  }
  for (const facts::ResolvedCoverage& coverage : evidence.coverage) {
    coverage_[coverage.account.index].push_back(&coverage);
  }
  for (auto& of_account : coverage_) {
    std::stable_sort(of_account.begin(), of_account.end(),
                     [](const auto* a, const auto* b) { return a->when.from < b->when.from; });
  }
  collect_institutional();
  follow_fixings();
  follow_accessions();
}

SignatureId Record::signature(facts::FactId id) const {
  std::optional<SignatureId>& known = signatures_[id.index];
  if (!known) {
    known = numbering_->of(fact(id));
  }
  return *known;
}

void Record::number_words() {
  std::unordered_map<std::string, std::uint32_t> numbers;
  words_.reserve(evidence_.facts.size());
  for (const facts::Fact& one : evidence_.facts) {
    std::string word = facts::place_word(one);
    words_.push_back(
        word.empty()
            ? kNoWord
            : numbers.try_emplace(std::move(word), static_cast<std::uint32_t>(numbers.size() + 1))
                  .first->second);
  }
}

void Record::collect_institutional() {
  std::map<std::pair<facts::IncidentId, facts::InstitutionalAct>, InstitutionalRecord> found;
  for (std::size_t i = 0; i < evidence_.facts.size(); ++i) {
    const facts::Fact& fact = evidence_.facts[i];
    if (fact.institutional != facts::InstitutionalAct::None) {
      InstitutionalRecord& record = found[{fact.incident, fact.institutional}];
      record.incident = fact.incident;
      take_in(record, fact, base::id_at<facts::FactId>(i));
    }
  }
  for (auto& [key, record] : found) {
    institutional_.push_back(std::move(record));
  }
  const auto comes_first = [](const InstitutionalRecord& a, const InstitutionalRecord& b) {
    return std::tie(a.first, a.last, a.incident, a.act, a.decided_by) <
           std::tie(b.first, b.last, b.incident, b.act, b.decided_by);
  };
  std::sort(institutional_.begin(), institutional_.end(), comes_first);
  for (InstitutionalRecord& decision : decisions_of(agreement_, evidence_.now, institutional_)) {
    institutional_.push_back(std::move(decision));
  }
  std::sort(institutional_.begin(), institutional_.end(), comes_first);
}

bool are_authors(const agreement::Agreement& agreement, const std::vector<agreement::Agent>& agents,
                 bool is_any, const std::vector<agreement::ActorId>& authors) {
  bool is_all = !agents.empty();
  bool is_one = false;
  for (const agreement::Agent& agent : agents) {
    const std::vector<agreement::ActorId> named = agreement.resolve(agent, {});
    // Nobody can be whom the text does not name.
    is_all = is_all && !named.empty();
    for (const agreement::ActorId actor : named) {
      const bool is_author = std::binary_search(authors.begin(), authors.end(), actor);
      is_all = is_all && is_author;
      is_one = is_one || is_author;
    }
  }
  return is_any ? is_one : is_all;
}

bool Record::is_valid_fixing(const std::optional<agreement::Fixing>& fixing,
                             const InstitutionalRecord& act) const {
  return !fixing || fixing->agents.empty() ||
         are_authors(agreement_, fixing->agents, false, act.authors);
}

void Record::follow_accessions() {
  const std::size_t count = agreement_.actors.size();
  std::vector<MomentRange> acceded(count, kNever);
  for (const InstitutionalRecord& act : institutional_) {
    const bool is_signature = act.act == facts::InstitutionalAct::Sign;
    if ((!is_signature && act.act != facts::InstitutionalAct::Accede) || act.authors.empty()) {
      continue;
    }
    if (is_signature) {
      signed_.resize(count, kNever);
    }
    for (const agreement::ActorId author : act.authors) {
      MomentRange& when = (is_signature ? signed_ : acceded)[author.index];
      when = {std::min(when.earliest, act.first), std::min(when.latest, act.last)};
    }
  }
  for (std::size_t i = 0; i < count; ++i) {
    const bool is_open = !agreement_.actors[i].open_to.empty() && acceded[i] != kNever;
    bound_.push_back(is_open ? acceded[i] : kAlways);
  }
}

MomentRange Record::signature(const std::vector<agreement::Agent>& agents) const {
  if (agents.empty() || signed_.empty()) {
    const base::Instant start = agreement_.date
                                    ? base::start_of(*agreement_.date) - agreement_.clock.offset
                                    : base::kBeforeTime;
    return {start, start};
  }
  MomentRange all = kAlways;
  for (const agreement::Agent& agent : agents) {
    const std::vector<agreement::ActorId> named = agreement_.resolve(agent, {});
    for (const agreement::ActorId actor : named) {
      all.earliest = std::max(all.earliest, signed_[actor.index].earliest);
      all.latest = std::max(all.latest, signed_[actor.index].latest);
    }
    if (named.empty()) {
      return kNever;
    }
  }
  return all;
}

MomentRange Record::bound(const std::vector<agreement::ActorId>& bearers, bool is_any) const {
  MomentRange when = is_any ? kNever : kAlways;
  for (const agreement::ActorId bearer : bearers) {
    const MomentRange one = bound(bearer);
    when =
        is_any
            ? MomentRange{std::min(when.earliest, one.earliest), std::min(when.latest, one.latest)}
            : MomentRange{std::max(when.earliest, one.earliest), std::max(when.latest, one.latest)};
  }
  return when;
}

void Record::follow_fixings() {
  epochs_.push_back(base::kBeforeTime);
  for (std::size_t i = 0; i < agreement_.places.size(); ++i) {
    const std::optional<agreement::Fixing>& fixing = agreement_.places[i].fixing;
    Timeline fixed(fixing ? facts::Truth::No : facts::Truth::Yes);
    for (const InstitutionalRecord& act : institutional_) {
      if (fixing && act.act == facts::InstitutionalAct::Fix &&
          std::binary_search(act.places.begin(), act.places.end(),
                             base::id_at<agreement::PlaceId>(i)) &&
          is_valid_fixing(fixing, act)) {
        fixed = fixed || Timeline::since({act.first, act.last});
      }
    }
    for (const Timeline::Step& step : fixed.steps()) {
      epochs_.push_back(step.from);
    }
    fixed_.push_back(std::move(fixed));
  }
  std::sort(epochs_.begin(), epochs_.end());
  epochs_.erase(std::unique(epochs_.begin(), epochs_.end()), epochs_.end());
}

std::vector<std::pair<std::size_t, base::TimeRange>> Record::epochs_of(
    base::TimeRange range) const {
  std::vector<std::pair<std::size_t, base::TimeRange>> parts;
  const auto next = std::upper_bound(epochs_.begin() + 1, epochs_.end(), range.from);
  auto epoch = static_cast<std::size_t>(next - epochs_.begin()) - 1;
  const base::Instant last = facts::last_of(range);
  for (; epoch < epochs_.size() && epochs_[epoch] <= last; ++epoch) {
    const bool is_final = epoch + 1 == epochs_.size() || epochs_[epoch + 1] > last;
    parts.emplace_back(epoch, base::TimeRange{std::max(range.from, epochs_[epoch]),
                                              is_final ? range.to : epochs_[epoch + 1]});
  }
  return parts;
}

facts::Truth Record::is_fixed(agreement::PlaceId place, std::size_t epoch) const {
  return fixed_[place.index].at(epochs_[epoch]);
}

Timeline Record::covered(facts::AccountId account, std::optional<agreement::VerbId> verb,
                         const std::vector<agreement::PlaceId>& places) const {
  if (account == nobody()) {
    return Timeline(facts::Truth::No);
  }
  if (evidence_.accounts[account.index].is_closed) {
    return Timeline(facts::Truth::Yes);
  }
  const auto watches = [&](const facts::ResolvedCoverage& coverage,
                           std::optional<agreement::PlaceId> place) {
    const bool is_verb = coverage.verbs.empty() ||
                         (verb && std::find(coverage.verbs.begin(), coverage.verbs.end(), *verb) !=
                                      coverage.verbs.end());
    return is_verb &&
           (coverage.places.empty() ||
            (place && std::any_of(coverage.places.begin(), coverage.places.end(),
                                  [&](agreement::PlaceId watched) {
                                    return facts::place_lies_in(agreement_, *place, watched) ==
                                           facts::Truth::Yes;
                                  })));
  };
  std::vector<std::optional<agreement::PlaceId>> wanted(places.begin(), places.end());
  if (wanted.empty()) {
    wanted.emplace_back();
  }
  Timeline all(facts::Truth::Yes);
  for (const std::optional<agreement::PlaceId>& place : wanted) {
    std::vector<Timeline> parts;
    for (const facts::ResolvedCoverage* coverage : coverage_[account.index]) {
      if (watches(*coverage, place)) {
        parts.push_back(
            Timeline::within(coverage->when.from, coverage->when.to, facts::Truth::Yes));
      }
    }
    all = all && Timeline::any_of(std::move(parts));
  }
  return all;
}

std::vector<agreement::ActorId> blame_of(const agreement::Agreement& agreement,
                                         agreement::ClauseId clause,
                                         const std::vector<agreement::ActorId>& bearers) {
  std::vector<agreement::ActorId> blame = bearers;
  for (const agreement::Ensured* ensured :
       agreement.clause(clause).find_all<agreement::Ensured>()) {
    for (const agreement::Agent& agent : ensured->agents) {
      for (const agreement::ActorId bearer : bearers) {
        const std::vector<agreement::ActorId> some = agreement.resolve(agent, bearer);
        blame.insert(blame.end(), some.begin(), some.end());
      }
    }
  }
  std::sort(blame.begin(), blame.end());
  blame.erase(std::unique(blame.begin(), blame.end()), blame.end());
  return blame;
}

}  // namespace truce::monitor::internal
