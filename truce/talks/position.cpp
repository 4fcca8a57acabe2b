// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/position.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/talks/internal/find_issue.h"

namespace truce::talks {
namespace {

using agreement::Agreement;
using agreement::Bracket;
using diagnostics::Kind;
using packages::Fraction;
using packages::Integer;

// The number of the clause, or the name of the definition, that a bracket stands in.
std::string place_of(const Agreement& draft, const Bracket& bracket) {
  if (bracket.clause.has_value()) {
    return draft.clause(*bracket.clause).number;
  }
  // Of the definitions that begin before it, the last one.
  std::string name = "Header";
  std::optional<base::Span> nearest;
  const auto look_in = [&](const auto& definitions) {
    for (const auto& one : definitions) {
      const bool is_before = one.span.source == bracket.span.source &&
                             one.span.begin < one.span.end && one.span.begin <= bracket.span.begin;
      if (is_before && (!nearest.has_value() || nearest->begin < one.span.begin)) {
        nearest = one.span;
        name = one.name;
      }
    }
  };
  std::vector<agreement::Kind> own;
  std::copy_if(draft.vocabulary.kinds.begin(), draft.vocabulary.kinds.end(),
               std::back_inserter(own),
               [](const agreement::Kind& kind) { return !kind.is_from_vocabulary; });
  look_in(draft.actors);
  look_in(draft.places);
  look_in(own);
  look_in(draft.situations);
  look_in(draft.moments);
  return name;
}

std::vector<std::string> options_of(const Bracket& bracket) {
  std::vector<std::string> options;
  for (const Bracket::Alternative& alternative : bracket.alternatives) {
    const auto same = std::count_if(
        bracket.alternatives.begin(), bracket.alternatives.end(),
        [&](const Bracket::Alternative& other) { return other.text == alternative.text; });
    std::vector<std::string> proposers;
    for (const agreement::Agent& agent : alternative.proposers) {
      proposers.push_back(agent.text);
    }
    options.push_back(same > 1
                          ? fmt::format("{} ({})", alternative.text, fmt::join(proposers, ", "))
                          : alternative.text);
  }
  return options;
}

std::string joined(const std::vector<std::string>& words) {
  return fmt::format("`{}`", fmt::join(words, "`, `"));
}

// What one position says, as it is gathered.
class Resolver {
 public:
  Resolver(const PositionSyntax& position, const Agreement& draft,
           const std::vector<BracketIssue>& issues, diagnostics::Sink& sink)
      : position_(position), draft_(draft), issues_(issues), sink_(sink), said_(issues.size()) {
    for (const BracketIssue& issue : issues) {
      values_.emplace_back(issue.options.size());
    }
  }

  packages::Party party() {
    head();
    for (const PositionSentence& sentence : position_.sentences) {
      std::visit([this](const auto& one) { take(one); }, sentence);
    }
    // Where a sentence was not read, or spoke of no bracket, what is missing may stand in it.
    if (position_.is_whole && !has_wrong_name_) {
      report_silence();
    }
    return made();
  }

 private:
  void report(Kind kind, base::Span span, std::vector<std::string> arguments) {
    sink_.add({.kind = kind, .span = span, .arguments = std::move(arguments)});
  }

  void head() {
    if (!position_.party.empty() && !draft_.find_actor(position_.party).has_value()) {
      std::vector<std::string> names;
      for (const agreement::Actor& actor : draft_.actors) {
        if (actor.role != agreement::Actor::Role::Unnamed) {
          names.push_back(actor.name);
        }
      }
      const auto nearest = base::nearest_word(position_.party, names);
      report(Kind::PositionOfNobody, position_.party_span,
             {position_.party, nearest ? fmt::format("; did you mean `{}`", *nearest) : ""});
    }
    if (!position_.title.empty() && position_.title != draft_.title) {
      report(Kind::PositionOnAnother, position_.title_span, {position_.title, draft_.title});
    }
  }

  std::optional<std::size_t> issue_of(const IssueName& name) {
    const auto found = internal::find_issue(position_, name, issues_, sink_);
    has_wrong_name_ = has_wrong_name_ || !found.has_value();
    return found;
  }

