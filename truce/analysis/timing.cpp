// SPDX-License-Identifier: Apache-2.0
// T01, T02 and T03: what the temporal network alone shows.
#include <algorithm>

#include <fmt/format.h>

#include "truce/analysis/internal/search.h"

namespace truce::analysis::internal {
namespace {

using agreement::Particular;
using agreement::Upon;

Wording length(std::int64_t seconds) {
  return Wording::length(base::Duration{seconds}, base::to_words(base::Duration{seconds}));
}

// The reasons for a distance between two moments, each once.
Wording told(const std::vector<Cause>& causes) {
  std::vector<Wording> words;
  for (const Cause& cause : causes) {
    if (!cause.text.empty() && std::find(words.begin(), words.end(), cause.text) == words.end()) {
      words.push_back(cause.text);
    }
  }
  Wording text;
  for (Wording& one : words) {
    text = text.empty() ? std::move(one) : say("{}; {}", std::move(text), std::move(one));
  }
  return text;
}

// By how much `second` is always after `first`; empty where it need not be.
std::optional<std::int64_t> always_after(const Search& search, Node first, Node second) {
  const auto between = search.time.least_between(first, second);
  return between.has_value() && *between > 0 ? between : std::nullopt;
}

std::string_view text_of_deadline(const Particular& particular) {
  if (const auto* due = std::get_if<agreement::Due>(&particular.what)) {
    return due->deadline.moment->text;
  }
  return std::get<agreement::Finish>(particular.what).deadline.moment->text;
}

// The period that a relative deadline would have, whole days or hours.
std::string period_words(std::int64_t seconds) {
  constexpr std::int64_t kDaySeconds = 86400;
  constexpr std::int64_t kHourSeconds = 3600;
  if (seconds >= 2 * kDaySeconds) {
    return fmt::format("{} days", seconds / kDaySeconds);
  }
  return fmt::format("{} hours", std::max<std::int64_t>(seconds / kHourSeconds, 24));
}

Finding inverted(Search& search, ClauseId id, const Particular& from, const Particular& end,
                 std::int64_t seconds) {
  Finding finding{.code = Code::T02};
  const std::string begins = std::get<agreement::From>(from.what).at.text;
  const bool is_due = std::holds_alternative<agreement::Due>(end.what) ||
                      std::holds_alternative<agreement::Finish>(end.what);
  point_at(finding, search.draft, id, from, "begins here");
  point_at(finding, search.draft, id, end, is_due ? "and is due here" : "and is over here");
  finding.message =
      is_due ? say("{} falls due {} before it begins", search.draft.number(id), length(seconds))
      : seconds == 0 ? say("{} ends as it begins, so it is never in force", search.draft.number(id))
                     : say("{} ends {} before it begins, so it is never in force",
                           search.draft.number(id), length(seconds));
  finding.outcome = is_due ? say("It is broken before it can be done.")
                           : say("Nothing that anybody does breaks it.");
  if (const auto* until = std::get_if<agreement::Until>(&end.what)) {
    finding.repairs.push_back(
        {say("exchange the two moments: `from {}; until {}`", until->at.text, begins),
         {{from.span, "from " + until->at.text}, {end.span, "until " + begins}}});
    finding.repairs.push_back({say("take out the end"), {{end.span, ""}}});
  } else if (std::holds_alternative<agreement::Due>(end.what)) {
    finding.repairs.push_back({say("count from the beginning: `within 24 hours of {}`", begins),
                               {{end.span, "within 24 hours of " + begins}}});
  }
  return finding;
}

// The clause's own beginning against its own end.
std::optional<Finding> find_inverted(Search& search, ClauseId id) {
  const Clause& clause = search.clause(id);
  const Particular* from = first_particular<agreement::From>(clause);
  if (from == nullptr) {
    return std::nullopt;
  }
  const Node start = search.time.moment(std::get<agreement::From>(from->what).at, false);
  if (const Particular* until = first_particular<agreement::Until>(clause)) {
    const Node end = search.time.moment(std::get<agreement::Until>(until->what).at, true);
    const auto between = search.time.least_between(end, start);
    if (between.has_value() && *between >= 0) {
      return inverted(search, id, *from, *until, *between);
    }
  }
  for (const auto& [deadline, particular] : search.time.deadlines(id)) {
    if (const auto after = always_after(search, deadline, start)) {
      return inverted(search, id, *from, *particular, *after);
    }
  }
  return std::nullopt;
}

Finding finish_before_start(const Search& search, ClauseId id, const Particular& start,
                            const Particular& finish, std::int64_t seconds) {
  Finding finding{.code = Code::T02};
  point_at(finding, search.draft, id, start, "may still begin here");
  point_at(finding, search.draft, id, finish, "and must be done here");
  finding.message = say("{} must be finished {} before it need be begun", search.draft.number(id),
                        length(seconds));
  return finding;
}

// `start` against `finish`.
void compare_start_with_finish(Search& search, ClauseId id) {
  const Particular* start = first_particular<agreement::Start>(search.clause(id));
  const Particular* finish = first_particular<agreement::Finish>(search.clause(id));
  if (start == nullptr || finish == nullptr) {
    return;
  }
  const agreement::Deadline& begun = std::get<agreement::Start>(start->what).deadline;
  if (!begun.moment.has_value() || begun.within.has_value()) {
    return;
  }
  for (const auto& [deadline, particular] : search.time.deadlines(id)) {
    const auto after = always_after(search, deadline, search.time.moment(*begun.moment, true));
    if (particular == finish && after.has_value() &&
        std::get<agreement::Finish>(finish->what).deadline.moment.has_value()) {
      search.findings.push_back(finish_before_start(search, id, *start, *finish, *after));
    }
  }
}

void find_windows(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    if (auto finding = find_inverted(search, id)) {
      search.findings.push_back(std::move(*finding));
    }
  }
  for (const ClauseId id : search.draft.clauses()) {
    compare_start_with_finish(search, id);
  }
}

// One duty of an exchange, with the particular that says when it falls due.
struct Side {
  ClauseId clause;
  const Particular& due;
};

// The deadline as the text would write it.
std::string deadline_words(const Particular& particular) {
  const auto& within = std::get<agreement::Due>(particular.what).deadline.within;
  return (within.has_value() ? "within " + agreement::to_words(*within) + " of "
                             : std::string("not later than ")) +
         std::string(text_of_deadline(particular));
}

// Let `changed` fall due when `kept` does.
Repair align(const Search& search, const Side& changed, const Side& kept) {
  const std::string words = deadline_words(kept.due);
  return {say("in {} write `{}`", search.draft.number(changed.clause), words),
          {{changed.due.span, words}}};
}

Finding unequal(const Search& search, const Side& first, const Side& second, std::int64_t seconds) {
  Finding finding{.code = Code::T02};
  point_at(finding, search.draft, first.clause, first.due, "one falls due here");
  point_at(finding, search.draft, second.clause, second.due, "the other here");
  finding.message =
      say("{} and {} are an exchange and fall due {} apart", search.draft.number(first.clause),
          search.draft.number(second.clause), length(seconds));
  finding.outcome = say("Whoever is due first must give before the other need.");
  if (std::holds_alternative<agreement::Due>(first.due.what) &&
      std::holds_alternative<agreement::Due>(second.due.what)) {
    finding.repairs.push_back(align(search, second, first));
    finding.repairs.push_back(align(search, first, second));
  }
  return finding;
}

void compare_exchange(Search& search, ClauseId id, ClauseId other) {
  const auto first = search.time.deadlines(id);
  const auto second = search.time.deadlines(other);
  if (first.size() != 1 || second.size() != 1) {
    return;
  }
  const auto later = always_after(search, first[0].first, second[0].first);
  const auto sooner = always_after(search, second[0].first, first[0].first);
  if (const auto apart = later.has_value() ? later : sooner) {
    search.findings.push_back(
        unequal(search, {id, *first[0].second}, {other, *second[0].second}, *apart));
  }
}

// Whether the clause says that it is done reciprocally with `other`.
bool is_reciprocal_with(const Clause& clause, ClauseId other) {
  const auto* reciprocally = clause.find<agreement::Reciprocally>();
  return reciprocally != nullptr &&
         std::any_of(reciprocally->clauses.begin(), reciprocally->clauses.end(),
                     [&](const agreement::ClauseRef& ref) { return ref.clause == other; });
}

// Reciprocal duties must fall due together.
void find_unequal(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    for (const auto* reciprocally : search.clause(id).find_all<agreement::Reciprocally>()) {
      for (const agreement::ClauseRef& ref : reciprocally->clauses) {
        // Each pair once.
        const bool is_told = ref.clause < id && is_reciprocal_with(search.clause(ref.clause), id);
        if (!is_told) {
          compare_exchange(search, id, ref.clause);
        }
      }
    }
  }
}

