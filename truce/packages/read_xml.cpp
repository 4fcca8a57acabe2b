// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/read_xml.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/encoding/xml.h"
#include "truce/packages/internal/exact_json.h"

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using encoding::XmlElement;

constexpr std::int64_t kMostOptions = 10'000;

// Research files put comments before the declaration of XML, which must be the first there is.
std::string_view from_declaration(std::string_view text) {
  const auto at = text.find("<?xml");
  if (at == std::string_view::npos || at > 1000) {
    return text;
  }
  return text.substr(0, at).find_first_not_of(" \t\r\n") == std::string_view::npos ||
                 text.substr(0, at).find("<!--") != std::string_view::npos
             ? text.substr(at)
             : text;
}

// One issue as the file has it: the numbers of its options, where they are numbers.
struct XmlIssue {
  const XmlElement* element = nullptr;
  std::string index;
  Issue issue;
  bool is_integer = false;
  std::int64_t lower = 0;
  // The numbers that were taken of an issue of real numbers; empty for other issues.
  std::vector<Fraction> reals = {};
};

class XmlReader {
 public:
  XmlReader(std::string name, std::vector<std::string>& notes, std::size_t real_steps = 0)
      : name_(std::move(name)), notes_(&notes), real_steps_(real_steps) {}

  [[nodiscard]] bool has_failed() const { return error_.has_value(); }
  [[nodiscard]] Error error() const { return error_.value_or(Error{}); }

  void fail(const XmlElement& at, const std::string& what,
            ErrorCode code = ErrorCode::InvalidArgument) {
    if (!error_.has_value()) {
      error_ = Error{code, fmt::format("{}:{}: {}", name_, at.line, what)};
    }
  }

  void note(const std::string& what) {
    const std::string line = fmt::format("{}: {}", name_, what);
    if (std::find(notes_->begin(), notes_->end(), line) == notes_->end()) {
      notes_->push_back(line);
    }
  }

  Fraction number(const XmlElement& at, std::string_view attribute) {
    const std::string_view text = at.attribute(attribute);
    const auto read = Fraction::from_text(text);
    if (!read || text.size() > 400) {
      fail(at, text.empty() ? fmt::format("`{}` has no `{}`; give a number", at.name, attribute)
                            : fmt::format("`{}` of `{}` is no number: `{}`", attribute, at.name,
                                          text.substr(0, 40)));
    }
    return read.value_or(Fraction{});
  }

  std::int64_t whole(const XmlElement& at, std::string_view attribute) {
    const Fraction read = number(at, attribute);
    const auto value = divide(read.numerator, read.denominator).quotient.to_int64();
    if (!value || !(read == Fraction{*value, 1})) {
      fail(at, fmt::format("`{}` of `{}` is no whole number", attribute, at.name));
    }
    return value.value_or(0);
  }

  // The one objective of a utility space.
  const XmlElement* objective(const XmlElement& root) {
    const XmlElement* space = root.name == "utility_space" ? &root : root.child("utility_space");
    const XmlElement* found = space == nullptr ? nullptr : space->child("objective");
    if (found == nullptr) {
      fail(root, "there is no `utility_space` with an `objective`");
    } else if (found->child("objective") != nullptr) {
      fail(*found->child("objective"),
           "an objective within an objective is not read; name its "
           "issues in the first one",
           ErrorCode::Unsupported);
    }
    return has_failed() ? nullptr : found;
  }

  std::vector<XmlIssue> issues(const XmlElement& objective) {
    std::vector<XmlIssue> issues;
    for (const XmlElement& element : objective.children) {
      if (element.name == "issue") {
        issues.push_back(issue(element));
      }
    }
    return issues;
  }

 private:
  XmlIssue issue(const XmlElement& element) {
    XmlIssue read;
    read.element = &element;
    read.index = element.attribute("index");
    read.issue.name = element.attribute("name");
    std::string_view type = element.attribute("vtype");
    type = type.empty() ? element.attribute("type") : type;
    if (type == "integer") {
      read.is_integer = true;
      read.lower = whole(element, "lowerbound");
      const std::int64_t upper = whole(element, "upperbound");
      if (upper < read.lower || upper - kMostOptions >= read.lower) {
        fail(element, fmt::format("issue `{}` has bounds {} and {}; from 1 to {} options are read",
                                  read.issue.name, read.lower, upper, kMostOptions));
        return read;
      }
      for (std::int64_t value = read.lower; value <= upper; ++value) {
        read.issue.options.push_back(std::to_string(value));
      }
    } else if (type == "discrete") {
      for (const XmlElement& item : element.children) {
        if (item.name == "item") {
          read.issue.options.emplace_back(item.attribute("value"));
        }
      }
    } else if (type == "real") {
      reals(element, read);
    } else {
      fail(element,
           fmt::format("issue `{}` is of type `{}`; discrete, integer and real ones are read, "
                       "so list the options that matter",
                       read.issue.name, type),
           ErrorCode::Unsupported);
    }
    return read;
  }

