// SPDX-License-Identifier: Apache-2.0
// What the record as a whole gives: compliance, clocks, ledgers, notes.
#include <algorithm>

#include "truce/document/internal/blocks.h"
#include "truce/report/compliance.h"
#include "truce/report/notes.h"
#include "truce/report/phrases.h"
#include "truce/report/story.h"

namespace truce::document::internal {
namespace {

// A list of resets or claims holds so many; the drawing and the counts hold all.
constexpr std::size_t kMostListed = 200;
// So few claims are shown at once.
constexpr std::size_t kClaimsOpen = 10;

void open_table(HtmlWriter& html, const Words& words, Markup open,
                std::initializer_list<std::string_view> names,
                std::initializer_list<std::string_view> numbers, std::string_view last) {
  html.raw(open).raw("<thead><tr>");
  for (const std::string_view key : names) {
    element(html, "<th scope=\"col\">", words(key), "</th>");
  }
  for (const std::string_view key : numbers) {
    element(html, "<th scope=\"col\" class=\"number\">", words(key), "</th>");
  }
  element(html, "<th scope=\"col\">", words(last), "</th>");
  html.raw("</tr></thead><tbody>");
}

// The name of a group stands once, before its first row.
void add_group(HtmlWriter& html, const std::string& name, const std::string& before) {
  html.raw(name == before ? Markup("<tr><th scope=\"row\" class=\"again\">")
                          : Markup("<tr class=\"first\"><th scope=\"row\">"));
  html.raw("<bdi>").text(name).raw("</bdi></th>");
}

template <typename AnyRecord>
void add_counts(HtmlWriter& html, const Words& words, const AnyRecord& row) {
  add_number(html, "broken", words("outcome.broken"), row.broken);
  add_number(html, "contested", words("outcome.contested"), row.contested);
  add_number(html, "unknown", words("outcome.unknown"), row.unknown);
}

void add_coverage(HtmlWriter& html, const Words& words, const std::string& coverage) {
  html.raw("<td class=\"watched\" data-label=\"").text(words("compliance.watched")).raw("\">");
  html.text(coverage).raw("</td></tr>");
}

HtmlWriter clause_table(const Words& words, const Record& record) {
  HtmlWriter html;
  const std::vector<report::ClauseRecord> rows = clause_records(words, record);
  if (rows.empty()) {
    return html;
  }
  open_table(html, words, "<table class=\"compliance\">", {"compliance.side", "clauses.number"},
             {"outcome.broken", "outcome.contested", "outcome.unknown", "compliance.done"},
             "compliance.watched");
  std::string before;
  for (const report::ClauseRecord& row : rows) {
    if (row.broken + row.contested + row.unknown + row.kept == 0) {
      // Only duties that wait for something.
      continue;
    }
    add_group(html, row.side, before);
    before = row.side;
    html.raw("<td><span class=\"clause\">").text(record.agreement.clause(row.clause).number);
    html.raw("</span></td>");
    add_counts(html, words, row);
    add_number(html, "kept", words("compliance.done"), row.kept);
    add_coverage(html, words, row.coverage);
  }
  return html.raw("</tbody></table>");
}

HtmlWriter area_table(const Words& words, const Record& record, const Overview& overview) {
  HtmlWriter html;
  const std::vector<report::AreaRecord> rows = area_records(words, record, overview);
  if (rows.empty()) {
    return html;
  }
  element(html, "<h3>", words("compliance.areas"), "</h3>");
  element(html, "<p class=\"help\">", words("compliance.areas_help"), "</p>");
  open_table(html, words, "<table class=\"compliance areas\">",
             {"compliance.area", "compliance.side"},
             {"outcome.broken", "outcome.contested", "outcome.unknown", "compliance.perhaps"},
             "compliance.watched");
  std::string before;
  for (const report::AreaRecord& row : rows) {
    const std::string& area = record.agreement.place(row.area).name;
    add_group(html, area, before);
    before = area;
    html.raw("<td><bdi>").text(row.side).raw("</bdi></td>");
    add_counts(html, words, row);
    add_number(html, "unknown", words("compliance.perhaps"), row.perhaps);
    add_coverage(html, words, row.coverage);
  }
  return html.raw("</tbody></table>");
}

}  // namespace

HtmlWriter Blocks::compliance() const {
  HtmlWriter html = clause_table(words_, record_);
  return html.empty() ? html : html.add(area_table(words_, record_, overview_));
}

void Blocks::add_clock(HtmlWriter& html, const ClockView& clock) const {
  html.raw("<li><div><h3>").text(list_text(words_, clock.accounts));
  html.raw("</h3><p class=\"state\">").text(clock.state).raw("</p></div><div class=\"course\">");
  html.add(clock_drawing(words_, record_, clock));
  const base::Duration offset = record_.agreement.clock.offset;
  html.raw("<p class=\"scale\" aria-hidden=\"true\"><span>");
  html.text(base::to_words(base::date_of(clock.start, offset))).raw("</span><span>");
  html.text(base::to_words(base::date_of(clock.now, offset))).raw("</span></p>");
  if (const RichText course = course_text(words_, record_, clock); !course.empty()) {
    html.raw("<p>");
    write(html, course);
    html.raw("</p>");
  }
  element(html, "<p>", clock.ends, "</p>");
  if (!clock.resets.empty()) {
    html.raw("<details><summary>").text(words_.count("clock.resets", clock.resets.size()));
    html.raw("</summary><ul class=\"resets\">");
    for (std::size_t index = 0; index < std::min(clock.resets.size(), kMostListed); ++index) {
      html.raw("<li>");
      write(html, reset_text(words_, record_, clock.resets[index]));
      html.raw("</li>");
    }
    if (clock.resets.size() > kMostListed) {
      element(html, "<li>", words_.count("clock.more_resets", clock.resets.size() - kMostListed),
              "</li>");
    }
    html.raw("</ul></details>");
  }
  html.raw("</div></li>");
}

HtmlWriter Blocks::clocks() const {
  HtmlWriter html;
  const std::vector<ClockView> clocks = clocks_of(words_, record_);
  if (clocks.empty()) {
    return html;
  }
  html.raw("<p class=\"summary\">");
  write(html, paragraph(streaks_summary(words_, clocks)));
  html.raw("</p>");
  add_clocks(html, clocks, true);
  add_clocks(html, clocks, false);
  return html;
}

// Those with a certain reset are shown; the others, which only may have been set back, are folded.
void Blocks::add_clocks(HtmlWriter& html, const std::vector<ClockView>& clocks,
                        bool are_certain) const {
  HtmlWriter list;
  std::uint64_t accounts = 0;
  std::string before;
  for (const ClockView& clock : clocks) {
    if ((clock.certain_resets() > 0) != are_certain) {
      continue;
    }
    if (clock.name != before) {
      list.raw(before.empty() ? Markup("") : Markup("</ul>"));
      before = clock.name;
      list.raw("<ul class=\"clock-rows\" aria-label=\"").text(clock.name).raw("\">");
    }
    add_clock(list, clock);
    accounts += clock.accounts.size();
  }
  if (list.empty()) {
    return;
  }
  list.raw("</ul>");
  if (are_certain) {
    html.add(list);
    return;
  }
  html.raw("<details class=\"rest\"><summary>").text(words_.count("clock.unsure", accounts));
  html.raw("</summary>").add(list).raw("</details>");
}

void Blocks::add_claim(HtmlWriter& html, const Ledger& ledger, std::size_t index) const {
  const report::IncidentView& view = overview_.incidents[ledger.claims[index].index];
  const std::string_view key = to_key(ledger.rulings[index]);
  html.raw("<li class=\"").text(key).raw("\">");
  symbol(html, key).raw("<span>");
  write(html, fill(words_, "ledger.claim",
                   {{"when", report::when_text(view.when, record_.agreement.clock.offset)},
                    {"place", place_link(record_, view)},
                    {"ruling", words_("mark." + std::string(key))}}));
  html.raw("</span></li>");
}

void Blocks::add_ledger(HtmlWriter& html, const Ledger& ledger) const {
  const std::string& speaker = record_.agreement.actor(ledger.speaker).name;
  const std::string& accused = record_.agreement.actor(ledger.accused).name;
  html.raw("<li class=\"card\"><h3>");
  html.text(words_.fill("ledger.title", {{"speaker", speaker}, {"accused", accused}}));
  html.raw("</h3><p class=\"state\">").text(words_.count("ledger.claims", ledger.claims.size()));
  html.raw("</p><p>");
  std::vector<RichText> rulings;
  for (const report::Mark mark : {report::Mark::Broken, report::Mark::Contested,
                                  report::Mark::Unknown, report::Mark::NoClause}) {
    const std::uint64_t number = ledger.counts[static_cast<std::size_t>(mark)];
    if (number > 0) {
      rulings.emplace_back(words_.fill("ledger.ruled." + std::string(to_key(mark)),
                                       {{"n", report::grouped(number)}}));
    }
  }
  write(html, fill(words_, "ledger.record", {{"list", list_of(words_, rulings)}}));
  html.raw("</p>");
  if (ledger.alone > 0) {
    element(html, "<p>", words_.count("ledger.alone", ledger.alone), "</p>");
  }
  if (ledger.denied > 0) {
    element(html, "<p>", words_.count("ledger.denied", ledger.denied), "</p>");
  }
  html.raw(ledger.claims.size() <= kClaimsOpen ? Markup("<details open><summary>")
                                               : Markup("<details><summary>"));
  html.text(words_("ledger.all")).raw("</summary><ul class=\"claims\">");
  for (std::size_t index = 0; index < std::min(ledger.claims.size(), kMostListed); ++index) {
    add_claim(html, ledger, index);
  }
  if (ledger.claims.size() > kMostListed) {
    element(html, "<li>", words_.count("notes.more", ledger.claims.size() - kMostListed), "</li>");
  }
  html.raw("</ul></details></li>");
}

HtmlWriter Blocks::ledgers() const {
  HtmlWriter html;
  for (const Ledger& ledger : ledgers_of(record_, overview_)) {
    add_ledger(html, ledger);
  }
  if (html.empty()) {
    return html;
  }
  HtmlWriter list;
  return list.raw("<ul class=\"cards\">").add(html).raw("</ul>");
}

HtmlWriter Blocks::notes() const {
  HtmlWriter html;
  for (const report::Note& note : data_notes(words_, record_, overview_)) {
    html.raw("<section class=\"note\"><h3>").text(note.title).raw("</h3><ul>");
    for (const RichText& line : note.lines) {
      html.raw("<li dir=\"auto\">");
      write(html, line);
      html.raw("</li>");
    }
    html.raw("</ul></section>");
  }
  return html;
}

}  // namespace truce::document::internal
