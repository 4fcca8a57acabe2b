// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "truce/base/time.h"
#include "truce/server/internal/call.h"
#include "truce/server/internal/context.h"
#include "truce/server/internal/edge.h"

namespace truce::server::internal {

/// What happens to every request before and after its action: it is read, its sender is known and
/// allowed, the body is as the table has it; the answer gets its headers, is counted and logged.
/// Whatever is not allowed by the table is refused.
class Application : public Handler {
 public:
  Application(Context& context, std::function<void(const std::string&)> on_log);

  /// The names, in lower case, by which the server is called besides those of this machine. Before
  /// the first request.
  void answers_to(std::vector<std::string> names) { names_ = std::move(names); }
  std::size_t most_body_bytes(const Request& head) override;
  Response handle(const Request& request) override;
  Response refuse(const Request& head, unsigned status, const std::string& reason) override;

 private:
  // What the log says of a request.
  struct Told {
    const Route* route = nullptr;
    std::string who;
  };

  Response answer(const Request& request, Told& told);
  // Finds who asks by the session; the answer where a write does not show that it is theirs.
  std::optional<Response> identify(const Request& request, const Route& route, Call& call);
  Response act(const Request& request, const Route& route, Call& call);
  bool takes_one_more(const std::string& from);
  void finish(const Request& request, const Told& told, Response& response,
              std::chrono::microseconds took);

  [[nodiscard]] bool is_for_us(std::string_view host) const;

  Context& context_;
  std::vector<std::string> names_;
  std::function<void(const std::string&)> on_log_;

  // How much of the burst each sender has left, and when that was so.
  struct Budget {
    double left = 0;
    std::chrono::steady_clock::time_point at;
  };
  std::mutex budgets_lock_;
  std::map<std::string, Budget> budgets_;
};

}  // namespace truce::server::internal
