// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/internal/refutation.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

namespace truce::packages::internal {
namespace {

using Kind = Refuted::Kind;
using Numbers = std::vector<double>;
using Integers = std::vector<Integer>;

constexpr int kFirstRounds = 150;
constexpr int kRounds = 12;
constexpr double kStretch = 1.5;
// Weights are whole numbers up to here.
constexpr double kLargestWeight = 65536;
// Between both alone, for points.
constexpr std::int64_t kDirections = 8;

// A conditional value, and which options fulfil it.
struct Term {
  std::size_t party = 0;
  std::vector<std::pair<std::size_t, std::vector<bool>>> issues;
};

// What a sum is made of, as doubles to search with or as whole numbers to write down.
template <typename Number>
struct Sums {
  // Of each party: what is sure, of each option of each issue, of each conditional value.
  std::vector<Number> base;
  std::vector<std::vector<std::vector<Number>>> values;
  std::vector<Number> terms;
  // All of it so many times, so that equal parts of conditional values are whole.
  Number parts = 1;
};

template <typename Number>
struct Weighed {
  Number sum = 0;
  // For each issue, the score of each option that is left, and the place of the best one.
  std::vector<std::vector<Number>> scores;
  std::vector<std::size_t> best;
};

class Writer {
 public:
  Writer(const Game& game, const Refuted& refuted, ProofSize& size, std::string& text)
      : game_(&game),
        refuted_(&refuted),
        size_(&size),
        text_(&text),
        of_issue_(game.issues.size()) {
    for (std::size_t at = 0; at < refuted.must.size(); ++at) {
      std::set<std::size_t> issues;
      collect(refuted.must[at], issues);
      if (issues.empty()) {
        issues.insert(0);
      }
      for (const std::size_t issue : issues) {
        of_issue_[issue].push_back(at);
      }
      spans_.emplace_back(issues.begin(), issues.end());
    }
    read_terms();
    read_sums();
    if (refuted.kind == Kind::Point) {
      read_corners();
    } else if (refuted.kind != Kind::Needs) {
      read_best();
    }
  }

