// SPDX-License-Identifier: Apache-2.0
#include "truce/document/internal/treaty_blocks.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "truce/prose/prose.h"

namespace truce::document::internal {
namespace {

using agreement::Agreement;
using agreement::Part;
using prose::Text;
using What = Block::What;

constexpr std::string_view kImplied = "implied, not written";
constexpr std::size_t kShortHash = 16;
// Positions are written to about a metre, and listed where there are not more.
constexpr int kExact = 5;
constexpr std::size_t kMostCorners = 40;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return text;
}

// `UTC+03:00`.
std::string offset_text(base::Duration offset) {
  const std::int64_t minutes = offset.seconds / 60;
  return fmt::format("UTC{}{:02}:{:02}", minutes < 0 ? "-" : "+", std::abs(minutes) / 60,
                     std::abs(minutes) % 60);
}

class Builder {
 public:
  Builder(const Treaty& treaty, const prose::Lexicon& lexicon, const std::vector<Drawing>& drawings)
      : treaty_(&treaty),
        agreement_(treaty.agreement),
        prose_(*treaty.agreement, lexicon, treaty.texts),
        drawings_(&drawings) {
    for (std::size_t i = 0; i < agreement_->clauses.size(); ++i) {
      if (is_hidden(agreement_->clauses[i].part)) {
        hidden_.insert(base::id_at<agreement::ClauseId>(i));
      }
    }
  }

  Document build() {
    const prose::Lexicon& lexicon = prose_.lexicon();
    document_.language = lexicon.language();
    document_.is_right_to_left = lexicon.is_right_to_left();
    document_.letters = lexicon.setting("letters");
    document_.semicolon = lexicon.setting("semicolon");
    document_.stop = lexicon.setting("stop");
    document_.title = prose_.translated("heading", "title", agreement_->title);
    head();
    definitions();
    body();
    final_clauses();
    annexes();
    about();
    return std::move(document_);
  }

 private:
  Block& add(What what, Text text = {}) {
    Block block;
    block.what = what;
    block.text = std::move(text);
    document_.blocks.push_back(std::move(block));
    return document_.blocks.back();
  }

  static Text plain(std::string text) { return {{std::move(text), false}}; }

  // A sentence with its stop.
  [[nodiscard]] Text stopped(Text text) const {
    if (text.empty() || text.back().is_proposer) {
      text.emplace_back();
    }
    text.back().text += document_.stop;
    return text;
  }

  void head() {
    add(What::Title, plain(document_.title));
    if (agreement_->date.has_value()) {
      add(What::Centred, prose_.phrase("doc.date", {{"date", prose_.date(*agreement_->date)}}));
    }
    if (!agreement_->brackets.empty()) {
      Block& block = add(What::Draft, prose_.phrase("doc.draft"));
      for (const auto& [short_name, name] : prose_.proposers(hidden_)) {
        block.lines.push_back(prose::to_plain(
            prose_.phrase("doc.proposer", {{"short", short_name}, {"name", name}})));
      }
    }
    std::vector<agreement::Agent> parties;
    for (const agreement::ActorId id : agreement_->parties()) {
      agreement::Agent agent;
      agent.who = agreement::Agent::Who::Actor;
      agent.actor = id;
      parties.push_back(agent);
    }
    if (!parties.empty()) {
      Text text = prose_.phrase("doc.preamble", parties);
      text.back().text += prose_.lexicon().setting("colon");
      add(What::Centred, std::move(text));
    }
  }

  // Whether the text itself uses the number 1.
  [[nodiscard]] bool has_article_one() const {
    return std::any_of(agreement_->articles.begin(), agreement_->articles.end(),
                       [](const agreement::Article& article) { return article.number == "1"; }) ||
           std::any_of(agreement_->clauses.begin(), agreement_->clauses.end(),
                       [](const agreement::Clause& clause) {
                         return clause.number == "1" || clause.number.starts_with("1.");
                       });
  }

  void group(const char* key, const std::vector<Text>& definitions) {
    if (definitions.empty()) {
      return;
    }
    add(What::Group, prose_.phrase(key));
    for (const Text& definition : definitions) {
      add(What::Definition, stopped(definition));
    }
  }

