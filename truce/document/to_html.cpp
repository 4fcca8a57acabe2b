// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>

#include "truce/base/check.h"
#include "truce/document/internal/blocks.h"
#include "truce/document/internal/embedded.h"
#include "truce/document/internal/page_data.h"
#include "truce/document/record.h"

// The SHA-256 of each embedded file as the build found it, in hexadecimal.
#ifndef TRUCE_PAGE_SHA256
#error "TRUCE_PAGE_SHA256 is set in CMakeLists.txt"
#endif

namespace truce::document {
namespace {

using report::Words;

constexpr std::string_view kDigests = TRUCE_PAGE_SHA256;
// In the order of CMakeLists.txt.
constexpr std::array kScripts = {
    &internal::kPageScriptBase,  &internal::kPageScriptChoice, &internal::kPageScriptTimeline,
    &internal::kPageScriptMap,   &internal::kPageScriptList,   &internal::kPageScriptIncident,
    &internal::kPageScriptStart,
};
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
  static_assert(kDigests.size() == (1 + kScripts.size()) * kHexLength,
                "one digest for the style and each script");
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
  for (const std::string_view* text : kScripts) {
    out += script(*text) + "\n";
  }
  return out;
}

using Parts = std::map<std::string, std::string>;

// Takes the text up to and with the next hole off `rest` and gives the hole's name; empty at the
// end.
std::string next_hole(std::string_view& rest, std::string& out) {
  const std::size_t open = rest.find("{{");
  const std::size_t close = open == std::string_view::npos ? open : rest.find("}}", open);
  if (close == std::string_view::npos) {
    out.append(rest);
    rest = {};
    return "";
  }
  out.append(rest.substr(0, open));
  std::string name(rest.substr(open + 2, close - open - 2));
  rest.remove_prefix(close + 2);
  return name;
}

// `{{word.key}}` is a word, `{{NAME}}` a part made here; what stands between `{{?NAME}}` and
// `{{/NAME}}` is left out where that part is empty.
std::string fill_template(const Words& words, const Parts& parts) {
  std::string out;
  std::string_view rest = internal::kPageTemplate;
  for (std::string name = next_hole(rest, out); !name.empty(); name = next_hole(rest, out)) {
    if (name.front() == '/') {
      continue;
    }
    if (name.front() == '?') {
      const std::string end = "{{/" + name.substr(1) + "}}";
      if (parts.at(name.substr(1)).empty()) {
        const std::size_t found = rest.find(end);
        TRUCE_CHECK(found != std::string_view::npos, "a condition of the template has its end");
        rest.remove_prefix(found + end.size());
      }
      continue;
    }
    const auto part = parts.find(name);
    out += part != parts.end() ? part->second : internal::to_html_text(words(name));
  }
  return out;
}

// A map needs something to draw.
bool has_map(const Record& record, const report::Overview& overview) {
  return std::any_of(record.agreement.places.begin(), record.agreement.places.end(),
                     [](const auto& place) { return place.region != nullptr; }) ||
         std::any_of(overview.incidents.begin(), overview.incidents.end(),
                     [](const auto& view) { return view.where.has_value(); });
}

}  // namespace

std::string to_html(const Record& record) {
  const Words words = Words::english();
  const report::Overview overview = report::overview_of(record);
  const internal::Blocks blocks(words, record, overview);
  const std::string yes = "yes";
  const Parts parts{
      {"POLICY", policy()},
      {"STYLE", "<style>" + std::string(internal::kPageStyle) + "</style>"},
      {"TITLE", internal::to_html_text(record.agreement.title)},
      {"SCOPE", blocks.scope().str()},
      {"INCIDENTS", overview.incidents.empty() ? "" : yes},
      {"MAP", !overview.incidents.empty() && has_map(record, overview) ? yes : ""},
      {"STORY", blocks.story().str()},
      {"FIGURES", blocks.figures().str()},
      {"DAYS", blocks.days().str()},
      {"CLAUSES", blocks.clauses().str()},
      {"COMPLIANCE", blocks.compliance().str()},
      {"APART", internal::apart_block(words, record).str()},
      {"CLOCKS", blocks.clocks().str()},
      {"LEDGERS", blocks.ledgers().str()},
      {"DUTIES", blocks.duties().str()},
      {"NOTES", blocks.notes().str()},
      {"DIGEST", internal::to_html_text(record.replay.digest)},
      {"DATA", internal::page_data(words, record, overview)},
      {"SCRIPTS", scripts()},
  };
  return fill_template(words, parts);
}

}  // namespace truce::document
