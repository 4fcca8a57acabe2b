// SPDX-License-Identifier: Apache-2.0
#include "truce/workbench/internal/follow_binding.h"

#include <fmt/format.h>

#include "truce/crypto/sha256.h"
#include "truce/workbench/files.h"
#include "truce/workbench/internal/monitor_inputs.h"

namespace truce::workbench {
namespace {

// Each part with its length, so that no two lists give the same bytes.
class Parts {
 public:
  void add(const std::string& part) { bytes_ += fmt::format("{}:{}", part.size(), part); }
  [[nodiscard]] std::string hash() const { return crypto::sha256_hex(bytes_); }

 private:
  std::string bytes_;
};

// A file's path and bytes; nothing where there is none.
base::Result<void> add_file(const std::string& path, Parts& parts) {
  if (path.empty()) {
    return {};
  }
  const auto bytes = read_file(path);
  if (!bytes) {
    return bytes.error();
  }
  parts.add(*bytes);
  return {};
}

base::Result<std::string> hash_of_agreement(const FollowRequest& request,
                                            const AgreementFile& file) {
  Parts parts;
  for (const base::SourceText* text : file.sources()) {
    parts.add(std::string(text->text()));
  }
  for (const auto& [name, text] : file.surroundings.annexes) {
    parts.add(name);
    parts.add(text);
  }
  for (const std::string& setting : request.monitor.settings) {
    parts.add(setting);
    const std::string value = setting.substr(setting.find('=') + 1);
    if (file_exists(value)) {
      if (auto added = add_file(value, parts); !added) {
        return added.error();
      }
    }
  }
  return parts.hash();
}

std::string hash_of_options(const FollowRequest& request) {
  Parts parts;
  for (const std::string* option : {&request.monitor.encoding, &request.monitor.according_to,
                                    &request.monitor.audience, &request.monitor.reading}) {
    parts.add(*option);
  }
  parts.add(request.uses_wall_clock ? "now" : "record");
  const auto& format = request.monitor.incidents.front().format;
  parts.add(format ? std::string(incidents::to_text(*format)) : std::string());
  return parts.hash();
}

base::Result<std::string> hash_of_file(const std::string& path) {
  Parts parts;
  if (auto added = add_file(path, parts); !added) {
    return added.error();
  }
  return parts.hash();
}

}  // namespace

base::Result<Binding> binding_of(const FollowRequest& request, const AgreementFile& file) {
  const IncidentInputs inputs = inputs_of(request.monitor);
  auto agreement = hash_of_agreement(request, file);
  if (!agreement) {
    return agreement.error();
  }
  Binding binding = {{"agreement", std::move(agreement).value()},
                     {"options", hash_of_options(request)}};
  // Of a mapping the one that is named, or all that may be used beside the agreement.
  Parts mappings;
  for (const std::string& path : inputs.mapping.empty()
                                     ? files_beside(inputs.agreement, ".mapping.csv")
                                     : std::vector<std::string>{inputs.mapping}) {
    if (auto added = add_file(path, mappings); !added) {
      return added.error();
    }
  }
  binding.emplace_back("mapping", mappings.hash());
  for (const auto& [name, path] : {std::pair("actor file", actors_path(inputs)),
                                   std::pair("coverage file", request.monitor.coverage)}) {
    auto hash = hash_of_file(path);
    if (!hash) {
      return hash.error();
    }
    binding.emplace_back(name, std::move(hash).value());
  }
  return binding;
}

std::optional<std::string> differing(const Binding& saved, const Binding& now) {
  for (std::size_t i = 0; i < now.size(); ++i) {
    if (i >= saved.size() || saved[i] != now[i]) {
      const bool is_many = now[i].first == "options";
      return is_many ? std::string("other options") : "another " + now[i].first;
    }
  }
  return saved.size() == now.size() ? std::nullopt : std::optional<std::string>("other options");
}

}  // namespace truce::workbench
