// SPDX-License-Identifier: Apache-2.0
#include "truce/packages/read_json.h"

#include <fmt/format.h>

#include "truce/packages/internal/exact_json.h"
#include "truce/packages/internal/json_reader.h"

namespace truce::packages {
namespace {

using encoding::JsonValue;
using internal::JsonReader;

std::vector<Issue> read_issues(JsonReader& reader, const JsonValue& document) {
  std::vector<Issue> issues;
  for (const JsonValue& value : reader.array(document.find("issues"), "`issues`")) {
    const std::string place = fmt::format("issue {}", issues.size());
    reader.expect_keys(value, place, {"name", "values", "type"});
    Issue issue;
    issue.name = reader.text(value.find("name"), place + ": `name`");
    for (const JsonValue& option : reader.array(value.find("values"), place + ": `values`")) {
      // Numbers name options too: 0, 1, 2.
      issue.options.push_back(option.is_number() ? option.to_text()
                                                 : reader.text(&option, place + ": `values`"));
    }
    issues.push_back(std::move(issue));
  }
  return issues;
}

void multiply_all(Party& party, const Integer& factor) {
  party.denominator *= factor;
  party.base *= factor;
  for (std::vector<Integer>& row : party.values) {
    for (Integer& value : row) {
      value *= factor;
    }
  }
  for (Conditional& conditional : party.conditionals) {
    conditional.worth *= factor;
  }
}

// The walk-away value over the party's denominator, which is widened where it does not divide.
void set_walk_away(Party& party, const Fraction& value) {
  const Fraction lowest = value.reduced();
  multiply_all(party, divide(lowest.denominator,
                             greatest_common_divisor(lowest.denominator, party.denominator))
                          .quotient);
  party.walk_away = divide(lowest.numerator * party.denominator, lowest.denominator).quotient;
}

Party read_party(JsonReader& reader, const JsonValue& value, std::size_t number) {
  Party party;
  const JsonValue* name = value.find("name");
  party.name = name == nullptr ? fmt::format("party {}", number + 1)
                               : reader.text(name, fmt::format("party {}: `name`", number));
  const std::string& place = party.name;
  reader.expect_keys(value, place,
                     {"name", "den", "contrib", "reservation", "base", "conditional", "vetoes"});
  if (value.find("den") != nullptr) {
    party.denominator = reader.integer(value.find("den"), place + ": `den`");
  }
  if (value.find("base") != nullptr) {
    party.base = reader.integer(value.find("base"), place + ": `base`");
  }
  for (const JsonValue& row : reader.array(value.find("contrib"), place + ": `contrib`")) {
    const std::string at = fmt::format("{}: `contrib` of issue {}", place, party.values.size());
    std::vector<Integer> values;
    for (const JsonValue& entry : reader.array(&row, at)) {
      values.push_back(reader.integer(&entry, fmt::format("{}, option {}", at, values.size())));
    }
    party.values.push_back(std::move(values));
  }
  if (const JsonValue* list = value.find("conditional"); list != nullptr) {
    for (const JsonValue& entry : reader.array(list, place + ": `conditional`")) {
      const std::string at = fmt::format("{}: `conditional` {}", place, party.conditionals.size());
      reader.expect_keys(entry, at, {"when", "worth"});
      party.conditionals.push_back({reader.conjunction(entry.find("when"), at + ": `when`"),
                                    reader.integer(entry.find("worth"), at + ": `worth`")});
    }
  }
  if (const JsonValue* list = value.find("vetoes"); list != nullptr) {
    for (const JsonValue& entry : reader.array(list, place + ": `vetoes`")) {
      party.vetoes.push_back(
          reader.conjunction(&entry, fmt::format("{}: `vetoes` {}", place, party.vetoes.size())));
    }
  }
  if (const JsonValue* reservation = value.find("reservation");
      reservation != nullptr && !reservation->is_null()) {
    const Fraction read = reader.fraction(reservation, place + ": `reservation`");
    if (!reader.has_failed() && party.denominator.sign() > 0) {
      set_walk_away(party, read);
    }
  }
  return party;
}

void read_constraints(JsonReader& reader, const JsonValue& document, Game& game) {
  const JsonValue* list = document.find("constraints");
  if (list == nullptr) {
    return;
  }
  for (const JsonValue& entry : reader.array(list, "`constraints`")) {
    Constraint constraint;
    constraint.text = fmt::format("constraint {}", game.constraints.size());
    if (entry.find("must") != nullptr) {
      reader.expect_keys(entry, constraint.text, {"text", "must"});
      if (entry.find("text") != nullptr) {
        constraint.text = reader.text(entry.find("text"), constraint.text + ": `text`");
      }
      constraint.formula = reader.formula(entry.find("must"), constraint.text);
    } else {
      constraint.formula = reader.formula(&entry, constraint.text);
    }
    game.constraints.push_back(std::move(constraint));
  }
}

}  // namespace

base::Result<Game> read_exact_json(std::string_view name, std::string_view text) {
  const auto document = encoding::parse_json(name, text);
  if (!document) {
    return document.error();
  }
  if (const auto digits = internal::check_digits(name, text); !digits) {
    return digits.error();
  }
  Game game;
  JsonReader reader(name, game.issues);
  if (!document->is_object()) {
    reader.fail("the file", "an object stands here, in braces, with `issues` and `parties`");
    return reader.error();
  }
  if (const JsonValue* title = document->find("name"); title != nullptr) {
    game.name = reader.text(title, "`name`");
  }
  game.issues = read_issues(reader, *document);
  if (reader.has_failed()) {
    return reader.error();
  }
  for (const JsonValue& party : reader.array(document->find("parties"), "`parties`")) {
    game.parties.push_back(read_party(reader, party, game.parties.size()));
  }
  read_constraints(reader, *document, game);
  if (reader.has_failed()) {
    return reader.error();
  }
  if (const auto checked = check(game); !checked) {
    return base::Error{checked.error().code, fmt::format("{}: {}", name, checked.error().message)};
  }
  return game;
}

}  // namespace truce::packages
