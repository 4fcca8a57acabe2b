// SPDX-License-Identifier: Apache-2.0
// Plays what the two texts can tell apart for one pair of clauses, under both.
#include "truce/comparison/internal/search.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <variant>

#include "truce/semantics/evaluate.h"

namespace truce::comparison::internal {
namespace {

// More acts than these are not played for one pair of clauses: a second or so on a slow machine.
constexpr std::size_t kMostActs = 6000;
// Of a duty, and beside other deeds, each act is a record of its own.
constexpr std::size_t kMostRecords = 900;
constexpr std::size_t kMostAlone = 2400;
// Beside so many of them is tried what may excuse them.
constexpr std::size_t kMostBeside = 500;
// Acts that do not bear on each other are played together, some at a time: what is asked of one
// grows with their number.
constexpr std::size_t kTogether = 64;

using agreement::Form;
using facts::Outcome;

// The clauses that the pair refers to, or that refer to it, step by step.
std::set<ClauseId> cone_of(const Text& text, std::size_t pair) {
  std::multimap<ClauseId, ClauseId> edges;
  const Words words(text.agreement, "", {});
  for (std::size_t i = 0; i < text.agreement.clauses.size(); ++i) {
    const auto id = base::id_at<ClauseId>(i);
    const Clause& clause = text.agreement.clauses[i];
    const bool is_two_way =
        clause.form == Form::Power || clause.find<agreement::Amending>() != nullptr;
    for (const ClauseId other : words.references(id)) {
      edges.emplace(id, other);
      // A power bears on what it names.
      if (is_two_way) {
        edges.emplace(other, id);
      }
    }
  }
  std::set<ClauseId> cone;
  std::vector<ClauseId> open = bearing_on(text, pair);
  while (!open.empty()) {
    const ClauseId id = open.back();
    open.pop_back();
    if (cone.insert(id).second) {
      const auto [first, last] = edges.equal_range(id);
      std::transform(first, last, std::back_inserter(open),
                     [](const auto& edge) { return edge.second; });
    }
  }
  return cone;
}

// The text as far as it can matter to the pair; ids stay.
Agreement stage_of(const Text& text, std::size_t pair) {
  Agreement stage = text.agreement;
  // A streak begins with the first prohibition.
  const bool has_streak =
      std::any_of(stage.moments.begin(), stage.moments.end(),
                  [](const agreement::Moment& moment) { return moment.streak.has_value(); }) ||
      std::any_of(stage.situations.begin(), stage.situations.end(),
                  [](const agreement::Situation& situation) {
                    return std::holds_alternative<agreement::Streak>(situation.what);
                  });
  const std::set<ClauseId> cone = cone_of(text, pair);
  for (std::size_t i = 0; i < stage.clauses.size(); ++i) {
    Clause& clause = stage.clauses[i];
    const bool is_kept = cone.contains(base::id_at<ClauseId>(i)) || clause.form == Form::Power ||
                         (has_streak && clause.form == Form::Prohibition);
    if (!is_kept) {
      clause.form = Form::Reservation;
    }
  }
  return stage;
}

// Why single acts do not say all there is to know of the clauses; empty: they do.
void add_limits(const Text& text, const std::vector<ClauseId>& clauses,
                std::set<std::string>& limits) {
  const Agreement& agreement = text.agreement;
  for (const ClauseId id : clauses) {
    const Clause& clause = agreement.clause(id);
    const bool is_conditional = clause.waits() || clause.find<agreement::If>() != nullptr ||
                                clause.find<agreement::While>() != nullptr ||
                                clause.find<agreement::Unless>() != nullptr;
    const auto exceptions = clause.find_all<agreement::Exception>();
    const bool has_situation =
        std::any_of(exceptions.begin(), exceptions.end(), [](const agreement::Exception* one) {
          return one->what == agreement::Exception::What::InSituation;
        });
    if (is_conditional || has_situation) {
      limits.insert("several acts together, on which conditions and exceptions depend");
    }
    const bool is_renewed = clause.find<agreement::Renewable>() != nullptr;
    const bool is_under_power =
        std::any_of(agreement.clauses.begin(), agreement.clauses.end(), [&](const Clause& power) {
          return power.form == Form::Power ||
                 (power.find<agreement::Amending>() != nullptr && power.number != clause.number);
        });
    if (is_renewed || is_under_power) {
      limits.insert("renewals, suspensions, ends and amendments more than one at a time");
    }
    if (clause.form == Form::Phases) {
      limits.insert("slices of phases in every order");
    }
    if (clause.find<agreement::Reciprocally>() != nullptr || clause.recurrence() != nullptr ||
        clause.form == Form::Effort || clause.act.object.items.size() > 1 ||
        clause.subject.mode == agreement::Subject::Mode::Jointly) {
      // A duty of several things may be performed in several ways.
      if (clause.form == Form::Duty || clause.form == Form::Effort) {
        limits.insert("performances in several acts");
      }
    }
    // A distance is printed and not measured: no report says how far something was withdrawn.
    const auto& complements = clause.act.complements;
    if (std::any_of(complements.begin(), complements.end(),
                    [](const auto& one) { return one.at_least.has_value(); })) {
      limits.insert("distances, which no report of an act states");
    }
  }
  const bool may_accede =
      std::any_of(agreement.actors.begin(), agreement.actors.end(),
                  [](const agreement::Actor& actor) { return !actor.open_to.empty(); });
  if (may_accede) {
    limits.insert("accessions");
  }
}

std::string key_of(const Text& text, const std::string& actor) {
  if (text.agreement.find_actor(actor).has_value()) {
    return actor;
  }
  const auto unnamed =
      std::find_if(text.agreement.actors.begin(), text.agreement.actors.end(),
                   [](const auto& one) { return one.role == agreement::Actor::Role::Unnamed; });
  return unnamed == text.agreement.actors.end() ? actor : unnamed->name;
}

struct Counts {
  std::size_t broken = 0;
  std::size_t open = 0;
  std::vector<base::Instant> broken_at = {};
  std::vector<base::Instant> pending_at = {};
  std::vector<std::vector<std::string>> blame = {};
};

Counts counts_of(const Text& text, const Standings& standings, const std::string& actor) {
  Counts counts;
  const auto found = standings.find(key_of(text, actor));
  if (found == standings.end()) {
    return counts;
  }
  for (const Standing& one : found->second) {
    if (one.outcome == Outcome::Broken) {
      ++counts.broken;
      counts.broken_at.push_back(one.at);
      counts.blame.push_back(one.blame);
    } else if (one.outcome == Outcome::Pending || one.outcome == Outcome::Unknown) {
      ++counts.open;
      if (one.outcome == Outcome::Pending) {
        counts.pending_at.push_back(one.at);
      }
    }
  }
  return counts;
}

std::optional<ChangeKind> change_of(const Counts& before, const Counts& after) {
  if (after.broken != before.broken) {
    return after.broken > before.broken ? ChangeKind::NewlyBreaks : ChangeKind::NoLongerBreaks;
  }
  if (before.blame != after.blame) {
    return ChangeKind::Blame;
  }
  if (before.broken_at != after.broken_at ||
      (before.open == after.open && before.pending_at.size() == after.pending_at.size() &&
       before.pending_at != after.pending_at)) {
    return ChangeKind::Timing;
  }
  return before.open != after.open ? std::optional(ChangeKind::Standing) : std::nullopt;
}

class PairSearch {
 public:
  PairSearch(const Both& both, std::size_t pair)
      : both_(both),
        pair_(pair),
        old_stage_(stage_of(both.before, pair)),
        new_stage_(stage_of(both.after, pair)),
        before_{old_stage_, both.before.pairing, Side::Before},
        after_{new_stage_, both.after.pairing, Side::After},
        old_clauses_(bearing_on(both.before, pair)),
        new_clauses_(bearing_on(both.after, pair)) {}