  bool write() {
    Box box;
    for (const Issue& issue : game_->issues) {
      box.emplace_back(issue.options.size());
      std::iota(box.back().begin(), box.back().end(), 0U);
    }
    std::vector<std::size_t> all(box.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return refute(std::move(box), first_weights(), std::move(all), kFirstRounds);
  }

  std::optional<Package>& wanted() { return wanted_; }

 private:
  [[nodiscard]] std::size_t parties() const { return game_->parties.size(); }

  // --- What sums are made of ---

  void read_terms() {
    std::size_t most = 1;
    for (std::size_t party = 0; party < parties(); ++party) {
      for (const Conditional& conditional : game_->parties[party].conditionals) {
        Term term{party, {}};
        for (std::size_t issue = 0; issue < game_->issues.size(); ++issue) {
          std::vector<bool> fits(game_->issues[issue].options.size(), true);
          bool is_asked = false;
          for (const OptionSet& set : conditional.when) {
            is_asked = is_asked || set.issue == issue;
            for (std::uint32_t option = 0; set.issue == issue && option < fits.size(); ++option) {
              fits[option] = fits[option] && std::find(set.options.begin(), set.options.end(),
                                                       option) != set.options.end();
            }
          }
          if (is_asked) {
            term.issues.emplace_back(issue, std::move(fits));
          }
        }
        most = std::max(most, term.issues.size());
        terms_.push_back(std::move(term));
      }
    }
    for (std::size_t count = 2; count <= most; ++count) {
      const Integer number = static_cast<std::int64_t>(count);
      exact_.parts *= divide(number, greatest_common_divisor(exact_.parts, number)).quotient;
    }
  }

  void read_sums() {
    for (std::size_t party = 0; party < parties(); ++party) {
      const Party& side = game_->parties[party];
      const Integer factor = refuted_->factor[party] * exact_.parts;
      exact_.base.push_back((side.base - refuted_->from[party]) * factor);
      rough_.base.push_back(exact_.base.back().to_double());
      exact_.values.emplace_back();
      rough_.values.emplace_back();
      for (const Integers& row : side.values) {
        exact_.values[party].emplace_back();
        rough_.values[party].emplace_back();
        for (const Integer& value : row) {
          exact_.values[party].back().push_back(value * factor);
          rough_.values[party].back().push_back(exact_.values[party].back().back().to_double());
        }
      }
      for (const Conditional& conditional : side.conditionals) {
        exact_.terms.push_back(conditional.worth * factor);
        rough_.terms.push_back(exact_.terms.back().to_double());
      }
    }
    rough_.parts = exact_.parts.to_double();
  }

  void read_best() {
    best_ = numbers_of(refuted_->package);
    if (refuted_->kind == Kind::Levels) {
      std::sort(best_.begin(), best_.end());
    }
    for (const Integer& number : best_) {
      rough_best_.push_back(number.to_double() * rough_.parts);
    }
  }

  // Beyond neighbours, the one worth most to the first party first; beyond the ends anything is.
  void read_corners() {
    Integers lowest;
    for (const Party& party : game_->parties) {
      Integer least = party.base - Integer(2);
      for (const Integers& row : party.values) {
        least += *std::min_element(row.begin(), row.end());
      }
      for (const Conditional& conditional : party.conditionals) {
        least += std::min(conditional.worth, Integer(0));
      }
      lowest.push_back(std::move(least));
    }
    Integer second = lowest[1];
    for (const Integers& point : refuted_->points) {
      corners_.push_back({point[0] + Integer(1), second});
      second = point[1] + Integer(1);
    }
    corners_.push_back({lowest[0], second});
  }

  [[nodiscard]] Integers numbers_of(const Package& package) const {
    Integers numbers;
    for (std::size_t party = 0; party < parties(); ++party) {
      numbers.push_back((worth(game_->parties[party], package) - refuted_->from[party]) *
                        refuted_->factor[party]);
    }
    return numbers;
  }

  // Where some option of an issue fulfils a conditional value and some does not; none where no
  // option of an issue does.
  static std::optional<std::vector<std::size_t>> open_places(const Term& term, const Box& box) {
    std::vector<std::size_t> open;
    for (std::size_t place = 0; place < term.issues.size(); ++place) {
      const auto& [issue, fits] = term.issues[place];
      std::size_t fitting = 0;
      for (const std::uint32_t option : box[issue]) {
        fitting += fits[option] ? 1 : 0;
      }
      if (fitting == 0) {
        return std::nullopt;
      }
      if (fitting < box[issue].size()) {
        open.push_back(place);
      }
    }
    return open;
  }

  template <typename Number>
  void weigh_terms(const Sums<Number>& sums, const Box& box, const std::vector<Number>& weights,
                   Weighed<Number>& weighed) const {
    for (std::size_t at = 0; at < terms_.size(); ++at) {
      const Number worth = weights[terms_[at].party] * sums.terms[at];
      const auto open = worth == Number(0) ? std::nullopt : open_places(terms_[at], box);
      if (!open.has_value() || (!open->empty() && worth < Number(0))) {
        continue;
      }
      if (open->empty()) {
        weighed.sum += worth;
        continue;
      }
      Number part = worth;
      if constexpr (std::is_same_v<Number, Integer>) {
        part = divide(worth, static_cast<std::int64_t>(open->size())).quotient;
      } else {
        part /= static_cast<double>(open->size());
      }
      for (const std::size_t place : *open) {
        const auto& [issue, fits] = terms_[at].issues[place];
        for (std::size_t option = 0; option < box[issue].size(); ++option) {
          weighed.scores[issue][option] += fits[box[issue][option]] ? part : Number(0);
        }
      }
    }
  }

  template <typename Number>
  Weighed<Number> weigh(const Sums<Number>& sums, const Box& box,
                        const std::vector<Number>& weights) const {
    Weighed<Number> weighed;
    weighed.scores.resize(box.size());
    weighed.best.resize(box.size());
    for (std::size_t issue = 0; issue < box.size(); ++issue) {
      weighed.scores[issue].assign(box[issue].size(), Number(0));
    }
    for (std::size_t party = 0; party < parties(); ++party) {
      if (weights[party] == Number(0)) {
        continue;
      }
      weighed.sum += weights[party] * sums.base[party];
      for (std::size_t issue = 0; issue < box.size(); ++issue) {
        const std::vector<Number>& values = sums.values[party][issue];
        for (std::size_t at = 0; at < box[issue].size(); ++at) {
          weighed.scores[issue][at] += weights[party] * values[box[issue][at]];
        }
      }
    }
    weigh_terms(sums, box, weights, weighed);
    for (std::size_t issue = 0; issue < box.size(); ++issue) {
      const auto& scores = weighed.scores[issue];
      const auto most = std::max_element(scores.begin(), scores.end());
      weighed.best[issue] = static_cast<std::size_t>(most - scores.begin());
      weighed.sum += *most;
    }
    return weighed;
  }

  // --- Whether a cut leaves nothing ---

  // The largest weight first.
  [[nodiscard]] std::vector<std::size_t> order_of(const Numbers& weights) const {
    std::vector<std::size_t> order(weights.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
      return weights[left] > weights[right];
    });
    return order;
  }

