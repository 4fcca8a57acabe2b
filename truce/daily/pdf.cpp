// SPDX-License-Identifier: Apache-2.0
#include "truce/daily/pdf.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "truce/base/check.h"
#include "truce/daily/internal/embedded.h"
#include "truce/daily/internal/sheet.h"
#include "truce/report/words.h"

namespace truce::daily {
namespace {

using internal::Cell;
using internal::Mark;
using internal::Row;
using internal::Sheet;
using internal::Table;
using internal::TextStyle;

constexpr std::array<std::pair<std::string_view, const std::string_view*>, 4> kLanguages = {
    {{"ar", &internal::kWordsArabic},
     {"en", &internal::kWordsEnglish},
     {"fr", &internal::kWordsFrench},
     {"ru", &internal::kWordsRussian}}};

// A word of another direction keeps its own and disturbs nothing beside it.
std::string isolated(const std::string& text) {
  return text.empty() ? text : "\u2068" + text + "\u2069";
}

class Writer {
 public:
  Writer(const Report& report, std::string_view language, const Names& names, Sheet& sheet)
      : report_(report), words_(internal::words_of(language)), names_(names), sheet_(sheet) {}

  void write() {
    write_head();
    write_figures();
    write_sides();
    write_changes();
    write_annex();
    write_method();
  }

  [[nodiscard]] std::string footer(std::size_t page, std::size_t pages) const {
    return fmt::format(
        "{} · {} · {}", isolated(names_(report_.title)), isolated(day_text()),
        words_.fill("page", {{"page", std::to_string(page)}, {"pages", std::to_string(pages)}}));
  }

  [[nodiscard]] std::string title() const {
    return fmt::format("{}: {}", words_("title"), day_text());
  }

 private:
  // The day on which most of the period lies.
  [[nodiscard]] std::string day_text() const {
    return date_text(base::date_of(base::Instant{report_.period.to.seconds - 1}, report_.offset));
  }
  [[nodiscard]] std::string date_text(base::Date date) const {
    return words_.fill("day", {{"day", std::to_string(date.day)},
                               {"month", words_("month." + std::to_string(date.month))},
                               {"year", std::to_string(date.year)}});
  }
  [[nodiscard]] std::string time_text(base::Instant at) const {
    if (at <= base::kBeforeTime || at >= base::kAfterTime) {
      return words_("unknown");
    }
    const base::Date date = base::date_of(at, report_.offset);
    const std::int64_t second = (at - base::start_of(date)).seconds + report_.offset.seconds;
    return words_.fill("day_time",
                       {{"day", std::to_string(date.day)},
                        {"month", words_("month." + std::to_string(date.month))},
                        {"year", std::to_string(date.year)},
                        {"time", fmt::format("{:02}:{:02}", second / 3600, second / 60 % 60)}});
  }
  [[nodiscard]] bool is_midnight(base::Instant at) const {
    return at == base::start_of(base::date_of(at, report_.offset)) - report_.offset;
  }
  // Whole days of the agreement's clock are their dates.
  [[nodiscard]] std::string when_text(base::TimeRange when) const {
    if (when.from < when.to && is_midnight(when.from) && is_midnight(when.to)) {
      const base::Date first = base::date_of(when.from, report_.offset);
      const base::Date last = base::date_of(base::Instant{when.to.seconds - 1}, report_.offset);
      return first == last ? date_text(first)
                           : isolated(date_text(first)) + " – " + isolated(date_text(last));
    }
    if (when.from == when.to) {
      return time_text(when.from);
    }
    return isolated(time_text(when.from)) + " – " + isolated(time_text(when.to));
  }
  [[nodiscard]] std::string joined(const std::vector<std::string>& items,
                                   std::string_view key) const {
    std::string text;
    for (const std::string& item : items) {
      text = text.empty() ? item : words_.fill(key, {{"a", text}, {"b", item}});
    }
    return text;
  }
  [[nodiscard]] std::string name(const std::string& text) const { return isolated(names_(text)); }
  [[nodiscard]] std::string names_text(const incidents::NameSet& set) const {
    std::vector<std::string> items;
    for (const std::string& one : set.names) {
      items.push_back(name(one));
    }
    const bool is_all = set.joining == incidents::NameSet::Joining::AllOf;
    return joined(items, is_all ? "list.and" : "list.or");
  }
  [[nodiscard]] std::string side_text(const Side& side) const {
    std::vector<std::string> items;
    for (const std::string& one : side.names) {
      items.push_back(name(one));
    }
    return items.empty() ? words_("sides.nobody")
                         : joined(items, side.is_either ? "list.or" : "list.and");
  }
  [[nodiscard]] std::string outcome_text(std::optional<facts::Outcome> outcome) const {
    return words_(outcome ? "outcome." + std::string(facts::to_text(*outcome)) : "outcome.none");
  }
  static Mark mark_of(facts::Outcome outcome) {
    switch (outcome) {
      case facts::Outcome::Broken:
        return Mark::Broken;
      case facts::Outcome::Contested:
        return Mark::Contested;
      case facts::Outcome::Unknown:
        return Mark::Unknown;
      case facts::Outcome::Kept:
      case facts::Outcome::Pending:
      case facts::Outcome::Lapsed:
        return Mark::Kept;
    }
    return Mark::None;
  }
  static Mark mark_of(const Figures& figures) {
    return figures.broken > 0      ? Mark::Broken
           : figures.contested > 0 ? Mark::Contested
           : figures.unknown > 0   ? Mark::Unknown
                                   : Mark::Kept;
  }

