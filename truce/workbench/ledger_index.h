// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/ledger/index.h"

namespace truce::workbench {

struct FindEntriesRequest {
  std::string directory;
  // The file of the index; empty: DIR.index beside the directory.
  std::string index;
  ledger::EntryQuery query;
};

/// The entries that are asked for, by way of the index, which is made or brought up to date first.
/// Fails as ledger::Index does.
base::Result<std::vector<ledger::IndexedEntry>> find_entries(const FindEntriesRequest& request);

/// An index that was made anew.
struct MadeIndex {
  std::string file;
  std::uint64_t entries = 0;
};

/// Makes the index from nothing but the ledger. `index` as above. Fails as ledger::Index does.
base::Result<MadeIndex> make_index(const std::string& directory, const std::string& index);

}  // namespace truce::workbench
