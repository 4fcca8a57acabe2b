// SPDX-License-Identifier: Apache-2.0
#include "truce/monitor/internal/worlds.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "truce/monitor/internal/engine.h"

namespace truce::monitor::internal {
namespace {

using facts::Doubt;
using facts::Opinion;
using End = Searched::End;

// Reports beyond this many are not narrowed for one answer.
constexpr std::size_t kMostReports = 200;
// Each judgement reads every report that may matter: so many readings are the most for one answer.
constexpr std::size_t kMostReadings = 20'000;
// Single worlds that are tried before all are: most answers that stay unknown show it there. First
// of all, and wherever nothing is open any more of the reports that the answer is about.
constexpr std::size_t kFirstDives = 3;
constexpr std::size_t kDives = 6;

// The sets of places in which the disc of a report may lie.
using PlacesOf = std::function<const std::vector<std::vector<facts::Located>>&(facts::FactId)>;

// Scattered, and the same on every machine.
std::size_t scattered(std::size_t number) {
  std::uint64_t mixed = number + 0x9e3779b97f4a7c15U;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
  return static_cast<std::size_t>(mixed ^ (mixed >> 31U));
}

// Whether anything of the kind may be open: most of what is asked is not.
bool may_be_open(const facts::Fact& fact, Doubt doubt) {
  switch (doubt) {
    case Doubt::Where:
      return fact.where.has_value() && fact.located.empty();
    case Doubt::Who:
      return fact.actors.size() > 1;
    case Doubt::Target:
      return fact.objects.items.size() > 1;
    case Doubt::Weapon:
      return fact.weapons.items.size() > 1;
    case Doubt::What:
      return fact.verbs.size() > 1;
    case Doubt::When:
      return fact.when.from < facts::last_of(fact.when);
  }
  return true;
}

// What the search changes: some reports of the record, and of what they tell what matters.
class Narrowing {
 public:
  Narrowing(const agreement::Agreement& agreement, facts::Evidence evidence,
            facts::AccountId account, bool with_institutional,
            std::optional<facts::IncidentId> about, PlacesOf places_of)
      : agreement_(agreement),
        evidence_(std::move(evidence)),
        units_(facts::realised_together(evidence_, account, with_institutional)),
        account_(account),
        places_of_(std::move(places_of)) {
    // What the answer is about comes first.
    const auto others = std::stable_partition(units_.begin(), units_.end(), [&](const auto& unit) {
      return evidence_.fact(unit.front()).incident == about;
    });
    own_count_ = static_cast<std::size_t>(others - units_.begin());
  }

  [[nodiscard]] const facts::Evidence& evidence() const { return evidence_; }
  // Those that the answer is about come first.
  [[nodiscard]] std::size_t own_count() const { return own_count_; }
  [[nodiscard]] std::size_t unit_count() const { return units_.size(); }
  [[nodiscard]] const std::vector<facts::FactId>& unit(std::size_t at) const { return units_[at]; }

  // A doubt that is left: of the first report, at `from` or after it, that has one.
  struct Next {
    std::size_t unit = 0;
    Doubt doubt = Doubt::Where;
    std::vector<facts::Part> ways;
  };
  std::optional<Next> next(std::size_t from) {
    for (std::size_t unit = from; unit < units_.size(); ++unit) {
      for (const Doubt doubt : facts::kDoubts) {
        std::vector<facts::Part> ways = halves_of(unit, doubt);
        if (ways.size() > 1) {
          return Next{unit, doubt, std::move(ways)};
        }
      }
    }
    return std::nullopt;
  }
  // One of the narrowest ways in that respect: the first, the last, or the one that `pick` chooses
  // of so many.
  template <typename Pick>
  std::optional<facts::Part> one_way_of(std::size_t unit, Doubt doubt, Pick pick) {
    std::vector<base::Instant> around;
    if (doubt == Doubt::When) {
      const auto [begin, end] = cuts_in(unit);
      if (begin == end) {
        return std::nullopt;
      }
      const auto chosen =
          static_cast<std::ptrdiff_t>(pick(static_cast<std::size_t>(end - begin) + 1));
      const auto after = begin + chosen;
      if (after != begin) {
        around.push_back(*(after - 1));
      }
      if (after != end) {
        around.push_back(*after);
      }
      return std::move(ways_of(unit, doubt, around)[after == begin ? 0 : 1]);
    }
    std::vector<facts::Part> ways = ways_of(unit, doubt, {});
    if (ways.size() < 2) {
      return std::nullopt;
    }
    return std::move(ways[pick(ways.size())]);
  }
  // Returns what was there.
  facts::Part take(const facts::Part& way) {
    facts::Part before;
    for (const auto& [id, fact] : way) {
      before.emplace_back(id, std::exchange(evidence_.facts[id.index], fact));
    }
    return before;
  }

