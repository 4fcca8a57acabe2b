// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/table.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "truce/encoding/windows_1252.h"
#include "truce/incidents/internal/fields.h"
#include "truce/incidents/names.h"
#include "truce/incidents/read.h"

namespace truce::incidents {

Table::Table(std::string_view file_name, std::string_view text)
    : file_name_(file_name), reader_(text) {}

base::Result<Table> Table::open(std::string_view file_name, std::string_view text) {
  Table table(file_name, text);
  table.row_ = table.reader_.next();
  if (table.row_ == nullptr) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: there is no header; the file is empty", file_name)};
  }
  if (table.row_->problem) {
    return table.to_error({std::nullopt, "the header holds " + table.row_->problem->message});
  }
  for (const encoding::CsvField& field : table.row_->fields) {
    std::string name = fold_name(field.text);
    if (!name.empty() && table.has(name)) {
      return table.to_error({table.header_.size(), fmt::format("the column `{}` twice", name)});
    }
    table.header_.push_back(std::move(name));
  }
  table.is_read_.resize(table.header_.size());
  table.row_ = nullptr;
  return table;
}

Table Table::from_records(std::string_view file_name, std::vector<std::string> header,
                          std::vector<Record> records) {
  Table table(file_name, {});
  table.has_records_ = true;
  table.records_ = std::move(records);
  table.header_ = std::move(header);
  table.is_read_.resize(table.header_.size());
  return table;
}

Column Table::column(std::string_view name) {
  const Column found = find(name);
  if (found) {
    is_read_[*found] = true;
  }
  return found;
}

std::vector<std::size_t> Table::unread_columns() const {
  std::vector<std::size_t> unread;
  for (std::size_t at = 0; at < header_.size(); ++at) {
    if (!is_read_[at] && !header_[at].empty()) {
      unread.push_back(at);
    }
  }
  return unread;
}

Column Table::find(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  return found == header_.end() ? Column()
                                : Column(static_cast<std::size_t>(found - header_.begin()));
}

bool Table::has_all(std::initializer_list<std::string_view> names) const {
  return std::all_of(names.begin(), names.end(),
                     [this](std::string_view name) { return has(name); });
}

bool Table::next() {
  row_ = has_records_ ? next_record() : reader_.next();
  return row_ != nullptr;
}

const encoding::CsvRow* Table::next_record() {
  if (records_read_ == records_.size()) {
    return nullptr;
  }
  const Record& record = records_[records_read_++];
  record_raw_ = encoding::to_csv_row(record.fields);
  record_raw_.pop_back();
  record_row_ = {.line = record.line, .fields = {}, .raw = record_raw_, .problem = {}};
  for (const std::string& field : record.fields) {
    record_row_.fields.push_back({.text = field, .offset = 0});
  }
  if (record.problem) {
    record_row_.problem = {.offset = 0, .message = *record.problem};
  }
  return &record_row_;
}

std::optional<RowProblem> Table::problem() const {
  if (row_->problem) {
    return RowProblem{std::nullopt, row_->problem->message};
  }
  if (row_->fields.size() != header_.size()) {
    return RowProblem{std::nullopt, fmt::format("{} fields where the header names {}",
                                                row_->fields.size(), header_.size())};
  }
  return std::nullopt;
}

std::string_view Table::field(Column column) const {
  return column && *column < row_->fields.size() ? trim(row_->fields[*column].text)
                                                 : std::string_view();
}

base::Position Table::position(const RowProblem& problem) const {
  if (has_records_) {
    return {static_cast<std::uint32_t>(row_->line), 1};
  }
  if (problem.column && *problem.column < row_->fields.size()) {
    return reader_.position(row_->fields[*problem.column].offset);
  }
  if (row_->problem) {
    return reader_.position(row_->problem->offset);
  }
  return {static_cast<std::uint32_t>(row_->line), 1};
}

base::Error Table::to_error(const RowProblem& problem) const {
  const base::Position at = position(problem);
  return {base::ErrorCode::InvalidArgument,
          fmt::format("{}:{}:{}: {}", file_name_, at.line, at.column, problem.reason)};
}

base::Result<std::string> decode(std::string_view text, std::string_view encoding) {
  const std::string name = fold_name(encoding);
  if (name == "utf-8" || name == "utf8") {
    return std::string(text);
  }
  // A page marked as Latin 1 is read as its superset, as browsers do.
  if (name == "windows-1252" || name == "cp1252" || name == "iso-8859-1" || name == "latin1") {
    return encoding::from_windows_1252(text);
  }
  return base::Error{
      base::ErrorCode::InvalidArgument,
      fmt::format("the encoding `{}` is not known; there are utf-8 and windows-1252", encoding)};
}

}  // namespace truce::incidents