  PairResult run() {
    choices_ = choices_for(both_, pair_);
    result_.limits = choices_.limits;
    add_limits(both_.before, old_clauses_, result_.limits);
    add_limits(both_.after, new_clauses_, result_.limits);
    if (has_form({Form::Prohibition})) {
      play_acts();
    }
    if (has_form({Form::Duty, Form::Effort, Form::Phases})) {
      play_performances();
    }
    result_.first_time = choices_.times.front();
    result_.last_time = choices_.times.back();
    drop_secondary();
    return std::move(result_);
  }

 private:
  // Where somebody breaks the clause under one text only, doubts about others say nothing new.
  void drop_secondary() {
    auto& all = result_.differences;
    if (std::any_of(all.begin(), all.end(),
                    [](const Difference& one) { return one.kind != ChangeKind::Standing; })) {
      std::erase_if(all, [](const Difference& one) { return one.kind == ChangeKind::Standing; });
    }
    // What is so where nothing is done need not be told of acts that change nothing.
    std::set<std::pair<ChangeKind, std::string>> of_nothing;
    for (const Difference& one : all) {
      if (!one.has_act) {
        of_nothing.emplace(one.kind, one.actor);
      }
    }
    std::erase_if(all, [&](const Difference& one) {
      return one.has_act && of_nothing.contains({one.kind, one.actor});
    });
  }
  [[nodiscard]] bool has_form(const std::set<Form>& forms) const {
    const std::vector<const Text*> texts = both_.all();
    return std::any_of(texts.begin(), texts.end(), [&](const Text* text) {
      const auto id = text->clause(pair_);
      return id.has_value() && forms.contains(text->agreement.clause(*id).form);
    });
  }
  [[nodiscard]] bool depends_on_other_acts() const {
    const auto asks = [](const Text& text, const std::vector<ClauseId>& clauses) {
      return std::any_of(clauses.begin(), clauses.end(), [&](ClauseId id) {
        const Clause& clause = text.agreement.clause(id);
        const auto exceptions = clause.find_all<agreement::Exception>();
        return clause.waits() || clause.find<agreement::If>() != nullptr ||
               clause.find<agreement::While>() != nullptr ||
               clause.find<agreement::Unless>() != nullptr ||
               std::any_of(exceptions.begin(), exceptions.end(),
                           [](const auto* one) { return one->situation.has_value(); });
      });
    };
    return asks(both_.before, old_clauses_) || asks(both_.after, new_clauses_);
  }

