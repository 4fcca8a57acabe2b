// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/result.h"

namespace truce::encoding {

/// An element of an XML text: a tree of plain values.
struct XmlElement {
  // Without its prefix.
  std::string name;
  std::vector<std::pair<std::string, std::string>> attributes;
  // All text directly inside it, in order.
  std::string text;
  std::vector<XmlElement> children;
  // Where it begins, from 1.
  std::uint64_t line = 0;

  /// The first child of that name; null when there is none.
  [[nodiscard]] const XmlElement* child(std::string_view wanted) const;
  /// The text of that child without spaces around it; empty when there is none.
  [[nodiscard]] std::string_view child_text(std::string_view wanted) const;
  /// Empty when it is not there.
  [[nodiscard]] std::string_view attribute(std::string_view wanted) const;
};

constexpr std::size_t kMaxXmlDepth = 64;

struct XmlOptions {
  // The text is UTF-8 whatever it says of itself. Otherwise UTF-8, UTF-16, ISO-8859-1 and
  // windows-1252 are read as it declares.
  bool is_utf8 = false;
};

/// The root of an XML text. Fails with InvalidArgument, naming `name`, line and column, for text
/// that is not XML, nesting deeper than kMaxXmlDepth, and a document type that defines an entity.
/// Nothing outside the text is ever read. Linear.
base::Result<XmlElement> parse_xml(std::string_view name, std::string_view text,
                                   const XmlOptions& options = {});

/// `text` so that it can stand in an element or a quoted attribute. Characters that XML cannot hold
/// become U+FFFD.
std::string to_xml_text(std::string_view text);

}  // namespace truce::encoding
