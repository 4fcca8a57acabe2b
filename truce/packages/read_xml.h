// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "truce/base/result.h"
#include "truce/packages/game.h"

namespace truce::packages {

/// A file by its name and what stands in it.
struct NamedText {
  std::string name;
  std::string text;
};

/// How evaluations of discrete options are read.
enum class XmlDialect {
  // Cut to whole numbers, as GENIUS does: 4.11 is 4.
  Genius,
  // As they are written.
  Written,
};

/// A game, and what was read otherwise than somebody might expect.
struct GameReading {
  Game game;
  std::vector<std::string> notes;
};

/// What the root of an XML text is.
enum class XmlRole { Domain, Profile, Other };
XmlRole role_of_xml(std::string_view text);

/// The names of the issues of a domain or of a profile; empty where it is neither.
std::vector<std::string> issues_of_xml(std::string_view text);

/// A domain in the XML of GENIUS and one utility profile for each party, as docs/formats/games.md
/// describes; a party is named as its profile is, without its folder and ending. Fails with
/// InvalidArgument for text that is not this form, and with Unsupported for what is not read; the
/// message names the file and the place. An issue of real numbers is read in `real_steps` equal
/// steps from end to end; with none it is refused.
base::Result<GameReading> read_genius_xml(const NamedText& domain,
                                          const std::vector<NamedText>& profiles,
                                          XmlDialect dialect = XmlDialect::Genius,
                                          std::size_t real_steps = 0);

}  // namespace truce::packages