  // `first`: from which incident on the deeds are in question.
  void play(const std::vector<Deed>& deeds, std::size_t first, base::Instant now) {
    const auto judged = [&](const Text& text) {
      return standings(
          text, pair_,
          semantics::evaluate(text.agreement, record_of(text, deeds, now), {.with_worlds = false}),
          deeds.size());
    };
    const std::vector<Standings> before = judged(before_);
    const std::vector<Standings> after = judged(after_);
    ++result_.played;
    for (std::size_t i = first; i <= deeds.size(); ++i) {
      compare(deeds, first, i, before[i], after[i], now);
    }
  }
  void compare(const std::vector<Deed>& deeds, std::size_t first, std::size_t at,
               const Standings& before, const Standings& after, base::Instant now) {
    if (before == after) {
      return;
    }
    std::set<std::string> actors;
    for (const auto& [name, all] : before) {
      actors.insert(name);
    }
    for (const auto& [name, all] : after) {
      actors.insert(name);
    }
    for (const std::string& actor : actors) {
      // Somebody unnamed in one text is somebody named in the other.
      const bool is_shadow = !both_.before.agreement.find_actor(actor).has_value() !=
                             !both_.after.agreement.find_actor(actor).has_value();
      const auto kind =
          change_of(counts_of(before_, before, actor), counts_of(after_, after, actor));
      if (!kind.has_value() || (is_shadow && before.contains(actor) == after.contains(actor))) {
        continue;
      }
      Difference difference{*kind, actor, {}, true, now};
      difference.deeds.assign(deeds.begin(), deeds.begin() + static_cast<std::ptrdiff_t>(first));
      if (at < deeds.size()) {
        difference.deeds.push_back(deeds[at]);
      } else {
        difference.deeds = deeds;
        difference.has_act = first < deeds.size();
      }
      result_.differences.push_back(std::move(difference));
    }
  }