  void write_head() {
    sheet_.text(TextStyle::Title, title());
    sheet_.text(TextStyle::Lead, names_(report_.title));
    sheet_.text(TextStyle::Body,
                words_.fill("scope.period", {{"from", isolated(time_text(report_.period.from))},
                                             {"until", isolated(time_text(report_.period.to))}}));
    sheet_.text(
        TextStyle::Small,
        words_.fill("scope.clock", {{"clock", name(report_.clock)}}) + "  ·  " +
            words_.fill("scope.known", {{"until", isolated(time_text(report_.period.to))}}));
    if (!report_.corrects.empty()) {
      sheet_.text(TextStyle::Body,
                  words_.fill("scope.corrects", {{"hash", isolated(report_.corrects)}}));
    }
    sheet_.text(TextStyle::Heading, words_("hold.title"));
    const Figures& day = report_.day;
    const bool is_quiet = day.broken + day.contested + day.unknown == 0;
    if (is_quiet && !report_.is_in_force) {
      sheet_.text(TextStyle::Lead, words_("hold.off"));
    } else {
      const std::string_view key = day.broken > 0      ? "hold.broken"
                                   : day.contested > 0 ? "hold.contested"
                                   : day.unknown > 0   ? "hold.unknown"
                                                       : "hold.kept";
      sheet_.text(TextStyle::Lead, words_(key), mark_of(day));
    }
    sheet_.text(TextStyle::Body, words_("hold.silence"));
  }

  Row figure(std::string_view key, std::uint64_t day, std::uint64_t before, Mark mark) const {
    const std::string change = day == before  ? "0"
                               : day > before ? "+" + std::to_string(day - before)
                                              : "–" + std::to_string(before - day);
    return {.cells = {{.text = words_(key), .mark = mark},
                      {.text = std::to_string(day), .is_strong = true},
                      {.text = std::to_string(before)},
                      {.text = isolated(change)}}};
  }

  void write_figures() {
    sheet_.text(TextStyle::Heading, words_("figures.title"));
    const Figures& day = report_.day;
    const Figures& before = report_.before;
    sheet_.table(
        {.widths = {0.4, 0.2, 0.2, 0.2},
         .header = {words_("figures.what"), words_("figures.day"), words_("figures.before"),
                    words_("figures.change")},
         .rows = {
             figure("figures.broken", day.broken, before.broken, Mark::Broken),
             figure("figures.contested", day.contested, before.contested, Mark::Contested),
             figure("figures.unknown", day.unknown, before.unknown, Mark::Unknown),
             figure("figures.kept", day.kept, before.kept, Mark::Kept),
             figure("figures.incidents", report_.incidents, report_.incidents_before, Mark::None),
             figure("figures.accounts", report_.accounts, report_.accounts_before, Mark::None)}});
    sheet_.text(TextStyle::Small, words_("figures.note"));
  }

  [[nodiscard]] std::string watched_text(const SideRow& row) const {
    if (!row.watched || *row.watched == 0) {
      return words_("sides.watched_none");
    }
    // Less than all is never rounded up to all, nor more than nothing down to nothing.
    const std::int64_t percent =
        *row.watched == 1000 ? 100 : std::clamp<std::int64_t>((*row.watched + 5) / 10, 1, 99);
    return words_.fill(row.is_watched_in_part ? "sides.watched_part" : "sides.watched_all",
                       {{"n", std::to_string(percent)}});
  }

