// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/internal/mapped_row.h"

#include <fmt/format.h>

#include "truce/incidents/internal/fields.h"

namespace truce::incidents {
namespace {

// `Sites of B with number 12`, or `Artillery with calibre 122 mm`.
std::string with_measure(const std::string& name, const ColumnMap::Measured& what,
                         std::string_view value) {
  std::string text = what.kind;
  if (text.empty()) {
    text = name;
  } else if (!name.empty()) {
    text += " of " + name;
  }
  text += fmt::format(" with {} {}", what.measure, value);
  if (!what.unit.empty()) {
    text += " " + what.unit;
  }
  return text;
}

void add_measure(const ColumnMap::Measured& what, std::string_view value, NameSet& names) {
  if (names.names.empty() && !what.kind.empty()) {
    names.names.push_back(with_measure("", what, value));
    return;
  }
  for (std::string& name : names.names) {
    name = with_measure(name, what, value);
  }
}

}  // namespace

std::optional<std::string> MappedRows::missing_column(Table& table, const ColumnMap& map) {
  for (const auto& [name, own] : map.columns) {
    if (!table.column(own)) {
      return own;
    }
  }
  for (const std::string& own : {map.print, map.order}) {
    if (!own.empty() && !table.column(own)) {
      return own;
    }
  }
  for (const ColumnMap::Measured& measured : map.measured) {
    if (!table.column(measured.column)) {
      return measured.column;
    }
  }
  return std::nullopt;
}

MappedRows::MappedRows(Table& table, const ReadOptions& options)
    : map_(options.mapping.columns()),
      rows_(table, options, &map_),
      print_(map_.print.empty() ? Column() : table.column(map_.print)),
      order_(map_.order.empty() ? Column() : table.column(map_.order)) {
  for (const ColumnMap::Measured& measured : map_.measured) {
    measured_.push_back({table.column(measured.column), &measured});
  }
}

std::optional<RowProblem> MappedRows::read(const Table& table, Report& report) const {
  if (auto problem = rows_.read(table, report)) {
    return problem;
  }
  report.print = table.field(print_);
  if (order_) {
    report.order = parse_integer(table.field(order_));
    if (!report.order) {
      return RowProblem{
          order_, fmt::format("the order is `{}`; write a whole number", table.field(order_))};
    }
  }
  for (const Measured& measured : measured_) {
    const std::string_view value = table.field(measured.column);
    if (value.empty()) {
      continue;
    }
    if (!parse_number(value)) {
      return RowProblem{measured.column, fmt::format("the {} is `{}`; write a number",
                                                     measured.what->measure, value)};
    }
    add_measure(*measured.what, value,
                measured.what->is_of_weapon ? report.weapons : report.targets);
  }
  return std::nullopt;
}

}  // namespace truce::incidents
