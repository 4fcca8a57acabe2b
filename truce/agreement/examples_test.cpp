// SPDX-License-Identifier: Apache-2.0
// Every agreement that is handed out resolves, with exactly the warnings it deserves.
#include <filesystem>
#include <fstream>
#include <iterator>

#include "truce/agreement/internal/test_support.h"

namespace truce::agreement {
namespace {

namespace fs = std::filesystem;
using Codes = std::vector<std::string>;

std::string contents(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

Codes codes_of(const fs::path& path) {
  std::vector<std::string> texts{contents(path)};
  fs::path companion = path;
  companion.replace_extension(".companion.truce");
  if (fs::exists(companion)) {
    texts.push_back(contents(companion));
  }
  AnnexFiles annexes;
  for (const fs::directory_entry& entry : fs::directory_iterator(path.parent_path())) {
    if (entry.path().extension() == ".geojson") {
      annexes.emplace(entry.path().filename().string(), contents(entry.path()));
    }
  }
  return read_texts(texts, annexes).codes();
}

TEST(Examples, TheShippedAgreementHasNothingToSay) {
  EXPECT_EQ(codes_of("examples/syria-2016-09/agreement.truce"), Codes{});
}

TEST(Examples, SharedOnesHaveTheWarningsTheyDeserve) {
  const fs::path shared = "../shared/examples";
  if (!fs::exists(shared)) {
    GTEST_SKIP() << "there is no ../shared/examples beside the repository";
  }
  const std::map<std::string, Codes> expected = {
      {"minsk-2", {"T0501", "T0201", "T0201", "T0202"}},
      {"syria-2016-09-12", {"T0501", "T0201", "T0201"}},
      {"t05-unenforceable", {"T0501", "T0201"}},
      {"t09-priority-cycle", {"T0501", "T0602"}},
      {"t10-brackets", {"T0501", "T0201", "T0201"}},
  };
  std::size_t seen = 0;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(shared)) {
    const std::string name = entry.path().stem().string();
    if (entry.path().extension() != ".truce" || name.ends_with(".companion")) {
      continue;
    }
    ++seen;
    const auto found = expected.find(name);
    EXPECT_EQ(codes_of(entry.path()), found == expected.end() ? Codes{"T0501"} : found->second)
        << entry.path();
  }
  EXPECT_GE(seen, 14U);
}

}  // namespace
}  // namespace truce::agreement