  void actors(const char* key, agreement::Actor::Role role) {
    std::vector<Text> all;
    for (std::size_t i = 0; i < agreement_->actors.size(); ++i) {
      const agreement::Actor& actor = agreement_->actors[i];
      // Institutions that nobody declared stand in no text.
      if (actor.role == role && actor.span.begin != actor.span.end && actor.span.source == 0) {
        all.push_back(prose_.actor(base::id_at<agreement::ActorId>(i)));
      }
    }
    group(key, all);
  }

  template <typename AnyId, typename Part, typename Tell>
  void declared(const char* key, const std::vector<Part>& parts, const Tell& tell) {
    std::vector<Text> all;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      Text text = tell(base::id_at<AnyId>(i));
      if (!text.empty()) {
        all.push_back(std::move(text));
      }
    }
    group(key, all);
  }

  void definitions() {
    Block& heading = add(What::Article, prose_.phrase("doc.definitions"));
    if (!has_article_one()) {
      heading.label = prose::to_plain(prose_.phrase("doc.article", {{"n", "1"}}));
    }
    using Role = agreement::Actor::Role;
    actors("doc.parties", Role::Party);
    actors("doc.guarantors", Role::Guarantor);
    actors("doc.outside", Role::Outsider);
    actors("doc.bodies", Role::Body);
    actors("doc.others", Role::Other);
    parameters();
    declared<agreement::PlaceId>("doc.places", agreement_->places,
                                 [&](agreement::PlaceId id) { return prose_.place(id); });
    std::vector<Text> things;
    for (std::size_t i = 0; i < agreement_->vocabulary.kinds.size(); ++i) {
      const agreement::Kind& kind = agreement_->vocabulary.kinds[i];
      // A member with a measure of its own is told with the thing that names it.
      if (!kind.is_from_vocabulary && !kind.definition.empty()) {
        things.push_back(prose_.thing(base::id_at<agreement::KindId>(i)));
      }
    }
    group("doc.things", things);
    std::vector<Text> situations;
    for (std::size_t i = 0; i < agreement_->situations.size(); ++i) {
      // One that an exception defines is told there.
      if (!agreement_->situations[i].is_inline) {
        situations.push_back(prose_.situation(base::id_at<agreement::SituationId>(i)));
      }
    }
    group("doc.situations", situations);
    declared<agreement::MomentId>("doc.moments", agreement_->moments,
                                  [&](agreement::MomentId id) { return prose_.moment(id); });
    add(What::Sentence,
        stopped(prose_.phrase(
            "doc.clock",
            {{"name", prose_.translated("name", agreement_->clock.name, agreement_->clock.name)},
             {"offset", offset_text(agreement_->clock.offset)}})));
    add(What::Sentence, stopped(prose_.phrase(agreement_->day_rule == agreement::DayRule::Calendar
                                                  ? "doc.days_calendar"
                                                  : "doc.days_24")));
    add(What::Sentence, stopped(metric()));
    if (!agreement_->vocabulary.name.empty()) {
      add(What::Sentence,
          stopped(prose_.phrase("doc.vocabulary", {{"name", agreement_->vocabulary.name}})));
    }
  }

  // What is given when the agreement is run.
  void parameters() {
    std::vector<Text> all;
    for (const agreement::Parameter& parameter : agreement_->parameters) {
      if (parameter.what == agreement::Parameter::What::Places) {
        all.push_back(prose_.phrase("parameter.places", {{"name", parameter.name}}));
      } else if (parameter.number.has_value()) {
        const std::string number = prose_.number(static_cast<double>(*parameter.number));
        all.push_back(prose_.phrase("parameter.number", {{"name", parameter.name}, {"n", number}}));
      } else {
        all.push_back(prose_.phrase("parameter.number", {{"name", parameter.name}}));
      }
    }
    group("doc.parameters", all);
  }

