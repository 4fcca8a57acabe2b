// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "truce/server/message.h"
#include "truce/server/target.h"

namespace truce::server::internal {

/// The pages, as app/build.mjs packs them. They are the same for everybody and hold nothing of the
/// record: that is asked for by the scripts in them, through the routes of the table.
class FrontEnd {
 public:
  /// Reads a pack, which must outlive it. What is not as the packer writes it is left out.
  explicit FrontEnd(std::string_view pack);
  /// The pages that are compiled in.
  static const FrontEnd& built_in();

  /// A file, or the shell where the address is one of a page; empty where it is neither.
  [[nodiscard]] std::optional<Response> answer(const Request& request, const Target& target) const;

 private:
  struct File {
    std::string type;
    std::string hash;
    // Null where it is not kept so.
    std::optional<std::string_view> compressed;
    std::optional<std::string_view> plain;
  };

  [[nodiscard]] bool is_page(const Target& target) const;

  std::map<std::string, File, std::less<>> files_;
  // Segments of the addresses of pages; `*` stands for any one.
  std::vector<std::vector<std::string>> pages_;
};

}  // namespace truce::server::internal
