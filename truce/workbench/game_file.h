// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/document/packages_page.h"
#include "truce/packages/read_xml.h"

namespace truce::workbench {

struct GameRequest {
  // A game as JSON, a domain as XML, a folder with one domain, or a draft (.truce).
  std::string path;
  // Of a domain: the profiles of the parties; otherwise those that lie beside it.
  std::vector<std::string> profiles;
  packages::XmlDialect dialect = packages::XmlDialect::Genius;
  // On a draft of an agreement: the positions of the sides, and the key that sealed ones are opened
  // with.
  std::vector<std::string> positions = {};
  std::string key = {};
  std::vector<std::string> from = {};
};

/// What is negotiated, the files that say so, and what was read otherwise than might be expected.
struct GameFile {
  packages::Game game;
  std::vector<std::string> read;
  std::vector<std::string> notes;
  // Of a draft: how it puts each issue.
  std::vector<document::BracketWords> words = {};
};

/// Reads a game. Beside a domain, profiles are those XML files whose issues are the domain's; where
/// some begin with the domain's own name, those alone; a name that is another one's with digits
/// behind it is a variant and left out. Fails with InvalidArgument, naming the file and the place
/// in it, where it is no game or there are no two profiles, and as read_file() does.
base::Result<GameFile> read_game(const GameRequest& request);

}  // namespace truce::workbench
