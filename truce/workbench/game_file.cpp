// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/game_file.h"

#include "truce/packages/read_json.h"
#include "truce/workbench/files.h"

namespace truce::workbench {

base::Result<GameFile> read_game(const std::string& path) {
  const auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  auto game = packages::read_exact_json(path, *text);
  if (!game) {
    return game.error();
  }
  return GameFile{std::move(*game), {path}};
}

}  // namespace truce::workbench
