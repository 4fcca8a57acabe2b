// SPDX-License-Identifier: Apache-2.0
// What is reported, by hand and by file, and what was.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "truce/crypto/sha256.h"
#include "truce/incidents/names.h"
#include "truce/server/internal/accounts.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/workbench/incident_files.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;
using incidents::Report;

std::vector<std::string> texts_of(const JsonValue* list) {
  std::vector<std::string> texts;
  if (list != nullptr) {
    for (const JsonValue& element : list->elements()) {
      texts.push_back(element.text());
    }
  }
  return texts;
}

// A correction counts where it is reported later: a second is enough.
base::Instant time_after(const AccountRow* last, base::Instant now) {
  constexpr base::Duration kLeast{1};
  return last == nullptr || !last->report->reported_at
             ? now
             : std::max(now, *last->report->reported_at + kLeast);
}

struct Read {
  std::vector<Report> reports;
  std::uint64_t corrections = 0;
  std::uint64_t duplicates = 0;
  incidents::Reading reading;
};

base::Result<Read> read_upload(const Call& call, const Contents& contents) {
  const Record& record = contents.record;
  workbench::IncidentInputs inputs;
  inputs.agreement = record.agreement_path();
  workbench::IncidentFile file;
  file.path = "upload";
  if (const auto format = call.target.parameter("format")) {
    file.format = incidents::find_format(*format);
    if (!file.format) {
      return base::Error{
          base::ErrorCode::InvalidArgument,
          fmt::format("`{}` is no format; there are {}", *format, incidents::list_formats())};
    }
  }
  auto options = workbench::choose_reading(inputs, file, call.request.body, record.clock_offset());
  if (!options) {
    return options.error();
  }
  Read read;
  auto done = incidents::read_reports("upload", call.request.body, *options, read.reading);
  if (!done) {
    return done.error();
  }
  read.duplicates = read.reading.duplicates;
  return read;
}

// Of the rows that were read those that this person enters, at this moment.
void choose(const Call& call, const Contents& contents, base::Instant now, Read& read) {
  std::map<std::pair<std::string, std::string>, base::Instant> entered;
  for (Report& report : read.reading.reports) {
    const auto skip = [&](std::string reason) {
      read.reading.skipped.push_back(
          {.origin = report.origin, .column = 0, .reason = std::move(reason)});
    };
    if (auto claimed = claim(report, call.person, contents.record); !claimed) {
      skip(claimed.error().message);
      continue;
    }
    const AccountRow* const last = last_said(contents.record, report, desk_of(call.person));
    const bool has_time = report.reported_at.has_value();
    if (!has_time) {
      report.reported_at = time_after(last, now);
    }
    if (last != nullptr && columns_of(*last->report, {}) == columns_of(report, {})) {
      ++read.duplicates;
      continue;
    }
    if (last != nullptr && *report.reported_at <= *last->report->reported_at) {
      skip("it is reported no later than what is on record of that account");
      continue;
    }
    const auto key = std::pair(report.incident, incidents::fold_name(report.account));
    const auto before = entered.find(key);
    if (before != entered.end() && *report.reported_at <= before->second) {
      skip("it is reported no later than a row above it of that account");
      continue;
    }
    read.corrections += last != nullptr || before != entered.end() ? 1 : 0;
    entered[key] = *report.reported_at;
    read.reports.push_back(report);
  }
  std::stable_sort(
      read.reading.skipped.begin(), read.reading.skipped.end(),
      [](const auto& one, const auto& other) { return one.origin.line < other.origin.line; });
}

JsonValue preview_of(const Read& read, const std::string& digest) {
  constexpr std::size_t kMostSkipped = 1000;
  JsonValue value = JsonValue::object();
  value.set("digest", digest);
  value.set("rows", read.reading.rows);
  value.set("accounts", read.reports.size());
  value.set("corrections", read.corrections);
  value.set("duplicates", read.duplicates);
  JsonValue::Array skipped;
  for (const incidents::SkippedRow& row : read.reading.skipped) {
    if (skipped.size() == kMostSkipped) {
      break;
    }
    JsonValue line = JsonValue::object();
    line.set("line", row.origin.line);
    line.set("column", row.column);
    line.set("reason", row.reason);
    skipped.push_back(std::move(line));
  }
  value.set("skipped", std::move(skipped));
  JsonValue::Array warnings(read.reading.warnings.begin(), read.reading.warnings.end());
  for (const incidents::UnreadColumn& column : read.reading.unread_columns) {
    warnings.emplace_back(fmt::format("the column `{}` is not read", column.name));
  }
  if (read.reading.skipped.size() > kMostSkipped) {
    warnings.emplace_back(fmt::format("{} rows are skipped; the first {} are listed",
                                      read.reading.skipped.size(), kMostSkipped));
  }
  value.set("warnings", std::move(warnings));
  return value;
}

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> words;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    words.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return words;
}