  void write_sides() {
    sheet_.text(TextStyle::Heading, words_("sides.title"));
    Table table{.widths = {0.11, 0.25, 0.12, 0.11, 0.12, 0.12, 0.17},
                .header = {words_("sides.clause"), words_("sides.side"), words_("sides.force"),
                           words_("figures.broken"), words_("figures.contested"),
                           words_("figures.unknown"), words_("sides.watched")},
                .rows = {}};
    const auto pair = [](std::uint64_t day, std::uint64_t before) {
      return Cell{.text = isolated(fmt::format("{} ({})", day, before)), .is_strong = day > 0};
    };
    for (const SideRow& row : report_.sides) {
      const std::string_view force = row.in_force == InForce::Yes    ? "force.yes"
                                     : row.in_force == InForce::Part ? "force.part"
                                                                     : "force.no";
      table.rows.push_back({.cells = {{.text = isolated(row.clause), .mark = mark_of(row.day)},
                                      {.text = side_text(row.side)},
                                      {.text = words_(force)},
                                      pair(row.day.broken, row.before.broken),
                                      pair(row.day.contested, row.before.contested),
                                      pair(row.day.unknown, row.before.unknown),
                                      {.text = watched_text(row)}}});
    }
    sheet_.table(table);
    sheet_.text(TextStyle::Small, words_("sides.note"));
  }

  [[nodiscard]] std::string notice_title(const Notice& notice) const {
    const std::string when = isolated(when_text(notice.when));
    const std::string incident = isolated(notice.incident);
    switch (notice.what) {
      case Notice::What::Late:
        return words_.fill("notice.late", {{"incident", incident}});
      case Notice::What::Corrected:
        return words_.fill("notice.corrected", {{"incident", incident}, {"who", name(notice.who)}});
      case Notice::What::Withdrawn:
        return words_.fill("notice.withdrawn", {{"incident", incident}, {"who", name(notice.who)}});
      case Notice::What::Verdict:
        return notice.incident.empty() ? words_.fill("notice.duty", {{"when", when}})
                                       : words_.fill("notice.verdict", {{"incident", incident}});
    }
    return {};
  }

  [[nodiscard]] std::string notice_detail(const Notice& notice) const {
    if (notice.what == Notice::What::Late) {
      return when_text(notice.when);
    }
    if (notice.what == Notice::What::Verdict) {
      return words_.fill("notice.was",
                         {{"was", outcome_text(notice.was)}, {"is", outcome_text(notice.is)}});
    }
    std::vector<std::string> changes;
    for (const FieldChange& change : notice.fields) {
      const std::string was = change.was.empty() ? words_("unknown") : name(change.was);
      const std::string is = change.is.empty() ? words_("unknown") : name(change.is);
      changes.push_back(words_.fill(
          "notice.field", {{"field", words_("field." + change.field)}, {"was", was}, {"is", is}}));
    }
    return joined(changes, "list.comma");
  }

  void write_changes() {
    sheet_.text(TextStyle::Heading, words_("changed.title"));
    for (const ForceNotice& notice : report_.force) {
      const std::string_view key = notice.what == ForceNotice::What::Renewed ? "change.renewed"
                                   : notice.what == ForceNotice::What::Ended ? "change.ended"
                                                                             : "change.none";
      const std::string change = words_.fill(key, {{"until", isolated(time_text(notice.until))}});
      sheet_.text(TextStyle::Body, words_.fill("changed.act", {{"clause", isolated(notice.clause)},
                                                               {"change", change}}));
    }
    if (report_.notices.empty()) {
      sheet_.text(TextStyle::Body, words_("changed.none"));
      return;
    }
    Table table{.widths = {0.41, 0.21, 0.38},
                .header = {words_("changed.what"), words_("changed.where"), words_("changed.how")},
                .rows = {}};
    for (const Notice& notice : report_.notices) {
      const std::string where = notice.clause.empty()
                                    ? std::string()
                                    : isolated(notice.clause) + " " + side_text(notice.side);
      table.rows.push_back({.cells = {{.text = notice_title(notice)},
                                      {.text = where},
                                      {.text = notice_detail(notice),
                                       .mark = notice.is ? mark_of(*notice.is) : Mark::None}}});
    }
    sheet_.table(table);
  }