  // Each number of a choice, or some of them evenly.
  [[nodiscard]] std::vector<std::size_t> numbers(std::size_t most) {
    const std::size_t count = choices_.count();
    std::vector<std::size_t> all;
    if (count <= most) {
      all.resize(count);
      std::iota(all.begin(), all.end(), std::size_t{0});
      return all;
    }
    result_.limits.insert("every combination of actor, target, means, place and time");
    // A stride without a common factor visits different choices of every kind.
    std::size_t stride = count / most + 1;
    while (std::gcd(stride, count) != 1) {
      ++stride;
    }
    std::size_t at = 0;
    for (std::size_t i = 0; i < most; ++i) {
      all.push_back(at);
      at = at < count - stride ? at + stride : at - (count - stride);
    }
    std::sort(all.begin(), all.end());
    all.erase(std::unique(all.begin(), all.end()), all.end());
    return all;
  }

  [[nodiscard]] base::Instant end() const { return choices_.times.back() + 40 * base::kDay; }

  void play_acts() {
    if (depends_on_other_acts()) {
      play_acts_alone();
    } else {
      play_acts_together();
    }
    play_acts_behind();
  }

  void play_acts_together() {
    std::vector<Deed> together;
    const std::vector<std::size_t> all = numbers(kMostActs);
    for (std::size_t i = 0; i < all.size(); ++i) {
      together.push_back(choices_.deed(all[i]));
      if (together.size() == kTogether || i + 1 == all.size()) {
        play(together, 0, end());
        result_.played += together.size() - 1;
        together.clear();
      }
    }
  }

  // Each in a record of its own, and beside what may excuse it.
  void play_acts_alone() {
    const std::vector<std::size_t> all = numbers(kMostAlone);
    const std::size_t step = all.size() / kMostBeside + 1;
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Deed deed = choices_.deed(all[i]);
      play({deed}, 0, end());
      if (i % step == 0) {
        play_beside(deed);
      }
    }
  }
  void play_beside(const Deed& deed) {
    for (const Text* text : both_.all()) {
      const auto& clauses = text->side == Side::Before ? old_clauses_ : new_clauses_;
      if (clauses.empty()) {
        continue;
      }
      for (std::vector<Deed> beside : circumstances(*text, clauses, deed)) {
        beside.push_back(deed);
        play(beside, beside.size() - 1, end());
      }
    }
  }

  // Behind triggers, renewals and ends.
  void play_acts_behind() {
    std::vector<std::vector<Deed>> settings;
    for (const Text* text : both_.all()) {
      if (const auto id = text->clause(pair_)) {
        auto before = deeds_before(both_, *text, *id, setting_start(*text));
        if (!before.empty()) {
          settings.push_back(std::move(before));
        }
      }
      const auto& clauses = text->side == Side::Before ? old_clauses_ : new_clauses_;
      for (auto& change : changes_of_force(*text, clauses)) {
        settings.push_back(std::move(change));
      }
      for (auto& act : interruptions(*text, clauses)) {
        settings.push_back(std::move(act));
      }
    }
    for (const std::vector<Deed>& setting : settings) {
      add_times_after(setting);
      for (const std::size_t number : numbers(kMostRecords / settings.size())) {
        std::vector<Deed> deeds = setting;
        deeds.push_back(choices_.deed(number));
        play(deeds, deeds.size() - 1, end());
      }
    }
  }

