// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "tests/support/sentence_forms.h"

#include "truce/incidents/read.h"

namespace truce::testing {
namespace {

constexpr base::Duration kHour{3600};

// Both wordings that a text stands for, with the same choices.
struct Wordings {
  std::string with;
  std::string without;
};

class Expansion {
 public:
  Expansion(std::string_view text, Dice& dice) : text_(text), dice_(dice) {}

  // Up to one of the signs `ends`, which is not taken.
  Wordings read(std::string_view ends) {
    Wordings wordings;
    while (at_ < text_.size() && ends.find(text_[at_]) == std::string_view::npos) {
      if (text_[at_] == '{') {
        add(choice(), wordings);
      } else if (text_[at_] == '<') {
        add(particular(), wordings);
      } else {
        wordings.with += text_[at_];
        wordings.without += text_[at_];
        ++at_;
      }
    }
    return wordings;
  }

 private:
  static void add(const Wordings& more, Wordings& wordings) {
    wordings.with += more.with;
    wordings.without += more.without;
  }

  Wordings choice() {
    std::vector<Wordings> choices;
    do {
      ++at_;
      choices.push_back(read("/}"));
    } while (text_[at_] == '/');
    ++at_;
    return choices[dice_.below(choices.size())];
  }

  Wordings particular() {
    ++at_;
    const std::string with = read("~>").with;
    std::string without;
    if (text_[at_] == '~') {
      ++at_;
      without = read(">").without;
    }
    ++at_;
    return {with, without};
  }

  std::string_view text_;
  Dice& dice_;
  std::size_t at_ = 0;
};

Wordings expanded(std::string_view text, Dice& dice) { return Expansion(text, dice).read({}); }

// The numbers of the clauses that forbid something, or order it.
void note_numbers(std::string_view clauses, Focus& focus) {
  while (!clauses.empty()) {
    const std::string_view line = clauses.substr(0, clauses.find('\n'));
    clauses.remove_prefix(std::min(line.size() + 1, clauses.size()));
    const std::string number(line.substr(0, line.find(' ')));
    const bool forbids =
        line.find("shall not") != std::string_view::npos || line.starts_with(number + " no ");
    if (forbids && line.find("report when") == std::string_view::npos) {
      focus.prohibitions.push_back(number);
    } else if (line.find(" shall ") != std::string_view::npos) {
      focus.duties.push_back(number);
    }
  }
}

struct Focuses {
  Focus with;
  Focus without;
};

Focuses focuses_of(const SentenceForm& form, Dice& dice) {
  Focuses both;
  const auto set = [&](std::string_view text, std::string Focus::* field) {
    Wordings wordings = expanded(text, dice);
    both.with.*field = std::move(wordings.with);
    both.without.*field = std::move(wordings.without);
  };
  set(form.clauses, &Focus::clauses);
  set(form.header, &Focus::header);
  set(form.parties, &Focus::parties);
  set(form.bodies, &Focus::bodies);
  set(form.situations, &Focus::situations);
  note_numbers(both.with.clauses, both.with);
  both.without.prohibitions = both.with.prohibitions;
  both.without.duties = both.with.duties;
  for (Focus* focus : {&both.with, &both.without}) {
    focus->most_others = 1;
    focus->act = [&form](Dice& acts) {
      return expanded(form.acts[acts.below(form.acts.size())], acts).with;
    };
  }
  return both;
}

// A later row of the same account about the same incident: taken back, or told otherwise.
incidents::Report correction_of(const incidents::Report& report, Dice& dice) {
  incidents::Report corrected = report;
  corrected.raw += ",corrected";
  corrected.reported_at =
      *report.reported_at + static_cast<std::int64_t>(1 + dice.below(48)) * kHour;
  switch (dice.below(3)) {
    case 0:
      corrected.is_withdrawn = true;
      break;
    case 1:
      corrected.when.from = corrected.when.from - 6 * kHour;
      break;
    default:
      corrected.actors = {};
      break;
  }
  return corrected;
}

std::vector<incidents::Report> arrived(const std::vector<incidents::Report>& written, Dice& dice) {
  std::vector<incidents::Report> all;
  for (const incidents::Report& one : written) {
    incidents::Report report = one;
    // Some sources have two accounts of an incident.
    report.account = report.according_to + (dice.one_in(8) ? " again" : "");
    report.reported_at = std::max(report.when.from, report.when.to) +
                         static_cast<std::int64_t>(dice.below(4) * dice.below(13)) * kHour;
    all.push_back(report);
    if (dice.one_in(6)) {
      all.push_back(correction_of(report, dice));
    }
  }
  for (std::size_t i = all.size(); i > 1; --i) {
    std::swap(all[i - 1], all[dice.below(i)]);
  }
  return all;
}

}  // namespace

Record standing_at(const Record& record, const std::vector<incidents::Report>& arrived,
                   base::Instant known_at) {
  incidents::Reading reading;
  reading.reports = arrived;
  std::vector<std::string> warnings;
  Record standing = record;
  standing.reports.clear();
  for (const incidents::Report* report : incidents::current_accounts(reading, known_at, warnings)) {
    standing.reports.push_back(*report);
  }
  standing.as_of(base::to_iso(known_at, {}));
  return standing;
}

FormTrace random_trace(const SentenceForm& form, std::uint64_t seed, bool with_counterpart) {
  Dice dice(seed);
  const Focuses focuses = focuses_of(form, dice);
  FormTrace trace{random_truce_around(seed, focuses.with), {}, {}, Record(""), {}};
  trace.arrived = arrived(trace.truce.record.reports, dice);
  // The end of the record, or any moment of it.
  const std::size_t hours = dice.one_in(2) ? 24 * 12 : 24 + dice.below(24 * 7);
  trace.known_at = base::Instant{base::parse_instant("2030-01-01", {})->at} +
                   static_cast<std::int64_t>(hours) * kHour;
  trace.standing = standing_at(trace.truce.record, trace.arrived, trace.known_at);
  if (with_counterpart) {
    RandomTruce without = random_truce_around(seed, focuses.without);
    trace.truce.complaints += without.complaints;
    trace.without = std::move(without.agreement);
  }
  return trace;
}

}  // namespace truce::testing
