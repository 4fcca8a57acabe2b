// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "truce/document/internal/blocks.h"
#include "truce/document/internal/table.h"

namespace truce::document::internal {
namespace {

using report::ApartClause;

std::string index_text(const ApartClause::Account& account) {
  return account.index ? fmt::format("{:.2f} ({:.2f} to {:.2f})", (*account.index)[0],
                                     (*account.index)[1], (*account.index)[2])
                       : std::string();
}

// How far the count has come: when it was full, or its longest run.
std::string streak_text(const Words& words, const report::Apart& apart,
                        const ApartClause::Account& account, base::Duration offset) {
  return account.streak_at
             ? words.fill("clock.complete", {{"at", base::to_words(*account.streak_at, offset)}})
             : words.fill("apart.streak_run", {{"run", base::to_words(account.longest_apart)},
                                               {"period", base::to_words(*apart.streak)}});
}

void add_accounts(HtmlWriter& html, const Words& words, const report::Apart& apart,
                  const ApartClause& clause, base::Duration offset) {
  Table table(html, clause.clause + " " + clause.bearer);
  table.column(words("apart.account")).column(words("apart.verdict")).column(words("apart.since"));
  table.column(words("apart.longest"));
  if (apart.streak) {
    table.column(words.fill("apart.streak", {{"period", base::to_words(*apart.streak)}}));
  }
  table.column(words("apart.index")).begin();
  for (const ApartClause::Account& account : clause.accounts) {
    table.row().text(account.account);
    table.cell(words("outcome." + account.verdict));
    table.cell(account.apart_since ? base::to_words(*account.apart_since, offset)
                                   : std::string(words("apart.not_apart")));
    table.cell(base::to_words(account.longest_apart));
    if (apart.streak) {
      table.cell(streak_text(words, apart, account, offset));
    }
    table.cell(index_text(account));
    table.end_row();
  }
  table.end();
}

}  // namespace

HtmlWriter apart_block(const Words& words, const Record& record) {
  HtmlWriter html;
  if (record.apart == nullptr || record.apart->clauses.empty()) {
    return html;
  }
  const base::Duration offset = record.agreement.clock.offset;
  html.raw("<p class=\"help\">");
  html.text(words.fill("apart.help", {{"lifetime", base::to_words(record.apart->lifetime)}}));
  html.raw("</p>\n");
  for (const ApartClause& clause : record.apart->clauses) {
    html.raw("<h3>");
    const bool has_symbol = clause.verdict != "pending";
    (has_symbol ? symbol(html, clause.verdict) : html)
        .text(fmt::format("{} {} · {} · {}", clause.clause, clause.bearer, clause.target,
                          words("outcome." + clause.verdict)));
    html.raw("</h3>\n<p>");
    html.text(clause.by ? words.fill("apart.by", {{"at", base::to_words(*clause.by, offset)}})
                        : std::string(words("apart.no_date")));
    html.raw("</p>\n");
    if (clause.is_disputed) {
      html.raw("<p>").text(words("apart.disputed")).raw("</p>\n");
    }
    if (!clause.problem.empty()) {
      html.raw("<p>").text(words.fill("apart.problem", {{"why", clause.problem}})).raw("</p>\n");
    }
    if (clause.accounts.empty()) {
      html.raw("<p>").text(words("apart.nobody")).raw("</p>\n");
    } else {
      add_accounts(html, words, *record.apart, clause, offset);
    }
  }
  return html;
}

}  // namespace truce::document::internal
