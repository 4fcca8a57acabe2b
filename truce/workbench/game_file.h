// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "truce/base/result.h"
#include "truce/document/packages_page.h"
#include "truce/packages/read_research_json.h"
#include "truce/packages/read_xml.h"
#include "truce/talks/position.h"
#include "truce/workbench/key_source.h"

namespace truce::workbench {

struct GameRequest {
  // A game as JSON, a domain as XML, a folder with one domain, or a draft (.truce).
  std::string path;
  // Of a domain: the profiles of the parties; otherwise those that lie beside it.
  std::vector<std::string> profiles;
  packages::XmlDialect dialect = packages::XmlDialect::Genius;
  // In how many steps issues of real numbers are read, in XML; 0: they are refused.
  std::size_t real_steps = 0;
  // The research software that the JSON is from. Then `path` and `profiles` are profiles, or `path`
  // is a folder of them.
  packages::JsonOrigin origin = packages::JsonOrigin::Other;
  // On a draft of an agreement: the positions of the sides, and the key that sealed ones are opened
  // with.
  std::vector<std::string> positions = {};
  KeySource key = {};
  std::vector<std::string> from = {};
};

/// What is negotiated, the files that say so, and what was read otherwise than might be expected.
struct GameFile {
  packages::Game game;
  std::vector<std::string> read;
  std::vector<std::string> notes;
  // Of a draft: how it puts each issue.
  std::vector<document::BracketWords> words = {};
  // Of a draft: for each party what it says of its own numbers.
  std::vector<talks::Doubts> doubts = {};
};

/// Reads a game. Beside a domain, profiles are those XML files whose issues are the domain's; where
/// some begin with the domain's own name, those alone; a name that is another one's with digits
/// behind it is a variant and left out. Fails with InvalidArgument, naming the file and the place
/// in it, where it is no game or there are no two profiles, and as read_file() does. JSON of
/// research software is read only where `origin` says so.
base::Result<GameFile> read_game(const GameRequest& request);

}  // namespace truce::workbench
