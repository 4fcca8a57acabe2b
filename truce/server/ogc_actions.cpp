// SPDX-License-Identifier: Apache-2.0
// The record as layers of a map, and whole, in memory that does not grow with it.
#include <algorithm>

#include <fmt/format.h>

#include "truce/incidents/names.h"
#include "truce/incidents/write.h"
#include "truce/server/internal/accounts.h"
#include "truce/server/internal/actions.h"
#include "truce/server/internal/answers.h"
#include "truce/server/internal/features.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

constexpr std::string_view kIncidents = "incidents";
constexpr std::string_view kPlaces = "places";

JsonValue link(std::string_view address, std::string_view relation, std::string_view type,
               std::string_view title) {
  JsonValue value = JsonValue::object();
  value.set("href", address);
  value.set("rel", relation);
  value.set("type", type);
  value.set("title", title);
  return value;
}

JsonValue collection_value(std::string_view name) {
  const std::string address = fmt::format("/ogc/collections/{}", name);
  JsonValue value = JsonValue::object();
  value.set("id", name);
  value.set("title", name == kIncidents ? "Incidents, an account each" : "Places of the agreement");
  value.set("itemType", "feature");
  value.set("crs", JsonValue::Array{"http://www.opengis.net/def/crs/OGC/1.3/CRS84"});
  value.set("links", JsonValue::Array{link(address, "self", "application/json", "This layer"),
                                      link(address + "/items", "items", "application/geo+json",
                                           "What is on it")});
  return value;
}

bool is_collection(std::string_view name) { return name == kIncidents || name == kPlaces; }

// What each account of an incident says now, as far as it is shown to the person.
void add_current(const std::vector<AccountRow>& rows, const Person& person,
                 std::vector<const AccountRow*>& into) {
  std::map<std::pair<std::string, std::string>, const AccountRow*> last;
  for (const AccountRow& row : rows) {
    if (!is_shown(row.audience, person)) {
      continue;
    }
    const AccountRow*& kept = last[{incidents::fold_name(row.report->account), row.desk}];
    if (kept == nullptr || kept->report->reported_at <= row.report->reported_at) {
      kept = &row;
    }
  }
  for (const auto& [key, row] : last) {
    if (!row->report->is_withdrawn) {
      into.push_back(row);
    }
  }
}

bool is_foreign(const AccountRow& row, const Person& person) {
  return is_sealed(row.audience) && row.desk != desk_of(person);
}

// The places that the person may see.
JsonValue::Array places_for(const Record& record, const Person& person) {
  if (record.watched() == 0) {
    return {};
  }
  const Revision& revision = record.revisions()[record.watched() - 1];
  const bool is_allowed = is_shown(revision.audience, person) &&
                          (!revision.is_confidential || view_of(person) == "mission");
  return is_allowed ? places_of(revision) : JsonValue::Array();
}

Response geojson(const JsonValue& value) {
  Response response = json(value);
  response.content_type = "application/geo+json";
  return response;
}

// A page of one layer, and whether more is behind it.
struct Page {
  JsonValue::Array features;
  bool has_more = false;
  bool has_foreign = false;
};

struct Wanted {
  FeatureFilter filter;
  std::size_t limit = 0;
  std::uint64_t offset = 0;
};

base::Result<Wanted> wanted_of(const Call& call) {
  auto filter = parse_filter(call.target.parameter("bbox").value_or(""),
                             call.target.parameter("datetime").value_or(""));
  if (!filter) {
    return filter.error();
  }
  const auto limit = limit_of(call);
  if (!limit) {
    return limit.error();
  }
  const auto offset = number_of(call, "offset");
  if (!offset) {
    return offset.error();
  }
  return Wanted{std::move(filter).value(), *limit, *offset};
}

Page page_of_incidents(const Record& record, const Person& person, const Wanted& wanted) {
  Page page;
  std::uint64_t passed = 0;
  std::vector<const AccountRow*> chosen;
  for (const auto& [incident, rows] : record.incidents()) {
    std::vector<const AccountRow*> current;
    add_current(rows, person, current);
    for (const AccountRow* row : current) {
      if (!is_within(*row->report, wanted.filter) || passed++ < wanted.offset) {
        continue;
      }
      if (chosen.size() == wanted.limit) {
        page.has_more = true;
        break;
      }
      page.has_foreign = page.has_foreign || is_foreign(*row, person);
      chosen.push_back(row);
    }
    if (page.has_more) {
      break;
    }
  }
  page.features = features_of(chosen, record.clock_offset());
  return page;
}

