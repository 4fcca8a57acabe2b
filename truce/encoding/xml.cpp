// SPDX-License-Identifier: Apache-2.0
#include "truce/encoding/xml.h"

#include <algorithm>
#include <array>
#include <memory>

#include <expat.h>
#include <fmt/format.h>

#include "truce/base/utf8.h"
#include "truce/encoding/windows_1252.h"

namespace truce::encoding {
namespace {

// Expat counts in int.
constexpr std::size_t kChunk = 1 << 20;
constexpr std::string_view kSpaces = " \t\r\n";

struct ParserEnd {
  void operator()(XML_Parser parser) const { XML_ParserFree(parser); }
};
using Parser = std::unique_ptr<std::remove_pointer_t<XML_Parser>, ParserEnd>;

std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.rfind(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

// Builds the tree while the parser calls.
struct Builder {
  XML_Parser parser = nullptr;
  XmlElement root;
  // The elements that are open, the root first. Only the last one's children grow.
  std::vector<XmlElement*> open;
  // Why the parser was stopped.
  std::string problem;

  void stop(std::string why) {
    if (problem.empty()) {
      problem = std::move(why);
    }
    XML_StopParser(parser, XML_FALSE);
  }
};

Builder& builder_of(void* data) { return *static_cast<Builder*>(data); }

void XMLCALL begin_element(void* data, const XML_Char* name, const XML_Char** attributes) {
  Builder& builder = builder_of(data);
  if (builder.open.size() == kMaxXmlDepth) {
    builder.stop(fmt::format("elements are nested deeper than {}", kMaxXmlDepth));
    return;
  }
  XmlElement element;
  element.name = without_prefix(name);
  element.line = XML_GetCurrentLineNumber(builder.parser);
  for (const XML_Char** at = attributes; *at != nullptr; at += 2) {
    element.attributes.emplace_back(without_prefix(at[0]), at[1]);
  }
  XmlElement* place = &builder.root;
  if (builder.open.empty()) {
    builder.root = std::move(element);
  } else {
    place = &builder.open.back()->children.emplace_back(std::move(element));
  }
  builder.open.push_back(place);
}

void XMLCALL end_element(void* data, const XML_Char*) { builder_of(data).open.pop_back(); }

void XMLCALL add_text(void* data, const XML_Char* text, int length) {
  builder_of(data).open.back()->text.append(text, static_cast<std::size_t>(length));
}

void XMLCALL refuse_entity(void* data, const XML_Char* name, int, const XML_Char*, int,
                           const XML_Char*, const XML_Char*, const XML_Char*, const XML_Char*) {
  builder_of(data).stop(
      fmt::format("the document type defines the entity `{}`; write its text out", name));
}

void XMLCALL refuse_skipped(void* data, const XML_Char* name, int) {
  builder_of(data).stop(fmt::format("the entity `{}` is defined outside the file", name));
}

int XMLCALL know_encoding(void*, const XML_Char* name, XML_Encoding* encoding) {
  std::string folded(name);
  std::transform(folded.begin(), folded.end(), folded.begin(), [](char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
  });
  if (folded != "windows-1252" && folded != "cp1252") {
    return XML_STATUS_ERROR;
  }
  for (int byte = 0; byte < 256; ++byte) {
    const std::string letter = from_windows_1252(std::string(1, static_cast<char>(byte)));
    encoding->map[byte] = static_cast<int>(base::decode_utf8(letter).value);
  }
  encoding->data = nullptr;
  encoding->convert = nullptr;
  encoding->release = nullptr;
  return XML_STATUS_OK;
}

base::Error wrong(std::string_view name, const Builder& builder) {
  const std::string problem =
      builder.problem.empty()
          ? fmt::format("this is not XML: {}", XML_ErrorString(XML_GetErrorCode(builder.parser)))
          : builder.problem;
  return {base::ErrorCode::InvalidArgument,
          fmt::format("{}:{}:{}: {}", name, XML_GetCurrentLineNumber(builder.parser),
                      XML_GetCurrentColumnNumber(builder.parser) + 1, problem)};
}

// XML 1.0 has no other control characters.
bool is_xml_character(char32_t letter) {
  return letter >= 0x20 ? letter != 0xFFFE && letter != 0xFFFF
                        : letter == '\t' || letter == '\n' || letter == '\r';
}

}  // namespace

const XmlElement* XmlElement::child(std::string_view wanted) const {
  const auto found = std::find_if(children.begin(), children.end(), [&](const XmlElement& element) {
    return element.name == wanted;
  });
  return found == children.end() ? nullptr : &*found;
}

std::string_view XmlElement::child_text(std::string_view wanted) const {
  const XmlElement* found = child(wanted);
  if (found == nullptr) {
    return {};
  }
  const std::string_view whole = found->text;
  const std::size_t begin = whole.find_first_not_of(kSpaces);
  return begin == std::string_view::npos
             ? std::string_view()
             : whole.substr(begin, whole.find_last_not_of(kSpaces) + 1 - begin);
}

std::string_view XmlElement::attribute(std::string_view wanted) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const auto& entry) { return entry.first == wanted; });
  return found == attributes.end() ? std::string_view() : std::string_view(found->second);
}

base::Result<XmlElement> parse_xml(std::string_view name, std::string_view text,
                                   const XmlOptions& options) {
  const Parser parser(XML_ParserCreate(options.is_utf8 ? "UTF-8" : nullptr));
  if (!parser) {
    return base::Error{base::ErrorCode::Io,
                       fmt::format("{}: out of memory; use a smaller file", name)};
  }
  Builder builder;
  builder.parser = parser.get();
  XML_SetUserData(parser.get(), &builder);
  XML_SetElementHandler(parser.get(), begin_element, end_element);
  XML_SetCharacterDataHandler(parser.get(), add_text);
  XML_SetEntityDeclHandler(parser.get(), refuse_entity);
  XML_SetSkippedEntityHandler(parser.get(), refuse_skipped);
  XML_SetUnknownEncodingHandler(parser.get(), know_encoding, nullptr);
  while (true) {
    const std::string_view chunk = text.substr(0, kChunk);
    text.remove_prefix(chunk.size());
    const auto status = XML_Parse(parser.get(), chunk.data(), static_cast<int>(chunk.size()),
                                  text.empty() ? XML_TRUE : XML_FALSE);
    if (status != XML_STATUS_OK) {
      return wrong(name, builder);
    }
    if (text.empty()) {
      return std::move(builder.root);
    }
  }
}

std::string to_xml_text(std::string_view text) {
  constexpr std::string_view kReplacement = "\uFFFD";
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const base::CodePoint letter = base::decode_utf8(text);
    const std::size_t length = std::max<std::size_t>(letter.length, 1);
    if (letter.length == 0 || !is_xml_character(letter.value)) {
      safe += kReplacement;
    } else if (letter.value == '&') {
      safe += "&amp;";
    } else if (letter.value == '<') {
      safe += "&lt;";
    } else if (letter.value == '>') {
      safe += "&gt;";
    } else if (letter.value == '"') {
      safe += "&quot;";
    } else if (letter.value == '\r') {
      // A reader turns a bare one into a line feed.
      safe += "&#13;";
    } else {
      safe += text.substr(0, length);
    }
    text.remove_prefix(length);
  }
  return safe;
}

}  // namespace truce::encoding
