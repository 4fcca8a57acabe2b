// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/kml.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <memory>
#include <system_error>

#include <fmt/format.h>

namespace truce::encoding {
namespace {

constexpr std::string_view kSpaces = " \t\r\n";

// The next number of a tuple; drops it and the sign after it.
std::optional<double> take_number(std::string_view& tuple, char between) {
  const std::size_t end = std::min(tuple.find(between), tuple.size());
  std::string_view text = tuple.substr(0, end);
  tuple.remove_prefix(std::min(end + 1, tuple.size()));
  if (text.starts_with('+')) {
    text.remove_prefix(1);
  }
  double number = 0;
  const char* last = std::to_address(text.end());
  const auto read = std::from_chars(std::to_address(text.begin()), last, number);
  const bool is_whole = read.ec == std::errc{} && read.ptr == last && std::isfinite(number);
  return is_whole ? std::optional(number) : std::nullopt;
}

// `longitude,latitude` with `between` as the comma, and perhaps an altitude.
std::optional<std::string> add_point(std::string_view tuple, char between,
                                     std::vector<base::Point>& path) {
  std::string_view rest = tuple;
  const auto longitude = take_number(rest, between);
  const auto latitude = take_number(rest, between);
  const bool is_more = rest.find(',') != std::string_view::npos;
  if (!longitude || !latitude || is_more) {
    return fmt::format("`{}` is no position; it is longitude,latitude", tuple);
  }
  if (*latitude < -90 || *latitude > 90) {
    return fmt::format("latitude {} is not between -90 and 90; longitude comes first", *latitude);
  }
  if (*longitude < -180 || *longitude > 180) {
    return fmt::format("longitude {} is not between -180 and 180", *longitude);
  }
  path.push_back({{*latitude}, {*longitude}});
  return std::nullopt;
}

// Without the spaces beside commas, which the standard does not allow and people write.
std::string with_bare_commas(std::string_view text) {
  std::string bare;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (kSpaces.find(text[at]) == std::string_view::npos) {
      bare += text[at];
      continue;
    }
    const std::size_t next = std::min(text.find_first_not_of(kSpaces, at), text.size());
    const bool is_beside_comma =
        (!bare.empty() && bare.back() == ',') || (next < text.size() && text[next] == ',');
    bare += is_beside_comma ? "" : " ";
    at = next - 1;
  }
  return bare;
}

void add_path(std::string_view written, KmlPlacemark& placemark) {
  const std::string bare = with_bare_commas(written);
  std::string_view text = bare;
  std::vector<base::Point> path;
  while (true) {
    const std::size_t begin = text.find_first_not_of(kSpaces);
    if (begin == std::string_view::npos) {
      break;
    }
    text.remove_prefix(begin);
    const std::size_t end = std::min(text.find_first_of(kSpaces), text.size());
    if (auto problem = add_point(text.substr(0, end), ',', path)) {
      placemark.problem = std::move(problem);
      return;
    }
    text.remove_prefix(end);
  }
  if (path.empty()) {
    placemark.problem = "there are no coordinates";
    return;
  }
  placemark.paths.push_back(std::move(path));
}

void add_track(const XmlElement& track, KmlPlacemark& placemark) {
  std::vector<base::Point> path;
  for (const XmlElement& element : track.children) {
    if (element.name == "coord") {
      if (auto problem = add_point(element.text, ' ', path)) {
        placemark.problem = std::move(problem);
        return;
      }
    }
  }
  if (!path.empty()) {
    placemark.paths.push_back(std::move(path));
  }
}

// Invariant: the depth of the text, which the parser limits, bounds this recursion.
void add_geometry(const XmlElement& element, KmlPlacemark& placemark) {
  if (element.name == "Point" || element.name == "LineString" || element.name == "LinearRing") {
    add_path(element.child_text("coordinates"), placemark);
  } else if (element.name == "Polygon") {
    const XmlElement* outer = element.child("outerBoundaryIs");
    const XmlElement* ring = outer == nullptr ? nullptr : outer->child("LinearRing");
    if (ring == nullptr) {
      placemark.problem = "an area has no outer border";
    } else {
      add_geometry(*ring, placemark);
    }
  } else if (element.name == "Track") {
    add_track(element, placemark);
  } else if (element.name == "MultiGeometry" || element.name == "MultiTrack") {
    for (const XmlElement& part : element.children) {
      add_geometry(part, placemark);
    }
  }
}

void add_data(const XmlElement& extended, KmlPlacemark& placemark) {
  for (const XmlElement& element : extended.children) {
    if (element.name == "Data") {
      placemark.data.emplace_back(element.attribute("name"), element.child_text("value"));
    } else if (element.name == "SchemaData") {
      for (const XmlElement& simple : element.children) {
        if (simple.name == "SimpleData") {
          placemark.data.emplace_back(simple.attribute("name"), simple.text);
        }
      }
    }
  }
}

KmlPlacemark read_placemark(const XmlElement& element) {
  KmlPlacemark placemark;
  placemark.line = element.line;
  placemark.name = element.child_text("name");
  placemark.description = element.child_text("description");
  for (const XmlElement& part : element.children) {
    if (part.name == "TimeStamp") {
      placemark.when = part.child_text("when");
    } else if (part.name == "TimeSpan") {
      placemark.has_span = true;
      placemark.begin = part.child_text("begin");
      placemark.end = part.child_text("end");
    } else if (part.name == "ExtendedData") {
      add_data(part, placemark);
    } else {
      add_geometry(part, placemark);
    }
  }
  return placemark;
}

// Invariant: as above.
void add_placemarks(const XmlElement& element, KmlFile& file) {
  for (const XmlElement& part : element.children) {
    if (part.name == "Placemark") {
      file.placemarks.push_back(read_placemark(part));
    } else if (part.name == "Document" || part.name == "Folder") {
      if (file.document_name.empty()) {
        file.document_name = part.child_text("name");
      }
      add_placemarks(part, file);
    }
  }
}

}  // namespace

base::Result<KmlFile> read_kml(std::string_view name, std::string_view text,
                               const XmlOptions& options) {
  const auto root = parse_xml(name, text, options);
  if (!root) {
    return root.error();
  }
  if (root->name != "kml") {
    return base::Error{
        base::ErrorCode::InvalidArgument,
        fmt::format("{}: this is no KML; its first element is `{}`", name, root->name)};
  }
  KmlFile file;
  add_placemarks(*root, file);
  return file;
}

}  // namespace truce::encoding
