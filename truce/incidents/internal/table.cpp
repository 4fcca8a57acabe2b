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
    if (!name.empty() && table.column(name)) {
      return table.to_error({table.header_.size(), fmt::format("the column `{}` twice", name)});
    }
    table.header_.push_back(std::move(name));
  }
  table.row_ = nullptr;
  return table;
}

Column Table::column(std::string_view name) const {
  const auto found = std::find(header_.begin(), header_.end(), name);
  return found == header_.end() ? Column()
                                : Column(static_cast<std::size_t>(found - header_.begin()));
}

bool Table::has_all(std::initializer_list<std::string_view> names) const {
  return std::all_of(names.begin(), names.end(),
                     [this](std::string_view name) { return column(name).has_value(); });
}

bool Table::next() {
  row_ = reader_.next();
  return row_ != nullptr;
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
