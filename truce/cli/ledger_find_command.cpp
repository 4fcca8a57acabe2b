// SPDX-License-Identifier: Apache-2.0
// `truce ledger find` and `index`.
#include <fmt/format.h>

#include "truce/cli/commands.h"
#include "truce/cli/internal/ledger_output.h"
#include "truce/cli/internal/status.h"
#include "truce/json/ledger_json.h"
#include "truce/workbench/ledger_index.h"

namespace truce::cli {
namespace {

base::Error wrong(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

base::Result<std::optional<base::Instant>> time_of(const std::string& option,
                                                   const std::string& text) {
  if (text.empty()) {
    return std::optional<base::Instant>();
  }
  const auto at = base::parse_instant(text, {});
  return at ? base::Result<std::optional<base::Instant>>(at->at)
            : wrong(fmt::format("{} {} is no time; write for instance 2016-09-12T16:00Z or "
                                "2016-09-12",
                                option, text));
}

base::Result<ledger::EntryQuery> query_of(const LedgerFindOptions& options) {
  ledger::EntryQuery query;
  if (!options.kind.empty()) {
    if (!ledger::is_entry_kind(options.kind)) {
      return wrong(fmt::format("no entry is a {}; the kinds are {}", options.kind,
                               fmt::join(ledger::entry_kinds(), ", ")));
    }
    query.kind = options.kind;
  }
  const auto since = time_of("--since", options.since);
  const auto until = time_of("--until", options.until);
  if (!since || !until) {
    return (since ? until : since).error();
  }
  query.since = *since;
  query.until = *until;
  if (!options.corrects.empty()) {
    query.corrects = ledger::read_number(options.corrects);
    if (!query.corrects) {
      return wrong(fmt::format("--corrects {} is no index; write for instance --corrects 12",
                               options.corrects));
    }
  }
  query.from = options.from;
  if (options.limit > 0) {
    query.most = options.limit;
  }
  return query;
}

std::string in_words(const ledger::IndexedEntry& entry) {
  if (entry.kind.empty()) {
    return fmt::format("{}  bytes\n", entry.index);
  }
  return fmt::format("{}  {}  {}{}\n", entry.index, base::to_iso(entry.at, {}), entry.kind,
                     entry.corrects ? fmt::format(", corrects {}", *entry.corrects) : "");
}

}  // namespace

int run(const LedgerFindOptions& options) {
  const auto query = query_of(options);
  if (!query) {
    return could_not(query.error());
  }
  const auto found = workbench::find_entries(
      {.directory = options.directory, .index = options.index, .query = *query});
  if (!found) {
    return could_not(found.error());
  }
  if (options.format == "json") {
    return internal::print(json::to_json(*found), kFine);
  }
  std::string text;
  for (const ledger::IndexedEntry& entry : *found) {
    text += in_words(entry);
  }
  return internal::print(found->empty() ? "No such entry.\n" : text, kFine);
}

int run(const LedgerIndexOptions& options) {
  const auto made = workbench::make_index(options.directory, options.index);
  return made ? internal::print(fmt::format("Indexed: {} {} in {}\n", made->entries,
                                            made->entries == 1 ? "entry" : "entries", made->file),
                                kFine)
              : could_not(made.error());
}

}  // namespace truce::cli
