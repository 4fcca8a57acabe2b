// SPDX-License-Identifier: Apache-2.0
#include "truce/server/server.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include "truce/server/internal/application.h"
#include "truce/server/internal/edge.h"

namespace truce::server {
namespace {

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
  explicit State(ServeOptions options)
      : options_(std::move(options)),
        context_{.limits = options_.limits},
        application_(context_, options_.clock, options_.on_log) {}

  base::Result<void> open() {
    if (auto taken = lock_.take(options_.data); !taken) {
      return taken;
    }
    auto edge = internal::Edge::open(options_.port, options_.limits, application_);
    if (!edge) {
      return edge.error();
    }
    edge_ = std::move(edge).value();
    context_.edge = edge_.get();
    return {};
  }

  [[nodiscard]] internal::Edge& edge() { return *edge_; }
  [[nodiscard]] internal::Application& application() { return application_; }
  void run() { edge_->run(options_.ends_on_signals); }

 private:
  ServeOptions options_;
  FolderLock lock_;
  internal::Context context_;
  internal::Application application_;
  std::unique_ptr<internal::Edge> edge_;
};

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
void Server::run() { state_->run(); }
void Server::stop() { state_->edge().stop(); }
Response Server::handle(const Request& request) { return state_->application().handle(request); }

}  // namespace truce::server
