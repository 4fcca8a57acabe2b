// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/source_text.h"

namespace truce::diagnostics {

enum class Level : std::uint8_t { Error, Warning };

/// One kind for each line of the catalogue, kinds.def.
enum class Kind : std::uint16_t {
#define TRUCE_DIAGNOSTIC(code, level, name, message, explanation) name,
#include "truce/diagnostics/kinds.def"
#undef TRUCE_DIAGNOSTIC
};

/// What the catalogue says of a kind. `message` has holes `{0}`, `{1}` … filled by the arguments.
struct KindInfo {
  Kind kind;
  std::string_view code;
  Level level;
  std::string_view name;
  std::string_view message;
  std::string_view explanation;
};

/// The catalogue, in the order of kinds.def.
const std::vector<KindInfo>& catalogue();
const KindInfo& info(Kind kind);
/// By code, such as `T0204`, letter case ignored; empty when there is no such code.
std::optional<Kind> find_kind(std::string_view code);

/// A place that explains or is part of the problem, with a few words on it.
struct Label {
  base::Span span;
  std::string text;
  bool is_primary = false;
};

/// A replacement that would mend the text; `text` stands in place of `span`.
struct Fix {
  base::Span span;
  std::string text;
  std::string description;
};

/// One thing to tell a person about their text. Data, not prose: the words are made by a renderer.
struct Diagnostic {
  Kind kind;
  base::Span span;
  std::vector<std::string> arguments = {};
  std::vector<Label> labels = {};
  std::vector<std::string> notes = {};
  std::optional<Fix> fix = std::nullopt;
};

/// The message with its holes filled. Missing arguments leave the hole empty.
std::string message(const Diagnostic& diagnostic);

/// Collects what the steps have to say. Keeps the first `kCapacity` and counts the rest, so that no
/// text fills the memory with complaints about it. Not thread-safe.
class Sink {
 public:
  static constexpr std::size_t kCapacity = 10'000;

  void add(Diagnostic diagnostic);
  /// Whether another one would only be counted, so that its words need not be made.
  [[nodiscard]] bool is_full() const { return diagnostics_.size() >= kCapacity; }
  /// What was added, by place in the texts, the order of adding where equal; one per cause: of
  /// those with the same span the first stays. When some were only counted, a last one says so.
  [[nodiscard]] std::vector<Diagnostic> sorted() const;
  [[nodiscard]] bool has_errors() const { return has_errors_; }
  /// How many were counted and not kept.
  [[nodiscard]] std::size_t omitted() const { return omitted_; }
  [[nodiscard]] const std::vector<Diagnostic>& all() const { return diagnostics_; }

 private:
  std::vector<Diagnostic> diagnostics_;
  std::size_t omitted_ = 0;
  bool has_errors_ = false;
};

}  // namespace truce::diagnostics
