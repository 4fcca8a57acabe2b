// SPDX-License-Identifier: Apache-2.0
#include "truce/diagnostics/diagnostic.h"

#include <algorithm>
#include <cctype>

#include "truce/base/check.h"

namespace truce::diagnostics {
namespace {

bool is_same_folded(std::string_view first, std::string_view second) {
  const auto fold = [](char letter) { return std::toupper(static_cast<unsigned char>(letter)); };
  return std::equal(first.begin(), first.end(), second.begin(), second.end(),
                    [&](char a, char b) { return fold(a) == fold(b); });
}

}  // namespace

const std::vector<KindInfo>& catalogue() {
  static const std::vector<KindInfo> kKinds = {
#define TRUCE_DIAGNOSTIC(code, level, name, message, explanation) \
  {Kind::name, #code, Level::level, #name, message, explanation},
#include "truce/diagnostics/kinds.def"
#undef TRUCE_DIAGNOSTIC
  };
  return kKinds;
}

const KindInfo& info(Kind kind) {
  const auto index = static_cast<std::size_t>(kind);
  TRUCE_CHECK(index < catalogue().size(), "every kind stands in the catalogue");
  return catalogue()[index];
}

std::optional<Kind> find_kind(std::string_view code) {
  for (const KindInfo& entry : catalogue()) {
    if (is_same_folded(entry.code, code)) {
      return entry.kind;
    }
  }
  return std::nullopt;
}

std::string message(const Diagnostic& diagnostic) {
  const std::string_view pattern = info(diagnostic.kind).message;
  std::string text;
  for (std::size_t at = 0; at < pattern.size(); ++at) {
    const bool is_hole = pattern[at] == '{' && at + 2 < pattern.size() && pattern[at + 2] == '}' &&
                         pattern[at + 1] >= '0' && pattern[at + 1] <= '9';
    if (!is_hole) {
      text += pattern[at];
      continue;
    }
    const auto hole = static_cast<std::size_t>(pattern[at + 1] - '0');
    if (hole < diagnostic.arguments.size()) {
      text += diagnostic.arguments[hole];
    }
    at += 2;
  }
  return text;
}

void Sink::add(Diagnostic diagnostic) {
  has_errors_ = has_errors_ || info(diagnostic.kind).level == Level::Error;
  if (diagnostics_.size() >= kCapacity) {
    ++omitted_;
    return;
  }
  diagnostics_.push_back(std::move(diagnostic));
}

std::vector<Diagnostic> Sink::sorted() const {
  std::vector<Diagnostic> list = diagnostics_;
  std::stable_sort(list.begin(), list.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.span < b.span; });
  const auto is_same_place = [](const Diagnostic& a, const Diagnostic& b) {
    return a.span == b.span;
  };
  list.erase(std::unique(list.begin(), list.end(), is_same_place), list.end());
  if (omitted_ > 0 && !list.empty()) {
    const base::Span last = list.back().span;
    list.push_back({.kind = Kind::TooManyProblems,
                    .span = {last.source, last.end, last.end},
                    .arguments = {std::to_string(omitted_)}});
  }
  return list;
}

}  // namespace truce::diagnostics