  // The least weighted sum of what is wanted, about, and where it is.
  double least_wanted(const Numbers& weights, std::size_t level, Numbers& point) const {
    point.assign(parties(), 0);
    switch (refuted_->kind) {
      case Kind::Needs:
        for (std::size_t party = 0; party < parties(); ++party) {
          point[party] = refuted_->need[party].value_or(Integer(0)).to_double() * rough_.parts;
        }
        break;
      case Kind::Product: {
        double logs = 0;
        for (std::size_t party = 0; party < parties(); ++party) {
          logs += std::log(weights[party]) + std::log(rough_best_[party]);
        }
        const double mean = std::exp(logs / static_cast<double>(parties()));
        for (std::size_t party = 0; party < parties(); ++party) {
          point[party] = mean / weights[party];
        }
        break;
      }
      case Kind::Levels: {
        const std::vector<std::size_t> order = order_of(weights);
        for (std::size_t at = 0; at < parties(); ++at) {
          point[order[at]] = at < level ? rough_best_[at] : rough_best_[level] + rough_.parts;
        }
        break;
      }
      default:
        point = rough_best_;
    }
    return std::inner_product(weights.begin(), weights.end(), point.begin(), 0.0);
  }

  // What is better from this level on.
  [[nodiscard]] Integer least_exactly(Integers weights, std::size_t level) const {
    std::sort(weights.begin(), weights.end(),
              [](const Integer& left, const Integer& right) { return right < left; });
    Integer sum;
    for (std::size_t at = 0; at < parties(); ++at) {
      sum += weights[at] * (at < level ? best_[at] : best_[level] + Integer(1));
    }
    return sum * exact_.parts;
  }

  [[nodiscard]] bool is_closed(const Integers& weights, const Integer& bound) const {
    Integer least;
    switch (refuted_->kind) {
      case Kind::Needs:
        for (std::size_t party = 0; party < parties(); ++party) {
          least += weights[party] * refuted_->need[party].value_or(Integer(0));
        }
        return bound < least * exact_.parts;
      case Kind::Sum:
        least = std::accumulate(best_.begin(), best_.end(), Integer(1));
        return bound < least * exact_.parts * weights[0];
      case Kind::Product: {
        if (bound.is_negative()) {
          return true;
        }
        least = std::accumulate(best_.begin(), best_.end(), Integer(1), std::multiplies<>());
        least += 1;
        for (const Integer& weight : weights) {
          least *= weight * exact_.parts * Integer(static_cast<std::int64_t>(parties()));
        }
        return power(bound, parties()) < least;
      }
      default: {
        std::vector<bool> is_out(parties());
        return advance(weights, bound, is_out) == parties();
      }
    }
  }

  // The first level that this cut, and those before, leave open; as many as there are where none
  // is.
  [[nodiscard]] std::size_t advance(const Integers& weights, const Integer& bound,
                                    std::vector<bool>& is_out) const {
    for (std::size_t level = 0; level < parties(); ++level) {
      is_out[level] = is_out[level] || bound < least_exactly(weights, level);
    }
    return static_cast<std::size_t>(std::find(is_out.begin(), is_out.end(), false) -
                                    is_out.begin());
  }

  // --- Weights ---

