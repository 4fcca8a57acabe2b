// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/read_research_json.h"

#include <algorithm>
#include <functional>

#include <fmt/format.h>

#include "truce/packages/internal/exact_json.h"
#include "truce/packages/internal/json_reader.h"

namespace truce::packages {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using encoding::JsonValue;
using internal::JsonReader;

constexpr std::int64_t kMostOptions = 10'000;
constexpr std::size_t kLongestNumber = 400;

// One profile: what is open, and what it is worth.
struct Profile {
  std::vector<Issue> issues;
  std::vector<std::vector<Fraction>> values;
  std::optional<Fraction> walk_away;
};

const JsonValue& member(JsonReader& reader, const JsonValue& object, const char* key,
                        const std::string& place) {
  static const JsonValue kNone;
  const JsonValue* found = object.find(key);
  if (found == nullptr || !found->is_object()) {
    reader.fail(place, fmt::format("`{}` is {}; it is an object, in braces", key,
                                   found == nullptr ? "missing" : "no object"));
    return kNone;
  }
  return *found;
}

Fraction number(JsonReader& reader, const JsonValue* value, const std::string& place) {
  if (value != nullptr && value->is_text() && value->text().size() > kLongestNumber) {
    reader.fail(place, fmt::format("a number of {} signs; {} are read", value->text().size(),
                                   kLongestNumber));
    return {};
  }
  return reader.fraction(value, place).reduced();
}

// Every name of the list has a member, and every member is in the list.
void expect_same_names(JsonReader& reader, const JsonValue& object, const std::string& place,
                       const std::vector<std::string>& names, const char* what) {
  for (const std::string& name : names) {
    if (object.find(name) == nullptr) {
      reader.fail(place, fmt::format("{} `{}` is missing; add it", what, name));
    }
  }
  for (const auto& [key, value] : object.members()) {
    if (std::find(names.begin(), names.end(), key) == names.end()) {
      reader.fail(place, fmt::format("there is no {} `{}`", what, key));
    }
  }
}

std::vector<std::string> names_of(const std::vector<Issue>& issues) {
  std::vector<std::string> names;
  for (const Issue& issue : issues) {
    names.push_back(issue.name);
  }
  return names;
}

class GeniusWebReader {
 public:
  explicit GeniusWebReader(JsonReader& reader) : reader_(reader) {}

  Profile read(const JsonValue& document) {
    const JsonValue& space = member(reader_, document, "LinearAdditiveUtilitySpace", "the profile");
    reader_.expect_keys(space, "the profile",
                        {"issueUtilities", "issueWeights", "domain", "name", "reservationBid"});
    read_domain(member(reader_, space, "domain", "the profile"));
    if (reader_.has_failed()) {
      return {};
    }
    const JsonValue& weights = member(reader_, space, "issueWeights", "the profile");
    const JsonValue& utilities = member(reader_, space, "issueUtilities", "the profile");
    const std::vector<std::string> names = names_of(profile_.issues);
    expect_same_names(reader_, weights, "`issueWeights`", names, "issue");
    expect_same_names(reader_, utilities, "`issueUtilities`", names, "issue");
    for (std::size_t issue = 0; issue < names.size() && !reader_.has_failed(); ++issue) {
      const Fraction weight = number(reader_, weights.find(names[issue]),
                                     fmt::format("`issueWeights`: `{}`", names[issue]));
      read_utilities(issue, *utilities.find(names[issue]));
      for (Fraction& value : profile_.values.back()) {
        value = (value * weight).reduced();
      }
    }
    const JsonValue* bid = space.find("reservationBid");
    if (bid != nullptr && !bid->is_null() && !reader_.has_failed()) {
      read_reservation(*bid);
    }
    return std::move(profile_);
  }

 private:
  void read_domain(const JsonValue& domain) {
    reader_.expect_keys(domain, "`domain`", {"name", "issuesValues"});
    for (const auto& [name, value] :
         member(reader_, domain, "issuesValues", "`domain`").members()) {
      const std::string place = fmt::format("`issuesValues`: `{}`", name);
      Issue issue{.name = name, .options = {}};
      Range range;
      if (value.find("range") != nullptr) {
        reader_.expect_keys(value, place, {"range"});
        range = read_range(*value.find("range"), place, issue);
      } else {
        reader_.expect_keys(value, place, {"values"});
        for (const JsonValue& option : reader_.array(value.find("values"), place + ": `values`")) {
          issue.options.push_back(reader_.text(&option, place + ": `values`"));
        }
      }
      profile_.issues.push_back(std::move(issue));
      ranges_.push_back(range);
    }
  }

  struct Range {
    Fraction low;
    Fraction high;
    Fraction step;
  };

