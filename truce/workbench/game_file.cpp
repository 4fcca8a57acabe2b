// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/game_file.h"

#include <algorithm>
#include <cctype>
#include <filesystem>

#include <fmt/format.h>

#include "truce/packages/read_json.h"
#include "truce/talks/rounds.h"
#include "truce/workbench/files.h"
#include "truce/workbench/positions.h"

namespace truce::workbench {
namespace {

using base::Error;
using base::ErrorCode;
using base::Result;
using packages::NamedText;
using packages::XmlRole;

constexpr const char* kDomainWord = "domain";

std::string stem(const std::string& path) { return std::filesystem::path(path).stem().string(); }

// How the profiles of a domain may begin: its name without the word.
std::string name_of_domain(const std::string& path) {
  std::string name = stem(path);
  if (name.ends_with(kDomainWord)) {
    name.resize(name.size() - std::string_view(kDomainWord).size());
  }
  while (!name.empty() && (name.back() == '-' || name.back() == '_' || name.back() == ' ')) {
    name.pop_back();
  }
  return name;
}

bool is_variant(const std::string& name, const std::vector<NamedText>& all) {
  std::string base = stem(name);
  while (!base.empty() && std::isdigit(static_cast<unsigned char>(base.back())) != 0) {
    base.pop_back();
  }
  return base != stem(name) && std::any_of(all.begin(), all.end(), [&](const NamedText& other) {
           return stem(other.name) == base;
         });
}

Result<std::vector<NamedText>> read_all(const std::vector<std::string>& paths) {
  std::vector<NamedText> texts;
  for (const std::string& path : paths) {
    auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    texts.push_back({path, std::move(text.value())});
  }
  return texts;
}

Result<std::vector<NamedText>> profiles_beside(const NamedText& domain) {
  const auto texts = read_all(files_beside(domain.name, ".xml"));
  if (!texts) {
    return texts.error();
  }
  const std::vector<std::string> issues = packages::issues_of_xml(domain.text);
  std::vector<NamedText> profiles;
  for (const NamedText& text : *texts) {
    if (packages::role_of_xml(text.text) == XmlRole::Profile &&
        packages::issues_of_xml(text.text) == issues) {
      profiles.push_back(text);
    }
  }
  const std::string name = name_of_domain(domain.name);
  const auto is_own = [&](const NamedText& text) { return stem(text.name).starts_with(name); };
  if (!name.empty() && std::count_if(profiles.begin(), profiles.end(), is_own) >= 2) {
    std::erase_if(profiles, [&](const NamedText& text) { return !is_own(text); });
  }
  std::vector<NamedText> kept;
  for (const NamedText& text : profiles) {
    if (!is_variant(text.name, profiles)) {
      kept.push_back(text);
    }
  }
  if (kept.size() < 2) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{}: beside this domain lie the profiles of {} parties, and two are "
                             "needed; name them with --profile",
                             domain.name, kept.size())};
  }
  return kept;
}

Result<GameFile> read_domain(const GameRequest& request, const std::string& path) {
  auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  const NamedText domain = {path, std::move(text.value())};
  const auto profiles =
      request.profiles.empty() ? profiles_beside(domain) : read_all(request.profiles);
  if (!profiles) {
    return profiles.error();
  }
  auto reading = packages::read_genius_xml(domain, *profiles, request.dialect, request.real_steps);
  if (!reading) {
    return reading.error();
  }
  GameFile file = {std::move(reading.value().game), {path}, std::move(reading.value().notes)};
  for (const NamedText& profile : *profiles) {
    file.read.push_back(profile.name);
  }
  return file;
}

// The profiles in a folder: of NegoLog by their names, of GeniusWeb by what stands in them.
Result<std::vector<NamedText>> research_profiles_in(const GameRequest& request) {
  if (request.origin == packages::JsonOrigin::NegoLog) {
    const std::filesystem::path folder(request.path);
    return read_all({(folder / "profileA.json").string(), (folder / "profileB.json").string()});
  }
  auto texts = read_all(files_beside(request.path + "/.", ".json"));
  if (texts) {
    std::erase_if(*texts, [](const NamedText& text) {
      return packages::origin_of_json(text.text) != packages::JsonOrigin::GeniusWeb;
    });
  }
  return texts;
}

Result<GameFile> read_research(const GameRequest& request) {
  std::error_code ignored;
  std::vector<std::string> paths = {request.path};
  paths.insert(paths.end(), request.profiles.begin(), request.profiles.end());
  const auto profiles = std::filesystem::is_directory(request.path, ignored)
                            ? research_profiles_in(request)
                            : read_all(paths);
  if (!profiles) {
    return profiles.error();
  }
  if (profiles->size() < 2) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{}: the profiles of two parties or more are needed; name the others "
                             "with --profile",
                             request.path)};
  }
  auto reading = request.origin == packages::JsonOrigin::NegoLog
                     ? packages::read_negolog(*profiles)
                     : packages::read_geniusweb(*profiles);
  if (!reading) {
    return reading.error();
  }
  GameFile file = {std::move(reading.value().game), {}, std::move(reading.value().notes)};
  for (const NamedText& profile : *profiles) {
    file.read.push_back(profile.name);
  }
  return file;
}

