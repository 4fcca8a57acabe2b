// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

#include "truce/base/result.h"

namespace truce::server::internal {

/// An address that begins with http:// or https://, taken apart.
struct Url {
  bool is_encrypted = false;
  // An address in square brackets is without them.
  std::string host;
  std::string port;
  // From the slash on; never empty.
  std::string target;

  /// What the header Host says.
  [[nodiscard]] std::string authority() const;
};

/// Fails with InvalidArgument for anything else, for user names, queries and fragments.
base::Result<Url> parse_url(std::string_view text);

struct HttpAnswer {
  unsigned status = 0;
  std::string content_type;
  std::string body;
};

struct HttpQuestion {
  std::string url;
  std::string content_type;
  std::string body;
  // For all of it, from the name to the last byte.
  std::chrono::milliseconds time{10'000};
  std::size_t most_answer_bytes = 64 * 1024;
  // Asked now and then; true: nobody waits for the answer any more. Empty: somebody does.
  std::function<bool()> is_given_up;
};

/// Posts and waits for the answer. With https the certificate must be for the host and signed by
/// one that this system trusts (SSL_CERT_FILE names others). Fails with InvalidArgument for an
/// address that is none, Timeout where the time is over or nobody waits, Io where nobody is there
/// or what comes is no answer.
base::Result<HttpAnswer> post(const HttpQuestion& question);

}  // namespace truce::server::internal
