// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/front_end.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "truce/server/internal/call.h"

// The pack stands in the program as it is in the file: as an array in C++ it would take minutes to
// compile.
asm(R"(
    .pushsection .rodata
    .balign 16
    .global kTruceAppPackBegin
    .global kTruceAppPackEnd
kTruceAppPackBegin:
    .incbin ")" TRUCE_APP_PACK R"("
kTruceAppPackEnd:
    .byte 0
    .popsection
)");

extern "C" {
// NOLINTNEXTLINE(modernize-avoid-c-arrays): symbols of the assembler.
extern const char kTruceAppPackBegin[];
// NOLINTNEXTLINE(modernize-avoid-c-arrays)
extern const char kTruceAppPackEnd[];
}

namespace truce::server::internal {
namespace {

constexpr std::string_view kShell = "/index.html";
// MapLibre makes pictures of what it draws; everything else comes from this server as a file.
constexpr std::string_view kPolicy =
    "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'";

std::vector<std::string> split(std::string_view text, char by) {
  std::vector<std::string> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(by, at), text.size());
    parts.emplace_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool takes_gzip(const Request& request) {
  const std::string_view accepted = request.header("accept-encoding");
  const std::size_t at = accepted.find("gzip");
  // `gzip;q=0` says no.
  return at != std::string_view::npos && !accepted.substr(at).starts_with("gzip;q=0");
}

std::string path_of(const Target& target) {
  std::string path;
  for (const std::string& segment : target.path) {
    path += '/';
    path += segment;
  }
  return path;
}

}  // namespace

FrontEnd::FrontEnd(std::string_view pack) {
  constexpr std::size_t kFileParts = 6;
  const std::size_t end_of_head = pack.find("\n\n");
  if (end_of_head == std::string_view::npos) {
    return;
  }
  std::string_view rest = pack.substr(end_of_head + 2);
  for (const std::string& line : split(pack.substr(0, end_of_head), '\n')) {
    const auto parts = split(line, '\t');
    if (parts.size() == 2 && parts[0] == "page") {
      auto segments = split(std::string_view(parts[1]).substr(1), '/');
      std::erase(segments, "");
      pages_.push_back(std::move(segments));
    }
    if (parts.size() != kFileParts || parts[0] != "file") {
      continue;
    }
    std::size_t length = 0;
    std::from_chars(parts[5].data(), parts[5].data() + parts[5].size(), length);
    const std::string_view bytes = rest.substr(0, length);
    rest.remove_prefix(bytes.size());
    File& file = files_[parts[1]];
    file.type = parts[2];
    file.hash = parts[4];
    (parts[3] == "gzip" ? file.compressed : file.plain) = bytes;
  }
}

const FrontEnd& FrontEnd::built_in() {
  static const FrontEnd kFrontEnd(
      {kTruceAppPackBegin, static_cast<std::size_t>(kTruceAppPackEnd - kTruceAppPackBegin)});
  return kFrontEnd;
}

bool FrontEnd::is_page(const Target& target) const {
  return target.path.empty() || std::any_of(pages_.begin(), pages_.end(), [&](const auto& page) {
           return std::equal(page.begin(), page.end(), target.path.begin(), target.path.end(),
                             [](const std::string& wanted, const std::string& segment) {
                               return wanted == "*" || wanted == segment;
                             });
         });
}

std::optional<Response> FrontEnd::answer(const Request& request, const Target& target) const {
  if (request.method != "GET" && request.method != "HEAD") {
    return std::nullopt;
  }
  const bool is_shell = is_page(target);
  const auto found = files_.find(is_shell ? std::string(kShell) : path_of(target));
  if (found == files_.end()) {
    return std::nullopt;
  }
  const File& file = found->second;
  const bool is_compressed = file.compressed && (!file.plain || takes_gzip(request));
  if (is_compressed && !takes_gzip(request)) {
    return problem(406, "this is kept compressed; ask with Accept-Encoding: gzip");
  }
  Response response{
      .content_type = file.type,
      .headers = {{"Content-Security-Policy", std::string(kPolicy)},
                  {"Vary", "Accept-Encoding"},
                  {"ETag", fmt::format("\"{}{}\"", file.hash, is_compressed ? "-gzip" : "")}},
      .body = {},
      .stream = nullptr};
  // The name of a file has its hash in it; the shell is asked for each time.
  response.headers.emplace_back("Cache-Control", found->first.starts_with("/assets/")
                                                     ? "public, max-age=31536000, immutable"
                                                     : "no-cache");
  if (request.header("if-none-match") == response.headers[2].second) {
    response.status = 304;
    return response;
  }
  if (is_compressed) {
    response.headers.emplace_back("Content-Encoding", "gzip");
  }
  response.body = is_compressed ? *file.compressed : *file.plain;
  return response;
}

}  // namespace truce::server::internal
