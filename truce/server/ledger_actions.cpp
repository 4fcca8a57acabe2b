// SPDX-License-Identifier: Apache-2.0
// The files of the ledger as they lie in its folder: who reads them proves by them, and need not
// believe the server.
#include <algorithm>

#include "truce/ledger/tiles.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/workbench/files.h"

namespace truce::server::internal {
namespace {

std::string ledger_of(const Context& context) {
  return context.workspace.read(
      [](const Contents& contents) { return contents.record.folder() + "/ledger"; });
}

Response file_at(const std::string& path, std::string type) {
  // A workspace in memory, as in tests, may have no ledger.
  if (!workbench::file_exists(path)) {
    return not_found();
  }
  auto bytes = workbench::read_file(path);
  return bytes ? Response{.content_type = std::move(type),
                          .headers = {},
                          .body = std::move(bytes).value(),
                          .stream = nullptr}
               : problem(bytes.error());
}

}  // namespace

Response get_ledger_entries(Context& context, const Call& call) {
  const auto first = number_of(call, "first");
  const auto count = number_of(call, "count");
  if (!first || !count) {
    return problem((first ? count : first).error());
  }
  if (*first % ledger::kTileWidth != 0 || *count == 0 || *count > ledger::kTileWidth) {
    return refusal(400, say("`first` is a multiple of 256, and `count` from 1 to 256"));
  }
  const std::string ledger = ledger_of(context);
  const std::uint64_t index = *first / ledger::kTileWidth;
  // One that was not full gave way to the full one, which begins with the same entries.
  for (const std::uint64_t width : {*count, ledger::kTileWidth}) {
    const std::string path = ledger + '/' + ledger::bundle_path(index, width);
    if (workbench::file_exists(path)) {
      return file_at(path, "application/octet-stream");
    }
  }
  return not_found();
}

}  // namespace truce::server::internal