  [[nodiscard]] Text metric() {
    if (agreement_->metric == agreement::Metric::Geodesic) {
      return prose_.phrase("doc.distances_geodesic");
    }
    if (!agreement_->planar_latitude.has_value()) {
      return prose_.phrase("doc.distances_planar");
    }
    return prose_.phrase("doc.distances_about",
                         {{"latitude", latitude({*agreement_->planar_latitude})}});
  }

  [[nodiscard]] bool is_hidden(const Part& part) const {
    return part.where == Part::Where::ConfidentialAnnex && part.index.has_value() &&
           !is_for_audience(agreement_->confidential_annexes[*part.index]);
  }

  [[nodiscard]] bool is_for_audience(const agreement::ConfidentialAnnex& annex) const {
    if (!treaty_->audience.has_value()) {
      return false;
    }
    return std::any_of(
        annex.audience.begin(), annex.audience.end(), [&](const agreement::Agent& agent) {
          const auto actors = agreement_->resolve(agent, agreement::ActorId());
          return std::find(actors.begin(), actors.end(), *treaty_->audience) != actors.end();
        });
  }

  // Headings and clauses as they stand in the text.
  void body() {
    struct Entry {
      base::Span span;
      int order;
      std::size_t index;
    };
    std::vector<Entry> entries;
    const auto enter = [&](const auto& parts, int order) {
      for (std::size_t i = 0; i < parts.size(); ++i) {
        entries.push_back({parts[i].span, order, i});
      }
    };
    enter(agreement_->articles, 0);
    enter(agreement_->confidential_annexes, 1);
    enter(agreement_->local_truces, 2);
    enter(agreement_->clauses, 3);
    std::stable_sort(entries.begin(), entries.end(), [](const Entry& first, const Entry& second) {
      return std::pair(first.span.source, first.span.begin) <
             std::pair(second.span.source, second.span.begin);
    });
    for (const Entry& entry : entries) {
      switch (entry.order) {
        case 0:
          article(agreement_->articles[entry.index]);
          break;
        case 1:
          confidential(entry.index);
          break;
        case 2:
          local_truce(agreement_->local_truces[entry.index], entry.index);
          break;
        default:
          clause(base::id_at<agreement::ClauseId>(entry.index));
      }
    }
  }

  void article(const agreement::Article& article) {
    Block& block =
        add(What::Article, plain(prose_.translated("heading", article.number, article.title)));
    block.label = prose::to_plain(prose_.phrase("doc.article", {{"n", article.number}}));
  }

  void confidential(std::size_t index) {
    const agreement::ConfidentialAnnex& annex = agreement_->confidential_annexes[index];
    const bool is_shown = is_for_audience(annex);
    Text title;
    if (is_shown && !annex.title.empty()) {
      title = plain(prose_.translated("heading", "annex " + annex.name, annex.title));
    }
    Block& block = add(What::Article, std::move(title));
    block.label = prose::to_plain(prose_.phrase("doc.confidential", {{"name", annex.name}}));
    if (is_shown) {
      add(What::Remark, stopped(prose_.phrase("doc.confidential_for", annex.audience)));
      return;
    }
    const std::string hash = index < treaty_->confidential_hashes.size()
                                 ? treaty_->confidential_hashes[index]
                                 : std::string();
    add(What::Remark,
        stopped(prose_.phrase("doc.confidential_left_out", annex.audience, {{"hash", hash}})));
  }

  void local_truce(const agreement::LocalTruce& local, std::size_t index) {
    const std::string title =
        prose_.translated("heading", fmt::format("local {}", index + 1), local.title);
    Text text = local.within.has_value() ? prose_.local_truce(title, *local.within)
                                         : prose_.phrase("doc.local_truce", {{"title", title}});
    add(What::Article, std::move(text));
    if (!local.prevails_over.empty()) {
      add(What::Remark, stopped(prose_.phrase("doc.local_over", local.prevails_over)));
    }
    if (!local.subject_to.empty()) {
      add(What::Remark, stopped(prose_.phrase("doc.local_under", local.subject_to)));
    }
  }

  [[nodiscard]] static bool is_implied(const agreement::Clause& clause) {
    const std::vector<const agreement::Note*> notes = clause.find_all<agreement::Note>();
    return std::any_of(notes.begin(), notes.end(), [](const agreement::Note* note) {
      return lower(note->text).starts_with(kImplied);
    });
  }

