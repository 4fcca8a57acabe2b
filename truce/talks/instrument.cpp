// SPDX-License-Identifier: Apache-2.0
#include "truce/talks/instrument.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "truce/crypto/sha256.h"
#include "truce/encoding/geojson.h"
#include "truce/language/format.h"

namespace truce::talks {
namespace {

using agreement::Actor;
using agreement::ActorId;
using agreement::Agreement;
using agreement::PlaceTerm;

std::set<std::string> annexes_named(const Agreement& agreement) {
  std::set<std::string> letters;
  for (const agreement::Place& place : agreement.places) {
    for (const PlaceTerm& term : place.terms) {
      if (term.what == PlaceTerm::What::Annex) {
        letters.insert(term.annex);
      }
    }
  }
  return letters;
}

// Whether a file beside the text draws something of those annexes; a map for the eye does not.
bool draws(const std::string& name, const std::string& text, const std::set<std::string>& letters) {
  const auto features = encoding::read_geojson(name, text);
  return features.has_value() && std::any_of(features->begin(), features->end(),
                                             [&](const encoding::GeoJsonFeature& feature) {
                                               const auto letter = feature.properties.find("annex");
                                               return letter != feature.properties.end() &&
                                                      letters.contains(letter->second);
                                             });
}

}  // namespace

Instrument instrument_of(const language::SyntaxTree& text, const Agreement& agreement,
                         const agreement::AnnexFiles& annexes) {
  Instrument made;
  made.manifest =
      fmt::format("truce-instrument/1\ntext {}\n", crypto::sha256_hex(language::format(text)));
  const std::set<std::string> letters = annexes_named(agreement);
  for (const auto& [name, drawing] : annexes) {
    if (draws(name, drawing, letters)) {
      made.manifest += fmt::format("annex {} {}\n", crypto::sha256_hex(drawing), name);
    }
  }
  made.hash = crypto::sha256_hex(made.manifest);
  return made;
}

std::string unsignable(const Agreement& agreement) {
  if (agreement.brackets.empty()) {
    return {};
  }
  std::vector<std::string> places;
  for (const agreement::Bracket& bracket : agreement.brackets) {
    std::string place = bracket.clause.has_value() ? agreement.clause(*bracket.clause).number
                                                   : std::string("the definitions");
    if (std::find(places.begin(), places.end(), place) == places.end()) {
      places.push_back(std::move(place));
    }
  }
  return fmt::format("{} still disputed, in {}",
                     agreement.brackets.size() == 1
                         ? "1 bracket is"
                         : fmt::format("{} brackets are", agreement.brackets.size()),
                     fmt::join(places, ", "));
}

std::vector<std::string> signatories(const Agreement& agreement) {
  std::set<ActorId> signing;
  for (const agreement::Agent& agent : agreement.signatories) {
    const std::vector<ActorId> actors = agreement.resolve(agent, ActorId());
    signing.insert(actors.begin(), actors.end());
  }
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < agreement.actors.size(); ++i) {
    const Actor& actor = agreement.actors[i];
    const bool is_named = agreement.signatories.empty() ? actor.role == Actor::Role::Party ||
                                                              actor.role == Actor::Role::Guarantor
                                                        : signing.contains(base::id_at<ActorId>(i));
    if (is_named) {
      names.push_back(actor.name);
    }
  }
  return names;
}

}  // namespace truce::talks