// Why a JSON text that is no game is none, where it is known.
base::Result<void> refuse_research(const std::string& path, const std::string& text) {
  const packages::JsonOrigin origin = packages::origin_of_json(text);
  if (origin == packages::JsonOrigin::Other) {
    return {};
  }
  const bool is_web = origin == packages::JsonOrigin::GeniusWeb;
  return Error{
      ErrorCode::InvalidArgument,
      fmt::format("{}: this is a profile of {}; say --dialect {}, and name the other "
                  "profiles with --profile",
                  path, is_web ? "GeniusWeb" : "NegoLog", is_web ? "geniusweb" : "negolog")};
}

Result<std::string> domain_in(const std::string& folder) {
  const auto texts = read_all(files_beside(folder + "/.", ".xml"));
  if (!texts) {
    return texts.error();
  }
  std::vector<std::string> domains;
  for (const NamedText& text : *texts) {
    if (packages::role_of_xml(text.text) == XmlRole::Domain) {
      domains.push_back(text.name);
    }
  }
  if (domains.size() != 1) {
    return Error{ErrorCode::InvalidArgument,
                 domains.empty()
                     ? fmt::format("{}: there is no domain in this folder; name a file", folder)
                     : fmt::format("{}: there are {} domains in this folder; name one of {}",
                                   folder, domains.size(), fmt::join(domains, ", "))};
  }
  return domains[0];
}

// How the draft puts its brackets.
std::vector<document::BracketWords> words_of(const PositionsRun& run) {
  std::vector<talks::BracketIssue> issues = run.issues;
  talks::add_leads(run.draft.agreement, *run.draft.trees.front(), issues);
  std::vector<document::BracketWords> words;
  for (const talks::BracketIssue& issue : issues) {
    const std::string number = issue.place + " ";
    words.push_back(
        {.lead = issue.lead.starts_with(number) ? issue.lead.substr(number.size()) : issue.lead,
         .proposers = {}});
    for (const auto& alternative : run.draft.agreement.brackets[issue.bracket.index].alternatives) {
      std::vector<std::string> names;
      for (const agreement::Agent& agent : alternative.proposers) {
        names.push_back(agent.text);
      }
      words.back().proposers.push_back(fmt::format("{}", fmt::join(names, " and ")));
    }
  }
  return words;
}

// The brackets of a draft, and what the sides say of them.
Result<GameFile> read_draft(const GameRequest& request) {
  auto run = read_positions({.draft = request.path,
                             .positions = request.positions,
                             .key = request.key,
                             .from = request.from});
  if (!run) {
    return run.error();
  }
  if (run->has_errors()) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{} or a position on it has errors; see truce talks positions {} {}",
                             request.path, request.path, fmt::join(request.positions, " "))};
  }
  if (run->game.parties.empty() || run->issues.empty()) {
    return Error{ErrorCode::InvalidArgument,
                 fmt::format("{}: {}", request.path,
                             run->issues.empty() ? "it has no bracket, so nothing is left to settle"
                                                 : "no side has a position on it; name each with "
                                                   "--position")};
  }
  GameFile file = {
      std::move(run->game), {request.path}, {}, words_of(*run), std::move(run->doubts)};
  file.read.insert(file.read.end(), request.positions.begin(), request.positions.end());
  return file;
}

}  // namespace

Result<GameFile> read_game(const GameRequest& request) {
  if (request.path.ends_with(".truce")) {
    return read_draft(request);
  }
  if (!request.positions.empty()) {
    return Error{
        ErrorCode::InvalidArgument,
        fmt::format("{}: positions are on a draft (.truce); leave --position out", request.path)};
  }
  if (request.origin != packages::JsonOrigin::Other) {
    return read_research(request);
  }
  std::error_code ignored;
  if (std::filesystem::is_directory(request.path, ignored)) {
    const auto domain = domain_in(request.path);
    return domain ? read_domain(request, *domain) : domain.error();
  }
  if (request.path.ends_with(".xml")) {
    return read_domain(request, request.path);
  }
  if (!request.profiles.empty()) {
    return Error{
        ErrorCode::InvalidArgument,
        fmt::format("{}: profiles belong to a domain in XML; leave --profile out", request.path)};
  }
  const auto text = read_file(request.path);
  if (!text) {
    return text.error();
  }
  if (const auto known = refuse_research(request.path, *text); !known) {
    return known.error();
  }
  auto game = packages::read_exact_json(request.path, *text);
  if (!game) {
    return game.error();
  }
  return GameFile{std::move(game.value()), {request.path}, {}};
}

}  // namespace truce::workbench