  // The wording of the Parties for this language, where there is one, with what is known of it.
  bool by_hand(const agreement::Clause& clause, Block& block) {
    for (const agreement::LanguageText* text : clause.find_all<agreement::LanguageText>()) {
      if (text->language != document_.language) {
        continue;
      }
      block.text = plain(text->text);
      const auto hash = treaty_->clause_hashes.find(clause.number);
      const std::string now =
          hash == treaty_->clause_hashes.end() ? "" : hash->second.substr(0, kShortHash);
      const bool is_noted = prose_.lexicon().find("checked", clause.number) != nullptr;
      const std::string noted =
          is_noted ? prose_.translated("checked", clause.number, "") : std::string();
      const char* key = !is_noted      ? "doc.written"
                        : noted == now ? "doc.written_checked"
                                       : "doc.written_changed";
      block.mark = prose::to_plain(prose_.phrase(key)) + (now.empty() ? "" : " (" + now + ")");
      return true;
    }
    return false;
  }

  void clause(agreement::ClauseId id) {
    if (hidden_.contains(id)) {
      return;
    }
    const agreement::Clause& clause = agreement_->clause(id);
    Block& block = add(What::Clause);
    block.label = clause.number;
    if (is_implied(clause)) {
      block.what = What::Remark;
      block.text = stopped(prose_.phrase("doc.implied"));
      return;
    }
    if (by_hand(clause, block)) {
      return;
    }
    if (clause.form == agreement::Form::Reservation) {
      block.text = plain(prose_.translated("reserved", clause.number, clause.reserved));
      block.more = prose_.clause(id).more;
      return;
    }
    prose::Paragraph paragraph = prose_.clause(id);
    block.text = std::move(paragraph.sentence);
    block.items = std::move(paragraph.items);
    block.more = std::move(paragraph.more);
  }

  void languages(const char* key, agreement::LanguageDeclaration::Standing standing) {
    std::vector<std::string> codes;
    for (const agreement::LanguageDeclaration& language : agreement_->languages) {
      if (language.standing == standing) {
        codes.push_back(language.code);
      }
    }
    if (!codes.empty()) {
      add(What::Sentence, stopped(prose_.phrase(key, {{"languages", prose_.languages(codes)}})));
    }
  }

  void final_clauses() {
    const Agreement& text = *agreement_;
    if (text.signatories.empty() && !text.force_from.has_value() && text.depositaries.empty() &&
        text.amending.empty() && text.languages.empty() && text.prevailing_language.empty()) {
      return;
    }
    add(What::Article, prose_.phrase("doc.final"));
    if (!text.signatories.empty()) {
      add(What::Sentence, stopped(prose_.phrase("doc.force_signature", text.signatories)));
    }
    if (text.force_from.has_value()) {
      add(What::Sentence, stopped(prose_.phrase("doc.force_from", *text.force_from)));
    }
    if (!text.depositaries.empty()) {
      add(What::Sentence, stopped(prose_.phrase("doc.deposit", text.depositaries)));
    }
    if (!text.amending.empty()) {
      add(What::Sentence, stopped(prose_.phrase("doc.amendment", text.amending)));
    }
    using Standing = agreement::LanguageDeclaration::Standing;
    languages("doc.authentic", Standing::Authentic);
    languages("doc.translation", Standing::Translation);
    languages("doc.drawn_up", Standing::Unstated);
    if (!text.prevailing_language.empty()) {
      add(What::Sentence,
          stopped(prose_.phrase("doc.prevailing",
                                {{"language", prose_.languages({text.prevailing_language})}})));
    }
  }

  std::string degrees(double value, const char* positive, const char* negative, int decimals) {
    const std::string number = prose_.number(std::abs(value), decimals);
    return prose_.fragment(value < 0 ? negative : positive, {{"degrees", number}});
  }
  std::string latitude(base::Latitude latitude, int decimals = 3) {
    return degrees(latitude.degrees, "doc.north", "doc.south", decimals);
  }
  std::string longitude(base::Longitude longitude, int decimals = 3) {
    return degrees(longitude.degrees, "doc.east", "doc.west", decimals);
  }

