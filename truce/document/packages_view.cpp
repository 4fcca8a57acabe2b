// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/packages_view.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

namespace truce::document::internal {
namespace {

using packages::Fraction;
using packages::Integer;
using packages::Package;
using packages::Party;

constexpr std::size_t kLongestNumber = 12;
constexpr std::size_t kMostDigits = 6;
constexpr const char* kMinus = "−";

std::vector<PackagesView::Rule> rules_of(const PackagesPage& page) {
  const bool is_above = page.gain_from == packages::GainFrom::WalkAway;
  const packages::Solutions& chosen = *page.solutions;
  std::vector<PackagesView::Rule> rules = {
      {"N", "Nash", is_above ? "greatest product of gains above walking away" : "greatest product",
       chosen.nash},
      {"K", "Kalai-Smorodinsky", "equal shares of what each could gain", chosen.kalai_smorodinsky},
      {"E", "Egalitarian", "the one who gets least gets most", chosen.egalitarian},
      {"U", "Utilitarian", "greatest sum", chosen.utilitarian}};
  if (page.game->parties.size() == 2) {
    rules.push_back({"D", "Least difference", "the two get as nearly the same as can be",
                     chosen.equal_utilities});
  }
  return rules;
}

}  // namespace

std::string counted(std::size_t count, const char* one, const char* many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string joined(const std::vector<std::string>& words, const char* last) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    text += i == 0 ? "" : i + 1 == words.size() ? last : ", ";
    text += words[i];
  }
  return text;
}

std::string in_digits(const Fraction& value) {
  const Fraction least = value.reduced();
  Integer power = 1;
  for (std::size_t places = 0; places <= kMostDigits; ++places) {
    const packages::Division whole = packages::divide(least.numerator * power, least.denominator);
    if (whole.remainder.is_zero()) {
      const bool is_below = whole.quotient.is_negative();
      std::string text = (is_below ? -whole.quotient : whole.quotient).to_text();
      if (places > 0) {
        text.insert(0, text.size() <= places ? places + 1 - text.size() : 0, '0');
        text.insert(text.size() - places, ".");
      }
      return (is_below ? kMinus : "") + text;
    }
    power *= 10;
  }
  const std::string exact = least.to_text();
  return exact.size() <= kLongestNumber ? exact : fmt::format("~{:.6g}", value.to_double());
}

PackagesView::PackagesView(const PackagesPage& page) : page_(page), rules_(rules_of(page)) {
  for (std::size_t at = 0; at < page.frontier->points.size(); ++at) {
    std::vector<std::string> names;
    std::string letters;
    for (const Rule& rule : rules_) {
      if (rule.chosen == at) {
        names.emplace_back(rule.name);
        letters += rule.letter;
      }
    }
    if (!names.empty()) {
      shown_.push_back({page.frontier->points[at].package,
                        fmt::format("Package {}: {}", at + 1, joined(names, " and ")), letters,
                        fmt::format("package-{}", at + 1)});
    }
  }
  const packages::Closeness& closeness = *page.closeness;
  if (closeness.least_concession.has_value() && closeness.demands_to_relax != std::size_t{0}) {
    add({closeness.least_concession->package, "The least concession that reaches a deal", "L",
         "least-concession"});
    const auto same = std::find_if(shown_.begin(), shown_.end(), [&](const Shown& shown) {
      return shown.package == closeness.least_concession->package;
    });
    least_concession_ = same->id;
  }
  for (const MarkedPackage& marked : page.marked) {
    add(marked);
  }
}

// One package is told once, with all that is said of it.
void PackagesView::add(MarkedPackage marked) {
  const auto same = std::find_if(shown_.begin(), shown_.end(), [&](const Shown& shown) {
    return shown.package == marked.package;
  });
  if (same == shown_.end()) {
    shown_.push_back(std::move(marked));
    return;
  }
  marked.title[0] = static_cast<char>(std::tolower(static_cast<unsigned char>(marked.title[0])));
  same->title += "; " + marked.title;
  same->letters += marked.letters;
}

std::string PackagesView::utility(const Party& party, const Package& package) {
  return in_digits({packages::worth(party, package), party.denominator});
}

std::string PackagesView::in_utilities(const Package& package) const {
  std::vector<std::string> words;
  for (const Party& party : game().parties) {
    words.push_back(fmt::format("{} {}", party.name, utility(party, package)));
  }
  return joined(words, ", ") + (all_accept(package) ? "" : "; not accepted by all");
}

bool PackagesView::all_accept(const Package& package) const {
  return std::all_of(game().parties.begin(), game().parties.end(),
                     [&](const Party& party) { return packages::is_accepted(party, package); });
}

std::string PackagesView::acceptance(const Package& package) const {
  std::vector<std::string> refusing;
  for (const Party& party : game().parties) {
    if (!packages::is_accepted(party, package)) {
      refusing.push_back(party.name);
    }
  }
  return refusing.empty() ? "by all" : "not by " + joined(refusing, " and ");
}

std::string PackagesView::share_of(std::size_t party, const Package& package) const {
  const Party& own = game().parties[party];
  const Integer from = page_.gain_from == packages::GainFrom::WalkAway
                           ? own.walk_away.value_or(Integer())
                           : Integer();
  Integer best = page_.frontier->points.front().worth[party];
  for (const packages::Point& point : page_.frontier->points) {
    best = std::max(best, point.worth[party]);
  }
  // The best is known only where the frontier is.
  if (best <= from || !page_.frontier->is_complete) {
    return {};
  }
  const Fraction share{packages::worth(own, package) - from, best - from};
  return fmt::format("{:.3g} %", 100 * share.to_double());
}

std::string PackagesView::in_words(const packages::Conjunction& conjunction) const {
  std::vector<std::string> parts;
  for (const packages::OptionSet& set : conjunction) {
    std::vector<std::string> options;
    for (const std::uint32_t option : set.options) {
      options.push_back(game().issues[set.issue].options[option]);
    }
    parts.push_back(fmt::format("{}: {}", game().issues[set.issue].name, joined(options, " or ")));
  }
  return joined(parts, " with ");
}

}  // namespace truce::document::internal
