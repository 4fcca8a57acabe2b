// SPDX-License-Identifier: Apache-2.0
// Shipped texts, damaged at random: any text has a lossless tree, and the formatter keeps it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "truce/diagnostics/diagnostic.h"
#include "truce/diagnostics/render.h"
#include "truce/language/format.h"
#include "truce/language/parse.h"

namespace truce::language {
namespace {

constexpr int kMutations = 3'000;
constexpr std::uint32_t kSeed = 20160919;
constexpr std::size_t kMaxPiece = 3'000;

std::vector<std::string> shipped_texts() {
  std::vector<std::string> texts;
  for (const char* folder : {"examples", "vocabulary"}) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.path().extension() == ".truce") {
        paths.push_back(entry.path());
      }
    }
    std::sort(paths.begin(), paths.end());
    for (const std::filesystem::path& path : paths) {
      std::ifstream stream(path, std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
    }
  }
  return texts;
}

// Whether the tokens are the text, and each significant one the child of exactly one node.
void expect_lossless(const SyntaxTree& tree) {
  std::string text;
  std::size_t significant = 0;
  for (std::uint32_t token = 0; token < tree.tokens().size(); ++token) {
    text += tree.token_text(token);
    significant += is_trivia(tree.tokens()[token].kind) ? 0 : 1;
  }
  EXPECT_EQ(text, tree.source_text().text());
  std::vector<int> owners(tree.tokens().size(), 0);
  for (const Element& element : tree.elements()) {
    if (element.is_token) {
      ++owners[element.index];
    }
  }
  // The end belongs to no node.
  EXPECT_EQ(std::count(owners.begin(), owners.end(), 1),
            static_cast<std::ptrdiff_t>(significant) - 1);
  EXPECT_EQ(
      std::count(owners.begin(), owners.end(), 0) + std::count(owners.begin(), owners.end(), 1),
      static_cast<std::ptrdiff_t>(owners.size()));
}

class Damage {
 public:
  explicit Damage(std::uint32_t seed) : random_(seed) {}

  std::string apply(std::string text) {
    const std::size_t length = std::min(text.size(), kMaxPiece);
    text = text.substr(pick(text.size() - length + 1), length);
    for (std::size_t count = pick(4) + 1; count > 0 && !text.empty(); --count) {
      damage(text);
    }
    return text;
  }

  std::size_t pick(std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random_);
  }

 private:
  void damage(std::string& text) {
    static constexpr std::string_view kPieces[] = {";",
                                                   ".",
                                                   ",",
                                                   "\"",
                                                   "[",
                                                   "]",
                                                   "|",
                                                   "«",
                                                   "»",
                                                   "--",
                                                   "\n\n",
                                                   " the ",
                                                   "1.1",
                                                   "by D",
                                                   " and ",
                                                   "Shall",
                                                   "\xFF",
                                                   "\r",
                                                   "“",
                                                   "each Party shall ",
                                                   "parties North"};
    const std::size_t at = pick(text.size());
    switch (pick(4)) {
      case 0:
        text.erase(at, pick(12) + 1);
        return;
      case 1:
        text.insert(at, kPieces[pick(std::size(kPieces))]);
        return;
      case 2:
        text[at] = static_cast<char>(pick(256));
        return;
      default:
        text.insert(at, text.substr(pick(text.size()), pick(40)));
        return;
    }
  }

  std::mt19937 random_;
};

TEST(Mutations, EveryTextHasALosslessTreeThatTheFormatterKeeps) {
  const std::vector<std::string> texts = shipped_texts();
  ASSERT_GE(texts.size(), 3U);
  Damage damage(kSeed);
  for (int count = 0; count < kMutations && !HasFailure(); ++count) {
    const std::string text = damage.apply(texts[damage.pick(texts.size())]);
    diagnostics::Sink sink;
    const SyntaxTree tree = parse(base::SourceText("damaged.truce", text), 0, sink);
    expect_lossless(tree);
    const std::string formatted = format(tree);
    const SyntaxTree again = parse(base::SourceText("damaged.truce", formatted), 0, sink);
    EXPECT_TRUE(same_structure(tree, again)) << text << "\n=====\n" << formatted;
    EXPECT_EQ(format(again), formatted) << text;
    EXPECT_FALSE(diagnostics::to_terminal(sink.sorted(), {&tree.source_text()}, {}).empty() &&
                 !sink.all().empty());
  }
}

TEST(Examples, ParseWithoutAMessageAndKeepTheirStructureWhenFormatted) {
  for (const std::string& text : shipped_texts()) {
    diagnostics::Sink sink;
    const SyntaxTree tree = parse(base::SourceText("example.truce", text), 0, sink);
    EXPECT_EQ(diagnostics::to_lines(sink.sorted(), {&tree.source_text()}), "");
    expect_lossless(tree);
    const SyntaxTree again = parse(base::SourceText("example.truce", format(tree)), 0, sink);
    EXPECT_TRUE(same_structure(tree, again));
  }
}

}  // namespace
}  // namespace truce::language