// The duty whose own deadline comes before `other`'s condition makes it impossible: found already.
std::optional<std::size_t> cascade_of(const Search& search, const std::vector<Cause>& causes,
                                      ClauseId own) {
  for (std::size_t i = 0; i < search.findings.size(); ++i) {
    const Finding& finding = search.findings[i];
    if (finding.code != Code::T01) {
      continue;
    }
    const bool is_on_the_way = std::any_of(causes.begin(), causes.end(), [&](const Cause& cause) {
      return cause.clause.has_value() && *cause.clause != own &&
             finding.clauses.front() == *cause.clause;
    });
    if (is_on_the_way) {
      return i;
    }
  }
  return std::nullopt;
}

void find_too_soon(Search& search) {
  // Those that others wait for come first, so that what falls with them is told with them.
  std::vector<std::tuple<std::size_t, ClauseId, std::int64_t, const Particular*, Node>> late;
  for (const ClauseId id : search.draft.clauses()) {
    if (!search.draft.is_duty(id) || search.has(Code::T02, id)) {
      continue;
    }
    for (const auto& [deadline, particular] : search.time.deadlines(id)) {
      if (const auto after = always_after(search, deadline, search.time.performed(id))) {
        const auto causes = search.time.causes(deadline, search.time.performed(id));
        const auto waits = static_cast<std::size_t>(
            std::count_if(causes.begin(), causes.end(),
                          [&](const Cause& cause) { return cause.clause.has_value(); }));
        late.emplace_back(waits, id, *after, particular, deadline);
        break;
      }
    }
  }
  std::sort(late.begin(), late.end(), [](const auto& a, const auto& b) {
    return std::pair(std::get<0>(a), std::get<1>(a)) < std::pair(std::get<0>(b), std::get<1>(b));
  });
  for (const auto& [waits, id, after, particular, deadline] : late) {
    const auto causes = search.time.causes(deadline, search.time.performed(id));
    const std::string relative = "within 24 hours";
    if (const auto first = cascade_of(search, causes, id)) {
      Finding& finding = search.findings[*first];
      finding.cascade.push_back(id);
      finding.labels.push_back({particular->span,
                                fmt::format("and so does this one, in {}", search.draft.number(id)),
                                false});
      for (Repair& repair : finding.repairs) {
        repair.edits.push_back({particular->span, relative});
      }
      continue;
    }
    Finding finding{.code = Code::T01};
    point_at(finding, search.draft, id, *particular, "comes too early");
    if (const Particular* upon = first_particular<Upon>(search.clause(id))) {
      point_at(finding, search.draft, id, *upon, "waits for this");
    }
    finding.message =
        say("{} falls due {} before it can be done", search.draft.number(id), length(after));
    const auto earliest = search.time.earliest(search.time.performed(id));
    const auto due = search.time.earliest(deadline);
    if (earliest.has_value() && due.has_value()) {
      finding.message =
          say("{}: at the earliest on {}, and it is due on {}", std::move(finding.message),
              search.draft.at(*earliest), search.draft.at(*due));
    }
    finding.notes.push_back(told(causes));
    finding.outcome =
        say("The deadline passes, {} lapses, and nobody is in breach.", search.draft.number(id));
    finding.repairs.push_back(
        {say("count from the condition: `{}`", relative), {{particular->span, relative}}});
    search.findings.push_back(std::move(finding));
  }
}

