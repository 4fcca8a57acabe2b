// SPDX-License-Identifier: Apache-2.0
// Differences that are alike become one change, with the first of them as its example, played once
// more on the whole of both texts.
#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "truce/comparison/internal/search.h"
#include "truce/facts/words.h"
#include "truce/semantics/evaluate.h"

namespace truce::comparison::internal {
namespace {

using facts::Outcome;

// More changes of one kind are counted and not told.
constexpr std::size_t kMostOfAKind = 4;

// Differences that a sentence tells together: by whom, what, where, and when from the first to the
// last that was tried.
struct Box {
  ChangeKind kind;
  std::set<std::string> actors;
  // In the order in which they were tried.
  std::vector<std::string> acts;
  std::set<std::string> spots;
  std::vector<base::Instant> times;
  bool is_alone = true;
  const Difference* example = nullptr;
};

std::string joined(const std::set<std::string>& words, std::string_view last) {
  return facts::join_words({words.begin(), words.end()}, last);
}

class Teller {
 public:
  Teller(const Both& both, std::size_t pair, const PairResult& result)
      : both_(both), pair_(pair), result_(result) {}

  std::vector<Change> run(std::vector<std::string>& not_searched) {
    std::vector<Change> changes;
    std::map<ChangeKind, std::size_t> told;
    std::map<ChangeKind, std::size_t> left;
    std::vector<Box> boxes = merged();
    for (const Box& box : boxes) {
      if (told[box.kind] == kMostOfAKind) {
        ++left[box.kind];
        continue;
      }
      if (auto change = change_of(box)) {
        ++told[box.kind];
        changes.push_back(std::move(*change));
      } else {
        not_searched.push_back(fmt::format(
            "{}: a difference that the whole text does not confirm; nothing is said of it",
            number()));
      }
    }
    for (Change& change : changes) {
      if (left[change.kind] > 0) {
        change.conduct += fmt::format("; and in {} other ways", left[change.kind]);
        left[change.kind] = 0;
      }
    }
    return changes;
  }

 private:
  [[nodiscard]] const Text& wording() const {
    return both_.after.clause(pair_).has_value() ? both_.after : both_.before;
  }
  [[nodiscard]] std::string number() const {
    return wording().agreement.clause(*wording().clause(pair_)).number;
  }
  [[nodiscard]] std::string when(base::Instant at) const {
    return base::to_words(at, both_.after.agreement.clock.offset);
  }

  // One box for each act, actor and spot, then joined along one side after the other.
  [[nodiscard]] std::vector<Box> merged() const {
    using Key = std::tuple<ChangeKind, std::string, std::string, std::string, bool>;
    std::map<Key, Box> boxes;
    std::vector<Key> order;
    // What is there without anything before it is not told again behind something.
    std::set<ChangeKind> alone;
    for (const Difference& one : result_.differences) {
      if (one.deeds.size() == (one.has_act ? 1U : 0U)) {
        alone.insert(one.kind);
      }
    }
    for (const Difference& one : result_.differences) {
      const bool is_alone = one.deeds.size() == (one.has_act ? 1U : 0U);
      if (!is_alone && alone.contains(one.kind)) {
        continue;
      }
      std::string act = fmt::format("does nothing that {} asks for", number());
      std::string spot;
      if (one.has_act) {
        Deed deed = one.deeds.back();
        spot = deed.where.words;
        deed.actors = {"x"};
        act = told_act(wording(), deed);
      }
      const Key key{one.kind, one.actor, act, spot, one.has_act};
      const auto [place, is_new] = boxes.try_emplace(key);
      Box& box = place->second;
      if (is_new) {
        order.push_back(key);
        box = {one.kind, {one.actor}, {act}, {spot}, {}, is_alone, &one};
      }
      if (one.has_act) {
        box.times.push_back(one.deeds.back().at);
      }
    }
    std::vector<Box> list;
    for (const Key& key : order) {
      Box& box = boxes[key];
      std::sort(box.times.begin(), box.times.end());
      box.times.erase(std::unique(box.times.begin(), box.times.end()), box.times.end());
      list.push_back(box);
    }
    join(list, &Box::actors);
    join(list, &Box::acts);
    join(list, &Box::spots);
    join(list, &Box::actors);
    join(list, &Box::acts);
    std::stable_sort(list.begin(), list.end(),
                     [](const Box& a, const Box& b) { return a.kind < b.kind; });
    return list;
  }

  // Boxes that differ in that side alone become one.
  template <typename Side>
  static void join(std::vector<Box>& list, Side side) {
    std::vector<Box> joined;
    for (Box& box : list) {
      const auto same = std::find_if(joined.begin(), joined.end(), [&](const Box& other) {
        const auto alike = [&](auto other_side) {
          if constexpr (std::is_same_v<decltype(other_side), Side>) {
            return other_side == side || box.*other_side == other.*other_side;
          } else {
            return box.*other_side == other.*other_side;
          }
        };
        return box.kind == other.kind && box.times == other.times && alike(&Box::actors) &&
               alike(&Box::acts) && alike(&Box::spots);
      });
      if (same == joined.end()) {
        joined.push_back(std::move(box));
        continue;
      }
      for (auto& word : box.*side) {
        auto& words = (*same).*side;
        if (std::find(words.begin(), words.end(), word) == words.end()) {
          words.insert(words.end(), word);
        }
      }
    }
    list = std::move(joined);
  }