  [[nodiscard]] Numbers first_weights() const {
    Numbers weights(parties(), 1);
    for (std::size_t party = 0; party < parties(); ++party) {
      if (refuted_->kind == Kind::Needs && !refuted_->need[party].has_value()) {
        weights[party] = 0;
      } else if (refuted_->kind == Kind::Product) {
        weights[party] = 1 / rough_best_[party];
      }
    }
    return weights;
  }

  [[nodiscard]] Integers rounded(const Numbers& weights) const {
    const double most = *std::max_element(weights.begin(), weights.end());
    Integers rounded;
    for (const double weight : weights) {
      const double part = most > 0 ? weight / most * kLargestWeight : 0;
      rounded.emplace_back(static_cast<std::int64_t>(std::llround(part)));
      if (refuted_->kind == Kind::Sum ||
          (refuted_->kind == Kind::Product && rounded.back().is_zero())) {
        rounded.back() = 1;
      }
    }
    return rounded;
  }

  // A step against what the best options bring beyond what is wanted.
  void move(Numbers& weights, const Box& box, const Weighed<double>& weighed, const Numbers& point,
            double excess) const {
    // In units in which each party counts about as much.
    Numbers scale(parties(), 1);
    for (std::size_t party = 0; party < parties() && refuted_->kind == Kind::Product; ++party) {
      scale[party] = 1 / rough_best_[party];
    }
    Numbers over(parties());
    double length = 0;
    for (std::size_t party = 0; party < parties(); ++party) {
      double gain = rough_.base[party];
      for (std::size_t issue = 0; issue < box.size(); ++issue) {
        gain += rough_.values[party][issue][box[issue][weighed.best[issue]]];
      }
      over[party] = (gain - point[party]) * scale[party];
      length += weights[party] > 0 || over[party] < 0 ? over[party] * over[party] : 0;
    }
    if (length <= 0) {
      return;
    }
    for (std::size_t party = 0; party < parties(); ++party) {
      const bool is_fixed = refuted_->kind == Kind::Needs && !refuted_->need[party].has_value();
      const double own = weights[party] / scale[party];
      const double floor = refuted_->kind == Kind::Product ? own / 4 : 0;
      const double moved = std::max(floor, own - kStretch * excess / length * over[party]);
      weights[party] = is_fixed ? 0 : moved * scale[party];
    }
    const double most = *std::max_element(weights.begin(), weights.end());
    if (!(most > 0)) {
      weights = first_weights();
    }
  }

  // --- Closing ---

  // Weights of the parties.
  using Cut = Integers;

  [[nodiscard]] static std::string to_text(const Cut& cut) {
    std::string text = "cut";
    for (const Integer& weight : cut) {
      text += " " + weight.to_text();
    }
    return text + "\n";
  }

  // Cuts that leave nothing wanted in the box; none where they are not found. `weights` are then
  // those that came nearest.
  std::vector<Cut> close(const Box& box, Numbers& weights, int rounds) const {
    std::vector<Cut> cuts;
    if (refuted_->kind == Kind::Point) {
      return close_points(box);
    }
    std::size_t level = 0;
    std::vector<bool> is_out(refuted_->kind == Kind::Levels ? parties() : 1);
    while (level < is_out.size()) {
      auto cut = close_level(box, weights, rounds, is_out, level);
      if (!cut.has_value()) {
        return {};
      }
      cuts.push_back(std::move(*cut));
    }
    return cuts;
  }

  std::optional<Cut> close_level(const Box& box, Numbers& weights, int rounds,
                                 std::vector<bool>& is_out, std::size_t& level) const {
    Numbers nearest = weights;
    double least = std::numeric_limits<double>::infinity();
    Numbers point;
    for (int round = 0; round < rounds; ++round) {
      const Weighed<double> weighed = weigh(rough_, box, weights);
      const double wanted = least_wanted(weights, level, point);
      const double excess = weighed.sum - wanted;
      if (excess < 1e-9 * std::abs(wanted)) {
        Cut cut = rounded(weights);
        const Integer bound = weigh(exact_, box, cut).sum;
        const std::size_t before = level;
        std::vector<bool> is_out_then = is_out;
        if (refuted_->kind == Kind::Levels) {
          level = advance(cut, bound, is_out_then);
        } else {
          level += is_closed(cut, bound) ? 1 : 0;
        }
        if (level > before) {
          is_out = std::move(is_out_then);
          return cut;
        }
      }
      if (excess < least) {
        least = excess;
        nearest = weights;
      }
      if (parties() == 1 || refuted_->kind == Kind::Sum) {
        break;
      }
      move(weights, box, weighed, point, std::max(excess, 1e-9 * std::abs(wanted)));
    }
    weights = nearest;
    return std::nullopt;
  }