  // When what comes before an act begins: with what the text forbids, for it may be a breach.
  [[nodiscard]] base::Instant setting_start(const Text& text) const {
    return first_beginning(text, text.all_prohibitions())
               .value_or(choices_.times.front() + base::kDay) +
           base::kHour;
  }

  // What begins with a deed ends some period of the clauses later.
  void add_times_after(const std::vector<Deed>& setting) {
    std::set<base::Instant> times(choices_.times.begin(), choices_.times.end());
    for (const Text* text : both_.all()) {
      const auto id = text->clause(pair_);
      if (!id.has_value() || setting.empty()) {
        continue;
      }
      const Clause& clause = text->agreement.clause(*id);
      const base::Instant at = setting.back().at;
      const auto add = [&](const std::optional<agreement::Period>& period) {
        if (period.has_value()) {
          const base::Instant then =
              agreement::add(at, *period, 1, text->agreement.day_rule, text->agreement.clock);
          times.insert({then - base::Duration{1}, then, then + base::Duration{1}});
        }
      };
      times.insert(at + base::Duration{1});
      for (const auto* due : clause.find_all<agreement::Due>()) {
        add(due->deadline.within);
      }
      for (const auto* lasting : clause.find_all<agreement::For>()) {
        add(lasting->period);
      }
      for (const auto* renewable : clause.find_all<agreement::Renewable>()) {
        add(renewable->period);
      }
    }
    choices_.times.assign(times.begin(), times.end());
  }

  void play_performances() {
    std::vector<std::vector<Deed>> settings = {{}};
    for (const Text* text : both_.all()) {
      const auto id = text->clause(pair_);
      if (!id.has_value()) {
        continue;
      }
      auto before = deeds_before(both_, *text, *id, setting_start(*text));
      if (!before.empty()) {
        settings.push_back(std::move(before));
      }
      for (auto& change : changes_of_force(*text, {*id})) {
        settings.push_back(std::move(change));
      }
      for (auto& act : interruptions(*text, {*id})) {
        settings.push_back(std::move(act));
      }
    }
    for (const std::vector<Deed>& setting : settings) {
      add_times_after(setting);
      play(setting, setting.size(), end());
      play_own_acts(setting);
      for (const std::size_t number : numbers(kMostRecords / settings.size())) {
        std::vector<Deed> deeds = setting;
        deeds.push_back(choices_.deed(number));
        play(deeds, deeds.size() - 1, end());
      }
    }
  }

  // The act as either text orders it, by each bearer and by all, at every time.
  void play_own_acts(const std::vector<Deed>& setting) {
    for (const Text* text : both_.all()) {
      const auto id = text->clause(pair_);
      if (!id.has_value() || text->agreement.clause(*id).form == Form::Prohibition) {
        continue;
      }
      std::vector<std::vector<std::string>> groups;
      const std::vector<std::string> all = bearers_of(*text, *id);
      for (const std::string& bearer : all) {
        groups.push_back({bearer});
      }
      if (all.size() > 1) {
        groups.push_back(all);
      }
      for (const std::vector<std::string>& group : groups) {
        Deed deed = act_of_clause(both_, *text, *id, group);
        for (const base::Instant at : choices_.times) {
          deed.at = at;
          std::vector<Deed> deeds = setting;
          deeds.push_back(deed);
          play(deeds, deeds.size() - 1, end());
        }
      }
    }
  }

  const Both& both_;
  std::size_t pair_;
  Agreement old_stage_;
  Agreement new_stage_;
  Text before_;
  Text after_;
  std::vector<ClauseId> old_clauses_;
  std::vector<ClauseId> new_clauses_;
  Choices choices_;
  PairResult result_;
};

}  // namespace

PairResult search_pair(const Both& both, std::size_t pair) { return PairSearch(both, pair).run(); }

}  // namespace truce::comparison::internal
