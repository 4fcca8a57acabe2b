// SPDX-License-Identifier: Apache-2.0
#include "truce/server/internal/front_end.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace truce::server::internal {
namespace {

constexpr std::string_view kPack =
    "file\t/assets/a-1.js\ttext/javascript\tgzip\th1\t3\n"
    "file\t/index.html\ttext/html\tgzip\th2\t4\n"
    "file\t/index.html\ttext/html\tidentity\th3\t5\n"
    "page\t/map\n"
    "page\t/incidents/*\n"
    "\n"
    "abcshelPLAIN";

std::optional<Response> ask(const FrontEnd& pages, const std::string& address,
                            const std::string& encoding = "gzip, br", const std::string& known = "",
                            const std::string& method = "GET") {
  Request request;
  request.method = method;
  request.target = address;
  request.headers = {{"accept-encoding", encoding}, {"if-none-match", known}};
  return pages.answer(request, *parse_target(address, 8));
}

std::string header(const Response& response, std::string_view name) {
  const auto at = std::find_if(response.headers.begin(), response.headers.end(),
                               [&](const auto& one) { return one.first == name; });
  return at == response.headers.end() ? std::string() : at->second;
}

TEST(FrontEnd, APageIsTheShellAndAFileItself) {
  const FrontEnd pages(kPack);
  for (const char* address : {"/", "/map", "/incidents/0912-aleppo", "/?lang=ar"}) {
    const auto shell = ask(pages, address);
    ASSERT_TRUE(shell) << address;
    EXPECT_EQ(shell->body, "shel");
    EXPECT_EQ(header(*shell, "Cache-Control"), "no-cache");
    EXPECT_EQ(header(*shell, "Content-Encoding"), "gzip");
  }
  const auto file = ask(pages, "/assets/a-1.js");
  ASSERT_TRUE(file);
  EXPECT_EQ(file->body, "abc");
  EXPECT_EQ(file->content_type, "text/javascript");
  EXPECT_NE(header(*file, "Cache-Control").find("immutable"), std::string::npos);
}

TEST(FrontEnd, WhatIsNoPageIsNotAnswered) {
  const FrontEnd pages(kPack);
  for (const char* address :
       {"/incidents", "/incidents/a/b", "/nothing", "/assets/b.js", "/api/v1"}) {
    EXPECT_FALSE(ask(pages, address)) << address;
  }
  EXPECT_FALSE(ask(pages, "/map", "gzip", "", "POST"));
}

TEST(FrontEnd, WhoTakesNothingCompressedGetsTheShellPlain) {
  const FrontEnd pages(kPack);
  for (const char* encoding : {"", "gzip;q=0", "br"}) {
    EXPECT_EQ(ask(pages, "/map", encoding)->body, "PLAIN");
    EXPECT_EQ(ask(pages, "/assets/a-1.js", encoding)->status, 406U);
  }
}

TEST(FrontEnd, WhoHasItAlreadyIsToldSo) {
  const FrontEnd pages(kPack);
  const std::string tag = header(*ask(pages, "/map"), "ETag");
  EXPECT_EQ(ask(pages, "/map", "gzip", tag)->status, 304U);
  EXPECT_EQ(ask(pages, "/map", "gzip", tag)->body, "");
  // The other form is another thing.
  EXPECT_EQ(ask(pages, "/map", "", tag)->status, 200U);
}

TEST(FrontEnd, ThePolicyOfAPageAllowsNothingInlineOrFromElsewhere) {
  const std::string policy = header(*ask(FrontEnd::built_in(), "/"), "Content-Security-Policy");
  EXPECT_TRUE(policy.starts_with("default-src 'self';")) << policy;
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_EQ(policy.find("http"), std::string::npos);
  EXPECT_EQ(policy.find("script-src"), std::string::npos);
}

TEST(FrontEnd, ABrokenPackHasNoPages) {
  EXPECT_FALSE(ask(FrontEnd(""), "/"));
  EXPECT_FALSE(ask(FrontEnd("nothing"), "/"));
  // Shorter than it says.
  EXPECT_EQ(ask(FrontEnd("file\t/index.html\ttext/html\tgzip\th\t99\n\nab"), "/")->body, "ab");
}

}  // namespace
}  // namespace truce::server::internal