  // From end to end in equal steps.
  void reals(const XmlElement& element, XmlIssue& read) {
    if (real_steps_ == 0) {
      fail(element,
           fmt::format("issue `{}` is of real numbers; say in how many steps to read it, with "
                       "--steps",
                       read.issue.name),
           ErrorCode::Unsupported);
      return;
    }
    const XmlElement* range = element.child("range");
    const XmlElement& bounds = range == nullptr ? element : *range;
    const Fraction lower = number(bounds, "lowerbound").reduced();
    const Fraction upper = number(bounds, "upperbound").reduced();
    if (!has_failed() && upper <= lower) {
      fail(element, fmt::format("issue `{}` has no range: its upper bound is not above its lower "
                                "one",
                                read.issue.name));
    }
    if (has_failed()) {
      return;
    }
    const auto steps = static_cast<std::int64_t>(real_steps_);
    for (std::int64_t step = 0; step <= steps; ++step) {
      read.reals.push_back((lower + (upper - lower) * Fraction{step, steps}).reduced());
      read.issue.options.push_back(internal::to_decimal(read.reals.back()));
    }
    note(
        fmt::format("issue `{}` of real numbers is read in {} steps: nothing between them is "
                    "looked at",
                    read.issue.name, real_steps_));
  }

  std::string name_;
  std::vector<std::string>* notes_;
  std::size_t real_steps_ = 0;
  std::optional<Error> error_;
};

Fraction clamped(const Fraction& value) {
  return std::min(std::max(value, Fraction{0, 1}), Fraction{1, 1});
}

// Of an issue of real numbers: offset and slope, or one number for all.
std::vector<Fraction> real_evaluations(XmlReader& reader, const XmlIssue& issue) {
  const XmlElement* evaluator = issue.element->child("evaluator");
  const std::string_view kind = evaluator == nullptr ? "" : evaluator->attribute("ftype");
  if (kind != "linear" && kind != "constant") {
    reader.fail(*issue.element,
                fmt::format("issue `{}` has no linear or constant `evaluator`; no other is read",
                            issue.issue.name),
                ErrorCode::Unsupported);
    return {};
  }
  const Fraction offset = reader.number(*evaluator, "parameter0").reduced();
  const Fraction slope =
      kind == "linear" ? reader.number(*evaluator, "parameter1").reduced() : Fraction{};
  std::vector<Fraction> values;
  for (const Fraction& real : issue.reals) {
    const Fraction value = offset + slope * real;
    values.push_back((kind == "linear" ? clamped(value) : value).reduced());
  }
  return values;
}

// What each option of an issue evaluates to, before its weight: between 0 and 1 at best.
std::vector<Fraction> evaluations(XmlReader& reader, const XmlIssue& issue, XmlDialect dialect) {
  if (!issue.reals.empty()) {
    return real_evaluations(reader, issue);
  }
  std::vector<Fraction> values;
  if (issue.is_integer) {
    const XmlElement* evaluator = issue.element->child("evaluator");
    if (evaluator == nullptr || evaluator->attribute("ftype") != "linear") {
      reader.fail(
          *issue.element,
          fmt::format("issue `{}` has no linear `evaluator`; no other is read", issue.issue.name),
          ErrorCode::Unsupported);
      return values;
    }
    const Fraction slope = reader.number(*evaluator, "slope").reduced();
    const Fraction offset = reader.number(*evaluator, "offset").reduced();
    for (std::size_t step = 0; step < issue.issue.options.size(); ++step) {
      const Fraction distance = {static_cast<std::int64_t>(step), 1};
      values.push_back(clamped(distance * slope + offset).reduced());
    }
    return values;
  }
  for (const XmlElement& item : issue.element->children) {
    if (item.name != "item") {
      continue;
    }
    Fraction value = reader.number(item, "evaluation").reduced();
    if (dialect == XmlDialect::Genius && value.denominator != Integer(1)) {
      value = {divide(value.numerator, value.denominator).quotient, 1};
      reader.note("evaluations such as 4.11 are cut to whole numbers, as GENIUS does");
    }
    values.push_back(value);
  }
  Fraction largest;
  for (const Fraction& value : values) {
    largest = std::max(largest, value);
  }
  for (Fraction& value : values) {
    value = largest.numerator.is_zero() ? Fraction{} : (value / largest).reduced();
  }
  return values;
}

