// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <vector>

namespace truce::analysis {

/// The terms of an agreement in one language, as a file beside it has them.
struct LanguageTerms {
  // `fr`
  std::string language;
  std::string file;
  bool is_there = false;
  // The language writes names as the agreement does: then a name without an entry is no gap.
  bool keeps_names = false;
  // What a name of the agreement is called.
  std::map<std::string, std::string> names = {};
  // By number of the clause: the digits of the clause that its wording was last compared with.
  std::map<std::string, std::string> checked = {};
};

/// The texts of an agreement in other languages.
struct Languages {
  std::vector<LanguageTerms> terms;
  // By number: the digits of each clause as it is now, its notes and wordings left out.
  std::map<std::string, std::string> digits;
};

}  // namespace truce::analysis
