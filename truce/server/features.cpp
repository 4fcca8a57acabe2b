// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/features.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "truce/incidents/write.h"

namespace truce::server::internal {
namespace {

using encoding::JsonValue;

base::Error invalid(std::string message) {
  return {base::ErrorCode::InvalidArgument, std::move(message)};
}

std::optional<std::vector<double>> numbers_of(std::string_view text) {
  std::vector<double> numbers;
  while (true) {
    const std::size_t end = std::min(text.find(','), text.size());
    double number = 0;
    const std::string part(text.substr(0, end));
    const char* const last = part.data() + part.size();
    const auto [rest, error] = std::from_chars(part.data(), last, number);
    if (error != std::errc() || rest != last || !std::isfinite(number)) {
      return std::nullopt;
    }
    numbers.push_back(number);
    if (end == text.size()) {
      return numbers;
    }
    text.remove_prefix(end + 1);
  }
}

// One side of an interval; a whole day ends when it is over.
std::optional<base::Instant> side_of(std::string_view text, base::Instant open, bool is_end) {
  if (text.empty() || text == "..") {
    return open;
  }
  const auto read = base::parse_instant(text, {});
  if (!read) {
    return std::nullopt;
  }
  if (!is_end) {
    return read->at;
  }
  return read->at + (read->is_whole_day ? base::kDay : base::Duration{1});
}

std::string text_of(const JsonValue* value) {
  return value == nullptr || !value->is_text() ? std::string() : value->text();
}

}  // namespace

base::Result<FeatureFilter> parse_filter(const std::string& box, const std::string& when) {
  FeatureFilter filter;
  if (!box.empty()) {
    const auto numbers = numbers_of(box);
    // With heights, which nothing here has.
    const bool has_heights = numbers && numbers->size() == 6;
    if (!numbers || (numbers->size() != 4 && !has_heights)) {
      return invalid("`bbox` is west, south, east and north in degrees, with commas between");
    }
    const std::size_t east = has_heights ? 3 : 2;
    filter.box = {(*numbers)[0], (*numbers)[1], (*numbers)[east], (*numbers)[east + 1]};
    if ((*filter.box)[1] > (*filter.box)[3]) {
      return invalid("`bbox` has its south above its north");
    }
  }
  if (!when.empty()) {
    const std::size_t slash = when.find('/');
    const std::string_view text = when;
    const std::string_view begin = text.substr(0, slash);
    const std::string_view end = slash == std::string::npos ? text : text.substr(slash + 1);
    const auto from = side_of(begin, base::kBeforeTime, false);
    const auto until = side_of(end, base::kAfterTime, true);
    if (!from || !until || *until <= *from) {
      return invalid(
          "`datetime` is a time, or two with a slash between, either of which may be `..`");
    }
    filter.when = {*from, *until};
  }
  return filter;
}

bool is_within(const incidents::Report& report, const FeatureFilter& filter) {
  if (filter.box) {
    if (!report.point) {
      return false;
    }
    const auto& [west, south, east, north] = *filter.box;
    const double latitude = report.point->latitude.degrees;
    const double longitude = report.point->longitude.degrees;
    const bool is_between = west <= east ? longitude >= west && longitude <= east
                                         : longitude >= west || longitude <= east;
    if (!is_between || latitude < south || latitude > north) {
      return false;
    }
  }
  return !filter.when ||
         (report.when.from < filter.when->to && report.when.to >= filter.when->from);
}

std::string feature_id(const AccountRow& row) {
  return row.report->incident + '~' + row.report->account + '~' + row.desk;
}

JsonValue::Array features_of(const std::vector<const AccountRow*>& rows,
                             base::Duration clock_offset) {
  JsonValue::Array features;
  features.reserve(rows.size());
  for (const AccountRow* row : rows) {
    features.push_back(incidents::feature_of(*row->report, clock_offset));
    features.back().set("id", feature_id(*row));
  }
  return features;
}

JsonValue::Array places_of(const Revision& revision) {
  JsonValue::Array places;
  for (const auto& [name, text] : revision.files) {
    const auto read = name.ends_with(".geojson") ? encoding::parse_json(name, text)
                                                 : base::Result<JsonValue>(JsonValue());
    const JsonValue* const features = read ? read->find("features") : nullptr;
    if (features == nullptr) {
      continue;
    }
    for (JsonValue feature : features->elements()) {
      const JsonValue* const properties = feature.find("properties");
      const std::string id =
          properties == nullptr ? std::string() : text_of(properties->find("name"));
      if (!id.empty()) {
        feature.set("id", id);
        places.push_back(std::move(feature));
      }
    }
  }
  return places;
}

}  // namespace truce::server::internal