JsonValue said_of(const AccountRow& row, base::Duration offset) {
  JsonValue value = JsonValue::object();
  if (row.report->reported_at) {
    value.set("reported_at", base::to_iso(*row.report->reported_at, offset));
  }
  value.set("entered_at", base::to_iso(row.entered_at, offset));
  value.set("audience", JsonValue::Array(row.audience.begin(), row.audience.end()));
  value.set("columns", columns_of(*row.report, offset));
  return value;
}

// What each account says, and what it said before, of the rows that may be seen.
JsonValue::Array accounts_of(const std::vector<const AccountRow*>& rows, base::Duration offset) {
  std::map<std::pair<std::string, std::string>, std::vector<const AccountRow*>> by_account;
  for (const AccountRow* row : rows) {
    by_account[{incidents::fold_name(row->report->account), row->desk}].push_back(row);
  }
  JsonValue::Array accounts;
  for (auto& [name, said] : by_account) {
    std::stable_sort(said.begin(), said.end(), [](const AccountRow* one, const AccountRow* other) {
      return one->report->reported_at > other->report->reported_at;
    });
    JsonValue value = JsonValue::object();
    value.set("account", said.front()->report->account);
    value.set("according_to", said.front()->report->according_to);
    value.set("says", said_of(*said.front(), offset));
    JsonValue::Array before;
    for (std::size_t at = 1; at < said.size(); ++at) {
      before.push_back(said_of(*said[at], offset));
    }
    value.set("said_before", std::move(before));
    accounts.push_back(std::move(value));
  }
  return accounts;
}

std::vector<const AccountRow*> rows_for(const std::vector<AccountRow>& rows, const Person& person) {
  std::vector<const AccountRow*> shown;
  for (const AccountRow& row : rows) {
    if (is_shown(row.audience, person)) {
      shown.push_back(&row);
    }
  }
  return shown;
}

// Whether one of the rows was sealed by somebody else.
bool is_foreign(const std::vector<const AccountRow*>& rows, const Person& person) {
  return std::any_of(rows.begin(), rows.end(), [&](const AccountRow* row) {
    return is_sealed(row->audience) && row->desk != desk_of(person);
  });
}

JsonValue summary_of(const std::string& incident, const std::vector<const AccountRow*>& rows,
                     const Person& person, base::Duration offset) {
  JsonValue value = JsonValue::object();
  value.set("incident", incident);
  std::set<std::pair<std::string, std::string>> accounts;
  std::set<std::string> kinds;
  std::set<std::string> places;
  std::optional<base::Instant> from;
  bool has_sealed = false;
  for (const AccountRow* row : rows) {
    accounts.emplace(incidents::fold_name(row->report->account), row->desk);
    if (is_sealed(row->audience) && row->desk != desk_of(person)) {
      has_sealed = true;
      continue;
    }
    kinds.insert(row->report->kinds.names.begin(), row->report->kinds.names.end());
    if (!row->report->place.empty()) {
      places.insert(row->report->place);
    }
    from = from ? std::min(*from, row->report->when.from) : row->report->when.from;
  }
  value.set("accounts", accounts.size());
  value.set("is_sealed", has_sealed);
  if (from && *from > base::kBeforeTime && *from < base::kAfterTime) {
    value.set("from", base::to_iso(*from, offset));
  }
  value.set("kinds", JsonValue::Array(kinds.begin(), kinds.end()));
  value.set("places", JsonValue::Array(places.begin(), places.end()));
  return value;
}

}  // namespace

