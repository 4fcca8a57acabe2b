// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/blocks.h"

#include <algorithm>

#include "truce/report/clause_text.h"
#include "truce/report/phrases.h"
#include "truce/report/story.h"

namespace truce::document::internal {
namespace {

std::size_t at(report::Mark mark) { return static_cast<std::size_t>(mark); }

void add_pair(HtmlWriter& html, std::string_view name, std::string_view value) {
  html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
}

// What a clause rules stands first; its particulars and its notes are set apart below.
void add_clause_text(HtmlWriter& html, const agreement::Clause& clause) {
  const report::ClauseText text = report::clause_text(clause);
  element(html, "<p class=\"clause-text\" dir=\"auto\">", text.rule, "</p>");
  std::string particulars;
  for (const std::string& particular : text.particulars) {
    particulars += (particulars.empty() ? "" : "; ") + particular;
  }
  if (!particulars.empty()) {
    element(html, "<p class=\"particulars\" dir=\"auto\">", particulars, "</p>");
  }
  for (const std::string& note : text.notes) {
    element(html, "<p class=\"clause-note\" dir=\"auto\">", note, "</p>");
  }
}

std::string_view outcome_key(facts::Outcome outcome) { return facts::to_text(outcome); }

}  // namespace

// The symbol of a verdict: its shape stands in the template as a symbol of that name.
HtmlWriter& symbol(HtmlWriter& html, std::string_view key) {
  return html.raw("<svg class=\"symbol ")
      .text(key)
      .raw(
          "\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\"><use x=\"-8\" y=\"-8\" width=\"16\" "
          "height=\"16\" href=\"#shape-")
      .text(key)
      .raw("\"/></svg>");
}

void add_number(HtmlWriter& html, std::string_view key, std::string_view label,
                std::uint64_t number) {
  html.raw("<td class=\"number\" data-label=\"").text(label).raw("\">");
  if (number == 0) {
    html.raw("<span class=\"zero\">0</span>");
  } else {
    symbol(html, key).text(report::grouped(number));
  }
  html.raw("</td>");
}

HtmlWriter Blocks::scope() const {
  const base::Duration offset = record_.agreement.clock.offset;
  HtmlWriter html;
  if (!overview_.incidents.empty()) {
    add_pair(html, words_("scope.period"),
             report::days_text(overview_.days.front().date, overview_.days.back().date));
  }
  add_pair(html, words_("scope.known"),
           record_.as_known_at ? instant_text(words_, *record_.as_known_at, offset)
                               : words_("scope.known_all"));
  add_pair(html, words_("scope.according"),
           record_.according_to.empty() ? words_("scope.according_all") : record_.according_to);
  const agreement::Clock& clock = record_.agreement.clock;
  const std::string iso = base::to_iso(base::Instant{}, offset);
  const std::string zone = offset.seconds == 0 ? std::string("UTC") : "UTC" + iso.substr(19);
  add_pair(html, words_("scope.clock"), clock.name.empty() ? zone : clock.name + " (" + zone + ")");
  return html;
}

HtmlWriter Blocks::story() const {
  HtmlWriter html;
  for (const report::StoryPart& part : story_of(words_, record_, overview_)) {
    html.raw("<div class=\"part ").text(part.key).raw("\"><dt>");
    if (words_.has("mark." + part.key)) {
      symbol(html, part.key);
    }
    html.text(words_("story.title." + part.key)).raw("</dt><dd><p>");
    write(html, part.text);
    html.raw("</p>");
    if (!part.points.empty()) {
      html.raw("<ul>");
      for (const RichText& point : part.points) {
        html.raw("<li>");
        write(html, point);
        html.raw("</li>");
      }
      html.raw("</ul>");
    }
    html.raw("</dd></div>");
  }
  return html;
}

HtmlWriter Blocks::figures() const {
  HtmlWriter html;
  for (const report::Mark mark : report::kMarks) {
    const std::string_view key = to_key(mark);
    html.raw("<li><a class=\"figure\" href=\"#")
        .text(report::choice_link({{"verdict", key}}))
        .raw("\">");
    symbol(html, key)
        .raw("<span class=\"amount\">")
        .text(report::grouped(overview_.counts[at(mark)]))
        .raw("</span><span class=\"name\">")
        .text(words_("mark." + std::string(key)))
        .raw("</span><span class=\"meaning\">")
        .text(words_("mark." + std::string(key) + ".meaning"))
        .raw("</span></a></li>");
  }
  return html;
}

void Blocks::add_day(HtmlWriter& html, const DayStory& day) const {
  html.raw(day.is_quiet ? Markup("<article class=\"day quiet\"><h3>")
                        : Markup("<article class=\"day\"><h3>"));
  html.text(report::days_text(day.first, day.last)).raw("</h3><div>");
  if (!day.events.empty()) {
    html.raw("<p class=\"events\">");
    write(html, paragraph(day.events));
    html.raw("</p>");
  }
  if (!day.incidents.empty()) {
    html.raw("<ul>");
    for (const report::DayIncident& incident : day.incidents) {
      html.raw("<li class=\"").text(to_key(incident.mark)).raw("\">");
      symbol(html, to_key(incident.mark)).raw("<p>");
      write(html, incident.text);
      html.raw("</p></li>");
    }
    html.raw("</ul>");
  }
  if (!day.rest.empty()) {
    html.raw("<p class=\"rest\">");
    write(html, day.rest);
    html.raw("</p>");
  }
  html.raw("</div></article>");
}

HtmlWriter Blocks::days() const {
  HtmlWriter html;
  for (const DayStory& day : days_of(words_, record_, overview_)) {
    add_day(html, day);
  }
  return html;
}

void Blocks::add_force(HtmlWriter& html, const monitor::ForceHistory& force) const {
  html.raw("<p class=\"force\">").text(force_text(words_, record_, force)).raw("</p>");
  if (force.changes.empty()) {
    return;
  }
  html.raw("<ul class=\"changes\">");
  for (const monitor::ForceHistory::Change& change : force.changes) {
    html.raw(change.new_end ? Markup("<li>") : Markup("<li class=\"no-effect\">"));
    html.raw("<span class=\"when\">")
        .text(instant_text(words_, change.at, record_.agreement.clock.offset))
        .raw("</span> ")
        .text(change_text(words_, record_, change))
        .raw("</li>");
  }
  html.raw("</ul>");
}

void Blocks::add_clause(HtmlWriter& html, std::size_t index) const {
  const agreement::Clause& clause = record_.agreement.clauses[index];
  const facts::ClauseCount& count = record_.replay.verdicts.counts[index];
  html.raw("<tr><th scope=\"row\"><span class=\"clause\">")
      .text(clause.number)
      .raw("</span></th><td class=\"text\">");
  add_clause_text(html, clause);
  for (const monitor::ForceHistory& force : record_.replay.force) {
    if (force.clause.index == index) {
      add_force(html, force);
    }
  }
  if (count.broken_by_one_of > 0) {
    html.raw("<p class=\"one-of\">")
        .text(words_.count("clauses.one_of", count.broken_by_one_of))
        .raw("</p>");
  }
  html.raw("</td>");
  add_number(html, "broken", words_("outcome.broken"), count.broken);
  add_number(html, "contested", words_("outcome.contested"), count.contested);
  add_number(html, "unknown", words_("outcome.unknown"), count.unknown);
  add_number(html, "kept", words_("outcome.kept"), count.kept);
  html.raw("</tr>");
}

HtmlWriter Blocks::clauses() const {
  HtmlWriter html;
  html.raw("<table class=\"clauses\"><thead><tr><th scope=\"col\">")
      .text(words_("clauses.number"))
      .raw("</th><th scope=\"col\">")
      .text(words_("clauses.text"))
      .raw("</th>");
  for (const std::string_view key : {"broken", "contested", "unknown", "kept"}) {
    html.raw("<th scope=\"col\" class=\"number\">")
        .text(words_("outcome." + std::string(key)))
        .raw("</th>");
  }
  html.raw("</tr></thead><tbody>");
  const std::size_t count =
      std::min(record_.agreement.clauses.size(), record_.replay.verdicts.counts.size());
  for (std::size_t index = 0; index < count; ++index) {
    if (record_.agreement.clauses[index].is_shown) {
      add_clause(html, index);
    }
  }
  html.raw("</tbody></table>");
  if (record_.replay.not_shown > 0) {
    element(html, "<p>", words_.count("notes.not_shown", record_.replay.not_shown), "</p>");
  }
  return html;
}

HtmlWriter Blocks::duties() const {
  HtmlWriter html;
  const std::vector<report::DutyView> duties = duties_of(words_, record_, overview_);
  if (duties.empty()) {
    return html;
  }
  html.raw("<table class=\"duties\"><thead><tr>");
  for (const std::string_view key :
       {"clauses.number", "duties.bearer", "duties.state", "duties.due", "duties.because"}) {
    element(html, "<th scope=\"col\">", words_(key), "</th>");
  }
  html.raw("</tr></thead><tbody>");
  for (const report::DutyView& duty : duties) {
    html.raw("<tr><th scope=\"row\"><span class=\"clause\">").text(duty.clause);
    html.raw("</span></th><td>").text(duty.bearer).raw("</td><td><span class=\"badge ");
    html.text(outcome_key(duty.outcome)).raw("\">");
    symbol(html, outcome_key(duty.outcome));
    html.text(words_("outcome." + std::string(outcome_key(duty.outcome)))).raw("</span></td><td>");
    html.text(duty.due).raw("</td><td class=\"sentence\">").text(duty.because);
    if (!duty.awaited.empty()) {
      html.raw("<br>").text(duty.awaited);
    }
    html.raw("</td></tr>");
  }
  html.raw("</tbody></table>");
  return html;
}

}  // namespace truce::document::internal