  // Low, high and step; high is an option only where a step leads to it.
  Range read_range(const JsonValue& value, const std::string& place, Issue& issue) {
    const JsonValue::Array& list = reader_.array(&value, place + ": `range`");
    if (list.size() != 3) {
      reader_.fail(place + ": `range`", "the least and the greatest value and a step stand here");
      return {};
    }
    const Range range{number(reader_, &list[0], place), number(reader_, &list[1], place),
                      number(reader_, &list[2], place)};
    if (reader_.has_failed()) {
      return range;
    }
    if (range.step <= Fraction{} || range.high < range.low ||
        (range.high - range.low) / range.step >= Fraction{kMostOptions}) {
      reader_.fail(place + ": `range`",
                   fmt::format("from {} to {} in steps of {}; from 1 to {} options are read",
                               internal::to_decimal(range.low), internal::to_decimal(range.high),
                               internal::to_decimal(range.step), kMostOptions));
      return range;
    }
    for (Fraction at = range.low; at <= range.high; at = (at + range.step).reduced()) {
      issue.options.push_back(internal::to_decimal(at));
    }
    return range;
  }

  void read_utilities(std::size_t issue, const JsonValue& value) {
    const std::string place = fmt::format("`issueUtilities`: `{}`", profile_.issues[issue].name);
    profile_.values.emplace_back();
    if (!value.is_object() || value.members().size() != 1) {
      reader_.fail(place,
                   "an object with one member stands here, `DiscreteValueSetUtilities` or "
                   "`NumberValueSetUtilities`");
      return;
    }
    const auto& [kind, body] = value.members().front();
    const bool is_range = ranges_[issue].step > Fraction{};
    if (kind == "DiscreteValueSetUtilities" || kind == "discreteutils") {
      discrete(issue, body, place);
    } else if ((kind == "NumberValueSetUtilities" || kind == "numberutils") && is_range) {
      numbers(issue, body, place);
    } else {
      reader_.fail(place, is_range || kind != "NumberValueSetUtilities"
                              ? fmt::format("`{}` is not read; DiscreteValueSetUtilities and "
                                            "NumberValueSetUtilities are",
                                            kind)
                              : "the domain has a list of values here, and no range");
    }
  }

  void discrete(std::size_t issue, const JsonValue& body, const std::string& place) {
    reader_.expect_keys(body, place, {"valueUtilities"});
    const JsonValue& worth = member(reader_, body, "valueUtilities", place);
    const std::vector<std::string>& options = profile_.issues[issue].options;
    expect_same_names(reader_, worth, place + ": `valueUtilities`", options, "value");
    for (const std::string& option : options) {
      profile_.values.back().push_back(
          number(reader_, worth.find(option), fmt::format("{}: `{}`", place, option)));
    }
  }

  // On a straight line between the two ends.
  void numbers(std::size_t issue, const JsonValue& body, const std::string& place) {
    reader_.expect_keys(body, place, {"lowValue", "highValue", "lowUtility", "highUtility"});
    const auto of = [&](const char* key) {
      return number(reader_, body.find(key), fmt::format("{}: `{}`", place, key));
    };
    const Range& range = ranges_[issue];
    const Fraction low = of("lowUtility");
    const Fraction high = of("highUtility");
    if (!reader_.has_failed() && (of("lowValue") != range.low || of("highValue") != range.high)) {
      reader_.fail(place, "`lowValue` and `highValue` are not the ends of the range in the domain");
    }
    Fraction at;
    const Fraction whole = range.high - range.low;
    for (std::size_t step = 0; step < profile_.issues[issue].options.size(); ++step) {
      profile_.values.back().push_back(
          whole.numerator.is_zero() ? low : (low + (high - low) * (at / whole)).reduced());
      at = (at + range.step).reduced();
    }
  }

  // What the bid is worth; issues that it does not name are worth nothing.
  void read_reservation(const JsonValue& bid) {
    reader_.expect_keys(bid, "`reservationBid`", {"issuevalues"});
    Fraction worth;
    for (const auto& [name, value] :
         member(reader_, bid, "issuevalues", "`reservationBid`").members()) {
      const std::string place = fmt::format("`reservationBid`: `{}`", name);
      const std::vector<std::string> names = names_of(profile_.issues);
      const auto issue = std::find(names.begin(), names.end(), name) - names.begin();
      if (static_cast<std::size_t>(issue) == names.size()) {
        reader_.fail(place, "the domain has no issue of this name");
        return;
      }
      const auto at = static_cast<std::size_t>(issue);
      const std::vector<std::string>& options = profile_.issues[at].options;
      const std::string text = reader_.text(&value, place);
      const auto option = std::find(options.begin(), options.end(), text) - options.begin();
      if (static_cast<std::size_t>(option) == options.size()) {
        reader_.fail(place, fmt::format("`{}` is no value of this issue", text));
        return;
      }
      worth = (worth + profile_.values[at][static_cast<std::size_t>(option)]).reduced();
    }
    profile_.walk_away = worth;
  }

