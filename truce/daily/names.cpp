// SPDX-License-Identifier: Apache-2.0
#include "truce/daily/names.h"

#include <optional>

#include <fmt/format.h>

#include "truce/encoding/csv.h"

namespace truce::daily {
namespace {

base::Error problem(std::string_view file, std::uint64_t line, std::string_view what) {
  return {base::ErrorCode::InvalidArgument, fmt::format("{}:{}: {}", file, line, what)};
}

std::optional<std::size_t> column_of(const encoding::CsvRow& header, std::string_view name) {
  for (std::size_t at = 0; at < header.fields.size(); ++at) {
    if (header.fields[at].text == name) {
      return at;
    }
  }
  return std::nullopt;
}

}  // namespace

base::Result<Names> Names::read(std::string_view file, std::string_view text,
                                std::string_view language) {
  encoding::CsvReader reader(text);
  const encoding::CsvRow* row = reader.next();
  if (row == nullptr || row->problem || column_of(*row, "name") != std::size_t{0}) {
    return problem(file, 1, "the first column is `name`, the others are codes of languages");
  }
  const auto column = column_of(*row, language);
  Names names;
  for (row = reader.next(); row != nullptr; row = reader.next()) {
    if (row->problem) {
      return problem(file, row->line, row->problem->message);
    }
    if (!column || *column >= row->fields.size() || row->fields[*column].text.empty()) {
      continue;
    }
    const std::string name(row->fields.front().text);
    if (!names.names_.emplace(name, row->fields[*column].text).second) {
      return problem(file, row->line, fmt::format("`{}` stands here a second time", name));
    }
  }
  return names;
}

const std::string& Names::operator()(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? name : found->second;
}

}  // namespace truce::daily
