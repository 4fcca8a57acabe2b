// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/accounts.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/csv.h"
#include "truce/facts/resolve.h"
#include "truce/incidents/names.h"
#include "truce/incidents/read.h"
#include "truce/incidents/write.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;
using incidents::Report;

constexpr std::string_view kPartyPrefix = "party:";

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

std::string text_of(const JsonValue& value) {
  return value.is_text() ? value.text() : value.to_text();
}

// `north-coalition` for `North Coalition`.
std::string prefix_of(std::string_view name) {
  std::string prefix = incidents::fold_name(name);
  std::replace(prefix.begin(), prefix.end(), ' ', '-');
  return prefix + '-';
}

bool is_side(const Record& record, std::string_view name) {
  const auto sides = record.sides();
  const std::string folded = incidents::fold_name(name);
  return std::any_of(sides.begin(), sides.end(),
                     [&](const std::string& side) { return incidents::fold_name(side) == folded; });
}

bool can_see(const Record& record, std::string_view incident, const Person& person) {
  const auto at = record.incidents().find(incident);
  return at != record.incidents().end() &&
         std::any_of(at->second.begin(), at->second.end(),
                     [&](const AccountRow& row) { return is_shown(row.audience, person); });
}

incidents::Reading read_rows(const std::string& rows) {
  incidents::Reading reading;
  incidents::ReadOptions options;
  options.format = incidents::Format::Truce;
  if (!incidents::read_reports("entry", rows, options, reading)) {
    return {};
  }
  return reading;
}

}  // namespace

base::Result<Report> read_account(const JsonValue& body, base::Duration clock_offset,
                                  base::Instant now) {
  std::vector<std::string> columns;
  std::vector<std::string> fields;
  for (const auto& [name, value] : body.members()) {
    if (name != "audience" && name != "corrects" && !value.is_null()) {
      columns.push_back(name);
      fields.push_back(text_of(value));
    }
  }
  const auto add = [&](std::string_view name, const std::string& text) {
    if (std::find(columns.begin(), columns.end(), name) == columns.end()) {
      columns.emplace_back(name);
      fields.push_back(text);
    }
  };
  add("from", "");
  add("reported_at", base::to_iso(now, {}));
  if (body.find("account") == nullptr) {
    // Whose it is follows from who writes it.
    columns.emplace_back("account");
    fields.emplace_back("-");
  }
  incidents::Reading reading;
  incidents::ReadOptions options;
  options.format = incidents::Format::Truce;
  options.clock_offset = clock_offset;
  const std::string text = encoding::to_csv_row(columns) + encoding::to_csv_row(fields);
  if (auto read = incidents::read_reports("account", text, options, reading); !read) {
    return read.error();
  }
  if (!reading.skipped.empty()) {
    return invalid(reading.skipped.front().reason);
  }
  if (reading.reports.size() != 1) {
    return invalid("the account says nothing that could be kept");
  }
  Report report = std::move(reading.reports.front());
  if (body.find("account") == nullptr) {
    report.according_to = report.according_to == "-" ? std::string() : report.according_to;
    report.account.clear();
  }
  return report;
}

JsonValue columns_of(const Report& report, base::Duration clock_offset) {
  const auto written = incidents::write_reports({report}, incidents::Form::Truce, clock_offset);
  encoding::CsvReader reader(written.text);
  std::vector<std::string> names;
  JsonValue value = JsonValue::object();
  if (const encoding::CsvRow* const header = reader.next()) {
    for (const encoding::CsvField& field : header->fields) {
      names.emplace_back(field.text);
    }
  }
  if (const encoding::CsvRow* const row = reader.next()) {
    for (std::size_t at = 0; at < std::min(names.size(), row->fields.size()); ++at) {
      if (!row->fields[at].text.empty()) {
        value.set(names[at], row->fields[at].text);
      }
    }
  }
  return value;
}