  // --- Points ---

  [[nodiscard]] std::vector<Integers> directions() const {
    std::vector<Integers> directions;
    for (std::size_t party = 0; party < parties(); ++party) {
      directions.emplace_back(parties());
      directions.back()[party] = 1;
    }
    Integers most;
    for (std::size_t party = 0; party < parties(); ++party) {
      most.emplace_back(1);
      for (const Integers& point : refuted_->points) {
        most.back() = std::max(most.back(), point[party]);
      }
    }
    for (std::int64_t part = 1; part < kDirections; ++part) {
      directions.push_back({most[1] * Integer(part), most[0] * Integer(kDirections - part)});
    }
    return directions;
  }

  std::vector<Cut> close_points(const Box& box) const {
    std::vector<Cut> cuts;
    std::vector<const Integers*> open;
    for (const Integers& corner : corners_) {
      open.push_back(&corner);
    }
    for (const Integers& weights : directions()) {
      const Integer bound = weigh(exact_, box, weights).sum;
      const auto gone = std::erase_if(open, [&](const Integers* corner) {
        return bound < (weights[0] * (*corner)[0] + weights[1] * (*corner)[1]) * exact_.parts;
      });
      if (gone > 0) {
        cuts.push_back(weights);
      }
    }
    return open.empty() ? cuts : std::vector<Cut>{};
  }

  // --- The tree ---

  bool add(std::size_t lines, const std::string& text) {
    if (size_->lines < lines ||
        (size_->is_stopped != nullptr && *size_->is_stopped && (*size_->is_stopped)())) {
      return false;
    }
    size_->lines -= lines;
    *text_ += text;
    return true;
  }

  bool add_cuts(const std::vector<Cut>& cuts) {
    std::string text;
    for (const Cut& cut : cuts) {
      text += to_text(cut);
    }
    return add(cuts.size(), text);
  }

  // The option is taken out, for what is said next; the last one is not, since then all is said.
  bool add_out(Box& box, std::size_t issue, std::uint32_t option) {
    const bool is_last = box[issue].size() == 1;
    std::erase(box[issue], option);
    return is_last || add(1, fmt::format("out {} {}\n", issue, option));
  }

  // Takes out what constraints rule out, beginning with those that speak of the issues in `fresh`.
  // False where there is no room left.
  bool propagate(Box& box, std::vector<std::size_t> fresh) {
    while (!fresh.empty()) {
      const std::size_t from = fresh.back();
      fresh.pop_back();
      for (const std::size_t at : of_issue_[from]) {
        for (const std::size_t issue : spans_[at]) {
          bool is_changed = false;
          if (!rule_out(box, at, issue, is_changed)) {
            return false;
          }
          if (box[issue].empty()) {
            return true;
          }
          if (is_changed) {
            fresh.push_back(issue);
          }
        }
      }
    }
    return true;
  }

  bool rule_out(Box& box, std::size_t at, std::size_t issue, bool& is_changed) {
    Box part = box;
    for (const std::uint32_t option : std::vector<std::uint32_t>(box[issue])) {
      part[issue] = {option};
      if (verdict(refuted_->must[at], part) >= 0) {
        continue;
      }
      if (!add_out(box, issue, option) || !add(1, fmt::format("must {}\n", at))) {
        return false;
      }
      is_changed = true;
    }
    return true;
  }

  // Takes out the options behind which nothing wanted is left. False where there is no room.
  bool narrow(Box& box, const Numbers& weights, std::vector<std::size_t>& fresh) {
    return refuted_->kind == Kind::Point || narrow_by(box, rounded(weights), fresh);
  }