Page page_of_places(const Record& record, const Person& person, const Wanted& wanted) {
  Page page;
  JsonValue::Array places = places_for(record, person);
  for (std::size_t at = wanted.offset; at < places.size(); ++at) {
    if (page.features.size() == wanted.limit) {
      page.has_more = true;
      break;
    }
    page.features.push_back(std::move(places[at]));
  }
  return page;
}

JsonValue links_of_page(const Call& call, const Wanted& wanted, bool has_more) {
  const std::string base = fmt::format("/ogc/collections/{}/items", call.segment("collection"));
  JsonValue::Array links = {link(call.request.target, "self", "application/geo+json", "This page")};
  if (has_more) {
    std::string next =
        fmt::format("{}?limit={}&offset={}", base, wanted.limit, wanted.offset + wanted.limit);
    for (const std::string_view name : {"bbox", "datetime"}) {
      if (const auto value = call.target.parameter(name)) {
        next += fmt::format("&{}={}", name, percent_encoded(*value));
      }
    }
    links.push_back(link(next, "next", "application/geo+json", "The next page"));
  }
  return links;
}

// Every row that somebody may see, a few incidents at a time.
class Export : public Stream {
 public:
  enum class Form : std::uint8_t { Csv, GeoJson };

  Export(Context& context, Person person, Form form)
      : context_(context), person_(std::move(person)), form_(form) {}

  Piece next() override {
    constexpr std::size_t kRowsAtOnce = 500;
    return context_.workspace.read([&](const Contents& contents) {
      std::vector<const AccountRow*> chosen;
      const IncidentMap& incidents = contents.record.incidents();
      auto at = has_begun_ ? incidents.upper_bound(after_) : incidents.begin();
      for (; at != incidents.end() && chosen.size() < kRowsAtOnce; ++at) {
        after_ = at->first;
        for (const AccountRow& row : at->second) {
          if (is_shown(row.audience, person_)) {
            chosen.push_back(&row);
          }
        }
      }
      const bool is_last = at == incidents.end();
      std::string bytes = form_ == Form::Csv
                              ? csv_of(chosen, contents.record.clock_offset())
                              : geojson_of(chosen, contents.record.clock_offset(), is_last);
      has_begun_ = true;
      return Piece{.state = is_last ? State::End : State::More, .bytes = std::move(bytes)};
    });
  }

 private:
  std::string csv_of(const std::vector<const AccountRow*>& rows, base::Duration offset) const {
    std::vector<const incidents::Report*> reports;
    reports.reserve(rows.size());
    for (const AccountRow* row : rows) {
      reports.push_back(row->report.get());
    }
    return incidents::csv_rows(reports, offset, !has_begun_);
  }

  std::string geojson_of(const std::vector<const AccountRow*>& rows, base::Duration offset,
                         bool is_last) {
    std::string text = has_begun_ ? "" : R"({"type":"FeatureCollection","features":[)";
    for (const JsonValue& feature : features_of(rows, offset)) {
      text += has_feature_ ? ",\n" : "\n";
      text += feature.to_text();
      has_feature_ = true;
    }
    return text + (is_last ? "\n]}\n" : "");
  }

  Context& context_;
  Person person_;
  Form form_;
  bool has_begun_ = false;
  bool has_feature_ = false;
  std::string after_;
};

// Whether a side said anything in confidence that this person may see.
bool sees_foreign(const Record& record, const Person& person) {
  return std::any_of(
      record.incidents().begin(), record.incidents().end(), [&](const auto& incident) {
        return std::any_of(incident.second.begin(), incident.second.end(), [&](const auto& row) {
          return is_shown(row.audience, person) && is_foreign(row, person);
        });
      });
}

