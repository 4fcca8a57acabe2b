// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/quantity.h"
#include "truce/base/result.h"
#include "truce/encoding/xml.h"

namespace truce::encoding {

/// A placemark of a KML text, as written: a name, what is told of it, where and when.
struct KmlPlacemark {
  std::string name;
  std::string description;
  // Of `TimeStamp`; of `TimeSpan`, which may lack one end.
  std::string when;
  std::string begin;
  std::string end;
  bool has_span = false;
  // `Data` and `SimpleData`, in order.
  std::vector<std::pair<std::string, std::string>> data;
  // Points, lines and outer borders of areas, each as its corners.
  std::vector<std::vector<base::Point>> paths;
  // The line on which it begins, from 1.
  std::uint64_t line = 0;
  // Why its place cannot be read.
  std::optional<std::string> problem;
};

struct KmlFile {
  std::string document_name;
  // In file order, whatever folders they stand in.
  std::vector<KmlPlacemark> placemarks;
};

/// The placemarks of a KML text (OGC 12-007, and older editions); altitudes, styles, overlays and
/// links are not read. Fails with InvalidArgument for text that is not XML or not KML.
base::Result<KmlFile> read_kml(std::string_view name, std::string_view text,
                               const XmlOptions& options = {});

}  // namespace truce::encoding
