// SPDX-License-Identifier: Apache-2.0
#include "truce/server/server.h"

#include <chrono>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "truce/server/internal/actions.h"
#include "truce/server/internal/application.h"
#include "truce/server/internal/edge.h"
#include "truce/server/internal/witness_keeper.h"

namespace truce::server {
namespace {

// How often is looked what the time changed.
constexpr std::chrono::seconds kTick{10};

// Holds a folder for one server; the system gives it back however that ends.
class FolderLock {
 public:
  FolderLock() = default;
  ~FolderLock() {
    if (descriptor_ >= 0) {
      close(descriptor_);
    }
  }
  FolderLock(const FolderLock&) = delete;
  FolderLock& operator=(const FolderLock&) = delete;

  // Makes the folder, for its owner alone, where it is not there.
  base::Result<void> take(const std::string& folder) {
    namespace fs = std::filesystem;
    std::error_code error;
    if (fs::create_directories(folder, error)) {
      fs::permissions(folder, fs::perms::owner_all, error);
    }
    const std::string path = fs::path(folder) / "lock";
    descriptor_ = ::open(path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (descriptor_ < 0) {
      return base::Error{base::ErrorCode::Io,
                         fmt::format("{} cannot be used as a folder; name one that can be written "
                                     "with --data",
                                     folder)};
    }
    if (flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      return base::Error{base::ErrorCode::Io,
                         fmt::format("{} is served already; stop that server first, or name "
                                     "another folder with --data",
                                     folder)};
    }
    return {};
  }

 private:
  int descriptor_ = -1;
};

}  // namespace

class Server::State {
 public:
  explicit State(ServeOptions options) : options_(std::move(options)) {}

  base::Result<void> open();
  [[nodiscard]] internal::Edge& edge() { return *edge_; }
  [[nodiscard]] internal::Application& application() { return *application_; }
  [[nodiscard]] const std::string& first_invitation() const { return first_invitation_; }
  void run() { edge_->run(); }

 private:
  ServeOptions options_;
  FolderLock lock_;
  internal::Sessions sessions_{options_.limits};
  std::unique_ptr<internal::Workspace> workspace_;
  std::unique_ptr<internal::Context> context_;
  std::unique_ptr<internal::Application> application_;
  std::unique_ptr<internal::Edge> edge_;
  std::string first_invitation_;
  // Goes first: what it writes is told to the edge.
  std::unique_ptr<internal::WitnessKeeper> keeper_;
};

base::Result<void> Server::State::open() {
  if (auto taken = lock_.take(options_.data); !taken) {
    return taken;
  }
  auto workspace = internal::Workspace::open(options_.data, options_.has_ledger, options_.clock);
  if (!workspace) {
    return workspace.error();
  }
  workspace_ = std::move(workspace).value();
  context_ = std::make_unique<internal::Context>(options_.limits, *workspace_, sessions_,
                                                 options_.password_cost);
  application_ = std::make_unique<internal::Application>(*context_, options_.on_log);
  auto edge = internal::Edge::open({.address = options_.address,
                                    .port = options_.port,
                                    .tls_certificate = options_.tls_certificate,
                                    .tls_key = options_.tls_key},
                                   options_.limits, *application_);
  if (!edge) {
    return edge.error();
  }
  edge_ = std::move(edge).value();
  context_->edge = edge_.get();
  application_->answers_to(edge_->names());
  if (options_.ends_on_signals) {
    edge_->end_on_signals();
  }
  auto link = internal::first_link(*context_);
  if (!link) {
    return link.error();
  }
  first_invitation_ = std::move(link).value();
  if (options_.has_ledger) {
    if (auto announced = internal::WitnessKeeper::announce(*workspace_, options_.witnesses);
        !announced) {
      return announced;
    }
  }
  if (options_.has_ledger && !options_.witnesses.empty()) {
    keeper_ = std::make_unique<internal::WitnessKeeper>(*workspace_, options_.limits.witness_time);
  }
  workspace_->on_change([this] {
    edge_->wake();
    if (keeper_) {
      keeper_->look();
    }
  });
  if (keeper_) {
    keeper_->begin();
  }
  edge_->repeat(kTick, [this] { workspace_->tick(); });
  return {};
}

base::Result<std::unique_ptr<Server>> Server::open(ServeOptions options) {
  auto state = std::make_unique<State>(std::move(options));
  if (auto opened = state->open(); !opened) {
    return opened.error();
  }
  return std::make_unique<Server>(std::move(state));
}

Server::Server(std::unique_ptr<State> state) : state_(std::move(state)) {}
Server::~Server() = default;
std::uint16_t Server::port() const { return state_->edge().port(); }
std::string Server::address() const {
  const auto& names = state_->edge().names();
  return names.empty() ? fmt::format("http://127.0.0.1:{}", port())
                       : fmt::format("https://{}:{}", names.front(), port());
}
void Server::run() { state_->run(); }
const std::string& Server::first_invitation() const { return state_->first_invitation(); }
void Server::stop() { state_->edge().stop(); }
Response Server::handle(const Request& request) { return state_->application().handle(request); }

}  // namespace truce::server