  [[nodiscard]] std::string told_times(const Box& box) const {
    if (box.times.empty()) {
      return {};
    }
    const base::Instant first = box.times.front();
    const base::Instant last = box.times.back();
    const bool is_open = first == result_.first_time;
    const bool is_endless = last == result_.last_time;
    if (is_open && is_endless) {
      return ", at any time";
    }
    if (is_endless) {
      return ", from " + when(first) + " on";
    }
    if (is_open) {
      return ", until " + when(last);
    }
    if (first == last) {
      return ", at " + when(first);
    }
    return fmt::format(", between {} and {}", when(first), when(last));
  }

  [[nodiscard]] std::string conduct_of(const Box& box) const {
    const std::string who = joined(box.actors, "or");
    std::vector<std::string> acts = box.acts;
    std::string more;
    if (acts.size() > 3) {
      more = fmt::format(", or does one of {} acts more", acts.size() - 2);
      acts.resize(2);
    }
    std::vector<std::string> spots;
    for (const std::string& spot : box.spots) {
      if (!spot.empty()) {
        spots.push_back(spot);
      }
    }
    std::string text = fmt::format("{} {}{}", who, facts::join_words(acts, "or"), more);
    if (!spots.empty() && spots.size() <= 3) {
      text += " " + facts::join_words(spots, "or");
    }
    return text + told_times(box);
  }

  // What one whole text says of the record, about that clause and the act in question.
  struct Said {
    std::string text;
    Standings standings;
  };
  [[nodiscard]] Said said_by(const Text& text, const Difference& difference) const {
    const auto& deeds = difference.deeds;
    const facts::Verdicts verdicts =
        semantics::evaluate(text.agreement, record_of(text, deeds, difference.now));
    const auto all = standings(text, pair_, verdicts, deeds.size());
    Said said;
    const auto id = text.clause(pair_);
    const bool is_of_act = difference.has_act && id.has_value() &&
                           text.agreement.clause(*id).form == agreement::Form::Prohibition;
    said.standings = all[is_of_act ? deeds.size() - 1 : deeds.size()];
    std::vector<std::string> sentences;
    for (const facts::Verdict& verdict : verdicts.verdicts) {
      const bool is_act = difference.has_act && verdict.incident.has_value() &&
                          verdict.incident->index + 1 == deeds.size();
      if (is_act || verdict.clause == id) {
        if (const std::string sentence = sentence_of(text, verdict); !sentence.empty()) {
          sentences.push_back(sentence);
        }
      }
    }
    if (sentences.empty()) {
      sentences.emplace_back("Nobody is in breach.");
    }
    for (const std::string& sentence : sentences) {
      said.text += (said.text.empty() ? "" : " ") + sentence;
    }
    return said;
  }

  [[nodiscard]] std::string sentence_of(const Text& text, const facts::Verdict& verdict) const {
    const Clause& clause = text.agreement.clause(verdict.clause);
    const std::string who = facts::bearer_text(text.agreement, verdict);
    const bool is_duty = clause.form != agreement::Form::Prohibition;
    switch (verdict.outcome) {
      case Outcome::Broken: {
        std::vector<agreement::ActorId> others = verdict.blame;
        std::erase_if(others, [&](agreement::ActorId actor) {
          return std::find(verdict.bearers.begin(), verdict.bearers.end(), actor) !=
                 verdict.bearers.end();
        });
        const std::string beside =
            others.empty()
                ? ""
                : fmt::format(", and {} answer{} for it", facts::names_of(text.agreement, others),
                              others.size() == 1 ? "s" : "");
        return is_duty ? fmt::format("{} broke {}, due {}{}.", who, clause.number, when(verdict.at),
                                     beside)
                       : fmt::format("{} broke {}{}.", who, clause.number, beside);
      }
      case Outcome::Pending:
        return fmt::format("{} is pending for {}.", clause.number, who);
      case Outcome::Unknown:
        return fmt::format("Whether {} broke {} is unknown.", who, clause.number);
      case Outcome::Kept:
        return is_duty ? fmt::format("{} kept {}.", who, clause.number) : std::string();
      case Outcome::Lapsed:
        return fmt::format("{} has lapsed for {}.", clause.number, who);
      case Outcome::Contested:
        break;
    }
    return {};
  }

  // Empty where the whole texts do not differ so.
  [[nodiscard]] std::optional<Change> change_of(const Box& box) const {
    const Difference& difference = *box.example;
    const Said before = said_by(both_.before, difference);
    const Said after = said_by(both_.after, difference);
    if (before.standings == after.standings) {
      return std::nullopt;
    }
    Change change{.kind = box.kind,
                  .clause = {both_.before.clause(pair_), both_.after.clause(pair_)}};
    change.conduct = conduct_of(box);
    for (const Deed& deed : difference.deeds) {
      change.example.push_back({deed.at, told(wording(), deed)});
    }
    std::stable_sort(change.example.begin(), change.example.end(),
                     [](const Step& a, const Step& b) { return a.at < b.at; });
    if (!difference.has_act) {
      change.example.push_back(
          {difference.now, fmt::format("Until then {} has done nothing that {} asks for",
                                       difference.actor, number())});
    }
    change.under_old = before.text;
    change.under_new = after.text;
    return change;
  }

  const Both& both_;
  std::size_t pair_;
  const PairResult& result_;
};

}  // namespace

std::vector<Change> tell(const Both& both, std::size_t pair, const PairResult& result,
                         std::vector<std::string>& not_searched) {
  return Teller(both, pair, result).run(not_searched);
}

}  // namespace truce::comparison::internal