Response exported(Context& context, const Call& call, Export::Form form) {
  const bool is_audited = context.workspace.read(
      [&](const Contents& contents) { return sees_foreign(contents.record, call.person); });
  if (is_audited) {
    if (auto refused = note_read(context, call.person, "all incidents, exported")) {
      return std::move(*refused);
    }
  }
  const bool is_csv = form == Export::Form::Csv;
  return {
      .content_type = is_csv ? "text/csv; charset=utf-8" : "application/geo+json",
      .headers = {{"Content-Disposition", is_csv ? "attachment; filename=\"incidents.csv\""
                                                 : "attachment; filename=\"incidents.geojson\""}},
      .body = {},
      .stream = std::make_unique<Export>(context, call.person, form)};
}

}  // namespace

Response get_ogc_landing(Context&, const Call&) {
  JsonValue value = JsonValue::object();
  value.set("title", "Truce workspace");
  value.set("description", "What was reported of a cease-fire, and the places of its agreement");
  value.set(
      "links",
      JsonValue::Array{link("/ogc/", "self", "application/json", "This page"),
                       link("/openapi.json", "service-desc",
                            "application/vnd.oai.openapi+json;version=3.1", "The description"),
                       link("/ogc/conformance", "conformance", "application/json", "What is kept"),
                       link("/ogc/collections", "data", "application/json", "The layers")});
  return json(value);
}

Response get_ogc_conformance(Context&, const Call&) {
  JsonValue value = JsonValue::object();
  value.set("conformsTo",
            JsonValue::Array{"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
                             "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson"});
  return json(value);
}

Response list_collections(Context&, const Call&) {
  JsonValue value = JsonValue::object();
  value.set("links",
            JsonValue::Array{link("/ogc/collections", "self", "application/json", "The layers")});
  value.set("collections",
            JsonValue::Array{collection_value(kIncidents), collection_value(kPlaces)});
  return json(value);
}

Response get_collection(Context&, const Call& call) {
  const std::string& name = call.segment("collection");
  return is_collection(name) ? json(collection_value(name)) : not_found();
}

Response list_features(Context& context, const Call& call) {
  const std::string& name = call.segment("collection");
  if (!is_collection(name)) {
    return not_found();
  }
  const auto wanted = wanted_of(call);
  if (!wanted) {
    return problem(wanted.error());
  }
  Page page = context.workspace.read([&](const Contents& contents) {
    return name == kIncidents ? page_of_incidents(contents.record, call.person, *wanted)
                              : page_of_places(contents.record, call.person, *wanted);
  });
  if (page.has_foreign) {
    if (auto refused = note_read(context, call.person, "incidents on a map")) {
      return std::move(*refused);
    }
  }
  JsonValue value = JsonValue::object();
  value.set("type", "FeatureCollection");
  value.set("numberReturned", page.features.size());
  value.set("links", links_of_page(call, *wanted, page.has_more));
  value.set("features", std::move(page.features));
  return geojson(value);
}

Response get_feature(Context& context, const Call& call) {
  const std::string& name = call.segment("collection");
  const std::string& id = call.segment("feature");
  bool has_foreign = false;
  JsonValue feature = context.workspace.read([&](const Contents& contents) {
    if (name == kPlaces) {
      for (JsonValue& place : places_for(contents.record, call.person)) {
        if (place.find("id")->text() == id) {
          return std::move(place);
        }
      }
      return JsonValue();
    }
    const auto at = contents.record.incidents().find(id.substr(0, id.find('~')));
    if (name != kIncidents || at == contents.record.incidents().end()) {
      return JsonValue();
    }
    std::vector<const AccountRow*> current;
    add_current(at->second, call.person, current);
    for (const AccountRow* row : current) {
      if (feature_id(*row) == id) {
        has_foreign = is_foreign(*row, call.person);
        auto made = features_of({row}, contents.record.clock_offset());
        return made.empty() ? JsonValue() : std::move(made.front());
      }
    }
    return JsonValue();
  });
  if (feature.is_null()) {
    return not_found();
  }
  if (has_foreign) {
    if (auto refused = note_read(context, call.person, id)) {
      return std::move(*refused);
    }
  }
  return geojson(feature);
}

Response export_csv(Context& context, const Call& call) {
  return exported(context, call, Export::Form::Csv);
}

Response export_geojson(Context& context, const Call& call) {
  return exported(context, call, Export::Form::GeoJson);
}

}  // namespace truce::server::internal