  bool narrow_by(Box& box, const Integers& weights, std::vector<std::size_t>& fresh) {
    Weighed<Integer> weighed = weigh(exact_, box, weights);
    for (std::size_t issue = 0; issue < box.size(); ++issue) {
      if (box[issue].size() < 2) {
        continue;
      }
      bool is_changed = false;
      for (std::size_t place = box[issue].size(); place > 0; --place) {
        Box part = box;
        part[issue] = {box[issue][place - 1]};
        // Without the others, conditional values are spread in another way.
        const auto& scores = weighed.scores[issue];
        const Integer bound =
            terms_.empty()
                ? weighed.sum - *std::max_element(scores.begin(), scores.end()) + scores[place - 1]
                : weigh(exact_, part, weights).sum;
        if (!is_closed(weights, bound)) {
          continue;
        }
        if (!add_out(box, issue, box[issue][place - 1]) || !add_cuts({weights})) {
          return false;
        }
        is_changed = true;
        if (box[issue].empty()) {
          return true;
        }
        weighed = weigh(exact_, box, weights);
      }
      if (is_changed) {
        fresh.push_back(issue);
      }
    }
    return true;
  }

  // Of what is said of an issue nothing is left, so that all is said.
  [[nodiscard]] static bool is_empty(const Box& box) {
    return std::any_of(box.begin(), box.end(), [](const auto& options) { return options.empty(); });
  }

  // The issue where choosing matters most; how many there are where each has one option.
  std::size_t next_issue(const Box& box, const Numbers& weights) const {
    const Weighed<double> weighed = weigh(rough_, box, weights);
    std::size_t chosen = box.size();
    double most = -1;
    for (std::size_t issue = 0; issue < box.size(); ++issue) {
      if (box[issue].size() < 2) {
        continue;
      }
      std::vector<double> scores = weighed.scores[issue];
      std::nth_element(scores.begin(), scores.begin() + 1, scores.end(), std::greater<>());
      if (scores[0] - scores[1] > most) {
        most = scores[0] - scores[1];
        chosen = issue;
      }
    }
    return chosen;
  }

  bool refute(Box box, Numbers weights, std::vector<std::size_t> fresh, int rounds) {
    for (int again = 0; again < 3; ++again) {
      if (!propagate(box, std::exchange(fresh, {}))) {
        return false;
      }
      if (is_empty(box)) {
        return true;
      }
      if (const std::vector<Cut> cuts = close(box, weights, again == 0 ? rounds : kRounds);
          !cuts.empty()) {
        return add_cuts(cuts);
      }
      if (!narrow(box, weights, fresh)) {
        return false;
      }
      if (fresh.empty() || is_empty(box)) {
        break;
      }
    }
    // What was taken out last may rule out more.
    if (is_empty(box)) {
      return true;
    }
    if (!propagate(box, std::exchange(fresh, {}))) {
      return false;
    }
    if (is_empty(box)) {
      return true;
    }
    const std::size_t issue = next_issue(box, weights);
    if (issue == box.size()) {
      return refute_single(box);
    }
    std::vector<std::uint32_t> left = box[issue];
    while (!left.empty()) {
      Box part = box;
      part[issue] = {left.front()};
      if ((left.size() > 1 && !add(1, fmt::format("out {} {}\n", issue, left.front()))) ||
          !refute(std::move(part), weights, {issue}, kRounds)) {
        return false;
      }
      left.erase(left.begin());
    }
    return true;
  }

  bool refute_single(const Box& box) {
    Package package;
    for (const std::vector<std::uint32_t>& left : box) {
      package.push_back(left[0]);
    }
    if (is_wanted(package)) {
      wanted_ = std::move(package);
      return false;
    }
    return add_cuts(refuted_->kind == Kind::Point ? close_points(box)
                                                  : cuts_of(numbers_of(package)));
  }

  // For numbers that are not wanted, cuts that show it.
  [[nodiscard]] std::vector<Cut> cuts_of(const Integers& numbers) const {
    std::vector<Cut> cuts;
    switch (refuted_->kind) {
      case Kind::Levels:
        return cuts_of_levels(numbers);
      case Kind::Sum:
        return {Cut(parties(), Integer(1))};
      case Kind::Product:
        return {cut_of_product(numbers)};
      default: {
        Cut alone(parties());
        for (std::size_t party = 0; party < parties(); ++party) {
          if (numbers[party] < refuted_->need[party].value_or(numbers[party])) {
            alone[party] = 1;
            break;
          }
        }
        return {alone};
      }
    }
  }

