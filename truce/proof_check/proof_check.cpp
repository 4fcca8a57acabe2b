// SPDX-License-Identifier: Apache-2.0
#include "truce/proof_check/proof_check.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "truce/proof_check/internal/claims.h"
#include "truce/proof_check/internal/lines.h"

namespace truce::proof_check {
namespace {

using internal::add_issues;
using internal::index;
using internal::integers;
using internal::is_as_much;
using internal::Lines;
using internal::Words;
using internal::words_of;
using internal::Worth;

using packages::Fraction;
using packages::Game;
using packages::Integer;
using packages::Package;
using packages::Party;

using Key = std::vector<std::uint32_t>;

struct Listed {
  Worth worth;
  std::uint32_t option = 0;
  std::size_t next = 0;
};
using Nodes = std::map<Key, std::vector<Listed>>;

std::set<std::size_t> issues_of(const packages::Conjunction& conjunction) {
  std::set<std::size_t> issues;
  for (const packages::OptionSet& set : conjunction) {
    issues.insert(set.issue);
  }
  return issues;
}

class Checker {
 public:
  Checker(const Game& game, std::string_view proof) : game_(&game), lines_(proof) {
    for (const packages::Constraint& constraint : game.constraints) {
      std::set<std::size_t> issues;
      add_issues(constraint.formula, issues);
      spans_.push_back(std::move(issues));
    }
    for (const Party& party : game.parties) {
      for (const packages::Conditional& conditional : party.conditionals) {
        spans_.push_back(issues_of(conditional.when));
      }
    }
  }

