// SPDX-License-Identifier: Apache-2.0
// How much and when: durations, distances, dates, moments and deadlines.
#include <charconv>
#include <cmath>

#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/resolve_phrases.h"

namespace truce::agreement::internal {
namespace {

using diagnostics::Kind;

// More than any truce needs; sums of a few of these stay far from the limits of the clock.
constexpr double kMostSeconds = 3.2e11;
constexpr double kMostMetres = 20'100'000;

struct Unit {
  std::string_view name;
  std::int64_t seconds;
  std::int64_t days;
  std::int64_t months;
};

constexpr Unit kUnits[] = {
    {"second", 1, 0, 0}, {"minute", 60, 0, 0}, {"hour", 3600, 0, 0},
    {"day", 0, 1, 0},    {"week", 0, 7, 0},    {"month", 0, 0, 1},
};

const Unit* find_unit(std::string_view words) {
  for (const Unit& unit : kUnits) {
    if (words.starts_with(unit.name)) {
      return &unit;
    }
  }
  return nullptr;
}

// -1 when they are no digits.
int two_digits(std::string_view text) {
  const auto is_digit = [](char letter) { return letter >= '0' && letter <= '9'; };
  if (text.size() != 2 || !is_digit(text[0]) || !is_digit(text[1])) {
    return -1;
  }
  return (text[0] - '0') * 10 + (text[1] - '0');
}

bool is_whole(double number) { return std::floor(number) == number; }

// `1.5 hours` in seconds, `1.5 days` only where a day is 24 hours.
std::optional<Period> scaled(Context& context, NodeView node, double number, const Unit& unit) {
  Period period;
  const double days = number * static_cast<double>(unit.days);
  double seconds = number * static_cast<double>(unit.seconds);
  const bool is_cut_day = unit.days != 0 && !is_whole(days);
  if (is_cut_day && context.agreement.day_rule == DayRule::TwentyFourHours) {
    seconds = days * 86400;
  } else {
    period.days = static_cast<std::int64_t>(days);
  }
  const bool is_cut_calendar = is_cut_day && seconds == 0;
  if (is_cut_calendar || (unit.months != 0 && !is_whole(number)) || !is_whole(seconds)) {
    context.report(Kind::CutUnit, node.span(), {folded_text(node), std::string(unit.name)});
    return std::nullopt;
  }
  period.seconds = static_cast<std::int64_t>(seconds);
  period.months = unit.months != 0 ? static_cast<std::int64_t>(number) : 0;
  return period;
}

Rounding rounding_of(NodeView duration) {
  const std::optional<NodeView> rounding = duration.child(NodeKind::Rounding);
  if (!rounding.has_value()) {
    return Rounding::None;
  }
  return rounding->has_word("up") ? Rounding::Up : Rounding::Down;
}

// The start of the day of a date token, as if in UTC.
std::optional<base::Instant> start_of_date(Context& context, NodeView node) {
  const std::optional<base::Date> date = date_of_token(context, node);
  return date.has_value() ? std::optional(base::start_of(*date)) : std::nullopt;
}

std::optional<MomentExpression> moment_base_of(Context& context, NodeView node) {
  MomentExpression moment;
  if (node.token(TokenKind::Date).has_value()) {
    moment.base = MomentExpression::Base::Fixed;
    const auto at = instant_of(context, node, moment.is_whole_day);
    if (!at.has_value()) {
      return std::nullopt;
    }
    moment.fixed = *at;
    return moment;
  }
  if (node.has_word("notification")) {
    moment.base = MomentExpression::Base::Notification;
    return moment;
  }
  if (node.has_word("day")) {
    moment.base = MomentExpression::Base::DayOfClause;
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t token : node.own_tokens()) {
      if (node.tree().tokens()[token].kind == TokenKind::Number) {
        numbers.push_back(token);
      }
    }
    const std::optional<std::int64_t> day = whole_number(context, node);
    if (numbers.size() < 2 || !day.has_value()) {
      return std::nullopt;
    }
    const auto ref = clause_ref_of(context, std::string(node.tree().token_text(numbers[1])),
                                   node.tree().token_span(numbers[1]));
    if (!ref.has_value()) {
      moment.base = MomentExpression::Base::Undefined;
      return moment;
    }
    context.awaited.push_back({*ref, "day n of"});
    moment.day = *day;
    moment.clause = ref->clause;
    return moment;
  }
  base::Span span = node.span();
  const std::string name = node.name(&span);
  const auto declared = context.names.moments.find(name);
  const auto situation = context.names.situations.find(name);
  if (declared != context.names.moments.end()) {
    moment.base = MomentExpression::Base::Moment;
    moment.moment = declared->second;
  } else if (situation != context.names.situations.end() &&
             std::holds_alternative<Streak>(
                 context.agreement.situations[situation->second.index].what)) {
    moment.base = MomentExpression::Base::Streak;
    moment.streak = situation->second;
  } else {
    report_name(context, name, span, Wanted::Moment);
  }
  return moment;
}

void add_steps(Context& context, NodeView node, MomentExpression& moment) {
  std::vector<std::int64_t> signs;
  for (std::uint32_t token : node.own_tokens()) {
    const TokenKind kind = node.tree().tokens()[token].kind;
    if (kind == TokenKind::Plus || kind == TokenKind::Minus) {
      signs.push_back(kind == TokenKind::Plus ? 1 : -1);
    }
  }
  const std::vector<NodeView> durations = node.children(NodeKind::Duration);
  for (std::size_t i = 0; i < durations.size() && i < signs.size(); ++i) {
    if (const auto period = period_of(context, durations[i])) {
      moment.steps.push_back({signs[i], *period, std::nullopt});
    }
  }
}

}  // namespace