// Numbers of a profile over one denominator.
struct ProfileNumbers {
  std::vector<std::vector<Fraction>> values;
  std::vector<std::pair<Conjunction, Fraction>> conditionals;
  std::optional<Fraction> walk_away;
};

Party to_party(std::string name, const ProfileNumbers& numbers) {
  Party party;
  party.name = std::move(name);
  const auto widen = [&](const Fraction& value) {
    const Integer divisor = greatest_common_divisor(party.denominator, value.denominator);
    party.denominator *= divide(value.denominator, divisor).quotient;
  };
  for (const auto& row : numbers.values) {
    std::for_each(row.begin(), row.end(), widen);
  }
  for (const auto& [when, worth] : numbers.conditionals) {
    widen(worth);
  }
  if (numbers.walk_away.has_value()) {
    widen(*numbers.walk_away);
  }
  const auto over = [&](const Fraction& value) {
    return value.numerator * divide(party.denominator, value.denominator).quotient;
  };
  for (const auto& row : numbers.values) {
    std::vector<Integer> values;
    std::transform(row.begin(), row.end(), std::back_inserter(values), over);
    party.values.push_back(std::move(values));
  }
  for (const auto& [when, worth] : numbers.conditionals) {
    party.conditionals.push_back({when, over(worth)});
  }
  if (numbers.walk_away.has_value()) {
    party.walk_away = over(*numbers.walk_away);
  }
  return party;
}

class ProfileReader {
 public:
  ProfileReader(XmlReader& reader, const std::vector<XmlIssue>& domain, XmlDialect dialect)
      : reader_(&reader), domain_(&domain), dialect_(dialect) {}

  ProfileNumbers read(const XmlElement& root) {
    ProfileNumbers numbers;
    const XmlElement* objective = reader_->objective(root);
    if (objective == nullptr) {
      return numbers;
    }
    const bool is_nonlinear = root.attribute("type") == "nonlinear";
    Fraction scale = {1, 1};
    if (is_nonlinear) {
      numbers.values = nothing();
      scale = nonlinear(*objective, numbers);
    } else {
      numbers.values = additive(*objective);
    }
    if (const XmlElement* reservation = root.child("reservation"); reservation != nullptr) {
      numbers.walk_away = (reader_->number(*reservation, "value") * scale).reduced();
    }
    if (const XmlElement* discount = root.child("discount_factor");
        discount != nullptr && !(reader_->number(*discount, "value") == Fraction{1, 1})) {
      reader_->note("the discount factor is not used: a package is worth the same at any time");
    }
    return numbers;
  }

 private:
  [[nodiscard]] std::vector<std::vector<Fraction>> nothing() const {
    std::vector<std::vector<Fraction>> values;
    for (const XmlIssue& issue : *domain_) {
      values.emplace_back(issue.issue.options.size());
    }
    return values;
  }

  std::vector<std::vector<Fraction>> additive(const XmlElement& objective) {
    std::vector<std::vector<Fraction>> values;
    const std::vector<XmlIssue> own = reader_->issues(objective);
    for (const XmlIssue& issue : *domain_) {
      const auto same = std::find_if(own.begin(), own.end(), [&](const XmlIssue& other) {
        return other.issue.name == issue.issue.name;
      });
      if (same == own.end()) {
        reader_->fail(objective,
                      fmt::format("issue `{}` of the domain is missing; add it", issue.issue.name));
        return values;
      }
      if (same->issue.options != issue.issue.options) {
        reader_->fail(
            *same->element,
            fmt::format("the options of issue `{}` are not those of the domain", issue.issue.name));
        return values;
      }
      const Fraction weight = weight_of(objective, *same);
      std::vector<Fraction> row = evaluations(*reader_, *same, dialect_);
      for (Fraction& value : row) {
        value = (value * weight).reduced();
      }
      values.push_back(std::move(row));
    }
    return values;
  }

  Fraction weight_of(const XmlElement& objective, const XmlIssue& issue) {
    for (const XmlElement& element : objective.children) {
      if (element.name == "weight" && element.attribute("index") == issue.index) {
        return reader_->number(element, "value").reduced();
      }
    }
    reader_->fail(*issue.element,
                  fmt::format("issue `{}` has no weight; add `<weight index=\"{}\" value=\"…\"/>`",
                              issue.issue.name, issue.index));
    return {};
  }

