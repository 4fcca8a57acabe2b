// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <functional>
#include <map>

#include "truce/base/check.h"
#include "truce/document/internal/blocks.h"
#include "truce/document/internal/embedded.h"
#include "truce/document/internal/page_data.h"

// The SHA-256 of each embedded file as the build found it, in hexadecimal.
#ifndef TRUCE_PAGE_SHA256
#error "TRUCE_PAGE_SHA256 is set in CMakeLists.txt"
#endif

namespace truce::document {
namespace {

using internal::Words;

constexpr std::string_view kDigests = TRUCE_PAGE_SHA256;
constexpr std::size_t kHexLength = 64;

unsigned hex_digit(char digit) {
  return static_cast<unsigned>(digit <= '9' ? digit - '0' : digit - 'a' + 10);
}

// The base64 form that a content security policy wants of a digest in hexadecimal.
std::string to_base64(std::string_view hex) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  // Six hexadecimal digits are four of base64.
  for (std::size_t at = 0; at < hex.size(); at += 6) {
    unsigned bits = 0;
    for (std::size_t digit = 0; digit < 6; ++digit) {
      bits = bits * 16 + (at + digit < hex.size() ? hex_digit(hex[at + digit]) : 0);
    }
    for (int shift = 18; shift >= 0; shift -= 6) {
      out += kDigits[(bits >> shift) & 63U];
    }
  }
  // 32 bytes leave one of three bytes of the last group empty.
  out.back() = '=';
  return out;
}

std::string source_of(std::size_t file) {
  return "'sha256-" + to_base64(kDigests.substr(file * kHexLength, kHexLength)) + "'";
}

// Nothing is loaded, and only the embedded style and scripts apply, byte for byte.
std::string policy() {
  static_assert(kDigests.size() == 6 * kHexLength, "one digest for the style and each script");
  std::string scripts;
  for (std::size_t file = 1; file < kDigests.size() / kHexLength; ++file) {
    scripts += " " + source_of(file);
  }
  return "default-src 'none'; style-src " + source_of(0) + "; script-src" + scripts +
         "; base-uri 'none'; form-action 'none'";
}

std::string script(std::string_view text) { return "<script>" + std::string(text) + "</script>"; }

std::string scripts() {
  std::string out;
  for (const std::string_view text :
       {internal::kPageScriptBase, internal::kPageScriptTimeline, internal::kPageScriptMap,
        internal::kPageScriptList, internal::kPageScriptStart}) {
    out += script(text) + "\n";
  }
  return out;
}

// `{{word.key}}` is a word, `{{name}}` a block made here.
std::string fill_template(const Words& words, const std::map<std::string, std::string>& blocks) {
  std::string out;
  std::string_view rest = internal::kPageTemplate;
  while (true) {
    const std::size_t open = rest.find("{{");
    const std::size_t close = open == std::string_view::npos ? open : rest.find("}}", open);
    if (close == std::string_view::npos) {
      return out.append(rest);
    }
    out.append(rest.substr(0, open));
    const std::string name(rest.substr(open + 2, close - open - 2));
    const auto block = blocks.find(name);
    out += block != blocks.end() ? block->second : internal::to_html_text(words(name));
    rest.remove_prefix(close + 2);
  }
}

}  // namespace

std::string to_html(const Record& record) {
  const Words words = Words::english();
  const internal::Overview overview = internal::overview_of(record);
  const internal::Blocks blocks(words, record, overview);
  const std::map<std::string, std::string> parts{
      {"POLICY", policy()},
      {"STYLE", "<style>" + std::string(internal::kPageStyle) + "</style>"},
      {"TITLE", internal::to_html_text(record.agreement.title)},
      {"SCOPE", blocks.scope().str()},
      {"LEAD", blocks.lead_text().str()},
      {"FIGURES", blocks.figures().str()},
      {"DAYS", blocks.days().str()},
      {"CLAUSES", blocks.clauses().str()},
      {"CLOCKS", blocks.clocks().str()},
      {"DUTIES", blocks.duties().str()},
      {"NOTES", blocks.notes().str()},
      {"DIGEST", internal::to_html_text(record.replay.digest)},
      {"DATA", internal::page_data(words, record, overview)},
      {"SCRIPTS", scripts()},
  };
  return fill_template(words, parts);
}

}  // namespace truce::document
