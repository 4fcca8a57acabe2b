// SPDX-License-Identifier: Apache-2.0
#include "truce/agreement/internal/brackets.h"
#include "truce/agreement/internal/circles.h"
#include "truce/agreement/internal/declarations.h"
#include "truce/agreement/internal/regions.h"
#include "truce/agreement/internal/resolve_phrases.h"
#include "truce/encoding/geojson.h"

namespace truce::agreement::internal {
namespace {

using DiagnosticKind = diagnostics::Kind;

struct AnnexFeature {
  std::string file;
  encoding::GeoJsonFeature feature;
};

// What the files beside the agreement draw, by the letter of the annex.
struct Annexes {
  std::unordered_map<std::string, std::vector<AnnexFeature>> features;
  std::vector<std::string> problems;
};

Annexes read_annexes(const AnnexFiles& files) {
  Annexes annexes;
  for (const auto& [name, text] : files) {
    base::Result<std::vector<encoding::GeoJsonFeature>> read = encoding::read_geojson(name, text);
    if (!read.has_value()) {
      annexes.problems.push_back(read.error().message);
      continue;
    }
    for (encoding::GeoJsonFeature& feature : read.value()) {
      const auto letter = feature.properties.find("annex");
      if (letter != feature.properties.end()) {
        annexes.features[letter->second].push_back({name, std::move(feature)});
      }
    }
  }
  return annexes;
}

bool has_shape(const encoding::GeoJsonFeature& feature, PlaceTerm::Shape shape) {
  switch (shape) {
    case PlaceTerm::Shape::Area:
      return !feature.polygons.empty();
    case PlaceTerm::Shape::Line:
      return !feature.lines.empty();
    case PlaceTerm::Shape::Point:
      return !feature.points.empty();
  }
  return false;
}

std::string_view to_word(PlaceTerm::Shape shape) {
  switch (shape) {
    case PlaceTerm::Shape::Area:
      return "area";
    case PlaceTerm::Shape::Line:
      return "line";
    case PlaceTerm::Shape::Point:
      return "point";
  }
  return "";
}

base::Result<geometry::Region> drawn(const encoding::GeoJsonFeature& feature,
                                     PlaceTerm::Shape shape) {
  switch (shape) {
    case PlaceTerm::Shape::Area:
      return geometry::Region::area(feature.polygons);
    case PlaceTerm::Shape::Line:
      return geometry::Region::lines(feature.lines);
    case PlaceTerm::Shape::Point:
      break;
  }
  return geometry::Region::points(feature.points);
}

// The feature that draws the place: the one that names it, or the only one of that shape in the
// annex that names no place.
const AnnexFeature* find_feature(Context& context, const std::vector<AnnexFeature>& features,
                                 const PlaceTerm& term, const std::string& place) {
  const AnnexFeature* named = nullptr;
  const AnnexFeature* unnamed = nullptr;
  std::size_t of_shape = 0;
  for (const AnnexFeature& candidate : features) {
    if (!has_shape(candidate.feature, term.shape)) {
      continue;
    }
    ++of_shape;
    const auto name = candidate.feature.properties.find("place");
    if (name == candidate.feature.properties.end()) {
      unnamed = &candidate;
    } else if (name->second == place) {
      if (named != nullptr) {
        context.report(DiagnosticKind::DrawnTwice, term.span, {place, named->file, candidate.file});
        return named;
      }
      named = &candidate;
    }
  }
  return named != nullptr ? named : of_shape == 1 ? unnamed : nullptr;
}

void look_up(Context& context, const Annexes& annexes, PlaceTerm& term, const std::string& place) {
  const auto found = annexes.features.find(term.annex);
  if (found == annexes.features.end()) {
    return;
  }
  const AnnexFeature* drawing = find_feature(context, found->second, term, place);
  if (drawing == nullptr) {
    context.report(DiagnosticKind::NotDrawn, term.span,
                   {term.annex, std::string(to_word(term.shape)), place});
    return;
  }
  base::Result<geometry::Region> region = drawn(drawing->feature, term.shape);
  if (!region.has_value()) {
    context.report(DiagnosticKind::BadShape, term.span,
                   {place, drawing->file, region.error().message});
    return;
  }
  term.region = std::make_shared<const geometry::Region>(std::move(region).value());
}

void refer_to(Context& context, NodeView node, PlaceTerm& term) {
  base::Span span = node.span();
  const std::string name = node.name(&span);
  const auto found = context.names.places.find(name);
  if (found != context.names.places.end()) {
    term.place = found->second;
  } else {
    report_name(context, name, span, Wanted::Place);
  }
}

PlaceTerm term_of(Context& context, NodeView node) {
  PlaceTerm term;
  term.span = node.span();
  if (node.kind() == NodeKind::AnnexPlace) {
    term.what = PlaceTerm::What::Annex;
    term.annex = node.name();
    term.shape = node.has_word("line")    ? PlaceTerm::Shape::Line
                 : node.has_word("point") ? PlaceTerm::Shape::Point
                                          : PlaceTerm::Shape::Area;
    return term;
  }
  if (node.kind() == NodeKind::ParameterPlace) {
    term.what = PlaceTerm::What::Parameter;
    const std::string words = own_words(node);
    const std::string word = words.substr(words.rfind(' ') + 1);
    term.parameter = word;
    if (const auto id = parameter_of(context, node, word, Parameter::What::Places)) {
      term.region = context.agreement.parameters[id->index].places;
    }
    return term;
  }
  term.what = PlaceTerm::What::Named;
  if (node.kind() == NodeKind::WithinPlace) {
    term.what = PlaceTerm::What::Within;
    if (const auto distance = node.child(NodeKind::Distance)) {
      term.within = distance_of(context, *distance).value_or(base::Metres());
    }
  }
  refer_to(context, node, term);
  return term;
}

std::vector<PlaceTerm> terms_of(Context& context, NodeView expression) {
  std::vector<bool> is_excluded{false};
  for (std::uint32_t token : expression.own_tokens()) {
    is_excluded.push_back(expression.tree().meant_text(token) == "except");
  }
  std::vector<PlaceTerm> terms;
  std::size_t position = 0;
  for (NodeView child : expression.children()) {
    if (child.kind() == NodeKind::Error) {
      continue;
    }
    lift(context, child, [&](std::optional<AlternativeRef> only_in) {
      terms.push_back(term_of(context, child));
      terms.back().only_in = only_in;
      terms.back().is_excluded = position < is_excluded.size() && is_excluded[position];
    });
    ++position;
  }
  return terms;
}

void report_circles(Context& context) {
  const std::vector<Place>& places = context.agreement.places;
  for (const std::vector<std::uint32_t>& circle : find_circles(place_edges(places))) {
    Diagnostic diagnostic{.kind = DiagnosticKind::DefinitionCircle,
                          .span = places[circle[0]].span,
                          .arguments = {places[circle[0]].name}};
    for (std::size_t i = 0; i < circle.size(); ++i) {
      const Place& next = places[circle[(i + 1) % circle.size()]];
      diagnostic.labels.push_back({places[circle[i]].span,
                                   "`" + places[circle[i]].name + "` needs `" + next.name + "`",
                                   i == 0});
    }
    context.report(std::move(diagnostic));
  }
}

// One warning for all places of which the text says that an annex draws them, and no file does.
void report_abstract(Context& context, const Annexes& annexes) {
  std::vector<const PlaceTerm*> terms;
  std::vector<std::string> names;
  for (const Place& place : context.agreement.places) {
    for (const PlaceTerm& term : place.terms) {
      if (term.what == PlaceTerm::What::Annex && !term.annex.empty() &&
          !annexes.features.contains(term.annex)) {
        terms.push_back(&term);
        names.push_back("`" + place.name + "`");
      }
    }
  }
  if (terms.empty() || !annexes.problems.empty()) {
    return;
  }
  constexpr std::size_t kMostNamed = 6;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), kMostNamed); ++i) {
    list += (i == 0 ? "" : ", ") + names[i];
  }
  if (names.size() > kMostNamed) {
    list += " and " + std::to_string(names.size() - kMostNamed) + " more";
  }
  Diagnostic diagnostic{
      .kind = DiagnosticKind::AbstractPlaces, .span = terms[0]->span, .arguments = {list}};
  for (std::size_t i = 1; i < std::min<std::size_t>(terms.size(), 4); ++i) {
    diagnostic.labels.push_back({terms[i]->span, "no file draws this either", false});
  }
  context.report(std::move(diagnostic));
}