  // All alternatives that the words fit: one, unless it is `any other` or two are worded alike.
  std::optional<std::uint32_t> option_of(std::size_t issue, const OptionName& option) {
    const Bracket& bracket = draft_.brackets[issues_[issue].bracket.index];
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < bracket.alternatives.size(); ++i) {
      const Bracket::Alternative& alternative = bracket.alternatives[i];
      const bool fits =
          option.what == OptionName::What::TextOf
              ? std::any_of(alternative.proposers.begin(), alternative.proposers.end(),
                            [&](const auto& agent) { return agent.text == option.words.front(); })
              : words_of(alternative.text) == option.words;
      if (fits) {
        found.push_back(i);
      }
    }
    if (found.size() == 1) {
      return found.front();
    }
    const std::string written(position_.text.slice(option.span));
    const auto nearest = base::nearest_word(written, issues_[issue].options);
    report(found.empty() ? Kind::NoSuchAlternative : Kind::WhichAlternative, option.span,
           {written, issues_[issue].name,
            nearest.has_value() && found.empty() ? fmt::format("did you mean `{}`", *nearest)
                                                 : "there are " + joined(issues_[issue].options)});
    return std::nullopt;
  }

  // The alternatives that nothing was said of yet.
  std::vector<std::uint32_t> others(std::size_t issue) const {
    std::vector<std::uint32_t> options;
    for (std::uint32_t i = 0; i < values_[issue].size(); ++i) {
      if (!values_[issue][i].has_value()) {
        options.push_back(i);
      }
    }
    return options;
  }

  // False where another sentence speaks of the same bracket.
  bool begin(std::size_t issue, base::Span span) {
    if (said_[issue].has_value()) {
      sink_.add({.kind = Kind::SaidTwice,
                 .span = span,
                 .arguments = {issues_[issue].name},
                 .labels = {{*said_[issue], "said here", false}}});
      return false;
    }
    said_[issue] = span;
    return true;
  }

  void set(std::size_t issue, std::uint32_t option, const Fraction& worth, base::Span span) {
    if (values_[issue][option].has_value()) {
      report(Kind::SaidTwice, span, {issues_[issue].options[option]});
      return;
    }
    values_[issue][option] = worth;
  }

  static Fraction fraction_of(const Number& number) {
    return Fraction::from_text(number.text).value_or(Fraction{});
  }

  void refuse(std::size_t issue, std::uint32_t option) {
    vetoes_.push_back({packages::OptionSet{.issue = issue, .options = {option}}});
  }

  void take(const Worths& worths) {
    const auto issue = issue_of(worths.issue);
    if (!issue.has_value() || !begin(*issue, worths.issue.span)) {
      return;
    }
    bool is_wrong = false;
    for (const OptionWorth& worth : worths.options) {
      std::vector<std::uint32_t> options;
      if (worth.option.what == OptionName::What::AnyOther) {
        options = others(*issue);
      } else if (const auto option = option_of(*issue, worth.option)) {
        options = {*option};
      }
      // What was meant for the wrong name is not missed as well.
      is_wrong = is_wrong || (options.empty() && worth.option.what != OptionName::What::AnyOther);
      for (const std::uint32_t option : options) {
        set(*issue, option, worth.worth ? fraction_of(*worth.worth) : Fraction{},
            worth.option.span);
        if (!worth.worth.has_value()) {
          refuse(*issue, option);
        }
      }
    }
    report_missing(*issue, is_wrong, worths.issue.span);
  }

  // Evenly spaced, the best worth the weight and the last nothing.
  void take(const Ranking& ranking) {
    const auto issue = issue_of(ranking.issue);
    if (!issue.has_value() || !begin(*issue, ranking.issue.span)) {
      return;
    }
    const Fraction weight = fraction_of(ranking.weight);
    const auto steps = static_cast<std::int64_t>(ranking.options.size()) - 1;
    bool is_wrong = false;
    for (std::size_t i = 0; i < ranking.options.size(); ++i) {
      const OptionName& name = ranking.options[i];
      const Fraction worth = weight * Fraction{steps - static_cast<std::int64_t>(i), steps};
      if (name.what == OptionName::What::AnyOther) {
        for (const std::uint32_t option : others(*issue)) {
          set(*issue, option, worth, name.span);
        }
      } else if (const auto option = option_of(*issue, name)) {
        set(*issue, *option, worth, name.span);
      } else {
        is_wrong = true;
      }
    }
    report_missing(*issue, is_wrong, ranking.issue.span);
  }

