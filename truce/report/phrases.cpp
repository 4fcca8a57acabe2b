// SPDX-License-Identifier: Apache-2.0
#include "truce/report/phrases.h"

#include <algorithm>

#include <fmt/format.h>

namespace truce::report {
namespace {

bool is_midnight(base::Instant at, base::Duration offset) {
  return base::start_of(base::date_of(at, offset)) == at + offset;
}

std::string without_year(base::Date date) {
  const std::string words = base::to_words(date);
  return words.substr(0, words.rfind(' '));
}

std::string joined(const std::vector<std::string>& items, std::string_view joint) {
  std::string out;
  for (const std::string& item : items) {
    out += (out.empty() ? "" : std::string(joint)) + item;
  }
  return out;
}

const monitor::ForceHistory* first_with_window(const Record& record) {
  const auto found = std::find_if(
      record.replay.force.begin(), record.replay.force.end(),
      [](const monitor::ForceHistory& force) { return force.until < base::kAfterTime; });
  return found == record.replay.force.end() ? nullptr : &*found;
}

std::string clause_counts_text(const Words& words, const facts::ClauseCount& count) {
  std::vector<std::string> parts;
  const auto add = [&](std::string_view key, std::uint64_t number) {
    if (number > 0) {
      parts.push_back(words.fill(key, {{"n", grouped(number)}}));
    }
  };
  add("count.broken", count.broken);
  add("count.contested", count.contested);
  add("count.unknown", count.unknown);
  add("count.kept", count.kept);
  return list_text(words, parts);
}

std::string record_sentence(const Words& words, const Record& record, const Overview& overview) {
  const std::uint64_t incidents =
      overview.incidents.size() - overview.counts[static_cast<std::size_t>(Mark::Act)];
  return words.fill("lead.record",
                    {{"incidents", words.count("incidents", incidents)},
                     {"accounts", words.count("accounts", overview.reports)},
                     {"sources", words.count("sources", record.evidence.accounts.size())}});
}

}  // namespace

std::string when_text(base::TimeRange when, base::Duration offset) {
  if (when.from == when.to) {
    return base::to_words(when.from, offset);
  }
  const base::Date first = base::date_of(when.from, offset);
  const base::Date last = base::date_of(when.to - base::Duration{1}, offset);
  if (is_midnight(when.from, offset) && is_midnight(when.to, offset)) {
    return days_text(first, last);
  }
  const base::Date end = base::date_of(when.to, offset);
  if (first == end) {
    return fmt::format("{} to {}", base::to_words(when.from, offset), time_of_day(when.to, offset));
  }
  if (first.year == end.year) {
    return fmt::format("{} to {}, {}", base::to_words(when.from, offset), without_year(end),
                       time_of_day(when.to, offset));
  }
  return fmt::format("{} to {}", base::to_words(when.from, offset),
                     base::to_words(when.to, offset));
}

std::string days_text(base::Date first, base::Date last) {
  if (first == last) {
    return base::to_words(first);
  }
  if (first.year != last.year) {
    return fmt::format("{} to {}", base::to_words(first), base::to_words(last));
  }
  return fmt::format("{} to {}",
                     first.month == last.month ? fmt::format("{}", first.day) : without_year(first),
                     base::to_words(last));
}

std::string instant_text(const Words& words, base::Instant at, base::Duration offset) {
  if (at >= base::kAfterTime) {
    return words("time.never");
  }
  if (at <= base::kBeforeTime) {
    return words("time.always");
  }
  return base::to_words(at, offset);
}

std::string time_of_day(base::Instant at, base::Duration offset) {
  const std::string iso = base::to_iso(at, offset);
  return iso.substr(iso.find('T') + 1, 5);
}

std::string time_in_day(base::TimeRange when, base::Duration offset) {
  const base::Date day = base::date_of(when.from, offset);
  if (when.from == when.to) {
    return time_of_day(when.from, offset);
  }
  const std::string whole = when_text(when, offset);
  const std::string date = base::to_words(day);
  if (whole == date) {
    return "";
  }
  // On one day the date stands before a comma and need not be said again.
  return base::date_of(when.to, offset) == day
             ? whole.substr(std::min(date.size() + 2, whole.size()))
             : whole;
}

std::string list_text(const Words& words, const std::vector<std::string>& items,
                      std::string_view last) {
  if (items.size() < 2) {
    return items.empty() ? "" : items.front();
  }
  const std::vector<std::string> head(items.begin(), items.end() - 1);
  return joined(head, ", ") + " " + words(last) + " " + items.back();
}

std::string names_text(const Words& words, const incidents::NameSet& names) {
  if (names.is_unknown()) {
    return words("unknown.name");
  }
  const bool is_one_of = names.joining == incidents::NameSet::Joining::OneOf;
  return joined(names.names, " " + words(is_one_of ? "list.or" : "list.and") + " ");
}

std::string groups_text(const Words& words, const agreement::Agreement& agreement,
                        const facts::Fact& fact) {
  if (fact.is_actor_unknown) {
    return words("unknown.name");
  }
  std::vector<std::string> groups;
  for (const facts::Group& group : fact.actors) {
    std::vector<std::string> names;
    for (const agreement::ActorId actor : group) {
      names.push_back(agreement.actor(actor).name);
    }
    groups.push_back(joined(names, " " + words("list.and") + " "));
  }
  return joined(groups, " " + words("list.or") + " ");
}

std::vector<const monitor::ForceHistory::Change*> renewals_of(const monitor::ForceHistory& force) {
  std::vector<const monitor::ForceHistory::Change*> renewals;
  for (const monitor::ForceHistory::Change& change : force.changes) {
    if (change.act == facts::InstitutionalAct::Extend && change.new_end) {
      renewals.push_back(&change);
    }
  }
  return renewals;
}

std::string change_text(const Words& words, const Record& record,
                        const monitor::ForceHistory::Change& change) {
  if (!change.new_end) {
    return change.why;
  }
  const std::string until = instant_text(words, *change.new_end, record.agreement.clock.offset);
  const bool is_renewal = change.act == facts::InstitutionalAct::Extend;
  const std::string effect =
      words.fill(is_renewal ? "change.renewed" : "change.ended", {{"until", until}});
  return change.why.empty() ? effect : fmt::format("{}; {}", effect, change.why);
}

std::string change_act_text(const Words& words, const monitor::ForceHistory::Change& change) {
  switch (change.act) {
    case facts::InstitutionalAct::Extend:
      return words("change.act.extend");
    case facts::InstitutionalAct::Suspend:
      return words("change.act.suspend");
    case facts::InstitutionalAct::Resume:
      return words("change.act.resume");
    case facts::InstitutionalAct::Terminate:
      return words("change.act.terminate");
    case facts::InstitutionalAct::None:
    case facts::InstitutionalAct::Determine:
    case facts::InstitutionalAct::Report:
    case facts::InstitutionalAct::Notify:
    case facts::InstitutionalAct::Accede:
    case facts::InstitutionalAct::Fix:
    case facts::InstitutionalAct::Release:
    case facts::InstitutionalAct::Sign:
    case facts::InstitutionalAct::Amend:
    case facts::InstitutionalAct::Dissent:
      return words("change.act.other");
  }
  return words("change.act.other");
}

std::string renewals_text(const Words& words, const Record& record,
                          const monitor::ForceHistory& force) {
  std::vector<base::Date> dates;
  for (const auto* change : renewals_of(force)) {
    dates.push_back(base::date_of(change->at, record.agreement.clock.offset));
  }
  if (dates.empty()) {
    return "";
  }
  std::vector<std::string> renewals;
  for (const base::Date date : dates) {
    // `14, 16 and 18 September 2016`
    const bool is_shortened =
        date != dates.back() && date.year == dates.back().year && date.month == dates.back().month;
    renewals.push_back(is_shortened ? std::to_string(date.day) : base::to_words(date));
  }
  return words.fill(renewals.size() == 1 ? "lead.renewed.one" : "lead.renewed.many",
                    {{"n", grouped(renewals.size())}, {"dates", list_text(words, renewals)}});
}

std::string force_text(const Words& words, const Record& record,
                       const monitor::ForceHistory& force) {
  const base::Duration offset = record.agreement.clock.offset;
  if (force.from >= base::kAfterTime) {
    return words("force.never");
  }
  const std::string from = instant_text(words, force.from, offset);
  if (!force.is_start_certain) {
    return words.fill("force.perhaps", {{"from", from}});
  }
  if (force.until_at_least >= base::kAfterTime) {
    return words.fill("force.open", {{"from", from}});
  }
  const std::string least = instant_text(words, force.until_at_least, offset);
  if (force.until >= base::kAfterTime) {
    return words.fill("force.endless", {{"from", from}, {"least", least}});
  }
  const std::string until = instant_text(words, force.until, offset);
  if (force.until != force.until_at_least) {
    return words.fill("force.window_uncertain",
                      {{"from", from}, {"least", least}, {"until", until}});
  }
  return words.fill("force.window", {{"from", from}, {"until", until}});
}

std::vector<std::string> lead(const Words& words, const Record& record, const Overview& overview) {
  std::vector<std::string> sentences;
  if (const monitor::ForceHistory* force = first_with_window(record)) {
    const std::string& number = record.agreement.clause(force->clause).number;
    sentences.push_back(words.fill(
        "lead.force", {{"clause", number}, {"force", force_text(words, record, *force)}}));
    if (std::string renewals = renewals_text(words, record, *force); !renewals.empty()) {
      sentences.push_back(std::move(renewals));
    }
  }
  sentences.push_back(record_sentence(words, record, overview));
  const auto none = overview.counts[static_cast<std::size_t>(Mark::NoClause)];
  for (std::size_t index = 0; index < record.replay.verdicts.counts.size(); ++index) {
    const facts::ClauseCount& count = record.replay.verdicts.counts[index];
    const std::string text = clause_counts_text(words, count);
    if (!text.empty()) {
      // The clause that most of the record speaks of stands for the rest, which the table lists.
      sentences.push_back(words.fill(
          "lead.clause", {{"clause", record.agreement.clauses[index].number}, {"counts", text}}));
      break;
    }
  }
  if (none > 0) {
    sentences.push_back(words.count("lead.none", none));
  }
  return sentences;
}

std::string counts_text(const Words& words, const std::array<std::uint64_t, kMarkCount>& counts) {
  std::vector<std::string> parts;
  for (const Mark mark : kMarks) {
    const std::uint64_t count = counts[static_cast<std::size_t>(mark)];
    if (count > 0 && mark != Mark::Act) {
      parts.push_back(
          words.fill(mark == Mark::Kept ? "count.no_breach" : "count." + std::string(to_key(mark)),
                     {{"n", grouped(count)}}));
    }
  }
  return list_text(words, parts);
}

}  // namespace truce::report