 private:
  // Times in halves, so that a whole stretch that is settled is judged once.
  std::vector<facts::Part> halves_of(std::size_t unit, Doubt doubt) {
    return ways_of(unit, doubt,
                   doubt == Doubt::When ? middle_of(unit) : std::vector<base::Instant>());
  }

  std::vector<facts::Part> ways_of(std::size_t unit, Doubt doubt,
                                   const std::vector<base::Instant>& cuts) {
    const facts::Fact& first = evidence_.fact(units_[unit].front());
    if (units_[unit].size() == 1 && !may_be_open(first, doubt)) {
      return {};
    }
    if (doubt != Doubt::Where) {
      return facts::ways_of(agreement_, evidence_, units_[unit], doubt, cuts);
    }
    if (!first.located.empty() || !first.where.has_value()) {
      return {};
    }
    std::vector<facts::Part> ways;
    for (const std::vector<facts::Located>& located : places_of_(units_[unit].front())) {
      ways.push_back({{units_[unit].front(), first}});
      ways.back().front().second.located = located;
    }
    return ways;
  }

  using Cut = std::vector<base::Instant>::const_iterator;
  std::pair<Cut, Cut> cuts_in(std::size_t unit) {
    base::Instant first = base::kAfterTime;
    base::Instant last = base::kBeforeTime;
    for (const facts::FactId id : units_[unit]) {
      first = std::min(first, evidence_.fact(id).when.from);
      last = std::max(last, facts::last_of(evidence_.fact(id).when));
    }
    if (first >= last) {
      return {};
    }
    // Times are narrowed by these alone, so that all are as they were.
    if (!cuts_) {
      cuts_ = facts::cuts_of(agreement_, evidence_, account_);
    }
    return {std::upper_bound(cuts_->begin(), cuts_->end(), first),
            std::upper_bound(cuts_->begin(), cuts_->end(), last)};
  }
  std::vector<base::Instant> middle_of(std::size_t unit) {
    const auto [begin, end] = cuts_in(unit);
    return begin == end ? std::vector<base::Instant>()
                        : std::vector<base::Instant>{*(begin + (end - begin) / 2)};
  }

  const agreement::Agreement& agreement_;
  facts::Evidence evidence_;
  std::vector<std::vector<facts::FactId>> units_;
  facts::AccountId account_;
  // Empty until a time is to be narrowed: most searches end before.
  std::optional<std::vector<base::Instant>> cuts_;
  PlacesOf places_of_;
  std::size_t own_count_ = 0;
};

class Search {
 public:
  using Judge = std::function<std::optional<Opinion>(Engine&)>;

  Search(const agreement::Agreement& agreement, Engine::Shared shared, Narrowing& narrowing,
         const Judge& judge)
      : agreement_(agreement), shared_(std::move(shared)), narrowing_(narrowing), judge_(judge) {}

  End run() {
    for (std::size_t turn = 0; turn < kFirstDives && !end_; ++turn) {
      dive(turn);
    }
    if (!end_) {
      explore(0);
    }
    return end_.value_or(End::Agreed);
  }
  [[nodiscard]] Opinion opinion() const { return common_.value_or(Opinion::Unknown); }
  [[nodiscard]] std::size_t judged() const { return judged_; }
  [[nodiscard]] const std::set<std::pair<facts::FactId, Doubt>>& doubts() const { return doubts_; }

 private:
  // Whether what is left open of the reports makes no difference.
  bool is_settled() {
    if (judged_ >= facts::kMostWorlds ||
        judged_ * narrowing_.evidence().facts.size() >= kMostReadings) {
      end_ = End::TooMany;
      return true;
    }
    ++judged_;
    Engine engine(agreement_, narrowing_.evidence(), shared_, false);
    const std::optional<Opinion> said = judge_(engine);
    if (said == Opinion::Unknown) {
      return false;
    }
    // An account that in some world has nothing to say has no opinion that all worlds share.
    if (!said || (common_ && *common_ != *said)) {
      end_ = End::Differs;
    }
    common_ = said;
    return true;
  }