  // The corners of all it draws, the last of a ring not repeated.
  static std::vector<base::Point> corners_of(const encoding::GeoJsonFeature& shape) {
    std::vector<base::Point> points = shape.points;
    for (const auto& polygon : shape.polygons) {
      for (const auto& ring : polygon) {
        points.insert(points.end(), ring.begin(),
                      ring.end() - (ring.size() > 1 && ring.front() == ring.back() ? 1 : 0));
      }
    }
    for (const auto& line : shape.lines) {
      points.insert(points.end(), line.begin(), line.end());
    }
    return points;
  }

  std::string position(base::Point point) {
    return latitude(point.latitude, kExact) + " " + longitude(point.longitude, kExact);
  }

  std::string extent_of(const std::vector<base::Point>& points) {
    const auto [south, north] =
        std::minmax_element(points.begin(), points.end(),
                            [](base::Point a, base::Point b) { return a.latitude < b.latitude; });
    const auto [west, east] =
        std::minmax_element(points.begin(), points.end(),
                            [](base::Point a, base::Point b) { return a.longitude < b.longitude; });
    return prose_.fragment("doc.annex_extent", {{"south", latitude(south->latitude)},
                                                {"north", latitude(north->latitude)},
                                                {"west", longitude(west->longitude)},
                                                {"east", longitude(east->longitude)}});
  }

  // `East Aleppo: an area of 12 corners, from 36.1° N to …`, and where its corners are, unless
  // there are too many to read.
  std::vector<std::string> described(const Drawing::Feature& feature) {
    const std::vector<base::Point> points = corners_of(feature.shape);
    const std::string head = place_name(feature.place) + prose_.lexicon().setting("colon") + " ";
    if (points.empty()) {
      return {};
    }
    if (points.size() == 1) {
      return {head + prose_.fragment("doc.annex_point") + ", " + position(points.front())};
    }
    const char* key = !feature.shape.polygons.empty() ? "doc.annex_area"
                      : !feature.shape.lines.empty()  ? "doc.annex_line"
                                                      : "doc.annex_points";
    const std::string count = prose_.number(static_cast<double>(points.size()));
    std::vector<std::string> lines{head + prose_.fragment(key, {{"n", count}}) + ", " +
                                   extent_of(points)};
    if (points.size() <= kMostCorners) {
      std::string all;
      for (const base::Point& point : points) {
        all += (all.empty() ? "" : prose_.lexicon().setting("semicolon") + " ") + position(point);
      }
      lines.push_back(std::move(all));
    }
    return lines;
  }

  std::string label(const std::string& name) {
    const auto place = agreement_->find_place(name);
    return place.has_value() ? prose::to_plain(prose_.label_of(*place)) : name;
  }

  std::string place_name(const std::string& name) {
    const auto place = agreement_->find_place(name);
    return place.has_value() ? prose::to_plain(prose_.name_of(*place)) : name;
  }

  void annexes() {
    for (std::size_t i = 0; i < drawings_->size(); ++i) {
      const Drawing& drawing = (*drawings_)[i];
      Block& heading = add(What::Article);
      heading.label = prose::to_plain(prose_.phrase("doc.annex", {{"name", drawing.annex}}));
      if (drawing.features.empty()) {
        add(What::Remark, stopped(prose_.phrase("doc.annex_missing")));
        continue;
      }
      std::vector<std::string> places;
      std::vector<std::string> lines;
      std::vector<std::string> names;
      for (const Drawing::Feature& feature : drawing.features) {
        places.push_back(place_name(feature.place));
        for (std::string& line : described(feature)) {
          lines.push_back(std::move(line));
        }
        names.push_back(label(feature.place));
      }
      Block& map = add(What::Map, prose_.phrase("doc.map_of", {{"places", prose_.list(places)}}));
      map.map = i;
      map.names = std::move(names);
      map.lines = std::move(lines);
      for (const std::string& file : drawing.files) {
        for (const AnnexFile& annex : treaty_->annexes) {
          if (annex.name == file) {
            map.lines.push_back(prose::to_plain(
                prose_.phrase("doc.annex_file", {{"file", annex.name}, {"hash", annex.sha256}})));
          }
        }
      }
    }
  }

