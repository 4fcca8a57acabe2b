// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/blocks.h"

#include <algorithm>

#include "truce/document/internal/phrases.h"

namespace truce::document::internal {
namespace {

std::size_t at(Mark mark) { return static_cast<std::size_t>(mark); }

void add_pair(HtmlWriter& html, std::string_view name, std::string_view value) {
  html.raw("<div><dt>").text(name).raw("</dt><dd>").text(value).raw("</dd></div>");
}

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
    symbol(html, key).text(grouped(number));
  }
  html.raw("</td>");
}

// The parts of a clause between its semicolons, quoted text left whole.
std::vector<std::string_view> parts_of(std::string_view text) {
  std::vector<std::string_view> parts;
  bool is_quoted = false;
  std::size_t begin = 0;
  for (std::size_t index = 0; index < text.size(); ++index) {
    is_quoted = is_quoted != (text[index] == '"');
    if (text[index] == ';' && !is_quoted) {
      parts.push_back(text.substr(begin, index + 1 - begin));
      begin = std::min(text.find_first_not_of(' ', index + 1), text.size());
    }
  }
  if (begin < text.size()) {
    parts.push_back(text.substr(begin));
  }
  return parts;
}

std::string_view between_quotes(std::string_view text) {
  const std::size_t open = text.find('"');
  const std::size_t close = text.rfind('"');
  return open == close ? text : text.substr(open + 1, close - open - 1);
}

// What a clause rules stands first; its particulars and its notes are set apart below.
void add_clause_text(HtmlWriter& html, const agreement::Clause& clause) {
  std::string_view text = clause.text;
  if (text.starts_with(clause.number + " ")) {
    text.remove_prefix(clause.number.size() + 1);
  }
  const std::vector<std::string_view> parts = parts_of(text);
  HtmlWriter particulars;
  HtmlWriter notes;
  for (std::size_t index = 1; index < parts.size(); ++index) {
    if (parts[index].starts_with("note ")) {
      element(notes, "<p class=\"clause-note\" dir=\"auto\">", between_quotes(parts[index]),
              "</p>");
    } else {
      particulars.text(parts[index]).raw(" ");
    }
  }
  if (!parts.empty()) {
    element(html, "<p class=\"clause-text\" dir=\"auto\">", parts[0], "</p>");
  }
  if (!particulars.empty()) {
    html.raw("<p class=\"particulars\" dir=\"auto\">").add(particulars).raw("</p>");
  }
  html.add(notes);
}

std::string_view outcome_key(facts::Outcome outcome) { return facts::to_text(outcome); }

}  // namespace