  void report_missing(std::size_t issue, bool is_wrong, base::Span span) {
    std::vector<std::string> missing;
    for (const std::uint32_t option : others(issue)) {
      missing.push_back(issues_[issue].options[option]);
    }
    if (!missing.empty() && !is_wrong) {
      report(Kind::AlternativeMissing, span, {joined(missing), issues_[issue].name});
    }
  }

  // What is chosen where all of these hold; empty where a name was wrong or they exclude each
  // other, which is reported.
  std::optional<packages::Conjunction> conjunction_of(const std::vector<Choice>& choices,
                                                      base::Span span) {
    std::map<std::size_t, std::vector<std::uint32_t>> allowed;
    for (const Choice& choice : choices) {
      const auto issue = issue_of(choice.issue);
      if (!issue.has_value()) {
        return std::nullopt;
      }
      if (choice.option.what == OptionName::What::AnyOther) {
        report(Kind::AnyOtherAlone, choice.option.span, {});
        return std::nullopt;
      }
      const auto option = option_of(*issue, choice.option);
      if (!option.has_value()) {
        return std::nullopt;
      }
      std::vector<std::uint32_t> options;
      for (std::uint32_t i = 0; i < issues_[*issue].options.size(); ++i) {
        const auto before = allowed.find(*issue);
        const bool is_allowed =
            before == allowed.end() ||
            std::find(before->second.begin(), before->second.end(), i) != before->second.end();
        if (is_allowed && (i == *option) != choice.is_without) {
          options.push_back(i);
        }
      }
      allowed[*issue] = std::move(options);
    }
    packages::Conjunction conjunction;
    for (auto& [issue, options] : allowed) {
      if (options.empty()) {
        report(Kind::NeverTogether, span, {issues_[issue].name});
        return std::nullopt;
      }
      conjunction.push_back({.issue = issue, .options = std::move(options)});
    }
    return conjunction;
  }

  void take(const Never& never) {
    if (auto conjunction = conjunction_of(never.choices, never.span)) {
      vetoes_.push_back(std::move(*conjunction));
    }
  }

  void take(const Together& together) {
    if (auto conjunction = conjunction_of(together.choices, together.span)) {
      Fraction worth = fraction_of(together.worth);
      if (together.is_less) {
        worth.numerator = -worth.numerator;
      }
      conditionals_.emplace_back(std::move(*conjunction), worth);
    }
  }

  void take(const NoDeal& no_deal) {
    if (no_deal_.has_value()) {
      report(Kind::SaidTwice, no_deal.span, {"no deal"});
      return;
    }
    no_deal_ = fraction_of(no_deal.worth);
  }

  // Read by doubts_of().
  static void take(const GiveOrTake& /*doubt*/) {}
  static void take(const PositionNote& /*note*/) {}

  void report_silence() {
    for (std::size_t i = 0; i < issues_.size(); ++i) {
      if (!said_[i].has_value()) {
        report(Kind::BracketNotSpokenOf, position_.party_span, {issues_[i].name});
      }
    }
  }

  // The least common denominator of everything that was said.
  [[nodiscard]] Integer denominator() const {
    Integer common = 1;
    const auto add = [&common](const Fraction& fraction) {
      const Integer own = fraction.reduced().denominator;
      common =
          common * packages::divide(own, packages::greatest_common_divisor(common, own)).quotient;
    };
    for (const auto& issue : values_) {
      for (const auto& value : issue) {
        add(value.value_or(Fraction{}));
      }
    }
    for (const auto& conditional : conditionals_) {
      add(conditional.second);
    }
    add(no_deal_.value_or(Fraction{}));
    return common;
  }