std::optional<double> number_of(NodeView node) {
  const std::string_view text = node.token_text(TokenKind::Number);
  double number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return number;
}

std::optional<std::int64_t> whole_number(Context& context, NodeView node) {
  const std::optional<double> number = number_of(node);
  if (!number.has_value()) {
    return std::nullopt;
  }
  if (!is_whole(*number) || *number < 1 || *number > 1e6) {
    context.report(Kind::NotACount, token_span(node, TokenKind::Number),
                   {std::string(node.token_text(TokenKind::Number))});
    return std::nullopt;
  }
  return static_cast<std::int64_t>(*number);
}

std::optional<base::Date> date_of_token(Context& context, NodeView node) {
  const std::string_view text = node.token_text(TokenKind::Date);
  const std::optional<base::Date> date = base::parse_date(text);
  if (!date.has_value() && !text.empty()) {
    context.report(Kind::NoSuchDate, token_span(node, TokenKind::Date), {std::string(text)});
  }
  return date;
}

std::optional<base::Duration> time_of_day(Context& context, NodeView node) {
  const std::string_view text = node.token_text(TokenKind::Time);
  int hours = -1;
  int minutes = -1;
  if (text.size() == 5 && text[2] == ':') {
    hours = two_digits(text.substr(0, 2));
    minutes = two_digits(text.substr(3, 2));
  }
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) {
    if (!text.empty()) {
      context.report(Kind::NoSuchTime, token_span(node, TokenKind::Time), {std::string(text)});
    }
    return std::nullopt;
  }
  return base::Duration{hours * 3600 + minutes * 60};
}

std::optional<base::Instant> instant_of(Context& context, NodeView node, bool& is_whole_day) {
  const std::optional<base::Instant> day = start_of_date(context, node);
  is_whole_day = !node.token(TokenKind::Time).has_value();
  std::optional<base::Duration> time = base::Duration{0};
  if (!is_whole_day) {
    time = time_of_day(context, node);
  }
  if (!day.has_value() || !time.has_value()) {
    return std::nullopt;
  }
  return *day + *time - context.agreement.clock.offset;
}