  // The least ones together.
  [[nodiscard]] std::vector<Cut> cuts_of_levels(const Integers& numbers) const {
    std::vector<std::size_t> order(parties());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::stable_sort(order.begin(), order.end(), [&](std::size_t left, std::size_t right) {
      return numbers[left] < numbers[right];
    });
    std::vector<Cut> cuts;
    std::size_t level = 0;
    std::vector<bool> is_out(parties());
    Cut cut(parties());
    Integer bound;
    for (const std::size_t party : order) {
      cut[party] = 1;
      bound += numbers[party] * exact_.parts;
      std::vector<bool> is_out_then = is_out;
      const std::size_t before = std::exchange(level, advance(cut, bound, is_out_then));
      if (level > before) {
        is_out = std::move(is_out_then);
        cuts.push_back(cut);
      }
    }
    return cuts;
  }

  // Each as much as the others are worth together; where one is below zero, it alone.
  [[nodiscard]] Cut cut_of_product(const Integers& numbers) const {
    Cut cut(parties());
    Integer sum = 1;
    bool has_zero = false;
    for (std::size_t party = 0; party < parties(); ++party) {
      if (numbers[party].is_negative()) {
        cut[party] = 1;
        return cut;
      }
      sum += numbers[party];
      has_zero = has_zero || numbers[party].is_zero();
    }
    for (std::size_t party = 0; party < parties(); ++party) {
      cut[party] = 1;
      for (std::size_t other = 0; other < parties() && !has_zero; ++other) {
        cut[party] *= other == party ? Integer(1) : numbers[other];
      }
      cut[party] = numbers[party].is_zero() ? power(sum, parties()) : cut[party];
    }
    return cut;
  }

  [[nodiscard]] bool is_wanted(const Package& package) const {
    for (const Formula& formula : refuted_->must) {
      if (!holds(formula, package)) {
        return false;
      }
    }
    Integers numbers = numbers_of(package);
    bool reaches = true;
    for (std::size_t party = 0; refuted_->kind == Kind::Needs && party < parties(); ++party) {
      reaches = reaches && numbers[party] >= refuted_->need[party].value_or(numbers[party]);
    }
    if (refuted_->kind == Kind::Needs) {
      return reaches;
    }
    if (refuted_->kind == Kind::Point) {
      return std::any_of(corners_.begin(), corners_.end(), [&](const Integers& corner) {
        return corner[0] <= numbers[0] && corner[1] <= numbers[1];
      });
    }
    Integers best = best_;
    if (refuted_->kind == Kind::Levels) {
      std::sort(numbers.begin(), numbers.end());
    } else if (refuted_->kind == Kind::Sum) {
      numbers = {std::accumulate(numbers.begin(), numbers.end(), Integer(0))};
      best = {std::accumulate(best.begin(), best.end(), Integer(0))};
    } else {
      if (std::any_of(numbers.begin(), numbers.end(),
                      [](const Integer& number) { return number.is_negative(); })) {
        return false;
      }
      numbers = {std::accumulate(numbers.begin(), numbers.end(), Integer(1), std::multiplies<>())};
      best = {std::accumulate(best.begin(), best.end(), Integer(1), std::multiplies<>())};
    }
    return best < numbers;
  }

  const Game* game_;
  const Refuted* refuted_;
  ProofSize* size_;
  std::string* text_;
  std::vector<Term> terms_;
  Sums<Integer> exact_;
  Sums<double> rough_;
  // Of points: above all of them, one of these is reached.
  std::vector<Integers> corners_;
  // Of a levels goal the least first.
  Integers best_;
  Numbers rough_best_;
  // Of which statements issues are part, and which issues they speak of.
  std::vector<std::vector<std::size_t>> of_issue_;
  std::vector<std::vector<std::size_t>> spans_;
  std::optional<Package> wanted_;
};

}  // namespace

bool write_tree(const Game& game, const Refuted& refuted, ProofSize& size, std::string& text,
                std::optional<Package>& wanted) {
  Writer writer(game, refuted, size, text);
  const bool is_written = writer.write();
  wanted = std::move(writer.wanted());
  return is_written;
}

}  // namespace truce::packages::internal
