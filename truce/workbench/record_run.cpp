// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/record_run.h"

#include <filesystem>
#include <set>

#include "truce/crypto/sha256.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/ledger_keys.h"

namespace truce::workbench {
namespace {

std::string name_of(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

// Named or under their usual names, each once.
std::set<std::string> data_of(const MonitorRequest& request) {
  std::set<std::string> paths = {request.actors, request.mapping, request.coverage, request.joins};
  for (const IncidentFile& incidents : request.incidents) {
    paths.insert(incidents.path);
  }
  if (request.actors.empty()) {
    paths.insert(beside(request.agreement, "actors.csv"));
  }
  if (request.mapping.empty()) {
    for (const std::string& path : files_beside(request.agreement, ".mapping.csv")) {
      paths.insert(path);
    }
  }
  for (const std::string& path : files_beside(request.agreement, ".geojson")) {
    paths.insert(path);
  }
  std::erase_if(paths, [](const std::string& path) {
    return path.empty() || path == "-" || !file_exists(path);
  });
  return paths;
}

}  // namespace

base::Result<std::vector<RunFile>> files_of_run(const MonitorRun& run,
                                                const MonitorRequest& request) {
  std::vector<RunFile> files;
  for (const base::SourceText* text : run.file.sources()) {
    files.push_back({.name = name_of(text->name()),
                     .sha256_hex = crypto::sha256_hex(text->text()),
                     .size = text->text().size(),
                     .is_text = true});
  }
  for (const std::string& path : data_of(request)) {
    const auto bytes = read_file(path);
    if (!bytes) {
      return bytes.error();
    }
    files.push_back({.name = name_of(path),
                     .sha256_hex = crypto::sha256_hex(*bytes),
                     .size = bytes->size(),
                     .is_text = false});
  }
  return files;
}

base::Result<RecordedEntry> record_run(const std::string& directory, const std::string& content,
                                       base::Instant at) {
  auto key = internal::find_secret_key(directory, "");
  if (!key) {
    return key.error();
  }
  auto opened = ledger::Ledger::open(directory, std::move(key).value());
  if (!opened) {
    return opened.error();
  }
  const ledger::Entry entry{.kind = "verdicts",
                            .at = at,
                            .corrects = std::nullopt,
                            .elsewhere = std::nullopt,
                            .content = content};
  const auto appended = opened->append({ledger::to_bytes(entry)});
  return appended ? base::Result<RecordedEntry>(
                        RecordedEntry{.index = appended->first, .leaf = appended->leaves.front()})
                  : appended.error();
}

}  // namespace truce::workbench