std::string desk_of(const Person& person) {
  switch (person.role) {
    case Role::Delegate:
      return person.party;
    case Role::Reporter:
      return "reporter " + person.name;
    default:
      return "mission";
  }
}

base::Result<void> claim(Report& report, const Person& person, const Record& record) {
  const bool is_delegate = person.role == Role::Delegate;
  const bool is_reporter = person.role == Role::Reporter;
  if (person.role != Role::Mediator &&
      facts::institutional_act_of(report) != facts::InstitutionalAct::None) {
    return invalid("an act of an institution under the agreement is recorded by the mediator");
  }
  if (is_delegate || is_reporter) {
    const std::string own = is_delegate ? person.party : "reporter " + person.name;
    const auto is_own = [&](const std::string& name) {
      return name.empty() || incidents::fold_name(name) == incidents::fold_name(own);
    };
    if (!is_own(report.account) || (is_delegate && !is_own(report.according_to))) {
      return invalid(fmt::format("you speak as {}; leave out whose account it is", own));
    }
    report.account = own;
    report.according_to = report.according_to.empty() ? own : report.according_to;
    const std::string prefix = prefix_of(is_delegate ? person.party : person.name);
    if (!can_see(record, report.incident, person) && !report.incident.starts_with(prefix)) {
      return invalid(
          fmt::format("`{}` is no incident that you can see; begin the name of a new one "
                      "with `{}`",
                      report.incident, prefix));
    }
    return {};
  }
  if (report.account.empty()) {
    return invalid("`account` is missing: say whose account it is");
  }
  if (is_side(record, report.account) || report.account.starts_with("reporter ")) {
    return invalid(
        fmt::format("the account `{}` is written by those who speak for it; name this one "
                    "otherwise, such as `{} in public`",
                    report.account, report.account));
  }
  report.according_to = report.according_to.empty() ? report.account : report.according_to;
  return {};
}

const AccountRow* last_said(const Record& record, const Report& report, std::string_view desk) {
  const auto at = record.incidents().find(report.incident);
  if (at == record.incidents().end()) {
    return nullptr;
  }
  const std::string account = incidents::fold_name(report.account);
  const AccountRow* last = nullptr;
  for (const AccountRow& row : at->second) {
    if (row.desk == desk && incidents::fold_name(row.report->account) == account &&
        (last == nullptr || last->report->reported_at <= row.report->reported_at)) {
      last = &row;
    }
  }
  return last;
}

base::Result<Audience> audience_for(const std::vector<std::string>& wanted, const Person& person,
                                    const Record& record) {
  Audience audience = {"mission"};
  const auto sides = record.sides();
  for (const std::string& word : wanted) {
    const bool is_party =
        word.starts_with(kPartyPrefix) &&
        std::find(sides.begin(), sides.end(), word.substr(kPartyPrefix.size())) != sides.end();
    if (word != "public" && word != "mission" && !is_party) {
      return invalid(
          fmt::format("`{}` is no audience; there are public, mission and party:NAME with "
                      "a side of the agreement that is watched",
                      word));
    }
    audience.push_back(word);
  }
  if (person.role == Role::Delegate) {
    audience.push_back(std::string(kPartyPrefix) + person.party);
  }
  std::sort(audience.begin(), audience.end());
  audience.erase(std::unique(audience.begin(), audience.end()), audience.end());
  return audience;
}

base::Result<Entry> entry_of(const std::vector<Report>& reports, const Person& person,
                             const Audience& audience) {
  std::string rows = incidents::write_reports(reports, incidents::Form::Truce, {}).text;
  const incidents::Reading again = read_rows(rows);
  if (again.reports.size() != reports.size()) {
    return invalid(
        "an account could not be read back as it was written; write its times and names "
        "in the usual way");
  }
  Entry entry;
  entry.kind = "accounts";
  entry.who = person.name;
  entry.audience = audience;
  entry.body = JsonValue::object();
  entry.body.set("desk", desk_of(person));
  entry.body.set("rows", std::move(rows));
  return entry;
}

}  // namespace truce::server::internal
