// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "truce/document/internal/escape.h"
#include "truce/document/packages_page.h"

namespace truce::document::internal {

/// As a decimal where that is exact and short, else as a fraction, else about how much with `~`.
std::string in_digits(const packages::Fraction& value);

/// `a, b and c`, with ` and ` as `last`.
std::string joined(const std::vector<std::string>& words, const char* last);

/// `1 party`, `2 parties`.
std::string counted(std::size_t count, const char* one, const char* many);

/// What is said of packages, before it has a form.
class PackagesView {
 public:
  // What a rule is called, and the letter that stands for it in the plot.
  struct Rule {
    const char* letter;
    const char* name;
    const char* meaning;
    // A place on the frontier.
    std::optional<std::size_t> chosen;
  };
  using Shown = MarkedPackage;

  explicit PackagesView(const PackagesPage& page);

  [[nodiscard]] const PackagesPage& page() const { return page_; }
  [[nodiscard]] const packages::Game& game() const { return *page_.game; }
  [[nodiscard]] const std::vector<Rule>& rules() const { return rules_; }
  /// Those that a rule chose, in the order of the frontier, then the least concession where no
  /// package is accepted by all.
  [[nodiscard]] const std::vector<Shown>& shown() const { return shown_; }
  /// The id of the least concession that reaches a deal; empty where it is not shown.
  [[nodiscard]] const std::string& least_concession() const { return least_concession_; }

  [[nodiscard]] static std::string utility(const packages::Party& party,
                                           const packages::Package& package);
  /// `North 5, South 7; not accepted by all`.
  [[nodiscard]] std::string in_utilities(const packages::Package& package) const;
  [[nodiscard]] bool all_accept(const packages::Package& package) const;
  /// `by all`, or `not by North`.
  [[nodiscard]] std::string acceptance(const packages::Package& package) const;
  /// How much of what the party could gain at best it gains, in percent; empty where it can gain
  /// nothing.
  [[nodiscard]] std::string share_of(std::size_t party, const packages::Package& package) const;
  [[nodiscard]] std::string in_words(const packages::Conjunction& conjunction) const;

 private:
  void add(MarkedPackage marked);

  const PackagesPage& page_;
  std::vector<Rule> rules_;
  std::vector<Shown> shown_;
  std::string least_concession_;
};

/// What is negotiated, and for whom the page is; `feasible` where it is worth saying.
void put_game(HtmlWriter& html, const std::string& title, const packages::Game& game,
              const std::optional<packages::Integer>& feasible);
/// How close the sides are, and the sticking points where they were found.
void put_closeness(HtmlWriter& html, const PackagesView& view);
/// The plot for a desk and for a phone, with its key.
void put_figure(HtmlWriter& html, const PackagesView& view);
/// How to read a page with utilities, and what was read for it.
void put_about(HtmlWriter& html, const std::vector<std::string>& read,
               const std::vector<std::string>& notes);
/// What was read for a page, alone.
void put_sources(HtmlWriter& html, const std::vector<std::string>& read,
                 const std::vector<std::string>& notes);
/// What the rules choose, side by side.
void put_rules(HtmlWriter& html, const PackagesView& view);
/// A package in full: what would stand, what each side gets and gives.
void put_package(HtmlWriter& html, const PackagesView& view, const PackagesView::Shown& shown);
/// The frontier, at most 200 rows.
void put_frontier(HtmlWriter& html, const PackagesView& view);

}  // namespace truce::document::internal
