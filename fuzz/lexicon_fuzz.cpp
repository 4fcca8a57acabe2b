// SPDX-License-Identifier: Apache-2.0
// Properties: a lexicon that was read tells an agreement whatever its entries say, the same each
// time; one that was not says where it is wrong.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "truce/agreement/embedded.h"
#include "truce/agreement/from_syntax.h"
#include "truce/base/check.h"
#include "truce/diagnostics/diagnostic.h"
#include "truce/language/parse.h"
#include "truce/prose/lexicon.h"
#include "truce/prose/prose.h"

namespace {

namespace agreement = truce::agreement;
namespace prose = truce::prose;

// Longer entries only make the search slower.
constexpr std::size_t kMaxSize = 1 << 12;

constexpr std::string_view kText = R"(
truce "Case"; clock Local at UTC+02:00; days of 24 hours; vocabulary "truce/ceasefire-1".
parties North "the north"; South.
guarantors Aland ensures compliance of North; Borland ensures compliance of South.
bodies Mission of North and South, decides by consensus within 2 days, failing which Aland decides.
places Road; Strip = within 500 m of Road.
things Guns = Artillery with calibre at least 100 mm.
situations Quiet = no Party attacks Civilians with Weapons.
moments D = 2030-02-01 06:00; E = D + 1 month rounded up.
1.1 each Party shall not attack another Party, Civilians or its Convoys with Weapons; in Strip; from D;
  for [North: 2 days | South: 36 hours]; except against Guns of South; except in Quiet;
  renewable for 1 hour by agreement of Aland and Borland; monitored by Mission from E using Drones;
  ensured by its Guarantor; consequence none stated.
1.2 North and South jointly shall withdraw Guns away from Road at least 3500 m; upon Quiet;
  start not later than D; finish within 2 days of D; consequence 1.1.
)";

std::string told(const agreement::Agreement& text, const prose::Lexicon& lexicon) {
  prose::Prose prose(text, lexicon);
  std::string all;
  for (std::uint32_t i = 0; i < text.clauses.size(); ++i) {
    const prose::Paragraph paragraph = prose.clause(agreement::ClauseId{i});
    all += prose::to_plain(paragraph.sentence);
    for (const prose::Text& more : paragraph.more) {
      all += prose::to_plain(more);
    }
  }
  for (std::uint32_t i = 0; i < text.actors.size(); ++i) {
    all += prose::to_plain(prose.actor(agreement::ActorId{i}));
  }
  for (std::uint32_t i = 0; i < text.moments.size(); ++i) {
    all += prose::to_plain(prose.moment(agreement::MomentId{i}));
  }
  return all;
}

agreement::Agreement read_text() {
  truce::diagnostics::Sink sink;
  const auto tree =
      truce::language::parse(truce::base::SourceText("text", std::string(kText)), 0, sink);
  return agreement::from_syntax(
      {&tree}, {*agreement::read_embedded_vocabulary(agreement::kCeasefire1), {}}, sink);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const agreement::Agreement kAgreement = read_text();
  static const prose::Lexicon kEnglish =
      prose::Lexicon::read("en", prose::embedded_lexicon("en")).value();
  if (size > kMaxSize) {
    return 0;
  }
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto own = prose::Lexicon::read("fuzz.lexicon", text);
  prose::Lexicon both = kEnglish;
  const auto added = both.add("fuzz.lexicon", text);
  TRUCE_CHECK(own.has_value() == added.has_value(), "an entry is right or wrong by itself");
  if (!own.has_value()) {
    TRUCE_CHECK(own.error().message.starts_with("fuzz.lexicon"), "a mistake says where it is");
    return 0;
  }
  TRUCE_CHECK(told(kAgreement, *own) == told(kAgreement, *own), "the same is told each time");
  TRUCE_CHECK(told(kAgreement, both) == told(kAgreement, both), "the same is told each time");
  return 0;
}