  // Sums of hyper-rectangles; returns what a utility of 1 is in their units.
  Fraction nonlinear(const XmlElement& objective, ProfileNumbers& numbers) {
    const XmlElement* utility = objective.child("utility");
    const XmlElement* sum = utility == nullptr ? nullptr : utility->child("ufun");
    if (sum == nullptr) {
      reader_->fail(objective, "a nonlinear profile has a `utility` with a `ufun`");
      return {};
    }
    if (sum->attribute("type") != "PlainUfun" || sum->attribute("aggregation") != "sum" ||
        !(reader_->number(*sum, "weight") == Fraction{1, 1})) {
      reader_->fail(*sum,
                    "only a `ufun` of type PlainUfun with aggregation sum and weight 1 is read",
                    ErrorCode::Unsupported);
      return {};
    }
    for (const XmlElement& box : sum->children) {
      if (box.name != "hyperRectangle") {
        reader_->fail(box, fmt::format("`{}` is not read; hyperRectangle is", box.name),
                      ErrorCode::Unsupported);
        return {};
      }
      Conjunction when;
      for (const XmlElement& side : box.children) {
        when.push_back(side_of(side));
      }
      numbers.conditionals.emplace_back(std::move(when), reader_->number(box, "utility").reduced());
    }
    return reader_->number(*utility, "maxutility");
  }

  OptionSet side_of(const XmlElement& side) {
    OptionSet set;
    if (side.name == "EXCLUDES") {
      reader_->note("EXCLUDES is read like INCLUDES, as GENIUS does");
    } else if (side.name != "INCLUDES") {
      reader_->fail(side, fmt::format("`{}` is not read; INCLUDES is", side.name),
                    ErrorCode::Unsupported);
    }
    const std::string_view index = side.attribute("index");
    const auto issue = std::find_if(domain_->begin(), domain_->end(),
                                    [&](const XmlIssue& other) { return other.index == index; });
    if (issue == domain_->end() || !issue->is_integer) {
      reader_->fail(side, fmt::format("the domain has no integer issue of index `{}`", index));
      return set;
    }
    const std::int64_t least = reader_->whole(side, "min");
    const std::int64_t most = reader_->whole(side, "max");
    set.issue = static_cast<std::size_t>(issue - domain_->begin());
    for (std::uint32_t option = 0; option < issue->issue.options.size(); ++option) {
      const std::int64_t value = issue->lower + option;
      if (value >= least && value <= most) {
        set.options.push_back(option);
      }
    }
    return set;
  }

  XmlReader* reader_;
  const std::vector<XmlIssue>* domain_;
  XmlDialect dialect_;
};

std::string stem(std::string_view path) {
  path = path.substr(path.find_last_of('/') + 1);
  return std::string(path.ends_with(".xml") ? path.substr(0, path.size() - 4) : path);
}

}  // namespace

XmlRole role_of_xml(std::string_view text) {
  const auto root = encoding::parse_xml("", from_declaration(text));
  if (!root) {
    return XmlRole::Other;
  }
  if (root->name == "negotiation_template") {
    return XmlRole::Domain;
  }
  return root->name == "utility_space" ? XmlRole::Profile : XmlRole::Other;
}

std::vector<std::string> issues_of_xml(std::string_view text) {
  std::vector<std::string> names;
  const auto root = encoding::parse_xml("", from_declaration(text));
  if (root) {
    std::vector<std::string> notes;
    XmlReader reader("", notes);
    if (const XmlElement* objective = reader.objective(*root); objective != nullptr) {
      for (const XmlElement& element : objective->children) {
        if (element.name == "issue") {
          names.emplace_back(element.attribute("name"));
        }
      }
    }
  }
  return names;
}

Result<GameReading> read_genius_xml(const NamedText& domain, const std::vector<NamedText>& profiles,
                                    XmlDialect dialect, std::size_t real_steps) {
  GameReading reading;
  const auto root = encoding::parse_xml(domain.name, from_declaration(domain.text));
  if (!root) {
    return root.error();
  }
  XmlReader reader(domain.name, reading.notes, real_steps);
  const XmlElement* objective = reader.objective(*root);
  const std::vector<XmlIssue> issues =
      objective == nullptr ? std::vector<XmlIssue>{} : reader.issues(*objective);
  if (reader.has_failed()) {
    return reader.error();
  }
  reading.game.name = stem(domain.name);
  for (const XmlIssue& issue : issues) {
    reading.game.issues.push_back(issue.issue);
  }
  for (const NamedText& profile : profiles) {
    const auto own = encoding::parse_xml(profile.name, from_declaration(profile.text));
    if (!own) {
      return own.error();
    }
    XmlReader of_profile(profile.name, reading.notes, real_steps);
    const ProfileNumbers numbers = ProfileReader(of_profile, issues, dialect).read(*own);
    if (of_profile.has_failed()) {
      return of_profile.error();
    }
    reading.game.parties.push_back(to_party(stem(profile.name), numbers));
  }
  if (const auto checked = check(reading.game); !checked) {
    return Error{checked.error().code, fmt::format("{}: {}", domain.name, checked.error().message)};
  }
  return reading;
}

}  // namespace truce::packages
