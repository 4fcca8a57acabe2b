// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/ledger_index.h"

#include "truce/workbench/internal/ledger_keys.h"

namespace truce::workbench {
namespace {

std::string file_of(const std::string& directory, const std::string& index) {
  return index.empty() ? internal::beside_directory(directory, ".index") : index;
}

}  // namespace

base::Result<std::vector<ledger::IndexedEntry>> find_entries(const FindEntriesRequest& request) {
  // A folder that is no ledger leaves no index behind.
  const ledger::Directory directory(request.directory);
  if (const auto checkpoint = directory.signed_checkpoint(); !checkpoint) {
    return checkpoint.error();
  }
  auto index = ledger::Index::open(file_of(request.directory, request.index));
  if (!index) {
    return index.error();
  }
  const auto updated = index->update(directory);
  return updated ? index->find(request.query)
                 : base::Result<std::vector<ledger::IndexedEntry>>(updated.error());
}

base::Result<MadeIndex> make_index(const std::string& directory, const std::string& index) {
  const ledger::Directory files(directory);
  if (const auto checkpoint = files.signed_checkpoint(); !checkpoint) {
    return checkpoint.error();
  }
  MadeIndex made{.file = file_of(directory, index), .entries = 0};
  auto opened = ledger::Index::open(made.file);
  if (!opened) {
    return opened.error();
  }
  if (auto cleared = opened->clear(); !cleared) {
    return cleared.error();
  }
  const auto entries = opened->update(files);
  if (!entries) {
    return entries.error();
  }
  made.entries = *entries;
  return made;
}

}  // namespace truce::workbench