  JsonReader& reader_;
  Profile profile_;
  std::vector<Range> ranges_;
};

Profile read_negolog_profile(JsonReader& reader, const JsonValue& document) {
  Profile profile;
  reader.expect_keys(document, "the profile", {"reservationValue", "issueWeights", "issues"});
  const JsonValue& weights = member(reader, document, "issueWeights", "the profile");
  const JsonValue& issues = member(reader, document, "issues", "the profile");
  for (const auto& [name, options] : issues.members()) {
    const std::string place = fmt::format("`issues`: `{}`", name);
    if (!options.is_object()) {
      reader.fail(place, "an object stands here, from each value to what it is worth");
      return profile;
    }
    const Fraction weight =
        number(reader, weights.find(name), fmt::format("`issueWeights`: `{}`", name));
    profile.issues.push_back({.name = name, .options = {}});
    profile.values.emplace_back();
    for (const auto& [option, value] : options.members()) {
      profile.issues.back().options.push_back(option);
      profile.values.back().push_back(
          (number(reader, &value, fmt::format("{}: `{}`", place, option)) * weight).reduced());
    }
  }
  expect_same_names(reader, weights, "`issueWeights`", names_of(profile.issues), "issue");
  profile.walk_away = number(reader, document.find("reservationValue"), "`reservationValue`");
  return profile;
}

// The profile with the issues and options in the order of the first one's; an error where they are
// not the same.
base::Result<std::vector<std::vector<Fraction>>> in_order_of(const std::vector<Issue>& issues,
                                                             const Profile& profile) {
  const auto differs = [](const std::string& what) {
    return Error{ErrorCode::InvalidArgument,
                 what + " is not as in the first profile; profiles of one domain go together"};
  };
  if (profile.issues.size() != issues.size()) {
    return differs("the number of issues");
  }
  std::vector<std::vector<Fraction>> values;
  for (const Issue& issue : issues) {
    const auto own = std::find_if(profile.issues.begin(), profile.issues.end(),
                                  [&](const Issue& one) { return one.name == issue.name; });
    if (own == profile.issues.end() || own->options.size() != issue.options.size()) {
      return differs(fmt::format("issue `{}`", issue.name));
    }
    const auto& row = profile.values[static_cast<std::size_t>(own - profile.issues.begin())];
    values.emplace_back();
    for (const std::string& option : issue.options) {
      const auto at = std::find(own->options.begin(), own->options.end(), option);
      if (at == own->options.end()) {
        return differs(fmt::format("value `{}` of issue `{}`", option, issue.name));
      }
      values.back().push_back(row[static_cast<std::size_t>(at - own->options.begin())]);
    }
  }
  return values;
}

using ReadProfile = std::function<Profile(JsonReader&, const JsonValue&)>;

Result<GameReading> read_profiles(const std::vector<NamedText>& profiles,
                                  const ReadProfile& read_profile) {
  GameReading reading;
  for (const NamedText& text : profiles) {
    const auto document = internal::parse_exact_json(text.name, text.text);
    if (!document) {
      return document.error();
    }
    JsonReader reader(text.name, reading.game.issues);
    const Profile profile = read_profile(reader, *document);
    if (reader.has_failed()) {
      return reader.error();
    }
    if (reading.game.parties.empty()) {
      reading.game.issues = profile.issues;
    }
    const auto values = in_order_of(reading.game.issues, profile);
    if (!values) {
      return Error{values.error().code, fmt::format("{}: {}", text.name, values.error().message)};
    }
    reading.game.parties.push_back(
        internal::party_of(internal::stem_of(text.name), *values, profile.walk_away));
  }
  if (const auto checked = check(reading.game); !checked) {
    return Error{checked.error().code,
                 fmt::format("{}: {}", profiles.empty() ? "" : profiles.front().name,
                             checked.error().message)};
  }
  return reading;
}

}  // namespace

JsonOrigin origin_of_json(std::string_view text) {
  const auto document = encoding::parse_json("", text);
  if (!document || !document->is_object()) {
    return JsonOrigin::Other;
  }
  if (document->find("LinearAdditiveUtilitySpace") != nullptr) {
    return JsonOrigin::GeniusWeb;
  }
  return document->find("issueWeights") != nullptr && document->find("issues") != nullptr
             ? JsonOrigin::NegoLog
             : JsonOrigin::Other;
}

Result<GameReading> read_geniusweb(const std::vector<NamedText>& profiles) {
  return read_profiles(profiles, [](JsonReader& reader, const JsonValue& document) {
    return GeniusWebReader(reader).read(document);
  });
}

Result<GameReading> read_negolog(const std::vector<NamedText>& profiles) {
  return read_profiles(profiles, read_negolog_profile);
}

}  // namespace truce::packages