// On the first place that an annex should draw; a file nobody asks for is nobody's trouble.
void report_unreadable(Context& context, const Annexes& annexes) {
  for (const Place& place : context.agreement.places) {
    for (const PlaceTerm& term : place.terms) {
      if (term.what == PlaceTerm::What::Annex && !annexes.problems.empty()) {
        context.report({.kind = DiagnosticKind::AnnexUnreadable,
                        .span = term.span,
                        .arguments = {annexes.problems[0]},
                        .notes = {annexes.problems.begin() + 1, annexes.problems.end()}});
        return;
      }
    }
  }
}

}  // namespace

void resolve_places(Context& context, const Declared& declared) {
  const Annexes annexes = read_annexes(context.surroundings.annexes);
  for (const auto& [node, id] : declared.places) {
    std::optional<Fixing> fixing = child_fixing(context, node);
    std::vector<PlaceTerm> terms;
    if (const auto expression = node.child(NodeKind::PlaceExpression)) {
      terms = terms_of(context, *expression);
    }
    Place& place = context.agreement.places[id.index];
    for (PlaceTerm& term : terms) {
      if (term.what == PlaceTerm::What::Annex) {
        look_up(context, annexes, term, place.name);
      }
    }
    place.fixing = std::move(fixing);
    place.terms = std::move(terms);
  }
  report_unreadable(context, annexes);
  report_abstract(context, annexes);
  report_circles(context);
  compose_regions(context.agreement.places);
}

}  // namespace truce::agreement::internal