  // One world as narrow as can be: the first ways, the last ones, or some between.
  void dive(std::size_t turn) {
    std::vector<facts::Part> before;
    for (std::size_t unit = 0; unit < narrowing_.unit_count(); ++unit) {
      for (const Doubt doubt : facts::kDoubts) {
        const auto pick = [&](std::size_t count) {
          const std::size_t any = scattered(turn * 1000 + before.size()) % count;
          return turn == 0 ? 0 : turn == 1 ? count - 1 : any;
        };
        if (const auto way = narrowing_.one_way_of(unit, doubt, pick)) {
          before.push_back(narrowing_.take(*way));
        }
      }
    }
    if (!is_settled()) {
      end_ = End::Open;
    }
    while (!before.empty()) {
      narrowing_.take(before.back());
      before.pop_back();
    }
  }

  // Of the reports before `from` nothing is open any more.
  void explore(std::size_t from) {
    if (is_settled() || end_) {
      return;
    }
    auto next = narrowing_.next(from);
    if (!next) {
      end_ = End::Open;
      return;
    }
    const std::size_t own = narrowing_.own_count();
    if (from < own && next->unit >= own) {
      for (std::size_t turn = 0; turn < kDives && !end_; ++turn) {
        dive(judged_ + turn);
      }
    }
    if (end_) {
      return;
    }
    for (const facts::FactId id : narrowing_.unit(next->unit)) {
      doubts_.emplace(id, next->doubt);
    }
    for (const facts::Part& way : next->ways) {
      const facts::Part before = narrowing_.take(way);
      explore(next->unit);
      narrowing_.take(before);
      if (end_) {
        return;
      }
    }
  }