std::optional<Period> period_of(Context& context, NodeView written) {
  const std::optional<NodeView> node = settled(context, written);
  if (!node.has_value()) {
    return std::nullopt;
  }
  const std::optional<double> number = number_of(*node);
  const Unit* unit = find_unit(own_words(*node));
  if (!number.has_value() || unit == nullptr) {
    return std::nullopt;
  }
  const double rough =
      *number * static_cast<double>(unit->seconds + unit->days * 86400 + unit->months * 86400 * 31);
  if (rough == 0) {
    context.report(Kind::EmptyQuantity, node->span(), {folded_text(*node), "duration"});
    return std::nullopt;
  }
  if (rough > kMostSeconds) {
    context.report(Kind::QuantityTooLarge, node->span(), {folded_text(*node), "10,000 years"});
    return std::nullopt;
  }
  std::optional<Period> period = scaled(context, *node, *number, *unit);
  if (period.has_value()) {
    period->rounding = rounding_of(*node);
    if (period->months != 0 && period->rounding == Rounding::None) {
      const base::Span span = node->span();
      context.report(
          {.kind = Kind::MonthWithoutRounding,
           .span = span,
           .arguments = {folded_text(*node)},
           .fix = diagnostics::Fix{
               {span.source, span.end, span.end}, " rounded down", "say which way it is rounded"}});
    }
  }
  return period;
}

std::optional<Period> child_period(Context& context, NodeView parent, std::size_t which) {
  const std::vector<NodeView> durations = parent.children(NodeKind::Duration);
  return which < durations.size() ? period_of(context, durations[which]) : std::nullopt;
}

std::optional<base::Metres> distance_of(Context& context, NodeView written) {
  const std::optional<NodeView> node = settled(context, written);
  if (!node.has_value()) {
    return std::nullopt;
  }
  const std::optional<double> number = number_of(*node);
  if (!number.has_value()) {
    return std::nullopt;
  }
  const bool is_kilometres = own_words(*node).starts_with("k");
  const double metres = is_kilometres ? *number * 1000 : *number;
  if (metres == 0) {
    context.report(Kind::EmptyQuantity, node->span(), {folded_text(*node), "distance"});
    return std::nullopt;
  }
  if (metres > kMostMetres) {
    context.report(Kind::QuantityTooLarge, node->span(),
                   {folded_text(*node), "half the way around the Earth"});
    return std::nullopt;
  }
  return base::Metres{metres};
}

std::optional<MomentExpression> moment_of(Context& context, NodeView written) {
  const std::optional<NodeView> node = settled(context, written);
  if (!node.has_value()) {
    return std::nullopt;
  }
  const std::optional<NodeView> base = node->child(NodeKind::MomentBase);
  std::optional<MomentExpression> moment =
      base.has_value() ? moment_base_of(context, *base) : std::nullopt;
  if (moment.has_value()) {
    add_steps(context, *node, *moment);
    moment->text = folded_text(*node);
    moment->span = node->span();
  }
  return moment;
}

std::optional<MomentExpression> child_moment(Context& context, NodeView parent) {
  const std::optional<NodeView> moment = parent.child(NodeKind::Moment);
  return moment.has_value() ? moment_of(context, *moment) : std::nullopt;
}

std::optional<Deadline> deadline_of(Context& context, NodeView node) {
  Deadline deadline;
  deadline.span = node.span();
  deadline.moment = child_moment(context, node);
  if (node.has_word("within")) {
    deadline.within = child_period(context, node);
    if (!deadline.within.has_value()) {
      return std::nullopt;
    }
  } else if (!deadline.moment.has_value()) {
    return std::nullopt;
  }
  return deadline;
}

std::optional<Fixing> child_fixing(Context& context, NodeView parent) {
  const std::optional<NodeView> node = parent.child(NodeKind::Fixing);
  if (!node.has_value()) {
    return std::nullopt;
  }
  Fixing fixing;
  fixing.agents = child_agents(context, *node);
  if (const auto deadline = node->child(NodeKind::Deadline)) {
    fixing.deadline = deadline_of(context, *deadline);
  }
  return fixing;
}

Condition condition_of(Context& context, NodeView node) {
  Condition condition;
  base::Span span = node.span();
  const std::string name = node.name(&span);
  condition.text = folded_text(node);
  condition.span = node.span();
  condition.is_negated = node.has_word("not");
  const auto found = context.names.situations.find(name);
  if (found != context.names.situations.end()) {
    condition.situation = found->second;
  } else {
    report_name(context, name, span, Wanted::Situation);
  }
  return condition;
}

}  // namespace truce::agreement::internal