Response add_account(Context& context, const Call& call) {
  Report entered;
  auto done = context.workspace.write_entry(
      [&](const Contents& contents, base::Instant now) -> Decision {
        const Record& record = contents.record;
        auto report = read_account(call.body, record.clock_offset(), now);
        if (!report) {
          return problem(report.error());
        }
        entered = std::move(report).value();
        if (entered.incident != call.text("incident")) {
          return refusal(400, say("the name of an incident has no spaces at its ends"));
        }
        if (auto claimed = claim(entered, call.person, record); !claimed) {
          return problem(claimed.error());
        }
        const AccountRow* const last = last_said(record, entered, desk_of(call.person));
        const JsonValue* const corrects = call.body.find("corrects");
        const bool is_correction = corrects != nullptr && corrects->boolean();
        if ((last != nullptr) != is_correction) {
          return refusal(
              409, is_correction ? say("there is no such account on record that this could correct")
                                 : say("that account is on record; send `corrects` to correct it"));
        }
        if (call.text("reported_at").empty()) {
          entered.reported_at = time_after(last, now);
        }
        if (last != nullptr && *entered.reported_at <= *last->report->reported_at) {
          return refusal(409, say("a correction is reported later than what it corrects"));
        }
        const auto audience =
            audience_for(texts_of(call.body.find("audience")), call.person, record);
        if (!audience) {
          return problem(audience.error());
        }
        auto entry = entry_of({entered}, call.person, *audience);
        return entry ? Decision(std::move(entry).value()) : Decision(problem(entry.error()));
      },
      DependsOn::on("incident", call.text("incident")));
  if (auto* const refused = std::get_if<Response>(&done)) {
    return std::move(*refused);
  }
  JsonValue value = JsonValue::object();
  value.set("incident", entered.incident);
  value.set("account", entered.account);
  value.set("reported_at", base::to_iso(*entered.reported_at, {}));
  // By it the writer asks for the proof that the ledger has what they wrote.
  value.set("entry", std::get<std::int64_t>(done));
  return json(value, 201);
}

Response preview_upload(Context& context, const Call& call) {
  const base::Instant now = context.workspace.now();
  return context.workspace.read([&](const Contents& contents) {
    auto read = read_upload(call, contents);
    if (!read) {
      return problem(read.error());
    }
    choose(call, contents, now, *read);
    return json(preview_of(*read, crypto::sha256_hex(call.request.body)));
  });
}

Response upload(Context& context, const Call& call) {
  const std::string digest = crypto::sha256_hex(call.request.body);
  if (call.target.parameter("digest") != digest) {
    return refusal(
        409, say("these are not the bytes that were previewed; ask for a preview, and give its "
                 "`digest`"));
  }
  std::optional<Response> preview;
  auto refused =
      context.workspace.write([&](const Contents& contents, base::Instant now) -> Decision {
        auto read = read_upload(call, contents);
        if (!read) {
          return problem(read.error());
        }
        choose(call, contents, now, *read);
        if (read->reports.empty()) {
          return refusal(409, say("no row of this file would be entered; see the preview"));
        }
        const auto audience = audience_for(split(call.target.parameter("audience").value_or("")),
                                           call.person, contents.record);
        if (!audience) {
          return problem(audience.error());
        }
        auto entry = entry_of(read->reports, call.person, *audience);
        if (!entry) {
          return problem(entry.error());
        }
        preview = json(preview_of(*read, digest), 201);
        return std::move(entry).value();
      });
  return refused ? std::move(*refused) : std::move(*preview);
}

Response list_incidents(Context& context, const Call& call) {
  const auto limit = limit_of(call);
  if (!limit) {
    return problem(limit.error());
  }
  const std::string after = call.target.parameter("after").value_or("");
  return context.workspace.read([&](const Contents& contents) {
    const Record& record = contents.record;
    JsonValue::Array listed;
    JsonValue value = JsonValue::object();
    for (auto at = record.incidents().upper_bound(after); at != record.incidents().end(); ++at) {
      const auto rows = rows_for(at->second, call.person);
      if (rows.empty()) {
        continue;
      }
      if (listed.size() == *limit) {
        value.set("next", *listed.back().find("incident"));
        break;
      }
      listed.push_back(summary_of(at->first, rows, call.person, record.clock_offset()));
    }
    value.set("incidents", std::move(listed));
    return json(value);
  });
}

Response get_incident(Context& context, const Call& call) {
  const std::string& incident = call.segment("incident");
  bool is_audited = false;
  Response response = context.workspace.read([&](const Contents& contents) {
    const Record& record = contents.record;
    const auto at = record.incidents().find(incident);
    const auto rows = at == record.incidents().end() ? std::vector<const AccountRow*>()
                                                     : rows_for(at->second, call.person);
    if (rows.empty()) {
      return not_found();
    }
    is_audited = is_foreign(rows, call.person);
    JsonValue value = JsonValue::object();
    value.set("incident", incident);
    value.set("accounts", accounts_of(rows, record.clock_offset()));
    JsonValue::Array verdicts;
    if (const auto* const live = record.verdicts(view_of(call.person))) {
      for (const workbench::ToldChange& verdict : live->standing_of(incident)) {
        verdicts.push_back(verdict_value(verdict, record.clock_offset()));
      }
    }
    value.set("verdicts", std::move(verdicts));
    return json(value);
  });
  if (is_audited) {
    // Noted before it is shown: what cannot be noted is not shown.
    if (auto refused = note_read(context, call.person, incident)) {
      return std::move(*refused);
    }
  }
  return response;
}

}  // namespace truce::server::internal