  const agreement::Agreement& agreement_;
  Engine::Shared shared_;
  Narrowing& narrowing_;
  const Judge& judge_;
  std::optional<End> end_;
  std::optional<Opinion> common_;
  std::size_t judged_ = 0;
  std::set<std::pair<facts::FactId, Doubt>> doubts_;
};

// In how many ways it can be read, its time and place apart.
std::size_t ways_of_words(const facts::Fact& fact) {
  if (fact.institutional != facts::InstitutionalAct::None) {
    return 1;
  }
  const auto count = [](const facts::Values& values) {
    return values.is_all_of ? std::size_t{1} : values.items.size();
  };
  return std::max<std::size_t>(fact.verbs.size(), 1) * fact.actors.size() * count(fact.objects) *
         count(fact.weapons);
}

// The record without the reports that cannot matter; `origin`: where those left stood.
facts::Evidence without_the_rest(const facts::Evidence& whole, const std::vector<bool>& is_kept,
                                 std::vector<facts::FactId>& origin) {
  facts::Evidence part;
  part.accounts = whole.accounts;
  part.coverage = whole.coverage;
  part.now = whole.now;
  // Incidents keep their numbers; only those that still have reports need a name.
  part.incidents.resize(whole.incidents.size());
  for (std::size_t i = 0; i < whole.facts.size(); ++i) {
    if (is_kept[i]) {
      const facts::Fact& fact = whole.facts[i];
      facts::Incident& incident = part.incidents[fact.incident.index];
      if (incident.facts.empty()) {
        incident.id = whole.incidents[fact.incident.index].id;
        incident.is_institutional = whole.incidents[fact.incident.index].is_institutional;
      }
      incident.facts.push_back(base::id_at<facts::FactId>(part.facts.size()));
      part.facts.push_back(fact);
      origin.push_back(base::id_at<facts::FactId>(i));
    }
  }
  return part;
}

}  // namespace

Worlds::Worlds(const Record& record, const Acts& acts, bool are_tried)
    : record_(record), acts_(acts), are_tried_(are_tried) {}

void Worlds::share(Shared shared) {
  shared_ = std::move(shared);
  if (shared_.places == nullptr) {
    shared_.places = std::make_shared<Shared::PlacesOf>();
  }
}

const Footprints& Worlds::footprints() {
  if (shared_.footprints == nullptr) {
    shared_.footprints = std::make_shared<Footprints>(footprints_of(record_.agreement()));
  }
  return *shared_.footprints;
}

// What a disc may lie in is costly to find, and the same whatever is asked.
const std::vector<std::vector<facts::Located>>& Worlds::places_of(facts::FactId id) {
  const auto [at, is_new] = shared_.places->try_emplace(record_.signature(id));
  if (is_new) {
    for (const facts::Part& way :
         facts::ways_of(record_.agreement(), record_.evidence(), {id}, Doubt::Where, {})) {
      at->second.push_back(way.front().second.located);
    }
  }
  return at->second;
}

Searched Worlds::search(agreement::ClauseId clause, std::optional<facts::IncidentId> about,
                        facts::AccountId account, bool with_institutional, const Judge& judge) {
  const facts::Evidence& whole = record_.evidence();
  base::TimeRange when{base::kAfterTime, base::kBeforeTime};
  for (const facts::FactId id : record_.facts_of(account)) {
    const facts::Fact& fact = record_.fact(id);
    if (fact.incident == about && fact.institutional == facts::InstitutionalAct::None) {
      when = {std::min(when.from, fact.when.from), std::max(when.to, facts::last_of(fact.when))};
    }
  }
  std::vector<bool> is_kept(whole.facts.size());
  std::size_t kept = 0;
  std::size_t ways = 1;
  for (std::size_t i = 0; i < whole.facts.size(); ++i) {
    const facts::Fact& fact = whole.facts[i];
    is_kept[i] = fact.institutional != facts::InstitutionalAct::None ||
                 (fact.account == account &&
                  (fact.incident == about || footprints().may_matter(clause, fact, when)));
    kept += is_kept[i] ? 1 : 0;
    ways = std::min(facts::kMostWorlds + 1, ways * (is_kept[i] ? ways_of_words(fact) : 1));
  }
  Searched result;
  if (kept > kMostReports || ways > facts::kMostWorlds) {
    result.end = End::TooMany;
    return result;
  }
  std::vector<facts::FactId> origin;
  Narrowing narrowing(record_.agreement(), without_the_rest(whole, is_kept, origin), account,
                      with_institutional, about,
                      [&](facts::FactId id) -> const auto& { return places_of(origin[id.index]); });
  Search search(record_.agreement(), shared_, narrowing, judge);
  result.end = search.run();
  result.judged = search.judged();
  if (result.end == End::Agreed) {
    result.opinion = search.opinion();
  }
  for (const auto& [id, doubt] : search.doubts()) {
    result.doubts.emplace_back(origin[id.index], doubt);
  }
  return result;
}

const Searched* Worlds::found(agreement::ClauseId clause,
                              const std::vector<agreement::ActorId>& bearers,
                              std::optional<std::size_t> which, facts::AccountId account,
                              std::optional<std::uint32_t> period) const {
  const auto at = known_.find(Key{clause, bearers, which, account, period});
  return at == known_.end() ? nullptr : &at->second;
}

const Searched& Worlds::of_incident(agreement::ClauseId clause,
                                    const std::vector<agreement::ActorId>& bearers,
                                    facts::IncidentId incident, facts::AccountId account) {
  const auto [at, is_new] = known_.try_emplace(Key{clause, bearers, incident.index, account, {}});
  if (is_new && are_tried_) {
    at->second = search(
        clause, incident, account, !facts::waits_upon_acts(record_.agreement(), clause),
        [&](Engine& engine) -> std::optional<Opinion> {
          return opinion_of(engine.prohibitions().said_of(clause, bearers, incident, account));
        });
  }
  return at->second;
}

const Searched& Worlds::of_duty(const Instance& instance, facts::AccountId account) {
  const auto [at, is_new] = known_.try_emplace(
      Key{instance.clause, instance.bearers, instance.activation, account, instance.period});
  if (is_new && are_tried_) {
    at->second =
        search(instance.clause, std::nullopt, account,
               !facts::waits_upon_acts(record_.agreement(), instance.clause),
               [&](Engine& engine) { return engine.duties().opinion(instance, account).opinion; });
  }
  return at->second;
}

const Searched& Worlds::of_phases(const Instance& side_of, std::size_t side,
                                  facts::AccountId account) {
  const auto [at, is_new] =
      known_.try_emplace(Key{side_of.clause, side_of.bearers, std::nullopt, account, {}});
  if (is_new && are_tried_) {
    at->second = search(
        side_of.clause, std::nullopt, account,
        !facts::waits_upon_acts(record_.agreement(), side_of.clause), [&](Engine& engine) {
          return engine.duties().judge_phases(side_of.clause)[side].phases[account.index].opinion;
        });
  }
  return at->second;
}

Opinion opinion_of(facts::Truth breach) {
  switch (breach) {
    case facts::Truth::Yes:
      return Opinion::Broken;
    case facts::Truth::Maybe:
      return Opinion::Unknown;
    case facts::Truth::No:
      return Opinion::Kept;
  }
  return Opinion::Unknown;
}

}  // namespace truce::monitor::internal