// A condition that comes after the deadline leaves nothing due.
void find_never_due(Search& search) {
  for (const ClauseId id : search.draft.clauses()) {
    const Clause& clause = search.clause(id);
    const Particular* upon = first_particular<Upon>(clause);
    if (upon == nullptr || clause.form != agreement::Form::Duty) {
      continue;
    }
    for (const auto& [deadline, particular] : search.time.deadlines(id)) {
      const std::vector<Node> waits = search.time.waits(std::get<Upon>(upon->what));
      const bool follows =
          !waits.empty() && std::all_of(waits.begin(), waits.end(), [&](Node wait) {
            const auto room = search.time.least_between(wait, deadline);
            return room.has_value() && *room >= 0;
          });
      // The deadline follows the condition, whenever that comes; or it is too early anyway.
      if (follows || always_after(search, deadline, search.time.performed(id)).has_value()) {
        continue;
      }
      Finding finding{.code = Code::T03};
      point_at(finding, search.draft, id, *particular, "fixed, however late the condition comes");
      point_at(finding, search.draft, id, *upon, "the condition");
      finding.message = say("{} never falls due if what it waits for comes after {}",
                            search.draft.number(id), std::string(text_of_deadline(*particular)));
      finding.outcome = say("The deadline passes first, {} lapses, and nobody is in breach of it.",
                            clause.number);
      const auto begin = search.time.earliest(search.time.begins(id));
      const auto end = search.time.earliest(deadline);
      const std::string period =
          period_words(begin.has_value() && end.has_value() ? end->seconds - begin->seconds : 0);
      finding.repairs.push_back({say("count from the condition: `within {}`", period),
                                 {{particular->span, "within " + period}}});
      search.findings.push_back(std::move(finding));
      break;
    }
  }
}

}  // namespace

void find_timing(Search& search) {
  find_windows(search);
  find_unequal(search);
  find_too_soon(search);
  find_never_due(search);
}

}  // namespace truce::analysis::internal