  [[nodiscard]] std::string account_text(const AccountLine& line) const {
    std::vector<std::string> parts = {line.actors.is_unknown() ? words_("unknown")
                                                               : names_text(line.actors)};
    for (const incidents::NameSet* set : {&line.kinds, &line.targets, &line.weapons}) {
      if (!set->is_unknown()) {
        parts.push_back(names_text(*set));
      }
    }
    std::string text;
    for (const std::string& part : parts) {
      text += text.empty() ? part : " · " + part;
    }
    return text;
  }

  void add_entry(const IncidentEntry& entry, Table& table) const {
    std::string band = isolated(when_text(entry.when));
    band += entry.place.empty() ? "" : "  ·  " + name(entry.place);
    band += "  ·  " + isolated(entry.id);
    table.rows.push_back({.cells = {{.text = band, .is_strong = true}}, .is_band = true});
    for (const AccountLine& line : entry.accounts) {
      table.rows.push_back({.cells = {{.text = name(line.who)},
                                      {.text = account_text(line)},
                                      {.text = isolated(line.deaths)},
                                      {.text = isolated(line.source)}}});
    }
    std::vector<std::string> verdicts;
    Figures figures;
    for (const VerdictLine& line : entry.verdicts) {
      figures.broken += line.outcome == facts::Outcome::Broken ? 1 : 0;
      figures.contested += line.outcome == facts::Outcome::Contested ? 1 : 0;
      figures.unknown += line.outcome == facts::Outcome::Unknown ? 1 : 0;
      verdicts.push_back(words_.fill("annex.verdict", {{"clause", isolated(line.clause)},
                                                       {"side", side_text(line.side)},
                                                       {"outcome", outcome_text(line.outcome)}}));
    }
    const std::string text = entry.is_act       ? words_("annex.act")
                             : verdicts.empty() ? words_("annex.no_verdict")
                                                : joined(verdicts, "list.comma");
    table.rows.push_back(
        {.cells = {{.text =
                        entry.is_act ? text : words_.fill("annex.verdicts", {{"verdicts", text}}),
                    .mark = entry.is_act ? Mark::None : mark_of(figures)}},
         .is_band = true});
  }

  void write_annex() {
    sheet_.text(TextStyle::Heading, words_("annex.title"));
    if (report_.annex.empty()) {
      sheet_.text(TextStyle::Body, words_("annex.none"));
      return;
    }
    Table table{.widths = {0.2, 0.48, 0.1, 0.22},
                .header = {words_("annex.who"), words_("annex.what"), words_("annex.deaths"),
                           words_("annex.source")},
                .rows = {}};
    for (const IncidentEntry& entry : report_.annex) {
      add_entry(entry, table);
    }
    sheet_.table(table);
  }

  void write_method() {
    sheet_.text(TextStyle::Heading, words_("method.title"));
    sheet_.text(TextStyle::Body, words_("method.text"));
    sheet_.text(TextStyle::Small,
                words_.fill("record.rows", {{"rows", std::to_string(report_.rows)},
                                            {"skipped", std::to_string(report_.skipped)}}));
    sheet_.text(TextStyle::Small,
                words_.fill("record.digest", {{"digest", isolated(report_.digest)}}));
  }

  const Report& report_;
  report::Words words_;
  const Names& names_;
  Sheet& sheet_;
};

}  // namespace

namespace internal {

std::string_view words_of(std::string_view language) {
  for (const auto& [code, words] : kLanguages) {
    if (code == language) {
      return *words;
    }
  }
  return {};
}

}  // namespace internal

std::vector<std::string> languages() {
  std::vector<std::string> codes;
  for (const auto& [code, words] : kLanguages) {
    codes.emplace_back(code);
  }
  return codes;
}

bool is_language(std::string_view code) { return !internal::words_of(code).empty(); }

base::Result<std::string> to_pdf(const Report& report, std::string_view language,
                                 const Names& names) {
  TRUCE_CHECK(is_language(language), "the language of a report is one of languages()");
  auto sheet = Sheet::begin({.is_right_to_left = language == "ar",
                             .language = std::string(language),
                             .title = names(report.title),
                             .made_at = report.period.to});
  if (!sheet) {
    return sheet.error();
  }
  Writer writer(report, language, names, *sheet);
  writer.write();
  return sheet->finish(
      [&](std::size_t page, std::size_t pages) { return writer.footer(page, pages); });
}

}  // namespace truce::daily