  void about() {
    Block& block = add(What::About, prose_.phrase("doc.about"));
    const auto line = [&](const Text& text) {
      block.lines.push_back(prose::to_plain(stopped(text)));
    };
    line(prose_.phrase("doc.generated", {{"language", prose_.languages({document_.language})}}));
    line(prose_.phrase("doc.hash", {{"hash", treaty_->hash}}));
    line(prose_.phrase("doc.hash_how"));
    if (const std::vector<std::string> terms = prose_.untranslated(); !terms.empty()) {
      line(prose_.phrase("doc.untranslated", {{"terms", prose_.list(terms)}}));
    }
  }

  const Treaty* treaty_;
  const Agreement* agreement_;
  prose::Prose prose_;
  const std::vector<Drawing>* drawings_;
  std::set<agreement::ClauseId> hidden_;
  Document document_;
};

// The places that one annex draws, each with its shape.
using DrawnPlaces = std::vector<std::pair<std::string, agreement::PlaceTerm::Shape>>;

bool has_shape(const encoding::GeoJsonFeature& feature, agreement::PlaceTerm::Shape shape) {
  using Shape = agreement::PlaceTerm::Shape;
  return shape == Shape::Area   ? !feature.polygons.empty()
         : shape == Shape::Line ? !feature.lines.empty()
                                : !feature.points.empty();
}

// By the letter of the annex.
std::map<std::string, DrawnPlaces> drawn_places(const Agreement& agreement) {
  std::map<std::string, DrawnPlaces> places;
  for (const agreement::Place& place : agreement.places) {
    for (const agreement::PlaceTerm& term : place.terms) {
      if (term.what == agreement::PlaceTerm::What::Annex) {
        places[term.annex].emplace_back(place.name, term.shape);
      }
    }
  }
  return places;
}

// The place that a feature of the annex draws: the one it names, else the only one of its shape.
// Empty where it draws none of them.
std::string place_drawn(const encoding::GeoJsonFeature& feature, const DrawnPlaces& places) {
  const auto own = feature.properties.find("place");
  std::string place = own == feature.properties.end() ? std::string() : own->second;
  for (const auto& [name, shape] : places) {
    if (place.empty() && has_shape(feature, shape)) {
      place = name;
    }
  }
  const bool is_drawn = std::any_of(places.begin(), places.end(),
                                    [&](const auto& one) { return one.first == place; });
  return is_drawn ? place : std::string();
}

void add_features(const AnnexFile& file, const DrawnPlaces& places, Drawing& drawing) {
  const auto features = encoding::read_geojson(file.name, file.text);
  if (!features.has_value()) {
    return;
  }
  for (const encoding::GeoJsonFeature& feature : *features) {
    const auto annex = feature.properties.find("annex");
    if (annex == feature.properties.end() || annex->second != drawing.annex) {
      continue;
    }
    std::string place = place_drawn(feature, places);
    if (place.empty()) {
      continue;
    }
    drawing.features.push_back({std::move(place), feature});
    if (drawing.files.empty() || drawing.files.back() != file.name) {
      drawing.files.push_back(file.name);
    }
  }
}

}  // namespace

std::vector<Drawing> drawings_of(const Treaty& treaty) {
  std::vector<Drawing> drawings;
  for (const auto& [letter, places] : drawn_places(*treaty.agreement)) {
    Drawing drawing;
    drawing.annex = letter;
    for (const AnnexFile& file : treaty.annexes) {
      add_features(file, places, drawing);
    }
    drawings.push_back(std::move(drawing));
  }
  return drawings;
}

Document document_in(const Treaty& treaty, const prose::Lexicon& lexicon,
                     const std::vector<Drawing>& drawings) {
  return Builder(treaty, lexicon, drawings).build();
}

}  // namespace truce::document::internal
