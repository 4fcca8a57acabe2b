// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/render.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include "truce/crypto/sha256.h"
#include "truce/document/treaty.h"
#include "truce/language/format.h"
#include "truce/language/parse.h"
#include "truce/prose/lexicon.h"
#include "truce/workbench/files.h"

namespace truce::workbench {
namespace {

using language::NodeKind;
using language::NodeView;

constexpr std::string_view kTextEnding = ".truce";
constexpr std::string_view kDefaultLanguage = "en";

bool is_language_code(const std::string& code) {
  return code.size() >= 2 && code.size() <= 12 &&
         std::all_of(code.begin(), code.end(),
                     [](char letter) { return (letter >= 'a' && letter <= 'z') || letter == '-'; });
}

// The lexicon of the program, if there is one, with the terms beside the agreement over it.
base::Result<prose::Lexicon> read_lexicon(const std::string& agreement, const std::string& code) {
  const std::string path = terms_path(agreement, code);
  const std::string_view own = prose::embedded_lexicon(code);
  const bool has_terms = is_language_code(code) && file_exists(path);
  if (own.empty() && !has_terms) {
    std::string known;
    for (const std::string& language : prose::embedded_languages()) {
      known += (known.empty() ? "" : ", ") + language;
    }
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("there is no lexicon for the language {}; there are {}", code, known)};
  }
  prose::Lexicon lexicon;
  if (auto added = lexicon.add(code, own); !added) {
    return added.error();
  }
  if (has_terms) {
    auto text = read_file(path);
    if (!text) {
      return text.error();
    }
    if (auto added = lexicon.add(path, *text); !added) {
      return added.error();
    }
  }
  return lexicon;
}

base::Result<std::vector<document::AnnexFile>> read_annexes(const std::string& path) {
  std::vector<document::AnnexFile> annexes;
  for (const std::string& file : files_beside(path, ".geojson")) {
    auto text = read_file(file);
    if (!text) {
      return text.error();
    }
    std::string hash = crypto::sha256_hex(*text);
    annexes.push_back({std::filesystem::path(file).filename().string(), std::move(text).value(),
                       std::move(hash)});
  }
  return annexes;
}

// Each confidential annex in the canonical text, from its heading to the end of its last clause,
// with a line end.
std::vector<std::string> confidential_hashes(const std::string& canonical) {
  diagnostics::Sink sink;
  const auto tree = language::parse(base::SourceText("canonical", canonical), 0, sink);
  std::vector<std::string> hashes;
  std::optional<base::Span> open;
  const auto close = [&] {
    if (open.has_value()) {
      hashes.push_back(crypto::sha256_hex(std::string(tree.source_text().slice(*open)) + "\n"));
      open.reset();
    }
  };
  for (const NodeView section : tree.root().children()) {
    if (section.kind() == NodeKind::ConfidentialAnnex) {
      close();
      open = section.span();
    } else if (section.kind() == NodeKind::Clause && open.has_value()) {
      open = base::join(*open, section.span());
    } else {
      close();
    }
  }
  close();
  return hashes;
}

// The significant tokens of a clause joined by spaces, its notes and texts by hand left out.
std::string clause_words(NodeView clause) {
  const language::SyntaxTree& tree = clause.tree();
  const language::SyntaxTree::Node& own = tree.nodes()[clause.index()];
  std::vector<bool> is_out(tree.tokens().size(), false);
  for (const NodeView part : clause.children()) {
    if (part.kind() == NodeKind::Note || part.kind() == NodeKind::Text) {
      const language::SyntaxTree::Node& node = tree.nodes()[part.index()];
      std::fill(is_out.begin() + node.first_token, is_out.begin() + node.token_end, true);
      // The semicolon before it goes too.
      for (std::uint32_t at = node.first_token; at > own.first_token; --at) {
        if (tree.token_text(at - 1) == ";") {
          is_out[at - 1] = true;
          break;
        }
      }
    }
  }
  std::string words;
  for (std::uint32_t at = own.first_token; at < own.token_end; ++at) {
    if (!is_out[at] && !language::is_trivia(tree.tokens()[at].kind)) {
      words += words.empty() ? "" : " ";
      words += tree.token_text(at);
    }
  }
  return words;
}

}  // namespace

std::map<std::string, std::string> clause_hashes(const language::SyntaxTree& tree) {
  std::map<std::string, std::string> hashes;
  for (const NodeView section : tree.root().children(NodeKind::Clause)) {
    const auto number = section.token(language::TokenKind::Number);
    if (number.has_value()) {
      hashes.emplace(tree.token_text(*number), crypto::sha256_hex(clause_words(section)));
    }
  }
  return hashes;
}

std::string terms_path(const std::string& agreement, const std::string& code) {
  const std::string stem = agreement.ends_with(kTextEnding)
                               ? agreement.substr(0, agreement.size() - kTextEnding.size())
                               : agreement;
  return fmt::format("{}.{}.lexicon", stem, code);
}

base::Result<Rendering> render(const RenderRequest& request) {
  auto file = read_agreement(request.agreement);
  if (!file) {
    return file.error();
  }
  Rendering rendering{.file = std::move(file).value(), .document = {}, .missing = {}};
  const AgreementFile& read = rendering.file;
  if (read.is_vocabulary) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("{} is a vocabulary; give an agreement", read.path)};
  }
  std::vector<std::string> codes{request.language.empty() ? std::string(kDefaultLanguage)
                                                          : request.language};
  if (!request.beside_language.empty()) {
    codes.push_back(request.beside_language);
  }
  std::vector<prose::Lexicon> lexicons;
  for (const std::string& code : codes) {
    auto lexicon = read_lexicon(read.path, code);
    if (!lexicon) {
      return lexicon.error();
    }
    for (const std::string& entry : lexicon->missing(read.agreement)) {
      rendering.missing.push_back(fmt::format("{}: {}", terms_path(read.path, code), entry));
    }
    lexicons.push_back(std::move(lexicon).value());
  }
  if (read.sink.has_errors() || !rendering.missing.empty()) {
    return rendering;
  }
  auto audience = find_audience(read.agreement, request.audience);
  if (!audience) {
    return audience.error();
  }
  auto annexes = read_annexes(read.path);
  if (!annexes) {
    return annexes.error();
  }
  const std::string canonical = language::format(*read.trees.front());
  document::Treaty treaty;
  treaty.agreement = &read.agreement;
  for (const prose::Lexicon& lexicon : lexicons) {
    treaty.lexicons.push_back(&lexicon);
  }
  for (const base::SourceText* source : read.sources()) {
    treaty.texts.push_back(source->text());
  }
  treaty.annexes = std::move(annexes).value();
  treaty.hash = crypto::sha256_hex(canonical);
  treaty.confidential_hashes = confidential_hashes(canonical);
  treaty.clause_hashes = clause_hashes(*read.trees.front());
  treaty.audience = *audience;
  rendering.document =
      request.is_html ? document::treaty_html(treaty) : document::treaty_text(treaty);
  return rendering;
}

}  // namespace truce::workbench