  [[nodiscard]] packages::Party made() const {
    packages::Party party;
    party.name = position_.party;
    party.denominator = denominator();
    const auto whole = [&party](const Fraction& fraction) {
      const Fraction least = fraction.reduced();
      return least.numerator * packages::divide(party.denominator, least.denominator).quotient;
    };
    for (const auto& issue : values_) {
      std::vector<Integer> values;
      for (const auto& value : issue) {
        values.push_back(whole(value.value_or(Fraction{})));
      }
      party.values.push_back(std::move(values));
    }
    for (const auto& [when, worth] : conditionals_) {
      party.conditionals.push_back({.when = when, .worth = whole(worth)});
    }
    if (no_deal_.has_value()) {
      party.walk_away = whole(*no_deal_);
    }
    party.vetoes = vetoes_;
    return party;
  }

  const PositionSyntax& position_;
  const Agreement& draft_;
  const std::vector<BracketIssue>& issues_;
  diagnostics::Sink& sink_;
  std::vector<std::vector<std::optional<Fraction>>> values_;
  // Where each bracket is spoken of.
  std::vector<std::optional<base::Span>> said_;
  std::vector<packages::Conjunction> vetoes_;
  std::vector<std::pair<packages::Conjunction, Fraction>> conditionals_;
  std::optional<Fraction> no_deal_;
  bool has_wrong_name_ = false;
};

}  // namespace

std::vector<BracketIssue> issues_of(const Agreement& draft) {
  std::vector<BracketIssue> issues;
  std::vector<std::uint32_t> order;
  for (std::uint32_t i = 0; i < draft.brackets.size(); ++i) {
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::uint32_t left, std::uint32_t right) {
    return draft.brackets[left].span < draft.brackets[right].span;
  });
  std::map<std::string, std::uint32_t> count;
  for (const std::uint32_t i : order) {
    const Bracket& bracket = draft.brackets[i];
    issues.push_back({.bracket = base::id_at<agreement::BracketId>(i),
                      .name = {},
                      .place = place_of(draft, bracket),
                      .options = options_of(bracket),
                      .lead = {}});
    ++count[issues.back().place];
  }
  std::map<std::string, std::uint32_t> seen;
  for (BracketIssue& issue : issues) {
    const std::uint32_t number = ++seen[issue.place];
    issue.name =
        count[issue.place] > 1 ? fmt::format("{} bracket {}", issue.place, number) : issue.place;
  }
  return issues;
}

packages::Party resolve(const PositionSyntax& position, const Agreement& draft,
                        const std::vector<BracketIssue>& issues, diagnostics::Sink& sink) {
  return Resolver(position, draft, issues, sink).party();
}

base::Result<packages::OptionSet> choice_of(const std::string& words, const Agreement& draft,
                                            const std::vector<BracketIssue>& issues) {
  // As the red line of a position, which names nothing else.
  diagnostics::Sink sink;
  PositionSyntax position =
      parse_position(base::SourceText("", "position of X on \"\"; never " + words + "."), 0, sink);
  position.party.clear();
  const std::vector<packages::Conjunction> lines = resolve(position, draft, issues, sink).vetoes;
  if (lines.size() == 1 && lines[0].size() == 1 && lines[0][0].options.size() == 1 &&
      position.is_whole && position.sentences.size() == 1) {
    return lines[0][0];
  }
  // That nothing is said of the other brackets is as it should be.
  for (const diagnostics::Diagnostic& diagnostic : sink.all()) {
    if (diagnostic.kind != Kind::BracketNotSpokenOf) {
      return base::Error{base::ErrorCode::InvalidArgument,
                         fmt::format("`{}`: {}", words, diagnostics::message(diagnostic))};
    }
  }
  return base::Error{base::ErrorCode::InvalidArgument,
                     fmt::format("`{}` is more than one alternative of one bracket; write for "
                                 "instance `4.3: none`",
                                 words)};
}

packages::Game game_of(const Agreement& draft, const std::vector<BracketIssue>& issues) {
  packages::Game game;
  game.name = draft.title;
  for (const BracketIssue& issue : issues) {
    game.issues.push_back({.name = issue.name, .options = issue.options});
  }
  return game;
}

agreement::Reading reading_of(const std::vector<BracketIssue>& issues,
                              const packages::Package& package) {
  agreement::Reading reading(issues.size());
  for (std::size_t i = 0; i < issues.size() && i < package.size(); ++i) {
    reading[issues[i].bracket.index] = package[i];
  }
  return reading;
}

}  // namespace truce::talks
