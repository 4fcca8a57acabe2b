// SPDX-License-Identifier: Apache-2.0
#include "truce/incidents/mapping.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "truce/base/nearest_word.h"
#include "truce/incidents/internal/column_reader.h"
#include "truce/incidents/internal/table.h"
#include "truce/incidents/names.h"

namespace truce::incidents {
namespace {

RowProblem unknown_field(Column column, std::string_view field) {
  const std::vector<std::string> fields = {
      "actor",   "target",   "kind",           "weapon",        "id",
      "key",     "print",    "order",          "time",          "column",
      "account", "coverage", "target measure", "weapon measure"};
  const auto nearest = base::nearest_word(field, fields);
  const std::string hint = nearest ? fmt::format("; did you mean `{}`?", *nearest)
                                   : fmt::format("; there are {}", fmt::join(fields, ", "));
  return {column, fmt::format("`{}` is no field{}", field, hint)};
}

bool is_field(std::string_view field) {
  return field == "actor" || field == "target" || field == "kind" || field == "weapon";
}

}  // namespace

base::Result<Mapping> Mapping::read(std::string_view file_name, std::string_view text) {
  auto table = Table::open(file_name, text);
  if (!table) {
    return table.error();
  }
  if (!table->has_all({"field", "value", "becomes"})) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: a mapping file has the columns field, value, becomes and "
                                   "note",
                                   file_name)};
  }
  const Column field_column = table->column("field");
  const Column value_column = table->column("value");
  const Column becomes_column = table->column("becomes");
  ColumnReader columns;
  Mapping mapping;
  while (table->next()) {
    if (const auto problem = table->problem()) {
      return table->to_error(*problem);
    }
    const std::string field = fold_name(table->field(field_column));
    const std::string value(table->field(value_column));
    if (!is_field(field) && !ColumnReader::knows(field)) {
      return table->to_error(unknown_field(field_column, field));
    }
    if (value.empty()) {
      return table->to_error({value_column, "no value is given"});
    }
    if (!is_field(field)) {
      const std::string_view becomes = table->field(becomes_column);
      if (auto problem = columns.read({field, value, std::string(becomes)})) {
        problem->column = problem->column ? becomes_column : value_column;
        return table->to_error(*problem);
      }
      continue;
    }
    auto becomes = parse_names(table->field(becomes_column));
    if (!becomes) {
      return table->to_error({becomes_column, becomes.error().message});
    }
    const auto [found, is_new] = mapping.entries_.try_emplace({field, fold_name(value)}, *becomes);
    if (!is_new && found->second != *becomes) {
      return table->to_error(
          {value_column, fmt::format("the {} `{}` becomes two different things", field, value)});
    }
  }
  if (const auto missing = columns.missing()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{}: {}", file_name, *missing)};
  }
  mapping.columns_ = std::move(columns).take();
  return mapping;
}

NameSet Mapping::apply(std::string_view field, std::string_view value) const {
  if (value.empty()) {
    return {};
  }
  const auto found = entries_.find({std::string(field), fold_name(value)});
  return found == entries_.end() ? NameSet{{std::string(value)}} : found->second;
}

NameSet Mapping::apply(std::string_view field, const NameSet& values) const {
  if (empty() || values.is_unknown()) {
    return values;
  }
  NameSet all;
  all.joining = values.joining;
  for (const std::string& value : values.names) {
    NameSet becomes = apply(field, std::string_view(value));
    if (becomes.is_unknown() && values.joining == NameSet::Joining::OneOf) {
      return {};
    }
    if (values.names.size() == 1) {
      return becomes;
    }
    if (becomes.names.size() > 1 && becomes.joining == NameSet::Joining::OneOf) {
      all.joining = NameSet::Joining::OneOf;
    }
    for (const std::string& name : becomes.names) {
      if (std::find(all.names.begin(), all.names.end(), name) == all.names.end()) {
        all.names.push_back(name);
      }
    }
  }
  return all;
}

bool Mapping::has(std::string_view field, std::string_view value) const {
  return entries_.contains({std::string(field), fold_name(value)});
}

}  // namespace truce::incidents