  base::Result<Checked> check() {
    if (lines_.next() != "truce-proof 2") {
      return lines_.wrong("this is no proof of version 2");
    }
    Checked checked;
    if (lines_.peek().starts_with("issue ") || lines_.peek().starts_with("near ")) {
      const auto points = lines_.peek().starts_with("near ") ? check_near() : check_layers();
      if (!points) {
        return points.error();
      }
      (within_.empty() ? checked.points : checked.nearby) = *points;
      if (within_.empty()) {
        checked.rules = {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"};
      }
    }
    const bool has_claim = checked.points.has_value() || checked.nearby.has_value();
    if (!has_claim && lines_.peek().starts_with("end ")) {
      return lines_.wrong("this log claims nothing");
    }
    if (const auto claims = internal::check_claims(*game_, lines_, checked); !claims) {
      return claims.error();
    }
    const std::string sum = lines_.sum();
    const std::string_view end = lines_.next();
    if (end != "end " + sum || !lines_.is_done()) {
      return lines_.wrong("`end` is expected, the sum of all lines before, and nothing behind it");
    }
    return checked;
  }

 private:
  // How much more than a point a package may be worth, as the layers add it up.
  base::Result<std::size_t> check_near() {
    const Words words = words_of(lines_.next());
    const auto within = integers(words, 1, game_->parties.size() + 1);
    if (!within || words.size() != game_->parties.size() + 1) {
      return lines_.wrong("`near` and a number for each party are expected");
    }
    within_.assign(game_->parties.size(), Integer(0));
    const auto points = check_layers();
    return points && within_ != *within
               ? base::Result<std::size_t>(lines_.wrong("the layers add up to another nearness"))
               : points;
  }

  base::Result<std::size_t> check_layers() {
    // Behind the last issue nothing is gained.
    layers_.resize(game_->issues.size() + 1);
    layers_.back()[{}] = {{Worth(game_->parties.size()), 0, 0}};
    const std::vector<std::set<Key>> reached = reach();
    for (std::size_t issue = game_->issues.size(); issue > 0; --issue) {
      auto nodes = read_issue(issue - 1);
      if (!nodes) {
        return nodes.error();
      }
      std::set<Key> keys;
      for (const auto& [key, points] : *nodes) {
        keys.insert(key);
      }
      if (keys != reached[issue - 1]) {
        return lines_.wrong(
            fmt::format("the nodes of issue {} are not those that can be reached", issue - 1));
      }
      for (const auto& [key, points] : *nodes) {
        if (const auto checked = check_node(issue - 1, key, points, layers_[issue]); !checked) {
          return checked.error();
        }
      }
      layers_[issue - 1] = std::move(nodes.value());
    }
    const std::vector<Listed>& points = layers_[0].begin()->second;
    if (!within_.empty()) {
      return points.size();
    }
    const auto choices = check_choices(points);
    return choices ? base::Result<std::size_t>(points.size()) : choices.error();
  }

  // --- Reading ---

  base::Result<Nodes> read_issue(std::size_t issue) {
    const std::string head = fmt::format("issue {}", issue);
    const std::string_view line = lines_.next();
    slack_.assign(game_->parties.size(), Integer(0));
    if (!within_.empty() && line.starts_with(head + " within ")) {
      const Words words = words_of(line);
      const auto slack = integers(words, 3, words.size());
      if (!slack || slack->size() != slack_.size()) {
        return lines_.wrong("behind `within` stands a number for each party");
      }
      slack_ = *slack;
    } else if (line != head) {
      return lines_.wrong(fmt::format("`{}` is expected", head));
    }
    for (std::size_t party = 0; party < within_.size(); ++party) {
      within_[party] += slack_[party];
    }
    Nodes nodes;
    while (lines_.peek() == "node" || lines_.peek().starts_with("node ")) {
      const Words words = words_of(lines_.next());
      Key key;
      for (std::size_t at = 1; at < words.size(); ++at) {
        const auto option = index(words[at]);
        if (!option) {
          return lines_.wrong("a node is named by options");
        }
        key.push_back(static_cast<std::uint32_t>(*option));
      }
      if (!nodes.empty() && !(nodes.rbegin()->first < key)) {
        return lines_.wrong("nodes stand in order, each once");
      }
      auto points = read_points();
      if (!points) {
        return points.error();
      }
      nodes.emplace(std::move(key), std::move(points.value()));
    }
    return nodes;
  }

  base::Result<std::vector<Listed>> read_points() {
    std::vector<Listed> points;
    const std::size_t parties = game_->parties.size();
    while (lines_.peek().starts_with("point ")) {
      const Words words = words_of(lines_.next());
      auto worth = integers(words, 1, parties + 1);
      if (!worth) {
        return lines_.wrong("what a point is worth is a whole number for each party");
      }
      Listed point{std::move(*worth)};
      if (words.size() != parties + 4 || words[parties + 1] != "by" || !index(words[parties + 2]) ||
          !index(words[parties + 3])) {
        return lines_.wrong("a point is `point WORTH… by OPTION NEXT`");
      }
      point.option = static_cast<std::uint32_t>(*index(words[parties + 2]));
      point.next = *index(words[parties + 3]);
      points.push_back(std::move(point));
    }
    return points;
  }

  // --- What must follow ---

  [[nodiscard]] bool decides(std::size_t span, std::size_t issue) const {
    return spans_[span].empty() ? issue == 0 : *spans_[span].rbegin() == issue;
  }

  // Before an issue, those behind it of which something undecided speaks.
  [[nodiscard]] std::vector<std::size_t> open_before(std::size_t issue) const {
    std::set<std::size_t> open;
    for (const std::set<std::size_t>& span : spans_) {
      if (!span.empty() && *span.rbegin() >= issue) {
        open.insert(span.begin(), span.lower_bound(issue));
      }
    }
    return {open.begin(), open.end()};
  }

  [[nodiscard]] Package unpack(std::size_t issue, const Key& key) const {
    Package package(game_->issues.size(), 0);
    const std::vector<std::size_t> open = open_before(issue);
    for (std::size_t at = 0; at < open.size() && at < key.size(); ++at) {
      package[open[at]] = key[at];
    }
    return package;
  }

  // The node to which an option leads; none where a constraint decided here does not hold.
  [[nodiscard]] std::optional<Key> follow(std::size_t issue, Package& package,
                                          std::uint32_t option) const {
    package[issue] = option;
    for (std::size_t at = 0; at < game_->constraints.size(); ++at) {
      if (decides(at, issue) && !packages::holds(game_->constraints[at].formula, package)) {
        return std::nullopt;
      }
    }
    Key key;
    for (const std::size_t open : open_before(issue + 1)) {
      key.push_back(package[open]);
    }
    return key;
  }

  [[nodiscard]] std::vector<std::set<Key>> reach() const {
    std::vector<std::set<Key>> reached(game_->issues.size() + 1);
    reached[0].insert(Key{});
    for (std::size_t issue = 0; issue < game_->issues.size(); ++issue) {
      for (const Key& key : reached[issue]) {
        Package package = unpack(issue, key);
        for (std::uint32_t option = 0; option < game_->issues[issue].options.size(); ++option) {
          if (const auto next = follow(issue, package, option)) {
            reached[issue + 1].insert(*next);
          }
        }
      }
    }
    return reached;
  }

  [[nodiscard]] Worth gain(std::size_t issue, const Package& package) const {
    Worth gain;
    std::size_t span = game_->constraints.size();
    for (const Party& party : game_->parties) {
      Integer sum = party.values[issue][package[issue]];
      if (issue == 0) {
        sum += party.base;
      }
      for (const packages::Conditional& conditional : party.conditionals) {
        if (decides(span++, issue) && packages::holds(conditional.when, package)) {
          sum += conditional.worth;
        }
      }
      gain.push_back(std::move(sum));
    }
    return gain;
  }

  // Each point is attained, by the smallest option; whatever can be attained is worth no more to
  // everybody than a point; and no point is so beside another one.
  base::Result<void> check_node(std::size_t issue, const Key& key,
                                const std::vector<Listed>& points, const Nodes& after) const {
    for (std::size_t at = 0; at < points.size(); ++at) {
      if (at > 0 && !(points[at].worth < points[at - 1].worth)) {
        return lines_.wrong(fmt::format("points of issue {} are not in order", issue));
      }
      if (is_matched(points, points[at].worth, at)) {
        return lines_.wrong(fmt::format("a point of issue {} is bettered by another one", issue));
      }
    }
    std::vector<bool> is_attained(points.size(), false);
    Package package = unpack(issue, key);
    for (std::uint32_t option = 0; option < game_->issues[issue].options.size(); ++option) {
      if (const auto next = follow(issue, package, option)) {
        auto checked = check_option(issue, package, after.at(*next), points, is_attained);
        if (!checked) {
          return checked;
        }
      }
    }
    if (std::find(is_attained.begin(), is_attained.end(), false) != is_attained.end()) {
      return lines_.wrong(fmt::format("a point of issue {} is attained by nothing", issue));
    }
    return {};
  }

  // What the option chosen in `package` brings, with each point behind it.
  base::Result<void> check_option(std::size_t issue, const Package& package,
                                  const std::vector<Listed>& behind,
                                  const std::vector<Listed>& points,
                                  std::vector<bool>& is_attained) const {
    const std::uint32_t option = package[issue];
    const Worth gained = gain(issue, package);
    for (std::size_t at = 0; at < behind.size(); ++at) {
      Worth worth = behind[at].worth;
      for (std::size_t party = 0; party < worth.size(); ++party) {
        worth[party] += gained[party];
      }
      const auto same = std::find_if(points.begin(), points.end(),
                                     [&](const Listed& point) { return point.worth == worth; });
      if (same == points.end()) {
        for (std::size_t party = 0; party < worth.size(); ++party) {
          worth[party] -= slack_[party];
        }
        if (!is_matched(points, worth, points.size())) {
          return lines_.wrong(
              fmt::format("issue {} leaves out what option {} brings", issue, option));
        }
        continue;
      }
      const auto place = static_cast<std::size_t>(same - points.begin());
      if (!is_attained[place] && (same->option != option || same->next != at)) {
        return lines_.wrong(fmt::format("a point of issue {} comes by option {}, not by {}", issue,
                                        option, same->option));
      }
      is_attained[place] = true;
    }
    return {};
  }

  // Whether a point other than `but` is worth as much to everybody.
  static bool is_matched(const std::vector<Listed>& points, const Worth& worth, std::size_t but) {
    for (std::size_t at = 0; at < points.size(); ++at) {
      if (at != but && is_as_much(points[at].worth, worth)) {
        return true;
      }
    }
    return false;
  }

  // --- What the rules choose ---

  using Measure = std::optional<std::vector<Fraction>>;

  [[nodiscard]] std::vector<Fraction> gains(const Worth& worth, bool is_above) const {
    std::vector<Fraction> gains;
    for (std::size_t party = 0; party < worth.size(); ++party) {
      const Party& side = game_->parties[party];
      const Integer from = is_above ? side.walk_away.value_or(Integer(0)) : Integer(0);
      gains.push_back({worth[party] - from, side.denominator});
    }
    return gains;
  }

  [[nodiscard]] Measure measure(std::string_view rule, const Worth& worth, bool is_above,
                                const std::vector<Fraction>& ideal) const {
    const bool is_of_gains = rule == "nash" || rule == "kalai_smorodinsky";
    std::vector<Fraction> values = gains(worth, is_above && is_of_gains);
    if (rule == "nash") {
      Fraction product = {1, 1};
      for (const Fraction& value : values) {
        if (value.numerator.is_negative()) {
          return std::nullopt;
        }
        product = product * value;
      }
      return std::vector<Fraction>{product};
    }
    if (rule == "utilitarian") {
      Fraction sum;
      for (const Fraction& value : values) {
        sum = sum + value;
      }
      return std::vector<Fraction>{sum};
    }
    std::vector<Fraction> least;
    for (std::size_t party = 0; party < values.size(); ++party) {
      if (rule == "egalitarian") {
        least.push_back(values[party]);
      } else if (ideal[party].numerator.sign() > 0) {
        least.push_back(values[party] / ideal[party]);
      }
    }
    std::sort(least.begin(), least.end());
    return least.empty() ? std::nullopt : Measure(std::move(least));
  }

  base::Result<void> check_choices(const std::vector<Listed>& points) {
    const std::string_view from = lines_.next();
    if (from != "gains zero" && from != "gains walk-away") {
      return lines_.wrong("`gains zero` or `gains walk-away` is expected");
    }
    const bool is_above = from == "gains walk-away";
    std::vector<Fraction> ideal(game_->parties.size());
    for (const Listed& point : points) {
      const std::vector<Fraction> here = gains(point.worth, is_above);
      for (std::size_t party = 0; party < here.size(); ++party) {
        ideal[party] = std::max(ideal[party], here[party]);
      }
    }
    for (const char* rule : {"nash", "kalai_smorodinsky", "egalitarian", "utilitarian"}) {
      const Words words = words_of(lines_.next());
      if (words.size() != 2 || words[0] != rule) {
        return lines_.wrong(fmt::format("`{}` and a place are expected", rule));
      }
      const auto place = index(words[1]);
      if (words[1] != "none" && (!place || *place >= points.size())) {
        return lines_.wrong("a place is that of a point, or `none`");
      }
      if (!is_chosen(rule, points, place, is_above, ideal)) {
        return lines_.wrong(fmt::format("{} chooses another point", rule));
      }
    }
    return {};
  }

  // The package of a point of the first node.
  [[nodiscard]] Package package_of(std::size_t place) const {
    Package package(game_->issues.size(), 0);
    Key key;
    for (std::size_t issue = 0; issue < game_->issues.size(); ++issue) {
      const Listed& point = layers_[issue].at(key)[place];
      key = follow(issue, package, point.option).value_or(Key{});
      place = point.next;
    }
    return package;
  }

  // Nothing has a greater measure, and of equals no other one has smaller options.
  [[nodiscard]] bool is_chosen(std::string_view rule, const std::vector<Listed>& points,
                               const std::optional<std::size_t>& place, bool is_above,
                               const std::vector<Fraction>& ideal) const {
    const Measure of_chosen =
        place ? measure(rule, points[*place].worth, is_above, ideal) : std::nullopt;
    if (place.has_value() && !of_chosen.has_value()) {
      return false;
    }
    for (std::size_t at = 0; at < points.size(); ++at) {
      const Measure here = measure(rule, points[at].worth, is_above, ideal);
      if (here.has_value() && (!of_chosen.has_value() || *of_chosen < *here ||
                               (*of_chosen == *here && package_of(at) < package_of(*place)))) {
        return false;
      }
    }
    return true;
  }

  const Game* game_;
  Lines lines_;
  // Of constraints, then of conditional values.
  std::vector<std::set<std::size_t>> spans_;
  std::vector<Nodes> layers_;
  // Of packages near which others lie: by how much the layers so far, and this one, leave off.
  Worth within_;
  Worth slack_;
};

}  // namespace

base::Result<Checked> check_proof(const Game& game, std::string_view proof) {
  return Checker(game, proof).check();
}

}  // namespace truce::proof_check
