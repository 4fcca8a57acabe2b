// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "truce/cli/options.h"

namespace truce::cli::internal {

/// What stands below the help: how the command is used, and how it ends.
std::string footer(std::initializer_list<std::string_view> examples);

void add_format(CLI::App& command, std::string& format, const std::vector<std::string>& formats);

/// `--output` of a command that can answer with a page.
void add_page_output(CLI::App& command, std::string& output, const std::string& page);

/// What to read off when the command was chosen.
using Chosen = std::function<std::optional<Command>()>;

template <typename Options>
Chosen chosen(const CLI::App* command, const std::shared_ptr<Options>& options) {
  return [command, options]() -> std::optional<Command> {
    return command->parsed() ? std::optional<Command>(*options) : std::nullopt;
  };
}

/// The key that sealed positions are opened with, and those that they must be signed with.
void add_position_keys(CLI::App& command, std::string& key, std::vector<std::string>& from);

/// By which rule a package is chosen; not beside `package`, the option that names one.
void add_rule(CLI::App& command, std::string& rule, CLI::Option& package);

/// Adds `separate`.
Chosen add_separate(CLI::App& app);
/// Adds `talks` and the commands below it, one entry for each of those.
std::vector<Chosen> add_talks(CLI::App& app);
/// Below `talks`: keys, sealing, signatures, the joint announcement.
std::vector<Chosen> add_table(CLI::App& talks);
/// Adds `ledger` and the commands below it.
std::vector<Chosen> add_ledger(CLI::App& app);

}  // namespace truce::cli::internal
