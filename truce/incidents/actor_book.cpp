// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/actor_book.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "truce/incidents/internal/table.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

struct Columns {
  Column name, actor, relation, from, to, source, note;
};

std::optional<ActorBook::Entry::Relation> find_relation(std::string_view text) {
  const std::string folded = fold_name(text);
  if (folded == "alias") {
    return ActorBook::Entry::Relation::Alias;
  }
  if (folded == "member") {
    return ActorBook::Entry::Relation::Member;
  }
  if (folded == "fights with") {
    return ActorBook::Entry::Relation::FightsWith;
  }
  return std::nullopt;
}

// A day of the table, `otherwise` when it is empty.
std::optional<RowProblem> read_day(const Table& table, Column column, base::Duration clock_offset,
                                   base::Instant otherwise, base::Instant& day) {
  const std::string_view text = table.field(column);
  if (text.empty()) {
    day = otherwise;
    return std::nullopt;
  }
  const auto date = base::parse_date(text);
  if (!date) {
    return RowProblem{column, fmt::format("`{}` is no day; write 2016-07-28", text)};
  }
  day = base::start_of(*date) - clock_offset;
  return std::nullopt;
}

std::optional<RowProblem> read_entry(const Table& table, const Columns& columns,
                                     base::Duration clock_offset, ActorBook::Entry& entry) {
  entry.name = bare_name(table.field(columns.name));
  if (entry.name.empty()) {
    return RowProblem{columns.name, "no name is given"};
  }
  if (table.field(columns.actor).empty()) {
    return RowProblem{columns.actor, "no actor is given; write `unattributed` for one unknown"};
  }
  auto actors = parse_names(table.field(columns.actor));
  if (!actors) {
    return RowProblem{columns.actor, actors.error().message};
  }
  entry.actors = std::move(actors).value();
  const auto relation = find_relation(table.field(columns.relation));
  if (!relation) {
    return RowProblem{columns.relation,
                      fmt::format("`{}` is no relation; there are alias, member and fights with",
                                  table.field(columns.relation))};
  }
  entry.relation = *relation;
  if (auto problem =
          read_day(table, columns.from, clock_offset, base::kBeforeTime, entry.when.from)) {
    return problem;
  }
  if (auto problem = read_day(table, columns.to, clock_offset, base::kAfterTime, entry.when.to)) {
    return problem;
  }
  if (entry.when.to <= entry.when.from) {
    return RowProblem{columns.to, "it ends before it starts; `to` is the first day after"};
  }
  entry.source = table.field(columns.source);
  entry.note = table.field(columns.note);
  entry.line = table.line();
  return std::nullopt;
}

// An instant is a range whose ends are equal.
bool do_overlap(base::TimeRange entry, base::TimeRange when) {
  if (when.from == when.to) {
    return entry.from <= when.from && when.from < entry.to;
  }
  return entry.from < when.to && when.from < entry.to;
}

}  // namespace

base::Result<ActorBook> ActorBook::read(std::string_view file_name, std::string_view text,
                                        base::Duration clock_offset) {
  auto table = Table::open(file_name, text);
  if (!table) {
    return table.error();
  }
  if (!table->has_all({"name", "actor", "relation"})) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: an actor file has the columns name, actor, relation, from, "
                                   "to, source and note",
                                   file_name)};
  }
  const Columns columns = {table->column("name"), table->column("actor"), table->column("relation"),
                           table->column("from"), table->column("to"),    table->column("source"),
                           table->column("note")};
  ActorBook book;
  while (table->next()) {
    Entry entry;
    std::optional<RowProblem> problem = table->problem();
    if (!problem) {
      problem = read_entry(*table, columns, clock_offset, entry);
    }
    if (problem) {
      return table->to_error(*problem);
    }
    book.by_name_[fold_name(entry.name)].push_back(book.entries_.size());
    book.entries_.push_back(std::move(entry));
  }
  return book;
}

std::optional<NameSet> ActorBook::look_up(std::string_view name, base::TimeRange when) const {
  const auto found = by_name_.find(fold_name(name));
  if (found == by_name_.end()) {
    return std::nullopt;
  }
  std::optional<NameSet> all;
  for (const std::size_t index : found->second) {
    const Entry& entry = entries_[index];
    if (!do_overlap(entry.when, when)) {
      continue;
    }
    if (entry.actors.is_unknown()) {
      return NameSet{};
    }
    if (!all || *all == entry.actors) {
      all = entry.actors;
      continue;
    }
    // One entry or the other holds, so no more is certain than one of all.
    all->joining = NameSet::Joining::OneOf;
    for (const std::string& actor : entry.actors.names) {
      if (std::find(all->names.begin(), all->names.end(), actor) == all->names.end()) {
        all->names.push_back(actor);
      }
    }
  }
  return all;
}

}  // namespace truce::incidents
