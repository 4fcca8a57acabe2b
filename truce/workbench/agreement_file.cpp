// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/agreement_file.h"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/language/parse.h"
#include "truce/workbench/files.h"
#include "truce/workbench/settings.h"

namespace truce::workbench {
namespace {

constexpr std::string_view kTextEnding = ".truce";
constexpr std::string_view kCompanionEnding = ".companion.truce";

// The agreement that a companion belongs to, where it is there; otherwise the path itself.
std::string agreement_path(const std::string& path) {
  if (!path.ends_with(kCompanionEnding)) {
    return path;
  }
  std::string owner = path.substr(0, path.size() - kCompanionEnding.size());
  owner += kTextEnding;
  return file_exists(owner) ? owner : path;
}

std::string companion_path(const std::string& path) {
  if (path.ends_with(kCompanionEnding) || !path.ends_with(kTextEnding)) {
    return {};
  }
  std::string companion = path.substr(0, path.size() - kTextEnding.size());
  companion += kCompanionEnding;
  return file_exists(companion) ? companion : std::string();
}

void add_tree(const std::string& path, std::string text, AgreementFile& file) {
  const auto source = static_cast<std::uint32_t>(file.trees.size());
  file.trees.push_back(std::make_unique<language::SyntaxTree>(
      language::parse(base::SourceText(path, std::move(text)), source, file.sink)));
}

base::Result<void> read_tree(const std::string& path, AgreementFile& file) {
  auto text = read_file(path);
  if (!text) {
    return text.error();
  }
  add_tree(path, std::move(text).value(), file);
  return {};
}

std::vector<const language::SyntaxTree*> trees_of(const AgreementFile& file) {
  std::vector<const language::SyntaxTree*> trees;
  for (const auto& tree : file.trees) {
    trees.push_back(tree.get());
  }
  return trees;
}

void resolve(AgreementFile& file) {
  file.agreement = agreement::from_syntax(trees_of(file), file.surroundings, file.sink);
}

base::Result<agreement::AnnexFiles> read_annexes(const std::string& path) {
  agreement::AnnexFiles annexes;
  for (const std::string& annex : files_beside(path, ".geojson")) {
    auto text = read_file(annex);
    if (!text) {
      return text.error();
    }
    annexes.emplace(std::filesystem::path(annex).filename().string(), std::move(text).value());
  }
  return annexes;
}

bool is_vocabulary(const language::SyntaxTree& tree) {
  return tree.root().child(language::NodeKind::VocabularyHeader).has_value();
}

}  // namespace

std::vector<const base::SourceText*> AgreementFile::sources() const {
  std::vector<const base::SourceText*> texts;
  texts.reserve(trees.size());
  for (const auto& tree : trees) {
    texts.push_back(&tree->source_text());
  }
  return texts;
}

base::Result<AgreementFile> read_agreement(const std::string& path,
                                           const std::vector<std::string>& settings) {
  AgreementFile file;
  file.path = agreement_path(path);
  if (auto read = read_tree(file.path, file); !read) {
    return read.error();
  }
  if (const std::string companion = companion_path(file.path); !companion.empty()) {
    if (auto read = read_tree(companion, file); !read) {
      return read.error();
    }
  }
  if (is_vocabulary(*file.trees.front())) {
    file.is_vocabulary = true;
    file.agreement.vocabulary = agreement::read_vocabulary(*file.trees.front(), file.sink);
    return file;
  }
  auto annexes = read_annexes(file.path);
  if (!annexes) {
    return annexes.error();
  }
  file.surroundings = {.vocabulary = *agreement::read_embedded_vocabulary(agreement::kCeasefire1),
                       .annexes = std::move(annexes).value(),
                       .settings = {}};
  if (!settings.empty()) {
    // What may be set, and to what, stands in the text itself.
    diagnostics::Sink aside;
    auto set =
        read_settings(agreement::from_syntax(trees_of(file), file.surroundings, aside), settings);
    if (!set) {
      return set.error();
    }
    file.surroundings.settings = std::move(set).value();
  }
  resolve(file);
  return file;
}

AgreementFile with_texts(const AgreementFile& file, const std::vector<std::string>& texts) {
  AgreementFile edited;
  edited.path = file.path;
  edited.surroundings = file.surroundings;
  for (std::size_t i = 0; i < file.trees.size() && i < texts.size(); ++i) {
    add_tree(file.trees[i]->source_text().name(), texts[i], edited);
  }
  resolve(edited);
  return edited;
}

base::Result<std::optional<agreement::ActorId>> find_audience(const agreement::Agreement& text,
                                                              const std::string& name) {
  if (name.empty()) {
    return std::optional<agreement::ActorId>();
  }
  const auto actor = text.find_actor(name);
  if (!actor.has_value()) {
    return base::Error{base::ErrorCode::InvalidArgument,
                       fmt::format("nobody in the agreement is called {}; write the name as the "
                                   "text has it",
                                   name)};
  }
  return actor;
}

}  // namespace truce::workbench