HtmlWriter Blocks::scope() const {
  const base::Duration offset = record_.agreement.clock.offset;
  HtmlWriter html;
  if (!overview_.incidents.empty()) {
    add_pair(html, words_("scope.period"),
             days_text(overview_.days.front().date, overview_.days.back().date));
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

HtmlWriter Blocks::lead_text() const {
  HtmlWriter html;
  bool is_first = true;
  for (const std::string& sentence : lead(words_, record_, overview_)) {
    html.raw(is_first ? Markup("<p class=\"first\">") : Markup("<p>")).text(sentence).raw("</p>");
    is_first = false;
  }
  return html;
}

HtmlWriter Blocks::figures() const {
  HtmlWriter html;
  for (const Mark mark : kMarks) {
    const std::string_view key = to_key(mark);
    html.raw("<li><button type=\"button\" class=\"figure\" aria-pressed=\"true\" data-mark=\"")
        .text(key)
        .raw("\">");
    symbol(html, key)
        .raw("<span class=\"amount\">")
        .text(grouped(overview_.counts[at(mark)]))
        .raw("</span><span class=\"name\">")
        .text(words_("mark." + std::string(key)))
        .raw("</span><span class=\"meaning\">")
        .text(words_("mark." + std::string(key) + ".meaning"))
        .raw("</span></button></li>");
  }
  return html;
}

void Blocks::add_day(HtmlWriter& html, const DayView& day) const {
  html.raw("<tr><th scope=\"row\"><a class=\"day\" href=\"#incidents\" data-day=\"")
      .text(base::to_iso(day.date))
      .raw("\">")
      .text(base::to_words(day.date))
      .raw("</a></th>");
  for (const Mark mark : {Mark::Broken, Mark::Contested, Mark::Unknown, Mark::NoClause}) {
    add_number(html, to_key(mark), words_("mark." + std::string(to_key(mark))),
               day.counts[at(mark)]);
  }
  html.raw("<td class=\"sentence\">")
      .text(day_text(words_, record_, overview_, day))
      .raw("</td></tr>");
}

HtmlWriter Blocks::days() const {
  HtmlWriter head;
  head.raw("<thead><tr><th scope=\"col\">").text(words_("days.day")).raw("</th>");
  for (const Mark mark : {Mark::Broken, Mark::Contested, Mark::Unknown, Mark::NoClause}) {
    head.raw("<th scope=\"col\" class=\"number\">")
        .text(words_("mark." + std::string(to_key(mark))))
        .raw("</th>");
  }
  head.raw("<th scope=\"col\">").text(words_("days.sentence")).raw("</th></tr></thead>");
  HtmlWriter inside;
  HtmlWriter outside;
  std::uint64_t outside_count = 0;
  for (const DayView& day : overview_.days) {
    const bool has_verdict = day.counts[at(Mark::Broken)] + day.counts[at(Mark::Contested)] +
                                 day.counts[at(Mark::Unknown)] >
                             0;
    if (day.is_in_force || has_verdict) {
      add_day(inside, day);
    } else {
      add_day(outside, day);
      ++outside_count;
    }
  }
  HtmlWriter html;
  if (!inside.empty()) {
    html.raw("<table class=\"days\">").add(head).raw("<tbody>").add(inside).raw("</tbody></table>");
  }
  if (!outside.empty()) {
    html.raw("<details class=\"outside\"><summary>")
        .text(words_.count("days.outside", outside_count))
        .raw("</summary><table class=\"days\">")
        .add(head)
        .raw("<tbody>")
        .add(outside)
        .raw("</tbody></table></details>");
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
    add_clause(html, index);
  }
  html.raw("</tbody></table>");
  return html;
}

HtmlWriter Blocks::clocks() const {
  HtmlWriter html;
  const std::vector<ClockView> clocks = clocks_of(words_, record_);
  if (clocks.empty()) {
    element(html, "<p class=\"none\">", words_("clocks.none"), "</p>");
    return html;
  }
  html.raw("<ul class=\"cards\">");
  for (const ClockView& clock : clocks) {
    html.raw("<li class=\"card\"><h3>").text(clock.name).raw("</h3><p class=\"state\">");
    html.text(clock.state).raw("</p><p class=\"who\">");
    html.text(words_.fill("clock.who", {{"accounts", list_text(words_, clock.accounts)}}));
    html.raw("</p><p>").text(clock.ends).raw("</p>");
    if (!clock.resets.empty()) {
      html.raw("<ul class=\"resets\">");
      for (const std::string& reset : clock.resets) {
        element(html, "<li>", reset, "</li>");
      }
      html.raw("</ul>");
    }
    html.raw("</li>");
  }
  html.raw("</ul>");
  return html;
}

HtmlWriter Blocks::duties() const {
  HtmlWriter html;
  const std::vector<DutyView> duties = duties_of(words_, record_, overview_);
  if (duties.empty()) {
    element(html, "<p class=\"none\">", words_("duties.none"), "</p>");
    return html;
  }
  html.raw("<table class=\"duties\"><thead><tr>");
  for (const std::string_view key :
       {"clauses.number", "duties.bearer", "duties.state", "duties.due", "duties.because"}) {
    element(html, "<th scope=\"col\">", words_(key), "</th>");
  }
  html.raw("</tr></thead><tbody>");
  for (const DutyView& duty : duties) {
    html.raw("<tr><th scope=\"row\"><span class=\"clause\">").text(duty.clause);
    html.raw("</span></th><td>").text(duty.bearer).raw("</td><td><span class=\"badge ");
    html.text(outcome_key(duty.outcome)).raw("\">");
    symbol(html, outcome_key(duty.outcome));
    html.text(words_("outcome." + std::string(outcome_key(duty.outcome)))).raw("</span></td><td>");
    html.text(duty.due).raw("</td><td class=\"sentence\">").text(duty.because).raw("</td></tr>");
  }
  html.raw("</tbody></table>");
  return html;
}

HtmlWriter Blocks::notes() const {
  HtmlWriter html;
  for (const Note& note : data_notes(words_, record_, overview_)) {
    html.raw("<section class=\"note\"><h3>").text(note.title).raw("</h3><ul>");
    for (const std::string& line : note.lines) {
      element(html, "<li dir=\"auto\">", line, "</li>");
    }
    html.raw("</ul></section>");
  }
  return html;
}

}  // namespace truce::document::internal
